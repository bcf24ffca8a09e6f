"""Keep a small vault of this schema version for tests of later migrations: tests/vaults/schema-N.csadesk.

Cheap key parameters, invented data, the passphrase in the test that opens it. Run once at each schema change.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from csa_desk.casework.assessing import Said, answer, sign
from csa_desk.casework.casefile import open_file
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import add_child
from csa_desk.casework.planning import add_goal, agree
from csa_desk.casework.shapes import ActionShape, CarerShape, CaseShape, ChildShape, GoalShape
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.store.founding import Founder
from csa_desk.store.header import VaultKind
from csa_desk.store.keys import KdfLimits, KdfParameters
from csa_desk.store.opening import Opener
from csa_desk.store.schema import VERSION

CHEAP = KdfParameters(time=1, memory_kib=64, lanes=1)
PASSPHRASE = "seven quiet otters paddle"


def main(folder: Path) -> None:
    """Make the vault below the folder; one that is there already is left alone."""
    target = folder / f"schema-{VERSION}.csadesk"
    if target.exists():
        raise SystemExit(f"{target} is there already; a kept vault is never made anew")
    with tempfile.TemporaryDirectory() as place:
        opener = Opener(Path(place), CHEAP, KdfLimits(floor=CHEAP))
        opener.create(target, PASSPHRASE, kind=VaultKind.TRAINING, founder=Founder("Priya Nair"), sheet=False)
        with opener.open(target, PASSPHRASE) as vault:
            desk = Desk(vault, Packs(resource("content")))
            child = ChildShape(name="Rowan Bramley", birth_date="2015-03", pronoun="she")
            case = add_child(desk, CaseShape(child=child, carers=[CarerShape(name="Holly Bramley")]))
            answer(desk, case.id, "child", "school-safe", Said(6))
            file = open_file(desk, case.code)
            add_goal(
                desk,
                file,
                GoalShape(
                    need="school", words="Go to art club again", actions=[ActionShape(what="Ask Beth")]
                ),
            )
            sign(desk, file)
            agree(desk, open_file(desk, case.code))
    shutil.rmtree(target / "backups", ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
