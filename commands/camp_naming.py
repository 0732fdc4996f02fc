"""How a camp is named behind a command: by its name or a part of it; the next one where nothing is said."""

from collections.abc import Sequence

from bot.camps.domain import Camp
from bot.interactions import Call, Option
from bot.messages.choosing import fitting
from bot.messages.elements import Choice


async def names(call: Call, typed: str) -> Sequence[Choice]:
    """The camps to come, while somebody types one's name."""
    coming = await call.services.camps.coming(call.arrival.workspace, call.member.id)
    return fitting([Choice(one.camp.name, one.camp.name) for one in coming], typed)


async def meant(call: Call) -> Camp:
    """The camp that was named, or the next one. Raises NotThere."""
    return await call.services.camps.find(call.arrival.workspace, call.text("camp"))


CAMP = Option(
    "camp",
    {"en": "camp", "da": "camp"},
    summary="which camp; the next one without it",
    suggests=names,
    max_length=100,
    rest=True,
)
