"""Pre-trial therapy: the journey as a filter, the checklist of a stage for a role, days to therapy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from csa_desk.casework import stages, therapy
from csa_desk.casework.rights import Right
from csa_desk.content.models import ChecklistRole, say
from csa_desk.errors import InputError
from csa_desk.records.justice import MarkState
from csa_desk.ui.look import px
from csa_desk.ui.pages.beside import Beside
from csa_desk.ui.pages.child.header import ShortHeader
from csa_desk.ui.pages.half_typed import half_typed
from csa_desk.ui.pages.revealing import Revealing
from csa_desk.ui.pages.rights.told import role_banner
from csa_desk.ui.pages.therapy.days import DaysCard
from csa_desk.ui.pages.therapy.item_row import ItemRow
from csa_desk.ui.pages.therapy.marking import MarkPanel
from csa_desk.ui.pages.therapy.stage_card import StageCard
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Card, Rule
from csa_desk.ui.widgets.buttons import LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.page import PageBody
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.timeline import Stage, Timeline

ROLES = {ChecklistRole.THERAPIST: "therapist", ChecklistRole.CH_ISVA: "CH-ISVA"}
_NOT_REPORTED = "not-reported"


class TherapyPage(Page):
    """The pre-trial therapy tab. ``place.item`` may name the stage to show."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.own_role = therapy.own_role(session.desk)
        self.role = self.own_role
        self.header = ShortHeader(session, self.file, "therapy")
        self.column.addWidget(self.header)
        self.body = PageBody()
        self.column.addWidget(self.body, 1)
        now = self.file.stage_now()
        self.now = now.stage if now is not None else _NOT_REPORTED
        again = half_typed(session, self._prefix)
        self.stage = self._stage_to_show(place.item, again)
        self._rows: dict[str, ItemRow] = {}
        self._list: Card | None = None
        self._journey()
        self.columns = Beside(self.body, 288)
        self.body.add(self.columns)
        for right in (Right.CHECKLIST, Right.JOURNEY):
            banner = role_banner(session, right)
            if banner is not None:
                self.columns.main.addWidget(banner)
                break
        self._stand()
        self._side()
        self._checklist()
        self.columns.finish()
        self.body.finish()
        self._keys()
        self._open_again(again)

    @property
    def _prefix(self) -> str:
        return f"{self.file.case.id}/therapy"

    def _stage_to_show(self, asked: str, half: str) -> str:
        known = {item.id for item in self.session.desk.packs.stages.stage}
        if half:
            try:
                return therapy.item_named(self.session.desk, half).stage
            except InputError:
                pass
        return asked if asked in known else self.now

    def _keys(self) -> None:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._print_key = QShortcut(QKeySequence("Ctrl+P"), self, context=context)
        self._print_key.activated.connect(self._print)
        self._escape = QShortcut(QKeySequence("Esc"), self, context=context)
        self._escape.activated.connect(self._close_open)

    def focus_first(self) -> None:
        """The tabs."""
        self.header.tabs.setFocus()

    # --- the journey ----------------------------------------------------------------------------------------

    def _journey(self) -> None:
        desk = self.session.desk
        card = Card()
        card.body.setSpacing(px(12))
        points = stages.timeline(desk, self.file)
        shown = [Stage(item.id, item.title, item.when, item.state) for item in points]  # type: ignore[arg-type]
        self.timeline = Timeline(shown, "Justice journey: choose what to see", choosing=True)
        self.timeline.choose(stages.stage_named(desk, self.stage).point)
        self.timeline.chosen.connect(self._point_chosen)
        card.add(self.timeline)
        self._within = QWidget()
        self._within_form: Form | None = None
        self._journey_card = card
        self.body.add(card)
        self._stages_of_point()

    def _stages_of_point(self) -> None:
        """Where a point stands for several stages, a row of buttons chooses between them."""
        if self._within_form is not None:
            self._within_form.hide()
            self._within_form.deleteLater()
            self._within_form = None
        found = stages.stages_at(self.session.desk, self.timeline.key)
        if len(found) > 1:
            form = Form()
            options = tuple(Option(item.id, say(item.short)) for item in found)
            form.add(FieldSpec("stage", "Which part", "row", options=options, label_role="small"))
            form.set_value("stage", self.stage)
            form.answered.connect(self._stage_chosen)
            self._journey_card.add(form)
            self._within_form = form

    def _point_chosen(self, point: str) -> None:
        found = [item.id for item in stages.stages_at(self.session.desk, point)]
        if not found:
            return
        self.stage = self.now if self.now in found else found[0]
        self._stages_of_point()
        self._checklist()

    def _stage_chosen(self, _key: str, value: object) -> None:
        self.stage = str(value)
        self._checklist()

    # --- the list -------------------------------------------------------------------------------------------

    def _stand(self) -> None:
        found = therapy.stand(self.session.desk)
        banner = Banner("tint", found.title, found.line, icon="heart", link="The whole position")
        said = " · ".join(part for part in (found.ground.line, found.ground.note) if part)
        banner.add(Words(said, "small", "muted"))
        banner.followed.connect(self._to_position)
        self._stand_id = found.id
        self.columns.main.addWidget(banner)

    def _checklist(self) -> None:
        """Show the list of the chosen stage and role anew."""
        desk = self.session.desk
        shown = therapy.checklist(desk, self.file, stage=self.stage, role=self.role)
        if self._list is not None:
            self._list.hide()
            self.columns.main.removeWidget(self._list)
            self._list.deleteLater()
        card = Card(shown.title, note=self._note(shown), flush=True)
        marks = self.session.may(Right.CHECKLIST)
        reached = (shown.instance is not None or self._may_begin) and marks
        self._rows = {}
        if marks and not reached and shown.lines:
            words = (
                f"{self.file.called}’s case has not been at this stage. Read ahead; mark things when it is."
            )
            ahead = Words(words, "body", "muted")
            ahead.setContentsMargins(px(20), px(12), px(20), px(12))
            card.add_row(ahead)
        for line in shown.lines:
            row = ItemRow(line, therapy.older_rule(desk, line), reached=reached)
            row.asked.connect(self._row_asked)
            row.source_asked.connect(self._to_source)
            self._rows[line.item.id] = row
            card.add_row(row)
        if not shown.lines:
            nothing = Words(shown.nothing or "Nothing to do at this stage for this role.", "body", "muted")
            nothing.setContentsMargins(px(20), px(14), px(20), px(14))
            card.add_row(nothing)
        self._list = card
        self.columns.main.insertWidget(1, card)

    @property
    def _may_begin(self) -> bool:
        """Nothing is recorded of the journey yet: marking the first stage records that the case is there."""
        return self.file.stage_now() is None and self.stage == _NOT_REPORTED

    def _note(self, shown: therapy.Checklist) -> str:
        who = ROLES[ChecklistRole(shown.role)]
        whose = f"for you, as {who}" if shown.role == self.own_role else f"for the {who}"
        return f"{whose}  ·  {shown.settled} of {len(shown.lines)} settled" if shown.lines else whose

    # --- marking --------------------------------------------------------------------------------------------

    def _row_asked(self, item: str, what: str) -> None:
        row = self._rows[item]
        if what == "done" and not self._mark(item, MarkState.DONE, {}):
            return
        other = what == "other" or (what == "edit" and row.line.state != MarkState.DONE)
        self._open_panel(item, other=other)

    def _open_panel(self, item: str, *, other: bool) -> None:
        self._close_open()
        row = self._rows[item]
        panel = MarkPanel(row.line, other=other, today=self.session.desk.today)
        panel.marked.connect(self._marked)
        panel.closed.connect(self._panel_closed)
        row.open_panel(panel)
        self.session.watch_form(panel.form, f"{self._prefix}/{item}")
        panel.focus()
        Revealing(self.body, row)

    def _marked(self, item: str, state: str, values: dict[str, str]) -> None:
        panel = self._rows[item].panel
        if self._mark(item, state, values) and isinstance(panel, MarkPanel):
            for field in panel.form.fields:
                self.session.drop_draft(panel.form, field.key)

    def _mark(self, item: str, state: str, values: dict[str, str]) -> bool:
        desk = self.session.desk
        if self._may_begin:
            if self.session.attempt(stages.set_stage, desk, self.file, _NOT_REPORTED) is None:
                return False
            self.file = self.session.file(self.file.code, fresh=True)
        if self.session.attempt(therapy.set_mark, desk, self.file, item, state, **values) is None:
            return False
        shown = therapy.checklist(desk, self.file, stage=self.stage, role=self.role)
        line = next((one for one in shown.lines if one.item.id == item), None)
        if line is not None and item in self._rows:
            self._rows[item].show_line(line)
        if self._list is not None and self._list.note is not None:
            self._list.note.set_words(self._note(shown))
        return True

    def _panel_closed(self, item: str) -> None:
        row = self._rows[item]
        row.close_panel()
        if row.button is not None:
            row.button.setFocus()

    def _close_open(self) -> None:
        for row in self._rows.values():
            if isinstance(row.panel, MarkPanel):
                row.panel.close_panel()

    def _open_again(self, item: str) -> None:
        """Go on where words were half typed."""
        row = self._rows.get(item)
        if row is not None:
            drafts = self.session.desk.vault.drafts(f"{self._prefix}/{item}/")
            self._open_panel(item, other=any(key.endswith(("/reason", "/state")) for key in drafts))
        for card in (self.days, self.where):
            if card.half_asked and self.session.may(Right.JOURNEY):
                card.open_form()

    # --- the side -------------------------------------------------------------------------------------------

    def _side(self) -> None:
        self.days = DaysCard(self.session, self.file)
        self.columns.side.addWidget(self.days)
        self.where = StageCard(self.session, self.file)
        self.where.moved.connect(self._moved)
        self.columns.side.addWidget(self.where)
        card = Card("Also for this stage", level="h3")
        links = (
            ("printer", "Print this checklist", self._print),
            ("users", self._other_words(), self._other_role),
        )
        made = []
        for icon, words, slot in links:
            link = LinkButton(words, "body", icon=icon)
            link.clicked.connect(slot)
            if icon == "printer":
                self.session.offer(link, Right.PRINT)
            card.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            made.append(link)
        self._role_link = made[-1]
        self.columns.side.addWidget(card)
        self.columns.side.addWidget(Rule())
        self.columns.side.addWidget(Words("Facts for your judgement, not legal advice.", "small", "muted"))

    def _other_words(self) -> str:
        other = next(words for role, words in ROLES.items() if role != self.role)
        return f"See as {other}"

    def _other_role(self) -> None:
        self._close_open()
        self.role = next(role for role in ROLES if role != self.role)
        self._role_link.set_words(self._other_words())
        self._checklist()

    def _moved(self, stage: str) -> None:
        self.session.forget_file()
        self.session.go(Place("therapy", self.file.code, stage))

    def _print(self) -> None:
        if self.session.may(Right.PRINT):
            self.session.go(Place("print", self.file.code, f"checklist/{self.stage}/{self.role}"))

    def _to_position(self) -> None:
        self.session.go(Place("guidance", item=self._stand_id))

    def _to_source(self, source: str) -> None:
        self.session.go(Place("guidance", item=source))
