"""``/help``: what I can do, for the one who asks."""

from bot.help import help_card
from bot.interactions import Call, Command, Verb, Who
from bot.messages.replies import Private, Replies


async def show(call: Call) -> Replies:
    """The commands that this member may use."""
    return (Private(help_card(call.services.commands, call.member, call.words)),)


COMMAND = Command(
    name="help",
    names={"en": "help", "da": "hjælp"},
    summary="What I can do for you",
    verbs=(Verb(run=show, only_shows=True, summary="see what I can do for you", who=Who.ALL),),
)
