"""Modals: forms and cards in them. Slack opens one within three seconds of a click, so a waiting view may go ahead."""

from collections.abc import Mapping
from dataclasses import replace

from adapters.slack.asker import Asker, Opened
from adapters.slack.forms import form_mentions, render_form
from adapters.slack.front import Acquaintances, Front
from adapters.slack.shapes import Json, record
from adapters.slack.views import card_view, waiting_view
from bot.errors import ChatError, Refused
from bot.messages.elements import Button, Buttons, Card, Divider, Element, Paragraph, Weight
from bot.messages.forms import FileField, Form
from bot.messages.meanwhile import marks_of
from bot.messages.text import plain
from bot.words import Words

_TOO_DEEP = "push_limit_reached"


class Dialogs:
    """Opens views and changes them."""

    def __init__(self, front: Front, known: Acquaintances) -> None:
        self._front = front
        self._known = known

    async def words(self, asker: Asker) -> Words:
        """The asker's words."""
        return await self._front.words_for(asker.workspace, asker.arrival.account, asker.arrival.language)

    async def form_view(self, form: Form, asker: Asker, problem: str = "") -> Json:
        """The form as a view that remembers where it was asked for, and what its file fields take."""
        words = await self.words(asker)
        sizes = {field.key: field.max_bytes for field in form.fields if isinstance(field, FileField)}
        memory = replace(asker.origin, sizes=sizes, seen=marks_of(form)).memory()
        people = await self._front.users(asker.workspace, form_mentions(form))
        return render_form(form, words, memory, people, problem)

    async def card_view(self, card: Card, asker: Asker) -> Json:
        """The card as a view."""
        shown = await self._front.chats(asker.workspace).show(card)
        words = await self.words(asker)
        memory = asker.origin.memory()
        return card_view(shown.card, words, shown.people, shown.files, memory, self._front.public_url)

    def waiting_view(self, asker: Asker) -> Json:
        """What is shown until the answer is there; made without waiting for anything."""
        language = self._known.language(asker.workspace, asker.user) or self._front.house.language
        words = self._front.languages.words(language, self._front.house.zone)
        return waiting_view(words.say("One moment"), words, asker.origin.memory())

    async def open(self, asker: Asker, view: Mapping[str, object]) -> Opened:
        """Opens a view, on top of the modal that the button stands in where it stands in one. Raises ChatError."""
        if asker.origin.view:
            try:
                return _opened(await self._call(asker, "views.push", trigger_id=asker.trigger, view=view))
            except Refused as error:
                if str(error) != _TOO_DEEP:
                    raise
                return await self.change(asker, Opened(asker.origin.view), view)
        return _opened(await self._call(asker, "views.open", trigger_id=asker.trigger, view=view))

    async def change(self, asker: Asker, opened: Opened, view: Mapping[str, object]) -> Opened:
        """Makes an open view this one. Raises ChatError, such as Gone where the person has closed it."""
        arguments = {"view_id": opened.view, "view": view, **({"hash": opened.hash} if opened.hash else {})}
        return _opened(await self._call(asker, "views.update", **arguments))

    async def wait(self, asker: Asker) -> Opened | None:
        """Shows that it takes a moment; None where Slack would not open it."""
        try:
            return await self.open(asker, self.waiting_view(asker))
        except ChatError:
            return None

    async def too_late(self, form: Form, asker: Asker) -> Card:
        """Slack did not open the form: a card whose button does, or how to ask again."""
        words = await self.words(asker)
        if type(form.action) not in self._front.buttons:
            said = words.say("Slack gave me too little time to open the form. Please type the command again.")
            return Card(said, (Paragraph(plain(said)),))
        said = words.say("Slack gave me too little time to open the form. It opens with this button.")
        button = Button(words.say("Open the form"), form.action, Weight.MAIN)
        return Card(said, (Paragraph(plain(said)), Buttons((button,))))

    async def _call(self, asker: Asker, method: str, **arguments: object) -> Mapping[str, object]:
        return await self._front.api.call(asker.workspace, method, **arguments)


def together(cards: list[Card]) -> Card:
    """Several cards as one, where only one can be shown."""
    first = cards[0]
    elements: list[Element] = list(first.elements)
    for card in cards[1:]:
        elements += [Divider(), *card.elements]
    return Card(first.notice, tuple(elements), first.accent)


def _opened(answer: Mapping[str, object]) -> Opened:
    view = record(answer.get("view"))
    return Opened(str(view.get("id", "")), str(view.get("hash", "")))
