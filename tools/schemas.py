"""Write the JSON Schemas of the files people hand in to resources/schemas."""

import json
import sys
from pathlib import Path

import msgspec

from csa_desk.casework.shapes import PUBLISHED


def schemas() -> dict[str, str]:
    """Schema file name → text."""
    found = {}
    for name, shape in PUBLISHED.items():
        schema = msgspec.json.schema(shape)
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        found[f"{name}.json"] = json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
    return found


def main(folder: Path) -> None:
    """Write every schema into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
