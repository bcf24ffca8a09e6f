"""A sealed note that is to be taken out: whether whoever asks can read it, said before they do."""

from csa_desk.casework import notes
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.histories import Change
from csa_desk.casework.rights import Right, needs
from csa_desk.records.sealed import SealedEntry

CANNOT = "You cannot read this note."
CANNOT_MORE = (
    "It is sealed, and only that it is here can be seen. {author} wrote it: ask them to look whether it belongs to "
    "this child before you take it out."
)
CANNOT_GONE = (
    "It is sealed, and only that it is here can be seen. Ask somebody who may read it to look first."
)
CAN = "This note is sealed."
CAN_MORE = "You may read it: open it on the Notes page first, so that you know it is the right one."


@needs(Right.OPEN_FILES)
def about_seal(desk: Desk, file: CaseFile, change: Change) -> tuple[str, str]:
    """What to know before a sealed note is taken out, a first sentence and the rest; empty for anything else."""
    entry = desk.vault.read.get(SealedEntry, change.record) if change.kind == SealedEntry.KIND else None
    if entry is None:
        return "", ""
    found = next((item for item in notes.entries(desk, file, entry.name) if item.id == entry.id), None)
    if found is not None and found.state != notes.State.SEALED:
        return CAN, CAN_MORE
    mine = entry.author == desk.vault.practitioner
    return CANNOT, CANNOT_GONE if found is None or mine else CANNOT_MORE.format(author=found.author_name)
