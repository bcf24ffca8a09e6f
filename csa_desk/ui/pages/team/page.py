"""The team round the child: a map, the same as a table, and what is worth talking about."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from csa_desk.casework import team
from csa_desk.casework.rights import Right
from csa_desk.content.models import say
from csa_desk.records.dates import short
from csa_desk.ui.look import px
from csa_desk.ui.pages.child.header import ShortHeader
from csa_desk.ui.pages.editing import NEW
from csa_desk.ui.pages.half_typed import half_typed
from csa_desk.ui.pages.revealing import Revealing
from csa_desk.ui.pages.rights.told import role_banner
from csa_desk.ui.pages.team.editor import MemberEditor
from csa_desk.ui.pages.team.map import LINES, SHARES, Legend, Spot, TeamMap
from csa_desk.ui.pages.team.talking import TalkingCard
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.messages import Empty
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.table import Cell, Column, Row, Table

_TONES = {"own": "ok", "some": "info", "nothing": "outline", "undecided": "warn"}
_GAP = "gap/"
_MOST_GAPS = 2
_COLUMNS = (
    Column("Who", 170),
    Column("Role", 150),
    Column("Outcome they work for", 0, drop=1),
    Column("Since", 80, drop=2),
    Column("Next contact", 110, drop=3),
    Column("May we share", 190),
)


class TeamPage(Page):
    """The team tab."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.header = ShortHeader(session, self.file, "team")
        self.column.addWidget(self.header)
        self.body = PageBody()
        self.column.addWidget(self.body, 1)
        self._editor: MemberEditor | None = None
        self._heading()
        self._parts()
        self.body.finish()
        self.body.narrowed.connect(self._fit)
        self._fit(self.body.narrow)
        self._refresh()
        again = self._may and half_typed(session, f"{self.file.case.id}/team")
        if again:
            self._open(again)
        self._escape = QShortcut(
            QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self._escape.activated.connect(self._close_key)

    def focus_first(self) -> None:
        """The tabs."""
        self.header.tabs.setFocus()

    def primary(self) -> QWidget | None:
        """Add to the team while somebody is being added, else the button that begins it."""
        if self._editor is not None and self._editor.adding:
            return self._editor.add_button
        return self.add_button if self._may else None

    def add_thing(self) -> None:
        """Begin adding somebody."""
        self._open(NEW)

    # --- building -------------------------------------------------------------------------------------------

    def _heading(self) -> None:
        banner = role_banner(self.session, Right.TEAM)
        if banner is not None:
            self.body.add_top(banner)
        self.title = PageTitle(f"Team around {self.file.called}")
        self.show_form = Form()
        views = (Option("map", "Map and table"), Option("table", "Table only"))
        field = self.show_form.add(FieldSpec("view", "How to show the team", "row", options=views))
        field.label.hide()
        self._view_field = field
        self.show_form.set_value("view", "map")
        self.show_form.answered.connect(self._view_chosen)
        self.title.trailing.addWidget(self.show_form)
        self.add_button = Button("Add someone", "primary", "plus")
        self.add_button.clicked.connect(self.add_thing)
        self._may = self.session.offer(self.add_button, Right.TEAM)
        self.title.trailing.addWidget(self.add_button)
        self.match_button = Button("Who could help", "secondary", "magnifying-glass")
        self.match_button.clicked.connect(self._to_match)
        self.title.trailing.insertWidget(1, self.match_button)
        self.body.add(self.title)

    def _to_escalation(self) -> None:
        self.session.go(Place("agreements"))

    def _to_match(self) -> None:
        self.session.go(Place("match", self.file.code))

    def _parts(self) -> None:
        self.map_card = Card()
        carers = [item.relation or self.file.person_name(item.person) for item in self.file.carers[:2]]
        self.map = TeamMap(self.file.called, f"and {' and '.join(carers)}" if carers else "", ())
        self.map.opened.connect(self._open)
        self.map_card.body.setSpacing(px(20))
        self.map_card.body.addStretch(1)
        self.map_card.add(self.map)
        self.map_card.body.addStretch(1)
        self._legend: Legend | None = None
        self._anybody = False
        self.talking = TalkingCard(steps=self._may)
        self.talking.asked.connect(self._step)
        self.talking.stuck.connect(self._to_escalation)
        holder = QWidget()
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight, holder)
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.setSpacing(px(20))
        self._top.addWidget(self.map_card, 1)
        self._top.addWidget(self.talking)
        self.body.add(holder)
        self.table = Table("Team", _COLUMNS, two_lines=True, chevron=self._may)
        self.table.opened.connect(self._open)
        self.body.add(self.table)
        self.empty = Empty(
            "Nobody is named yet",
            f"This page shows who works with {self.file.called}, for what, and what may be shared with them.",
            "users",
        )
        self.body.add(self.empty)

    def _fit(self, narrow: bool) -> None:
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._top.setDirection(way)
        self.talking.set_width(0 if narrow else 288)
        if self._editor is not None:
            self._editor.set_narrow(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The switch stands on one line wherever the page is wide enough for that."""
        super().resizeEvent(event)
        wide = self._view_field.control.sizeHint().width()
        self._view_field.setMinimumWidth(wide if wide + 2 * px(24) < self.width() else 0)

    # --- showing --------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        members = sorted(team.members(self.session.desk, self.file), key=self._rank)
        remarks = list(team.remarks(self.session.desk, self.file))
        gaps = [item for item in remarks if item.kind == "gap"][:_MOST_GAPS]
        spots = [self._spot(item) for item in members]
        spots += [
            Spot(
                _GAP + item.need,
                "Nobody named",
                item.about,
                "nobody",
                "",
                f"{item.about}: nobody is named. Add someone",
            )
            for item in gaps
        ]
        self.map.set_spots(spots)
        self.table.set_rows([self._row(item) for item in members])
        if self._legend is not None:
            self._legend.hide()
            self._legend.deleteLater()
        self._legend = Legend({item.part for item in spots}, {item.share for item in spots})
        self.map_card.add(self._legend)
        self.talking.show_remarks(remarks)
        self.empty.setVisible(not members)
        self.table.setVisible(bool(members))
        self.talking.setVisible(bool(members or remarks))
        self._anybody = bool(spots)
        self._show_view()

    @staticmethod
    def _rank(member: team.Member) -> int:
        return {"leads": 0, "helps": 1, "informed": 2}.get(member.record.part, 3)

    def _spot(self, member: team.Member) -> Spot:
        record = member.record
        name = record.name or record.agency_name
        about = ", ".join(part for part in (member.role, record.agency_name if record.name else "") if part)
        said = [name, about, LINES.get(record.part, LINES[""])[3], f"May we share: {member.may_share}"]
        return Spot(
            record.id, name, about, record.part, member.share, ". ".join(part for part in said if part)
        )

    def _row(self, member: team.Member) -> Row:
        record = member.record
        icon = SHARES[member.share][0]
        return Row(
            record.id,
            (
                Cell(record.name or record.agency_name, record.agency_name if record.name else "", bold=True),
                Cell(member.role, LINES.get(record.part, LINES[""])[3]),
                Cell(record.outcome, self._helps(record.helps_with)),
                Cell(short(record.since) if record.since else ""),
                Cell(self._contact(record.next_contact)),
                Cell("", chip=(member.may_share, _TONES[member.share], icon)),
            ),
        )

    def _contact(self, day: str) -> str:
        if not day:
            return ""
        return "Today" if day == self.session.desk.today else short(day)

    def _helps(self, needs: tuple[str, ...]) -> str:
        titles = {item.id: say(item.short) for item in self.session.desk.packs.needs.need}
        return ", ".join(titles.get(need, need) for need in needs)

    def _view_chosen(self, _key: str, _value: object) -> None:
        self._show_view()

    def _show_view(self) -> None:
        with_map = self.show_form.value("view") == "map" and self._anybody
        self.map_card.setVisible(with_map)
        place = self.body.main.indexOf(self.table)
        if with_map and place < 0:
            self._top.removeWidget(self.table)
            self.body.main.insertWidget(2, self.table)
        elif not with_map and place >= 0:
            self.body.main.removeWidget(self.table)
            self._top.insertWidget(0, self.table, 1)
            self._top.setAlignment(self.table, Qt.AlignmentFlag.AlignTop)

    # --- editing --------------------------------------------------------------------------------------------

    def _open(self, key: str) -> None:
        """Open the editor of a member, of somebody new, or of somebody new for a need."""
        if not self._may:
            return
        need = key.removeprefix(_GAP) if key.startswith(_GAP) else ""
        member = next((item for item in self.file.team if item.id == key), None)
        self._drop_editor()
        editor = MemberEditor(self.session, self.file, member, need)
        editor.saved.connect(self._saved)
        editor.closed.connect(self._closed)
        editor.set_narrow(self.body.narrow)
        self._editor = editor
        self.add_button.setVisible(not editor.adding)
        self.body.main.insertWidget(self.body.main.indexOf(self.empty) + 1, editor)
        editor.show()
        editor.focus()
        Revealing(self.body, editor)

    def _drop_editor(self) -> None:
        if self._editor is not None:
            editor, self._editor = self._editor, None
            editor.hide()
            self.body.main.removeWidget(editor)
            editor.deleteLater()

    def _saved(self, key: object) -> None:
        self._refresh()
        self.table.choose(str(key))

    def _closed(self) -> None:
        self._drop_editor()
        self.add_button.setVisible(self._may)
        (self.table.view if self.table.isVisibleTo(self) else self.add_button).setFocus()

    def _close_key(self) -> None:
        if self._editor is not None:
            self._editor.put_away()

    def _step(self, kind: str, key: str) -> None:
        """The one next step of a remark."""
        self._open(_GAP + key if kind == "gap" else key)
        if self._editor is not None and kind == "no-date":
            self._editor.form.focus_on("next_contact")
        elif self._editor is not None and kind == "overlap":
            self._editor.form.focus_on("part")
