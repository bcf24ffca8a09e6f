"""Each rule that every item keeps, broken once in a real file."""

from collections.abc import Callable

import pytest

GROUND = 'source = "s1"\nfacts = ["G1.1-1"]\nbasis = "seed"\n'

CASES = {
    # shape
    "a key is missing": ("needs", 'icon = "graduation-cap"\n', "", ["school: the key “icon” is missing"]),
    "a source is missing": ("needs", 'source = "s1"\n', "", ["school: the key “source” is missing"]),
    "a category is missing": (
        "assessment",
        'category = "education"\n',
        "",
        ["at-school: the key “category” is missing"],
    ),
    "a category is not on the closed list": (
        "assessment",
        'category = "education"',
        'category = "gossip"',
        [
            (
                "at-school: in category: “gossip” is none of identity-and-contact, family, communication, health, "
                "education, safeguarding, justice, therapy-attendance, therapy-content, wishes-and-feelings, "
                "needs-and-plan, protected-characteristics"
            )
        ],
    ),
    "what a need tells is missing": (
        "needs",
        '[need.tells]\ncategory = "education"\nsource = "csa-desk"\nfacts = []\nbasis = "ours"\n',
        "",
        ["school: the key “tells” is missing"],
    ),
    "what a need tells has no ground": (
        "needs",
        'category = "education"\nsource = "csa-desk"',
        'category = "education"\nsource = "s99"',
        [
            "school: in tells: the source “s99” is not in sources.toml",
            "school: in tells: names no fact, so its basis must be “ours” and its source “csa-desk”",
        ],
    ),
    "a key is not known": (
        "needs",
        "order = 1",
        "order = 1\ncolour = 3",
        ["school: the key “colour” is not known here"],
    ),
    "a value is of the wrong kind": (
        "needs",
        "order = 1",
        'order = "1"',
        ["school: in order: must be a whole number, not text"],
    ),
    "an item has two faults and both are named": (
        "needs",
        'child.en = "School and learning"\nicon = "graduation-cap"\n',
        "child.en = 3\n",
        [
            "school: the key “icon” is missing",
            "school: in child.en: must be text, not a whole number",
        ],
    ),
    "an id is not written as ids are": (
        "outcomes",
        'id = "trust"',
        'id = "Trust Me"',
        ["Trust Me: in id: “Trust Me” is not lower-case letters, digits and single hyphens"],
    ),
    "an item has no id": ("outcomes", 'id = "trust"\n', "", ["outcome 1: the key “id” is missing"]),
    "a pack is named for another file": (
        "needs",
        'id = "needs"',
        'id = "wants"',
        ["pack: the id is “wants”, not “needs”"],
    ),
    "a table is written once instead of as a list": (
        "outcomes",
        "[[outcome]]",
        "[outcome]",
        [": “outcome” must be written as [[outcome]]"],
    ),
    "a header is not all there": ("outcomes", "version = 1\n", "", ["pack: the key “version” is missing"]),
    "a condition is two at once": (
        "assessment",
        'is = ["yes"]',
        'is = ["yes"], answered = true',
        [
            (
                "school-kind: in when: a condition is a question with one of is, has, answered; "
                "or one of all, any, not"
            )
        ],
    ),
    "a condition asks for nothing": (
        "assessment",
        'is = ["yes"]',
        "is = []",
        ["school-kind: in when: a condition has an empty list"],
    ),
    # dates and ids
    "a pack is to be reviewed before it was held against its sources": (
        "needs",
        "review_by = 2027-05-22",
        "review_by = 2026-11-22",
        ["pack: review_by 2026-11-22 is not after as_at 2026-11-22"],
    ),
    "an id stands twice": (
        "needs",
        'id = "home"',
        'id = "school"',
        ["school: the id stands 2 times in [[need]]"],
    ),
    "an id stands in two tables of a pack": (
        "pretrial_therapy",
        'id = "report-listen"',
        'id = "now"',
        ["now: the id stands in [[position]] and in [[item]]"],
    ),
    "same_as names an item of today": (
        "assessment",
        'same_as = ["old-help"]',
        'same_as = ["at-school"]',
        ["school-help: same_as names “at-school”, which is an item of today"],
    ),
    "two items were once the same": (
        "assessment",
        'jurisdictions = ["england"]\nsubject',
        'jurisdictions = ["england"]\nsame_as = ["old-help"]\nsubject',
        [
            "school-help: same_as names “old-help”, as another item does",
            "school-safe: same_as names “old-help”, as another item does",
        ],
    ),
    # grounds
    "a source is not listed": (
        "needs",
        'source = "s1"',
        'source = "s9"',
        ["school: the source “s9” is not in sources.toml"],
    ),
    "the source of a line is not listed": (
        "roles",
        'soon."\nsource = "s1"',
        'soon."\nsource = "s9"',
        ["clinic: in does 1: the source “s9” is not in sources.toml"],
    ),
    "a fact is not known": (
        "needs",
        'facts = ["G1.1-1"]',
        'facts = ["G9.9-9"]',
        ["school: the fact G9.9-9 is not in facts.toml"],
    ),
    "a fact stands twice": (
        "needs",
        'facts = ["G1.1-1"]',
        'facts = ["G1.1-1", "G1.1-1"]',
        ["school: names the fact G1.1-1 2 times"],
    ),
    "the basis is stronger than the weakest fact": (
        "assessment",
        'basis = "secondary"',
        'basis = "official"',
        ["school-safe: the basis “official” is stronger than the fact G1.1-2, which is “secondary”"],
    ),
    "the basis of a line is stronger than its fact": (
        "needs",
        'basis = "unverified"',
        'basis = "seed"',
        ["school: in prompt 1: the basis “seed” is stronger than the fact G1.1-3, which is “unverified”"],
    ),
    "no fact is named for what is not our own": (
        "needs",
        'facts = ["G1.1-1"]\nbasis = "seed"',
        'facts = []\nbasis = "ours"',
        ["school: names no fact, so its basis must be “ours” and its source “csa-desk”"],
    ),
    "no fact is named and the basis is not ours": (
        "settings",
        'basis = "ours"',
        'basis = "official"',
        ["review: names no fact, so its basis must be “ours” and its source “csa-desk”"],
    ),
    "a source is not one that the facts come from": (
        "needs",
        'source = "s1"',
        'source = "csa-desk"',
        ["school: the source “csa-desk” is none of those its facts come from: s1"],
    ),
    "an item holds where its pack does not": (
        "assessment",
        'jurisdictions = ["england", "wales"]',
        'jurisdictions = ["wales"]',
        ["school-safe: “england” is not among the jurisdictions of the pack"],
    ),
    "a fact names no source": ("facts", 'sources = ["s1"]', "sources = []", ["G1.1-0: names no source"]),
    "a fact names a source that is not listed": (
        "facts",
        'sources = ["s1"]',
        'sources = ["s9"]',
        ["G1.1-0: the source “s9” is not in sources.toml"],
    ),
    "a source that was read in part does not say which": (
        "sources",
        'note.en = "Its pictures were not seen."\n',
        "",
        ["s1: is read “part” and has no note that says what was not read"],
    ),
    # words
    "a text has no English": (
        "needs",
        'short.en = "School"',
        'short.cy = "Ysgol"',
        ["school: in short: there are no English words"],
    ),
    "a text is empty": (
        "needs",
        'short.en = "School"',
        'short.en = " "',
        ["school: in short.en: must be some words"],
    ),
    "a placeholder is not known": (
        "needs",
        "{name} trusts",
        "{child} trusts",
        ["school: in prompt 1, text: the placeholder {child} is not one of name, their, them, they"],
    ),
    "a print has a placeholder that only questions have": (
        "print",
        "The plan {name} made",
        "The plan {they} made",
        [
            (
                "title-child: in text: the placeholder {they} is not one of agency, date, name, number, "
                "practitioner, service"
            )
        ],
    ),
    "a brace is left open": (
        "needs",
        "{name} trusts",
        "{name trusts",
        ["school: in prompt 1, text: a brace has no partner"],
    ),
    "an older name has a placeholder": (
        "roles",
        'formerly.en = ["Surgery"]',
        'formerly.en = ["{old}"]',
        ["clinic: in formerly: the placeholder {old} is not one of name, their, them, they"],
    ),
    "a child's copy of a need says victim": (
        "needs",
        "Where you live",
        "Where victims live",
        ["home: in child: “victim” where a child may read it"],
    ),
    "a way of asking says victim": (
        "assessment",
        "Draw how school feels.",
        "Draw the Victim.",
        ["school-safe: in ask_as 1, text: “victim” where a child may read it"],
    ),
    "a child's print says victim": (
        "print",
        '"My plan"',
        '"My victim plan"',
        ["title-child-young: in text: “victim” where a child may read it"],
    ),
    "a print for every edition says victim": (
        "print",
        '"Copy {number}',
        '"Victim copy {number}',
        ["footer: in text: “victim” where a child may read it"],
    ),
    "two titles say the same": (
        "needs",
        "Shelter and accommodation",
        "Education, Skills, and employment.",
        ["home: says the same as “school”: Education, Skills, and employment."],
    ),
    "two questions say the same": (
        "assessment",
        "Since when?",
        "Does {name} go to school",
        ["school-since: says the same as “at-school”: Does {name} go to school"],
    ),
    "two lines say the same": (
        "stages",
        'child.en = "You were asked"\npoint = "start"',
        'child.en = "You were asked"\npoint = "start"\n[[stage.prompt]]\ntext.en = "The day of the report."\n'
        + GROUND,
        ["interview: says the same as “report”: The day of the report."],
    ),
    "one item says the same twice": (
        "roles",
        "I do not wait for a trial.",
        "I see a child, soon",
        ["clinic: says twice: i see a child soon"],
    ),
    "two wordings of a slot say the same": (
        "print",
        "The plan {name} made",
        "My plan",
        ["title-child: says the same as “title-child-young”: My plan"],
    ),
}


@pytest.mark.parametrize(("pack", "old", "new", "faults"), CASES.values(), ids=CASES)
def test_it_is_a_fault_when(
    faults_after: Callable[[str, str, str], list[str]], pack: str, old: str, new: str, faults: list[str]
) -> None:
    assert faults_after(pack, old, new) == faults
