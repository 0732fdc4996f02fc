"""Reads a form that came back against the form that was asked: lengths, required fields, choices, days."""

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias, assert_never
from uuid import UUID

from bot.errors import Phrase, phrase
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    Form,
    FormField,
    FormValue,
    ListField,
    MemberField,
    TextField,
)

Raw: TypeAlias = str | tuple[str, ...]
_YES = frozenset({"on", "yes", "true", "1"})


class _Wrong(Exception):
    def __init__(self, said: Phrase) -> None:
        super().__init__(said.message)
        self.said = said


def read_form(form: Form, raw: Mapping[str, Raw]) -> tuple[dict[str, FormValue], dict[str, Phrase]]:
    """What was filled in, by field; and what is to be changed, by field. Keys that the form has not are left out."""
    values: dict[str, FormValue] = {}
    problems: dict[str, Phrase] = {}
    for field in form.fields:
        try:
            values[field.key] = _read(field, raw.get(field.key, ""))
        except _Wrong as wrong:
            problems[field.key] = wrong.said
    return values, problems


def _read(field: FormField, given: Raw) -> FormValue:
    match field:
        case TextField():
            return _text(field, _one(given))
        case ListField():
            return _list(field, given)
        case ChoiceField():
            return _choice(field, given)
        case MemberField():
            return _member(field, _one(given).strip())
        case DateField():
            return _day(field, _one(given).strip())
        case CheckField():
            return _one(given).casefold() in _YES
        case _:
            assert_never(field)


def _one(given: Raw) -> str:
    return given if isinstance(given, str) else "\n".join(given)


def _needed() -> _Wrong:
    return _Wrong(phrase("Please fill this in."))


def _text(field: TextField, given: str) -> str:
    text = given.replace("\r\n", "\n").strip()
    if not field.multiline:
        text = " ".join(text.split())
    if field.required and not text:
        raise _needed()
    if len(text) > field.max_length:
        raise _Wrong(
            phrase(
                "This is {length} characters long; please keep it under {limit}.",
                length=len(text),
                limit=field.max_length,
            )
        )
    return text


def _list(field: ListField, given: Raw) -> tuple[str, ...]:
    text = _one(given)
    for separator in ",;|":
        text = text.replace(separator, "\n")
    items = tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
    if field.required and not items:
        raise _needed()
    if len(items) > field.max_items:
        raise _Wrong(phrase("At most {limit} here, please: choose those that matter most.", limit=field.max_items))
    if any(len(item) > field.max_length for item in items):
        raise _Wrong(phrase("Please keep each of them under {limit} characters.", limit=field.max_length))
    return items


def _choice(field: ChoiceField, given: Raw) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(value for value in ((given,) if isinstance(given, str) else given) if value))
    if field.required and not chosen:
        raise _Wrong(phrase("Please choose one."))
    known = {choice.value for choice in field.choices}
    if not known.issuperset(chosen) or (len(chosen) > 1 and not field.multiple):
        raise _Wrong(phrase("Please choose from the list."))
    return chosen


def _member(field: MemberField, given: str) -> str:
    if not given:
        if field.required:
            raise _Wrong(phrase("Please choose a person."))
        return ""
    try:
        return str(UUID(given))
    except ValueError as error:
        raise _Wrong(phrase("Please choose a person from the list.")) from error


def _day(field: DateField, given: str) -> date | None:
    if not given:
        if field.required:
            raise _needed()
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise _Wrong(phrase("Please write the day as year-month-day, for example 2026-03-03.")) from error
