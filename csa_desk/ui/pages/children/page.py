"""Children: everyone in the vault, found at each key, opened with Enter."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csa_desk.casework.caseload import GROUPS, Caseload, Progress, caseload, page_of, progress
from csa_desk.casework.children import ChildRow, find_children
from csa_desk.casework.rights import Right
from csa_desk.ui.look import px
from csa_desk.ui.pages.children.listing import COLUMNS, row_of
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button, FilterButton, LinkButton
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.messages import Empty, announce
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.table import Table
from csa_desk.ui.widgets.text import Words
from csa_desk.ui.widgets.text_fields import SearchLine

AT_ONCE = 50
COUNT_AT_ONCE = 6
COUNT_AFTER_MS = 120
TITLES = {
    "mine": "My children",
    "all": "All in this vault",
    "waiting": "Waiting for therapy",
    "review": "Review due",
    "closed": "Closed",
}


class ChildrenPage(Page):
    """The list of children."""

    rail = "children"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self._today = session.desk.clock.today()
        self._load: Caseload = caseload(session.desk)
        self._closed = {case.id for case in self._load.closed}
        self._group = "mine" if self._load.mine else "all"
        self._rows: list[ChildRow] = []
        self._progress: dict[str, Progress] = {}
        self.body = PageBody()
        self.column.addWidget(self.body)
        title = PageTitle("Children")
        self._add = Button("Add a child", "primary", "plus")
        self._add.clicked.connect(self.add_thing)
        self._may = session.offer(self._add, Right.ADD_CHILDREN)
        self.search = SearchLine("Find a child by name, code, carer or agency")
        self.search.textEdited.connect(self._typed)
        self.search.installEventFilter(self)
        # Counting how far each assessment is waits until nobody types: the list itself never does.
        self._counter = QTimer(self)
        self._counter.setSingleShot(True)
        self._counter.timeout.connect(self._count_next)
        self.body.add(title)
        if not self._load.all:
            self._nobody(title)
        else:
            title.trailing.addWidget(self._add)
            self._list()
        self.body.finish()

    # --- coming back ----------------------------------------------------------------------------------------

    def remember(self) -> object:
        """What is typed, the group, how far the list was opened, and who is chosen."""
        if not self._load.all:
            return None
        return self.search.text(), self._group, len(self._rows), self.table.key

    def recall(self, kept: object) -> None:
        """The list as it was left, with the same child chosen."""
        match kept:
            case (str(typed), str(group), int(shown), str(code)) if self._load.all and group in GROUPS:
                self._group = group
                self.search.setText(typed)
                self._show(shown)
                if code in (row.code for row in self._rows):
                    self.table.choose(code)
                    QTimer.singleShot(0, self, self._see_chosen)

    def _see_chosen(self) -> None:
        codes = [row.code for row in self._rows]
        if self.table.key in codes:
            self._follow(codes.index(self.table.key))

    # --- keyboard -------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The search; in an empty vault the one button."""
        (self.search if self._load.all else self._add).setFocus()

    def search_field(self) -> QWidget | None:
        """Ctrl+F and Ctrl+K land here."""
        return self.search if self._load.all else None

    def primary(self) -> QWidget | None:
        """*Add a child*."""
        return self._add if self._may else None

    def add_thing(self) -> None:
        """A new child."""
        if self._may:
            self.session.go(Place("add-child"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search, up and down move in the list, Enter opens, Escape clears."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._move(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                if self.table.key:
                    self._open(self.table.key)
                return True
            if key == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                self._show()
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        codes = [row.code for row in self._rows]
        if codes:
            here = codes.index(self.table.key) if self.table.key in codes else -1
            code = codes[max(0, min(here + step, len(codes) - 1))]
            self.table.choose(code)
            self._follow(codes.index(code))
            announce(self.search, self._rows[codes.index(code)].name or code)

    def _follow(self, place: int) -> None:
        """Keep the chosen row in sight: the page scrolls, not the table."""
        view = self.table.view
        rect = view.visualRect(view.model().index(place, 0))
        page = self.body.widget()
        if page is not None:
            spot = view.viewport().mapTo(page, rect.center())
            self.body.ensureVisible(px(40), spot.y(), 0, px(80))

    # --- parts ----------------------------------------------------------------------------------------------

    def _nobody(self, title: PageTitle) -> None:
        card = Card()
        empty = Empty(
            "No children in this vault yet",
            "Add the first child you are working with. A name or a code is enough to begin; the rest can wait.",
            "users",
        )
        if self._may:
            empty.add(self._add)
        else:
            empty.add(Words(self.session.desk.why_not(Right.ADD_CHILDREN), "body", "muted"))
        card.add(empty)
        self.body.add(card)
        self.search.hide()
        self.table = Table("Children", COLUMNS)
        self.table.hide()
        self.search.setParent(self)
        self.table.setParent(self)

    def _list(self) -> None:
        self.body.add(self.search)
        filters = QWidget()
        flow = FlowLayout(filters, 8, 8)
        self._filters: dict[str, FilterButton] = {}
        for name in GROUPS:
            button = FilterButton(TITLES[name], len(self._load.group(name)))
            button.setProperty("group", name)
            button.clicked.connect(self._filter)
            self._filters[name] = button
            flow.addWidget(button)
        self.body.add(filters)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        self._said = Words("", "small", "muted")
        row.addWidget(self._said, 1)
        row.addWidget(Words("Up and down to move, Enter to open", "small", "muted", wrap=False))
        self.body.add(line)
        self.table = Table("Children", COLUMNS, two_lines=True, chevron=True)
        self.table.opened.connect(self._open)
        self.body.add(self.table)
        self._none = Card()
        self._none_words = Words("", "body", "muted")
        self._none.add(self._none_words)
        self.body.add(self._none)
        self._more = LinkButton("")
        self._more.clicked.connect(self._show_more)
        self.body.add(self._more)
        self._rows = page_of(self.session.desk, self._load.group(self._group), 0, COUNT_AT_ONCE)
        self._count_few()
        self._show()

    # --- showing --------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self._show()

    def _filter(self) -> None:
        button = self.sender()
        if button is not None:
            self._group = str(button.property("group"))
            self.search.clear()
            self._show()

    def _show(self, least: int = AT_ONCE) -> None:
        """The rows of what is typed, or else of the group: as many as fit at once, or ``least`` where that is more."""
        typed = self.search.text().strip()
        if typed:
            self._rows = find_children(self.session.desk, typed)
            count = len(self._rows)
            self._said.set_words(
                f"{count} {'matches' if count == 1 else 'match'} “{typed}”. Names first, then carers and agencies."
            )
        else:
            many = max(least, AT_ONCE)
            self._rows = page_of(self.session.desk, self._load.group(self._group), 0, many)
            self._said.set_words(self._group_words())
        for name, button in self._filters.items():
            button.setChecked(name == ("all" if typed else self._group))
        self._paint()
        if self._rows:
            self.table.choose(self._rows[0].code)

    def _count_few(self) -> None:
        """The first few at once, so that a short list is whole from the beginning."""
        for row in self._rows[:COUNT_AT_ONCE]:
            self._progress[row.case.id] = progress(self.session.desk, row.case)

    def _show_more(self) -> None:
        cases = self._load.group(self._group)
        start = len(self._rows)
        self._rows += page_of(self.session.desk, cases, start, AT_ONCE)
        self._paint()
        self.table.choose(self._rows[start].code)
        self.table.view.setFocus()
        self._follow(start)

    def _group_words(self) -> str:
        count = len(self._load.group(self._group))
        if not count:
            return ""
        return "1 child, by name." if count == 1 else f"{count} children, by name."

    def _paint(self) -> None:
        typed = self.search.text().strip()
        self.table.set_rows(
            [
                row_of(
                    row,
                    typed,
                    self._today,
                    self._progress.get(row.case.id),
                    closed=row.case.id in self._closed,
                )
                for row in self._rows
            ]
        )
        self.table.setVisible(bool(self._rows))
        self._none.setVisible(not self._rows)
        self._none_words.set_words(
            f"No child, carer or agency here is called anything like “{typed}”."
            if typed
            else f"Nobody stands under “{TITLES[self._group]}” just now."
        )
        left = 0 if typed else len(self._load.group(self._group)) - len(self._rows)
        self._more.setVisible(left > 0)
        self._more.set_words(f"Show {min(left, AT_ONCE)} more of {left + len(self._rows)}")
        if any(row.case.id not in self._progress for row in self._rows):
            self._counter.start(COUNT_AFTER_MS)

    def _count_next(self) -> None:
        """Count one assessment, then let keys and paint come first."""
        row = next((item for item in self._rows if item.case.id not in self._progress), None)
        if row is None:
            self._paint()
            return
        self._progress[row.case.id] = progress(self.session.desk, row.case)
        left = any(item.case.id not in self._progress for item in self._rows)
        if left:
            self._counter.start(0)
        else:
            self._paint()

    def _open(self, code: str) -> None:
        self.session.go(Place("overview", code))
