"""Proof that two places belong together: a code that is shown in the one and typed in the other.

A code is good for ten minutes and once. It goes after five wrong second halves; and whoever types wrong ones, and everybody
of an academy together, are slowed down, so that nobody can try them all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import NotThere, NotUnderstood, TooFast, phrase
from bot.identity import Account, MemberId, WorkspaceId
from bot.interactions import Arrival
from bot.linking.codes import new_code, read_code
from bot.members.domain import LinkCode, LinkKind
from bot.ports import Clock, UnitOfWork, Units, Workspace, WorkspaceDirectory

GOOD_FOR = timedelta(minutes=10)
MOST_MISSES = 5
# Of all members of an academy together; nobody reaches that by slips of the finger.
MOST_MISSES_HERE = 50
MISSES = "code_misses"
PROVEN = "code_proven"
_EVERYBODY = Account("", "everybody")
_COMMANDS = {LinkKind.PROFILE: phrase("/profile link"), LinkKind.ACADEMY: phrase("/academy link")}


@dataclass(frozen=True, slots=True)
class Given:
    """A code as it is shown to the one who asked."""

    code: str
    good_until: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """Whose code was typed, and in which academy it had been given."""

    workspace: Workspace
    link: LinkCode


class Proving:
    """Gives codes, and takes them."""

    def __init__(
        self, units: Units, directory: WorkspaceDirectory, clock: Clock, make: Callable[[], str] = new_code
    ) -> None:
        self._units = units
        self._directory = directory
        self._clock = clock
        self._make = make

    async def give(self, arrival: Arrival, member: MemberId, kind: LinkKind) -> Given:
        """A new code for the one who asks; their earlier one is good no more."""
        code = self._make()
        while await self._directory.with_code(code) is not None:
            code = self._make()
        now = self._clock.now()
        given = Given(code, now + GOOD_FOR)
        async with self._units(arrival.workspace) as work:
            await work.codes.forget_before(now)
            await work.codes.put(code, LinkCode(kind, member, arrival.account, given.good_until))
            await work.commit()
        return given

    async def take(self, arrival: Arrival, typed: str, kind: LinkKind) -> Proof:
        """Whose code this is; it is still good afterwards (:meth:`use`). Raises NotUnderstood, NotThere and TooFast."""
        code = read_code(typed)
        async with self._units(arrival.workspace, reading=True) as work:
            await self._slow_down(work, arrival.account)
        found = await self._found(code)
        if found is None:
            async with self._units(arrival.workspace) as work:
                await self._count_miss(work, arrival.account)
                await work.commit()
            raise NotThere(
                phrase(
                    "I don't know that code. A code is good for ten minutes and works once; {command} gives you a new one"
                    " in the other place.",
                    command=_COMMANDS[kind],
                )
            )
        if found.link.kind is not kind:
            raise NotUnderstood(
                phrase("That code is for another command: {command}.", command=_COMMANDS[found.link.kind])
            )
        return found

    async def use(self, work: UnitOfWork, arrival: Arrival, what: str) -> None:
        """Remembers for ten minutes that this account has proven something: the button that follows holds no secret."""
        account, until = arrival.account, self._clock.now() + GOOD_FOR
        await work.landmarks.put(account.platform, PROVEN, account.user, f"{what} {until.isoformat()}", until)

    async def has_proven(self, work: UnitOfWork, arrival: Arrival, what: str) -> bool:
        """Whether that was remembered and still counts. It is forgotten with this question."""
        account = arrival.account
        kept = await work.landmarks.get(account.platform, PROVEN, account.user) or ""
        await work.landmarks.forget(account.platform, PROVEN, account.user)
        proven, _, until = kept.partition(" ")
        return proven == what and self._clock.now() < datetime.fromisoformat(until)

    async def spend(self, workspace: WorkspaceId, typed: str) -> None:
        """The code is good no more."""
        async with self._units(workspace) as work:
            await work.codes.forget(read_code(typed))
            await work.commit()

    async def _found(self, code: str) -> Proof | None:
        there = await self._directory.with_code(code)
        if there is None:
            return None
        async with self._units(there.id) as work:
            link = await work.codes.find(code)
            if link is None or link.good_until <= self._clock.now():
                return None
            if not link.proven:
                await work.codes.missed(code, MOST_MISSES)
                await work.commit()
                return None
        return Proof(there, link)

    async def _slow_down(self, work: UnitOfWork, account: Account) -> None:
        for who, most in ((account, MOST_MISSES), (_EVERYBODY, MOST_MISSES_HERE)):
            if (await self._misses(work, who))[0] >= most:
                raise TooFast(
                    phrase("Those were too many wrong codes. Please wait ten minutes, and take a new one then.")
                )

    async def _count_miss(self, work: UnitOfWork, account: Account) -> None:
        for who in (account, _EVERYBODY):
            misses, since = await self._misses(work, who)
            told = f"{misses + 1} {since.isoformat()}"
            await work.landmarks.put(who.platform, MISSES, who.user, told, self._clock.now())

    async def _misses(self, work: UnitOfWork, account: Account) -> tuple[int, datetime]:
        """How many within ten minutes of the first, and when that was."""
        now = self._clock.now()
        misses, _, at = (await work.landmarks.get(account.platform, MISSES, account.user) or "").partition(" ")
        since = datetime.fromisoformat(at) if at else now
        return (int(misses or 0), since) if now < since + GOOD_FOR else (0, now)
