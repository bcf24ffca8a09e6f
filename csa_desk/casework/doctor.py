"""Doctor: what the running program really does, for a data-protection lead or an IT reviewer.

Each section of SECURITY.md has one here; a test holds the two against each other. Nothing of any child is in it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csa_desk.casework import this_computer
from csa_desk.casework.about import version
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.content.models import SHAPES
from csa_desk.content.reading import Packs
from csa_desk.records.dates import spoken
from csa_desk.store import inspecting, places, slots


@dataclass(frozen=True, slots=True)
class Row:
    """A line: what, how it is, and ``ok``, ``look`` (somebody should) or nothing to say about it."""

    name: str
    value: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; ``key`` is for programs."""

    key: str
    title: str
    rows: tuple[Row, ...]


def unopened(local_data: Path, packs: Packs) -> list[Section]:
    """What can be said without a vault."""
    return [_network(), _open(), _computer(local_data), *_about(packs, inspecting.versions())]


@needs(Right.LOOK_UP)
def examined(desk: Desk, local_data: Path) -> list[Section]:
    """All of it, with the open vault."""
    vault = desk.vault
    return [
        _network(),
        _open(),
        _section("protection", "What protects the records, as in force now", inspecting.protection(vault)),
        _section(
            "connection",
            "Settings of the database, as it answers them",
            inspecting.connection_settings(vault),
        ),
        Section(
            "slots",
            "What opens this vault",
            tuple(
                Row(f"Slots that open with: {slots.WAYS.get(way, way)}", str(number))
                for way, number in inspecting.slot_counts(vault).items()
            ),
        ),
        _files("vault_files", "Files in the vault’s folder", inspecting.files_of_vault(vault.folder)),
        _places(vault.folder),
        _computer(local_data),
        *_about(desk.packs, inspecting.versions(vault)),
    ]


@needs(Right.LOOK_UP)
def brief(desk: Desk) -> list[str]:
    """A few sentences for whoever only wants to know whether all is well."""
    sockets, folder = this_computer.sockets(), desk.vault.folder
    if not sockets.told:
        line = "This system does not tell which sockets are open. The program opens none to the internet."
    elif sockets.internet:
        line = f"Open to the internet: {len(sockets.internet)}. Tell whoever looks after your computers."
    else:
        line = "Open to the internet: nothing."
    risk = places.risk_of(folder)
    return [
        line,
        f"Encryption of the whole disk: {this_computer.disk_encryption(folder)}.",
        *([risk] if risk else []),
    ]


def _section(key: str, title: str, found: dict[str, str]) -> Section:
    return Section(key, title, tuple(Row(name, value) for name, value in found.items()))


def _network() -> Section:
    found = this_computer.sockets()
    if not found.told:
        return Section("network", "Network", (Row("Internet sockets", this_computer.NOT_TOLD),))
    rows = [
        Row(
            "Internet sockets",
            str(len(found.internet)) if found.internet else "none",
            "look" if found.internet else "ok",
        ),
        *(Row("Open", words, "look") for words in found.internet),
        Row("Local sockets (screen, session)", str(found.local) if found.local else "none"),
    ]
    return Section("network", "Network", tuple(rows))


def _open() -> Section:
    found = this_computer.open_files()
    if not found.told:
        return Section("open", "Open now", (Row("Files", this_computer.NOT_TOLD),))
    rows = [Row("File", path) for path in found.files]
    return Section("open", "Open now", (*rows, Row("Pipes, devices and others", str(found.other))))


def _files(key: str, title: str, found: list[inspecting.Written]) -> Section:
    rows = [
        Row(
            str(item.path),
            f"{item.what}; {item.size:,} bytes{'; others of this computer may read it' if item.others_read else ''}",
            "look" if item.others_read or item.what.startswith("not ") else "",
        )
        for item in found
    ]
    return Section(key, title, tuple(rows) or (Row("Files", "none"),))


def _places(folder: Path) -> Section:
    risk = places.risk_of(folder)
    disk = this_computer.disk_encryption(folder)
    return Section(
        "place",
        "Where the vault is",
        (
            Row("Folder", str(folder)),
            Row("Cloud service or network", risk or "nothing seen", "look" if risk else "ok"),
            Row("Encryption of the whole disk", disk, "ok" if disk.startswith("encrypted") else "look"),
        ),
    )


def _computer(local_data: Path) -> Section:
    swap, dumps = this_computer.swap_encryption(), this_computer.core_dumps()
    kept = _files("", "", inspecting.files_of_computer(local_data)).rows if local_data.is_dir() else ()
    rows = [
        Row("Temporary files", "none: what the database sorts, it sorts in memory"),
        Row("Memory moved to the disk (swap)", swap, "look" if swap.startswith("not seen") else ""),
        Row("Picture of memory after a crash", dumps, "ok" if dumps == "forbidden" else ""),
        *kept,
    ]
    return Section("computer", "This computer", tuple(rows))


def _about(packs: Packs, libraries: dict[str, str]) -> list[Section]:
    found = [(name, getattr(packs, name).pack) for name in SHAPES]
    dated = {name: f"version {pack.version}, as at {spoken(pack.as_at.isoformat())}" for name, pack in found}
    return [
        _section("versions", "Versions", {"CSA Desk": version(), **libraries}),
        _section("packs", "Guidance in this program", dated),
    ]


def as_json(sections: list[Section]) -> dict[str, Any]:
    """Sections by key; lines that share a name stand as a list."""
    made: dict[str, Any] = {}
    for section in sections:
        into: dict[str, Any] = made.setdefault(section.key, {})
        for row in section.rows:
            if row.name in into:
                before = into[row.name]
                into[row.name] = [*(before if isinstance(before, list) else [before]), row.value]
            else:
                into[row.name] = row.value
    return made


def as_text(sections: list[Section]) -> list[str]:
    """Lines to read."""
    lines: list[str] = []
    for section in sections:
        lines += ["", section.title] if lines else [section.title]
        lines += [f"  {'! ' if row.tone == 'look' else '  '}{row.name}: {row.value}" for row in section.rows]
    return lines
