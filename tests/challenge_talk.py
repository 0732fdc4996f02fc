"""What dialogues about challenges have in common: a channel in which commands are typed and cards stand."""

from bot.challenges.domain import Answer, Challenge, ChallengeState, Invitation
from bot.notes.domain import Note, NoteState
from tests.introductions_talk import Academy, Somebody
from tests.introductions_talk import Answer as Told
from tests.poll_talk import fills, presses, types

QUESTION = "What does it take for a senior who lives alone to have somebody to eat with?"


async def asked(somebody: Somebody, line: str = f'/challenge "{QUESTION}"') -> Challenge:
    """Writes a challenge, posts it, and waits until it stands there."""
    shown = await types(somebody, line)
    await presses(somebody, shown.buttons["Post it"])
    await somebody.academy.delivers()
    return (await challenges(somebody.academy))[0]


async def answers(somebody: Somebody, sees: str = "", suggests: str = "", seen_by: str = "all") -> Told:
    """By the button of the card, in the form."""
    opened = await presses(somebody, "Answer")
    return await fills(somebody, opened.form, sees=sees, suggests=suggests, seen_by=(seen_by,))


async def challenges(academy: Academy, *states: ChallengeState) -> list[Challenge]:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return list(await work.challenges.in_states(states or tuple(ChallengeState)))


async def said(academy: Academy, challenge: Challenge) -> list[Answer]:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return list(await work.challenges.answers(challenge.id))


async def invited(academy: Academy, challenge: Challenge) -> list[Invitation]:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return list(await work.challenges.invitations(challenge.id))


async def notes(academy: Academy) -> list[Note]:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return list(await work.notes.in_states(tuple(NoteState)))
