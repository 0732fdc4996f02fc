"""What an option's menu offers while somebody types: what exists in this academy, and how a time would be understood."""

from collections.abc import Mapping, Sequence
from datetime import time
from itertools import product

from bot.errors import NotUnderstood
from bot.interactions import Call
from bot.members.vocabulary import Listing
from bot.messages.choosing import fitting
from bot.messages.elements import Choice
from bot.times import Weekly, read_weekly

# As read_weekly takes them in any language.
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_USUAL = (time(9), time(12), time(15))
_WORKING_DAYS = 5


async def sector_keys(call: Call, typed: str) -> Sequence[Choice]:
    """The sectors that are there, by key or name."""
    return await _keys(call, Listing.SECTORS, typed)


async def theme_keys(call: Call, typed: str) -> Sequence[Choice]:
    """The themes that are there, by key or name."""
    return await _keys(call, Listing.THEMES, typed)


async def terms(call: Call, typed: str) -> Sequence[Choice]:
    """What can be looked for: the academy's themes, and what others offer, most common first."""
    around = await call.services.members.tags_around(call.arrival.workspace, call.member.id)
    themes = [theme.name(call.words.language) for theme in around.themes]
    return fitting(_texts([*themes, *_common(around.offered)]), typed)


async def tags(call: Call, typed: str) -> Sequence[Choice]:
    """Words of this academy that others may say in another way: what is offered, what several need."""
    around = await call.services.members.tags_around(call.arrival.workspace, call.member.id)
    groups = [word for group in around.own for word in group.words]
    return fitting(_texts([*_common(around.offered), *_common(around.needed), *groups]), typed)


async def weekly_times(call: Call, typed: str) -> Sequence[Choice]:
    """The weekday and time as they would be understood; before that, the usual times of each day."""
    usual = [_weekly(call, Weekly(day, at)) for at, day in product(_USUAL, range(_WORKING_DAYS))]
    try:
        meant = _weekly(call, read_weekly(typed))
    except NotUnderstood:
        return fitting(usual, typed)
    return [meant, *(one for one in fitting(usual, typed) if one != meant)]


def _weekly(call: Call, weekly: Weekly) -> Choice:
    at = call.words.say("{day} at {clock}", day=call.words.weekday(weekly.weekday), clock=call.words.clock(weekly.at))
    return Choice(f"{_DAYS[weekly.weekday]} {weekly.at:%H:%M}", at)


async def _keys(call: Call, listing: Listing, typed: str) -> Sequence[Choice]:
    every = await call.services.members.every_listed(call.arrival.workspace, listing)
    named = [Choice(one.key, f"{one.name(call.words.language)} ({one.key})") for one in every]
    return fitting(sorted(named, key=lambda one: call.words.sort_key(one.label)), typed)


def _texts(texts: Sequence[str]) -> list[Choice]:
    return [Choice(text, text) for text in {text.casefold(): text for text in reversed(texts)}.values()][::-1]


def _common(counted: Mapping[str, int]) -> list[str]:
    return sorted(counted, key=lambda text: (-counted[text], text))
