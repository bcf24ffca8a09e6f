"""The window's composition root: what is made once, and how the process replaces itself at lock."""

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from csa_desk import logs
from csa_desk.paths import local_data

if TYPE_CHECKING:
    from csa_desk.store.opening import Opener
    from csa_desk.ui.shell.computer import Computer


def make_opener() -> "Opener":
    """The opener of real vaults; imported when the first vault is opened."""
    from csa_desk.store.opening import Opener

    return Opener(local_data=local_data())


def make_computer() -> "Computer":
    """What this system tells of itself; looked for when a vault is opened."""
    from csa_desk.ui.shell.computer import this_computer

    return this_computer()


def replace_process(folder: Path | None, why: str) -> None:
    """Start anew at the unlock page: no case text stays in memory, no dialog can hold the lock (design §9)."""
    since = datetime.now().astimezone().strftime("%H:%M")
    arguments = [sys.executable, "-m", "csa_desk.app", "--locked-since", since, "--why", why]
    if folder is not None:
        arguments += ["--vault", str(folder)]
    if os.name == "posix":
        os.execv(sys.executable, arguments)  # noqa: S606 - our own interpreter, our own arguments
    import subprocess

    subprocess.Popen(arguments, close_fds=True)  # noqa: S603 - as above
    os._exit(0)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Python's collector of unused memory rests meanwhile: what a start makes is kept, so its search finds nothing.

    What was made is left out of later searches as well.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def run_window(
    vaults: Sequence[str] = (),
    *,
    exit_after_first_window: bool = False,
    locked_since: str = "",
    why: str = "",
) -> int:
    """Show the unlock page and run until the window is closed. Returns the exit status."""
    with undisturbed():
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from csa_desk.ui.shell.window import DeskWindow

        app = QApplication.instance() or QApplication(sys.argv[:1])
        app.setApplicationName("CSA Desk")
        logs.watch(local_data())
        window = DeskWindow(
            local_data(),
            make_opener,
            replace_process,
            chosen=Path(vaults[0]) if vaults else None,
            locked_since=locked_since,
            why=why,
            make_computer=make_computer,
        )
        window.show()
    if exit_after_first_window:
        QTimer.singleShot(0, app.quit)
    return int(app.exec())


def main(argv: Sequence[str] | None = None) -> int:
    """What a lock starts: the window with what is told of the lock."""
    parser = argparse.ArgumentParser(prog="csa_desk.app")
    parser.add_argument("--vault", default="")
    parser.add_argument("--locked-since", default="")
    parser.add_argument("--why", default="")
    found = parser.parse_args(argv)
    return run_window([found.vault] if found.vault else [], locked_since=found.locked_since, why=found.why)


if __name__ == "__main__":
    sys.exit(main())
