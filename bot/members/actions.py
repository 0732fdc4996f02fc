"""What the buttons and forms of members and their academy mean: ids and short words only."""

from dataclasses import dataclass
from typing import ClassVar

from bot.identity import MemberId
from bot.members.domain import Side
from bot.messages.actions import Action


@dataclass(frozen=True, slots=True)
class ShowProfile(Action):
    """Back to the profile card."""

    code: ClassVar[str] = "profile_show"


@dataclass(frozen=True, slots=True)
class EditProfile(Action):
    """Opens the profile's form; the form is sent under the same intent."""

    code: ClassVar[str] = "profile_edit"


@dataclass(frozen=True, slots=True)
class PauseProfile(Action):
    """Opens the form that asks until when; the form is sent under the same intent."""

    code: ClassVar[str] = "profile_pause"


@dataclass(frozen=True, slots=True)
class ResumeProfile(Action):
    """The pause is over, now."""

    code: ClassVar[str] = "profile_resume"


@dataclass(frozen=True, slots=True)
class ExportProfile(Action):
    """Hands everything that is stored about the one who presses."""

    code: ClassVar[str] = "profile_export"


@dataclass(frozen=True, slots=True)
class EraseProfile(Action):
    """Makes the bot forget ``member``; nobody but that member can."""

    code: ClassVar[str] = "profile_erase"
    member: MemberId


@dataclass(frozen=True, slots=True)
class ShareEmail(Action):
    """Shows the member's e-mail address to those they are introduced to, or (``shares`` 0) no more."""

    code: ClassVar[str] = "profile_email"
    shares: int


@dataclass(frozen=True, slots=True)
class AskErase(Action):
    """Shows what will be gone, and asks once more."""

    code: ClassVar[str] = "profile_ask_erase"


@dataclass(frozen=True, slots=True)
class AdoptTheme(Action):
    """Writes a theme of the profile as the academy's own: ``typed`` is a mark of what stands there now."""

    code: ClassVar[str] = "profile_theme"
    typed: str
    theme: str


@dataclass(frozen=True, slots=True)
class AskForTags(Action):
    """Shows short tags for the sentences of the profile."""

    code: ClassVar[str] = "tag_ask"


@dataclass(frozen=True, slots=True)
class AddTag(Action):
    """Adds a suggested tag beside a sentence of the profile; both are marks."""

    code: ClassVar[str] = "tag_add"
    side: Side
    sentence: str
    tag: str


@dataclass(frozen=True, slots=True)
class UseTags(Action):
    """Takes a sentence of the profile away where tags that were suggested for it stand beside it."""

    code: ClassVar[str] = "tag_use"
    side: Side
    sentence: str


@dataclass(frozen=True, slots=True)
class KeepSentence(Action):
    """Leaves everything as it is."""

    code: ClassVar[str] = "tag_keep"
    side: Side
    sentence: str


@dataclass(frozen=True, slots=True)
class AcceptInvitation(Action):
    """Yes: I want to be introduced."""

    code: ClassVar[str] = "invite_yes"
    member: MemberId


@dataclass(frozen=True, slots=True)
class PostponeInvitation(Action):
    """Not now; ask me again another time."""

    code: ClassVar[str] = "invite_later"
    member: MemberId


@dataclass(frozen=True, slots=True)
class DeclineInvitation(Action):
    """Never: don't ask again."""

    code: ClassVar[str] = "invite_never"
    member: MemberId


@dataclass(frozen=True, slots=True)
class ShowAcademy(Action):
    """Back to the academy's overview."""

    code: ClassVar[str] = "academy_show"


@dataclass(frozen=True, slots=True)
class ShowUndelivered(Action):
    """What did not arrive lately, and why."""

    code: ClassVar[str] = "academy_undelivered"


@dataclass(frozen=True, slots=True)
class PreviewInvitations(Action):
    """Shows how many would be asked."""

    code: ClassVar[str] = "academy_preview"


@dataclass(frozen=True, slots=True)
class SendInvitations(Action):
    """Asks everybody who may be asked."""

    code: ClassVar[str] = "academy_invite"


