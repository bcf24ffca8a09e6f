"""Writes what leaves as a static Open Referral UK 3.0 folder, shaped like the API, with what HSDS 3.1 adds.

The same records give the same bytes. Empty optional properties are left out. Everything that matters for safety can
be read by somebody who knows only Open Referral UK 3.0: in a description, an alert or the name of a term.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from csa_desk.exchange.leaving import NEVER, Leaving
from csa_desk.exchange.oruk_marks import AREAS, ESCALATION, TAXONOMY, Names, as_term
from csa_desk.exchange.oruk_objects import Objects
from csa_desk.records import ids
from csa_desk.records.directory import Agency, Location, Service
from csa_desk.records.directory_facts import Area, EscalationRoute

Raw = dict[str, Any]
Progress = Callable[[float], None]

A_PAGE = 100
ABOUT = {
    "version": "HSDS-UK-3.0",
    "profile": "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md",
    "openapi_url": "https://docs.openreferraluk.org/en/latest/openapi30.json",
}
README = "README.txt"
_LISTS = {
    TAXONOMY: "Facts that Open Referral UK has no field for, in words.",
    AREAS: "Areas by their published codes.",
    ESCALATION: "Where to turn when agencies disagree or nothing happens.",
}


def oruk_files(
    leaving: Leaving, titles: Mapping[str, str] | None = None, progress: Progress | None = None
) -> dict[str, bytes]:
    """Path in the folder → its bytes. ``titles`` are the words for kinds of service, needs and roles."""
    names = Names(
        {item.id: item.name for item in leaving.all(Agency)},
        {item.id: item.name for item in leaving.all(Location)},
        titles or {},
    )
    objects = Objects(leaving, names)
    files: dict[str, bytes] = {README: readme().encode(), "index.json": _json(ABOUT)}
    services = leaving.all(Service)
    made: list[Raw] = []
    for place, item in enumerate(services, start=1):
        made.append(objects.service(item))
        if progress is not None and place % 20 == 0:
            progress(place / len(services))
    _add(files, "services", made)
    _add(files, "organizations", [objects.agency(item) for item in leaving.all(Agency)])
    _add(files, "service_at_locations", objects.sites)
    loose = [item for item in leaving.all(Location) if item.id not in objects.placed]
    if loose:
        _pages(files, "locations", [objects.location(item) for item in loose])
    terms = _terms(files, leaving, names)
    _add(files, "taxonomy_terms", terms)
    _add(files, "taxonomies", _taxonomies(terms))
    return dict(sorted(files.items()))


def readme() -> str:
    """What the folder is and what it never holds, for whoever gets it."""
    lines = [
        "This folder is a directory of services in the form of Open Referral UK 3.0, written by CSA Desk.",
        "Start with index.json, services.json and organizations.json.",
        "",
        "It never holds:",
        *(f"- {line}" for line in NEVER),
        "",
        "Properties called csa_desk are CSA Desk's own. Other programs can pass over them.",
    ]
    return "\n".join(lines) + "\n"


def _terms(files: Mapping[str, bytes], leaving: Leaving, names: Names) -> list[Raw]:
    """Every term that is used, each once, and the areas and ways to escalate that stand by themselves."""
    found: dict[str, Raw] = {}
    nameless: set[str] = set()
    for path, content in files.items():
        if path.startswith(("services/", "organizations/", "locations")):
            _gather(json.loads(content), found, nameless)
    own: list[Area | EscalationRoute] = [
        *leaving.all(Area),
        *(item for item in leaving.all(EscalationRoute) if not item.agency),
    ]
    found.update((item.id, as_term(item, names)) for item in own)
    return [found[term] for term in sorted(found) if term not in nameless]


def _gather(value: Any, found: dict[str, Raw], nameless: set[str]) -> None:
    if isinstance(value, list):
        for part in value:
            _gather(part, found, nameless)
    elif isinstance(value, dict):
        term, number = value.get("taxonomy_term"), value.get("taxonomy_term_id")
        if isinstance(term, dict):
            found.setdefault(str(term["id"]), term)
        elif isinstance(number, str):
            nameless.add(number)
        for part in value.values():
            _gather(part, found, nameless)


def _taxonomies(terms: Iterable[Raw]) -> list[Raw]:
    names = sorted({str(term["taxonomy"]) for term in terms if term.get("taxonomy")})
    made = [
        {
            "id": ids.same_id("taxonomy", name),
            "name": name,
            "description": _LISTS.get(name, name),
            "version": "1",
        }
        for name in names
    ]
    return sorted(made, key=lambda item: item["id"])


def _add(files: dict[str, bytes], name: str, items: list[Raw]) -> None:
    """A list in pages, and each of its objects in a file of its own."""
    _pages(files, name, items)
    for item in items:
        files[f"{name}/{item['id']}.json"] = _json(item)


def _pages(files: dict[str, bytes], name: str, items: list[Raw]) -> None:
    total = max(1, -(-len(items) // A_PAGE))
    for number in range(1, total + 1):
        held = items[(number - 1) * A_PAGE : number * A_PAGE]
        page = {
            "total_items": len(items),
            "total_pages": total,
            "page_number": number,
            "size": len(held),
            "first_page": number == 1,
            "last_page": number == total,
            "empty": not held,
            "contents": held,
        }
        files[f"{name}.json" if number == 1 else f"{name}-{number}.json"] = _json(page)


def _json(value: Any) -> bytes:
    try:
        return msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=1) + b"\n"
    except OverflowError:  # a number from a feed that only Python can hold
        return (json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()
