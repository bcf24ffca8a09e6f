"""The interface font: loading its files, and type by role.

    load() -> None                      once, before the first widget; raises FileNotFoundError
    font(role, scale=1.0) -> QFont      for widgets that paint their own text
    ROLES: role -> (pixels at 100 %, weight)

Sizes are pixels times the text-size setting, never points, which differ between systems. Labels get their
type from the style sheet by the same roles; see ``csa_desk.ui.stylesheet``.
"""

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from csa_desk.paths import resource

FAMILY: Final = "Desk Sans"
SANS_FILES: Final = ("DeskSans-Regular.ttf", "DeskSans-SemiBold.ttf", "DeskSans-Bold.ttf")

ROLES: Final[dict[str, tuple[int, int]]] = {
    "display": (34, 700),
    "h1": (28, 700),
    "h2": (20, 600),
    "h3": (17, 600),
    "lead": (18, 400),
    "body": (16, 400),
    "strong": (16, 600),
    "small": (14, 400),
    "small-strong": (14, 600),
    "micro": (13, 600),
    "sit-title": (38, 700),
    "sit-option": (22, 600),
}

_loaded: set[str] = set()


def load() -> None:
    """Make the bundled font known to Qt; doing it again costs nothing."""
    for name in SANS_FILES:
        if name in _loaded:
            continue
        path = resource("fonts", name)
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(f"The font file {name} is missing or damaged. Install CSA Desk again.")
        _loaded.add(name)


def font(role: str, scale: float = 1.0) -> QFont:
    """The font of a role at a text size; ``scale`` 1.0 is 100 %."""
    pixels, weight = ROLES[role]
    made = QFont(FAMILY)
    made.setPixelSize(round(pixels * scale))
    made.setWeight(QFont.Weight(weight))
    return made
