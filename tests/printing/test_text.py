"""Text on paper is text: fonts by coverage, nothing read as markup, right-to-left writing in its order."""

import pytest

from csa_desk.printing import fonts
from csa_desk.printing.fonts import EMOJI, FALLBACK, MISSING, REGULAR, SEMIBOLD, plain, runs
from csa_desk.printing.scripts import joined, starts_right_to_left, visual
from csa_desk.printing.styles import PROFESSIONAL
from csa_desk.printing.text import Run, paragraph, stacked


def on_paper(text: str, *, from_right: bool = False) -> str:
    return "".join(text[i if i >= 0 else -1 - i] for i in visual(text, from_right=from_right))


def lines_of(text: str, width: float) -> list[str]:
    placed = paragraph(text, PROFESSIONAL.plain)
    placed.wrap(width, 10_000)
    return ["".join(word.text for word in line.words).strip() for line in placed.blPara.lines]


def test_composed_and_separate_accents_are_the_same_letter() -> None:
    assert plain("w\u0302") == "ŵ"


@pytest.mark.parametrize("letter", list("ŵŷŁźșÉ"))
def test_letters_of_wales_and_poland_are_in_every_weight(letter: str) -> None:
    assert all(runs(letter, font) == [(font, letter)] for font in (REGULAR, SEMIBOLD, fonts.BOLD))


def test_each_run_is_set_in_a_font_that_has_it() -> None:
    assert runs("Jo שרה 🙂", REGULAR) == [(REGULAR, "Jo "), (FALLBACK, "שרה "), (EMOJI, "🙂")]


def test_a_mark_the_fallback_lacks_is_taken_from_the_text_font() -> None:
    assert runs("!", FALLBACK) == [(SEMIBOLD, "!")]


def test_what_no_font_has_is_seen_as_a_box() -> None:
    assert runs("a中b", REGULAR) == [(REGULAR, f"a{MISSING}b")]
    assert plain("a\x00b\ue000") == f"a{MISSING}b{MISSING}"


def test_a_letter_of_another_shape_is_set_as_its_plain_one() -> None:
    assert "".join(text for _, text in runs("𝐀Ｂ", REGULAR)) == "AB"


def test_what_draws_nothing_leaves_nothing() -> None:
    assert plain("soft\u00adware\u200b \u202e❤\ufe0f") == "software ❤"


def test_line_ends_of_every_kind_are_kept_and_blank_lines_are_few() -> None:
    assert lines_of("a\r\nb\rc\u2028d\n\n\n\n\ne\tf", 300) == ["a", "b", "c", "d", "", "e f"]


def test_text_that_looks_like_markup_is_text() -> None:
    text = "<b>bold</b> & &amp; {{ name }} <br/> <img src='x'/>"
    assert "".join(frag.text for frag in paragraph(text, PROFESSIONAL.plain).frags) == text


def test_ten_thousand_letters_without_a_blank_are_broken_into_lines_that_fit() -> None:
    placed = paragraph("W" * 10_000, PROFESSIONAL.plain)
    placed.wrap(200, 100_000)
    assert sum(len("".join(words)) for _, words in placed.blPara.lines) == 10_000
    assert min(room for room, _ in placed.blPara.lines) >= 0


def test_an_empty_piece_takes_no_line() -> None:
    assert [run.text for run in stacked(Run("  "), Run("a "), Run(""), Run("b"))] == ["a", "\nb"]


def test_a_hebrew_line_is_set_from_the_right() -> None:
    assert on_paper("שרה", from_right=True) == "הרש"


def test_numbers_inside_hebrew_keep_their_order() -> None:
    assert on_paper("בן 12 היום", from_right=True) == "םויה 12 ןב"


def test_a_hebrew_name_inside_english_turns_alone() -> None:
    assert on_paper("For שרה לוי. Made") == "For יול הרש. Made"


def test_english_inside_hebrew_stays_readable() -> None:
    assert on_paper("אני Jo Ellis כאן", from_right=True) == "ןאכ Jo Ellis ינא"


def test_brackets_inside_hebrew_face_the_other_way() -> None:
    assert lines_of("(שרה) לוי", 300) == ["יול (הרש)"]


def test_each_line_of_a_long_hebrew_text_begins_where_reading_goes_on() -> None:
    words = [f"א{letter}" for letter in "בגדהוזחטיכלמנסעפצקרשת"]
    lines = lines_of(" ".join(words), 80)
    assert len(lines) > 2
    assert [word[::-1] for line in lines for word in reversed(line.split())] == words


def test_hebrew_split_over_pages_keeps_its_words_and_order() -> None:
    words = [f"א{letter}" for letter in "בגדהוזחטיכלמנסעפצקרשת"]
    placed = paragraph(" ".join(words), PROFESSIONAL.plain)
    placed.wrap(80, 1000)
    parts = placed.split(80, placed.style.leading * 2)
    read = []
    for part in parts:
        part.wrap(80, 1000)
        read += ["".join(word.text for word in line.words) for line in part.blPara.lines]
    assert len(parts) == 2
    assert [word[::-1] for line in read for word in reversed(line.split())] == words


def test_arabic_letters_take_the_form_their_neighbours_ask_for() -> None:
    assert joined("ببب") == "\ufe91\ufe92\ufe90"
    assert joined("ب") == "\ufe8f"
    assert joined("دب") == "\ufea9\ufe8f"


def test_lam_and_alef_become_one_sign() -> None:
    assert joined("لا") == "\ufefb"
    assert joined("بلا") == "\ufe91\ufefc"


def test_an_accent_does_not_break_the_join_and_stays_with_its_letter() -> None:
    assert joined("ب\u064eب") == "\ufe91\u064e\ufe90"
    assert on_paper("ب\u064eد", from_right=True) == "دب\u064e"


def test_the_first_letter_gives_the_direction() -> None:
    assert starts_right_to_left("“12 שרה")
    assert not starts_right_to_left("12 Jo שרה")
