"""One process for a batch of kills: it loads the program once and forks a child for each.

``python -m tests.faults.killing`` reads a list of :class:`Job` as JSON from standard input and prints a list of
:class:`Outcome`. A child does its work and confirms each step through a pipe once the program has said that it is
done. The k-th confirmed step is its last: it is killed there at once, or so many milliseconds later, in the middle of
what it was doing by then.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Job:
    """One kill. ``kill_at`` 0: never, the work ends by itself. ``wait_ms`` 0: killed in the very step."""

    work: str
    folder: str
    local: str
    passphrase: str
    kill_at: int = 0
    wait_ms: float = 0
    way: str = ""


@dataclass(frozen=True)
class Outcome:
    """``steps``: what it confirmed, by name. ``saved``: the values it said were saved. ``fault``: what it raised."""

    killed: bool
    ended: bool
    steps: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    fault: str = ""


class Confirming:
    """What a child tells of: steps, which are counted, and values that were saved meanwhile, which are not."""

    def __init__(self, pipe: int, kill_at: int, *, itself: bool) -> None:
        self._pipe, self._kill_at, self._itself = pipe, kill_at, itself
        self._steps = 0
        self._one_at_a_time = threading.Lock()

    def step(self, name: str = "step") -> None:
        """A step is done. The child may not come back from here."""
        with self._one_at_a_time:
            self._steps += 1
            self._tell("step", name)
            if self._itself and self._steps == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def saved(self, name: str) -> None:
        """The vault said that this is saved."""
        with self._one_at_a_time:
            self._tell("saved", name)

    def end(self, fault: str) -> None:
        """The work is over; what is told then is no step."""
        self._tell("end", fault)

    def _tell(self, kind: str, name: str) -> None:
        os.write(self._pipe, (json.dumps([kind, name]) + "\n").encode())


Work = Callable[[Job, Confirming], None]


def run(job: Job, work: Work) -> Outcome:
    """Fork a child that does the work, kill it, and say what it had confirmed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(job, work, Confirming(writing, job.kill_at, itself=not job.wait_ms))
    os.close(writing)
    steps: list[str] = []
    saved: list[str] = []
    ended, fault = False, ""
    with os.fdopen(reading, encoding="utf-8") as lines:
        for line in lines:
            kind, name = json.loads(line)
            if kind == "step":
                steps.append(name)
                if job.wait_ms and len(steps) == job.kill_at:
                    time.sleep(job.wait_ms / 1000)
                    os.kill(child, signal.SIGKILL)
            elif kind == "saved":
                saved.append(name)
            else:
                ended, fault = True, name
                os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return Outcome(os.WIFSIGNALED(status), ended, steps, saved, fault)


def _work(job: Job, work: Work, confirming: Confirming) -> None:
    """The child: never returns."""
    fault = ""
    try:
        work(job, confirming)
    except BaseException as raised:  # noqa: BLE001 - whatever it was, the batch is told
        fault = f"{type(raised).__name__}: {raised}"
    confirming.end(fault)
    while True:
        signal.pause()


def batch(jobs: list[Job]) -> list[Outcome]:
    """Do all of these in one process of their own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killing"],
        input=json.dumps([asdict(job) for job in jobs]),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return [Outcome(**found) for found in json.loads(done.stdout)]


@contextlib.contextmanager
def counted_syncs(confirm: Confirming) -> Iterator[None]:
    """Each file or folder that the program itself brings safely to the disk is a step."""
    really = os.fsync

    def synced(descriptor: Any) -> None:
        really(descriptor)
        confirm.step("file")

    os.fsync = synced
    try:
        yield
    finally:
        os.fsync = really


def main() -> None:
    """Do what standard input asks for."""
    from tests.faults.works import WORKS

    jobs = [Job(**asked) for asked in json.load(sys.stdin)]
    sys.stdout.write(json.dumps([asdict(run(job, WORKS[job.work])) for job in jobs]))


if __name__ == "__main__":
    main()
