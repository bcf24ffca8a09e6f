"""What this computer remembers of the window: look, text size, minutes until it locks, vaults opened here.

A small JSON file in local application data. It holds no content of any vault.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

FILE = "settings.json"
SCHEMES = ("system", "light", "dark", "contrast")
TEXT_SIZES = (100, 115, 130, 150, 200)
LONGEST_IDLE = 15


@dataclass(frozen=True, slots=True)
class Settings:
    """``idle_minutes`` is 1 to 15; ``vaults`` are folders, the last opened first.

    ``hide_from_capture``: live vaults are kept out of screenshots and shared screens, where the system can do that.
    """

    scheme: str = "system"
    text_size: int = 100
    idle_minutes: int = 5
    hide_from_capture: bool = True
    vaults: tuple[str, ...] = ()

    def with_vault(self, folder: Path) -> "Settings":
        """These settings with that vault opened last."""
        name = str(folder.resolve())
        return replace(self, vaults=(name, *(item for item in self.vaults if item != name))[:8])

    def with_further_vault(self, folder: Path) -> "Settings":
        """These settings with that vault known as well, after the one that is open."""
        name = str(folder.resolve())
        return replace(
            self, vaults=(*self.vaults[:1], name, *(item for item in self.vaults[1:] if item != name))[:8]
        )


def read(folder: Path) -> Settings:
    """The settings; what cannot be read or is out of range is as at first."""
    try:
        found = json.loads((folder / FILE).read_bytes())
        made = Settings(
            scheme=str(found["scheme"]),
            text_size=int(found["text_size"]),
            idle_minutes=int(found["idle_minutes"]),
            hide_from_capture=found.get("hide_from_capture", True) is not False,
            vaults=tuple(str(item) for item in found["vaults"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Settings()
    sound = made.scheme in SCHEMES and made.text_size in TEXT_SIZES and 1 <= made.idle_minutes <= LONGEST_IDLE
    return made if sound else Settings(vaults=made.vaults)


def write(folder: Path, settings: Settings) -> None:
    """Keep the settings: written beside and renamed, so that they are never half."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / f"{FILE}.new"
    beside.touch(mode=0o600)
    beside.write_text(json.dumps(asdict(settings), indent=1), "utf-8")
    beside.replace(folder / FILE)
