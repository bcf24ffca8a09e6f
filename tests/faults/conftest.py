"""Programs that are killed, and places that do not let themselves be written."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.store.opening import Opener

OPEN = """
import os, sys
from pathlib import Path
from csa_desk.errors import DeskError
from csa_desk.records import assessment, cases
from csa_desk.records.ids import new_id
from csa_desk.store.check import check
from csa_desk.store.keys import KdfLimits, KdfParameters
from csa_desk.store.opening import Opener
cost = KdfParameters(1, 64, 1)
folder, local, passphrase = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
opener = Opener(local, cost, KdfLimits(floor=cost))
"""


@pytest.fixture
def program(opener: Opener, passphrase: str) -> Callable[..., "subprocess.Popen[str]"]:
    """Start a real program that has ``folder``, ``opener`` and ``passphrase`` and then runs these lines."""

    def start(folder: Path, lines: str, local: Path | None = None) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", OPEN + lines, str(folder), str(local or opener.local_data), passphrase],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start
