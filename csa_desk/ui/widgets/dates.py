"""A date as people know it: three fields and *Not known*.

    DateFields(partial=True, not_known=True)
        value "" nothing yet · NOT_KNOWN · "2016" · "2016-03" · "2016-03-27"
        fault() one sentence, such as "Month must be between 1 and 12"; marks only the part that is wrong
    NOT_KNOWN = "not_known"
Months may be typed as words. Drafts are the three parts with "/" between them, or NOT_KNOWN.
"""

import calendar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csa_desk.records.dates import FIRST_YEAR, MONTHS, is_too_early
from csa_desk.ui.look import px
from csa_desk.ui.widgets.choices import CheckOption, Option
from csa_desk.ui.widgets.control import Control, keep_private, mark_wrong
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.text import Words

NOT_KNOWN = "not_known"
_PARTS = (("Day", 64), ("Month", 64), ("Year", 88))


class DateFields(Control):
    """Day, month and year in fields as wide as what goes in, and a box for *Not known*."""

    def __init__(self, *, partial: bool = True, not_known: bool = True) -> None:
        super().__init__()
        self._partial = partial
        row = FlowLayout(self, 12, 8)
        self._fields: list[QLineEdit] = []
        self._labels: list[Words] = []
        for name, wide in _PARTS:
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(2))
            field = QLineEdit()
            field.setMaxLength(12)
            field.setMinimumWidth(px(wide))
            field.setMaximumWidth(px(wide))
            field.setAccessibleName(name)
            keep_private(field)
            label = Words(name, "small", "muted", wrap=False)
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
            field.textEdited.connect(self._edited)
            self._fields.append(field)
            self._labels.append(label)
            row.addWidget(holder)
        self._box: CheckOption | None = CheckOption(Option(NOT_KNOWN, "Not known")) if not_known else None
        if self._box is not None:
            holder = QWidget()
            line = QHBoxLayout(holder)
            # The box stands beside the fields, not beside their labels.
            line.setContentsMargins(px(8), self._labels[0].sizeHint().height() + px(2), 0, 0)
            line.addWidget(self._box, 0, Qt.AlignmentFlag.AlignBottom)
            self._box.clicked.connect(self._said_not_known)
            row.addWidget(holder)

    def _parts(self) -> list[str]:
        return [field.text().strip() for field in self._fields]

    def _edited(self) -> None:
        if self._box is not None:
            self._box.setChecked(False)
        text, cursor = self.draft()
        self.typed.emit(text, cursor)

    def _said_not_known(self) -> None:
        if self._box is not None and self._box.isChecked():
            for field in self._fields:
                field.clear()
        self.chosen.emit()

    def value(self) -> object:
        """The date as far as it is known; empty if nothing is there or it cannot be right."""
        if self._box is not None and self._box.isChecked():
            return NOT_KNOWN
        if self.fault():
            return ""
        day, month, year = self._parts()
        if not year:
            return ""
        made = f"{int(year):04d}"
        if month:
            made += f"-{_month(month):02d}"
        if day:
            made += f"-{int(day):02d}"
        return made

    def set_value(self, value: object) -> None:
        """Show a date, *Not known*, or nothing."""
        words = value if isinstance(value, str) else ""
        if self._box is not None:
            self._box.setChecked(words == NOT_KNOWN)
        year, month, day = ([*words.split("-"), "", "", ""] if words != NOT_KNOWN else ["", "", ""])[:3]
        for field, part in zip(self._fields, (day.lstrip("0"), month.lstrip("0"), year), strict=True):
            field.setText(part)

    def draft(self) -> tuple[str, int]:
        """The parts as typed, or *Not known*; the cursor counts through all three."""
        if self.value() == NOT_KNOWN:
            return NOT_KNOWN, len(_PARTS)
        parts = [field.text().replace("/", " ") for field in self._fields]
        place = next((number for number, field in enumerate(self._fields) if field.hasFocus()), 0)
        before = sum(len(part) + 1 for part in parts[:place])
        return "/".join(parts), before + self._fields[place].cursorPosition()

    def restore(self, text: str, cursor: int) -> None:
        """Put the typed parts back, with the cursor where it was."""
        if text == NOT_KNOWN and self._box is not None:
            self.set_value(NOT_KNOWN)
            self.setFocusProxy(self._box)
            return
        if self._box is not None:
            self._box.setChecked(False)
        parts = [*text.split("/"), "", "", ""][:3]
        for field, part in zip(self._fields, parts, strict=True):
            field.setText(part)
        for field, part in zip(self._fields, parts, strict=True):
            if cursor <= len(part):
                field.setCursorPosition(max(0, cursor))
                self.setFocusProxy(field)
                break
            cursor -= len(part) + 1

    def fault(self) -> str:
        """What cannot be right, the first of it."""
        return self._fault()[1]

    def _fault(self) -> tuple[int, str]:
        day, month, year = self._parts()
        if not (day or month or year):
            return -1, ""
        if not year:
            return 2, "Write the year, or choose Not known" if self._box is not None else "Write the year"
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            return 2, "Year must have four figures, such as 2016"
        if is_too_early(year):
            return 2, f"Year must be {FIRST_YEAR} or later"
        if month and not 1 <= _month(month) <= 12:
            return 1, "Month must be between 1 and 12"
        if day and not (day.isascii() and day.isdigit() and 1 <= int(day) <= 31):
            return 0, "Day must be between 1 and 31"
        if day and not month:
            return 1, "Write the month, or leave the day empty"
        if not self._partial and not (day and month):
            return (1 if not month else 0), "Write day, month and year"
        if day:
            longest = calendar.monthrange(int(year), _month(month))[1]
            if int(day) > longest:
                return 0, f"{MONTHS[_month(month) - 1]} {year} has {longest} days"
        return -1, ""

    def stops(self) -> list[QWidget]:
        """Day, month, year and the box."""
        return [*self._fields, *([self._box] if self._box is not None else [])]

    def name_stops(self, label: str, description: str) -> None:
        """Each part says the question first: *Birth date, month*."""
        self.setAccessibleName(label)
        for field, (name, _) in zip(self._fields, _PARTS, strict=True):
            field.setAccessibleName(f"{label}, {name.lower()}")
            field.setAccessibleDescription(description)
        if self._box is not None:
            self._box.setAccessibleDescription(label)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the part that is wrong; all three if nothing is missing from any."""
        place = self._fault()[0] if wrong else -1
        for number, field in enumerate(self._fields):
            mark_wrong(field, wrong and place in (-1, number))

    def forget_typing(self) -> None:
        """Setting the text drops the history of a line."""
        for field in self._fields:
            cursor = field.cursorPosition()
            field.setText(field.text())
            field.setCursorPosition(cursor)


def _month(words: str) -> int:
    """The number of a month written as number or name; 0 if it is neither."""
    if words.isascii() and words.isdigit():
        return int(words)
    if len(words) >= 3:
        for number, name in enumerate(MONTHS, start=1):
            if name.lower().startswith(words.lower()):
                return number
    return 0
