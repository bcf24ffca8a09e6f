"""Running commands in this process against a real vault with cheap keys."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from csa_desk import cli
from csa_desk.content import reading
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.store.check import check
from csa_desk.store.opening import Opener


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its answer, read back."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def packs() -> Packs:
    """Our own content packs, read once."""
    return Packs(resource("content"))


@pytest.fixture(autouse=True)
def read_packs_once(packs: Packs, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands share the packs that were read: a process reads them once, and these all run in one."""
    monkeypatch.setattr(reading, "Packs", lambda _folder: packs)


@pytest.fixture
def run(opener: Opener, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``csa-desk`` with these words."""

    def command(*words: str | Path) -> Ran:
        capsys.readouterr()
        try:
            code = cli.main([str(word) for word in words], opener=opener)
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return command


@pytest.fixture
def secret(tmp_path: Path, passphrase: str) -> Path:
    """The passphrase in a file."""
    path = tmp_path / "passphrase.txt"
    path.write_text(passphrase + "\n", "utf-8")
    return path


@pytest.fixture
def desk_folder(run: Run, tmp_path: Path, secret: Path) -> Path:
    """A training vault made by ``vault create``."""
    folder = tmp_path / "practice.csadesk"
    made = run("vault", "create", folder, "--training", "--name", "Priya Nair", "--passphrase-file", secret)
    assert (made.code, made.err) == (0, "")
    return folder


@pytest.fixture
def do(run: Run, desk_folder: Path, secret: Path) -> Run:
    """Run a command on that vault."""
    return lambda *words: run(*words, "--vault", desk_folder, "--passphrase-file", secret)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a file to hand in: JSON, or bytes as they are."""

    def make(said: Any, name: str = "in.json") -> Path:
        path = tmp_path / name
        path.write_bytes(said if isinstance(said, bytes) else json.dumps(said).encode())
        return path

    return make


@pytest.fixture
def child(do: Run, write: Callable[..., Path]) -> str:
    """The code of a child added by ``case add``."""
    said = {
        "child": {"name": "Robin Fernhill", "preferred_name": "Rob", "birth_date": "2015-04"},
        "carers": [{"name": "Dana Fernhill", "relation": "mother"}],
        "stages": [{"stage": "report", "since": "2026-09-01"}],
        "consents": [{"recipient": "Eastmere School", "categories": ["needs-and-plan", "education"]}],
    }
    return str(do("case", "add", write(said), "--json").json["code"])


@pytest.fixture
def planned(do: Run, child: str, write: Callable[..., Path]) -> str:
    """The code of a child who has a plan."""
    goals = [{"need": "school", "words": "Art club", "actions": [{"what": "Ask at art club", "lead": "Kit"}]}]
    assert do("plan", "import", child, write({"goals": goals}, "plan.json")).code == 0
    return child


@pytest.fixture
def state(opener: Opener, desk_folder: Path, passphrase: str) -> Callable[[], tuple[int, int, int]]:
    """Revisions, records and faults of the vault as it stands on disk."""

    def count() -> tuple[int, int, int]:
        with opener.open(desk_folder, passphrase) as vault:
            report = check(vault)
        return report.revisions, report.records, len(report.findings)

    return count
