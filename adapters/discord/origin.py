"""Where an interaction comes from: the conversation, and the message with what was pressed."""

from dataclasses import dataclass

from adapters.discord.spots import message_address, spot_address, user_address
from bot.interactions import Place, PlaceKind, RoomsHere


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody asked. ``guild`` is empty in a direct conversation.

    ``message``: the one with the button, or from which the form was opened; ``ephemeral``: only the person sees it.
    ``passing``: it is a question or a step of a form, and becomes the answer or goes; ``about``: the message that this goes
    back to. ``target``: the message whose menu it was. ``rooms``: whether they could open there; None where there is no guild.
    ``mark``: by which the message is found again; 0 where it has none. ``nook``: it is the thread in which the bot speaks to
    one person who takes no direct messages.
    """

    kind: PlaceKind
    channel: str
    guild: str = ""
    message: str = ""
    ephemeral: bool = False
    passing: bool = False
    about: str = ""
    target: str = ""
    rooms: RoomsHere | None = None
    nook: bool = False
    mark: int = 0

    def place(self, user: str) -> Place:
        """The place for the core. A direct conversation is the person's own with the bot."""
        address = user_address(user) if self.kind is PlaceKind.DIRECT else spot_address(self.channel)
        card = self.target or self.about or ("" if self.ephemeral or self.passing else self.message)
        return Place(address, self.kind, message_address(self.channel, card) if card else None, self.rooms)
