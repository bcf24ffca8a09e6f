"""The one property of our own in an export, and how a feed that carries it gets its exact values back.

A standard wants a number where a publisher wrote text, an id where there was none. Such an object carries, under
``csa_desk``, the values as they were; ``null`` for what was not there.
"""

from typing import cast

from csa_desk.exchange.documents import Json

OURS = "csa_desk"
AS = "as"
DEEPEST = 60


def restored(value: Json, depth: int = 0) -> Json:
    """A foreign value in which every object has again the values it had before it was made to fit a standard."""
    if depth > DEEPEST:
        return value
    if isinstance(value, list):
        return [restored(part, depth + 1) for part in value]
    if not isinstance(value, dict):
        return value
    whole = {name: restored(part, depth + 1) for name, part in value.items()}
    own = whole.get(OURS)
    if not isinstance(own, dict) or not isinstance(own.get(AS), dict):
        return whole
    before = cast("dict[str, Json]", own[AS])
    rest = {name: part for name, part in own.items() if name != AS}
    if rest:
        whole[OURS] = rest
    else:
        del whole[OURS]
    for name, part in before.items():
        if part is None:
            whole.pop(name, None)
        else:
            whole[name] = part
    return whole
