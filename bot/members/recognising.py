"""Who somebody is by what their platform says of them with each thing they do."""

from dataclasses import replace
from datetime import datetime

from bot.identity import Account, MemberId, WorkspaceId, new_id
from bot.interactions import Arrival
from bot.members.domain import Member, Role, WorkspaceOptions
from bot.ports import UnitOfWork
from bot.times import known_zone

# The landmark with the name by which others find an account on its platform.
HANDLE = "handle"
_HANDLES_KEPT = 10_000


async def recognised(
    work: UnitOfWork,
    arrival: Arrival,
    first: frozenset[str],
    handles: dict[tuple[WorkspaceId, Account], str],
    now: datetime,
) -> Member:
    """The member behind an account; a blank one, written in ``work``, for somebody who is not on the roster.

    ``first``: organisers by the settings (``slack:U123``). ``handles``: what this process knows to be kept. A right that the
    platform gives lasts for as long as the platform says so, except that the last organiser keeps it.
    """
    named = f"{arrival.account.platform}:{arrival.account.user}" in first
    found = await work.members.by_account(arrival.account)
    if arrival.handle and (found is None or handles.get((work.workspace, arrival.account)) != arrival.handle):
        await _note_handle(work, arrival, now)
        if len(handles) >= _HANDLES_KEPT:
            handles.clear()
        handles[work.workspace, arrival.account] = arrival.handle
    if found is None:
        options = await work.vocabulary.options()
        fresh = _with_rights(_blank(arrival, options, now), arrival, named=named)
        await work.members.put(fresh)
        return fresh
    after = replace(
        _with_rights(found, arrival, named=named),
        timezone=found.timezone or known_zone(arrival.timezone),
        away_since=None,
    )
    if found.is_organiser() and not after.is_organiser() and await work.members.organiser_count() <= 1:
        after = replace(after, role=found.role, role_from=found.role_from)
    if after != found:
        await work.members.put(after)
    return after


def _blank(arrival: Arrival, options: WorkspaceOptions, now: datetime) -> Member:
    return Member(
        id=MemberId(new_id()),
        name=arrival.name or arrival.account.user,
        language=arrival.language or options.language,
        timezone=known_zone(arrival.timezone),
        accounts=(arrival.account,),
        joined_at=now,
    )


def _with_rights(member: Member, arrival: Arrival, *, named: bool) -> Member:
    platform = arrival.account.platform
    if named:
        return replace(member, role=Role.ORGANISER, role_from="")
    if arrival.organises and member.role is Role.MEMBER:
        return replace(member, role=Role.ORGANISER, role_from=platform)
    # Only what this platform gave goes with it; None says nothing.
    if arrival.organises is False and member.role_from == platform:
        return replace(member, role=Role.MEMBER, role_from="")
    return member


async def _note_handle(work: UnitOfWork, arrival: Arrival, now: datetime) -> None:
    platform, user = arrival.account.platform, arrival.account.user
    if await work.landmarks.get(platform, HANDLE, user) != arrival.handle:
        await work.landmarks.put(platform, HANDLE, user, arrival.handle, now)
