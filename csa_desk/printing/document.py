"""From flowables to the bytes of a PDF, in memory and the same each time, with what stands round every page.

Every paragraph of every print is a :class:`csa_desk.printing.text.Text`, every table a
:class:`csa_desk.printing.blocks.Rows`, every page is drawn on a :class:`PageCanvas` and framed by a
:class:`Surround`: these four are all there is to tag.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from itertools import count
from typing import Any, TypeVar

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate

from csa_desk.printing import fonts, styles
from csa_desk.printing.styles import Look
from csa_desk.printing.text import Run, Text, paragraph
from csa_desk.records.dates import MONTHS
from csa_desk.records.disclosure import Chart, Disclosure, Edition, Imprint, Reference

FOOT_ROOM = 34.0  # points between the footer and the edge of the paper
_DAY_IN_WORDS = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)

Given = TypeVar("Given", Disclosure, Reference, Chart)


def admitted(given: object, kind: type[Given]) -> Given:
    """What was given, if it is exactly of that kind and came through the door; else ``TypeError``."""
    if type(given) is not kind:
        raise TypeError(f"only a {kind.__name__} can be printed here, not {type(given).__name__}")
    try:
        return replace(given)  # asks again at the door of a Disclosure
    except AttributeError as gap:
        raise TypeError(f"this {kind.__name__} was not made whole") from gap


class Slots:
    """The wording of one print. A slot that is missing is empty text, and what it heads is set without it."""

    def __init__(self, wording: Mapping[str, str]) -> None:
        self._wording = wording

    def __call__(self, *names: str) -> str:
        """The first of these slots that holds words."""
        return next((words for name in names if (words := self._wording.get(name, "").strip())), "")

    def filled(self, slot: str, /, **values: str) -> str:
        """A slot that is said once for each row, with ``{name}``, ``{date}`` or ``{number}`` put in."""
        return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), self(slot))


class PageCanvas(Canvas):  # type: ignore[misc]
    """A canvas whose dates come from the print, and which can draw what depends on the number of pages."""

    def __init__(self, *args: Any, day: datetime, **settings: Any) -> None:
        super().__init__(*args, **settings)
        stamp = self._doc._timeStamp  # noqa: SLF001  no public way to date a document
        stamp.t, stamp.lt, stamp.YMDhms = day.timestamp(), day.timetuple(), day.timetuple()[:6]
        self._code: list[str]
        self._waiting: list[tuple[int, str, Callable[[int], None]]] = []
        self._tokens = count(1)

    def when_counted(self, draw: Callable[[int], None]) -> None:
        """Keep a place on this page for what ``draw`` draws when the number of pages, its argument, is known."""
        token = f"%waiting-{next(self._tokens)}%"
        self._code.append(token)
        self._waiting.append((self._pageNumber - 1, token, draw))

    def save(self) -> None:
        """Finish the last page, draw what waited, and write the file."""
        if self._code:
            self.showPage()
        pages = self._doc.Pages.pages
        for number, token, draw in self._waiting:
            self._code = []
            draw(len(pages))
            pages[number].stream = pages[number].stream.replace(token, "\n".join(self._code), 1)
        self._code = []
        for page in pages:  # two prints of the same title are two documents
            self._doc.updateSignature(page.stream)
        self._doc.SaveToFile(self._filename, self)


@dataclass(frozen=True, slots=True)
class Surround:
    """What stands round the text of a page: the footer and, in training, the watermark."""

    look: Look
    foot: tuple[str, ...]
    training: str
    of_pages: Callable[[int, int], str]
    size: tuple[float, float] = A4

    @property
    def bottom(self) -> float:
        """Height of the foot of the page that text may not enter."""
        return FOOT_ROOM + float(self._left().wrap(self._left_room, 1000)[1]) + 16

    @property
    def _left_room(self) -> float:
        return self.size[0] - 2 * self.look.margin - self._width_of(self.of_pages(999, 999)) - 12

    def _left(self) -> Text:
        runs = [Run(" · ".join(self.foot) or "\u00a0")]
        if self.training:
            mark = Run(self.training, fonts.SEMIBOLD, styles.TRAINING)
            runs = [mark, Run(" · "), *runs] if self.foot else [mark]
        return paragraph(runs, self.look.style(self.look.foot, colour=styles.MUTED))

    def draw(self, canvas: PageCanvas, _document: object) -> None:
        """Draw the footer, at the beginning of a page."""
        width = self.size[0] - 2 * self.look.margin
        top = self.bottom - 16
        canvas.saveState()
        canvas.setStrokeColor(styles.LINE)
        canvas.setLineWidth(0.75)
        canvas.line(self.look.margin, top, self.look.margin + width, top)
        canvas.restoreState()
        left = self._left()
        _, height = left.wrapOn(canvas, self._left_room, top)
        left.drawOn(canvas, self.look.margin, top - 5 - height)
        canvas.when_counted(partial(self._page_number, canvas, canvas.getPageNumber(), top - 5))

    def _width_of(self, words: str) -> float:
        fonts.load()
        return float(stringWidth(words, fonts.REGULAR, self.look.foot))

    def _page_number(self, canvas: PageCanvas, number: int, top: float, pages: int) -> None:
        words = self.of_pages(number, pages)
        style = self.look.style(self.look.foot, colour=styles.MUTED)
        room = self._width_of(words) + 1
        placed = paragraph(words, style)
        _, height = placed.wrapOn(canvas, room, top)
        placed.drawOn(canvas, self.size[0] - self.look.margin - room, top - height)

    def watermark(self, canvas: PageCanvas, _document: object) -> None:
        """Draw the training mark across the page, at its end, so that no tinted ground hides it."""
        if not self.training:
            return
        width, height = self.size
        diagonal = (width**2 + height**2) ** 0.5
        points = min(80.0, diagonal * 0.62 / self._width_of(self.training) * self.look.foot)
        canvas.saveState()
        canvas.translate(width / 2, height / 2)
        canvas.rotate(45 if height > width else 33)
        words = paragraph(
            [Run(self.training, fonts.BOLD, styles.WATERMARK, points)],
            replace(self.look, body=points).style(font=fonts.BOLD, colour=styles.WATERMARK),
        )
        room = float(stringWidth(self.training, fonts.BOLD, points)) * 1.05
        _, tall = words.wrapOn(canvas, room, diagonal)
        words.drawOn(canvas, -room / 2, -tall / 2)
        canvas.restoreState()


def surround(
    imprint: Imprint, slots: Slots, look: Look, edition: Edition, size: tuple[float, float] = A4
) -> Surround:
    """The surround of one print. A child's copy names neither case nor service and carries no head characters."""
    copy = slots("copy-number") or imprint.copy_number
    guidance = slots("guidance-as-at") or imprint.guidance_as_at
    marks = (imprint.case_code, copy, guidance, imprint.head)
    foot = tuple(
        mark.strip().rstrip(".") for mark in (marks if edition is Edition.PROFESSIONAL else (copy, guidance))
    )
    training = slots("training-line", "training-watermark").rstrip(".") or "Training: invented data"

    def of_pages(number: int, pages: int) -> str:
        page = slots.filled("page-x-of-y", number=str(number)) or f"Page {number}"
        return f"{page} {slots.filled('page-count', number=str(pages)) or f'of {pages}'}"

    return Surround(look, tuple(filter(None, foot)), training if imprint.training else "", of_pages, size)


