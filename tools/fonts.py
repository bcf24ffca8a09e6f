"""Make the fonts in resources/fonts from their published sources.

    python tools/fonts.py --sans VARIABLE.ttf --sans-licence LICENSE \
        --dejavu DejaVuSans.ttf --dejavu-licence copyright \
        --emoji NotoEmoji_400Regular.ttf --emoji-licence LICENSE_FONT --out resources/fonts

Needs fontTools (4.68), which the application itself does not. The sources used:
  Source Sans 3, variable: PyPI package fontpkg-source-sans-3 3.52
  DejaVu Sans 2.37: Debian package fonts-dejavu-core
  Noto Emoji, one colour: npm package @expo-google-fonts/noto-emoji 0.4.7

What comes out, all TrueType outlines for Qt and ReportLab alike:
  DeskSans-Regular.ttf, DeskSans-SemiBold.ttf, DeskSans-Bold.ttf   400, 600, 700; Latin, figures of equal width
  DeskFallback-Regular.ttf   Greek, Cyrillic, Hebrew, Arabic (with presentation forms) and signs, from DejaVu Sans
  DeskEmoji-Regular.ttf      single emoji in one colour, from Noto Emoji
and the licences OFL.txt (Desk Sans), LICENSE-DejaVu.txt, OFL-NotoEmoji.txt.

"Source" is a reserved font name, so the changed files may not carry it: they are called Desk Sans.
"""

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700}
LATIN = [
    (0x0020, 0x007E),
    (0x00A0, 0x024F),  # Latin-1, Extended-A and -B: ŵ ŷ Ł ź ș
    (0x0250, 0x02FF),
    (0x0300, 0x036F),  # accents that are typed apart
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),  # spaces, dashes, quotation marks
    (0x2070, 0x20CF),  # superscripts, € and other money
    (0x2100, 0x218F),
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),
    (0x25A0, 0x27BF),
    (0xFB00, 0xFB06),
]
OTHER_SCRIPTS = [
    (0x0370, 0x052F),  # Greek, Cyrillic
    (0x0590, 0x06FF),  # Hebrew, Arabic
    (0x0750, 0x077F),
    (0x2000, 0x206F),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x2500, 0x27BF),
    (0xFB1D, 0xFDFF),  # joined forms, for writers that do not shape
    (0xFE70, 0xFEFF),
    (0xFFFD, 0xFFFD),
]
EMOJI = [(0x2600, 0x27BF), (0x2B00, 0x2BFF), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF)]
KEEP = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum"]
JOINING = [*KEEP, "init", "medi", "fina", "isol", "rlig"]

RENAMED = """
This copy, "Desk Sans", is changed from Source Sans 3 (version 3.052): three fixed weights (400, 600, 700) were cut
from the variable font, and only Latin letters, figures, punctuation, arrows and signs were kept. "Source" is a
reserved font name, so the changed files have another name. The licence of the original, below, stays in force.

"""


def cover(blocks: list[tuple[int, int]], offered: set[int]) -> set[int]:
    """The code points of ``blocks`` that a font has."""
    return {code for first, last in blocks for code in range(first, last + 1) if code in offered}


def keep_only(font: TTFont, codes: set[int], features: list[str]) -> None:
    """Drop every letter and feature that is not named, in place; hinting goes too."""
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.drop_tables += ["FFTM", "DSIG"]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)


def rename(font: TTFont, family: str, style: str, weight: int, origin: str) -> None:
    """Give the font its own name in every place that systems and PDF readers look."""
    plain = style in ("Regular", "Bold")
    postscript = f"{family.replace(' ', '')}-{style}"
    names = {
        1: family if plain else f"{family} {style}",
        2: style if plain else "Regular",
        3: f"CSA Desk;{postscript}",
        4: f"{family} {style}",
        5: f"Version 1.000; {origin}",
        6: postscript,
        16: family,
        17: style,
    }
    table = font["name"]
    table.names = [row for row in table.names if row.nameID in (0, 13, 14) and row.platformID == 3]
    for number, words in names.items():
        table.setName(words, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    bold = style == "Bold"
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0b1100001 | (0b100000 if bold else 0b1000000)
    font["head"].macStyle = 1 if bold else 0


def save(font: TTFont, path: Path) -> None:
    """Write the font, with no time of making, so that the same sources give the same bytes."""
    font.recalcTimestamp = False
    font.save(path)
    print(f"{path.name}: {path.stat().st_size} bytes, {len(font.getBestCmap())} letters")


def desk_sans(source: Path, licence: Path, out: Path) -> None:
    """Three fixed cuts of the variable font, and its licence with the renaming said."""
    for style, weight in WEIGHTS.items():
        font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight}, updateFontNames=False)
        for table in ("STAT", "avar", "MVAR", "HVAR"):
            if table in font:
                del font[table]
        keep_only(font, cover(LATIN, set(font.getBestCmap())), KEEP)
        rename(font, "Desk Sans", style, weight, "from Source Sans 3, 3.052")
        save(font, out / f"DeskSans-{style}.ttf")
    (out / "OFL.txt").write_text(RENAMED.lstrip() + licence.read_text("utf-8"), "utf-8")


def desk_fallback(source: Path, licence: Path, out: Path) -> None:
    """Other scripts and signs, for text that the interface font has no letters for."""
    font = TTFont(source)
    keep_only(font, cover(OTHER_SCRIPTS, set(font.getBestCmap())) | {0x20, 0xA0}, JOINING)
    rename(font, "Desk Fallback", "Regular", 400, "from DejaVu Sans, 2.37")
    save(font, out / "DeskFallback-Regular.ttf")
    (out / "LICENSE-DejaVu.txt").write_text(licence.read_text("utf-8"), "utf-8")


def desk_emoji(source: Path, licence: Path, out: Path) -> None:
    """Single emoji; skin tones and joined families are left to the parts they are made of."""
    font = TTFont(source)
    keep_only(font, cover(EMOJI, set(font.getBestCmap())) | {0x20}, [])
    rename(font, "Desk Emoji", "Regular", 400, "from Noto Emoji")
    save(font, out / "DeskEmoji-Regular.ttf")
    (out / "OFL-NotoEmoji.txt").write_text(licence.read_text("utf-8"), "utf-8")


def main() -> None:
    """Read the arguments and make every file."""
    parser = argparse.ArgumentParser(description="Make the fonts in resources/fonts.")
    for name in ("sans", "sans-licence", "dejavu", "dejavu-licence", "emoji", "emoji-licence", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    desk_sans(given.sans, given.sans_licence, given.out)
    desk_fallback(given.dejavu, given.dejavu_licence, given.out)
    desk_emoji(given.emoji, given.emoji_licence, given.out)


if __name__ == "__main__":
    main()
