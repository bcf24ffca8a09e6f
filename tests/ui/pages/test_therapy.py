"""Pre-trial therapy: the journey filters the list, items are marked in their place, steps and stages are recorded."""

from PySide6.QtCore import Qt

from csa_desk.casework import stages, therapy
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import CaseShape, ChildShape, StageShape
from csa_desk.content.models import ChecklistRole
from csa_desk.records.justice import MarkState
from csa_desk.ui.pages.therapy.marking import MarkPanel
from csa_desk.ui.pages.therapy.page import TherapyPage
from csa_desk.ui.widgets.buttons import Button
from tests.ui.pages.screen import ODD_NAMES, Screen

INVESTIGATION = (
    StageShape(stage="report", since="2026-10-02"),
    StageShape(stage="investigation", since="2026-10-20"),
)


def rowan(desk: Desk, *journey: StageShape) -> CaseFile:
    shape = CaseShape(child=ChildShape(name="Rowan Bramley", birth_date="2017-03-04"), stages=list(journey))
    return open_file(desk, add_child(desk, shape).code)


def page_of(screen: Screen) -> TherapyPage:
    assert isinstance(screen.page, TherapyPage)
    return screen.page


def lines(desk: Desk, file: CaseFile) -> tuple[therapy.ChecklistLine, ...]:
    return therapy.checklist(desk, open_file(desk, file.code), role=ChecklistRole.CH_ISVA).lines


def marked(desk: Desk, file: CaseFile, place: int = 0) -> therapy.ChecklistLine:
    return lines(desk, file)[place]


def test_every_item_shows_where_it_comes_from_and_how_far_to_trust_it(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *INVESTIGATION)
    screen.go("therapy", file.code)
    words = screen.words()
    for line in lines(desk, file):
        assert line.title in words
        assert line.why in words
        assert line.ground.source in words
        assert not line.ground.note or line.ground.note in words
    assert "Superseded" in words
    assert therapy.stand(desk).title in words
    assert therapy.stand(desk).ground.note in words
    assert "Facts for your judgement, not legal advice." in words


def test_done_is_saved_at_once_and_its_details_when_they_are_left(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *INVESTIGATION)
    screen.go("therapy", file.code)
    page = page_of(screen)
    row = page._rows[lines(desk, file)[0].item.id]
    assert isinstance(row.button, Button)
    row.button.setFocus()
    screen.key(Qt.Key.Key_Return)
    assert marked(desk, file).state == MarkState.DONE
    assert marked(desk, file).done == "Done 24 November 2026"
    screen.write("Rowan and mum")
    screen.key(Qt.Key.Key_Tab)
    screen.write("With the picture sheet")
    screen.press("Close")
    assert marked(desk, file).done == "Done 24 November 2026 with Rowan and mum. With the picture sheet"
    assert "Done 24 November 2026 with Rowan and mum" in screen.words()
    assert "1 of" in screen.words()
    assert page_of(screen) is page
    assert not desk.vault.drafts(f"{file.case.id}/therapy/")


def test_not_needed_wants_a_reason_and_can_be_opened_again(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *INVESTIGATION)
    screen.go("therapy", file.code)
    key = lines(desk, file)[1].item.id
    page_of(screen)._row_asked(key, "other")
    screen.press("Close")
    assert marked(desk, file, 1).state == MarkState.OPEN
    page_of(screen)._row_asked(key, "other")
    screen.write("nobody has asked for notes", "Because")
    screen.press("Close")
    assert marked(desk, file, 1).done == "Not needed because nobody has asked for notes"
    page_of(screen)._row_asked(key, "edit")
    screen.press("Open again")
    assert marked(desk, file, 1).state == MarkState.OPEN
    assert page_of(screen)._rows[key].panel is None


def test_only_one_item_is_open_at_a_time(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *INVESTIGATION)
    screen.go("therapy", file.code)
    page = page_of(screen)
    first, second = (line.item.id for line in lines(desk, file)[:2])
    page._row_asked(first, "done")
    page._row_asked(second, "done")
    assert page._rows[first].panel is None
    assert isinstance(page._rows[second].panel, MarkPanel)
    screen.key(Qt.Key.Key_Escape)
    assert page._rows[second].panel is None