def build(parts: Sequence[tuple[Surround, Sequence[Flowable]]], title: str, made_on: str) -> bytes:
    """The bytes of one PDF. Each part begins on a new page in its own surround; the same parts give the same bytes.

    ``made_on`` dates the document: ISO, or a day in words such as ``24 November 2026``.
    """
    fonts.load()
    story: list[Flowable] = []
    templates = []
    for number, (around, flowables) in enumerate(parts):
        width, height = around.size
        margin = around.look.margin
        room = (margin, around.bottom, width - 2 * margin, height - around.bottom - margin * 0.9)
        frame = Frame(*room, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        templates.append(
            PageTemplate(
                f"part {number}",
                [frame],
                onPage=around.draw,
                onPageEnd=around.watermark,
                pagesize=around.size,
            )
        )
        if number:
            story += [NextPageTemplate(f"part {number}"), PageBreak()]
        story += flowables
    written = BytesIO()
    document = BaseDocTemplate(
        written,
        pagesize=parts[0][0].size,
        pageTemplates=templates,
        title=fonts.plain(title),
        author="",
        subject="",
        creator="",
        invariant=1,
        lang="en-GB",
        displayDocTitle=1,
        initialFontName=fonts.REGULAR,
        initialFontSize=10,
        pageCompression=1,
    )
    document.build(story, canvasmaker=partial(PageCanvas, day=_day(made_on)))
    return written.getvalue()


def _day(made_on: str) -> datetime:
    found = _DAY_IN_WORDS.search(made_on)
    with suppress(ValueError):
        if found:
            return datetime(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]), tzinfo=UTC)
        return datetime.fromisoformat(made_on[:10]).replace(tzinfo=UTC)
    return _NO_DAY
