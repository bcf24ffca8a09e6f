"""Print wording for one edition and age band, placeholders filled."""

from csa_desk.casework.desk import Desk
from csa_desk.casework.wording import Speech
from csa_desk.content.models import Edition as Worded
from csa_desk.content.models import Wording, say
from csa_desk.records.dates import spoken
from csa_desk.records.disclosure import Band, Edition

# Filled where they are set, for each row or page.
TEMPLATES = (
    "will-do-this",
    "will-do-this-by",
    "you-will-do-this",
    "you-will-do-this-by",
    "did-this",
    "page-x-of-y",
    "page-count",
    "access-before",
)
_FORMAL = ("plan-for-line", "checklist-for-line", "access-for-line")


class PrintWords:
    """The words for each slot: the edition's own for this band, else the edition's, else anybody's."""

    def __init__(self, desk: Desk, edition: Edition, band: Band | None) -> None:
        self._slots: dict[str, str] = {}
        pack = desk.packs.print
        self._as_at = spoken(pack.pack.as_at.isoformat())
        for item in sorted(pack.wording, key=self._rank):
            if item.shown and item.edition in (edition.value, Worded.ANY.value) and self._fits(item, band):
                self._slots[item.slot] = say(item.text)

    @staticmethod
    def _rank(item: Wording) -> tuple[bool, bool, int]:
        return (item.edition != Worded.ANY, bool(item.bands), item.order)

    @staticmethod
    def _fits(item: Wording, band: Band | None) -> bool:
        return not item.bands or (band is not None and band.value in {one.value for one in item.bands})

    def filled(
        self,
        *,
        name: str,
        practitioner: str,
        service: str,
        date: str,
        formal: str = "",
        agency: str = "",
        number: str = "",
        review: str = "",
    ) -> dict[str, str]:
        """Every slot with its placeholders replaced.

        ``formal`` is the whole name, for the line under the title; ``review`` the day of slots that speak of it.
        """
        found: dict[str, str] = {}
        for slot, text in self._slots.items():
            if slot in TEMPLATES:
                found[slot] = text
                continue
            day = {"review-on": review, "guidance-as-at": self._as_at, "what-happens-next-line": review}.get(
                slot, date
            )
            who = formal or name if slot in _FORMAL else name
            found[slot] = Speech(who).fill(
                text, practitioner=practitioner, service=service, date=day, agency=agency, number=number
            )
        if not number:
            found.pop("copy-number", None)
        undated = found.pop("what-happens-next-undated", "")
        if not review:
            found.pop("review-on", None)
            found["what-happens-next-line"] = undated
        for column in ("action", "who", "by-when", "status"):
            found[f"column-{column}"] = found.get(f"actions-column-{column}", "")
        return found
