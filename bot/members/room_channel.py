"""Where the rooms of introductions open, on a platform where an organiser can choose the channel."""

from enum import StrEnum

from bot.called import in_a_row
from bot.errors import NotAllowed, NotThere, phrase
from bot.identity import WorkspaceId
from bot.interactions import RoomsHere
from bot.ports import Clock, Units

# The kind of landmark under which the platform's adapter looks for the choice, by the home.
ROOM_CHANNEL = "room_channel"


class RoomsNow(StrEnum):
    """What was chosen, seen from one conversation."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    NOT_CHOSEN = "not_chosen"


class RoomChannelUseCases:
    """The part of :class:`bot.members.service.MemberService` that keeps where rooms open."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def rooms_now(self, workspace: WorkspaceId, platform: str, rooms: RoomsHere | None) -> RoomsNow:
        """What was chosen, for the home of this conversation. Raises NotThere where no room can open, and NotAllowed where the
        bot may not open one."""
        found = checked(rooms)
        async with self._units(workspace, reading=True) as work:
            chosen = await work.landmarks.get(platform, ROOM_CHANNEL, found.home)
        if chosen is None:
            return RoomsNow.NOT_CHOSEN
        return RoomsNow.HERE if chosen == found.spot else RoomsNow.ELSEWHERE

    async def open_rooms_here(self, workspace: WorkspaceId, platform: str, rooms: RoomsHere | None) -> None:
        """Rooms open there from now on; those that are open stay where they are. Raises as :meth:`rooms_now` does."""
        found = checked(rooms)
        async with self._units(workspace) as work:
            await work.landmarks.put(platform, ROOM_CHANNEL, found.home, found.spot, self._clock.now())
            await work.commit()

    async def open_rooms_anywhere(self, workspace: WorkspaceId, platform: str, rooms: RoomsHere | None) -> None:
        """Nobody's choice counts any more; doing it again changes nothing. Raises NotThere where there is nothing to choose."""
        found = _known(rooms)
        async with self._units(workspace) as work:
            await work.landmarks.forget(platform, ROOM_CHANNEL, found.home)
            await work.commit()


def checked(rooms: RoomsHere | None) -> RoomsHere:
    """The conversation, where rooms can open. Raises NotThere or NotAllowed, saying what to do."""
    found = _known(rooms)
    if not found.fits:
        raise NotThere(phrase("Rooms can't open here. Type this in an ordinary text channel of the server."))
    if found.lacks:
        raise NotAllowed(
            phrase(
                "I may not open rooms in this channel yet. In its settings, under Permissions, give me: {lacks}. Then type"
                " this again.",
                lacks=in_a_row(found.lacks),
            )
        )
    return found


def _known(rooms: RoomsHere | None) -> RoomsHere:
    if rooms is None:
        raise NotThere(
            phrase(
                "Only in a Discord server there is a channel to choose: type this there, in the channel where rooms are to"
                " open. Everywhere else a room is a conversation of its own."
            )
        )
    return rooms
