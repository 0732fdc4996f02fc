"""One errand to a model: a note, or an answer to a question, in as many requests as it takes."""

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from adapters.summarisers.openai_chat import Chat, Message, TooLong
from adapters.summarisers.openai_forms import AnswerForm, NoteForm, NotTheForm, answer_schema, note_schema, read
from adapters.summarisers.openai_words import answer_told, asked, mend, merge_told, note_told
from bot.errors import ModelError, ModelRefused
from bot.notes.casenote import Answer, CaseNote
from bot.notes.claims import Evidence
from bot.notes.sending import parts, rows, sheet
from bot.notes.summarising import Cost, HowFar
from bot.notes.transcript import Line
from bot.notes.uniting import Pieces, joined, joined_answers, pieces_of, pieces_of_answers, something, united

F = TypeVar("F", bound=BaseModel)
R = TypeVar("R")

# An answer may take this share of what the model reads at once.
_SHARE = 5
# Tokens of our own words and of the form.
_RULES = 1_300
_MILLION = 1_000_000
_SEVERAL = 2
_NOT_BORNE_OUT = "no entry is borne out by the data: the ids do not exist, or the items say something else"


@dataclass(frozen=True, slots=True)
class Bounds:
    """``context``: tokens that the model reads at once; ``patience``: seconds for all of an errand; prices for a million tokens
    in the currency that they are written in, None where none is set; ``longest``: tokens of an answer at the most."""

    context: int = 32_000
    patience: float = 900.0
    price_in: float | None = None
    price_out: float | None = None
    longest: int = 4_000

    @property
    def answer(self) -> int:
        """Tokens of one answer."""
        return min(self.longest, self.context // _SHARE)

    @property
    def room(self) -> int:
        """Tokens of the conversation in one request. An answer that is shown back to be mended needs its room too."""
        return self.context - 2 * self.answer - _RULES

    def money(self, tokens_in: int, tokens_out: int) -> float | None:
        """What so many tokens cost."""
        if self.price_in is None and self.price_out is None:
            return None
        return (tokens_in * (self.price_in or 0.0) + tokens_out * (self.price_out or 0.0)) / _MILLION


@dataclass(slots=True)
class Errand:
    """What it took is counted here, whether it ends well or not."""

    chat: Chat
    language: str
    bounds: Bounds
    how_far: HowFar | None = None
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    _schema: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def cost(self) -> Cost:
        """So far."""
        money = self.bounds.money(self.tokens_in, self.tokens_out)
        return Cost(self.calls, self.tokens_in, self.tokens_out, money)

    async def note(self, lines: Sequence[Line]) -> CaseNote:
        """A note on all the lines. Raises ModelError."""
        if not any(line.text.strip() for line in lines):
            raise ModelRefused("there is nothing to write about")
        self._schema = note_schema(sorted({line.sector for line in lines} - {""}))
        told = note_told(self.language)
        found = await self._each(lines, lambda part: self._note(told, part))
        notes = [note for note in found if something(note)]
        if not notes:
            raise ModelRefused("the model wrote nothing that the conversation bears out")
        return await self._put_together(notes)

    async def answer(self, lines: Sequence[Line], question: str) -> Answer:
        """What the lines say about a question. Raises ModelError."""
        if not any(line.text.strip() for line in lines):
            raise ModelRefused("there is nothing to read")
        self._schema = answer_schema()
        found = await self._each(lines, lambda part: self._answer(part, question))
        answers = [answer for answer in found if answer.statements]
        every = joined_answers(answers)
        pieces = pieces_of_answers(answers)
        if len(answers) < _SEVERAL or not self._fits(pieces):
            return every
        try:
            whole = await self._answer(pieces.lines, question)
        except ModelError:
            return every
        return pieces.answer(whole, every.sources) if whole.statements else every

    async def _put_together(self, notes: Sequence[CaseNote]) -> CaseNote:
        """As many at a time as one request takes, until it is one; where not even two fit, one after the other."""
        while len(notes) > 1:
            groups = self._groups(notes)
            if len(groups) == len(notes):
                return joined(notes)
            notes = [await self._united(group) for group in groups]
        return notes[0]

    def _groups(self, notes: Sequence[CaseNote]) -> list[list[CaseNote]]:
        groups: list[list[CaseNote]] = []
        for note in notes:
            if groups and self._fits(pieces_of([*groups[-1], note])):
                groups[-1].append(note)
            else:
                groups.append([note])
        return groups

    async def _united(self, notes: Sequence[CaseNote]) -> CaseNote:
        if len(notes) == 1:
            return notes[0]
        pieces = pieces_of(notes)
        try:
            whole = await self._note(merge_told(self.language), pieces.lines)
        except ModelError:
            # The parts are well; what is missing is somebody to put them together.
            return joined(notes)
        return united(whole, pieces, notes) if something(whole) else joined(notes)

    def _fits(self, pieces: Pieces) -> bool:
        return len(parts(pieces.lines, self.bounds.room)) == 1

    async def _note(self, told: str, lines: Sequence[Line]) -> CaseNote:
        evidence = Evidence(lines, self.language)

        def understood(form: NoteForm) -> CaseNote:
            note = evidence.note(form.claims())
            if form.entries() and not something(note):
                raise NotTheForm(_NOT_BORNE_OUT)
            return note

        return await self._filled(NoteForm, told, lines, (), understood)

    async def _answer(self, lines: Sequence[Line], question: str) -> Answer:
        evidence = Evidence(lines, self.language)

        def understood(form: AnswerForm) -> Answer:
            answer = evidence.answer(form.claims(), form.more())
            if form.answer and not answer.statements:
                raise NotTheForm(_NOT_BORNE_OUT)
            return answer

        beside = (Line("question", "", question),)
        return await self._filled(AnswerForm, answer_told(self.language), lines, beside, understood)

    async def _each(self, lines: Sequence[Line], work: Callable[[Sequence[Line]], Awaitable[R]]) -> list[R]:
        """The work on each part, one after the other; a part that turns out to be more than the model reads is halved."""
        found: list[R] = []
        waiting = deque(parts(lines, self.bounds.room))
        while waiting:
            part = waiting.popleft()
            try:
                found.append(await work(part))
            except TooLong:
                if len(part) == 1:
                    raise
                waiting.extendleft([part[len(part) // 2 :], part[: len(part) // 2]])
            if self.how_far is not None:
                # The last step is putting the parts together.
                await self.how_far(len(found) / (len(found) + len(waiting) + 1))
        return found

    async def _filled(
        self,
        form: type[F],
        told: str,
        lines: Sequence[Line],
        beside: Sequence[Line],
        understood: Callable[[F], R],
    ) -> R:
        """The form as the model filled it, and what is understood of it; one try to mend it."""
        data = sheet(rows([*beside, *lines]))
        messages: list[Message] = [("system", told), ("user", asked(data, self.language))]
        for last in (False, True):
            said = await self.chat.ask(messages, self._schema, self.bounds.answer)
            self.calls += said.calls
            self.tokens_in += said.tokens_in
            self.tokens_out += said.tokens_out
            try:
                return understood(read(form, said.text, cut=said.cut))
            except NotTheForm as wrong:
                if last:
                    raise ModelRefused("the model does not answer in the form that it was asked for") from None
                if said.text.strip():
                    messages.append(("assistant", said.text))
                messages.append(("user", mend(wrong.told, lines[0].id)))
        raise AssertionError  # the second try returns or raises
