"""One thing that waits to be taken out for good: who asked and why, what it waits for, agreeing and stopping."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.casework import removals, removals_waiting
from csa_desk.casework.histories import local
from csa_desk.casework.removals_waiting import Gone, Waiting
from csa_desk.casework.rights import Right
from csa_desk.casework.wording import counted
from csa_desk.records.dates import spoken
from csa_desk.ui.look import px
from csa_desk.ui.pages.asking_card import AskingCard
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.actions import Action
from csa_desk.ui.widgets.boxes import Card, FoldedText
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.text import Words

AGREED = (
    "Look at the words first. Once they are gone for good, nobody can bring them back. "
    "The history still shows that something was here, when, and who took it out."
)
STOPPED = "What was hidden shows again at once, in its old place."


class RemovalCard(AskingCard):
    """``decided`` tells that somebody agreed or stopped it, and in words how it ended: the page looks again."""

    decided = Signal(str)

    def __init__(self, session: Session, found: Waiting, *, loud: bool = True) -> None:
        # The drafts' key begins with no case: those of a case that waits to be erased are not kept.
        super().__init__(session, f"removal/{found.id}", f"Waiting to go: {_lower(found.title)}")
        self.found, self._loud = found, loud
        column = self.anew(6)
        column.addWidget(Words(found.waits_for, "strong"))
        column.addWidget(Words(f"Why: {found.reason}"))
        day = spoken(local(found.asked).date().isoformat())
        agreed = f" Agreed: {', '.join(found.signed)}." if found.signed else ""
        column.addWidget(Words(f"Asked for by {found.asked_by} on {day}.{agreed}", "small", "muted"))
        if found.copies:
            column.addSpacing(px(6))
            column.addWidget(Words("Copies remain. When it goes, a task is made for each:"))
            for left in found.copies:
                column.addWidget(Words(f"•  {left.words}", "small", "muted"))
        self._words = QWidget()
        self._words_column = QVBoxLayout(self._words)
        self._words_column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._words)
        self._words.hide()
        self._agrees: Action | None = None
        if found.may_stop:
            looks = self.add_link("Show what was hidden", self._show_words, Right.SIGN_REMOVAL)
            # The words are looked at before somebody agrees; for who has agreed already nothing presses.
            self.lead(looks, "primary" if loud and found.may_agree else "secondary")
        if found.may_agree:
            self._agrees = self.add_link("Agree that it goes for good", self._ask_agree, Right.SIGN_REMOVAL)
        if found.may_stop:
            self.add_link("Stop this and show it again", self._ask_stop, Right.SIGN_REMOVAL)

    def _show_words(self) -> None:
        told = self.session.attempt(removals_waiting.words, self.session.desk, self.found.id)
        if told is None or self._words_column.count():
            return
        text = "\n".join(f"{label}: {said}" for label, said in told) or "Nothing but marks and links."
        self._words_column.addWidget(FoldedText("What was hidden", f"{len(text)} letters", text))
        self._words.show()
        self.lead(self._agrees, "primary" if self._loud else "secondary")

    def _ask_agree(self) -> None:
        self.ask(Form(), "agree", "Agree", "Not now", self._agree, AGREED, kind="danger")

    def _agree(self) -> None:
        gone = self.session.attempt(removals.agree, self.session.desk, self.found.id)
        if gone is not None:
            self.close_form()
            self.decided.emit(_how_it_ended(len(self.found.copies)) if gone else "Noted. It still waits")

    def _ask_stop(self) -> None:
        form = Form()
        form.add(FieldSpec("reason", "Why is it stopped?", "line", width="full"))
        self.ask(form, "stop", "Stop it", "Let it go on", self._stop, STOPPED, kind="primary")
        form.focus_on("reason")

    def _stop(self) -> None:
        if self.asks is None or not self.complete({"reason": "Say why it is stopped"}):
            return
        reason = str(self.asks.value("reason"))
        if self.session.attempt(self._stopped, reason):
            self.close_form()
            self.decided.emit("Stopped. It shows again")

    def _stopped(self, reason: str) -> bool:
        removals.stop(self.session.desk, self.found.id, reason)
        return True


def _how_it_ended(copies: int) -> str:
    if not copies:
        return "It is gone for good"
    return f"It is gone for good. {counted(copies, 'task')} about copies of it: see Today"


def _lower(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"


def waits_words(days: int) -> str:
    """When what is hidden goes for good, for who is about to hide it."""
    return (
        "It goes for good when two practitioners have agreed, or, where you work by yourself, after "
        f"{days} days. Until then it can be shown again."
    )


def gone_card(found: list[Gone]) -> Card:
    """What was taken out of a file for good: that it was, when and why."""
    card = Card("Taken out for good", level="h3")
    for item in found:
        day = spoken(local(item.on).date().isoformat())
        card.add(Words(f"{item.title}, {day}. {item.reason}", "body"))
        if item.left:
            tasks = f"{counted(item.left, 'task')} about copies of it {'is' if item.left == 1 else 'are'} still open."
            card.add(Words(tasks, "small", "muted"))
    return card
