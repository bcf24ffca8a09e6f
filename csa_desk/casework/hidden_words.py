"""The words that a removal hid, as whoever decides about it reads them: by question and field, without ids or codes."""

import re
from collections.abc import Iterator
from typing import Any

from csa_desk.casework.answers import value_in_words
from csa_desk.casework.compartments import TITLES, name_of
from csa_desk.casework.desk import Desk
from csa_desk.casework.histories import local
from csa_desk.casework.history_words import RECORDS, plainly
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.wording import Speech
from csa_desk.content.models import Question, say
from csa_desk.records.assessment import Answer, AnswerState
from csa_desk.records.dates import spoken
from csa_desk.records.keeping import PROOF
from csa_desk.records.kinds import KINDS
from csa_desk.records.sealed import SealedEntry
from csa_desk.store import decisions
from csa_desk.store.decisions import Decision
from csa_desk.store.engine import plain_words
from csa_desk.store.replay import FRAME, read_json

STAYS_SEALED = "Sealed, and it stays sealed: you cannot read it here"
_NEVER_SHOWN = frozenset({*FRAME, "removed", "id", "by", "place", "category", "heads", "code", "child"})
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@needs(Right.LOOK_UP)
def hidden_words(desk: Desk, found: Decision) -> Iterator[tuple[str, str]]:
    """Field and words, in the order of history."""
    teller = _Teller(desk)
    rows = sorted(decisions.values_of(desk.vault.whole.raw, found), key=_answer_first)
    for _, name, kind, record, text in rows:
        if name not in _NEVER_SHOWN and kind in KINDS and kind not in PROOF:
            said = teller.said(kind, name, record, read_json(text))
            if said:
                yield teller.label(kind, name, record), said


def _answer_first(row: tuple[int, str, str, str, str]) -> tuple[int, bool]:
    """In the order of history; of one answer what was said, then who said it and how."""
    return row[0], row[1] != "value"


class _Teller:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._speech = Speech("the child")
        self._questions = {
            name: item for item in desk.packs.assessment.question for name in (item.id, *item.same_as)
        }

    def label(self, kind: str, name: str, record: str) -> str:
        if kind == Answer.KIND and name in ("value", "state"):
            question = self._question(record)
            if question is not None:
                return self._speech.fill(say(question.text), subject_name="they")
        known = RECORDS.get(kind)
        if known is None:
            return plainly(name)
        label = known.fields.get(name, ("", "text"))[0]
        return f"{known.title}: {label}" if label else known.title

    def said(self, kind: str, name: str, record: str, value: Any) -> str:
        if kind == SealedEntry.KIND and name == "content":
            return STAYS_SEALED
        if kind == Answer.KIND and name == "state":
            return "" if value == AnswerState.ANSWERED else plainly(str(value))
        if kind == Answer.KIND and name == "value":
            question = self._question(record)
            if question is not None and value is not None:
                return value_in_words(question, value, self._speech)
        known = RECORDS.get(kind)
        how = known.fields.get(name, ("", "text"))[1] if known is not None else "text"
        return self._plain(value, how)

    def _plain(self, value: Any, how: str) -> str:
        if isinstance(value, bool) or value is None:
            return ""
        if isinstance(value, dict):
            return str(value.get("name", ""))
        if isinstance(value, list):
            return ", ".join(filter(None, (self._plain(one, how) for one in value)))
        said = str(value)
        if not said:
            return ""
        if how == "worker":
            return name_of(self._desk.vault.whole, said)
        if _ID.fullmatch(said):
            return ""
        if how == "day":
            return spoken(said)
        if how == "moment":
            then = local(said)
            return f"{spoken(then.date().isoformat())}, {then:%H:%M}"
        if how == "place":
            return TITLES.get(said, plainly(said))
        return plainly(said) if how in ("code", "yes-no", "need", "needs", "categories") else said

    def _question(self, record: str) -> Question | None:
        """What was asked: a strike leaves it, and what a whole file hides still says it."""
        with plain_words():
            row = self._desk.vault.whole.raw.execute(
                "SELECT value FROM revision_value JOIN revision USING (seq) "
                "WHERE record = ? AND field = 'question' ORDER BY seq LIMIT 1",
                (record,),
            ).fetchone()
        return self._questions.get(str(read_json(row[0]))) if row is not None else None
