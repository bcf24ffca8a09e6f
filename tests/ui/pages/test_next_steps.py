"""One clear next step: what is loud on the pages of recovery, backups and a file's end, in each of their states."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from csa_desk.casework import backups, keeping, removals, removals_waiting, tasks
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.loss import loss_report
from csa_desk.casework.recovery import SHARES, SHEET, Way
from csa_desk.records.cases import Task
from csa_desk.store.opening import Opener
from csa_desk.ui.pages.removals.card import RemovalCard
from csa_desk.ui.pages.settings import recovery as recovery_card
from csa_desk.ui.pages.settings.page import SettingsPage
from csa_desk.ui.shell.first_run import FirstRunPage
from csa_desk.ui.shell.runner import Runner
from csa_desk.ui.widgets.actions import Action
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.text import Words
from tests.conftest import SetClock
from tests.ui.pages.screen import Screen
from tests.ui.pages.sitting import add_rowan


def loud(holder: QWidget, *kinds: str) -> list[str]:
    """What is drawn as a button, by kind: ``primary`` and ``danger`` unless told."""
    return [
        made.words
        for made in holder.findChildren(Action)
        if made.isVisible() and made.kind in (kinds or ("primary", "danger"))
    ]


@pytest.mark.parametrize(
    ("sheet", "shares", "expected"),
    [
        (("", False, False), ("", False, False), "Make a recovery sheet"),
        (("made", True, True), ("", False, False), "Try out your recovery sheet"),
        (("made", True, False), ("", False, False), "Make the service’s shares"),
        (("made", True, False), ("made", True, True), "Try out two shares"),
        (("made", True, False), ("made", True, False), ""),
    ],
)
def test_recovery_has_one_next_step(
    screen: Screen,
    monkeypatch: pytest.MonkeyPatch,
    sheet: tuple[str, bool, bool],
    shares: tuple[str, bool, bool],
    expected: str,
) -> None:
    def ways(_desk: Desk) -> list[Way]:
        return [
            Way(kind, made, "2026-11-01" if made and not due else "", due)
            for kind, (_, made, due) in ((SHEET, sheet), (SHARES, shares))
        ]

    monkeypatch.setattr(recovery_card.recovery, "ways_back", ways)
    screen.go("settings", item="recovery")
    page = screen.page
    assert isinstance(page, SettingsPage)
    assert loud(page.recovery) == ([expected] if expected else [])
    outlined = loud(page.recovery, "secondary")
    assert outlined == ([] if expected else ["Try out your recovery sheet"])
    first = [made for made in page.recovery.findChildren(Action) if made.kind != "link"]
    assert all(made.y() <= first[0].y() and made.x() <= 1 for made in first)


def test_backups_ask_for_a_first_one_then_for_a_second_folder(
    screen: Screen, desk: Desk, tmp_path: Path
) -> None:
    screen.go("settings", item="backups")
    assert loud(screen.page.backups) == ["Back up now"]  # type: ignore[attr-defined]
    backups.back_up(desk)
    screen.go("settings", item="backups")
    assert loud(screen.page.backups) == ["Choose a second folder"]  # type: ignore[attr-defined]
    stick = tmp_path / "stick"
    stick.mkdir()
    backups.choose_second(desk, str(stick))
    screen.go("settings", item="backups")
    assert loud(screen.page.backups) == []  # type: ignore[attr-defined]
    assert loud(screen.page.backups, "secondary") == ["Back up now"]  # type: ignore[attr-defined]
    stick.rmdir()
    screen.go("settings", item="backups")
    assert loud(screen.page.backups) == ["Back up now"]  # type: ignore[attr-defined]


def test_a_file_has_one_next_step_from_open_to_erased(screen: Screen, desk: Desk, clock: SetClock) -> None:
    code = add_rowan(desk).code
    screen.go("keeping", code)
    assert loud(screen.page) == ["Close this file"]
    keeping.close_case(desk, open_file(desk, code), "Moved away")
    screen.go("keeping", code)
    assert loud(screen.page) == []
    keeping.decide(desk, open_file(desk, code), "2051-11-24", "Usual", review="2027-01-01")
    clock.advance(days=60)
    screen.go("keeping", code)
    assert loud(screen.page) == ["Decide how long it is kept"]
    keeping.decide(desk, open_file(desk, code), "2027-02-01", "Asked for", review="2027-02-01")
    clock.advance(days=60)
    screen.go("keeping", code)
    assert loud(screen.page) == ["Erase this file"]
    keeping.hold(desk, open_file(desk, code), "A claim")
    screen.go("keeping", code)
    assert loud(screen.page) == []
    keeping.lift_hold(desk, open_file(desk, code), "Over")
    removals.erase(desk, open_file(desk, code), "Time is over")
    screen.go("removals")
    # Asked for by oneself, and alone here: nothing presses, but it can be looked at and stopped.
    assert loud(screen.page) == []
    assert loud(screen.page, "secondary") == ["Show what was hidden"]


def test_who_is_asked_to_agree_looks_first(screen: Screen, desk: Desk) -> None:
    file = add_rowan(desk)
    task = tasks.add_task(desk, file.case.id, "Call the school")
    removals.strike(desk, file, [desk.vault.read.heads(Task, task.id)[0]], "Wrong file")
    found = replace(removals_waiting.waiting(desk)[0], may_agree=True)
    card = RemovalCard(screen.inside.session, found)
    screen.qtbot.addWidget(card)
    card.show()
    assert loud(card) == ["Show what was hidden"]
    card.links[0].click()
    assert loud(card) == ["Agree that it goes for good"]
    assert [made.words for made in card.findChildren(Action) if made.kind == "secondary"] == []


def test_a_loss_report_says_first_what_to_do_now(screen: Screen, desk: Desk) -> None:
    assert loss_report(desk, screen.inside.session.local_data)[0].title == "What to do now"
    screen.go("loss")
    cards = [made for made in screen.page.findChildren(Card) if made.isVisible()]
    top = min(cards, key=_top)
    assert top.accessibleName() == "What to do now"
    assert max(cards, key=_top).accessibleName() == "Keep it"


def _top(card: QWidget) -> int:
    return card.y()


def test_a_new_vault_is_not_called_yours_alone(
    opener: Opener, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    runner = Runner()
    page = FirstRunPage(partial(_same, opener), runner, tmp_path)
    qtbot.addWidget(page)
    page.show()
    page.start()
    said = " ".join(made.words for made in page.findChildren(Words) if made.isVisible())
    assert "alone" not in said
    assert "Only your passphrase opens it" not in said
    assert "recovery papers you make" in said
    assert "colleagues you add" in said
    runner.close()


def _same(opener: Opener) -> Opener:
    return opener
