"""What the buttons and forms of announcements mean. Ids, whole numbers and short words only."""

from dataclasses import dataclass
from typing import ClassVar

from bot.identity import AnnouncementId
from bot.messages.actions import Action


@dataclass(frozen=True, slots=True)
class WriteAnnouncement(Action):
    """Opens, and submits, the form for a new announcement."""

    code: ClassVar[str] = "ann_new"


@dataclass(frozen=True, slots=True)
class ChangeAnnouncement(Action):
    """Opens, and submits, the form that changes one; ``revision`` is the one that was seen."""

    code: ClassVar[str] = "ann_change"
    announcement: AnnouncementId
    revision: int


@dataclass(frozen=True, slots=True)
class ChooseTime(Action):
    """Which of the times that an unclear one may mean."""

    code: ClassVar[str] = "ann_when"
    announcement: AnnouncementId
    revision: int


@dataclass(frozen=True, slots=True)
class WaitForSome(Action):
    """Those who have night, or a day off, are to get it later, or not; ``waits`` as :class:`bot.announcements.quiet.Waits`."""

    code: ClassVar[str] = "ann_wait"
    announcement: AnnouncementId
    revision: int
    waits: str


@dataclass(frozen=True, slots=True)
class ScheduleAnnouncement(Action):
    """It is to go out as it was seen."""

    code: ClassVar[str] = "ann_go"
    announcement: AnnouncementId
    revision: int


@dataclass(frozen=True, slots=True)
class SendAnnouncementNow(Action):
    """Its time has passed meanwhile, and it is to go out at once."""

    code: ClassVar[str] = "ann_now"
    announcement: AnnouncementId
    revision: int


@dataclass(frozen=True, slots=True)
class DropAnnouncement(Action):
    """Throws a draft away."""

    code: ClassVar[str] = "ann_drop"
    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class ListAnnouncements(Action):
    """All announcements that are planned or went out lately."""

    code: ClassVar[str] = "ann_list"


@dataclass(frozen=True, slots=True)
class OpenAnnouncement(Action):
    """The one that was chosen from the list."""

    code: ClassVar[str] = "ann_open"


@dataclass(frozen=True, slots=True)
class ShowAnnouncement(Action):
    """How it stands with one: what it says, when it goes, and what became of each time."""

    code: ClassVar[str] = "ann_show"
    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class CancelAnnouncement(Action):
    """Nothing more of it is to go out."""

    code: ClassVar[str] = "ann_cancel"
    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class StopTheRest(Action):
    """What has not gone yet of what is on its way is not to go."""

    code: ClassVar[str] = "ann_stop"
    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class SkipNext(Action):
    """A repeated one is to leave out its next time; ``at`` is that instant in seconds, as it was seen."""

    code: ClassVar[str] = "ann_skip"
    announcement: AnnouncementId
    at: int


@dataclass(frozen=True, slots=True)
class CorrectAnnouncement(Action):
    """Opens, and submits, the form that corrects what went out."""

    code: ClassVar[str] = "ann_correct"
    announcement: AnnouncementId


@dataclass(frozen=True, slots=True)
class CorrectCopies(Action):
    """The correction is to be made, as it was seen, in every copy."""

    code: ClassVar[str] = "ann_copies"
    draft: AnnouncementId


@dataclass(frozen=True, slots=True)
class ApproveAnnouncement(Action):
    """Another organiser lets it go out as it was seen."""

    code: ClassVar[str] = "ann_yes"
    announcement: AnnouncementId
    revision: int


@dataclass(frozen=True, slots=True)
class ApproveNow(Action):
    """The same where its time has passed meanwhile: it goes out at once."""

    code: ClassVar[str] = "ann_yes_now"
    announcement: AnnouncementId
    revision: int


@dataclass(frozen=True, slots=True)
class DeclineAnnouncement(Action):
    """Opens, and submits, the form in which another organiser says why it should not go out like this."""

    code: ClassVar[str] = "ann_no"
    announcement: AnnouncementId
    revision: int
