"""What was decided to be taken out, read from signed history: what is hidden, and what may be missing (design §5).

Tables are no witness here: everybody with a slot could write into them. A removal counts if its entry is whole and
signed. From then on its values are hidden. They may go for good

* when two different practitioners have signed that they agree, or
* where the service had one practitioner when it was asked, from the day it named then;

never while a hold stands on the case, and never once somebody has stopped it.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from csa_desk.records.keeping import (
    PROOF,
    Hold,
    KeptOut,
    Removal,
    RemovalDone,
    RemovalKind,
    RemovalSigned,
    RemovalStopped,
)
from csa_desk.store import proofs
from csa_desk.store.engine import plain_words
from csa_desk.store.replay import read_json
from csa_desk.store.revisions import Revision, canonical
from csa_desk.store.signed import Signed, Trusted, known, signed_revisions, trusted_keys
from csa_desk.store.vouching import Known

SIGNATURES = 2
EVENTS = (Removal, RemovalSigned, RemovalStopped, RemovalDone, Hold)
_LINKS = ("person", "child", "proceeding")


@dataclass(slots=True)
class Decision:
    """One removal as its signed history has it. ``scopes`` go with a whole case; ``shared`` of them stay.

    ``carries``: the removal of a later state of this vault that it brought here; ``carried``: another one carried it.
    """

    seq: int
    id: str
    case: str
    how: str
    record: str
    record_kind: str
    whole_case: bool
    revisions: frozenset[str]
    fields: frozenset[str]
    reason: str
    asked_by: str
    asked: str
    waits_until: str
    scopes: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    signers: set[str] = field(default_factory=set)
    stopped: bool = False
    done: str = ""
    alone: bool = False
    held: bool = False
    done_rightly: bool = False
    carries: str = ""
    carried: bool = False

    @property
    def agreed(self) -> bool:
        """Whether two different practitioners signed."""
        return len(self.signers) >= SIGNATURES

    def ready(self, day: str) -> bool:
        """Whether the values may go for good on this day."""
        return not (self.stopped or self.held) and (self.agreed or self._waited(day))

    def _waited(self, day: str) -> bool:
        return self.alone and bool(self.waits_until) and self.asked[:10] < self.waits_until <= day

    def covers(self, scope: str, kind: str, record: str, revision_id: str, name: str) -> bool:
        """Whether this value is among what is to go."""
        if kind in PROOF or (kind == KeptOut.KIND and not self.done):
            return False
        if self.whole_case:
            return scope in self.scopes
        if self.how == RemovalKind.ERASE:
            return (record, kind, scope) == (self.record, self.record_kind, f"case:{self.case}")
        return revision_id in self.revisions and (not self.fields or name in self.fields)

    @property
    def rows(self) -> tuple[str, tuple[Any, ...]]:
        """A condition on ``revision`` for everything that may be among it, and what to fill in."""
        if self.whole_case:
            wanted: list[Any] = sorted(self.scopes - self.shared)
            return f"scope IN ({_marks(wanted)})", tuple(wanted)
        if self.how == RemovalKind.ERASE:
            return "record = ? AND kind = ?", (self.record, self.record_kind)
        wanted = [bytes.fromhex(item) for item in sorted(self.revisions)]
        return f"id IN ({_marks(wanted)})", tuple(wanted)

    @property
    def records(self) -> tuple[str, tuple[Any, ...]]:
        """A condition on ``revision`` for all revisions of the records it touches, and what to fill in."""
        where, given = self.rows
        return f"record IN (SELECT record FROM revision WHERE {where})", given  # noqa: S608 - our own


@dataclass(slots=True)
class Decisions:
    """Every removal of a vault that counts."""

    all: dict[str, Decision] = field(default_factory=dict)

    def standing(self) -> list[Decision]:
        """Those that hide their values or have taken them out."""
        return [item for item in self.all.values() if not item.stopped]

    def waiting(self) -> list[Decision]:
        """Those whose values are hidden and not gone yet."""
        return [item for item in self.standing() if not (item.done or item.carried)]

    def lets_go(self, removal: str, revision: Revision, revision_id: bytes, name: str) -> bool:
        """Whether this removal was decided and carried out rightly, and takes this value."""
        found = self.all.get(removal)
        return (
            found is not None
            and found.done_rightly
            and found.covers(revision.scope, revision.kind, revision.record, revision_id.hex(), name)
        )

    def permit(self, revision: Revision, revision_id: bytes) -> Callable[[str], bool]:
        """Tells of a field of this revision whether it may be missing."""
        return functools.partial(self._may_lack, revision, revision_id)

    def _may_lack(self, revision: Revision, revision_id: bytes, name: str) -> bool:
        return any(self.lets_go(removal, revision, revision_id, name) for removal in self.all)


@plain_words()
def read(raw: Any, trusted: Trusted | None = None) -> Decisions:
    """Read them from history. With ``trusted`` all of it is looked through, else where the tables point."""
    made = Decisions()
    if trusted is None:
        if raw.execute("SELECT 1 FROM removal LIMIT 1").fetchone() is None:
            return made
        tables = " UNION ALL ".join(f'SELECT id FROM "{kind.KIND.replace("-", "_")}"' for kind in EVENTS)  # noqa: S608
        # Holds are looked for in history itself: a row that somebody deleted must not let words go.
        holds = "kind = 'hold' AND scope IN (SELECT 'case:' || \"case\" FROM removal)"
        where, trusted = f"(record IN ({tables}) OR ({holds}))", trusted_keys(raw)
    else:
        where = f"kind IN ({', '.join(repr(kind.KIND) for kind in EVENTS)})"
    walk = _Walk(raw, made)
    for row in signed_revisions(raw, trusted, where):
        walk.take(row)
    for decision in made.all.values():
        decision.held = decision.case in walk.held
        if decision.whole_case:
            decision.shared = _shared(raw, decision)
        if decision.done_rightly and decision.carries in made.all:
            made.all[decision.carries].carried = True
    return made


@plain_words()
def anything_waits(raw: Any) -> bool:
    """Whether, by the tables, something is hidden and not gone yet: cheap enough for every page."""
    found = raw.execute(
        "SELECT 1 FROM removal WHERE proof = 'null' "
        "AND id NOT IN (SELECT removal FROM removal_done) AND id NOT IN (SELECT removal FROM removal_stopped) LIMIT 1"
    ).fetchone()
    return found is not None


@plain_words()
def hidden(raw: Any, decided: Decisions | None = None) -> set[tuple[int, str]]:
    """Every value that stands in history and is not to be shown: the revision's place in the file, and the field."""
    found: set[tuple[int, str]] = set()
    for decision in (decided or read(raw)).standing():
        found.update((seq, name) for seq, name, *_ in values_of(raw, decision))
    return found