@dataclass(frozen=True, slots=True)
class NameOrganiser(Action):
    """Opens the form that asks whom; the form is sent under the same intent."""

    code: ClassVar[str] = "academy_organiser"


@dataclass(frozen=True, slots=True)
class StepDown(Action):
    """``member`` is no organiser any more; only they can."""

    code: ClassVar[str] = "academy_step_down"
    member: MemberId


@dataclass(frozen=True, slots=True)
class OpenRoomsHere(Action):
    """From now on rooms open in the channel where this is pressed."""

    code: ClassVar[str] = "academy_rooms_here"


@dataclass(frozen=True, slots=True)
class OpenRoomsAnywhere(Action):
    """The bot finds a channel for rooms by itself again."""

    code: ClassVar[str] = "academy_rooms_any"


@dataclass(frozen=True, slots=True)
class WriteSector(Action):
    """Opens the form for a sector; ``key`` is empty for a new one. The form is sent under the same intent."""

    code: ClassVar[str] = "academy_sector"
    key: str = ""


@dataclass(frozen=True, slots=True)
class WriteTheme(Action):
    """Opens the form for a theme; ``key`` is empty for a new one. The form is sent under the same intent."""

    code: ClassVar[str] = "academy_theme"
    key: str = ""


@dataclass(frozen=True, slots=True)
class LookAtSector(Action):
    """Shows a sector, which is chosen beside the intent where ``key`` is empty."""

    code: ClassVar[str] = "academy_look_sector"
    key: str = ""


@dataclass(frozen=True, slots=True)
class LookAtTheme(Action):
    """Shows a theme, which is chosen beside the intent where ``key`` is empty."""

    code: ClassVar[str] = "academy_look_theme"
    key: str = ""


@dataclass(frozen=True, slots=True)
class RemoveSector(Action):
    """Takes a sector away that nobody has."""

    code: ClassVar[str] = "academy_drop_sector"
    key: str


@dataclass(frozen=True, slots=True)
class RemoveTheme(Action):
    """Takes a theme away that nobody has."""

    code: ClassVar[str] = "academy_drop_theme"
    key: str


@dataclass(frozen=True, slots=True)
class HearAnnouncements(Action):
    """Switches announcements off or on, from one of them; ``hears`` 1: on."""

    code: ClassVar[str] = "hear"
    hears: int


@dataclass(frozen=True, slots=True)
class HearInProfile(Action):
    """Switches them on again, from the profile, which then stands there anew."""

    code: ClassVar[str] = "profile_hear"


@dataclass(frozen=True, slots=True)
class ShowWords(Action):
    """Shows a page of the academy's own words, counted from 0."""

    code: ClassVar[str] = "words_show"
    page: int = 0


@dataclass(frozen=True, slots=True)
class LookAtWords(Action):
    """Shows one group of words, by a mark that is chosen beside the intent where ``group`` is empty."""

    code: ClassVar[str] = "words_look"
    group: str = ""


@dataclass(frozen=True, slots=True)
class WriteWords(Action):
    """Opens the form for a group of words, and is sent with it. ``seen``: a mark of the words as they stood then."""

    code: ClassVar[str] = "words_write"
    group: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class TakeKnownWords(Action):
    """Adds to a group what the bot's own table says together with its words."""

    code: ClassVar[str] = "words_take"
    group: str
    seen: str


@dataclass(frozen=True, slots=True)
class RemoveWords(Action):
    """Takes a group of words away, if it still is as it was seen."""

    code: ClassVar[str] = "words_remove"
    group: str
    seen: str


@dataclass(frozen=True, slots=True)
class EditOptions(Action):
    """Opens the form of the academy's options; the form is sent under the same intent."""

    code: ClassVar[str] = "academy_options"


@dataclass(frozen=True, slots=True)
class EditSending(Action):
    """Opens the form of how things are sent here; the form is sent under the same intent."""

    code: ClassVar[str] = "academy_sending"


@dataclass(frozen=True, slots=True)
class BringRoster(Action):
    """Opens the form that takes a roster file; the form is sent under the same intent."""

    code: ClassVar[str] = "academy_roster"
