"""Folders a vault had better not stand in."""

from pathlib import Path, PurePosixPath

import pytest

from csa_desk.store.places import _file_system, is_network, is_synced, risk_of


@pytest.mark.parametrize(
    "name",
    [
        "OneDrive",
        "OneDrive - Eastmere Council",
        "Dropbox",
        "Google Drive",
        "iCloud Drive",
        "Nextcloud",
        "Box Sync",
        "MEGA",
    ],
)
def test_a_folder_of_a_cloud_service_is_known_by_its_name(name: str) -> None:
    assert is_synced(Path("/home/sam") / name / "desk.csadesk")


@pytest.mark.parametrize("name", ["Megan", "Boxes", "Documents", "Dropboxes", "megaphone"])
def test_other_names_that_begin_alike_are_not_taken_for_one(name: str) -> None:
    assert not is_synced(Path("/nowhere") / name / "desk.csadesk")


def test_a_folder_is_known_by_what_a_sync_service_left_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "shared" / "desk.csadesk"
    assert not is_synced(folder)
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / ".stfolder").mkdir()
    assert is_synced(folder)
    assert "cloud service" in risk_of(folder)


def test_a_share_of_another_computer_is_known_by_its_address() -> None:
    assert is_network(Path("//server/share/desk.csadesk"))


def test_the_nearest_mount_decides() -> None:
    table = "rootfs / ext4 rw 0 0\nserver:/x /mnt/team nfs4 rw 0 0\nstick /mnt/team/my\\040stick vfat rw 0 0\nbroken\n"
    assert _file_system(Path("/home/sam/desk"), table) == "ext4"
    assert _file_system(Path("/mnt/team/desk"), table) == "nfs4"
    assert _file_system(Path("/mnt/team/my stick/desk"), table) == "vfat"
    assert _file_system(Path("/mnt/teamwork/desk"), table) == "ext4"


def test_a_folder_of_this_computer_has_no_risk(tmp_path: Path) -> None:
    assert risk_of(tmp_path / PurePosixPath("desk.csadesk")) == ""
