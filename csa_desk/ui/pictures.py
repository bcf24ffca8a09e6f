"""Pictures of the window's pages, taken offscreen from a real vault: for people to look at."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from csa_desk.casework.casefile import open_file
from csa_desk.casework.children import ChildRow, children
from csa_desk.casework.desk import Desk
from csa_desk.casework.histories import changes
from csa_desk.casework.removals import can_strike
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.records.assessment import Answer
from csa_desk.settings import Settings
from csa_desk.store.opening import Opener
from csa_desk.ui.entrance_pictures import entrances
from csa_desk.ui.look import Choice, apply_look
from csa_desk.ui.pages import PAGES
from csa_desk.ui.pages.settings.index import SECTIONS
from csa_desk.ui.pages.settings.page import SettingsPage
from csa_desk.ui.shell.inside import Inside
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.ring import FocusRing

SIZE = QSize(1280, 800)
OF_A_CHILD = (
    "overview", "assessment", "section", "check-answers", "team", "match", "therapy", "plan", "print", "consent",
    "notes", "history", "keeping", "strike", "access", "access-copy", "archive",
)  # fmt: skip


def places(desk: Desk) -> list[Place]:
    """One place for every page; a child's pages show the child with the most recorded."""
    rows = sorted(children(desk), key=_recorded(desk))
    found = [Place(page) for page in PAGES if page not in OF_A_CHILD]
    after = next(number for number, place in enumerate(found) if place.page == "settings") + 1
    found[after:after] = [Place("settings", item=section) for section in SECTIONS]
    if rows:
        code = rows[0].code
        items = {"section": "need-school", "strike": _latest_change(desk, code)}
        found += [Place(page, code, items.get(page, "")) for page in OF_A_CHILD]
    return found


def _latest_change(desk: Desk, code: str) -> str:
    """The id of the child's latest change that could be taken out."""
    told = changes(desk, open_file(desk, code, log=""))
    return next((item.revision for item in told if can_strike(item)), "")


def _recorded(desk: Desk) -> Callable[[ChildRow], int]:
    """Most told first."""

    def fewest(row: ChildRow) -> int:
        return -len(desk.vault.read.find(Answer, case=row.case.id)) - 100 * (row.stage == "Investigation")

    return fewest


def take_all(
    opener: Opener,
    folder: Path,
    passphrase: str,
    out: Path,
    *,
    schemes: tuple[Choice, ...] = ("light", "dark"),
    text_size: int = 100,
    size: QSize = SIZE,
) -> list[Path]:
    """A picture of every page in each scheme. Needs no display: the platform may be ``offscreen``."""
    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("pictures need a QApplication")
    qInstallMessageHandler(_quiet)
    out.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    with opener.open(folder, passphrase) as vault:
        desk = Desk(vault, Packs(resource("content")))
        for scheme in schemes:
            apply_look(app, scheme, training=desk.training, text_size=text_size)
            for name, page in entrances(opener, folder):
                taken.append(_picture(app, page, out / f"00-{name}-{scheme}.png", size))
                page.hide()
                page.deleteLater()
            inside = Inside(Session(desk, Settings(), opener.local_data))
            inside.resize(size)
            ring = FocusRing(inside)
            inside.show()
            for number, place in enumerate(places(desk), start=1):
                if isinstance(inside.page, SettingsPage) and place.item in inside.page.sections:
                    # One page in many pieces: it is built once.
                    inside.page.show_section(place.item)
                else:
                    inside.go(place)
                what = f"{place.page}-{place.item}" if place.page == "settings" and place.item else place.page
                taken.append(_picture(app, inside, out / f"{number:02}-{what}-{scheme}.png", size))
            inside.session.leave_forms()
            inside.hide()
            ring.deleteLater()
            inside.deleteLater()
    return taken


def _quiet(kind: QtMsgType, _where: object, words: str) -> None:
    """The offscreen platform says of each window that it cannot pass on size hints; anything else is said."""
    if "propagateSizeHints" not in words and kind != QtMsgType.QtDebugMsg:
        sys.stderr.write(f"{words}\n")


def _settled(app: QApplication, widget: QWidget, size: QSize) -> None:
    widget.show()
    for _ in range(3):
        # What folds away in a small window has to be gone before it fits.
        widget.resize(size)
        app.sendPostedEvents()


def _picture(app: QApplication, widget: QWidget, target: Path, size: QSize) -> Path:
    _settled(app, widget, size)
    widget.repaint()
    widget.grab().save(str(target))
    return target
