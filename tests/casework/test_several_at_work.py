"""Several practitioners in one vault: whose a task is, and what a colleague without a recovery sheet is told."""

from collections.abc import Callable

from csa_desk.casework import passphrases, recovery
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.noticing import needs_a_look
from csa_desk.casework.service import change_profile
from csa_desk.casework.shapes import CaseShape, ChildShape
from csa_desk.casework.tasks import add_task, open_tasks, taken_on_by
from csa_desk.records.vault import Profession
from csa_desk.store.opening import Opener
from tests.casework.colleagues import add_colleague, at_work


def whose(desk: Desk) -> dict[str, str]:
    return {row.task.what: row.whose for row in open_tasks(desk)}


def told(desk: Desk) -> list[str]:
    return [f"{item.title}. {item.about}" for item in needs_a_look(desk) if item.kind == "recovery"]


def test_a_task_of_ones_own_is_nobody_elses_and_a_childs_task_says_who_took_it_on(
    desk: Desk, opener: Opener
) -> None:
    change_profile(desk, name="Priya Nair")
    case = add_child(desk, CaseShape(child=ChildShape(name="Robin"), nation="england"))
    add_task(desk, "", "Book my supervision", due=desk.today)
    add_task(desk, case.id, "Ring school", due=desk.today)
    assert whose(desk) == {"Book my supervision": "", "Ring school": ""}
    add_colleague(desk, "Bryn Aldersey", Profession.CH_ISVA)
    with at_work(opener, desk) as theirs:
        assert whose(theirs) == {"Ring school": "Priya Nair"}
        tasks = open_file(theirs, case.code).tasks
        assert taken_on_by(theirs, tasks) == {task.id: "Priya Nair" for task in tasks}


def test_who_has_no_sheet_is_told_truly_whether_the_services_shares_would_help(
    open_desk: Callable[..., Desk], opener: Opener
) -> None:
    desk = open_desk(live=True)
    assert told(desk)[0].startswith("You have no way back in. ")
    made = recovery.new_shares()
    recovery.make_shares(desk, made, recovery.deriving_shares(desk, made)())
    without = (
        "You have no recovery sheet. Make one: without it, only two of the service’s recovery shares bring you "
        "back in."
    )
    assert told(desk) == [without]
    add_colleague(desk, "Bryn Aldersey", Profession.CH_ISVA)
    with at_work(opener, desk) as theirs:
        assert told(theirs) == [without]
        words = passphrases.new_words()
        passphrases.take_sheet(theirs, passphrases.deriving(theirs, {recovery.SHEET: words})())
        assert "You have no recovery sheet" not in "".join(told(theirs))
