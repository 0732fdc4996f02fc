"""``/profile link``: one member on two platforms."""

from bot.interactions import Call
from bot.linking.actions import GiveLinkCode, MessagesOn, UniteProfiles, UnlinkAccount
from bot.linking.cards import accounts_card, code_card, meeting_card
from bot.messages.replies import Private, Replace, Replies


async def link(call: Call) -> Replies:
    """A code for the other platform; with a code from there, what the two profiles would become."""
    profiles = call.services.linking.profiles
    if call.text("code").strip():
        meeting = await profiles.preview(call.arrival, call.member.id, call.text("code"))
        return (Private(meeting_card(meeting, call.words, call.now.astimezone(call.words.zone).date())),)
    accounts = await profiles.accounts(call.arrival, call.member.id)
    if len(accounts.reaches) > 1 or not accounts.elsewhere:
        return (Private(accounts_card(accounts, call.words)),)
    return await _give(call)


async def give_code(call: Call, _action: GiveLinkCode, _chosen: tuple[str, ...]) -> Replies:
    """Another code, for one who has two accounts already."""
    return await _give(call)


async def unite(call: Call, action: UniteProfiles, _chosen: tuple[str, ...]) -> Replies:
    """Both are me."""
    profiles = call.services.linking.profiles
    accounts = await profiles.unite(call.arrival, call.member.id, action.other, action.profile)
    return (Replace(accounts_card(accounts, call.words, call.words.say("Done: it is one profile now"))),)


async def messages_on(call: Call, action: MessagesOn, _chosen: tuple[str, ...]) -> Replies:
    """Send my messages there."""
    accounts = await call.services.linking.profiles.messages_on(call.arrival, call.member.id, action.platform)
    return (Replace(accounts_card(accounts, call.words)),)


async def unlink(call: Call, action: UnlinkAccount, _chosen: tuple[str, ...]) -> Replies:
    """That account is not mine any more."""
    accounts = await call.services.linking.profiles.unlink(call.arrival, call.member.id, action.platform)
    return (Replace(accounts_card(accounts, call.words, call.words.say("Unlinked"))),)


async def _give(call: Call) -> Replies:
    profiles = call.services.linking.profiles
    accounts = await profiles.accounts(call.arrival, call.member.id)
    given = await profiles.give(call.arrival, call.member.id)
    return (Private(code_card(given, accounts.elsewhere, call.words)),)
