"""What the demo leaves behind, and the invented data it starts from."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from csa_desk.casework.copies import Prepared
from csa_desk.paths import resource
from csa_desk.records.register import Release


@dataclass(slots=True)
class Made:
    """Files that were made, the story of it in lines, and how many seconds it took."""

    files: list[Path] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def tell(self, words: str) -> None:
        """Add a line of the story."""
        self.story.append(words)

    def written(self, target: Path, text: str) -> Path:
        """Write a small text file and remember it."""
        target.write_text(text, "utf-8")
        self.files.append(target)
        return target

    def handed_out(self, prepared: Prepared, entered: Release, target: Path) -> None:
        """A copy that was entered in the register."""
        self.files.append(target)
        held = sum(prepared.held_back.values())
        who = f" for {entered.recipient_name}, {held} items not agreed" if held else ""
        self.tell(f"  Copy {entered.copy_number}: {target.name}{who}")


def demo_file(name: str) -> Path:
    """A file of the invented data."""
    return resource("demo", name)


def invented(name: str) -> Any:
    """What stands in a JSON file of the invented data."""
    return json.loads(demo_file(name).read_bytes())
