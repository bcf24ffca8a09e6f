"""``csa-desk case``, ``assessment``, ``consent``, ``checklist``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csa_desk.commands import handing_out, taking_out
from csa_desk.commands.adding import Noun

if TYPE_CHECKING:
    from csa_desk.commands.adding import Nouns
    from csa_desk.commands.context import Context, Parser


def add(nouns: "Nouns", common: "Parser") -> None:
    """Add the nouns."""
    case = Noun(nouns, common, "case", "the children of a vault")
    case.verb("add", "add a child from a JSON file (schema case-add)", _add).add_argument(
        "file", metavar="FILE.json"
    )
    case.verb("list", "every child", _list)
    case.verb("show", "one child", _show).add_argument("case", metavar="CASE")
    handing_out.add(case)
    taking_out.add(case)

    assessment = Noun(nouns, common, "assessment", "the single assessment of a child")
    bring = assessment.verb("import", "record answers from a JSON file (schema assessment)", _bring)
    bring.add_argument("case", metavar="CASE")
    bring.add_argument("file", metavar="FILE.json")
    export = assessment.verb("export", "an own-file copy of the answers, registered", _export)
    export.add_argument("case", metavar="CASE")
    export.add_argument("--out", metavar="FILE.json")
    assessment.verb("sign", "freeze the assessment as it stands", _sign).add_argument("case", metavar="CASE")

    consent = Noun(nouns, common, "consent", "who may be told what")
    for name, about, run in (
        ("set", "record a decision", _set_consent),
        ("withdraw", "withdraw consent", _withdraw),
    ):
        verb = consent.verb(name, about, run)
        verb.add_argument("case", metavar="CASE")
        verb.add_argument("--for", dest="recipient", required=True, metavar="AGENCY", help="who it is about")
        verb.add_argument(
            "--category", action="append", default=[], metavar="CATEGORY", help="may be repeated"
        )
        if name == "set":
            verb.add_argument("--purpose", default="support")
        else:
            verb.add_argument("--purpose", default="", help="every purpose if left out")
        verb.add_argument("--subject", default="child", help="child, family, or a carer's id or name")
        verb.add_argument("--by", default="", help="who decided")
        verb.add_argument("--how", default="", help="how it was talked about")
        verb.add_argument("--on", default="", metavar="DATE")
        verb.add_argument("--reason", default="")
        if name == "set":
            verb.add_argument("--decision", choices=("given", "refused"), default="given")
            verb.add_argument("--until", default="", metavar="DATE")
            verb.add_argument("--capacity", default="", help="on what competence or responsibility")
    consent.verb("show", "what each recipient may have today", _show_consent).add_argument(
        "case", metavar="CASE"
    )

    checklist = Noun(nouns, common, "checklist", "the pre-trial therapy checklist of a child")
    show = checklist.verb("show", "the checklist of a stage", _show_checklist)
    show.add_argument("case", metavar="CASE")
    show.add_argument("--stage", default="", help="a stage id; the current stage if left out")
    show.add_argument("--role", default="", choices=("", "ch-isva", "therapist"))
    mark = checklist.verb("set", "say how far an item is", _mark)
    mark.add_argument("case", metavar="CASE")
    mark.add_argument("item", metavar="ITEM")
    mark.add_argument("state", metavar="STATE", help="open, done, needs-care, not-needed")
    mark.add_argument("--stage", default="", metavar="INSTANCE")
    mark.add_argument("--on", default="", metavar="DATE")
    mark.add_argument("--reason", default="")


def _add(context: "Context") -> int:
    from csa_desk.casework.intake import add_child
    from csa_desk.casework.shapes import CaseShape, read_shape

    shape = read_shape(Path(context.arguments.file), CaseShape)
    with context.desk() as desk:
        made = add_child(desk, shape)
    context.say({"code": made.code, "id": made.id}, f"Added. The case code is {made.code}.")
    return 0


def _list(context: "Context") -> int:
    from csa_desk.casework.children import case_list

    with context.desk() as desk:
        rows = case_list(desk)
    context.say(rows, *(f"{row['code']}  {row['name']}  {row['stage']}" for row in rows))
    return 0


def _show(context: "Context") -> int:
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.children import as_json

    with context.desk() as desk:
        found = as_json(desk, open_file(desk, context.arguments.case))
    known = found["assessment"]
    context.say(
        found,
        f"{found['name']}  {found['code']}  {_years(found['age'])}",
        f"Stage: {found['stage_title']}",
        f"Safe contact: {found['safe_contact'] or 'none set'}",
        f"Assessment: {known['known']} known, {known['to_check']} to check, {known['open']} open",
        *(f"Team: {item['name']} ({item['agency'] or item['role']})" for item in found["team"]),
    )
    return 0


def _years(age: int | None) -> str:
    return f"{age} years" if age is not None else "age not known"


def _bring(context: "Context") -> int:
    from csa_desk.casework.assessment_files import bring_answers
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.shapes import AssessmentShape, read_shape
    from csa_desk.casework.wording import counted

    shape = read_shape(Path(context.arguments.file), AssessmentShape)
    with context.desk() as desk:
        done = bring_answers(desk, open_file(desk, context.arguments.case), shape)
    context.say(done, f"Recorded {counted(done['recorded'], 'answer')}; already there: {done['same']}.")
    return 0


def _export(context: "Context") -> int:
    from csa_desk.casework.assessment_files import export_answers, prepare_answers
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.copies import save

    out = context.arguments.out
    with context.desk() as desk:
        file = open_file(desk, context.arguments.case)
        if not out:
            sys.stdout.write(export_answers(desk, file).decode() + "\n")
            return 0
        save(desk, file, prepare_answers(desk, file), Path(out))
    context.say({"file": out}, f"Written to {out}. It holds everything recorded: keep it safe.")
    return 0


def _sign(context: "Context") -> int:
    from csa_desk.casework.assessing import sign
    from csa_desk.casework.casefile import open_file

    with context.desk() as desk:
        made = sign(desk, open_file(desk, context.arguments.case))
    context.say(
        {"version": made.version, "open": int(made.open_things), "on": made.on},
        f"Signed off as version {made.version}. {made.open_things} things are still open or to check.",
    )
    return 0


def _consent_shape(arguments: Any, decision: str) -> Any:
    from csa_desk.casework.shapes import ConsentShape

    return ConsentShape(
        recipient=arguments.recipient,
        categories=arguments.category,
        purpose=arguments.purpose,
        decision=decision,  # type: ignore[arg-type]
        subject=arguments.subject,
        by=arguments.by,
        capacity=getattr(arguments, "capacity", ""),
        how=arguments.how,
        on=arguments.on,
        until=getattr(arguments, "until", ""),
        reason=arguments.reason,
    )


def _set_consent(context: "Context") -> int:
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.consenting import decide

    arguments = context.arguments
    with context.desk() as desk:
        file = open_file(desk, arguments.case)
        made = decide(desk, file, _consent_shape(arguments, arguments.decision))
    context.say({"id": made.id, "recipient": made.recipient, "on": made.on}, "Recorded.")
    return 0


def _withdraw(context: "Context") -> int:
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.consenting import withdraw

    arguments = context.arguments
    with context.desk() as desk:
        file = open_file(desk, arguments.case)
        shape = _consent_shape(arguments, "withdrawn")
        made = withdraw(desk, file, arguments.recipient, arguments.category, shape)
    context.say(
        {"id": made.id, "categories": list(made.categories)},
        f"Consent withdrawn. Tell {made.recipient_name} what they may no longer use.",
    )
    return 0


def _show_consent(context: "Context") -> int:
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.consenting import shared_with

    with context.desk() as desk:
        file = open_file(desk, context.arguments.case)
        rows = [
            {
                "recipient": item.recipient.name,
                "recipient_id": item.recipient.id,
                "purpose": str(item.purpose),
                "subject": item.subject,
                "categories": sorted(item.categories),
                "by_consent": sorted(item.agreed),
                "without_consent": sorted(item.lawful - item.agreed),
            }
            for item in shared_with(desk, file)
        ]
    context.say(
        rows,
        *(
            f"{row['recipient']} ({row['purpose']}): {', '.join(row['categories']) or 'nothing'}"
            for row in rows
        ),
    )
    return 0


def _show_checklist(context: "Context") -> int:
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.therapy import checklist

    arguments = context.arguments
    with context.desk() as desk:
        shown = checklist(desk, open_file(desk, arguments.case), stage=arguments.stage, role=arguments.role)
    answer = {
        "stage": shown.stage,
        "title": shown.title,
        "role": shown.role,
        "instance": shown.instance.id if shown.instance is not None else "",
        "nothing": shown.nothing,
        "items": [
            {
                "id": line.item.id,
                "title": line.title,
                "why": line.why,
                "state": str(line.state),
                "done": line.done,
                "care": line.care,
                "source": line.ground.source,
                "basis": str(line.item.basis),
                "as_at": line.ground.as_at,
                "note": line.ground.note,
                "older_rule": line.older,
            }
            for line in shown.lines
        ],
    }
    context.say(
        answer,
        f"{shown.title} ({shown.role})",
        *(f"[{line.state}] {line.item.id}: {line.title}" for line in shown.lines),
        *([shown.nothing] if shown.nothing else []),
    )
    return 0


def _mark(context: "Context") -> int:
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.therapy import set_mark

    arguments = context.arguments
    with context.desk() as desk:
        file = open_file(desk, arguments.case)
        made = set_mark(
            desk,
            file,
            arguments.item,
            arguments.state,
            instance=arguments.stage,
            on=arguments.on,
            reason=arguments.reason,
        )
    context.say({"item": arguments.item, "state": made.state, "on": made.on}, "Recorded.")
    return 0
