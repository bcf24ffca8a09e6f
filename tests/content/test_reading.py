"""Packs are read strictly, one by one, once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.content.models import SHAPES, Basis, Condition, Unit, say
from csa_desk.content.reading import Packs
from csa_desk.errors import ContentError, DeskError

Change = Callable[[str, str, str], None]


@pytest.mark.parametrize("name", SHAPES)
def test_every_pack_is_read_by_its_name(folder: Path, name: str) -> None:
    pack = getattr(Packs(folder), name)
    assert isinstance(pack, SHAPES[name])
    assert pack.pack.id == name


def test_a_pack_is_read_when_first_asked_for_and_only_then(folder: Path) -> None:
    packs = Packs(folder)
    first = packs.needs
    (folder / "needs.toml").unlink()
    (folder / "roles.toml").unlink()
    assert packs.needs is first
    with pytest.raises(ContentError, match=r"^roles\.toml: the file is not there$"):
        _ = packs.roles


@pytest.mark.parametrize(
    ("pack", "old", "new", "said"),
    [
        (
            "assessment",
            'type = "scale"',
            'type = "slider"',
            (
                "assessment.toml, school-safe: in type: “slider” is none of short-text, long-text, one-of, many-of, "
                "yes-no, date, scale, person, agency"
            ),
        ),
        ("needs", 'icon = "house-line"', 'icon = "home', "needs.toml, line 43: Illegal character '\\n'"),
        ("needs", 'icon = "house-line"', 'icon = """home', "needs.toml, the last line: Unterminated string"),
        ("needs", 'id = "needs"', 'id = "wants"', "needs.toml, pack: the id is “wants”, not “needs”"),
        ("stages", "[[point]]", "[[points]]", "stages.toml: the key “point” is missing"),
        (
            "settings",
            "version = 1",
            "version = 0",
            "settings.toml, pack: in version: “0” is not a whole number from 1",
        ),
        (
            "settings",
            "as_at = 2026-11-22",
            "as_at = 2026",
            "settings.toml, pack: in as_at: must be a date, as 2026-11-22, not a whole number",
        ),
        (
            "settings",
            'title.en = "A',
            'title.english = "A',
            "settings.toml, review: in title: “english” is not a language of two letters, such as en",
        ),
    ],
)
def test_a_broken_pack_names_file_item_and_fault(
    folder: Path, change: Change, pack: str, old: str, new: str, said: str
) -> None:
    change(pack, old, new)
    with pytest.raises(DeskError) as caught:
        getattr(Packs(folder), pack)
    assert str(caught.value) == said


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    text = (folder / "needs.toml").read_text("utf-8").replace("Where you live", "Where you live, Siân")
    (folder / "needs.toml").write_text(text, "latin-1")
    with pytest.raises(ContentError, match=r"^needs\.toml: the file is not UTF-8 text$"):
        _ = Packs(folder).needs


def test_a_folder_in_the_place_of_a_file_is_refused(folder: Path) -> None:
    (folder / "needs.toml").unlink()
    (folder / "needs.toml").mkdir()
    with pytest.raises(ContentError, match=r"^needs\.toml: the file cannot be read \("):
        _ = Packs(folder).needs


def test_words_are_said_in_the_language_asked_for_or_in_english() -> None:
    text = {"en": "School", "cy": "Ysgol"}
    assert say(text) == "School"
    assert say(text, "cy") == "Ysgol"
    assert say(text, "pl") == "School"


def test_what_was_read_at_the_source_is_stronger_than_what_was_not() -> None:
    assert [basis.strength for basis in Basis] == [3, 3, 3, 2, 1, 1]


def test_a_condition_gives_every_test_within_it(folder: Path) -> None:
    asked = {question.id: question.when for question in Packs(folder).assessment.question}
    condition = asked["school-safe"]
    assert isinstance(condition, Condition)
    assert [(test.question, test.is_, test.has) for test in condition.tests()] == [
        ("school-kind", ("primary",), condition.is_),
        ("school-help", condition.is_, ("break",)),
    ]


def test_a_figure_is_given_in_the_unit_it_counts(folder: Path) -> None:
    settings = Packs(folder).settings
    assert settings.value("review", Unit.DAYS) == 84
    with pytest.raises(KeyError):
        settings.value("review", Unit.WORKING_DAYS)
