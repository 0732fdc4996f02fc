"""What the buttons and forms of challenges mean. Ids, whole numbers and short words only."""

from dataclasses import dataclass
from typing import ClassVar

from bot.identity import ChallengeId
from bot.messages.actions import Action


@dataclass(frozen=True, slots=True)
class WriteChallenge(Action):
    """Opens, and submits, the form for a new challenge."""

    code: ClassVar[str] = "challenge_new"


@dataclass(frozen=True, slots=True)
class ChangeChallenge(Action):
    """Opens, and submits, the form that changes a draft; ``revision`` is the one that was seen."""

    code: ClassVar[str] = "challenge_change"
    challenge: ChallengeId
    revision: int


@dataclass(frozen=True, slots=True)
class AnswerUntil(Action):
    """A draft is to close then: seconds since 1970, 0 for by hand; ``revision`` is the one that was seen."""

    code: ClassVar[str] = "challenge_until"
    challenge: ChallengeId
    revision: int
    at: int


@dataclass(frozen=True, slots=True)
class PostChallenge(Action):
    """It is to be posted as it was seen."""

    code: ClassVar[str] = "challenge_post"
    challenge: ChallengeId
    revision: int


@dataclass(frozen=True, slots=True)
class DropChallenge(Action):
    """Throws a draft away."""

    code: ClassVar[str] = "challenge_drop"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class GiveAnswer(Action):
    """Opens, and submits, the form in which one answers; it shows what one has answered."""

    code: ClassVar[str] = "challenge_answer"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class ChangeAnswer(Action):
    """The same from the card that shows one's own answer, which then shows the new one."""

    code: ClassVar[str] = "challenge_answer_again"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class LeaveOut(Action):
    """What looks personal in one's answer is to be left out."""

    code: ClassVar[str] = "challenge_leave_out"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class LetAnswerStand(Action):
    """It is nobody private: one's answer is to stand as it was written; ``at`` is when, in microseconds since 1970."""

    code: ClassVar[str] = "challenge_stand"
    challenge: ChallengeId
    at: int


@dataclass(frozen=True, slots=True)
class TakeAnswerBack(Action):
    """Takes one's answer back."""

    code: ClassVar[str] = "challenge_back"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class ReadAnswers(Action):
    """What was answered, as far as one may read it."""

    code: ClassVar[str] = "challenge_read"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class TurnAnswers(Action):
    """Another page of that, from 1."""

    code: ClassVar[str] = "challenge_turn"
    challenge: ChallengeId
    page: int


@dataclass(frozen=True, slots=True)
class SeeChallenge(Action):
    """How it stands, in private, with what one may do."""

    code: ClassVar[str] = "challenge_see"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class ListChallenges(Action):
    """The challenges that are open, and those that were closed lately."""

    code: ClassVar[str] = "challenge_list"


@dataclass(frozen=True, slots=True)
class OpenChallenge(Action):
    """The one that was chosen from the list."""

    code: ClassVar[str] = "challenge_open"


@dataclass(frozen=True, slots=True)
class SeeWhomToAsk(Action):
    """Who could be asked in private, and why."""

    code: ClassVar[str] = "challenge_whom"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class AskThem(Action):
    """Those are to be asked; ``mark`` is of who was seen."""

    code: ClassVar[str] = "challenge_ask"
    challenge: ChallengeId
    mark: str


@dataclass(frozen=True, slots=True)
class TakeOff(Action):
    """Those who were chosen are not to be asked."""

    code: ClassVar[str] = "challenge_off"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class PutBack(Action):
    """Those who were chosen may be asked after all."""

    code: ClassVar[str] = "challenge_on"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class ChooseThemes(Action):
    """Opens, and submits, the form with the themes of one that is open."""

    code: ClassVar[str] = "challenge_themes"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class NotThisTime(Action):
    """Somebody who was asked does not want to answer."""

    code: ClassVar[str] = "challenge_no"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class AskMeNoMore(Action):
    """Somebody wants to be asked about no challenge at all."""

    code: ClassVar[str] = "challenge_mute"


@dataclass(frozen=True, slots=True)
class AskMeAgain(Action):
    """Somebody wants to be asked again."""

    code: ClassVar[str] = "challenge_hear"


@dataclass(frozen=True, slots=True)
class CloseChallenge(Action):
    """It is to be closed now."""

    code: ClassVar[str] = "challenge_close"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class MakeChallengeNote(Action):
    """A case note is to be made of a closed one that has none."""

    code: ClassVar[str] = "challenge_note"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class PostChallengeAgain(Action):
    """Its card is to be posted where that did not work."""

    code: ClassVar[str] = "challenge_again"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class CopyChallenge(Action):
    """A new draft that asks the same."""

    code: ClassVar[str] = "challenge_copy"
    challenge: ChallengeId
