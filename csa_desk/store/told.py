"""What somebody is told at unlocking about keys, ways in and people of the vault (design §4).

What signed history and the header say is compared; nothing is mended here. News is told once to each practitioner,
and that it was told stands in the access log.
"""

from collections.abc import Iterator

from csa_desk.records import vault as own
from csa_desk.records.dates import spoken
from csa_desk.store import signed, slots
from csa_desk.store.vault import Notice, OpenVault
from csa_desk.store.vouching import Entry, Known

_TOLD = "told-key:"
"""What an action in the access log begins with where somebody was told of a key; the entry's id follows."""
_LEAD = "tell whoever looks after your data protection."
_TRY = "tries them out in Settings, under Recovery, or makes new ones"


def tell(vault: OpenVault) -> None:
    """Add the notices of this unlock to the vault's."""
    who = signed.known(vault.whole.raw)
    vault.notices.extend(_wrong(vault, who))
    news = _news(vault, who)
    vault.notices.extend(_recovered(vault, who, news))
    vault.notices.extend(_added(vault, who, news))
    if news and not vault.read_only:
        with vault.write() as writing:
            for number in news:
                writing.log_access(f"{_TOLD}{number}", "vault")


def speaks_with_other_keys(vault: OpenVault) -> bool:
    """Whether the keys one came in with are not the ones history knows as one's own: then nothing may be written."""
    return _other_keys(vault, signed.known(vault.whole.raw))


def _other_keys(vault: OpenVault, who: Known) -> bool:
    founded = bool(who.keys) or vault.whole.count(own.Practitioner) > 0
    return founded and vault.opened.own.signer.public_hex not in who.keys.get(vault.practitioner, set())


# --- what is wrong --------------------------------------------------------------------------------------------


def _wrong(vault: OpenVault, who: Known) -> Iterator[Notice]:
    if _other_keys(vault, who):
        yield _OTHER_KEYS
    for name in slots.without_a_way(vault):
        yield Notice(
            "no-way-in",
            f"Nothing opens this vault to {name} any more, though nobody removed them: adding or removing them was cut "
            "off, or somebody changed the header. Remove them again in Settings, under Practitioners, and add them "
            "anew if they belong here.",
        )
    for way in slots.unknown_ways(vault):
        if way.opened_by == slots.SHARES:
            yield _SHARES_CHANGED
        elif way.opened_by == slots.SHEET and way.practitioner == vault.practitioner:
            yield _SHEET_CHANGED
    if who.refused:
        yield _FORGED
    if slots.rotation_due(vault):
        yield _ROTATION_DUE


_OTHER_KEYS = Notice(
    "other-keys",
    "The keys in your way into this vault are not the ones that history knows as yours: somebody changed the header, "
    "or the database is damaged. The vault is open for reading only. Put back the latest backup beside it, and "
    f"{_LEAD}",
)
_SHEET_CHANGED = Notice(
    "sheet-changed",
    "Your recovery sheet may open nothing: what belongs to it in the vault’s header is missing, or is not what history "
    "knows. Making a new one may have been cut off. Try your sheet out in Settings, under Recovery: if it opens the "
    f"vault all is well again, if not make a new one and {_LEAD}",
)
_SHARES_CHANGED = Notice(
    "shares-changed",
    "The service’s recovery shares may open nothing: what belongs to them in the vault’s header is missing, or is not "
    f"what history knows. Making new ones may have been cut off. Whoever looks after this vault {_TRY}. If nobody made "
    f"new shares, {_LEAD}",
)
_FORGED = Notice(
    "forged-key",
    "Somebody who does not look after this vault put a key or a right into it. It counts for nothing, and nothing is "
    f"sealed to it. Run vault check, and {_LEAD}",
)
_ROTATION_DUE = Notice(
    "rotation-due",
    "A practitioner was removed, and changing the vault’s key was cut off. They can no longer open this vault, but a "
    "copy they may have taken of its old key would still fit. Change the key in Settings, under Practitioners.",
)


# --- what is new ----------------------------------------------------------------------------------------------


def _news(vault: OpenVault, who: Known) -> dict[str, Entry]:
    """Keys that came in after one's own first one, by somebody else's hand, and that one was not told of yet."""
    me = vault.practitioner
    since = min((entry.seq for entry in who.entries.values() if entry.practitioner == me), default=0)
    known = vault.whole.logged(me, _TOLD)
    return {
        number: entry
        for number, entry in who.entries.items()
        if entry.seq > since
        and (number in who.vouchers or entry.practitioner != entry.by != me)
        and f"{_TOLD}{number}" not in known
    }


def _recovered(vault: OpenVault, who: Known, news: dict[str, Entry]) -> Iterator[Notice]:
    for number, entry in news.items():
        if number in who.vouchers:
            name = _name(vault, entry.practitioner)
            whom = "you" if entry.practitioner == vault.practitioner else name
            yield Notice(
                "service-recovery",
                f"On {spoken(entry.time[:10])} two of the service’s recovery shares were used to give {whom} "
                f"a new way into this vault. If you know nothing of it, {_LEAD}",
            )


def _added(vault: OpenVault, who: Known, news: dict[str, Entry]) -> Iterator[Notice]:
    said = [
        f"{_name(vault, entry.practitioner)} (by {_name(vault, entry.by)}, on {spoken(entry.time[:10])})"
        for number, entry in news.items()
        if number not in who.vouchers
    ]
    if said:
        yield Notice(
            "added",
            f"New in this vault since you last unlocked it: {'; '.join(said)}. They can open what their role allows. "
            f"If you do not know who that is, {_LEAD}",
        )


def _name(vault: OpenVault, practitioner: str) -> str:
    person = vault.whole.get(own.Practitioner, practitioner)
    return person.name if person is not None and person.name else "a practitioner"
