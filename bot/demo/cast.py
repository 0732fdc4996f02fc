"""Who the academy of the demo is made of, and how far each has come: data about invented people."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from bot.deliveries.domain import Delivery, ToMember
from bot.identity import Account, DeliveryId, MemberId, new_id
from bot.members.consent import invitation_key
from bot.members.domain import Consent, Member, Role
from bot.members.importing import Arriving, bring_in
from bot.members.letters import InvitationLetter
from bot.members.roster import read_roster

DATA = Path(__file__).parent / "data"
ROSTER = DATA / "members.csv"

# By the id in members.csv. Everybody who is not named under an answer has said yes.
ORGANISERS = ("m01", "m02")
NOT_NOW = frozenset({"m11", "m16", "m28", "m40"})
NOT_ANSWERED = frozenset({"m12", "m30", "m38", "m46"})
CAME_LATER = frozenset({"m13", "m34", "m35", "m36", "m39", "m49", "m50"})
PAUSED_FOR: Mapping[str, timedelta] = {
    "m05": timedelta(days=21),
    "m31": timedelta(days=38),
    "m36": timedelta(days=11),
}

# The day of the camp whose facts the academy tells. The members' ids carry it, so they are the same whenever the demo
# starts; the planner draws by ids, so its rounds are the same as well.
_CAMP_DAY = datetime(2018, 3, 22, 8, tzinfo=UTC)
_FOUNDED = timedelta(days=52)
_SECOND_WAVE = timedelta(days=22)
_JUST_ASKED = timedelta(minutes=90)
_TIME_TO_ANSWER = timedelta(days=2, hours=3)


def id_at(at: datetime, dice: random.Random) -> UUID:
    """A UUIDv7 of that time whose other bits come from the dice."""
    milliseconds = int(at.timestamp() * 1000)
    return UUID(
        int=milliseconds << 80 | 0x7 << 76 | dice.getrandbits(12) << 64 | 0b10 << 62 | dice.getrandbits(62),
    )


def invited(now: datetime, language: str) -> Sequence[Member]:
    """The roster's people as members with an account in the local workspace and their answer to the invitation. Nobody has
    taken a break yet."""
    lines = read_roster(ROSTER.read_bytes())
    read = bring_in(lines, (), Arriving(now, language)).members
    dice = random.Random(len(read))
    return [_joined(member, place, now, dice) for place, member in enumerate(read)]


def with_breaks(members: Iterable[Member], today: date) -> Sequence[Member]:
    """Those who have taken a break by now, until the day on which they are back."""
    return [
        replace(member, paused_until=today + PAUSED_FOR[member.roster_id])
        for member in members
        if member.roster_id in PAUSED_FOR
    ]


def came_later(member: Member) -> bool:
    """Whether the member joined some weeks after the others, or has only just been asked."""
    return member.roster_id in CAME_LATER | NOT_ANSWERED


def invitation(member: Member, now: datetime) -> Delivery:
    """The card that somebody who has not answered still has to get."""
    return Delivery(
        id=DeliveryId(new_id()),
        key=invitation_key(replace(member, consent=Consent.NOT_ASKED)),
        lane=f"member:{member.id}",
        target=ToMember(member.id),
        letter=InvitationLetter(member.id),
        not_before=now,
        created_at=now,
    )


def _joined(member: Member, place: int, now: datetime, dice: random.Random) -> Member:
    own = MemberId(id_at(_CAMP_DAY + timedelta(minutes=place), dice))
    consent = _consent(member.roster_id)
    joined_at = now - _ago(member, consent) + timedelta(minutes=place)
    waited = timedelta(0) if consent is Consent.ASKED else _TIME_TO_ANSWER * dice.random()
    return replace(
        member,
        id=own,
        accounts=(Account("web", str(own)),),
        role=Role.ORGANISER if member.roster_id in ORGANISERS else Role.MEMBER,
        consent=consent,
        consent_at=joined_at + waited,
        joined_at=joined_at,
    )


def _ago(member: Member, consent: Consent) -> timedelta:
    if consent is Consent.ASKED:
        return _JUST_ASKED
    return _SECOND_WAVE if came_later(member) else _FOUNDED


def _consent(roster_id: str) -> Consent:
    if roster_id in NOT_NOW:
        return Consent.NOT_NOW
    return Consent.ASKED if roster_id in NOT_ANSWERED else Consent.YES
