"""A process that takes votes until it is killed: told on its input who votes what, it says on its output whose vote is kept."""

import asyncio
import sys
from uuid import UUID

from adapters.clock import SystemClock
from bot.deliveries.domain import LetterTable
from bot.identity import Account, PollId, WorkspaceId
from bot.letters import LETTERS
from bot.polls.voting import Slip, Voted, Voting
from tests import databases


def tell(word: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


async def main(url: str, workspace: str, poll: str) -> None:
    """Each line names a voter's number and an option; votes go in as they come, and each answer is one number."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    async with databases.opened(url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        voting = Voting(storage.units, SystemClock())

        async def vote(number: str, option: str) -> None:
            slip = Slip(Account("web", f"p{number}"), PollId(UUID(poll)), (option,), f"{number}:{option}")
            outcome = await voting.vote(WorkspaceId(UUID(workspace)), slip)
            tell(number if isinstance(outcome, Voted) else f"-{number}")

        async with asyncio.TaskGroup() as together:
            tell("ready")
            while line := (await reader.readline()).decode().split():
                together.create_task(vote(*line))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
