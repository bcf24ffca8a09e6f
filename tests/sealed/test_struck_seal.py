"""A sealed note in the wrong file: whether one can read it is said before, and no id or code is shown after."""

import re
from collections.abc import Callable

from csa_desk.casework import notes, removals, removals_waiting
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.hidden_words import STAYS_SEALED
from csa_desk.casework.histories import Change, changes
from csa_desk.casework.struck_seal import CAN, CANNOT, about_seal
from tests.sealed.conftest import Service

CODES = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}|\d{4}-\d\d-\d\d|therapy\b")


def sealed_change(desk: Desk, file: CaseFile) -> Change:
    """The sealing of the one note."""
    return next(item for item in changes(desk, file) if item.kind == "sealed-entry")


def test_who_cannot_read_a_sealed_note_is_told_before_taking_it_out(
    service: Service, child: Callable[[Desk], CaseFile]
) -> None:
    with service.at("Ada") as desk:
        file = child(desk)
        notes.write_note(desk, file, {"words": "Drew the sea."})
        assert about_seal(desk, file, sealed_change(desk, file))[0] == CAN
    with service.at("Bo") as desk:
        file = child(desk)
        first, rest = about_seal(desk, file, sealed_change(desk, file))
        assert first == CANNOT
        assert "Ada wrote it" in rest
        other = next(item for item in changes(desk, file) if item.kind != "sealed-entry")
        assert about_seal(desk, file, other) == ("", "")


def test_what_was_hidden_of_a_sealed_note_says_that_it_stays_sealed(
    service: Service, child: Callable[[Desk], CaseFile]
) -> None:
    with service.at("Ada") as desk:
        file = child(desk)
        notes.write_note(desk, file, {"words": "Drew the sea."})
        made = removals.strike(desk, file, [sealed_change(desk, file).revision], "Wrong file")
    with service.at("Bo") as desk:
        said = removals_waiting.words(desk, made.id)
    assert ("Sealed note", STAYS_SEALED) in said
    assert ("Sealed note: Written by", "Ada") in said
    assert ("Sealed note: Sealed under", "Therapy notes") in said
    assert not [words for pair in said for words in pair if CODES.search(words)]
