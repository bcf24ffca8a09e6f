"""Tables become records: columns understood, values put right, tables joined, addresses kept secret, ids the same."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from csa_desk.errors import InputError
from csa_desk.exchange import columns, table_values
from csa_desk.exchange.report import ImportResult
from csa_desk.exchange.tabular import fields_of, read_tables, show_tables
from csa_desk.records.directory import Agency, Contact, Location, Service
from csa_desk.records.directory_facts import Area
from csa_desk.records.ids import same_id

TODAY = date(2026, 11, 24)
UUID = "0d0a4f0e-7a55-4c1e-8d57-2f5a6f1b0001"


class Got:
    """The result of an import, easy to ask."""

    def __init__(self, result: ImportResult) -> None:
        self.result = result

    def all(self, kind: type) -> list[Any]:
        return [record for record in self.result.records if isinstance(record, kind)]

    def one(self, kind: type) -> Any:
        (found,) = self.all(kind)
        return found

    def said(self, words: str, kind: str = "") -> bool:
        return any(words in line.what and kind in ("", line.kind) for line in self.result.report)


Give = Callable[..., Got]


@pytest.fixture
def give(tmp_path: Path) -> Give:
    """Write these tables (``name=text``) as CSV files of one folder, import it twice alike, and give what came."""

    def read(*, mapping: Any = None, target: str = "", remembered: Any = None, **named: str) -> Got:
        for old in tmp_path.iterdir():
            old.unlink()
        for name, text in named.items():
            (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        told = {"mapping": mapping, "target": target, "remembered": remembered, "today": TODAY}
        first, second = (read_tables([tmp_path], **told) for _ in range(2))
        assert first == second
        return Got(first)

    return read


def test_a_councils_list_of_services(give: Give) -> None:
    got = give(
        list=(
            "Service Name,Provider,Tel. No.,E-mail Address,Web site,Venue Address,Age range,Who is it for?,"
            "How to refer,Area covered,GSS code,Opening hours,Last checked,Charity no,Ward\n"
            "<b>Larchwood</b> counselling,Larchwood Trust,1174960001,Referrals@larchwood.example,larchwood.example,"
            '"4 Mill Row, Eastmere, ab12cd",11 to 18,Young people,Ring us,Eastmere; Fernhill,E06000001,Mon 9-5,'
            "1 March 2026,1234567,Mill\n"
        )
    )
    service, agency, place = got.one(Service), got.one(Agency), got.one(Location)
    assert (service.name, service.phone, service.email) == (
        "Larchwood counselling",
        "01174960001",
        "Referrals@larchwood.example",
    )
    assert (service.minimum_age, service.maximum_age, service.eligibility) == ("11", "18", "Young people")
    assert (service.website, service.how_to_refer) == ("http://larchwood.example", "Ring us")
    assert [area.get("name", area.get("extent")) for area in service.areas] == [
        "Eastmere",
        "Fernhill",
        "E06000001",
    ]
    assert (service.checked_on, service.schedules) == ("2026-03-01", [{"description": "Mon 9-5"}])
    assert (service.agency, agency.name, service.locations) == (agency.id, "Larchwood Trust", (place.id,))
    assert (place.address, place.postcode) == ("4 Mill Row, Eastmere", "AB1 2CD")
    assert service.extra == {"Ward": "Mill", "Charity no": "1234567"}
    assert {service.origin, agency.origin, place.origin} == {"table"}
    for words in (
        "first 0",
        "http:// in front",
        "read as 2026-03-01",
        "The postcode was written",
        "Formatting",
    ):
        assert got.said(words, "repaired"), words


@pytest.mark.parametrize(
    ("cell", "low", "high", "said"),
    [
        ("0-18", "0", "18", ""),
        ("11+", "11", "", ""),
        ("under 18", "", "17", "highest age of 17"),
        ("up to 25", "", "25", ""),
        ("all ages", "", "", ""),
        ("children and adults", "", "", "not one range"),
        ("18 - 5", "", "", "above the highest"),
    ],
)
def test_ages_in_one_cell(give: Give, cell: str, low: str, high: str, said: str) -> None:
    got = give(services=f"name,age range,description\nLarchwood,{cell},Help\n")
    service = got.one(Service)
    assert (service.minimum_age, service.maximum_age) == (low, high)
    assert not said or got.said(said, "repaired")


def test_ages_that_mean_none_and_places_that_are_none(give: Give) -> None:
    got = give(
        services="name,minimum_age,maximum_age,lat,long,postcode\nA,-1,-1,0,0,AB1 2CD\nB,18,5,512,1,nonsense\n"
    )
    assert {(item.minimum_age, item.maximum_age) for item in got.all(Service)} == {("", "")}
    assert {(item.latitude, item.longitude) for item in got.all(Location)} == {("", "")}
    for words in (
        "no limit",
        "above the highest",
        "in the sea",
        "no place on earth",
        "look like a UK postcode",
    ):
        assert got.said(words, "repaired"), words


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-03-01", "2026-03-01"),
        ("1/3/2026", "2026-03-01"),
        ("01-03-2026", "2026-03-01"),
        ("1st March 2026", "2026-03-01"),
        ("March 1, 2026", "2026-03-01"),
        ("1 Mar 2026", "2026-03-01"),
        ("1/3/26", "2026-03-01"),
        ("24/2/70", "1970-02-24"),
        ("12/24/2014", ""),
        ("31 June 2026", ""),
        ("soon", ""),
    ],
)
def test_days_as_people_write_them(text: str, iso: str) -> None:
    found, said = table_values.day(text, "day", TODAY)
    assert found == iso
    assert bool(said) == (text != iso)


def test_a_persons_mailbox_is_a_contact_and_no_way_to_refer(give: Give) -> None:
    got = give(services="name,email,description\nLarchwood,robin.fernhill@larchwood.example,Help\n")
    assert got.one(Service).email == ""
    contact = got.one(Contact)
    assert (contact.email, contact.role_mailbox) == ("robin.fernhill@larchwood.example", False)
    assert got.said("may be one person's own", "repaired")


def test_a_secret_address_is_withheld(give: Give) -> None:
    got = give(
        services=(
            "name,address,postcode,description,confidential address\n"
            "Fernhill refuge,,AB1 2CD,Safe place,\n"
            "Orchard,1 Mill Row,AB1 3CD,Our address is kept confidential.,\n"
            "Larch,2 Mill Row,AB1 4CD,Help,yes\n"
            "Open,3 Mill Row,AB1 5CD,Help,no\n"
        )
    )
    withheld = {place.postcode: place.withheld for place in got.all(Location)}
    assert withheld == {"AB1 2CD": True, "AB1 3CD": True, "AB1 4CD": True, "AB1 5CD": False}


TABLES = {
    "organizations": "id,name,charity number,parent_organization_id\n1,Larchwood Trust,123,\n2,Larchwood North,,1\n",
    "services": f"id,organization_id,name,status,fees\n7,1,Counselling,active,free\n{UUID},2,Advice,active,\n",
    "locations": "id,name,location_type,organization_id\n1,Mill Hall,physical,1\n",
    "service_at_locations": "id,service_id,location_id\n1,7,1\n2,7,99\n",
    "addresses": "id,location_id,address_1,city,postal_code\n1,1,4 Mill Row,Eastmere,AB1 2CD\n",
    "phones": "id,service_id,organization_id,location_id,contact_id,number\n1,7,,,,0117 496 0001\n"
    "2,,,,5,0117 496 0002\n3,,,,,0117 496 0003\n",
    "contacts": "id,service_id,organization_id,location_id,name,title\n5,7,,,Kit Marlow,Manager\n",
    "schedules": "id,service_id,location_id,weekday,opens_at,closes_at\n1,7,,Monday,09:00,17:00\n",
}


def test_tables_are_joined_by_their_ids(give: Give) -> None:
    got = give(**TABLES)
    services = {item.name: item for item in got.all(Service)}
    agencies = {item.name: item for item in got.all(Agency)}
    place, contact = got.one(Location), got.one(Contact)
    counselling = services["Counselling"]
    assert services["Advice"].id == UUID
    assert counselling.id == same_id("service", "7", "Counselling")
    assert counselling.agency == agencies["Larchwood Trust"].id
    assert agencies["Larchwood North"].parent == agencies["Larchwood Trust"].id
    assert agencies["Larchwood Trust"].identifiers[0]["scheme"] == "GB-CHC"
    assert (counselling.locations, place.address, place.postcode) == (
        (place.id,),
        "4 Mill Row\nEastmere",
        "AB1 2CD",
    )
    assert counselling.phone == "0117 496 0001"
    assert (contact.name, contact.phone, contact.service) == ("Kit Marlow", "0117 496 0002", counselling.id)
    assert counselling.schedules[0]["byday"] == "Monday"
    assert got.said("names no service, organisation or location", "refused")
    assert got.said("joins no service to a location", "refused")


def test_short_ids_of_two_publishers_are_not_one_thing(give: Give) -> None:
    first = give(services="id,name,fees,status\n1,Larchwood,free,active\n").one(Service)
    second = give(services="id,name,fees,status\n1,Orchard,free,active\n").one(Service)
    assert first.id != second.id
    assert first.origin_id == second.origin_id == "1"
    long = give(services="id,name,fees,status\nLARCH_0001,Larchwood,free,active\n").one(Service)
    assert long.id == same_id("service", "LARCH_0001")


def test_rows_without_ids_get_the_same_one_wherever_the_file_lies(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        path = tmp_path / name / f"{name}.csv"
        path.write_text("name,provider,postcode\nLarchwood,Trust,AB1 2CD\nLarchwood,Trust,AB1 3CD\n")
        found.append([record.id for record in read_tables([path], today=TODAY).records])
    assert found[0] == found[1]
    assert len(set(found[0])) == 5


def test_rows_alike_are_taken_once_and_rows_that_cannot_be_told_apart_are_refused(give: Give) -> None:
    got = give(services="name,phone,fees\nA,0117 496 0001,free\nA,0117 496 0001,free\nA,0117 496 0009,free\n")
    assert got.one(Service).phone == "0117 496 0001"
    assert got.said("same as row 2", "skipped")
    assert got.said("Nothing tells this row from row 2", "refused")


def test_one_id_for_two_names_takes_one_and_refuses_the_other(give: Give) -> None:
    got = give(services=f"id,name,fees\n{UUID},Larchwood,free\n{UUID},Orchard,free\n")
    assert len(got.all(Service)) == 1
    assert got.said("same id", "refused")


def test_rows_without_a_name_are_refused(give: Give) -> None:
    got = give(services="name,description,fees\n,Help,free\nB,Help,free\n")
    assert got.one(Service).name == "B"
    assert got.said("no name", "refused")


AREAS = (
    "local-authority-code,official-name,nice-name,gss-code,start-date,end-date,replaced-by,former-gss-codes,county-la,"
    "nation\n"
    "LAR,Larchwood Council,Larchwood,E06000901,2009-04-01,,,E06000900,,England\n"
    'OLD,Orchard Council,"Orchard, Orchards",E07000901,1974-04-01,2009-03-31,LAR,,SHI,England\n'
    "SHI,Fernshire Council,Fernshire,E10000901,,,NEW,,,England\n"
    "BAD,Nowhere,Nowhere,12,,,,,,Wales\n"
    "DOL,Cyngor Dolwern,Dolwern,W06000901,1/4/1996,,,,,Wales\n"
)


def test_a_list_of_councils(give: Give) -> None:
    got = give(councils_2026_04=AREAS)
    areas = {area.code: area for area in got.all(Area)}
    assert set(areas) == {"E06000901", "E06000900", "E07000901", "E10000901", "W06000901"}
    old = areas["E07000901"]
    assert (old.began, old.ended, old.successors, old.within) == (
        "1974-04-01",
        "2009-03-31",
        ("E06000901",),
        ("E10000901",),
    )
    assert (old.other_names, old.vintage, old.what) == (("Orchard", "Orchards"), "2026-04", "council")
    assert areas["E06000900"].successors == ("E06000901",)
    assert areas["W06000901"].began == "1996-04-01"
    assert areas["E06000901"].extra == {"nation": "England"}
    assert areas["E10000901"].extra["replaced-by"] == "NEW"
    assert got.said("no published area code", "refused")
    assert got.said("“NEW”, whose published code", "repaired")


def test_ons_headings_name_code_vintage_and_welsh(give: Give) -> None:
    got = give(lad="LAD24CD,LAD24NM,LAD24NMW,RGN24CD,RGN24NM\nW06000902,Dolwern,Dôl-wern,W99999901,Wales\n")
    area = got.one(Area)
    assert (area.code, area.name, area.other_names, area.vintage) == (
        "W06000902",
        "Dolwern",
        ("Dôl-wern",),
        "2024",
    )


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("E08000901", "council"),
        ("E23000901", "police"),
        ("W15000901", "police"),
        ("E54000901", "icb"),
        ("S12000901", "other"),
    ],
)
def test_kinds_of_area_go_by_the_published_beginning(give: Give, code: str, what: str) -> None:
    assert give(areas=f"code,name\n{code},Larchwood\n").one(Area).what == what


def test_nothing_is_said_of_areas_from_postcodes(give: Give) -> None:
    got = give(services="name,postcode,description\nLarchwood,AB1 2CD,Help\n")
    assert got.one(Service).areas is None
    assert got.all(Area) == []


def test_a_mapping_goes_before_the_guess(give: Give) -> None:
    text = "Alpha,Beta,Gamma\nLarchwood,0117 496 0001,Help\n"
    assert give(odd=text).said("not clear what the rows", "refused")
    told = {"alpha": "name", "Beta": "phone", "Gamma": "description"}
    service = give(odd=text, mapping=told, target="service").one(Service)
    assert (service.name, service.phone, service.description) == ("Larchwood", "0117 496 0001", "Help")
    shape = columns.shape(["Gamma", "ALPHA", "beta"])
    assert give(odd=text, remembered={shape: ("service", told)}).one(Service) == service
    unused = give(list="name,notes,phone,fees\nA,see,1174960001,free\n", mapping={"phone": ""}).one(Service)
    assert (unused.phone, unused.extra) == ("", {"phone (column)": "1174960001", "notes": "see"})


def test_a_mapping_or_target_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name\nA\n")
    for told in ({"mapping": {"name": "colour"}}, {"target": "planet"}):
        with pytest.raises(InputError):
            read_tables([tmp_path], **told)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        read_tables([])


def test_what_was_guessed_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Service name,Tel,Colour\nLarchwood,0117 496 0001,green\n")
    (guess,), report = show_tables([tmp_path])
    assert (guess.target, guess.rows, guess.why, report) == ("service", 1, "", ())
    assert guess.columns == {"Service name": "name", "Tel": "phone", "Colour": ""}
    assert guess.examples["Colour"] == ("green",)
    assert guess.shape == columns.shape(["Colour", "tel", "SERVICE NAME"])
    assert {"name", "phone"} <= set(fields_of("service"))


def test_progress_rises_and_can_stop_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,fees\n" + "".join(f"Group {n},free\n" for n in range(400)))
    shares: list[float] = []
    read_tables([tmp_path], progress=shares.append, today=TODAY)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0

    def stop(share: float) -> None:
        if share > 0.6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_tables([tmp_path], progress=stop, today=TODAY)


def test_what_many_rows_share_is_said_once(give: Give) -> None:
    got = give(services="name,fees\n" + "".join(f"Group {n},free\n" for n in range(50)))
    lines = [line.what for line in got.result.report if "running" in line.what]
    assert len(lines) == 1
    assert "50 rows: 2, 3, 4, 5, 6 and so on" in lines[0]


def test_a_county_beside_an_address_is_a_line_of_it(give: Give) -> None:
    got = give(
        services="name,address 1,town,county,postcode\nLarchwood,4 Mill Row,Eastmere,Fernshire,AB1 2CD\n"
    )
    assert got.one(Location).address == "4 Mill Row\nEastmere\nFernshire"
    assert got.one(Service).areas is None
    alone = give(services="name,county,fees\nLarchwood,Fernshire,free\n")
    assert alone.one(Service).areas == [{"name": "Fernshire"}]
    assert alone.all(Location) == []


def test_former_codes_and_names_of_a_list_of_changes(give: Give) -> None:
    got = give(
        changes="Old code,Old name,New code,New name,Date of change\n"
        "E07000901,Eastmere,E06000901,Greater Eastmere,01/04/2023\n"
        "E07000902,Fernhill,E06000901,Greater Eastmere,01/04/2023\n"
    )
    areas = {area.code: area for area in got.all(Area)}
    assert (areas["E07000902"].name, areas["E07000902"].successors) == ("Fernhill", ("E06000901",))
    assert areas["E07000901"].name == "Eastmere"
    assert areas["E06000901"].name == "Greater Eastmere"


def test_a_lookup_says_what_an_area_lies_in(give: Give) -> None:
    got = give(
        lookup="LAD23CD,LAD23NM,CTY23CD,CTY23NM,PFA23CD\nE07000901,Eastmere,E10000901,Fernshire,E23000901\n"
    )
    assert got.one(Area).within == ("E10000901", "E23000901")


@pytest.mark.parametrize(
    ("heading", "target", "field"),
    [
        ("SARC", "service", "name"),
        ("ISVA service", "service", "name"),
        ("Type of service", "service", "category"),
        ("Telephone (24hr)", "service", "phone"),
        ("Email for referrals", "service", "email"),
        ("Waiting list (weeks)", "service", "wait_time"),
        ("Host organisation", "service", "organization.name"),
        ("organisationId", "service", "organization.id"),
        ("venue.address.postalCode", "service", "postal_code"),
        ("Provider e-mail", "service", "organization.email"),
        ("Contact's job title", "service", "contact.role"),
        ("MINIMUM_AGE", "service", "minimum_age"),
        ("Ffôn", "service", ""),
        ("Charity name", "agency", "name"),
        ("Site Postcode", "location", "postal_code"),
        ("Subcontractor codes", "service", ""),
        ("Contract reference", "service", ""),
        ("Name of manager", "service", ""),
    ],
)
def test_headings_are_understood_by_what_they_say_of_whom(heading: str, target: str, field: str) -> None:
    assert columns.guess([heading], target, {}) == {heading: field}


def test_camel_case_properties_are_a_service(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        '{"results": [{"serviceId": "SVC-00001", "serviceName": "Play", "organisationId": "ORG-9",'
        '"organisationName": "Larchwood Trust", "telephoneNumber": "01174960001", "ageFrom": 5, "ageTo": 18,'
        '"addressLine1": "4 Mill Row", "postTown": "Eastmere", "postcode": "AB1 2CD"}], "count": 1}'
    )
    got = Got(read_tables([tmp_path], today=TODAY))
    service = got.one(Service)
    assert (service.id, service.minimum_age, service.phone) == (
        same_id("service", "SVC-00001"),
        "5",
        "01174960001",
    )
    assert got.one(Agency).name == "Larchwood Trust"
    assert got.one(Location).postcode == "AB1 2CD"


def test_rows_of_one_id_are_one_service_at_several_places(give: Give) -> None:
    got = give(
        services="id,name,phone,category,address,postcode,fees\n"
        f"{UUID},Larchwood,0117 496 0001,Play,4 Mill Row,AB1 2CD,free\n"
        f"{UUID},Larchwood,0117 496 0002,Talk,9 Mill Row,AB1 3CD,paid\n"
    )
    service = got.one(Service)
    assert set(service.locations) == {place.id for place in got.all(Location)}
    assert len(service.locations) == 2
    assert [mark["label"] for mark in service.attributes] == ["Play", "Talk"]
    assert service.fees == "free"
    assert [contact.phone for contact in got.all(Contact)] == ["0117 496 0002"]
    assert got.said("has the id of row 2", "repaired")
    assert got.said("“fees_description” was kept", "repaired")


def test_a_cover_sheet_is_no_list_of_services(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (["Directory of support services"], ["Version 2"]):
        book.active.append(line)
    sheet = book.create_sheet("Services")
    for line in (
        ["Eastmere"],
        [],
        ["Name of service", "Delivered by", "Contact no"],
        ["Play", "Trust", 1174960001],
    ):
        sheet.append(line)
    book.save(tmp_path / "a.xlsx")
    got = Got(read_tables([tmp_path], today=TODAY))
    service = got.one(Service)
    assert (service.name, service.phone) == ("Play", "01174960001")
    assert got.said("not clear what the rows", "refused")
    assert got.said("The line above the headings was passed over.", "skipped")
