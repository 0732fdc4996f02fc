"""Reads a form that came back against the form that was asked: lengths, required fields, choices, days."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import assert_never
from uuid import UUID

from bot.errors import Phrase, phrase
from bot.messages.elements import File
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
from bot.messages.text import clean, is_sentence

_YES = frozenset({"on", "yes", "true", "1"})


class _Wrong(Exception):
    def __init__(self, said: Phrase) -> None:
        super().__init__(said.message)
        self.said = said


def read_form(form: Form, raw: Mapping[str, FormInput]) -> tuple[dict[str, FormValue], dict[str, Phrase]]:
    """What was filled in, by field; and what is to be changed, by field. Keys that the form has not are left out."""
    values: dict[str, FormValue] = {}
    problems: dict[str, Phrase] = {}
    for field in form.fields:
        try:
            values[field.key] = _read(field, raw.get(field.key, ""))
        except _Wrong as wrong:
            problems[field.key] = wrong.said
    return values, problems


def _read(field: FormField, given: FormInput) -> FormValue:
    if isinstance(field, FileField):
        return _file(field, given)
    if isinstance(given, File):
        raise _Wrong(phrase("Please fill this in."))
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


def _one(given: str | tuple[str, ...]) -> str:
    return given if isinstance(given, str) else "\n".join(given)


def _needed() -> _Wrong:
    return _Wrong(phrase("Please fill this in."))


def _text(field: TextField, given: str) -> str:
    text = clean(given.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not field.multiline:
        text = " ".join(text.split())
    if field.required and not text:
        raise _needed()
    if len(text) > field.max_length and field.or_file:
        raise _Wrong(phrase("This is {length} characters long. Choose it as a file instead, please.", length=len(text)))
    if len(text) > field.max_length:
        raise _Wrong(
            phrase(
                "This is {length} characters long; please keep it under {limit}.",
                length=len(text),
                limit=field.max_length,
            )
        )
    return text


def _list(field: ListField, given: str | tuple[str, ...]) -> tuple[str, ...]:
    items = tuple(dict.fromkeys(entry for line in _one(given).splitlines() for entry in _entries(field, line)))
    if field.required and not items:
        raise _needed()
    if len(items) > field.max_items:
        raise _Wrong(phrase("At most {limit} here, please: choose those that matter most.", limit=field.max_items))
    if any(len(item) > field.max_length for item in items):
        raise _Wrong(phrase("Please keep each of them under {limit} characters.", limit=field.max_length))
    return items


def _entries(field: ListField, line: str) -> Iterator[str]:
    """The entries of a line. One that stood there before stays whole, whatever signs are in it."""
    whole = " ".join(clean(line).split())
    if whole in field.value or (field.sentences and is_sentence(whole)):
        yield whole
        return
    for entry in re.split("[,;|]", whole):
        if entry.strip():
            yield entry.strip()


def _choice(field: ChoiceField, given: str | tuple[str, ...]) -> tuple[str, ...]:
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


def _file(field: FileField, given: FormInput) -> File | None:
    if not isinstance(given, File) or not given.content:
        if field.required:
            raise _Wrong(phrase("Please choose a file."))
        return None
    if field.accepts and not given.name.casefold().endswith(field.accepts):
        raise _Wrong(phrase("Please choose a file that ends with {endings}.", endings=", ".join(field.accepts)))
    if len(given.content) > field.max_bytes:
        raise _Wrong(phrase("This file is too large; at most {limit} MB, please.", limit=field.max_bytes // 1_000_000))
    return given


def _day(field: DateField, given: str) -> date | None:
    if not given:
        if field.required:
            raise _needed()
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise _Wrong(phrase("Please write the day as year-month-day, for example 2026-03-03.")) from error
