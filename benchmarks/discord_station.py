"""Discord's emulator in a process of its own, with the limits that Discord documents: ``python -m benchmarks.discord_station
PEOPLE CLOSED``.

Fifty requests a second in all, and five messages in five seconds in one channel. Every so many-th of the people takes no
direct messages (``CLOSED``; 0: all of them do). It says where it is, the token, the guild and the people as a line of JSON;
at the end of its input, what it saw.
"""

import asyncio
import json
import sys
from collections import Counter

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_rates import Rates

_POST = "POST /channels/{channel}/messages"


async def _serve(people: int, closed: int) -> None:
    rates = Rates(50.0, {"": (1_000, 1.0), _POST: (5, 5.0)})
    async with DiscordEmulator(rates=rates) as discord:
        guild = discord.guild("Academy")
        members = [
            guild.person(f"Member {number}", takes_messages=not closed or number % closed > 0)
            for number in range(people)
        ]
        told = {
            "url": discord.api_url,
            "token": discord.token,
            "guild": guild.id,
            "channel": guild.system_channel,
            "users": [one.id for one in members],
        }
        print(json.dumps(told), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        bot = discord.world.bot
        said = [
            message
            for channel in discord.world.channels.values()
            for message in channel.messages.values()
            if message.author is bot and message.nonce
        ]
        times = [call.at.timestamp() for call in discord.calls if call.route != "GET /users/@me"]
        seen = {
            "nonces": len({message.nonce for message in said}),
            "messages": len(said),
            "refused": dict(Counter(one.scope for one in discord.refused)),
            "calls": len(times),
            "seconds": max(times, default=0.0) - min(times, default=0.0),
            "problems": discord.problems,
        }
        print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2])))
