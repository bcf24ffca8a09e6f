"""Real feeds, read from ../shared/data: they import whole, with the repairs they are known to need, twice alike."""

from pathlib import Path
from typing import Any

import pytest

from csa_desk.records.directory import Agency, Contact, Location, Service

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FEEDS = DATA / "oruk" / "feeds"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not here")


@needs_data
def test_the_live_bristol_page_gives_three_services(read_twice: Any) -> None:
    found = read_twice(DATA / "directory" / "bristol-oruk-v3-live")
    assert found.result.counts == {"agency": 3, "service": 3}
    assert found.result.refused == 0
    for service in found.all(Service):
        assert (service.minimum_age, service.maximum_age, service.checked_by) == ("", "", "")
        assert "<" not in service.description
        assert "&nbsp;" not in service.description
        assert service.checked_on.startswith("2025-")
        assert service.extra["last_modified"].endswith("+00:00")
    assert "redacted-person" not in repr(found.result)
    audience = [service.extra.get("pc_targetAudience") for service in found.all(Service)]
    assert any(part and part[0] == {"audienceType": "Homeless", "id": "Homeless"} for part in audience)


@needs_data
def test_the_default_feed_gives_each_thing_once(read_twice: Any) -> None:
    found = read_twice(FEEDS / "V3.0-UK-Default")
    assert found.result.counts == {"agency": 10, "contact": 1, "location": 1, "service": 1}
    service = found.one(Service)
    assert (service.minimum_age, service.maximum_age, service.status) == ("12", "100", "active")
    assert service.locations == (found.one(Location).id,)
    assert all((service.costs, service.schedules, service.areas, service.attributes))
    assert found.one(Contact).service == service.id
    assert found.one(Location).latitude == ""
    assert len(found.said("skipped")) == 7
    assert any("Another organisation has the same id" in what for what in found.said("refused"))


@needs_data
def test_the_warning_feed_is_taken_too(read_twice: Any) -> None:
    found = read_twice(FEEDS / "V3.0-UK-Warn")
    assert found.result.counts == {"agency": 1, "contact": 1, "location": 1, "service": 1}
    assert found.result.refused == 0


@needs_data
def test_every_feed_at_once_is_the_same_as_one_after_the_other(read_twice: Any) -> None:
    folders = sorted(path for path in FEEDS.iterdir() if path.is_dir())
    forwards, backwards = read_twice(*folders), read_twice(*reversed(folders))
    assert forwards.result.records == backwards.result.records == read_twice(FEEDS).result.records


@needs_data
@pytest.mark.parametrize(
    "place", ["oruk/feeds/V1.0-UK-Default", "directory/moj-crs-contracts", "oruk/schema-oruk-3.0"]
)
def test_what_is_no_feed_is_passed_over(read_twice: Any, place: str) -> None:
    found = read_twice(DATA / place)
    assert (found.result.accepted, found.result.refused) == (0, 0)
    assert found.result.skipped > 0


@needs_data
def test_agencies_of_a_page_are_the_ones_its_services_name(read_twice: Any) -> None:
    found = read_twice(DATA / "oruk" / "examples" / "service_list.json")
    agency: Any = found.one(Agency)
    assert found.one(Service).agency == agency.id
    assert agency.name == "Example Organization Inc."
