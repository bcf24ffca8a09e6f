"""The one door: a copy holds what its recipient may have and nothing else, in the data and on the paper."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.consenting import Recipient, decide, recipient_named, share_without_consent
from csa_desk.casework.desk import Desk
from csa_desk.casework.disclosing import child_plan, professional_plan
from csa_desk.casework.intake import add_child
from csa_desk.casework.planning import agree, import_plan
from csa_desk.casework.shapes import CaseShape, ConsentShape, PlanShape, parse_shape
from csa_desk.casework.sieve import OWN_FILE
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.printing.plan import plan_pdf
from csa_desk.records.categories import Category as C
from csa_desk.records.consent import Purpose
from csa_desk.records.directory import Agency, Service
from csa_desk.records.disclosure import Band, Disclosure, Edition
from csa_desk.records.ids import new_id
from csa_desk.store.header import VaultKind
from csa_desk.store.keys import KdfLimits, KdfParameters
from csa_desk.store.opening import Opener

CHILD, CARER, SIBLING, FAMILY = "child", "carer", "sibling", "family"
NEEDS, WISHES = C.NEEDS, C.WISHES


@dataclass(frozen=True)
class Mark:
    """A word that stands for one recorded value: whose it is and by which categories it may leave in a plan.

    ``never`` marks stand in no plan at all, ``child`` says whether the child's own copy holds it.
    """

    needs: frozenset[str]
    subject: str = CHILD
    never: bool = False
    child: bool = False


@dataclass(repr=False)
class Marked:
    """A case full of marks."""

    desk: Desk
    file: CaseFile
    prefix: str
    marks: dict[str, Mark] = field(default_factory=dict)

    def subject(self, name: str) -> str:
        """The subject id of a mark's subject."""
        return {CARER: self.file.carers[0].id, SIBLING: self.file.siblings[0].id}.get(name, name)


class Marking:
    """Makes marks: letters only and short, so that no line break on paper cuts one in two."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.marks: dict[str, Mark] = {}

    def __call__(self, *needs: str, subject: str = CHILD, never: bool = False, child: bool = False) -> str:
        number = len(self.marks)
        word = f"{self.prefix}{chr(97 + number // 26)}{chr(97 + number % 26)}q"
        self.marks[word] = Mark(frozenset(needs), subject, never, child)
        return word


def make_marked(desk: Desk, prefix: str) -> Marked:
    """One child with marks everywhere a file, an assessment and a plan can hold words."""
    mark = Marking(prefix)
    agency = Agency(id=new_id(), name="Linden")
    named_service = mark(NEEDS, C.HEALTH)
    service = Service(id=new_id(), agency=agency.id, name=named_service)
    with desk.vault.write() as writing:
        writing.put(agency)
        writing.put(service)
    first, family_name = mark(C.IDENTITY), mark(C.IDENTITY)
    nick = mark(C.IDENTITY, child=True)
    carer = mark(C.IDENTITY, WISHES, NEEDS, subject=CARER)
    sibling = mark(never=True)
    officer = mark(NEEDS, C.JUSTICE)
    roles = (
        ("navigator", (NEEDS,), True),
        ("therapist", (NEEDS, C.THERAPY_ATTENDANCE), True),
        ("paediatrician", (NEEDS, C.HEALTH), True),
        ("school", (NEEDS, C.EDUCATION), True),
        ("lado", (NEEDS, C.SAFEGUARDING), False),
        (mark(NEEDS, C.SAFEGUARDING), (NEEDS, C.SAFEGUARDING), False),
    )
    team = [
        {
            "name": mark(*told, child=shown),
            "role": role,
            "agency": mark(*told),
            "outcome": mark(*told),
        }
        for role, told, shown in roles
    ]
    team.append({"name": officer, "role": "officer-in-the-case", "agency": mark(NEEDS, C.JUSTICE)})
    said: dict[str, Any] = {
        "child": {"name": f"{first} {family_name}", "preferred_name": nick},
        "carers": [
            {"name": carer, "relation": "mother", "phone": mark(never=True), "address": mark(never=True)}
        ],
        "siblings": [{"name": sibling, "relation": "sister"}],
        "referral": {"from_name": mark(never=True), "from_agency": mark(never=True), "why": mark(never=True)},
        "safe_contact": {
            "who": mark(C.SAFEGUARDING),
            "number": mark(C.SAFEGUARDING),
            "times": mark(C.SAFEGUARDING),
            "must_not_know": mark(C.SAFEGUARDING),
            "code_word": mark(never=True),
            "told_by": mark(never=True),
            "call": "yes",
        },
        "protective_facts": [
            {
                "person": mark(C.SAFEGUARDING),
                "protects": "must-not-know",
                "source": mark(C.SAFEGUARDING),
            }
        ],
        "stages": [{"stage": "investigation", "since": "2026-02-03"}],
        "therapy": [{"step": "offered", "on": "2026-09-25", "reason": mark(never=True)}],
        "team": team,
        "tasks": [{"what": mark(never=True)}],
        "opened": "2026-09-01",
    }
    case = add_child(desk, parse_shape(_json(said), CaseShape))
    file = open_file(desk, case.code)
    carer_id = file.carers[0].id
    for subject, whose, question, category, never in (
        (CHILD, CHILD, "stop-sign", C.COMMUNICATION, False),
        (CHILD, CHILD, "interpreter-choice", C.COMMUNICATION, True),  # hidden: no interpreter is needed
        (carer_id, CARER, "carer-talk", C.COMMUNICATION, False),
        (CHILD, CHILD, "matters-most", WISHES, False),
        (CHILD, CHILD, "worry", WISHES, False),
        (CHILD, CHILD, "kind-words", WISHES, False),
        (CHILD, CHILD, "culture", C.PROTECTED, True),
        (CHILD, CHILD, "counts-as-family", C.FAMILY, True),
        (CHILD, CHILD, "declined-reason", NEEDS, True),
        (CHILD, CHILD, "bad-night", NEEDS, True),
        (CHILD, CHILD, "trusted-adult", C.FAMILY, True),
        (CHILD, CHILD, "front-door", C.SAFEGUARDING, True),
        (CHILD, CHILD, "self-harm-plan", C.HEALTH, True),
    ):
        value = mark(category, subject=whose, never=never)
        answer(
            desk, file.case.id, subject, question, Said(value, source="carer", source_name=mark(never=True))
        )
    goals = [
        _goal(mark, "school", CHILD, None, source="child", child=True),
        _goal(mark, "health", CHILD, None, source="carer"),
        _goal(mark, "home", CARER, carer),
        _goal(mark, "others", SIBLING, sibling),
        _goal(mark, "money", FAMILY, "family"),
    ]
    for category in (C.HEALTH, C.EDUCATION, C.JUSTICE, C.SAFEGUARDING, C.THERAPY_CONTENT, C.FAMILY):
        open_to_child = category not in (C.JUSTICE, C.SAFEGUARDING)
        goals[0]["actions"].append(
            {"what": mark(NEEDS, category, child=open_to_child), "category": str(category)}
        )
    goals[0]["actions"].append(
        {"what": mark(NEEDS, C.HEALTH, child=True), "category": "health", "service": service.id}
    )
    goals[0]["actions"].append({"what": mark(NEEDS), "lead": officer})
    goals[0]["actions"].append(
        {"what": mark(NEEDS), "child_words": mark(never=True, child=True), "lead": mark(NEEDS, child=True)}
    )
    views = [
        {"who": "child", "view": "agreed", "words": mark(NEEDS, WISHES)},
        {"who": mark(NEEDS, C.FAMILY), "view": "agreed", "words": mark(NEEDS, C.FAMILY, WISHES)},
    ]
    import_plan(
        desk, file, parse_shape(_json({"goals": goals, "views": views, "review_on": "2031-03-17"}), PlanShape)
    )
    agree(desk, open_file(desk, file.code, log=""))
    mark.marks["17 March 2031"] = Mark(frozenset({NEEDS}), child=True)
    return Marked(desk, open_file(desk, file.code), prefix, mark.marks)


def _goal(
    mark: Marking, need: str, subject: str, named: str | None, *, source: str = "carer", child: bool = False
) -> dict[str, Any]:
    return {
        "need": need,
        "words": mark(NEEDS, WISHES, subject=subject, child=child),
        "subject": named or "child",
        "source": source,
        "actions": [{"what": mark(NEEDS, subject=subject, child=subject == CHILD)}],
    }


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode()


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


def paper(disclosure: Disclosure) -> str:
    """The words on the paper, in the order they stand there."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(plan_pdf(disclosure))).pages)


