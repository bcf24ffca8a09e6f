"""The one door: a copy holds what its recipient may have and nothing else, in the data and on the paper."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csa_desk.casework.casefile import open_file
from csa_desk.casework.consenting import decide, share_without_consent
from csa_desk.casework.desk import Desk
from csa_desk.casework.disclosing import NothingAgreedError, child_plan, professional_plan
from csa_desk.casework.recipients import Recipient, recipient_named
from csa_desk.casework.shapes import ConsentShape
from csa_desk.casework.sieve import OWN_FILE
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.records.categories import Category as C
from csa_desk.records.consent import ConsentDecision, Purpose, SharingDecision
from csa_desk.records.disclosure import Band, Disclosure, Edition
from csa_desk.records.ids import new_id
from csa_desk.store.header import VaultKind
from csa_desk.store.keys import KdfLimits, KdfParameters
from csa_desk.store.opening import Opener
from tests.casework.marked import CARER, CHILD, FAMILY, SIBLING, Marked, found, make_marked, paper


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Marked, Marked]]:
    """Two children of one live vault, made once: the examples below only add decisions."""
    cheap = KdfParameters(time=1, memory_kib=64, lanes=1)
    place = tmp_path_factory.mktemp("marked")
    opener = Opener(place / "local", cheap, KdfLimits(floor=cheap))
    opener.create(place / "desk.csadesk", "seven quiet otters paddle", kind=VaultKind.LIVE, sheet=False)
    with opener.open(place / "desk.csadesk", "seven quiet otters paddle") as vault:
        desk = Desk(vault, Packs(resource("content")))
        yield make_marked(desk, "Kx"), make_marked(desk, "Vz")


def run_out(desk: Desk, made: ConsentDecision | SharingDecision, until: str) -> None:
    """As if it had been made earlier, until a day that has passed since: today's verbs refuse such a day."""
    with desk.vault.write() as writing:
        writing.remove(made)
        writing.put(replace(made, id=new_id(), until=until))


Decided = dict[str, set[str]]
DAYS = st.integers(-3, 0)
SOME = st.lists(st.sampled_from(sorted(C)), min_size=1, max_size=12, unique=True).map(
    lambda one: [str(c) for c in one]
)
WHOSE = st.sampled_from([CHILD, CHILD, CARER, SIBLING, FAMILY])
PURPOSES = st.sampled_from([Purpose.SUPPORT, Purpose.SUPPORT, Purpose.SUPPORT, Purpose.JUSTICE])
CONSENTS = st.tuples(
    WHOSE,
    PURPOSES,
    SOME,
    st.sampled_from(["given", "given", "refused", "withdrawn"]),
    DAYS,
    st.sampled_from([None, -1, 0, 9]),
)
LAWFUL = st.tuples(WHOSE, PURPOSES, SOME, st.booleans(), st.sampled_from([None, -1, 0]))


def in_force(decisions: list[tuple[int, list[str], bool]]) -> set[str]:
    """Written anew and differently from the program: per category, the decisions of the latest day must all share."""
    shared = set()
    for category in C:
        about = [(day, share) for day, categories, share in decisions if category in categories and day <= 0]
        if about and all(share for day, share in about if day == max(day for day, _ in about)):
            shared.add(str(category))
    return shared


