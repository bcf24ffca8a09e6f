"""An invented directory that uses every field an export carries, and what it takes to write and read one."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from csa_desk.exchange.leaving import may_leave
from csa_desk.exchange.oruk import read_oruk
from csa_desk.exchange.oruk_writing import oruk_files
from csa_desk.records import ids
from csa_desk.records.directory import Agency, AgencyRole, Contact, InDirectory, Location, Service
from csa_desk.records.directory_facts import Area, CoLocation, Criterion, EscalationRoute, ReferralRoute

TODAY = date(2026, 11, 24)
NOT_COMPARED = ("origin", "origin_id", "checked_how")


def number(word: str) -> str:
    """The id of the thing this word names in the invented directory."""
    return ids.same_id("invented", word)


def everything() -> list[InDirectory]:
    """An agency with a service that says all there is to say."""
    trust, force, council = number("trust"), number("force"), number("council")
    service, hall = number("service"), number("hall")
    return [
        Agency(
            id=trust,
            name="Larchwood Trust",
            other_names=("LT", "The Larchwood"),
            description="A small charity.\n\nIt listens.",
            agency_type="charity",
            website="https://larchwood.example/ünder",
            email="office@larchwood.example",
            phone="0117 496 0001",
            parent=council,
            policies="Lone working; visits in pairs",
            risk_role="Sends what it hears to the MASH",
            identifiers=[
                {"scheme": "GB-CHC", "kind": "charity", "identifier": "0000000"},
                {"identifier": "7"},
            ],
            checked_on="2026-10-01",
        ),
        Agency(id=force, name="Eastmere Police", description="The police of Eastmere."),
        Agency(id=council, name="Eastmere Council"),
        Service(
            id=service,
            agency=trust,
            name="Larchwood counselling",
            other_names=("Young minds at Larchwood", "YML"),
            description="Counselling for young people & those with them.",
            status="active",
            website="https://larchwood.example/counselling",
            email="help@larchwood.example",
            phone="0117 496 0002",
            minimum_age="4",
            maximum_age="17.5",
            eligibility="Anybody who was hurt",
            how_to_refer="Ring, or send the form",
            fees="Free",
            wait="6 weeks",
            wait_as_at="2026-11-01",
            capacity="12 places",
            capacity_as_at="2026-11-02",
            referrals="waiting list",
            sessions="20 of 50 minutes",
            review_every="6 weeks",
            alert="Closed on 25 December",
            accreditations="Quality mark of the Example Board",
            commissioner="Eastmere Council; Example Fund",
            contract_end="2027-03",
            types=("counselling", "play-therapy"),
            needs=("health", "family"),
            roles=("ch-isva",),
            languages=("English", "Welsh"),
            locations=(hall,),
            areas=[
                {
                    "name": "Eastmere",
                    "extent_type": "geography",
                    "uri": "http://statistics.data.gov.uk/id/statistical-geography/E99000001",
                },
                {"name": "Only the north", "location": hall},
            ],
            schedules=[
                {
                    "freq": "WEEKLY",
                    "byday": "MO,TU",
                    "opens_at": "09:00",
                    "closes_at": "17:00",
                    "interval": 1,
                },
                {"description": "By appointment", "freq": "DAILY"},
            ],
            costs=[{"option": "Room", "amount": "2.5", "amount_description": "an hour"}],
            attributes=[
                {
                    "term": number("term"),
                    "name": "Counselling",
                    "taxonomy": "Invented list",
                    "link_type": "service",
                },
                {"term": "local-7", "name": "Seven", "value": "7"},
                {"label": "Only a label"},
            ],
            extra={"pc_audience": [{"id": "Young", "weight": 2}], "vendor": {"a": [1, "<b>two</b>"]}},
            checked_on="2026-10-02",
            checked_by="directory@larchwood.example",
        ),
        Service(id=number("second"), agency=force, name="Eastmere police line", phone="101"),
        Location(
            id=hall,
            name="Larchwood Hall",
            location_type="physical",
            address="1 Invented Row\nEastmere",
            postcode="ZE1 0AA",
            latitude="51.4501",
            longitude="-2.5901",
            transport="Bus 7",
            accessibility=("Lift", "Step-free"),
            extra={"description": "The blue door", "uprn_note": "none"},
            checked_on="2026-10-03",
        ),
        Location(id=number("virtual"), name="Online", extra={"alternate_name": "The web"}),
        Contact(
            id=number("desk"),
            agency=trust,
            service=service,
            title="Referrals desk",
            email="referrals@larchwood.example",
            phone="0117 496 0003",
            role_mailbox=True,
            checked_on="2026-10-04",
        ),
        Contact(
            id=number("duty"), agency=force, name="Duty desk", email="duty@police.example", role_mailbox=True
        ),
        AgencyRole(
            id=number("role"),
            agency=force,
            role="partner",
            service=service,
            part="Sits on the panel",
            since="2025-01",
        ),
        AgencyRole(id=number("lado"), agency=council, role="lado", area="E99000001", part="For schools"),
        Criterion(
            id=number("ages"),
            service=service,
            about="age",
            rule="only",
            lowest="4",
            highest="17.5",
            note="Or 25",
        ),
        Criterion(id=number("not"), service=service, about="abuse", rule="not", values=("online", "other")),
        ReferralRoute(
            id=number("route"),
            service=service,
            who=("professional", "self"),
            how="email",
            to="referrals@larchwood.example",
            note="With consent",
        ),
        ReferralRoute(id=number("route2"), agency=force, who=("carer",), how="phone", to="101"),
        EscalationRoute(
            id=number("up"),
            area="E99000001",
            level="lado",
            agency=council,
            phone="0117 496 0004",
            note="In hours",
        ),
        EscalationRoute(id=number("out"), level="out-of-hours", phone="0117 496 0005"),
        CoLocation(id=number("co"), agency=force, service=service, location=hall, days="Mondays"),
        Area(
            id=number("area"),
            code="E99000001",
            what="council",
            name="Eastmere",
            other_names=("East Mere",),
            vintage="2026-04",
            within=("E99000002",),
        ),
    ]


def written(files: dict[str, bytes], folder: Path) -> Path:
    """The folder with these files in it."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def out_and_in(records: Iterable[InDirectory], folder: Path) -> tuple[list[Any], list[Any]]:
    """The records as they leave, and as they come back from the folder they left in."""
    leaving = may_leave(records)
    found = read_oruk([written(oruk_files(leaving), folder)], today=TODAY)
    out = [item for kind in leaving.records for item in leaving.records[kind]]
    return sorted(out, key=_key), sorted(found.records, key=_key)


def _key(item: Any) -> tuple[str, str]:
    return item.KIND, item.id


def shown(items: Iterable[Any]) -> list[dict[str, Any]]:
    """Records as what an export carries of them."""
    return [
        {
            "kind": item.KIND,
            **{part.name: getattr(item, part.name) for part in fields(item) if part.name not in NOT_COMPARED},
        }
        for item in items
    ]


def differences(before: Iterable[Any], after: Iterable[Any]) -> list[str]:
    """What an export carries and the two do not say alike, each on a line."""
    first = {(item["kind"], item["id"]): item for item in shown(before)}
    second = {(item["kind"], item["id"]): item for item in shown(after)}
    found = [f"{key}: only on one side" for key in sorted(set(first) ^ set(second))]
    for key in sorted(set(first) & set(second)):
        for name, value in first[key].items():
            if second[key][name] != value:
                found.append(f"{key[0]}.{name}: {value!r} became {second[key][name]!r}")
    return found
