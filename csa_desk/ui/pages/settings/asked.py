"""The fields of the settings page: what is asked, in which words."""

from csa_desk.casework.service import PROFESSIONS
from csa_desk.records.cases import Nation
from csa_desk.settings import TEXT_SIZES
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec

SCHEMES = (
    ("system", "As the computer has it"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
)
NATIONS = (Option(Nation.ENGLAND, "England"), Option(Nation.WALES, "Wales"))


def _needed(value: object) -> str:
    return "" if str(value).strip() else "This cannot be empty"


LOOK = (
    FieldSpec(
        "text_size",
        "Size of the text",
        "row",
        options=[Option(str(size), f"{size} %") for size in TEXT_SIZES],
    ),
    FieldSpec("scheme", "Colours", "row", options=[Option(key, words) for key, words in SCHEMES]),
)

SERVICE = (
    FieldSpec("name", "Name of your service", width="full", check=_needed),
    FieldSpec(
        "nation",
        "Where most of your children live",
        "row",
        hint="New children start with it",
        options=NATIONS,
    ),
    FieldSpec("phone", "Phone"),
    FieldSpec("email", "Email"),
    FieldSpec(
        "address",
        "Address",
        "lines",
        lines=2,
        hint="Leave it empty if it is not to be known",
    ),
    FieldSpec("safeguarding_lead", "Who leads on safeguarding", hint="Name and phone"),
    FieldSpec("data_protection_lead", "Who leads on data protection", hint="Name and phone or email"),
    FieldSpec(
        "out_of_hours",
        "Who to call out of hours",
        hint="Stands in the plan a family takes home",
        width="full",
    ),
)

PROFILE = (
    FieldSpec(
        "name", "Your name", hint="As colleagues know it. It stands beside what you write", check=_needed
    ),
    FieldSpec(
        "profession", "What you are", "row", options=[Option(key, words) for key, words in PROFESSIONS]
    ),
    FieldSpec(
        "age_groups",
        "Ages you are trained to work with",
        "lines",
        lines=1,
        hint="One on each line",
        optional=True,
    ),
    FieldSpec("qualifications", "Qualifications", "lines", lines=2, hint="One on each line", optional=True),
    FieldSpec("register", "Register you are on", hint="For example of a professional body", optional=True),
    FieldSpec("register_number", "Your number there", width="code", optional=True),
    FieldSpec("register_expiry", "Registered until", "date", optional=True),
    FieldSpec("dbs_date", "Date of your DBS certificate", "date", optional=True),
    FieldSpec("supervisor", "Who supervises you", optional=True),
    FieldSpec("supervision_every", "How often", hint="For example every month", optional=True),
)
