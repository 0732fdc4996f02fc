"""What the buttons and forms of camps mean. Ids, whole numbers and short words only."""

from dataclasses import dataclass
from typing import ClassVar

from bot.camps.domain import Answer, Reminder
from bot.identity import CampId
from bot.messages.actions import Action


@dataclass(frozen=True, slots=True)
class AnswerCamp(Action):
    """A member says whether they come."""

    code: ClassVar[str] = "camp_answer"
    camp: CampId
    answer: Answer


@dataclass(frozen=True, slots=True)
class BringGuests(Action):
    """Opens, and submits, the form for guests."""

    code: ClassVar[str] = "camp_guests"
    camp: CampId


@dataclass(frozen=True, slots=True)
class ShowCamp(Action):
    """A camp as a member sees it."""

    code: ClassVar[str] = "camp_show"
    camp: CampId


@dataclass(frozen=True, slots=True)
class ShowProgramme(Action):
    """The whole programme."""

    code: ClassVar[str] = "camp_programme"
    camp: CampId


@dataclass(frozen=True, slots=True)
class OpenCamp(Action):
    """The one that was chosen from the list."""

    code: ClassVar[str] = "camp_open"


@dataclass(frozen=True, slots=True)
class PlanCamp(Action):
    """Opens, and submits, the form for a new camp."""

    code: ClassVar[str] = "camp_new"


@dataclass(frozen=True, slots=True)
class ChangeCamp(Action):
    """Opens, and submits, the form that changes one; ``revision`` is the one that was seen."""

    code: ClassVar[str] = "camp_change"
    camp: CampId
    revision: int


@dataclass(frozen=True, slots=True)
class OrganiseCamp(Action):
    """A camp as an organiser sees it."""

    code: ClassVar[str] = "camp_desk"
    camp: CampId


@dataclass(frozen=True, slots=True)
class LookAtInvitation(Action):
    """To whom an invitation would go, and how it will look."""

    code: ClassVar[str] = "camp_invite"
    camp: CampId


@dataclass(frozen=True, slots=True)
class SendInvitations(Action):
    """Invites those who have not been, with what was seen. ``mark``: of the audience that was seen, empty for everybody."""

    code: ClassVar[str] = "camp_send"
    version: ClassVar[int] = 2
    camp: CampId
    revision: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ChooseInvited(Action):
    """Opens, and submits, the form that says whom an invitation is for; ``mark``: of the audience that was seen."""

    code: ClassVar[str] = "camp_invite_to"
    camp: CampId
    mark: str


@dataclass(frozen=True, slots=True)
class ShowGuestbook(Action):
    """Who said what."""

    code: ClassVar[str] = "camp_who"
    camp: CampId


@dataclass(frozen=True, slots=True)
class LookAtReminder(Action):
    """What the next reminder would say, to whom, and which of them are on."""

    code: ClassVar[str] = "camp_remind"
    camp: CampId


@dataclass(frozen=True, slots=True)
class SendReminder(Action):
    """Sends a reminder now, if it still is the next."""

    code: ClassVar[str] = "camp_remind_now"
    camp: CampId
    reminder: Reminder


@dataclass(frozen=True, slots=True)
class AskAgain(Action):
    """Asks those who have not settled once more."""

    code: ClassVar[str] = "camp_ask"
    camp: CampId


@dataclass(frozen=True, slots=True)
class SwitchReminder(Action):
    """Switches one reminder on (1) or off (0)."""

    code: ClassVar[str] = "camp_switch"
    camp: CampId
    reminder: Reminder
    on: int


@dataclass(frozen=True, slots=True)
class TellChanges(Action):
    """Those who come, or may, are to hear what is new."""

    code: ClassVar[str] = "camp_tell"
    camp: CampId
    revision: int


@dataclass(frozen=True, slots=True)
class KeepChangesQuiet(Action):
    """What is new is too small for a message."""

    code: ClassVar[str] = "camp_quiet"
    camp: CampId
    revision: int


@dataclass(frozen=True, slots=True)
class CallOff(Action):
    """Opens, and submits, the form that asks why a camp is to be cancelled."""

    code: ClassVar[str] = "camp_off"
    camp: CampId


@dataclass(frozen=True, slots=True)
class CancelCamp(Action):
    """It does not take place, as it was seen."""

    code: ClassVar[str] = "camp_cancel"
    camp: CampId
    revision: int
