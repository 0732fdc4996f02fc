"""Draws stations: for a new plan, or again around what an organiser wants to keep. The planner works outside of any unit."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.camps.stations.domain import Station, StationPlan, numbered_alike
from bot.camps.stations.seeing import Sources, cases_for
from bot.errors import NotThere, NotUnderstood, phrase
from bot.identity import MemberId
from bot.introductions.gathering import member_id
from bot.matching.meanings.knowledge import Knowledge
from bot.matching.planner import Planner
from bot.matching.stations.domain import Seating

_SEEDS = 2**31


def check_count(count: int | None, sources: Sources) -> int:
    """How many stations there are to be; without a number one a case. Raises NotUnderstood for what cannot be, NotThere
    where nobody comes."""
    coming = len(sources.coming())
    if not coming:
        raise NotThere(
            phrase("Nobody has a seat at that camp yet, so there is nobody to spread over stations. Try again later.")
        )
    wanted = len(sources.camp.cases) if count is None else count
    if count is None and not wanted:
        raise NotUnderstood(
            phrase("How many stations shall there be? For example {example}.", example=phrase("/camp stations 3"))
        )
    if wanted < 1:
        raise NotUnderstood(phrase("There has to be one station at least."))
    if wanted > coming:
        raise NotUnderstood(
            phrase("{count} stations are too many: only {people} come. Choose fewer.", count=wanted, people=coming)
        )
    return wanted


async def drawn(
    planner: Planner, sources: Sources, known: Knowledge, count: int, by: MemberId | None, now: datetime
) -> StationPlan:
    """A plan with so many stations. Where there is one with as many already, what is kept in it stays, and everybody else
    is spread anew; else the wishes for pairs stay. Raises what the planner raises, one sentence."""
    before = sources.plan
    same = before is not None and len(before.stations) == count
    coming = set(sources.coming())
    kept = [_kept(before.stations[place], coming) if before and same else None for place in range(count)]
    seated = {member for station in kept if station is not None for member in station.members}
    members = sorted(coming - seated)
    free = [place for place, station in enumerate(kept) if station is None]
    if members and not free:
        raise NotUnderstood(phrase("All stations are to stay as they are. Let go of one first."))
    seed = secrets.randbelow(_SEEDS)
    groups = await _groups(planner, sources, known, members, len(free), seed)
    if before is not None:
        groups = numbered_alike([before.told[place] for place in free if place < len(before.told)], groups)
    cases = cases_for(sources.camp, count)
    made = dict(zip(free, groups, strict=True))
    stations = [
        station if station is not None else Station(tuple(sorted(made[place])), cases[place])
        for place, station in enumerate(kept)
    ]
    if before is None:
        return StationPlan(sources.camp.id, seed, tuple(stations), now, by)
    return replace(before.changed(stations), seed=seed, made_at=now, made_by=by)


async def _groups(
    planner: Planner, sources: Sources, known: Knowledge, members: Sequence[MemberId], count: int, seed: int
) -> Sequence[Sequence[MemberId]]:
    if not count:
        return ()
    people = [sources.people[member] for member in members]
    plan, there = sources.plan, set(members)
    pairs = ((), ()) if plan is None else (plan.together, plan.apart)
    locked, forbidden = (
        frozenset(frozenset(map(str, pair)) for pair in wished if there.issuperset(pair)) for wished in pairs
    )
    made = await planner.stations(
        sources.gathering.with_members(people).candidates,
        count,
        sources.gathering.history,
        seed=seed,
        asked=Seating(apart=sources.gathering.apart, locked=locked, forbidden=forbidden),
        weights=sources.gathering.weights,
        known=known,
    )
    return [[member_id(member) for member in station.members] for station in made.stations]


def _kept(station: Station, coming: set[MemberId]) -> Station | None:
    """A station that is to stay as it is, with those of it who come."""
    if not station.locked:
        return None
    return replace(station, members=tuple(member for member in station.members if member in coming))
