"""Five hundred members to whom announcements go out while everything breaks that can: nothing is lost, nothing comes twice.

Real processes, a real database, both platforms over HTTP and WebSockets. Answers are lost after the message was stored, both
platforms are away for a while, and processes die in the middle of their work.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import pytest

from tests.emulators.discord_faults import Fault as DiscordFault
from tests.emulators.slack_faults import Fault as SlackFault
from tests.emulators.slack_person import Person
from tests.emulators.slack_shown import controls
from tests.emulators.slack_state import Channel
from tests.end_to_end.killing import FEW, FIRST, Academy, Replicas, academy, planned, replicas, states

MEMBERS = 500
ALL, SOME = "Bring-cake-at-nine", "Only-for-foundations"
# Discord needs a stroke before each star, which makes it more than one of its messages holds.
LONG = SOME + " " + "*x" * 1_400
_PATIENCE = 240.0  # seconds; it takes some twenty unless it is broken, or the machine is very busy
_SOON = 30.0
_POST = "POST /channels/{channel}/messages"
_AFTER_STORING = (
    (
        SlackFault.LOST,
        SlackFault.SERVER_ERROR_AFTER,
        SlackFault.INTERNAL_AFTER,
        SlackFault.HANGS_AFTER,
        SlackFault.DROPPED,
    ),
    (
        DiscordFault.LOST,
        DiscordFault.SERVER_ERROR_AFTER,
        DiscordFault.NONSENSE,
        DiscordFault.HANGS_AFTER,
        DiscordFault.DROPPED,
    ),
)
# Members on Slack whose conversation the bot may not look back into.
_HIDDEN = 3


@dataclass(slots=True)
class Ordeal:
    """An academy to which two announcements go out while things break."""

    academy: Academy
    processes: Replicas
    random: Random
    hidden: set[str] = field(default_factory=set[str])

    def answers_get_lost(self) -> None:
        """At random; and where nobody can look whether a message had arrived, for certain."""
        slack, discord = self.academy.slack, self.academy.discord
        on_slack, on_discord = _AFTER_STORING
        for trouble in on_slack:
            slack.faults.arm("chat.postMessage", trouble, skip=self.random.randrange(MEMBERS // 2))
        for fault in on_discord:
            discord.faults.arm(_POST, fault, skip=self.random.randrange(MEMBERS // 2))
        for one in self.academy.here[1 : _HIDDEN + 1]:
            channel = slack.world.im(self.academy.team, one.id).id
            slack.faults.arm("chat.postMessage", SlackFault.LOST, channel=one.id)
            slack.faults.arm("conversations.history", "missing_scope", channel=channel, times=MEMBERS)
            self.hidden.add(one.id)

    async def announced(self) -> None:
        """The organiser sends one to everybody and a long one to some, which comes after it."""
        organiser, here = self.academy.here[0], self.academy.general
        for place, told in enumerate((ALL, f"{LONG} to:sector:foundation")):
            await self._types(f"new {told}", here)
            await organiser.until(partial(self._previewed, told.split()[0]), _SOON)
            pressed = await organiser.presses("Send now")
            while await planned(self.academy.settings["DATABASE_URL"]) <= place:
                await asyncio.sleep(0.05)
                if not pressed.ok and self._previewed(told.split()[0]):
                    pressed = await organiser.presses("Send now")
            if organiser.modal is not None:
                await organiser.closes(all_of_them=True)

    async def _types(self, text: str, where: Channel) -> None:
        """Again, as people do, where a busy machine was too slow for Slack's three seconds."""
        for _ in range(5):
            if (await self.academy.here[0].types("/announce", text, where)).ok:
                return

    def _shown(self) -> list[str]:
        """What the organiser sees; a long card may open as a view."""
        organiser = self.academy.here[0]
        return [*organiser.sees(self.academy.general), organiser.modal.text if organiser.modal else ""]

    def _previewed(self, word: str) -> bool:
        """Whether the organiser sees how it will look."""
        return any(word in text and "Send now" in text for text in self._shown())

    def moments(self, count: int) -> list[int]:
        """Counts of copies at which something happens, from now until nearly the end."""
        return sorted(self.random.sample(range(self.academy.said(), self.copies() - 20), count))

    async def until_said(self, count: int) -> None:
        while self.academy.said() < count:  # noqa: ASYNC110 - two platforms, and nobody who tells of both
            await asyncio.sleep(0.03)

    async def dies(self, which: int = 0) -> None:
        """One process is killed, at any moment of its work, and another one takes its place."""
        await asyncio.sleep(self.random.random() * 0.1)
        await self.processes.kill(which)
        await self.processes.start()

    async def platforms_are_away(self) -> None:
        slack, discord = self.academy.slack, self.academy.discord
        await slack.goes_down(refuses=self.random.random() < 0.5)
        await discord.goes_down(refuses=self.random.random() < 0.5)
        await asyncio.sleep(1)
        await slack.comes_back()
        await discord.comes_back()

    async def until_all_ended(self) -> Counter[str]:
        while True:
            with suppress(Exception):
                found = await states(self.academy.settings["DATABASE_URL"])
                if found.total() >= self.copies() and not found.keys() & {"waiting", "sending"}:
                    return found
            await asyncio.sleep(0.2)

    @staticmethod
    def copies() -> int:
        return MEMBERS + len(range(FIRST, MEMBERS, FEW))

    async def the_organiser_reads_of_doubts(self) -> None:
        """What nobody can tell was not sent again, and it is said of whom."""
        organiser = self.academy.here[0]
        await self._types("list", self.academy.general)
        await organiser.until_sees("Look at an announcement", _SOON)
        await organiser.chooses("Look at an announcement", await self._listed(organiser))
        words = ["did not arrive, as far as I know", *(one.name for one in self.academy.here[1 : _HIDDEN + 1])]
        await organiser.until(lambda: any(all(word in text for word in words) for text in self._shown()), _SOON)

    async def _listed(self, organiser: Person) -> str:
        """The first announcement, as the list of them calls it."""
        shown = await organiser.until_sees("Look at an announcement", _SOON)
        offered = [
            one for control in controls(organiser.eyes, shown.blocks) for one in control.element.get("options", ())
        ]
        return next(text for text in (organiser.eyes.text(one["text"]) for one in offered) if text.endswith(ALL))


