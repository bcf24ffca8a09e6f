"""Our own checks before anything is written: what no schema notices, each told in a plain sentence.

A fact that cannot be right, or that means nothing without its day, is left out; a link that leads nowhere is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from csa_desk.exchange import repairs
from csa_desk.records.directory import Agency, InDirectory, Location, Service
from csa_desk.records.fields import Value


def facts(service: Service) -> tuple[Service, list[str]]:
    """A service without what cannot be published of it, and why."""
    changed: dict[str, str] = {}
    said: list[str] = []
    low, high = repairs.number(service.minimum_age), repairs.number(service.maximum_age)
    for name, age, which in (("minimum_age", low, "lowest"), ("maximum_age", high, "highest")):
        given = getattr(service, name)
        if given and (age is None or not 0 <= age <= repairs.OLDEST):
            changed[name] = ""
            said.append(f"“{service.name}”: the {which} age is {repairs.shown(given)}. It was left out.")
    if low is not None and high is not None and low > high:
        changed.update(minimum_age="", maximum_age="")
        said.append(f"“{service.name}”: the lowest age is above the highest. Both were left out.")
    if not service.agency:
        said.append(f"“{service.name}” names no organisation that runs it.")
    if service.wait and not service.wait_as_at:
        changed["wait"] = ""
        said.append(f"“{service.name}”: the waiting time has no date. It was left out.")
    if service.capacity and not service.capacity_as_at:
        changed["capacity"] = ""
        said.append(f"“{service.name}”: the capacity has no date. It was left out.")
    return (replace(service, **changed) if changed else service), said  # type: ignore[arg-type]


def position(place: Location) -> tuple[Location, list[str]]:
    """A location without coordinates that are no place on earth, and why."""
    if not (place.latitude or place.longitude):
        return place, []
    north, east = repairs.number(place.latitude), repairs.number(place.longitude)
    if north is not None and east is not None and abs(north) <= 90 and abs(east) <= 180:
        return place, []
    said = f"“{place.name or place.id}”: latitude and longitude are no place on earth. Both were left out."
    return replace(place, latitude="", longitude=""), [said]


def links(found: Mapping[type[InDirectory], Sequence[InDirectory]]) -> list[str]:
    """A sentence for each link that leads to nothing in this export, and for each id that is used twice."""
    agencies = {item.id for item in found[Agency]}
    places = {item.id for item in found[Location]}
    said: list[str] = []
    for record in (*found[Service], *found[Agency]):
        if isinstance(record, Service):
            if record.agency and record.agency not in agencies:
                said.append(f"“{record.name}” names an organisation that is not in the directory.")
            if not places.issuperset(record.locations):
                said.append(f"“{record.name}” names a place that is not in the directory.")
            said += _twice(record)
        elif isinstance(record, Agency) and record.parent and record.parent not in agencies:
            said.append(f"“{record.name}” belongs to an organisation that is not in the directory.")
    seen: set[str] = set()
    for kind in found:
        for record in found[kind]:
            if record.id in seen:
                said.append(f"Two entries of different kinds have the id {record.id}.")
            seen.add(record.id)
    return said


def _twice(service: Service) -> Iterator[str]:
    for values in (service.areas, service.schedules, service.costs, service.attributes):
        given = [_id(item) for item in values or [] if _id(item)]
        if len(given) != len(set(given)):
            yield f"“{service.name}”: two of its details have one id. The second was given another."


def _id(item: Value) -> str:
    return str(item.get("id") or "") if isinstance(item, dict) else ""
