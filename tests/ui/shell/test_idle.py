"""Idle: the whole computer where it tells, else this program; the last minute is seen; a sleep counts as idle."""

import pytest
from pytestqt.qtbot import QtBot

from csa_desk.ui.shell.idle import IdleWatch, since_start
from tests.ui.shell.told import ToldComputer


class Watch:
    """An idle watch whose clock and computer a test moves."""

    def __init__(self, minutes: int = 5) -> None:
        self.now = 1000.0
        self.computer = ToldComputer()
        self.said: list[int] = []
        self.locked = 0
        self.watch = IdleWatch(minutes, self.computer, clock=self.clock)
        self.watch.rest()
        self.watch.last_seconds.connect(self.said.append)
        self.watch.idle.connect(self.count)

    def clock(self) -> float:
        return self.now

    def count(self) -> None:
        self.locked += 1

    def pass_seconds(self, seconds: float, computer: float | None = None) -> None:
        """Time goes by, and the computer tells how long nobody used it."""
        self.now += seconds
        self.computer.idle = computer
        self.watch.tick()


@pytest.fixture
def watch(qtbot: QtBot) -> Watch:
    return Watch()


def test_without_word_from_the_computer_the_program_s_own_input_counts(watch: Watch) -> None:
    watch.pass_seconds(239)
    assert (watch.said, watch.locked) == ([], 0)
    watch.pass_seconds(2)
    assert watch.said == [59]
    watch.watch.wake()
    assert watch.said == [59, 0]
    watch.pass_seconds(299)
    assert watch.locked == 0
    watch.pass_seconds(1)
    assert watch.locked == 1


def test_work_in_another_program_keeps_the_window_open(watch: Watch) -> None:
    watch.pass_seconds(1000, computer=12)
    assert (watch.said, watch.locked) == ([], 0)
    watch.pass_seconds(240, computer=252)
    assert watch.said == [48]
    watch.pass_seconds(5, computer=1)
    assert watch.said == [48, 0], "somebody came back, in another program"
    watch.pass_seconds(300, computer=300)
    assert watch.locked == 1


def test_a_computer_that_falls_silent_hands_back_to_the_program_s_own_count(watch: Watch) -> None:
    watch.pass_seconds(200, computer=5)
    watch.pass_seconds(100, computer=None)
    assert watch.locked == 1


def test_time_that_was_slept_counts(watch: Watch) -> None:
    watch.pass_seconds(3600)
    assert watch.locked == 1


def test_every_second_of_the_last_minute_is_said(watch: Watch) -> None:
    watch.pass_seconds(239)
    for _ in range(60):
        watch.pass_seconds(1)
    assert watch.said == list(range(60, 0, -1))
    watch.pass_seconds(1)
    assert watch.locked == 1


def test_the_clock_runs_on(qtbot: QtBot) -> None:
    first = since_start()
    assert since_start() >= first > 0
