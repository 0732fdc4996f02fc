"""The fields of a form as the blocks of a modal.

A field's key is its ``block_id``. A list whose entries are longer together than one input takes goes on in further inputs,
``key+2`` and so on, so that nothing which stood there is lost when the form is sent.
"""

from collections.abc import Iterator, Sequence
from typing import assert_never

from adapters.slack import limits
from adapters.slack.controls import menu, option
from adapters.slack.shapes import Json
from adapters.slack.text import People, parted, parts_of, plain_text, rich
from bot.messages.elements import Choice
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    FormField,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.text import Bold, Plain, Text, plain
from bot.words import Words

FIELD = "field"
FURTHER = "+"
CHECKED = "on"
# The option of a question that may stay open, once somebody has answered it.
NO_ANSWER = "(none)"


def field_blocks(field: FormField, words: Words) -> Iterator[Json]:
    """The blocks of one field: its input, and what stands beside it where a part of it would not fit."""
    if len(field.hint) > limits.INPUT_HINT:
        yield from running(plain(field.hint))
    match field:
        case TextField():
            yield _input(field, _text(field), required=field.required)
        case ListField():
            yield from _list(field, words)
        case ChoiceField():
            yield from _choice(field, words)
        case MemberField():
            yield _input(field, {"type": "users_select", **_choose(words)}, required=field.required)
        case DateField(value=value):
            start: Json = {} if value is None else {"initial_date": value.isoformat()}
            yield _input(field, {"type": "datepicker", **_choose(words), **start}, required=field.required)
        case CheckField(value=value):
            yes: Json = {"text": plain_text(words.say("Yes"), limits.OPTION_TEXT), "value": CHECKED}
            chosen: Json = {"initial_options": [yes]} if value else {}
            yield _input(field, {"type": "checkboxes", "options": [yes], **chosen}, required=False)
        case FileField(accepts=accepts):
            kinds: Json = {"filetypes": [ending.lstrip(".") for ending in accepts]} if accepts else {}
            yield _input(field, {"type": "file_input", "max_files": limits.FILES, **kinds}, required=field.required)
        case _:
            assert_never(field)


def running(text: Text, people: People | None = None) -> list[Json]:
    """Text between the fields."""
    return [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": rich(part, people or {})}]}
        for part in parted(text, limits.RICH_TEXT)
    ]


def _input(field: FormField, element: Json, *, required: bool, part: int = 1) -> Json:
    block: Json = {
        "type": "input",
        "block_id": field.key if part == 1 else f"{field.key}{FURTHER}{part}",
        "label": plain_text(field.label, limits.INPUT_LABEL),
        "optional": not required,
        "element": {**element, "action_id": FIELD},
    }
    if part == 1 and field.hint.strip() and len(field.hint) <= limits.INPUT_HINT:
        block["hint"] = plain_text(field.hint, limits.INPUT_HINT)
    return block


def _choose(words: Words) -> Json:
    return {"placeholder": plain_text(words.say("Choose ..."), limits.PLACEHOLDER)}


def _text(field: TextField) -> Json:
    element: Json = {
        "type": "plain_text_input",
        "multiline": field.multiline or "\n" in field.value,
        "max_length": min(max(field.max_length, len(field.value)), limits.INPUT_TEXT),
    }
    if len(field.value) > limits.INPUT_TEXT:
        raise ValueError("a text field holds at most 3,000 characters")
    return {**element, "initial_value": field.value} if field.value else element


def _list(field: ListField, words: Words) -> Iterator[Json]:
    """One entry a line. The first is required only; the others hold what was there."""
    groups = _lines(field.value) or [""]
    for part, value in enumerate(groups, start=1):
        element: Json = {"type": "plain_text_input", "multiline": True, "max_length": limits.INPUT_TEXT}
        if value:
            element["initial_value"] = value
        if part == 1 and (examples := _examples(field, words)):
            element["placeholder"] = plain_text(examples, limits.PLACEHOLDER)
        yield _input(field, element, required=field.required and part == 1, part=part)


def _lines(entries: Sequence[str]) -> list[str]:
    groups: list[str] = []
    for entry in entries:
        if len(entry) > limits.INPUT_TEXT:
            raise ValueError("an entry of a list holds at most 3,000 characters")
        if groups and len(groups[-1]) + 1 + len(entry) <= limits.INPUT_TEXT:
            groups[-1] = f"{groups[-1]}\n{entry}"
        else:
            groups.append(entry)
    return groups


def _examples(field: ListField, words: Words) -> str:
    """Some suggestions, where the hint does not name them already."""
    if not field.suggestions or field.suggestions[0] in field.hint:
        return ""
    return words.say("For example: {examples}", examples=", ".join(field.suggestions[:4]))


def _choice(field: ChoiceField, words: Words) -> Iterator[Json]:
    """Up to ten side by side, up to a hundred in a menu, more in a menu that is searched."""
    if not field.choices:
        said = words.say("There is nothing to choose from yet.")
        yield from running((Bold(field.label), Plain(f"\n{said}\n{field.hint}".rstrip())))
        return
    choices = field.choices
    if not field.required and not field.multiple:
        choices = (*choices, Choice(NO_ANSWER, words.say("No answer")))
    options = [option(choice) for choice in choices]
    chosen = [one for one, choice in zip(options, choices, strict=True) if choice.value in field.value]
    element: Json = {"type": _kind(len(options), multiple=field.multiple)}
    if len(options) > limits.OPEN_OPTIONS:
        element |= _choose(words)
    if len(options) <= limits.OPTIONS:
        element |= menu(choices)
    else:
        element["min_query_length"] = 0
    if chosen and field.multiple:
        element["initial_options"] = chosen
    elif chosen:
        element["initial_option"] = chosen[0]
    yield _input(field, element, required=field.required)
    if len(choices) <= limits.OPEN_OPTIONS:
        yield from _in_full(choices)


def _kind(count: int, *, multiple: bool) -> str:
    if count <= limits.OPEN_OPTIONS:
        return "checkboxes" if multiple else "radio_buttons"
    kind = "static_select" if count <= limits.OPTIONS else "external_select"
    return f"multi_{kind}" if multiple else kind


def _in_full(choices: Sequence[Choice]) -> Iterator[Json]:
    """The choices whose words do not fit beside their sign."""
    cut = [
        (Bold(choice.label), Plain(f"\n{choice.hint}"))
        for choice in choices
        if len(choice.label) > limits.OPTION_TEXT or len(choice.hint) > limits.OPTION_HINT
    ]
    for group in parts_of(cut, limits.RICH_TEXT):
        items = [{"type": "rich_text_section", "elements": rich(item, {})} for item in group]
        yield {"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": items}]}
