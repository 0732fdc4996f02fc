"""The steps that an introduction takes in one transaction, with all that follows from them: offered, opened, over."""

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.deliveries.domain import Delivery
from bot.identity import MemberId, ScheduleId, new_id
from bot.introductions.domain import Answer, Intro, IntroState
from bot.introductions.life import accepted, is_open, lapsed, offered, without
from bot.introductions.outgoing import news_for, offer, retell, retell_contact, retell_room, room_opening, tell
from bot.introductions.seeing import may_still_meet
from bot.ports import UnitOfWork
from bot.schedules.domain import CatchUp, Schedule, ScheduleKind
from bot.schedules.rules import planned

_ALL = 100_000
# In the morning of a working day: nobody is asked about a meeting at night or on a Sunday.
_FOLLOW_UP_RULE = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
_FOLLOW_UP_AT = time(9, 0)


async def offer_to_all(
    work: UnitOfWork, intros: Sequence[Intro], until: datetime, now: datetime, *, but: MemberId | None = None
) -> None:
    """Each member gets the offer; ``but`` the one who asked for it."""
    ready = [offered(intro, until) for intro in intros]
    for intro in ready:
        await work.rounds.put_intro(intro)
    await work.deliveries.add([offer(one, member, now) for one in ready for member in one.members() if member != but])


async def close_later(work: UnitOfWork, at: datetime, now: datetime, details: dict[str, str]) -> None:
    """Writes down when the time to answer is over. ``details`` names the round, or the introduction."""
    zone = (await work.vocabulary.options()).timezone
    schedule = Schedule(
        id=ScheduleId(new_id()),
        kind=ScheduleKind.ROUND_CLOSE,
        zone=zone,
        start=at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0),
        catch_up=CatchUp.ALWAYS,
        details=details,
    )
    await work.schedules.put(planned(schedule, now))


async def open_if_all_said_yes(work: UnitOfWork, intro: Intro, now: datetime) -> Intro:
    """The room's delivery is written together with the last yes. Nothing happens where somebody cannot take part today."""
    if intro.state is not IntroState.OFFERED or not intro.all_said_yes() or not await may_still_meet(work, intro, now):
        return intro
    ready = accepted(intro)
    await work.rounds.put_intro(ready)
    await work.deliveries.add([room_opening(ready, now)])
    await _ask_later(work, now)
    for member in ready.members():
        await tell(work, ready, member, "open", now)
    return ready


async def settle(work: UnitOfWork, intros: Sequence[Intro], now: datetime) -> None:
    """The time to answer is over: each is opened if all said yes and can still meet, else over without a word of why."""
    news: list[Delivery] = []
    for intro in intros:
        changed = await open_if_all_said_yes(work, intro, now)
        never_opened = changed.state is IntroState.ACCEPTED and changed.room is None
        if changed.state is IntroState.OFFERED or (never_opened and not await may_still_meet(work, changed, now)):
            changed = lapsed(changed)
            await work.rounds.put_intro(changed)
            news += await news_for(work, changed, changed.members(), "over", now)
    await work.deliveries.add(news)


async def leave(work: UnitOfWork, member: MemberId, now: datetime) -> None:
    """Somebody is being forgotten: no introduction waits for them, and no card keeps their name or words.

    The others' open offers end at once instead of at the round's end, since their cards show who is leaving.
    """
    for intro in await work.rounds.intros_with(member, _ALL):
        changed = without(intro, member)
        never_opened = intro.state is IntroState.OFFERED or (intro.state is IntroState.ACCEPTED and intro.room is None)
        if never_opened:
            changed = lapsed(changed)
        if changed != intro:
            await work.rounds.put_intro(changed)
        if is_open(changed):
            await retell_room(work, changed, member, now)
        if is_open(changed) or never_opened:
            for other in changed.others(member):
                await retell(work, changed, other, member, now)
                await retell_contact(work, changed, other, member, now)


async def let_go(work: UnitOfWork, member: MemberId, now: datetime) -> None:
    """Somebody cannot be reached: nobody waits for their answer until the round's end, and nobody is told why."""
    for intro in await work.rounds.intros_with(member, _ALL):
        part = intro.part_of(member)
        if intro.state is IntroState.OFFERED and part is not None and part.answer is Answer.NONE:
            over = lapsed(intro)
            await work.rounds.put_intro(over)
            await work.deliveries.add(await news_for(work, over, over.others(member), "over", now))


async def _ask_later(work: UnitOfWork, now: datetime) -> None:
    """One schedule in the workspace looks every working morning who is to be asked "Did you meet?"."""
    if any(schedule.kind is ScheduleKind.FOLLOW_UP for schedule in await work.schedules.every()):
        return
    zone = (await work.vocabulary.options()).timezone
    schedule = Schedule(
        id=ScheduleId(new_id()),
        kind=ScheduleKind.FOLLOW_UP,
        zone=zone,
        start=datetime.combine(now.astimezone(ZoneInfo(zone)).date(), _FOLLOW_UP_AT),
        rule=_FOLLOW_UP_RULE,
        catch_up=CatchUp.WITHIN_SIX_HOURS,
    )
    await work.schedules.put(planned(schedule, now))
