"""How the local workspace writes its addresses: a conversation, a thread in it, or one message."""

from dataclasses import dataclass
from uuid import UUID

from bot.errors import Gone
from bot.identity import Address, ConversationId, MessageId

PLATFORM = "web"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to post: a conversation, or the thread under one of its messages."""

    conversation: ConversationId
    thread: MessageId | None = None

    def address(self) -> Address:
        """The opaque form that the core keeps."""
        thread = f":{self.thread}" if self.thread else ""
        return Address(PLATFORM, f"in:{self.conversation}{thread}")


def message_address(message: MessageId) -> Address:
    """The address of one message."""
    return Address(PLATFORM, f"message:{message}")


def read_address(address: Address) -> Spot | MessageId:
    """What an address means. Raises Gone for one that this workspace never made."""
    kind, _, rest = address.value.partition(":")
    try:
        if address.platform == PLATFORM and kind == "message":
            return MessageId(UUID(rest))
        if address.platform == PLATFORM and kind == "in":
            conversation, _, thread = rest.partition(":")
            return Spot(ConversationId(UUID(conversation)), MessageId(UUID(thread)) if thread else None)
    except ValueError as error:
        raise Gone("no such address") from error
    raise Gone("no such address")
