"""A question as a field of the form: what kind of input it takes, and its value on the screen and in the record."""

from csa_desk.casework.answers import QuestionView
from csa_desk.casework.asking import Asking
from csa_desk.content.models import Kind
from csa_desk.records.fields import Value
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec
from csa_desk.ui.widgets.form import Kind as Input
from csa_desk.ui.widgets.text_fields import PersonChoice

_INPUTS: dict[Kind, Input] = {
    Kind.SHORT_TEXT: "line",
    Kind.LONG_TEXT: "lines",
    Kind.ONE_OF: "one_of",
    Kind.MANY_OF: "many_of",
    Kind.YES_NO: "yes_no",
    Kind.DATE: "date",
    Kind.SCALE: "scale",
    Kind.PERSON: "person",
    Kind.AGENCY: "person",
}
_YES_NO = (Option("yes", "Yes"), Option("no", "No"), Option("not-known", "Not known"))


def spec_of(asking: Asking, item: QuestionView) -> FieldSpec:
    """The field for a question."""
    question = item.question
    kind = question.type
    low, high = asking.ends(item) if kind == Kind.SCALE else ("", "")
    return FieldSpec(
        item.key,
        item.text,
        _INPUTS[kind],
        hint=item.hint,
        options=_options(asking, item),
        width="full" if kind == Kind.SHORT_TEXT else "name",
        partial=question.partial,
        not_known=False,
        low=low,
        high=high,
        label_role="h2",
    )


def _options(asking: Asking, item: QuestionView) -> tuple[Option, ...]:
    match item.question.type:
        case Kind.YES_NO:
            return _YES_NO
        case Kind.ONE_OF | Kind.MANY_OF:
            return tuple(Option(key, words) for key, words in asking.options(item))
        case Kind.PERSON | Kind.AGENCY:
            return names_of(asking, item.question.type)
        case _:
            return ()


def names_of(asking: Asking, kind: Kind, words: str = "") -> tuple[Option, ...]:
    """People or agencies to offer."""
    return tuple(Option(key, name, hint) for key, name, hint in asking.names(kind, words))


def on_screen(item: QuestionView) -> object:
    """The recorded value as the field shows it; the empty value of its kind where nothing was answered."""
    value = item.answer.value if item.answer is not None else None
    match item.question.type:
        case Kind.MANY_OF:
            return tuple(str(part) for part in value) if isinstance(value, list) else ()
        case Kind.SCALE:
            return value if isinstance(value, int) else None
        case Kind.PERSON | Kind.AGENCY:
            if isinstance(value, dict):
                return PersonChoice(str(value.get("id", "")), str(value.get("name", "")))
            return PersonChoice("", "" if value is None else str(value))
        case _:
            return "" if value is None else str(value)


def to_record(value: object) -> Value:
    """What a field holds, as the record takes it; ``None`` takes an answer back."""
    if isinstance(value, PersonChoice):
        if not value.name:
            return None
        return {"id": value.key, "name": value.name} if value.key else value.name
    if isinstance(value, tuple):
        return [str(part) for part in value] or None
    if isinstance(value, int):
        return value
    return str(value) if value else None
