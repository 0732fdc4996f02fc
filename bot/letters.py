"""Everything that the bot writes by itself, as one table that one reads from top to bottom: which letter, who writes it."""

from bot.announcements.letters import LETTERS as ANNOUNCEMENT_LETTERS
from bot.camps.gatherings import LETTERS as GATHERING_LETTERS
from bot.camps.handover.letters import LETTERS as HAND_OVER_LETTERS
from bot.camps.letters import LETTERS as CAMP_LETTERS
from bot.camps.stations.letters import LETTERS as STATION_LETTERS
from bot.challenges.letters import LETTERS as CHALLENGE_LETTERS
from bot.deliveries.letters import Written
from bot.introductions.letters import LETTERS as INTRODUCTION_LETTERS
from bot.linking.letters import LETTERS as LINK_LETTERS
from bot.members.letters import LETTERS as MEMBER_LETTERS
from bot.members.switches import LETTERS as SWITCH_LETTERS
from bot.notes.letters import LETTERS as NOTE_LETTERS
from bot.polls.letters import LETTERS as POLL_LETTERS

LETTERS: tuple[Written, ...] = (
    *MEMBER_LETTERS,
    *INTRODUCTION_LETTERS,
    *ANNOUNCEMENT_LETTERS,
    *CAMP_LETTERS,
    *STATION_LETTERS,
    *HAND_OVER_LETTERS,
    *GATHERING_LETTERS,
    *POLL_LETTERS,
    *NOTE_LETTERS,
    *CHALLENGE_LETTERS,
    *LINK_LETTERS,
    *SWITCH_LETTERS,
)
