"""Write the migration that brings the kept vault of the schema before up to the tables as they are declared now.

Only for what was added: new tables, indexes and triggers, and triggers made anew. A changed table is written by
hand. Usage: python -m tools.schema_step > csa_desk/store/migrations/schema_N.py
"""

import re
import sys
import textwrap
from pathlib import Path

from csa_desk.store import schema


def main(before: str) -> None:
    """``before``: a file with the statements of the schema before, one per line, as ``sqlite_master`` holds them."""
    known = {" ".join(line.split()) for line in Path(before).read_text("utf-8").splitlines()}
    names = {found.group(2): found.group(1) for line in known if (found := _NAMED.match(line))}
    print(f'"""Schema {schema.VERSION}: what was added since the one before."""\n\nfrom typing import Any\n')
    print("STATEMENTS = (")
    for statement in schema.statements():
        line = " ".join(statement.split())
        if line in known:
            continue
        found = _NAMED.match(line)
        if found and found.group(2) in names:
            if found.group(1) != "TRIGGER":
                raise SystemExit(f"{found.group(2)} was changed: write its step by hand")
            print(f'    "DROP TRIGGER {found.group(2)}",')
        wrapped = textwrap.fill(line, 100, break_long_words=False, break_on_hyphens=False)
        print(f'    """{wrapped}""",')
    print(')\n\n\ndef run(raw: Any) -> None:\n    """Make them."""')
    print("    for statement in STATEMENTS:\n        raw.execute(statement)")


_NAMED = re.compile(r"CREATE (?:UNIQUE |VIRTUAL )?(TABLE|INDEX|TRIGGER) \"?(\w+)\"?")

if __name__ == "__main__":
    main(sys.argv[1])
