"""Sealing and opening: whatever the words; nothing opens what was swapped, changed or put in by somebody else."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csa_desk.errors import SealedError
from csa_desk.records import cases
from csa_desk.records.ids import new_id
from csa_desk.records.sealed import SEALED_FIELDS, CompartmentName, SealedEntry
from csa_desk.store import compartment_keys, keys, sealed_drafts, sealing, wrapping
from csa_desk.store.opening import Opener
from csa_desk.store.trust import Trust
from csa_desk.store.vault import OpenVault
from csa_desk.store.writing import Writing

THERAPY, DISCLOSURE = CompartmentName.THERAPY, CompartmentName.DISCLOSURE
MOMENT = "2026-11-24T10:42:07+00:00"
BELOW = "2026-11-24T10:42:06+00:00"


def new_case(vault: OpenVault) -> str:
    """A child's file with nothing in it."""
    child, case = new_id(), new_id()
    with vault.write() as writing:
        writing.put(cases.Person(id=child, name="Rowan"))
        writing.put(cases.Case(id=case, child=child, code=case[:6].upper()))
    return case


def into(vault: OpenVault, writing: Writing, case: str, name: str, words: dict[str, str]) -> SealedEntry:
    """Seal words into a compartment that is founded for whoever is at work."""
    trust = Trust(writing)
    standing = trust.standing(case, name)
    own = vault.practitioner
    if standing.current is None:
        standing = compartment_keys.found(
            writing, trust, standing, [own], by=own, why="author", moment=MOMENT
        )
    full = {field: words.get(field, "") for field in SEALED_FIELDS[name]}
    entry = SealedEntry(id=new_id(), author=own, written=MOMENT, signed=True)
    return sealing.seal(writing, trust, standing, entry, full, MOMENT)


def opened(vault: OpenVault, entry: SealedEntry) -> dict[str, str]:
    """The words of an entry as it stands in the vault now."""
    reading = vault.whole
    found = reading.get(SealedEntry, entry.id)
    assert found is not None
    standing = Trust(reading).standing(found.case, found.name)
    return sealing.open_entry(reading, sealing.reader_of(vault), standing, found, MOMENT)


def codes(vault: OpenVault) -> set[str]:
    """What the trial of every sealed value finds."""
    return {finding.code for finding in sealing.verify_held(vault)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(list(CompartmentName)),
    texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=400), min_size=7, max_size=7),
)
def test_whatever_is_sealed_reads_back_letter_by_letter(
    vault: OpenVault, name: str, texts: list[str]
) -> None:
    words = dict(zip(SEALED_FIELDS[name], texts, strict=False))
    case = new_case(vault)
    with vault.write() as writing:
        entry = into(vault, writing, case, name, words)
    assert opened(vault, entry) == words
    stored = json.dumps(entry.content)
    assert not any(len(text) > 8 and text in stored for text in texts)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300), others=st.integers(0, 3))
def test_a_sealed_draft_opens_for_each_it_is_sealed_to_and_for_nobody_else(text: str, others: int) -> None:
    whom = [keys.Identity.new() for _ in range(others + 1)]
    kept = sealed_drafts.sealed(text, [item.recipient for item in whom])
    for item in whom:
        assert sealed_drafts.opened(kept, (item,)) == text
    assert sealed_drafts.opened(kept, (keys.Identity.new(),)) is None


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_changed_byte_anywhere_in_a_sealed_field_is_noticed(data: st.DataObject) -> None:
    key = bytes(32)
    entry = SealedEntry(id=new_id(), name=THERAPY, compartment=new_id())
    content: dict[str, Any] = {
        name: base64.b64encode(
            keys.lock(key, b"words", sealing._binding(entry.id, name, entry.compartment))
        ).decode()
        for name in SEALED_FIELDS[THERAPY]
    }
    field = data.draw(st.sampled_from(SEALED_FIELDS[THERAPY]))
    sealed = bytearray(base64.b64decode(content[field]))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    changed = {**content, field: base64.b64encode(bytes(sealed)).decode()}
    assert sealing.unsealed(replace(entry, content=content), key.hex())[field] == "words"
    with pytest.raises(SealedError, match="changed or put in another place"):
        sealing.unsealed(replace(entry, content=changed), key.hex())


@pytest.fixture
def two(vault: OpenVault) -> "Two":
    """Two therapy notes and a disclosure in one case."""
    case = new_case(vault)
    with vault.write() as writing:
        first = into(vault, writing, case, THERAPY, {"day": "2026-11-24", "words": "first"})
        second = into(vault, writing, case, THERAPY, {"day": "2026-11-23", "words": "second"})
        told = into(vault, writing, case, DISCLOSURE, {"day": "2026-11-22", "words": "told"})
    assert codes(vault) == set()
    return vault, first, second, told


Two = tuple[OpenVault, SealedEntry, SealedEntry, SealedEntry]
Tampering = Callable[[Path], Any]


