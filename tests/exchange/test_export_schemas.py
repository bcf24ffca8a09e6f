"""The official schemas, with their formats checked, take an export: Open Referral UK 3.0 and HSDS 3.1.

The schemas are read from ../shared/data and are never part of the project. A spoilt export must fail, or the check
would prove nothing.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from csa_desk.exchange.leaving import may_leave
from csa_desk.exchange.oruk import read_oruk
from csa_desk.exchange.oruk_writing import oruk_files
from csa_desk.records.directory import InDirectory
from tests.exchange.directories import TODAY, everything, number
from tests.exchange.test_export_trip import directories

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ORUK = DATA / "oruk"
pytestmark = pytest.mark.skipif(not ORUK.is_dir(), reason="../shared/data is not here")
SETS = ("schema-oruk-3.0", "schema-hsds-3.1")
KINDS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "locations": "location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
_MADE: dict[tuple[str, str], Draft202012Validator] = {}


def validator(folder: str, kind: str) -> Draft202012Validator:
    """The schema of a kind of object, its references found among the files beside it, formats checked."""
    if (folder, kind) not in _MADE:
        held = {path.name: json.loads(path.read_bytes()) for path in (ORUK / folder).glob("*.json")}
        registry: Registry[Any] = Registry().with_resources(
            [(name, Resource(contents=text, specification=DRAFT202012)) for name, text in held.items()]
        )
        _MADE[folder, kind] = Draft202012Validator(
            held[f"{kind}.json"], registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
    return _MADE[folder, kind]


def faults(files: dict[str, bytes]) -> list[str]:
    """What the two sets of schemas have against an export: each object of each list, and each object by itself."""
    found: list[str] = []
    for path, content in files.items():
        name = path.removesuffix(".json").split("/")[0].rstrip("0123456789").rstrip("-")
        if name not in KINDS:
            continue
        document = json.loads(content)
        for item in [document] if "/" in path else document["contents"]:
            for folder in SETS:
                for fault in validator(folder, KINDS[name]).iter_errors(item):
                    found.append(f"{folder} {path} {list(fault.absolute_path)}: {fault.message[:200]}")
    return found


def test_formats_are_really_checked() -> None:
    checked = Draft202012Validator.FORMAT_CHECKER
    assert {"date-time", "uri", "uuid", "email"} <= set(checked.checkers)


def test_an_export_that_says_everything_is_valid() -> None:
    assert faults(oruk_files(may_leave(everything()))) == []


def test_the_description_of_the_feed_and_its_pages_are_valid() -> None:
    files = oruk_files(may_leave(everything()))
    bundled = ORUK / "schema-oruk-3.0-bundled"
    about = json.loads((bundled / "api_details.json").read_bytes())
    check = Draft202012Validator(about, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert list(check.iter_errors(json.loads(files["index.json"]))) == []
    for name in ("service", "service_at_location", "taxonomy", "taxonomy_term"):
        schema = json.loads((bundled / f"{name}_list.json").read_bytes())
        page = json.loads(files[f"{next(key for key, kind in KINDS.items() if kind == name)}.json"])
        formats = Draft202012Validator.FORMAT_CHECKER
        assert list(Draft202012Validator(schema, format_checker=formats).iter_errors(page)) == []


@pytest.mark.parametrize("place", ["directory/bristol-oruk-v3-live", "oruk/feeds/V3.0-UK-Default"])
def test_published_feeds_leave_valid(place: str) -> None:
    read = [item for item in read_oruk([DATA / place], today=TODAY).records if isinstance(item, InDirectory)]
    assert faults(oruk_files(may_leave(read))) == []


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(directories())
def test_whatever_the_directory_holds_leaves_valid(records: list[InDirectory]) -> None:
    assert faults(oruk_files(may_leave(records))) == []


def without(name: str) -> Callable[[dict[str, Any]], None]:
    """Spoils an object by taking a property away."""
    return lambda item: item.pop(name)


def with_(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """Spoils an object by giving a property a value."""
    return lambda item: item.update({name: value})


@pytest.mark.parametrize(
    "spoil",
    [
        without("name"),
        without("status"),
        with_("status", "Active"),
        with_("id", "7"),
        with_("minimum_age", "four"),
        with_("email", "nobody"),
        with_("url", "https://a b/"),
        with_("last_modified", "2026-09-02T10:00:00"),
        with_("fees", None),
        with_("attributes", [{"taxonomy_term": {"name": "x"}}]),
    ],
)
def test_a_spoilt_export_is_refused_by_both(spoil: Callable[[dict[str, Any]], None]) -> None:
    files = oruk_files(may_leave(everything()))
    path = f"services/{number('service')}.json"
    item = json.loads(files[path])
    spoil(item)
    found = faults({path: json.dumps(item).encode()})
    assert {line.split()[0] for line in found} == set(SETS)
