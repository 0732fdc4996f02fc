"""Asking a model for a case note: masked before it leaves, shown to a person as it would leave, and restored when it is back.

Whoever holds an :class:`Asker` cannot send anything that was not masked: the model itself is held here only.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.errors import ModelError, ModelRefused
from bot.notes.casenote import Answer
from bot.notes.prepared import Prepared, ours
from bot.notes.summarising import HowFar, Summariser, Written
from bot.notes.transcript import Line, Transcript
from bot.privacy import Kind, Masker


class Outside(Summariser, Protocol):
    """A summariser that leaves this process. ``room``: about how many tokens of a conversation one request of it takes."""

    @property
    def room(self) -> int:
        """In tokens as :func:`bot.notes.sending.tokens` counts them."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """``trouble``: why the model wrote nothing; then the note is what the rules of this house made of the same conversation."""

    written: Written
    trouble: ModelError | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The same for a question."""

    answer: Answer
    trouble: ModelError | None = None


class Asker:
    """``model`` is None where none is set; then the offline one writes all."""

    def __init__(self, model: Outside | None, offline: Summariser) -> None:
        self._model = model
        self._offline = offline

    @property
    def model(self) -> str:
        """Who would be asked: the model and its server; empty where none is set."""
        return "" if self._model is None else self._model.model

    async def prepare(
        self, transcript: Transcript, roster: Iterable[str], language: str, question: str = ""
    ) -> Prepared:
        """What would be sent. ``roster``: names of the academy's members; who wrote in the conversation is added to them."""
        room = 1 if self._model is None else self._model.room
        return await asyncio.to_thread(
            _prepared, transcript, tuple(roster), language, question.strip(), self.model, room
        )

    async def ask(self, prepared: Prepared, how_far: HowFar | None = None) -> Asked:
        """The note. Cancelling it lets go of the server too."""
        try:
            written = await self._meant(prepared).summarise(prepared.masked, prepared.language, how_far)
        except ModelError as trouble:
            offline = await self._offline.summarise(prepared.restored(), prepared.language, how_far)
            return Asked(offline, trouble)
        return Asked(Written(prepared.note(written.note), written.model, written.cost))

    async def ask_about(self, prepared: Prepared) -> Answered:
        """What the conversation says about the question that it was prepared with."""
        try:
            answer = await self._meant(prepared).answer(prepared.masked, prepared.question, prepared.language)
        except ModelError as trouble:
            question = prepared.restored_question()
            return Answered(await self._offline.answer(prepared.restored(), question, prepared.language), trouble)
        return Answered(prepared.answer(answer))

    def _meant(self, prepared: Prepared) -> Outside:
        """Who was named to the person who said yes, and nobody else."""
        if self._model is None or self._model.model != prepared.model:
            raise ModelRefused("another model is set now than was agreed to")
        return self._model


def _prepared(
    transcript: Transcript, roster: tuple[str, ...], language: str, question: str, model: str, room: int
) -> Prepared:
    authors = dict.fromkeys(line.author for line in transcript.lines if line.author.strip())
    # Those who wrote are known to be people, whatever they call themselves, and what others call them is masked as well.
    masking = Masker([*roster, *authors]).masking()
    tokens = {author: masking.person(author) for author in authors}
    names = {line.id: ours(number) for number, line in enumerate(transcript.lines, start=1)}
    lines = tuple(
        Line(
            names[line.id],
            tokens.get(line.author, ""),
            masking.mask(line.text).text,
            line.sector,
            line.at,
            names.get(line.reply_to, ""),
        )
        for line in transcript.lines
    )
    title, asked = masking.mask(transcript.title).text, masking.mask(question).text
    return Prepared(
        masked=Transcript(lines, title),
        ids=tuple(line.id for line in transcript.lines),
        question=asked,
        key=masking.key,
        counts=Counter(masking.counts) + Counter({Kind.PERSON: len(authors)}),
        language=language,
        model=model,
        room=room,
    )
