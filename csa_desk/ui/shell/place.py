"""Where in the program somebody is: a page, and for a child's page which child, tab, section and field."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """``page`` is a key of :data:`csa_desk.ui.pages.PAGES`. ``field`` and ``cursor`` say where typing goes on.

    ``draft`` is set at a lock: the field's draft key, for two forms of a page may have a field of the same name.

    ``case`` is a case code, ``item`` a section, entry or card id. A place holds no content.
    """

    page: str
    case: str = ""
    item: str = ""
    field: str = ""
    cursor: int = 0
    draft: str = ""

    def packed(self) -> str:
        """As kept in the vault at lock."""
        return json.dumps(asdict(self))

    @staticmethod
    def unpacked(text: str) -> "Place | None":
        """As found at unlock; ``None`` where it cannot be read."""
        try:
            return Place(**json.loads(text))
        except (ValueError, TypeError):
            return None


TODAY = Place("today")
