"""Who could help a child: every service held against what is known of them, the list at the left, why at the right."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from csa_desk.casework.match_words import HEADINGS
from csa_desk.casework.matching import Fit, Matched, Verdict, match
from csa_desk.casework.service_kinds import kind_words
from csa_desk.content.models import say
from csa_desk.records.dates import short
from csa_desk.store.search import folded
from csa_desk.ui.look import look, px
from csa_desk.ui.pages.child.header import StripHeader
from csa_desk.ui.pages.match.cards import GoesByCard, ServiceCard
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Rule
from csa_desk.ui.widgets.panes import Pane, TwoPanes
from csa_desk.ui.widgets.pick_list import Pick, PickList
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import SearchLine

GOES_BY = "goes-by"
MOST = 200
_FOLLOWS = 90
_LOW = 420
# verdict → icon, ink
_MARKS = {
    Verdict.FITS: ("check-circle", "ok"),
    Verdict.ASK: ("question", "info"),
    Verdict.NEARLY: ("arrows-left-right", "warn"),
    Verdict.NOT: ("x", "muted"),
}


class MatchPage(Page):
    """The services that fit, that have to be asked first, that nearly fit; and, where wanted, those that do not."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.file = session.file(place.case, fresh=True)
        self.column.addWidget(StripHeader(session, self.file, "Team", Place("team", self.file.code)))
        self.kind, self.need, self.misfits = "", "", False
        self.matched: Matched | None = None
        self._fits: dict[str, Fit] = {}
        self.service_card: ServiceCard | None = None
        self.goes_by: GoesByCard | None = None
        self.search = SearchLine(f"Find among who could help {self.file.called}")
        self.search.textEdited.connect(self._searched)
        self.search.returnPressed.connect(self._go_on)
        self.count = Words("", "small-strong")
        self.results = PickList("Services")
        self.results.chosen.connect(self._moved)
        self.results.entered_key.connect(self._entered)
        self.pane = Pane()
        self.panes = TwoPanes(self._left(), self.pane, "All services")
        self.column.addSpacing(px(12))
        self.column.addWidget(self.panes, 1)
        self._shown = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_FOLLOWS)
        self._wait.timeout.connect(self._show_chosen)
        self.refresh()
        self.results.choose(place.item or GOES_BY)
        self._show(self.results.key or GOES_BY)

    def _left(self) -> QWidget:
        box = QFrame()
        box.setProperty("box", "card")
        column = QVBoxLayout(box)
        edge = look().hairline
        column.setContentsMargins(edge, edge, edge, px(9))
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(px(12), px(11), px(12), px(11))
        top.setSpacing(px(8))
        self.title = Words(f"Who could help {self.file.called}", "h3")
        top.addWidget(self.title)
        top.addWidget(self.search)
        top.addWidget(self.count)
        column.addLayout(top)
        column.addWidget(Rule())
        column.addWidget(self.results, 1)
        box.setFocusProxy(self.results)
        return box

    # --- what every page has --------------------------------------------------------------------------------

    def return_to(self, key: str) -> None:
        """The card with where the child lives."""
        if "/home-area/" in key and self.goes_by is None:
            self.results.choose(GOES_BY)
            self._show(GOES_BY)

    def focus_first(self) -> None:
        """The list."""
        self.results.setFocus()

    def search_field(self) -> QWidget | None:
        """The search line."""
        return self.search

    def primary(self) -> QWidget | None:
        """The filled button of what is shown at the right."""
        if self.goes_by is not None:
            return self.goes_by.save_button
        return self.service_card.task_button if self.service_card is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has no room for the title: the strip and the list say what this is."""
        super().resizeEvent(event)
        for widget in (self.title, self.count):
            widget.setVisible(self.height() >= px(_LOW))

    # --- the list -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Match anew, by what is entered and asked for now."""
        self.file = self.session.file(self.file.code, fresh=True)
        self.matched = match(
            self.session.desk,
            self.file,
            types=[self.kind] if self.kind else (),
            needs_met=[self.need] if self.need else (),
        )
        self._list()

    def _list(self) -> None:
        if self.matched is None:
            return
        words = folded(self.search.text())
        picks = [Pick(GOES_BY, "What this goes by", self._goes_by_words())]
        self._fits = {}
        for verdict, heading in HEADINGS.items():
            if verdict == Verdict.NOT and not (self.misfits or words):
                continue
            found = [fit for fit in self.matched.of(verdict) if _has(fit, words)]
            if found:
                more = f", the first {MOST}" if len(found) > MOST else ""
                picks.append(Pick("", f"{heading} ({len(found):,}{more})"))
                picks += [self._pick(fit) for fit in found[:MOST]]
        chosen = self.results.key
        self.results.set_picks(picks)
        self.results.choose(chosen or GOES_BY)
        self.count.set_words(self.matched.in_words[:1].upper() + self.matched.in_words[1:])

    def _goes_by_words(self) -> str:
        child = self.matched.child if self.matched is not None else None
        if child is None:
            return ""
        said = [
            f"{child.age} years" if child.age else "age not known",
            child.area_name or child.area or "area not entered",
        ]
        if self.kind:
            said.append(kind_words(self.session.desk, self.kind))
        if self.need:
            said.append(
                next(say(one.short) for one in self.session.desk.packs.needs.need if one.id == self.need)
            )
        return ", ".join(said)

    def _pick(self, fit: Fit) -> Pick:
        self._fits[fit.candidate.service] = fit
        icon, ink = _MARKS[fit.verdict]
        said = fit.because or fit.agency or "No agency named"
        checked = fit.candidate.checked_on
        mark = (
            f"Checked {short(checked)}"
            if fit.freshness == "fresh" and checked
            else fit.freshness.capitalize()
        )
        return Pick(fit.candidate.service, fit.candidate.name or "No name", said, (icon, mark, ink))

    def _searched(self, _words: str) -> None:
        self._list()

    def _moved(self, _key: str) -> None:
        self._wait.start()

    def _show_chosen(self) -> None:
        if self.results.key and self.results.key != self._shown:
            self._show(self.results.key)

    def _entered(self, key: str) -> None:
        if key != self._shown:
            self._show(key)
        self.panes.show_right()

    def _go_on(self) -> None:
        self.results.setFocus()

    # --- the pane -------------------------------------------------------------------------------------------

    def _show(self, key: str) -> None:
        self._wait.stop()
        self.pane.clear()
        self.goes_by = self.service_card = None
        self._shown = key
        self.place = Place("match", self.file.code, "" if key == GOES_BY else key)
        fit = self._fits.get(key)
        if fit is not None:
            self.service_card = ServiceCard(self.session, self.file, fit)
            self.pane.add(self.service_card)
        elif self.matched is not None:
            self.goes_by = GoesByCard(self.session, self.file, self.matched.child)
            self.goes_by.show_only(self.kind, self.need, misfits=self.misfits)
            self.goes_by.lives_said.connect(self._lives_said)
            self.goes_by.narrowed.connect(self._narrowed)
            self.pane.add(self.goes_by)
        self.pane.finish()

    def _lives_said(self) -> None:
        self.refresh()
        self._show(GOES_BY)
        if self.goes_by is not None:
            self.goes_by.focus_first()

    def _narrowed(self, kind: str, need: str, misfits: bool) -> None:
        self.kind, self.need, self.misfits = kind, need, misfits
        self.refresh()


def _has(fit: Fit, words: list[str]) -> bool:
    """Whether every word begins a word of the service's name or agency."""
    if not words:
        return True
    said = folded(f"{fit.candidate.name} {fit.agency}")
    return all(any(one.startswith(word) for one in said) for word in words)
