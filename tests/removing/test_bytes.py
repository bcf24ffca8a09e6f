"""What was erased is in no byte of the database, its index included, nor in a file of the vault's folder."""

from collections.abc import Callable

import pytest

from csa_desk.casework import keeping, removals
from csa_desk.casework.casefile import CaseFile, open_file
from csa_desk.casework.desk import Desk
from csa_desk.records.directory import Agency
from csa_desk.records.ids import new_id
from csa_desk.store.removing import UNSWEPT
from tests.conftest import SetClock
from tests.removing.conftest import WORD, holds, plain_bytes
from tests.sealed.conftest import Service


def test_pages_are_read_whole(alone: Service, add_full: Callable[[Desk], CaseFile]) -> None:
    with alone.at("Ada") as desk:
        add_full(desk)
        assert plain_bytes(desk.vault).count(WORD.encode()) > 40
        assert holds(desk.vault, WORD)


def test_after_erasing_a_whole_file_its_words_are_in_no_byte(
    alone: Service,
    add_full: Callable[[Desk], CaseFile],
    add_small: Callable[..., CaseFile],
    clock: SetClock,
    findings: Callable[[Desk], list[str]],
) -> None:
    with alone.at("Ada") as desk:
        add_small(desk, "Wren Oakley")
        file = add_full(desk)
        with desk.vault.write() as writing:
            for number in range(400):
                writing.put(
                    Agency(id=new_id(), name=f"Quil{number:04} house", description=f"word{number}x" * 9)
                )
        keeping.close_case(desk, file, "Over", keep_until=desk.today)
        removals.erase(desk, open_file(desk, file.code), "Its time is over")
        assert findings(desk) == []
        clock.advance(days=7)
        assert removals.carry_out_due(desk) == 1
        assert not holds(desk.vault, WORD)
        assert not holds(desk.vault, "Fernhill")
        assert holds(desk.vault, "Oakley")
        assert findings(desk) == []
    with alone.at("Ada") as desk:
        assert findings(desk) == []
        assert not holds(desk.vault, WORD)


def test_after_striking_an_answer_its_words_and_half_typed_words_are_gone_and_others_stay(
    alone: Service,
    add_small: Callable[..., CaseFile],
    revision_of: Callable[..., str],
    clock: SetClock,
    findings: Callable[[Desk], list[str]],
) -> None:
    from csa_desk.casework.assessing import Said, answer

    with alone.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", "stop-sign", Said(f"{WORD} hand"))
        desk.vault.keep_draft(f"{file.case.id}/answer/child/stop-sign", f"{WORD} half", 1)
        desk.vault.keep_draft(f"{file.case.id}/answer/child/school-name", "Other half", 1)
        removals.strike(desk, file, [revision_of(desk, file)], "Wrong file")
        kept = desk.vault.drafts(file.case.id)
        assert [draft.text for draft in kept.values()] == ["Other half"]
        clock.advance(days=7)
        removals.carry_out_due(desk)
        assert not holds(desk.vault, WORD)
        assert holds(desk.vault, "Other half")
        assert findings(desk) == []


def test_a_database_that_could_not_be_written_anew_is_at_the_next_start(
    alone: Service,
    add_full: Callable[[Desk], CaseFile],
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from csa_desk.store import removing

    with alone.at("Ada") as desk:
        file = add_full(desk)
        keeping.close_case(desk, file, "Over", keep_until=desk.today)
        removals.erase(desk, open_file(desk, file.code), "Its time is over")
        clock.advance(days=7)
        with monkeypatch.context() as patch:
            patch.setattr(removing, "sweep", lambda _vault: False)
            removals.carry_out_due(desk)
        mark = desk.vault.writing_connection().execute("PRAGMA application_id").fetchone()[0]
        assert mark == UNSWEPT
    with alone.at("Ada") as desk:
        removals.carry_out_due(desk)
        assert desk.vault.writing_connection().execute("PRAGMA application_id").fetchone()[0] == 0
        assert not holds(desk.vault, WORD)
