"""The service's recovery shares: three papers of twenty words (SLIP-39), any two of which open the service's slot.

A share carries its own check, so that a mistyped word can be found and named. Two shares give the secret of the slot;
one alone tells nothing of it.
"""

import os
from dataclasses import dataclass

import shamir_mnemonic
from shamir_mnemonic import MnemonicError, Share, rs1024
from shamir_mnemonic.wordlist import WORD_INDEX_MAP, WORDLIST

from csa_desk.errors import InputError
from csa_desk.store.sheet import words_in

NEEDED, MADE = 2, 3
WORDS_ON_SHARE = 20
_SECRET_BYTES = 16
# SLIP-39's own stretching protects a passphrase of its own, which we do not use: our derivation is memory-hard.
_LEAST_STRETCHING = 0


@dataclass(frozen=True, slots=True)
class NewShares:
    """The secret of the slot and the words of the three papers."""

    secret: str
    papers: tuple[str, ...]


def new_shares() -> NewShares:
    """A new secret, split in three."""
    secret = os.urandom(_SECRET_BYTES)
    papers = shamir_mnemonic.generate_mnemonics(
        1, [(NEEDED, MADE)], secret, iteration_exponent=_LEAST_STRETCHING
    )[0]
    return NewShares(_as_secret(secret), tuple(papers))


def read_shares(typed: list[str]) -> str:
    """The slot's secret from the words of two shares, each as typed or as read from its file.

    Raises :class:`InputError`: too few, the same one twice, a mistyped word (named), shares of different sets.
    """
    given = [text for text in typed if words_in(text)]
    if len(given) < NEEDED:
        raise InputError("Two of the three shares are needed. Ask whoever keeps another one for its words.")
    shares = [_read(text, place) for place, text in enumerate(given, start=1)]
    if len({share.identifier for share in shares}) > 1:
        raise InputError(
            "These shares do not belong together: they were made at different times or for different vaults."
        )
    if len({share.index for share in shares}) < NEEDED:
        raise InputError("This is the same share twice. Two different ones are needed.")
    try:
        return _as_secret(shamir_mnemonic.combine_mnemonics([share.mnemonic() for share in shares[:NEEDED]]))
    except MnemonicError:
        raise InputError(
            "These shares do not fit together. Look whether both say the same vault and the same date."
        ) from None


def share_text(name: str, number: int, words: str) -> str:
    """One share of the vault of this name as plain text, to print or to copy by hand."""
    lines = [
        "CSA Desk service recovery share",
        f"Vault: {name}",
        f"Share {number} of {MADE}",
        "",
        f"Any {NEEDED} of the {MADE} shares together bring a practitioner back into the vault.",
        "One alone opens nothing.",
        "Keep each with a different person, locked away. Do not photograph it.",
        "",
        *(f"{place:2}. {word}" for place, word in enumerate(words.split(), start=1)),
    ]
    return "\n".join(lines) + "\n"


def _as_secret(content: bytes) -> str:
    return f"service recovery {content.hex()}"


def _read(text: str, place: int) -> Share:
    words = words_in(text)
    which = f"share {place}"
    if len(words) != WORDS_ON_SHARE:
        raise InputError(
            f"A share has {WORDS_ON_SHARE} words; of {which} there are {len(words)}. Look for one left out or twice."
        )
    unknown = [number for number, word in enumerate(words) if word not in WORD_INDEX_MAP]
    if not unknown and _agrees([WORD_INDEX_MAP[word] for word in words]):
        try:
            return Share.from_mnemonic(" ".join(words))
        except MnemonicError:
            raise InputError(f"The words of {which} are no share. Look at the paper again.") from None
    if len(unknown) <= 1:
        for number in unknown or range(WORDS_ON_SHARE):
            known = [WORD_INDEX_MAP.get(word, 0) for word in words]
            for candidate in range(len(WORDLIST)):
                known[number] = candidate
                if _agrees(known):
                    raise InputError(
                        f"Word {number + 1} of {which} was mistyped: it should be “{WORDLIST[candidate]}”."
                    )
    named = ", ".join(f"{number + 1} “{words[number]}”" for number in unknown[:5])
    told = f" These are no words of a share: {named}." if named else ""
    raise InputError(f"More than one word of {which} is wrong.{told} Compare each word with the paper.")


def _agrees(numbers: list[int]) -> bool:
    # The customization string says which kind of check a share carries; ours are all of the newer kind.
    return bool(rs1024.verify_checksum(numbers, b"shamir_extendable"))
