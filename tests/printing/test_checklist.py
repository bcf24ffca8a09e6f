"""Checklists, read back from their bytes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from csa_desk.printing.checklist import checklist_pdf, checklist_reference_pdf
from csa_desk.records.disclosure import Disclosure, LineCopy, LineGroup, Reference, What

Read = Callable[[bytes], list[str]]


def test_each_line_has_its_mark_its_reason_and_its_ground(checklist: Disclosure, read: Read) -> None:
    text = " ".join(read(checklist_pdf(checklist)))
    expected = [
        "Eastmere Children’s Support Pre-trial therapy checklist",
        "For Rowan Bramley. Printed by Priya Nair on 24 November 2026.",
        "Facts for your judgement, not legal advice.",
        "At the start Say these in the words that fit the child.",
        "✓ Say that therapy can begin now Nobody in the police or the prosecution decides about it.",
        "Done 24 November 2026 with mum, explained with cards",
        "Pre-trial therapy guidance, 2022 · Check before quoting · Guidance as at 20 November 2026",
        "Superseded Ask the police first and wait for their answer.",
        "☐ Say who may see the notes A request must be specific.",
        "Act of 2022, section 44A · Guidance as at 20 November 2026",
        "! Ring before any letter Needs care Check before relying · Guidance as at 20 November 2026",
        "– Explain the video link Not needed because there is no hearing Act of 1999",
        "When notes are asked for ☐ Write down who asked, when and for what",
    ]
    places = [text.find(words) for words in expected]
    assert -1 not in places, expected[places.index(-1)]
    assert places == sorted(places)


def test_a_well_known_line_carries_no_note(checklist: Disclosure, read: Read) -> None:
    line = LineCopy("Say it", source="Act of 2022")
    text = " ".join(read(checklist_pdf(replace(checklist, groups=(LineGroup("One", (line,)),)))))
    assert "Check before" not in text
    assert "Superseded" not in text


def test_three_hundred_lines_are_all_printed(checklist: Disclosure, read: Read) -> None:
    lines = tuple(
        LineCopy(f"Line {n:03}", "why " * 20, "source", "note", "open", "", "older") for n in range(300)
    )
    text = " ".join(read(checklist_pdf(replace(checklist, groups=(LineGroup("All", lines),)))))
    places = [text.find(f"Line {n:03}") for n in range(300)]
    assert -1 not in places
    assert places == sorted(places)


def test_ten_thousand_characters_in_each_field_lose_none(checklist: Disclosure, read: Read) -> None:
    long = {
        name: letter * 10_000
        for name, letter in zip(("text", "why", "source", "note", "older"), "abcde", strict=True)
    }
    text = "".join(read(checklist_pdf(replace(checklist, groups=(LineGroup("T", (LineCopy(**long),)),)))))
    for letter in "abcde":
        assert text.count(letter) >= 10_000


def test_a_blank_checklist_names_nobody(blank_checklist: Reference, read: Read) -> None:
    text = " ".join(read(checklist_reference_pdf(blank_checklist)))
    assert (
        "Pre-trial therapy checklist For the therapist Blank copy. It holds nothing about any child." in text
    )
    assert "Rowan" not in text


def test_each_function_takes_its_own_type_alone(checklist: Disclosure, blank_checklist: Reference) -> None:
    for wrong in (blank_checklist, {}, None, [checklist]):
        with pytest.raises(TypeError):
            checklist_pdf(wrong)  # type: ignore[arg-type]
    for wrong in (checklist, {}, None, (blank_checklist,)):
        with pytest.raises(TypeError):
            checklist_reference_pdf(wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not of a checklist"):
        checklist_pdf(replace(checklist, what=What.PLAN))
