"""What the doctor says, as cards; and all of it as plain text, to be saved for a report."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from csa_desk.casework.doctor import Row, Section, as_text
from csa_desk.errors import InputError
from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.text import Words

_MARK, _GAP = 20, 16
_MARKS = {"ok": ("check-circle", "ok", "Good"), "look": ("warning-circle", "warn", "Look at this")}


class SectionCard(Card):
    """Lines under a heading."""

    def __init__(self, section: Section) -> None:
        super().__init__(section.title, flush=True)
        for row in section.rows:
            self.add_row(RowLine(row))


class RowLine(QWidget):
    """What, how it is, and a mark where there is something to say about it."""

    def __init__(self, row: Row) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        line = QHBoxLayout(self)
        line.setContentsMargins(px(20), px(8), px(20), px(8))
        line.setSpacing(px(_GAP))
        line.addWidget(Words(row.name, "strong"), 2, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Words(row.value), 3, Qt.AlignmentFlag.AlignTop)
        if row.tone in _MARKS:
            icon, tone, said = _MARKS[row.tone]
            mark = IconMark(icon, tone, _MARK)
            mark.setAccessibleName(said)
            line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        else:
            line.addSpacing(px(_MARK + _GAP))  # what has no mark stands under what has one


def save_text(sections: list[Section], out: Path) -> None:
    """Write all of it as plain text. Raises :class:`InputError`."""
    try:
        with out.open("x", encoding="utf-8") as handle:
            handle.write("\n".join(as_text(sections)) + "\n")
        out.chmod(0o600)
    except OSError:
        raise InputError("The file could not be written there. Choose another place.") from None
