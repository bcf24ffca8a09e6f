"""``csa-desk directory``: import, export, list, search."""

from pathlib import Path
from typing import TYPE_CHECKING

from csa_desk.commands.adding import Noun
from csa_desk.errors import InputError

if TYPE_CHECKING:
    from csa_desk.commands.adding import Nouns
    from csa_desk.commands.context import Context, Parser

_MOST = 1000


def add(nouns: "Nouns", common: "Parser") -> None:
    """Add the noun."""
    directory = Noun(nouns, common, "directory", "agencies and services near you")
    bring = directory.verb("import", "take in published documents or folders: feeds and tables", _bring)
    bring.add_argument("paths", metavar="PATH", nargs="+")
    bring.add_argument(
        "--format",
        choices=("oruk", "hsds", "csv", "xlsx"),
        default="oruk",
        help="oruk or hsds: Open Referral feeds; csv or xlsx: tables, JSON lists among them",
    )
    bring.add_argument(
        "--dry-run", action="store_true", help="say what would change, line by line; change nothing"
    )
    chosen = bring.add_mutually_exclusive_group()
    chosen.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="LINE",
        help="also take this line of what was corrected here",
    )
    chosen.add_argument(
        "--only", action="append", default=[], metavar="LINE", help="take these lines of the difference alone"
    )
    export = directory.verb("export", "write the directory out for others", _export)
    export.add_argument("path", metavar="PATH", help="a new folder for oruk, a new file for csv and xlsx")
    export.add_argument("--format", choices=("oruk", "csv", "xlsx"), default="oruk")
    match = directory.verb("match", "who could help a child: each service, criterion by criterion", _match)
    match.add_argument("--case", metavar="CASE", required=True)
    match.add_argument(
        "--type",
        action="append",
        default=[],
        metavar="TYPE",
        help="only services of this kind; may be repeated",
    )
    match.add_argument(
        "--need",
        action="append",
        default=[],
        metavar="NEED",
        help="only services that help with this need; may be repeated",
    )
    match.add_argument("--all", action="store_true", help="name the services that do not fit too")
    directory.verb("list", "every service by name", _list)
    search = directory.verb("search", "what fits the words; services by kind, need or area", _search)
    search.add_argument("words", metavar="WORDS", nargs="*")
    search.add_argument("--type", default="", metavar="TYPE", help="only services of this kind")
    search.add_argument("--need", default="", metavar="NEED", help="only services that help with this need")
    search.add_argument(
        "--runs", default="", choices=("open", "runs", "stopped"), help="open: takes new people"
    )
    search.add_argument(
        "--sure", default="", choices=("fresh", "ageing", "unproven"), help="how sure the entry is"
    )
    search.add_argument(
        "--area", default="", metavar="AREA", help="only services of this area, by code or name"
    )


def _bring(context: "Context") -> int:
    from csa_desk.casework.bringing_in import bring_in
    from csa_desk.casework.comparing import difference_words

    arguments = context.arguments
    with context.desk() as desk:
        paths = [Path(path) for path in arguments.paths]
        done = bring_in(
            desk,
            paths,
            arguments.format,
            dry_run=arguments.dry_run,
            accepted=set(arguments.only) or None,
            also=arguments.accept,
        )
    would = "would be " if arguments.dry_run else ""
    left = f" {done.left} left as they stand here." if done.left else ""
    context.say(
        done.as_json(),
        *(text for line in done.difference for text in difference_words(line)),
        *(f"{kind}: {where}: {what}" for kind, where, what in done.lines),
        f"{done.new} {would}new, {done.changed} {would}changed, {done.same} as they were.{left}",
    )
    if not done.accepted:
        raise InputError("Nothing could be taken in; the lines above say why. Nothing was changed.")
    return 0


def _export(context: "Context") -> int:
    from csa_desk.casework.directory_out import export_directory

    out = Path(context.arguments.path)
    with context.desk() as desk:
        done = export_directory(desk, out, context.arguments.format)
    number = done.counts.get("service", 0)
    context.say(
        done.as_json(out),
        f"Written to {out}: {number} {'service' if number == 1 else 'services'}.",
        *done.report,
        "It never carries:",
        *(f"- {line}" for line in done.never),
    )
    return 0


def _match(context: "Context") -> int:
    from csa_desk.casework.casefile import open_file
    from csa_desk.casework.match_words import in_lines
    from csa_desk.casework.matching import as_json, match

    said = context.arguments
    with context.desk() as desk:
        file = open_file(desk, said.case)
        matched = match(desk, file, types=said.type, needs_met=said.need)
        answer = as_json(desk, file, matched) if said.json else {}
        lines = () if said.json else tuple(in_lines(matched, misfits=said.all))
    context.say(answer, *lines)
    return 0


def _list(context: "Context") -> int:
    from csa_desk.casework.directory import as_json, entries

    with context.desk() as desk:
        rows = [as_json(item) for item in entries(desk, 1_000_000)]
    context.say(rows, *(f"{row['name']}  ({row['agency']})" for row in rows))
    return 0


def _search(context: "Context") -> int:
    from csa_desk.casework.atlas import atlas
    from csa_desk.casework.directory import as_json, find
    from csa_desk.casework.directory_filter import Filter, narrowed
    from csa_desk.casework.same_entries import listed_once
    from csa_desk.casework.service_kinds import kinds_of

    said = context.arguments
    words = " ".join(said.words)
    with context.desk() as desk:
        kind = next(iter(kinds_of(desk, [said.type])), "")
        area = next(iter(atlas(desk).named(said.area)), said.area) if said.area else ""
        wanted = Filter(kind, said.need, area, said.runs, said.sure)
        if not words.strip() and not wanted.parts:
            raise InputError("Give words, or a kind, a need or an area.")
        found = (
            narrowed(desk, words, wanted, _MOST)[0] if wanted.parts else listed_once(desk, find(desk, words))
        )
        rows = [as_json(item) for item in found]
    context.say(rows, *([row["name"] for row in rows] or ["No entry fits all of these words."]))
    return 0
