"""``/profile link``: one member on two platforms, with one profile, one history and one set of limits."""

from dataclasses import dataclass, replace

from bot.deliveries.domain import Delivery
from bot.deliveries.making import to_member
from bot.errors import NotAllowed, NotThere, Phrase, phrase
from bot.homes import Installation, lived_in
from bot.identity import MemberId
from bot.interactions import Arrival
from bot.introductions.reaching import Reach, called, reaches
from bot.linking.codes import read_code
from bot.linking.kinds import AccountsLinked
from bot.linking.proving import Given, Proving
from bot.linking.uniting import unite
from bot.members.domain import LinkKind, Member
from bot.members.merging import merged, richer
from bot.members.presence import present
from bot.members.profile import Lists
from bot.ports import Clock, UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class Accounts:
    """Where a member is. ``elsewhere``: the academy's homes on platforms on which they have no account yet."""

    member: Member
    reaches: tuple[Reach, ...]
    elsewhere: tuple[Installation, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two rows that one person has proven to be: ``mine`` is where the code was typed, ``theirs`` where it was given."""

    mine: Member
    theirs: Member
    lists: Lists

    def choices(self) -> tuple[Member, ...]:
        """Whose profile it may become: the fuller one first; an empty one is no choice."""
        best = richer(self.theirs, self.mine)
        other = self.mine if best.id == self.theirs.id else self.theirs
        return (best, other) if other.is_complete() else (best,)

    def as_one(self, profile: Member) -> Member:
        """What the one member will be."""
        kept, gone = self.kept_and_gone()
        return merged(kept, gone, profile)

    def kept_and_gone(self) -> tuple[Member, Member]:
        """Which row stays; nobody sees it, since everything moves to it."""
        kept = richer(self.theirs, self.mine)
        return kept, self.mine if kept.id == self.theirs.id else self.theirs


_LINK = phrase("/profile link")
_ERASE = phrase("/profile erase")


class ProfileLinks:
    """Use cases around the accounts of one member."""

    def __init__(self, units: Units, clock: Clock, proving: Proving) -> None:
        self._units = units
        self._clock = clock
        self._proving = proving

    async def accounts(self, arrival: Arrival, member: MemberId) -> Accounts:
        """Where the member is, and could be."""
        async with self._units(arrival.workspace, reading=True) as work:
            return await self._accounts(work, await present(work, member))

    async def give(self, arrival: Arrival, member: MemberId) -> Given:
        """A code for the other platform."""
        return await self._proving.give(arrival, member, LinkKind.PROFILE)

    async def preview(self, arrival: Arrival, member: MemberId, typed: str) -> Meeting:
        """What the two would become. The code is spent; for ten minutes the one who typed it may say yes.

        Raises what :meth:`bot.linking.proving.Proving.take` does, and NotAllowed where the two cannot be one.
        """
        proof = await self._proving.take(arrival, typed, LinkKind.PROFILE)
        if proof.workspace.id != arrival.workspace:
            raise NotAllowed(
                phrase(
                    "That code is from another academy. Its organisers and yours can make the two one, with {command};"
                    " then your profiles can be one as well.",
                    command=phrase("/academy link"),
                )
            )
        async with self._units(arrival.workspace) as work:
            meeting = await self._meeting(work, member, proof.link.member)
            await self._proving.use(work, arrival, str(meeting.theirs.id))
            await work.codes.forget(read_code(typed))
            await work.commit()
        return meeting

    async def unite(self, arrival: Arrival, member: MemberId, other: MemberId, profile: MemberId) -> Accounts:
        """Makes them one, with the profile of ``profile``. Again, it changes nothing.

        Raises NotThere where the proof is too old, NotAllowed where the two cannot be one.
        """
        async with self._units(arrival.workspace) as work:
            asking, gone = await present(work, member), await work.members.get(other)
            if asking.id == other or gone is None or gone.erased_at is not None:
                return await self._accounts(work, asking)
            if not await self._proving.has_proven(work, arrival, str(other)):
                raise NotThere(_too_late())
            meeting = await self._meeting(work, member, other)
            now = self._clock.now()
            kept, gone = meeting.kept_and_gone()
            chosen = kept if profile == kept.id else gone
            one = await unite(work, kept, gone, chosen, now)
            one = await self._first(work, one, meeting)
            await work.deliveries.add([_notice(one.id, f"linked:{one.id}:{now:%Y%m%d%H%M%S}", self._clock)])
            accounts = await self._accounts(work, one)
            await work.commit()
        return accounts

    async def messages_on(self, arrival: Arrival, member: MemberId, platform: str) -> Accounts:
        """Private messages go to this platform from now on. Raises NotThere where the member has no account there."""
        async with self._units(arrival.workspace) as work:
            found = await present(work, member)
            account = found.account_on(platform)
            if account is None:
                raise NotThere(_no_account(platform))
            others = tuple(one for one in found.accounts if one != account)
            after = replace(found, accounts=(account, *others))
            await work.members.put(after)
            accounts = await self._accounts(work, after)
            await work.commit()
        return accounts

    async def unlink(self, arrival: Arrival, member: MemberId, platform: str) -> Accounts:
        """The account there is not the member's any more; profile and history stay with the others.

        Raises NotThere where there is no such account, NotAllowed where it is the only one.
        """
        async with self._units(arrival.workspace) as work:
            found = await present(work, member)
            account = found.account_on(platform)
            if account is None:
                raise NotThere(_no_account(platform))
            if len((await self._accounts(work, found)).reaches) == 1:
                raise NotAllowed(
                    phrase("That is your only account here. {command} makes me forget you.", command=_ERASE)
                )
            after = replace(found, accounts=tuple(one for one in found.accounts if one != account))
            await work.members.put(after)
            accounts = await self._accounts(work, after)
            await work.commit()
        return accounts

    async def _meeting(self, work: UnitOfWork, member: MemberId, other: MemberId) -> Meeting:
        mine, theirs = await present(work, member), await present(work, other)
        if mine.id == theirs.id:
            raise NotAllowed(phrase("These two are one already. {command} shows your accounts.", command=_LINK))
        both = {account.platform for account in mine.accounts} & {account.platform for account in theirs.accounts}
        both &= lived_in(await work.vocabulary.homes())
        if both:
            raise NotAllowed(
                phrase(
                    "Both have an account on {platform}, and one member has one account on each platform. Type the code"
                    " where you have no account with this profile yet.",
                    platform=called(min(both)),
                )
            )
        lists = Lists(tuple(await work.vocabulary.sectors()), tuple(await work.vocabulary.themes()))
        return Meeting(mine, theirs, lists)

    async def _first(self, work: UnitOfWork, one: Member, meeting: Meeting) -> Member:
        """Messages, and the word that the two are one, go first to where the code was given, if somebody was known there:
        whose code was typed by somebody else sees it then."""
        if not meeting.theirs.is_complete():
            return one
        first = [account for account in one.accounts if account in meeting.theirs.accounts]
        rest = [account for account in one.accounts if account not in first]
        after = replace(one, accounts=(*first, *rest))
        await work.members.put(after)
        return after

    async def _accounts(self, work: UnitOfWork, member: Member) -> Accounts:
        found = await reaches(work, [member])
        there = {account.platform for account in member.accounts}
        homes = [home for home in await work.vocabulary.homes() if home.gone_at is None]
        elsewhere = tuple(home for home in homes if home.platform not in there)
        return Accounts(member, tuple(found[member.id]), elsewhere)


def _notice(member: MemberId, key: str, clock: Clock) -> Delivery:
    return to_member(member, key, AccountsLinked(member), clock.now())


def _too_late() -> Phrase:
    return phrase(
        "That took longer than ten minutes, so nothing was changed. {command} gives a new code.", command=_LINK
    )


def _no_account(platform: str) -> Phrase:
    return phrase("You have no account on {platform} here.", platform=called(platform))
