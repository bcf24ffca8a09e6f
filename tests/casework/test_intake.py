"""A new child: everything said is kept in one transaction, or nothing is."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from csa_desk.casework import intake
from csa_desk.casework.answers import Standing, view
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.consenting import allowed
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.recipients import recipient_named
from csa_desk.casework.shapes import CaseShape, parse_shape
from csa_desk.errors import InputError
from csa_desk.records.ids import case_code
from csa_desk.store.check import check
from csa_desk.store.writing import Writing

ONE_VAULT = True
Shaped = Callable[[dict[str, Any]], CaseShape]
Add = Callable[..., CaseFile]
Census = Callable[[Desk], dict[str, int]]


def test_everything_that_is_said_of_a_new_child_is_recorded(
    desk: Desk, full: dict[str, Any], shaped: Shaped
) -> None:
    file = open_file(desk, add_child(desk, shaped(full)).code)
    assert (file.child.name, file.child.preferred_name, file.child.birth_date, file.child.pronoun) == (
        "Robin Fernhill",
        "Rob",
        "2015-04",
        "he",
    )
    assert (file.case.opened, file.nation(desk.today)) == ("2026-09-01", "england")
    carer = file.carers[0]
    assert file.person_name(carer.person) == "Dana Fernhill"
    assert (carer.relation, carer.lives_with) == ("mother", "yes")
    assert {(one.means, one.value) for one in file.contact_points} == {
        ("phone", "01632 960 201"),
        ("address", "4 Mill Row"),
        ("email", "dana@example.org"),
    }
    assert [(one.person, one.held) for one in file.responsibilities] == [(carer.person, "yes")]
    sibling = file.siblings[0]
    person = file.people[sibling.person]
    assert (person.name, person.birth_date, sibling.relation, sibling.lives_with) == (
        "Wren Fernhill",
        "2019",
        "sister",
        "no",
    )
    referral = file.referrals[0]
    assert (referral.received, referral.from_name, referral.from_agency, referral.why, referral.offers) == (
        "2026-08-28",
        "Kit Marlow",
        "Eastmere School",
        "Asked for help",
        full["referral"]["offers"],
    )
    rule = file.safe_contact(desk.today)
    assert rule is not None
    assert {name: getattr(rule, name) for name in full["safe_contact"]} == full["safe_contact"]
    fact = file.protective_in_force(desk.today)[0]
    assert (fact.person_name, fact.protects, fact.source, fact.until) == (
        "Uncle Ash",
        "must-not-know",
        "paper seen",
        "2027-09-01",
    )
    assert file.at_home(desk.today) == "in-person"
    assert [(one.stage, one.since, one.until, one.state) for one in file.stages] == [
        ("report", "2026-08-20", "2026-09-10", ""),
        ("investigation", "2026-09-10", "", ""),
        ("trial", "2027-05-04", "", "planned"),
    ]
    assert [(one.step, one.on, one.reason) for one in file.therapy_dates] == [
        ("need-agreed", "2026-09-05", ""),
        ("offered", "2026-09-25", "A wait of three weeks"),
    ]
    member = file.team[0]
    assert (member.name, member.role, member.agency_name, member.outcome, member.helps_with) == (
        "Priya Nair",
        "ch-isva",
        "Linden House",
        "Rob is heard",
        ("health", "school"),
    )
    assert (member.part, member.coordinator, member.since, member.until) == ("leads", True, "2026-09-01", "")
    consent = file.consents[0]
    assert (consent.recipient_name, consent.categories, consent.by_name, consent.capacity, consent.how) == (
        "Eastmere School",
        ("education", "needs-and-plan"),
        "Dana Fernhill",
        "parental responsibility",
        "talked about it",
    )
    assert (consent.decision, consent.purpose, consent.on, consent.until, consent.reason) == (
        "given",
        "support",
        "2026-09-02",
        "2027-03-01",
        "So that school can help",
    )
    assert [(one.what, one.due, one.contact, one.state) for one in file.tasks] == [
        ("Ring Dana", "2026-11-30", True, "open")
    ]
    assert len(file.episodes) == 1
    assert check(desk.vault).findings == ()


def test_what_intake_knows_is_not_asked_again(desk: Desk, full: dict[str, Any], shaped: Shaped) -> None:
    file = open_file(desk, add_child(desk, shaped(full)).code)
    shown = {one.question.id: one for part in view(desk, file).sections for one in part.asked}
    for known in (
        "preferred-name",
        "pronoun",
        "safe-who",
        "safe-number",
        "safe-voicemail",
        "safe-must-not-know",
    ):
        assert shown[known].standing in (Standing.KNOWN, Standing.TO_CHECK), known
    assert len(file.safe_contacts) == 1, "the answers repeat the rule, they do not make another"


def test_a_pronoun_in_the_childs_own_form_is_kept(add: Add, desk: Desk) -> None:
    case = add_child(desk, parse_shape(b'{"child": {"name": "Ro", "pronoun": "she/her"}}', CaseShape))
    assert open_file(desk, case.code).child.pronoun == "she/her"
    assert add("Sky").child.pronoun == ""


def test_a_fault_anywhere_leaves_nothing(
    desk: Desk,
    full: dict[str, Any],
    shaped: Shaped,
    census: Census,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shape = shaped(full)
    before = census(desk)
    put = Writing.put
    calls = 0

    def failing(at: int) -> Callable[..., bool]:
        def wrapped(self: Writing, *given: Any, **more: Any) -> bool:
            nonlocal calls
            calls += 1
            if calls == at:
                raise OSError("pulled stick")
            return put(self, *given, **more)

        return wrapped

    at = 0
    while True:
        at += 1
        calls = 0
        monkeypatch.setattr(Writing, "put", failing(at))
        try:
            add_child(desk, shape)
        except OSError:
            monkeypatch.setattr(Writing, "put", put)
            if at % 8 == 1:
                assert census(desk) == before, at
            continue
        break
    monkeypatch.setattr(Writing, "put", put)
    assert at > 30
    after = census(desk)
    assert (after["case"], after["faults"]) == (before["case"] + 1, 0)
    assert after["revisions"] > before["revisions"]


def test_a_code_is_lengthened_until_it_is_the_only_one(
    desk: Desk, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = uuid.UUID("12345678-9abc-4def-8123-456789abcdef")
    ids = [str(first), str(uuid.UUID(int=first.int ^ (1 << 90))), str(uuid.UUID(int=first.int ^ (1 << 85)))]
    made = []
    for number in ids:
        real = intake.new_id
        given = iter([number])
        monkeypatch.setattr(intake, "new_id", lambda given=given, real=real: next(given, None) or real())
        made.append(add().code)
        monkeypatch.setattr(intake, "new_id", real)
    assert made[0] == case_code(ids[0])
    assert len(set(made)) == 3
    assert len(made[0]) == 6
    assert all(len(code) > 6 for code in made[1:])


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"child": {"name": "Ro"}, "favourite": 1}, "favourite"),
        ({"child": {"name": "Ro", "shoe_size": 4}}, "shoe_size"),
        ({"child": {"name": "Ro"}, "carers": [{"name": "Dana", "hair": "red"}]}, "hair"),
    ],
)
def test_a_key_that_is_not_known_is_named(said: dict[str, Any], named: str, shaped: Shaped) -> None:
    with pytest.raises(InputError, match=named):
        shaped(said)


def test_a_birth_date_may_be_partial_or_unknown(desk: Desk, shaped: Shaped) -> None:
    for birth in ("2015", "2015-04", "2015-04-30", ""):
        case = add_child(desk, shaped({"child": {"name": "Ro", "birth_date": birth}}))
        assert open_file(desk, case.code).child.birth_date == birth


MISFITS: list[tuple[dict[str, Any], str]] = [
    ({"child": {"name": "Ro", "birth_date": "30/04/2015"}}, "birth_date"),
    ({"child": {"name": "Ro", "birth_date": "2015-02-30"}}, "birth_date"),
    ({"opened": "2026-09"}, "opened"),
    ({"siblings": [{"name": "Wren", "birth_date": "then"}]}, "sibling"),
    ({"stages": [{"stage": "report", "since": "soon"}]}, "stages"),
    ({"stages": [{"stage": "interrogation"}]}, "interrogation"),
    ({"therapy": [{"step": "offered", "on": "soon"}]}, "therapy"),
    ({"team": [{"name": "Pat", "until": "soon"}]}, "team"),
    ({"team": [{"name": "Pat", "helps_with": ["scool"]}]}, "scool"),
    ({"tasks": [{"what": "Ring", "due": "soon"}]}, "tasks"),
    ({"tasks": [{"what": " "}]}, "task"),
    ({"carers": [{"name": " "}]}, "carer"),
    ({"siblings": [{"name": ""}]}, "sibling"),
    ({"team": [{"name": ""}]}, "team"),
    ({"consents": [{"recipient": "School", "categories": ["gossip"]}]}, "gossip"),
    ({"consents": [{"recipient": "School", "categories": ["health"], "purpose": "fun"}]}, "fun"),
    ({"consents": [{"recipient": "School", "categories": ["health"], "until": "soon"}]}, "consent"),
    ({"consents": [{"recipient": " ", "categories": ["health"]}]}, "agency"),
    ({"consents": [{"recipient": "School", "categories": ["health"], "subject": "Nan"}]}, "no such child"),
    ({"child": {"name": "  "}}, "name"),
]


def test_what_does_not_fit_is_refused_whole_and_named(desk: Desk, shaped: Shaped, census: Census) -> None:
    before = census(desk)
    for said, named in MISFITS:
        with pytest.raises(InputError, match=named):
            add_child(desk, shaped({"child": {"name": "Ro"}, **said}))
        assert census(desk) == before, said


def test_a_consent_about_a_carer_is_found_by_the_carers_name(add: Add, desk: Desk) -> None:
    file = add(
        carers=[{"name": "Dana Fernhill"}],
        consents=[{"recipient": "School", "categories": ["health"], "subject": "Dana Fernhill"}],
    )
    who = recipient_named(desk.vault.read, "School")
    assert allowed(desk, file, who, "support", file.carers[0].id).categories == {"health"}
    assert allowed(desk, file, who, "support", "child").categories == set()


def test_a_child_with_nothing_but_a_name_stands_at_not_reported(add: Add) -> None:
    file = add("Sky")
    now = file.stage_now()
    assert now is not None
    assert now.stage == "not-reported"
    assert file.safe_contacts == []
