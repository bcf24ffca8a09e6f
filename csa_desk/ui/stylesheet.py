"""The one style sheet of the application, built from tokens and text size.

    style_sheet(tokens, scale, hairline) -> str

It styles by class and by three properties, never unqualified:
    QLabel[role]    type role of csa_desk.ui.fonts.ROLES
    QLabel[tone]    a token for the words, such as "muted" or "danger"
    QFrame[box]     card | tint | sunken | error | strip | foot | rule (see csa_desk.ui.widgets.boxes)
A property changed at run time needs ``polish_again(widget)``.
"""

from collections.abc import Mapping
from string import Template

from PySide6.QtWidgets import QWidget

from csa_desk.ui.fonts import ROLES

_TONES = ("text", "muted", "link", "on_tint", "ok", "warn", "danger", "info", "sealed", "on_primary", "rail_text",
          "rail_muted", "on_plate", "on_toast")  # fmt: skip

_SHEET = Template("""
QMainWindow, QWidget#page, QWidget#pageBody, QScrollArea#pageScroll, QStackedWidget#pages { background: $canvas; }
QScrollArea#pageScroll { border: none; }
QToolTip { background: $toast; color: $on_toast; border: ${hair}px solid $line_strong; padding: ${p4}px ${p8}px; }

QFrame[box="card"] { background: $surface; border: ${hair}px solid $line; border-radius: ${p10}px; }
QFrame[box="tint"] { background: $tint; border: $tint_edge; border-radius: ${p10}px; }
QFrame[box="sunken"] { background: $sunken; border: none; border-radius: ${p8}px; }
QFrame[box="error"] { background: $surface; border: 2px solid $danger; border-radius: ${p8}px; }
QFrame[box="strip"] { background: $surface; border: none; border-bottom: ${hair}px solid $line; }
QFrame[box="foot"] { background: $surface; border: none; border-top: ${hair}px solid $line; }
QFrame[box="rule"] { background: $line; border: none; }

QLineEdit, QPlainTextEdit, QComboBox {
  background: $surface; color: $text; border: ${hair}px solid $line_strong; border-radius: ${p6}px;
  padding: ${pad}px ${p13}px; selection-background-color: $primary; selection-color: $on_primary;
  placeholder-text-color: $muted;
}
QLineEdit, QComboBox { min-height: ${field}px; }
QPlainTextEdit { padding: ${p6}px ${p10}px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $text; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {
  border: 2px solid $text; padding: ${pad2}px ${p13less}px; }
QLineEdit:focus, QComboBox:focus { min-height: ${field2}px; }
QPlainTextEdit:focus { padding: ${p6less}px ${p10less}px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
  border: 2px solid $danger; padding: ${pad2}px ${p13less}px; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { min-height: ${field2}px; }
QPlainTextEdit[wrong="true"] { padding: ${p6less}px ${p10less}px; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $sunken; border-color: $line; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
  background: $sunken; color: $disabled; border-color: $disabled; }
QLineEdit[searching="true"] { padding-left: ${p36}px; }
QComboBox::drop-down { border: none; width: ${p36}px; }
QComboBox::down-arrow { image: none; width: 0; height: 0; }
QComboBox QAbstractItemView, QListView#completions {
  background: $surface; color: $text; border: ${hair}px solid $line_strong; outline: 0;
  selection-background-color: $tint; selection-color: $on_tint; }
QComboBox QAbstractItemView::item, QListView#completions::item { min-height: ${p36}px; padding: 0 ${p12}px; }
QComboBox QAbstractItemView::item:selected, QListView#completions::item:selected {
  background: $tint; color: $on_tint; border-left: ${p4}px solid $primary; }

QTableView { background: transparent; border: none; outline: 0; color: $text;
  selection-background-color: $tint; selection-color: $text; }
QListView#pickList { background: transparent; border: none; outline: 0; }
QHeaderView { background: transparent; border: none; }
QTableCornerButton::section { background: $sunken; border: none; }

QMenu { background: $surface; color: $text; border: ${hair}px solid $line_strong; padding: ${p4}px; }
QMenu::item { padding: ${p8}px ${p20}px; border-radius: ${p4}px; background: transparent; }
QMenu::item:selected { background: $tint; color: $on_tint; border-left: ${p4}px solid $primary; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: ${hair}px; background: $line; margin: ${p4}px ${p8}px; }

QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 0; border: none; }
QScrollBar::handle { background: $line_strong; border-radius: ${bar_round}px; margin: 3px; }
QScrollBar::handle:vertical { min-height: ${p36}px; }
QScrollBar::handle:horizontal { min-width: ${p36}px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(tokens: Mapping[str, str], scale: float, hairline: int) -> str:
    """The whole sheet for these colours, this text size (1.0 is 100 %) and this border width."""
    lengths = {f"p{n}": str(round(n * scale)) for n in (4, 6, 8, 10, 12, 13, 20, 36)}
    box = round(44 * scale)
    pad = round(6 * scale)
    # A focused or wrong field has a border of 2: the pixel comes out of padding and height, so nothing moves.
    extra = 2 - hairline
    lengths |= {
        "pad": str(pad),
        "pad2": str(pad - extra),
        "field": str(box - 2 * pad - 2 * hairline),
        "field2": str(box - 2 * (pad - extra) - 4),
        "p13less": str(round(13 * scale) - extra),
        "p6less": str(round(6 * scale) - extra),
        "p10less": str(round(10 * scale) - extra),
        "hair": str(hairline),
        "bar": str(max(12, round(12 * scale))),
        "bar_round": str(max(3, round(3 * scale))),
        "tint_edge": f"{hairline}px solid {tokens['line']}" if hairline > 1 else "none",
    }
    parts = [_SHEET.substitute(tokens, **lengths)]
    for role, (pixels, weight) in ROLES.items():
        parts.append(
            f'QLabel[role="{role}"] {{ font-size: {round(pixels * scale)}px; font-weight: {weight}; }}'
        )
    parts.extend(f'QLabel[tone="{tone}"] {{ color: {tokens[tone]}; }}' for tone in _TONES)
    return "\n".join(parts)


def polish_again(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
