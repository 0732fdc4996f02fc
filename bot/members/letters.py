"""What is sent to members about themselves: the invitation, and the word to a new organiser."""

from dataclasses import dataclass
from typing import ClassVar

from bot.deliveries.domain import Letter
from bot.deliveries.letters import Reading, written
from bot.identity import MemberId
from bot.members.cards import invitation_card, organiser_card
from bot.members.consent import waits_for_answer
from bot.members.profile import Lists
from bot.messages.elements import Card


@dataclass(frozen=True, slots=True)
class InvitationLetter(Letter):
    """Asks once whether the member wants to be introduced."""

    code: ClassVar[str] = "invitation"
    member: MemberId


@dataclass(frozen=True, slots=True)
class NamedOrganiser(Letter):
    """Tells a member that they are an organiser now."""

    code: ClassVar[str] = "organiser_named"
    member: MemberId


async def invitation(reading: Reading, letter: InvitationLetter) -> Card | None:
    """Nothing for somebody who has answered in the meantime, or left."""
    del letter
    if reading.reader is None or not waits_for_answer(reading.reader):
        return None
    lists = Lists(tuple(await reading.work.vocabulary.sectors()), ())
    return invitation_card(reading.reader, lists, reading.options, reading.words)


async def named_organiser(reading: Reading, letter: NamedOrganiser) -> Card | None:
    """Nothing for somebody who is none any more."""
    del letter
    return organiser_card(reading.words) if reading.reader is not None and reading.reader.is_organiser() else None


LETTERS = (written(InvitationLetter, invitation), written(NamedOrganiser, named_organiser))
