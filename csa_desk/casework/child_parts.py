"""The parts of the child's own copy of the plan."""

from collections.abc import Iterator

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.desk import Desk
from csa_desk.casework.plan_needs import by_need
from csa_desk.casework.planning import actions_of
from csa_desk.casework.professional_parts import OWN_WORDS_TELL, VIEW_WORDS, lead_tells, member_tells
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.team import present
from csa_desk.content.models import say
from csa_desk.records.assessment import CHILD_SUBJECT, Source
from csa_desk.records.categories import Category
from csa_desk.records.dates import spoken
from csa_desk.records.disclosure import ActionCopy, FactCopy, GoalCopy, TeamCopy
from csa_desk.records.plan import Action, ActionStatus, Goal

# What does not stand on a paper that lies about at home, however well the child knows it.
_NOT_FOR_HOME = (Category.SAFEGUARDING, Category.JUSTICE)


@needs(Right.OPEN_FILES)
def child_agreement(desk: Desk, file: CaseFile) -> Iterator[FactCopy]:
    """What the child said of the plan, and that it was agreed; what others said of it is not in the child's copy."""
    for said in file.plan_views:
        if said.who == CHILD_SUBJECT and said.view != "not-asked":
            yield FactCopy("You", f"{VIEW_WORDS.get(said.view, said.view)} on {spoken(said.on)}")
    agreed = [item for item in file.sign_offs if item.what == "plan"]
    if agreed:
        who = desk.practitioner().name.split(" ")[0] or desk.own_service().name
        yield FactCopy(who, f"agreed on {spoken(agreed[-1].on)}")


@needs(Right.OPEN_FILES)
def child_goals(desk: Desk, file: CaseFile, *, topics_only: bool) -> Iterator[GoalCopy]:
    """The child's goals in the child's words; a topic of which nothing is in words for the child is left out."""
    for need, goals in by_need(desk, file):
        mine = [item for item in goals if item.subject == CHILD_SUBJECT]
        if topics_only:
            if mine:
                yield GoalCopy(need=say(need.child), words="", said="", actions=())
            continue
        for goal in mine:
            words = goal.words if goal.source == Source.CHILD else ""
            actions = tuple(
                _child_action(desk, action)
                for action in _for_child(desk, file, goal)
                if action.child_words.strip()
            )
            if words or actions:
                yield GoalCopy(need=say(need.child), words=words, said="", actions=actions)


@needs(Right.OPEN_FILES)
def unworded(desk: Desk, file: CaseFile) -> Iterator[Action]:
    """Actions that the child's copy would hold if there were words for the child: those of others never stand in."""
    for _, goals in by_need(desk, file):
        for goal in goals:
            if goal.subject == CHILD_SUBJECT:
                yield from (one for one in _for_child(desk, file, goal) if not one.child_words.strip())


def _for_child(desk: Desk, file: CaseFile, goal: Goal) -> Iterator[Action]:
    for action in actions_of(file, goal):
        open_to_child = action.category not in _NOT_FOR_HOME
        if (
            open_to_child
            and lead_tells(desk, file, action) != (Category.JUSTICE,)
            and action.status != ActionStatus.STOPPED
        ):
            yield action


def _child_action(desk: Desk, action: Action) -> ActionCopy:
    """A day stands only where it is still to come."""
    return ActionCopy(
        what=action.child_words,
        lead=called(action.lead_name),
        by_when=spoken(action.by_when) if action.by_when >= desk.today else "",
        status="",
        done=action.status == ActionStatus.DONE,
    )


# Words before a name that are no name: a child is told "Dr Amin", not "Dr".
_TITLES = ("dc", "dr", "ds", "di", "miss", "mr", "mrs", "ms", "mum", "dad", "nan", "pc", "prof", "wpc")


def called(name: str) -> str:
    """What a child calls somebody: the first name, or a title with the name it belongs to."""
    words = name.split(" (")[0].split()
    if words and words[0].rstrip(".").casefold() in _TITLES:
        return " ".join(words)
    return words[0] if words else ""


@needs(Right.OPEN_FILES)
def child_team(desk: Desk, file: CaseFile) -> Iterator[TeamCopy]:
    for member in present(desk, file):
        tells = member_tells(desk, member)
        if tells == OWN_WORDS_TELL:
            if not member.name:  # of somebody whose role nobody can sort the agency may say too much
                continue
        elif set(tells) & set(_NOT_FOR_HOME):
            continue
        yield TeamCopy(
            name=member.name or member.agency_name,
            role="",  # a role names what the help is for, to anybody who finds the paper
            agency="",
            outcome="",
            since="",
        )
