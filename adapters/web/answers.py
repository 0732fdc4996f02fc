"""Carries out what a handler replied: cards become messages, forms and problems go back to the window that asked."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import assert_never

from adapters.web.chat import WebChat
from adapters.web.forms import FormRenderer
from adapters.web.spots import Spot, message_address
from bot.errors import ChatError, Gone, Refused
from bot.identity import Address, MemberId, MessageId, new_id
from bot.messages.elements import Card, File
from bot.messages.forms import Form
from bot.messages.replies import Correct, Hand, OpenForm, Private, Public, Replace, Replies, Reply
from bot.ports import Clock
from bot.recent import Recent
from bot.words import Words

# So long a card is near enough that its change is seen.
_TOPICS, _LASTS = 2_000, timedelta(minutes=14)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked, from where, and in which message a button was pressed. ``key`` is the interaction's own id."""

    member: MemberId
    spot: Spot
    words: Words
    key: str
    origin: MessageId | None = None


@dataclass(slots=True)
class Answer:
    """What the window is told: a form to open, problems by field, or a sentence; nothing where messages say it all.

    ``kept``: the sentence stands among the messages already.
    """

    form: str = ""
    problems: dict[str, str] = field(default_factory=dict[str, str])
    seen: dict[str, str] | None = None
    said: str = ""
    kept: bool = False

    def as_json(self) -> dict[str, object]:
        """The answer for the window."""
        if self.form:
            return {"outcome": "form", "html": self.form}
        if self.problems:
            seen = {} if self.seen is None else {"seen": self.seen}
            return {"outcome": "correct", "problems": self.problems, **seen}
        if self.said:
            return {"outcome": "sorry", "said": self.said, "kept": self.kept}
        return {"outcome": "done"}


class Answers:
    """Gives replies, each once: a message's key comes from the interaction and the reply's place."""

    def __init__(self, chat: WebChat, forms: FormRenderer, clock: Clock) -> None:
        self._chat = chat
        self._forms = forms
        self._topics: Recent[tuple[MemberId, Spot, str], Address] = Recent(clock, _TOPICS, _LASTS)

    async def give(self, replies: Replies, asker: Asker, *, in_place: bool) -> Answer:
        """Carries the replies out in their order. ``in_place``: a sentence that says that nothing was done is shown
        where the person looks (in the dialog, under the button), and is not kept as a message."""
        answer = Answer()
        for place, reply in enumerate(replies):
            await self._one(reply, asker, _key(asker.key, place), answer, in_place=in_place)
        return answer

    async def _one(self, reply: Reply, asker: Asker, key: str, answer: Answer, *, in_place: bool) -> None:
        match reply:
            case Private(card, sorry, topic):
                if sorry:
                    answer.said = card.notice
                    answer.kept = not in_place and await self._apologise(asker, card, key)
                elif topic:
                    await self._say_of(topic, asker, card, key)
                else:
                    await self._whisper(asker, card, key)
            case Public(card):
                await self._chat.post(asker.spot.address(), card, key)
            case Replace(card):
                await self._replace(asker, card, key)
            case OpenForm(form):
                answer.form = self._form(form, asker)
            case Correct(problems, seen):
                answer.problems = dict(problems)
                answer.seen = None if seen is None else dict(seen)
            case Hand(card, file):
                await self._whisper(asker, card, key, file)
            case _:
                assert_never(reply)

    async def _whisper(self, asker: Asker, card: Card, key: str, file: File | None = None) -> Address:
        return await self._chat.whisper(asker.spot.address(), card, key, asker.member, file)

    async def _say_of(self, topic: str, asker: Asker, card: Card, key: str) -> None:
        """What was said of it a moment ago says this instead."""
        about = (asker.member, asker.spot, topic)
        before = self._topics.get(about)
        try:
            if before is not None:
                await self._chat.edit(before, card)
                return
        except (Gone, Refused):
            pass
        self._topics.put(about, await self._whisper(asker, card, key))

    async def _apologise(self, asker: Asker, card: Card, key: str) -> bool:
        """Whether the sentence could be kept; where not even that is possible, the window shows what it is told."""
        try:
            await self._whisper(asker, card, key)
        except ChatError:
            return False
        return True

    async def _replace(self, asker: Asker, card: Card, key: str) -> None:
        if asker.origin is not None:
            try:
                await self._chat.edit(message_address(asker.origin), card)
            except (Gone, Refused):
                await self._whisper(asker, card, key)
            return
        await self._whisper(asker, card, key)

    def _form(self, form: Form, asker: Asker) -> str:
        return str(self._forms.form(form, asker.words, f"form-{str(new_id())[-12:]}", asker.origin))


def _key(interaction: str, place: int) -> str:
    """At most 36 characters: the interaction's id without its dashes, and the place."""
    return f"{interaction.replace('-', '')}.{place}"
