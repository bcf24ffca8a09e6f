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


def missing_packages() -> list[str]:
    """Debian packages to install, in a stable order; empty when nothing is missing."""
    missing = []
    if importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    if sys.platform.startswith("linux"):
        for library, package in QT_LIBRARIES.items():
            try:
                ctypes.CDLL(library)
            except OSError:
                missing.append(package)
    return missing


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - it runs before anything else, on whatever Python is there
        sys.stderr.write(f"CSA Desk needs Python 3.11 or newer; this is {sys.version.split()[0]}.\n")
        return 1
    missing = missing_packages()
    if missing:
        sys.stderr.write(
            "This machine lacks what the window needs. On Debian or Ubuntu, install it with:\n"
            f"  apt-get install --no-install-recommends {' '.join(missing)}\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
