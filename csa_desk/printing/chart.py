"""Charts of the directory: who does what at each step, what there is for which ages. Landscape, headings repeated."""

from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Flowable

from csa_desk.printing import fonts, styles
from csa_desk.printing.blocks import cell, heading_row, rows
from csa_desk.printing.document import Slots, Surround, admitted, build, surround
from csa_desk.printing.styles import Look
from csa_desk.printing.text import Run, Text, paragraph
from csa_desk.records.disclosure import Chart, Edition

_SIZE = landscape(A4)
_LOOK = Look(body=9.5, small=9, title=20, heading=13, margin=36, gap=5, foot=8)
# The first column names the rows: it is wider than the others.
_FIRST = {4: 1.0}
_FIRST_OF_MANY = 2.2


def chart_pdf(charts: tuple[Chart, ...]) -> bytes:
    """The bytes of one PDF in which each chart begins on a page of its own.

    Raises ``TypeError`` for anything but charts, ``ValueError`` for none.
    """
    if not charts:
        raise ValueError("there is at least one chart")
    given = [admitted(chart, Chart) for chart in charts]
    return build([_chart(chart) for chart in given], given[0].title, given[0].imprint.made_on)


def _chart(chart: Chart) -> tuple[Surround, list[Flowable]]:
    slots = Slots(chart.wording)
    around = surround(chart.imprint, slots, _LOOK, Edition.PROFESSIONAL, _SIZE)
    story: list[Flowable] = [paragraph(chart.title, _LOOK.title_style)]
    for words in (chart.subtitle, chart.note):
        if words.strip():
            story.append(paragraph(words, _LOOK.style(_LOOK.body, colour=styles.MUTED, after=4)))
    first = _FIRST.get(len(chart.columns), _FIRST_OF_MANY)
    widths = [first, *(1.0 for _ in chart.columns[1:])]
    cells = [
        *heading_row(_LOOK, *chart.columns),
        *([_cell(chart, words, first=place == 0) for place, words in enumerate(row)] for row in chart.rows),
    ]
    story.append(rows(_LOOK, widths, cells, heads=1))
    return around, story


def _cell(chart: Chart, words: str, *, first: bool) -> list[Text]:
    if first:
        return cell(_LOOK, Run(words, fonts.SEMIBOLD))
    if words == chart.nobody:
        return cell(_LOOK, Run(words, fonts.BOLD, styles.WARN))
    return cell(_LOOK, Run(words))
