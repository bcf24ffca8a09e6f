"""Inside an unlocked vault: rail and one page at a time; keys, hide, toast, idle."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent, QWindow
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from csa_desk.casework.tasks import open_tasks
from csa_desk.content.models import Unit
from csa_desk.errors import DeskError
from csa_desk.ui import pages
from csa_desk.ui.look import px
from csa_desk.ui.shell.clipboard import ClipboardGuard
from csa_desk.ui.shell.cover import Cover
from csa_desk.ui.shell.idle import LAST_SECONDS, IdleWatch
from csa_desk.ui.shell.lock_cover import LockCover
from csa_desk.ui.shell.locking import Locking
from csa_desk.ui.shell.navigation import PLACES, Rail
from csa_desk.ui.shell.notices import Notices
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import TODAY, Place
from csa_desk.ui.shell.session import PLACE_DRAFT, Session
from csa_desk.ui.widgets.messages import Toast, announce

NARROW_BELOW, LOW_BELOW = 1100, 470
NOWHERE = (
    "Your last words are only in this window. Neither the vault nor this computer’s own disk takes them: put the stick "
    "back, free some space, or copy them elsewhere."
)


class Inside(QWidget):
    """The window's content while a vault is open."""

    locked = Signal(str)  # why; the session is already flushed and closed
    hidden_changed = Signal(bool)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        desk = session.desk
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Rail(desk.own_service().name, training=desk.training)
        row.addWidget(self.rail)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget()
        self._notices = Notices(self._stack)
        self._notices.put_aside.connect(self._to_page)
        column.addWidget(self._notices)
        column.addWidget(self._stack, 1)
        row.addWidget(right, 1)
        self._page: Page | None = None
        self._back: list[tuple[Place, object]] = []
        self._toast = Toast(right)
        self._undo: Callable[[], None] | None = None
        self._toast.undone.connect(self._undo_last)
        self._cover = Cover(desk.packs.settings.value("hidden-window-lock", Unit.MINUTES), self)
        self._under_cover: QWidget | None = None  # where the keyboard was when the window was hidden
        self._lock_cover = LockCover(self)
        self._locking = Locking(session, self._lock_cover, self._whereabouts, self)
        self._idle = IdleWatch(session.settings.idle_minutes, session.computer, self)
        self._clipboard = ClipboardGuard(self)
        self._watched: QWindow | None = None
        self._connect()
        self._shortcuts()
        for notice in desk.vault.notices:
            self.notice(notice.sentence, stays=notice.code == "read-only")

    def _connect(self) -> None:
        session = self.session
        session.went.connect(self.follow)
        session.failed.connect(self.fail)
        session.toasted.connect(self._say)
        session.changed.connect(self._look_again)
        session.lock_asked.connect(self.lock)
        self.rail.chosen.connect(self._go_page)
        self.rail.hide_asked.connect(self.toggle_hidden)
        self.rail.lock_asked.connect(self._lock_key)
        self._cover.back.connect(self.toggle_hidden)
        self._cover.too_long.connect(self._hidden_too_long)
        self._idle.last_seconds.connect(self._last_seconds)
        self._idle.idle.connect(self._nobody_there)
        session.computer.left.connect(self.lock)
        self._locking.began.connect(self._lock_began)
        self._locking.given_up.connect(self._lock_given_up)
        self._locking.done.connect(self.locked)

    def showEvent(self, event: QShowEvent) -> None:
        """Input is counted where it enters the window: a filter on every widget's events would cost each page."""
        super().showEvent(event)
        handle = self.window().windowHandle()
        if handle is not None and handle is not self._watched:
            self._watched = handle
            handle.installEventFilter(self._idle)

    def _shortcuts(self) -> None:
        self._keys: list[QShortcut] = []
        for number, (page, *_) in enumerate(PLACES, start=1):
            self._key(f"Ctrl+{number}", self._place_key).setProperty("place", page)
        self._key("Ctrl+,", self._place_key).setProperty("place", "settings")
        self._key("Ctrl+L", self._lock_key)
        self._key("F12", self.toggle_hidden)
        self._key("Ctrl+F", self._search_key)
        self._key("Ctrl+K", self._find_child_key)
        self._key("Alt+Left", self._back_key)
        self._key("Ctrl+Return", self._primary_key)
        self._key("Ctrl+Enter", self._primary_key)
        self._key("Ctrl+N", self._add_key)
        self._key("F6", self._region_key)

    def _key(self, keys: str, slot: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(slot)
        self._keys.append(shortcut)
        return shortcut

    # --- going about ----------------------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._page

    def start(self) -> None:
        """Go to where one was when the vault was locked, else to Today."""
        kept = self.session.desk.vault.drafts(PLACE_DRAFT).get(PLACE_DRAFT)
        place = Place.unpacked(kept.text) if kept is not None else None
        if place is not None and place.page in pages.PAGES:
            self.session.returning = place.draft
            self.go(place)
            self.session.returning = ""
            if self._page is not None and place.draft:
                self._page.return_to(place.draft)
                self.session.focus_field(place.draft, place.cursor)
        else:
            self.go(TODAY)

    def go(self, place: Place, kept: object = None) -> None:
        """Leave this page, its words saved or kept, and build the other one; ``kept`` is what it remembers."""
        before = (self._page.place, self._page.remember()) if self._page is not None else None
        self.session.leave_forms()
        self._toast.close_now()
        try:
            page = pages.build(self.session, place)
        except DeskError as fault:
            if self._page is None and place != TODAY:
                self.go(TODAY)
            self.fail(str(fault))
            return
        if kept is not None:
            page.recall(kept)
        if before is not None and before[0] != place:
            self._back.append(before)
            del self._back[:-50]
        old, self._page = self._page, page
        self._notices.clear("danger")
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self.rail.set_current(page.rail)
        self._fill_screen(on=page.for_a_room)
        self._look_again()
        if not (place.field and self.session.focus_field(place.field, place.cursor)):
            page.focus_first()

    def _fill_screen(self, *, on: bool) -> None:
        """A page for a room has the whole screen and no rail; leaving it brings the window back as it was."""
        if on == self.rail.isVisibleTo(self):
            self.rail.setVisible(not on)
            window = self.window()
            if window.isVisible() and on != window.isFullScreen():
                window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _go_page(self, page: str) -> None:
        self.go(Place(page))

    def _place_key(self) -> None:
        key = self.sender()
        if key is not None:
            self.go(Place(str(key.property("place"))))

    def follow(self, place: Place) -> None:
        """Follow a link of a page: a place one comes back to is as it was left."""
        self.go(place, next((kept for known, kept in reversed(self._back) if known == place), None))

    def _back_key(self) -> None:
        if self._back:
            *before, (place, kept) = self._back
            self.go(place, kept)
            self._back = before

    def _search_key(self) -> None:
        field = self._page.search_field() if self._page is not None else None
        if field is not None:
            field.setFocus()

    def _find_child_key(self) -> None:
        self.go(Place("children"))
        self._search_key()

    def _primary_key(self) -> None:
        button = self._page.primary() if self._page is not None else None
        if isinstance(button, QPushButton):
            button.click()

    def _add_key(self) -> None:
        if self._page is not None:
            self._page.add_thing()

    def _region_key(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.rail.isAncestorOf(focus) and self._page is not None:
            self._page.focus_first()
        else:
            self.rail.first().setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- messages -------------------------------------------------------------------------------------------

    def fail(self, sentence: str) -> None:
        """Show what could not be done, above the page, until the next page."""
        self._notices.clear("danger")
        self._notices.add(sentence, "danger")

    def notice(self, sentence: str, *, stays: bool = False) -> None:
        """Show something noticed about the vault; it can be set aside once read, unless it ``stays``."""
        self._notices.add(sentence, stays=stays)

    def _to_page(self) -> None:
        if self._page is not None:
            self._page.focus_first()

    def _say(self, words: str, undo: Callable[[], None] | None) -> None:
        self._undo = undo
        self._toast.say(words, "Undo" if undo is not None else "")

    def _undo_last(self) -> None:
        if self._undo is not None:
            undo, self._undo = self._undo, None
            undo()

    def _look_again(self) -> None:
        desk = self.session.desk
        due = sum(bool(row.task.due) and row.task.due <= desk.today for row in open_tasks(desk))
        self.rail.set_count("today", due)
        self.rail.set_service(desk.own_service().name)
        self._idle.set_minutes(self.session.settings.idle_minutes)

    # --- hide and lock --------------------------------------------------------------------------------------

    def toggle_hidden(self) -> None:
        """Blank the window, or bring it back."""
        if self._cover.isVisible():
            self._cover.uncover()
            self._allow_keys("")
            self.hidden_changed.emit(False)
            if self._under_cover is not None and isValid(self._under_cover):
                self._under_cover.setFocus()
            elif self._page is not None:
                self._page.focus_first()
            self._under_cover = None
        else:
            self._under_cover = self._focus()
            self._cover.cover()
            self._allow_keys("F12")
            self.hidden_changed.emit(True)

    def _focus(self) -> QWidget | None:
        """Where the keyboard is, or was while this window was last in front."""
        return QApplication.focusWidget() or self.window().focusWidget()

    def _allow_keys(self, only: str) -> None:
        """Under a cover no key goes elsewhere but the Lock key and the one named; empty allows all again."""
        for shortcut in self._keys:
            name = shortcut.key().toString(QKeySequence.SequenceFormat.PortableText)
            shortcut.setEnabled(not only or name in (only, "Ctrl+L"))

    def _lock_key(self) -> None:
        self.lock("key")

    def _last_seconds(self, left: int) -> None:
        self.rail.set_lock_words(left)
        if left == LAST_SECONDS:
            announce(self.rail, "Nobody is at the keyboard: this locks in a minute. What you typed is kept.")

    def _nobody_there(self) -> None:
        self.lock("idle")

    def _hidden_too_long(self) -> None:
        self.lock("hidden")

    def lock(self, why: str) -> None:
        """Keep every word, remember the place, let go of the vault. Asks nothing; nothing can hold it up."""
        self._locking.lock(why)

    @property
    def leaving(self) -> bool:
        """Whether the program is about to end and waits for a backup."""
        return self._locking.leaving

    def _whereabouts(self) -> tuple[Place, QWidget | None]:
        place = self._page.place if self._page is not None else TODAY
        return place, self._under_cover if self._cover.isVisible() else self._focus()

    def _lock_began(self) -> None:
        self._clipboard.clear()
        self._idle.rest()
        self._allow_keys("Ctrl+L")
        if self._watched is not None:
            self._watched.removeEventFilter(self._idle)
            self._watched = None
        self.hidden_changed.emit(True)

    def _lock_given_up(self) -> None:
        """Its owner is back before the words could be kept anywhere."""
        if self._cover.isVisible():
            self._cover.uncover()
        self._under_cover = None
        self._allow_keys("")
        self.hidden_changed.emit(False)
        self._idle.resume()
        handle = self.window().windowHandle()
        if handle is not None:
            self._watched = handle
            handle.installEventFilter(self._idle)
        self.fail(NOWHERE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has a rail of icons."""
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < px(NARROW_BELOW))
        self._notices.set_low(self.height() < px(LOW_BELOW))
        if self._cover.isVisible():
            self._cover.setGeometry(self.rect())
        if self._lock_cover.isVisible():
            self._lock_cover.fit()
