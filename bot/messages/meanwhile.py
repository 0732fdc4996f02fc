"""What became of a form's values while somebody had it open: whoever sends it second undoes nothing unseen.

A form goes out with a mark for each field's value, and comes back with them. What somebody left as it was shown keeps what
stands there now; what they changed and somebody else changed as well is told, and their own words stay in the form.
"""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import assert_never

from bot.errors import Phrase, phrase
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormField,
    FormInput,
    FormValue,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.reading import read_form

_LETTERS = 8
_NOTHING = "–"


def marks_of(form: Form) -> dict[str, str]:
    """A short mark for what each field shows at first; it cannot be read back."""
    return {key: _mark(value) for key, value in _at_first(form).items()}


def merged(
    form: Form, typed: Mapping[str, FormValue], seen: Mapping[str, str]
) -> tuple[dict[str, FormValue], dict[str, Phrase]]:
    """What is to be kept of a form that was shown with the marks ``seen``, and what was changed by two, by field.

    ``form`` is built from what is true now.
    """
    kept, problems = dict(typed), dict[str, Phrase]()
    now = _at_first(form)
    for field in form.fields:
        if field.key not in now or field.key not in typed or field.key not in seen:
            continue
        there, own = _mark(now[field.key]), _mark(typed[field.key])
        if there in (seen[field.key], own):
            continue
        if own == seen[field.key]:
            kept[field.key] = now[field.key]
        else:
            problems[field.key] = phrase(
                "This was changed while you had it open; it now says: {value}. Send again to put yours in its place.",
                value=_told(field, now[field.key]),
            )
    return kept, problems


def _at_first(form: Form) -> dict[str, FormValue]:
    """The values that a form shows, read back as if it were sent untouched, empty ones as well."""
    raw = {field.key: shown for field in form.fields if (shown := _shown(field)) is not None}
    free = tuple(field if isinstance(field, CheckField) else replace(field, required=False) for field in form.fields)
    values, _ = read_form(replace(form, fields=free), raw)
    return {key: value for key, value in values.items() if key in raw}


def _shown(field: FormField) -> FormInput | None:
    match field:
        case TextField() | ListField() | ChoiceField():
            return field.value
        case DateField():
            return "" if field.value is None else field.value.isoformat()
        case CheckField():
            return "on" if field.value else ""
        case MemberField() | FileField():
            return None
        case _:
            assert_never(field)


def _mark(value: FormValue) -> str:
    return sha256(repr(value).encode(errors="replace")).hexdigest()[:_LETTERS]


def _told(field: FormField, value: FormValue) -> str:
    labels = {choice.value: choice.label for choice in field.choices} if isinstance(field, ChoiceField) else {}
    if isinstance(value, tuple):
        return ", ".join(labels.get(one, one) for one in value) or _NOTHING
    # A box has two states, so of two changes both are the same: there is nothing to tell.
    return str(value or _NOTHING)
