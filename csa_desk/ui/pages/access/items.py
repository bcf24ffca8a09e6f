"""Everything held that tells of somebody else, one by one: keep it in the copy, or take it out."""

from PySide6.QtCore import Signal

from csa_desk.casework import access_request
from csa_desk.casework.access_request import Choice
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.held_items import Item, Sealed
from csa_desk.casework.wording import counted
from csa_desk.records.keeping import AccessRequest
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.drawer import Drawer
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.text import Words

_LONG = 120
_GIST = 240
_CHOICES = (Option(Choice.KEEP, "Keep"), Option(Choice.TAKE_OUT, "Take out"))
_SEALED = (
    "Sealed, and you hold it: you decide. Keep puts its words into the copy, and that you opened it is noted."
)


class ItemsCard(Card):
    """``changed``: somebody chose otherwise. Choices are kept until the request is answered."""

    changed = Signal()

    def __init__(self, session: Session, file: CaseFile, request: AccessRequest, items: list[Item]) -> None:
        marked = [item for item in items if item.marked]
        asked = [item for item in marked if not (item.keeps and item.sealed == Sealed.NO)]
        super().__init__("Who else is in it", count=len(asked))
        self.session, self._items = session, items
        self._prefix = access_request.draft_prefix(session.desk, file, request)
        self.add(
            Words(
                "These tell of other people, or came from them. Look at each. The program finds names, not meaning: "
                "read the whole copy before it goes.",
                "body",
                "muted",
            )
        )
        self._forms: list[Form] = []
        if asked:
            self._ask(asked, self)
        else:
            self.add(Words("Nothing was found that names somebody else."))
        closed = sum(item.sealed == Sealed.CLOSED for item in items)
        if closed:
            self.add(
                Words(
                    f"{counted(closed, 'sealed note')} you cannot open. The copy says that there is something. "
                    "Ask somebody who holds it.",
                    "body",
                    "muted",
                )
            )
        self._kept = [item for item in marked if item not in asked]
        self.kept = Drawer(
            "Names that may stay", "Workers, and what the child told", len(self._kept), inset=0
        )
        self.kept.opening.connect(self._fill_kept)
        self.add(self.kept)
        self._rest = [item for item in items if not item.marked and item.sealed == Sealed.NO]
        self.others = Drawer("Everything else", "It stays unless you take it out", len(self._rest), inset=0)
        self.others.opening.connect(self._fill)
        self.add(self.others)

    @property
    def choices(self) -> dict[str, str]:
        """Record → what was chosen, for every item that is shown; what is suggested for others."""
        made = {item.key: str(Choice.TAKE_OUT if item.suggested else Choice.KEEP) for item in self._items}
        return (
            made
            | self._drafted
            | {
                field.key: str(field.value())
                for form in self._forms
                for field in form.fields
                if field.value()
            }
        )

    @property
    def _drafted(self) -> dict[str, str]:
        found = self.session.desk.vault.drafts(f"{self._prefix}/")
        return {key.rpartition("/")[2]: draft.text for key, draft in found.items()}

    def _fill_kept(self) -> None:
        self._ask(self._kept, self.kept)

    def _fill(self) -> None:
        self._ask(self._rest, self.others)

    def _ask(self, items: list[Item], into: Card | Drawer) -> None:
        form = Form()
        for item in items:
            hint = _SEALED if item.sealed == Sealed.YOURS else item.why
            if item.sealed == Sealed.YOURS and item.why:
                hint = f"{hint} {item.why}"
            if item.gist:
                hint = f"{hint} It says: {_short(item.gist, _GIST)}".strip()
            form.add(FieldSpec(item.key, _short(item.title), "row", hint, _CHOICES))
            form.set_value(item.key, Choice.TAKE_OUT if item.suggested else Choice.KEEP)
        form.answered.connect(self._chosen)
        self.session.watch_form(form, self._prefix)
        self._forms.append(form)
        into.add(form)

    def _chosen(self, _key: str, _value: object) -> None:
        self.changed.emit()


def _short(title: str, most: int = _LONG) -> str:
    line = " ".join(title.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
