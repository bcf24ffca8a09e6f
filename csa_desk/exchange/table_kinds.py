"""What the rows of a table are: told by its headings first, by the name of its file or sheet second."""

from csa_desk.exchange import area_columns, columns
from csa_desk.exchange.tables import Table

LIST_OF_TERMS = "This is a list of terms or programmes. It holds nothing for the directory."
UNCLEAR = (
    "It is not clear what the rows of this table are: services, organisations, locations or areas. Say which, or "
    "give the columns plainer headings."
)
_PARENTS = {
    ("service", "id"): "service",
    ("location", "id"): "location",
    ("organization", "id"): "organization",
    ("contact", "id"): "contact",
}
_OF_SERVICES = frozenset(
    "eligibility fees wait_time application_process minimum_age maximum_age ages status accreditations hours "
    "commissioner contract_end service.name service.id service.category".split()
)
_REACHED = frozenset(
    "url email phone postal_code address address_1 description organization.name organization.id contact.name "
    "contact.email contact.phone".split()
)
_OF_AGENCIES = frozenset("legal_status charity_number company_number tax_id parent".split())
_AGENCY_NAMES = frozenset("organization agency provider supplier charity subcontractor contractor".split())
_AREA_NAMES = frozenset("area council district region authority ward borough county icb police".split())
_TERMS = frozenset("taxonomy category term vocabulary program".split())


def examples(table: Table, most: int = 40) -> dict[str, list[str]]:
    """A few values of each column, as text."""
    found: dict[str, list[str]] = {heading: [] for heading in table.headings}
    for row in table.rows[: 5 * most]:
        for heading, value in row.cells.items():
            held = found.setdefault(heading, [])
            if len(held) < most and not isinstance(value, dict):
                held.append(", ".join(map(str, value)) if isinstance(value, list) else str(value))
    return found


def kind_of(table: Table) -> tuple[str, str]:
    """What a row is, or empty with the sentence that says why it is none."""
    if table.hint:
        return table.hint, ""
    stem = set(columns.split(table.name.rsplit("/", 1)[-1].rsplit(".", 1)[0] + " " + _sheet(table.name)))
    split = {heading: columns.split(heading) for heading in table.headings}
    said = {columns.meaning(heading) for heading in table.headings} - {""}
    parents = {_PARENTS[found] for found in split.values() if found in _PARENTS}
    if any(found == ("taxonomy", "id") or found[:1] == ("vocabulary",) for found in split.values()):
        return "", LIST_OF_TERMS
    named = bool(said & {"name", "service.name"})
    child = _child(said, parents, named, stem, split)
    if child:
        return child, ""
    of_services = said & _OF_SERVICES
    if len(of_services) < 2 and stem & _TERMS and not said & _REACHED - {"description", "organization.id"}:
        return "", LIST_OF_TERMS
    if _is_area(table, said, stem):
        return "area", ""
    return _whole(said, stem, of_services, named)


def _whole(said: set[str], stem: set[str], of_services: set[str], named: bool) -> tuple[str, str]:
    if len(of_services) >= 2:
        return "service", ""
    if said & {"transportation", "location_type"} or ("location" in stem and "service" not in stem):
        return "location", ""
    if (stem & _AGENCY_NAMES and "service" not in stem and "organization.name" not in said - {"name"}) or (
        stem & _AGENCY_NAMES and not named
    ):
        return "agency", ""
    if of_services or "service" in stem:
        return "service", ""
    if said & _OF_AGENCIES or ("organization.name" in said and not named):
        return "agency", ""
    if (named or "location.name" in said) and said & _REACHED:
        return "service", ""
    if named and said & {"area.name", "category"}:
        return "service", ""
    return "", UNCLEAR


def _child(
    said: set[str], parents: set[str], named: bool, stem: set[str], split: dict[str, tuple[str, ...]]
) -> str:
    """The kind of table that only adds to records of others, told by the ids it refers to."""
    if not parents or "service.name" in said:
        return ""
    heads = set(split.values())
    if "identifier_scheme" in said or "identifier_type" in said:
        return "identifier"
    if not named:
        if ("number",) in heads or ("phone" in said and not said & {"address_1", "postal_code"}):
            return "phone"
        if said & {"address_1", "postal_code", "city", "address"}:
            return "address"
        if said & {"opens_at", "closes_at", "weekday", "start_date"}:
            return "schedule"
        if {"service", "location"} <= parents:
            return "site"
    if "language" in stem or (said & {"language"} and not named and len(heads) < 6):
        return "language"
    if {"service", "area"} <= stem or ("extent",) in heads:
        return "service-area"
    roles = len(parents & {"service", "location", "organization"}) >= 2 and said & {
        "role",
        "department",
        "email",
    }
    if ("contact" in stem or (roles and not said & {"description", "eligibility", "status"})) and named:
        return "contact"
    return ""


def _is_area(table: Table, said: set[str], stem: set[str]) -> bool:
    if said & _REACHED or said & _OF_SERVICES - {"status", "service.id"}:
        return False
    if any(columns.ons(heading) for heading in table.headings):
        return True
    held = examples(table)
    if any(area_columns.coded_values(values) for values in held.values()):
        return True
    return bool(stem & _AREA_NAMES) and bool(said & {"id", "code", "area.id", "area.code"})


def _sheet(name: str) -> str:
    return name.partition("sheet “")[2].rstrip("”")
