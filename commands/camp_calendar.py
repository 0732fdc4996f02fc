"""``/camp calendar``: camps in the member's own calendar."""

from bot.camps.calendar_actions import AddToCalendar, RenewCalendarAddress, ShowCalendarAddress
from bot.camps.calendar_cards import address_card, file_card, no_address_card
from bot.camps.domain import Camp
from bot.interactions import Answered, Call, Verb, answer
from bot.messages.replies import Hand, Private, Replace, Replies


async def calendar(call: Call) -> Replies:
    """The address that keeps my calendar up to date; where there is none, the next camp as a file."""
    calendars, coming = call.services.camps.calendars, await _next(call)
    address = await calendars.address(call.arrival.workspace, call.member.id)
    if address:
        return (Private(address_card(address, coming, call.words)),)
    return (Private(no_address_card(coming, call.words)),)


async def add(call: Call, action: AddToCalendar, _chosen: tuple[str, ...]) -> Replies:
    """One camp as a file."""
    calendars = call.services.camps.calendars
    camp, file = await calendars.file(call.arrival.workspace, call.member.id, action.camp, call.words)
    return (Hand(file_card(camp, call.words, follows=calendars.has_address), file),)


async def show(call: Call, _action: ShowCalendarAddress, _chosen: tuple[str, ...]) -> Replies:
    """The same as the command."""
    return await calendar(call)


async def renew(call: Call, _action: RenewCalendarAddress, _chosen: tuple[str, ...]) -> Replies:
    """Another address."""
    if not call.services.camps.calendars.has_address:
        return await calendar(call)
    address = await call.services.camps.calendars.renew(call.arrival.workspace, call.member.id)
    return (Replace(address_card(address, await _next(call), call.words, renewed=True)),)


async def _next(call: Call) -> Camp | None:
    coming = await call.services.camps.coming(call.arrival.workspace, call.member.id)
    return coming[0].camp if coming else None


CALENDAR = Verb(
    name="calendar",
    names={"en": "calendar", "da": "kalender"},
    run=calendar,
    summary="the camps in your own calendar",
    example="/camp calendar",
)

ACTIONS: tuple[Answered, ...] = (
    answer(AddToCalendar, add),
    answer(ShowCalendarAddress, show),
    answer(RenewCalendarAddress, renew),
)
