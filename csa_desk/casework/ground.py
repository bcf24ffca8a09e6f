"""How well a piece of guidance is known, in the words a person reads beside it."""

from dataclasses import dataclass

from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.content.items import Basis, Header, Item, Line
from csa_desk.content.models import Source
from csa_desk.records.dates import spoken

BASIS_WORDS = {
    Basis.SEED: "founding report",
    Basis.STATUTE: "statute",
    Basis.OFFICIAL: "official source",
    Basis.SECONDARY: "secondary source",
    Basis.UNVERIFIED: "not verified",
    Basis.OURS: "our own working",
}
_NO_PUBLICATION = {"professional-knowledge": "Professional knowledge", "csa-desk": "CSA Desk"}
CHECK_QUOTING = "Check before quoting"
CHECK_RELYING = "Check before relying"
# How the sources pack says that a source has no publisher or no date.
_THERE_IS_NONE = ("None:", "no date")


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a line comes from: source title, kind of basis, as at, and what must be said about relying on it."""

    source: str
    basis: str
    as_at: str
    note: str

    @property
    def undated(self) -> str:
        """Source and basis, where the date stands elsewhere."""
        return " · ".join(part for part in (self.source, self.basis) if part)

    @property
    def line(self) -> str:
        """``CPS, Pre-Trial Therapy, 2022 · secondary source · as at 22 November 2026``."""
        return " · ".join(part for part in (self.source, self.basis, f"as at {self.as_at}") if part)


def source_title(source: Source) -> str:
    """Publisher, title and date in one line; for what has no publication, what it is."""
    if source.id in _NO_PUBLICATION:
        return _NO_PUBLICATION[source.id]
    parts = (source.publisher, source.title, source.date)
    return ", ".join(part for part in parts if part and part != "no date given")


@needs(Right.LOOK_UP)
def ground(desk: Desk, item: Item | Line, pack: Header) -> Ground:
    """The ground of an item or line of a pack."""
    sources = {one.id: one for one in desk.packs.sources.source}
    source = sources.get(item.source)
    note = ""
    if item.basis == Basis.SECONDARY:
        note = CHECK_QUOTING
    elif item.basis in (Basis.UNVERIFIED, Basis.OURS):
        note = CHECK_RELYING
    return Ground(
        source_title(source) if source is not None else "",
        BASIS_WORDS[item.basis],
        spoken(pack.as_at.isoformat()),
        note,
    )
