"""``/academy link``: one academy on two platforms."""

from bot.interactions import Call
from bot.linking.actions import JoinAcademies
from bot.linking.cards import academy_code_card, joined_card, joining_card
from bot.messages.replies import Private, Replace, Replies


async def link(call: Call) -> Replies:
    """A code for an organiser of the other place; with a code from there, what would be joined."""
    academies = call.services.linking.academies
    if call.text("code").strip():
        other, joining = await academies.preview(call.arrival, call.text("code"))
        return (Private(joining_card(other, joining, call.words)),)
    given = await academies.give(call.arrival, call.member.id)
    return (Private(academy_code_card(given, await academies.homes(call.arrival), call.words)),)


async def join(call: Call, action: JoinAcademies, _chosen: tuple[str, ...]) -> Replies:
    """Make them one."""
    academy = await call.services.linking.academies.join(call.arrival, action.other)
    return (Replace(joined_card(academy, call.words)),)
