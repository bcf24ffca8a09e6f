"""Long work whose panel is left, or locked away, while it runs."""

import threading
from collections.abc import Callable

from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from csa_desk.errors import DeskError
from csa_desk.ui.shell.long_work import LongWork, Stopped
from csa_desk.ui.shell.runner import Runner
from csa_desk.ui.shell.watched_work import WorkPanel
from csa_desk.ui.widgets.text import Words


class Keeper:
    """Does the work in two steps, and keeps what came of it."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.told: list[str] = []

    def work(self, tell: Callable[[int, int], None], _stopped: Stopped) -> str:
        tell(1, 3)
        self.begun.set()
        assert self.go_on.wait(20)
        tell(2, 3)
        return "whole"

    def done(self, result: object, fault: DeskError | None) -> None:
        self.told.append(f"{result}, {fault}")


def test_work_goes_on_to_its_end_when_its_panel_is_gone(qtbot: QtBot) -> None:
    runner, keeper = Runner(), Keeper()
    long_work, panel = LongWork(runner), WorkPanel("Checking", "")
    qtbot.addWidget(panel)
    assert panel.run(long_work, keeper.work, keeper.done)
    assert keeper.begun.wait(20)
    delete(panel)
    assert not isValid(panel)
    with qtbot.waitSignal(long_work.ended):
        keeper.go_on.set()
    assert keeper.told == ["whole, None"]
    assert long_work.words == ""
    runner.close()


def test_a_panel_shows_how_far_its_work_is(qtbot: QtBot) -> None:
    runner, keeper = Runner(), Keeper()
    long_work, panel = LongWork(runner), WorkPanel("Checking", "")
    qtbot.addWidget(panel)
    panel.run(long_work, keeper.work, keeper.done)
    keeper.go_on.set()
    with qtbot.waitSignal(long_work.ended):
        pass
    assert "66 of 100" in [words.text() for words in panel.bar.findChildren(Words)]
    runner.close()
