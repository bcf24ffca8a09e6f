"""Where a child lives, by area: told by somebody and dated, never inferred from a postcode."""

from csa_desk.casework.atlas import GSS, Known, atlas
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.dates import past_day_or
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.errors import InputError
from csa_desk.records.cases import HomeArea
from csa_desk.records.directory_facts import AreaKind
from csa_desk.records.ids import new_id


@needs(Right.LOOK_UP)
def area_choices(desk: Desk) -> list[Known]:
    """The councils of today that a child may live in, by name, from the imported lists."""
    areas = atlas(desk).known.values()
    councils = [item for item in areas if item.what == AreaKind.COUNCIL and not item.ended]
    return sorted(councils, key=lambda item: (item.name.casefold(), item.code))


@needs(Right.OPEN_FILES)
def home_area_words(desk: Desk, file: CaseFile) -> str:
    """Where the child lives now, in words; empty where nobody said."""
    home = file.home_area(desk.today)
    return "" if home is None else home.area_name or home.area


@needs(Right.LOOK_UP)
def home_area_record(desk: Desk, case: str, area: str, since: str) -> HomeArea:
    """Where the child of a case lives from this day. ``area``: a code or name; one that no list knows stands as it is.

    Raises :class:`InputError` for nothing, and for a name that several areas bear.
    """
    words = " ".join(area.split())
    if not words:
        raise InputError(
            "Say which area the child lives in, by the council’s name or its code. Nothing was changed."
        )
    known = atlas(desk)
    now = [code for code in known.named(words) if code not in known.known or not known.known[code].ended]
    councils = [code for code in now if code in known.known and known.known[code].what == AreaKind.COUNCIL]
    found = councils or now
    if len(found) > 1:
        codes = ", ".join(found)
        raise InputError(f"Several areas are called “{words}”: {codes}. Give the code. Nothing was changed.")
    code = found[0] if found else words.upper() if GSS.fullmatch(words.upper()) else ""
    name = known.title(code) if found else "" if code else words
    return HomeArea(id=new_id(), case=case, area=code, area_name=name, since=since)


@needs(Right.ASSESS)
def say_home_area(desk: Desk, file: CaseFile, area: str, since: str = "") -> HomeArea:
    """Enter where the child lives from this day (today where none is said). Raises :class:`InputError`."""
    record = home_area_record(desk, file.case.id, area, past_day_or(since, desk.today, "since"))
    with desk.vault.write() as writing:
        writing.put(record)
    return record