def test_arrows_on_the_journey_filter_the_list(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *INVESTIGATION)
    screen.go("therapy", file.code)
    page = page_of(screen)
    chosen = next(b for b in page.timeline._choices if b.isChecked())
    chosen.setFocus()
    screen.key(Qt.Key.Key_Right)
    assert page.timeline.key == "point-charging-decision"
    assert "has not been at this stage" in screen.words()
    assert not [b for b in page.findChildren(Button) if b.isVisible() and b.words == "Mark as done"]
    screen.press("CPS decision")
    assert page.stage == "cps-decision"
    assert "The charging decision" in screen.words()


def test_the_other_role_is_one_press_away(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *INVESTIGATION)
    screen.go("therapy", file.code)
    page = page_of(screen)
    before = page.role
    screen.press(page._role_link.words)
    other = therapy.checklist(desk, file, role=page.role)
    assert page.role != before
    assert list(page._rows) == [line.item.id for line in other.lines]


def test_a_case_without_a_stage_can_be_worked_from_the_first(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("therapy", file.code)
    page = page_of(screen)
    key = next(iter(page._rows))
    page._row_asked(key, "done")
    assert open_file(desk, file.code).marks[0].state == MarkState.DONE
    now = open_file(desk, file.code).stage_now()
    assert now is not None
    assert now.stage == "not-reported"


def test_moving_the_case_asks_for_stage_and_day(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *INVESTIGATION)
    screen.go("therapy", file.code)
    screen.press("Move to another stage")
    screen.press("Move the case")
    assert "Choose the stage" in screen.words()
    form = page_of(screen).where.asks
    assert form is not None
    form.set_value("stage", "cps-decision")
    screen.press("Move the case")
    now = open_file(desk, file.code).stage_now()
    assert now is not None
    assert (now.stage, now.since) == ("cps-decision", desk.today)
    assert page_of(screen).stage == "cps-decision"
    assert "The charging decision" in screen.words()


def test_days_to_therapy_tell_each_gap_with_its_reason(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *INVESTIGATION)
    stages.record_therapy_step(desk, file, "need-agreed", "2026-11-02")
    screen.go("therapy", file.code)
    screen.press("Record a step")
    screen.write("No free place before", "Why it took this long")
    screen.press("Record it")
    step = stages.days_to_therapy(desk, open_file(desk, file.code))[1]
    assert (step.on, step.gap, step.reason) == (desk.today, 22, "No free place before")
    assert "After 22 days: No free place before" in screen.words()
    assert "22 days" in screen.words()
    assert not desk.vault.drafts(f"{file.case.id}/therapy-step/")


def test_half_typed_details_come_back_at_their_item(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *INVESTIGATION)
    screen.go("therapy", file.code)
    key = lines(desk, file)[2].item.id
    page_of(screen)._row_asked(key, "other")
    screen.write("half a rea", "Because")
    screen.inside.session.drafts.flush()
    for form, _ in screen.inside.session._forms:
        form.keep()
    screen.go("today")
    screen.go("therapy", file.code)
    panel = page_of(screen)._rows[key].panel
    assert isinstance(panel, MarkPanel)
    assert panel.form.value("reason") == "half a rea"


def test_everything_typed_shows_as_text(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *INVESTIGATION)
    names = (*ODD_NAMES, "v" * 10_000)
    for name, line in zip(names, lines(desk, file), strict=False):
        therapy.set_mark(desk, file, line.item.id, MarkState.DONE, with_whom=name, how=name)
    screen.go("therapy", file.code)
    words = screen.words()
    for name in names:
        assert f"with {name}. {name}" in words
    assert page_of(screen).width() <= screen.inside.width()


def test_printing_goes_to_this_stage_and_role(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, *INVESTIGATION)
    screen.go("therapy", file.code)
    role = page_of(screen).role
    screen.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert screen.inside.page is not None
    assert screen.inside.page.place.page == "print"
    assert screen.inside.page.place.item == f"checklist/investigation/{role}"
