"""Locking replaces the process: with real processes and the key parameters of real vaults."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from csa_desk.store.opening import Opener

PASSPHRASE = "seven quiet otters paddle"

# Types the passphrase into the first window, waits until the inside is there, then locks by the trigger given.
DRIVER = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from csa_desk import app as program
from csa_desk.ui.shell.place import Place

application = QApplication(sys.argv[:1])
folder, passphrase, trigger = sys.argv[1:4]


class Driver:
    def begin(self):
        window = next(one for one in application.topLevelWidgets() if one.objectName() == "deskWindow")
        window.unlocked.connect(self.inside)
        self.window = window
        for letter in passphrase:
            QTest.keyClick(application.focusWidget(), letter)
        QTest.keyClick(application.focusWidget(), Qt.Key.Key_Return)

    def inside(self):
        if trigger != "memory":
            QTimer.singleShot(200, self.lock)
            return
        self.window.inside.go(Place("add-child"))
        QTest.keyClicks(application.focusWidget(), sys.argv[4])
        self.sign = Path(folder).with_name("typed")
        self.sign.touch()
        self.looking = QTimer(interval=20, timeout=self.look)
        self.looking.start()

    def look(self):
        if not self.sign.exists():
            self.looking.stop()
            self.window.inside.lock("key")

    def lock(self):
        if trigger == "key":
            QTest.keyClick(self.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        elif trigger == "close":
            self.window.close()
        elif trigger == "idle":
            self.window.inside._idle.set_minutes(0)
            self.window.inside._idle.tick()


driver = Driver()
QTimer.singleShot(300, driver.begin)
sys.exit(program.run_window([folder]))
"""


def command_line(pid: int) -> list[str]:
    """What a process was started as; empty once it ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except OSError:
        return []


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An own home, so that no setting or marker of this computer is touched."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path / "data")}


@pytest.fixture
def real_vault(tmp_path: Path) -> Path:
    """A vault with production key parameters."""
    folder = tmp_path / "real.csadesk"
    Opener(tmp_path / "data" / "csa-desk").create(folder, PASSPHRASE, sheet=False)
    return folder


def start(
    folder: Path, trigger: str, environment: dict[str, str], planted: str = ""
) -> "subprocess.Popen[bytes]":
    """Start the window with the driver."""
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(folder), PASSPHRASE, trigger, planted],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


@pytest.mark.process
@pytest.mark.skipif(
    not Path("/proc/self/cmdline").exists(), reason="needs /proc to see what a process became"
)
@pytest.mark.parametrize("trigger", ["key", "idle"])
def test_the_lock_starts_the_same_process_anew_at_the_unlock_window(
    trigger: str, real_vault: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    process = start(real_vault, trigger, environment)
    try:
        deadline = time.monotonic() + 60
        while "--locked-since" not in command_line(process.pid):
            assert process.poll() is None, process.stderr.read().decode() if process.stderr else ""
            assert time.monotonic() < deadline, "the process was not replaced"
            time.sleep(0.05)
        line = command_line(process.pid)
        assert line[line.index("--why") + 1] == trigger
        assert line[line.index("--vault") + 1] == str(real_vault)
        # The vault is free again: another program may open it while the unlock window stands.
        with Opener(tmp_path / "elsewhere").open(real_vault, PASSPHRASE) as vault:
            assert vault.read_only is False
    finally:
        process.kill()
        process.communicate()


@pytest.mark.process
def test_closing_the_window_ends_the_program_and_frees_the_vault(
    real_vault: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    process = start(real_vault, "close", environment)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said.decode()
    with Opener(tmp_path / "elsewhere").open(real_vault, PASSPHRASE) as vault:
        assert vault.drafts("place")


def memory(pid: int) -> Iterator[bytes]:
    """Every part of a process's memory that can be read, with a little of the part before."""
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as mem:
        for line in maps:
            where, rights, *_ = line.split()
            if "r" not in rights or line.rstrip().endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                continue
            begin, end = (int(part, 16) for part in where.split("-"))
            with contextlib.suppress(OSError, OverflowError):
                mem.seek(begin)
                yield mem.read(end - begin)


def found_in(pid: int, secrets: dict[str, bytes]) -> set[str]:
    """Which of the secrets stand in a process's memory."""
    return {name for part in memory(pid) for name, secret in secrets.items() if secret in part}


def as_kept(name: str, words: str) -> dict[str, bytes]:
    """Words as Python and as Qt hold them."""
    return {f"{name} in {code}": words.encode(code) for code in ("utf-8", "utf-16-le", "utf-32-le")}


def wait_for(done: Callable[[], bool], process: "subprocess.Popen[bytes]") -> None:
    """Wait for a sign of the process; fails where it ended instead."""
    deadline = time.monotonic() + 60
    while not done():
        assert process.poll() is None, process.stderr.read().decode() if process.stderr else ""
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


@pytest.mark.process
@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs /proc to read a process's memory")
def test_nothing_of_the_work_is_in_the_memory_of_the_process_after_the_lock(
    real_vault: Path, environment: dict[str, str]
) -> None:
    planted = "heronry quince lantern"
    with Opener(Path(environment["XDG_DATA_HOME"]) / "csa-desk").open(real_vault, PASSPHRASE) as vault:
        data_key = vault.opened.data_keys[-1]
    secrets = {**as_kept("words", planted), **as_kept("passphrase", PASSPHRASE), "data key": data_key}
    secrets |= as_kept("data key", data_key.hex())
    sign = real_vault.with_name("typed")
    process = start(real_vault, "memory", environment, planted)
    try:
        wait_for(sign.exists, process)
        before = found_in(process.pid, secrets)
        assert {"words in utf-8", "words in utf-16-le", "data key"} <= before, "the search itself finds them"
        sign.unlink()
        wait_for(lambda: "--locked-since" in command_line(process.pid), process)
        # The unlock window stands: it has drawn with the fonts and icons of the program.
        wait_for(lambda: "libQt6Svg" in Path(f"/proc/{process.pid}/maps").read_text(), process)
        for _ in range(2):
            assert found_in(process.pid, secrets) == set()
            time.sleep(0.2)
    finally:
        process.kill()
        process.communicate()
