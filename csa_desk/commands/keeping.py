"""``csa-desk vault check | backup | restore``: whether a vault is whole, copies of it, and a new one from a copy."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from csa_desk.errors import InputError

if TYPE_CHECKING:
    from csa_desk.casework.mending import Looked
    from csa_desk.commands.adding import Noun
    from csa_desk.commands.context import Context


def add(noun: "Noun") -> None:
    """Add the verbs."""
    check = noun.verb("check", "hold a vault against its own history", _check)
    check.add_argument(
        "--deep", action="store_true", help="also every backup, and every sealed value you hold"
    )
    noun.verb("backup", "make a backup, read it back, and remove those that are too old", _backup)
    restore = noun.verb(
        "restore", "make a new vault in DIR from a backup; the old one stays as it is", _restore
    )
    restore.add_argument("backup", metavar="BACKUP", help="the backup's folder, named after a day and a time")
    restore.add_argument("dir", metavar="DIR", help="a new folder, best named NAME.csadesk")
    restore.add_argument(
        "--salvage",
        action="store_true",
        help="BACKUP is a damaged vault, or a damaged backup: save what can be read of it",
    )


def _check(context: "Context") -> int:
    from csa_desk.casework.mending import check_vault

    secret = context.passphrase()
    deep = context.arguments.deep
    with context.open(secret) as vault:
        looked = check_vault(vault, deep=deep, secret=secret, opener=context.opener)
    found = [{"code": item.code, "what": item.sentence} for item in looked.findings]
    answer = {
        "clean": not found,
        "revisions": looked.revisions,
        "records": looked.records,
        "findings": found,
    }
    if deep:
        answer |= {"backups_proved": looked.backups_proved, "notes": list(looked.notes)}
    context.say(answer, *_said(looked, deep=deep))
    if found:
        sys.stderr.write(f"The vault is not as it was written. {_what_to_do(looked)}\n")
    return 1 if found else 0


def _said(looked: "Looked", *, deep: bool) -> list[str]:
    count = len(looked.findings)
    wrong = "all is as it was written." if not count else f"{_things(count)} wrong."
    said = [*(item.sentence for item in looked.findings), *looked.notes]
    if deep:
        proved = looked.backups_proved
        said.append(f"{proved} {'backup was' if proved == 1 else 'backups were'} read and proved.")
    return [*said, f"Looked at {looked.revisions} revisions of {looked.records} records: {wrong}"]


def _things(count: int) -> str:
    return "1 thing is" if count == 1 else f"{count} things are"


def _what_to_do(looked: "Looked") -> str:
    from csa_desk.casework import mending

    words = {
        mending.MAKE_BACKUP: "Make a backup now.",
        mending.SALVAGE: "Save what can be read of it: csa-desk vault restore --salvage.",
        mending.RESTORE: "Keep it, and restore the latest backup beside it.",
        mending.TELL: "Tell whoever looks after your data protection.",
    }
    return " ".join(words[step] for step in looked.steps) or "See the lines above."


def _backup(context: "Context") -> int:
    from csa_desk.casework.backups import back_up, standing

    with context.desk() as desk:
        made = back_up(desk)
        now = standing(desk)
    newest = now.backups[0]
    context.say(
        {
            "made": made.made,
            "folder": str(newest.folder),
            "proved": True,
            "removed": made.removed,
            "second": made.second,
        },
        f"Made a backup in {newest.folder}, read it back, and found it right.",
        *([made.sentence] if made.sentence else []),
    )
    return 0


def _restore(context: "Context") -> int:
    from csa_desk.casework import mending
    from csa_desk.casework.backups import Restoring

    arguments = context.arguments
    source, target = Path(arguments.backup), Path(arguments.dir)
    if not source.is_dir():
        raise InputError("There is no folder at that place. Name the folder of the backup.")
    secret = context.passphrase()
    beside = (Path(arguments.vault),) if arguments.vault else ()
    if arguments.salvage:
        saved = mending.Salvaging(context.opener, source, target, secret)()
        context.say(
            {
                "folder": str(saved.folder),
                "revisions": saved.revisions,
                "records": saved.records,
                "damaged_pages": saved.damaged_pages,
                "missing": saved.missing,
                "from_backups": saved.from_backups,
            },
            f"Made a new vault in {saved.folder} from what could be read.",
            *mending.salvage_words(saved),
        )
        return 0
    done = Restoring(context.opener, source, target, secret, beside)()
    context.say(
        {"folder": str(done.folder), "made": done.made, "removals": done.removals},
        f"Restored into {done.folder}. The old vault is as it was.",
        *mending.restore_words(done),
    )
    return 0
