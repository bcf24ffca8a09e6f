"""When the window locks, and what this computer tells of it: said as it is here, not as it should be."""

from dataclasses import replace

from PySide6.QtCore import Signal

from csa_desk.settings import LONGEST_IDLE
from csa_desk.ui.look import px
from csa_desk.ui.shell.computer import Computer, Leaving
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.rows import FactRow
from csa_desk.ui.widgets.text import Words

HIDDEN, SHOWN = "hidden", "shown"


def _minutes(value: object) -> str:
    sound = isinstance(value, int) and 1 <= value <= LONGEST_IDLE
    return "" if sound else f"Choose 1 to {LONGEST_IDLE} minutes"


IDLE = FieldSpec(
    "idle_minutes",
    "Minutes until it locks",
    "number",
    hint=f"When nobody uses the computer. 1 to {LONGEST_IDLE}; what you typed is kept.",
    width="day",
    check=_minutes,
)
CAPTURE = FieldSpec(
    "hide_from_capture",
    "Screenshots and shared screens",
    "row",
    hint="For live vaults. A training vault can always be shown.",
    options=[Option(HIDDEN, "Leave this window out"), Option(SHOWN, "Let it be seen")],
)
NO_CAPTURE = (
    "This computer has no way to keep a window out of screenshots and shared screens. "
    "Close or lock this window before you share your screen."
)
_EVENTS = (
    (Leaving.SCREEN, "The screen is locked"),
    (Leaving.SLEEP, "The computer goes to sleep"),
    (Leaving.LID, "The lid is closed"),
    (Leaving.USER, "Somebody else takes the screen"),
)


def told(computer: Computer) -> list[tuple[str, str]]:
    """What locks the window on this computer: an event, and whether it does."""
    tells = computer.tells()
    rows = [
        ("Ctrl+L, Lock, closing the window", "Locks at once. It never asks, and keeps every word."),
        (
            "Nobody is there",
            "The whole computer counts: another program in use keeps this one open."
            if computer.tells_idle
            else "Only keys and clicks in this program count. This computer does not tell of other programs.",
        ),
    ]
    for event, words in _EVENTS:
        if event in tells:
            rows.append((words, "Locks before it sleeps." if event == Leaving.SLEEP else "Locks at once."))
        elif event == Leaving.LID and Leaving.SLEEP in tells:
            rows.append((words, "Locks where closing the lid puts the computer to sleep."))
        elif event == Leaving.SLEEP:
            rows.append(
                (words, "This computer does not tell. It locks when it wakes and the minutes are over.")
            )
        else:
            rows.append((words, "This computer does not tell. Press Ctrl+L before you leave it."))
    return rows


class LockCard(Card):
    """Minutes, capture, and the triggers. ``changing(key)``: the settings are about to be others."""

    changing = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("Lock", note="For every vault opened here")
        self._session = session
        computer = session.computer
        self.form = Form()
        self.form.add(IDLE)
        self.form.set_value("idle_minutes", str(session.settings.idle_minutes))
        if computer.can_hide_windows:
            self.form.add(CAPTURE)
            hidden = session.settings.hide_from_capture
            self.form.set_value("hide_from_capture", HIDDEN if hidden else SHOWN)
        self.form.answered.connect(self._changed)
        session.watch_form(self.form, "settings/lock")
        self.add(self.form)
        self.body.addSpacing(px(8))
        if not computer.can_hide_windows:
            self.add(Words(CAPTURE.label, "strong"))
            self.add(Words(NO_CAPTURE, "body", "muted"))
            self.body.addSpacing(px(8))
        self.add(Words("What locks it on this computer", "h3"))
        for event, words in told(computer):
            row = FactRow(event, words)
            row.setContentsMargins(-px(20), 0, -px(20), 0)
            self.add_row(row)

    def _changed(self, key: str, value: object) -> None:
        session = self._session
        session.drop_draft(self.form, key)
        chosen = session.settings
        if key == "idle_minutes" and isinstance(value, int) and 1 <= value <= LONGEST_IDLE:
            chosen = replace(chosen, idle_minutes=value)
        elif key == "hide_from_capture" and value in (HIDDEN, SHOWN):
            chosen = replace(chosen, hide_from_capture=value == HIDDEN)
        if chosen != session.settings:
            self.changing.emit(key)
            session.settings = chosen
            session.changed.emit()
