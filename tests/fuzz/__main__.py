"""``make fuzz``: CASES (100,000) spoilt files for each importer, from SEED (0) on. Exit 1 where one fails.

Files of failing cases are left in ``build/fuzz/IMPORTER-SEED``; ``make fuzz ONLY=csv SEED=41 CASES=1`` runs one again.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from csa_desk.casework.desk import Desk
from csa_desk.content.reading import Packs
from csa_desk.paths import resource
from csa_desk.records.ids import new_id
from csa_desk.records.vault import OwnService
from csa_desk.store.founding import Founder
from csa_desk.store.header import VaultKind
from csa_desk.store.keys import KdfLimits
from csa_desk.store.opening import Opener
from tests.conftest import CHEAP, PASSPHRASE, SetClock
from tests.fuzz.running import files_of, run_many
from tests.fuzz.sound_files import IMPORTERS

BATCH = 250


def batch(importer: str, begin: int, count: int) -> list[tuple[int, str]]:
    """Some cases in a process of their own, with a fresh vault."""
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        opener = Opener(base / "local", CHEAP, KdfLimits(floor=CHEAP), SetClock())
        founder = Founder("Priya Nair", "therapist", OwnService(id=new_id(), name="Eastmere Harbour"))
        opener.create(base / "fuzz.csadesk", PASSPHRASE, kind=VaultKind.TRAINING, founder=founder)
        with opener.open(base / "fuzz.csadesk", PASSPHRASE) as vault:
            return run_many(importer, range(begin, begin + count), Desk(vault, Packs(resource("content"))))


def keep(importer: str, seed: int) -> Path:
    """Leave the files of a case to be looked at."""
    folder = Path("build/fuzz") / f"{importer}-{seed}"
    for name, content in files_of(importer, seed).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def main() -> int:
    """Run everything and say what failed."""
    cases, seed = int(os.environ.get("CASES", "100000")), int(os.environ.get("SEED", "0"))
    wanted = os.environ.get("ONLY", "").split() or list(IMPORTERS)
    failed = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for importer in wanted:
            began = time.monotonic()
            begins = range(seed, seed + cases, BATCH)
            counts = [min(BATCH, seed + cases - begin) for begin in begins]
            found = [
                fault for part in pool.map(batch, [importer] * len(counts), begins, counts) for fault in part
            ]
            failed += len(found)
            sys.stdout.write(
                f"{importer}: {cases} cases, {len(found)} failed, {time.monotonic() - began:.0f} s\n"
            )
            shown: Counter[str] = Counter()
            for number, fault in found:
                shown[fault] += 1
                if shown[fault] == 1:
                    sys.stdout.write(f"  {keep(importer, number)}: {fault}\n")
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
