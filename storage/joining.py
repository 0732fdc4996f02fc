"""An academy that moves in with another one: its members come along, and it is gone itself.

Only an academy without introductions can move, so that there is no history that would have to be told anew.
"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select

from bot.challenges.domain import ChallengeState
from bot.errors import Taken
from bot.identity import MemberId, WorkspaceId
from bot.introductions.domain import IntroState, RoundState
from bot.members.domain import Block, Member
from bot.members.merging import merged, richer
from bot.polls.domain import PollState
from bot.ports import Workspace
from storage.bank_rows import BankNoteRow
from storage.camp_rows import SignupRow
from storage.challenge_rows import ChallengeRow
from storage.departures import remove_workspace
from storage.installations import add_home, note_claim
from storage.moving import move_announcements
from storage.note_rows import NoteRow, NoteSendingRow
from storage.place_rows import DraftRow, LandmarkRow
from storage.poll_rows import PollRow
from storage.repositories import StoredMembers, StoredVocabulary
from storage.rows import ArrivalRow, HomeRow, IntroRow, RoundRow, Row, WorkspaceRow, table_of
from storage.seal import Seal
from storage.statements import Statements

# What is known of accounts and places moves as it is; all else of an academy without introductions can be made again.
MOVED: tuple[type[Row], ...] = (ArrivalRow, HomeRow, LandmarkRow, DraftRow)


def has_history(workspace: UUID) -> ColumnElement[bool]:
    """That introductions were offered in a workspace, a round was sent, people were asked to a camp, in a poll or by a
    challenge, or that
    there are case notes, whose sources, readers and objections are that academy's own."""
    sent = (RoundState.OPEN.value, RoundState.CLOSED.value)
    return or_(
        exists().where(IntroRow.workspace_id == workspace, IntroRow.state != IntroState.PLANNED.value),
        exists().where(RoundRow.workspace_id == workspace, RoundRow.state.in_(sent)),
        exists().where(SignupRow.workspace_id == workspace),
        exists().where(PollRow.workspace_id == workspace, PollRow.state != PollState.DRAFT.value),
        exists().where(ChallengeRow.workspace_id == workspace, ChallengeRow.state != ChallengeState.DRAFT.value),
        exists().where(NoteRow.workspace_id == workspace),
        exists().where(NoteSendingRow.workspace_id == workspace),
        exists().where(BankNoteRow.workspace_id == workspace),
    )


async def move_in(run: Statements, there: Workspace, to: Workspace, seal: Seal) -> None:
    """Everything of ``there`` that is worth keeping becomes a part of ``to``. Raises Taken where that cannot be."""
    taken = {home.platform for home in to.installations}
    if any(home.platform in taken for home in there.installations):
        raise Taken("both have a home on one platform")
    if await run.first(select(has_history(there.id))):
        raise Taken("that workspace has a life of its own")
    became = await _move_members(run, there.id, to.id, seal)
    for row in MOVED:
        table = table_of(row)
        kept = await run.mappings(select(table).where(table.c.workspace_id == there.id))
        await run.upsert(row, [values | {"workspace_id": to.id} for values in kept], renew=False)
    await move_announcements(run, there.id, to.id, became)
    await _move_options(run, there, to)
    claimed = await run.first(select(WorkspaceRow.claimed).where(WorkspaceRow.id == there.id)) or ""
    await remove_workspace(run, there.id)
    for home in there.installations:
        await add_home(run, to.id, home.external, home.name, home.gone_at)
    await note_claim(run, to.id, claimed.split())


async def _move_members(
    run: Statements, there: WorkspaceId, to: WorkspaceId, seal: Seal
) -> Mapping[MemberId, MemberId]:
    """Returns who each of them is now."""
    theirs, ours = StoredMembers(run, there, seal), StoredMembers(run, to, seal)
    rosters = {member.roster_id for member in await ours.everybody()}
    became: dict[MemberId, MemberId] = {}
    for member in await theirs.everybody():
        known = await _known_as(ours, member)
        arriving = member if member.roster_id not in rosters else _without_roster(member)
        await ours.put(arriving if known is None else merged(known, arriving, richer(known, arriving)))
        became[member.id] = member.id if known is None else known.id
    for block in await theirs.blocks():
        if block.member in became and block.other in became and became[block.member] != became[block.other]:
            await ours.block(Block(became[block.member], became[block.other], block.at))
    await _move_sectors(run, there, to, {member.sector for member in await theirs.everybody()})
    return became


async def _known_as(ours: StoredMembers, arriving: Member) -> Member | None:
    for account in arriving.accounts:
        known = await ours.by_account(account)
        if known is not None:
            return known
    return None


def _without_roster(member: Member) -> Member:
    return replace(member, roster_id="", roster_said="")


async def _move_sectors(run: Statements, there: WorkspaceId, to: WorkspaceId, used: set[str]) -> None:
    ours = StoredVocabulary(run, to)
    known = {sector.key for sector in await ours.sectors()}
    for sector in await StoredVocabulary(run, there).sectors():
        if sector.key in used and sector.key not in known:
            await ours.put_sector(sector)


async def _move_options(run: Statements, there: Workspace, to: Workspace) -> None:
    """What an adapter keeps among the options comes along, where the other academy says nothing else."""
    extra = {**there.options.extra, **to.options.extra}
    await StoredVocabulary(run, to.id).set_options(replace(to.options, extra=extra))
