"""Icons: Phosphor drawings, coloured through the palette, sharp at every pixel ratio.

    pixmap(name, token, size, weight="regular", ratio=1.0) -> QPixmap    size in pixels at 100 %
    icon(name, token, size, weight="regular", ratio=1.0) -> QIcon
    draw(painter, name, token, rect, weight="regular") -> None           for widgets that paint themselves
    known(name) -> str                                                   the same name; for constructors

``name`` is a file of resources/icons without its ending; weight is ``regular``, ``bold`` (banners, chips) or
``fill`` (the active rail item, done marks). Kept by name, colour and size, so a change of palette needs no
clearing. Raises ``FileNotFoundError`` for a name there is no drawing for: inside a paint event that would end the
process, so whatever keeps a name takes it through ``known`` when it gets it.
"""

from functools import lru_cache
from typing import Literal, get_args

from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from csa_desk.paths import resource
from csa_desk.ui.look import look, px

Weight = Literal["regular", "bold", "fill"]


def _file(name: str, weight: Weight) -> str:
    return f"{name}.svg" if weight == "regular" else f"{name}-{weight}.svg"


@lru_cache(maxsize=512)
def known(name: str) -> str:
    """The name, if there is a drawing of it, or empty for none; else ``FileNotFoundError``."""
    if name and not all(resource("icons", _file(name, weight)).is_file() for weight in get_args(Weight)):
        raise FileNotFoundError(f"There is no icon called “{name}” in resources/icons")
    return name


@lru_cache(maxsize=512)
def _drawn(name: str, weight: Weight, colour: str, pixels: int, ratio: float) -> QPixmap:
    source = resource("icons", _file(name, weight)).read_text("utf-8").replace("currentColor", colour)
    made = QPixmap(round(pixels * ratio), round(pixels * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, token: str, size: int, weight: Weight = "regular", ratio: float = 1.0) -> QPixmap:
    """The icon in the colour of ``token``, ``size`` pixels at 100 % text size, for a device pixel ratio."""
    return _drawn(name, weight, look().tokens[token], px(size), ratio)


def icon(name: str, token: str, size: int, weight: Weight = "regular", ratio: float = 1.0) -> QIcon:
    """As :func:`pixmap`, for the few Qt places that take only a ``QIcon``."""
    return QIcon(pixmap(name, token, size, weight, ratio))


def draw(painter: QPainter, name: str, token: str, rect: QRect, weight: Weight = "regular") -> None:
    """Paint the icon into a square ``rect`` of device-independent pixels."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(rect.topLeft(), _drawn(name, weight, look().tokens[token], rect.width(), ratio))
