"""``/academy rooms``: the channel in which the rooms of introductions open, where a platform has one to choose."""

from bot.interactions import Call
from bot.members.actions import OpenRoomsAnywhere, OpenRoomsHere
from bot.members.room_channel_cards import rooms_anywhere_card, rooms_card, rooms_here_card
from bot.messages.replies import Private, Replace, Replies


async def rooms(call: Call) -> Replies:
    """Asks whether rooms are to open where this was typed."""
    arrival = call.arrival
    now = await call.services.members.rooms_now(arrival.workspace, arrival.account.platform, arrival.place.rooms)
    return (Private(rooms_card(now, call.words)),)


async def here(call: Call, action: OpenRoomsHere, chosen: tuple[str, ...]) -> Replies:
    """They do from now on."""
    del action, chosen
    arrival = call.arrival
    await call.services.members.open_rooms_here(arrival.workspace, arrival.account.platform, arrival.place.rooms)
    return (Replace(rooms_here_card(call.words)),)


async def anywhere(call: Call, action: OpenRoomsAnywhere, chosen: tuple[str, ...]) -> Replies:
    """The bot finds a channel by itself."""
    del action, chosen
    arrival = call.arrival
    await call.services.members.open_rooms_anywhere(arrival.workspace, arrival.account.platform, arrival.place.rooms)
    return (Replace(rooms_anywhere_card(call.words)),)
