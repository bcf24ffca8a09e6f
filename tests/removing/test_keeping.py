"""Closing a file, how long it is kept, holds, and looking at it again."""

from collections.abc import Callable

import pytest

from csa_desk.casework import keeping
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.caseload import caseload
from csa_desk.casework.desk import Desk
from csa_desk.casework.noticing import needs_a_look
from csa_desk.errors import InputError, NotAllowedError, RefusedError
from csa_desk.records.keeping import Retention
from csa_desk.records.vault import Profession
from tests.conftest import SetClock
from tests.sealed.conftest import Service

Add = Callable[..., CaseFile]


def test_a_closed_file_is_kept_for_the_years_of_the_pack_and_looked_at_again(
    alone: Service, add_small: Add, findings: Callable[[Desk], list[str]]
) -> None:
    with alone.at("Ada") as desk:
        file = add_small(desk)
        made = keeping.close_case(desk, file, "Support has ended")
        assert (made.keep_until, made.review) == ("2101-11-24", "2031-11-24")
        now = open_file(desk, file.code)
        stands = keeping.keeping(desk, now)
        assert (stands.closed, stands.why_closed) == ("2026-11-24", "Support has ended")
        assert not stands.time_over
        assert [case.code for case in caseload(desk).closed] == [file.code]
        with pytest.raises(RefusedError, match="closed already"):
            keeping.close_case(desk, now, "Again")
        keeping.reopen_case(desk, now)
        assert open_file(desk, file.code).episode.closed == ""
        assert len(open_file(desk, file.code).episodes) == 2
        assert caseload(desk).closed == ()
        assert findings(desk) == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"why": " "}, "Say why"),
        ({"why": "x", "on": "2027-01-01"}, "ahead of today"),
        ({"why": "x", "on": "2020-01-01"}, "before it began"),
        ({"why": "x", "keep_until": "2026-01-01"}, "before it began"),
    ],
)
def test_what_cannot_be_is_refused(alone: Service, add_small: Add, said: dict[str, str], fault: str) -> None:
    with alone.at("Ada") as desk:
        file = add_small(desk, opened="2026-11-01")
        with pytest.raises(InputError, match=fault):
            keeping.close_case(desk, file, said.pop("why"), **said)
        assert desk.vault.read.find(Retention) == []
        assert not open_file(desk, file.code).episode.closed


def test_only_who_may_decides_on_another_time(service: Service, add_small: Add) -> None:
    service.join("Bo", Profession.CH_ISVA)
    with service.at("Bo") as desk:
        file = add_small(desk)
        with pytest.raises(NotAllowedError):
            keeping.close_case(desk, file, "Over", keep_until="2030-01-01")
        with pytest.raises(NotAllowedError):
            keeping.decide(desk, file, "2030-01-01", "Because")
        keeping.close_case(desk, file, "Over")
    with service.at("Mo") as desk:
        keeping.decide(desk, open_file(desk, file.code), "2060-01-01", "The commissioner says so")
        stands = keeping.keeping(desk, open_file(desk, file.code))
        assert (stands.keep_until, stands.decided_by) == ("2060-01-01", "Mo")


def test_a_hold_is_put_on_once_and_ended_with_a_reason(service: Service, add_small: Add) -> None:
    with service.at("Mo") as desk:
        file = add_small(desk)
        with pytest.raises(RefusedError, match="No hold"):
            keeping.lift_hold(desk, file, "It is over")
        keeping.hold(desk, file, "A claim is open")
        with pytest.raises(RefusedError, match="already"):
            keeping.hold(desk, file, "Another")
        assert keeping.keeping(desk, file).held_because == "A claim is open"
        with pytest.raises(InputError, match="Say why"):
            keeping.lift_hold(desk, file, "")
        keeping.lift_hold(desk, file, "The claim is settled")
        assert keeping.hold_on(desk.vault.read, file.case.id) is None


def test_today_says_when_it_is_time_to_look_again_and_what_waits(
    alone: Service, add_small: Add, clock: SetClock
) -> None:
    from csa_desk.casework import removals

    with alone.at("Ada") as desk:
        file = add_small(desk)
        keeping.close_case(desk, file, "Over", keep_until="2100-01-01", review="2027-01-10")
        assert "keeping" not in {item.kind for item in needs_a_look(desk)}
        clock.set(2027, 1, 10)
        (found,) = [item for item in needs_a_look(desk) if item.kind == "keeping"]
        assert (found.page, found.case) == ("keeping", file.code)
        keeping.decide(desk, open_file(desk, file.code), desk.today, "The time is over")
        removals.erase(desk, open_file(desk, file.code), "The time is over")
        (waits,) = [item for item in needs_a_look(desk) if item.kind == "removal"]
        assert waits.page == "removals"
        assert "17 January 2027" in waits.about
        assert "keeping" not in {item.kind for item in needs_a_look(desk)}
