"""The dialog of what is asked for more seldom in a poll: how many have to vote, whether it repeats, other channels, one that is
ready. The first dialog stays short."""

from collections.abc import Mapping

from bot.errors import Phrase, phrase
from bot.messages.elements import Choice
from bot.messages.forms import ChoiceField, Form, FormValue, TextField
from bot.polls.actions import RefinePoll
from bot.polls.domain import Poll
from bot.polls.naming import repeats
from bot.polls.templates import Template, template_name
from bot.words import Words

QUORUM, REPEAT, OTHERS, READY = "quorum", "repeat", "others", "ready"
_NUMBER, _LINE = 6, 300


def more_form(poll: Poll, words: Words) -> Form:
    """A draft's, as it stands."""
    return Form(
        title=words.say("More settings"),
        submit=words.say("Show me how it looks"),
        action=RefinePoll(poll.id, poll.revision),
        fields=(
            TextField(
                QUORUM,
                words.say("How many have to vote for it to count?"),
                hint=words.say("A number. Empty: it counts however many vote."),
                value=str(poll.quorum) if poll.quorum else "",
                max_length=_NUMBER,
            ),
            TextField(
                REPEAT,
                words.say("Shall it repeat?"),
                hint=words.say("Every Monday at 9. Empty: it is asked once."),
                value=repeats(poll, words),
                max_length=_LINE,
            ),
            TextField(
                OTHERS,
                words.say("Post it in these channels instead"),
                hint=words.say("#general, or several: #general, #camps"),
                max_length=_LINE,
            ),
            ChoiceField(
                READY,
                words.say("Ask one that is ready instead"),
                ready_choices(words),
                hint=words.say("It takes the place of your question and its answers."),
            ),
        ),
    )


def ready_choices(words: Words) -> tuple[Choice, ...]:
    """The polls that are ready, by name."""
    return tuple(Choice(one.value, template_name(one, words)) for one in Template)


def quorum_in(values: Mapping[str, FormValue]) -> int | Phrase:
    """The number that was typed, or what is wrong with it."""
    typed = str(values[QUORUM] or "").strip()
    if typed and not (typed.isascii() and typed.isdecimal()):
        return phrase("How many have to vote for it to count? A number, please.")
    return int(typed or 0)
