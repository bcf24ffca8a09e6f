"""What this computer says of the running program: sockets, open files, whether disks and swap are encrypted.

Everything is read from where the system publishes it (``/proc`` and ``/sys`` on Linux). Where a system publishes
nothing, that is said; nothing is guessed. No library for the network is loaded, not even to look.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

_SELF = Path("/proc/self")
_INTERNET = ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6", "packet")
_INODE_AT = {"packet": 8}  # column of the inode; 9 in the others
NOT_TOLD = "this system does not tell"


@dataclass(frozen=True, slots=True)
class Sockets:
    """Open sockets: each one to the internet, and how many others. ``told``: whether the system says so at all."""

    told: bool
    internet: tuple[str, ...] = ()
    local: int = 0


@dataclass(frozen=True, slots=True)
class OpenFiles:
    """What this program has open: files by path, and how many pipes, devices and other things."""

    told: bool
    files: tuple[str, ...] = ()
    other: int = 0


def _links(proc: Path) -> list[str]:
    found = []
    for item in sorted((proc / "fd").iterdir(), key=lambda path: int(path.name)):
        try:
            found.append(str(item.readlink()))
        except OSError:
            continue  # closed meanwhile: the folder itself was open while it was read
    return found


def sockets(proc: Path = _SELF) -> Sockets:
    """Every socket this program has open, told apart by the system's own tables."""
    try:
        inodes = {link[8:-1] for link in _links(proc) if link.startswith("socket:[")}
    except OSError:
        return Sockets(told=False)
    internet = []
    for name in _INTERNET:
        for inode, words in _table(proc / "net" / name, _INODE_AT.get(name, 9)):
            if inode in inodes:
                inodes.discard(inode)
                internet.append(f"{name} {words}")
    return Sockets(told=True, internet=tuple(internet), local=len(inodes))


def _table(path: Path, column: int) -> list[tuple[str, str]]:
    try:
        lines = path.read_text("ascii", "replace").splitlines()[1:]
    except OSError:
        return []
    rows = [line.split() for line in lines]
    return [(row[column], " → ".join(row[1:3])) for row in rows if len(row) > column]


def open_files(proc: Path = _SELF) -> OpenFiles:
    """Every descriptor this program has open, but sockets."""
    try:
        links = _links(proc)
    except OSError:
        return OpenFiles(told=False)
    files = [link for link in links if link.startswith("/") and not link.startswith("/dev/")]
    others = [link for link in links if link not in files and not link.startswith("socket:[")]
    return OpenFiles(told=True, files=tuple(sorted(set(files))), other=len(others))


def core_dumps() -> str:
    """Whether a crash of this program would write its memory to the disk."""
    try:
        import resource
    except ImportError:
        return "left to the system, which writes none unless it was set up to"
    return "forbidden" if resource.getrlimit(resource.RLIMIT_CORE) == (0, 0) else "allowed by the system"


def disk_encryption(folder: Path, root: Path = Path("/")) -> str:
    """Whether the disk that holds a folder is encrypted, as far as the system tells without asking for more rights."""
    if not sys.platform.startswith("linux"):
        return f"{NOT_TOLD}; look under {'BitLocker' if sys.platform == 'win32' else 'FileVault'}"
    device = _device_of(folder, root)
    if not device:
        return NOT_TOLD
    return "encrypted (dm-crypt)" if _is_encrypted(root / "sys/dev/block" / device) else "no encryption seen"


def swap_encryption(root: Path = Path("/")) -> str:
    """Whether memory that is moved out to a disk is encrypted there."""
    try:
        lines = (root / "proc/swaps").read_text("utf-8", "replace").splitlines()[1:]
    except OSError:
        return NOT_TOLD
    names = [line.split()[0] for line in lines if line.split()]
    if not names:
        return "no swap in use"
    plain = [name for name in names if not _swap_is_safe(Path(name).name, root)]
    return (
        "not seen to be encrypted: words typed could reach the disk"
        if plain
        else "encrypted, or in memory only"
    )


def _swap_is_safe(name: str, root: Path) -> bool:
    return name.startswith("zram") or _is_encrypted(root / "sys/class/block" / name)


def _device_of(folder: Path, root: Path) -> str:
    """``MAJOR:MINOR`` of the file system that holds the folder; empty where it is on no device of its own."""
    try:
        lines = (root / "proc/self/mountinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    best, device = -1, ""
    for line in lines:
        words = line.split()
        if len(words) < 5:
            continue
        place = Path(words[4].replace("\\040", " "))
        if len(place.parts) > best and folder.resolve().is_relative_to(place):
            best, device = len(place.parts), words[2]
    return "" if device.startswith("0:") else device


def _is_encrypted(device: Path) -> bool:
    """Whether a block device, or one it rests on, is made by dm-crypt."""
    try:
        if (device / "dm/uuid").read_text("ascii", "replace").startswith("CRYPT-"):
            return True
    except OSError:
        pass
    try:
        below = [device / "slaves" / item.name for item in (device / "slaves").iterdir()]
    except OSError:
        below = []
    return bool(below) and all(_is_encrypted(item) for item in below)
