"""Two rows become one member: everything that names the one names the other afterwards, in one unit of work."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.camps.leaving import give_camps
from bot.challenges.people import give_challenges
from bot.identity import MemberId
from bot.introductions.domain import Intro, IntroState, Part, Round, RoundState
from bot.introductions.life import lapsed
from bot.introductions.outgoing import news_for
from bot.members.domain import Block, Member
from bot.members.merging import merged
from bot.notes.people import give_notes
from bot.polls.people import give_ballots
from bot.ports import UnitOfWork

_ALL = 100_000
_ROUNDS = 100
_NEVER_OPENED = frozenset({IntroState.OFFERED, IntroState.ACCEPTED})


async def unite(work: UnitOfWork, kept: Member, gone: Member, profile: Member, now: datetime) -> Member:
    """``kept`` with everything of ``gone``, of whom a row without a name is left. ``profile``: whose of the two counts."""
    one = merged(kept, gone, profile)
    # What belongs to an account stays with it, so the row that goes must have none when it is forgotten.
    await work.members.put(replace(gone, accounts=(), roster_id="", roster_said="", sector="", joined_at=None))
    await work.members.put(one)
    await work.deliveries.give_to(gone.id, kept.id)
    await _give_introductions(work, gone.id, kept.id, now)
    await _give_rounds(work, gone.id, kept.id)
    for block in await work.members.blocks():
        member, other = (kept.id if who == gone.id else who for who in (block.member, block.other))
        if (member, other) != (block.member, block.other) and member != other:
            await work.members.block(Block(member, other, block.at))
    for schedule in await work.schedules.every():
        if schedule.created_by == gone.id:
            await work.schedules.put(replace(schedule, created_by=kept.id))
    await work.lines.give_to(gone.id, kept.id)
    await work.announcements.give_to(gone.id, kept.id)
    await give_ballots(work, gone.id, kept.id, now)
    await give_notes(work, gone.id, kept.id)
    await give_challenges(work, gone.id, kept.id, now)
    await work.bank.give_to(gone.id, kept.id)
    await work.calendar_keys.give_to(gone.id, kept.id)
    await give_camps(work, gone.id, kept.id, now)
    await work.members.forget(gone.id, now)
    return one


async def _give_introductions(work: UnitOfWork, gone: MemberId, kept: MemberId, now: datetime) -> None:
    mine = list(await work.rounds.intros_with(kept, _ALL))
    planned = {intro.round for intro in mine if intro.state is IntroState.PLANNED}
    offered = {frozenset(intro.members()) for intro in mine if intro.state is IntroState.OFFERED}
    for intro in await work.rounds.intros_with(gone, _ALL):
        if intro.part_of(kept) is not None:
            # An introduction to oneself: it stays in the history, and comes to nothing more.
            if intro.state in _NEVER_OPENED and intro.room is None:
                await _end(work, intro, now)
            continue
        if intro.state is IntroState.PLANNED and intro.round in planned:
            # In one round nobody stands twice: the draft draws this group's other member anew.
            continue
        given = _given(intro, gone, kept)
        await work.rounds.put_intro(given)
        if given.state is IntroState.OFFERED and frozenset(given.members()) in offered:
            await _end(work, given, now)  # both were offered the same person: one offer is enough


async def _end(work: UnitOfWork, intro: Intro, now: datetime) -> None:
    over = lapsed(intro)
    await work.rounds.put_intro(over)
    await work.deliveries.add(await news_for(work, over, over.members(), "over", now))


def _given(intro: Intro, gone: MemberId, kept: MemberId) -> Intro:
    def who(id_: str) -> str:
        return str(kept) if id_ == str(gone) else id_

    parts: Sequence[Part] = [replace(part, member=kept) if part.member == gone else part for part in intro.parts]
    reasons = [replace(one, giver=who(one.giver), receiver=who(one.receiver)) for one in intro.reasons]
    return replace(intro, parts=tuple(parts), reasons=tuple(reasons))


async def _give_rounds(work: UnitOfWork, gone: MemberId, kept: MemberId) -> None:
    for round_ in await work.rounds.latest(_ROUNDS):
        given = _round_given(round_, gone, kept)
        if given != round_:
            await work.rounds.put(given)


def _round_given(round_: Round, gone: MemberId, kept: MemberId) -> Round:
    def groups(asked: tuple[tuple[MemberId, ...], ...]) -> tuple[tuple[MemberId, ...], ...]:
        renamed = [tuple(kept if who == gone else who for who in group) for group in asked]
        return tuple(dict.fromkeys(group for group in renamed if len(set(group)) == len(group)))

    out = {left.id for left in round_.left_out}
    left_out = [
        replace(left, id=str(kept)) if left.id == str(gone) else left
        for left in round_.left_out
        if left.id != str(gone) or str(kept) not in out
    ]
    asked = round_.state is RoundState.DRAFT
    return replace(
        round_,
        created_by=kept if round_.created_by == gone else round_.created_by,
        locked=groups(round_.locked) if asked else round_.locked,
        forbidden=groups(round_.forbidden) if asked else round_.forbidden,
        left_out=tuple(left_out),
    )
