"""Where a vault may stand, and what speaks against a folder: a service that copies it, or a network."""

import os
import re
from pathlib import Path

# Folder names that the common services for synced files make; more words may follow, more letters may not.
_SYNCED = re.compile(
    r"(onedrive|dropbox|google ?drive|icloud ?(drive|docs)?|mobile documents|cloudstorage|nextcloud|owncloud|"
    r"box( sync)?|pcloud ?(drive|sync)?|mega|sharepoint|syncthing)\b",
    re.IGNORECASE,
)
# What a service for synced files leaves in the folder it looks after.
_SYNC_MARKS = (".stfolder", ".dropbox.cache", ".sync", ".owncloudsync.log", ".nextcloudsync.log")
_NETWORK_TYPES = (
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ncpfs",
    "9p",
    "fuse.sshfs",
    "fuse.rclone",
    "davfs",
)
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW

SYNCED_SENTENCE = (
    "This folder looks as if a cloud service copies it. It may copy the vault while it is half written and spoil it, "
    "and it takes copies of the vault, still encrypted, to other computers. "
    "A folder of this computer alone is safer."
)
NETWORK_SENTENCE = (
    "This folder looks as if it is on a network. If the connection drops while something is being saved, "
    "the vault can be damaged. A folder on this computer is safer."
)


def risk_of(folder: Path) -> str:
    """One or two sentences on what speaks against keeping a vault there; empty if nothing is seen."""
    if is_synced(folder):
        return SYNCED_SENTENCE
    return NETWORK_SENTENCE if is_network(folder) else ""


def is_synced(folder: Path) -> bool:
    """Whether the folder lies in one that a cloud service looks after, by its name or by what it left there."""
    if any(_SYNCED.match(part) for part in folder.parts):
        return True
    try:
        return any((place / mark).exists() for place in (folder, *folder.parents) for mark in _SYNC_MARKS)
    except OSError:
        return False


def is_network(folder: Path) -> bool:
    """Whether the folder lies on a drive of another computer, as far as this system tells."""
    if str(folder).startswith(("\\\\", "//")):
        return True
    if os.name == "nt":
        return _remote_drive(folder)
    try:
        table = Path("/proc/mounts").read_text("utf-8", "replace")
    except OSError:
        # macOS has no such table; what is mounted there, local disks apart, stands in /Volumes.
        return folder.parts[:2] == ("/", "Volumes")
    return _file_system(folder, table) in _NETWORK_TYPES


def _file_system(folder: Path, table: str) -> str:
    """The type of the file system that holds the folder, by a table like ``/proc/mounts``."""
    best, kind = -1, ""
    for line in table.splitlines():
        words = line.split()
        if len(words) < 3:
            continue
        mounted = Path(words[1].replace("\\040", " "))
        if len(mounted.parts) > best and folder.is_relative_to(mounted):
            best, kind = len(mounted.parts), words[2]
    return kind


def _remote_drive(folder: Path) -> bool:
    import ctypes

    system = getattr(ctypes, "windll", None)
    root = os.path.splitdrive(folder)[0] + "\\"
    return system is not None and bool(system.kernel32.GetDriveTypeW(root) == _REMOTE_DRIVE)
