"""The word to organisers about a switch that only they can find: what it says, and to whom."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.deliveries.letters import Reading
from bot.identity import MemberId, new_id
from bot.letters import LETTERS
from bot.members.domain import Member, Role, WorkspaceOptions
from bot.members.switches import PORTAL, MessagesUnreadable, messages_unreadable, switch_card
from bot.messages.elements import Buttons, LinkButton
from bot.words import Languages
from tests.fakes import Memory

WORDS = Languages.load().words("en", ZoneInfo("Europe/Copenhagen"))
ANNA = Member(MemberId(new_id()), "Anna", "Org", "business", role=Role.ORGANISER)


async def written(reader: Member | None) -> object:
    memory = Memory()
    workspace = await memory.directory.ensure("guild:5", "Academy", WorkspaceOptions())
    async with memory.units(workspace.id, reading=True) as work:
        reading = Reading(work, WORDS, WorkspaceOptions(), datetime(2026, 3, 2, tzinfo=UTC), reader)
        return await messages_unreadable(reading, MessagesUnreadable(ANNA.id))


async def test_an_organiser_is_told_where_the_switch_is() -> None:
    assert await written(ANNA) == switch_card(WORDS)
    buttons = [one for one in switch_card(WORDS).elements if isinstance(one, Buttons)]
    assert buttons == [Buttons((LinkButton("Developer Portal", PORTAL),))]


async def test_whoever_is_none_any_more_and_a_room_are_not() -> None:
    assert await written(replace(ANNA, role=Role.MEMBER)) is None
    assert await written(None) is None


def test_the_letter_is_in_the_table() -> None:
    assert MessagesUnreadable in [row.letter for row in LETTERS]
