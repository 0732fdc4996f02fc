"""The members, their words and their arrivals, kept in rows. Each repository sees one workspace and nothing else."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Select, and_, delete, func, or_, select, update

from bot.errors import StorageError
from bot.homes import Installation
from bot.identity import Account, MemberId, WorkspaceId
from bot.members.domain import Block, Consent, Member, Reader, Role, Sector, Synonyms, Theme, WorkspaceOptions
from storage import mapping
from storage.calendar_rows import CalendarKeyRow
from storage.owners import whose_accounts
from storage.place_rows import CodeRow, DraftRow, InstallationRow, LandmarkRow, LineRow
from storage.rows import (
    AccountRow,
    ArrivalRow,
    BlockRow,
    HomeRow,
    MemberRow,
    SectorRow,
    SynonymsRow,
    ThemeRow,
    VectorRow,
    WorkspaceRow,
)
from storage.seal import Seal
from storage.statements import Statements, in_parts


class StoredMembers:
    """Implements :class:`bot.ports.Members`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal

    async def get(self, member: MemberId) -> Member | None:
        """The member, or the nameless row of an erased one."""
        return await self._one(self._members().where(MemberRow.id == member))

    async def many(self, members: Sequence[MemberId]) -> Mapping[MemberId, Member]:
        """Those who are there and not erased."""
        found: list[Member] = []
        for part in in_parts(members):
            query = self._members().where(MemberRow.id.in_(part), MemberRow.erased_at.is_(None))
            rows = await self._statements.all(query)
            found.extend(await self._with_accounts(rows))
        return {member.id: member for member in found}

    async def by_account(self, account: Account) -> Member | None:
        """Whose account this is."""
        owner = select(AccountRow.member_id).where(
            AccountRow.workspace_id == self._workspace,
            AccountRow.platform == account.platform,
            AccountRow.user == account.user,
        )
        return await self._one(self._members().where(MemberRow.id == owner.scalar_subquery()))

    async def readers(self, accounts: Collection[Account]) -> Mapping[Account, Reader]:
        """Whose accounts these are, in one statement: a crowd is asked about many times a second."""
        found: dict[Account, Reader] = {}
        for on in sorted({account.platform for account in accounts}):
            for part in in_parts(sorted({account.user for account in accounts if account.platform == on})):
                given = {"here": self._workspace, "on": on, "users": part}
                for row in await self._statements.mappings(whose_accounts(), given):
                    platform, user, member, language, zone = row.values()
                    reader = Reader(MemberId(cast(UUID, member)), str(language), str(zone))
                    found[Account(str(platform), str(user))] = reader
        return found

    async def everybody(self) -> Sequence[Member]:
        """All who are not erased, in the order of their ids."""
        rows = await self._statements.all(self._members().where(MemberRow.erased_at.is_(None)).order_by(MemberRow.id))
        return await self._with_accounts(rows, every=True)

    async def put(self, member: Member) -> None:
        """Writes the member and exactly these accounts."""
        await self.put_all((member,))

    async def put_all(self, members: Sequence[Member]) -> None:
        """Writes many with a handful of statements."""
        last = tuple({member.id: member for member in members}.values())
        await self._statements.upsert(
            MemberRow, [mapping.member_values(self._workspace, member, self._seal) for member in last]
        )
        await self._remove_accounts([member.id for member in last])
        accounts = [values for member in last for values in mapping.account_values(self._workspace, member)]
        await self._statements.insert(AccountRow, accounts)

    async def organiser_count(self) -> int:
        """How many may run rounds."""
        query = select(func.count()).where(
            MemberRow.workspace_id == self._workspace,
            MemberRow.role == Role.ORGANISER.value,
            MemberRow.erased_at.is_(None),
        )
        return await self._statements.first(query) or 0

    async def block(self, block: Block) -> None:
        """Writes a block; the same one again changes nothing."""
        values = {
            "workspace_id": self._workspace,
            "member_id": block.member,
            "other_id": block.other,
            "at": block.at,
        }
        await self._statements.upsert(BlockRow, [values], renew=False)

    async def unblock(self, member: MemberId, other: MemberId) -> None:
        """Takes a block away."""
        await self._statements.write(
            delete(BlockRow).where(
                BlockRow.workspace_id == self._workspace, BlockRow.member_id == member, BlockRow.other_id == other
            )
        )

    async def blocks(self) -> Sequence[Block]:
        """All blocks, for the planner."""
        return await self._blocks(self._blocks_here())

    async def blocks_by(self, member: MemberId) -> Sequence[Block]:
        """Whom this member blocked."""
        return await self._blocks(self._blocks_here().where(BlockRow.member_id == member))

    async def forget(self, member: MemberId, at: datetime) -> None:
        """Leaves a nameless row, and no account, home page or block by or about the member."""
        blank = mapping.member_values(self._workspace, Member(id=member, name=""), self._seal)
        kept = ("workspace_id", "id", "sector", "joined_at")
        values = {name: value for name, value in blank.items() if name not in kept}
        values |= {"consent": Consent.NEVER.value, "erased_at": at}
        await self._statements.write(
            update(MemberRow).where(MemberRow.workspace_id == self._workspace, MemberRow.id == member).values(values)
        )
        await self._remove_what_goes_with_accounts(member)
        await self._remove_accounts([member])
        for row, column in (
            (CodeRow, CodeRow.member_id),
            (LineRow, LineRow.author_id),
            (CalendarKeyRow, CalendarKeyRow.member_id),
        ):
            await self._statements.write(delete(row).where(row.workspace_id == self._workspace, column == member))
        await self._statements.write(
            delete(BlockRow).where(
                BlockRow.workspace_id == self._workspace,
                or_(BlockRow.member_id == member, BlockRow.other_id == member),
            )
        )

    def _members(self) -> Select[MemberRow]:
        return select(MemberRow).where(MemberRow.workspace_id == self._workspace)

    def _blocks_here(self) -> Select[BlockRow]:
        return (
            select(BlockRow)
            .where(BlockRow.workspace_id == self._workspace)
            .order_by(BlockRow.at, BlockRow.member_id, BlockRow.other_id)
        )

    async def _blocks(self, query: Select[BlockRow]) -> Sequence[Block]:
        return [mapping.block_from(row) for row in await self._statements.all(query)]

    async def _one(self, query: Select[MemberRow]) -> Member | None:
        row = await self._statements.first(query)
        return None if row is None else (await self._with_accounts([row]))[0]

    async def _with_accounts(self, rows: Sequence[MemberRow], *, every: bool = False) -> Sequence[Member]:
        query = select(AccountRow).where(AccountRow.workspace_id == self._workspace)
        if not every:
            query = query.where(AccountRow.member_id.in_([row.id for row in rows]))
        accounts: defaultdict[UUID, list[Account]] = defaultdict(list)
        for row in await self._statements.all(query.order_by(AccountRow.position)):
            accounts[row.member_id].append(Account(row.platform, row.user))
        return [mapping.member_from(row, accounts[row.id], self._seal) for row in rows]

    async def _remove_what_goes_with_accounts(self, member: MemberId) -> None:
        theirs = select(AccountRow.platform, AccountRow.user).where(
            AccountRow.workspace_id == self._workspace, AccountRow.member_id == member
        )
        for platform, user in await self._statements.pairs(theirs):
            for row, named in ((HomeRow, HomeRow.user), (DraftRow, DraftRow.user), (LandmarkRow, LandmarkRow.key)):
                meant = and_(row.workspace_id == self._workspace, row.platform == platform, named == user)
                await self._statements.write(delete(row).where(meant))

    async def _remove_accounts(self, members: Sequence[MemberId]) -> None:
        for part in in_parts(members):
            await self._statements.write(
                delete(AccountRow).where(AccountRow.workspace_id == self._workspace, AccountRow.member_id.in_(part))
            )


