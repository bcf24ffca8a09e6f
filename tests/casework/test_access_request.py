"""Somebody asks to see what is held: when it is due, who decides what, and what the copy tells of whom."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from pypdf import generic

from csa_desk.casework import access_request, held_items, keeping_out, notes
from csa_desk.casework.access_request import Choice, Decision
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.disclosing import access_copy
from csa_desk.casework.held_items import Item, Sealed
from csa_desk.casework.sieve import OWN_FILE
from csa_desk.casework.tasks import tasks_of
from csa_desk.content.models import Unit
from csa_desk.errors import InputError, NotAllowedError, RefusedError, VaultError
from csa_desk.printing.held import held_pdf
from csa_desk.records.dates import months_after
from csa_desk.records.keeping import AccessRequest
from csa_desk.records.register import Release
from csa_desk.records.safety import ProtectiveFact, SafeContact
from csa_desk.records.sealed import SealOpened
from csa_desk.store.opening import Opener
from csa_desk.store.writing import Writing
from tests.casework.colleagues import add_colleague, at_work
from tests.casework.test_rights import become

ONE_VAULT = False
WORD = "quincunx"


def words_of(pdf: bytes) -> str:
    """Every word on the pages."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.fixture
def file(desk: Desk, add: Callable[..., CaseFile], full: dict[str, Any]) -> CaseFile:
    """A child with a family, a team, consents and tasks."""
    become(desk, "ch-isva")
    made = add("Robin Fernhill", **{key: value for key, value in full.items() if key != "child"})
    return open_file(desk, made.code)


def item_of(items: list[Item], kind: str, words: str = "") -> Item:
    """The one item of this kind whose title holds these words."""
    found = [item for item in items if item.kind == kind and words in item.title]
    assert len(found) == 1, [item.title for item in found]
    return found[0]


@pytest.mark.parametrize(
    ("received", "due", "longer"),
    [("2026-11-24", "2026-12-24", "2027-02-24"), ("2026-10-31", "2026-11-30", "2027-01-31")],
)
def test_the_due_day_comes_from_the_pack(
    desk: Desk, file: CaseFile, received: str, due: str, longer: str
) -> None:
    assert desk.packs.settings.value("access-answer", Unit.MONTHS) == 1
    request = access_request.ask(desk, file, received=received)
    assert request.due == due
    file = open_file(desk, file.code)
    assert [(task.due, task.rule) for task in tasks_of(file) if task.raised_by == request.id] == [
        (due, "access-request")
    ]
    assert access_request.lengthen(desk, file, request).due == longer
    assert [task.due for task in tasks_of(open_file(desk, file.code)) if task.raised_by == request.id] == [
        longer
    ]


def test_a_month_that_lacks_the_day_ends_on_its_last() -> None:
    assert months_after("2026-01-31", 1) == "2026-02-28"
    assert months_after("2027-12-31", 2) == "2028-02-29"


@pytest.mark.parametrize("standing", ["parental-responsibility", "court-appointed"])
def test_a_parent_gets_nothing_before_the_childs_best_interests_were_weighed(
    desk: Desk, file: CaseFile, standing: str
) -> None:
    request = access_request.ask(desk, file, asked_by="Dana Fernhill", standing=standing)
    assert access_request.weighs_best_interests(desk, request)
    with pytest.raises(RefusedError, match="best interests"):
        access_request.prepare_answer(desk, file, request)
    with pytest.raises(InputError):
        access_request.decide(desk, file, request, Decision.GIVE, weighed="  ")
    decided = access_request.decide(desk, file, request, Decision.GIVE, weighed="The child wants it")
    assert (decided.decided, decided.decided_by) == (desk.today, desk.vault.practitioner)
    assert access_request.prepare_answer(desk, file, decided).pdf.startswith(b"%PDF-")


def test_a_child_is_given_without_that_check_and_a_refusal_always_says_why(
    desk: Desk, file: CaseFile
) -> None:
    request = access_request.ask(desk, file)
    assert (request.asked_by, request.decision) == ("Robin Fernhill", Decision.GIVE)
    with pytest.raises(InputError):
        access_request.decide(desk, file, request, Decision.REFUSE)
    refused = access_request.decide(desk, file, request, Decision.REFUSE, weighed="It would harm somebody")
    with pytest.raises(RefusedError):
        access_request.prepare_answer(desk, file, refused)
    assert access_request.open_request(desk, file) is None
    assert [task for task in tasks_of(open_file(desk, file.code)) if task.raised_by == request.id] == []


def test_somebody_who_must_not_know_can_not_even_ask(desk: Desk, file: CaseFile) -> None:
    with pytest.raises(RefusedError, match="must not know"):
        access_request.ask(desk, file, asked_by="Uncle Ash", standing="parental-responsibility")
    assert desk.vault.read.find(AccessRequest) == []


