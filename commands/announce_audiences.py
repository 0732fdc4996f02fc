"""Whom an announcement can be for, while somebody types."""

from collections.abc import Sequence

from bot.announcements.camp_audience import CampAnswer, camp_in_words
from bot.errors import NotThere
from bot.interactions import Call
from bot.members.vocabulary import Listing
from bot.messages.choosing import fitting
from bot.messages.elements import Choice

_OF_THE_NEXT_CAMP = (CampAnswer.YES, CampAnswer.MAYBE, CampAnswer.UNANSWERED, CampAnswer.WAITING)


async def audiences(call: Call, typed: str) -> Sequence[Choice]:
    """Those that exist here, and fit what has been typed so far."""
    known = [Choice("everyone", call.words.say("everyone in the academy"))]
    for kind, listing in (("sector", Listing.SECTORS), ("theme", Listing.THEMES)):
        every = await call.services.members.every_listed(call.arrival.workspace, listing)
        known += [Choice(f"{kind}:{one.key}", f"{kind}:{one.key} ({one.name(call.words.language)})") for one in every]
    known.append(Choice("role:organiser", call.words.say("organisers")))
    return fitting([*known, *await _of_the_next_camp(call)], typed)


async def _of_the_next_camp(call: Call) -> Sequence[Choice]:
    try:
        camp = await call.services.camps.find(call.arrival.workspace)
    except NotThere:
        return ()
    return [
        Choice(f"camp:{one.value}", camp_in_words(f"{one.value}:{camp.id}", camp.name, call.words))
        for one in _OF_THE_NEXT_CAMP
    ]
