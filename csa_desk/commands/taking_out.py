"""``csa-desk case close | strike | erase``: the end of a file, and words that have to go."""

from typing import TYPE_CHECKING, Any

from csa_desk.errors import InputError

if TYPE_CHECKING:
    from csa_desk.casework.removals_waiting import Waiting
    from csa_desk.commands.adding import Noun
    from csa_desk.commands.context import Context, Parser


def add(noun: "Noun") -> None:
    """Add the verbs."""
    close = noun.verb("close", "end the support and decide how long the file is kept", _close)
    close.add_argument("case", metavar="CASE")
    close.add_argument("--why", required=True, metavar="TEXT", help="why it is closed")
    close.add_argument("--on", default="", metavar="DATE", help="today if left out")
    close.add_argument(
        "--keep-until", default="", metavar="DATE", help="the service’s usual time if left out"
    )
    close.add_argument("--review", default="", metavar="DATE", help="when to look at that again")
    close.add_argument("--reason", default="", metavar="TEXT", help="why it is kept so long")

    strike = noun.verb(
        "strike", "take out what stands in the wrong child’s file; without more, list it", _strike
    )
    strike.add_argument("case", metavar="CASE")
    strike.add_argument(
        "--revision", action="append", default=[], metavar="ID", help="a change; may be repeated"
    )
    strike.add_argument(
        "--field", action="append", default=[], metavar="NAME", help="only these fields of it"
    )
    strike.add_argument("--later", action="store_true", help="also later changes that rest on it")
    strike.add_argument("--into", default="", metavar="CASE", help="the right child’s file: enter it there")
    _deciding(strike)

    erase = noun.verb("erase", "erase a file, or one record of it, when its time is over", _erase)
    erase.add_argument("case", metavar="CASE")
    erase.add_argument(
        "--record", default="", metavar="ID", help="only this record; the whole file if left out"
    )
    erase.add_argument(
        "--keep-until", default="", metavar="DATE", help="first decide anew how long it is kept"
    )
    _deciding(erase)


def _deciding(verb: "Parser") -> None:
    verb.add_argument("--reason", default="", metavar="TEXT", help="why; it stays, so name nobody")
    one = verb.add_mutually_exclusive_group()
    one.add_argument("--agree", default="", metavar="REMOVAL", help="agree that it goes for good")
    one.add_argument("--stop", default="", metavar="REMOVAL", help="show again what waits to be taken out")


def _close(context: "Context") -> int:
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.keeping import close_case

    said = context.arguments
    with context.desk() as desk:
        made = close_case(
            desk,
            open_file(desk, said.case),
            said.why,
            on=said.on,
            keep_until=said.keep_until,
            review=said.review,
            reason=said.reason,
        )
    context.say(
        {"keep_until": made.keep_until, "review": made.review},
        f"Closed. The file is kept until {made.keep_until}; look at that again on {made.review}.",
    )
    return 0


def _strike(context: "Context") -> int:
    from csa_desk.casework import removals, removals_waiting
    from csa_desk.casework.casefile import open_file

    said = context.arguments
    with context.desk() as desk:
        if said.agree or said.stop:
            return _decide(context, desk)
        file = open_file(desk, said.case)
        if not said.revision:
            return _list(context, desk, file)
        later = [
            item for one in said.revision if said.later for item in removals.later_changes(desk, file, one)
        ]
        made = removals.strike(
            desk,
            file,
            [*said.revision, *later],
            said.reason,
            fields=said.field,
            into=open_file(desk, said.into) if said.into else None,
        )
        waiting = [item for item in removals_waiting.waiting(desk, file.case.id) if item.id == made.id]
    return _told(context, waiting, "Hidden from now on.")


def _erase(context: "Context") -> int:
    from csa_desk.casework import keeping, removals, removals_waiting
    from csa_desk.casework.casefile import open_file

    said = context.arguments
    with context.desk() as desk:
        if said.agree or said.stop:
            return _decide(context, desk)
        file = open_file(desk, said.case)
        if said.keep_until:
            keeping.decide(desk, file, said.keep_until, said.reason)
        made = removals.erase(desk, file, said.reason, record=said.record)
        waiting = [item for item in removals_waiting.waiting(desk, file.case.id) if item.id == made.id]
    return _told(context, waiting, "Hidden from now on.")


def _decide(context: "Context", desk: Any) -> int:
    from csa_desk.casework import removals, removals_waiting

    said = context.arguments
    wanted = said.agree or said.stop
    if wanted not in {item.id for item in removals_waiting.named(desk, said.case)}:
        raise InputError("Nothing with that id waits in this file. Nothing was changed.")
    if said.stop:
        removals.stop(desk, wanted, said.reason)
        context.say({"removal": wanted, "stopped": True}, "Stopped. It shows again.")
        return 0
    gone = removals.agree(desk, wanted)
    context.say(
        {"removal": wanted, "gone": gone}, "It is gone for good." if gone else "Noted. It still waits."
    )
    return 0


def _told(context: "Context", waiting: "list[Waiting]", first: str) -> int:
    answer = _as_json(waiting[0])
    copies = [f"A copy remains: {item}" for item in answer["copies"]]
    context.say(answer, f"{first} {waiting[0].waits_for}", *copies)
    return 0


def _as_json(item: "Waiting") -> dict[str, Any]:
    return {
        "removal": item.id,
        "how": item.how,
        "what": item.title,
        "reason": item.reason,
        "asked": item.asked,
        "agreed": list(item.signed),
        "goes_on": item.day,
        "held": item.held,
        "whole_file": item.whole_case,
        "copies": [left.words for left in item.copies],
    }


def _list(context: "Context", desk: Any, file: Any) -> int:
    from csa_desk.casework import removals_waiting
    from csa_desk.casework.histories import changes

    waiting = removals_waiting.waiting(desk, file.case.id)
    rows = [
        {
            "revision": item.revision,
            "record": item.record,
            "kind": item.kind,
            "at": item.at,
            "by": item.who,
            "what": item.title,
            "fields": [field.label for field in item.fields],
        }
        for item in changes(desk, file)
    ]
    context.say(
        {"waiting": [_as_json(item) for item in waiting], "changes": rows},
        *(f"{item.id}  {item.title}. {item.waits_for}" for item in waiting),
        *(f"{row['revision']}  {row['at'][:10]}  {row['what']}" for row in rows),
    )
    return 0
