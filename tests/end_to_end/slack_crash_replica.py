"""One process of the service with a courier and Slack, to be killed: ``python -m tests.end_to_end.slack_crash_replica``.

Arguments: the database's URL, the Web API's URL, and a name for this process. The token comes over its standard input.
"""

import asyncio
import sys
from dataclasses import dataclass

from adapters.clock import SystemClock
from adapters.slack.api import SlackApi
from adapters.slack.chat import SlackChat
from bot.identity import WorkspaceId
from tests import databases
from tests.end_to_end.crash_letters import LETTERS, deliver


@dataclass(frozen=True, slots=True)
class OneToken:
    value: str

    async def token(self, workspace: WorkspaceId) -> str:
        assert workspace
        return self.value

    async def lost(self, workspace: WorkspaceId, token: str, error: str) -> None:
        raise AssertionError((workspace, token, error))


async def serve(database_url: str, api_url: str, name: str, token: str) -> None:
    clock = SystemClock()
    api = SlackApi(api_url, OneToken(token), clock, rates={}, patience=1.2)
    async with databases.opened(database_url, LETTERS) as storage:
        workspace = await storage.workspace()
        await deliver(storage, SlackChat(workspace, api, storage.units, clock), name)
    await api.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2], sys.argv[3], sys.stdin.readline().strip()))
