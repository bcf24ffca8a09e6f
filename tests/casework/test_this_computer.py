"""What the doctor says of this computer: read from the system, so a socket that is open is seen."""

import os
import socket
import stat
from pathlib import Path

import pytest

from csa_desk.casework import this_computer
from csa_desk.logs import forbid_dumps, record
from csa_desk.settings import Settings, write
from csa_desk.store import inspecting

linux = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="reads /proc")


@linux
def test_a_socket_that_is_open_is_seen_and_named() -> None:
    before = this_computer.sockets()
    assert before.told
    with socket.socket() as listening, socket.socket(type=socket.SOCK_DGRAM) as sending:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        sending.bind(("127.0.0.1", 0))
        during = this_computer.sockets()
        assert len(during.internet) == len(before.internet) + 2
        assert {words.split(" ")[0] for words in during.internet} >= {"tcp", "udp"}
        one, other = socket.socketpair()
        with one, other:
            assert this_computer.sockets().local == during.local + 2
    assert this_computer.sockets() == before


@linux
def test_a_file_that_is_open_is_seen(tmp_path: Path) -> None:
    with (tmp_path / "a").open("w"):
        assert str(tmp_path / "a") in this_computer.open_files().files
    assert str(tmp_path / "a") not in this_computer.open_files().files


def test_a_system_that_tells_nothing_is_not_guessed_about(tmp_path: Path) -> None:
    assert not this_computer.sockets(tmp_path / "nowhere").told
    assert not this_computer.open_files(tmp_path / "nowhere").told


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A system with one disk and nothing else."""
    for folder in ("proc/self", "sys/dev/block/8:1", "sys/dev/block/253:0/dm", "sys/class/block/sda2"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "sys/dev/block/253:0/dm/uuid").write_text("CRYPT-LUKS2-abc")
    (tmp_path / "proc/swaps").write_text("Filename Type Size Used Priority\n")
    mounted(tmp_path, "8:1")
    return tmp_path


def mounted(root: Path, device: str) -> None:
    """The whole of this system lies on this device."""
    (root / "proc/self/mountinfo").write_text(f"22 1 {device} / / rw - ext4 /dev/x rw\n")


@linux
def test_an_encrypted_disk_is_told_from_a_plain_one_and_from_an_unknown_one(
    root: Path, tmp_path: Path
) -> None:
    assert this_computer.disk_encryption(tmp_path, root) == "no encryption seen"
    mounted(root, "253:0")
    assert this_computer.disk_encryption(tmp_path, root).startswith("encrypted")
    mounted(root, "0:45")
    assert this_computer.disk_encryption(tmp_path, root) == this_computer.NOT_TOLD


@linux
def test_a_volume_on_an_encrypted_disk_is_encrypted(root: Path, tmp_path: Path) -> None:
    slaves = root / "sys/dev/block/253:7/slaves"
    slaves.mkdir(parents=True)
    (slaves / "dm-0").symlink_to(root / "sys/dev/block/253:0")
    mounted(root, "253:7")
    assert this_computer.disk_encryption(tmp_path, root).startswith("encrypted")


def test_swap_on_a_plain_disk_is_warned_of(root: Path) -> None:
    assert this_computer.swap_encryption(root) == "no swap in use"
    (root / "proc/swaps").write_text("Filename Type Size Used Priority\n/dev/zram0 partition 1 0 5\n")
    assert this_computer.swap_encryption(root).startswith("encrypted")
    (root / "proc/swaps").write_text("Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n")
    assert this_computer.swap_encryption(root).startswith("not seen")


@linux
def test_the_memory_of_a_crash_is_not_written() -> None:
    assert forbid_dumps()
    assert this_computer.core_dumps() == "forbidden"


@pytest.mark.skipif(os.name == "nt", reason="rights of files")
def test_what_the_program_keeps_outside_vaults_is_its_owners_alone(tmp_path: Path) -> None:
    write(tmp_path, Settings())
    record(tmp_path, ValueError, None)
    found = {item.path.name: item for item in inspecting.files_of_computer(tmp_path)}
    assert set(found) == {"settings.json", "faults.log"}
    assert not any(item.others_read for item in found.values())
    (tmp_path / "faults.log").chmod(stat.S_IRUSR | stat.S_IROTH)
    assert [item.path.name for item in inspecting.files_of_computer(tmp_path) if item.others_read] == [
        "faults.log"
    ]


def test_the_vaults_this_computer_wrote_to_are_known_and_a_spoilt_marker_is_counted(tmp_path: Path) -> None:
    kept = tmp_path / "vaults"
    kept.mkdir()
    (kept / "one.json").write_text(
        '{"replicas": {"r": {"folder": "/a", "count": 3}, "s": {"folder": "/b", "count": 1}}}'
    )
    (kept / "two.json").write_text("[")
    (kept / "one.r.lock").touch()
    assert [(item.vault_id, item.folders, item.changes) for item in inspecting.known_vaults(tmp_path)] == [
        ("one", ("/a", "/b"), 4),
        ("two", (), 0),
    ]
