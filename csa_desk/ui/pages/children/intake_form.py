"""The questions asked when a child is added, and their answers as the shape that casework takes."""

from collections.abc import Sequence

from csa_desk.casework.dates import birth_fault
from csa_desk.casework.shapes import CarerShape, CaseShape, ChildShape, ReferralShape, SafeContactShape
from csa_desk.records.dates import is_ahead
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.dates import NOT_KNOWN
from csa_desk.ui.widgets.form import FieldSpec, Form

YES_NO = (Option("yes", "Yes"), Option("no", "No"), Option("not-known", "Not known"))
NATIONS = (Option("england", "England"), Option("wales", "Wales"))
MOST_CARERS = 6
CARER_PARTS = ("name", "relation", "phone", "lives", "responsibility")
SAFE_PARTS = {
    "safe-who": "who",
    "safe-number": "number",
    "safe-call": "call",
    "safe-voicemail": "voicemail",
    "safe-text": "text_message",
    "safe-letter": "letter",
    "safe-times": "times",
    "safe-code-word": "code_word",
    "safe-must-not-know": "must_not_know",
}


def child_specs(pronouns: Sequence[Option]) -> list[FieldSpec]:
    """Who the child is."""
    return [
        FieldSpec("name", "Name to use on screen", hint="A first name or a code is enough."),
        FieldSpec("preferred", "What they like to be called", hint="If it is something else.", optional=True),
        FieldSpec(
            "birth",
            "Birth date",
            "date",
            hint="Needed for age limits of services. For example 27 3 2016. A year alone will do.",
        ),
        FieldSpec(
            "nation",
            "Where does the child live?",
            "one_of",
            hint="Duties and guidance differ.",
            options=NATIONS,
            inline=True,
        ),
        FieldSpec(
            "pronoun", "Which words fit when you speak about them?", "one_of", options=pronouns, optional=True
        ),
    ]


def carer_specs(number: int) -> list[FieldSpec]:
    """A safe parent or carer; ``number`` counts from 0."""
    at = f"carer{number}"
    return [
        FieldSpec(f"{at}-name", "Their name"),
        FieldSpec(
            f"{at}-relation", "Who they are to the child", hint="For example mum, grandad, foster carer."
        ),
        FieldSpec(f"{at}-phone", "Their phone number"),
        FieldSpec(f"{at}-lives", "Do they live with the child?", "yes_no", options=YES_NO),
        FieldSpec(f"{at}-responsibility", "Do they have parental responsibility?", "yes_no", options=YES_NO),
    ]


def safe_specs() -> list[FieldSpec]:
    """How the family can be reached without harm."""
    return [
        FieldSpec("safe-who", "Who may we call?", hint="For example mum."),
        FieldSpec("safe-number", "On which number?"),
        FieldSpec("safe-call", "Is it safe to call?", "yes_no", options=YES_NO),
        FieldSpec("safe-voicemail", "May we leave a voicemail?", "yes_no", options=YES_NO),
        FieldSpec("safe-text", "May we send a text message?", "yes_no", options=YES_NO),
        FieldSpec("safe-letter", "May we send letters home?", "yes_no", options=YES_NO),
        FieldSpec("safe-times", "When is a good time?", hint="For example weekdays 10 to 2."),
        FieldSpec("safe-code-word", "Code word", hint="A word that shows it is really us."),
        FieldSpec("safe-must-not-know", "Who must not know that we are in touch?", width="full"),
    ]


def referral_specs() -> list[FieldSpec]:
    """How the child came to us."""
    return [
        FieldSpec("from-name", "Who asked us to help?"),
        FieldSpec("from-agency", "Their agency", hint="Leave it empty if the family asked themselves."),
        FieldSpec(
            "received", "When?", "date", hint="Today, if you leave it empty.", partial=False, not_known=False
        ),
        FieldSpec(
            "why",
            "What help was asked for?",
            "lines",
            hint="What the child needs, in a few words. Not what happened.",
            width="full",
        ),
    ]


def problems_of(form: Form, today: str) -> list[tuple[str, str]]:
    """Every fault, shown beside its field; in the order of the form. ``today`` is an ISO day."""
    found = dict(form.check())
    if not _text(form, "name"):
        found["name"] = "Write a name, or something to call the child by"
    if not _text(form, "birth"):
        found.setdefault("birth", "Write the birth date, or choose Not known")
    birth = _text(form, "birth")
    wrong = birth_fault(birth, today) if birth != NOT_KNOWN else ""
    if wrong:
        found["birth"] = wrong
    if is_ahead(_text(form, "received"), today):
        found["received"] = "The day lies in the future"
    if not _text(form, "nation"):
        found["nation"] = "Choose England or Wales"
    for number in carers_shown(form):
        at = f"carer{number}"
        if not _text(form, f"{at}-name") and any(_text(form, f"{at}-{part}") for part in CARER_PARTS[1:]):
            found[f"{at}-name"] = "Write the carer’s name, or something to call them by"
    for key, sentence in found.items():
        form.set_error(key, sentence)
    return [(field.key, found[field.key]) for field in form.fields if field.key in found]


def shape_of(form: Form) -> CaseShape:
    """The answers, for :func:`csa_desk.casework.intake.add_child`."""
    birth = _text(form, "birth")
    safe = {field: _text(form, key) for key, field in SAFE_PARTS.items()}
    referral = {key: _text(form, key) for key in ("from-name", "from-agency", "received", "why")}
    return CaseShape(
        child=ChildShape(
            name=_text(form, "name"),
            preferred_name=_text(form, "preferred"),
            birth_date="" if birth == NOT_KNOWN else birth,
            pronoun=_text(form, "pronoun"),
        ),
        nation=_text(form, "nation"),  # type: ignore[arg-type]
        carers=[
            CarerShape(
                name=_text(form, f"carer{number}-name"),
                relation=_text(form, f"carer{number}-relation"),
                phone=_text(form, f"carer{number}-phone"),
                lives_with=_text(form, f"carer{number}-lives"),  # type: ignore[arg-type]
                parental_responsibility=_text(form, f"carer{number}-responsibility"),  # type: ignore[arg-type]
            )
            for number in carers_shown(form)
            if _text(form, f"carer{number}-name")
        ],
        safe_contact=SafeContactShape(**safe) if any(safe.values()) else None,  # type: ignore[arg-type]
        referral=ReferralShape(
            received=referral["received"],
            from_name=referral["from-name"],
            from_agency=referral["from-agency"],
            why=referral["why"],
        )
        if any(referral.values())
        else None,
    )


def carers_shown(form: Form) -> list[int]:
    """The numbers of the carers the form asks for."""
    keys = {field.key for field in form.fields}
    return [number for number in range(MOST_CARERS) if f"carer{number}-name" in keys]


def _text(form: Form, key: str) -> str:
    return str(form.value(key) or "")
