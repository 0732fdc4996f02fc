"""The repositories of :mod:`bot.ports` in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.errors import StorageError, Taken
from bot.homes import Installation
from bot.identity import Account, IntroId, MemberId, RoundId, ScheduleId, first_id_at
from bot.introductions.domain import Intro, IntroState, Round
from bot.members.domain import Block, Consent, Member, Reader, Sector, Synonyms, Theme, WorkspaceOptions
from bot.repositories import Home
from bot.schedules.domain import Occurrence, OccurrenceState, Schedule
from tests.fake_books import Drafts


class MemoryMembers:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def get(self, member: MemberId) -> Member | None:
        return self._drafts.members.get(member)

    async def many(self, members: Sequence[MemberId]) -> Mapping[MemberId, Member]:
        found = (self._drafts.members.get(member) for member in members)
        return {member.id: member for member in found if member is not None and member.erased_at is None}

    async def by_account(self, account: Account) -> Member | None:
        return next((member for member in self._drafts.members.values() if account in member.accounts), None)

    async def readers(self, accounts: Collection[Account]) -> Mapping[Account, Reader]:
        found = {account: await self.by_account(account) for account in accounts}
        known = {account: member for account, member in found.items() if member is not None}
        return {account: Reader(one.id, one.language, one.timezone) for account, one in known.items()}

    async def everybody(self) -> Sequence[Member]:
        here = [member for member in self._drafts.members.values() if member.erased_at is None]
        return sorted(here, key=lambda member: member.id)

    async def put(self, member: Member) -> None:
        await self.put_all((member,))

    async def put_all(self, members: Sequence[Member]) -> None:
        for member in members:
            self._drafts.members.put(member.id, member)
        accounts: set[Account] = set()
        roster: set[str] = set()
        for member in self._drafts.members.values():
            if accounts.intersection(member.accounts) or (member.roster_id and member.roster_id in roster):
                raise self._drafts.pen.fail(Taken("a row with this key is already there"))
            accounts.update(member.accounts)
            roster.add(member.roster_id)

    async def organiser_count(self) -> int:
        return sum(member.is_organiser() for member in self._drafts.members.values())

    async def block(self, block: Block) -> None:
        key = (block.member, block.other)
        self._drafts.blocks.put(key, self._drafts.blocks.get(key) or block)

    async def unblock(self, member: MemberId, other: MemberId) -> None:
        self._drafts.blocks.remove([(member, other)])

    async def blocks(self) -> Sequence[Block]:
        return sorted(self._drafts.blocks.values(), key=lambda block: (block.at, block.member, block.other))

    async def blocks_by(self, member: MemberId) -> Sequence[Block]:
        return [block for block in await self.blocks() if block.member == member]

    async def forget(self, member: MemberId, at: datetime) -> None:
        there = self._drafts.members.get(member)
        if there is None:
            return
        blank = Member(member, "", sector=there.sector, consent=Consent.NEVER, joined_at=there.joined_at, erased_at=at)
        self._drafts.members.put(member, blank)
        self._drafts.homes.remove(there.accounts)
        theirs = {(account.platform, account.user) for account in there.accounts}
        self._drafts.landmarks.remove([k for k, _ in self._drafts.landmarks.items() if (k[0], k[2]) in theirs])
        self._drafts.form_drafts.remove([k for k, _ in self._drafts.form_drafts.items() if k[0] in there.accounts])
        self._drafts.codes.remove([f for f, given in self._drafts.codes.items() if given.link.member == member])
        self._drafts.lines.remove([line.id for line in self._drafts.lines.values() if line.author == member])
        self._drafts.calendar_keys.remove([member])
        blocks = self._drafts.blocks.values()
        self._drafts.blocks.remove([(b.member, b.other) for b in blocks if member in (b.member, b.other)])


class MemoryVocabulary:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def options(self) -> WorkspaceOptions:
        options = self._drafts.options.get("")
        if options is None:
            raise self._drafts.pen.fail(StorageError("there is no such workspace"))
        return options

    async def homes(self) -> Sequence[Installation]:
        return list(self._drafts.installations.get("") or ())

    async def set_options(self, options: WorkspaceOptions) -> None:
        self._drafts.options.put("", options)

    async def sectors(self) -> Sequence[Sector]:
        return sorted(self._drafts.sectors.values(), key=lambda sector: sector.key)

    async def put_sector(self, sector: Sector) -> None:
        self._drafts.sectors.put(sector.key, sector)

    async def remove_sector(self, key: str) -> None:
        self._drafts.sectors.remove([key])

    async def themes(self) -> Sequence[Theme]:
        return sorted(self._drafts.themes.values(), key=lambda theme: theme.key)

    async def put_theme(self, theme: Theme) -> None:
        self._drafts.themes.put(theme.key, theme)

    async def remove_theme(self, key: str) -> None:
        self._drafts.themes.remove([key])

    async def synonyms(self) -> Sequence[Synonyms]:
        return sorted(self._drafts.synonyms.values(), key=lambda synonyms: synonyms.key)

    async def put_synonyms(self, synonyms: Synonyms) -> None:
        self._drafts.synonyms.put(synonyms.key, synonyms)

    async def remove_synonyms(self, key: str) -> None:
        self._drafts.synonyms.remove([key])


class MemoryVectors:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def known(self, model: str) -> Mapping[str, bytes]:
        return {mark: vector for (whose, mark), vector in self._drafts.vectors.items() if whose == model}

    async def add(self, model: str, vectors: Mapping[str, bytes]) -> None:
        for mark, vector in vectors.items():
            self._drafts.vectors.put((model, mark), vector)

    async def keep_only(self, model: str, marks: Collection[str]) -> int:
        idle = [key for key, _ in self._drafts.vectors.items() if key[0] != model or key[1] not in marks]
        self._drafts.vectors.remove(idle)
        return len(idle)


class MemoryRounds:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def add(self, round_: Round) -> None:
        if any(round_.id == there.id for there in self._drafts.rounds.values()):
            raise self._drafts.pen.fail(Taken("a row with this key is already there"))
        await self.put(round_)

    async def put(self, round_: Round) -> None:
        if any(round_.number == other.number and round_.id != other.id for other in self._drafts.rounds.values()):
            raise self._drafts.pen.fail(Taken("a row with this key is already there"))
        self._drafts.rounds.put(round_.id, round_)

    async def get(self, round_: RoundId) -> Round | None:
        return self._drafts.rounds.get(round_)

    async def latest(self, limit: int = 20) -> Sequence[Round]:
        return sorted(self._drafts.rounds.values(), key=lambda round_: -round_.number)[:limit]

    async def add_intros(self, intros: Sequence[Intro]) -> None:
        for intro in intros:
            if self._drafts.intros.get(intro.id) is not None:
                raise self._drafts.pen.fail(Taken("a row with this key is already there"))
            await self.put_intro(intro)

    async def remove_planned(self, round_: RoundId) -> None:
        planned = [intro.id for intro in await self.intros_of(round_) if intro.state is IntroState.PLANNED]
        self._drafts.intros.remove(planned)

    async def put_intro(self, intro: Intro) -> None:
        if intro.round is not None and self._drafts.rounds.get(intro.round) is None:
            raise self._drafts.pen.fail(StorageError("an introduction belongs to a round that is there"))
        self._drafts.intros.put(intro.id, intro)

    async def intro(
        self,
        intro: IntroId,
        *,
        for_change: bool = False,  # noqa: ARG002 - units of a workspace never overlap here
    ) -> Intro | None:
        return self._drafts.intros.get(intro)

    async def intros_of(self, round_: RoundId) -> Sequence[Intro]:
        return sorted((i for i in self._drafts.intros.values() if i.round == round_), key=lambda intro: intro.id)

    async def intros_with(self, member: MemberId, limit: int = 50) -> Sequence[Intro]:
        theirs = [intro for intro in self._oldest_first() if member in intro.members()]
        return theirs[::-1][:limit]

    async def intros_since(self, since: datetime) -> Sequence[Intro]:
        return [intro for intro in self._oldest_first() if intro.created_at >= since]

    async def intros_in(self, states: Sequence[IntroState]) -> Sequence[Intro]:
        return [intro for intro in self._oldest_first() if intro.state in states]

    def _oldest_first(self) -> list[Intro]:
        return sorted(self._drafts.intros.values(), key=lambda intro: (intro.created_at, intro.id))


class MemorySchedules:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        self.wrote = False

    async def put(self, schedule: Schedule) -> None:
        self.wrote = True
        self._drafts.schedules.put(schedule.id, schedule)

    async def get(self, schedule: ScheduleId) -> Schedule | None:
        return self._drafts.schedules.get(schedule)

    async def remove(self, schedule: ScheduleId) -> None:
        self._drafts.schedules.remove([schedule])

    async def every(self) -> Sequence[Schedule]:
        return sorted(self._drafts.schedules.values(), key=lambda schedule: schedule.id)

    async def due(self, now: datetime, limit: int = 100) -> Sequence[Schedule]:
        due = [(s.next_at, s.id, s) for s in self._drafts.schedules.values() if s.next_at and s.next_at <= now]
        return [schedule for _, _, schedule in sorted(due, key=lambda entry: entry[:2])][:limit]

    async def next_at(self) -> datetime | None:
        return min((s.next_at for s in self._drafts.schedules.values() if s.next_at is not None), default=None)

    async def add_occurrence(self, occurrence: Occurrence) -> bool:
        there = await self.occurrences(occurrence.schedule, limit=1_000_000)
        if any(other.nominal == occurrence.nominal for other in there):
            return False
        self._drafts.occurrences.put(occurrence.id, occurrence)
        return True

    async def occurrences(self, schedule: ScheduleId, limit: int = 20) -> Sequence[Occurrence]:
        theirs = [occurrence for occurrence in self._drafts.occurrences.values() if occurrence.schedule == schedule]
        return sorted(theirs, key=lambda occurrence: (occurrence.at, occurrence.id), reverse=True)[:limit]

    async def recorded_after(self, at: datetime) -> Sequence[Schedule]:
        theirs = {occurrence.schedule for occurrence in self._drafts.occurrences.values() if occurrence.at > at}
        return [schedule for schedule in await self.every() if schedule.id in theirs]

    async def take_back(self, after: datetime) -> Sequence[Occurrence]:
        late = [one for one in self._drafts.occurrences.values() if one.at > after]
        gone = [one for one in late if one.state is OccurrenceState.SKIPPED]
        self._drafts.occurrences.remove([one.id for one in gone])
        return gone

    async def forget_before(self, at: datetime, limit: int) -> int:
        old = sorted((one for one in self._drafts.occurrences.values() if one.at < at), key=lambda one: one.at)[:limit]
        self._drafts.occurrences.remove([one.id for one in old])
        used = {one.schedule for one in self._drafts.occurrences.values()}
        over = [
            one.id
            for one in await self.every()
            if one.next_at is None and one.id < first_id_at(at) and one.id not in used
        ]
        self._drafts.schedules.remove(over)
        return len(old) + len(over)

    async def move(self, schedule: Schedule, next_at: datetime) -> bool:
        there = await self.get(schedule.id)
        if there is None or there.next_at != schedule.next_at:
            return False
        await self.put(replace(there, next_at=next_at))
        return True


class MemoryArrivals:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def first_time(self, arrival: str, at: datetime) -> bool:
        if self._drafts.arrivals.get(arrival) is not None:
            return False
        self._drafts.arrivals.put(arrival, at)
        return True

    async def first_times(self, arrivals: Collection[str], at: datetime) -> frozenset[str]:
        return frozenset([arrival for arrival in set(arrivals) if await self.first_time(arrival, at)])

    async def forget_before(self, at: datetime) -> int:
        old = [arrival for arrival, when in self._drafts.arrivals.items() if when < at]
        self._drafts.arrivals.remove(old)
        return len(old)


class MemoryHomes:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def get(self, account: Account) -> Home | None:
        return self._drafts.homes.get(account)

    async def put(self, home: Home) -> None:
        self._drafts.homes.put(home.account, home)

    async def forget(self, account: Account) -> None:
        self._drafts.homes.remove([account])

    async def forget_before(self, at: datetime) -> int:
        old = [home.account for home in self._drafts.homes.values() if home.seen_at < at]
        self._drafts.homes.remove(old)
        return len(old)
