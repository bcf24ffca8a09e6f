"""What the program is made of: its version, and the licences of what it brings along."""

from dataclasses import dataclass
from pathlib import Path

from csa_desk import __version__
from csa_desk.paths import resource


@dataclass(frozen=True, slots=True)
class Part:
    """Something by others that the program uses or ships; ``text`` is its licence, where the program ships it."""

    name: str
    use: str
    licence: str
    text: Path | None = None


def version() -> str:
    """The program's version."""
    return __version__


def parts() -> tuple[Part, ...]:
    """Everything by others, what it is for and under which licence."""
    fonts, icons = resource("fonts"), resource("icons")
    return (
        Part("Qt for Python (PySide6)", "the window", "LGPL 3"),
        Part("SQLCipher and sqlcipher3", "the encrypted database", "BSD and zlib licences"),
        Part("SQLAlchemy", "reading and writing records", "MIT"),
        Part("cryptography", "keys and signatures", "Apache 2.0 or BSD"),
        Part("age, as pyrage", "sealing", "MIT"),
        Part("shamir-mnemonic", "the word list of passphrases and recovery sheets", "MIT"),
        Part("ReportLab", "making PDFs", "BSD"),
        Part("PDFium, as pypdfium2", "showing PDFs", "Apache 2.0 and BSD"),
        Part("Pillow", "pictures inside PDFs", "MIT-CMU"),
        Part("RapidFuzz", "search that forgives slips", "MIT"),
        Part("msgspec", "reading content packs", "BSD"),
        Part("filelock and platformdirs", "locks, and finding folders", "MIT"),
        Part("Source Sans 3, cut as Desk Sans", "letters", "SIL Open Font License 1.1", fonts / "OFL.txt"),
        Part(
            "DejaVu Sans, cut as Desk Fallback",
            "letters of other scripts",
            "free licence",
            fonts / "LICENSE-DejaVu.txt",
        ),
        Part(
            "Noto Emoji, cut as Desk Emoji",
            "emoji in print",
            "SIL Open Font License 1.1",
            fonts / "OFL-NotoEmoji.txt",
        ),
        Part("Phosphor", "icons", "MIT", icons / "LICENSE"),
    )