def values_of(raw: Any, decision: Decision) -> Iterator[tuple[int, str, str, str, str]]:
    """The values it takes that still stand: place in the file, field, kind, record, JSON text."""
    where, given = decision.rows
    with plain_words():
        rows = raw.execute(
            "SELECT seq, scope, kind, record, id, field, value "  # noqa: S608 - a condition of our own
            f"FROM revision_value JOIN revision USING (seq) WHERE {where} ORDER BY seq",
            given,
        ).fetchall()
    for seq, scope, kind, record, revision_id, name, value in rows:
        if decision.covers(scope, kind, record, revision_id.hex(), name):
            yield seq, name, kind, record, value


class _Walk:
    """Goes through the signed events in their order."""

    def __init__(self, raw: Any, made: Decisions) -> None:
        self._raw, self._made = raw, made
        self._holds: dict[str, dict[str, None]] = {}

    @functools.cached_property
    def _known(self) -> Known:
        return known(self._raw)

    @property
    def held(self) -> set[str]:
        """Cases on which a hold stands."""
        return {case for case, holds in self._holds.items() if holds}

    def take(self, row: Signed) -> None:
        """One event more."""
        if row.kind == Removal.KIND:
            self._asked(row)
        elif row.kind == Hold.KIND:
            self._hold(row)
        else:
            found = self._made.all.get(str(row.values.get("removal")))
            if found is not None and row.scope == f"case:{found.case}":
                self._said(found, row)

    def _asked(self, row: Signed) -> None:
        carried = row.values.get("proof")
        proof = proofs.opened(carried, self._known) if carried else []
        told = next((item for item in proof if item.kind == Removal.KIND), None) if proof else row
        case = str(row.values.get("case", ""))
        if (
            told is None
            or row.record in self._made.all
            or {row.scope, told.scope} != {f"case:{case}"}
            or not case
        ):
            return
        said = told.values
        names = {str(item) for item in said.get("revisions", ())}
        whole = said.get("whole_case") is True
        self._made.all[row.record] = Decision(
            seq=row.seq,
            id=row.record,
            case=case,
            how=str(said.get("how", "")),
            record=str(said.get("record", "")),
            record_kind=str(said.get("record_kind", "")),
            whole_case=whole,
            revisions=frozenset(item for item in names if _is_revision(item)),
            fields=frozenset(str(item) for item in said.get("fields", ())),
            reason=str(said.get("reason", "")),
            asked_by=told.practitioner,
            asked=told.time,
            waits_until=str(said.get("waits_until", "")),
            scopes=frozenset({row.scope, *(item for item in names if _is_scope(item))})
            if whole
            else frozenset(),
            alone=bool(said.get("waits_until")) and self._known.present_at(row.seq) <= 1,
            carries=told.record if proof else "",
        )
        for item in proof:
            if item.values.get("removal") == told.record and item.scope == row.scope:
                self._said(self._made.all[row.record], item)

    def _hold(self, row: Signed) -> None:
        holds = self._holds.setdefault(row.scope.partition(":")[2], {})
        if row.values.get("ends"):
            holds.pop(str(row.values["ends"]), None)
        else:
            holds[row.record] = None

    def _said(self, found: Decision, row: Signed) -> None:
        if row.kind == RemovalStopped.KIND:
            found.stopped = found.stopped or not found.done
        elif row.kind == RemovalSigned.KIND:
            if row.values.get("practitioner") == row.practitioner:
                found.signers.add(row.practitioner)
        elif not found.done:
            found.done = row.time
            found.held = found.case in self.held
            found.done_rightly = found.ready(row.time[:10])


