"""What every field of every record must declare, and what a new record holds: nothing."""

import uuid
from dataclasses import FrozenInstanceError, dataclass, fields
from typing import ClassVar

import pytest

from csa_desk.records import assessment, cases, consent, register, safety, vault
from csa_desk.records.categories import Category
from csa_desk.records.fields import Merge, Record, Scope, defaults, fixed, rules, text
from csa_desk.records.kinds import KINDS

ALL = [pytest.param(kind, id=name) for name, kind in KINDS.items()]

PROTECTIVE = {
    (consent.ConsentDecision, "decision"): ("withdrawn", "refused", "given"),
    (consent.SharingDecision, "share"): ("no", "yes"),
    (safety.SafeContact, "call"): ("no", "not-known", "yes"),
    (safety.SafeContact, "voicemail"): ("no", "not-known", "yes"),
    (safety.SafeContact, "text_message"): ("no", "not-known", "yes"),
    (safety.SafeContact, "letter"): ("no", "not-known", "yes"),
    (safety.SafeContact, "email"): ("no", "not-known", "yes"),
    (safety.SafeContact, "school_pick_up"): ("no", "not-known", "yes"),
    (safety.SafeContact, "unmarked_envelope"): ("yes", "not-known", "no"),
    (safety.ProtectiveFact, "protects"): (
        "unsafe-to-contact",
        "must-not-know",
        "order-in-force",
        "bail-condition-in-force",
    ),
    (safety.RiskJudgement, "level"): ("high", "raised", "not-known", "low"),
    (safety.HomeSafety, "answer"): ("no", "in-person", "yes"),
    (cases.ContactPoint, "safe"): ("no", "not-known", "yes"),
    (cases.Carer, "lives_with"): ("no", "not-known", "yes"),
}


@pytest.mark.parametrize("kind", ALL)
def test_every_field_declares_a_category_and_how_it_merges(kind: type[Record]) -> None:
    declared = rules(kind)
    assert set(declared) == {item.name for item in fields(kind)} - {"id"}
    for rule in declared.values():
        assert isinstance(rule.category, Category)
        assert isinstance(rule.merge, Merge)


@pytest.mark.parametrize("kind", ALL)
def test_a_new_record_holds_nothing_but_its_id(kind: type[Record]) -> None:
    empty = defaults(kind)
    made = kind(id="x")
    for name, value in empty.items():
        assert value in ("", (), False, 0, None)
        assert getattr(made, name) == value


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_names_itself_and_its_scope_and_cannot_be_changed_in_place(kind: type[Record]) -> None:
    assert KINDS[kind.KIND] is kind
    assert isinstance(kind.SCOPE, Scope)
    with pytest.raises(FrozenInstanceError):
        kind(id="x").removed = True  # type: ignore[misc]


def test_every_record_type_in_the_package_can_be_stored() -> None:
    def below(kind: type[Record]) -> set[type[Record]]:
        # A dataclass with slots is made twice; only the one its module holds is real.
        real = {
            found
            for found in kind.__subclasses__()
            if getattr(__import__(found.__module__, fromlist=["x"]), found.__name__, None) is found
            and found.__module__.startswith("csa_desk.")
        }
        return real | {deeper for found in kind.__subclasses__() for deeper in below(found)}

    assert {kind for kind in below(Record) if "KIND" in vars(kind)} == set(KINDS.values())


@pytest.mark.parametrize(
    ("kind", "name"), [pytest.param(*key, id=f"{key[0].KIND}.{key[1]}") for key in PROTECTIVE]
)
def test_what_protects_most_rules_until_two_values_are_settled(kind: type[Record], name: str) -> None:
    assert rules(kind)[name].protective == PROTECTIVE[(kind, name)]


@pytest.mark.parametrize("kind", ALL)
def test_no_protective_order_is_declared_that_this_test_does_not_know(kind: type[Record]) -> None:
    ordered = {(kind, name) for name, rule in rules(kind).items() if rule.protective}
    assert ordered <= set(PROTECTIVE)


@pytest.mark.parametrize(
    "kind",
    [
        consent.ConsentDecision,
        consent.SharingDecision,
        safety.SafeContact,
        safety.ProtectiveFact,
        safety.HomeSafety,
        safety.RiskJudgement,
        cases.Jurisdiction,
        cases.ParentalResponsibility,
        assessment.SignOff,
        register.Release,
        vault.HeaderSeen,
        vault.AccessKept,
    ],
)
def test_what_was_decided_signed_or_sent_cannot_be_edited_afterwards(kind: type[Record]) -> None:
    open_fields = {name for name, rule in rules(kind).items() if rule.merge not in (Merge.EVENT, Merge.FIXED)}
    assert open_fields == {"removed"}


@pytest.mark.parametrize("protects", list(safety.Protects))
def test_every_kind_of_protective_fact_has_its_place_in_the_order(protects: safety.Protects) -> None:
    assert protects in rules(safety.ProtectiveFact)["protects"].protective


def test_a_field_without_category_and_merge_kind_is_refused() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Careless(Record):
        KIND: ClassVar[str] = "careless"
        SCOPE: ClassVar[Scope] = Scope.CASE
        note: str = ""

    with pytest.raises(TypeError, match="declares no category"):
        rules(Careless)
    with pytest.raises(TypeError, match="declares no category"):
        defaults(Careless)


def test_ids_of_answers_are_text_that_any_laptop_can_make() -> None:
    assert uuid.UUID(cases.Person(id=str(uuid.uuid4())).id).version == 4
    assert text(Category.HEALTH).metadata["rule"].merge is Merge.SCALAR
    assert fixed(Category.HEALTH).metadata["rule"].merge is Merge.FIXED
