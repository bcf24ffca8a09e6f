"""Where the practitioner stopped: the words half written last, else the next open thing of the last child opened."""

from dataclasses import dataclass

from csa_desk.casework.answers import Standing, view
from csa_desk.casework.casefile import CaseFile, load
from csa_desk.casework.compartments import SealedDrafts
from csa_desk.casework.desk import Desk
from csa_desk.casework.rights import Right, needs
from csa_desk.records.cases import Case
from csa_desk.store.drafts import Draft
from csa_desk.store.sealed_drafts import AREA

# Second part of a draft's key → the page it was typed on.
_AREAS = {
    "goal": "plan",
    "action": "plan",
    "plan": "plan",
    "plan-view": "plan",
    "stage": "therapy",
    "therapy-step": "therapy",
    "team": "team",
    "consent": "consent",
    "withdraw": "consent",
    "therapy": "therapy",
    "task": "overview",
    "access": "access",
    AREA: "notes",
    "holders": "notes",
    "opening": "notes",
}


@dataclass(frozen=True, slots=True)
class CarryOn:
    """A place to go on: what it is in words, and page, case code, item and field to go to."""

    title: str
    about: str
    page: str
    case: str
    item: str = ""
    field: str = ""
    cursor: int = 0


@needs(Right.OPEN_FILES)
def carry_on(desk: Desk) -> CarryOn | None:
    """Where to go on; ``None`` where nothing was begun yet."""
    return _half_written(desk) or _next_open(desk)


@needs(Right.OPEN_FILES)
def recent_cases(desk: Desk, limit: int = 12) -> list[Case]:
    """The cases this practitioner opened last, newest first."""
    scopes = desk.vault.read.recent_scopes(desk.vault.practitioner, limit)
    ids = [scope.removeprefix("case:") for scope in scopes if scope.startswith("case:")]
    found = desk.vault.read.by_ids(Case, ids)
    return [found[number] for number in ids if number in found and not found[number].removed]


def _half_written(desk: Desk) -> CarryOn | None:
    """The draft written last that belongs to a child; drafts are named ``CASE/AREA/…/FIELD``."""
    drafts = sorted(SealedDrafts(desk).found("").values(), key=_last_typed, reverse=True)
    for draft in drafts:
        case_id, _, rest = draft.key.partition("/")
        case = desk.vault.read.get(Case, case_id) if rest else None
        if case is None or case.removed or not draft.text.strip():
            continue
        file = load(desk.vault.read, case)
        parts = rest.split("/")
        sections = {item.id: item.section for item in desk.packs.assessment.question}
        for place, part in enumerate(() if parts[0] == AREA else parts):
            if part in sections:
                field = "/".join(parts[max(0, place - 1) :])
                where = _section_title(desk, file, sections[part])
                return CarryOn(
                    f"{_whose(file)} assessment",
                    f"{where}. One answer is half written.",
                    "section",
                    file.code,
                    sections[part],
                    field,
                    draft.cursor,
                )
        page = _AREAS.get(parts[0], "overview")
        what = {"plan": "plan", "team": "team", "consent": "consent", "notes": "notes"}.get(page, "file")
        return CarryOn(
            f"{_whose(file)} {what}",
            "Something is half written.",
            page,
            file.code,
            parts[1] if parts[0] == AREA else "",
            parts[-1],
            draft.cursor,
        )
    return None


def _last_typed(draft: Draft) -> tuple[str, int]:
    """When it was written; of a form that is kept as a whole, the field with the cursor in it."""
    return draft.time, draft.cursor


def _next_open(desk: Desk) -> CarryOn | None:
    """The first open question of the child opened last; nothing for who may not answer."""
    if not desk.may(Right.ASSESS):
        return None
    for case in recent_cases(desk, 3):
        file = load(desk.vault.read, case)
        shown = view(desk, file)
        first = shown.first_open()
        if first is None:
            continue
        section, question = first
        open_now, check = section.count(Standing.OPEN), section.count(Standing.TO_CHECK)
        return CarryOn(
            f"{_whose(file)} assessment",
            f"{section.title}. {_open_words(open_now, check)}",
            "section",
            file.code,
            section.section.id,
            question.key,
        )
    return None


def _open_words(open_now: int, check: int) -> str:
    parts = []
    if open_now:
        parts.append("One question open" if open_now == 1 else f"{open_now} questions open")
    if check:
        parts.append(f"{check} to check")
    return ", ".join(parts) + "."


def _whose(file: CaseFile) -> str:
    return f"{file.called}’s"


def _section_title(desk: Desk, file: CaseFile, section: str) -> str:
    found = view(desk, file).section(section)
    return found.title if found is not None else "Assessment"
