"""What the steps of a form say that nobody opened: the form's own values, so that whoever changes one thing need not walk
through all of it."""

from collections.abc import Iterator
from typing import assert_never

from adapters.discord.dialogs import Begun, Kept
from adapters.discord.forms import steps_of
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormField,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.meanwhile import marks_of


def may_stay(form: Form, done: int) -> bool:
    """Whether all that is still to come may stay as it is. ``done``: how many steps are behind."""
    return all(not _required(field) or bool(_value(field)) for field in _to_come(form, done))


def with_the_rest(form: Form, begun: Begun) -> Begun:
    """All of the form, with what is still to come as it stands there now."""
    left = [field for field in _to_come(form, begun.step) if field.key not in begun.values]
    marks = marks_of(form)
    return Begun(
        {**begun.values, **{field.key: _value(field) for field in left}},
        {**begun.seen, **{field.key: marks[field.key] for field in left if field.key in marks}},
        len(steps_of(form)),
        begun.card,
    )


def _to_come(form: Form, done: int) -> Iterator[FormField]:
    return (field for fields in steps_of(form)[done:] for field in fields)


def _required(field: FormField) -> bool:
    return not isinstance(field, CheckField) and field.required


def _value(field: FormField) -> Kept:
    match field:
        case TextField(value=text):
            return text
        case ListField(value=entries):
            return "\n".join(entries)
        case ChoiceField(value=chosen):
            return chosen
        case CheckField(value=checked):
            return "on" if checked else ""
        case DateField(value=day):
            return "" if day is None else day.isoformat()
        case MemberField() | FileField():
            return ""
        case _:
            assert_never(field)
