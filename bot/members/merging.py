"""Two rows that turn out to be one person: what the one member is that is left. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.identity import Account
from bot.members.domain import Consent, Member, Role

# The more careful answer wins; having been asked says less than any answer.
_CAREFUL = (Consent.NEVER, Consent.NOT_NOW, Consent.YES, Consent.ASKED, Consent.NOT_ASKED)


def richer(one: Member, other: Member) -> Member:
    """Whose profile says more; the first where both say as much."""
    return max(one, other, key=_fullness)


def merged(kept: Member, gone: Member, profile: Member) -> Member:
    """``kept`` with everything of ``gone``. The profile is that of ``profile``, one of the two, and where it says nothing the
    other's. Answers, pauses and limits are the more careful ones; a right to organise stays."""
    other = gone if profile.id == kept.id else kept
    consent = min(kept, gone, key=lambda member: _CAREFUL.index(member.consent))
    role, role_from = _role(kept, gone)
    rostered = kept if kept.roster_id else gone
    known = [member for member in (kept, gone) if member.email]
    return replace(
        kept,
        name=profile.name if profile.is_complete() or not other.is_complete() else other.name,
        organisation=profile.organisation or other.organisation,
        sector=profile.sector or other.sector,
        themes=profile.themes or other.themes,
        needs=profile.needs or other.needs,
        offers=profile.offers or other.offers,
        language=profile.language if profile.is_complete() or not other.is_complete() else other.language,
        email=profile.email or other.email,
        roster_id=rostered.roster_id,
        roster_said=rostered.roster_said,
        accounts=_accounts(kept, gone),
        role=role,
        role_from=role_from,
        consent=consent.consent,
        consent_at=consent.consent_at,
        paused_until=max((day for day in (kept.paused_until, gone.paused_until) if day is not None), default=None),
        intros_per_round=_fewer([member for member in (kept, gone) if member.is_complete()], kept),
        timezone=kept.timezone or gone.timezone,
        joined_at=min((at for at in (kept.joined_at, gone.joined_at) if at is not None), default=None),
        shares_email=bool(known) and all(member.shares_email for member in known),
        announcements_muted=kept.announcements_muted or gone.announcements_muted,
        notes_muted=kept.notes_muted or gone.notes_muted,
        challenges_muted=kept.challenges_muted or gone.challenges_muted,
    )


def _fullness(member: Member) -> tuple[bool, int]:
    said = (member.organisation, member.sector, *member.themes, *member.needs, *member.offers, member.email)
    return member.is_complete(), sum(bool(entry) for entry in said)


def _role(kept: Member, gone: Member) -> tuple[Role, str]:
    organisers = [member for member in (kept, gone) if member.role is Role.ORGANISER]
    if not organisers:
        return Role.MEMBER, ""
    # What organisers gave outweighs what a platform says for as long as it does.
    return Role.ORGANISER, min((member.role_from for member in organisers), key=bool)


def _accounts(kept: Member, gone: Member) -> tuple[Account, ...]:
    platforms = {account.platform for account in kept.accounts}
    return (*kept.accounts, *(account for account in gone.accounts if account.platform not in platforms))


def _fewer(members: Sequence[Member], kept: Member) -> int:
    return min((member.intros_per_round for member in members), default=kept.intros_per_round)
