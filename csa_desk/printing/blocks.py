"""What pages are built of besides paragraphs: tables that split anywhere, headings that stay with what they head."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable, HRFlowable, Table

from csa_desk.printing import fonts, styles
from csa_desk.printing.document import Slots
from csa_desk.printing.styles import Look
from csa_desk.printing.text import Run, Text, paragraph, stacked
from csa_desk.records.disclosure import FactCopy, GoalCopy, StageCopy

_TALL = 300.0  # points: a row taller than this may be split, a lower one goes to the next page whole
_STAGE_MARKS = {"done": "✓", "now": "●"}


class Rows(Table):  # type: ignore[misc]
    """A table whose cells are lists of flowables. Its heading row is repeated on each page."""

    def split(self, width: float, height: float) -> list[Flowable]:
        """Split between rows; inside the first row only where that row is too tall to be moved."""
        self.splitInRow = 0
        parts: list[Flowable] = super().split(width, height)
        first = self.repeatRows if isinstance(self.repeatRows, int) else 0
        if not parts and first < len(self._rowHeights) and self._rowHeights[first] > _TALL:
            self.splitInRow = 1
            parts = super().split(width, height)
        return parts


class Headed(Flowable):  # type: ignore[misc]
    """Flowables that must not be left behind at the foot of a page, with the body they lead into.

    It takes no room itself: it is always split, into the same flowables, here if the body can at least begin here,
    else on the next page.
    """

    def __init__(self, lead: Sequence[Flowable], body: Flowable) -> None:
        super().__init__()
        self.lead = list(lead)
        self.body = body

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Never fits, so that it is split."""
        return width, float(0x7FFFFFFF)

    def split(self, width: float, height: float) -> list[Flowable]:
        """The flowables if the lead and the beginning of the body fit, or if the page is still empty."""
        if self._frame._atTop:  # noqa: SLF001  the frame has no public name for it
            return [*self.lead, self.body]
        taken = 0.0
        for flowable in self.lead:
            taken += flowable.wrapOn(self.canv, width, height)[1]
            taken += flowable.getSpaceBefore() + flowable.getSpaceAfter()
        room = height - taken - self.body.getSpaceBefore()
        if room > 0 and (
            self.body.wrapOn(self.canv, width, room)[1] <= room or self.body.splitOn(self.canv, width, room)
        ):
            return [*self.lead, self.body]
        return []


def headed(*flowables: Flowable) -> list[Flowable]:
    """The last of these with everything before it leading into it; nothing where nothing is given."""
    *lead, body = flowables
    return [Headed(lead, body)] if lead else [body]


def rule() -> Flowable:
    """The line under a title."""
    return HRFlowable(width="100%", thickness=1.6, color=styles.PRIMARY, spaceBefore=4, spaceAfter=8)


def rows(
    look: Look,
    widths: Sequence[float],
    cells: Sequence[Sequence[list[Text]]],
    *,
    heads: int,
    behind: Color | None = None,
) -> Rows:
    """A table with hairlines between its rows. ``widths`` are shares of the line; ``heads`` is 1 with a heading row."""
    pad = look.body * 0.5
    commands: list[Any] = [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, look.body),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.75, styles.LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), pad),
        ("RIGHTPADDING", (0, 0), (-1, -1), pad),
        ("TOPPADDING", (0, 0), (-1, -1), pad * 0.8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
    ]
    if behind is not None:
        commands.append(("BACKGROUND", (0, 0), (-1, -1), behind))
    if heads:
        commands.append(("BACKGROUND", (0, 0), (-1, 0), styles.SUNKEN))
    share = [f"{width / sum(widths) * 100:.3f}%" for width in widths]
    return Rows(
        [list(row) for row in cells],
        colWidths=share,
        repeatRows=heads,
        style=commands,
        spaceAfter=look.gap * 2,
    )


def heading_row(look: Look, *names: str) -> list[list[list[Text]]]:
    """The heading row of a table, or no row where none of its names is given."""
    style = look.style(look.small, font=fonts.SEMIBOLD, after=0)
    return [[[paragraph(name, style)] if name else [] for name in names]] if any(names) else []


def cell(look: Look, *pieces: Run) -> list[Text]:
    """A cell with each piece that holds anything on a line of its own."""
    kept = stacked(*pieces)
    return [paragraph(kept, look.style(after=0))] if kept else []


def muted(look: Look, text: str) -> Run:
    """A piece in the small, quiet type."""
    return Run(text, colour=styles.MUTED, size=look.small)


def strong(text: str) -> Run:
    """A piece that carries weight."""
    return Run(text, fonts.SEMIBOLD)


def facts_table(look: Look, slots: Slots, facts: Sequence[FactCopy], *, behind: Color | None = None) -> Rows:
    """Labels on the left, what is known on the right with where it came from; on a ground where one is given."""
    nothing = slots("nothing-recorded")
    cells = [
        [
            cell(look, strong(fact.label)),
            cell(
                look,
                Run(fact.value) if fact.value.strip() else muted(look, nothing),
                muted(look, fact.source),
            ),
        ]
        for fact in facts
    ]
    return rows(look, (32, 68), cells, heads=0, behind=behind)


def wish(look: Look, goal: GoalCopy) -> Text | None:
    """A goal in the words of who said it, on a tinted ground; ``None`` where nobody's words are given."""
    words = goal.words.strip()
    quoted = f"“{words}”" if words and words[0] not in "“\"'‘" else words
    pieces = stacked(strong(quoted), muted(look, goal.said))
    return paragraph(pieces, look.box(styles.TINT)) if pieces else None


def stages(look: Look, journey: Sequence[StageCopy]) -> list[Text]:
    """The points of the journey, one under the other: past ones ticked, the one that is now filled."""
    indent = look.body * 2
    done = look.style(indent=indent, mark_colour=styles.OK, after=look.gap * 0.6)
    ahead = look.style(indent=indent, mark_colour=styles.PRIMARY, after=look.gap * 0.6)
    return [
        paragraph(
            stacked(
                strong(stage.title) if stage.state == "now" else Run(stage.title), muted(look, stage.when)
            ),
            done if stage.state == "done" else ahead,
            _STAGE_MARKS.get(stage.state, "○"),
        )
        for stage in journey
    ]
