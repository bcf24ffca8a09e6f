"""A disk of its own with little room, filled up to the last page or short of it."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def mounted(place: Path, room: int) -> Iterator[Path]:
    """A disk of so many bytes at a new folder; skips where this user may not mount one."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command here")
    if done.returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)


def fill(file: Path, leave: int = 0) -> None:
    """Take all the room there is, but so many bytes."""
    try:
        with file.open("wb", buffering=0) as handle:
            while True:
                handle.write(b"\x00" * 4096)
    except OSError:
        if leave:
            with file.open("r+b") as handle:
                handle.truncate(max(0, file.stat().st_size - leave))
