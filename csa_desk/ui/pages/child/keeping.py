"""A file from its end: closing and opening again, how long it is kept, a hold, erasing, what waits to be taken out."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from csa_desk.casework import keeping, removals, removals_waiting
from csa_desk.casework.rights import Right
from csa_desk.records.dates import spoken
from csa_desk.ui.pages.asking_card import WHOLE_DAY, AskingCard
from csa_desk.ui.pages.child.header import StripHeader
from csa_desk.ui.pages.removals.card import RemovalCard, gone_card, waits_words
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.actions import loudest
from csa_desk.ui.widgets.boxes import Banner
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.text import Words

KEPT_LONG = (
    "Nothing is deleted when a file is closed. Files are kept for a long time, because people often ask for their "
    "records many years later."
)
HOLD = "While a hold stands, nothing of this file can be taken out for good, whoever agreed to it."
ERASED = "The whole file is hidden at once. {waits} Name nobody in the reason: it stays."

ABOUT = (
    "When support ends, the file is closed and kept. How long is decided here, and nothing goes by itself."
)


class KeepingPage(Page):
    """A page inside the overview."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.column.addWidget(StripHeader(session, self.file, "Overview", Place("overview", self.file.code)))
        self.body = PageBody(widest=860)
        self.column.addWidget(self.body, 1)
        self.body.add_top(PageTitle("Closing and keeping", ABOUT))
        self.standing = keeping.keeping(session.desk, self.file)
        self.waiting: list[RemovalCard] = []
        for found in removals_waiting.waiting(session.desk, self.file.case.id):
            card = RemovalCard(session, found, loud=not self.waiting)
            card.decided.connect(self._again)
            self.waiting.append(card)
            self.body.add(card)
        self.support = AskingCard(session, f"{self.file.case.id}/support", "Support")
        self.kept = AskingCard(session, f"{self.file.case.id}/kept", "How long it is kept")
        self.erasing = AskingCard(session, f"{self.file.case.id}/erasing", "Erase it")
        self._show_support()
        self._show_kept()
        self._show_erasing()
        for asking in (self.support, self.kept, self.erasing):
            self.body.add(asking)
        gone = removals_waiting.gone(session.desk, self.file.case.id)
        if gone:
            self.body.add(gone_card(gone))
        self.body.finish()
        self._open_half_asked()

    def focus_first(self) -> None:
        """The next step; else the first thing that can be done, with what waits to go."""
        cards = (*self.waiting, self.support, self.kept, self.erasing)
        links = [link for card in cards for link in card.links]
        target: QWidget = loudest(links) or self.body
        target.setFocus()

    def _again(self, words: str = "") -> None:
        # The button that was pressed goes with the page: let its click end first.
        QTimer.singleShot(0, self, partial(self._reload, words))

    def _reload(self, words: str) -> None:
        self.session.go(Place("keeping", self.file.code))
        if words:
            # Only now: it goes as soon as the keyboard is somewhere else.
            self.session.toast(words)

    def _open_half_asked(self) -> None:
        """A form that was half filled at lock stands open again."""
        openers = {
            "close": self._ask_close, "reopen": self._ask_reopen, "decide": self._ask_decide,
            "hold": self._ask_hold, "lift": self._ask_lift, "erase": self._ask_erase,
        }  # fmt: skip
        for card in (self.support, self.kept, self.erasing):
            if card.half_asked in openers:
                openers[card.half_asked]()

    # --- closing ------------------------------------------------------------------------------------------------

    def _show_support(self) -> None:
        column, stands = self.support.anew(6), self.standing
        if stands.closed:
            column.addWidget(Words(f"Closed on {spoken(stands.closed)}.", "strong"))
            column.addWidget(Words(f"Why: {stands.why_closed}"))
            self.support.add_link("Open this file again", self._ask_reopen, Right.CLOSE_FILES)
            return
        episode = self.file.episode
        since = spoken(episode.opened) if episode is not None and episode.opened else "an unknown day"
        column.addWidget(Words(f"Open since {since}.", "strong"))
        column.addWidget(Words(KEPT_LONG, "small", "muted"))
        close = self.support.add_link("Close this file", self._ask_close, Right.CLOSE_FILES)
        self.support.lead(close, "secondary" if self.waiting else "primary")

    def _ask_close(self) -> None:
        desk = self.session.desk
        until, review = keeping.usual_days(desk, desk.today)
        form = Form()
        form.add(FieldSpec("why", "Why does the support end?", "line", width="full"))
        form.add(FieldSpec("on", "Closed on", "date", partial=False, not_known=False))
        form.set_value("on", desk.today)
        note = (
            f"The file is kept until {spoken(until)}, and somebody looks at that again on {spoken(review)}."
        )
        self.support.ask(form, "close", "Close this file", "Keep it open", self._close, note, kind="primary")
        form.focus_on("why")

    def _close(self) -> None:
        form = self.support.asks
        if form is None or not self.support.complete({"why": "Say why the support ends", "on": WHOLE_DAY}):
            return
        said = {key: str(value) for key, value in form.values().items()}
        desk = self.session.desk
        if self.session.attempt(keeping.close_case, desk, self.file, said["why"], on=said["on"]) is not None:
            self._done(self.support, "The file is closed")

    def _ask_reopen(self) -> None:
        note = "A new period of support begins today. Everything that is known stays known."
        self.support.ask(
            Form(), "reopen", "Open it again", "Leave it closed", self._reopen, note, kind="primary"
        )

    def _reopen(self) -> None:
        if self.session.attempt(keeping.reopen_case, self.session.desk, self.file) is not None:
            self._done(self.support, "The file is open again")

    # --- keeping ------------------------------------------------------------------------------------------------

    def _show_kept(self) -> None:
        column, stands = self.kept.anew(6), self.standing
        if stands.held_since:
            since = f"A hold stands since {spoken(stands.held_since)}."
            column.addWidget(
                Banner("warn", since, f"{stands.held_because} ({stands.held_by})", icon="hand-palm")
            )
        if stands.keep_until:
            column.addWidget(Words(f"Kept until {spoken(stands.keep_until)}.", "strong"))
            column.addWidget(Words(f"Why: {stands.reason}"))
            again = f" To look at again on {spoken(stands.review)}." if stands.review else ""
            by = f"Decided by {stands.decided_by} on {spoken(stands.decided)}.{again}"
            column.addWidget(Words(by, "small", "muted"))
        else:
            column.addWidget(Words("This is decided when the file is closed.", "body", "muted"))
        decide = self.kept.add_link("Decide how long it is kept", self._ask_decide, Right.RETENTION)
        if stands.held_since:
            self.kept.add_link("End the hold", self._ask_lift, Right.HOLD)
        else:
            self.kept.add_link("Put a hold on this file", self._ask_hold, Right.HOLD)
        if stands.closed and not stands.held_since and not self.waiting:
            undecided = not stands.keep_until or (stands.review_due and not stands.time_over)
            self.kept.lead(decide, "primary" if undecided else "secondary")

    def _ask_decide(self) -> None:
        desk = self.session.desk
        until, review = keeping.usual_days(desk, self.standing.closed or desk.today)
        form = Form()
        form.add(FieldSpec("until", "Keep it until", "date", partial=False, not_known=False))
        form.add(FieldSpec("review", "Look at this again on", "date", partial=False, not_known=False))
        form.add(FieldSpec("reason", "Why?", "line", width="full"))
        form.set_value("until", self.standing.keep_until or until)
        form.set_value("review", review)
        self.kept.ask(form, "decide", "Keep it so long", "Leave it as it is", self._decide, kind="primary")
        form.focus_on("until")

    def _decide(self) -> None:
        form = self.kept.asks
        needed = {"until": WHOLE_DAY, "review": WHOLE_DAY, "reason": "Say why"}
        if form is None or not self.kept.complete(needed):
            return
        said = {key: str(value) for key, value in form.values().items()}
        desk, file = self.session.desk, self.file
        made = self.session.attempt(
            keeping.decide, desk, file, said["until"], said["reason"], review=said["review"]
        )
        if made is not None:
            self._done(self.kept, "It is decided how long the file is kept")

    def _ask_hold(self) -> None:
        form = Form()
        form.add(
            FieldSpec(
                "reason",
                "Why must nothing be taken out?",
                "line",
                "An investigation, a claim, a complaint, an inquiry, a request to see the file.",
                width="full",
            )
        )
        self.kept.ask(form, "hold", "Put the hold on", "No hold", self._hold, HOLD, kind="primary")
        form.focus_on("reason")

    def _hold(self) -> None:
        form = self.kept.asks
        if form is None or not self.kept.complete({"reason": "Say why"}):
            return
        reason = str(form.value("reason"))
        if self.session.attempt(keeping.hold, self.session.desk, self.file, reason) is not None:
            self._done(self.kept, "A hold stands on this file")

    def _ask_lift(self) -> None:
        form = Form()
        form.add(FieldSpec("reason", "Why is it over?", "line", width="full"))
        self.kept.ask(form, "lift", "End the hold", "Leave it", self._lift, kind="primary")
        form.focus_on("reason")

    def _lift(self) -> None:
        form = self.kept.asks
        if form is None or not self.kept.complete({"reason": "Say why it is over"}):
            return
        reason = str(form.value("reason"))
        if self.session.attempt(keeping.lift_hold, self.session.desk, self.file, reason) is not None:
            self._done(self.kept, "The hold is over")

    # --- erasing ------------------------------------------------------------------------------------------------

    def _show_erasing(self) -> None:
        column, stands = self.erasing.anew(6), self.standing
        if stands.held_since:
            column.addWidget(Words("Not while a hold stands.", "body", "muted"))
        elif stands.time_over:
            column.addWidget(Words("The time decided for this file is over, so it can be erased."))
            erase = self.erasing.add_link("Erase this file", self._ask_erase, Right.ERASE)
            self.erasing.lead(erase, "danger")
        elif stands.keep_until:
            column.addWidget(Words(f"Not before {spoken(stands.keep_until)}.", "body", "muted"))
        else:
            column.addWidget(Words("Not before it is decided how long it is kept.", "body", "muted"))

    def _ask_erase(self) -> None:
        form = Form()
        form.add(FieldSpec("reason", "Why is it erased?", "line", width="full"))
        note = ERASED.format(waits=waits_words(self.session.desk.days("removal-wait")))
        self.erasing.ask(form, "erase", "Erase this file", "Keep it", self._erase, note, kind="danger")
        form.focus_on("reason")

    def _erase(self) -> None:
        form = self.erasing.asks
        if form is None or not self.erasing.complete({"reason": "Say why it is erased"}):
            return
        reason = str(form.value("reason"))
        if self.session.attempt(removals.erase, self.session.desk, self.file, reason) is not None:
            self.erasing.close_form()
            self.session.changed.emit()
            QTimer.singleShot(0, self, self._to_removals)

    def _to_removals(self) -> None:
        self.session.go(Place("removals"))
        self.session.toast("The file is hidden and waits to be erased")

    def _done(self, card: AskingCard, words: str) -> None:
        card.close_form()
        self.session.changed.emit()
        self._again(words)
