"""What every command gets and is made of: its arguments, how vaults are opened, where answers go, its parser."""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from csa_desk.errors import DamagedVaultError, ForeignHeaderError, InputError
from csa_desk.paths import local_data, resource

if TYPE_CHECKING:
    from csa_desk.store.opening import Opener
    from csa_desk.store.vault import OpenVault

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
            lines = (json.dumps(answer, indent=1, ensure_ascii=False),)
        for line in lines:
            sys.stdout.write(f"{line}\n")

    def passphrase(self) -> str:
        """The first line of the passphrase file. Raises :class:`InputError`."""
        return read_passphrase(self.arguments.passphrase_file)

    @contextlib.contextmanager
    def vault(self) -> Iterator[Any]:
        """The open vault; what was noticed is told on standard error."""
        with self.open(self.passphrase()) as vault:
            yield vault

    def open(self, secret: str) -> "OpenVault":
        """Open the vault named; what was noticed is told on standard error, and of a damaged one the way out."""
        if not self.arguments.vault:
            raise InputError("Say which vault: --vault FOLDER.")
        folder = Path(self.arguments.vault)
        try:
            vault = self.opener.open(folder, secret)
        except (DamagedVaultError, ForeignHeaderError) as fault:
            from csa_desk.casework.mending import with_way_out

            raise type(fault)(with_way_out(folder, fault)) from None
        for notice in vault.notices:
            sys.stderr.write(f"{notice.sentence}\n")
        return vault

    @contextlib.contextmanager
    def desk(self) -> Iterator[Any]:
        """The desk over the open vault."""
        from csa_desk.casework.desk import Desk
        from csa_desk.casework.notes import at_unlock
        from csa_desk.casework.removals import carry_out_due
        from csa_desk.casework.rights import Right
        from csa_desk.content.reading import Packs

        with self.vault() as vault:
            desk = Desk(vault, Packs(resource("content")))
            for sentence in at_unlock(desk) if desk.may(Right.OWN_KEYS) else []:
                sys.stderr.write(f"{sentence}\n")
            carry_out_due(desk)
            yield desk


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
