"""Keys: one derivation for all slots, what a slot holds, what seals a header (design §4).

Formats fixed here. A secret (passphrase, or the words of a recovery sheet) is normalised to NFC and put once
through Argon2id with the vault's salt; HKDF-SHA256 makes one key per slot letter of the result. That key opens
the slot's own age identity (AES-256-GCM; additional data: vault id and letter). To that identity's public half
the vault's data key and the practitioner's own private keys are age-sealed.
"""

import hashlib
import hmac
import json
import os
import unicodedata
from dataclasses import dataclass, field, replace

import pyrage
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class KdfParameters:
    """Cost of one derivation: passes, memory in KiB, lanes. The defaults are those of every real vault."""

    time: int = 3
    memory_kib: int = 256 * 1024
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class KdfLimits:
    """What a header may ask for: below the floor it was weakened, above the ceiling it wants to hang us."""

    floor: KdfParameters = KdfParameters()
    ceiling: KdfParameters = KdfParameters(time=12, memory_kib=2 * 1024 * 1024, lanes=16)

    def allow(self, wanted: KdfParameters) -> bool:
        """Whether each member lies between floor and ceiling."""
        low, high = self.floor, self.ceiling
        return (
            low.time <= wanted.time <= high.time
            and low.memory_kib <= wanted.memory_kib <= high.memory_kib
            and low.lanes <= wanted.lanes <= high.lanes
        )


def normal_secret(secret: str) -> bytes:
    """The bytes of a passphrase, the same on every keyboard: NFC, UTF-8."""
    return unicodedata.normalize("NFC", secret).encode("utf-8", "surrogatepass")


def derive_root(secret: str, salt: bytes, cost: KdfParameters) -> bytes:
    """The slow step, once per attempt: 32 bytes from which every slot key comes."""
    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.time, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(normal_secret(secret))


def expand(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose (HKDF-SHA256)."""
    return HKDF(
        algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=f"csa-desk 1 {purpose}".encode()
    ).derive(key)


def slot_key(root: bytes, letter: str) -> bytes:
    """The key that opens the slot of this letter."""
    return expand(root, f"slot {letter}")


def lock(key: bytes, plain: bytes, bound_to: str) -> bytes:
    """AES-256-GCM with a fresh nonce in front, bound to the words of ``bound_to``."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def unlock(key: bytes, sealed: bytes, bound_to: str) -> bytes | None:
    """The plain bytes, or ``None`` where key, bytes or binding differ."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to.encode())
    except (InvalidTag, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class Identity:
    """An age key pair as text: the private half and the recipient."""

    private: str = field(repr=False)
    recipient: str

    @staticmethod
    def new() -> "Identity":
        """A fresh pair."""
        made = pyrage.x25519.Identity.generate()
        return Identity(str(made), str(made.to_public()))

    @staticmethod
    def of(private: str) -> "Identity":
        """The pair of a private half."""
        return Identity(private, str(pyrage.x25519.Identity.from_str(private).to_public()))

    def open(self, sealed: bytes) -> bytes | None:
        """What was sealed to this pair, or ``None``."""
        try:
            return bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(self.private)]))
        except pyrage.DecryptError:
            return None


def seal_to(recipient: str, plain: bytes) -> bytes:
    """Age-seal to one public half."""
    return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient)]))


@dataclass(frozen=True, slots=True)
class Signer:
    """An Ed25519 key that signs revisions. ``private`` is 32 raw bytes."""

    private: bytes = field(repr=False)

    @staticmethod
    def new() -> "Signer":
        """A fresh key."""
        return Signer(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public_hex(self) -> str:
        """The public half, as history stores it."""
        return Ed25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw().hex()

    def loaded(self) -> Ed25519PrivateKey:
        """The key object, for many signatures in a row."""
        return Ed25519PrivateKey.from_private_bytes(self.private)


def signed_by(public_hex: str, signature: bytes, message: bytes) -> bool:
    """Whether the signature is that key's over the message."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_hex)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class PrivateKeys:
    """A practitioner's own keys: what seals to them and what signs for them.

    The service's recovery keys are of the same kind, with no practitioner. ``earlier`` are keys they had before.
    """

    practitioner: str
    identity: Identity
    signer: Signer
    earlier: tuple["PrivateKeys", ...] = ()

    @staticmethod
    def new(practitioner: str) -> "PrivateKeys":
        """Fresh keys for this practitioner id."""
        return PrivateKeys(practitioner, Identity.new(), Signer.new())

    def renewed(self) -> "PrivateKeys":
        """Fresh keys for the same practitioner; these go along, for what is still sealed to them."""
        return replace(PrivateKeys.new(self.practitioner), earlier=(replace(self, earlier=()), *self.earlier))

    def open(self, sealed: bytes) -> bytes | None:
        """What was sealed to these keys or to earlier ones, or ``None``."""
        found = self.identity.open(sealed)
        return (
            found
            if found is not None
            else next(
                (opened for known in self.earlier if (opened := known.identity.open(sealed)) is not None),
                None,
            )
        )

    def packed(self) -> bytes:
        """As sealed into a slot."""
        return json.dumps(
            {
                "practitioner": self.practitioner,
                "age": self.identity.private,
                "ed25519": self.signer.private.hex(),
                "earlier": [
                    {"age": known.identity.private, "ed25519": known.signer.private.hex()}
                    for known in self.earlier
                ],
            }
        ).encode()

    @staticmethod
    def unpacked(content: bytes) -> "PrivateKeys":
        """As taken from a slot."""
        found = json.loads(content)
        whose = found["practitioner"]
        return PrivateKeys(
            whose,
            Identity.of(found["age"]),
            Signer(bytes.fromhex(found["ed25519"])),
            tuple(
                PrivateKeys(whose, Identity.of(known["age"]), Signer(bytes.fromhex(known["ed25519"])))
                for known in found.get("earlier", [])
            ),
        )


def new_data_key() -> bytes:
    """The 256-bit key of ``case.db``."""
    return os.urandom(KEY_BYTES)


def mac(data_key: bytes, message: bytes) -> str:
    """The header's seal, in hex: only somebody who holds the data key can make it."""
    return hmac.new(expand(data_key, "header"), message, hashlib.sha256).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two seals without telling by time how far they agree."""
    return hmac.compare_digest(left.encode("utf-8", "replace"), right.encode("utf-8", "replace"))
