"""Words planted in all three compartments, saved, half typed and stashed, are looked for wherever words can be."""

import json
import logging
import traceback
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from csa_desk import cli
from csa_desk.casework import assessment_files, compartments, histories, notes, planning, resuming, tasks
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.children import as_json, case_list, children, find_children
from csa_desk.casework.desk import Desk
from csa_desk.casework.shapes import ActionShape, GoalShape, PlanShape
from csa_desk.errors import DeskError
from csa_desk.records.sealed import SEALED_FIELDS, CompartmentName
from csa_desk.settings import Settings
from csa_desk.store import sealed_drafts, stash
from csa_desk.store.pages import Pages
from csa_desk.store.vault import DATABASE, database_key
from csa_desk.ui.look import apply_look
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from tests.conftest import SetClock
from tests.sealed.conftest import Service

Child = Callable[[Desk], CaseFile]
SAVED, TYPED, STASHED = "zephyrine", "quixotry", "wyvernish"


def planted(kind: str, name: str, field: str) -> str:
    """A word that stands nowhere else, another one for each place."""
    return f"{kind}{name[:4]}{field.replace('_', '')}"


EVERY = [
    planted(kind, name, field)
    for kind in (SAVED, TYPED, STASHED)
    for name, fields in SEALED_FIELDS.items()
    for field in fields
    if field != "day"
]


def found_in(content: bytes) -> set[str]:
    """The planted words in these bytes, as UTF-8 or as UTF-16."""
    return {
        word for word in EVERY for form in ("utf-8", "utf-16-le", "utf-16-be") if word.encode(form) in content
    }


@pytest.fixture
def sown(service: Service, child: Child, qapp: QApplication, clock: SetClock) -> Service:
    """The service after Bo planted words in every field of all three compartments, in three ways."""
    with service.at("Bo") as desk:
        file = child(desk)
        for name, verb in notes.WRITERS.items():
            words = {field: planted(SAVED, name, field) for field in SEALED_FIELDS[name] if field != "day"}
            verb(desk, file, words)
        session = Session(desk, Settings(), service.opener.local_data)
        for name in CompartmentName:
            for field in SEALED_FIELDS[name]:
                key = f"{sealed_drafts.prefix(file.case.id, name, notes.NEW)}/{field}"
                session.drafts.keep(key, planted(TYPED, name, field), 3)
                assert session.drafts.flush()
                # Typed on, and taken back: what stood there before must be gone from the pages too.
                session.drafts.keep(key, planted(TYPED, name, field) + "er", 4)
        assert session.drafts.flush()
        for name in CompartmentName:
            for field in SEALED_FIELDS[name]:
                key = f"{sealed_drafts.prefix(file.case.id, name, 'to-x')}/{field}"
                session.drafts.keep(key, planted(STASHED, name, field), 1)
        assert session.stash(Place("notes", file.code))
        session.runner.close()
    return service


def test_nothing_is_in_any_decrypted_page_of_the_database(sown: Service) -> None:
    unlocked = sown.opener.unlock(sown.folder, sown.secret("Mo"))
    secret = database_key(sown.folder, unlocked.header, unlocked.opened)
    pages = Pages((sown.folder / DATABASE).read_bytes(), secret)
    seal = pages.seal_key()
    plain = [pages.plain(number, seal) for number in range(1, pages.count + 1)]
    assert all(plain)
    content = b"".join(page for page in plain if page)
    assert b"Rowan Bramley" in content  # the pages really are opened
    assert found_in(content) == set()


def test_nothing_is_in_any_value_of_any_table(sown: Service) -> None:
    with sown.at("Mo") as desk:
        raw = desk.vault.raw()
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert {"draft", "revision_value", "sealed_entry", "wrapped_key", "search"} <= set(tables)
        for table in tables:
            rows = raw.execute(f'SELECT * FROM "{table}"').fetchall()
            assert found_in(repr(rows).encode()) == set()
        raw.close()


def test_nothing_is_in_any_file_of_the_vault_or_of_this_computer(sown: Service, tmp_path: Path) -> None:
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == DATABASE for path in files)
    assert any(path.suffix == ".stash" for path in files)
    for path in files:
        assert found_in(path.read_bytes()) == set(), path.name


def test_the_stash_comes_back_to_its_author_sealed(sown: Service, child: Child) -> None:
    with sown.at("Bo") as desk:
        session = Session(desk, Settings(), sown.opener.local_data)
        session.take_back()
        assert not session.drafts.waiting
        case = child(desk).case.id
        rows = desk.vault.whole.raw.execute("SELECT text FROM draft").fetchall()
        assert found_in(repr(rows).encode()) == set()
        back = compartments.SealedDrafts(desk).found(
            sealed_drafts.prefix(case, CompartmentName.THERAPY, "to-x")
        )
        assert planted(STASHED, CompartmentName.THERAPY, "words") in {draft.text for draft in back.values()}
        assert not stash.take(
            sown.opener.local_data,
            desk.vault.vault_id,
            desk.vault.practitioner,
            desk.vault.opened.own.identity,
        )
        session.runner.close()


