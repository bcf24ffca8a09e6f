"""Guidance to read: first what it rests on and what was not read, then positions, stages and role cards.

``Place.item`` is the id of a position or of a source: it is opened, marked, and has the keyboard.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.casework import guidance
from csa_desk.casework.guidance import KnownText, SaidLine, StageCard
from csa_desk.content.models import Read
from csa_desk.ui.look import px
from csa_desk.ui.pages.guidance.lines import GroundedLine, TextRow
from csa_desk.ui.pages.revealing import Revealing
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Banner, Card, QuietBox
from csa_desk.ui.widgets.drawer import Drawer
from csa_desk.ui.widgets.marks import Chip
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.rows import FactRow, TaskRow
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import SearchLine

# How far a text was read → the heading it stands under.
_READ = {
    Read.NOT_READ: "Not read at all",
    Read.OPENING: "Only the opening was read",
    Read.SECOND_HAND: "Known only from what others say of it",
    Read.PART: "Read in part",
    Read.FULL: "Read whole",
}
ASKED_FOR = "What you asked for"


class GuidancePage(Page):
    """Everything the packs say that is not about one child."""

    rail = "guidance"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.body = PageBody()
        self.column.addWidget(self.body, 1)
        self.body.add(
            PageTitle(
                "Guidance", "Facts for your judgement, with where each comes from. It is not legal advice."
            )
        )
        self._drawers: dict[str, list[SaidLine] | list[KnownText] | StageCard] = {}
        self._first_drawer: Drawer | None = None
        self._by_item: dict[str, Drawer] = {}
        self._texts: dict[str, TextRow] = {}
        self._asked: QWidget | None = None
        self._not_read()
        self._review()
        self._positions()
        self._stages()
        self._roles()
        self.body.finish()
        self._show_item(place.item)

    def focus_first(self) -> None:
        """What was asked for, else what was not read."""
        if self._asked is not None:
            self._asked.setFocus()
        elif self._first_drawer is not None:
            self._first_drawer.handle.setFocus()

    def _show_item(self, item: str) -> None:
        """Open, mark and bring into sight the position or source that a link led to."""
        drawer = self._by_item.get(item)
        if drawer is None:
            return
        drawer.set_open(True)
        row = self._texts.get(item)
        if row is not None:
            row.mark()
            self._asked = row
        else:
            drawer.mark(Chip(ASKED_FOR, "info", "arrow-right"))
            self._asked = drawer.handle
        Revealing(self.body, row or drawer)

    def search_field(self) -> QWidget | None:
        """Finding a role."""
        return self.search

    # --- first: what this rests on --------------------------------------------------------------------------

    def _not_read(self) -> None:
        desk = self.session.desk
        counts = guidance.how_read(desk)
        whole = sum(counts.values())
        behind = whole - counts[Read.FULL] - counts[Read.PART]
        card = Card("What this rests on")
        if behind:
            main = guidance.main_texts_not_read(desk)
            rest = f"Among them the main text on therapy before a trial: {'; '.join(main)}." if main else ""
            card.add(
                Banner(
                    "warn",
                    f"{behind} of the {whole} texts behind this guidance were not read, or only at their opening.",
                    rest,
                    icon="warning",
                )
            )
        card.add(Words(_how_read_in_words(counts)))
        card.add(
            Words(
                "Each line says what it rests on. Look the text up first where a line is marked.",
                "body",
                "muted",
            )
        )
        found = guidance.texts(desk)
        groups = [(title, [item for item in found if item.read == read]) for read, title in _READ.items()]
        groups.append(("No text to look up", guidance.not_texts(desk)))
        for number, (title, texts) in enumerate(groups):
            if texts:
                drawer = self._drawer(f"texts-{number}", title, "", len(texts), texts)
                drawer.opening.connect(self._fill_texts)
                card.add(drawer)
                self._by_item |= {item.id: drawer for item in texts}
                self._first_drawer = self._first_drawer or drawer
        self.body.add(card)

    def _drawer(
        self,
        key: str,
        title: str,
        about: str,
        count: int | None,
        holds: list[SaidLine] | list[KnownText] | StageCard,
        inset: int = 0,
    ) -> Drawer:
        drawer = Drawer(title, about, count, inset)
        drawer.setProperty("holds", key)
        self._drawers[key] = holds
        return drawer

    def _held(self) -> tuple[Drawer, object]:
        drawer = self.sender()
        if not isinstance(drawer, Drawer):
            raise TypeError("only a drawer is filled")
        return drawer, self._drawers[str(drawer.property("holds"))]

    def _fill_texts(self) -> None:
        drawer, held = self._held()
        if isinstance(held, list):
            for item in held:
                if isinstance(item, KnownText):
                    self._texts[item.id] = TextRow(item)
                    drawer.add(self._texts[item.id])

    def _review(self) -> None:
        desk = self.session.desk
        due = guidance.review_due(desk)
        if not due:
            self.body.add(
                Words(
                    f"No part is past its review date. The next is due by {guidance.next_review(desk)}.",
                    "small",
                    "muted",
                )
            )
            return
        number = "One part is" if len(due) == 1 else f"{len(due)} parts are"
        self.body.add(
            Banner(
                "warn", f"{number} past the review date.", "Things may have changed since.", icon="warning"
            )
        )
        card = Card("To be looked at again", level="h3", flush=True)
        for title, day in due:
            card.add_row(FactRow(title, f"Review was due by {day}"))
        self.body.add(card)

    # --- positions ------------------------------------------------------------------------------------------

    def _positions(self) -> None:
        card = Card("Therapy before a trial")
        for position in guidance.positions(self.session.desk):
            key, lines = f"position-{position.id}", list(position.lines)
            if position.superseded:
                box = QuietBox()
                box.body.setContentsMargins(0, 0, 0, 0)
                about = "An older rule. It does not hold any more."
                drawer = self._drawer(key, position.title, about, None, lines, inset=16)
                drawer.opening.connect(self._fill_older)
                drawer.mark(Chip("Superseded", "outline"))
                box.add(drawer)
                card.add(box)
            else:
                drawer = self._drawer(key, position.title, "This holds now.", None, lines)
                drawer.opening.connect(self._fill_lines)
                drawer.mark(Chip("Current", "ok", "check"))
                card.add(drawer)
                drawer.set_open(True)
            self._by_item[position.id] = drawer
        self.body.add(card)

    def _fill_lines(self) -> None:
        self._fill(greyed=False)

    def _fill_older(self) -> None:
        self._fill(greyed=True)

    def _fill(self, *, greyed: bool) -> None:
        drawer, held = self._held()
        if isinstance(held, list):
            for item in held:
                if isinstance(item, SaidLine):
                    drawer.add(GroundedLine(item, greyed=greyed))

    # --- stages ---------------------------------------------------------------------------------------------

    def _stages(self) -> None:
        stages = guidance.stage_cards(self.session.desk)
        card = Card("The way through police and court", count=len(stages), flush=True)
        for stage in stages:
            drawer = self._drawer(f"stage-{stage.id}", stage.title, "", None, stage, inset=20)
            drawer.opening.connect(self._fill_stage)
            card.add_row(drawer)
        self.body.add(card)

    def _fill_stage(self) -> None:
        drawer, held = self._held()
        if not isinstance(held, StageCard):
            return
        for title, lines in (("Good to know", held.hold), ("What to offer", held.offer)):
            if lines:
                drawer.add(Words(title, "small-strong", "muted"))
                for line in lines:
                    drawer.add(GroundedLine(line))
        if not (held.hold or held.offer):
            drawer.add(Words("Nothing is said about this stage.", "body", "muted"))

    # --- roles ----------------------------------------------------------------------------------------------

    def _roles(self) -> None:
        self._cards = guidance.role_cards(self.session.desk)
        self.roles = Card("Who does what", note=f"{len(self._cards)} role cards", flush=True)
        self.search = SearchLine("Find a role, also by an earlier name")
        self.search.textEdited.connect(self._search)
        self.roles.add(_inset(self.search, 14))
        self._nothing = _inset(
            Words("No role has these words. Try an earlier name, or fewer letters.", "body", "muted")
        )
        self.roles.add(self._nothing)
        self._rows: list[tuple[str, QWidget]] = []
        group = ""
        for card in self._cards:
            if card.group != group:
                group = card.group
                heading = _inset(Words(group, "small-strong", "muted"))
                self.roles.add(heading)
                self._rows.append((f"group {group}", heading))
            row = TaskRow(card.title, card.summary)
            row.setProperty("role", card.role.id)
            row.clicked.connect(self._open_role)
            self.roles.add(row)
            self._rows.append((card.role.id, row))
        self._search("")
        self.body.add(self.roles)

    def _search(self, words: str) -> None:
        found = guidance.role_cards(self.session.desk, words)
        shown = {card.role.id for card in found} | {f"group {card.group}" for card in found}
        for key, row in self._rows:
            row.setVisible(key in shown)
        self._nothing.setVisible(not found)

    def _open_role(self) -> None:
        row = self.sender()
        if row is not None:
            self.session.go(Place("role-card", item=str(row.property("role"))))


def _how_read_in_words(counts: dict[Read, int]) -> str:
    read = f"{counts[Read.FULL]} were read whole, {counts[Read.PART]} in part and {counts[Read.OPENING]} at the opening"
    others = f"{counts[Read.SECOND_HAND]} are known only from what others say of them"
    none = f"; {counts[Read.NOT_READ]} were not read at all" if counts[Read.NOT_READ] else ""
    return f"Of {sum(counts.values())} texts, {read}. {others}{none}."


def _inset(widget: QWidget, below: int = 2) -> QWidget:
    """A widget that keeps to the margins of a card whose rows reach its edges."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(px(20), px(14), px(20), px(below))
    column.addWidget(widget)
    return holder
