"""What each profession may do, and, for who looks after the vault, what was refused to whom."""

from csa_desk.casework import histories, professions
from csa_desk.casework.rights import Right
from csa_desk.records.dates import spoken
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.drawer import Drawer
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.rows import FactRow
from csa_desk.ui.widgets.text import Words

MOST_REFUSED = 30


class RolesCard(Card):
    """A drawer for each role; one's own is marked and says nothing that is not in the rights pack."""

    def __init__(self, session: Session) -> None:
        super().__init__("What each role may do", note="From the rights of this version", flush=True)
        self.session = session
        self._roles = {role.id: role for role in professions.roles(session.desk)}
        own = professions.own_roles(session.desk)
        self.drawers: dict[str, Drawer] = {}
        for role in self._roles.values():
            drawer = Drawer(role.title, role.why)
            drawer.setProperty("role", role.id)
            if role.id in own:
                drawer.mark(Chip("You", "tint"))
            drawer.opening.connect(self._fill)
            self.drawers[role.id] = drawer
            self.add_row(drawer)
        everybody = "; ".join(_small(words) for words in professions.for_all(session.desk))
        self.add_row(FactRow("Everybody may", f"{everybody[:1].upper()}{everybody[1:]}.", strong=False))
        if session.may(Right.PRACTITIONERS):
            self.refused = Drawer("What was refused", "Who tried something that their role does not allow")
            self.refused.opening.connect(self._fill_refused)
            self.add_row(self.refused)

    def _fill(self) -> None:
        drawer = self.sender()
        role = self._roles.get(str(drawer.property("role"))) if drawer is not None else None
        if role is None or not isinstance(drawer, Drawer):
            return
        parts = [("May", role.may), ("May not", role.may_not), ("Holds the key of", role.holds)]
        for title, lines in parts:
            if lines:
                drawer.add(Words(title, "small-strong", "muted"))
                drawer.add(Words("\n".join(f"• {line}" for line in lines)))
        if not role.may:
            drawer.add(Words("Only what everybody may do.", "body", "muted"))

    def _fill_refused(self) -> None:
        found = histories.refusals(self.session.desk, MOST_REFUSED)
        for item in found:
            then = histories.local(item.at)
            when = f"{spoken(then.date().isoformat())}, {then:%H:%M}"
            self.refused.add(Words(f"{item.who}, {when}: {_small(item.words)}"))
        if not found:
            self.refused.add(Words("Nothing was refused to anybody.", "body", "muted"))


def _small(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"
