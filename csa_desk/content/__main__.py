"""``python -m csa_desk.content [FOLDER]``: the faults of the packs, one a line; exit 1 if there are any."""

import sys
from pathlib import Path

from csa_desk.content.checking import check
from csa_desk.paths import resource


def main(argv: list[str]) -> int:
    """Check the folder named, or the packs that come with the program."""
    faults = check(Path(argv[0]) if argv else resource("content"))
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
