"""What a delivery is when its time has come: the card in its reader's words, and where it goes. Read, never written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never
from zoneinfo import ZoneInfo

from bot.camps.gathering import Gathering
from bot.deliveries.domain import Delivery, DeliveryState, Letter, Target, ToCalendar, ToIntroRoom, ToMember, ToPlace
from bot.deliveries.letters import Enclosed, LetterWriter, Reading
from bot.deliveries.outbox import Claim
from bot.homes import left
from bot.identity import Account, Address, DeliveryId, MemberId, WorkspaceId
from bot.introductions.domain import Intro, IntroState
from bot.members.domain import Consent, Member, WorkspaceOptions
from bot.messages.elements import Card, File
from bot.ports import Chat, Chats, Clock, Gatherings, UnitOfWork, Units, WorkspaceDirectory
from bot.words import Languages, Words

_UTC = ZoneInfo("UTC")
_NOBODY_LEFT = "Brobygger"  # the title of a room whose people have all left


@dataclass(frozen=True, slots=True)
class Post:
    """A new message: to a known address, or to one person's direct conversation.

    ``card`` is None where there is nothing to say any more, but an earlier try may have arrived: that is looked up first.
    ``was_away``: nobody was there the last time. ``file``: what goes along with it.
    """

    chat: Chat
    to: Address | Account
    card: Card | None
    was_away: bool = False
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Revise:
    """An earlier message is to say this instead. ``title``: how the room that it stands in is called then."""

    chat: Chat
    message: Address
    card: Card
    room: Address | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class OpenRoom:
    """The introduction has no room yet. ``apart``: those whom it cannot hold, as they are on another platform."""

    chat: Chat
    intro: Intro
    accounts: tuple[Account, ...]
    title: str
    apart: tuple[MemberId, ...] = ()


@dataclass(frozen=True, slots=True)
class IntroduceApart:
    """No platform has two of them: there is no room, and everybody gets the others' contact cards."""

    intro: Intro


@dataclass(frozen=True, slots=True)
class Gather:
    """An event is to be there as it is now, or to be called off."""

    calendar: Gatherings
    gathering: Gathering


