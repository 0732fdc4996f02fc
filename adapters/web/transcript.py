"""Messages as HTML: who, when, what, and how many answered. The same HTML serves every window in one language."""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from adapters.web.bodies import read_body
from adapters.web.limits import RENDERED_KEPT
from adapters.web.menu import Entry
from adapters.web.people import initials, tone
from adapters.web.render import CardRenderer, Pieces, render_text
from adapters.web.wording import interface, reply_count
from bot.identity import MemberId, MessageId
from bot.members.domain import Member
from bot.messages.actions import Action
from bot.messages.text import Inline, Link, Plain, Text, plain
from bot.playground.domain import Message
from bot.words import Words

BOT_NAME = "Brobygger"
_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]']")


@dataclass(frozen=True, slots=True)
class Shown:
    """One message ready for a window. ``notice``: the line that a screen reader announces."""

    html: Markup
    notice: str


class Transcript:
    """Renders messages, and keeps the last ones ready."""

    def __init__(
        self, templates: Environment, actions: Mapping[str, type[Action]], entries: Sequence[Entry] = ()
    ) -> None:
        self._cards = CardRenderer(templates)
        self._pieces = Pieces(templates, "message.html")
        self._actions = actions
        self._entries = tuple(entries)
        self._ready: OrderedDict[tuple[object, ...], Shown] = OrderedDict()

    def show(self, message: Message, author: Member | None, words: Words, replies: int = 0) -> Shown:
        """The message in the reader's language and zone."""
        name = author.name if author else ""
        key = (message.id, message.edited_at, message.body, name, replies, words.language, words.zone.key)
        if key in self._ready:
            self._ready.move_to_end(key)
            return self._ready[key]
        shown = self._render(message, author, words, replies)
        self._ready[key] = shown
        if len(self._ready) > RENDERED_KEPT:
            self._ready.popitem(last=False)
        return shown

    def forget(self) -> None:
        """Keeps nothing ready: somebody was erased."""
        self._ready.clear()

    def messages(
        self,
        messages: list[Message],
        authors: Mapping[MemberId, Member],
        sizes: Mapping[MessageId, int],
        words: Words,
    ) -> Markup:
        """Several messages, in their order."""
        return Markup("").join(
            self.show(one, authors.get(one.author) if one.author else None, words, sizes.get(one.id, 0)).html
            for one in messages
        )

    def _render(self, message: Message, author: Member | None, words: Words, replies: int) -> Shown:
        labels = interface(words)
        if message.author is None:
            name, colour, letters = BOT_NAME, -1, ""
            body, notice = self._card(message, words, labels)
        else:
            name = author.name if author and author.name else labels["somebody"]
            colour, letters = tone(str(message.author)), initials(name)
            body = self._pieces.make("said", text=render_text(linked(message.body), words))
            notice = message.body[:300]
        local = message.at.astimezone(words.zone)
        html = self._pieces.make(
            "message",
            id=str(message.id),
            author=str(message.author or "bot"),
            order=order_of(message),
            day=local.date().isoformat(),
            day_name=words.date(local.date(), "full"),
            at=message.at.isoformat(),
            clock=words.clock(message.at),
            when=words.when(message.at),
            name=name,
            initials=letters,
            tone=colour,
            body=body,
            private=message.only_for is not None,
            edited=message.edited_at is not None and message.author is not None,
            replies=replies,
            reply_count=reply_count(words, replies),
            threaded=message.thread is not None,
            entries=[(one.command, one.verb, one.name(words.language)) for one in self._entries],
            t=labels,
        )
        return Shown(html, f"{name}: {notice}")

    def _card(self, message: Message, words: Words, labels: Mapping[str, str]) -> tuple[Markup, str]:
        body = read_body(message.body, self._actions)
        if body is None:
            text = render_text(plain(labels["unreadable"]), words)
            return self._pieces.make("said", text=text), labels["unreadable"]
        return self._cards.card(body.card, str(message.id), words, body.file), body.card.notice


def order_of(message: Message) -> str:
    """Sorts messages as storage does: by time, then by id."""
    return f"{message.at.isoformat(timespec='microseconds')}{message.id}"


def linked(text: str) -> Text:
    """What a person wrote, with its web addresses as links; everything else stays as it was typed."""
    pieces: list[Inline] = []
    end = 0
    for found in _URL.finditer(text):
        if found.start() > end:
            pieces.append(Plain(text[end : found.start()]))
        pieces.append(Link(found[0], found[0]))
        end = found.end()
    if end < len(text):
        pieces.append(Plain(text[end:]))
    return tuple(pieces)
