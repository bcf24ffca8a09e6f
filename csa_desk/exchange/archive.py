"""The open archive of a case: a zip file inside an age file that a passphrase opens (docs/archive-format.md).

Nothing of this program is needed to read it: age is a published format, zip and JSON are everywhere.
"""

import hashlib
import io
import json
import zipfile

import pyrage

from csa_desk.paths import resource
from csa_desk.records.disclosure import CaseArchive

FORMAT = "csa-desk archive"
VERSION = 1
ABOUT = "archive.json"
README = "README.txt"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a zip file can date; when it was made stands in archive.json


def packed(archive: CaseArchive, passphrase: str) -> bytes:
    """The bytes of the archive. Raises ``TypeError`` for anything but a CaseArchive."""
    if type(archive) is not CaseArchive:
        raise TypeError(f"only a CaseArchive can be packed here, not {type(archive).__name__}")
    return locked(zipped(archive), passphrase)


def locked(content: bytes, passphrase: str) -> bytes:
    """An age file that this passphrase opens; slow on purpose (scrypt), about a second."""
    return bytes(pyrage.passphrase.encrypt(content, passphrase))


def zipped(archive: CaseArchive) -> bytes:
    """The zip file inside: the description first, then what it describes, each with its SHA-256."""
    files = {README: resource("archive", README).read_bytes(), **archive.files}
    about = {
        "format": FORMAT,
        "version": VERSION,
        **archive.about,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    described = json.dumps(about, indent=1, ensure_ascii=False).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in {README: files[README], ABOUT: described, **files}.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            made.writestr(entry, content)
    return written.getvalue()
