"""What an academy chooses about case notes: whether a model may be sent anything, and how long one may object. Its form, and its
lines in the overview."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from bot.members.domain import WorkspaceOptions
from bot.messages.elements import Choice, Field
from bot.messages.forms import ChoiceField, Form, FormValue
from bot.messages.text import plain
from bot.notes.actions import EditNoteRules
from bot.words import Words

_SENDS, _HOURS = "sends", "hours"
_TERMS = (24, 48, 72, 120, 168, 336)


class Sends(StrEnum):
    """Whether whoever makes a note is asked before a model gets the masked text."""

    ASK = "ask"
    ALWAYS = "always"
    NEVER = "never"


def rules_form(options: WorkspaceOptions, words: Words) -> Form:
    """What the academy chooses."""
    return Form(
        title=words.say("Case notes"),
        submit=words.say("Save"),
        action=EditNoteRules(),
        fields=(
            ChoiceField(
                _SENDS,
                words.say("May a model get the masked text?"),
                tuple(Choice(one.value, _sends(one, words)) for one in Sends),
                hint=words.say("Without it notes are written by rules, here, and nothing leaves."),
                value=(options.notes_model,),
                required=True,
            ),
            ChoiceField(
                _HOURS,
                words.say("How long may one object before a note is public?"),
                tuple(
                    Choice(str(hours), term(hours, words)) for hours in sorted({*_TERMS, options.notes_objection_hours})
                ),
                value=(str(options.notes_objection_hours),),
                required=True,
            ),
        ),
    )


def chosen_rules(values: Mapping[str, FormValue]) -> tuple[str, int]:
    """Whether a model is asked, and for how many hours one may object."""
    return "".join(_several(values[_SENDS])), int("".join(_several(values[_HOURS])))


def rules_fields(options: WorkspaceOptions, words: Words) -> Sequence[Field]:
    """What stands about it in the academy's overview."""
    return (
        Field(words.say("Case notes and models"), plain(_sends(Sends(options.notes_model), words))),
        Field(words.say("Time to object to a note"), plain(term(options.notes_objection_hours, words))),
    )


def _sends(one: Sends, words: Words) -> str:
    return {
        Sends.ASK: words.say("yes, if whoever makes the note says so each time"),
        Sends.ALWAYS: words.say("yes, without asking each time"),
        Sends.NEVER: words.say("no, never"),
    }[one]


def term(hours: int, words: Words) -> str:
    """How long, in words."""
    if hours % 24:
        return words.count("{number} hour", "{number} hours", hours)
    return words.count("{number} day", "{number} days", hours // 24)


def _several(value: FormValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value else ()
