"""Half-typed words of sealed fields: never in clear text, not even inside the encrypted database (design §4).

Such a draft's key is ``CASE/sealed/COMPARTMENT/EDITOR/FIELD``; its text is age-sealed to the compartment and to its
author, in base64 behind a mark.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyrage

from csa_desk.store import drafts
from csa_desk.store.engine import plain_words
from csa_desk.store.keys import Identity
from csa_desk.store.reading import Reading
from csa_desk.store.writing import Writing

AREA = "sealed"
_MARK = "sealed:"


@dataclass(frozen=True, slots=True)
class Kept:
    """A sealed draft of anybody's: its key, author and moment; the text is still sealed."""

    key: str
    author: str
    time: str
    sealed: str


def prefix(case: str, name: str, editor: str = "") -> str:
    """What the keys of a compartment's drafts begin with."""
    return "/".join(part for part in (case, AREA, name, editor) if part)


def place_of(key: str) -> tuple[str, str] | None:
    """Case and compartment of a sealed field's draft; ``None`` where the key is of an ordinary field."""
    parts = key.split("/")
    return (parts[0], parts[2]) if len(parts) > 3 and parts[1] == AREA else None


def sealed(text: str, recipients: Sequence[str]) -> str:
    """A text as it is kept."""
    whom = [pyrage.x25519.Recipient.from_str(item) for item in dict.fromkeys(recipients)]
    content = text.encode("utf-8", "surrogatepass")
    return _MARK + base64.b64encode(pyrage.encrypt(content, whom)).decode()


def is_sealed(text: str) -> bool:
    """Whether this is a kept text, and no half-typed one."""
    return text.startswith(_MARK)


def opened(text: str, identities: Sequence[Identity]) -> str | None:
    """The words of a kept text; ``None`` where none of these opens it."""
    if not is_sealed(text):
        return None
    try:
        content = base64.b64decode(text.removeprefix(_MARK), validate=True)
    except (ValueError, binascii.Error):
        return None
    for identity in identities:
        found = identity.open(content)
        if found is not None:
            return found.decode("utf-8", "surrogatepass")
    return None


def own(found: Mapping[str, drafts.Draft], identities: Sequence[Identity]) -> dict[str, drafts.Draft]:
    """Drafts as their author reads them; one that cannot be opened is left out."""
    read = {}
    for key, draft in found.items():
        if place_of(key) is None:
            read[key] = draft
        elif (text := opened(draft.text, identities)) is not None:
            read[key] = drafts.Draft(key, text, draft.cursor, draft.time)
    return read


def kept(reading: Reading, case: str = "", name: str = "") -> Iterator[Kept]:
    """Sealed drafts of everybody: of one compartment, or of all."""
    with plain_words():
        rows = reading.raw.execute(
            "SELECT key, practitioner, time, text FROM draft WHERE instr(key, '/sealed/') > 0 ORDER BY key"
        ).fetchall()
    for key, author, time, text in rows:
        where = place_of(key)
        if where is not None and (not case or where == (case, name)):
            yield Kept(key, author, time, text)


def places_of(reading: Reading, author: str) -> set[tuple[str, str]]:
    """Case and compartment of every sealed draft of a practitioner."""
    found = {place_of(item.key) for item in kept(reading) if item.author == author}
    return {place for place in found if place is not None}


def seal_anew(
    writing: Writing,
    case: str,
    name: str,
    identities: Sequence[Identity],
    recipient: str,
    people: Mapping[str, str],
    *,
    only: str = "",
) -> None:
    """Drafts of a compartment, opened with these keys and sealed to its new recipient and to their authors' keys."""
    for item in list(kept(writing, case, name)):
        if only and item.author != only:
            continue
        text = opened(item.sealed, identities)
        whom = [part for part in (recipient, people.get(item.author, "")) if part]
        if text is not None and whom:
            writing.raw.execute(
                "UPDATE draft SET text = ? WHERE key = ? AND practitioner = ?",
                (sealed(text, whom), item.key, item.author),
            )


def drop(writing: Writing, author: str, start: str) -> None:
    """Drafts of a practitioner whose key begins so: they became a record, or were given up."""
    writing.raw.execute(
        "DELETE FROM draft WHERE practitioner = ? AND substr(key, 1, ?) = ?", (author, len(start), start)
    )
