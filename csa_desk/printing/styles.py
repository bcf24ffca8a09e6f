"""The look of paper: its colours, and the type of each edition. Sizes are points.

Paper has no dark theme, so its colours are the light ones of the screen; this module alone names them here.
Clear print holds throughout: from the left, no slanting, no capitals for effect, no broken words.
"""

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle

from csa_desk.printing import fonts
from csa_desk.records.disclosure import Band

TEXT = HexColor("#17262B")
PAPER = HexColor("#FFFFFF")
MUTED = HexColor("#4C5D63")
LINE = HexColor("#D6DEDD")
SUNKEN = HexColor("#EAEFEE")
PRIMARY = HexColor("#0B5D66")
TINT = HexColor("#E0EFEF")
OK = HexColor("#1A6340")
OK_BEHIND = HexColor("#E2F1E8")
WARN = HexColor("#734600")
WARN_BEHIND = HexColor("#FDF2DA")
WATERMARK = HexColor("#6B3A861C", hasAlpha=True)  # lies over text and grounds, and both stay readable
TRAINING = HexColor("#6B3A86")


@dataclass(frozen=True, slots=True)
class Look:
    """The measures everything else of an edition follows from.

    ``body`` and ``small`` are type sizes, ``title`` and ``heading`` those of headings, ``margin`` the white at the
    sides, ``gap`` the white between paragraphs, ``foot`` the type size of the footer.
    """

    body: float
    small: float
    title: float
    heading: float
    margin: float
    gap: float
    foot: float

    def style(
        self,
        size: float = 0,
        *,
        font: str = fonts.REGULAR,
        colour: Color = TEXT,
        before: float = 0,
        after: float | None = None,
        indent: float = 0,
        right: float = 0,
        mark_size: float = 0,
        mark_colour: Color | None = None,
    ) -> ParagraphStyle:
        """A paragraph style; ``indent`` is where the text begins behind its mark, ``right`` the room left free."""
        fonts.load()
        points = size or self.body
        return ParagraphStyle(
            "print",
            fontName=font,
            fontSize=points,
            leading=round(points * 1.4, 1),
            textColor=colour,
            alignment=TA_LEFT,
            spaceBefore=before,
            spaceAfter=self.gap if after is None else after,
            leftIndent=indent,
            rightIndent=right,
            bulletFontName=fonts.MARKS,
            bulletFontSize=mark_size or points,
            bulletColor=mark_colour or colour,
            allowWidows=0,
            allowOrphans=0,
            embeddedHyphenation=0,
            uriWasteReduce=0,
            splitLongWords=1,
        )

    def box(
        self, behind: Color, *, size: float = 0, font: str = fonts.REGULAR, colour: Color = TEXT
    ) -> ParagraphStyle:
        """A paragraph on a tinted ground with round corners; the ground reaches to the margins."""
        style = self.style(size, font=font, colour=colour)
        pad = round(self.body * 0.8)
        style.leftIndent = style.rightIndent = pad
        style.backColor = style.borderColor = behind
        style.borderWidth = 0.5
        style.borderRadius = 6
        style.borderPadding = (pad * 0.75, pad, pad * 0.9, pad)
        style.spaceBefore = pad * 0.75 + self.gap
        style.spaceAfter = pad * 0.9 + self.gap * 2
        return style

    @property
    def title_style(self) -> ParagraphStyle:
        """The title of the document."""
        return self.style(self.title, font=fonts.BOLD, colour=PRIMARY, after=2)

    @property
    def heading_style(self) -> ParagraphStyle:
        """The heading of a part."""
        return self.style(self.heading, font=fonts.BOLD, before=self.gap * 2.5, after=self.gap)

    @property
    def strong(self) -> ParagraphStyle:
        """Body text that carries weight."""
        return self.style(font=fonts.SEMIBOLD)

    @property
    def plain(self) -> ParagraphStyle:
        """Body text."""
        return self.style()

    @property
    def muted(self) -> ParagraphStyle:
        """Where something comes from, dates, hints."""
        return self.style(self.small, colour=MUTED)


PROFESSIONAL = Look(body=10.5, small=9.5, title=22, heading=14, margin=57, gap=5, foot=9)
CHILD = {
    Band.YOUNGER: Look(body=18, small=16, title=34, heading=24, margin=60, gap=10, foot=12),
    Band.MIDDLE: Look(body=14, small=12.5, title=27, heading=18, margin=60, gap=8, foot=12),
    Band.OLDER: Look(body=12.5, small=12, title=24, heading=16, margin=68, gap=7, foot=12),
}
