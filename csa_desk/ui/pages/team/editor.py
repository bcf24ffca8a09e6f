"""One team member in the page: added as a whole, changed field by field, ended on a day."""

from dataclasses import replace

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from csa_desk.casework import team
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.consenting import recipients
from csa_desk.content.models import say
from csa_desk.records.cases import TeamMember
from csa_desk.ui.look import px
from csa_desk.ui.pages.completing import Completing
from csa_desk.ui.pages.editing import NEW, Editor
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import QuietBox
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import PersonChoice

_PARTS = (
    Option("leads", "Leads"),
    Option("helps", "Helps"),
    Option("informed", "Is kept informed"),
)


class MemberEditor(Editor):
    """Fields of one member. ``saved`` carries the member's id, ``closed`` tells that the editor may go."""

    def __init__(self, session: Session, file: CaseFile, member: TeamMember | None, need: str = "") -> None:
        super().__init__(session, file, "card", filled=True)
        self._new = member is None
        self.member = member or TeamMember(
            id="", case=file.case.id, since=session.desk.today, helps_with=(need,) if need else ()
        )
        name = self.member.name or self.member.agency_name
        self.title = Words("Add someone" if self.adding else name, "h2")
        self.setAccessibleName(self.title.words)
        self.body.insertWidget(0, self.title)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(36))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(px(18))
            self._columns.addLayout(column, 1)
        self.form.column.addLayout(self._columns)
        self._fields(left, right)
        left.addStretch(1)
        right.addStretch(1)
        self._show()
        self._foot()
        self._watch(f"{file.case.id}/team/{self.member.id or NEW}")
        if need and need not in self._helps():
            # Asked for on the page: it is ticked also where somebody was half filled in.
            self.form.set_value("helps_with", (*self._helps(), need))

    @property
    def adding(self) -> bool:
        """Whether this is for somebody new."""
        return self._new

    def _helps(self) -> tuple[str, ...]:
        found = self.form.value("helps_with")
        return found if isinstance(found, tuple) else ()

    def _fields(self, left: QVBoxLayout, right: QVBoxLayout) -> None:
        desk, form = self.session.desk, self.form
        me = desk.practitioner()
        mine = Option(me.id, me.name)
        form.add(FieldSpec("name", "Who", "person", "A name, if you have one", (mine,)), left)
        agency = form.add(FieldSpec("agency", "Agency or service", "person", "As in the directory"), left)
        known = [Option(item.id, item.name) for item in recipients(self.file)]
        own = desk.own_service()
        Completing(self.session, agency, "agency", [Option(own.id, own.name), *known] if own.name else known)
        roles = tuple(Option(item.id, say(item.title)) for item in desk.packs.roles.role if item.shown)
        form.add(
            FieldSpec("role", "Role", "person", "Choose from the list, or use your own words", roles), left
        )
        form.add(FieldSpec("part", "Their part", "row", options=_PARTS), left)
        form.add(
            FieldSpec("outcome", "Outcome they work for", "line", "What will be better", width="full"), right
        )
        form.add(FieldSpec("since", "Since", "date", partial=False, not_known=False), right)
        form.add(
            FieldSpec("next_contact", "Next contact", "date", partial=False, not_known=False, optional=True),
            right,
        )
        needs = sorted(desk.packs.needs.need, key=lambda item: item.order)
        options = tuple(Option(item.id, say(item.short)) for item in needs)
        form.add(FieldSpec("helps_with", "Helps with", "many_of", options=options))

    def _show(self) -> None:
        member = self.member
        values: dict[str, object] = {
            "name": member.name,
            "agency": member.agency_name,
            "role": team.role_title(self.session.desk, member.role) if member.role else "",
            "part": member.part,
            "outcome": member.outcome,
            "since": member.since,
            "next_contact": member.next_contact,
            "helps_with": member.helps_with,
        }
        for key, value in values.items():
            self.form.set_value(key, value)

    def _foot(self) -> None:
        self._buttons("Add to the team")
        self._ending: QuietBox | None = None
        self._end = Button(f"No longer works with {self.file.called}", "danger", small=True)
        self._end.clicked.connect(self._ask_end)
        if self.adding:
            self._end.hide()
        else:
            self.danger.addWidget(self._end)

    def set_narrow(self, narrow: bool) -> None:
        """One column where two are cramped."""
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)
        self._columns.setSpacing(px(18 if narrow else 36))

    def focus(self) -> None:
        """Start at the first field."""
        self.form.focus_on("name")

    # --- saving ---------------------------------------------------------------------------------------------

    def _with(self, key: str, value: object) -> TeamMember:
        """The member with one field changed."""
        member = self.member
        match key:
            case "name" if isinstance(value, PersonChoice):
                mine = self.session.desk.practitioner()
                own = value.name == mine.name and bool(value.name)
                return replace(member, name=value.name, practitioner=mine.id if own else "")
            case "agency" if isinstance(value, PersonChoice):
                return replace(member, agency_name=value.name)
            case "role" if isinstance(value, PersonChoice):
                return replace(member, role=value.key or value.name)
            case "helps_with" if isinstance(value, tuple):
                return replace(member, helps_with=value)
            case "since":
                return replace(member, since=str(value))
            case "next_contact":
                return replace(member, next_contact=str(value))
            case "part":
                return replace(member, part=str(value))
            case _:
                return replace(member, outcome=str(value))

    def _answered(self, key: str, value: object) -> None:
        changed = self._with(key, value)
        if not (changed.name or changed.agency_name):
            self.form.set_error(key, "Write a name, or at least the agency")
            return
        made = self.session.attempt(team.add, self.session.desk, self.file, changed)
        if made is None:
            return
        self.member = made
        self.title.set_words(made.name or made.agency_name)
        self._changed(key, made.id)

    def add_it(self) -> None:
        """Add somebody to the team."""
        self.form.flush()
        faults = self.form.check()
        member = self.member
        for key, value in self.form.values().items():
            self.member = self._with(key, value)
        made, self.member = self.member, member
        if not (made.name or made.agency_name):
            self.form.set_error("name", "Write a name, or at least the agency")
            faults.insert(0, ("name", ""))
        if faults:
            self.form.focus_on(faults[0][0])
            return
        saved = self.session.attempt(team.add, self.session.desk, self.file, made)
        if saved is not None:
            self._added(saved.id)

    # --- ending ---------------------------------------------------------------------------------------------

    def _ask_end(self) -> None:
        if self._ending is not None:
            return
        box = QuietBox()
        box.body.setSpacing(px(12))
        name = self.member.name or self.member.agency_name
        box.add(Words(f"{name} stays in the history. They leave the map and the plan’s list of helpers."))
        self._end_form = Form()
        self._end_form.add(FieldSpec("until", "Last day", "date", partial=False, not_known=False))
        self._end_form.set_value("until", self.session.desk.today)
        box.add(self._end_form)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        sure = Button("End on this day", "danger")
        sure.clicked.connect(self._really_end)
        keep = Button(f"Keep {name}", "secondary")
        keep.clicked.connect(self._keep)
        row.addWidget(sure)
        row.addWidget(keep)
        row.addStretch(1)
        box.body.addLayout(row)
        self._ending = box
        self.body.addWidget(box)
        box.show()
        self._end_form.focus_on("until")

    def _keep(self) -> None:
        if self._ending is not None:
            self._ending.hide()
            self._ending.deleteLater()
            self._ending = None
        self._end.setFocus()

    def _really_end(self) -> None:
        faults = self._end_form.check()
        until = str(self._end_form.value("until"))
        if faults or not until:
            self._end_form.set_error("until", faults[0][1] if faults else "Write day, month and year")
            return
        if self.member.since and until < self.member.since:
            self._end_form.set_error("until", "The last day is before the first")
            return
        made = self.session.attempt(team.end, self.session.desk, self.file, self.member, until)
        if made is not None:
            self.saved.emit(made.id)
            self.closed.emit()
