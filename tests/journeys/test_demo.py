"""What ``csa-desk demo`` tells is so: run once with cheap key parameters and without pictures, then looked at."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pyrage
import pytest

from csa_desk.casework import mending, notes, recovery
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.children import case_list
from csa_desk.casework.compartments import place
from csa_desk.casework.desk import Desk
from csa_desk.casework.notes import State
from csa_desk.casework.removals_waiting import gone, waiting
from csa_desk.content.reading import Packs
from csa_desk.demo.made import Made, invented
from csa_desk.demo.run import run_demo
from csa_desk.errors import InputError
from csa_desk.paths import resource
from csa_desk.records.dates import Clock
from csa_desk.records.sealed import CompartmentName
from csa_desk.store.keys import KdfLimits
from csa_desk.store.opening import Opener
from tests.conftest import CHEAP

PACKS = Packs(resource("content"))


class Ticking(Clock):
    """A second goes by whenever somebody looks."""

    def __init__(self) -> None:
        self.moment_now = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """A second later than before."""
        self.moment_now += timedelta(seconds=1)
        return self.moment_now


@dataclass
class Demo:
    """The folder that was made, what was told, and a way in."""

    out: Path
    made: Made
    opener: Opener

    def word(self, name: str) -> str:
        """The passphrase in a file."""
        return (self.out / name).read_text("utf-8").strip()

    def told(self, begins: str) -> str:
        """The one line of the story that begins so."""
        [line] = [line for line in self.made.story if line.strip().startswith(begins)]
        return line


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Run once for all tests here."""
    folder = tmp_path_factory.mktemp("demo")
    opener = Opener(folder / "local", CHEAP, KdfLimits(floor=CHEAP), Ticking())
    return Demo(folder / "out", run_demo(folder / "out", opener, pictures=False), opener)


def file_of(desk: Desk, name: str) -> CaseFile:
    """The file of an invented child."""
    [code] = [str(row["code"]) for row in case_list(desk) if row["name"] == name]
    return open_file(desk, code, log="")


def test_everything_that_is_told_is_there(demo: Demo) -> None:
    assert demo.made.files
    assert all(path.exists() for path in demo.made.files)
    listed = {path.name for path in demo.made.files}
    assert {path.name for path in demo.out.iterdir()} == listed
    assert demo.told("vault check --deep").endswith("2 backups proved, 0 faults")
    assert "0 faults; 1 removal" in demo.told("The first backup restored")
    assert "the recovery sheet and two of the service’s three shares" in demo.told("Recovery proved today")
    text = (demo.out / "doctor.txt").read_text("utf-8")
    assert "Internet sockets" in text
    assert "Rowan" not in text


def test_sealed_words_are_in_nobodys_hands_but_those_who_hold_them(demo: Demo) -> None:
    told, therapy = (said["words"]["words"] for said in invented("sealed.json"))
    folder = demo.out / "demo.csadesk"
    with demo.opener.open(folder, demo.word("passphrase.txt")) as vault:
        desk = Desk(vault, PACKS)
        rowan = file_of(desk, "Rowan Bramley")
        [entry] = notes.entries(desk, rowan, CompartmentName.DISCLOSURE)
        assert notes.open_entry(desk, rowan, entry.id)["words"] == told
        [entry] = notes.entries(desk, rowan, CompartmentName.THERAPY)
        assert entry.state == State.SEALED
        assert not place(desk, rowan, CompartmentName.THERAPY).yours
    with demo.opener.open(folder, demo.word("passphrase-colleague.txt")) as vault:
        desk = Desk(vault, PACKS)
        rowan = file_of(desk, "Rowan Bramley")
        [entry] = notes.entries(desk, rowan, CompartmentName.THERAPY)
        assert notes.open_entry(desk, rowan, entry.id)["words"] == therapy
        [entry] = notes.entries(desk, rowan, CompartmentName.DISCLOSURE)
        assert entry.state == State.SEALED


def test_the_struck_answer_is_gone_in_both_vaults_and_stands_in_the_right_file(demo: Demo) -> None:
    for name in ("demo.csadesk", "restored.csadesk"):
        with demo.opener.open(demo.out / name, demo.word("passphrase.txt")) as vault:
            desk = Desk(vault, PACKS)
            enfys, kuba = file_of(desk, "Enfys Tŷ-Gwyn"), file_of(desk, "Jakub Łubinek")
            said = [{answer.question for answer in file.answers.values()} for file in (enfys, kuba)]
            assert ["calms" in questions for questions in said] == [False, True]
            assert (name, len(gone(desk, enfys.case.id))) == (name, 1)
            assert (name, [item.code for item in waiting(desk)]) == (
                name,
                [file_of(desk, "Rowan Bramley").code],
            )
            assert not mending.check_vault(vault).findings


def test_the_sheet_brings_back_in_and_the_shares_fit_together(demo: Demo, tmp_path: Path) -> None:
    papers = [(demo.out / f"recovery-share-{number}.txt").read_text("utf-8") for number in (1, 2)]
    folder = demo.out / "demo.csadesk"
    people = recovery.people_behind_shares(demo.opener, folder, papers)
    assert {person.name for person in people} == {"Priya Nair", "Noor Fairweather"}
    sheet = (demo.out / "recovery-sheet.txt").read_text("utf-8")
    assert demo.opener.unlock_by_sheet(folder, sheet).opened.own.practitioner


def test_the_archive_opens_with_its_own_passphrase(demo: Demo) -> None:
    [archive] = demo.out.glob("*.zip.age")
    content = pyrage.passphrase.decrypt(archive.read_bytes(), demo.word("passphrase-archive.txt"))
    with ZipFile(BytesIO(content)) as opened:
        assert {"everything-held.pdf", "records.json", "history.json"} <= set(opened.namelist())


def test_a_folder_in_use_is_left_alone(demo: Demo) -> None:
    with pytest.raises(InputError, match="already something in that folder"):
        run_demo(demo.out, demo.opener, pictures=False)
