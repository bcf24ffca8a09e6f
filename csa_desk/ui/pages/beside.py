"""Two columns under something that goes across the whole page; one under the other where it is narrow."""

from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csa_desk.ui.look import px
from csa_desk.ui.widgets.page import PageBody


class Beside(QWidget):
    """``main`` stretches, ``side`` has a width at 100 %. Both are layouts; call ``finish`` after the last widget."""

    def __init__(self, body: PageBody, side_width: int) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._wide = side_width
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(20))
        self.main = QVBoxLayout()
        self.main.setSpacing(px(16))
        self._row.addLayout(self.main, 1)
        self._holder = QWidget()
        self.side = QVBoxLayout(self._holder)
        self.side.setContentsMargins(0, 0, 0, 0)
        self.side.setSpacing(px(16))
        self._row.addWidget(self._holder)
        body.narrowed.connect(self._fit)
        self._fit(body.narrow)

    def finish(self) -> None:
        """Keep what stands in both columns at their top."""
        self.main.addStretch(1)
        self.side.addStretch(1)

    def _fit(self, narrow: bool) -> None:
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        self._row.setStretch(0, 0 if narrow else 1)
        self._holder.setMinimumWidth(0 if narrow else px(self._wide))
        self._holder.setMaximumWidth(16_777_215 if narrow else px(self._wide))
