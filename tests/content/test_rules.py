"""Each rule of the content packs, broken once in a real file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from csa_desk.content.checking import Fault, check

Change = Callable[[str, str, str], None]


def test_sound_packs_have_no_fault(folder: Path) -> None:
    assert check(folder) == []


GROUND = 'source = "s1"\nfacts = ["G1.1-1"]\nbasis = "seed"\n'
OWN = 'source = "csa-desk"\nfacts = []\nbasis = "ours"\n'
POSITION = f'[[position]]\nid = "first"\nversion = 1\n{GROUND}title.en = "At first"\n'

CASES = {
    # shape
    "a key is missing": ("needs", 'icon = "school"\n', "", ["school: the key “icon” is missing"]),
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
            "at-school: in category: “gossip” is none of identity-and-contact, family, communication, health, "
            "education, safeguarding, justice, therapy-attendance, therapy-content, wishes-and-feelings, "
            "needs-and-plan, protected-characteristics"
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
        'icon = "school"\n[[need.prompt]]\ntext.en = "Ask who {name} trusts at school."',
        "[[need.prompt]]\ntext.en = 3",
        [
            "school: the key “icon” is missing",
            "school: in prompt 1, text.en: must be text, not a whole number",
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
            "school-kind: in when: a condition is a question with one of is, has, answered; "
            "or one of all, any, not"
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
        "assessment",
        'id = "learning"',
        'id = "at-school"',
        ["at-school: the id stands in [[section]] and in [[question]]"] + ["SECTION"] * 5,
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
    "an item holds where its pack does not": (
        "assessment",
        'jurisdictions = ["england", "wales"]',
        'jurisdictions = ["wales"]',
        ["school-safe: “england” is not among the jurisdictions of the pack"],
    ),
    "a fact names no source": ("facts", 'sources = ["s1"]', "sources = []", ["G1.1-1: names no source"]),
    "a fact names a source that is not listed": (
        "facts",
        'sources = ["s1"]',
        'sources = ["s9"]',
        ["G1.1-1: the source “s9” is not in sources.toml"],
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
            "title-child: in text: the placeholder {they} is not one of agency, date, name, number, "
            "practitioner, service"
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
    # roles, stages, figures
    "a group is not there": (
        "roles",
        'group = "health"',
        'group = "care"',
        ["clinic: group names the group “care”, which is not there"],
    ),
    "a commissioner is not there": (
        "roles",
        'commissioned_by = ["board"]',
        'commissioned_by = ["crown"]',
        ["clinic: commissioned_by names the role “crown”, which is not there"],
    ),
    "a role commissions itself": (
        "roles",
        'commissioned_by = ["board"]',
        'commissioned_by = ["clinic"]',
        ["clinic: is commissioned by itself"],
    ),
    "a point is not there": (
        "stages",
        'point = "start"',
        'point = "end"',
        ["report: point names the point “end”, which is not there"],
    ),
    "two stages have one code": (
        "stages",
        'code = "2"',
        'code = "1"',
        ["interview: has the code 1, as “report” has"],
    ),
    "a figure counts nothing": (
        "settings",
        "value = 84",
        "value = 0",
        ["review: the value is 0; it must be 1 or more"],
    ),
    # the assessment
    "a section is not there": (
        "assessment",
        'section = "learning"',
        'section = "play"',
        ["at-school: section names the section “play”, which is not there"],
    ),
    "a need is not there": (
        "assessment",
        'need = "school"',
        'need = "work"',
        ["learning: need names the need “work”, which is not there"],
    ),
    "a current section speaks to a need of the past": (
        "needs",
        'status = "current"',
        'status = "superseded"',
        ["assessment.toml, learning: need names the need “school”, which is superseded"],
    ),
    "a condition stands on a question that is not there": (
        "assessment",
        'question = "at-school"',
        'question = "at-work"',
        ["school-kind: when names the question “at-work”, which is not there"],
    ),
    "a condition stands on a question of the past": (
        "assessment",
        'status = "current"\nsubject = "child"\ncategory = "education"\ntype = "yes-no"',
        'status = "superseded"\nsubject = "child"\ncategory = "education"\ntype = "yes-no"',
        ["school-kind: when names the question “at-school”, which is superseded"],
    ),
    "a condition asks for an answer that is not offered": (
        "assessment",
        'is = ["yes"]',
        'is = ["yes", "maybe"]',
        ["school-kind: when asks “at-school” for “maybe”, which is not one of its answers"],
    ),
    "a condition asks for an option that is not there": (
        "assessment",
        'has = ["break"]',
        'has = ["sweets"]',
        ["school-safe: when asks “school-help” for “sweets”, which is not one of its answers"],
    ),
    "a condition asks what many answers are": (
        "assessment",
        'has = ["break"]',
        'is = ["break"]',
        ["school-safe: when asks what “school-help” is, but it has many answers: write has"],
    ),
    "a condition asks what one answer has": (
        "assessment",
        'is = ["yes"]',
        'has = ["yes"]',
        ["school-kind: when asks what “at-school” has, but it has one answer: write is"],
    ),
    "a condition asks a scale for a value": (
        "assessment",
        'question = "school-safe", answered = true',
        'question = "school-safe", is = ["3"]',
        [
            "school-since: when asks “school-safe” for a value, but it is “scale” and can only be answered or not"
        ],
    ),
    "a condition stands on its own question": (
        "assessment",
        'question = "school-safe", answered = true',
        'question = "school-since", answered = true',
        ["school-since: the conditions turn in a circle: school-since → school-since"],
    ),
    "conditions turn in a circle": (
        "assessment",
        'question = "at-school", is = ["yes"]',
        'any = [{ question = "at-school", is = ["yes"] }, { question = "school-since", answered = true }]',
        [
            "school-kind: the conditions turn in a circle: school-kind → school-since → school-safe → school-kind"
        ],
    ),
    "a choice has one option": (
        "assessment",
        '[[question.option]]\nid = "secondary"\ntext.en = "Secondary"\n',
        "",
        ["school-kind: is “one-of” but has fewer than two options"],
    ),
    "a question without a choice has options": (
        "assessment",
        'type = "one-of"',
        'type = "short-text"',
        [
            "school-kind: is “short-text” but has options",
            "school-safe: when asks “school-kind” for a value, but it is “short-text” and can only be answered or not",
        ],
    ),
    "an option stands twice": (
        "assessment",
        'id = "friend"',
        'id = "break"',
        ["school-help: the option “break” stands 2 times"],
    ),
    "two options say the same": (
        "assessment",
        'text.en = "A friend"',
        'text.en = "a break"',
        ["school-help: 2 options say the same: a break"],
    ),
    "a scale has no end": (
        "assessment",
        'low.en = "Not at all"\n',
        "",
        ["school-safe: is a scale but has no “low”"],
    ),
    "a date has the end of a scale": (
        "assessment",
        "partial = true",
        'partial = true\nhigh.en = "Late"',
        ["school-since: is “date” but has “high”"],
    ),
    "a scale may be partly known": (
        "assessment",
        'low.en = "Not at all"',
        'partial = true\nlow.en = "Not at all"',
        ["school-safe: is “scale”, so “partial” has no meaning"],
    ),
    # pre-trial therapy
    "a superseded position does not name what replaced it": (
        "pretrial_therapy",
        'replaced_by = "now"\n',
        "",
        ["wait: is superseded but has no replaced_by"],
    ),
    "a position is replaced by one that is not there": (
        "pretrial_therapy",
        'replaced_by = "now"',
        'replaced_by = "never"',
        ["wait: replaced_by names the position “never”, which is not there"],
    ),
    "a position is replaced by one that does not hold": (
        "pretrial_therapy",
        'replaced_by = "now"\n',
        'replaced_by = "first"\n\n' + POSITION + 'status = "superseded"\nreplaced_by = "now"\n',
        ["wait: replaced_by names the position “first”, which is superseded"],
    ),
    "a position that holds is replaced": (
        "pretrial_therapy",
        'title.en = "Therapy does not wait"',
        'title.en = "Therapy does not wait"\nreplaced_by = "now"',
        ["now: holds today but has replaced_by"],
    ),
    "an older rule is not there": (
        "pretrial_therapy",
        'older_rule = "wait"',
        'older_rule = "stop"',
        ["report-explain: older_rule names the position “stop”, which is not there"],
    ),
    "an older rule holds today": (
        "pretrial_therapy",
        'older_rule = "wait"',
        'older_rule = "now"',
        ["report-explain: older_rule names the position “now”, which holds today"],
    ),
    "an item is for a stage that is not there": (
        "pretrial_therapy",
        'older_rule = "wait"\n',
        f'\n[[item]]\nid = "lost"\nversion = 1\n{GROUND}status = "current"\norder = 3\nstage = "party"\n'
        'role = "therapist"\ntitle.en = "Dance"\nwhy.en = "It is fun."\n',
        ["lost: stage names the stage “party”, which is not there"],
    ),
    "an item is for a role that has no checklist": (
        "pretrial_therapy",
        'role = "ch-isva"\ntitle.en = "Listen"',
        'role = "judge"\ntitle.en = "Listen"',
        [
            "report-listen: in role: “judge” is none of therapist, ch-isva",
            "report × ch-isva: has no item, and no [[nothing]] that says so",
        ],
    ),
    "a stage has nothing for a role and does not say so": (
        "pretrial_therapy",
        'id = "report-listen"\nversion = 1\n' + GROUND + 'status = "current"',
        'id = "report-listen"\nversion = 1\n' + GROUND + 'status = "superseded"',
        ["report × ch-isva: has no item, and no [[nothing]] that says so"],
    ),
    "a stage has something for a role and says it has nothing": (
        "pretrial_therapy",
        'stage = "interview"\nrole = "ch-isva"',
        'stage = "interview"\nrole = "therapist"',
        [
            "interview × therapist: has items and also a [[nothing]]",
            "interview × ch-isva: has no item, and no [[nothing]] that says so",
        ],
    ),
    "a stage says twice that it has nothing for a role": (
        "pretrial_therapy",
        "[[nothing]]",
        f'[[nothing]]\nid = "again"\nversion = 1\n{OWN}status = "current"\nstage = "interview"\n'
        'role = "therapist"\ntext.en = "Rest."\n\n[[nothing]]',
        ["interview × therapist: has 2 [[nothing]] where one is enough"],
    ),
    # prints
    "a slot has no words for an age": (
        "print",
        'bands = ["8-12", "13-17"]',
        'bands = ["8-12"]',
        ["title: the child edition has no words here for 13-17"],
    ),
    "a wording names an age twice": (
        "print",
        'bands = ["8-12", "13-17"]',
        'bands = ["8-12", "13-17", "8-12"]',
        ["title-child: names the age band 8-12 2 times"],
    ),
}


@pytest.mark.parametrize(("pack", "old", "new", "faults"), CASES.values(), ids=CASES)
def test_it_is_a_fault_when(
    folder: Path, change: Change, pack: str, old: str, new: str, faults: list[str]
) -> None:
    change(pack, old, new)
    found = [
        str(fault).removeprefix(f"{pack}.toml, ").removeprefix(f"{pack}.toml") for fault in check(folder)
    ]
    assert found == faults


def test_all_faults_of_all_packs_are_named_at_once(folder: Path, change: Change) -> None:
    change("needs", 'icon = "school"\n', "")
    change("needs", "Where you live", "Where victims live")
    change("settings", "value = 84", "value = 0")
    change("outcomes", "[[outcome]]", "[[outcome]")
    assert check(folder) == [
        Fault("outcomes", "line 9", "Expected ']]' at the end of an array declaration"),
        Fault("needs", "school", "the key “icon” is missing"),
        Fault("needs", "home", "in child: “victim” where a child may read it"),
        Fault("settings", "review", "the value is 0; it must be 1 or more"),
    ]


def test_a_broken_item_makes_no_faults_in_what_refers_to_it(folder: Path, change: Change) -> None:
    change("stages", 'short.en = "Interview"\n', "")
    change("assessment", 'why.en = "It decides what is asked next."\n', "")
    assert [fault.item for fault in check(folder)] == ["at-school", "interview"]


def test_a_pack_that_is_not_there_is_a_fault_and_what_refers_to_it_is_not(folder: Path) -> None:
    for name in ("facts", "needs", "sources", "stages"):
        (folder / f"{name}.toml").unlink()
    assert [str(fault) for fault in check(folder)] == [
        "sources.toml: the file is not there",
        "facts.toml: the file is not there",
        "needs.toml: the file is not there",
        "stages.toml: the file is not there",
    ]


def test_a_services_own_pack_is_held_against_ours(folder: Path, change: Change, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    change("assessment", 'need = "school"', 'need = "work"')
    (folder / "assessment.toml").rename(own / "assessment.toml")
    change("outcomes", 'basis = "seed"', 'basis = "sure"')
    assert check(own, beside=folder) == [
        Fault("assessment", "learning", "need names the need “work”, which is not there")
    ]
