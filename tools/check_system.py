"""Say in one line what this machine lacks before anything is installed.

Standard library only: it runs before the environment exists.
"""

import ctypes
import importlib.util
import sys

# Shared libraries that Qt's widgets load, and the Debian package that brings each.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}


# What a real window on X needs besides; a test or the demo needs none of it.
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def missing_packages(*, window: bool) -> list[str]:
    """Debian packages to install, in a stable order; empty when nothing is missing."""
    missing = []
    if importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    if sys.platform.startswith("linux"):
        for library, package in {**QT_LIBRARIES, **(WINDOW_LIBRARIES if window else {})}.items():
            try:
                ctypes.CDLL(library)
            except OSError:
                missing.append(package)
    return missing


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - it runs before anything else, on whatever Python is there
        sys.stderr.write(f"CSA Desk needs Python 3.11 or newer; this is {sys.version.split()[0]}.\n")
        return 1
    missing = missing_packages(window="--window" in sys.argv)
    if missing:
        sys.stderr.write(
            "This machine lacks what the window needs. On Debian or Ubuntu, install it with:\n"
            f"  apt-get install --no-install-recommends {' '.join(missing)}\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
