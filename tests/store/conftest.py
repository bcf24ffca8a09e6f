"""Ways into a vault that the program itself never offers: what somebody with the data key could do to it."""

import contextlib
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from csa_desk.records import assessment, cases
from csa_desk.records.ids import new_id
from csa_desk.store import header
from csa_desk.store.check import check
from csa_desk.store.engine import connect
from csa_desk.store.opening import Opener
from csa_desk.store.tables.history import TRIGGERS
from csa_desk.store.vault import DATABASE, OpenVault, database_key

Tamper = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def raw_of(opener: Opener, passphrase: str) -> Callable[[Path], Any]:
    """A writable DBAPI connection to a closed or open vault's database, past every guard of the program."""

    def open_raw(folder: Path) -> Any:
        unlocked = opener.unlock(folder, passphrase)
        return connect(folder / DATABASE, database_key(folder, unlocked.header, unlocked.opened))

    return open_raw


@pytest.fixture
def tamper(raw_of: Callable[[Path], Any]) -> Tamper:
    """Change a database with its triggers taken away and put back, so that only the change can give it away."""

    @contextlib.contextmanager
    def tampering(folder: Path, *, put_back: bool = True) -> Iterator[Any]:
        raw = raw_of(folder)
        try:
            raw.execute("PRAGMA foreign_keys = OFF")
            raw.execute("BEGIN IMMEDIATE")
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                raw.execute(f"DROP TRIGGER {name}")
            yield raw
            for statement in TRIGGERS if put_back else ():
                raw.execute(statement)
            raw.execute("COMMIT")
        finally:
            raw.close()

    return tampering


@pytest.fixture
def codes() -> Callable[[OpenVault], set[str]]:
    """The codes of everything ``check`` finds in an open vault."""

    def found(vault: OpenVault) -> set[str]:
        return {finding.code for finding in check(vault).findings}

    return found


@pytest.fixture
def check_folder(opener: Opener, passphrase: str) -> Callable[[Path], set[str]]:
    """Open a vault, check it, close it: the codes of what was found."""

    def found(folder: Path) -> set[str]:
        with opener.open(folder, passphrase) as vault:
            return {finding.code for finding in check(vault).findings}

    return found


@pytest.fixture
def worked_in(folder: Path, opener: Opener, passphrase: str) -> tuple[Path, str]:
    """A closed vault with a child and five answers, two of them changed; and the id of the case."""
    case = add_case(opener, folder, passphrase)
    return folder, case


def add_case(opener: Opener, folder: Path, passphrase: str, name: str = "Rowan Bramley") -> str:
    """A child, a case, five answers in five transactions."""
    case, child = new_id(), new_id()
    with opener.open(folder, passphrase) as vault:
        with vault.write() as writing:
            writing.put(cases.Person(id=child, name=name, birth_date="2014-11"))
            writing.put(cases.Case(id=case, child=child, code="4F7K2M"))
        for number in range(5):
            with vault.write() as writing:
                writing.put(answer(case, number, f"what was said {number}"))
        for number in (1, 2):
            with vault.write() as writing:
                writing.put(answer(case, number, f"what was said later {number}"), "corrected")
    return case


def answer(case: str, number: int, value: str) -> assessment.Answer:
    """The answer to one of the questions."""
    return assessment.Answer(
        id=f"{case[:-4]}{number:04}",
        case=case,
        subject="child",
        question=f"question-{number}",
        value=value,
        state="answered",
        source="child",
    )


@pytest.fixture
def new_case(opener: Opener, passphrase: str) -> Callable[..., str]:
    """Add a child with answers to a closed vault: ``new_case(folder, name=…)`` gives the case's id."""

    def add(folder: Path, name: str = "Rowan Bramley") -> str:
        return add_case(opener, folder, passphrase, name)

    return add


@pytest.fixture
def answered() -> Callable[[str, int, str], assessment.Answer]:
    """Makes the answer to one of a case's questions."""
    return answer


@pytest.fixture
def rewrite(opener: Opener) -> Callable[[Path, Callable[[dict[str, Any]], object]], None]:
    """Change the header as text and give it a right checksum, as anybody could who cannot make its seal."""

    def change(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
        content = json.loads((folder / header.NAME).read_bytes())
        content.pop("checksum")
        edit(content)
        content["checksum"] = header.hashlib.sha256(header._canonical(content)).hexdigest()
        for name in (header.NAME, header.BACKUP_NAME):
            (folder / name).write_text(json.dumps(content, indent=1, sort_keys=True))

    return change
