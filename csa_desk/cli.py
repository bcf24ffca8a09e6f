"""The command line: the same verbs as the window, without a window (design §11).

Exit 0; 1 with one plain sentence on standard error that names what to do, nothing changed; 2 for usage.
"""

import argparse
import contextlib
import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from csa_desk.errors import DeskError, InputError
from csa_desk.paths import local_data, resource

if TYPE_CHECKING:
    from csa_desk.store.opening import Opener

Answer = dict[str, Any] | list[Any]
LONGEST_PASSPHRASE_FILE = 10_000


class Context:
    """What every command gets: its arguments, how vaults are opened, and where answers go."""

    def __init__(self, arguments: argparse.Namespace, opener: "Opener | None") -> None:
        self.arguments = arguments
        self._opener = opener

    @property
    def opener(self) -> "Opener":
        """How vaults are made and opened. The store is loaded on first use: the window starts without it."""
        if self._opener is None:
            from csa_desk.store.opening import Opener

            self._opener = Opener(local_data=local_data())
        return self._opener

    def say(self, answer: Answer, *lines: str) -> None:
        """Print the answer as JSON where asked for, else the lines."""
        if self.arguments.json:
            print(json.dumps(answer, indent=1, ensure_ascii=False))
        else:
            for line in lines:
                print(line)

    def passphrase(self) -> str:
        """The first line of the passphrase file. Raises :class:`InputError`."""
        return read_passphrase(self.arguments.passphrase_file)

    @contextlib.contextmanager
    def vault(self) -> Iterator[Any]:
        """The open vault; what was noticed is told on standard error."""
        if not self.arguments.vault:
            raise InputError("Say which vault: --vault FOLDER.")
        with self.opener.open(Path(self.arguments.vault), self.passphrase()) as vault:
            for notice in vault.notices:
                print(notice.sentence, file=sys.stderr)
            yield vault

    @contextlib.contextmanager
    def desk(self) -> Iterator[Any]:
        """The desk over the open vault."""
        from csa_desk.casework.desk import Desk
        from csa_desk.content.reading import Packs

        with self.vault() as vault:
            yield Desk(vault, Packs(resource("content")))


def read_passphrase(name: str | None) -> str:
    """The first line of a file, or of standard input for ``-``. Raises :class:`InputError`."""
    if name is None:
        raise InputError("Say where the passphrase is: --passphrase-file FILE, or - for standard input.")
    try:
        if name == "-":
            first = sys.stdin.buffer.readline(LONGEST_PASSPHRASE_FILE)
        else:
            with Path(name).open("rb") as handle:
                first = handle.readline(LONGEST_PASSPHRASE_FILE)
        return first.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise InputError("The passphrase is not plain text. Save its file anew as UTF-8.") from None
    except (OSError, ValueError):
        raise InputError("The passphrase file cannot be read. Check its name and folder.") from None


class Parser(argparse.ArgumentParser):
    """Argparse that says what is wrong in one sentence and exits with 2."""

    def error(self, message: str) -> NoReturn:
        """Say so on standard error and stop."""
        sys.stderr.write(f"{self.prog}: {message}. See {self.prog} --help.\n")
        raise SystemExit(2)


Run = Callable[[Context], int]


def make_parser(noun: str = "") -> Parser:
    """The parser of one noun, or of everything this version offers."""
    from csa_desk import commands

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
    except OSError:
        with contextlib.suppress(OSError):
            print("The answer could not be written. Nothing more was done.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
