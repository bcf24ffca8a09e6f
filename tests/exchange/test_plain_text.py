"""Text from feeds becomes plain text; what only looks like markup stays."""

import pytest

from csa_desk.exchange.plain_text import LONGEST, one_line, plain


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("<h1>About</h1>\n\n<p>One.</p>\n\n<p>Two.</p>", "About\n\nOne.\n\nTwo."),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>Tea</li><li>Talk</li></ul>", "• Tea\n• Talk"),
        ("room&nbsp;open", "room open"),
        ("tea &amp; talk", "tea & talk"),
        ("&lt;p&gt;Escaped&amp;nbsp;twice&lt;/p&gt;", "Escaped twice"),
        ("ages <18 and >5, R&D", "ages <18 and >5, R&D"),
        ("Write to <help@larchwood.example> or <name>", "Write to <help@larchwood.example> or <name>"),
        ("<p>Write to <help@larchwood.example></p>", "Write to <help@larchwood.example>"),
        ("<script>alert(1)</script>Hello<style>p{}</style>", "Hello"),
        ('<a href="https://a.example/form">the form</a>', "the form (https://a.example/form)"),
        ('<a href="https://www.a.example/">a.example</a>', "a.example"),
        ('<a href="mailto:hi@a.example">hi@a.example</a>', "hi@a.example"),
        ('<a href="mailto:hi@a.example">write</a>', "write (hi@a.example)"),
        ('<a href="javascript:x()">press</a>', "press"),
        ("one\ttwo\r\nthree\u2028four", "one two\nthree\nfour"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("zero\u200bwidth\ufeff and \u202eturned\u202c", "zerowidth and turned"),
        ("Cafe\u0301", "Café"),
        ("  ", ""),
        ("<p>one</p><!-- a > b --><!DOCTYPE html>two", "one\n\ntwo"),
        ("<p>one <!-- never ended", "one never ended"),
        ("<p>unfinished <b", "unfinished <b"),
    ],
)
def test_text_is_made_plain(given: str, wanted: str) -> None:
    assert plain(given) == wanted


def test_plain_text_stays_as_it_is_when_made_plain_again() -> None:
    for text in ("About\n\nOne.\nTwo.", "• Tea\n• Talk", "Tŷ Gobaith – a place"):
        assert plain(text) == text


def test_one_line_has_no_line_breaks() -> None:
    assert one_line("<p>One</p><p>Two\nthree</p>") == "One Two three"


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<b x='", "<p></", "<![CDATA[", "<a href='>", "&lt;"])
def test_hostile_markup_is_read_to_its_end(piece: str) -> None:
    # Parsed naively, these take minutes.
    assert plain("<p>" + piece * (LONGEST // len(piece) - 10) + " the end").endswith("the end")


def test_endless_text_is_cut() -> None:
    assert len(plain("é" * (LONGEST + 5))) == LONGEST
