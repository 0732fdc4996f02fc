"""How an academy wants things to be sent: at night and on days off, and after a stop. Its form, and its line in the overview."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.announcements.quiet import Waits
from bot.announcements.quietcards import waits_choices, waits_in_words
from bot.members.actions import EditSending
from bot.members.domain import WorkspaceOptions
from bot.members.forms import one_of
from bot.messages.elements import Choice, Field
from bot.messages.forms import ChoiceField, Form, FormValue
from bot.messages.text import plain
from bot.schedules.domain import CatchUp
from bot.schedules.missed import missed_announcements, missed_rounds
from bot.words import Words

_APPROVED, _ONE, _TWO = "approved", "one", "two"
_WAIT, _ANNOUNCEMENTS, _ROUNDS, _EVENTS = "wait", "announcements", "rounds", "events"
_SHOWN, _HIDDEN = "shown", "hidden"


def sending_form(options: WorkspaceOptions, words: Words) -> Form:
    """What the academy chooses about it. A camp's reminders are no choice: they never come once it has begun."""
    return Form(
        title=words.say("How I send things"),
        submit=words.say("Save"),
        action=EditSending(),
        fields=(
            ChoiceField(
                _APPROVED,
                words.say("Who decides that an announcement goes out?"),
                tuple(Choice(key, said) for key, said in _approvals(words).items()),
                hint=words.say("As long as there is only one organiser, it goes out without a second one."),
                value=(_by(options),),
                required=True,
            ),
            ChoiceField(
                _WAIT,
                words.say("Announcements at night and on days off"),
                waits_choices(words),
                hint=words.say("What a new one begins with. It can be chosen for each."),
                value=(options.announcements_wait,),
                required=True,
            ),
            ChoiceField(
                _ANNOUNCEMENTS,
                words.say("Announcements that I missed while stopped"),
                _choices(missed_announcements(words)),
                hint=words.say("A reminder of a camp is never sent once the camp has begun."),
                value=(options.announcements_missed,),
                required=True,
            ),
            ChoiceField(
                _ROUNDS,
                words.say("Weekly rounds that I missed while stopped"),
                _choices(missed_rounds(words)),
                value=(options.rounds_missed,),
                required=True,
            ),
            ChoiceField(
                _EVENTS,
                words.say("Camps among the events of your Discord server"),
                tuple(Choice(key, said) for key, said in _events(words).items()),
                hint=words.say(
                    "Everybody on the server sees its events. One that stands there already follows its camp."
                ),
                value=(_shown(options),),
                required=True,
            ),
        ),
    )


def chosen(before: WorkspaceOptions, values: Mapping[str, FormValue]) -> WorkspaceOptions:
    """The options with what came back."""
    return replace(
        before,
        announcements_approved=one_of(values, _APPROVED) == _TWO,
        announcements_wait=one_of(values, _WAIT),
        announcements_missed=one_of(values, _ANNOUNCEMENTS),
        rounds_missed=one_of(values, _ROUNDS),
        camps_among_events=one_of(values, _EVENTS) == _SHOWN,
    )


def sending_fields(options: WorkspaceOptions, words: Words) -> Sequence[Field]:
    """What stands about it in the academy's overview."""
    announcements = missed_announcements(words)[CatchUp(options.announcements_missed)]
    rounds = missed_rounds(words)[CatchUp(options.rounds_missed)]
    return (
        Field(words.say("Announcements"), plain(_approvals(words)[_by(options)])),
        Field(
            words.say("Announcements at night and on days off"),
            plain(waits_in_words(Waits(options.announcements_wait), words)),
        ),
        Field(words.say("Announcements after a stop"), plain(announcements)),
        Field(words.say("Weekly rounds after a stop"), plain(rounds)),
        Field(words.say("Camps on your Discord server"), plain(_events(words)[_shown(options)])),
    )


def _by(options: WorkspaceOptions) -> str:
    return _TWO if options.announcements_approved else _ONE


def _shown(options: WorkspaceOptions) -> str:
    return _SHOWN if options.camps_among_events else _HIDDEN


def _events(words: Words) -> Mapping[str, str]:
    return {
        _SHOWN: words.say("among its events, once people are invited"),
        _HIDDEN: words.say("not among its events"),
    }


def _approvals(words: Words) -> Mapping[str, str]:
    return {
        _ONE: words.say("the organiser who writes it"),
        _TWO: words.say("a second organiser approves of it first"),
    }


def _choices(said: Mapping[CatchUp, str]) -> tuple[Choice, ...]:
    return tuple(Choice(one.value, label) for one, label in said.items())
