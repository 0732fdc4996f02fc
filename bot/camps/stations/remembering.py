"""Who sat together at stations: it counts as having met, so that no round introduces them at once.

From the moment people are told of their station they will meet. Once somebody has said who came, only those count. Where all
sat at one station nobody was chosen for anybody, and nobody counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.camps.domain import CampState, Signup
from bot.identity import CampId, MemberId
from bot.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class SatTogether:
    """Those who met at one station, or will; ``at`` is when."""

    members: tuple[MemberId, ...]
    at: datetime


async def sat_together(work: UnitOfWork, since: datetime, but: CampId | None = None) -> Sequence[SatTogether]:
    """The stations that people were told of since then, but for those of one camp, and of camps that did not take place."""
    found: list[SatTogether] = []
    for plan in await work.stations.told_since(since):
        camp = None if plan.camp == but else await work.camps.get(plan.camp)
        if camp is None or camp.state is CampState.CANCELLED or plan.told_at is None or len(plan.told) == 1:
            continue
        away = {one.member for one in await work.camps.signups(camp.id) if stays_away(one)}
        at = max(plan.told_at, camp.starts_at())
        groups = [tuple(member for member in station.members if member not in away) for station in plan.told]
        found += [SatTogether(group, at) for group in groups if len(group) > 1]
    return found


def stays_away(signup: Signup) -> bool:
    """Whether somebody did not come, or will not as far as they have said."""
    return not signup.attended if signup.attended is not None else not signup.comes()


def takes_part(signups: Sequence[Signup]) -> Sequence[Signup]:
    """Those who are to have a station: as soon as somebody has said who came, these; before, all who have a seat."""
    came = [one for one in signups if one.attended]
    return came or [one for one in signups if not stays_away(one)]
