"""Who may do what: the right each verb of casework needs, refused in one sentence and logged (design §3).

Rights *hide*, keys *seal*: everybody with a slot holds the data key, so a right decides what the program does and
shows, and cannot keep anything from somebody who reads the database by other means (design §4).
"""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from csa_desk.content.models import Rights, say
from csa_desk.errors import NotAllowedError
from csa_desk.records.rights import Right
from csa_desk.records.vault import Practitioner

if TYPE_CHECKING:
    from csa_desk.casework.desk import Desk

__all__ = ["REFUSED", "Right", "granted", "held_by_default", "needs", "refusal", "right_of", "right_words"]

Verb = TypeVar("Verb", bound=Callable[..., Any])
NO_PROFESSION = "none"
REFUSED = "refused:"
"""What an action in the access log begins with where something was refused; the right follows."""
_RIGHT = "__needs_right__"


def needs(right: Right) -> Callable[[Verb], Verb]:
    """Only who has this right may call the verb, whose first argument is the desk.

    Others get :class:`NotAllowedError`; the refusal is logged once the transaction it broke off is undone.
    """

    def decorate(verb: Verb) -> Verb:
        @functools.wraps(verb)
        def checked(desk: "Desk", *args: Any, **kwargs: Any) -> Any:
            if right not in desk.rights:
                desk.refuse(right, (*args, *kwargs.values()))
            try:
                return verb(desk, *args, **kwargs)
            except NotAllowedError:
                desk.log_refusals()
                raise

        setattr(checked, _RIGHT, right)
        return cast("Verb", checked)

    return decorate


def right_of(verb: Callable[..., Any]) -> Right | None:
    """The right a verb needs; ``None`` for a function that names none."""
    found: Right | None = getattr(verb, _RIGHT, None)
    return found


def granted(pack: Rights, who: Practitioner, *, training: bool) -> frozenset[Right]:
    """Everything this practitioner may do in a vault of this kind. Nothing for one who has left."""
    if who.left_on:
        return frozenset()
    by_itself = {row.id for row in pack.right if row.everybody or (row.administrator and who.administrator)}
    found = {right for right in Right if right in by_itself}
    for row in pack.profession:
        if row.id == (who.profession or NO_PROFESSION):
            found.update(row.rights)
            found.update(row.in_training if training else ())
    return frozenset(found)


def held_by_default(pack: Rights, profession: str) -> tuple[str, ...]:
    """The compartments that practitioners of this profession hold in every case."""
    fitting = [row.holds for row in pack.profession if row.id == (profession or NO_PROFESSION)]
    return tuple(str(name) for name in fitting[0]) if fitting else ()


def right_words(pack: Rights, right: str) -> str:
    """What a right lets one do, to stand inside a sentence: *add a child*."""
    title = next((say(row.title) for row in pack.right if row.id == right), right.replace("-", " "))
    return title[:1].lower() + title[1:]


def refusal(pack: Rights, right: Right) -> str:
    """Why something is refused or not offered, in one sentence."""
    return f"Your role in this service does not let you {right_words(pack, right)}."