class StoredVocabulary:
    """Implements :class:`bot.ports.Vocabulary`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId) -> None:
        self._statements = statements
        self._workspace = workspace

    async def options(self) -> WorkspaceOptions:
        """What the academy chose. Raises StorageError for a workspace that was never made."""
        row = await self._statements.first(select(WorkspaceRow).where(WorkspaceRow.id == self._workspace))
        if row is None:
            raise StorageError("there is no such workspace")
        return mapping.options_from(row.options)

    async def homes(self) -> Sequence[Installation]:
        """The academy's homes, the first one first."""
        here = select(InstallationRow).where(InstallationRow.workspace_id == self._workspace)
        return [mapping.home_from(row) for row in await self._statements.all(here.order_by(InstallationRow.position))]

    async def set_options(self, options: WorkspaceOptions) -> None:
        """Writes all options."""
        values = {"options": mapping.options_values(options)}
        await self._statements.write(update(WorkspaceRow).where(WorkspaceRow.id == self._workspace).values(values))

    async def sectors(self) -> Sequence[Sector]:
        """In the order of their keys: no sector is first."""
        query = select(SectorRow).where(SectorRow.workspace_id == self._workspace).order_by(SectorRow.key)
        return [mapping.sector_from(row) for row in await self._statements.all(query)]

    async def put_sector(self, sector: Sector) -> None:
        """Adds or renames a sector."""
        await self._statements.upsert(SectorRow, [mapping.word_values(self._workspace, sector)])

    async def remove_sector(self, key: str) -> None:
        """Takes a sector away; one that is not there is fine."""
        await self._remove(SectorRow, key)

    async def themes(self) -> Sequence[Theme]:
        """In the order of their keys."""
        query = select(ThemeRow).where(ThemeRow.workspace_id == self._workspace).order_by(ThemeRow.key)
        return [mapping.theme_from(row) for row in await self._statements.all(query)]

    async def put_theme(self, theme: Theme) -> None:
        """Adds or renames a theme."""
        await self._statements.upsert(ThemeRow, [mapping.word_values(self._workspace, theme)])

    async def remove_theme(self, key: str) -> None:
        """Takes a theme away; one that is not there is fine."""
        await self._remove(ThemeRow, key)

    async def synonyms(self) -> Sequence[Synonyms]:
        """In the order of their keys."""
        query = select(SynonymsRow).where(SynonymsRow.workspace_id == self._workspace).order_by(SynonymsRow.key)
        return [mapping.synonyms_from(row) for row in await self._statements.all(query)]

    async def put_synonyms(self, synonyms: Synonyms) -> None:
        """Adds a group of words, or writes it anew."""
        values = {"workspace_id": self._workspace, "key": synonyms.key, "words": list(synonyms.words)}
        await self._statements.upsert(SynonymsRow, [values])

    async def remove_synonyms(self, key: str) -> None:
        """Takes a group away; one that is not there is fine."""
        await self._remove(SynonymsRow, key)

    async def _remove(self, row: type[SectorRow | ThemeRow | SynonymsRow], key: str) -> None:
        await self._statements.write(delete(row).where(and_(row.workspace_id == self._workspace, row.key == key)))


