"""An editor that stands in the page, in the place of what it changes.

Editor(session, file, kind, filled=False)
    ``kind``: card | sunken | flush (from edge to edge, inside a list); ``filled``: its button is the page's one
    .saved(object)  .closed()  .removed()
    .form   .body (QVBoxLayout)   .foot .danger (rows of buttons, which wrap)   .add_button   .close_button
    .adding           whether it is for something new, which is added as a whole by ``add_it``
    .put_away()       goes away and keeps what was typed    .close_editor()   gives up something new
With something that is there, each field saves when it is left: ``_answered``.
"""

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from csa_desk.casework.casefile import CaseFile
from csa_desk.ui.look import color, px
from csa_desk.ui.pages.half_typed import give_up
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import FlowLayout, PairLayout
from csa_desk.ui.widgets.form import Form

NEW = "new"


class Editor(QFrame):
    """See the module."""

    saved = Signal(object)
    closed = Signal()
    removed = Signal()

    def __init__(
        self,
        session: Session,
        file: CaseFile,
        kind: Literal["card", "sunken", "flush"],
        *,
        filled: bool = False,
    ) -> None:
        super().__init__()
        self._flush = kind == "flush"
        if not self._flush:
            self.setProperty("box", kind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.session = session
        self.file = file
        self.form = Form()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(20), px(16), px(20), px(16))
        self.body.setSpacing(px(16))
        self.body.addWidget(self.form)
        foot = PairLayout(least=0)
        self.foot, self.danger = FlowLayout(), FlowLayout()
        foot.addLayout(self.foot)
        foot.addLayout(self.danger)
        self.body.addLayout(foot)
        self.add_button = Button("Add it", "primary" if filled else "secondary", small=not filled)
        self.add_button.clicked.connect(self.add_it)
        self.close_button = Button("Close", small=True)
        self.close_button.clicked.connect(self.close_editor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Inside a list the ground reaches from edge to edge, as that of the row above it."""
        if not self._flush:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("sunken"))
        painter.end()

    @property
    def adding(self) -> bool:
        """Whether this is for something new."""
        return False

    def add_it(self) -> None:
        """Add what is new."""

    def _watch(self, prefix: str) -> None:
        """Keep drafts; save field by field what is there already. Called when the form shows what is recorded."""
        self.session.watch_form(self.form, prefix, whole=self.adding)
        if not self.adding:
            self.form.answered.connect(self._answered)

    def _answered(self, key: str, value: object) -> None:
        """Save one field of something that is there."""

    def _changed(self, key: str, made: object) -> None:
        """One field is saved."""
        self.session.drop_draft(self.form, key)
        self.saved.emit(made)

    def _added(self, made: object) -> None:
        """Something new is saved as a whole."""
        give_up(self.session, self.form)
        self.saved.emit(made)
        self.closed.emit()

    def _buttons(self, add: str) -> None:
        """The row at the foot: adding and giving up, or closing."""
        if self.adding:
            self.add_button.set_words(add)
            self.close_button.set_words("Do not add")
            self.foot.addWidget(self.add_button)
        self.foot.addWidget(self.close_button)

    def put_away(self) -> None:
        """Go away with nothing dropped: what was typed of something new is kept as a draft."""
        self.form.flush()
        self.closed.emit()

    def close_editor(self) -> None:
        """Go away: changes are saved, something new is given up."""
        if self.adding:
            give_up(self.session, self.form)
        else:
            self.form.flush()
        self.closed.emit()

    def _remove(self) -> None:
        give_up(self.session, self.form)
        self.removed.emit()
