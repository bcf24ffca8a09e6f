"""A short log of the program's own faults, for whoever mends it. It never holds what anybody typed.

Of an unexpected error only its type and the places in our code are written: messages and values may hold personal
data, so they are left out (design §4: never on disk in plain).
"""

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

FILE = "faults.log"
LARGEST = 200_000


def fault_lines(kind: type[BaseException], trace: TracebackType | None) -> str:
    """One fault as text: time, type, and file, function and line of each frame."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"  {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    return "\n".join([f"{moment} {kind.__name__}", *places]) + "\n"


def record(folder: Path, kind: type[BaseException], trace: TracebackType | None) -> None:
    """Append a fault to the log in this folder; a full or missing disk is passed over in silence."""
    path = folder / FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST:
            path.replace(path.with_suffix(".old"))
        path.touch(mode=0o600)
        with path.open("a", encoding="utf-8") as handle:
            handle.write(fault_lines(kind, trace))
    except OSError:
        return


def forbid_dumps() -> bool:
    """No picture of this program's memory is written when it crashes; False where the system cannot be told so."""
    try:
        import resource
    except ImportError:
        return False  # Windows writes none unless somebody set it up to
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return True


def watch(folder: Path) -> None:
    """From now on unexpected errors of any thread go to the log, not to the screen or a crash reporter."""

    def said(kind: type[BaseException], _value: BaseException, trace: TracebackType | None) -> None:
        record(folder, kind, trace)
        sys.stderr.write(
            f"CSA Desk met a fault of its own ({kind.__name__}). What was saved is safe. See {folder / FILE}.\n"
        )

    def said_in_thread(found: threading.ExceptHookArgs) -> None:
        said(found.exc_type, found.exc_value or found.exc_type(), found.exc_traceback)

    sys.excepthook = said
    threading.excepthook = said_in_thread
