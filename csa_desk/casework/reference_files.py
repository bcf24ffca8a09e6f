"""Writing what holds no case data, such as role cards and maps: it needs no register."""

from pathlib import Path

from csa_desk.errors import InputError


def checked_target(out: Path) -> Path:
    """The file to write. Raises :class:`InputError` for a folder."""
    if out.is_dir():
        raise InputError("That is a folder. Give the name of the file to write.")
    return out


def write_reference(out: Path, content: bytes) -> None:
    """Write the file, and its folder where there is none. Raises :class:`InputError`."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(content)
    except OSError:
        raise InputError("The file could not be written there. Choose another place.") from None
