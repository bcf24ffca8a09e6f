"""Every colour of the window, and the only module with colour literals.

    tokens("light" | "dark" | "contrast", training=False) -> Mapping[str, str]   token name to "#RRGGBB"
    ratio("#RRGGBB", "#RRGGBB") -> float                                        WCAG 2 contrast, 1 to 21
    mix("#RRGGBB", "#RRGGBB", share) -> "#RRGGBB"                              share of the second, 0 to 1

Names are roles, not hues: ``text`` on ``surface``, ``on_primary`` on ``primary``, ``warn`` on ``warn_bg``.
``PAIRS`` lists what must be readable against what, and how well; tests/ui/test_palette.py computes it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Scheme = Literal["light", "dark", "contrast"]

# token: light, dark, high contrast
_TOKENS: dict[str, tuple[str, str, str]] = {
    "canvas": ("#F4F6F5", "#10181B", "#000000"),
    "surface": ("#FFFFFF", "#182226", "#000000"),
    "sunken": ("#EAEFEE", "#222E33", "#1A1A1A"),
    "text": ("#17262B", "#E6EDEE", "#FFFFFF"),
    "muted": ("#4C5D63", "#A9B9BE", "#FFFFFF"),
    "disabled": ("#4C5D63", "#A9B9BE", "#9C9C9C"),
    "line": ("#D6DEDD", "#304046", "#FFFFFF"),
    "line_strong": ("#71817F", "#7E9399", "#FFFFFF"),
    "primary": ("#0B5D66", "#5CBCC0", "#FFE45C"),
    "primary_hover": ("#084A52", "#7ACDD0", "#FFF3AD"),
    "primary_press": ("#063A41", "#93DADC", "#FFFFFF"),
    "on_primary": ("#FFFFFF", "#04211F", "#000000"),
    "link": ("#0B5D66", "#7FD2D5", "#FFE45C"),
    "tint": ("#E0EFEF", "#17383D", "#000000"),
    "on_tint": ("#0A474F", "#AEE2E4", "#FFE45C"),
    "rail": ("#0F3A41", "#0B2126", "#000000"),
    "rail_active": ("#1D535B", "#18414A", "#333333"),
    "rail_text": ("#F0F7F7", "#E6F1F1", "#FFFFFF"),
    "rail_muted": ("#B3CDCF", "#9DBABD", "#FFFFFF"),
    "ok": ("#1A6340", "#86D3A4", "#8DFFB0"),
    "ok_bg": ("#E2F1E8", "#163325", "#000000"),
    "warn": ("#734600", "#F2CA74", "#FFD35C"),
    "warn_bg": ("#FDF2DA", "#352A12", "#000000"),
    "warn_bar": ("#B57800", "#D99A1C", "#FFD35C"),
    "danger": ("#A3221C", "#FFA99E", "#FFADA3"),
    "danger_bg": ("#FBEAE7", "#3E1C19", "#000000"),
    "info": ("#1B4D84", "#A2C8F3", "#A6DBFF"),
    "info_bg": ("#E6EFF8", "#182D45", "#000000"),
    "sealed": ("#434E57", "#C4CDD3", "#FFFFFF"),
    "sealed_bg": ("#E8EBED", "#2B353B", "#000000"),
    "focus": ("#FFBF2E", "#FFC94D", "#00E5FF"),
    "focus_inner": ("#17262B", "#E6EDEE", "#000000"),
    "plate": ("#FFBF2E", "#FFBF2E", "#FFBF2E"),
    "on_plate": ("#2A1738", "#2A1738", "#2A1738"),
    "toast": ("#17262B", "#E6EDEE", "#FFFFFF"),
    "on_toast": ("#FFFFFF", "#10181B", "#000000"),
}

# token: light, dark. High contrast keeps its own; there the plate and the words say it is training.
_TRAINING: dict[str, tuple[str, str]] = {
    "primary": ("#6B3A86", "#C9A0E4"),
    "primary_hover": ("#572C6F", "#D8B9EC"),
    "primary_press": ("#452059", "#E4CDF3"),
    "link": ("#6B3A86", "#D6B4EE"),
    "tint": ("#F1E8F6", "#34224A"),
    "on_tint": ("#512A68", "#E0C8F2"),
    "rail": ("#43265A", "#2A1738"),
    "rail_active": ("#5C3879", "#472A5E"),
    "rail_muted": ("#D3BFE2", "#C7B0D8"),
}

TEXT = 4.5
MARK = 3.0

# (foreground, background, least ratio)
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((fore, back, TEXT) for fore in ("text", "muted") for back in ("canvas", "surface", "sunken", "tint")),
    *(("disabled", back, TEXT) for back in ("surface", "sunken")),
    *(("link", back, TEXT) for back in ("surface", "canvas", "tint")),
    *(("on_primary", back, TEXT) for back in ("primary", "primary_hover", "primary_press")),
    ("on_tint", "tint", TEXT),
    ("primary", "surface", MARK),
    ("primary", "canvas", MARK),
    ("primary", "tint", MARK),
    ("line_strong", "surface", MARK),
    ("line_strong", "canvas", MARK),
    *((fore, back, TEXT) for fore in ("rail_text", "rail_muted") for back in ("rail", "rail_active")),
    *((tone, f"{tone}_bg", TEXT) for tone in ("ok", "warn", "danger", "info", "sealed")),
    *((tone, "surface", TEXT) for tone in ("ok", "warn", "danger", "info", "sealed")),
    ("danger", "canvas", TEXT),
    ("warn_bar", "surface", MARK),
    ("warn_bar", "warn_bg", MARK),
    ("on_plate", "plate", TEXT),
    ("on_toast", "toast", TEXT),
)


def tokens(scheme: Scheme, *, training: bool = False) -> Mapping[str, str]:
    """All tokens of one scheme, with the plum overlay if the vault is a training vault."""
    column = ("light", "dark", "contrast").index(scheme)
    chosen = {name: values[column] for name, values in _TOKENS.items()}
    if training and scheme != "contrast":
        chosen |= {name: values[column] for name, values in _TRAINING.items()}
    return MappingProxyType(chosen)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    shares = (part / 255 for part in _channels(colour))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two colours, from 1 (same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """A colour between two, with ``share`` (0 to 1) of the second."""
    parts = (round(a + (b - a) * share) for a, b in zip(_channels(one), _channels(other), strict=True))
    return "#" + "".join(f"{part:02X}" for part in parts)
