"""What a roster changes: each line finds its member, or makes one, and takes over what the roster says anew. Pure.

The rule for who wins, line by line and column by column: an empty cell says nothing; a cell that says what it said at the
last import says nothing new, so what the member has changed since then stays; any other cell is taken over. What the roster
said is remembered as short marks, never as a second copy. Members who are missing from the file are left alone. Somebody who
was erased is unknown here like anybody else: whoever keeps the file takes their line out.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import blake2b

from bot.errors import InputError, Phrase, phrase
from bot.identity import Account, MemberId, new_id
from bot.members.domain import ImportReport, Member, Role
from bot.members.merging import merged
from bot.members.roster import RosterLine, same_person

_SAID = ("name", "organisation", "sector", "themes", "needs", "offers", "language", "email", "slack_id", "discord_id",
         "paused_until", "intros_per_round")  # fmt: skip
_CHATS = {"slack_id": "slack", "discord_id": "discord"}


@dataclass(frozen=True, slots=True)
class Imported:
    """The members to write, and what to tell. ``united``: first a member, then a row that turned out to be the same one."""

    members: tuple[Member, ...]
    report: ImportReport
    united: tuple[tuple[Member, Member], ...] = ()


@dataclass(frozen=True, slots=True)
class Arriving:
    """What new members get: when they joined, the academy's language, and who is an organiser from the start."""

    now: datetime
    language: str
    first_organisers: frozenset[str] = frozenset()


class _Known:
    """The members that are there, by everything that a line may know them by."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._by_id = {member.roster_id: member for member in members if member.roster_id}
        self._by_own_id = {str(member.id): member for member in members}
        self._by_account = {account: member for member in members for account in member.accounts}
        self._by_email = {member.email.casefold(): member for member in members if member.email}
        self._by_name: dict[tuple[str, str], list[Member]] = {}
        for member in members:
            if member.name and member.organisation:
                self._by_name.setdefault(same_person(member.name, member.organisation), []).append(member)

    def meant(self, line: RosterLine) -> tuple[Member, ...]:
        """The member that the line's own keys mean: id, account, e-mail. More than one: the keys contradict each other."""
        found = [self._by_id.get(line.id) or self._by_own_id.get(line.id)] if line.has_id else []
        found += [self._by_account.get(account) for account in _accounts(line)]
        found.append(self._by_email.get(line.email.casefold()))
        return tuple({member.id: member for member in found if member is not None}.values())

    def namesake(self, line: RosterLine, claimed: Container[MemberId]) -> Member | None:
        """The member of this name and organisation, where no other line means them and no other id is theirs.

        Where there are several, a line with keys of its own is somebody new, and one without means who has none either.
        """
        same = self._by_name.get(same_person(line.name, line.organisation), [])
        free = [member for member in same if member.id not in claimed and not (line.has_id and member.roster_id)]
        if len(free) > 1 and (line.has_id or line.email or _accounts(line)):
            return None
        return min(free, key=_keys, default=None)


def bring_in(lines: Sequence[RosterLine], members: Sequence[Member], arriving: Arriving) -> Imported:
    """What the lines change. Raises InputError where lines contradict each other or the members that are there."""
    known = _Known(members)
    meant = [known.meant(line) for line in lines]
    often = Counter(member.id for found in meant for member in found)
    alone = [found for found in meant if all(often[member.id] == 1 for member in found)]
    united = [(found[0], blank) for found in map(_one_person, alone) for blank in found[1:]]
    gone = {blank.id for _, blank in united}
    meant = [tuple(member for member in found if member.id not in gone) for found in meant]
    blanks = {kept.id: blank for kept, blank in united}
    by_member = {found[0].id: line.line for line, found in zip(reversed(lines), reversed(meant), strict=True) if found}
    changed: list[Member] = []
    problems: list[Phrase] = []
    added = same = 0
    for line, found in zip(lines, meant, strict=True):
        if len(found) > 1:
            problems.append(phrase("Line {line}: it fits two different members here; check its ids.", line=line.line))
            continue
        before = found[0] if found else known.namesake(line, by_member)
        base = before or _fresh(line, arriving)
        base = merged(base, blanks[base.id], base) if base.id in blanks else base
        after = _merged(base, line, arriving.first_organisers)
        earlier = by_member.setdefault(after.id, line.line)
        if earlier != line.line:
            problems.append(
                phrase("Line {line}: this is the same member as in line {earlier}.", line=line.line, earlier=earlier)
            )
            continue
        added += before is None
        same += before is not None and replace(before, roster_said=after.roster_said) == after
        if after != before:
            changed.append(after)
    if problems:
        raise InputError(problems)
    return Imported(tuple(changed), ImportReport(added, len(lines) - added - same, same), tuple(united))


def _one_person(found: tuple[Member, ...]) -> tuple[Member, ...]:
    """The member whom a line means, and after it a second row that nobody has filled in: who wrote to the bot on their other
    platform before the roster knew it has one. Nothing where both have a profile, or there are more."""
    complete = [member for member in found if member.is_complete()]
    if len(found) != 2 or len(complete) == 2:
        return ()
    kept = complete[0] if complete else found[0]
    return (kept, *(member for member in found if member.id != kept.id))


def _keys(member: Member) -> int:
    """How many ways there are to know the member besides the name; the local workspace's own account is none."""
    return sum(account.platform != "web" for account in member.accounts) + bool(member.roster_id) + bool(member.email)


def _fresh(line: RosterLine, arriving: Arriving) -> Member:
    return Member(id=MemberId(new_id()), name=line.name, language=arriving.language, joined_at=arriving.now)


def _accounts(line: RosterLine) -> tuple[Account, ...]:
    return tuple(Account(chat, str(getattr(line, column))) for column, chat in _CHATS.items() if getattr(line, column))


def _merged(member: Member, line: RosterLine, first_organisers: frozenset[str]) -> Member:
    marks = _marks(member.roster_said)
    said = dict(_said(line))
    news = {column for column, value in said.items() if marks.get(column) != _mark(value)}
    fields = {column: getattr(line, column) for column in news if column not in _CHATS}
    accounts = _with_accounts(member, {_CHATS[column]: said[column] for column in news if column in _CHATS})
    first = any(f"{account.platform}:{account.user}" in first_organisers for account in accounts)
    marks |= {column: _mark(value) for column, value in said.items()}
    return replace(
        member,
        **fields,
        accounts=accounts,
        roster_id=line.id if line.has_id and line.id != str(member.id) else member.roster_id,
        role=Role.ORGANISER if first else member.role,
        roster_said=" ".join(f"{column}={mark}" for column, mark in sorted(marks.items())),
    )


def _said(line: RosterLine) -> Iterator[tuple[str, str]]:
    for column in _SAID:
        value: str | int | date | tuple[str, ...] | None = getattr(line, column)
        if value is not None and value not in ("", ()):
            yield column, "|".join(value) if isinstance(value, tuple) else str(value)


def _with_accounts(member: Member, told: Mapping[str, str]) -> tuple[Account, ...]:
    """The member's accounts with those that the roster names, and the one that the local workspace knows them by."""
    platforms = {account.platform: account for account in member.accounts}
    platforms |= {chat: Account(chat, user) for chat, user in told.items()}
    platforms.setdefault("web", Account("web", str(member.id)))
    return tuple(platforms.values())


def _marks(said: str) -> dict[str, str]:
    return {column: mark for column, _, mark in (entry.partition("=") for entry in said.split())}


def _mark(value: str) -> str:
    return blake2b(value.encode(), digest_size=5).hexdigest()
