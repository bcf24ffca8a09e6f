"""Only what signed history says is taken out: rows put into tables and signatures for others do not count."""

import json
from collections.abc import Callable

import pytest

from csa_desk.casework import keeping, removals, removals_waiting
from csa_desk.casework.assessing import Said, answer
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.errors import RefusedError
from csa_desk.records.ids import new_id
from csa_desk.records.keeping import Removal, RemovalDone, RemovalSigned
from csa_desk.store import decisions, removing
from csa_desk.store.check import check
from csa_desk.store.reading import Reading
from tests.conftest import SetClock
from tests.removing.conftest import QUESTION, WORD, holds
from tests.sealed.conftest import Service

Add = Callable[..., CaseFile]
Latest = Callable[..., str]


def codes(desk: Desk) -> set[str]:
    return {item.code for item in check(desk.vault).findings}


def asked(desk: Desk, file: CaseFile, revision: str, **more: str) -> Removal:
    made = Removal(
        id=new_id(),
        case=file.case.id,
        how="strike",
        revisions=(revision,),
        fields=("value",),
        reason="x",
        **more,
    )
    with desk.vault.write() as writing:
        removing.ask(writing, made)
    return made


def test_a_value_deleted_behind_a_permit_of_ones_own_making_is_found(
    service: Service, add_small: Add, revision_of: Latest
) -> None:
    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        made = asked(desk, file, revision_of(desk, file))
        raw = desk.vault.writing_connection()
        seq = raw.execute("SELECT seq FROM revision ORDER BY seq DESC LIMIT 1 OFFSET 1").fetchone()[0]
        raw.execute("INSERT INTO permit VALUES (?, 'value', ?)", (seq, made.id))
        assert codes(desk) == {"permit"}
        raw.execute("DELETE FROM revision_value WHERE seq = ? AND field = 'value'", (seq,))
        assert codes(desk) == {"permit", "value-missing"}


def test_without_a_permit_the_database_itself_refuses(
    service: Service, add_small: Add, revision_of: Latest
) -> None:
    with service.at("Ada") as desk:
        answer(desk, add_small(desk).case.id, "child", QUESTION, Said(f"{WORD} hand"))
        with pytest.raises(Exception, match="never changed"):
            desk.vault.writing_connection().execute("DELETE FROM revision_value WHERE field = 'value'")


def test_one_practitioner_cannot_sign_for_another(
    service: Service, add_small: Add, revision_of: Latest
) -> None:
    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        made = asked(desk, file, revision_of(desk, file))
        with desk.vault.write() as writing:
            for who in ("Ada", "Mo"):
                writing.put(
                    RemovalSigned(
                        id=new_id(), case=file.case.id, removal=made.id, practitioner=service.ids[who]
                    )
                )
        assert decisions.read(desk.vault.read.raw).all[made.id].signers == {service.ids["Ada"]}
        with pytest.raises(RefusedError, match="two different"):
            removing.carry_out(desk.vault, made.id)


def test_a_day_named_by_one_of_several_practitioners_does_not_count(
    service: Service, add_small: Add, revision_of: Latest, clock: SetClock
) -> None:
    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        made = asked(desk, file, revision_of(desk, file), waits_until="2026-11-25")
        clock.advance(days=30)
        with pytest.raises(RefusedError, match="two different"):
            removing.carry_out(desk.vault, made.id)
        with desk.vault.write() as writing:
            writing.put(RemovalDone(id=new_id(), case=file.case.id, removal=made.id))
            removing._take_out(writing, made.id)
        assert codes(desk) == {"permit", "value-missing"}


def test_a_row_put_into_the_table_of_removals_hides_nothing(
    service: Service, add_small: Add, revision_of: Latest
) -> None:
    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said("A raised hand"))
        raw = desk.vault.writing_connection()
        columns = [row[1] for row in raw.execute("PRAGMA table_info(removal)")]
        row = dict.fromkeys(columns, "")
        row |= {"id": new_id(), "case": file.case.id, "how": "strike", "removed": 0, "whole_case": 0}
        row |= {
            "revisions": json.dumps([revision_of(desk, file)]),
            "fields": "[]",
            "proof": "null",
            "heads": "[]",
        }
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
        raw.execute(f"INSERT INTO removal ({names}) VALUES ({marks})", tuple(row.values()))
        assert decisions.hidden(raw) == set()
        assert codes(desk) == {"record-added"}