@dataclass(frozen=True, slots=True)
class Hold:
    """The message that this one revises is still on its way."""

    reason: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Nothing is to be sent any more; ``reason`` names no person."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """It should be sent, but there is no way there."""

    reason: str


Prepared: TypeAlias = Post | Revise | OpenRoom | IntroduceApart | Gather | Hold | Drop | Unreachable


class Preparation:
    """Turns a claim into what is to be done, in one short unit of work that only reads."""

    def __init__(
        self,
        units: Units,
        directory: WorkspaceDirectory,
        chats: Chats,
        writers: Mapping[type[Letter], LetterWriter],
        languages: Languages,
        clock: Clock,
    ) -> None:
        self._units = units
        self._directory = directory
        self._chats = chats
        self._writers = writers
        self._languages = languages
        self._clock = clock
        self._known: set[WorkspaceId] = set()  # a workspace that was there stays; asking for each message would cost

    async def prepare(self, claim: Claim) -> Prepared:
        """What this delivery is, by what is true now."""
        if not await self._is_known(claim.workspace):
            return Drop("workspace_gone")
        write = self._writers.get(type(claim.delivery.letter))
        if write is None:
            return Unreachable("letter_unknown")
        async with self._units(claim.workspace, reading=True) as work:
            reader = await _reader(work, claim.delivery.target)
            if isinstance(reader, Drop):
                return reader
            options = await work.vocabulary.options()
            words = self._words(options, reader, await _shared_language(work, claim.delivery.target))
            edits = claim.delivery.revises is not None
            said = await write(Reading(work, words, options, self._clock.now(), reader, edits), claim.delivery.letter)
            if isinstance(said, Gathering):
                return await self._gathering(work, claim.delivery.target, said)
            card, file = (said.card, said.file) if isinstance(said, Enclosed) else (said, None)
            if card is None and (claim.delivery.revises is not None or not claim.seen_before):
                return Drop("nothing_to_say")
            if card is not None and claim.delivery.revises is not None:
                return await self._revision(work, claim.delivery, claim.delivery.revises, card, words)
            gone = left(await work.vocabulary.homes())
            post = await self._posting(work, claim.delivery.target, card, reader, words, gone)
            return replace(post, file=file) if isinstance(post, Post) else post

    async def _gathering(self, work: UnitOfWork, target: Target, gathering: Gathering) -> Prepared:
        """An event, where the academy still has a place that shows some."""
        platform = target.platform if isinstance(target, ToCalendar) else ""
        chat: object = self._chat(work.workspace, platform, left(await work.vocabulary.homes()))
        return Gather(chat, gathering) if isinstance(chat, Gatherings) else Drop("no_calendar")

    async def _is_known(self, workspace: WorkspaceId) -> bool:
        if workspace not in self._known and await self._directory.get(workspace) is not None:
            self._known.add(workspace)
        return workspace in self._known

    def _words(self, options: WorkspaceOptions, reader: Member | None, shared: str) -> Words:
        if reader is None:
            return self._languages.words(shared or options.language, _zone(options.timezone))
        platforms = [account.platform for account in reader.accounts]
        return self._languages.words(reader.language, _zone(reader.timezone, options.timezone), platforms)

    async def _revision(
        self, work: UnitOfWork, delivery: Delivery, revises: DeliveryId, card: Card, words: Words
    ) -> Prepared:
        earlier = await work.deliveries.get(revises)
        if earlier is None:
            return Drop("never_posted")
        match earlier.state:
            case DeliveryState.SENT if earlier.message is not None:
                gone = left(await work.vocabulary.homes())
                chat = self._chat(work.workspace, earlier.message.platform, gone)
                if chat is None:
                    return Unreachable("no_chat")
                room, title = await _room_now(work, delivery.target, words)
                return Revise(chat, earlier.message, card, room, title)
            case DeliveryState.WAITING | DeliveryState.SENDING if earlier.lane != delivery.lane:
                return Hold("waits_for_earlier")
            case DeliveryState.WAITING | DeliveryState.SENDING:
                # It stands behind this one in the lane and will be written from what is true then.
                return Drop("not_posted_yet")
            case _:
                return Drop("never_posted")

    async def _posting(
        self,
        work: UnitOfWork,
        target: Target,
        card: Card | None,
        reader: Member | None,
        words: Words,
        gone: frozenset[str],
    ) -> Prepared:
        match target:
            case ToMember():
                return self._to_person(work.workspace, card, reader, gone)
            case ToPlace(address):
                return self._to_place(work.workspace, card, address, gone)
            case ToIntroRoom(intro):
                found = await work.rounds.intro(intro)
                if found is not None and found.room is not None:
                    return self._to_place(work.workspace, card, found.room, gone)
                if found is not None and found.state is IntroState.OPENED:
                    return Drop("introduced_apart")
                members = None if found is None else await who_may_meet(work, found)
                if found is None or members is None:
                    return Drop("intro_over")
                if card is None:  # without a room nothing can have arrived there
                    return Drop("nothing_to_say")
                return self._new_room(work.workspace, found, members, words, gone)
            case ToCalendar():
                return Drop("nothing_to_say")
            case _:
                assert_never(target)

    def _to_person(
        self, workspace: WorkspaceId, card: Card | None, reader: Member | None, gone: frozenset[str]
    ) -> Prepared:
        for account in () if reader is None else reader.accounts:
            chat = self._chat(workspace, account.platform, gone)
            if chat is not None:
                return Post(chat, account, card, reader is not None and reader.away_since is not None)
        return Unreachable("no_account")

    def _to_place(self, workspace: WorkspaceId, card: Card | None, address: Address, gone: frozenset[str]) -> Prepared:
        chat = self._chat(workspace, address.platform, gone)
        return Unreachable("no_chat") if chat is None else Post(chat, address, card)

    def _new_room(
        self, workspace: WorkspaceId, intro: Intro, members: Sequence[Member], words: Words, gone: frozenset[str]
    ) -> Prepared:
        """The room with most of them, on the platform that those have first; none for one alone."""
        best: OpenRoom | None = None
        for platform in dict.fromkeys(account.platform for member in members for account in member.accounts):
            chat = self._chat(workspace, platform, gone)
            inside = [member for member in members if member.account_on(platform) is not None]
            if chat is None or len(inside) < 2 or (best is not None and len(inside) <= len(best.accounts)):
                continue
            accounts = tuple(account for member in inside if (account := member.account_on(platform)) is not None)
            title = _title(inside, words)
            best = OpenRoom(chat, intro, accounts, title, tuple(m.id for m in members if m not in inside))
        return best or IntroduceApart(intro)

    def _chat(self, workspace: WorkspaceId, platform: str, gone: frozenset[str]) -> Chat | None:
        """None where there is no such platform, or the academy has lost its home there."""
        return None if platform in gone else self._chats.on(workspace, platform)


def _title(members: Sequence[Member], words: Words) -> str:
    return words.all_of([member.name or member.organisation for member in members])


async def _room_now(work: UnitOfWork, target: Target, words: Words) -> tuple[Address | None, str]:
    """The room and its title, without the names of those who have left."""
    intro = await work.rounds.intro(target.intro) if isinstance(target, ToIntroRoom) else None
    if intro is None or intro.room is None:
        return None, ""
    found = await work.members.many(intro.members())
    platform = intro.room.platform
    inside = [found[one] for one in intro.members() if one in found and found[one].account_on(platform) is not None]
    return intro.room, _title(inside, words) or _NOBODY_LEFT


async def _reader(work: UnitOfWork, target: Target) -> Member | Drop | None:
    if not isinstance(target, ToMember):
        return None
    member = await work.members.get(target.member)
    return Drop("member_gone") if member is None or member.erased_at is not None else member


async def _shared_language(work: UnitOfWork, target: Target) -> str:
    """The language of a room where all speak the same one; empty for any other: there the workspace's is spoken."""
    intro = await work.rounds.intro(target.intro) if isinstance(target, ToIntroRoom) else None
    if intro is None:
        return ""
    spoken = {member.language for member in (await work.members.many(intro.members())).values() if not member.erased_at}
    return spoken.pop() if len(spoken) == 1 else ""


async def who_may_meet(work: UnitOfWork, intro: Intro) -> Sequence[Member] | None:
    """Everybody in the introduction, if its room may be opened now: all said yes, and nobody left or blocked another."""
    if intro.state is not IntroState.ACCEPTED:
        return None
    found = await work.members.many(intro.members())
    members = [found[member] for member in intro.members() if member in found]
    if len(members) < len(intro.parts) or not all(_is_there(member) for member in members):
        return None
    for member in members:
        if await _has_blocked(work, member.id, intro.others(member.id)):
            return None
    return members


def _is_there(member: Member) -> bool:
    return member.erased_at is None and member.consent is not Consent.NEVER


async def _has_blocked(work: UnitOfWork, member: MemberId, others: Sequence[MemberId]) -> bool:
    return any(block.other in others for block in await work.members.blocks_by(member))


def _zone(*names: str) -> ZoneInfo:
    """The first zone that exists; a member's or a workspace's zone may be empty, or gone from the zone data."""
    for name in filter(None, names):
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            continue
    return _UTC
