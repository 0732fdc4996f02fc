"""What a window does: says something, types a command, presses a button, sends a form, has read up to here."""

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.web.answers import Answer, Answers, Asker
from adapters.web.bodies import Retired, read_body
from adapters.web.chat import WebChat
from adapters.web.front import Front
from adapters.web.hub import Left, Seen, may_see
from adapters.web.limits import COMMAND_CHARACTERS, MESSAGE_CHARACTERS
from adapters.web.menu import entries_on_messages
from adapters.web.parse import Typed, read_chosen, read_message, read_pressed, read_sent, read_typed
from adapters.web.render import holds
from adapters.web.spots import Spot, message_address
from adapters.web.visits import Visit, choose_language, conversation_in, message_id, read_visit, visit_in, with_account
from bot.errors import ChatError, Gone
from bot.interactions import Arrival, Invocation, Place, PlaceKind, Press, Submission
from bot.messages.actions import encode_action
from bot.messages.elements import Card, Paragraph
from bot.messages.replies import Replies
from bot.messages.text import Code, flat
from bot.playground.domain import Conversation, ConversationKind, Message


class Doors:
    """The requests that change something. Who asks is in the address; what may be seen is checked here each time."""

    def __init__(self, front: Front, chat: WebChat, answers: Answers) -> None:
        self._front = front
        self._chat = chat
        self._answers = answers

    async def say(self, request: Request) -> Response:
        """The composer: a slash command goes to the front desk, anything else is a message."""
        typed = await read_typed(request)
        visit, conversation = await self._enter(request)
        if typed.text.startswith("/"):
            return await self._command(request, visit, conversation, typed)
        text = typed.text.strip()
        if not text:
            return _tell(Answer())
        if len(text) > MESSAGE_CHARACTERS:
            return too_long(visit)
        spot = Spot(conversation.id, typed.thread)
        try:
            await self._chat.say(visit.member, spot, text, typed.id)
        except Gone as error:
            raise HTTPException(404) from error
        if conversation.kind is ConversationKind.DIRECT:
            await self._chat.whisper(spot.address(), self._hint(visit), f"{typed.id[:30]}.hint", visit.member.id)
        return _tell(Answer())

    async def press(self, request: Request) -> Response:
        """A button or select, checked against the card that this member may see. Anything else is an old button."""
        pressed = await read_pressed(request)
        visit, conversation, message = await self._message(request)
        body = read_body(message.body, self._front.actions) if message.author is None else None
        real = body is not None and holds(body.card, pressed.wire, pressed.chosen)
        spot = Spot(conversation.id, message.thread)
        asker = Asker(visit.member.id, spot, visit.words, pressed.id, message.id)
        arrival = await self._arrival(visit, conversation, asker)
        wire = pressed.wire if real else encode_action(Retired())
        replies = await self._front.desk.press(Press(arrival, wire, pressed.chosen if real else ()))
        return await self._give(request, visit, replies, asker, in_place=True)

    async def choose(self, request: Request) -> Response:
        """What can be done with a message that this member may see. Anything else is not there."""
        chosen = await read_chosen(request)
        visit, conversation, message = await self._message(request)
        entries = entries_on_messages(self._front.commands)
        if not any((one.command, one.verb) == (chosen.command, chosen.verb) for one in entries):
            raise HTTPException(404)
        asker = Asker(visit.member.id, Spot(conversation.id, message.thread), visit.words, chosen.id)
        arrival = await self._arrival(visit, conversation, asker)
        at_message = replace(arrival, place=replace(arrival.place, message=message_address(message.id)))
        invocation = Invocation(at_message, chosen.command, verb=chosen.verb, values={})
        replies = await self._front.desk.invoke(invocation)
        return await self._give(request, visit, replies, asker, in_place=False)

    async def submit(self, request: Request) -> Response:
        """A form. ``origin`` counts only where this member may see that message in this conversation."""
        sent = await read_sent(request)
        visit, conversation = await self._enter(request)
        origin = sent.origin
        if origin is not None:
            async with self._front.units(self._front.workspace.id, reading=True) as work:
                message = await work.playground.message(origin)
            seen = message is not None and message.conversation == conversation.id
            origin = origin if seen and message and may_see(visit.member.id, conversation, message) else None
        asker = Asker(visit.member.id, Spot(conversation.id, sent.thread), visit.words, sent.id, origin)
        arrival = await self._arrival(visit, conversation, asker)
        replies = await self._front.desk.submit(Submission(arrival, sent.wire, sent.values, sent.seen))
        return await self._give(request, visit, replies, asker, in_place=True)

    async def read(self, request: Request) -> Response:
        """The window has shown everything up to a message."""
        message = await read_message(request)
        async with self._front.units(self._front.workspace.id) as work:
            visit = await visit_in(work, request, self._front)
            conversation = await conversation_in(work, request, visit.member.id)
            found = await work.playground.message(message)
            if found is None:
                # It went while the window was telling: its author was forgotten.
                return Response(status_code=204)
            if found.conversation != conversation.id:
                raise HTTPException(404)
            await work.playground.mark_read(visit.member.id, conversation.id, message)
            unread = (await work.playground.unread(visit.member.id)).get(conversation.id, 0)
            await work.commit()
        self._front.hub.announce(Seen(visit.member.id, conversation.id, unread))
        return Response(status_code=204)

    async def _command(self, request: Request, visit: Visit, conversation: Conversation, typed: Typed) -> Response:
        if len(typed.text) > COMMAND_CHARACTERS:
            return too_long(visit)
        name, _, rest = typed.text[1:].replace("\n", " ", 1).partition(" ")
        asker = Asker(visit.member.id, Spot(conversation.id, typed.thread), visit.words, typed.id)
        arrival = await self._arrival(visit, conversation, asker)
        replies = await self._front.desk.invoke(Invocation(arrival, name, rest.strip()))
        return await self._give(request, visit, replies, asker, in_place=False)

    async def _arrival(self, visit: Visit, conversation: Conversation, asker: Asker) -> Arrival:
        member = await with_account(self._front, visit)
        return Arrival(
            id=f"web:{member.id}:{asker.key}",
            workspace=self._front.workspace.id,
            account=visit.account,
            place=Place(
                asker.spot.address(),
                PlaceKind(conversation.kind.value),
                message_address(asker.origin) if asker.origin else None,
            ),
            name=member.name,
            language=visit.words.language,
            speaks=visit.chosen,
        )

    async def _give(
        self, request: Request, visit: Visit, replies: Replies, asker: Asker, *, in_place: bool
    ) -> Response:
        try:
            now = await read_visit(self._front, request)
        except HTTPException:
            # The member erased themself: there is nobody left to answer, and every window of theirs is told.
            self._front.hub.announce(Left(visit.member.id))
            return JSONResponse({"outcome": "left"}, 410)
        try:
            response = _tell(await self._answers.give(replies, asker, in_place=in_place))
        except ChatError:
            lost = visit.words.say("That worked, but my answer got lost. Load the page again to see how things stand.")
            return JSONResponse({"outcome": "sorry", "said": lost}, 503)
        if visit.chosen and now.member.language != visit.member.language:
            # Who says in the profile what they read means this window as well.
            choose_language(response, now.member.language)
        return response

    async def _enter(self, request: Request) -> tuple[Visit, Conversation]:
        async with self._front.units(self._front.workspace.id, reading=True) as work:
            visit = await visit_in(work, request, self._front)
            return visit, await conversation_in(work, request, visit.member.id)

    async def _message(self, request: Request) -> tuple[Visit, Conversation, Message]:
        async with self._front.units(self._front.workspace.id, reading=True) as work:
            visit = await visit_in(work, request, self._front)
            message = await work.playground.message(message_id(request))
            conversation = await work.playground.conversation(message.conversation) if message else None
        if message is None or conversation is None or not may_see(visit.member.id, conversation, message):
            raise HTTPException(404)
        return visit, conversation, message

    def _hint(self, visit: Visit) -> Card:
        text = visit.words.text(
            "I only understand commands. Type {help} to see what I can do for you.", help=Code(visit.words.say("/help"))
        )
        return Card(flat(text), (Paragraph(text),))


def too_long(visit: Visit) -> Response:
    """A kind sentence; the window keeps what was typed."""
    said = visit.words.say("That is too long to send. It is still here; please shorten it or split it in two.")
    return JSONResponse({"outcome": "sorry", "said": said}, 413)


def _tell(answer: Answer) -> Response:
    return JSONResponse(answer.as_json())
