"""How fresh a fact of the directory is: a sign, a word and the day, never colour alone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from csa_desk.records.dates import short, spoken
from csa_desk.ui.look import px
from csa_desk.ui.widgets.marks import IconMark
from csa_desk.ui.widgets.text import Words

# freshness → word, icon, ink
_SIGNS = {
    "fresh": ("Fresh", "circle", "ok"),
    "ageing": ("Ageing", "circle-half", "warn"),
    "unproven": ("Unproven", "circle-dashed", "muted"),
}


def sign(freshness: str, checked_on: str, this_year: str) -> tuple[str, str, str]:
    """Icon, words and ink, such as ``circle``, ``Fresh, 3 Nov``, ``ok``; the year stands where it is another."""
    word, icon, ink = _SIGNS[freshness]
    if not checked_on:
        return icon, word, ink
    day = short(checked_on) if checked_on.startswith(this_year) else spoken(checked_on)
    return icon, f"{word}, {day}", ink


class FreshMark(QWidget):
    """The sign with its words, at the right of a fact."""

    def __init__(self, freshness: str, checked_on: str, this_year: str) -> None:
        super().__init__()
        icon, words, ink = sign(freshness, checked_on, this_year)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(2), 0, 0)
        row.setSpacing(px(6))
        weight = "regular" if icon == "circle-dashed" else "fill"
        row.addWidget(IconMark(icon, ink, 16, weight), 0, Qt.AlignmentFlag.AlignVCenter)  # type: ignore[arg-type]
        row.addWidget(Words(words, "small", ink, wrap=False))
