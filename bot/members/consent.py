"""Who may be asked, when, and what an answer changes. Pure.

Nobody is introduced before having said yes once. An invitation goes out only when an organiser presses a button, and to
nobody twice within eight weeks: not after "not now", and not after silence either, unless the invitation never arrived.
After "never" it never goes out again;
the member's own ``/profile`` is then the only way to change it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import assert_never

from bot.identity import MemberId
from bot.members.domain import Consent, Member

ASK_AGAIN_AFTER = timedelta(weeks=8)


def may_be_asked(member: Member, now: datetime, today: date, lost: Mapping[MemberId, datetime]) -> bool:
    """Whether an invitation may go to this member now. ``lost``: when the newest invitation was written that could not be
    delivered, by member."""
    if member.erased_at is not None or not member.is_complete() or member.is_paused(today):
        return False
    match member.consent:
        case Consent.NOT_ASKED:
            return True
        case Consent.ASKED if _never_heard(member, lost):
            return True
        case Consent.ASKED | Consent.NOT_NOW:
            return member.consent_at is not None and now - member.consent_at >= ASK_AGAIN_AFTER
        case Consent.YES | Consent.NEVER:
            return False
        case _:
            assert_never(member.consent)


def _never_heard(member: Member, lost: Mapping[MemberId, datetime]) -> bool:
    return member.consent_at is not None and member.id in lost and lost[member.id] >= member.consent_at


def invitation_key(member: Member) -> str:
    """The delivery's key: one for the first invitation, and one for each that follows an answer or a silence."""
    first = member.consent is Consent.NOT_ASKED or member.consent_at is None
    return f"invitation:{member.id}" if first else f"invitation:{member.id}:{member.consent_at:%Y%m%d%H%M}"


def asked(member: Member, now: datetime) -> Member:
    """The member, just asked."""
    return replace(member, consent=Consent.ASKED, consent_at=now)


def answered(member: Member, answer: Consent, now: datetime) -> Member:
    """The member with this answer. The same answer again changes nothing."""
    return member if member.consent is answer else replace(member, consent=answer, consent_at=now)


def waits_for_answer(member: Member) -> bool:
    """Neither yes, nor not now, nor never: still to be asked, or asked and silent."""
    return member.consent in (Consent.NOT_ASKED, Consent.ASKED)


def consent_counts(members: Iterable[Member]) -> Mapping[Consent, int]:
    """How many stand where; every kind is there, also with nobody."""
    found = Counter(member.consent for member in members if member.is_complete())
    return {consent: found[consent] for consent in Consent}
