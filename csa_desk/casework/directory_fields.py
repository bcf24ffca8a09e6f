"""What can be entered by hand of each kind of record in the directory: one table for forms and for differences.

A field that is not here comes from a publisher alone, or belongs to how the record is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.service_kinds import kind_choices
from csa_desk.content.models import say
from csa_desk.records.directory import (
    Agency,
    AgencyRole,
    Contact,
    InDirectory,
    Location,
    Referrals,
    Service,
    ServiceStatus,
)
from csa_desk.records.directory_facts import (
    About,
    Agreement,
    AgreementKind,
    CoLocation,
    Criterion,
    EscalationLevel,
    EscalationRoute,
    ReferralRoute,
    Rule,
)


class How(StrEnum):
    """How a field is entered."""

    LINE = "line"
    LINES = "lines"
    DAY = "day"
    AGE = "age"
    WORDS = "words"
    ONE = "one"
    MANY = "many"
    FLAG = "flag"
    AREA = "area"
    AREAS = "areas"
    AGENCY = "agency"
    AGENCIES = "agencies"
    IDENTIFIERS = "identifiers"


Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entered:
    """A field: its name in the record, what it is called, how it is entered, the choices, a hint.

    ``group`` is a heading of the form. ``needed``: it cannot be left empty.
    """

    name: str
    label: str
    how: How = How.LINE
    hint: str = ""
    choices: Choices = ()
    group: str = ""
    needed: bool = False


PARTS: Choices = (
    ("lead", "Leads"),
    ("partner", "Partner"),
    ("subcontractor", "Subcontractor"),
    ("referrer", "Refers to it"),
    ("commissioner", "Pays for it"),
)
WHO_ASKS: Choices = (
    ("self", "The young person"),
    ("carer", "A carer"),
    ("professional", "A professional"),
    ("police", "Police"),
    ("gp", "A GP"),
    ("school", "A school"),
)
WAYS: Choices = (
    ("phone", "By phone"),
    ("email", "By email"),
    ("form", "With a form"),
    ("letter", "By letter"),
    ("visit", "By going there"),
)
STATUSES: Choices = (
    (ServiceStatus.ACTIVE, "Runs"),
    (ServiceStatus.PAUSED, "Closed for a time"),
    (ServiceStatus.INACTIVE, "Not running at the moment"),
    (ServiceStatus.DEFUNCT, "Has closed"),
)
REFERRALS: Choices = (
    (Referrals.OPEN, "Takes new people"),
    (Referrals.WAITING, "Has a waiting list"),
    (Referrals.CLOSED, "Takes nobody new"),
)
ABOUT: Choices = (
    (About.AGE, "Ages"),
    (About.AREA, "Areas"),
    (About.REFERRER, "Who may ask"),
    (About.POLICE, "A report to police"),
    (About.ABUSE, "Kinds of abuse"),
    (About.GENDER, "Gender"),
    (About.OTHER, "Something else"),
)
RULES: Choices = (
    (Rule.ONLY, "Only these"),
    (Rule.NOT, "All but these"),
    (Rule.EITHER, "It makes no difference"),
)
LEVELS: Choices = (
    (EscalationLevel.POLICY, "Local escalation policy"),
    (EscalationLevel.LADO, "LADO"),
    (EscalationLevel.OUT_OF_HOURS, "Out of hours"),
    (EscalationLevel.OTHER, "Other"),
)
AGREEMENTS: Choices = (
    (AgreementKind.SHARING, "Information sharing"),
    (AgreementKind.PARTNERSHIP, "Partnership"),
)

_REACH = (
    Entered("phone", "Phone"),
    Entered("email", "Email", hint="A shared mailbox is best: people move on"),
    Entered("website", "Website"),
)
_WHAT, _WHOM, _ROOM, _BEHIND = "What it is", "Whom it is for", "Getting there, and waiting", "Behind it"

FIELDS: Mapping[type[InDirectory], tuple[Entered, ...]] = {
    Agency: (
        Entered("name", "Name", needed=True),
        Entered(
            "other_names", "Also called", How.WORDS, "One a line: former and short names are searched too"
        ),
        Entered("agency_type", "Kind of agency", hint="Such as charity, council, NHS trust, police"),
        Entered("description", "What it does", How.LINES),
        *_REACH,
        Entered("parent", "Belongs to", How.AGENCY, "An agency of the directory"),
        Entered("identifiers", "Numbers", How.IDENTIFIERS, "One a line, such as GB-CHC: 1234567"),
        Entered("policies", "Its operational policies", How.LINES),
        Entered("risk_role", "Its part in assessing risk", How.LINES),
    ),
    Service: (
        Entered("name", "Name", needed=True, group=_WHAT),
        Entered("agency", "Run by", How.AGENCY, "An agency of the directory", group=_WHAT),
        Entered("other_names", "Also called", How.WORDS, "One a line", group=_WHAT),
        Entered("description", "What it does", How.LINES, group=_WHAT),
        Entered("types", "Kinds of service", How.MANY, group=_WHAT),
        Entered("status", "Does it run?", How.ONE, choices=STATUSES, group=_WHAT),
        Entered("alert", "A notice to show first", group=_WHAT),
        Entered("minimum_age", "From age", How.AGE, "Years, such as 4 or 12.5", group=_WHOM),
        Entered("maximum_age", "To age", How.AGE, "17 is until the 18th birthday", group=_WHOM),
        Entered("areas", "Areas", How.AREAS, "One a line, by name or code", group=_WHOM),
        Entered("eligibility", "Whom it is for, in their words", How.LINES, group=_WHOM),
        Entered("needs", "Helps with", How.MANY, group=_WHOM),
        Entered("languages", "Languages", How.WORDS, "One a line", group=_WHOM),
        *(Entered(item.name, item.label, item.how, item.hint, group=_ROOM) for item in _REACH),
        Entered("how_to_refer", "How to refer, in their words", How.LINES, group=_ROOM),
        Entered("referrals", "Does it take new people?", How.ONE, choices=REFERRALS, group=_ROOM),
        Entered("wait", "Waiting time", hint="Such as: about 6 weeks", group=_ROOM),
        Entered("wait_as_at", "As at", How.DAY, "The day they told you", group=_ROOM),
        Entered("capacity", "Room", hint="Such as: 3 places", group=_ROOM),
        Entered("capacity_as_at", "Room as at", How.DAY, group=_ROOM),
        Entered("sessions", "How many sessions", group=_ROOM),
        Entered("review_every", "Looked at again", hint="Such as: every 6 weeks", group=_ROOM),
        Entered("fees", "Cost", group=_ROOM),
        Entered("accreditations", "Accredited", How.LINES, group=_BEHIND),
        Entered("commissioner", "Paid for by", group=_BEHIND),
        Entered("contract_end", "Contract ends", How.DAY, group=_BEHIND),
    ),
    Location: (
        Entered("withheld", "Keep this address out of every print and copy", How.FLAG),
        Entered("name", "Name of the place"),
        Entered("address", "Address", How.LINES),
        Entered("postcode", "Postcode"),
        Entered("transport", "How to get there"),
        Entered("accessibility", "Access", How.WORDS, "One a line, such as: step-free"),
    ),
    Contact: (
        Entered("role_mailbox", "A shared mailbox or line that whoever has the role answers", How.FLAG),
        Entered("name", "Name"),
        Entered("title", "Role"),
        Entered("department", "Team"),
        Entered("email", "Email"),
        Entered("phone", "Phone"),
    ),
    AgencyRole: (
        Entered("role", "Role", How.ONE, needed=True),
        Entered("part", "Part in it", How.ONE, choices=PARTS),
        Entered("area", "In which area", How.AREA, "Empty where it is everywhere here"),
        Entered("since", "Since", How.DAY),
        Entered("until", "Until", How.DAY),
    ),
    Criterion: (
        Entered("about", "About", How.ONE, choices=ABOUT, needed=True),
        Entered("rule", "Who may come", How.ONE, choices=RULES, needed=True),
        Entered("lowest", "From age", How.AGE, "Only for ages"),
        Entered("highest", "To age", How.AGE, "Only for ages"),
        Entered("values", "Which", How.WORDS, "One a line: areas, who may ask, kinds of abuse"),
        Entered("note", "In their words", How.LINES),
    ),
    ReferralRoute: (
        Entered("who", "Who may ask", How.MANY, choices=WHO_ASKS),
        Entered("how", "How", How.ONE, choices=WAYS),
        Entered("to", "Where to", hint="A number, a mailbox or the place of a form"),
        Entered("note", "Good to know", How.LINES),
    ),
    CoLocation: (
        Entered("agency", "Who sits here", How.AGENCY, "An agency of the directory", needed=True),
        Entered("days", "On which days"),
    ),
    EscalationRoute: (
        Entered("level", "What it is for", How.ONE, choices=LEVELS, needed=True),
        Entered("area", "In which area", How.AREA, "Empty where it is everywhere here"),
        Entered("agency", "Agency", How.AGENCY, "An agency of the directory"),
        *_REACH,
        Entered("note", "What to do", How.LINES),
    ),
    Agreement: (
        Entered("what", "What kind", How.ONE, choices=AGREEMENTS, needed=True),
        Entered("title", "Title", needed=True),
        Entered("parties", "Between", How.AGENCIES, "Agencies of the directory, one a line"),
        Entered("headings", "What it covers", How.WORDS, "One a line"),
        Entered("agreed", "Agreed on", How.DAY),
        Entered("review", "To be looked at again", How.DAY),
        Entered("website", "Where it is kept"),
        Entered("note", "Good to know", How.LINES),
    ),
}
"""Kind of record → its fields, in the order of the form."""

CALLED: Mapping[type[InDirectory], str] = {
    Agency: "agency",
    Service: "service",
    Location: "place",
    Contact: "contact",
    AgencyRole: "role",
    Criterion: "rule of access",
    ReferralRoute: "way to refer",
    CoLocation: "agency that sits here",
    EscalationRoute: "way to escalate",
    Agreement: "agreement",
}
"""Kind of record → what it is called in a sentence."""


@needs(Right.LOOK_UP)
def choices_of(desk: Desk, kind: type[InDirectory], field: Entered) -> Choices:
    """What may be chosen for a field, with the words for it."""
    if field.choices:
        return field.choices
    if field.name == "types":
        return tuple(kind_choices(desk))
    if field.name == "needs":
        return tuple((item.id, say(item.short)) for item in desk.packs.needs.need)
    if kind is AgencyRole and field.name == "role":
        return tuple((item.id, say(item.title)) for item in desk.packs.roles.role)
    return ()
