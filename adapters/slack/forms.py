"""Forms as modals, and back: what was filled in, a sentence on top with what was typed kept, a menu that is searched."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from adapters.slack import limits
from adapters.slack.controls import option
from adapters.slack.inputs import FIELD, FURTHER, NO_ANSWER, field_blocks, running
from adapters.slack.shapes import Json, record, sequence
from adapters.slack.text import NOTHING, People, plain_text
from bot.identity import MemberId
from bot.messages.actions import encode_action
from bot.messages.cutting import mentions_in
from bot.messages.elements import Choice
from bot.messages.forms import Form
from bot.messages.text import Bold, flat
from bot.words import Words

PROBLEM = "problem"

# What Slack takes of a view that it gave us before.
_KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata", "clear_on_close", "notify_on_close")
_SPELLINGS = (
    str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "ae", "ö": "o", "ß": "ss"}),
    str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}),
)


@dataclass(frozen=True, slots=True)
class PickedUser:
    """Who was chosen in a people picker: a Slack user id, which may be nobody that we know."""

    user: str


@dataclass(frozen=True, slots=True)
class Uploaded:
    """Slack file ids of what was uploaded."""

    files: tuple[str, ...]


RawValue: TypeAlias = str | tuple[str, ...] | PickedUser | Uploaded


def form_mentions(form: Form) -> frozenset[MemberId]:
    """The members whose Slack users are worth looking up before the form is drawn."""
    return frozenset(mentions_in([form.intro]))


def render_form(form: Form, words: Words, memory: str, people: People, problem: str = "") -> Json:
    """The form as a modal view. ``memory`` comes back as ``private_metadata``; ``problem`` stands on top.

    Raises ValueError for a form that no modal can hold, which is our own mistake.
    """
    blocks: list[Json] = [_problem(problem)] if problem else []
    if len(form.title) > limits.VIEW_TITLE:
        blocks.append({"type": "header", "text": plain_text(form.title, limits.HEADER)})
    blocks += running(form.intro, people) if flat(form.intro).strip() else []
    blocks += [block for field in form.fields for block in field_blocks(field, words)]
    if len(blocks) > limits.VIEW_BLOCKS - (not problem) or len(memory) > limits.VIEW_MEMORY:
        raise ValueError("more than a modal of Slack can hold")
    return {
        "type": "modal",
        "callback_id": encode_action(form.action),
        "title": plain_text(form.title, limits.VIEW_TITLE),
        "submit": plain_text(form.submit, limits.VIEW_BUTTON),
        "close": plain_text(words.say("Cancel"), limits.VIEW_BUTTON),
        "private_metadata": memory,
        "blocks": blocks or running((Bold(form.title if form.title.strip() else NOTHING),)),
    }


def _problem(sentence: str) -> Json:
    text = {"type": "text", "text": sentence, "style": {"bold": True}}
    mark = {"type": "text", "text": "⚠️ "}
    return {
        "type": "rich_text",
        "block_id": PROBLEM,
        "elements": [{"type": "rich_text_section", "elements": [mark, text]}],
    }


def with_problem(view: Mapping[str, object], problem: str) -> Json:
    """A submitted view once more, with what was typed in it, and the sentence on top."""
    states = _states(view)
    blocks = [record(block) for block in sequence(view.get("blocks"))]
    return {
        **{name: view[name] for name in _KEPT if view.get(name) is not None},
        "blocks": [
            _problem(problem),
            *(
                _as_typed(block, states.get(str(block.get("block_id")), {}))
                for block in blocks
                if block.get("block_id") != PROBLEM
            ),
        ],
    }


def _as_typed(block: Mapping[str, object], state: Mapping[str, object]) -> Json:
    if block.get("type") != "input" or not state:
        return dict(block)
    element = {name: value for name, value in record(block.get("element")).items() if not name.startswith("initial_")}
    known = {str(one.get("value")): one for one in map(record, sequence(element.get("options")))}
    many = [_known(one, known) for one in map(record, sequence(state.get("selected_options")))]
    one = record(state.get("selected_option"))
    typed: Json = {
        "initial_value": state.get("value"),
        "initial_date": state.get("selected_date"),
        "initial_user": state.get("selected_user"),
        "initial_options": many,
        "initial_option": _known(one, known) if one else None,
    }
    return {**block, "element": {**element, **{name: value for name, value in typed.items() if value}}}


def _known(chosen: Mapping[str, object], options: Mapping[str, Mapping[str, object]]) -> Mapping[str, object]:
    """The very option that stands in the menu: Slack takes no other as the one chosen from the start."""
    return options.get(str(chosen.get("value")), chosen)


def read_state(view: Mapping[str, object]) -> dict[str, RawValue]:
    """What was filled in, by the key of its field."""
    found: dict[str, RawValue] = {}
    for block, state in _states(view).items():
        key, _, further = block.partition(FURTHER)
        value = _value(state)
        before = found.get(key, "")
        if further and isinstance(value, str) and isinstance(before, str):
            value = "\n".join(filter(None, (before, value)))
        found[key] = value
    return found


def _value(state: Mapping[str, object]) -> RawValue:
    match state.get("type"):
        case "users_select":
            user = state.get("selected_user")
            return PickedUser(user) if isinstance(user, str) and user else ""
        case "file_input":
            return Uploaded(tuple(str(record(file).get("id", "")) for file in sequence(state.get("files"))))
        case "datepicker":
            return str(state.get("selected_date") or "")
        case "radio_buttons" | "static_select" | "external_select":
            value = str(record(state.get("selected_option")).get("value", ""))
            return "" if value == NO_ANSWER else value
        case "checkboxes" | "multi_static_select" | "multi_external_select":
            return tuple(str(record(one).get("value", "")) for one in sequence(state.get("selected_options")))
        case _:
            return str(state.get("value") or "")


def _states(view: Mapping[str, object]) -> dict[str, Mapping[str, object]]:
    values = record(record(view.get("state")).get("values"))
    return {block: record(record(actions).get(FIELD)) for block, actions in values.items() if FIELD in record(actions)}


def options_for(choices: Sequence[Choice], typed: str) -> list[Json]:
    """The options that fit what was typed, at most a hundred: those that begin so first, then words, then the rest.

    Capitals and accents make no difference, and ``aarhus`` finds Århus as well as ``arhus``.
    """
    wanted = tuple(_folded(typed))
    ranked = [(rank, place) for place, choice in enumerate(choices) if (rank := _rank(choice, wanted)) is not None]
    return [option(choices[place]) for _, place in sorted(ranked)[: limits.OPTIONS]]


def _rank(choice: Choice, wanted: Sequence[str]) -> int | None:
    ranks = [
        _rank_spelled(label, hint, spelled)
        for label, hint, spelled in zip(_folded(choice.label), _folded(choice.hint), wanted, strict=True)
    ]
    return min((rank for rank in ranks if rank is not None), default=None)


def _rank_spelled(label: str, hint: str, wanted: str) -> int | None:
    parts = wanted.split()
    if not parts or label.startswith(wanted):
        return 0
    if all(any(word.startswith(part) for word in label.split()) for part in parts):
        return 1
    if all(part in label for part in parts):
        return 2
    return 3 if all(part in f"{label} {hint}" for part in parts) else None


def _folded(text: str) -> Iterator[str]:
    for spelling in _SPELLINGS:
        bare = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).casefold().translate(spelling))
        yield "".join(sign for sign in bare if not unicodedata.combining(sign))
