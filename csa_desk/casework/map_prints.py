"""The maps as charts for paper. No person and no place stands in them."""

from pathlib import Path

from csa_desk.casework.desk import Desk
from csa_desk.casework.gap_map import GapMap
from csa_desk.casework.imprint import imprint_of
from csa_desk.casework.print_words import PrintWords
from csa_desk.casework.reference_files import checked_target, write_reference
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.role_map import Part, RoleMap
from csa_desk.records.dates import spoken
from csa_desk.records.disclosure import Chart, Edition

NOBODY = "nobody"
_MOST_NAMES = 12
_NOT_FRESH = "ring first"


@needs(Right.LOOK_UP)
def role_chart(desk: Desk, found: RoleMap) -> Chart:
    """The role map: a row for each step, and who leads, helps and is told; an entry that is not fresh says so."""
    rows = []
    for step, title in found.steps:
        row = [title]
        for part in Part:
            names = []
            for number, name in found.agencies:
                cell = found.cells.get((step, number))
                if cell is not None and cell.part == part:
                    names.append(name if cell.freshness == "fresh" else f"{name} ({_NOT_FRESH})")
            if len(names) > _MOST_NAMES:
                names = [*names[:_MOST_NAMES], f"and {len(names) - _MOST_NAMES} more"]
            row.append(", ".join(names) or (NOBODY if part == Part.LEADS else "–"))
        rows.append(tuple(row))
    where = found.area_name or "everywhere in this directory"
    subtitle = f"{where[:1].upper()}{where[1:]}: the steps of a child’s pathway, by what the directory says"
    return _chart(desk, "Who does what", subtitle, ("Step", "Leads", "Helps", "Is told"), tuple(rows))


@needs(Right.LOOK_UP)
def gap_charts(desk: Desk, found: GapMap) -> tuple[Chart, ...]:
    """The gap map: a chart for each area, kinds of service down and ages across."""
    columns = ("Kind of service", *(title for _, title in found.bands))
    return tuple(
        _chart(
            desk,
            "What there is, and for whom",
            f"{name}: services that take new people, by kind and age",
            columns,
            tuple(
                (title, *(found.words(kind, band, area) for band, _ in found.bands))
                for kind, title in found.kinds
            ),
        )
        for area, name in found.areas
    )


def _chart(
    desk: Desk, title: str, subtitle: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> Chart:
    day = spoken(desk.today)
    wording = PrintWords(desk, Edition.PROFESSIONAL, None).filled(
        name="", practitioner="", service=desk.own_service().name, date=day
    )
    note = f"Made on {day} from the directory of {desk.own_service().name or 'this service'}."
    return Chart(title, f"{subtitle}.", note, columns, rows, NOBODY, imprint_of(desk, None), wording)


@needs(Right.LOOK_UP)
def save_charts(_desk: Desk, charts: tuple[Chart, ...], out: Path) -> None:
    """Write charts as a PDF. They hold no case data, so nothing goes into the register. Raises :class:`InputError`."""
    from csa_desk.printing.chart import chart_pdf

    write_reference(checked_target(out), chart_pdf(charts))
