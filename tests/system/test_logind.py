"""Linux's own messages over a real D-Bus: a private bus with logind's, UPower's and GNOME's names on it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

from csa_desk.store.opening import Opener
from csa_desk.ui.shell.computer import Leaving
from csa_desk.ui.shell.computer_linux import LinuxComputer
from tests.journeys.test_lock_process import PASSPHRASE, command_line, start, wait_for

SERVICES = Path(__file__).with_name("desktop_services.py")
DEBIAN_PYTHON = "/usr/bin/python3"
CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""


def _there() -> bool:
    if shutil.which("dbus-daemon") is None or not Path(DEBIAN_PYTHON).exists():
        return False
    asked = [DEBIAN_PYTHON, "-c", "import dbus, gi"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(
    not _there(), reason="needs dbus-daemon, python3-dbus and python3-gi of Debian"
)


class Bus:
    """A private bus and the services on it."""

    def __init__(self, folder: Path) -> None:
        self.address = f"unix:path={folder / 'bus'}"
        configuration = folder / "bus.conf"
        configuration.write_text(CONFIGURATION.format(path=folder / "bus"))
        self._daemon = subprocess.Popen(
            ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._daemon.stdout is not None
        assert self._daemon.stdout.readline()
        self._services = subprocess.Popen(
            [DEBIAN_PYTHON, str(SERVICES)],
            env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said: list[str] = []
        assert self.listen() == "ready"

    def listen(self) -> str:
        """The next line of the services."""
        assert self._services.stdout is not None
        line = self._services.stdout.readline().strip()
        self.said.append(line)
        return line

    def tell(self, word: str) -> None:
        """Have something happen on the computer."""
        assert self._services.stdin is not None
        self._services.stdin.write(f"{word}\n")
        self._services.stdin.flush()

    def close(self) -> None:
        """End both."""
        for process in (self._services, self._daemon):
            process.kill()
            process.communicate()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[Bus]:
    made = Bus(tmp_path)
    yield made
    made.close()


@pytest.fixture
def computer(
    bus: Bus, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[LinuxComputer]:
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    name = tmp_path.name
    connection = QDBusConnection.connectToBus(bus.address, name)
    assert connection.isConnected(), connection.lastError().message()
    found = LinuxComputer(connection, connection)
    yield found
    found.close()
    QDBusConnection.disconnectFromBus(name)


def test_everything_a_desktop_tells_is_found(bus: Bus, computer: LinuxComputer) -> None:
    assert computer.tells() == frozenset(Leaving)
    assert computer.tells_idle
    assert bus.listen() == "inhibited sleep delay"


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("lock", "screen"),
        ("hint", "screen"),
        ("saver", "screen"),
        ("sleep", "sleep"),
        ("lid", "lid"),
        ("user", "user"),
    ],
)
def test_each_way_of_leaving_is_heard(
    bus: Bus, computer: LinuxComputer, qtbot: QtBot, word: str, why: str
) -> None:
    heard: list[str] = []
    computer.left.connect(heard.append)
    bus.tell("battery")
    bus.tell("open")
    bus.tell(word)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [why]


def test_sleep_waits_until_it_may_and_the_next_one_waits_again(
    bus: Bus, computer: LinuxComputer, qtbot: QtBot
) -> None:
    assert bus.listen() == "inhibited sleep delay"
    with qtbot.waitSignal(computer.left):
        bus.tell("sleep")
    assert bus.listen() == "done sleep"
    computer.may_sleep()
    assert bus.listen() == "released"
    bus.tell("wake")
    qtbot.waitUntil(lambda: computer._brake is not None)
    assert {bus.listen(), bus.listen()} == {"done wake", "inhibited sleep delay"}


def test_the_desktop_s_idle_time_is_believed_once_it_ran(
    bus: Bus, computer: LinuxComputer, qtbot: QtBot
) -> None:
    assert computer.idle_seconds() is None
    qtbot.waitUntil(lambda: computer.idle_seconds() is not None, timeout=10_000)
    bus.tell("away")
    qtbot.waitUntil(lambda: (computer.idle_seconds() or 0) > 3000)


def test_without_any_bus_nothing_is_told_and_nothing_fails(qtbot: QtBot) -> None:
    nowhere = QDBusConnection("there is no such connection")
    computer = LinuxComputer(nowhere, nowhere)
    assert computer.tells() == frozenset()
    assert not computer.tells_idle
    assert computer.idle_seconds() is None
    computer.may_sleep()
    computer.close()


@pytest.mark.process
@pytest.mark.parametrize(
    ("word", "why"), [("sleep", "sleep"), ("lock", "screen"), ("lid", "lid"), ("user", "user")]
)
def test_the_real_window_is_replaced_by_each_and_lets_the_computer_sleep(
    bus: Bus, tmp_path: Path, word: str, why: str
) -> None:
    folder = tmp_path / "real.csadesk"
    Opener(tmp_path / "data" / "csa-desk").create(folder, PASSPHRASE, sheet=False)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "DBUS_SYSTEM_BUS_ADDRESS": bus.address,
        "DBUS_SESSION_BUS_ADDRESS": bus.address,
        "XDG_SESSION_ID": "1",
    }
    process = start(folder, "memory", environment, "heron")
    try:
        assert bus.listen() == "inhibited sleep delay"
        wait_for(folder.with_name("typed").exists, process)
        bus.tell(word)
        wait_for(lambda: "--locked-since" in command_line(process.pid), process)
        line = command_line(process.pid)
        assert line[line.index("--why") + 1] == why
        assert {bus.listen(), bus.listen()} == {f"done {word}", "released"}
        with Opener(tmp_path / "elsewhere").open(folder, PASSPHRASE) as vault:
            assert any(draft.text == "heron" for draft in vault.drafts().values())
    finally:
        process.kill()
        process.communicate()
