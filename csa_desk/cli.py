"""The command line: the same verbs as the window, without a window (design §11).

Exit 0; 1 with one plain sentence on standard error that names what to do, nothing changed; 2 for usage.
"""

import contextlib
import errno
import io
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from csa_desk import commands
from csa_desk.commands.context import Context, Parser, Run
from csa_desk.errors import DeskError, InputError
from csa_desk.logs import forbid_dumps

if TYPE_CHECKING:
    from csa_desk.store.opening import Opener


def make_parser(noun: str = "") -> Parser:
    """The parser of one noun, or of everything this version offers."""
    parser = Parser(
        prog="csa-desk", description="Offline, encrypted casework. Without a command: the window."
    )
    parser.add_argument("--version", action="store_true", help="say which version this is")
    common = Parser(add_help=False)
    common.add_argument("--vault", metavar="DIR", help="the vault's folder")
    common.add_argument(
        "--passphrase-file", metavar="FILE", help="first line is the passphrase; - is standard input"
    )
    common.add_argument("--json", action="store_true", help="answer as JSON")
    commands.add_all(parser.add_subparsers(dest="noun", parser_class=Parser), common, noun)
    return parser


def _write_unicode() -> None:
    """Every name can be written, also into a file or pipe of a system whose own encoding lacks its letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _refuse_unreadable(given: Sequence[str]) -> None:
    for word in given:
        if "\0" in word or any("\ud800" <= letter <= "\udfff" for letter in word):
            raise InputError("Part of the command is not readable text. Write it anew. Nothing was changed.")


def main(argv: Sequence[str] | None = None, *, opener: "Opener | None" = None) -> int:
    """Run one command. Returns the exit status."""
    _write_unicode()
    forbid_dumps()
    given = list(sys.argv[1:] if argv is None else argv)
    arguments = make_parser(given[0] if given else "run").parse_args(given)
    if arguments.version:
        from csa_desk import __version__

        print(f"CSA Desk {__version__}")
        return 0
    run: Run | None = getattr(arguments, "run", None)
    if arguments.noun is None:
        from csa_desk.app import run_window

        return run_window([])
    if run is None:
        sys.stderr.write(
            f"csa-desk {arguments.noun}: say what to do. See csa-desk {arguments.noun} --help.\n"
        )
        return 2
    try:
        _refuse_unreadable(given)
        return run(Context(arguments, opener))
    except DeskError as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. What was saved before is safe.", file=sys.stderr)
        return 1
    except OSError as fault:
        if fault.errno == errno.ENAMETOOLONG:
            print("A name in the command is too long for this disk. Give a shorter one.", file=sys.stderr)
            return 1
        with contextlib.suppress(OSError):
            print("The answer could not be written. Nothing more was done.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
