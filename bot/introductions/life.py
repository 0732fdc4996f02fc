"""The life of an introduction: which change is possible when, and what each person may see of it. Pure.

The rule behind all of it: a no, and a silence, belong to the one who gave them. So an introduction that somebody has
declined stays ``OFFERED`` until its time is over, the one who waits sees nothing but "waiting" until then, and what is
told afterwards is the same whatever the cause was.

Three people are introduced only if all three say yes. When one does not, the two others are not introduced as a pair:
they have seen three profiles, and a room for two would tell them whose answer was missing. They go first in the next
round instead, and may meet there.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations
from zoneinfo import ZoneInfo

from bot.identity import Address, MemberId
from bot.introductions.domain import Answer, Intro, IntroState, Outcome

IN_A_ROOM = frozenset({IntroState.ACCEPTED, IntroState.OPENED, IntroState.ENDED})


class Standing(StrEnum):
    """What an introduction is to one of its members: all that this member may know."""

    ASKED = "asked"
    WAITING = "waiting"
    NOT_NOW = "not_now"
    NOT_THIS_PERSON = "not_this_person"
    OPEN = "open"
    OVER = "over"


_BY_ANSWER = {
    Answer.NONE: Standing.ASKED,
    Answer.YES: Standing.WAITING,
    Answer.NOT_NOW: Standing.NOT_NOW,
    Answer.NOT_THIS_PERSON: Standing.NOT_THIS_PERSON,
}


def is_answerable(intro: Intro, now: datetime) -> bool:
    """Whether an answer still counts: offered, and its time is not over."""
    return intro.state is IntroState.OFFERED and (intro.answer_until is None or now < intro.answer_until)


def standing(intro: Intro, member: MemberId, now: datetime) -> Standing:
    """What this member sees. Somebody who is not in it, or whose time to answer is over, sees an end without a cause."""
    part = intro.part_of(member)
    if part is None:
        return Standing.OVER
    if intro.state in IN_A_ROOM:
        return Standing.OPEN
    return _BY_ANSWER[part.answer] if is_answerable(intro, now) else Standing.OVER


def answered(intro: Intro, member: MemberId, said: Answer, now: datetime) -> Intro:
    """The introduction with this member's answer. The caller has checked that it is answerable."""
    parts = tuple(
        replace(part, answer=said, answered_at=now) if part.member == member else part for part in intro.parts
    )
    return replace(intro, parts=parts)


def offered(intro: Intro, until: datetime) -> Intro:
    """Sent to its members, who may answer until then."""
    return replace(intro, state=IntroState.OFFERED, answer_until=until)


def accepted(intro: Intro) -> Intro:
    """All said yes: the room is on its way. Raises ValueError where somebody has not said yes."""
    if intro.state is not IntroState.OFFERED or not intro.all_said_yes():
        raise ValueError("an introduction opens only when all have said yes")
    return replace(intro, state=IntroState.ACCEPTED)


def opened(intro: Intro, room: Address | None, now: datetime) -> Intro:
    """The room is there; None where no room can hold them, and they have each other's contact cards instead."""
    return replace(intro, state=IntroState.OPENED, room=room, opened_at=intro.opened_at or now)


def lapsed(intro: Intro) -> Intro:
    """It did not become an introduction; nobody is told why."""
    return replace(intro, state=IntroState.LAPSED)


def told(intro: Intro, member: MemberId, outcome: Outcome) -> Intro:
    """With what this member says about the meeting; ended when everybody has said that it was, or was not."""
    parts = tuple(replace(part, outcome=outcome) if part.member == member else part for part in intro.parts)
    settled = all(part.outcome in {Outcome.MET, Outcome.NOT_MET} for part in parts)
    return replace(intro, parts=parts, state=IntroState.ENDED if settled else intro.state)


def ended(intro: Intro) -> Intro:
    """Nobody is asked any more; the room stays."""
    return replace(intro, state=IntroState.ENDED)


def is_open(intro: Intro) -> bool:
    """Its people stand, or stood, in a room together."""
    return intro.state in {IntroState.OPENED, IntroState.ENDED} or (
        intro.state is IntroState.ACCEPTED and intro.room is not None
    )


def opened_on(intro: Intro, zone: ZoneInfo) -> date:
    """The day on which it opened; the day of the last yes where the room's own time is not known."""
    last_yes = max((part.answered_at for part in intro.parts if part.answered_at), default=intro.created_at)
    return (intro.opened_at or last_yes).astimezone(zone).date()


def follow_up_is_due(intro: Intro, today: date, days: int, zone: ZoneInfo) -> bool:
    """A week (``days``) after the opening, or within the week that follows where something kept us."""
    since = today - opened_on(intro, zone)
    return is_open(intro) and timedelta(days=days) <= since <= timedelta(days=days + 7)


def follow_up_is_over(intro: Intro, today: date, days: int, zone: ZoneInfo) -> bool:
    """Three weeks later it counts as ended; the room stays."""
    return opened_on(intro, zone) + timedelta(days=days + 21) < today


def without(intro: Intro, member: MemberId) -> Intro:
    """The introduction without reasons that quote this member, who has left."""
    kept = tuple(reason for reason in intro.reasons if str(member) not in {reason.giver, reason.receiver})
    return replace(intro, reasons=kept)


def happened(intro: Intro) -> bool:
    """False only where it surely did not: somebody says so, and nobody says that they met or will."""
    outcomes = {part.outcome for part in intro.parts}
    return Outcome.NOT_MET not in outcomes or bool(outcomes & {Outcome.MET, Outcome.PLANNED})


def declined_pairs(intro: Intro) -> Sequence[frozenset[MemberId]]:
    """The pairs in which one has declined the other: both are spared a second offer for some time."""
    no = {part.member for part in intro.parts if part.answer in {Answer.NOT_NOW, Answer.NOT_THIS_PERSON}}
    return [frozenset(pair) for pair in combinations(intro.members(), 2) if no & set(pair)]


def asker(intro: Intro) -> MemberId | None:
    """Who asked for an introduction that belongs to no round."""
    return intro.parts[0].member if intro.round is None else None
