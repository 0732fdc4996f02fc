"""Steers an emulator from another process: a few requests beside Discord's own."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_asking import Outcome
from tests.emulators.discord_person import Person
from tests.emulators.discord_state import Json


class Door:
    def __init__(self, discord: DiscordEmulator) -> None:
        self.discord = discord
        self.over = asyncio.Event()
        discord.more_routes += [
            web.post("/door/guilds", self.guilds),
            web.post("/door/commands", self.commands),
            web.post("/door/asks", self.asks),
            web.post("/door/presses", self.presses),
            web.post("/door/gateway", self.gateway),
            web.get("/door/state", self.state),
            web.post("/door/ends", self.ends),
        ]

    async def guilds(self, request: web.Request) -> web.Response:
        """``{"number": 2500, "people": 2}``: so many more guilds, each with so many people."""
        asked: Json = await request.json()
        made: list[str] = []
        for _ in range(asked["number"]):
            guild = self.discord.guild(f"Guild {len(self.discord.world.guilds) + 1}")
            for number in range(asked.get("people", 1)):
                guild.person(f"Person {number + 1}", locale=asked.get("locale", "en-US"))
            made.append(guild.id)
            if len(made) % 50 == 0:
                await asyncio.sleep(0)
        return web.json_response({"guilds": made})

    async def commands(self, request: web.Request) -> web.Response:
        """Waits until the bot has put its commands, and gives their names."""
        asked: Json = await request.json()
        await self.discord.until(lambda: self.discord.world.commands, asked.get("patience", 60.0))
        return web.json_response([row["name"] for row in self.discord.world.commands.values()])

    async def asks(self, request: web.Request) -> web.Response:
        """``{"command": "/help", "times": 200, "options": {}}``: all at once, by people of different guilds."""
        asked: Json = await request.json()
        people = self._people(asked["times"])
        one = (self._types(person, asked["command"], asked.get("options", {})) for person in people)
        return web.json_response(_took(await asyncio.gather(*one)))

    async def presses(self, request: web.Request) -> web.Response:
        """``{"label": "Accept", "times": 200}``: the newest message that has the button, by those who see one."""
        asked: Json = await request.json()
        people = self._people(asked["times"])
        return web.json_response(_took(await asyncio.gather(*(person.presses(asked["label"]) for person in people))))

    async def gateway(self, request: web.Request) -> web.Response:
        """``{"does": "drop"}``, or "cut", "asks_to_reconnect", "forgets_sessions"."""
        asked: Json = await request.json()
        match asked["does"]:
            case "drop":
                self.discord.gateway.drop()
            case "cut":
                self.discord.gateway.cut()
            case "asks_to_reconnect":
                self.discord.gateway.asks_to_reconnect()
            case _:
                self.discord.gateway.forgets_sessions()
        return web.json_response({})

    async def state(self, _request: web.Request) -> web.Response:
        discord = self.discord
        live = [session.shard for session in discord.gateway.sessions.values() if session.socket is not None]
        told: dict[str, Any] = {
            "shards": sorted(live), "guilds": len(discord.world.guilds), "asked": discord.asking.asked,
            "unanswered": discord.asking.unanswered, "problems": discord.problems[:50], "refused": len(discord.refused),
            "messages": sum(len(channel.messages) for channel in discord.world.channels.values()),
            "answered_calls": discord.rest.answered,
        }  # fmt: skip
        return web.json_response(told)

    async def ends(self, _request: web.Request) -> web.Response:
        self.over.set()
        return web.json_response({})

    # Hands

    def _people(self, number: int) -> Sequence[Person]:
        """People of one guild after the other."""
        guilds = [guild for guild in self.discord.guilds() if guild.installed and guild.people]
        everybody = [list(guild.people.values()) for guild in guilds]
        return [everybody[n % len(guilds)][(n // len(guilds)) % len(everybody[n % len(guilds)])] for n in range(number)]

    async def _types(self, person: Person, command: str, options: dict[str, object]) -> Outcome:
        return await person.types(command, None, **options)


def _took(outcomes: Sequence[Outcome]) -> Json:
    """Milliseconds until each first answer, as the people felt it, and what went wrong."""
    right = [outcome.interaction for outcome in outcomes if outcome.ok and outcome.interaction is not None]
    return {
        "milliseconds": [round(one.took * 1000, 3) for one in right],
        "kinds": sorted({one.answered or 0 for one in right}),
        "errors": [outcome.error for outcome in outcomes if not outcome.ok],
    }
