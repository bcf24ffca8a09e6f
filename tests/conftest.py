"""Shared by all tests: no screen is needed, no window outlives its test, and vaults are real but cheap to open."""

import gc
import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from csa_desk.records.dates import Clock
from csa_desk.store.keys import KdfLimits, KdfParameters
from csa_desk.store.opening import Opener
from csa_desk.store.vault import OpenVault

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

CHEAP = KdfParameters(time=1, memory_kib=64, lanes=1)
PASSPHRASE = "seven quiet otters paddle"


class SetClock(Clock):
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime = datetime(2026, 11, 24, 10, 42, 7, tzinfo=UTC)) -> None:
        self.moment_now = moment

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment_now

    def set(self, year: int, month: int, day: int, hour: int = 12) -> None:
        """Put it to an hour of a day (UTC)."""
        self.moment_now = datetime(year, month, day, hour, tzinfo=UTC)

    def advance(self, **parts: int) -> None:
        """Move it on by days, hours, seconds …"""
        self.moment_now += timedelta(**parts)


@pytest.fixture
def clock() -> SetClock:
    """24 November 2026, until a test moves it."""
    return SetClock()


@pytest.fixture
def passphrase() -> str:
    """What opens every vault the fixtures make."""
    return PASSPHRASE


@pytest.fixture
def opener(tmp_path: Path, clock: SetClock) -> Opener:
    """Makes and opens real vaults whose keys cost next to nothing; this computer's data is in the test's folder."""
    return Opener(tmp_path / "local", CHEAP, KdfLimits(floor=CHEAP), clock)


@pytest.fixture
def make_vault(tmp_path: Path, opener: Opener) -> Callable[..., Path]:
    """Make a new vault of this name and return its folder; further arguments go to ``Opener.create``."""

    def make(name: str = "desk", **arguments: object) -> Path:
        folder = tmp_path / f"{name}.csadesk"
        opener.create(folder, PASSPHRASE, **arguments)  # type: ignore[arg-type]
        return folder

    return make


@pytest.fixture(scope="session")
def vault_made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A vault and the local data that goes with it: tests take copies, because making one syncs a disk often."""
    base = tmp_path_factory.mktemp("made-once")
    folder, local = (base / "desk.csadesk").resolve(), base / "local"
    Opener(local, CHEAP, KdfLimits(floor=CHEAP), SetClock()).create(folder, PASSPHRASE)
    return folder, local


@pytest.fixture
def folder(tmp_path: Path, opener: Opener, vault_made_once: tuple[Path, Path]) -> Path:
    """The folder of a new vault, closed. This computer takes it for the vault it made itself."""
    made, local = vault_made_once
    place = Path(shutil.copytree(made, tmp_path / made.name)).resolve()
    (opener.local_data / "vaults").mkdir(parents=True, mode=0o700)
    for marker in (local / "vaults").glob("*.json"):
        text = marker.read_text("utf-8").replace(json.dumps(str(made)), json.dumps(str(place)))
        (opener.local_data / "vaults" / marker.name).write_text(text, "utf-8")
    return place


@pytest.fixture
def vault(opener: Opener, folder: Path) -> Iterator[OpenVault]:
    """A new vault, open; closed after the test."""
    with opener.open(folder, PASSPHRASE) as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_leftover_windows() -> Iterator[None]:
    """Close and delete every window a test leaves, so that the next one starts clean."""
    yield
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if not isinstance(QCoreApplication.instance(), QApplication):
        return
    for window in QApplication.topLevelWidgets():
        window.hide()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


def pytest_collection_finish() -> None:
    """Set aside what was imported: the collection after each test looks at what tests left, not at 140,000 others."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test may be skipped only if ``allowed_skips.txt`` names it: nothing goes quiet by accident."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None:
        return
    listed = (Path(__file__).parent / "allowed_skips.txt").read_text("utf-8").splitlines()
    allowed = tuple(line.split(" ")[0] for line in listed if line and not line.startswith("#"))
    loud = [
        report.nodeid for report in reporter.stats.get("skipped", []) if not report.nodeid.startswith(allowed)
    ]
    for name in loud:
        reporter.write_line(f"skipped, but not in allowed_skips.txt: {name}")
    if loud:
        session.exitstatus = 1
