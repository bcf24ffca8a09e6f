"""The desk: an open vault, the content packs and the clock. Every verb of casework takes it first."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from csa_desk.content.models import Unit
from csa_desk.content.reading import Packs
from csa_desk.records.cases import Nation
from csa_desk.records.dates import Clock
from csa_desk.records.ids import new_id, same_id
from csa_desk.records.vault import OwnService, PackKept, Practitioner
from csa_desk.store.header import VaultKind
from csa_desk.store.vault import OpenVault
from csa_desk.store.writing import Writing

# The packs whose wording a case rests on; kept in the vault as they stood (design §7).
KEPT_PACKS = ("assessment", "needs", "stages", "pretrial_therapy", "outcomes", "print")


@dataclass(slots=True)
class Desk:
    """What a practitioner works with while a vault is open."""

    vault: OpenVault
    packs: Packs
    _kept: set[str] = field(default_factory=set)

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
