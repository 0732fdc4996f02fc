"""Rows into domain values and back: plain functions, one pair a kind. Nothing else knows both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from bot.homes import Installation
from bot.identity import Account, Address, MemberId, WorkspaceId
from bot.members.domain import Block, Consent, Member, Role, Sector, Synonyms, Theme, WorkspaceOptions
from bot.ports import Workspace
from storage.place_rows import InstallationRow
from storage.rows import (
    BlockRow,
    MemberRow,
    SectorRow,
    SynonymsRow,
    ThemeRow,
    WorkspaceRow,
)
from storage.seal import Seal

Values = dict[str, object]


def options_from(stored: Mapping[str, object]) -> WorkspaceOptions:
    """The options; one that the stored text does not know yet has its default, one that is gone is left out."""
    known = {name: value for name, value in stored.items() if name in WorkspaceOptions.__dataclass_fields__}
    return WorkspaceOptions(**cast(Any, known))  # JSON keeps each value's own type


def options_values(options: WorkspaceOptions) -> Values:
    """The options as JSON."""
    return {**asdict(options), "extra": dict(options.extra)}


def workspace_from(row: WorkspaceRow, homes: Sequence[InstallationRow]) -> Workspace:
    """The workspace of a row, with its homes in their order."""
    there = tuple(home_from(home) for home in homes)
    options = options_from(row.options)
    return Workspace(WorkspaceId(row.id), row.name, row.external, options, row.frozen_at, there)


def home_from(row: InstallationRow) -> Installation:
    """The home of a row."""
    return Installation(row.external, row.name, row.gone_at)


def sector_from(row: SectorRow) -> Sector:
    """The sector of a row."""
    return Sector(row.key, row.names)


def theme_from(row: ThemeRow) -> Theme:
    """The theme of a row."""
    return Theme(row.key, row.names)


def synonyms_from(row: SynonymsRow) -> Synonyms:
    """The synonyms of a row."""
    return Synonyms(row.key, tuple(row.words))


def word_values(workspace: UUID, word: Sector | Theme) -> Values:
    """A sector or theme as a row's values."""
    return {"workspace_id": workspace, "key": word.key, "names": dict(word.names)}


def member_from(row: MemberRow, accounts: Sequence[Account], seal: Seal) -> Member:
    """The member of a row."""
    return Member(
        id=MemberId(row.id),
        name=row.name,
        organisation=row.organisation,
        sector=row.sector,
        themes=tuple(row.themes),
        needs=tuple(row.needs),
        offers=tuple(row.offers),
        language=row.language,
        email=seal.open(row.email_sealed),
        roster_id=row.roster_id,
        accounts=tuple(accounts),
        role=Role(row.role),
        consent=Consent(row.consent),
        paused_until=row.paused_until,
        intros_per_round=row.intros_per_round,
        timezone=row.timezone,
        joined_at=row.joined_at,
        erased_at=row.erased_at,
        consent_at=row.consent_at,
        roster_said=row.roster_said,
        role_from=row.role_from,
        shares_email=row.shares_email,
        announcements_muted=row.announcements_muted,
        notes_muted=row.notes_muted,
        challenges_muted=row.challenges_muted,
        away_since=row.away_since,
    )


def member_values(workspace: UUID, member: Member, seal: Seal) -> Values:
    """The member as a row's values, without the accounts."""
    return {
        "workspace_id": workspace,
        "id": member.id,
        "name": member.name,
        "organisation": member.organisation,
        "sector": member.sector,
        "themes": list(member.themes),
        "needs": list(member.needs),
        "offers": list(member.offers),
        "language": member.language,
        "email_sealed": seal.close(member.email),
        "roster_id": member.roster_id,
        "role": member.role.value,
        "consent": member.consent.value,
        "paused_until": member.paused_until,
        "intros_per_round": member.intros_per_round,
        "timezone": member.timezone,
        "joined_at": member.joined_at,
        "erased_at": member.erased_at,
        "consent_at": member.consent_at,
        "roster_said": member.roster_said,
        "role_from": member.role_from,
        "shares_email": member.shares_email,
        "announcements_muted": member.announcements_muted,
        "notes_muted": member.notes_muted,
        "challenges_muted": member.challenges_muted,
        "away_since": member.away_since,
    }


def account_values(workspace: UUID, member: Member) -> list[Values]:
    """The member's accounts as rows' values."""
    return [
        {
            "workspace_id": workspace,
            "platform": account.platform,
            "user": account.user,
            "member_id": member.id,
            "position": position,
        }
        for position, account in enumerate(member.accounts)
    ]


def block_from(row: BlockRow) -> Block:
    """The block of a row."""
    return Block(MemberId(row.member_id), MemberId(row.other_id), row.at)


def address_from(platform: str | None, value: str | None) -> Address | None:
    """The address of two columns."""
    return None if platform is None or value is None else Address(platform, value)
