"""The knowledge bank and people who leave, become one, or ask what is kept about them.

What somebody said of trying a note is theirs and goes with them. A note itself names nobody; what becomes of it is said where
notes are (:mod:`bot.notes.people`).
"""

from datetime import datetime

from bot.identity import MemberId
from bot.ports import UnitOfWork


async def leave_bank(work: UnitOfWork, member: MemberId, now: datetime) -> None:
    """What a member said of trying notes goes."""
    del now
    for trial in await work.bank.trials_by(member):
        await work.bank.remove_trial(trial.note, member)


async def trials_of(work: UnitOfWork, member: MemberId) -> list[dict[str, str]]:
    """What a member said of trying notes, for whoever asks what is kept about them."""
    return [
        {
            "note": str(trial.note),
            "outcome": trial.outcome.value,
            "place": trial.place,
            "text": trial.text,
            "at": trial.at.isoformat(),
        }
        for trial in await work.bank.trials_by(member)
    ]
