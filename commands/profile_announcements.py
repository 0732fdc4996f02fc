"""Whether somebody wants announcements: switched off with a button below any of them, and on again there or in the profile."""

from bot.interactions import Call, Option, OptionChoice, OptionKind, Verb, Who, answer
from bot.members.actions import HearAnnouncements, HearInProfile
from bot.members.cards import profile_card
from bot.members.hearing_cards import heard_card, hearing_card
from bot.messages.replies import Private, Replace, Replies


async def announcements(call: Call) -> Replies:
    """Switches them on or off; else tells how it stands."""
    if not call.text("want"):
        return (Private(heard_card(call.words, hears=not call.member.announcements_muted)),)
    hears = call.text("want") == "on"
    await call.services.members.hear_announcements(call.arrival.workspace, call.member.id, hears=hears)
    return (Private(hearing_card(call.words, hears=hears)),)


async def from_copy(call: Call, action: HearAnnouncements, _chosen: tuple[str, ...]) -> Replies:
    """No more of them; or, from the answer to that, more of them again."""
    hears = bool(action.hears)
    await call.services.members.hear_announcements(call.arrival.workspace, call.member.id, hears=hears)
    card = hearing_card(call.words, hears=hears)
    return (Replace(card) if hears else Private(card),)


async def in_profile(call: Call, _action: HearInProfile, _chosen: tuple[str, ...]) -> Replies:
    """On again, and the profile as it is then."""
    standing = await call.services.members.hear_announcements(call.arrival.workspace, call.member.id, hears=True)
    today = call.now.astimezone(call.words.zone).date()
    said = call.words.say("Saved, thank you.")
    return (Replace(profile_card(standing.member, standing.lists, call.options, call.words, today, said=said)),)


VERB = Verb(
    run=announcements,
    name="announcements",
    names={"en": "announcements", "da": "opslag"},
    summary="get announcements, or none",
    who=Who.ALL,
    options=(
        Option(
            "want",
            {"en": "want", "da": "vil"},
            summary="on or off",
            kind=OptionKind.CHOICE,
            choices=(OptionChoice("on", {"en": "on", "da": "til"}), OptionChoice("off", {"en": "off", "da": "fra"})),
        ),
    ),
    example="/profile announcements off",
)

ACTIONS = (answer(HearAnnouncements, from_copy, Who.ALL), answer(HearInProfile, in_profile, Who.ALL))
