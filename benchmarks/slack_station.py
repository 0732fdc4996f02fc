"""Slack's emulator in a process of its own: ``python -m benchmarks.slack_station SPEED POSTS_A_MINUTE PEOPLE``.

Says where it is, the token and the people as a line of JSON; at the end of its input, what it saw.
"""

import asyncio
import json
import sys
from collections import Counter

from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_time import RunningClock


async def _serve(speed: float, posts_a_minute: float, people: int) -> None:
    async with SlackEmulator(RunningClock(speed), rates=Rates(posts_a_minute=posts_a_minute)) as slack:
        team = slack.team("Academy")
        users = [team.person(f"Member {number}").id for number in range(people)]
        print(json.dumps({"url": slack.api_url, "token": team.token_value, "users": users}), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        keys = Counter(
            str(payload["key"])
            for message in team.messages()
            if (payload := (message.metadata or {}).get("event_payload", {}))
        )
        posts = [call.at.timestamp() for call in slack.called("chat.postMessage") if call.ok]
        told = {
            "keys": len(keys),
            "copies": sum(keys.values()),
            "refused": dict(Counter("/".join(one.bucket[:1]) for one in slack.refused)),
            "seconds": max(posts, default=0.0) - min(posts, default=0.0),
        }
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])))
