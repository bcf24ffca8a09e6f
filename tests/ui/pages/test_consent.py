"""Consent: what each recipient may have today, decisions, withdrawals with their consequence, history."""

from PySide6.QtCore import Qt

from csa_desk.casework import consenting, tasks
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.recipients import recipient_named
from csa_desk.casework.shapes import CarerShape, CaseShape, ChildShape, ConsentShape, TeamShape
from csa_desk.records.consent import Purpose
from csa_desk.ui.pages.consent.page import ConsentPage
from csa_desk.ui.pages.consent.recipient import RecipientCard
from tests.ui.pages.screen import ODD_NAMES, Screen

CTRL = Qt.KeyboardModifier.ControlModifier
SCHOOL = ConsentShape(
    recipient="Oakridge Primary", categories=["education", "needs-and-plan"], by="Holly Bramley"
)


def rowan(desk: Desk, *consents: ConsentShape) -> CaseFile:
    shape = CaseShape(
        child=ChildShape(name="Rowan Bramley", birth_date="2017-03-04"),
        carers=[CarerShape(name="Holly Bramley", relation="mum")],
        team=[TeamShape(name="Jo Adeyemi", agency="Linden House")],
        consents=list(consents),
    )
    return open_file(desk, add_child(desk, shape).code)


def page_of(screen: Screen) -> ConsentPage:
    assert isinstance(screen.page, ConsentPage)
    return screen.page


def may_have(desk: Desk, file: CaseFile, name: str, purpose: str = Purpose.SUPPORT) -> set[str]:
    who = recipient_named(desk.vault.read, name)
    return set(consenting.allowed(desk, open_file(desk, file.code), who, purpose, "child").categories)


def card(screen: Screen, name: str) -> RecipientCard:
    return next(item for item in page_of(screen).cards if item.today.recipient.name == name)


