"""What the buttons and forms of polls mean. Ids, whole numbers and short words only."""

from dataclasses import dataclass
from typing import ClassVar

from bot.identity import PollId
from bot.messages.actions import Action


@dataclass(frozen=True, slots=True)
class WritePoll(Action):
    """Opens, and submits, the form for a new poll."""

    code: ClassVar[str] = "poll_new"


@dataclass(frozen=True, slots=True)
class ChangePoll(Action):
    """Opens, and submits, the form that changes a draft; ``revision`` is the one that was seen."""

    code: ClassVar[str] = "poll_change"
    poll: PollId
    revision: int


@dataclass(frozen=True, slots=True)
class RefinePoll(Action):
    """Opens, and submits, the form with what is asked for more seldom; ``revision`` is the one that was seen."""

    code: ClassVar[str] = "poll_more"
    poll: PollId
    revision: int


@dataclass(frozen=True, slots=True)
class CloseAt(Action):
    """A draft is to close then: seconds since 1970, 0 for by hand; ``revision`` is the one that was seen."""

    code: ClassVar[str] = "poll_until"
    poll: PollId
    revision: int
    at: int


@dataclass(frozen=True, slots=True)
class TakeReady(Action):
    """The one that was chosen of those that are ready."""

    code: ClassVar[str] = "poll_ready"


@dataclass(frozen=True, slots=True)
class PostPoll(Action):
    """It is to be posted as it was seen."""

    code: ClassVar[str] = "poll_post"
    poll: PollId
    revision: int


@dataclass(frozen=True, slots=True)
class DropPoll(Action):
    """Throws a draft away."""

    code: ClassVar[str] = "poll_drop"
    poll: PollId


@dataclass(frozen=True, slots=True)
class Vote(Action):
    """A vote for one option, by its key."""

    code: ClassVar[str] = "poll_vote"
    poll: PollId
    option: str


@dataclass(frozen=True, slots=True)
class FillBallot(Action):
    """Opens, and submits, the form in which one votes; it shows what one has voted."""

    code: ClassVar[str] = "poll_ballot"
    poll: PollId


@dataclass(frozen=True, slots=True)
class ChangeVote(Action):
    """The same from the card that says what one has voted: the answer takes its place."""

    code: ClassVar[str] = "poll_revote"
    poll: PollId


@dataclass(frozen=True, slots=True)
class WithdrawVote(Action):
    """Takes one's vote back."""

    code: ClassVar[str] = "poll_withdraw"
    poll: PollId


@dataclass(frozen=True, slots=True)
class AddOption(Action):
    """Opens, and submits, the form for one more option."""

    code: ClassVar[str] = "poll_add"
    poll: PollId


@dataclass(frozen=True, slots=True)
class SeePoll(Action):
    """How it stands, in private; with what one may do."""

    code: ClassVar[str] = "poll_see"
    poll: PollId


@dataclass(frozen=True, slots=True)
class ShowNumbers(Action):
    """The numbers so far, in private, for one who has voted."""

    code: ClassVar[str] = "poll_tally"
    poll: PollId


@dataclass(frozen=True, slots=True)
class ListPolls(Action):
    """The polls that are open, and those that were closed lately."""

    code: ClassVar[str] = "poll_list"


@dataclass(frozen=True, slots=True)
class OpenPoll(Action):
    """The one that was chosen from the list."""

    code: ClassVar[str] = "poll_open"


@dataclass(frozen=True, slots=True)
class ClosePoll(Action):
    """It is to be closed now."""

    code: ClassVar[str] = "poll_close"
    poll: PollId


@dataclass(frozen=True, slots=True)
class ReopenPoll(Action):
    """It is to be opened again."""

    code: ClassVar[str] = "poll_reopen"
    poll: PollId


@dataclass(frozen=True, slots=True)
class AskToRemind(Action):
    """How many a reminder would go to."""

    code: ClassVar[str] = "poll_ask_remind"
    poll: PollId


@dataclass(frozen=True, slots=True)
class Remind(Action):
    """Those who have not voted are to be reminded."""

    code: ClassVar[str] = "poll_remind"
    poll: PollId


@dataclass(frozen=True, slots=True)
class CopyPoll(Action):
    """A new poll with the same options."""

    code: ClassVar[str] = "poll_copy"
    poll: PollId


@dataclass(frozen=True, slots=True)
class AskHere(Action):
    """It is to stand where this is pressed, too."""

    code: ClassVar[str] = "poll_here"
    poll: PollId


@dataclass(frozen=True, slots=True)
class PostAgain(Action):
    """Its card is to be posted where that did not work."""

    code: ClassVar[str] = "poll_again"
    poll: PollId


@dataclass(frozen=True, slots=True)
class HandNumbers(Action):
    """The numbers as a file."""

    code: ClassVar[str] = "poll_numbers"
    poll: PollId


@dataclass(frozen=True, slots=True)
class HandPicture(Action):
    """The result as a picture."""

    code: ClassVar[str] = "poll_picture"
    poll: PollId


@dataclass(frozen=True, slots=True)
class HandVotes(Action):
    """Who said what in a named poll, as a file."""

    code: ClassVar[str] = "poll_votes"
    poll: PollId


@dataclass(frozen=True, slots=True)
class HandDay(Action):
    """A day that fits best, by its option's key, for a calendar."""

    code: ClassVar[str] = "poll_day"
    version: ClassVar[int] = 2
    poll: PollId
    day: str


@dataclass(frozen=True, slots=True)
class CampOfDay(Action):
    """A camp on a day that fits best, by its option's key."""

    code: ClassVar[str] = "poll_camp"
    version: ClassVar[int] = 2
    poll: PollId
    day: str
