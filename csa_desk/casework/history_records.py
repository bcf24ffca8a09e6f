"""What each kind of record of a child's work is called where history is read, and each of its fields."""

from dataclasses import dataclass, field
from typing import Literal

How = Literal[
    "text", "day", "moment", "yes-no", "flag", "code", "person", "worker", "need", "needs", "stage", "item",
    "words", "categories", "subject", "offers", "profession", "lock", "reader", "place",
]  # fmt: skip
"""How a value is said."""


@dataclass(frozen=True, slots=True)
class RecordWords:
    """A kind of record: its name, the field that tells one from another, and its fields in reading order."""

    title: str
    named_by: str = ""
    fields: dict[str, tuple[str, How]] = field(default_factory=dict)


_YES_NO: How = "yes-no"

WORK: dict[str, RecordWords] = {
    "person": RecordWords(
        "Person",
        "name",
        {
            "name": ("Name", "text"),
            "preferred_name": ("Likes to be called", "text"),
            "birth_date": ("Birth date", "day"),
            "pronoun": ("Pronoun", "text"),
        },
    ),
    "same-as": RecordWords("Two records of one person", "", {"reason": ("Reason", "text")}),
    "case": RecordWords(
        "The file",
        "",
        {
            "code": ("Code", "text"),
            "opened": ("Opened", "day"),
            "owner": ("Worker", "worker"),
            "neutral_header": ("Neutral header on prints", "flag"),
        },
    ),
    "jurisdiction": RecordWords(
        "Nation whose law applies", "", {"nation": ("Nation", "code"), "since": ("From", "day")}
    ),
    "home-area": RecordWords(
        "Where the child lives",
        "",
        {"area": ("Area code", "text"), "area_name": ("Area", "text"), "since": ("From", "day")},
    ),
    "episode": RecordWords(
        "Period of support",
        "",
        {
            "opened": ("Opened", "day"),
            "closed": ("Closed", "day"),
            "why_closed": ("Why it was closed", "text"),
        },
    ),
    "carer": RecordWords(
        "Carer",
        "person",
        {
            "relation": ("Relation", "text"),
            "lives_with": ("Lives with the child", _YES_NO),
            "needs_own_support": ("Needs support of their own", "text"),
        },
    ),
    "sibling": RecordWords(
        "Brother or sister",
        "person",
        {"relation": ("Relation", "text"), "lives_with": ("Lives with the child", _YES_NO)},
    ),
    "contact-point": RecordWords(
        "Way to reach",
        "person",
        {
            "means": ("Means", "code"),
            "value": ("Number or address", "text"),
            "label": ("Label", "text"),
            "safe": ("Safe to use", _YES_NO),
        },
    ),
    "parental-responsibility": RecordWords(
        "Parental responsibility",
        "person",
        {
            "held": ("Held", _YES_NO),
            "evidence": ("How it is known", "text"),
            "since": ("From", "day"),
            "until": ("Until", "day"),
        },
    ),
    "team-member": RecordWords(
        "Team member",
        "name",
        {
            "name": ("Name", "text"),
            "role": ("Role", "code"),
            "agency_name": ("Agency", "text"),
            "outcome": ("For what", "text"),
            "helps_with": ("Helps with", "needs"),
            "part": ("Part", "code"),
            "coordinator": ("Coordinates", "flag"),
            "since": ("From", "day"),
            "until": ("Until", "day"),
            "next_contact": ("Next contact", "day"),
        },
    ),
    "referral-in": RecordWords(
        "How the child came to us",
        "",
        {
            "received": ("Received", "day"),
            "from_name": ("From", "text"),
            "from_agency": ("Agency", "text"),
            "why": ("Why", "text"),
            "offers": ("Offered", "offers"),
        },
    ),
    "task": RecordWords(
        "Task",
        "what",
        {
            "what": ("What", "text"),
            "due": ("Due", "day"),
            "owner": ("Worker", "worker"),
            "contact": ("Means phoning or writing", "flag"),
            "state": ("State", "code"),
            "state_on": ("On", "day"),
            "reason": ("Reason", "text"),
        },
    ),
    "safe-contact": RecordWords(
        "Safe contact rule",
        "",
        {
            "since": ("From", "day"),
            "who": ("Who", "text"),
            "number": ("Number", "text"),
            "call": ("Call", _YES_NO),
            "voicemail": ("Voicemail", _YES_NO),
            "text_message": ("Text message", _YES_NO),
            "letter": ("Letter home", _YES_NO),
            "unmarked_envelope": ("Plain envelope", _YES_NO),
            "email": ("Email", _YES_NO),
            "times": ("When", "text"),
            "code_word": ("Code word", "text"),
            "must_not_know": ("Must not know", "text"),
            "school_pick_up": ("School pick-up", "text"),
            "told_by": ("Told by", "code"),
        },
    ),
    "protective-fact": RecordWords(
        "Protective fact",
        "person_name",
        {
            "person_name": ("Person", "text"),
            "protects": ("What holds", "code"),
            "source": ("Source", "text"),
            "since": ("From", "day"),
            "until": ("Until", "day"),
        },
    ),
    "home-safety": RecordWords(
        "Is paper safe at home",
        "",
        {
            "answer": ("Answer", "code"),
            "on": ("On", "day"),
            "by": ("Worker", "worker"),
            "reason": ("Reason", "text"),
        },
    ),
    "risk-judgement": RecordWords(
        "Judgement of risk",
        "about",
        {
            "about": ("About", "text"),
            "level": ("Level", "code"),
            "by": ("Judged by", "worker"),
            "on": ("On", "day"),
            "review": ("Look again", "day"),
        },
    ),
    "consent-decision": RecordWords(
        "Consent",
        "recipient_name",
        {
            "about": ("About", "code"),
            "subject": ("Whose information", "subject"),
            "recipient_name": ("Who may be told", "text"),
            "categories": ("What about", "categories"),
            "purpose": ("What for", "code"),
            "decision": ("Decision", "code"),
            "by_name": ("Decided by", "text"),
            "capacity": ("Able to decide because", "text"),
            "how": ("How", "text"),
            "on": ("On", "day"),
            "until": ("Until", "day"),
            "reason": ("Reason", "text"),
        },
    ),
    "sharing-decision": RecordWords(
        "Sharing without consent",
        "recipient_name",
        {
            "subject": ("Whose information", "subject"),
            "recipient_name": ("Who is told", "text"),
            "categories": ("What about", "categories"),
            "purpose": ("What for", "code"),
            "share": ("Share", _YES_NO),
            "lawful_basis": ("Lawful basis", "text"),
            "reason": ("Reason", "text"),
            "consulted": ("Asked first", "text"),
            "told": ("Family told, or why not", "text"),
            "on": ("On", "day"),
            "until": ("Until", "day"),
        },
    ),
    "proceeding": RecordWords(
        "Matter",
        "track",
        {
            "track": ("Kind", "code"),
            "reference": ("Reference", "text"),
            "court": ("Court", "text"),
            "opened": ("Opened", "day"),
            "ended": ("Ended", "day"),
        },
    ),
    "stage-instance": RecordWords(
        "Stage",
        "stage",
        {
            "since": ("From", "day"),
            "until": ("Until", "day"),
            "state": ("State", "code"),
            "note": ("Note", "text"),
        },
    ),
    "in-proceeding": RecordWords("Part of a matter", "", {"since": ("From", "day")}),
    "checklist-mark": RecordWords(
        "Checklist",
        "item",
        {
            "state": ("State", "code"),
            "on": ("On", "day"),
            "with_whom": ("With", "text"),
            "how": ("How it was explained", "text"),
            "reason": ("Reason", "text"),
        },
    ),
    "therapy-date": RecordWords(
        "Step to therapy",
        "step",
        {"step": ("Step", "code"), "on": ("On", "day"), "reason": ("Reason for the wait", "text")},
    ),
    "answer": RecordWords(
        "Answer",
        "",
        {
            "source": ("Who said it", "code"),
            "source_name": ("Name", "text"),
            "given": ("How it was given", "code"),
            "told_on": ("Told on", "day"),
        },
    ),
    "sign-off": RecordWords(
        "Signed off",
        "what",
        {
            "version": ("Version", "text"),
            "on": ("On", "moment"),
            "by": ("By", "worker"),
            "open_things": ("Things still open", "text"),
        },
    ),
    "need-view": RecordWords("Need", "need", {"state": ("How it stands", "code"), "on": ("On", "day")}),
    "plan": RecordWords("Support plan", "", {"begun": ("Begun", "day"), "review_on": ("Look at it again", "day")}),
    "goal": RecordWords(
        "Goal",
        "words",
        {
            "need": ("Need", "need"),
            "words": ("In words", "text"),
            "source": ("Who said it", "code"),
            "told_on": ("Told on", "day"),
            "outcome": ("Outcome", "text"),
            "status": ("State", "code"),
        },
    ),
    "action": RecordWords(
        "Action",
        "what",
        {
            "what": ("What", "text"),
            "child_words": ("In the child’s copy", "text"),
            "category": ("Kind of information", "code"),
            "lead_name": ("Who leads", "text"),
            "by_when": ("By when", "day"),
            "status": ("State", "code"),
        },
    ),
    "plan-view": RecordWords(
        "What was said of the plan",
        "who_name",
        {
            "who_name": ("Who", "text"),
            "view": ("View", "code"),
            "words": ("In words", "text"),
            "on": ("On", "day"),
        },
    ),
    "outcome-rating": RecordWords(
        "Outcome",
        "outcome",
        {
            "rating": ("Seen as", "code"),
            "point": ("When in support", "code"),
            "by": ("Said by", "code"),
            "on": ("On", "day"),
        },
    ),
    "release": RecordWords(
        "Copy handed out",
        "recipient_name",
        {
            "what": ("What", "code"),
            "edition": ("Edition", "code"),
            "purpose": ("What for", "code"),
            "recipient_name": ("For", "text"),
            "copy_number": ("Copy number", "text"),
            "guidance_as_at": ("Guidance as at", "day"),
            "on": ("On", "day"),
            "reason": ("Reason", "text"),
        },
    ),
}  # fmt: skip
