"""Content packs from TOML files, read strictly: what is wrong is named by file, item and fault."""

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from csa_desk.content.faults import Fault, faults_in, misnamed
from csa_desk.content.models import (
    SHAPES,
    Assessment,
    Duties,
    Facts,
    Needs,
    Outcomes,
    Pack,
    Pathway,
    PretrialTherapy,
    Print,
    Rights,
    Roles,
    Settings,
    Sources,
    Stages,
)
from csa_desk.errors import ContentError

P = TypeVar("P", bound=Pack)


class Packs:
    """The packs in a folder, each read when it is first asked for and then kept; ContentError if it is broken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def roles(self) -> Roles:
        """Roles and agencies."""
        return read(self.folder, Roles)

    @cached_property
    def assessment(self) -> Assessment:
        """The single assessment."""
        return read(self.folder, Assessment)

    @cached_property
    def needs(self) -> Needs:
        """The categories of need."""
        return read(self.folder, Needs)

    @cached_property
    def stages(self) -> Stages:
        """The justice journey."""
        return read(self.folder, Stages)

    @cached_property
    def pretrial_therapy(self) -> PretrialTherapy:
        """Pre-trial therapy: positions of the guidance, and the checklists."""
        return read(self.folder, PretrialTherapy)

    @cached_property
    def outcomes(self) -> Outcomes:
        """What support is for."""
        return read(self.folder, Outcomes)

    @cached_property
    def print(self) -> Print:
        """Words on paper."""
        return read(self.folder, Print)

    @cached_property
    def settings(self) -> Settings:
        """Figures the program's rules use."""
        return read(self.folder, Settings)

    @cached_property
    def rights(self) -> Rights:
        """Who may do what, and who holds which compartment."""
        return read(self.folder, Rights)

    @cached_property
    def duties(self) -> Duties:
        """What the law on records asks: who asks to see them, and what to do when they are lost."""
        return read(self.folder, Duties)

    @cached_property
    def pathway(self) -> Pathway:
        """Steps of the child's pathway, kinds of service, ages of the gap map."""
        return read(self.folder, Pathway)

    @cached_property
    def sources(self) -> Sources:
        """Where things are said."""
        return read(self.folder, Sources)

    @cached_property
    def facts(self) -> Facts:
        """How well each fact is known."""
        return read(self.folder, Facts)


def read(folder: Path, shape: type[P]) -> P:
    """The pack of this shape in `folder`; ContentError names the first fault."""
    name = next(name for name, known in SHAPES.items() if known is shape)
    tables = load(folder, name)
    if isinstance(tables, Fault):
        raise ContentError(str(tables))
    try:
        pack = msgspec.convert(tables, shape)
    except msgspec.ValidationError:
        raise ContentError(str(next(faults_in(name, tables)))) from None
    if fault := misnamed(name, pack):
        raise ContentError(str(fault))
    return pack


def load(folder: Path, name: str) -> dict[str, Any] | Fault:
    """The tables of a pack's file as they stand there, or why it cannot be read as TOML."""
    try:
        return tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    except FileNotFoundError:
        return Fault(name, "", "the file is not there")
    except OSError as error:
        return Fault(name, "", f"the file cannot be read ({error.strerror})")
    except UnicodeDecodeError:
        return Fault(name, "", "the file is not UTF-8 text")
    except tomllib.TOMLDecodeError as error:
        return _no_toml(name, str(error))


def _no_toml(name: str, complaint: str) -> Fault:
    """The fault of a file that is no TOML, at its line."""
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", complaint, re.DOTALL)
    if not found:
        return Fault(name, "", complaint)
    return Fault(name, f"line {found[2]}" if found[2] else "the last line", found[1])
