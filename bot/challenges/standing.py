"""How it stands with a challenge: what its cards need, read in one unit of work."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.challenges.domain import Answer, Challenge, ChallengeState, Invitation, heard, unheard
from bot.challenges.pointing import Mark
from bot.errors import NotAllowed, NotThere, Phrase, phrase
from bot.identity import ChallengeId, MemberId
from bot.members.domain import Member, Sector, Theme
from bot.ports import UnitOfWork
from bot.questions.until import Until


@dataclass(frozen=True, slots=True)
class Standing:
    """A challenge, and all that may be known of it. ``author``: None where they have left. ``told``: what the person should know
    first; ``until``: what has to be asked about the time of its close; ``marks``: what looks personal in it."""

    challenge: Challenge
    author: Member | None
    answers: tuple[Answer, ...] = ()
    people: Mapping[MemberId, Member] = field(default_factory=dict[MemberId, Member])
    sectors: Mapping[str, Sector] = field(default_factory=dict[str, Sector])
    themes: Mapping[str, Theme] = field(default_factory=dict[str, Theme])
    invitations: tuple[Invitation, ...] = ()
    told: Phrase | None = None
    until: Until | None = None
    marks: tuple[Mark, ...] = ()

    def counted(self) -> int:
        """How many have answered; those that are held have not yet."""
        closing = self.challenge.closing
        return len([one for one in self.answers if not one.held]) if closing is None else closing.answers

    def heard(self) -> tuple[str, ...]:
        """The keys of the sectors that have said something."""
        closing = self.challenge.closing
        return (
            heard("" if self.author is None else self.author.sector, self.answers)
            if closing is None
            else closing.sectors
        )

    def unheard(self) -> tuple[str, ...]:
        """The keys of those that have not, in the order of the academy."""
        return unheard(self.sectors, self.heard())

    def of(self, member: MemberId) -> Answer | None:
        """What this member answered."""
        return next((one for one in self.answers if one.member == member), None)


async def standing(work: UnitOfWork, challenge: Challenge) -> Standing:
    """How it stands now; a note that was thrown away is none."""
    if challenge.note is not None and await work.notes.get(challenge.note) is None:
        challenge = replace(challenge, note=None)
    answers = await work.challenges.answers(challenge.id)
    people = await work.members.many([challenge.author, *(one.member for one in answers)])
    return Standing(
        challenge=challenge,
        author=people.get(challenge.author),
        answers=tuple(answers),
        people=people,
        sectors={sector.key: sector for sector in await work.vocabulary.sectors()},
        themes={theme.key: theme for theme in await work.vocabulary.themes()},
        invitations=tuple(await work.challenges.invitations(challenge.id)),
    )


async def there(work: UnitOfWork, challenge: ChallengeId) -> Challenge:
    """The challenge. Raises NotThere."""
    found = await work.challenges.get(challenge)
    if found is None:
        raise NotThere(_gone())
    return found


async def draft_there(work: UnitOfWork, challenge: ChallengeId, by: MemberId) -> Challenge:
    """The draft of this member's. Raises NotThere, also where it was posted; to others it is not there at all."""
    found = await there(work, challenge)
    if found.author != by:
        raise NotThere(_gone())
    if found.state is not ChallengeState.DRAFT:
        raise NotThere(is_posted())
    return found


async def open_there(work: UnitOfWork, challenge: ChallengeId) -> Challenge:
    """One that can be answered. Raises NotThere."""
    found = await there(work, challenge)
    if not found.is_open():
        raise NotThere(
            phrase("This challenge is closed, so nothing can be changed in it any more. Thank you all the same.")
        )
    return found


def hosts(shown: Standing, by: Member) -> bool:
    """Whether this member looks after it: whoever asked, and the organisers. What stands in private is theirs who are there:
    where whoever asked has left, of those who answered."""
    if shown.challenge.private:
        return by.id == shown.challenge.author or inherits(shown, by)
    return by.id == shown.challenge.author or by.is_organiser()


def inherits(shown: Standing, by: Member) -> bool:
    """Whether this member may take up what whoever asked has left."""
    if shown.author is not None:
        return False
    return shown.of(by.id) is not None if shown.challenge.private else by.is_organiser()


async def hosted(work: UnitOfWork, challenge: ChallengeId, by: Member) -> Challenge:
    """An open one that this member looks after. Raises NotThere, and NotAllowed for somebody who does not."""
    found = await open_there(work, challenge)
    if not hosts(await standing(work, found), by):
        raise NotAllowed(phrase("Only whoever asked, or an organiser, can do that."))
    return found


def _gone() -> Phrase:
    return phrase("That challenge is not there any more.")


def is_posted() -> Phrase:
    """Said of a draft that is none any more."""
    return phrase("It is posted already.")
