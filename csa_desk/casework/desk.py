"""The desk: an open vault, the content packs and the clock. Every verb of casework takes it first."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NoReturn, TypeVar, cast

from csa_desk.casework.rights import REFUSED, granted, refusal
from csa_desk.content.models import Unit
from csa_desk.content.reading import Packs
from csa_desk.errors import NotAllowedError, VaultError
from csa_desk.records.cases import Case, Nation
from csa_desk.records.dates import Clock
from csa_desk.records.fields import Record
from csa_desk.records.ids import new_id, same_id
from csa_desk.records.rights import Right
from csa_desk.records.vault import OwnService, PackKept, Practitioner
from csa_desk.store.header import VaultKind
from csa_desk.store.vault import OpenVault
from csa_desk.store.writing import Writing

# The packs whose wording a case rests on; kept in the vault as they stood (design §7).
KEPT_PACKS = ("assessment", "needs", "stages", "pretrial_therapy", "outcomes", "print")

T = TypeVar("T")


@dataclass(slots=True)
class Desk:
    """What a practitioner works with while a vault is open."""

    vault: OpenVault
    packs: Packs
    _kept: set[str] = field(default_factory=set)
    _rights: frozenset[Right] = frozenset()
    _rights_as_of: int = -1
    _refusals: list[tuple[str, str]] = field(default_factory=list)
    _worked_out: dict[str, tuple[tuple[Any, ...], Any]] = field(default_factory=dict)

    @property
    def clock(self) -> Clock:
        """The vault's clock."""
        return self.vault.clock

    @property
    def today(self) -> str:
        """The current day as ISO text."""
        return self.clock.today().isoformat()

    @property
    def training(self) -> bool:
        """Whether this vault holds invented data only."""
        return self.vault.kind == VaultKind.TRAINING

    def day_after(self, days: int) -> str:
        """The ISO day so many days from today."""
        return (self.clock.today() + timedelta(days=days)).isoformat()

    def days_since(self, day: str) -> int | None:
        """Whole days from a full ISO day to today; ``None`` where the day is partial or unknown."""
        try:
            return (self.clock.today() - date.fromisoformat(day[:10])).days
        except ValueError:
            return None

    def days(self, figure: str) -> int:
        """A number of days from the settings pack."""
        return self.packs.settings.value(figure, Unit.DAYS)

    def practitioner(self) -> Practitioner:
        """Who is working."""
        found = self.vault.read.get(Practitioner, self.vault.practitioner)
        return found if found is not None else Practitioner(id=self.vault.practitioner)

    @property
    def rights(self) -> frozenset[Right]:
        """What the practitioner may do; worked out again only when somebody's profile was written."""
        as_of = self.vault.written(Practitioner)
        if as_of != self._rights_as_of:
            self._rights = granted(self.packs.rights, self.practitioner(), training=self.training)
            self._rights_as_of = as_of
        return self._rights

    def may(self, right: Right) -> bool:
        """Whether the practitioner has this right: what screens offer goes by it."""
        return right in self.rights

    def why_not(self, right: Right) -> str:
        """The sentence for what the practitioner has no right to."""
        return refusal(self.packs.rights, right)

    def refuse(self, right: Right, about: tuple[Any, ...] = ()) -> NoReturn:
        """Refuse and log it. ``about`` are a verb's arguments: the case among them is the one the log names."""
        self.refuse_because(self.why_not(right), right, self._scope(about))

    def refuse_because(self, sentence: str, code: str, scope: str) -> NoReturn:
        """Refuse with a sentence, and log ``code`` for this scope. Raises :class:`NotAllowedError`."""
        self._refusals.append((code, scope))
        self.log_refusals()
        raise NotAllowedError(sentence)

    def log_refusals(self) -> None:
        """Append what was refused to the access log; while a transaction is open, which will be undone, it waits."""
        if not self._refusals or self.vault.writing:
            return
        waiting, self._refusals = self._refusals, []
        if self.vault.read_only:
            return
        with contextlib.suppress(VaultError), self.vault.write() as writing:
            for code, scope in waiting:
                writing.log_access(f"{REFUSED}{code}", scope)

    def _scope(self, about: tuple[Any, ...]) -> str:
        for item in about[:2]:
            if isinstance(item, Case):
                return f"case:{item.id}"
            if isinstance(item, Record) and isinstance(case := getattr(item, "case", None), str) and case:
                return f"case:{case}"
            if isinstance(scope := getattr(item, "scope", None), str):
                return scope
            if isinstance(item, str) and (found := self.vault.whole.get(Case, item.strip().lower())):
                return f"case:{found.id}"
            if isinstance(item, str) and item.strip():
                for named in self.vault.whole.find(Case, code=item.strip().upper()):
                    return f"case:{named.id}"
        return "vault"

    def worked_out(self, what: str, kinds: tuple[type[Record], ...], make: Callable[[], T]) -> T:
        """What ``make`` works out from all records of these kinds: kept, and made anew once one of them was written.

        ``what`` names it; a figure that is counted in days is made anew each day. The only such memory there is.
        """
        as_of = (self.today, *(self.vault.written(kind) for kind in kinds))
        kept = self._worked_out.get(what)
        if kept is None or kept[0] != as_of:
            kept = (as_of, make())
            self._worked_out[what] = kept
        return cast("T", kept[1])

    def own_service(self) -> OwnService:
        """The service this vault belongs to; an empty one where none was entered."""
        found = self.vault.read.find(OwnService)
        return found[0] if found else OwnService(id=new_id())

    def default_nation(self) -> str:
        """The nation new cases start under: the own service's, else England."""
        return self.own_service().nation or Nation.ENGLAND

    def keep_packs(self, writing: Writing) -> None:
        """Keep the packs a case rests on, once for each edition of them."""
        for name in KEPT_PACKS:
            if name in self._kept:
                continue
            content = (self.packs.folder / f"{name}.toml").read_text("utf-8")
            key = same_id("pack", name, content)
            if writing.get(PackKept, key) is None:
                pack = getattr(self.packs, name).pack
                writing.put(
                    PackKept(
                        id=key,
                        pack=name,
                        version=str(pack.version),
                        as_at=pack.as_at.isoformat(),
                        digest=key,
                        text=content,
                    ),
                    "used",
                )
            else:
                self._kept.add(name)
