"""The fields of a form as the inputs of a modal.

An input's custom id is its field's key. What one input does not take goes on in further ones, ``key+2`` and so on: a list of
many entries, or a question of more than 25 choices, whose menus say what is in them (``Themes A–K``). A question of more
choices than four menus hold is a line to type names in, ``key?``. The menu of a single choice that shows what was chosen
before ends in ``=`` and that choice's mark, so that choosing in another menu is a change and not a second choice. In a
direct conversation Discord's people picker offers nobody but the two who talk, so a name is typed there, ``key@``.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias, assert_never

import discord
from discord import ui

from adapters.discord import limits
from adapters.discord.controls import label_of, menu_groups, options_of
from adapters.discord.text import People, letters
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
from bot.messages.text import Bold, Plain, Text
from bot.words import Words

CHECKED = "on"
# The option of a question that may stay open, where a choice cannot be taken back.
NO_ANSWER = "(none)"
FURTHER, TYPED, SHOWN, NAMED = "+", "?", "=", "@"
# How a file that was sent with an earlier step is kept: this, its name, and what the adapter needs to fetch it.
KEPT_FILE = "@file"

Kept: TypeAlias = str | tuple[str, ...]
Input: TypeAlias = (
    ui.TextInput[ui.Modal]
    | ui.Select[ui.Modal]
    | ui.UserSelect[ui.Modal]
    | ui.FileUpload[ui.Modal]
    | ui.RadioGroup[ui.Modal]
    | ui.CheckboxGroup[ui.Modal]
    | ui.Checkbox[ui.Modal]
)

_EXAMPLE = "2026-03-03"
_DIGITS = re.compile(r"\d{15,20}")


@dataclass(frozen=True, slots=True)
class Asked:
    """One input, and what its label says beside the field's own label."""

    input: Input
    span: str = ""


def mark_of(value: str) -> str:
    """A short mark of a choice."""
    return sha256(value.encode(errors="replace")).hexdigest()[:6]


