"""Two practitioners of one service, and a child whose file says one distinctive word in every kind of field."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from csa_desk.casework import assessing, planning, tasks
from csa_desk.casework.answers import answer_id
from csa_desk.casework.assessing import Said
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.shapes import ActionShape, CaseShape, GoalShape, parse_shape
from csa_desk.records.assessment import Answer
from csa_desk.records.vault import Profession
from csa_desk.store.check import check
from csa_desk.store.opening import Opener
from csa_desk.store.vault import DATABASE, OpenVault
from tests.casework.conftest import FULL
from tests.sealed.conftest import Service

WORD = "Quillifer"
QUESTION = "stop-sign"
TEXTS = (
    "Fernhill",
    "lantern",
    "after six",
    "paper seen",
    "Asked for help",
    "Mill Row",
    "Marlow",
    "Ash",
    "Nair",
)
PAGE, RESERVED = 4096, 80
"""Bytes of a page of SQLCipher 4, and of them for its seal."""


@pytest.fixture
def service(opener: Opener, tmp_path: Path) -> Service:
    """Ada is a therapist and administrator, Mo a manager."""
    made = Service(opener, tmp_path / "service.csadesk")
    made.join("Mo", Profession.MANAGER)
    return made


@pytest.fixture
def alone(opener: Opener, tmp_path: Path) -> Service:
    """Ada works by herself."""
    return Service(opener, tmp_path / "alone.csadesk")


def worded(said: Any) -> Any:
    """What ``case add`` reads, with the word in every text that is no code."""
    text = json.dumps(said)
    for name in TEXTS:
        text = text.replace(name, f"{name} {WORD}")
    return json.loads(text)


@pytest.fixture
def add_full() -> Callable[[Desk], CaseFile]:
    """A child with everything, the word everywhere."""

    def add(desk: Desk) -> CaseFile:
        shape = parse_shape(json.dumps(worded(FULL)).encode(), CaseShape)
        case = add_child(desk, shape)
        assessing.answer(desk, case.id, "child", QUESTION, Said(f"{WORD} holds up a hand"))
        file = open_file(desk, case.code)
        action = ActionShape(what=f"{WORD} rings the school", lead="Priya Nair")
        planning.add_goal(desk, file, GoalShape(need="school", words=f"{WORD} club again", actions=[action]))
        tasks.add_task(desk, case.id, f"Ask {WORD}", contact=True)
        desk.vault.keep_draft(f"{case.id}/answer/child/{QUESTION}", f"half {WORD}", 3)
        desk.vault.keep_draft(f"{case.id}/plan/new", f"goal {WORD}", 3)
        return open_file(desk, case.code)

    return add


@pytest.fixture
def add_small() -> Callable[..., CaseFile]:
    """A child of whom little is known."""

    def add(desk: Desk, name: str = "Wren Oakley", **more: Any) -> CaseFile:
        shape = parse_shape(json.dumps({"child": {"name": name}, **more}).encode(), CaseShape)
        return open_file(desk, add_child(desk, shape).code)

    return add


@pytest.fixture
def revision_of() -> Callable[..., str]:
    """The latest change (hex) to the child's answer."""

    def latest(desk: Desk, file: CaseFile, question: str = QUESTION) -> str:
        return desk.vault.read.heads(Answer, answer_id(file.case.id, "child", question))[0]

    return latest


@pytest.fixture
def findings() -> Callable[[Desk], list[str]]:
    """The sentences of what ``vault check`` finds."""
    return lambda desk: [item.sentence for item in check(desk.vault).findings]


def plain_bytes(vault: OpenVault) -> bytes:
    """Every byte of the database as it lies on disk, decrypted page by page: what lies between cells as well."""
    secret, made = vault._secret, (vault.folder / DATABASE).read_bytes()
    pages = []
    for start in range(0, len(made), PAGE):
        page = made[start : start + PAGE]
        begin = len(secret.salt) if start == 0 else 0
        iv = page[PAGE - RESERVED : PAGE - RESERVED + 16]
        opened = Cipher(algorithms.AES(secret.key), modes.CBC(iv)).decryptor()
        pages.append(opened.update(page[begin : PAGE - RESERVED]) + opened.finalize())
    return b"".join(pages)


def holds(vault: OpenVault, word: str) -> bool:
    """Whether the word, or its beginning, is anywhere in the vault: in a page, the index too, or in a file beside."""
    found = plain_bytes(vault).lower()
    beside = b"".join(path.read_bytes() for path in vault.folder.rglob("*") if path.is_file())
    part = word.lower().encode()
    return part in found or part[:6] in found or part in beside.lower()
