"""The camp that the academy of the demo looks forward to: on the pattern of a real one, five weeks ahead, and nearly full.

Who said what is thrown with dice, the same ones at every start; who has a seat follows from it by the real rules.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.camps.changes import facts_of
from bot.camps.domain import Answer, Camp, Item, Seat, Signup
from bot.camps.reminding import replan
from bot.camps.seating import moved_up
from bot.demo.cast import ORGANISERS, id_at
from bot.identity import CampId, MemberId
from bot.members.domain import Consent, Member
from bot.ports import UnitOfWork
from bot.words import Words

_SEATS = 26
_AHEAD, _INVITED, _TO_ANSWER = timedelta(days=35), timedelta(days=6), timedelta(days=5)
_THURSDAY = 3
_NEW_YEAR, _CHRISTMAS = (1, 6), (12, 18)
_ANSWERS = (Answer.YES, Answer.MAYBE, Answer.NO, Answer.NONE)
_OF_A_HUNDRED = (68, 8, 8, 16)
_BRINGS_A_GUEST = 0.06
_SEED = 4


async def look_forward(work: UnitOfWork, people: Sequence[Member], now: datetime, words: Words) -> None:
    """Writes the camp, its reminders and what each member has answered so far. The first organisers still have to say."""
    dice = random.Random(_SEED)
    organiser = next(member.id for member in people if member.roster_id == ORGANISERS[0])
    camp = await replan(work, _camp(organiser, now, words, dice), now)
    await work.camps.put(camp)
    signups = _answers(camp, people, now, dice)
    sectors: Mapping[MemberId, str] = {member.id: member.sector for member in people}
    seated = {one.member: one for one in moved_up(camp, signups, sectors)}
    await work.camps.put_signups([seated.get(one.member, one) for one in signups])


def _camp(organiser: MemberId, now: datetime, words: Words, dice: random.Random) -> Camp:
    made_at = now - _INVITED - timedelta(hours=2)
    camp = Camp(
        id=CampId(id_at(made_at, dice)),
        author=organiser,
        created_at=made_at,
        name="Camp 4",
        day=_thursday(now.astimezone(words.zone).date() + _AHEAD),
        begins=time(9),
        ends=time(16),
        zone=words.zone.key,
        theme="loneliness",
        host="Strandvig Kommune",
        place=words.say("The town hall, Strandvig"),
        check_in=time(8, 30),
        capacity=_SEATS,
        programme=(
            Item(words.say("Check-in with croissants"), time(8, 30)),
            Item(words.say("Welcome: why we are here today"), time(9)),
            Item(words.say("Inside a municipality: Strandvig"), time(9, 30), speaker="Strandvig Kommune"),
            Item(words.say("Lunch"), time(12)),
            Item(words.say("The challenge of the day: life situations, at three stations"), time(13)),
            Item(words.say("What makes partnerships hard?")),
            Item(words.say("Goodbye until next time"), time(16)),
        ),
        cases=(
            words.say("Somebody who lives in supported housing"),
            words.say("A family with a child with special needs"),
            words.say("Somebody who is ill and lives on sickness benefit"),
        ),
        challenge=words.say("How do we see to it that nobody in a town is alone who doesn't want to be?"),
        invited_at=now - _INVITED,
    )
    return replace(camp, told=facts_of(camp))


def _thursday(day: date) -> date:
    """The next Thursday on which people work."""
    found = day + timedelta(days=(_THURSDAY - day.weekday()) % 7)
    return found if _NEW_YEAR < (found.month, found.day) < _CHRISTMAS else _thursday(found + timedelta(days=1))


def _answers(camp: Camp, people: Sequence[Member], now: datetime, dice: random.Random) -> Sequence[Signup]:
    asked = [member for member in people if member.consent is not Consent.ASKED]
    return [_answer(Signup(camp.id, member.id, invited_at=now - _INVITED), member, now, dice) for member in asked]


def _answer(asked: Signup, member: Member, now: datetime, dice: random.Random) -> Signup:
    said = dice.choices(_ANSWERS, _OF_A_HUNDRED)[0]
    at = now - _INVITED + _TO_ANSWER * dice.random()
    guests = int(dice.random() < _BRINGS_A_GUEST)
    if said is Answer.NONE or member.roster_id in ORGANISERS:
        return asked
    answered = replace(asked, answer=said, answered_at=at)
    return answered if said is not Answer.YES else replace(answered, seat=Seat.WAITING, since=at, guests=guests)
