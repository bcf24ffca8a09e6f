"""What holds for every print: fonts, footers, watermark, dates, metadata, sameness; and its preview."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from csa_desk.printing import fonts, preview
from csa_desk.printing.checklist import checklist_pdf, checklist_reference_pdf
from csa_desk.printing.plan import plan_pdf
from csa_desk.printing.role_card import role_card_pdf
from csa_desk.records.disclosure import ActionCopy, Band, Disclosure, Reference

Read = Callable[[bytes], list[str]]
MARK = "Training: invented data"


@pytest.fixture(params=["plan", "child", "checklist", "blank checklist", "card"])
def printed(
    request: pytest.FixtureRequest,
    plan: Disclosure,
    child_plan: Callable[[Band], Disclosure],
    checklist: Disclosure,
    card: Reference,
    blank_checklist: Reference,
) -> tuple[Callable[[Any], bytes], Disclosure | Reference]:
    """Each kind of print and what it is made of."""
    kinds: dict[str, tuple[Callable[[Any], bytes], Disclosure | Reference]] = {
        "plan": (plan_pdf, plan),
        "child": (plan_pdf, child_plan(Band.YOUNGER)),
        "checklist": (checklist_pdf, checklist),
        "blank checklist": (checklist_reference_pdf, blank_checklist),
        "card": (role_card_pdf, card),
    }
    return kinds[request.param]


def pdf_fonts(pdf: bytes) -> dict[str, Any]:
    """All font objects of a PDF, whether a page uses them or not."""
    reader = PdfReader(BytesIO(pdf))
    found = {}
    for page in reader.pages:
        for name, font in page["/Resources"]["/Font"].items():
            found[name] = font.get_object()
    return found


def test_training_is_marked_on_every_page_across_and_in_the_footer(printed: Any, read: Read) -> None:
    make, given = printed
    pages = read(make(replace(given, imprint=replace(given.imprint, training=True))))
    assert [page.count(MARK) for page in pages] == [2] * len(pages)


def test_the_training_mark_across_a_page_is_too_large_to_miss_and_hidden_by_nothing(printed: Any) -> None:
    make, given = printed
    for page in PdfReader(BytesIO(make(replace(given, imprint=replace(given.imprint, training=True))))).pages:
        marks: list[tuple[str, float]] = []

        def visit(text: str, _place: Any, _line: Any, _font: Any, size: float, marks: Any = marks) -> None:
            if text.strip():
                marks.append((text.strip(), size))

        page.extract_text(visitor_text=visit)
        assert marks[-1][0] == MARK, "it is drawn last"
        assert marks[-1][1] >= 36


def test_live_prints_carry_no_training_mark(printed: Any, read: Read) -> None:
    make, given = printed
    assert MARK not in " ".join(read(make(given)))


def test_training_is_marked_even_without_wording_for_it(printed: Any, read: Read) -> None:
    make, given = printed
    pages = read(make(replace(given, imprint=replace(given.imprint, training=True), wording={})))
    assert all(page.count(MARK) == 2 for page in pages)


def test_the_same_input_gives_the_same_bytes(printed: Any) -> None:
    make, given = printed
    assert make(given) == make(replace(given))


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "import hashlib, sys; from csa_desk.records.disclosure import *;"
        "from csa_desk.printing.role_card import role_card_pdf;"
        "i = Imprint('S', 'P', '2026-11-24', '20 November 2026', True);"
        "g = LineGroup('I do', (LineCopy('ŵ 🙂 שרה'),));"
        "r = Reference(title='T', subtitle='', groups=(g,), imprint=i, wording={});"
        "sys.stdout.write(hashlib.sha256(role_card_pdf(r)).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland"))
    ]
    assert len(runs[0]) == hashlib.sha256().digest_size * 2
    assert runs[0] == runs[1]


def test_every_font_is_embedded_and_none_is_a_standard_one(printed: Any) -> None:
    make, given = printed
    found = pdf_fonts(make(given))
    assert len(found) >= 3
    for font in found.values():
        assert "/FontFile2" in font["/FontDescriptor"], font["/BaseFont"]
        assert font["/BaseFont"].split("+")[1].startswith("Desk")


def test_every_letter_on_paper_is_drawn_by_a_font_that_has_it(
    printed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportlab.pdfgen.textobject import PDFTextObject

    set_in: set[tuple[str, str]] = set()
    original = PDFTextObject._formatText

    def spy(self: Any, text: str) -> Any:
        set_in.update((self._fontname, letter) for letter in text)
        return original(self, text)

    monkeypatch.setattr(PDFTextObject, "_formatText", spy)
    make, given = printed
    make(given)
    assert len(set_in) > 30
    assert [pair for pair in set_in if ord(pair[1]) not in fonts._glyphs(pair[0])] == []


def test_the_footer_counts_pages_and_names_the_copy(plan: Disclosure, read: Read) -> None:
    actions = tuple(ActionCopy(f"Action {n}", "Priya", "", "") for n in range(120))
    pages = read(plan_pdf(replace(plan, goals=(replace(plan.goals[0], actions=actions),))))
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert page.count(f"of {len(pages)}") == 1 + page.count(f"Copy 3 of {len(pages)}")
        assert "4F7K2M · Copy 3 of 3 · Guidance as at 20 November 2026 · 7K2M9QXT" in page


def test_the_footer_of_a_child_has_copy_guidance_and_page_alone(
    child_plan: Callable[[Band], Disclosure], read: Read
) -> None:
    given = replace(
        child_plan(Band.OLDER), imprint=replace(child_plan(Band.OLDER).imprint, copy_number="3-K7")
    )
    (page,) = read(plan_pdf(given))
    assert "Copy 3 of 3 · Guidance as at 20 November 2026 Page 1 of 1" in page


def test_the_footer_takes_its_page_words_from_the_wording(plan: Disclosure, read: Read) -> None:
    wording = {**plan.wording, "page-x-of-y": "Tudalen {number}", "page-count": "o {number}"}
    pages = read(plan_pdf(replace(plan, wording=wording)))
    assert [f"Tudalen {n} o {len(pages)}" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)


def test_metadata_hold_a_title_a_language_and_no_name(printed: Any) -> None:
    make, given = printed
    reader = PdfReader(BytesIO(make(given)))
    held = " ".join(str(value) for value in (reader.metadata or {}).values())
    assert reader.metadata
    assert reader.metadata.title
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    for name in ("Rowan", "Bramley", "Priya", "Nair", "Eastmere"):
        assert name not in held


def test_the_title_names_code_and_copy_for_professionals_and_no_code_for_the_child(
    plan: Disclosure, child_plan: Callable[[Band], Disclosure]
) -> None:
    titles = [
        PdfReader(BytesIO(plan_pdf(given))).metadata["/Title"] for given in (plan, child_plan(Band.MIDDLE))
    ]
    assert titles == ["Support plan, 4F7K2M, Copy 3 of 3", "My plan, Copy 3 of 3"]


def test_a_title_with_the_name_of_the_child_is_not_used(plan: Disclosure) -> None:
    wording = {**plan.wording, "plan-title": "Plan of Rowan Bramley"}
    title = PdfReader(BytesIO(plan_pdf(replace(plan, wording=wording)))).metadata["/Title"]
    assert title == "Plan, 4F7K2M, Copy 3 of 3"


@pytest.mark.parametrize("made_on", ["24 November 2026", "2026-11-24", "2026-11-24T10:42:07+00:00"])
def test_the_document_is_dated_by_its_imprint(plan: Disclosure, made_on: str) -> None:
    given = replace(plan, imprint=replace(plan.imprint, made_on=made_on))
    assert PdfReader(BytesIO(plan_pdf(given))).metadata["/CreationDate"] == "D:20261124000000+00'00'"


@pytest.mark.parametrize("made_on", ["", "one day", "31 February 2026"])
def test_without_a_day_the_document_has_a_fixed_date(plan: Disclosure, made_on: str) -> None:
    given = replace(plan, imprint=replace(plan.imprint, made_on=made_on))
    assert PdfReader(BytesIO(plan_pdf(given))).metadata["/CreationDate"].startswith("D:20000101")


def test_two_plans_of_the_same_title_are_two_documents(plan: Disclosure) -> None:
    first, second = (PdfReader(BytesIO(plan_pdf(given))) for given in (plan, replace(plan, team=())))
    assert first.metadata == second.metadata
    assert first.trailer["/ID"] != second.trailer["/ID"]


def test_emoji_can_be_read_back(plan: Disclosure, read: Read) -> None:
    given = replace(plan, goals=(replace(plan.goals[0], words="Biscuit 🙂 🐈"),))
    assert "“Biscuit 🙂 🐈”" in read(plan_pdf(given))[0]


def test_nothing_stands_outside_the_margins(printed: Any) -> None:
    make, given = printed
    for image in preview.page_images(make(given), 1.0):
        rows = [
            image.pixels[row * image.width * 4 : (row + 1) * image.width * 4] for row in range(image.height)
        ]
        assert all(set(row) == {255} for row in rows[:30] + rows[-22:])
        assert all(set(row[: 40 * 4] + row[-40 * 4 :]) == {255} for row in rows)


def test_the_preview_has_each_page_in_its_size_as_rgba(plan: Disclosure, card: Reference) -> None:
    pdf = plan_pdf(plan)
    images = preview.page_images(pdf, 0.5)
    assert len(images) == preview.page_count(pdf) == len(PdfReader(BytesIO(pdf)).pages)
    for image in images:
        assert (image.width, image.height) == (298, 421)
        assert len(image.pixels) == image.width * image.height * 4
        assert image.pixels[:4] == b"\xff\xff\xff\xff"
        assert set(image.pixels[3::4]) == {255}
    (wide,) = preview.page_images(role_card_pdf(card), 1.0)
    assert wide.width > wide.height


def test_the_preview_shows_colours_in_the_order_red_green_blue(plan: Disclosure) -> None:
    image = preview.page_images(plan_pdf(plan), 1.0)[0]
    pixels = {image.pixels[at : at + 3] for at in range(0, len(image.pixels), 4)}
    assert bytes.fromhex("E0EFEF") in pixels
    assert bytes.fromhex("FDF2DA") in pixels
