"""Use cases around polls that nobody but their author has seen: written, asked about, changed, thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.announcements.channels import look_up
from bot.errors import Conflict, NotThere, Phrase, phrase
from bot.identity import Account, MemberId, PollId, WorkspaceId
from bot.introductions.domain import IntroState
from bot.polls.domain import Poll, PollKind, PollPlace, PollState, Showing
from bot.polls.standing import Standing, electorate, standing, there
from bot.polls.until import read_until
from bot.polls.writing import Written, new_poll, problems_in, read_quorum, read_repeat, rewritten
from bot.ports import Chats, Clock, UnitOfWork, Units
from bot.words import Words

_SPEAKING = (IntroState.OPENED, IntroState.ENDED)


@dataclass(frozen=True, slots=True)
class Refined:
    """What is asked for more seldom. ``places``: empty leaves it where it is; ``ready``: a poll that takes the place of what was
    asked, None for none."""

    quorum: int = 0
    repeat: str = ""
    places: tuple[PollPlace, ...] = ()
    ready: Written | None = None


class Drafts:
    """Use cases."""

    def __init__(self, units: Units, clock: Clock, chats: Chats) -> None:
        self._units = units
        self._clock = clock
        self._chats = chats

    async def write(
        self, workspace: WorkspaceId, author: MemberId, typed: Written, places: Sequence[PollPlace], words: Words
    ) -> Standing:
        """Keeps a draft and shows it, or asks first when it is to close. Raises NotUnderstood for the first other thing that
        cannot be read."""
        now = self._clock.now()
        poll = new_poll(author, typed, now, words)
        async with self._units(workspace) as work:
            written = await _placed(work, poll, places)
            await work.polls.put(written)
            shown = await _as_shown(work, written)
            await work.commit()
        return _asking(shown, typed, now, words)

    async def places(self, workspace: WorkspaceId, asker: Account, named: Sequence[str]) -> tuple[PollPlace, ...]:
        """The channels that somebody named. Raises NotUnderstood for one that is not there, or where nothing can be posted."""
        texts = [part.strip() for one in named for part in one.split(",") if part.strip()]
        typed = ",".join(one if one.startswith(("#", "<#")) else f"#{one}" for one in texts)
        found = await look_up(self._chats, workspace, asker, typed)
        return tuple(PollPlace(channel.address, name=channel.name) for channel in dict.fromkeys(found.values()))

    def problems(self, typed: Written, words: Words) -> Mapping[str, Phrase]:
        """What cannot be read, by the field in which it stands."""
        return problems_in(typed, self._clock.now(), words)

    async def change(
        self, workspace: WorkspaceId, poll: PollId, revision: int, typed: Written, words: Words
    ) -> Standing:
        """Changes a draft and shows it. Raises Conflict where somebody changed it meanwhile, NotThere where it was opened."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            before = await _as_seen(work, poll, revision)
            shown = await _changed(work, rewritten(before, typed, now, words))
            await work.commit()
        return _asking(shown, typed, now, words)

    async def refine(
        self, workspace: WorkspaceId, poll: PollId, revision: int, refined: Refined, words: Words
    ) -> Standing:
        """The same for what is asked for more seldom. Raises NotUnderstood, too."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await _as_seen(work, poll, revision)
            if refined.ready is not None:
                found = rewritten(found, refined.ready, now, words)
            if refined.places:
                found = await _placed(work, found, refined.places)
            quorum, repeat = read_quorum(refined.quorum), read_repeat(refined.repeat, now, words)
            shown = await _changed(work, replace(found, quorum=quorum, repeat=repeat))
            await work.commit()
        return shown

    async def close_at(self, workspace: WorkspaceId, poll: PollId, revision: int, at: int) -> Standing:
        """The time that was meant, in seconds since 1970; 0 where it is closed by hand. Raises as :meth:`change` does."""
        async with self._units(workspace) as work:
            found = await _as_seen(work, poll, revision)
            closes_at = datetime.fromtimestamp(at, UTC) if at else None
            shown = await _changed(work, replace(found, closes_at=closes_at))
            await work.commit()
        return shown

    async def drop(self, workspace: WorkspaceId, poll: PollId) -> None:
        """Throws a draft away; one that is gone already is fine."""
        async with self._units(workspace) as work:
            found = await work.polls.get(poll)
            if found is not None and found.state is not PollState.DRAFT:
                raise NotThere(_posted())
            await work.polls.remove(poll)
            await work.commit()


async def draft_there(work: UnitOfWork, poll: PollId) -> Poll:
    """The draft. Raises NotThere, also where it was posted."""
    found = await there(work, poll)
    if found.state is not PollState.DRAFT:
        raise NotThere(_posted())
    return found


async def _as_seen(work: UnitOfWork, poll: PollId, revision: int) -> Poll:
    found = await draft_there(work, poll)
    if found.revision != revision:
        raise Conflict(phrase("It was changed meanwhile. Look at it once more before you go on."))
    return found


async def _changed(work: UnitOfWork, poll: Poll) -> Standing:
    changed = replace(poll, revision=poll.revision + 1)
    await work.polls.put(changed)
    return await _as_shown(work, changed)


def _asking(shown: Standing, typed: Written, now: datetime, words: Words) -> Standing:
    until = read_until(typed.closes, now, words)
    if until.question is not None:
        return replace(shown, until=until)
    return replace(shown, notes=(*until.notes, *_left_out(typed, shown.poll), *shown.notes))


def _left_out(typed: Written, poll: Poll) -> Sequence[Phrase]:
    """Wishes that this kind of poll cannot fulfil."""
    notes: list[Phrase] = []
    if typed.may_add and not poll.may_add:
        notes.append(phrase("This kind of poll has its own answers, so nobody can add any."))
    if typed.most and poll.kind is PollKind.RANKED:
        notes.append(phrase("In an order everybody names as many answers as they like."))
    if poll.anonymous and (typed.live or typed.showing is Showing.AFTER_VOTE):
        notes.append(phrase("An anonymous poll shows no numbers before it closes: they would tell who voted what."))
    return notes


async def _as_shown(work: UnitOfWork, poll: Poll) -> Standing:
    """How it stands with a draft, and what whoever writes it may not expect."""
    notes: list[Phrase] = []
    members = len(poll.asked or await electorate(work))
    if poll.quorum > members:
        notes.append(
            phrase(
                "{quorum} have to vote for it to count, and there are {members}.", quorum=poll.quorum, members=members
            )
        )
    if poll.closes_when_all:
        notes.append(
            phrase(
                "I wait for those in the channel who are in the academy. Others may vote, but I do not wait for them."
            )
        )
    return replace(await standing(work, poll), notes=tuple(notes))


async def _placed(work: UnitOfWork, poll: Poll, places: Sequence[PollPlace]) -> Poll:
    """The poll in its places. In the rooms of introductions it is known who is there, so it is known who is asked."""
    asked: set[MemberId] = set()
    known = len(places) > 0
    for place in places:
        intros = [intro for intro in await work.rounds.intros_in(_SPEAKING) if intro.room == place.address]
        known = known and bool(intros)
        asked.update(member for intro in intros for member in intro.members())
    return replace(poll, places=tuple(places), asked=tuple(sorted(asked)) if known else ())


def _posted() -> Phrase:
    return phrase("It is posted already.")
