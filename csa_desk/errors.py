"""Every error a user may meet: the message is one plain sentence that says what happened and what to do."""


class DeskError(Exception):
    """Something a person must know. ``str()`` is the sentence; it never holds personal data."""


class ContentError(DeskError):
    """A content pack cannot be used: names file, item and fault."""


class InputError(DeskError):
    """What was given cannot be taken: names the place and the fault. Nothing was changed."""


class RefusedError(DeskError):
    """A rule forbids it: says which and what would make it possible. Nothing was changed."""


class NotAllowedError(RefusedError):
    """The practitioner has no right to it, or the case is kept from them. Nothing was changed."""


class VaultError(DeskError):
    """The vault cannot be made, opened or written."""


class NotAVaultError(VaultError):
    """There is no vault at that place."""


class WrongPassphraseError(VaultError):
    """The passphrase opens no slot of this vault."""


class DamagedVaultError(VaultError):
    """A file of the vault was changed or cut by a fault of disk or copying."""


class ForeignHeaderError(VaultError):
    """The header was weakened, swapped or belongs to another vault."""


class NewerVersionError(VaultError):
    """A newer CSA Desk wrote this vault."""


class VaultInUseError(VaultError):
    """Another window or program holds this vault."""


class SealedError(DeskError):
    """A sealed entry cannot be opened by who is asking, or what was sealed was changed."""
