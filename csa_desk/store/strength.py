"""How hard a passphrase is to guess: an estimate, no rules about capitals, figures or signs."""

import re
from collections.abc import Iterable

from csa_desk.errors import VaultError

SHORTEST_PASSPHRASE = 8

LEAST_GUESSES = 10**12
"""As many guesses a passphrase must withstand.

One guess costs our derivation: 256 MiB filled three times, some two thousandths of a second of a large graphics card.
A thousand such cards, rented, make about half a million guesses a second; 10^12 keep them busy for three weeks at a
price that nobody pays for one laptop found on a train. Five words drawn by chance (10^15 even to somebody who has our
list) keep them busy for decades.
"""

_LONGEST_WEIGHED = (
    72  # what follows can only make it harder to guess, and weighing grows with the square of the length
)
_OURS = ("csadesk", "csa desk", "isva", "passphrase", "vault")


def refuse_weak(passphrase: str, known: Iterable[str] = ()) -> None:
    """Raise :class:`VaultError` where a passphrase is too short or too easy to guess.

    ``known`` are names anybody would try first: of the practitioner, the service, the vault.
    """
    said = passphrase.strip()
    if len(said) < SHORTEST_PASSPHRASE:
        raise VaultError(
            f"The passphrase is too short. Use at least {SHORTEST_PASSPHRASE} characters; "
            "four or five unrelated words are easy to remember and hard to guess."
        )
    if guesses(said, known) < LEAST_GUESSES:
        raise VaultError(
            "The passphrase is too easy to guess. Use four or five unrelated words; names, dates, "
            "keys in a row and well-known sayings are tried first."
        )


def guesses(passphrase: str, known: Iterable[str] = ()) -> int:
    """About how many tries a practised guesser needs."""
    # Its word lists take a tenth of a second to load, and starting needs none of them.
    from zxcvbn import zxcvbn

    names = {name.strip() for name in known if name.strip()}
    parts = {part for name in names for part in re.split(r"[\W_]+", name) if len(part) > 1}
    return int(zxcvbn(passphrase[:_LONGEST_WEIGHED], user_inputs=[*sorted(names | parts), *_OURS])["guesses"])
