"""How it stands with a poll: what its cards need, read in one unit of work."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.announcements.audience import is_active
from bot.errors import NotThere, Phrase, phrase
from bot.identity import PollId
from bot.members.domain import Member, Sector
from bot.polls.closing import ballots_in, tally_of
from bot.polls.domain import Choices, Poll, Tally
from bot.ports import UnitOfWork
from bot.questions.until import Until


@dataclass(frozen=True, slots=True)
class Standing:
    """A poll, and what may be known of it. ``told``: what the person should know first. ``until``: what has to be asked about
    the time of its close before it can be posted. ``notes``: what of it is otherwise than they may have meant."""

    poll: Poll
    author: Member | None
    ballots: int = 0
    tally: Tally = field(default_factory=dict[Choices, int])
    sectors: Mapping[str, Sector] = field(default_factory=dict[str, Sector])
    told: Phrase | None = None
    until: Until | None = None
    notes: tuple[Phrase, ...] = ()


async def standing(work: UnitOfWork, poll: Poll) -> Standing:
    """How it stands now."""
    sectors = {sector.key: sector for sector in await work.vocabulary.sectors()}
    return Standing(
        poll=poll,
        author=await work.members.get(poll.author),
        ballots=await ballots_in(work, poll),
        tally=await tally_of(work, poll),
        sectors=sectors,
    )


async def electorate(work: UnitOfWork) -> list[Member]:
    """Who may vote where it is not known who is asked: every member of the academy."""
    return [member for member in await work.members.everybody() if is_active(member)]


async def there(work: UnitOfWork, poll: PollId) -> Poll:
    """The poll. Raises NotThere."""
    found = await work.polls.get(poll)
    if found is None:
        raise NotThere(phrase("That poll is not there any more."))
    return found
