"""What Discord shows while somebody types an option."""

import asyncio
from collections.abc import Sequence
from typing import cast

import pytest

from adapters.discord import completing
from adapters.discord.called import Called
from bot.desk import FrontDesk
from bot.identity import Account, Address, WorkspaceId, new_id
from bot.interactions import Arrival, Place, PlaceKind
from bot.messages.elements import Choice

ARRIVAL = Arrival(
    "discord:1", WorkspaceId(new_id()), Account("discord", "1"), Place(Address("discord", "in:1"), PlaceKind.CHANNEL)
)
TYPING = Called("match", "find", {"term": "prem"}, "term", "prem")


class Desk:
    """A front desk that suggests what it is told to, after so many seconds."""

    def __init__(self, choices: Sequence[Choice] = (), seconds: float = 0) -> None:
        self.asked: list[tuple[str, str, str, str]] = []
        self._choices, self._seconds = choices, seconds

    async def suggest_option(
        self, arrival: Arrival, command: str, verb: str, option: str, typed: str
    ) -> Sequence[Choice]:
        assert arrival is ARRIVAL
        self.asked.append((command, verb, option, typed))
        await asyncio.sleep(self._seconds)
        return self._choices


async def shown(desk: Desk, called: Called | None = TYPING) -> list[tuple[str, str]]:
    found = await completing.completed(cast(FrontDesk, desk), ARRIVAL, called)
    return [(one.name, one.value) for one in found]


async def test_the_desk_is_asked_and_its_choices_are_shown() -> None:
    desk = Desk([Choice("premises", "Premises"), Choice("x", "y" * 120)])
    assert await shown(desk) == [("Premises", "premises"), ("y" * 100, "x")]
    assert desk.asked == [("match", "find", "term", "prem")]


async def test_never_more_than_discord_shows() -> None:
    assert len(await shown(Desk([Choice(str(number), str(number)) for number in range(40)]))) == 25


@pytest.mark.parametrize("called", [None, Called("match", "find")])
async def test_nothing_for_an_older_menu_or_where_nothing_is_typed(called: Called | None) -> None:
    desk = Desk([Choice("a", "a")])
    assert await shown(desk, called) == []
    assert desk.asked == []


async def test_a_desk_that_takes_too_long_is_not_waited_for() -> None:
    assert await shown(Desk([Choice("a", "a")], seconds=30)) == []
