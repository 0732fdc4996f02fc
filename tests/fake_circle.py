"""A platform in memory that knows who is in its channels."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.errors import Gone
from bot.identity import Account, Address
from tests.fake_chat import FakeChat
from tests.introductions_talk import Academy, a_small_academy


@dataclass(slots=True)
class Channels(FakeChat):
    """It says nothing of a channel that is not there."""

    inside: dict[Address, set[str]] = field(default_factory=dict[Address, set[str]])

    async def readers(self, place: Address, among: Sequence[Account]) -> frozenset[Account]:
        if place not in self.inside:
            raise Gone("channel_not_found")
        return frozenset(one for one in among if one.user in self.inside[place])


async def an_academy(**inside: set[str]) -> tuple[Academy, Channels]:
    """The small academy with these channels."""
    academy = await a_small_academy()
    chat = Channels(academy.clock, inside={Address("web", f"channel:{name}"): who for name, who in inside.items()})
    academy.chats.add(academy.workspace, chat)
    return academy, chat
