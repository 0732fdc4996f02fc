"""What handlers may call: the use cases of every capability, made once in ``bootstrap``."""

from dataclasses import dataclass, field

from bot.announcements.service import AnnouncementService
from bot.bank.service import BankService
from bot.camps.service import CampService
from bot.challenges.service import ChallengeService
from bot.help import HelpCards
from bot.interactions import Command
from bot.introductions.service import IntroductionService
from bot.linking.service import LinkService
from bot.members.service import MemberService
from bot.notes.service import NoteService
from bot.polls.service import PollService


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases, one service a capability. ``commands`` is the command table itself: ``/help`` reads it."""

    members: MemberService
    introductions: IntroductionService
    commands: tuple[Command, ...]
    linking: LinkService
    announcements: AnnouncementService
    camps: CampService
    polls: PollService
    notes: NoteService
    bank: BankService
    challenges: ChallengeService
    helps: HelpCards = field(default_factory=HelpCards)