@pytest.mark.parametrize(
    "said",
    [
        {"standing": "journalist", "asked_by": "Kit"},
        {"standing": "parental-responsibility"},
        {"received": "2026-11-25"},
        {"received": "soon"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changed(
    desk: Desk, file: CaseFile, said: dict[str, str]
) -> None:
    with pytest.raises(InputError):
        access_request.ask(desk, file, **said)
    assert desk.vault.read.find(AccessRequest) == []


def test_every_record_of_the_file_is_in_it_with_who_when_and_what_stood_before(
    desk: Desk, file: CaseFile
) -> None:
    answer(desk, file.case.id, "child", "good-at", Said("Drums"))
    answer(desk, file.case.id, "child", "good-at", Said("Drums and chess"))
    file = open_file(desk, file.code)
    items = held_items.held_items(desk, file)
    history = {row["record"] for row in desk.vault.read.changes(file.scope)}
    assert history <= {item.key for item in items}
    made = access_copy(desk, file, items, frozenset(), recipient=OWN_FILE, asked_by="")
    words = words_of(held_pdf(made.disclosure))
    who = desk.practitioner().name or "Somebody no longer here"
    assert "Drums and chess" in words
    assert "Before this: Drums" in words
    assert f"24 November 2026, {desk.clock.now().astimezone():%H:%M}, {who}" in words
    assert "Opened the file" in words
    assert made.held_back == {}
    assert "Nothing was taken out of it" in words


def test_what_tells_of_others_is_marked_and_workers_stay_by_themselves(desk: Desk, file: CaseFile) -> None:
    answer(desk, file.case.id, "child", "good-at", Said("Cooking with Wren", source="another-worker"))
    answer(desk, file.case.id, "child", "declined-reason", Said("Dana was tired", source="carer"))
    items = held_items.held_items(desk, open_file(desk, file.code))
    carer = item_of(items, "carer")
    assert carer.suggested
    assert "about somebody else" in carer.why
    named = item_of(items, "answer", "good at")
    assert (named.suggested, named.others) == (True, ("Wren Fernhill",))
    told = next(item for item in items if item.kind == "answer" and "A carer told it" in item.why)
    assert told.suggested
    worker = item_of(items, "team-member")
    assert (worker.marked, worker.suggested) == (True, False)
    own = next(item for item in items if item.kind == "person" and item.key == file.case.child)
    assert not own.marked


def test_a_childs_own_words_about_others_stay_for_the_child_and_not_for_a_parent(
    desk: Desk, file: CaseFile
) -> None:
    answer(desk, file.case.id, "child", "good-at", Said("Cooking with Wren"))
    file = open_file(desk, file.code)
    for_child = item_of(held_items.held_items(desk, file), "answer", "good at")
    assert (for_child.marked, for_child.suggested) == (True, False)
    for_parent = item_of(held_items.held_items(desk, file, "Dana Fernhill"), "answer", "good at")
    assert for_parent.suggested


def test_a_parent_who_asks_is_no_third_party_to_themselves(desk: Desk, file: CaseFile) -> None:
    items = held_items.held_items(desk, file, "Dana Fernhill")
    assert not item_of(items, "carer").marked
    assert item_of(items, "sibling").suggested


def test_nothing_of_what_was_taken_out_is_in_the_file(desk: Desk, file: CaseFile) -> None:
    answer(desk, file.case.id, "child", "good-at", Said(f"Wren said {WORD}", source="carer"))
    answer(desk, file.case.id, "child", "good-at", Said("Wren said chess", source="carer"))
    file = open_file(desk, file.code)
    request = access_request.ask(desk, file)
    prepared = access_request.prepare_answer(desk, file, request)
    words = words_of(prepared.pdf)
    assert "[taken out: about another person]" in words
    for gone in (WORD, "chess", "Wren", "Dana", "Uncle Ash", "4 Mill Row", "01632 960 201"):
        assert gone not in words
    # Not under a bar, not as alternative text, in the structure, an outline or the title either.
    told = "\n".join(_everything_said(prepared.pdf))
    assert prepared.copy_number in told
    for gone in (WORD, "chess", "Wren", "Dana", "Uncle Ash", "4 Mill Row", "01632 960 201"):
        assert gone not in told
    assert prepared.held_back["another-person"] == words.count("[taken out: about another person]")


def _everything_said(pdf: bytes) -> list[str]:
    """Every text in the objects of a PDF, and every stream as bytes and as UTF-16 would read."""
    found: list[str] = []
    seen: set[int] = set()

    def walk(item: Any) -> None:
        if isinstance(item, generic.IndirectObject):
            if item.idnum in seen:
                return
            seen.add(item.idnum)
            item = item.get_object()
        if isinstance(item, generic.StreamObject):
            content = item.get_data()
            found.extend((content.decode("latin-1"), content.decode("utf-16-be", "replace")))
        if isinstance(item, generic.DictionaryObject):
            for value in item.values():
                walk(value)
        elif isinstance(item, generic.ArrayObject):
            for value in item:
                walk(value)
        elif isinstance(item, generic.TextStringObject):
            found.append(str(item))

    walk(pypdf.PdfReader(BytesIO(pdf)).trailer)
    return found


def test_the_choice_made_for_an_item_rules_and_outlasts_the_day(desk: Desk, file: CaseFile) -> None:
    request = access_request.ask(desk, file)
    items = access_request.items(desk, file, request)
    carer, worker = item_of(items, "carer"), item_of(items, "team-member")
    prefix = access_request.draft_prefix(desk, file, request)
    desk.vault.keep_draft(f"{prefix}/{carer.key}", Choice.KEEP, 0)
    desk.vault.keep_draft(f"{prefix}/{worker.key}", Choice.TAKE_OUT, 0)
    assert access_request.chosen(desk, file, request) == {carer.key: "keep", worker.key: "take-out"}
    words = words_of(access_request.prepare_answer(desk, file, request).pdf)
    assert "Carer: Dana Fernhill" in words
    assert "Priya Nair" not in words


def test_the_answer_is_registered_and_closes_request_task_and_choices(
    desk: Desk, file: CaseFile, tmp_path: Path
) -> None:
    request = access_request.ask(desk, file)
    prefix = access_request.draft_prefix(desk, file, request)
    desk.vault.keep_draft(f"{prefix}/x", Choice.KEEP, 0)
    prepared = access_request.prepare_answer(desk, file, request)
    made = access_request.answer(desk, file, request, prepared, tmp_path / "held.pdf")
    assert (made.what, made.recipient, made.recipient_name) == ("records", file.child.id, "Robin Fernhill")
    assert desk.vault.read.find(Release, case=file.case.id) == [made]
    now = access_request.requests(desk, file)[0]
    assert now.answered == desk.today
    assert [task for task in tasks_of(open_file(desk, file.code)) if task.raised_by == request.id] == []
    assert desk.vault.drafts(prefix) == {}
    with pytest.raises(RefusedError, match="answered already"):
        access_request.answer(desk, file, now, prepared, tmp_path / "again.pdf")
    assert not (tmp_path / "again.pdf").exists()


def test_an_answer_that_fails_on_the_way_is_neither_in_the_register_nor_anywhere(
    desk: Desk, file: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = access_request.ask(desk, file)
    desk.vault.keep_draft(f"{access_request.draft_prefix(desk, file, request)}/x", Choice.KEEP, 0)
    prepared = access_request.prepare_answer(desk, file, request)

    def full(*_: object) -> None:
        raise VaultError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Writing, "drop_draft", full)
        with pytest.raises(VaultError):
            access_request.answer(desk, file, request, prepared, tmp_path / "held.pdf")
    assert desk.vault.read.find(Release) == []
    assert access_request.open_request(desk, file) == request
    assert list(tmp_path.glob("held.pdf*")) == []
    access_request.answer(desk, file, request, prepared, tmp_path / "held.pdf")
    assert access_request.open_request(desk, file) is None


def test_what_was_refused_since_the_copy_was_made_does_not_leave(
    desk: Desk, file: CaseFile, tmp_path: Path
) -> None:
    request = access_request.ask(desk, file)
    prepared = access_request.prepare_answer(desk, file, request)
    refused = access_request.decide(desk, file, request, Decision.REFUSE, weighed="It would harm somebody")
    with pytest.raises(RefusedError, match="decided not to give"):
        access_request.answer(desk, file, request, prepared, tmp_path / "held.pdf")
    assert access_request.requests(desk, file) == [refused]
    assert not (tmp_path / "held.pdf").exists()


def test_sealed_notes_are_in_it_only_for_who_holds_them_and_the_rest_is_counted(
    open_desk: Callable[..., Desk], opener: Opener, add: Callable[..., CaseFile]
) -> None:
    desk = open_desk("sealed")
    become(desk, "therapist", administrator=True)
    file = add("Robin Fernhill", desk)
    add_colleague(desk, "Bryn Aldersey", "ch-isva")
    notes.write_note(desk, file, {"words": f"A note of {WORD}"})
    request = access_request.ask(desk, file)
    entry = next(item for item in access_request.items(desk, file, request) if item.kind == "sealed-entry")
    assert (entry.sealed, entry.suggested) == (Sealed.YOURS, False)
    assert desk.vault.read.find(SealOpened) == []
    mine = access_request.prepare_answer(desk, file, request)
    assert WORD in words_of(mine.pdf)
    assert len(desk.vault.read.find(SealOpened)) == 1
    access_request.prepare_answer(desk, file, request)
    assert len(desk.vault.read.find(SealOpened)) == 1
    left = access_request.prepare_answer(desk, file, request, {entry.key: Choice.TAKE_OUT})
    assert WORD not in words_of(left.pdf)
    with at_work(opener, desk) as theirs:
        theirs_file = open_file(theirs, file.code)
        made = access_request.prepare_answer(theirs, theirs_file, request, {entry.key: Choice.KEEP})
        words = words_of(made.pdf)
        assert WORD not in words
        assert made.held_back["sealed"] == 1
        assert "How many there are: 1." in " ".join(words.split())


def test_who_has_no_right_to_answer_is_refused(desk: Desk, file: CaseFile) -> None:
    become(desk, "navigator")
    with pytest.raises(NotAllowedError):
        access_request.ask(desk, file)
    assert desk.vault.read.accesses(file.scope)[0]["action"] == "refused:answer-access"


def test_markup_and_other_scripts_stand_as_text(desk: Desk, add: Callable[..., CaseFile]) -> None:
    become(desk, "ch-isva")
    file = add("<b>Bold</b> & {{ x }} אורי")
    answer(desk, file.case.id, "child", "good-at", Said("<i>x</i> 😀 " + "long " * 2000))
    file = open_file(desk, file.code)
    words = words_of(access_request.prepare_answer(desk, file, access_request.ask(desk, file)).pdf)
    assert "<b>Bold</b>" in words
    assert "<i>x</i>" in words


def _suggested(desk: Desk, file: CaseFile, words: str) -> bool:
    """Whether the answer that says these words is taken out unless somebody decides otherwise."""
    found = held_items.held_items(desk, open_file(desk, file.code))
    return next(item for item in found if item.kind == "answer" and words in item.gist).suggested


def test_a_name_that_was_recorded_once_is_known_for_good(desk: Desk, file: CaseFile) -> None:
    answer(desk, file.case.id, "child", "good-at", Said("Swims like Tamsin did", source="my-view"))
    answer(
        desk,
        file.case.id,
        "child",
        "declined-reason",
        Said("Busy", source="carer", source_name="Tamsin Oakes"),
    )
    assert _suggested(desk, file, "Tamsin")
    answer(desk, file.case.id, "child", "declined-reason", Said("Busy", source="child"))
    assert _suggested(desk, file, "Tamsin")


def test_a_name_that_was_taken_back_is_known_for_good(desk: Desk, file: CaseFile) -> None:
    answer(desk, file.case.id, "child", "good-at", Said("Ash came to the door", source="my-view"))
    with desk.vault.write() as writing:
        for kind in (ProtectiveFact, SafeContact):
            for item in writing.find(kind, case=file.case.id):
                writing.remove(item)
    assert _suggested(desk, file, "Ash came")


def test_whoever_asked_before_is_somebody_else_to_the_next(desk: Desk, file: CaseFile) -> None:
    request = access_request.ask(desk, file, asked_by="Jory Penhale", standing="parental-responsibility")
    access_request.decide(desk, file, request, Decision.REFUSE, weighed="It would harm somebody")
    items = held_items.held_items(desk, open_file(desk, file.code))
    assert item_of(items, "access-request").suggested
    words = words_of(access_request.prepare_answer(desk, file, access_request.ask(desk, file)).pdf)
    assert "Penhale" not in words


def test_another_child_of_the_vault_is_found_by_the_whole_name(
    desk: Desk, file: CaseFile, add: Callable[..., CaseFile]
) -> None:
    add("Maya Brook")
    answer(
        desk, file.case.id, "child", "good-at", Said("Seen with Maya Brook by the brook", source="my-view")
    )
    answer(desk, file.case.id, "child", "stop-sign", Said("Sits by a brook", source="my-view"))
    assert _suggested(desk, file, "Maya Brook")
    assert not _suggested(desk, file, "Sits by")


def test_why_a_colleague_is_kept_out_is_about_the_colleague(
    desk: Desk, file: CaseFile, opener: Opener
) -> None:
    become(desk, "manager", administrator=True)
    colleague = add_colleague(desk, "Bryn Aldersey", "manager", administrator=True)
    keeping_out.keep_out(desk, file.code, colleague, "The family lives next door to them")
    assert item_of(held_items.held_items(desk, file), "kept-out").suggested