class StoredVectors:
    """Implements :class:`bot.ports.Vectors`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId) -> None:
        self._statements = statements
        self._workspace = workspace

    async def known(self, model: str) -> Mapping[str, bytes]:
        """All that this model has said, by mark."""
        query = select(VectorRow).where(VectorRow.workspace_id == self._workspace, VectorRow.model == model)
        return {row.mark: row.vector for row in await self._statements.all(query)}

    async def add(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Adds them; one that is there already is made anew."""
        rows = [
            {"workspace_id": self._workspace, "model": model, "mark": mark, "vector": vector}
            for mark, vector in sorted(vectors.items())
        ]
        await self._statements.upsert(VectorRow, rows)

    async def keep_only(self, model: str, marks: Collection[str]) -> int:
        """Forgets what other models said, and the tags that nobody has any more."""
        mine = VectorRow.workspace_id == self._workspace
        gone = await self._statements.write(delete(VectorRow).where(mine, VectorRow.model != model))
        for some in in_parts(sorted((await self.known(model)).keys() - frozenset(marks))):
            idle = VectorRow.mark.in_(some)
            gone += await self._statements.write(delete(VectorRow).where(mine, VectorRow.model == model, idle))
        return gone


class StoredArrivals:
    """Implements :class:`bot.ports.Arrivals`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId) -> None:
        self._statements = statements
        self._workspace = workspace

    async def first_time(self, arrival: str, at: datetime) -> bool:
        """True once for each id."""
        values = {"workspace_id": self._workspace, "arrival": arrival, "at": at}
        return await self._statements.upsert(ArrivalRow, [values], renew=False) == 1

    async def first_times(self, arrivals: Collection[str], at: datetime) -> frozenset[str]:
        """Those that were not there; units of a workspace go one after the other, so that none comes in between."""
        if len(arrivals) == 1:
            (one,) = arrivals
            return frozenset(arrivals) if await self.first_time(one, at) else frozenset()
        known: set[str] = set()
        for part in in_parts(sorted(set(arrivals))):
            query = select(ArrivalRow.arrival).where(
                ArrivalRow.workspace_id == self._workspace, ArrivalRow.arrival.in_(part)
            )
            known.update(await self._statements.all(query))
        fresh = sorted(set(arrivals) - known)
        values = [{"workspace_id": self._workspace, "arrival": arrival, "at": at} for arrival in fresh]
        await self._statements.insert(ArrivalRow, values)
        return frozenset(fresh)

    async def forget_before(self, at: datetime) -> int:
        """Removes what is so old that no platform repeats it."""
        return await self._statements.write(
            delete(ArrivalRow).where(and_(ArrivalRow.workspace_id == self._workspace, ArrivalRow.at < at))
        )
