"""The directory as sheets for people: one row a service, lists with semicolons, nothing that a spreadsheet would run.

Made from what may leave and from nothing else. The same records give the same bytes.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from csa_desk.exchange.leaving import WITHHELD, WITHHELD_WORDS, Leaving
from csa_desk.exchange.oruk_marks import criterion_words
from csa_desk.records.directory import Agency, AgencyRole, Contact, Location, Service
from csa_desk.records.directory_facts import Criterion, ReferralRoute
from csa_desk.records.fields import Value

Row = dict[str, str]
F = TypeVar("F", Criterion, ReferralRoute, AgencyRole)

SERVICES = "Services"
_RUN = ("=", "+", "-", "@", "\t", "\r")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 32_000  # characters of a cell; a spreadsheet takes no more than 32,767
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_NO_TIME = b"1980-01-01T00:00:00Z"
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def neutral(text: str) -> str:
    """A cell that a spreadsheet shows and never runs."""
    shown = _UNFIT.sub("", text)
    if len(shown) > _LONGEST:
        shown = f"{shown[:_LONGEST]}…"
    return f"'{shown}" if shown.startswith(_RUN) else shown


def as_csv(leaving: Leaving, titles: Mapping[str, str] | None = None) -> bytes:
    """One sheet, one row a service, as CSV in UTF-8 with its mark."""
    written = io.StringIO()
    rows = list(services(leaving, titles or {}))
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(SERVICE_COLUMNS)
    for row in rows:
        writer.writerow([neutral(_texted(name, row[name])) for name in SERVICE_COLUMNS])
    return written.getvalue().encode("utf-8-sig")


def _texted(name: str, value: str) -> str:
    """Spreadsheets take bare digits for a number and drop the first 0: a space keeps a telephone number text."""
    return f"{value[:5]} {value[5:]}" if name == "Phone" and re.fullmatch(r"\d{6,}", value) else value


def as_xlsx(leaving: Leaving, titles: Mapping[str, str] | None = None) -> bytes:
    """Sheets of services, agencies, locations and contacts, every cell a text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for title, columns, rows in (
        (SERVICES, SERVICE_COLUMNS, services(leaving, titles or {})),
        ("Agencies", AGENCY_COLUMNS, agencies(leaving)),
        ("Locations", LOCATION_COLUMNS, locations(leaving)),
        ("Contacts", CONTACT_COLUMNS, contacts(leaving)),
    ):
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for row in ({name: name for name in columns}, *rows):
            cells = []
            for name in columns:
                cell = WriteOnlyCell(sheet, value=None)
                cell.value = neutral(row[name]) or None
                if cell.value is not None:
                    cell.data_type = "s"
                    cell.number_format = "@"
                cells.append(cell)
            sheet.append(cells)
    written = io.BytesIO()
    book.save(written)
    return _timeless(written.getvalue())


