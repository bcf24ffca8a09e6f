"""What belongs to an entry, in words: rules of access, ways to refer and to escalate, roles, agreements."""

from csa_desk.casework.atlas import atlas
from csa_desk.casework.desk import Desk
from csa_desk.casework.directory_fields import (
    ABOUT,
    AGREEMENTS,
    LEVELS,
    PARTS,
    RULES,
    WAYS,
    WHO_ASKS,
    Choices,
)
from csa_desk.casework.match_lines import ages_words
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.team import role_title
from csa_desk.records.dates import spoken
from csa_desk.records.directory import Agency, AgencyRole, Contact, InDirectory, Location
from csa_desk.records.directory_facts import (
    About,
    Agreement,
    CoLocation,
    Criterion,
    EscalationRoute,
    ReferralRoute,
    Rule,
)


@needs(Right.LOOK_UP)
def title_of(desk: Desk, record: InDirectory) -> str:
    """One line for a record that belongs to an entry. A withheld address is not in it."""
    match record:
        case Criterion():
            return _criterion(desk, record)
        case ReferralRoute():
            who = [_said(WHO_ASKS, one) for one in record.who]
            way = _said(WAYS, record.how)
            return ": ".join(part for part in (", ".join(who), way) if part) or "A way to refer"
        case AgencyRole():
            part = _said(PARTS, record.part)
            area = f" in {atlas(desk).title(record.area)}" if record.area else ""
            return f"{role_title(desk, record.role)}{area}" + (f": {part.lower()}" if part else "")
        case CoLocation():
            return f"{_agency(desk, record.agency)} sits here"
        case EscalationRoute():
            area = f" for {atlas(desk).title(record.area)}" if record.area else ""
            return f"{_said(LEVELS, record.level)}{area}"
        case Agreement():
            return record.title
        case Location():
            return "Withheld address" if record.withheld else record.name or record.address.split("\n")[0]
        case Contact():
            return record.name or record.title or record.email or record.phone
    return getattr(record, "name", "")


@needs(Right.LOOK_UP)
def about_of(desk: Desk, record: InDirectory) -> str:
    """What else is known of it, in a line or two."""
    match record:
        case Criterion():
            return record.note
        case ReferralRoute():
            return " ".join(part for part in (record.to, record.note) if part)
        case AgencyRole():
            since = f"since {spoken(record.since)}" if record.since else ""
            until = f"until {spoken(record.until)}" if record.until else ""
            return " ".join(part for part in (since, until) if part)
        case CoLocation():
            return record.days
        case EscalationRoute():
            who = _agency(desk, record.agency) if record.agency else ""
            reach = (who, record.phone, record.email, record.website, record.note)
            return "\n".join(part for part in reach if part)
        case Agreement():
            between = ", ".join(_agency(desk, one) for one in record.parties)
            review = (
                f"To be looked at again on {spoken(record.review)}."
                if record.review
                else "No day to look again."
            )
            covers = f"Covers: {', '.join(record.headings)}." if record.headings else ""
            kind = _said(AGREEMENTS, record.what)
            first = f"{kind} between {between}." if between else f"{kind}."
            return " ".join(part for part in (first, covers, review, record.note) if part)
        case Location():
            return "" if record.withheld else record.postcode
        case Contact():
            return ", ".join(part for part in (record.title, record.phone, record.email) if part)
    return ""


def _criterion(desk: Desk, record: Criterion) -> str:
    about = _said(ABOUT, record.about)
    if record.rule == Rule.EITHER:
        return f"{about}: it makes no difference"
    rule = _said(RULES, record.rule).lower()
    if record.about == About.AGE:
        named = ages_words(record.lowest, record.highest)
        return f"{about}: {'only' if record.rule == Rule.ONLY else 'not'} {named}"
    if record.about == About.POLICE:
        return (
            "Only after a report to police" if record.rule == Rule.ONLY else "Only where police were not told"
        )
    words = [_said(WHO_ASKS, one) if record.about == About.REFERRER else one for one in record.values]
    if record.about == About.AREA:
        words = [atlas(desk).title(one) for one in record.values]
    return f"{about}: {rule}: {', '.join(words)}" if words else f"{about}: {rule}"


def _agency(desk: Desk, number_: str) -> str:
    held = desk.vault.read.get(Agency, number_)
    return held.name if held is not None and held.name else "An agency that is not in the directory"


def _said(choices: Choices, key: str) -> str:
    return next((words for known, words in choices if known == key), key.replace("-", " "))
