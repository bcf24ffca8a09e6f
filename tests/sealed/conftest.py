"""A service with several practitioners in one vault, each with a passphrase of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from csa_desk.casework import notes
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import CaseShape, ChildShape
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.records.ids import new_id
from csa_desk.records.vault import Practitioner, Profession
from csa_desk.store import slots
from csa_desk.store.founding import Founder
from csa_desk.store.opening import Opener

PACKS = Packs(resource("content"))


class Service:
    """A vault, and who can unlock it: ``with service.at("Bo") as desk``."""

    def __init__(self, opener: Opener, folder: Path) -> None:
        self.opener = opener
        self.folder = folder
        self.ids: dict[str, str] = {}
        opener.create(folder, self.secret("Ada"), founder=Founder("Ada", Profession.THERAPIST), sheet=False)
        with opener.open(folder, self.secret("Ada")) as vault:
            self.ids["Ada"] = vault.practitioner

    @staticmethod
    def secret(name: str) -> str:
        """The passphrase of a practitioner."""
        return f"quiet otters paddle {name}"

    def join(self, name: str, profession: str = Profession.CH_ISVA) -> None:
        """A further practitioner, added by the first."""
        self.ids[name] = new_id()
        with self.opener.open(self.folder, self.secret("Ada")) as vault:
            root = slots.derive_new(vault.header, self.secret(name))
            who = Practitioner(id=self.ids[name], name=name, profession=profession)
            slots.add(vault, who, {slots.PASSPHRASE: root})

    def leave(self, name: str, by: str = "Ada") -> None:
        """A practitioner is taken away."""
        with self.opener.open(self.folder, self.secret(by)) as vault:
            slots.take_away(vault, self.ids[name])

    @contextmanager
    def at(self, name: str) -> Iterator[Desk]:
        """The desk while this practitioner is at work; what unlocking does by itself is done."""
        with self.opener.open(self.folder, self.secret(name)) as vault:
            desk = Desk(vault, PACKS)
            notes.at_unlock(desk)
            yield desk


@pytest.fixture
def service(opener: Opener, tmp_path: Path) -> Service:
    """Ada is a therapist and administrator, Bo a CH-ISVA, Mo a manager."""
    made = Service(opener, tmp_path / "service.csadesk")
    made.join("Bo")
    made.join("Mo", Profession.MANAGER)
    return made


@pytest.fixture
def child(service: Service) -> Callable[[Desk], CaseFile]:
    """A child's file, as whoever is at work sees it."""
    with service.at("Ada") as desk:
        code = add_child(
            desk, CaseShape(child=ChildShape(name="Rowan Bramley", birth_date="2015-03-04"))
        ).code
    return lambda desk: open_file(desk, code)
