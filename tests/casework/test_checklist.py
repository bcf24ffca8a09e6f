"""The pre-trial therapy checklist: whose, at which stage, what may be said of an item."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.stages import set_stage
from csa_desk.casework.therapy import checklist, set_mark
from csa_desk.content.models import ChecklistItem, Status
from csa_desk.errors import InputError

ONE_VAULT = True
Add = Callable[..., CaseFile]
Reread = Callable[[Desk, CaseFile], CaseFile]
REPORT: dict[str, Any] = {"stages": [{"stage": "report", "since": "2026-09-01"}]}


def items(desk: Desk, file: CaseFile, **wanted: str) -> list[str]:
    return [line.item.id for line in checklist(desk, file, **wanted).lines]


def test_the_checklist_is_that_of_ones_own_profession_unless_asked_otherwise(
    open_desk: Callable[..., Desk], add: Add
) -> None:
    desk = open_desk()
    file = add(at=desk, **REPORT)
    assert checklist(desk, file).role == "ch-isva"
    therapist = items(desk, file, role="therapist")
    assert therapist
    assert set(therapist).isdisjoint(items(desk, file))
    with desk.vault.write() as writing:
        writing.put(replace(desk.practitioner(), profession="therapist"))
    assert items(desk, file) == therapist
    with desk.vault.write() as writing:
        writing.put(replace(desk.practitioner(), profession="navigator"))
    assert checklist(desk, file).role == "ch-isva"


def test_every_stage_has_items_or_says_that_it_has_none_on_purpose(desk: Desk, add: Add) -> None:
    file = add()
    for stage in desk.packs.stages.stage:
        for role in ("ch-isva", "therapist"):
            shown = checklist(desk, file, stage=stage.id, role=role)
            assert bool(shown.lines) != bool(shown.nothing), (stage.id, role)


def test_a_superseded_item_is_never_in_the_list(
    desk: Desk, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = add(**REPORT)
    before = items(desk, file)
    pack = desk.packs.pretrial_therapy
    old = tuple(
        msgspec.structs.replace(one, status=Status.SUPERSEDED) if one.id == before[0] else one
        for one in pack.item
    )
    monkeypatch.setitem(desk.packs.__dict__, "pretrial_therapy", msgspec.structs.replace(pack, item=old))
    assert items(desk, file) == before[1:]
    with pytest.raises(InputError):
        set_mark(desk, file, before[0], "done")


def test_older_rules_stand_beside_what_replaced_them(desk: Desk, add: Add) -> None:
    lines = checklist(desk, add(**REPORT), role="therapist").lines
    assert any(line.older for line in lines)
    assert all(line.ground.source for line in lines)


def test_the_list_is_that_of_the_nation(desk: Desk, add: Add) -> None:
    def nations(found: list[str]) -> set[str]:
        known: dict[str, ChecklistItem] = {one.id: one for one in desk.packs.pretrial_therapy.item}
        return {str(nation) for name in found for nation in known[name].jurisdictions}

    english, welsh = add(nation="england"), add(nation="wales")
    for role in ("ch-isva", "therapist"):
        assert nations(items(desk, english, role=role)) == {"england"}
        assert nations(items(desk, welsh, role=role)) == {"wales"}
    with pytest.raises(InputError):
        set_mark(desk, english, "not-reported-ch-isva-tell-wales", "done")
    assert set_mark(desk, welsh, "not-reported-ch-isva-tell-wales", "done").state == "done"


def test_marks_are_kept_with_day_company_and_reason(desk: Desk, add: Add, reread: Reread) -> None:
    file = add(**REPORT)
    first, second, third, *_ = items(desk, file)
    set_mark(desk, file, first, "done", on="2026-11-20", with_whom="Dana", how="Read aloud")
    set_mark(desk, file, second, "not-needed", reason="Already told")
    set_mark(desk, file, third, "needs-care", reason="New officer")
    shown = {line.item.id: line for line in checklist(desk, reread(desk, file)).lines}
    assert shown[first].done == "Done 20 November 2026 with Dana. Read aloud"
    assert shown[second].done == "Not needed because Already told"
    assert shown[third].done == "Needs care: New officer"
    assert checklist(desk, reread(desk, file)).settled == 2
    set_mark(desk, file, first, "open")
    again = next(line for line in checklist(desk, reread(desk, file)).lines if line.item.id == first)
    assert (again.state, again.done) == ("open", "")
    assert again.mark is not None
    assert again.mark.on == ""


def test_done_without_a_day_is_done_today(desk: Desk, add: Add) -> None:
    file = add(**REPORT)
    assert set_mark(desk, file, items(desk, file)[0], "done").on == desk.today


def test_what_cannot_be_said_of_an_item_is_refused(desk: Desk, add: Add, census: Any) -> None:
    file = add(**REPORT)
    item = items(desk, file)[0]
    before = census(desk)
    for name, state, more in (
        (item, "not-needed", {}),
        (item, "not-needed", {"reason": "  "}),
        (item, "finished", {}),
        (item, "done", {"on": "2026-11"}),
        (item, "done", {"instance": "trial"}),
        (item, "done", {"instance": "Robin Fernhill"}),
        ("trial-ch-isva-in-place", "done", {}),
        ("trial-ch-isva-in-place", "done", {"instance": "report"}),
        ("Robin Fernhill", "done", {}),
    ):
        with pytest.raises(InputError) as fault:
            set_mark(desk, file, name, state, **more)
        assert "Robin" not in str(fault.value)
    assert census(desk) == before


def test_a_stage_that_came_twice_has_marks_of_its_own_and_its_name_means_the_last(
    desk: Desk, add: Add, reread: Reread
) -> None:
    file = add(
        stages=[
            {"stage": "trial", "since": "2026-06-01", "state": "vacated"},
            {"stage": "ptph", "since": "2026-07-01"},
            {"stage": "trial", "since": "2026-11-20"},
        ]
    )
    set_mark(desk, file, "trial-ch-isva-in-place", "done", instance="trial")
    assert checklist(desk, reread(desk, file)).settled == 1
    vacated = next(one for one in file.stages if one.state == "vacated")
    set_mark(desk, file, "trial-ch-isva-breaks-quiet", "done", instance=vacated.id)
    assert checklist(desk, reread(desk, file)).settled == 1, "a mark on the vacated date stays with that date"


def test_marks_of_one_stage_do_not_show_at_another(desk: Desk, add: Add, reread: Reread) -> None:
    file = add(**REPORT)
    set_mark(desk, file, items(desk, file)[0], "done")
    set_stage(desk, file, "investigation")
    file = reread(desk, file)
    assert checklist(desk, file).stage == "investigation"
    assert checklist(desk, file).settled == 0
    assert checklist(desk, file, stage="report").settled == 1
