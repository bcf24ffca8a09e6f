"""Filling the placeholders of pack wording: the child's name and pronoun, practitioner, agency, dates."""

import re
from dataclasses import dataclass

from csa_desk.casework.casefile import CaseFile

PRONOUNS = {
    "she": ("she", "her", "her"),
    "he": ("he", "him", "his"),
    "they": ("they", "them", "their"),
}
_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


LONGEST_IN_A_SENTENCE = 60


def counted(number: int, one: str) -> str:
    """``1 answer``, ``2 answers``."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def in_a_sentence(name: str) -> str:
    """A name as headings and sentences use it: a very long one is cut, and stands whole where names stand alone."""
    return name if len(name) <= LONGEST_IN_A_SENTENCE else f"{name[: LONGEST_IN_A_SENTENCE - 1]}…"


@dataclass(frozen=True, slots=True)
class Speech:
    """How to speak of one child."""

    name: str
    pronoun: str = "they"

    @staticmethod
    def of(file: CaseFile) -> "Speech":
        """How to speak of the child of this file."""
        first = re.split(r"[^a-z]", file.child.pronoun.strip().lower())[0]
        return Speech(in_a_sentence(file.called), first if first in PRONOUNS else "they")

    def fill(self, text: str, *, subject_name: str = "", **more: str) -> str:
        """The text with every placeholder replaced; values are put in as they are, never read again."""
        they, them, their = PRONOUNS.get(self.pronoun, PRONOUNS["they"])
        values = {
            "name": self.name,
            "they": they,
            "them": them,
            "their": their,
            "subject": subject_name,
            **more,
        }

        def replaced(found: re.Match[str]) -> str:
            value = values.get(found[1])
            if value is None:
                return found[0]
            starts = found.start() == 0 or text[: found.start()].rstrip().endswith((".", "?", "!"))
            common = found[1] in ("they", "them", "their") or value.startswith("the ")
            return value[:1].upper() + value[1:] if starts and common else value

        return _PLACEHOLDER.sub(replaced, text)
