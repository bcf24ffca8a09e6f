"""What the unlock window waits for: nothing that is first needed behind it."""

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from csa_desk.app import undisturbed
from csa_desk.ui.widgets.page import PageBody

NEEDED_LATER = (
    "sqlalchemy",
    "sqlcipher3",
    "cryptography",
    "pyrage",
    "reportlab",
    "pypdfium2",
    "msgspec",
    "rapidfuzz",
    "tomllib",
    "csa_desk.store",
    "csa_desk.casework",
    "csa_desk.content",
    "csa_desk.printing",
    "csa_desk.exchange",
    "csa_desk.ui.pages",
    "csa_desk.ui.shell.first_run",
    "csa_desk.ui.shell.inside",
    "csa_desk.ui.widgets.dates",
    "csa_desk.ui.widgets.messages",
    "subprocess",
    "html",
    "calendar",
)
SHOW = """
import json, sys
from csa_desk import cli
status = cli.main(["run", "--exit-after-first-window"])
print(json.dumps({"status": status, "loaded": sorted(sys.modules)}))
"""


def test_the_unlock_window_is_shown_without_anything_that_is_first_needed_behind_it(tmp_path: Path) -> None:
    home = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)}
    shown = subprocess.run(
        [sys.executable, "-c", SHOW], check=True, capture_output=True, text=True, env=home, timeout=120
    )
    said = json.loads(shown.stdout)
    assert said["status"] == 0
    assert "csa_desk.ui.shell.unlock" in said["loaded"]
    assert [name for name in NEEDED_LATER if name in said["loaded"]] == []


@pytest.mark.usefixtures("qapp")
def test_a_page_asks_qt_for_no_widget_it_did_not_make() -> None:
    body = PageBody()
    assert type(body.viewport()) is QWidget
    assert Shiboken.createdByPython(body.viewport())


def test_the_collector_of_rubbish_rests_while_the_window_is_made_and_works_again_afterwards() -> None:
    assert gc.isenabled()
    with undisturbed():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_of_rubbish_works_again_where_the_window_could_not_be_made() -> None:
    with pytest.raises(FileNotFoundError), undisturbed():
        raise FileNotFoundError
    assert gc.isenabled()