_count = iter(range(10**6))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    consents=st.lists(CONSENTS, max_size=6),
    lawful=st.lists(LAWFUL, max_size=2),
    other=st.lists(CONSENTS, max_size=2),
)
def test_a_copy_holds_exactly_what_was_decided_for_its_recipient(
    consents: list[Any], lawful: list[Any], other: list[Any], two: tuple[Marked, Marked]
) -> None:
    marked = two[0]
    desk, file = marked.desk, marked.file
    number = next(_count)
    name, stranger = f"Agency {number}", f"Stranger {number}"
    today = desk.clock.today()

    def record(recipient: str, said: Any) -> None:
        whose, purpose, categories, decision, on, until = said
        shape = ConsentShape(
            recipient=recipient,
            categories=categories,
            purpose=purpose,
            decision=decision,
            subject=marked.subject(whose),
            on=_day(today, on),
            until=_day(today, until) if until is not None and until >= 0 else "",
        )
        made = decide(desk, file, shape)
        if until is not None and until < 0:
            run_out(desk, made, _day(today, until))

    for said in consents:
        record(name, said)
    for said in other:
        record(stranger, said)
    for whose, purpose, categories, share, until in lawful:
        made = share_without_consent(
            desk,
            file,
            name,
            categories,
            basis="a lawful basis",
            reason="a reason",
            purpose=purpose,
            subject=marked.subject(whose),
            share=share,
            until=_day(today, until) if until is not None and until >= 0 else "",
        )
        if until is not None and until < 0:
            run_out(desk, made, _day(today, until))
    fresh = open_file(desk, file.code, log="")
    allowed: Decided = {
        whose: in_force(
            [
                (0, kinds, share and until != -1)
                for subject, purpose, kinds, share, until in lawful
                if subject == whose and purpose == "support"
            ]
        )
        | in_force(
            [
                (on, kinds, decision == "given" and (until is None or until >= 0))
                for subject, purpose, kinds, decision, on, until in consents
                if subject == whose and purpose == "support"
            ]
        )
        for whose in (CHILD, CARER, SIBLING, FAMILY)
    }
    may = {word for word, one in marked.marks.items() if not one.never and one.needs <= allowed[one.subject]}
    must = {word for word in may if not _name_only(marked, word)}
    recipient = recipient_named(desk.vault.read, name)
    if not must and C.JUSTICE not in allowed[CHILD]:
        with pytest.raises(NothingAgreedError):
            professional_plan(desk, fresh, recipient)
        return
    computed = professional_plan(desk, fresh, recipient)
    data = _said(computed.disclosure)
    text = paper(computed.disclosure)
    leaked = (found(marked, data) | found(marked, text)) - may
    assert not leaked, [(word, marked.marks[word]) for word in leaked]
    assert must <= found(marked, text), [(word, marked.marks[word]) for word in must - found(marked, text)]
    assert f"This copy holds what was agreed for {name}." in text.replace("\n", " ")
    assert not HELD_BACK.search(text), HELD_BACK.search(text)
    if must != shown_to_own_file(marked):
        assert sum(computed.held_back.values())


HELD_BACK = re.compile(
    r"held.back|withh[eo]ld|redact|left out|not shared|not agreed to|confidential|hidden|omitted|not for you|"
    r"nothing recorded|not agreed yet|without consent",
    re.IGNORECASE,
)


def _day(today: date, days: int) -> str:
    return (today + timedelta(days=days)).isoformat()


def _said(disclosure: Disclosure) -> str:
    """Everything a disclosure holds but the mark of the door."""
    return repr(disclosure)


def _name_only(marked: Marked, word: str) -> bool:
    """Names of people stand where something is said of them, which is not everywhere."""
    mark = marked.marks[word]
    return C.IDENTITY in mark.needs


def shown_to_own_file(marked: Marked) -> set[str]:
    return {word for word, one in marked.marks.items() if not one.never and not _name_only(marked, word)}


def test_the_own_file_copy_holds_all_that_a_plan_shows(two: tuple[Marked, Marked]) -> None:
    for marked in two:
        computed = professional_plan(marked.desk, marked.file, OWN_FILE)
        text = paper(computed.disclosure)
        shown = {word for word, one in marked.marks.items() if not one.never}
        assert found(marked, text) == shown
        assert computed.held_back == {}
        assert "Own file copy" in text


def test_nothing_leaves_for_somebody_for_whom_nothing_was_decided(two: tuple[Marked, Marked]) -> None:
    marked = two[0]
    with pytest.raises(NothingAgreedError) as refused:
        professional_plan(marked.desk, marked.file, Recipient(new_id(), "Nobody in particular"))
    assert found(marked, str(refused.value)) == set()


def test_two_children_of_one_vault_never_stand_in_each_others_copies(two: tuple[Marked, Marked]) -> None:
    for mine, other in (two, (two[1], two[0])):
        for disclosure in (
            professional_plan(mine.desk, mine.file, OWN_FILE).disclosure,
            child_plan(mine.desk, mine.file, Band.OLDER, at_home="yes").disclosure,
        ):
            assert other.prefix not in _said(disclosure)
            assert other.prefix not in paper(disclosure)
            assert other.file.code not in _said(disclosure)


