"""Everything that is held, on paper: long values, other scripts, bars that cover nothing."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest

from csa_desk.printing.held import held_pdf
from csa_desk.records.disclosure import Disclosure, HeldCopy, HeldGroup, HeldRecord, What


def words_of(pdf: bytes) -> tuple[int, str]:
    """How many pages, and every word on them."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        return len(document), "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


@pytest.fixture
def made(plan: Disclosure) -> Disclosure:
    """A disclosure with one record."""
    return replace(
        plan,
        what=What.RECORDS,
        held=(
            HeldGroup(
                "About Wren",
                (
                    HeldRecord("Answer", (HeldCopy("Answer", "<b>x</b> Ŵ ł", ("1 May 2026, 10:00, Kit",)),)),
                    HeldRecord("Carer", (HeldCopy("", "[taken out]", taken_out=True),)),
                    HeldRecord("Long", (HeldCopy("Words", "row " * 9000),)),
                    HeldRecord("Nothing", ()),
                ),
            ),
        ),
    )


def test_every_record_stands_in_it_as_text(made: Disclosure) -> None:
    pages, words = words_of(held_pdf(made))
    assert pages > 3
    for said in ("About Wren", "<b>x</b> Ŵ ł", "1 May 2026, 10:00, Kit", "[taken out]", "Nothing"):
        assert said in words
    assert words.count("row") == 9000


def test_the_same_gives_the_same_bytes(made: Disclosure) -> None:
    assert held_pdf(made) == held_pdf(made)


def test_nothing_else_is_printed_as_everything_held(made: Disclosure) -> None:
    with pytest.raises(ValueError, match="not of everything held"):
        held_pdf(replace(made, what=What.PLAN))
    with pytest.raises(TypeError):
        held_pdf("words")  # type: ignore[arg-type]
