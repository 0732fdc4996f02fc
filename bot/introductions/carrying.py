"""A few lines between people on two platforms, carried over word for word."""

from dataclasses import dataclass

from bot.errors import NotAllowed, NotThere, phrase
from bot.identity import IntroId, LineId, MemberId, WorkspaceId, new_id
from bot.introductions.answers import long_gone, mine
from bot.introductions.contacts import Contacts, contacts_of
from bot.introductions.domain import Line
from bot.introductions.life import is_open
from bot.introductions.outgoing import carried
from bot.introductions.reaching import may_not_write
from bot.members.domain import Member
from bot.ports import Clock, UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class Carried:
    """A line is on its way. ``left``: how many more are carried to the same person."""

    name: str
    left: int


class Carrying:
    """Use cases around carried lines."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def contact(
        self, workspace: WorkspaceId, member: MemberId, intro: IntroId, other: MemberId
    ) -> tuple[Contacts, Member]:
        """What the form for a line needs. Raises NotThere and NotAllowed where nothing can be carried."""
        async with self._units(workspace, reading=True) as work:
            return await self._open(work, member, intro, other)

    async def write(
        self, workspace: WorkspaceId, member: MemberId, intro: IntroId, other: MemberId, text: str
    ) -> Carried:
        """Keeps the line and its delivery. Raises as :meth:`contact` does."""
        async with self._units(workspace) as work:
            contacts, person = await self._open(work, member, intro, other)
            line = Line(LineId(new_id()), intro, member, other, text, self._clock.now())
            await work.lines.add(line)
            await work.deliveries.add([carried(line)])
            await work.commit()
        return Carried(person.name, contacts.left[other] - 1)

    async def _open(
        self, work: UnitOfWork, member: MemberId, intro: IntroId, other: MemberId
    ) -> tuple[Contacts, Member]:
        found = await mine(work, intro, member, for_change=False)
        if not is_open(found):
            raise NotThere(long_gone())
        contacts = await contacts_of(work, found, member, self._clock.now())
        person = contacts.seen.people.get(other)
        if person is None or other == member or await may_not_write(work, member, other):
            raise NotAllowed(phrase("I can't carry a message there any more."))
        if not contacts.left[other]:
            raise NotAllowed(
                phrase(
                    "I have carried as much as I can between you two. The contact card says how you reach each other."
                )
            )
        return contacts, person
