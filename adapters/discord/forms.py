"""Forms as modals, one for each step, and back: what was filled in, by the key of its field.

A modal takes five things. What is longer than that goes on in the next step; which field stands in which step depends on
the form alone, so that a step can be opened again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, cast

from discord import ui

from adapters.discord import limits
from adapters.discord.controls import label_of
from adapters.discord.days import day_typed
from adapters.discord.ids import CustomId, Kind, write_id
from adapters.discord.inputs import (
    CHECKED,
    FURTHER,
    KEPT_FILE,
    NAMED,
    NO_ANSWER,
    SHOWN,
    TYPED,
    Asked,
    Kept,
    beside,
    count_of,
    inputs_of,
    mark_of,
)
from adapters.discord.text import People, letters, written
from bot.identity import MemberId
from bot.messages.actions import encode_action
from bot.messages.choosing import fitting
from bot.messages.cutting import mentions_in
from bot.messages.elements import Choice
from bot.messages.forms import ChoiceField, DateField, FileField, Form, FormField
from bot.messages.text import Bold, Plain, Text, flat
from bot.words import Words


@dataclass(frozen=True, slots=True)
class PickedUser:
    """Who was chosen in a people picker: a Discord user id, which may be nobody that we know."""

    user: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The ids of what was uploaded; the interaction's resolved attachments have the rest."""

    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """Names of choices as somebody typed them; :func:`settled` finds what they mean."""

    text: str


RawValue: TypeAlias = str | tuple[str, ...] | PickedUser | Uploaded | Typed


def form_mentions(form: Form) -> frozenset[MemberId]:
    """The members whose Discord users are worth looking up before the form is drawn."""
    return frozenset(mentions_in([form.intro]))


def steps_of(form: Form) -> tuple[tuple[FormField, ...], ...]:
    """Which fields stand in which modal, one at least: as many as fit, in their order."""
    steps: list[list[FormField]] = [[]]
    for field in form.fields:
        if steps[-1] and not _fits(form, [*steps[-1], field], is_first=len(steps) == 1):
            steps.append([])
        steps[-1].append(field)
    return tuple(map(tuple, steps))


def _fits(form: Form, fields: Sequence[FormField], *, is_first: bool) -> bool:
    above = written(_above(form, fields, is_first=is_first), {})
    items = bool(above.strip()) + sum(map(count_of, fields))
    return items <= limits.MODAL_ITEMS and letters(above) <= limits.MODAL_TEXT


def _above(form: Form, fields: Sequence[FormField], *, is_first: bool, nothing: str = "") -> Text:
    """What stands above the inputs: the intro, and the words that no label can hold."""
    title = (Bold(form.title),) if letters(form.title) > limits.MODAL_TITLE - limits.STEP else ()
    paragraphs: list[Text] = [title, form.intro] if is_first else []
    for field in fields:
        empty = isinstance(field, ChoiceField) and not field.choices
        paragraphs.append((*beside(field), *((Plain(f"\n{nothing}"),) if empty else ())))
    found: Text = ()
    for paragraph in paragraphs:
        if flat(paragraph).strip():
            found = (*found, Plain("\n\n"), *paragraph) if found else paragraph
    return found


