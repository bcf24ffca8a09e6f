"""Each rule that a pack keeps among its own items and towards the others, broken once in a real file."""

from collections.abc import Callable

import pytest

GROUND = 'source = "s1"\nfacts = ["G1.1-1"]\nbasis = "seed"\n'
OWN = 'source = "csa-desk"\nfacts = []\nbasis = "ours"\n'
POSITION = f'[[position]]\nid = "first"\nversion = 1\n{GROUND}title.en = "At first"\n'

CASES = {
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
    "an icon is not there": (
        "needs",
        'icon = "house-line"',
        'icon = "house-of-cards"',
        ["home: there is no icon called “house-of-cards” in resources/icons"],
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
        (
            f'\n[[item]]\nid = "lost"\nversion = 1\n{GROUND}status = "current"\norder = 3\nstage = "party"\n'
            'role = "therapist"\ntitle.en = "Dance"\nwhy.en = "It is fun."\n'
        ),
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
        (
            f'[[nothing]]\nid = "again"\nversion = 1\n{OWN}status = "current"\nstage = "interview"\n'
            'role = "therapist"\ntext.en = "Rest."\n\n[[nothing]]'
        ),
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
    "a step names a role that is not there": (
        "pathway",
        'leads = ["clinic"]',
        'leads = ["nobody"]',
        ["noticed: leads names the role “nobody”, which is not there"],
    ),
    "a step gives a role two parts": (
        "pathway",
        "helps = []",
        'helps = ["clinic"]',
        ["noticed: names the role “clinic” 2 times"],
    ),
    "a kind of service names a role that is not there": (
        "pathway",
        'roles = ["clinic"]',
        'roles = ["nobody"]',
        ["housing: roles names the role “nobody”, which is not there"],
    ),
    "one name stands for two kinds of service": (
        "pathway",
        'also.en = ["debt"]',
        'also.en = ["Homelessness"]',
        ["benefits: is called “Homelessness”, as “housing” is"],
    ),
    "a band of ages ends before it begins": (
        "pathway",
        "lowest = 0",
        "lowest = 5",
        ["under-5: goes from 5 to 4"],
    ),
}


@pytest.mark.parametrize(("pack", "old", "new", "faults"), CASES.values(), ids=CASES)
def test_it_is_a_fault_when(
    faults_after: Callable[[str, str, str], list[str]], pack: str, old: str, new: str, faults: list[str]
) -> None:
    assert faults_after(pack, old, new) == faults