def found(marked: Marked, text: str) -> set[str]:
    return {word for word in marked.marks if word in text}


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
        decide(
            desk,
            file,
            ConsentShape(
                recipient=recipient,
                categories=categories,
                purpose=purpose,
                decision=decision,
                subject=marked.subject(whose),
                on=_day(today, on),
                until=_day(today, until) if until is not None else "",
            ),
        )

    for said in consents:
        record(name, said)
    for said in other:
        record(stranger, said)
    for whose, purpose, categories, share, until in lawful:
        share_without_consent(
            desk,
            file,
            name,
            categories,
            basis="a lawful basis",
            reason="a reason",
            purpose=purpose,
            subject=marked.subject(whose),
            share=share,
            until=_day(today, until) if until is not None else "",
        )
    fresh = open_file(desk, file.code, log="")
    computed = professional_plan(desk, fresh, recipient_named(desk.vault.read, name))
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
    data = _said(computed.disclosure)
    text = paper(computed.disclosure)
    may = {word for word, one in marked.marks.items() if not one.never and one.needs <= allowed[one.subject]}
    leaked = (found(marked, data) | found(marked, text)) - may
    assert not leaked, [(word, marked.marks[word]) for word in leaked]
    must = {word for word in may if not _name_only(marked, word)}
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
    computed = professional_plan(marked.desk, marked.file, Recipient(new_id(), "Nobody in particular"))
    disclosure = computed.disclosure
    assert found(marked, _said(disclosure)) == set()
    assert found(marked, paper(disclosure)) == set()
    assert (disclosure.goals, disclosure.team, disclosure.sections, disclosure.journey) == ((), (), (), ())
    assert set(computed.held_back) >= {"identity-and-contact", "needs-and-plan", "safeguarding", "justice"}
    assert not HELD_BACK.search(paper(disclosure))


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
    who = Recipient(new_id(), "Nobody in particular")
    for disclosure in (
        child_plan(marked.desk, marked.file, Band.MIDDLE, at_home="yes").disclosure,
        professional_plan(marked.desk, marked.file, OWN_FILE).disclosure,
        professional_plan(marked.desk, marked.file, who).disclosure,
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
