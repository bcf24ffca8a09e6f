"""A backup made while the computer's clock ran ahead does not keep the next ones from being asked for."""

from collections.abc import Callable
from typing import Any

from csa_desk.casework import backups
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import CaseShape, ChildShape


def test_after_a_clock_that_ran_ahead_the_daily_backup_goes_on_and_today_asks_for_one(
    open_desk: Callable[..., Desk], clock: Any
) -> None:
    desk = open_desk()
    backups.back_up(desk)
    clock.advance(days=4000)
    backups.back_up(desk)
    clock.advance(days=-4000 + 60)
    add_child(desk, CaseShape(child=ChildShape(name="Wren Oakley")))
    assert backups.is_due_by_time(desk)
    assert [title for title, _ in backups.overdue(desk)] == ["It is time for a backup"]
