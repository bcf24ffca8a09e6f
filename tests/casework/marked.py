"""A case in which every recorded value is a mark: a word that says by which categories it may leave."""

import json
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.planning import agree, import_plan
from csa_desk.casework.shapes import CaseShape, PlanShape, parse_shape
from csa_desk.printing.plan import plan_pdf
from csa_desk.records.categories import Category as C
from csa_desk.records.directory import Agency, Service
from csa_desk.records.disclosure import Disclosure
from csa_desk.records.ids import new_id

CHILD, CARER, SIBLING, FAMILY = "child", "carer", "sibling", "family"
NEEDS, WISHES = C.NEEDS, C.WISHES
# What a role in the user's own words may tell: it is for those who may have all of it.
ANY_ROLE = (C.THERAPY_ATTENDANCE, C.JUSTICE, C.HEALTH, C.EDUCATION, C.SAFEGUARDING)


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
    named_service = mark(NEEDS, C.EDUCATION, C.HEALTH)
    service = Service(id=new_id(), agency=agency.id, name=named_service)
    with desk.vault.write() as writing:
        writing.put(agency)
        writing.put(service)
    first, family_name = mark(C.IDENTITY), mark(C.IDENTITY)
    nick = mark(C.IDENTITY, child=True)
    carer = mark(C.IDENTITY, WISHES, NEEDS, C.SAFEGUARDING, subject=CARER)
    sibling = mark(never=True)
    officer = mark(NEEDS, C.JUSTICE)
    roles = (
        ("navigator", (NEEDS,), True),
        ("therapist", (NEEDS, C.THERAPY_ATTENDANCE), True),
        ("paediatrician", (NEEDS, C.HEALTH), True),
        ("school", (NEEDS, C.EDUCATION), True),
        ("lado", (NEEDS, C.SAFEGUARDING), False),
        (mark(NEEDS, *ANY_ROLE), (NEEDS, *ANY_ROLE), True),
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
        _goal(mark, "school", C.EDUCATION, CHILD, None, source="child", child=True),
        _goal(mark, "health", C.HEALTH, CHILD, None, source="carer"),
        _goal(mark, "home", C.SAFEGUARDING, CARER, carer),
        _goal(mark, "others", WISHES, SIBLING, sibling),
        _goal(mark, "money", NEEDS, FAMILY, "family"),
    ]
    for category in (C.HEALTH, C.EDUCATION, C.JUSTICE, C.SAFEGUARDING, C.THERAPY_CONTENT, C.FAMILY):
        open_to_child = category not in (C.JUSTICE, C.SAFEGUARDING)
        goals[0]["actions"].append(
            {
                "what": mark(NEEDS, C.EDUCATION, category),
                "child_words": mark(never=True, child=open_to_child),
                "category": str(category),
            }
        )
    goals[0]["actions"] += [
        {"what": mark(NEEDS, C.EDUCATION, C.HEALTH), "category": "health", "service": service.id},
        {
            "what": mark(NEEDS, C.EDUCATION),
            "child_words": mark(never=True),
            "lead": officer,
        },
        {
            "what": mark(NEEDS, C.EDUCATION),
            "child_words": mark(never=True, child=True),
            "lead": mark(NEEDS, C.EDUCATION, child=True),
        },
    ]
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
    mark: Marking,
    need: str,
    tells: str,
    subject: str,
    named: str | None,
    *,
    source: str = "carer",
    child: bool = False,
) -> dict[str, Any]:
    """A goal under a need of which it tells that kind of information."""
    action = {
        "what": mark(NEEDS, tells, subject=subject),
        "child_words": mark(never=True, child=subject == CHILD),
    }
    return {
        "need": need,
        "words": mark(NEEDS, WISHES, tells, subject=subject, child=child),
        "subject": named or "child",
        "source": source,
        "actions": [action],
    }


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode()


def paper(disclosure: Disclosure) -> str:
    """The words on the paper, in the order they stand there."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(plan_pdf(disclosure))).pages)


def found(marked: Marked, text: str) -> set[str]:
    return {word for word in marked.marks if word in text}