def test_what_was_decided_later_is_taken_out_of_an_older_copy_and_proved_there(
    service: Service, add_small: Add, revision_of: Latest
) -> None:
    import shutil

    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        revision = revision_of(desk, file)
    with service.at("Mo") as desk:
        later = add_small(desk, "Rowan Bramley")
    older = Service.__new__(Service)
    older.opener, older.ids = service.opener, service.ids
    older.folder = service.folder.with_name("older.csadesk")
    shutil.copytree(service.folder, older.folder)
    with service.at("Ada") as desk:
        made = removals.strike(desk, file, [revision], "Wrong file")
    with service.at("Mo") as desk:
        removals.agree(desk, made.id)
        keeping.hold(desk, later, "A claim is open")
    with service.at("Ada") as newer, older.at("Ada") as desk:
        assert holds(desk.vault, WORD)
        reading = Reading(newer.vault._connection)
        assert removing.reapply(desk.vault, reading) == 1
        assert codes(desk) <= {"copy"}
        assert not holds(desk.vault, WORD)
        assert keeping.hold_on(desk.vault.read, later.case.id) is not None
        assert removing.reapply(desk.vault, reading) == 0
        assert codes(desk) <= {"copy"}


def test_what_waited_in_the_older_copy_waits_no_more_once_the_newer_vault_carried_it_out(
    service: Service, add_small: Add, revision_of: Latest
) -> None:
    import shutil

    with service.at("Ada") as desk:
        file = add_small(desk)
        answer(desk, file.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        made = removals.strike(desk, file, [revision_of(desk, file)], "Wrong file")
    older = Service.__new__(Service)
    older.opener, older.ids = service.opener, service.ids
    older.folder = service.folder.with_name("older.csadesk")
    shutil.copytree(service.folder, older.folder)
    with service.at("Mo") as desk:
        removals.agree(desk, made.id)
    with service.at("Ada") as newer, older.at("Ada") as desk:
        assert [item.id for item in removals_waiting.waiting(desk)] == [made.id]
        assert removing.reapply(desk.vault, Reading(newer.vault._connection)) == 1
        assert not removals_waiting.waiting(desk)
        assert len(removals_waiting.gone(desk, file.case.id)) == 1
        with pytest.raises(RefusedError):
            removals.stop(desk, made.id, "It was right")
        assert removals.carry_out_due(desk) == 0
        assert codes(desk) <= {"copy"}


def test_what_only_waits_in_the_newer_vault_is_hidden_in_the_older_and_what_was_stopped_shows(
    service: Service, add_small: Add, revision_of: Latest
) -> None:
    import shutil

    with service.at("Ada") as desk:
        file, other = add_small(desk), add_small(desk, "Rowan Bramley")
        for one in (file, other):
            answer(desk, one.case.id, "child", QUESTION, Said(f"{WORD} hand"))
        stopped = removals.strike(desk, other, [revision_of(desk, other)], "Wrong file")
    older = Service.__new__(Service)
    older.opener, older.ids = service.opener, service.ids
    older.folder = service.folder.with_name("older.csadesk")
    shutil.copytree(service.folder, older.folder)
    with service.at("Ada") as desk:
        removals.strike(desk, file, [revision_of(desk, file)], "Wrong file")
        removals.stop(desk, stopped.id, "It was right")
    with service.at("Ada") as newer, older.at("Ada") as desk:
        assert removing.reapply(desk.vault, Reading(newer.vault._connection)) == 0
        assert [item.case for item in removals_waiting.waiting(desk)] == [file.case.id]
        assert codes(desk) <= {"copy"}