@pytest.mark.parametrize("band", list(Band))
@pytest.mark.parametrize("at_home", ["yes", "in-person"])
def test_a_childs_copy_holds_their_own_plan_and_nothing_that_is_not_for_them(
    band: Band, at_home: str, two: tuple[Marked, Marked]
) -> None:
    marked = two[0]
    disclosure = child_plan(marked.desk, marked.file, band, at_home=at_home).disclosure
    text = paper(disclosure)
    mine = {word for word, one in marked.marks.items() if one.child}
    assert found(marked, text) == mine
    assert found(marked, _said(disclosure)) <= mine
    assert disclosure.journey == ()
    assert disclosure.sections == ()
    assert not HELD_BACK.search(text)
    assert marked.file.code not in text
    assert "victim" not in text.casefold()


@pytest.mark.parametrize("at_home", ["no", ""])
def test_paper_that_is_not_safe_at_home_holds_topics_only(at_home: str, two: tuple[Marked, Marked]) -> None:
    marked = two[0]
    computed = child_plan(marked.desk, marked.file, Band.MIDDLE, at_home=at_home)
    disclosure = computed.disclosure
    name = marked.file.called
    assert found(marked, _said(disclosure)) == {name}
    assert found(marked, paper(disclosure)) == {name}
    assert [(one.words, one.actions) for one in disclosure.goals] == [("", ())] * 2
    assert (disclosure.team, disclosure.agreement, disclosure.review_on) == ((), (), "")
    assert disclosure.imprint.service == ""
    assert set(computed.held_back) == {"home-safety"}


def test_an_agreed_plan_is_not_called_unfinished_in_any_copy(two: tuple[Marked, Marked]) -> None:
    marked = two[0]
    share_without_consent(
        marked.desk, marked.file, "Court", [C.JUSTICE], basis="x", reason="x", purpose="support"
    )
    file = open_file(marked.desk, marked.file.code, log="")
    court = recipient_named(marked.desk.vault.read, "Court")
    for disclosure in (
        child_plan(marked.desk, marked.file, Band.MIDDLE, at_home="yes").disclosure,
        professional_plan(marked.desk, marked.file, OWN_FILE).disclosure,
        professional_plan(marked.desk, file, court).disclosure,
    ):
        assert not re.search("not finished|not agreed", paper(disclosure), re.IGNORECASE)


def test_a_disclosure_cannot_be_made_anywhere_else(two: tuple[Marked, Marked]) -> None:
    made = professional_plan(two[0].desk, two[0].file, OWN_FILE).disclosure
    with pytest.raises(TypeError):
        replace(made, door=object())  # type: ignore[arg-type]


def test_only_the_one_module_holds_the_door() -> None:
    import csa_desk

    root = Path(csa_desk.__file__).parent
    holders = {
        str(path.relative_to(root).as_posix())
        for path in root.rglob("*.py")
        if re.search(r"\b_?DOOR\b|\b_Door\b", path.read_text("utf-8"))
    }
    assert holders == {"records/disclosure.py", "casework/disclosing.py"}
    makers = {
        str(path.relative_to(root).as_posix())
        for path in root.rglob("*.py")
        if re.search(r"(?<![\w.])Disclosure\(", path.read_text("utf-8"))
    }
    assert makers <= {"records/disclosure.py", "casework/disclosing.py"}


def test_training_copies_carry_their_mark_and_live_copies_none(
    open_desk: Callable[..., Desk], two: tuple[Marked, Marked]
) -> None:
    training = make_marked(open_desk("practice"), "Wk")
    for marked, is_training in ((training, True), (two[0], False)):
        for disclosure in (
            professional_plan(marked.desk, marked.file, OWN_FILE).disclosure,
            child_plan(marked.desk, marked.file, Band.YOUNGER, at_home="yes").disclosure,
        ):
            assert disclosure.imprint.training is is_training
            assert ("invented data" in paper(disclosure).casefold()) is is_training


def test_an_edition_of_the_record_is_one_of_those_that_are_printed() -> None:
    assert {str(one) for one in Edition} == {"professional", "child"}