def _timeless(content: bytes) -> bytes:
    """The workbook without the time at which it was made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for name in sorted(before.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            held = before.read(name)
            if name == "docProps/core.xml":
                held = _STAMP.sub(rb"\g<1>" + _NO_TIME + rb"\g<2>", held)
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, held)
    return made.getvalue()


SERVICE_COLUMNS = (
    "Service",
    "Agency",
    "Status",
    "Referrals",
    "Kind",
    "Lowest age",
    "Highest age",
    "Who it is for",
    "Who may come and who may not",
    "How to refer",
    "Ways to refer",
    "Waiting time",
    "Waiting time as at",
    "Capacity",
    "Capacity as at",
    "Phone",
    "Email",
    "Website",
    "Areas",
    "Area codes",
    "Places",
    "Languages",
    "Helps with",
    "Sessions",
    "Review",
    "Cost",
    "Alert",
    "Accredited",
    "Paid for by",
    "Contract ends",
    "Other agencies",
    "Also called",
    "Description",
    "Checked on",
    "Id",
)
AGENCY_COLUMNS = (
    "Agency",
    "Kind",
    "Phone",
    "Email",
    "Website",
    "Part of",
    "Roles",
    "Identifiers",
    "Policies",
    "Part in assessing risk",
    "Also called",
    "Description",
    "Checked on",
    "Id",
)
LOCATION_COLUMNS = (
    "Location",
    "Type",
    "Address",
    "Postcode",
    "Latitude",
    "Longitude",
    "Getting there",
    "Access",
    "Checked on",
    "Id",
)
CONTACT_COLUMNS = ("Contact", "Role", "Department", "Email", "Phone", "Service", "Agency", "Checked on", "Id")


def services(leaving: Leaving, titles: Mapping[str, str]) -> Iterator[Row]:
    """A row for each service, by name."""
    agencies = {item.id: item.name for item in leaving.all(Agency)}
    places = {item.id: item for item in leaving.all(Location)}
    criteria = _by_service(leaving.all(Criterion))
    routes = _by_service(leaving.all(ReferralRoute))
    roles = _by_service(leaving.all(AgencyRole))
    for item in sorted(leaving.all(Service), key=lambda one: (one.name.casefold(), one.id)):
        shown = [_place(places[place]) for place in item.locations if place in places]
        if any(
            isinstance(mark, dict) and mark.get("link_type") == WITHHELD for mark in item.attributes or []
        ):
            shown.append(WITHHELD_WORDS)
        yield {
            "Service": item.name,
            "Agency": agencies.get(item.agency, ""),
            "Status": item.status,
            "Referrals": item.referrals,
            "Kind": _list(titles.get(word, word) for word in item.types),
            "Lowest age": item.minimum_age,
            "Highest age": item.maximum_age,
            "Who it is for": item.eligibility,
            "Who may come and who may not": _list(map(criterion_words, criteria.get(item.id, ()))),
            "How to refer": item.how_to_refer,
            "Ways to refer": _list(map(_route, routes.get(item.id, ()))),
            "Waiting time": item.wait,
            "Waiting time as at": item.wait_as_at,
            "Capacity": item.capacity,
            "Capacity as at": item.capacity_as_at,
            "Phone": item.phone,
            "Email": item.email,
            "Website": item.website,
            "Areas": _list(_of(item.areas, "name") or _of(item.areas, "extent")),
            "Area codes": _list(code.rsplit("/", 1)[-1] for code in _of(item.areas, "uri")),
            "Places": _list(shown),
            "Languages": _list(item.languages),
            "Helps with": _list(titles.get(word, word) for word in item.needs),
            "Sessions": item.sessions,
            "Review": item.review_every,
            "Cost": item.fees or _list(_cost(one) for one in item.costs or []),
            "Alert": item.alert,
            "Accredited": item.accreditations,
            "Paid for by": item.commissioner,
            "Contract ends": item.contract_end,
            "Other agencies": _list(
                f"{agencies.get(one.agency, '')} ({titles.get(one.role, one.role)})"
                for one in roles.get(item.id, ())
            ),
            "Also called": _list(item.other_names),
            "Description": item.description,
            "Checked on": item.checked_on,
            "Id": item.id,
        }


def agencies(leaving: Leaving) -> Iterator[Row]:
    """A row for each agency, by name."""
    names = {item.id: item.name for item in leaving.all(Agency)}
    played: dict[str, list[AgencyRole]] = {}
    for role in leaving.all(AgencyRole):
        if not role.service:
            played.setdefault(role.agency, []).append(role)
    for item in sorted(leaving.all(Agency), key=lambda one: (one.name.casefold(), one.id)):
        yield {
            "Agency": item.name,
            "Kind": item.agency_type,
            "Phone": item.phone,
            "Email": item.email,
            "Website": item.website,
            "Part of": names.get(item.parent, ""),
            "Roles": _list(
                f"{one.role} ({one.area})" if one.area else one.role for one in played.get(item.id, ())
            ),
            "Identifiers": _list(_of(item.identifiers, "identifier")),
            "Policies": item.policies,
            "Part in assessing risk": item.risk_role,
            "Also called": _list(item.other_names),
            "Description": item.description,
            "Checked on": item.checked_on,
            "Id": item.id,
        }


def locations(leaving: Leaving) -> Iterator[Row]:
    """A row for each place that may be known, by name."""
    for item in sorted(leaving.all(Location), key=lambda one: (one.name.casefold(), one.id)):
        yield {
            "Location": item.name,
            "Type": item.location_type,
            "Address": ", ".join(filter(None, item.address.split("\n"))),
            "Postcode": item.postcode,
            "Latitude": item.latitude,
            "Longitude": item.longitude,
            "Getting there": item.transport,
            "Access": _list(item.accessibility),
            "Checked on": item.checked_on,
            "Id": item.id,
        }


def contacts(leaving: Leaving) -> Iterator[Row]:
    """A row for each desk or role mailbox."""
    names = {item.id: item.name for item in leaving.all(Agency)}
    names.update((item.id, item.name) for item in leaving.all(Service))
    for item in sorted(
        leaving.all(Contact), key=lambda one: (not one.role_mailbox, one.name.casefold(), one.id)
    ):
        yield {
            "Contact": item.name,
            "Role": item.title,
            "Department": item.department,
            "Email": item.email,
            "Phone": item.phone,
            "Service": names.get(item.service, ""),
            "Agency": names.get(item.agency, ""),
            "Checked on": item.checked_on,
            "Id": item.id,
        }


def _by_service(records: Iterable[F]) -> dict[str, list[F]]:
    found: dict[str, list[F]] = {}
    for record in records:
        found.setdefault(record.service, []).append(record)
    return found


def _list(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))


def _of(values: list[Value] | None, name: str) -> list[str]:
    return [str(part[name]) for part in values or [] if isinstance(part, dict) and part.get(name)]


def _place(item: Location) -> str:
    return ", ".join(filter(None, dict.fromkeys((item.name, *item.address.split("\n"), item.postcode))))


def _route(item: ReferralRoute) -> str:
    who = ", ".join(item.who)
    return ": ".join(filter(None, (f"{who} by {item.how}" if who and item.how else who or item.how, item.to)))


def _cost(item: Value) -> str:
    if not isinstance(item, dict):
        return ""
    return " ".join(str(item[name]) for name in ("option", "amount", "amount_description") if item.get(name))
