"""The dialogs in which one votes, and in which an option is added.

A ballot fits in one step on every platform, since nothing of an anonymous one may be kept half-way: five things, with what stands
above them. So of a longer order the first three places are menus, and whoever wants to go on types the rest of it.
"""

from collections.abc import Mapping, Sequence

from bot.errors import NotUnderstood, phrase
from bot.messages.choosing import fitting
from bot.messages.elements import Choice
from bot.messages.forms import ChoiceField, Form, FormField, FormValue, TextField
from bot.messages.text import Plain, Text, plain, shortened
from bot.polls.actions import AddOption, ChangeVote, FillBallot
from bot.polls.domain import OPTION_CHARACTERS, Choices, Fits, Poll, PollKind, dated
from bot.polls.naming import how_to_vote, key_name, option_name, who_sees
from bot.words import Words

OPTION, CHOSEN, YES, MAYBE, PLACE, REST = "option", "chosen", "yes", "maybe", "place", "rest"
# What every platform shows of a choice, and as much again in small letters below it.
_LABEL = 75
_TITLE = 45
# Every place of an order has a menu up to so many options; of more, only the first few have.
_ALL_MENUS, _MENUS = 4, 3
# So much of each option's name stands above the menus, where options are told apart by their numbers.
_NAMED = 60
_TYPED = 1_000
_BETWEEN = str.maketrans({";": ",", ">": ",", "\n": ","})


def ballot_form(
    poll: Poll, before: Choices | None, words: Words, action: FillBallot | ChangeVote | None = None
) -> Form:
    """In which one votes; what one has said already is filled in. ``action``: what it is sent as."""
    intro: Text = plain(f"{how_to_vote(poll, words)} {who_sees(poll, words)}")
    if _is_typed(poll):
        names = [shortened(option_name(poll, one, words), _NAMED) for one in poll.options]
        intro = (*intro, *(Plain(f"\n{place}. {name}") for place, name in enumerate(names, start=1)))
    return Form(
        title=shortened(poll.question, _TITLE),
        submit=words.say("Vote"),
        action=action or FillBallot(poll.id),
        fields=tuple(_ballot_fields(poll, before or (), words)),
        intro=intro,
        secret=poll.anonymous,
    )


def chosen_in(poll: Poll, values: Mapping[str, FormValue], words: Words) -> tuple[str, ...]:
    """The ballot that came back; keys that are no option any more stay to be told of. Raises NotUnderstood where an order
    cannot be read, or a date fits and does not fit."""
    match poll.kind:
        case PollKind.RANKED:
            menus = [key for place in range(1, _ALL_MENUS + 1) for key in _several(values.get(f"{PLACE}{place}"))]
            order = [*menus, *_typed(poll, str(values.get(REST) or ""), words)]
            twice = [key for place, key in enumerate(order) if key in order[:place]]
            if twice:
                raise NotUnderstood(
                    phrase("{option} has two places. Give each answer one.", option=key_name(poll, twice[0], words))
                )
            return tuple(order)
        case PollKind.DATES:
            yes, maybe = _several(values.get(YES)), _several(values.get(MAYBE))
            both = [key for key in maybe if key in yes]
            if both:
                days = words.all_of([option_name(poll, one, words) for one in poll.options if one.key in both])
                raise NotUnderstood(
                    phrase("{days}: does it fit, or only if need be? Choose one of the two.", days=days)
                )
            return (*(f"{key}:{Fits.YES.value}" for key in yes), *(f"{key}:{Fits.MAYBE.value}" for key in maybe))
        case _:
            return _several(values.get(CHOSEN))


def filled_field(poll: Poll) -> str:
    """The field of an order at which it is told what is wrong with it: the last one."""
    return REST if _is_typed(poll) else f"{PLACE}{min(_ALL_MENUS, len(poll.options))}"


