"""The port by which a transcript becomes a case note, and what whoever waits for it is told on the way."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from bot.notes.casenote import Answer, CaseNote
from bot.notes.transcript import Transcript

# Told now and then: how much of the work is done, from 0 to 1.
HowFar: TypeAlias = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Cost:
    """What asking a model took. ``calls``: requests, repairs and tries included. ``money``: in the currency of the settings,
    None where no price is set."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    money: float | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A note, and what it took. ``model`` is empty where the rules of this house wrote it."""

    note: CaseNote
    model: str = ""
    cost: Cost = Cost()


class Summariser(Protocol):
    """Writes case notes. Errors are :class:`bot.errors.ModelError` and nothing else; whoever asks goes on with the offline one.

    What is given to one that leaves the process is masked already, and the note that comes back is masked too.
    """

    @property
    def model(self) -> str:
        """Names the model; empty for one that asks nobody."""
        ...

    async def summarise(self, transcript: Transcript, language: str, how_far: HowFar | None = None) -> Written:
        """A note in this language (``da`` or ``en``) on all of the transcript, each statement grounded in it."""
        ...

    async def answer(self, transcript: Transcript, question: str, language: str) -> Answer:
        """Only what the transcript says about a question."""
        ...
