"""Whatever is written in whatever order: check stays clean, and history alone makes the same tables again."""

import itertools
import tempfile
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from csa_desk.records import assessment, cases, consent, directory, plan
from csa_desk.records.fields import Merge, Record, rules
from csa_desk.store.check import check
from csa_desk.store.keys import KdfLimits, KdfParameters
from csa_desk.store.opening import Opener
from csa_desk.store.replay import rebuild, replayed
from csa_desk.store.sheet import new_sheet, read_sheet
from csa_desk.store.tables.projections import PROJECTIONS
from csa_desk.store.vault import OpenVault

KINDS: list[type[Record]] = [
    cases.Person,
    cases.Case,
    cases.TeamMember,
    assessment.Answer,
    consent.ConsentDecision,
    plan.Goal,
    directory.Service,
    directory.Location,
]
LINKS = {"case", "plan", "goal", "proceeding"}
PASSPHRASE = "seven quiet otters paddle"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def value_for(default: Any) -> st.SearchStrategy[Any]:
    if isinstance(default, bool):
        return st.booleans()
    if isinstance(default, int):
        return st.integers(-(2**40), 2**40)
    if isinstance(default, tuple):
        return st.lists(st.text(max_size=4), max_size=3).map(tuple)
    if default is None:
        return json_values
    return st.text(max_size=12)


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, type[Record], str, dict[str, Any]]:
    """One thing to do: write or remove one of a few records, and which fields to give it."""
    kind = draw(st.sampled_from(KINDS))
    names = [item.name for item in fields(kind) if item.name not in ("id", "removed", *LINKS)]
    chosen = draw(st.lists(st.sampled_from(names), max_size=4, unique=True))
    values = {name: draw(value_for(kind.__dataclass_fields__[name].default)) for name in chosen}
    return draw(st.sampled_from(["put", "put", "put", "remove"])), kind, f"r{draw(st.integers(0, 2))}", values


def do(writing: Any, step: tuple[str, type[Record], str, dict[str, Any]], known: dict[Any, Record]) -> None:
    """Do it, keeping to what may change once a record stands."""
    verb, kind, number, values = step
    old = known.get((kind, number))
    if verb == "remove":
        if old is not None:
            known[kind, number] = replace(old, removed=True)
            writing.remove(old)
        return
    if old is None:
        made = kind(id=number, **values)
    else:
        may = {name for name, rule in rules(kind).items() if rule.merge not in (Merge.FIXED, Merge.EVENT)}
        made = replace(old, removed=False, **{name: value for name, value in values.items() if name in may})
    writing.put(made)
    known[kind, number] = made


def open_new(base: Path) -> OpenVault:
    cheap = KdfParameters(1, 64, 1)
    opener = Opener(base / "local", cheap, KdfLimits(floor=cheap))
    opener.create(base / "v.csadesk", PASSPHRASE, sheet=False)
    return opener.open(base / "v.csadesk", PASSPHRASE)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(steps(), min_size=1, max_size=4), min_size=1, max_size=6), st.integers(0, 5))
def test_any_sequence_of_writing_and_removing_checks_clean_and_can_be_made_anew(
    transactions: list[list[Any]], failing: int
) -> None:
    with tempfile.TemporaryDirectory() as base, open_new(Path(base)) as vault:
        known: dict[Any, Record] = {}
        for number, transaction in enumerate(transactions):
            wanted = dict(known)
            try:
                with vault.write() as writing:
                    for step in transaction:
                        do(writing, step, wanted)
                    if number == failing:
                        raise InterruptedError
                known = wanted
            except InterruptedError:
                continue
        assert check(vault).findings == ()
        for (kind, number), record in known.items():
            read = vault.read.get(kind, number)
            assert read is not None
            assert read.removed == record.removed
            assert vault.read.heads(kind, number)
        raw = vault.raw()
        try:
            before = {name: table(raw, name) for name in PROJECTIONS}
            from_history = {name: [] for name in PROJECTIONS}  # type: ignore[var-annotated]
            for projection, _, row in replayed(raw):
                from_history[projection.kind.KIND].append(tuple(row.values()))
            assert {name: sorted(found, key=repr) for name, found in from_history.items()} == before
        finally:
            raw.close()
        with vault.write() as writing:
            writing._connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            rebuild(writing._connection.connection.dbapi_connection)
        assert check(vault).findings == ()


def table(raw: Any, name: str) -> list[Any]:
    projection = PROJECTIONS[name]
    names = ", ".join(f'"{column}"' for column in ("id", *projection.columns, "heads"))
    return sorted(raw.execute(f'SELECT {names} FROM "{projection.table.name}"').fetchall(), key=repr)


@given(st.data())
def test_one_wrong_word_on_a_sheet_is_found_wherever_it_stands(data: st.DataObject) -> None:
    words = new_sheet().split()
    assert read_sheet(" ".join(words)).secret == " ".join(words)
    place = data.draw(st.integers(0, 15))
    typed = data.draw(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9))
    if typed == words[place]:
        return
    found = read_sheet(" ".join([*words[:place], typed, *words[place + 1 :]]))
    assert (found.secret, found.wrong_place, found.meant) == ("", place + 1, words[place])


@given(st.text(max_size=200))
def test_no_text_that_is_no_sheet_is_taken_for_one(typed: str) -> None:
    assert read_sheet(typed).secret == ""


def test_sheets_differ() -> None:
    assert len(set(itertools.islice(iter(new_sheet, None), 50))) == 50
