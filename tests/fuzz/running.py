"""One case: spoil, write, read under an alarm, judge; now and then take it into a real vault, twice."""

import shutil
import signal
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from types import FrameType

from csa_desk.casework.bringing_in import bring_in
from csa_desk.casework.desk import Desk
from csa_desk.errors import InputError
from csa_desk.exchange.oruk import read_oruk
from csa_desk.exchange.tabular import read_tables
from tests.exchange.judging import sound
from tests.fuzz.sound_files import IMPORTERS, Files
from tests.fuzz.spoiling import spoilt

TODAY = date(2026, 11, 24)
LONGEST = 1.0
"""Seconds a case may take. An alarm breaks it off, so that a hang is a failure and not a wait."""
INTO_A_VAULT = 50
"""Every so many cases one is taken into a vault."""


class HangError(BaseException):
    """A case took too long. Not an ``Exception``: nothing in the program may catch it."""


def files_of(importer: str, seed: int) -> Files:
    """The files of a case: the same for the same importer and seed, everywhere and always."""
    chance = Random(f"{importer} {seed}")
    return spoilt(IMPORTERS[importer][1](), chance)


def run(importer: str, seed: int, place: Path, desk: Desk | None = None) -> str:
    """Run a case in an empty folder; empty, or in a few words what was wrong."""
    form = IMPORTERS[importer][0]
    for name, content in files_of(importer, seed).items():
        path = place / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    try:
        with alarm(LONGEST):
            read = read_oruk if form in ("oruk", "hsds") else read_tables
            result = read([place], today=TODAY)
            assert result.records or result.report, "neither records nor a report"
            sound(result)
        if desk is not None:
            _taken(desk, place, form, len(result.records))
    except HangError:
        return f"took more than {LONGEST} s"
    except Exception as fault:  # noqa: BLE001 - a case that ends in anything else is what this looks for
        last = traceback.extract_tb(fault.__traceback__)[-1]
        return f"{type(fault).__name__} at {Path(last.filename).name}:{last.lineno}: {last.line}: {fault}"[
            :300
        ]
    return ""


def _taken(desk: Desk, place: Path, form: str, records: int) -> None:
    """All of it or nothing, and again with no change."""
    before = _revisions(desk)
    try:
        first = bring_in(desk, [place], form)
    except InputError:
        assert _revisions(desk) == before, "it was refused, and part of it was taken"
        return
    assert first.accepted == records, f"{records} records were read, {first.accepted} taken"
    after = _revisions(desk)
    again = bring_in(desk, [place], form)
    assert (again.new, again.changed) == (0, 0), f"again: {again.new} new, {again.changed} changed"
    assert _revisions(desk) == after, "again, and something was written"


def _revisions(desk: Desk) -> int:
    return int(desk.vault.read.raw.execute("SELECT count(*) FROM revision").fetchone()[0])


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise :class:`HangError` in here once so many seconds of this process's own work are over."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise HangError

    old = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, old)


def run_many(importer: str, seeds: range, desk: Desk | None = None) -> list[tuple[int, str]]:
    """Run these cases; seed and fault of each that failed."""
    found = []
    base = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    try:
        for seed in seeds:
            place = base / "case"
            place.mkdir()
            fault = run(importer, seed, place, desk if seed % INTO_A_VAULT == 0 else None)
            if fault:
                found.append((seed, fault))
            shutil.rmtree(place)
    finally:
        shutil.rmtree(base, ignore_errors=True)
    return found
