"""What was changed and never told: it stands on organisers' own page, and the one who made the camp is asked about it once before
the camp, in the daytime."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.camps.changes import changed_since
from bot.camps.domain import Camp
from bot.camps.kinds import CampUntold
from bot.camps.outgoing import letter_to
from bot.camps.planning import Saved, saved_now
from bot.camps.seeing import coming_camps
from bot.deliveries.domain import Delivery
from bot.identity import MemberId
from bot.ports import UnitOfWork

# Whoever has just saved a change is still at it.
_SETTLED = timedelta(hours=1)
_NEAR = timedelta(days=3)
_DAYTIME = range(8, 20)
_MARK = 16


async def untold_camps(work: UnitOfWork, organiser: MemberId, now: datetime) -> Sequence[Saved]:
    """The camps to come of which those who come, or may, have not heard all."""
    changed = [camp for camp in await coming_camps(work, now) if changed_since(camp.told, camp)]
    found = [await saved_now(work, camp, organiser) for camp in changed]
    return [one for one in found if one.concerned]


async def ask_about_untold(work: UnitOfWork, now: datetime) -> int:
    """Asks about the camps that are near; once for all that has changed since people were last told. Returns how many were
    asked."""
    near = [camp for camp in await coming_camps(work, now) if _is_time(camp, now)]
    if not near:
        return 0
    organisers = [one.id for one in await work.members.everybody() if one.is_organiser() and one.erased_at is None]
    questions: list[Delivery] = []
    for camp in near:
        if (await saved_now(work, camp, camp.author)).concerned:
            asked = [camp.author] if camp.author in organisers else organisers
            questions += [_question(camp, member, now) for member in asked]
    return await work.deliveries.add(questions)


def _is_time(camp: Camp, now: datetime) -> bool:
    changed = camp.changed_at or camp.created_at
    is_near = now + _NEAR >= camp.first_at() > now >= changed + _SETTLED
    return is_near and bool(changed_since(camp.told, camp)) and now.astimezone(ZoneInfo(camp.zone)).hour in _DAYTIME


def _question(camp: Camp, member: MemberId, now: datetime) -> Delivery:
    heard = sha256(repr(sorted(camp.told.items())).encode()).hexdigest()[:_MARK]
    return letter_to(f"camp-untold:{camp.id}:{heard}:{member}", member, CampUntold(camp.id), now, camp.first_at())
