"""Recording what is answered on a page: one answer, one transaction; its draft goes with it."""

from PySide6.QtCore import QObject, Signal

from csa_desk.casework import family
from csa_desk.casework.assessing import Said, answer, still_right
from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.shapes import CarerShape, SiblingShape
from csa_desk.records.assessment import Answer, AnswerState
from csa_desk.records.cases import Carer, Sibling
from csa_desk.ui.pages.assessment.inputs import on_screen, to_record
from csa_desk.ui.pages.assessment.origin import OriginPanel
from csa_desk.ui.pages.assessment.people import AddPerson
from csa_desk.ui.pages.assessment.slots import Slot
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.form import Form
from csa_desk.ui.widgets.text_fields import PersonChoice


class Recorder(QObject):
    """Saves through casework; says which question to show anew, or that a save was refused."""

    recorded = Signal(str)
    refused = Signal(str)

    def __init__(self, session: Session, case: str, form: Form, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._case, self._form = session, case, form

    def value(self, slot: Slot, value: object, teller: str) -> None:
        """An answer in words, numbers or choices; an empty one takes the answer back."""
        source, name, given = slot.said_by or (teller, "", "")
        said = Said(to_record(value), source=source, source_name=name, given=given, told_on=slot.told_on)
        slot.can_undo = False
        if self._save(slot, said):
            slot.anew = False
            self.recorded.emit(slot.key)
        else:
            self._put_back(slot)

    def state(self, slot: Slot, state: str, teller: str, reason: str = "") -> None:
        """One of the three other answers. What stood there before can be brought back."""
        if slot.panel is not None:
            slot.panel.field.leave()
        before = slot.item.answer
        source, name, given = slot.said_by or (teller, "", "")
        said = Said(None, state, source, name, given, reason, slot.told_on)
        if self._save(slot, said):
            slot.before, slot.can_undo, slot.anew = before, True, False
            if slot.panel is not None:
                slot.panel.field.set_error("")
            self.recorded.emit(slot.key)

    def undo(self, slot: Slot) -> None:
        """Bring back what stood there before one of the three other answers."""
        if self._save(slot, _as_said(slot.before) if slot.before is not None else Said()):
            slot.can_undo = False
            slot.anew = slot.before is not None and slot.before.state != AnswerState.ANSWERED
            self.recorded.emit(slot.key)

    def still_right(self, slot: Slot) -> None:
        """An older answer is still right."""
        found = slot.item.answer
        if found is None or found.state != AnswerState.ANSWERED:
            return
        if self._session.attempt(still_right, self._session.desk, found) is not None:
            self.recorded.emit(slot.key)

    def origin(self, slot: Slot, part: str, value: object, teller: str) -> None:
        """Who said it, by name, how it was given, or when, was changed on the chip of one answer."""
        found = slot.item.answer
        source, name, given = slot.said_by or (
            (found.source, found.source_name, found.given) if found is not None else (teller, "", "")
        )
        words = value.name if isinstance(value, PersonChoice) else str(value)
        match part:
            case "source":
                source, name = words, ""
            case "source-name":
                name = words
            case "given":
                given = words
        slot.said_by = (source, name, given)
        if found is None and part == "told-on":
            slot.told_on = words
        if found is not None:
            told_on = words if part == "told-on" and words else found.told_on
            changed = Said(found.value, found.state, source, name, given, found.reason, told_on)
            key = f"{slot.key}/{part}"
            if not self._save(slot, changed, self._session.draft_key(self._form, key)):
                return
        self.recorded.emit(slot.key)

    def person(self, file: CaseFile, adder: AddPerson, shape: CarerShape | SiblingShape) -> str:
        """Add a carer, a brother or a sister. The subject of their answers; empty where it was refused."""
        desk, attempt = self._session.desk, self._session.attempt
        made: Carer | Sibling | None
        if isinstance(shape, CarerShape):
            made = attempt(family.add_carer, desk, file, shape)
        else:
            made = attempt(family.add_sibling, desk, file, shape)
        if made is None or adder.form is None:
            return ""
        adder.empty()
        for field in adder.form.fields:
            self._session.drop_draft(adder.form, field.key)
        return made.id

    def _save(self, slot: Slot, said: Said, draft: str = "") -> bool:
        session = self._session
        made = session.attempt(
            answer,
            session.desk,
            self._case,
            slot.item.subject,
            slot.item.question.id,
            said,
            draft=draft or session.draft_key(self._form, slot.key),
        )
        if made is None:
            self.refused.emit(slot.key)
            return False
        # Who said it is part of the answer now.
        slot.told_on = ""
        for part in OriginPanel.PARTS if slot.said_by is not None else ():
            session.drop_draft(self._form, f"{slot.key}/{part}")
        return True

    def _put_back(self, slot: Slot) -> None:
        """Nothing was saved: what was typed stays in the field, as typed and not saved, and is tried again."""
        if slot.panel is None:
            return
        field = slot.panel.field
        text, cursor = field.control.draft()
        field.set_value(on_screen(slot.item))
        if text:
            field.restore_draft(text, cursor)


def _as_said(before: Answer) -> Said:
    return Said(
        before.value,
        before.state,
        before.source,
        before.source_name,
        before.given,
        before.reason,
        before.told_on,
    )
