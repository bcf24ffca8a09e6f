"""Names offered while they are typed: people and agencies of the case first, then the directory's."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QObject

from csa_desk.casework import directory
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import Field
from csa_desk.ui.widgets.text_fields import PersonText

_MOST = 12
_LEAST_LETTERS = 2


class Completing(QObject):
    """Fills the list of one person field with directory entries that fit what is typed. Lives as long as the field.

    ``known`` stands before what the directory has. ``kind`` says which entries are offered.
    """

    def __init__(
        self, session: Session, field: Field, kind: Literal["agency", "service"], known: Sequence[Option] = ()
    ) -> None:
        super().__init__(field)
        self._session = session
        self._field = field
        self._kind = kind
        self._known = list(known)
        self._offer(list(known))
        field.typed.connect(self._typed)

    def _typed(self) -> None:
        control = self._field.control
        words = control.words if isinstance(control, PersonText) else ""
        found = list(self._known)
        if len(words) >= _LEAST_LETTERS:
            names = {option.words for option in found}
            for entry in directory.find(self._session.desk, words, _MOST):
                if entry.kind == self._kind and entry.name not in names:
                    found.append(Option(entry.record.id, entry.name, entry.agency))
                    names.add(entry.name)
        self._offer(found)

    def _offer(self, options: list[Option]) -> None:
        control = self._field.control
        if isinstance(control, PersonText):
            control.offer(options)
