"""All questions of a page in order, in one form: making, finding and showing their slots."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from csa_desk.casework.answers import QuestionView, Standing
from csa_desk.casework.asking import Asking, Group
from csa_desk.content.models import Subject as WhoseAnswer
from csa_desk.ui.look import px
from csa_desk.ui.pages.assessment.origin import OriginPanel
from csa_desk.ui.pages.assessment.people import AddPerson
from csa_desk.ui.pages.assessment.slots import GroupBox, Slot, in_sight, put_in_sight
from csa_desk.ui.widgets.form import Form
from csa_desk.ui.widgets.tab_order import stops_in

_PEOPLE = (WhoseAnswer.CARER, WhoseAnswer.SIBLING)


class Questions(QObject):
    """The questions of one section. ``form`` is their form and holds them on the page."""

    pressed = Signal(str, str)  # key of a slot, what
    adder_made = Signal(object)  # AddPerson
    adder_given_up = Signal(object)  # AddPerson
    person_asked = Signal(object, object)  # AddPerson, shape

    def __init__(self, asking: Asking, source: str, wanted: set[str]) -> None:
        super().__init__()
        self.form = Form()
        self.setParent(self.form)
        self.form.column.setSpacing(px(16))
        self._asking, self._source = asking, source
        self._wanted = wanted
        self._groups: dict[str, GroupBox] = {}
        self._slots: dict[str, Slot] = {}
        self._adders: dict[str, AddPerson] = {}
        self.begins_after: QWidget | None = None  # what Tab leaves for the first question

    # --- showing --------------------------------------------------------------------------------------------

    def show_groups(self, asking: Asking, groups: Sequence[Group], source: str) -> None:
        """Show these groups; what is new comes in at its place, what has gone is hidden, the rest is left alone."""
        self._asking, self._source = asking, source
        made = len(self._slots)
        at, heading = 0, ""
        runs: dict[str, bool] = {}
        for number, group in enumerate(groups):
            run = group.key.partition("/")[0]
            if not group.nobody:
                box = self._groups.get(group.key) or self._new_group(group, at)
                at = self.form.column.indexOf(box) + 1
                for place, item in enumerate(group.asked):
                    self._show_item(box, place, item)
                box.settle(heading=group.heading != heading)
                if in_sight(box):
                    heading = group.heading
                    runs[run] = len(group.asked) > 1 or runs.get(run, False)
            ends = number + 1 == len(groups) or groups[number + 1].key.partition("/")[0] != run
            if group.kind in _PEOPLE and ends:
                at = self._show_adder(run, group, at, more=runs.get(run, False))
        shown = {group.key for group in groups}
        for key, box in self._groups.items():
            if key not in shown:
                box.hide()
        for run, adder in self._adders.items():
            if not any(key == run or key.startswith(f"{run}/") for key in shown):
                adder.hide()
        self._wanted = set()
        if len(self._slots) != made:
            self.set_tab_order()

    def _new_group(self, group: Group, at: int) -> GroupBox:
        box = GroupBox(group)
        self.form.column.insertWidget(at, box)
        self._groups[group.key] = box
        return box

    def _show_item(self, box: GroupBox, place: int, item: QuestionView) -> None:
        slot = self._slots.get(item.key)
        if slot is not None:
            slot.show_item(self._asking, item, self._source)
        elif item.standing != Standing.HIDDEN or self._parts_wanted(item.key):
            self._new_slot(box, place, item)

    def _new_slot(self, box: GroupBox, place: int, item: QuestionView) -> None:
        slot = Slot(self.form, item, place, as_row=item.standing != Standing.OPEN)
        slot.pressed.connect(self.pressed)
        self._slots[item.key] = slot
        box.add(slot)
        parts = self._parts_wanted(item.key)
        if item.standing == Standing.OPEN or parts:
            slot.anew = "" in parts
            panel = slot.open_panel(self._asking, self._source)
            if "reason" in parts:
                panel.ask_reason()
            if parts & set(OriginPanel.PARTS):
                self.open_origin(slot)
        else:
            slot.show_item(self._asking, item, self._source)

    def _parts_wanted(self, key: str) -> set[str]:
        """Which fields of a question must be there from the start: "" is the answer itself."""
        return {
            one.removeprefix(key).removeprefix("/")
            for one in self._wanted
            if one == key or one.startswith(f"{key}/")
        }

    def _show_adder(self, run: str, group: Group, at: int, *, more: bool) -> int:
        adder = self._adders.get(run)
        if adder is None:
            if not (group.nobody or more):
                return at
            adder = AddPerson(group.kind, self._asking.file.called)
            adder.made.connect(self.adder_made)
            adder.given_up.connect(self.adder_given_up)
            adder.asked.connect(self._person_asked)
            self._adders[run] = adder
            self.form.column.insertWidget(at, adder)
        adder.show_nobody(nobody=group.nobody)
        put_in_sight(adder, group.nobody or more)
        return self.form.column.indexOf(adder) + 1

    def _person_asked(self, shape: object) -> None:
        self.person_asked.emit(self.sender(), shape)

    def show_teller(self, asking: Asking, source: str) -> None:
        """Another one is telling: the chips of what is not answered yet say so."""
        self._asking, self._source = asking, source
        for slot in self._slots.values():
            if slot.panel is not None and slot.item.answer is None:
                slot.panel.chip.show_origin(slot.origin(asking, source))

    def open_origin(self, slot: Slot) -> None:
        """Open what changes the source of one answer."""
        panel, answer = slot.panel, slot.item.answer
        if panel is None:
            return
        if answer is not None:
            panel.open_origin((answer.source, answer.source_name, answer.given, answer.told_on))
        else:
            panel.open_origin((*(slot.said_by or (self._source, "", "")), self._asking.desk.today))

    # --- finding --------------------------------------------------------------------------------------------

    def find(self, key: str) -> tuple[Slot | None, str]:
        """The slot of a field of the form, and which of its fields: "" is the answer itself."""
        if key in self._slots:
            return self._slots[key], ""
        head, _, part = key.rpartition("/")
        return self._slots.get(head), part

    def holding(self, widget: QWidget) -> Slot | None:
        """The slot a widget is in."""
        above: QWidget | None = widget
        while above is not None:
            if isinstance(above, Slot):
                return above if self._slots.get(above.key) is above else None
            above = above.parentWidget()
        return None

    def in_sight(self) -> list[Slot]:
        """What shows, from top to bottom."""
        boxes = sorted(self._groups.values(), key=self.form.column.indexOf)
        return [slot for box in boxes if in_sight(box) for slot in box.in_sight()]

    def first_open(self) -> Slot | None:
        """The first that is open, else the first to check."""
        wanted = [slot for slot in self.in_sight() if slot.wants_asking]
        return next(
            (slot for slot in wanted if slot.item.standing == Standing.OPEN), next(iter(wanted), None)
        )

    def next_open(self, current: Slot | None, way: int) -> Slot | None:
        """The next or previous one that is open or to check; ``None`` past the end."""
        shown = self.in_sight()
        here = shown.index(current) if current in shown else (-1 if way > 0 else len(shown))
        ahead = shown[here + 1 :] if way > 0 else shown[:here][::-1]
        return next((slot for slot in ahead if slot.wants_asking), None)

    def first_of(self, subject: str) -> Slot | None:
        """The first question about a subject."""
        return next((slot for slot in self.in_sight() if slot.item.subject == subject), None)

    def adders(self) -> list[AddPerson]:
        """What adds people on this page, as far as it shows."""
        return [one for one in self._adders.values() if in_sight(one)]

    def add_person(self) -> None:
        """Open the fields for one more person, where the page asks about people."""
        for adder in self.adders()[:1]:
            adder.open()

    def set_tab_order(self) -> None:
        """Tab goes from top to bottom, whenever a card was made."""
        last = self.begins_after
        for widget in self._stops():
            if last is not None:
                QWidget.setTabOrder(last, widget)
            last = widget

    def _stops(self) -> Iterator[QWidget]:
        column = self.form.column
        for place in range(column.count()):
            item = column.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, GroupBox):
                for slot in sorted(widget.slots, key=lambda one: (not one.as_row, one.place)):
                    yield from stops_in(slot)
            elif isinstance(widget, AddPerson):
                yield from stops_in(widget)
