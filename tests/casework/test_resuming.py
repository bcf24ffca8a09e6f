"""Where the practitioner stopped, and what the desk noticed."""

from csa_desk.casework import planning
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.noticing import needs_a_look
from csa_desk.casework.resuming import carry_on, recent_cases
from csa_desk.casework.shapes import ActionShape, CaseShape, ChildShape, GoalShape, SafeContactShape
from csa_desk.records.cases import Case
from csa_desk.records.directory import Service
from csa_desk.records.ids import new_id
from tests.conftest import SetClock


def child(desk: Desk, name: str) -> Case:
    return add_child(
        desk, CaseShape(child=ChildShape(name=name), safe_contact=SafeContactShape(who="mum", call="yes"))
    )


def test_nothing_begun_is_nothing_to_carry_on(desk: Desk) -> None:
    assert carry_on(desk) is None
    assert recent_cases(desk) == []


def test_the_child_opened_last_goes_on_at_its_first_open_question(desk: Desk) -> None:
    one, other = child(desk, "Ada Birch"), child(desk, "Bea Cove")
    open_file(desk, one.code)
    assert [case.code for case in recent_cases(desk)] == [one.code, other.code]
    where = carry_on(desk)
    assert where is not None
    assert (where.title, where.page, where.case) == ("Ada’s assessment", "section", one.code)
    sections = {item.id: item.section for item in desk.packs.assessment.question}
    assert sections[where.field.rpartition("/")[2]] == where.item


def test_half_written_words_come_before_an_open_question(desk: Desk, clock: SetClock) -> None:
    one, other = child(desk, "Ada Birch"), child(desk, "Bea Cove")
    open_file(desk, other.code)
    desk.vault.keep_draft(f"{one.id}/answer/child/stop-sign", "She puts", 8)
    where = carry_on(desk)
    assert where is not None
    assert (where.page, where.case, where.field, where.cursor) == ("section", one.code, "child/stop-sign", 8)
    assert where.about.endswith("One answer is half written.")
    clock.advance(minutes=5)
    desk.vault.keep_draft(f"{other.id}/goal/new/words", "Go to", 5)
    later = carry_on(desk)
    assert later is not None
    assert (later.title, later.page, later.case) == ("Bea’s plan", "plan", other.code)


def test_drafts_that_belong_to_no_child_are_passed_over(desk: Desk) -> None:
    desk.vault.keep_draft("settings/service/name", "East", 4)
    desk.vault.keep_draft("place", "{}", 0)
    assert carry_on(desk) is None


def test_stale_entries_and_late_reviews_are_noticed(desk: Desk, clock: SetClock) -> None:
    case = child(desk, "Ada Birch")
    entry = Service(id=new_id(), name="Linden House", checked_on="2025-01-01")
    with desk.vault.write() as writing:
        writing.put(entry)
    file = open_file(desk, case.code)
    planning.add_goal(
        desk,
        file,
        GoalShape(need="health", words="Sleep", actions=[ActionShape(what="First visit", service=entry.id)]),
    )
    assert [item.title for item in needs_a_look(desk)] == ["1 directory entry to ring"]
    clock.set(2027, 4, 1)
    found = {item.kind: item for item in needs_a_look(desk)}
    assert found["review"].title == "1 plan is due for review"
    assert (found["review"].page, found["review"].case) == ("plan", case.code)
