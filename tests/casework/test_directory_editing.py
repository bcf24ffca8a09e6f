"""The directory entered by hand: what is said becomes a record, what does not go together is refused in a sentence."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csa_desk.casework.desk import Desk
from csa_desk.casework.directory import find
from csa_desk.casework.directory_editing import (
    add_entry,
    attached,
    change_entry,
    put_back_entry,
    record_of,
    take_out_entry,
    taken_out,
)
from csa_desk.casework.directory_fields import CALLED, FIELDS, How, choices_of
from csa_desk.errors import InputError
from csa_desk.records.directory import Agency, AgencyRole, Contact, InDirectory, Location, Service
from csa_desk.records.directory_facts import (
    Agreement,
    Area,
    CoLocation,
    Criterion,
    EscalationRoute,
    ReferralRoute,
)
from csa_desk.records.kinds import KINDS
from csa_desk.store.check import check

ONE_VAULT = True


def service(desk: Desk, **said: Any) -> Service:
    made = add_entry(desk, Service, {"name": "Larch Lodge", **said})
    assert isinstance(made, Service)
    return made


def test_every_field_of_the_form_is_one_of_the_record_and_every_kind_has_a_name() -> None:
    assert set(FIELDS) == set(CALLED)
    for kind, fields in FIELDS.items():
        assert KINDS[kind.KIND] is kind
        held = set(kind.__dataclass_fields__)
        assert {field.name for field in fields} <= held
        assert len({field.name for field in fields}) == len(fields)


def test_an_agency_and_its_service_are_entered_and_found(desk: Desk) -> None:
    agency = add_entry(
        desk,
        Agency,
        {
            "name": "Alder Trust",
            "identifiers": "GB-CHC: 1234567\nown number",
            "email": "hello@alder.example.org",
        },
        how="rang",
    )
    made = service(
        desk,
        name="Alder play therapy",
        agency="alder trust",
        types=["csa-therapy", "knitting"],
        needs="health; school",
        minimum_age="4",
        maximum_age="12.5",
        wait="about 6 weeks",
        wait_as_at="2026-11-20",
    )
    assert isinstance(agency, Agency)
    assert agency.identifiers == [
        {"scheme": "GB-CHC", "identifier": "1234567"},
        {"scheme": "", "identifier": "own number"},
    ]
    assert (agency.checked_on, agency.checked_how) == ("2026-11-24", "I rang them.")
    assert made.agency == agency.id
    assert (made.types, made.needs) == (("csa-therapy", "knitting"), ("health", "school"))
    assert made.checked_on == ""
    assert [entry.name for entry in find(desk, "alder play")] == ["Alder play therapy"]
    assert check(desk.vault).findings == ()


def test_what_is_not_said_stays_and_what_a_publisher_said_of_an_area_does_too(desk: Desk) -> None:
    with desk.vault.write() as writing:
        writing.put(Area(id="e1", code="E06000001", what="council", name="Eastmere"))
        held = Service(
            id="published",
            name="Published",
            phone="01632 960118",
            areas=[{"id": "x", "name": "Eastmere", "extent": "Eastmere"}],
            extra={"pc_metadata": 1},
        )
        writing.put(held, "imported")
    changed = change_entry(desk, held, {"email": "a@b.example", "areas": "Eastmere\nE06000001\nThe moor"})
    assert isinstance(changed, Service)
    assert (changed.phone, changed.email, changed.extra) == (
        "01632 960118",
        "a@b.example",
        {"pc_metadata": 1},
    )
    assert changed.areas is not None
    assert changed.areas[0] == {"id": "x", "name": "Eastmere", "extent": "Eastmere"}
    assert changed.areas[-1] == {"name": "The moor"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "“Name” has to be said"),
        ({"minimum_age": "12", "maximum_age": "4"}, "the lower has to come first"),
        ({"minimum_age": "twelve"}, "has to be years"),
        ({"email": "nobody"}, "like name@example.org"),
        ({"contract_end": "soon"}, "Contract ends"),
        ({"status": "thriving"}, "not known as does it run"),
        ({"needs": "gold"}, "not known as helps with"),
        ({"agency": "No such trust"}, "No agency of the directory is called"),
        ({"wait": "6 weeks"}, "Say on which day"),
        ({"shoe": "42"}, "“shoe” cannot be entered here"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_sentence_and_nothing_is_kept(
    desk: Desk, said: dict[str, Any], sentence: str
) -> None:
    before = desk.vault.read.count(Service)
    with pytest.raises(InputError, match=sentence) as refused:
        service(desk, **said)
    assert str(refused.value).endswith("Nothing was changed.") or "Nothing" in str(refused.value)
    assert desk.vault.read.count(Service) == before


def test_an_older_waiting_time_without_a_day_does_not_stand_in_the_way_of_a_correction(desk: Desk) -> None:
    with desk.vault.write() as writing:
        writing.put(Service(id="old", name="Old", wait="6 weeks"), "imported")
    held = record_of(desk, "old")
    assert getattr(change_entry(desk, held, {"phone": "01632 960118"}), "phone", "") == "01632 960118"


def test_everything_that_belongs_to_a_service_is_entered_with_it(desk: Desk) -> None:
    other = add_entry(desk, Agency, {"name": "Quiet Police"})
    owner = add_entry(desk, Agency, {"name": "Rowan Trust"})
    made = service(desk, name="Rowan tree", agency=owner.id)
    rule = add_entry(desk, Criterion, {"about": "Ages", "rule": "only", "lowest": "4.5"}, owner=made)
    route = add_entry(
        desk, ReferralRoute, {"who": ["self", "carer"], "how": "phone", "to": "01632 1"}, owner=made
    )
    role = add_entry(desk, AgencyRole, {"role": "therapeutic-service", "part": "lead"}, owner=made)
    place = add_entry(desk, Location, {"address": "1 Mill Lane", "withheld": True}, owner=made)
    person = add_entry(desk, Contact, {"name": "Referrals", "role_mailbox": "yes"}, owner=made)
    sits = add_entry(desk, CoLocation, {"agency": "Quiet Police", "days": "Mondays"}, owner=made)
    stands = record_of(desk, made.id)
    found = {kind: [item.id for item in items] for kind, items in attached(desk, stands).items()}
    assert found == {
        Criterion: [rule.id],
        ReferralRoute: [route.id],
        AgencyRole: [role.id],
        CoLocation: [sits.id],
        Location: [place.id],
        Contact: [person.id],
    }
    assert (role, getattr(role, "agency", "")) == (role, owner.id)
    assert getattr(place, "withheld", False)
    assert getattr(sits, "agency", "") == other.id
    agreement = add_entry(
        desk,
        Agreement,
        {"what": "information-sharing", "title": "Who tells whom", "parties": [owner.id, other.id]},
    )
    assert [item.id for item in attached(desk, other)[Agreement]] == [agreement.id]


def test_a_rule_needs_something_to_go_by(desk: Desk) -> None:
    made = service(desk)
    for said in ({"about": "age", "rule": "only"}, {"about": "area", "rule": "not"}, {"rule": "only"}):
        with pytest.raises(InputError):
            add_entry(desk, Criterion, said, owner=made)
    with pytest.raises(InputError, match="Say which agency or service"):
        add_entry(desk, Criterion, {"about": "age", "rule": "either"})
    with pytest.raises(InputError, match="Say whom to ask"):
        add_entry(desk, EscalationRoute, {"level": "lado"})


def test_what_was_first_entered_for_good_is_not_changed_in_silence(desk: Desk) -> None:
    rule = add_entry(desk, Criterion, {"about": "police-report", "rule": "either"}, owner=service(desk))
    with pytest.raises(InputError, match="stays as it was first entered"):
        change_entry(desk, rule, {"about": "age"})
    assert getattr(change_entry(desk, rule, {"about": "police-report", "rule": "only"}), "rule", "") == "only"


def test_what_is_taken_out_is_in_no_search_and_can_be_put_back(desk: Desk) -> None:
    made = service(desk, name="Xylophone lodge")
    take_out_entry(desk, made)
    assert find(desk, "xylophone") == []
    assert made.id in {item.id for item in taken_out(desk)}
    with pytest.raises(InputError, match="was taken out"):
        change_entry(desk, made, {"phone": "1"})
    put_back_entry(desk, made)
    assert [entry.record.id for entry in find(desk, "xylophone")] == [made.id]
    assert made.id not in {item.id for item in taken_out(desk)}


ODD = st.one_of(st.text(max_size=30), st.booleans(), st.lists(st.text(max_size=10), max_size=4), st.none())


@given(
    kind=st.sampled_from(list(FIELDS)),
    said=st.dictionaries(
        st.sampled_from(sorted({f.name for fs in FIELDS.values() for f in fs})), ODD, max_size=6
    ),
)
@settings(deadline=None, max_examples=150)
def test_whatever_is_said_is_kept_whole_or_refused(
    module_desk: Desk, kind: type[InDirectory], said: dict[str, Any]
) -> None:
    owner = Service(id="owner-of-all", name="Owner")
    with module_desk.vault.write() as writing:
        writing.put(owner)
    before = module_desk.vault.read.count(kind)
    refused = ""
    try:
        made = add_entry(module_desk, kind, said, owner=owner)
    except InputError as fault:
        refused = str(fault)
    if refused:
        assert refused.endswith(".")
        assert module_desk.vault.read.count(kind) == before
    else:
        assert record_of(module_desk, made.id) == made
        again = {
            name: value for name, value in said.items() if FIELDS and name in {f.name for f in FIELDS[kind]}
        }
        assert change_entry(module_desk, made, again) == made


def test_every_choice_can_be_made_by_its_words(desk: Desk) -> None:
    for kind, fields in FIELDS.items():
        for field in fields:
            if field.how in (How.ONE, How.MANY):
                assert choices_of(desk, kind, field), (kind, field.name)
