"""Erasing under a retention decision: only when its time is over and no hold stands; for ever; nobody else's words."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from csa_desk.casework import keeping, removals, removals_waiting
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.children import case_list, find_children
from csa_desk.casework.desk import Desk
from csa_desk.casework.imprint import next_copy_number
from csa_desk.errors import InputError, NotAllowedError, RefusedError
from csa_desk.records.assessment import Answer
from csa_desk.records.cases import Carer, Case, Person, Task
from csa_desk.records.ids import new_id
from csa_desk.records.justice import InProceeding, Proceeding
from csa_desk.records.register import Release
from csa_desk.records.vault import Profession
from csa_desk.store import removing
from tests.conftest import SetClock
from tests.removing.conftest import QUESTION, WORD, holds
from tests.sealed.conftest import Service

Add = Callable[..., CaseFile]
Findings = Callable[[Desk], list[str]]


def over(desk: Desk, file: CaseFile) -> CaseFile:
    """The file closed, its time over."""
    keeping.close_case(desk, file, "Support has ended", keep_until=desk.today)
    return open_file(desk, file.code)


def test_nothing_is_erased_before_its_time_or_while_a_hold_stands(alone: Service, add_small: Add) -> None:
    with alone.at("Ada") as desk:
        file = add_small(desk)
        with pytest.raises(RefusedError, match="Nobody has decided"):
            removals.erase(desk, file, "Its time is over")
        keeping.close_case(desk, file, "Support has ended")
        file = open_file(desk, file.code)
        with pytest.raises(RefusedError, match="kept until 24 November 2101"):
            removals.erase(desk, file, "Its time is over")
        keeping.decide(desk, file, desk.today, "The young adult asked for it")
        keeping.hold(desk, file, "A claim is open")
        with pytest.raises(RefusedError, match="hold"):
            removals.erase(desk, file, "Its time is over")
        keeping.lift_hold(desk, file, "The claim is settled")
        removals.erase(desk, file, "Its time is over")


def test_a_hold_set_while_it_waits_stops_even_what_two_have_agreed(
    service: Service, add_small: Add, findings: Findings
) -> None:
    with service.at("Mo") as desk:
        file = over(desk, add_small(desk))
        made = removals.erase(desk, file, "Its time is over")
        keeping.hold(desk, file, "An inquiry asked for it")
    with service.at("Ada") as desk:
        assert not removals.agree(desk, made.id)
        assert removals.carry_out_due(desk) == 0
        with pytest.raises(RefusedError, match="hold"):
            removing.carry_out(desk.vault, made.id)
        (waits,) = removals_waiting.waiting(desk)
        assert waits.held
        keeping.lift_hold(desk, file, "The inquiry is over")
        assert removals.carry_out_due(desk) == 1
        assert findings(desk) == []


def test_a_hold_whose_row_somebody_deleted_still_holds(service: Service, add_small: Add) -> None:
    with service.at("Mo") as desk:
        file = over(desk, add_small(desk))
        made = removals.erase(desk, file, "Its time is over")
        keeping.hold(desk, file, "An inquiry asked for it")
        desk.vault.writing_connection().execute("DELETE FROM hold")
    with service.at("Ada") as desk:
        assert not removals.agree(desk, made.id)
        assert removals.carry_out_due(desk) == 0
        with pytest.raises(RefusedError, match="hold"):
            removing.carry_out(desk.vault, made.id)


def test_an_erased_file_is_in_no_list_and_nothing_can_be_written_in_it(
    service: Service, add_full: Add, add_small: Add, findings: Findings
) -> None:
    with service.at("Mo") as desk:
        other = add_small(desk, "Wren Oakley")
    with service.at("Ada") as desk:
        file = add_full(desk)
    with service.at("Mo") as desk:
        made = removals.erase(desk, over(desk, open_file(desk, file.code)), "Its time is over")
        assert [row["code"] for row in case_list(desk)] == [other.code]
        assert find_children(desk, WORD) == []
        assert desk.vault.drafts(file.case.id) == {}
        with pytest.raises(InputError, match="no child with that code"):
            open_file(desk, file.code)
        with pytest.raises(RefusedError, match="erased"), desk.vault.write() as writing:
            writing.put(Task(id=new_id(), case=file.case.id, what=WORD, state="open"))
        desk.vault.keep_draft(f"{file.case.id}/plan/late", WORD, 1)
        assert [item.code for item in removals_waiting.named(desk, file.code)] == [file.code]
        assert findings(desk) == []
    with service.at("Ada") as desk:
        assert removals.agree(desk, made.id)
        assert not holds(desk.vault, WORD)
        assert [row["code"] for row in case_list(desk)] == [other.code]
        told = [item for item in desk.vault.read.find(Task, case="") if item.rule == removals.RULE]
        assert all(file.code in item.what for item in told)
        assert findings(desk) == []


def test_a_whole_file_that_was_stopped_is_as_it_was(
    service: Service, add_full: Add, findings: Findings
) -> None:
    with service.at("Ada") as desk:
        file = add_full(desk)
    with service.at("Mo") as desk:
        before = replace(over(desk, open_file(desk, file.code)), tasks=[])
        made = removals.erase(desk, open_file(desk, file.code), "Its time is over")
        removals.stop(desk, made.id, "Her sister still comes to us")
        assert replace(open_file(desk, file.code), tasks=[]) == before
        assert len(find_children(desk, WORD)) == 1
        assert findings(desk) == []


def test_what_another_case_names_stays(service: Service, add_small: Add, findings: Findings) -> None:
    with service.at("Mo") as desk:
        carers = [{"name": f"Dana {WORD}", "relation": "mother", "phone": "01632 960 201"}]
        file, other = add_small(desk, "Wren Oakley", carers=carers), add_small(desk, "Rowan Bramley")
        shared = file.carers[0].person
        matter = Proceeding(id=new_id(), track="criminal", reference=f"{WORD} 12")
        own = Proceeding(id=new_id(), track="family", reference="Xylonwren 34")
        with desk.vault.write() as writing:
            writing.put(Carer(id=new_id(), case=other.case.id, person=shared, relation="aunt"))
            for record in (matter, own):
                writing.put(record)
            for case, number in ((file, matter), (other, matter), (file, own)):
                writing.put(InProceeding(id=new_id(), case=case.case.id, proceeding=number.id))
        made = removals.erase(desk, over(desk, open_file(desk, file.code)), "Its time is over")
    with service.at("Ada") as desk:
        removals.agree(desk, made.id)
        now = open_file(desk, other.code)
        assert now.people[shared].name == f"Dana {WORD}"
        assert [item.reference for item in now.proceedings if item.reference] == [f"{WORD} 12"]
        assert not holds(desk.vault, "Oakley")
        assert not holds(desk.vault, "Xylonwren")
        assert not holds(desk.vault, "960 201")
        assert findings(desk) == []
    with service.at("Mo") as desk:
        second = removals.erase(desk, over(desk, open_file(desk, other.code)), "Its time is over")
        assert desk.vault.read.count(Person) == 0
    with service.at("Ada") as desk:
        removals.agree(desk, second.id)
        assert not holds(desk.vault, WORD)
        assert findings(desk) == []


def test_one_record_is_erased_for_ever(service: Service, add_small: Add, findings: Findings) -> None:
    with service.at("Mo") as desk:
        file = over(desk, add_small(desk))
    with service.at("Ada") as desk:
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} one"))
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} two"))
        (said,) = desk.vault.read.find(Answer, case=file.case.id)
    with service.at("Mo") as desk:
        made = removals.erase(desk, open_file(desk, file.code), "Asked for", record=said.id)
        with pytest.raises(RefusedError, match="whole file"):
            removals.erase(desk, open_file(desk, file.code), "Asked for", record=file.case.id)
    with service.at("Ada") as desk:
        removals.agree(desk, made.id)
        with pytest.raises(RefusedError, match="erased"):
            answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} three"))
        assert not holds(desk.vault, WORD)
        assert desk.vault.read.count(Case) == 1
        assert findings(desk) == []


def test_copy_numbers_go_on_after_the_register_of_a_file_is_erased(service: Service, add_small: Add) -> None:
    with service.at("Mo") as desk:
        file = add_small(desk)
        with desk.vault.write() as writing:
            writing.put(Release(id=new_id(), case=file.case.id, copy_number=next_copy_number(desk)))
        before = next_copy_number(desk)
        removals.erase(desk, over(desk, file), "Its time is over")
        assert next_copy_number(desk) == before


def test_who_may_not_erase_is_refused(service: Service, add_small: Add) -> None:
    service.join("Bo", Profession.CH_ISVA)
    with service.at("Mo") as desk:
        file = over(desk, add_small(desk))
    with service.at("Bo") as desk, pytest.raises(NotAllowedError):
        removals.erase(desk, open_file(desk, file.code), "Its time is over")


def test_a_removal_of_a_case_somebody_is_kept_out_of_is_hidden_from_them(
    service: Service, add_small: Add, clock: SetClock
) -> None:
    from csa_desk.casework.keeping_out import keep_out

    service.join("Bo", Profession.CH_ISVA)
    with service.at("Mo") as desk:
        file = over(desk, add_small(desk))
        keep_out(desk, file.code, service.ids["Bo"], "A neighbour")
        made = removals.erase(desk, file, "Its time is over")
    with service.at("Bo") as desk:
        assert removals_waiting.waiting(desk) == []
        with pytest.raises(InputError):
            removals.agree(desk, made.id)


def test_copies_of_an_erased_file_are_tasks_that_name_no_child_and_ask_nobody_who_is_not_there(
    service: Service, add_small: Add
) -> None:
    with service.at("Mo") as desk:
        file = over(desk, add_small(desk, f"{WORD} Oakley"))
        for number, (whom, name) in enumerate(
            (("own-file", "own file"), (file.case.child, WORD), (new_id(), "Linden Trust"))
        ):
            with desk.vault.write() as writing:
                writing.put(
                    Release(
                        id=new_id(),
                        case=file.case.id,
                        copy_number=f"TST-{number}",
                        recipient=whom,
                        recipient_name=name,
                        on=desk.today,
                    )
                )
        made = removals.erase(desk, file, "Its time is over")
        told = " ".join(item.words for item in removals_waiting.waiting(desk)[0].copies)
        assert "Copy TST-0, put into your own file on" in told
        assert "Copy TST-1, handed to the child on" in told
    with service.at("Ada") as desk:
        removals.agree(desk, made.id)
        tasks = sorted(item.what for item in desk.vault.read.find(Task) if item.raised_by == made.id)
        assert [
            "destroy it there" in tasks[0],
            "exchange it" in tasks[1],
            "Ask Linden Trust" in tasks[2],
        ] == [True] * 3
        assert not holds(desk.vault, WORD)
        (gone,) = removals_waiting.gone(desk)
        assert (gone.title, gone.left) == (f"The whole file {file.code}", 3)
