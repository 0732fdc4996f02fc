"""The weeks before today: what became of each earlier round, so that the first new one has a history to respect.

The real planner made the rounds; only what people did with them is thrown with dice, the same ones at every start.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.demo.cast import id_at
from bot.identity import IntroId, MemberId, RoundId
from bot.introductions.domain import Answer, Intro, IntroState, Outcome, Part, Round, RoundState
from bot.introductions.gathering import member_id
from bot.matching.domain import Group, Plan

# Rounds that the academy has behind it when the demo starts.
ROUNDS = 5

_TUESDAY = 1
_SENT_AT = time(9)
_ANSWER_DAYS = 6
_BOTH_SAID_YES = 0.8
# Of two who stood in a room together: how often they met, will meet, did not; the rest never said.
_OUTCOMES = (Outcome.MET, Outcome.PLANNED, Outcome.NOT_MET, Outcome.UNKNOWN)
_OF_A_HUNDRED = (68, 8, 10, 14)


@dataclass(frozen=True, slots=True)
class Week:
    """One earlier round and its introductions."""

    round: Round
    intros: tuple[Intro, ...]


def sending_times(now: datetime, zone: ZoneInfo) -> Sequence[datetime]:
    """When the earlier rounds were sent, oldest first: Tuesdays at nine, the last one's time to answer over by now."""
    today = now.astimezone(zone).date()
    newest = today - timedelta(days=(today.weekday() - _TUESDAY) % 7)
    last = datetime.combine(newest, _SENT_AT, zone)
    if now < last + timedelta(days=_ANSWER_DAYS):
        newest -= timedelta(days=7)
    weeks = [newest - timedelta(days=7 * back) for back in reversed(range(ROUNDS))]
    return [datetime.combine(day, _SENT_AT, zone).astimezone(now.tzinfo) for day in weeks]


def a_week(number: int, sent_at: datetime, planned: Plan, organiser: MemberId) -> Week:
    """The round as it ended, and each introduction with its answers and what was told of the meeting."""
    dice = random.Random(number)
    created_at = sent_at - timedelta(minutes=12)
    round_ = Round(
        id=RoundId(id_at(created_at, dice)),
        number=number,
        state=RoundState.CLOSED,
        seed=number,
        created_at=created_at,
        created_by=organiser,
        opened_at=sent_at,
        answer_until=sent_at + timedelta(days=_ANSWER_DAYS),
        left_out=planned.left_out,
        score=planned.score,
        bound=planned.bound,
        optimal=planned.optimal,
        novelty_exhausted=planned.novelty_exhausted,
    )
    return Week(round_, tuple(_intro(round_, sent_at, group, dice) for group in planned.groups))


def _intro(round_: Round, sent_at: datetime, group: Group, dice: random.Random) -> Intro:
    members = [member_id(text) for text in group.members]
    opens = dice.random() < _BOTH_SAID_YES
    parts = _said_yes(members, sent_at, dice) if opens else _not_this_time(members, sent_at, dice)
    return Intro(
        id=IntroId(id_at(round_.created_at, dice)),
        round=round_.id,
        parts=parts,
        score=group.score,
        reasons=group.reasons,
        state=IntroState.ENDED if opens else IntroState.LAPSED,
        created_at=round_.created_at,
        answer_until=round_.answer_until,
        opened_at=max(part.answered_at or sent_at for part in parts) if opens else None,
        repeat=group.repeat,
    )


def _said_yes(members: Sequence[MemberId], sent_at: datetime, dice: random.Random) -> tuple[Part, ...]:
    outcome = dice.choices(_OUTCOMES, _OF_A_HUNDRED)[0]
    return tuple(Part(member, Answer.YES, _soon(sent_at, dice), outcome) for member in members)


def _not_this_time(members: Sequence[MemberId], sent_at: datetime, dice: random.Random) -> tuple[Part, ...]:
    """One was silent, or said "not now"; the others may have said yes."""
    reluctant = dice.choice(members)
    said = dice.choice((Answer.NONE, Answer.NONE, Answer.NOT_NOW))
    answers = {member: Answer.YES if member != reluctant else said for member in members}
    return tuple(
        Part(member, answer, None if answer is Answer.NONE else _soon(sent_at, dice))
        for member, answer in answers.items()
    )


def _soon(sent_at: datetime, dice: random.Random) -> datetime:
    return sent_at + timedelta(minutes=dice.randint(4, 60 * 24 * (_ANSWER_DAYS - 1)))
