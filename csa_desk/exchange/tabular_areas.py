"""Lists of areas become records: published codes, when they held, what took their place. Nothing is inferred."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from csa_desk.exchange import columns, repairs, table_values
from csa_desk.exchange.plain_text import one_line
from csa_desk.exchange.report import Report
from csa_desk.exchange.tables import Row, Table
from csa_desk.records import ids
from csa_desk.records.directory_facts import Area, AreaKind
from csa_desk.records.fields import Value

# What the first three signs of a code stand for in the published register of codes.
_KINDS = {
    **dict.fromkeys(("E06", "E07", "E08", "E09", "E10", "W06"), AreaKind.COUNCIL),
    **dict.fromkeys(("E23", "W15"), AreaKind.POLICE),
    "E54": AreaKind.HEALTH,
}


@dataclass(frozen=True, slots=True)
class _Line:
    row: Row
    where: str
    code: str


def kind_of(code: str) -> AreaKind:
    """What kind of area a code stands for, by its published beginning."""
    return _KINDS.get(code[:3], AreaKind.OTHER)


class Areas:
    """All lists of areas of one import."""

    def __init__(self, report: Report, today: date) -> None:
        self._report = report
        self._today = today
        self.records: dict[str, Area] = {}
        self._former: list[tuple[str, str, str, Area]] = []

    def table(self, table: Table, mapping: Mapping[str, str], origin: str) -> None:
        """Take the rows of one list."""
        by = {
            field: [head for head, said in mapping.items() if said == field]
            for field in set(mapping.values())
        }
        vintage = _vintage(table, by.get("code", []))
        refusals = Report()
        lines = [_line(row, table, by, refusals) for row in table.rows]
        if not any(line.code for line in lines):
            self._report.refused(
                table.name,
                "None of these rows has a published area code, which is one letter and eight digits. All were left "
                "out.",
            )
            return
        self._report.add(refusals)
        local: dict[str, str] = {}
        for line in lines:
            if line.code:
                for text in _texts(line.row, by, "local_code"):
                    local.setdefault(text.casefold(), line.code)
        used = {heading for field, heads in by.items() if field for heading in heads}
        for line in lines:
            if line.code:
                self._area(line, by, local, vintage, used, origin)

    def _area(
        self,
        line: _Line,
        by: dict[str, list[str]],
        local: dict[str, str],
        vintage: str,
        used: set[str],
        origin: str,
    ) -> None:
        names = _texts(line.row, by, "name")
        others = _texts(line.row, by, "alternate_name")
        name = names[0] if names else others[0] if others else ""
        record = ids.same_id(Area.KIND, line.code)
        if not name:
            self._report.refused(line.where, f"The area {line.code} has no name. It was left out.")
            return
        began, ended = (self._day(line, by, field, record) for field in ("began", "ended"))
        if ended and ended < began:
            self._report.repaired(line.where, "It ends before it begins. Look which day is right.", record)
        extra: dict[str, Value] = {
            heading: _kept(value) for heading, value in line.row.cells.items() if heading not in used
        }
        links = {
            field: self._codes(line, by, field, local, record, extra) for field in ("successors", "within")
        }
        said = next(iter(_texts(line.row, by, "vintage")), vintage)
        made = Area(
            id=record,
            origin=origin,
            origin_id=line.code,
            code=line.code,
            what=kind_of(line.code).value,
            name=name,
            other_names=tuple(sorted({other for other in others if other != name})),
            vintage=said,
            successors=tuple(code for code in links["successors"] if code != line.code),
            within=tuple(code for code in links["within"] if code != line.code),
            extra=extra or None,
            began=began,
            ended=ended,
        )
        known = self.records.get(record)
        if known is None:
            self.records[record] = made
        elif known.name.casefold() != name.casefold():
            self._report.refused(
                line.where,
                f"The code {line.code} stands for {repairs.shown(known.name)} already. {repairs.shown(name)} was "
                "left out. Ask the publisher which is right.",
            )
        elif known != made:
            self._report.skipped(line.where, f"The code {line.code} came before. The first was kept.")
        codes = [code for code in self._codes(line, by, "former", {}, record, extra) if code != line.code]
        called = next(iter(_texts(line.row, by, "former_name")), "") if len(codes) == 1 else ""
        self._former += [(line.where, code, called or name, made) for code in codes]

    def former(self, origin: str) -> None:
        """Former codes become areas with what took their place, unless a list holds them itself."""
        for where, code, name, now in self._former:
            record = ids.same_id(Area.KIND, code)
            known = self.records.get(record)
            if known is not None and known.origin_id != f"former {code}":
                continue
            after = {now.code, *(known.successors if known else ())}
            self.records[record] = Area(
                id=record,
                origin=origin,
                origin_id=f"former {code}",
                code=code,
                what=kind_of(code).value,
                name=known.name if known else name,
                vintage=now.vintage,
                successors=tuple(sorted(after)),
            )
            self._report.repaired(
                where, f"Its former code {code} was taken as an area that it replaced.", record
            )

    def _day(self, line: _Line, by: dict[str, list[str]], field: str, record: str) -> str:
        found = _texts(line.row, by, field)
        if not found:
            return ""
        day, said = table_values.day(found[0], "first day" if field == "began" else "last day", self._today)
        if said:
            self._report.repaired(line.where, said, record)
        return day

    def _codes(
        self,
        line: _Line,
        by: dict[str, list[str]],
        field: str,
        local: dict[str, str],
        record: str,
        extra: dict[str, Value],
    ) -> list[str]:
        """The codes that a row names, its publisher's own ones translated; others are kept as they came."""
        found: list[str] = []
        for heading in by.get(field, []):
            for text in table_values.parts(line.row.cells.get(heading), ";|,\n"):
                code = text.upper() if columns.GSS.fullmatch(text.upper()) else local.get(text.casefold(), "")
                if code:
                    found.append(code)
                else:
                    extra[heading] = _kept(line.row.cells[heading])
                    if field == "successors":
                        self._report.repaired(
                            line.where,
                            f"It was replaced by {repairs.shown(text)}, whose published code this list does not "
                            "hold. That was kept as words.",
                            record,
                        )
        return list(dict.fromkeys(found))


