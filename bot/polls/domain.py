"""Polls as values: what is asked, who answers how, and how far it has come.

A ballot is what one person says: keys of options. What they mean is decided by the poll's kind:

=============  ====================================================================================
``SINGLE``     one key
``MULTIPLE``   one key or more, ``most`` at the most, in the order of the options
``RANKED``     one key or more, the best liked first; what is left out is liked least
``YES_NO``     one of ``yes``, ``no``, ``abstain``
``DATES``      ``key:yes`` and ``key:maybe`` in the order of the options; what is left out is a no, and so all may be
``RATING``     one of ``1`` to ``5``
=============  ====================================================================================
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, TypeAlias, assert_never

from bot.announcements.domain import Plan
from bot.errors import NotUnderstood, phrase
from bot.identity import Address, DeliveryId, MemberId, PollId, ScheduleId

FEWEST_OPTIONS, MOST_OPTIONS = 2, 25
# Characters: a question that stands in one card's heading, and an option that is one line of it.
QUESTION_CHARACTERS, OPTION_CHARACTERS = 300, 150
# An anonymous poll of fewer tells nothing but that: with two ballots each of the two would know the other's.
FEWEST_BALLOTS = 3

# Whose ballot it is: a member's id, or in an anonymous poll a pseudonym that nobody can make without the poll's key.
VoterKey = NewType("VoterKey", str)
Choices: TypeAlias = tuple[str, ...]
# How many ballots say the same: all that counting needs, and all that is left of an anonymous poll.
Tally: TypeAlias = Mapping[Choices, int]


class PollKind(StrEnum):
    """What is asked of a person, and how it is counted."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    RANKED = "ranked"
    YES_NO = "yes_no"
    DATES = "dates"
    RATING = "rating"


class Showing(StrEnum):
    """When results are seen: while it runs, by those who have voted, or by all once it is over."""

    LIVE = "live"
    AFTER_VOTE = "after_vote"
    AT_CLOSE = "at_close"


class PollState(StrEnum):
    """``DRAFT`` → ``OPEN`` → ``CLOSED``, and for a named poll ``OPEN`` again. ``PATTERN``: nobody votes in it; what repeats
    is made after it, each time a poll of its own."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PATTERN = "pattern"


class Fits(StrEnum):
    """What somebody says of a date."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


FIXED_OPTIONS: Mapping[PollKind, tuple[str, ...]] = {
    PollKind.YES_NO: ("yes", "no", "abstain"),
    PollKind.RATING: ("1", "2", "3", "4", "5"),
}


@dataclass(frozen=True, slots=True)
class PollOption:
    """One thing to choose. ``text`` as it was typed; empty for the answers that are the house's own words. ``at``: the instant
    of a date poll's option, ``whole_day`` where only the day was named."""

    key: str
    text: str = ""
    at: datetime | None = None
    whole_day: bool = False


@dataclass(frozen=True, slots=True)
class PollPlace:
    """Where the poll stands. ``anchor`` is the delivery that posted its card there, None before it was opened. ``name``: of a
    channel that somebody named; empty where it was typed."""

    address: Address
    anchor: DeliveryId | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class SectorTurnout:
    """Between which numbers those lie who voted of a sector's members. ``sector``: its key."""

    sector: str
    fewest: int
    most: int
    members: int


@dataclass(frozen=True, slots=True)
class Closing:
    """What is left when a poll is over. ``tally`` is an anonymous one's, whose ballots are gone, and empty where fewer than three
    voted. ``turnout``: the picture by sector, of a poll that was not closed before."""

    ballots: int
    tally: Tally = field(default_factory=dict[Choices, int])
    turnout: tuple[SectorTurnout, ...] = ()


