"""What tests of polls on a platform have in common: the real tables, and a courier that brings what is due."""

from dataclasses import dataclass

from bot.deliveries.courier import Courier
from bot.identity import WorkspaceId
from bot.interactions import Tables
from bot.letters import LETTERS
from bot.polls.domain import Poll, PollState
from bot.ports import Chat, Clock
from bot.words import Languages
from commands import poll
from tests.fakes import Memory

TABLES: Tables = ((poll.COMMAND,), poll.ACTIONS, poll.FORMS)


@dataclass(frozen=True, slots=True)
class OneChat:
    """Implements :class:`bot.ports.Chats` for one platform."""

    chat: Chat

    def on(self, workspace: WorkspaceId, platform: str) -> Chat | None:  # noqa: ARG002 - the port's
        return self.chat if platform == self.chat.platform else None


def courier(memory: Memory, chat: Chat, languages: Languages, clock: Clock) -> Courier:
    units, alarm = memory.units, memory.alarm
    return Courier(memory.outbox, units, memory.directory, OneChat(chat), LETTERS, languages, clock, alarm, owner="one")


async def newest(memory: Memory, workspace: WorkspaceId) -> Poll:
    async with memory.units(workspace, reading=True) as work:
        return (await work.polls.in_states(tuple(PollState)))[0]
