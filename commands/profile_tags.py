"""Short tags for what a member wrote as a sentence: suggested once, after it was saved, and taken by a press."""

from bot.interactions import Call
from bot.members.actions import AddTag, AskForTags, KeepSentence, UseTags
from bot.members.domain import Member
from bot.members.suggesting import free_texts
from bot.members.tag_cards import kept_card, no_tags_card, suggested_card, used_card
from bot.messages.replies import Private, Replace, Replies

_AT_ONCE = 2


async def suggestions(call: Call, after: Member) -> Replies:
    """A card for each of the first sentences that the member has just written and for which there is a tag to add."""
    return await _asked(call, after, but=call.member)


async def ask_for_tags(call: Call, action: AskForTags, chosen: tuple[str, ...]) -> Replies:
    """The same for all sentences of the profile, because somebody wants it."""
    del action, chosen
    return await _asked(call, call.member) or (Private(no_tags_card(call.words)),)


async def add_tag(call: Call, action: AddTag, chosen: tuple[str, ...]) -> Replies:
    """Adds the tag, and shows what else there is."""
    del chosen
    suggested = await call.services.members.add_tag(
        call.arrival.workspace, call.member.id, action.side, action.sentence, action.tag
    )
    return (Replace(suggested_card(suggested, call.words)),)


async def use_tags(call: Call, action: UseTags, chosen: tuple[str, ...]) -> Replies:
    """Lets the tags that were added stand for the sentence."""
    del chosen
    tags = await call.services.members.use_tags(call.arrival.workspace, call.member.id, action.side, action.sentence)
    return (Replace(used_card(tags, call.words)),)


async def keep_sentence(call: Call, action: KeepSentence, chosen: tuple[str, ...]) -> Replies:
    """Changes nothing."""
    del action, chosen
    return (Replace(kept_card(call.words)),)


async def _asked(call: Call, member: Member, but: Member | None = None) -> Replies:
    sentences = [(side, text) for side, text in free_texts(member) if but is None or text not in but.entries(side)]
    if not sentences:
        return ()
    found = await call.services.members.suggested(call.arrival.workspace, member.id, sentences)
    open_ = [one for one in found if len(one.added()) < len(one.tags)]
    return tuple(Private(suggested_card(one, call.words)) for one in open_[:_AT_ONCE])
