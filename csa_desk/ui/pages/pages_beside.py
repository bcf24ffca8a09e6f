"""Printed pages and what is chosen about them: beside each other, or in a narrow window one of the two."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form

_NARROW = 860
_PANEL = 384
_PAGES = "pages"


class PagesBeside(QObject):
    """``switch`` stands above both and shows in a narrow window only; the page calls ``fit`` when it is resized.

    ``first`` is the key of the view a narrow window begins with: ``pages``, or that of ``other``.
    """

    def __init__(
        self,
        column: QVBoxLayout,
        pages: QWidget,
        panel: QWidget,
        *,
        other: Option,
        first: str,
        owner: QObject,
    ) -> None:
        super().__init__(owner)
        self._pages, self._panel = pages, panel
        self.switch = Form()
        field = self.switch.add(
            FieldSpec("view", "What to show", "row", options=(other, Option(_PAGES, "Pages")))
        )
        field.label.hide()
        self.switch.set_value("view", first)
        self.switch.setContentsMargins(px(24), px(8), px(24), px(4))
        self.switch.answered.connect(self._chosen)
        # Until the width is known only the panel shows: both together could widen the window.
        self.switch.hide()
        pages.hide()
        column.addWidget(self.switch)

    def fit(self, width: int) -> None:
        """Show what a page of this width (pixels) has room for."""
        narrow = width < px(_NARROW)
        self.switch.setVisible(narrow)
        self._panel.setMinimumWidth(0 if narrow else px(_PANEL))
        self._panel.setMaximumWidth(16_777_215 if narrow else px(_PANEL))
        self._show()

    def _chosen(self, _key: str, _value: object) -> None:
        self._show()

    def _show(self) -> None:
        narrow = not self.switch.isHidden()
        pages = self.switch.value("view") == _PAGES
        self._pages.setVisible(not narrow or pages)
        self._panel.setVisible(not narrow or not pages)