def _line(row: Row, table: Table, by: dict[str, list[str]], report: Report) -> _Line:
    """A row and its code; empty with a refusal where it has none."""
    where = f"{table.name}, row {row.number}"
    given = next(iter(_texts(row, by, "code") or _texts(row, by, "local_code")), "")
    code = given.upper()
    if columns.GSS.fullmatch(code):
        return _Line(row, where, code)
    names = _texts(row, by, "name")
    about = f" for {repairs.shown(names[0])}" if names else ""
    if columns.ons(given) or (names and columns.ons(names[0])):
        report.refused(where, "This row is a row of headings inside the list. It was left out.")
    elif not given:
        report.refused(where, f"There is no published code{about}. An area needs one. It was left out.")
    else:
        report.refused(
            where,
            f"The code {repairs.shown(given)}{about} is no published area code, which is one letter and eight "
            "digits. It was left out.",
        )
    return _Line(row, where, "")


def _texts(row: Row, by: dict[str, list[str]], field: str) -> list[str]:
    marks = ",;|\n" if field == "alternate_name" else ""
    found: list[str] = []
    for heading in by.get(field, []):
        value = row.cells.get(heading)
        if value is None or not table_values.is_plain(value):
            continue
        found += table_values.parts(value, marks) if marks else [one_line(table_values.text_of(value))]
    return [text for text in found if text]


def _kept(value: object) -> Value:
    if isinstance(value, float):
        return table_values.text_of(value)
    if isinstance(value, list):
        return [_kept(part) for part in value]
    if isinstance(value, dict):
        return {name: _kept(part) for name, part in value.items()}
    return cast("Value", value)


_DATED = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_ ]?(0[1-9]|1[0-2]))?(?!\d)")


def _vintage(table: Table, codes: list[str]) -> str:
    """The year or month of a list: from a heading such as LAD24CD, else from the name of the file."""
    for heading in codes:
        if told := columns.ons(heading):
            return told[1]
    for row in table.rows[:1]:
        for value in row.cells.values():
            if isinstance(value, str) and (told := columns.ons(value)):
                return told[1]
    found = _DATED.search(table.name.rsplit("/", 1)[-1])
    return "-".join(filter(None, found.groups())) if found else ""