async def survive(database_url: str, folder: Path, so_many: int, trouble: Callable[[Ordeal], Awaitable[None]]) -> None:
    seed = int.from_bytes(os.urandom(4))
    async with academy(database_url, folder, MEMBERS) as there, replicas(folder, there.settings) as run:
        ordeal = Ordeal(there, run, Random(seed))
        try:
            async with asyncio.timeout(_PATIENCE):
                for _ in range(so_many):
                    await run.start()
                await there.slack.connected(so_many, _SOON)
                ordeal.answers_get_lost()
                await ordeal.announced()
                await trouble(ordeal)
                ended = await ordeal.until_all_ended()
                await ordeal.the_organiser_reads_of_doubts()
        except TimeoutError:
            await run.where()
            pytest.fail(f"seed {seed}: {there.said()} messages, {await states(database_url)}\n{run.told()}")
        told = f"seed {seed}, {there.slack.faults.met}, {there.discord.faults.met}\n{run.told()}"
        assert ended == {"sent": ordeal.copies() - _HIDDEN, "doubtful": _HIDDEN}, told
        everybody(there, ALL, ordeal.hidden, told)
        in_order(there, told)
        assert there.discord.problems == [], told
        assert "Traceback" not in told


def everybody(there: Academy, said: str, hidden: set[str], told: str) -> None:
    """One copy each; where Slack would not say whether it has it, one at most."""
    on_slack, on_discord = there.on_slack(said), there.on_discord(said)
    assert on_discord == {one.id: 1 for one in there.there}, told
    assert {who: copies for who, copies in on_slack.items() if who not in hidden} == {
        one.id: 1 for one in there.here if one.id not in hidden
    }, told
    assert max(on_slack.values()) == 1, told


def in_order(there: Academy, told: str) -> None:
    """Those whom the second one was for as well got it after the first."""
    for channel in there.conversations():
        if any(SOME in said for said in channel):
            assert [ALL in said for said in channel] == [True] + [False] * (len(channel) - 1), told
            assert sum(SOME in said for said in channel) == 1, told
