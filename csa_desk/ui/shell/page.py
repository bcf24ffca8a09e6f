"""What every page is to the window."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session


class Page(QWidget):
    """One page. It is built anew each time somebody goes there, and freed when they leave.

    A page gives its forms to :meth:`Session.watch_form`, so that typing is kept and saved at lock. ``rail`` names the
    rail item it belongs to.
    """

    rail = ""
    for_a_room = False
    """Whether the page fills the screen without the rail: it shows no child."""

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__()
        self.session = session
        self.place = place
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def remember(self) -> object:
        """What is to be as it was when somebody comes back; kept in memory only, for a place holds no content."""
        return None

    def recall(self, kept: object) -> None:
        """Be as :meth:`remember` said, before the page is shown."""

    def return_to(self, key: str) -> None:
        """After a lock: have the field with this draft key stand there as it was typed."""

    def focus_first(self) -> None:
        """Where the keyboard starts on this page."""
        self.setFocus()

    def search_field(self) -> QWidget | None:
        """What Ctrl+F goes to."""
        return None

    def primary(self) -> QWidget | None:
        """The one filled button: what Ctrl+Enter presses."""
        return None

    def add_thing(self) -> None:
        """What Ctrl+N adds on this page; nothing where there is nothing to add."""