def test_nothing_is_in_what_any_verb_tells_somebody_who_holds_nothing(sown: Service, child: Child) -> None:
    sown.join("Nia", "navigator")
    with sown.at("Nia") as desk:
        file = child(desk)
        said = [
            repr(file),
            repr(histories.changes(desk, file)),
            repr(histories.looks(desk, file)),
            repr(children(desk)),
            repr(case_list(desk)),
            repr(as_json(desk, file)),
            repr(tasks.open_tasks(desk)),
            repr(resuming.carry_on(desk)),
            repr(resuming.recent_cases(desk)),
            repr([notes.entries(desk, file, name) for name in CompartmentName]),
            repr([notes.left_behind(desk, file, name) for name in CompartmentName]),
            repr([compartments.place(desk, file, name) for name in CompartmentName]),
            repr([find_children(desk, word) for word in EVERY]),
            repr([desk.vault.finder.find(word, ["person", "case", "team-member"]) for word in EVERY]),
            repr(desk.vault.drafts()),
        ]
        for entry in [one for name in CompartmentName for one in notes.entries(desk, file, name)]:
            try:
                said.append(repr(notes.open_entry(desk, file, entry.id, "curious")))
            except DeskError as refused:
                said.append("".join(traceback.format_exception(refused)))
    assert found_in("\n".join(said).encode()) == set()


def test_nothing_is_in_any_command_print_or_export_even_of_somebody_who_holds_it(
    sown: Service,
    child: Child,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = tmp_path / "secret.txt"
    with sown.at("Ada") as desk:
        file = child(desk)
        shape = PlanShape(
            goals=[GoalShape(need="school", words="Art club", actions=[ActionShape(what="Ask")])]
        )
        planning.import_plan(desk, file, shape)
        exported = assessment_files.export_answers(desk, child(desk))
    code = file.code
    commands = [
        ["case", "list"], ["case", "show", code], ["plan", "show", code], ["checklist", "show", code],
        ["consent", "show", code], ["vault", "check"],
    ]  # fmt: skip
    for who in ("Ada", "Bo", "Mo"):
        secret.write_text(sown.secret(who))
        for words in commands:
            for form in ([], ["--json"]):
                argv = [*words, "--vault", str(sown.folder), "--passphrase-file", str(secret), *form]
                cli.main(argv, opener=sown.opener)
        for edition in ("professional", "child", "easy-read", "large-print"):
            out = tmp_path / f"{who}-{edition}.pdf"
            cli.main(
                ["plan", "print", code, "--edition", edition, "--home-safe", "yes", "--out", str(out),
                 "--vault", str(sown.folder), "--passphrase-file", str(secret)],
                opener=sown.opener,
            )  # fmt: skip
    said = capsys.readouterr()
    assert code in said.out
    assert found_in((said.out + said.err + caplog.text).encode()) == set()
    prints = sorted(tmp_path.glob("*.pdf"))
    assert prints
    for made in prints:
        document = pypdfium2.PdfDocument(made.read_bytes())
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        assert found_in(text.encode()) == set()
    assert json.loads(exported)
    assert found_in(exported) == set()


def test_a_draft_of_a_sealed_field_is_refused_in_clear_text(sown: Service, child: Child) -> None:
    with sown.at("Bo") as desk:
        key = f"{sealed_drafts.prefix(child(desk).case.id, CompartmentName.THERAPY, notes.NEW)}/words"
        with pytest.raises(ValueError, match="never kept in clear text"):
            desk.vault.keep_draft(key, "in clear", 0)


def test_the_widgets_of_the_page_hold_nothing_that_was_not_opened(
    sown: Service, child: Child, qapp: QApplication
) -> None:
    from PySide6.QtWidgets import QLabel, QPlainTextEdit

    from csa_desk.ui import pages

    apply_look(qapp, "light")
    with sown.at("Ada") as desk:
        session = Session(desk, Settings(), sown.opener.local_data)
        for page in ("notes", "history", "overview", "today"):
            made = pages.build(session, Place(page, child(desk).code))
            held = [label.text() + label.accessibleName() for label in made.findChildren(QLabel)]
            held += [edit.toPlainText() for edit in made.findChildren(QPlainTextEdit)]
            assert found_in("\n".join(held).encode()) == set()
            made.deleteLater()
        session.runner.close()