def count_of(field: FormField) -> int:
    """How many inputs the field takes, whatever is in it; none where there is nothing to choose."""
    match field:
        case ChoiceField(choices=choices):
            menus = -(-len(choices) // limits.OPTIONS)
            return menus if menus <= limits.MENUS_A_QUESTION else 1
        case ListField(value=entries):
            return max(1, len(_lines(entries)))
        case TextField() | MemberField() | DateField() | CheckField() | FileField():
            return 1
        case _:
            assert_never(field)


def beside(field: FormField) -> Text:
    """What of the field's words no label, hint or option can hold; it stands above the inputs."""
    found: list[Bold | Plain] = []
    is_empty = isinstance(field, ChoiceField) and not field.choices
    if is_empty or letters(field.label) > limits.LABEL or letters(field.hint) > limits.LABEL_HINT:
        found += [Bold(field.label), Plain(f"\n{field.hint}" if field.hint.strip() else "")]
    if isinstance(field, ChoiceField):
        cut = [
            choice
            for choice in field.choices
            if letters(choice.label) > limits.OPTION_TEXT or letters(choice.hint) > limits.OPTION_HINT
        ]
        if cut and not found:
            found.append(Bold(field.label))
        for choice in cut:
            found += [Plain("\n"), Bold(choice.label), Plain(f": {choice.hint}" if choice.hint.strip() else "")]
    return tuple(piece for piece in found if piece.text)


def inputs_of(
    field: FormField, words: Words, people: People, kept: Kept | None, *, direct: bool = False
) -> list[Asked]:
    """The inputs of one field, filled with what was kept, or with the form's own value where nothing was.

    ``direct``: the form opens in a direct conversation.
    """
    match field:
        case TextField():
            return [Asked(_text(field, field.value if kept is None else _one(kept)))]
        case ListField():
            return _list(field, words, field.value if kept is None else _one(kept).split("\n"))
        case ChoiceField():
            return _choice(field, words, field.value if kept is None else _many(kept))
        case MemberField():
            before = "" if kept is None else _one(kept)
            return [Asked(_name(field, words, before) if direct else _member(field, people, before))]
        case DateField(value=value):
            day = (value.isoformat() if value else "") if kept is None else _one(kept)
            return [Asked(_day(field, words, day))]
        case CheckField(value=value):
            checked = value if kept is None else bool(_one(kept))
            return [Asked(ui.Checkbox[ui.Modal](custom_id=field.key, default=checked))]
        case FileField():
            needed = field.required and not (kept and _many(kept)[0] == KEPT_FILE)
            upload = ui.FileUpload[ui.Modal](custom_id=field.key, required=needed, min_values=int(needed), max_values=1)
            return [Asked(upload)]
        case _:
            assert_never(field)


def _one(kept: Kept) -> str:
    return kept if isinstance(kept, str) else "\n".join(kept)


def _many(kept: Kept) -> tuple[str, ...]:
    return tuple(one for one in ((kept,) if isinstance(kept, str) else kept) if one)


def _text_input(
    key: str, value: str, *, required: bool, long: bool, most: int = limits.INPUT_TEXT, example: str = ""
) -> ui.TextInput[ui.Modal]:
    if letters(value) > limits.INPUT_TEXT:
        raise ValueError("more than a text input of Discord can hold")
    return ui.TextInput[ui.Modal](
        custom_id=key,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        default=value or None,
        placeholder=label_of(example, limits.INPUT_PLACEHOLDER) if example.strip() else None,
        required=required,
        max_length=min(max(most, letters(value), 1), limits.INPUT_TEXT),
    )


def _text(field: TextField, value: str) -> ui.TextInput[ui.Modal]:
    long = field.multiline or "\n" in value
    return _text_input(field.key, value, required=field.required, long=long, most=field.max_length)


def _day(field: DateField, words: Words, value: str) -> ui.TextInput[ui.Modal]:
    example = words.say("For example {example}, or: 1 March", example=_EXAMPLE)
    return _text_input(field.key, value, required=field.required, long=False, most=40, example=example)


def _list(field: ListField, words: Words, entries: Iterable[str]) -> list[Asked]:
    """One entry a line. The first input is required only; the others hold what was there."""
    named = bool(field.suggestions) and field.suggestions[0] in field.hint
    shown = ", ".join(field.suggestions[:4])
    example = words.say("For example: {examples}", examples=shown) if shown and not named else ""
    return [
        Asked(
            _text_input(
                field.key if part == 1 else f"{field.key}{FURTHER}{part}",
                value,
                required=field.required and part == 1,
                long=True,
                example=example if part == 1 else "",
            )
        )
        for part, value in enumerate(_lines(entries) or [""], start=1)
    ]


def _lines(entries: Iterable[str]) -> list[str]:
    groups: list[str] = []
    for entry in entries:
        if groups and letters(groups[-1]) + 1 + letters(entry) <= limits.INPUT_TEXT:
            groups[-1] = f"{groups[-1]}\n{entry}"
        else:
            groups.append(entry)
    return groups


def _choice(field: ChoiceField, words: Words, chosen: Sequence[str]) -> list[Asked]:
    """Up to ten choices stand open, up to a hundred in menus; of more, the names are typed."""
    if count_of(field) * limits.OPTIONS < len(field.choices):
        return [Asked(_typed(field, chosen))]
    if len(field.choices) <= limits.OPEN_OPTIONS and field.multiple:
        return [Asked(_boxes(field, chosen))]
    choices = field.choices
    if not field.required and not field.multiple:
        choices = (*choices, Choice(NO_ANSWER, words.say("No answer")))
    if (
        not field.multiple
        and 1 < len(choices) <= limits.OPEN_OPTIONS
        and max(map(_length, choices)) <= limits.OPEN_LABEL
    ):
        return [Asked(_radio(field, choices, chosen))]
    return _menus(field, chosen)


def _length(choice: Choice) -> int:
    return len(choice.label)


def _boxes(field: ChoiceField, chosen: Sequence[str]) -> ui.CheckboxGroup[ui.Modal]:
    boxes = ui.CheckboxGroup[ui.Modal](
        custom_id=field.key,
        required=field.required,
        min_values=int(field.required),
        max_values=len(field.choices),
    )
    for option in options_of(field.choices):
        boxes.add_option(
            label=option.label, value=option.value, description=option.hint or None, default=option.value in chosen
        )
    return boxes


def _radio(field: ChoiceField, choices: Sequence[Choice], chosen: Sequence[str]) -> ui.RadioGroup[ui.Modal]:
    radio = ui.RadioGroup[ui.Modal](custom_id=field.key, required=field.required)
    first = next((choice.value for choice in choices if choice.value in chosen), None)
    for option in options_of(choices):
        radio.add_option(
            label=option.label, value=option.value, description=option.hint or None, default=option.value == first
        )
    return radio


def _menus(field: ChoiceField, chosen: Sequence[str]) -> list[Asked]:
    groups = list(menu_groups(field.choices))
    known = [choice.value for choice in field.choices if choice.value in chosen]
    defaults = frozenset(known if field.multiple else known[:1])
    found: list[Asked] = []
    for part, (span, choices) in enumerate(groups, start=1):
        shown = [choice.value for choice in choices if choice.value in defaults]
        key = field.key if part == 1 else f"{field.key}{FURTHER}{part}"
        needed = field.required and len(groups) == 1
        menu = ui.Select[ui.Modal](
            custom_id=f"{key}{SHOWN}{mark_of(shown[0])}" if shown and not field.multiple and len(groups) > 1 else key,
            options=[
                discord.SelectOption(
                    label=option.label,
                    value=option.value,
                    description=option.hint or None,
                    default=option.value in defaults,
                )
                for option in options_of(choices)
            ],
            required=needed,
            min_values=int(needed),
            max_values=len(choices) if field.multiple else 1,
        )
        found.append(Asked(menu, span if len(groups) > 1 else ""))
    return found


def _typed(field: ChoiceField, chosen: Sequence[str]) -> ui.TextInput[ui.Modal]:
    """The names of what was chosen, one a line; what somebody typed and nobody understood stands as it was typed."""
    labels = {choice.value: " ".join(choice.label.split()) for choice in field.choices}
    value = "\n".join(labels.get(one, one) for one in chosen)
    example = ", ".join(" ".join(choice.label.split()) for choice in field.choices[:3])
    return _text_input(f"{field.key}{TYPED}", value, required=field.required, long=field.multiple, example=example)


def _member(field: MemberField, people: People, kept: str) -> ui.UserSelect[ui.Modal]:
    known = {str(member): user for member, user in people.items()}
    user = known.get(kept, kept)
    shown = [user] if _DIGITS.fullmatch(user) else []
    return ui.UserSelect[ui.Modal](
        custom_id=field.key,
        required=field.required,
        min_values=int(field.required),
        max_values=1,
        default_values=[
            discord.SelectDefaultValue(id=int(one), type=discord.SelectDefaultValueType.user) for one in shown
        ],
    )


def _name(field: MemberField, words: Words, kept: str) -> ui.TextInput[ui.Modal]:
    example = words.say("Their name; their organisation as well, if need be")
    shown = "" if _DIGITS.fullmatch(kept) else kept
    return _text_input(f"{field.key}{NAMED}", shown, required=field.required, long=False, most=200, example=example)