def add_form(poll: Poll, words: Words) -> Form:
    """One more option."""
    return Form(
        title=words.say("Add an option"),
        submit=words.say("Add it"),
        action=AddOption(poll.id),
        fields=(TextField(OPTION, words.say("Option"), required=True, max_length=OPTION_CHARACTERS),),
        intro=plain(words.say("All who can vote see it, and can vote for it.")),
    )


def _is_typed(poll: Poll) -> bool:
    return poll.kind is PollKind.RANKED and len(poll.options) > _ALL_MENUS


def _several(value: FormValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value else ()


def _typed(poll: Poll, text: str, words: Words) -> list[str]:
    """Options by their numbers or names, between commas; numbers alone also between spaces."""
    parts = [part.strip() for part in text.translate(_BETWEEN).split(",") if part.strip()]
    parts = [piece for part in parts for piece in (part.split() if part.replace(" ", "").isdecimal() else [part])]
    return [_meant(poll, part, words) for part in parts]


def _meant(poll: Poll, part: str, words: Words) -> str:
    bare = part.rstrip(".")
    if bare.isdecimal() and 0 < int(bare[:4]) <= len(poll.options):
        return poll.options[int(bare[:4]) - 1].key
    if bare.isdecimal():
        raise NotUnderstood(
            phrase("There is no number {typed}: they go from 1 to {most}.", typed=bare, most=len(poll.options))
        )
    names = [Choice(one.key, option_name(poll, one, words)) for one in poll.options]
    same = [one for one in names if one.label.casefold() == part.casefold()] or list(fitting(names, part))
    if len(same) != 1:
        raise NotUnderstood(
            phrase("I find no single answer for {typed}. Use the numbers above, for example: 4, 7, 2.", typed=part)
        )
    return same[0].value


def _ballot_fields(poll: Poll, before: Choices, words: Words) -> Sequence[FormField]:
    names = [option_name(poll, one, words) for one in poll.options]
    match poll.kind:
        case PollKind.RANKED:
            typed = _is_typed(poll)
            numbered = [f"{place}. {name}" if typed else name for place, name in enumerate(names, start=1)]
            choices = _choices(poll, numbered)
            fields: list[FormField] = [
                ChoiceField(
                    f"{PLACE}{place}",
                    words.say("Place {number}", number=place),
                    choices,
                    value=before[place - 1 : place],
                    required=place == 1,
                )
                for place in range(1, (_MENUS if typed else len(choices)) + 1)
            ]
            return [*fields, _rest(poll, before[_MENUS:], words)] if typed else fields
        case PollKind.DATES:
            fits = dated(before)
            yes = tuple(key for key, one in fits.items() if one is Fits.YES)
            maybe = tuple(key for key, one in fits.items() if one is Fits.MAYBE)
            choices = _choices(poll, names)
            return [
                ChoiceField(YES, words.say("These days fit me"), choices, value=yes, multiple=True),
                ChoiceField(MAYBE, words.say("Only if need be"), choices, value=maybe, multiple=True),
            ]
        case kind:
            several = kind is PollKind.MULTIPLE
            label = words.say("Your answers") if several else words.say("Your answer")
            return [ChoiceField(CHOSEN, label, _choices(poll, names), value=before, required=True, multiple=several)]


def _rest(poll: Poll, before: Choices, words: Words) -> TextField:
    keys = poll.option_keys()
    return TextField(
        REST,
        words.say("And then, in your order"),
        hint=words.say("The numbers from above: 4, 7, 2. What you leave out comes last."),
        value=", ".join(str(keys.index(key) + 1) for key in before if key in keys),
        max_length=_TYPED,
    )


def _choices(poll: Poll, names: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(_choice(one.key, name) for one, name in zip(poll.options, names, strict=True))


def _choice(key: str, name: str) -> Choice:
    """A long one goes on in small letters, so that two with the same beginning are told apart."""
    if len(name) <= _LABEL:
        return Choice(key, name)
    head = name[: _LABEL - 1].rpartition(" ")[0] or name[: _LABEL - 1]
    return Choice(key, f"{head}…", shortened(name[len(head) :].strip(), _LABEL))
