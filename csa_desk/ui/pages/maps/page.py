"""The two maps: who leads, helps and is told at each step; which services there are for which ages, and nobody."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.casework.founding import home_for_vaults
from csa_desk.casework.gap_map import NOT_STATED, gap_map
from csa_desk.casework.map_prints import gap_charts, role_chart, save_charts
from csa_desk.casework.role_map import PART_WORDS, Part, RoleMap, cell_words, map_areas, role_map
from csa_desk.errors import InputError
from csa_desk.records.disclosure import Chart
from csa_desk.ui.look import px
from csa_desk.ui.pages.directory.switch import MAPS, DirectoryHead
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button, IconButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.grid_map import GridCell, GridMap, GridTitle, Shape
from csa_desk.ui.widgets.messages import Empty, announce
from csa_desk.ui.widgets.panes import side_margin
from csa_desk.ui.widgets.text import Words

WHO, WHAT = "who", "what"
EVERYWHERE = "everywhere"
EACH = "each"
"""Every area beside the others: for what there is."""
MOST_AREAS = 10
MOST_COLUMNS = 60
# Lower than this, what is chosen and the map itself have all the room.
_LOW = 340
_SHAPES: dict[Part, Shape] = {Part.LEADS: "full", Part.HELPS: "outline", Part.INFORMED: "quiet"}


class MapsPage(Page):
    """One map at a time. ``item`` of the place is ``who`` or ``what``, and after a slash the area."""

    rail = "directory"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        which, _, area = place.item.partition("/")
        self.which = which if which in (WHO, WHAT) else WHO
        self.area = "" if area == EACH and self.which == WHO else area
        self.head = DirectoryHead(session, MAPS)
        self.column.addWidget(self.head)
        self.areas = map_areas(session.desk)
        self._bar()
        self.grid = GridMap("Map")
        self.grid.opened.connect(self._open)
        self.grid.zoomed.connect(self._zoomed)
        self.summary = Words("", "small-strong")
        self._outer = QVBoxLayout()
        self._outer.setSpacing(px(8))
        self._outer.addWidget(self.summary)
        self._outer.addWidget(self.grid, 1)
        self.empty: QWidget | None = None
        self.column.addLayout(self._outer, 1)
        self._roles: RoleMap | None = None
        self._saving: Card | None = None
        self.path: Form | None = None
        self._show()

    def _bar(self) -> None:
        """What is shown, of which area, how large, and on paper."""
        holder = QFrame()
        self._holder = holder
        flow = FlowLayout(holder, 16, 8)
        self.choose = Form()
        shown = [Option(WHO, "Who does what"), Option(WHAT, "What there is")]
        field = self.choose.add(FieldSpec("which", "Which map", "row", options=shown))
        field.label.hide()
        self.choose.set_value("which", self.which)
        self.choose.answered.connect(self._chosen)
        stops = [stop.sizeHint().width() for stop in field.control.stops()]
        self.choose.setMinimumWidth(sum(stops) + px(8))
        flow.addWidget(self.choose)
        self.where = Form()
        options = [Option(EVERYWHERE, "Everywhere here"), *(Option(code, name) for code, name in self.areas)]
        if self.which == WHAT and len(self.areas) > 1:
            many = f"The first {MOST_AREAS}, apart" if len(self.areas) > MOST_AREAS else "Each area apart"
            options.insert(1, Option(EACH, many))
        where = self.where.add(FieldSpec("area", "Area", "pick", options=options))
        where.label.hide()
        self.where.set_value("area", self.area or EVERYWHERE)
        self.where.answered.connect(self._moved)
        self.where.setMinimumWidth(px(220))
        flow.addWidget(self.where)
        self.smaller = IconButton("minus", "Smaller", "Ctrl+-")
        self.larger = IconButton("plus", "Larger", "Ctrl++")
        for button, does in ((self.smaller, self._smaller), (self.larger, self._larger)):
            button.clicked.connect(does)
            flow.addWidget(button)
        self.print_button = Button("Save as PDF", "secondary", "printer", small=True)
        self.print_button.clicked.connect(self.open_save)
        flow.addWidget(self.print_button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        self._around = QVBoxLayout()
        self._around.addWidget(holder)
        self.column.addLayout(self._around)

    # --- what every page has --------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The map."""
        (self.grid if self.grid.isVisibleTo(self) else self.choose).setFocus()

    def primary(self) -> QWidget | None:
        """The filled button of the question where to save."""
        return self.save_button if self._saving is not None else None

    def return_to(self, key: str) -> None:
        """The question where to save."""
        if key.startswith("maps/"):
            self.open_save()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep to the margins of the other pages of the directory."""
        super().resizeEvent(event)
        self.head.fit(self.width())
        side = side_margin(self.width())
        low = self.height() < px(_LOW)
        self._around.setContentsMargins(side, 0, side, px(4))
        self._outer.setContentsMargins(side, 0, side, px(4 if low else 16))
        self.head.setVisible(not low)
        self.summary.setVisible(not low and self.empty is None)

    # --- the map --------------------------------------------------------------------------------------------

    def _chosen(self, _key: str, value: object) -> None:
        self.session.go(Place("maps", item=f"{value}/{self.area}"))

    def _moved(self, _key: str, value: object) -> None:
        area = "" if value == EVERYWHERE else str(value or "")
        self.session.go(Place("maps", item=f"{self.which}/{area}"))

    def _show(self) -> None:
        self.place = Place("maps", item=f"{self.which}/{self.area}")
        if self.which == WHO:
            self._show_roles()
        else:
            self._show_gaps()

    def _show_roles(self) -> None:
        found = self._roles = role_map(self.session.desk, self.area)
        missing = set(found.nobody_leads)
        rows = [
            GridTitle(step, title, "nobody leads" if step in missing else "", step in missing)
            for step, title in found.steps
        ]
        columns = [GridTitle(number, name) for number, name in found.agencies[:MOST_COLUMNS]]
        names, titles = dict(found.agencies), dict(found.steps)
        cells = {}
        drawn = {title.key for title in columns}
        for (step, number), cell in found.cells.items():
            if number not in drawn:
                continue
            words = PART_WORDS[cell.part]
            sure = "" if cell.freshness == "fresh" else " ?"
            spoken = cell_words(titles[step], names[number], cell)
            cells[step, number] = GridCell(
                f"{words[:1].upper()}{words[1:]}{sure}", _SHAPES[cell.part], spoken
            )
        self.grid.setAccessibleName("Who does what at each step")
        self.grid.set_map(rows, columns, cells)
        many = f"{len(missing)} steps that nobody leads" if len(missing) != 1 else "1 step that nobody leads"
        told = many if missing else "Somebody leads every step"
        more = len(found.agencies) - len(columns)
        rest = f" {more:,} more agencies have fewer parts: choose an area to see them." if more else ""
        self.summary.set_words(f"{told}. A question mark: ring first.{rest}")
        if not columns:
            self._nothing(
                "Nobody has a role here yet",
                "Say at an agency or a service of the directory which role it has: then this map shows who leads, "
                "helps and is told.",
            )

    def _gap_areas(self) -> list[str]:
        if self.area == EACH:
            return [code for code, _ in self.areas][:MOST_AREAS]
        return [self.area] if self.area else []

    def _show_gaps(self) -> None:
        found = gap_map(self.session.desk, self._gap_areas())
        columns, cells = [], {}
        for area, name in found.areas:
            for band, title in found.bands:
                columns.append(GridTitle(f"{area} {band}", title, name if len(found.areas) > 1 else ""))
        for kind, kind_title in found.kinds:
            for area, name in found.areas:
                for band, title in found.bands:
                    words = found.words(kind, band, area, short=True)
                    look: Shape = "missing" if words == "nobody" else "quiet" if words == "–" else "plain"
                    spoken = f"{kind_title}, {title}, {name}: {found.words(kind, band, area)}"
                    cells[kind, f"{area} {band}"] = GridCell(words, look, spoken)
        empty = {
            kind
            for kind, _ in found.kinds
            if all(
                found.at(kind, band, area).open == 0
                for area, _ in found.areas
                for band, _ in found.bands
                if NOT_STATED not in (area, band)
            )
        }
        rows = [
            GridTitle(kind, title, "nobody at any age" if kind in empty else "", kind in empty)
            for kind, title in found.kinds
        ]
        self.grid.setAccessibleName("What there is, and for whom")
        self.grid.set_map(rows, columns, cells)
        many = f"{found.services:,} services"
        self.summary.set_words(
            f"{'1 service' if found.services == 1 else many}. A number after a plus, or in brackets, takes nobody new."
        )

    def _nothing(self, title: str, about: str) -> None:
        self.grid.hide()
        self.summary.hide()
        card = Card()
        card.add(Empty(title, about, "users-three"))
        self._outer.addWidget(card, 0, Qt.AlignmentFlag.AlignTop)
        self._outer.addStretch(1)
        self.empty = card

    def _larger(self) -> None:
        self.grid.zoom_in()

    def _smaller(self) -> None:
        self.grid.zoom_out()

    def _zoomed(self, per_cent: int) -> None:
        announce(self, f"{per_cent} per cent")

    def _open(self, row: str, column: str) -> None:
        """To the entry a part rests on; to the services of this kind."""
        if self.which == WHO and self._roles is not None:
            cell = self._roles.cells.get((row, column))
            self.session.go(Place("directory", item=cell.why[0].entry if cell is not None else column))

    # --- on paper -------------------------------------------------------------------------------------------

    def open_save(self) -> None:
        """Ask where the PDF is to stand."""
        if self._saving is not None and self.path is not None:
            self.path.focus_on("path")
            return
        self._saving = Card("Save this map as a PDF")
        self.path = Form()
        self.path.add(
            FieldSpec(
                "path",
                "Where should the PDF be saved?",
                hint="A map holds nothing about any child, so it may hang on a wall",
                width="full",
            )
        )
        self.path.set_value("path", str(home_for_vaults() / f"map-{self.which}.pdf"))
        self._saving.add(self.path)
        holder = QWidget()
        flow = FlowLayout(holder, 12, 8)
        self.save_button = Button("Save the map", "primary", "download-simple")
        self.save_button.clicked.connect(self.save)
        leave = Button("Leave it", "quiet")
        leave.clicked.connect(self.close_save)
        flow.addWidget(self.save_button)
        flow.addWidget(leave)
        self._saving.add(holder)
        self._outer.insertWidget(0, self._saving)
        self.session.watch_form(self.path, "maps")
        self.path.focus_on("path")

    def close_save(self) -> None:
        """Put the question away."""
        if self._saving is not None and self.path is not None:
            # Hiding says the last of the typing, so the draft is dropped after it.
            self._saving.hide()
            self.session.drop_draft(self.path, "path")
            self._saving.deleteLater()
            self._saving = self.path = None
            self.grid.setFocus()

    def save(self) -> None:
        """Write the PDF and say where."""
        if self.path is None:
            return
        typed = str(self.path.value("path")).strip()
        if not typed:
            self.path.set_error("path", "Say where, and the name of the file")
            self.path.focus_on("path")
            return
        desk = self.session.desk
        charts: tuple[Chart, ...]
        if self.which == WHO:
            charts = (role_chart(desk, role_map(desk, self.area)),)
        else:
            charts = gap_charts(desk, gap_map(desk, self._gap_areas()))
        try:
            save_charts(desk, charts, Path(typed).expanduser())
        except InputError as fault:
            self.path.set_error("path", str(fault))
            self.path.focus_on("path")
            return
        self.close_save()
        self.session.toast(f"The map is saved: {typed}")
