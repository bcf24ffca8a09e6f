"""Whatever JSON a file holds, an import ends with a report and with records that can be stored."""

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csa_desk.exchange.oruk import read_oruk
from csa_desk.exchange.plain_text import one_line, plain

TODAY = date(2026, 11, 24)
NAMES = st.sampled_from(
    "id name description status organization organization_id service_at_locations location location_id service "
    "contacts phones number schedules service_areas cost_options amount attributes taxonomy_term taxonomy_term_id "
    "languages minimum_age maximum_age assured_date last_modified assurer_email email url website latitude longitude "
    "addresses address_1 postal_code accessibility funding source services contents content locations "
    "organization_identifiers identifier parent_organization_id link_type value label freq uri phone vendor".split()
)
ODD = st.sampled_from(
    [
        "",
        " ",
        "-1",
        "active",
        "<p>x</p>",
        "&nbsp;",
        "1",
        "é\x00",
        "0117 496 0001 or 111",
        "a@b.invalid",
        "agency-role/x",
    ]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | ODD
    | st.text(max_size=12)
)
ANY = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=7),
    max_leaves=40,
)
SERVICES = st.lists(st.dictionaries(NAMES, ANY, min_size=2, max_size=12), max_size=4)


def imported(*documents: Any) -> Any:
    """The result of importing these documents from a folder of their own."""
    with tempfile.TemporaryDirectory() as place:
        for number, document in enumerate(documents):
            (Path(place) / f"{number}.json").write_text(json.dumps(document), "utf-8")
        return read_oruk([Path(place)], today=TODAY)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY, SERVICES)
def test_any_json_ends_in_a_report(document: Any, services: Any) -> None:
    result = imported(document, services)
    assert result.records or result.report
    for record in result.records:
        held = {name: getattr(record, name) for name in type(record).__dataclass_fields__ if name.islower()}
        json.dumps(held, ensure_ascii=False, allow_nan=False).encode()
    assert len({(record.KIND, record.id) for record in result.records}) == result.accepted
    assert imported(services, document).records == result.records


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="<>&;/ abp=\"'!-#x0nbs", max_size=40))
def test_any_text_becomes_plain(text: str) -> None:
    found = plain(text)
    assert found == found.strip()
    assert "\n" not in one_line(text)
    assert "\t" not in found
