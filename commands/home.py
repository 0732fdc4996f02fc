"""The person's own page, part by part: what each shows is read here, how it looks is in ``bot/home.py``."""

from collections.abc import Sequence

from bot.camps.deskcards import untold_part
from bot.camps.homepart import camp_part
from bot.challenges.homepart import challenges_part
from bot.home import (
    HomePart,
    home_card,
    introductions_part,
    profile_part,
    round_part,
    stranger_card,
    undelivered_part,
    waiting_part,
)
from bot.interactions import Call, HomeBuilder
from bot.messages.elements import Card, Divider, Element
from bot.notes.tellcards import notes_part
from bot.polls.homepart import polls_part


async def introductions(call: Call) -> Sequence[Element]:
    """What waits for an answer, and what became of earlier introductions."""
    mine = await call.services.introductions.answers.mine(call.arrival.workspace, call.member.id)
    return [*waiting_part(mine, call.words), Divider(), *introductions_part(mine, call.words)]


async def profile(call: Call) -> Sequence[Element]:
    """Who the member is here, and when the next round goes out."""
    known = await call.services.members.standing(call.arrival.workspace, call.member.id)
    today = call.now.astimezone(call.words.zone).date()
    return profile_part(known.member, known.lists, call.words, today, known.next_round)


async def next_camp(call: Call) -> Sequence[Element]:
    """The next camp, and how the member stands there."""
    return camp_part(await call.services.camps.coming(call.arrival.workspace, call.member.id), call.words, call.now)


async def open_polls(call: Call) -> Sequence[Element]:
    """Those that wait for the member's vote, and the member's own."""
    waiting = await call.services.polls.waiting(call.arrival.workspace, call.member)
    return polls_part(waiting, call.member.id, call.words)


async def case_notes(call: Call) -> Sequence[Element]:
    """Drafts that wait for the member, and notes to which they may still object."""
    mine = await call.services.notes.mine(call.arrival.workspace, call.member.id)
    return notes_part(mine.made, mine.took_part, call.member.id, call.words)


async def open_challenges(call: Call) -> Sequence[Element]:
    """Those to which the member was asked, and the member's own."""
    return challenges_part(await call.services.challenges.waiting(call.arrival.workspace, call.member), call.words)


async def changes_not_told(call: Call) -> Sequence[Element]:
    """For organisers only."""
    if not call.member.is_organiser():
        return ()
    return untold_part(await call.services.camps.untold(call.arrival.workspace, call.member.id), call.words)


async def round_in_preparation(call: Call) -> Sequence[Element]:
    """For organisers only."""
    if not call.member.is_organiser():
        return ()
    return round_part(await call.services.introductions.drafts.prepared(call.arrival.workspace), call.words)


async def not_delivered(call: Call) -> Sequence[Element]:
    """For organisers only."""
    if not call.member.is_organiser():
        return ()
    return undelivered_part(await call.services.members.undelivered(call.arrival.workspace), call.words)


PARTS: tuple[HomePart, ...] = (
    introductions,
    next_camp,
    open_polls,
    open_challenges,
    case_notes,
    changes_not_told,
    profile,
    round_in_preparation,
    not_delivered,
)


async def home(call: Call) -> Card:
    """The page of the one who looks at it."""
    if not call.member.is_complete():
        return stranger_card(call.words)
    return home_card(call.member, [await part(call) for part in PARTS], call.words)


HOME: HomeBuilder = home
