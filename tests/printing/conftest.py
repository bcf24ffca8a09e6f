"""Invented children on paper: what casework would hand over, made here by hand."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from csa_desk.records.disclosure import (
    DOOR,
    ActionCopy,
    Band,
    Disclosure,
    Edition,
    FactCopy,
    GoalCopy,
    Imprint,
    LineCopy,
    LineGroup,
    Reference,
    SectionCopy,
    StageCopy,
    TeamCopy,
    What,
)

PROFESSIONAL_ONLY = {
    "goals-title": "Goals and actions",
    "needs-title": "Needs",
    "actions-title": "Actions",
    "column-action": "Action",
    "column-who": "Who leads",
    "column-by-when": "By when",
    "column-status": "Status",
    "communication-title": "How Rowan communicates best",
    "safe-contact-title": "Safe contact",
    "copy-sentence": "This copy holds what was agreed for Eastmere School.",
    "support-not-evidence": "Support, not evidence: this paper is about help. It gives no account of what happened.",
}

WORDING = PROFESSIONAL_ONLY | {
    "plan-title": "Support plan",
    "plan-for-line": "For Rowan Bramley. Made with Priya Nair on 24 November 2026.",
    "what-i-want": "What Rowan wants",
    "what-will-happen": "What will happen",
    "who-does-what": "Who does what",
    "if-you-need-someone": "If Rowan needs someone",
    "can-change-mind": "Rowan can say stop or change their mind at any time.",
    "review-on": "We look at this plan again on 19 January 2027.",
    "agreed-by": "Agreed by",
    "not-agreed-yet": "Draft. Not agreed yet.",
    "team-title": "Team around Rowan",
    "journey-title": "Justice journey",
    "nothing-recorded": "Nothing recorded.",
    "guidance-as-at": "Guidance as at 20 November 2026.",
    "copy-number": "Copy 3 of 3",
    "training-watermark": "Training: invented data",
}

CHILD_WORDING = WORDING | {
    "plan-title": "My plan",
    "plan-for-line": "For Rowan. Made with Priya on 24 November 2026.",
    "what-i-want": "What I want",
    "what-will-happen": "What will happen",
    "will-do-this": "{name} will do this.",
    "will-do-this-by": "{name} will do this by {date}.",
    "you-will-do-this": "You will do this.",
    "team-title": "People who help you",
    "if-you-need-someone": "If you need someone",
    "can-change-mind": "You can always say stop, and you can change your mind.",
    "not-agreed-yet": "This plan is not finished. You can still change it.",
    "nothing-recorded": "Nothing here yet.",
}

IMPRINT = Imprint(
    service="Eastmere Children’s Support",
    practitioner="Priya Nair",
    made_on="24 November 2026",
    guidance_as_at="20 November 2026",
    training=False,
    copy_number="3 of 3",
    head="7K2M9QXT",
    case_code="4F7K2M",
    contact_lines=("Priya Nair, 01632 960 114, weekdays 10 to 4.",),
)

GOALS = (
    GoalCopy(
        need="School and learning",
        words="I want to go to art club again without worrying.",
        said="Rowan, 3 November 2026",
        actions=(
            ActionCopy(
                "A trusted adult is at art club every week",
                "Beth Ellis",
                "4 December 2026",
                "Going on",
                "Eastmere School",
            ),
            ActionCopy("Rowan hears of any change the day before", "Priya Nair", "", "Booked"),
        ),
    ),
    GoalCopy(
        need="Feelings and health",
        words="I want somebody to talk to who does not rush me.",
        said="Rowan, 10 November 2026",
        actions=(
            ActionCopy(
                "First meeting with Jo, with drawing",
                "Jo Adeyemi",
                "30 November 2026",
                "Booked",
                "Linden House",
            ),
        ),
    ),
)

TEAM = (
    TeamCopy("Priya Nair", "CH-ISVA", "Eastmere Children’s Support", "Rowan is heard", "2 October 2026"),
    TeamCopy("Jo Adeyemi", "Therapist", "Linden House", "Sleep and worry get easier", "30 November 2026"),
    TeamCopy("Beth Ellis", "Pastoral lead", "Eastmere School", "School feels safe", "12 October 2026"),
)

SECTIONS = (
    SectionCopy(
        "Safe contact",
        (
            FactCopy(
                "Who may be rung",
                "Mum’s mobile, weekdays 10 to 2. No voicemail, no letters.",
                "Mum, 2 October 2026",
            ),
        ),
    ),
    SectionCopy(
        "How Rowan communicates best",
        (
            FactCopy("What helps", "Drawing while talking. One question at a time.", "Rowan, 9 October 2026"),
            FactCopy("What does not", "", ""),
        ),
    ),
    SectionCopy("Home and family", (FactCopy("Who lives at home", "Mum and a cat called Biscuit", "Rowan"),)),
)

JOURNEY = (
    StageCopy("Reported to the police", "12 September 2026", "done"),
    StageCopy("Investigation", "now", "now"),
    StageCopy("Charging decision", "", "ahead"),
)

AGREEMENT = (
    FactCopy("Rowan", "Agreed in part: wants a say in who is told", "24 November 2026"),
    FactCopy("Mum", "Agreed", "24 November 2026"),
)

GROUPS = (
    LineGroup(
        "At the start",
        (
            LineCopy(
                "Say that therapy can begin now",
                "Nobody in the police or the prosecution decides about it.",
                "Pre-trial therapy guidance, 2022",
                "Check before quoting",
                "done",
                "Done 24 November 2026 with mum, explained with cards",
                "Ask the police first and wait for their answer.",
            ),
            LineCopy(
                "Say who may see the notes",
                "A request must be specific.",
                "Act of 2022, section 44A",
                "",
                "open",
                "",
            ),
            LineCopy("Ring before any letter", "", "", "Check before relying", "needs-care", ""),
            LineCopy("Explain the video link", "", "Act of 1999", "", "not-needed", "there is no hearing"),
        ),
        "Say these in the words that fit the child.",
    ),
    LineGroup("When notes are asked for", (LineCopy("Write down who asked, when and for what"),)),
)

CHECKLIST_WORDING = {
    "checklist-title": "Pre-trial therapy checklist",
    "checklist-for-line": "For Rowan Bramley. Printed by Priya Nair on 24 November 2026.",
    "checklist-not-legal-advice": "Facts for your judgement, not legal advice.",
    "checklist-needs-care": "Needs care",
    "checklist-not-needed": "Not needed because",
    "checklist-blank-line": "Blank copy. It holds nothing about any child.",
    "guidance-as-at": "Guidance as at 20 November 2026.",
    "copy-number": "Copy 3 of 3",
    "training-watermark": "Training: invented data",
}

NO_CASE = replace(IMPRINT, copy_number="", head="", case_code="", contact_lines=())

CARD = Reference(
    title="Child and family ISVA",
    subtitle="Independent adviser for a child or young person and the family",
    groups=(
        LineGroup(
            "I do",
            (
                LineCopy("I listen, and explain what can happen next", source="Statutory guidance, 2025"),
                LineCopy("I keep you up to date on the case", source="Statutory guidance, 2025"),
                LineCopy("I help other services work together", note="Check before relying"),
            ),
        ),
        LineGroup(
            "I do not",
            (
                LineCopy("I do not talk about the evidence", source="Statutory guidance, 2025"),
                LineCopy("I do not give therapy"),
                LineCopy("I do not decide for you"),
            ),
        ),
        LineGroup("How to reach me", (LineCopy("Ask Eastmere Children’s Support"),)),
    ),
    imprint=NO_CASE,
    wording=CHECKLIST_WORDING
    | {
        "role-card-i-do": "I do",
        "role-card-i-do-not": "I do not",
        "copy-number": "",
        "checklist-source": "Source",
    },
)


@pytest.fixture
def plan() -> Disclosure:
    """A professional copy of a plan with something in every place."""
    return Disclosure(
        door=DOOR,
        what=What.PLAN,
        edition=Edition.PROFESSIONAL,
        band=None,
        recipient="agency-1",
        recipient_name="Eastmere School",
        purpose="support",
        own_file=False,
        child_name="Rowan Bramley",
        imprint=IMPRINT,
        wording=WORDING,
        goals=GOALS,
        team=TEAM,
        sections=SECTIONS,
        journey=JOURNEY,
        agreement=AGREEMENT,
        review_on="19 January 2027",
    )


@pytest.fixture
def child_plan(plan: Disclosure) -> Callable[[Band], Disclosure]:
    """The child's copy in a band."""
    goals = (
        GoalCopy(
            need="",
            words="I want to go to art club again without worrying.",
            said="",
            actions=(
                ActionCopy("A grown-up you choose will be at art club.", "Beth", "Friday 4 December", ""),
                ActionCopy("Someone tells you the day before if a plan changes.", "Priya", "", ""),
                ActionCopy("You can talk and make things with Jo.", "Jo", "Monday 30 November", ""),
            ),
        ),
    )

    def of(band: Band) -> Disclosure:
        return replace(
            plan,
            edition=Edition.CHILD,
            band=band,
            child_name="Rowan",
            wording=CHILD_WORDING,
            goals=goals,
            team=(
                TeamCopy("Priya", "your helper", "", "", ""),
                TeamCopy("Jo", "talks and draws with you", "", "", ""),
            ),
            sections=(),
            journey=(),
            agreement=(FactCopy("You", "You said yes", ""),),
            imprint=replace(
                IMPRINT, contact_lines=("Tell mum, or Miss Ellis at school, or ask them to ring Priya.",)
            ),
        )

    return of


@pytest.fixture
def checklist(plan: Disclosure) -> Disclosure:
    """A checklist with every state, an older rule and notes on how well things are known."""
    return replace(
        plan,
        what=What.CHECKLIST,
        wording=CHECKLIST_WORDING,
        groups=GROUPS,
        goals=(),
        team=(),
        sections=(),
        journey=(),
        agreement=(),
        review_on="",
    )


@pytest.fixture
def card() -> Reference:
    """A role card."""
    return CARD


@pytest.fixture
def blank_checklist() -> Reference:
    """A checklist of nobody."""
    return Reference(
        title="Pre-trial therapy checklist",
        subtitle="For the therapist",
        groups=GROUPS,
        imprint=NO_CASE,
        wording=CHECKLIST_WORDING | {"copy-number": ""},
    )


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page with single blanks, as another program reads them."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.fixture
def read() -> Callable[[bytes], list[str]]:
    """Reads a PDF back: the words of each page."""
    return pages_of


@pytest.fixture
def professional_only() -> dict[str, str]:
    """The slots that no child's copy prints, whether casework hands them over or not."""
    return PROFESSIONAL_ONLY
