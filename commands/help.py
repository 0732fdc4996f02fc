"""``/help``: what I can do, for the one who asks."""

from bot.help import command_asked, command_card
from bot.interactions import Call, Command, Option, Verb, Who
from bot.messages.replies import Private, Replies


async def show(call: Call) -> Replies:
    """The commands that this member may use, or one of them in full."""
    asked = command_asked(call.services.commands, call.text("command"), call.words)
    if asked is not None:
        return (Private(command_card(asked, call.member, call.words)),)
    return (Private(call.services.helps.card(call.services.commands, call.member, call.words)),)


COMMAND = Command(
    name="help",
    names={"en": "help", "da": "hjælp"},
    summary="What I can do for you",
    verbs=(
        Verb(
            run=show,
            only_shows=True,
            summary="see what I can do for you",
            who=Who.ALL,
            options=(
                Option(
                    "command",
                    {"en": "command", "da": "kommando"},
                    summary="the command you want to know more about",
                    max_length=60,
                    rest=True,
                ),
            ),
        ),
    ),
)
