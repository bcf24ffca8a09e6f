"""Where things are: the program's own resources, and this computer's local application data."""

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """A file or folder the program ships: inside the installed package, or beside it in a checkout."""
    installed = _PACKAGE / "_resources"
    folder = installed if installed.is_dir() else _PACKAGE.parent / "resources"
    return folder.joinpath(*parts)


def local_data() -> Path:
    """The folder for what belongs to this computer and not to a vault (markers, settings). Not created."""
    return Path(platformdirs.user_data_dir("csa-desk", appauthor=False))
