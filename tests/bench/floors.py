"""The floors as code: the least that any program on this machine must spend for the same thing."""

import subprocess
import sys
from pathlib import Path

from csa_desk.store.engine import DatabaseKey, connect

EMPTY_WINDOW = (
    "import sys\n"
    "from PySide6.QtCore import QTimer\n"
    "from PySide6.QtWidgets import QApplication, QWidget\n"
    "app = QApplication(sys.argv[:1])\n"
    "window = QWidget()\n"
    "window.resize(1280, 800)\n"
    "window.show()\n"
    "QTimer.singleShot(0, app.quit)\n"
    "app.exec()\n"
)


def empty_window() -> None:
    """A whole process that shows an empty PySide6 window and ends."""
    subprocess.run([sys.executable, "-c", EMPTY_WINDOW], check=True, capture_output=True)


class RawInsert:
    """One durable insert into SQLCipher with our connection recipe, nothing else."""

    def __init__(self, path: Path) -> None:
        self._raw = connect(path, DatabaseKey(b"1" * 32, b"2" * 16))
        self._raw.execute("CREATE TABLE answer(id INTEGER PRIMARY KEY, value TEXT)")

    def once(self) -> None:
        """Insert and commit."""
        self._raw.execute("BEGIN IMMEDIATE")
        self._raw.execute("INSERT INTO answer(value) VALUES (?)", ("About three days a week",))
        self._raw.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._raw.close()


class RawMatch:
    """``MATCH ? ORDER BY rank LIMIT 50`` on the same file, warm."""

    def __init__(self, raw: object) -> None:
        self._raw = raw

    def once(self, words: str) -> int:
        """Rows found."""
        query = " ".join(f'"{word}"*' for word in words.split())
        rows = self._raw.execute(  # type: ignore[attr-defined]
            "SELECT record, title FROM search WHERE search MATCH ? ORDER BY rank LIMIT 50", (query,)
        ).fetchall()
        return len(rows)