@dataclass(frozen=True, slots=True)
class Poll:
    """``most``: choices in a ``MULTIPLE`` poll, 0 for as many as one likes. ``may_add``: whoever votes may add options.

    ``closes_at``: None where it is closed by hand. ``closes_when_all``: as soon as everybody who is asked has voted.
    ``asked``: who that is, where not all members of the academy are. ``quorum``: how many have to vote for the
    result to count, 0 for any number. ``secret``: the key of an anonymous poll's pseudonyms while it is open, else empty.
    ``revision`` goes up with each change before it opens. ``closing``: what is left of an anonymous poll that is over.
    ``repeat``: when a pattern makes a poll; None for one that is asked once.
    """

    id: PollId
    author: MemberId
    question: str
    kind: PollKind
    options: tuple[PollOption, ...]
    created_at: datetime
    most: int = 0
    may_add: bool = False
    anonymous: bool = False
    showing: Showing = Showing.LIVE
    closes_at: datetime | None = None
    closes_when_all: bool = False
    asked: tuple[MemberId, ...] = ()
    quorum: int = 0
    state: PollState = PollState.DRAFT
    places: tuple[PollPlace, ...] = ()
    schedule: ScheduleId | None = None
    revision: int = 1
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    reminded_at: datetime | None = None
    closing: Closing | None = None
    repeat: Plan | None = None
    secret: bytes = field(default=b"", repr=False)

    def option_keys(self) -> tuple[str, ...]:
        """The options' keys, in their order."""
        return tuple(option.key for option in self.options)

    def option(self, key: str) -> PollOption | None:
        """The option with this key."""
        return next((option for option in self.options if option.key == key), None)

    def shows_now(self) -> bool:
        """Whether its card shows results now. Those of an anonymous one would tell what the vote between two looks was."""
        return self.state is PollState.CLOSED or (self.showing is Showing.LIVE and not self.anonymous)

    def shows_to_voters(self) -> bool:
        """Whether somebody who has voted sees results now."""
        return self.state is PollState.CLOSED or (self.showing is not Showing.AT_CLOSE and not self.anonymous)


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one voter says in one poll."""

    poll: PollId
    voter: VoterKey
    choices: Choices


def fixed_options(kind: PollKind) -> tuple[PollOption, ...]:
    """The answers of a kind that brings its own; none for the others."""
    return tuple(PollOption(key) for key in FIXED_OPTIONS.get(kind, ()))


def next_key(options: Sequence[PollOption]) -> str:
    """A key for one more option: a number that none of them has had."""
    return str(1 + max((int(option.key) for option in options if option.key.isdecimal()), default=0))


def dated(choices: Choices) -> Mapping[str, Fits]:
    """What a date poll's ballot says of each option that it does not say no to."""
    return {key: Fits(said) for key, _, said in (choice.partition(":") for choice in choices)}


def as_dated(said: Mapping[str, Fits]) -> Choices:
    """The choices of a date poll's ballot."""
    return tuple(f"{key}:{fits.value}" for key, fits in said.items() if fits is not Fits.NO)


def read_choices(poll: Poll, chosen: Sequence[str]) -> Choices:
    """The ballot that somebody means, in the one form that its kind has, so that the same vote is the same value.

    Raises NotUnderstood with a kind sentence where it cannot be counted."""
    match poll.kind:
        case PollKind.SINGLE | PollKind.YES_NO | PollKind.RATING:
            known = _known(poll, chosen)
            if len(known) != 1:
                raise NotUnderstood(phrase("Choose one of the answers."))
            return known
        case PollKind.MULTIPLE:
            known = _known(poll, chosen)
            if not known:
                raise NotUnderstood(phrase("Choose at least one of the answers."))
            if poll.most and len(known) > poll.most:
                raise NotUnderstood(
                    phrase(
                        "You may choose {most} at the most, and you chose {chosen}.", most=poll.most, chosen=len(known)
                    )
                )
            return tuple(key for key in poll.option_keys() if key in known)
        case PollKind.RANKED:
            known = _known(poll, chosen)
            if not known:
                raise NotUnderstood(phrase("Put at least one of the answers in first place."))
            return known
        case PollKind.DATES:
            return _dates(poll, chosen)
        case _:
            assert_never(poll.kind)


def _known(poll: Poll, chosen: Sequence[str]) -> Choices:
    keys = poll.option_keys()
    if any(key not in keys for key in chosen):
        raise NotUnderstood(phrase("That is not one of the answers. Look at the poll once more, please."))
    return tuple(dict.fromkeys(chosen))


def _dates(poll: Poll, chosen: Sequence[str]) -> Choices:
    pairs = [choice.partition(":")[::2] for choice in chosen]
    _known(poll, [key for key, _ in pairs])
    if any(said not in set(Fits) for _, said in pairs):
        raise NotUnderstood(phrase("Say yes, if need be or no to each of the dates."))
    said = {key: Fits(fits) for key, fits in pairs}
    return as_dated({key: said[key] for key in poll.option_keys() if key in said})