@contextmanager
def table(vault: OpenVault, raw_of: Tampering) -> Iterator[Any]:
    """A connection past the program, as somebody with the data key has it."""
    raw = raw_of(vault.folder)
    try:
        yield raw
    finally:
        raw.close()


def put_content(raw: Any, entry: str, content: object) -> None:
    """Write over what the table of records holds."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    raw.execute("UPDATE sealed_entry SET content = ? WHERE id = ?", (text, entry))


def content_of(entry: SealedEntry) -> dict[str, Any]:
    """Its ciphertext, by field."""
    assert entry.content is not None
    return dict(entry.content)


def test_content_swapped_between_records_does_not_open(two: Two, raw_of: Tampering) -> None:
    vault, first, second, _ = two
    with table(vault, raw_of) as raw:
        put_content(raw, first.id, second.content)
    with pytest.raises(SealedError):
        opened(vault, first)
    assert codes(vault) == {"sealed"}


def test_content_and_key_swapped_together_do_not_open_either(two: Two, raw_of: Tampering) -> None:
    vault, first, second, _ = two
    with table(vault, raw_of) as raw:
        put_content(raw, first.id, second.content)
        raw.execute("DELETE FROM wrapped_key WHERE of = ?", (first.id,))
        raw.execute("UPDATE wrapped_key SET of = ? WHERE of = ?", (first.id, second.id))
    with pytest.raises(SealedError):
        opened(vault, first)
    assert codes(vault) == {"sealed"}


def test_fields_swapped_within_a_record_do_not_open(two: Two, raw_of: Tampering) -> None:
    vault, first, _, _ = two
    content = content_of(first)
    with table(vault, raw_of) as raw:
        put_content(raw, first.id, {"day": content["words"], "words": content["day"]})
    with pytest.raises(SealedError):
        opened(vault, first)


def test_an_entry_moved_to_another_compartment_does_not_open(two: Two, raw_of: Tampering) -> None:
    vault, first, _, told = two
    with table(vault, raw_of) as raw:
        raw.execute(
            "UPDATE sealed_entry SET name = ?, compartment = ? WHERE id = ?",
            (told.name, told.compartment, first.id),
        )
    with pytest.raises(SealedError):
        opened(vault, first)
    assert codes(vault) == {"sealed"}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM wrapped_key",
        "UPDATE wrapped_key SET sealed = x'00'",
        "UPDATE wrapped_key SET sealed = substr(sealed, 1, 120)",
    ],
)
def test_keys_that_were_taken_out_or_spoilt_are_named(two: Two, raw_of: Tampering, statement: str) -> None:
    vault, first, _, _ = two
    with table(vault, raw_of) as raw:
        raw.execute(statement)
    with pytest.raises(SealedError):
        opened(vault, first)
    assert codes(vault) >= {"sealed-holder", "sealed"}


def test_a_public_key_put_into_the_table_of_compartments_is_never_sealed_to(
    two: Two, raw_of: Tampering
) -> None:
    vault, first, _, _ = two
    mine = keys.Identity.new()
    with table(vault, raw_of) as raw:
        raw.execute("UPDATE compartment SET recipient = ? WHERE name = ?", (mine.recipient, THERAPY))
        raw.execute("UPDATE practitioner_key SET recipient = ?", (mine.recipient,))
    with vault.write() as writing:
        later = into(vault, writing, first.case, THERAPY, {"words": "later"})
    assert mine.recipient not in wrapping.recipients(vault.whole, later.id)
    assert opened(vault, later)["words"] == "later"


def test_a_private_half_of_another_pair_is_not_taken_for_the_compartments(two: Two) -> None:
    vault, first, _, _ = two
    standing = Trust(vault.whole).standing(first.case, THERAPY)
    assert standing.current is not None
    with vault.write() as writing:
        own = vault.opened.own.identity.recipient
        wrapping.put(writing, standing.current.id, own, keys.Identity.new().private)
    assert sealing.reader_of(vault).private_half(vault.whole, standing.current) is None
    assert codes(vault) >= {"sealed-holder"}


def test_an_entry_that_closed_is_not_opened_by_its_author_even_with_the_key_still_there(two: Two) -> None:
    vault, _, _, told = two
    reading = vault.whole
    author = sealing.Reader(vault.practitioner, sealing.reader_of(vault).identities)
    nobody = replace(Trust(reading).standing(told.case, DISCLOSURE), versions=[])
    shut = replace(told, closes=MOMENT)
    assert sealing.open_entry(reading, author, nobody, shut, BELOW)["words"] == "told"
    with pytest.raises(SealedError):
        sealing.open_entry(reading, author, nobody, shut, MOMENT)


def test_what_was_sealed_opens_after_a_lock(two: Two, opener: Opener, passphrase: str) -> None:
    vault, first, second, told = two
    vault.close()
    with opener.open(vault.folder, passphrase) as again:
        assert [opened(again, entry)["words"] for entry in (first, second, told)] == [
            "first",
            "second",
            "told",
        ]
        assert codes(again) == set()