def render_modal(
    form: Form,
    step: int,
    tag: str,
    words: Words,
    people: People,
    kept: Mapping[str, Kept],
    problems: Mapping[str, str] | None = None,
    *,
    direct: bool = False,
) -> ui.Modal:
    """One step of the form as a modal (from 0), stopped: what is sent comes by its custom id.

    ``kept``: what was typed before, by key, instead of the form's own values. ``problems``: what to change, by key.
    ``direct``: it opens in a direct conversation, where a person is asked for by name and comes back as a text.
    Raises ValueError for a form that no modal can hold, which is our own mistake.
    """
    steps = steps_of(form)
    fields = steps[step]
    modal = ui.Modal(
        title=_title(form, step, len(steps)),
        custom_id=write_id(CustomId(Kind.FORM, step, tag, encode_action(form.action))),
        timeout=None,
    )
    nothing = words.say("There is nothing to choose from yet.")
    above = written(_above(form, fields, is_first=step == 0, nothing=nothing), people)
    if letters(above) > limits.MODAL_TEXT:
        raise ValueError("more than a modal of Discord can hold")
    if above.strip():
        modal.add_item(ui.TextDisplay[ui.LayoutView](above))
    for field in fields:
        before = kept.get(field.key)
        inputs = inputs_of(field, words, people, before, direct=direct) if count_of(field) else []
        for label in _labels(field, inputs, before, (problems or {}).get(field.key, "")):
            modal.add_item(label)
    if not modal.children:
        modal.add_item(
            ui.TextDisplay[ui.LayoutView](written((Bold(label_of(form.title, limits.MODAL_TEXT // 2)),), {}))
        )
    modal.stop()
    return modal


def _title(form: Form, step: int, steps: int) -> str:
    suffix = f" ({step + 1}/{steps})" if steps > 1 else ""
    return f"{label_of(form.title, limits.MODAL_TITLE - len(suffix))}{suffix}"


def _labels(field: FormField, inputs: Sequence[Asked], kept: Kept | None, problem: str) -> Iterator[ui.Label[ui.Modal]]:
    hint = f"⚠️ {problem}" if problem else _hint(field, kept)
    for place, asked in enumerate(inputs):
        span = f" {asked.span}" if asked.span else ""
        yield ui.Label[ui.Modal](
            text=f"{label_of(field.label, limits.LABEL - letters(span))}{span}",
            description=label_of(hint, limits.LABEL_HINT) if hint.strip() and place == 0 else None,
            component=asked.input,
        )


def _hint(field: FormField, kept: Kept | None) -> str:
    match field, kept:
        case FileField(), (kind, name, *_) if kind == KEPT_FILE:
            return name
        case FileField(hint="", accepts=accepts), _:
            return ", ".join(accepts)
        case _:
            return field.hint


def read_modal(data: Mapping[str, object]) -> dict[str, RawValue]:
    """What was filled in, by the key of its field; ``data`` is the interaction's own. Empty where nothing was given."""
    texts: dict[str, list[str]] = {}
    chosen: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    found: dict[str, RawValue] = {}
    for component in _inputs(data):
        custom_id = str(component.get("custom_id", ""))
        base, _, mark = custom_id.partition(SHOWN)
        key = base.rstrip(TYPED + NAMED).partition(FURTHER)[0]
        match component.get("type"):
            case 4 if base.endswith(TYPED):
                found[key] = Typed(str(component.get("value") or ""))
            case 4:
                texts.setdefault(key, []).append(str(component.get("value") or ""))
                found[key] = "\n".join(filter(None, texts[key]))
            case 3:
                chosen.setdefault(key, []).extend(_values(component))
                shown |= {key: mark} if mark else {}
                found[key] = _changed(chosen[key], shown.get(key, ""))
            case 22:
                found[key] = tuple(_values(component))
            case 21:
                value = str(component.get("value") or "")
                found[key] = "" if value == NO_ANSWER else value
            case 23:
                found[key] = CHECKED if component.get("value") is True else ""
            case 5:
                users = _values(component)
                found[key] = PickedUser(users[0]) if users else ""
            case 19:
                found[key] = Uploaded(tuple(_values(component)))
            case _:
                continue
    return found


def _changed(chosen: Sequence[str], shown: str) -> tuple[str, ...]:
    """What was chosen in the menus of one question: beside another one, the choice that was shown before counts no more."""
    others = tuple(value for value in chosen if mark_of(value) != shown)
    return others if shown and others else tuple(chosen)


def _inputs(data: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    for item in _objects(data.get("components")):
        within = item.get("component")
        if isinstance(within, Mapping):
            yield cast(Mapping[str, object], within)
        yield from _objects(item.get("components"))


def _objects(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        for one in cast(Sequence[object], value):
            if isinstance(one, Mapping):
                yield cast(Mapping[str, object], one)


def _values(component: Mapping[str, object]) -> list[str]:
    values = component.get("values")
    return [str(value) for value in cast(Sequence[object], values)] if isinstance(values, list | tuple) else []


def settled(form: Form, given: Mapping[str, RawValue], today: date | None = None) -> dict[str, RawValue]:
    """What was given, with typed names as the choices that they mean, and days as the core writes them.

    A name that means no choice, or several, stays as it was typed: the core says so, and the form shows it again. So does
    a day that nobody can read. ``today``: in the zone of who typed, for days in words.
    """
    fields = {field.key: field for field in form.fields}
    return {key: _settled(fields.get(key), value, today) for key, value in given.items()}


def _settled(field: FormField | None, value: RawValue, today: date | None) -> RawValue:
    match field, value:
        case ChoiceField(choices=choices, multiple=multiple), Typed(text):
            names = [line.strip() for line in text.splitlines() if line.strip()]
            found = [one for name in names for one in _meant(choices, name, multiple=multiple)]
            return tuple(dict.fromkeys(found))
        case _, Typed(text):
            return text
        case DateField(), str():
            return day_typed(value, today)
        case _:
            return value


def _meant(choices: Sequence[Choice], name: str, *, multiple: bool) -> Iterator[str]:
    """The choice that is called so, or the only one that begins so; of several names in a line, each by itself."""
    found = _by_name(choices, name)
    if found is not None or not multiple or "," not in name:
        yield name if found is None else found
        return
    for part in filter(None, map(str.strip, name.split(","))):
        meant = _by_name(choices, part)
        yield part if meant is None else meant


def _by_name(choices: Sequence[Choice], name: str) -> str | None:
    wanted = _bare(name)
    exact = [choice.value for choice in choices if _bare(choice.label) == wanted or choice.value == name]
    if exact:
        return exact[0]
    near = fitting(choices, name)
    return near[0].value if len(near) == 1 else None


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())