@plain_words()
def practitioners_now(raw: Any) -> int:
    """How many practitioners the service has, by its signed history."""
    latest = raw.execute("SELECT coalesce(max(seq), 0) FROM revision").fetchone()[0]
    return known(raw).present_at(latest)


def _shared(raw: Any, decision: Decision) -> frozenset[str]:
    """The people and matters among its scopes that another case names too: they stay."""
    linked = {
        canonical(scope.partition(":")[2]): scope
        for scope in decision.scopes
        if not scope.startswith("case:")
    }
    if not linked:
        return frozenset()
    fields, values = ", ".join(repr(name) for name in _LINKS), list(linked)
    rows = raw.execute(
        "SELECT DISTINCT value FROM revision_value JOIN revision USING (seq) "  # noqa: S608 - names of our own
        f"WHERE field IN ({fields}) AND value IN ({_marks(values)}) "
        "AND scope LIKE 'case:%' AND scope <> ?",
        (*values, f"case:{decision.case}"),
    )
    return frozenset(linked[value] for (value,) in rows)


@plain_words()
def links_of(raw: Any, case: str) -> tuple[str, ...]:
    """The scopes of the people and matters a case names: they go with it where no other case names them."""
    fields = ", ".join(repr(name) for name in _LINKS)
    rows = raw.execute(
        "SELECT DISTINCT field, value FROM revision_value JOIN revision USING (seq) "  # noqa: S608 - our own
        f"WHERE scope = ? AND field IN ({fields})",
        (f"case:{case}",),
    )
    kinds = {"person": "person", "child": "person", "proceeding": "proceeding"}
    found = {f"{kinds[name]}:{read_json(value)}" for name, value in rows if read_json(value)}
    return tuple(sorted(found))


def _is_revision(name: str) -> bool:
    return len(name) == 64 and set(name) <= set("0123456789abcdef")


def _is_scope(name: str) -> bool:
    return name.startswith(("person:", "proceeding:"))


def _marks(values: list[Any]) -> str:
    return ", ".join("?" for _ in values)
