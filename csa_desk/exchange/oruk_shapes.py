"""What a JSON document of an Open Referral feed holds: told by its properties, because feeds give no type."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from csa_desk.exchange.documents import Json
from csa_desk.exchange.entry import is_empty


class Shape(StrEnum):
    """Kinds of object in a feed."""

    SERVICE = "service"
    AGENCY = "organisation"
    LOCATION = "location"
    SITE = "service at a location"
    TERM = "term"
    TAXONOMY = "list of terms"
    ABOUT = "description of a feed"
    OTHER = "something else"


_SERVICE = frozenset(
    "status organization organization_id organisation organisation_id service_at_locations minimum_age maximum_age "
    "service_areas assured_date assurer_email cost_options fees fees_description eligibility_description "
    "last_modified schedules application_process wait_time accreditations interpretation_services capacities "
    "required_documents additional_urls program_id eligibilitys eligibilities service_taxonomys service_taxonomies "
    "deliverable_type attending_type attending_access".split()
)
_AGENCY = frozenset(
    "website organization_identifiers parent_organization_id legal_status logo services tax_id tax_status "
    "year_incorporated locations programs additional_websites".split()
)
_LOCATION = frozenset(
    "location_type latitude longitude addresses physical_addresses postal_addresses "
    "accessibility_for_disabilities".split()
)
_EVEN_THERE = frozenset(
    "schedules service_at_locations organization_id organisation_id".split()
)  # a place has them too
_TERM = frozenset("taxonomy taxonomy_id term term_uri parent_id taxonomy_detail vocabulary".split())
# What every kind of object may have. An object with these alone shows no kind; it is taken for a service.
_ANY = frozenset(
    "id name alternate_name description email url uri attributes contacts phones languages funding fundings alert "
    "metadata reviews link_taxonomy link_taxonomys regular_schedule regular_schedules holiday_schedule "
    "holiday_schedules".split()
)
_WRAPPERS = {
    "contents": None,
    "content": None,
    "services": Shape.SERVICE,
    "organizations": Shape.AGENCY,
    "organisations": Shape.AGENCY,
    "locations": Shape.LOCATION,
    "service_at_locations": Shape.SITE,
}
PAGING = frozenset(
    "total_items total_pages page_number size first_page last_page empty totalElements totalPages number first last "
    "numberOfElements pageable sort".split()
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a document: one, or those of a page or array. ``hint`` is what a wrapper calls them."""

    entries: list[Json]
    alone: bool
    hint: Shape | None = None


def listing(document: Json) -> Listing | None:
    """The entries of a document; ``None`` where it is neither an object nor an array."""
    if isinstance(document, list):
        return Listing(document, alone=False)
    if not isinstance(document, dict):
        return None
    for name, hint in _WRAPPERS.items():
        held = document.get(name)
        unnamed = "id" not in document and "name" not in document
        if isinstance(held, list) and unnamed and (hint is None or not (set(document) - PAGING - {name})):
            return Listing(held, alone=False, hint=hint)
    if None in (document.get("contents", ...), document.get("content", ...)) or document.get("empty") is True:
        return Listing([], alone=False)
    return Listing([document], alone=True)


def shape(entry: dict[str, Json], file: str, hint: Shape | None = None) -> Shape:
    """What an object is. ``file`` helps only where the properties do not tell; ``hint`` likewise."""
    held = {name for name, value in entry.items() if not is_empty(value)} | (set(entry) & _SERVICE)
    if is_empty(entry):
        return Shape.OTHER
    if {"openapi_url", "openapi", "profile"} & held and "name" not in held:
        return Shape.ABOUT
    if _is_site(entry):
        return Shape.SITE
    if "taxonomy_terms" in held or (
        {"id", "name", "version"} <= held
        and held <= {"id", "name", "description", "uri", "version", "metadata"}
    ):
        return Shape.TAXONOMY
    if held & _LOCATION and not held & ((_SERVICE - _EVEN_THERE) | _AGENCY):
        return Shape.LOCATION
    for signs, found in ((_SERVICE, Shape.SERVICE), (_AGENCY, Shape.AGENCY), (_LOCATION, Shape.LOCATION)):
        if held & signs and held & _ANY:
            return found
    if "name" in held and held & _TERM:
        return Shape.TERM
    if {"id", "name"} <= held and held <= _ANY:
        return hint or _from_name(file)
    hint = hint or _listed(file)
    return hint if hint and "name" in held else Shape.OTHER


def _is_site(entry: dict[str, Json]) -> bool:
    """Whether it joins a service to a location."""
    place = isinstance(entry.get("location"), dict) or isinstance(entry.get("location_id"), (str, int))
    service = isinstance(entry.get("service"), dict) or isinstance(entry.get("service_id"), (str, int))
    return place and service and "name" not in entry


_LISTS = {"organizations": Shape.AGENCY, "taxonomy_terms": Shape.TERM, "locations": Shape.LOCATION}


def _listed(file: str) -> Shape | None:
    """What a static folder shaped like the API holds in a file of this name."""
    *folders, stem = file.lower().removesuffix(".json").split("/")
    return _LISTS.get(stem.rstrip("0123456789").rstrip("-")) or (_LISTS.get(folders[-1]) if folders else None)


def _from_name(file: str) -> Shape:
    found = _listed(file)
    if found is not None:
        return found
    stem = file.rsplit("/", 1)[-1].lower()
    for word, found in (("taxonomy", Shape.TERM), ("term", Shape.TERM), ("organi", Shape.AGENCY)):
        if word in stem:
            return found
    if "location" in stem and "service" not in stem:
        return Shape.LOCATION
    return Shape.SERVICE


def embedded(entry: dict[str, Json], *names: str) -> Iterator[dict[str, Json]]:
    """The objects under these properties, whether they stand alone or in a list."""
    for name in names:
        value = entry.get(name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and item:
                yield item
