"""The two dialogs of the knowledge bank: what to look for, and how it went where somebody tried it."""

from collections.abc import Sequence

from bot.bank.actions import LookInBank, TellTrial
from bot.bank.marks import named_marks
from bot.bank.repository import Outcome, Trial
from bot.bank.service import LONGEST_PLACE, LONGEST_TRIAL
from bot.bank.telling import readable
from bot.bank.trying import Unfit
from bot.members.domain import Sector, Theme
from bot.messages.elements import Choice
from bot.messages.forms import CheckField, ChoiceField, Form, TextField
from bot.messages.text import plain
from bot.words import Words

LONGEST_WORDS = 200
_CHOICES = 25


def search_form(sectors: Sequence[Sector | Theme], themes: Sequence[Sector | Theme], words: Words) -> Form:
    """What somebody looks for; only the words are asked for, the rest narrows."""
    return Form(
        title=words.say("Look in the knowledge bank"),
        submit=words.say("Look"),
        action=LookInBank(),
        fields=(
            TextField(
                "words",
                words.say("What do you look for?"),
                hint=words.say("A few words, in Danish or English: for example transport in the evening"),
                max_length=LONGEST_WORDS,
            ),
            ChoiceField("theme", words.say("Theme"), _named(themes, words)),
            ChoiceField("sector", words.say("What a sector sees"), _named(sectors, words)),
            TextField("place", words.say("Place"), max_length=LONGEST_PLACE),
            CheckField("worked", words.say("Only what worked somewhere")),
        ),
    )


def trial_form(action: TellTrial, before: Trial | None, words: Words) -> Form:
    """How it went, where, and a sentence."""
    return Form(
        title=words.say("We tried it"),
        submit=words.say("See it first"),
        action=action,
        fields=(
            ChoiceField(
                "outcome",
                words.say("How did it go?"),
                (
                    Choice(Outcome.WORKED.value, words.say("It worked here")),
                    Choice(Outcome.PARTLY.value, words.say("It worked in part")),
                    Choice(Outcome.NOT.value, words.say("It did not work here")),
                ),
                value=() if before is None else (before.outcome.value,),
                required=True,
            ),
            TextField(
                "place",
                words.say("Where did you try it?"),
                hint=words.say("A town or a municipality"),
                value="" if before is None else before.place,
                required=True,
                max_length=LONGEST_PLACE,
            ),
            TextField(
                "text",
                words.say("What should others know? One sentence"),
                hint=words.say("Leave out names, numbers and addresses"),
                value="" if before is None else readable(before.text, words),
                multiline=True,
                max_length=LONGEST_TRIAL,
            ),
        ),
        intro=plain(
            words.say(
                "You see how it will look, and who will see it, before it stands there. You can change it or take it back."
            )
        ),
    )


def problems(unfit: Unfit, words: Words) -> dict[str, str]:
    """What to change in the form, by field."""
    found: dict[str, str] = {}
    if unfit.placeless:
        found["place"] = words.say("Say where you tried it, please: a town or a municipality.")
    elif unfit.no_place:
        found["place"] = words.say("Name a town or a municipality only, please, and nobody's name or address.")
    if unfit.marks:
        found["text"] = words.say(
            "I found {what} in it, and others will read this. Please leave that out.",
            what=named_marks(unfit.marks, words),
        )
    return found


def _named(listed: Sequence[Sector | Theme], words: Words) -> tuple[Choice, ...]:
    named = sorted(((one.name(words.language), one.key) for one in listed), key=lambda one: words.sort_key(one[0]))
    return tuple(Choice(key, name) for name, key in named[:_CHOICES])
