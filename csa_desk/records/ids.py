"""Identities: record ids, ids of imported things, case codes, positions in a list."""

import uuid

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHORTEST_CODE = 6

# One fixed namespace for everything that must get the same id on two laptops. Never change it.
NAMESPACE = uuid.UUID("5b6a1d0e-4f0c-5e53-9c0a-c5ade5c00001")


def new_id() -> str:
    """A random id for a new record."""
    return str(uuid.uuid4())


def same_id(*parts: str) -> str:
    """The id that any laptop gives to the thing these words name."""
    return str(uuid.uuid5(NAMESPACE, "\x1f".join(parts)))


def case_code(case_id: str, length: int = SHORTEST_CODE) -> str:
    """The first ``length`` Crockford base32 characters of a case id: short enough to say on the phone."""
    bits = uuid.UUID(case_id).int
    return "".join(CROCKFORD[(bits >> (123 - 5 * place)) & 31] for place in range(length))


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def position_between(before: str, after: str) -> str:
    """A list position that sorts, as text, after ``before`` and before ``after`` (either may be empty)."""
    result = ""
    place = 0
    bounded = bool(after)
    while True:
        low = _DIGITS.index(before[place]) if place < len(before) else 0
        high = _DIGITS.index(after[place]) if bounded and place < len(after) else len(_DIGITS)
        if high - low > 1:
            return result + _DIGITS[(low + high) // 2]
        result += _DIGITS[low]
        if high > low:
            bounded = False
        place += 1
