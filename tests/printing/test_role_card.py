"""Role cards, read back from their bytes."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from csa_desk.printing.role_card import role_card_pdf
from csa_desk.records.disclosure import Disclosure, LineCopy, LineGroup, Reference

Read = Callable[[bytes], list[str]]


def grounds(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each filled oblong on the first page."""
    words = PdfReader(BytesIO(pdf)).pages[0].get_contents().get_data().decode("latin-1").split("\n")
    oblongs = [line.split() for line in words if " re f" in line]
    return [(float(parts[parts.index("re") - 2]), float(parts[parts.index("re") - 1])) for parts in oblongs]


def test_a_card_says_who_i_am_what_i_do_and_what_i_do_not(card: Reference, read: Read) -> None:
    (text,) = read(role_card_pdf(card))
    expected = [card.title, card.subtitle, "I do"]
    expected += [f"✓ {line.text}" for line in card.groups[0].lines]
    expected += ["Check before relying", "I do not"]
    expected += [f"– {line.text}" for line in card.groups[1].lines]
    expected += ["How to reach me Ask Eastmere Children’s Support", "Source: Statutory guidance, 2025"]
    places = [text.find(words) for words in expected]
    assert -1 not in places, expected[places.index(-1)]


def test_i_do_and_i_do_not_are_equal_in_size(card: Reference) -> None:
    few = replace(card, groups=(card.groups[0], replace(card.groups[1], lines=card.groups[1].lines[:1])))
    sizes = [size for size in grounds(role_card_pdf(few)) if size[0] > 200]
    assert len(sizes) == 2
    assert sizes[0] == pytest.approx(sizes[1], abs=0.1)


def test_a_fuller_card_is_set_smaller_so_that_it_stays_on_one_sheet(card: Reference, read: Read) -> None:
    lines = tuple(LineCopy(f"I do thing number {n} and tell you about it") for n in range(9))
    full = replace(card, groups=(LineGroup("I do", lines), *card.groups[1:]))
    assert len(read(role_card_pdf(full))) == 1


def test_a_card_too_full_for_a_sheet_keeps_its_halves_together_and_goes_on_overleaf(
    card: Reference, read: Read
) -> None:
    lines = tuple(LineCopy(f"I do thing number {n} and tell you about it") for n in range(11))
    notes = tuple(LineCopy(f"Note number {n} " + "with many words " * 9) for n in range(9))
    halves = (LineGroup("I do", lines), LineGroup("I do not", lines[:2]))
    pages = read(role_card_pdf(replace(card, groups=(*halves, LineGroup("Good to know", notes)))))
    assert len(pages) == 2
    assert all(line.text in pages[0] for line in lines)
    assert all(f"Note number {n} " in pages[1] for n in range(9))
    assert "Good to know" not in pages[0]


def test_a_card_too_full_for_a_sheet_goes_on_overleaf_and_loses_nothing(card: Reference, read: Read) -> None:
    lines = tuple(LineCopy(f"Thing number {n:03} with some more words to it") for n in range(120))
    pages = read(
        role_card_pdf(replace(card, groups=(LineGroup("I do", lines), LineGroup("I do not", lines))))
    )
    text = " ".join(pages)
    assert len(pages) > 1
    assert all(text.count(f"Thing number {n:03}") == 2 for n in range(120))


def test_each_card_of_a_deck_begins_on_its_own_page(card: Reference, read: Read) -> None:
    second = replace(
        card, title="Therapist", imprint=replace(card.imprint, guidance_as_at="1 May 2026"), wording={}
    )
    pages = read(role_card_pdf((card, second, card)))
    assert ["Child and family ISVA" in page for page in pages] == [True, False, True]
    assert "1 May 2026" in pages[1]
    assert "1 May 2026" not in pages[0]
    assert [f"Page {n} of 3" in page for n, page in enumerate(pages, 1)] == [True] * 3


def test_a_card_without_its_slots_prints_all_its_groups(card: Reference, read: Read) -> None:
    text = " ".join(read(role_card_pdf(replace(card, wording={}))))
    assert all(line.text in text for group in card.groups for line in group.lines)


def test_nothing_but_references_become_cards(card: Reference, plan: Disclosure) -> None:
    for wrong in (plan, {}, None, [card], (card, plan)):
        with pytest.raises(TypeError):
            role_card_pdf(wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="at least one"):
        role_card_pdf(())