def test_nothing_agreed_says_so_and_names_who_is_waiting(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("consent", file.code)
    assert "Nothing may be shared yet" in screen.words()
    assert "Record a decision about Linden House" in screen.words()
    screen.press("Record a decision about Linden House")
    form = page_of(screen).open_form
    assert form is not None
    assert form.form.value("recipient").name == "Linden House"  # type: ignore[attr-defined]


def test_a_decision_is_recorded_by_keys(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("consent", file.code)
    screen.key(Qt.Key.Key_N, CTRL)
    screen.write("Oakridge Primary", "Who would be told?")
    screen.press("School and learning")
    screen.press("Needs and plan")
    screen.write("Holly Bramley", "Who decided?")
    screen.press("Has parental responsibility")
    screen.write("By phone", "How did they say it?")
    screen.key(Qt.Key.Key_Return, CTRL)
    (made,) = open_file(desk, file.code).consents
    assert (made.recipient_name, made.categories, made.decision) == (
        "Oakridge Primary",
        ("education", "needs-and-plan"),
        "given",
    )
    assert (made.by_name, made.capacity, made.how, made.on) == (
        "Holly Bramley",
        "parental-responsibility",
        "By phone",
        desk.today,
    )
    assert may_have(desk, file, "Oakridge Primary") == {"education", "needs-and-plan"}
    assert "May have, by consent" in screen.words()
    assert not desk.vault.drafts(f"{file.case.id}/consent/")


def test_what_is_missing_is_named_at_the_top_and_beside_each_field(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("consent", file.code)
    screen.press("Record a decision")
    screen.key(Qt.Key.Key_Return, CTRL)
    words = screen.words()
    for sentence in (
        "Write who would be told",
        "Choose at least one kind of information",
        "Write who decided",
    ):
        assert words.count(sentence) >= 2
    assert not open_file(desk, file.code).consents
    screen.press("Write who decided")
    screen.write("Rowan")
    form = page_of(screen).open_form
    assert form is not None
    assert form.form.value("by").name == "Rowan"  # type: ignore[attr-defined]


def test_a_refusal_shares_nothing(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, SCHOOL)
    screen.go("consent", file.code)
    page_of(screen)._change("Oakridge Primary", "support", "child")
    screen.press("No, do not share")
    screen.press("School and learning")
    screen.write("Rowan", "Who decided?")
    screen.key(Qt.Key.Key_Return, CTRL)
    assert may_have(desk, file, "Oakridge Primary") == {"needs-and-plan"}


def test_withdrawing_says_what_it_does_and_overwrites_nothing(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, SCHOOL)
    screen.go("consent", file.code)
    screen.press("Withdraw")
    assert "Oakridge Primary will no longer be told anything about Rowan for support." in screen.words()
    screen.press("Keep it")
    assert may_have(desk, file, "Oakridge Primary")
    screen.press("Withdraw")
    screen.write("Rowan Bramley", "Who takes it back?")
    screen.press("Withdraw consent")
    assert not may_have(desk, file, "Oakridge Primary")
    assert [item.decision for item in open_file(desk, file.code).consents] == ["given", "withdrawn"]
    words = screen.words()
    assert "Nothing today. Withdrawn by Rowan Bramley on 24 November 2026." in words
    assert "Withdrawn: Oakridge Primary, support" in words
    assert "Given: Oakridge Primary, support" in words
    screen.key(Qt.Key.Key_Return)
    assert [row.task.what for row in tasks.open_tasks(desk)] == [
        "Tell Oakridge Primary that consent was withdrawn"
    ]


def test_taking_back_a_part_names_what_stays(screen: Screen, desk: Desk) -> None:
    file = rowan(desk, SCHOOL)
    screen.go("consent", file.code)
    screen.press("Withdraw")
    screen.press("Needs and plan")
    words = screen.words()
    assert "Oakridge Primary will no longer be told about: school and learning." in words
    assert "They may still have: needs and plan." in words
    screen.press("Withdraw consent")
    assert "Write who takes it back" in screen.words()
    screen.write("Holly Bramley", "Who takes it back?")
    screen.press("Withdraw consent")
    assert may_have(desk, file, "Oakridge Primary") == {"needs-and-plan"}


def test_sharing_without_consent_wants_basis_reason_and_whether_the_family_was_told(
    screen: Screen, desk: Desk
) -> None:
    file = rowan(desk)
    screen.go("consent", file.code)
    screen.press("Share without consent")
    screen.write("Eastmere Council", "Who is told?")
    screen.press("Safety and safeguarding")
    screen.key(Qt.Key.Key_Return, CTRL)
    for sentence in (
        "Write on what lawful basis",
        "Write the reason",
        "Write who was told, or why nobody was",
    ):
        assert sentence in screen.words()
    screen.write("To protect a child from serious harm", "Lawful basis")
    screen.write("New information today", "Why now, and why this much")
    screen.write("Mum, the same day", "Was the family told?")
    screen.key(Qt.Key.Key_Return, CTRL)
    (made,) = open_file(desk, file.code).sharing
    assert (made.lawful_basis, made.reason, made.told) == (
        "To protect a child from serious harm",
        "New information today",
        "Mum, the same day",
    )
    assert may_have(desk, file, "Eastmere Council", Purpose.SAFEGUARDING) == {"safeguarding"}
    assert "Shared without consent: Eastmere Council, safeguarding" in screen.words()


def test_paper_at_home_is_a_dated_answer_each_time(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("consent", file.code)
    screen.press("No")
    screen.press("Only in person")
    assert [item.answer for item in open_file(desk, file.code).home_safety] == ["no", "in-person"]
    words = screen.words()
    assert "Answered on 24 November 2026." in words
    assert "Paper is not safe at home" in words
    assert "Paper is only shown in person" in words


def test_a_decision_of_tomorrow_is_refused(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("consent", file.code)
    screen.press("Record a decision")
    form = page_of(screen).open_form
    assert form is not None
    form.form.set_value("on", "2026-11-25")
    screen.key(Qt.Key.Key_Return, CTRL)
    assert "This day is still to come" in screen.words()
    assert not open_file(desk, file.code).consents


def test_half_typed_words_come_back(screen: Screen, desk: Desk) -> None:
    file = rowan(desk)
    screen.go("consent", file.code)
    screen.press("Record a decision")
    screen.write("Half a scho", "Who would be told?")
    screen.go("team", file.code)
    screen.go("consent", file.code)
    form = page_of(screen).open_form
    assert form is not None
    assert form.form.value("recipient").name == "Half a scho"  # type: ignore[attr-defined]
    screen.key(Qt.Key.Key_Escape)
    assert page_of(screen).open_form is None
    screen.press("Record a decision")
    form = page_of(screen).open_form
    assert form is not None
    assert form.form.value("recipient").name == "Half a scho"  # type: ignore[attr-defined]
    screen.press("Do not record")
    assert not desk.vault.drafts(f"{file.case.id}/consent/")


def test_every_name_shows_as_text(screen: Screen, desk: Desk) -> None:
    names = (*ODD_NAMES, "w" * 10_000)
    decisions = [ConsentShape(recipient=name, categories=["education"], by=name, how=name) for name in names]
    file = rowan(desk, *decisions)
    screen.go("consent", file.code)
    words = screen.words()
    for name in names:
        assert card(screen, name).title.words == name
        assert f"by {name}" in words
    assert page_of(screen).width() <= screen.inside.width()
