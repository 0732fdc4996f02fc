"""The pages: one for a conversation (with its threads and earlier messages), one to choose who to be, and small notices."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from adapters.web.chat import GENERAL_KEY, WebChat
from adapters.web.front import Front
from adapters.web.guide import GuidePanel
from adapters.web.hub import may_see
from adapters.web.limits import COMMAND_CHARACTERS, MESSAGE_CHARACTERS, PAGE_MESSAGES
from adapters.web.people import person, search
from adapters.web.transcript import BOT_NAME, Transcript, order_of
from adapters.web.visits import Visit, choose_language, conversation_in, language_of, read_visit, theme_of, visit_in
from adapters.web.wording import interface, unread_count
from bot.identity import ConversationId, MemberId, MessageId
from bot.members.domain import Member
from bot.playground.domain import Conversation, ConversationKind, Message
from bot.ports import UnitOfWork
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in the sidebar."""

    id: str
    url: str
    title: str
    kind: str
    unread: int
    unread_words: str
    current: bool


class Pages:
    """Everything that is only read."""

    def __init__(
        self, front: Front, chat: WebChat, transcript: Transcript, guide: GuidePanel, templates: Environment
    ) -> None:
        self._front = front
        self._chat = chat
        self._transcript = transcript
        self._guide = guide
        self._templates = templates

    async def home(self, request: Request) -> Response:
        """``/``: the first organiser's window, or a page that says that nobody is here yet."""
        async with self._front.units(self._front.workspace.id, reading=True) as work:
            first = await work.members.get(self._front.first) if self._front.first else None
            if first is None or first.erased_at is not None:
                everybody = await work.members.everybody()
                first = next((one for one in everybody if one.is_organiser()), next(iter(everybody), None))
        return RedirectResponse((f"/as/{first.id}" if first else "/choose") + _query(request), 303)

    async def choose(self, request: Request) -> Response:
        """Who to be, as a plain page that works without a script."""
        words = self._plain_words(request)
        wanted = request.query_params.get("find", "")
        async with self._front.units(self._front.workspace.id, reading=True) as work:
            everybody = await work.members.everybody()
            sectors = {sector.key: sector for sector in await work.vocabulary.sectors()}
        people = search([person(one, sectors, words) for one in everybody], wanted, words)
        return self._page("choose.html", request, words, people=people, wanted=wanted, anybody=bool(everybody))

    async def arrive(self, request: Request) -> Response:
        """A member's window opens in the conversation with the bot."""
        visit = await read_visit(self._front, request)
        await self._chat.arrive(visit.member.id, "general")
        async with self._front.units(self._front.workspace.id, reading=True) as work:
            known = await work.playground.conversations_of(visit.member.id)
        direct = next(one for one in known if one.kind is ConversationKind.DIRECT)
        return RedirectResponse(f"/as/{visit.member.id}/c/{direct.id}{_query(request)}", 303)

    async def conversation(self, request: Request) -> Response:
        """A conversation's page. ``thread`` opens one beside it; ``before`` shows earlier messages."""
        place = self._front.hub.place
        async with self._front.units(self._front.workspace.id, reading=True) as work:
            visit = await visit_in(work, request, self._front)
            shown = await conversation_in(work, request, visit.member.id)
            lines = await self._lines(work, visit, shown.id)
            before = _asked(request, "before")
            found = await work.playground.messages(
                shown.id,
                visit.member.id,
                before=MessageId(before) if before else None,
                limit=PAGE_MESSAGES + 1,
            )
            sizes = await work.playground.thread_sizes(shown.id)
            thread = await self._thread(work, request, visit, shown, sizes)
            authors = await _authors(work, [*found, *(thread or ())])
            partners = await work.members.many(shown.members)
            unread = any(line.current and line.unread for line in lines)
            newest = await _newest(work, visit, found, sizes if unread else {})
        messages = list(found)[-PAGE_MESSAGES:]
        title = self._title(shown, visit.words)
        return self._page(
            "workspace.html",
            request,
            visit.words,
            me=visit.person(visit.member),
            lines=lines,
            conversation=shown,
            title=title,
            about=self._about(shown, partners, visit.words),
            empty=self._empty(shown, visit.words),
            help=self._help(visit.words),
            messages=self._transcript.messages(messages, authors, sizes, visit.words),
            earlier=str(messages[0].id) if len(found) > PAGE_MESSAGES else "",
            thread=self._transcript.messages(list(thread), authors, {}, visit.words) if thread else None,
            thread_root=str(thread[0].id) if thread else "",
            answered=bool(thread and len(thread) > 1),
            guide=await self._guide.panel(visit),
            guide_away=request.cookies.get("guide") == "away",
            state=json.dumps(self._state(visit, shown, place, title, newest), ensure_ascii=False),
        )

    async def notice(self, request: Request, status: int) -> Response:
        """A page of a few words: not found, gone, or storage away."""
        words = self._plain_words(request)
        title, text = _notice(words, status)
        # Who reads the public bank has no way into the workspace.
        bank = words.say("All notes") if request.url.path.startswith("/bank/") else ""
        return self._page("notice.html", request, words, status, gone=status == 410, title=title, text=text, bank=bank)

    def words_of(self, request: Request) -> Words:
        """Words for a request where no member is known."""
        return self._plain_words(request)

    def _plain_words(self, request: Request) -> Words:
        options = self._front.workspace.options
        return self._front.languages.words(language_of(request, options.language), ZoneInfo(options.timezone))

    def _page(self, template: str, request: Request, words: Words, status: int = 200, **values: object) -> Response:
        html = self._templates.get_template(template).render(
            t=interface(words),
            language=words.language,
            theme=theme_of(request),
            workspace=self._front.workspace.name,
            bot_name=BOT_NAME,
            **values,
        )
        response = HTMLResponse(html, status)
        if request.query_params.get("language") == words.language:
            choose_language(response, words.language)
        return response

    async def _lines(self, work: UnitOfWork, visit: Visit, current: ConversationId) -> Sequence[Line]:
        unread = await work.playground.unread(visit.member.id)
        return [
            Line(
                str(one.id),
                f"/as/{visit.member.id}/c/{one.id}",
                self._title(one, visit.words),
                one.kind.value,
                unread.get(one.id, 0),
                unread_count(visit.words, unread.get(one.id, 0)),
                one.id == current,
            )
            for one in await work.playground.conversations_of(visit.member.id)
        ]

    async def _thread(
        self,
        work: UnitOfWork,
        request: Request,
        visit: Visit,
        shown: Conversation,
        sizes: Mapping[MessageId, int],
    ) -> Sequence[Message] | None:
        wanted = _asked(request, "thread")
        root = await work.playground.message(MessageId(wanted)) if wanted else None
        if root is None or root.conversation != shown.id or not may_see(visit.member.id, shown, root):
            return None
        root_id = root.thread or root.id
        if root.thread is not None:
            root = await work.playground.message(root_id)
        answers = await work.playground.messages(
            shown.id, visit.member.id, thread=root_id, limit=max(PAGE_MESSAGES, sizes.get(root_id, 0))
        )
        return [root, *answers] if root else None

    def _title(self, conversation: Conversation, words: Words) -> str:
        if conversation.kind is ConversationKind.DIRECT:
            return BOT_NAME
        return words.say("general") if conversation.key == GENERAL_KEY else conversation.title

    def _about(self, conversation: Conversation, partners: Mapping[MemberId, Member], words: Words) -> str:
        match conversation.kind:
            case ConversationKind.CHANNEL:
                return words.say("Everybody in the academy reads along here.")
            case ConversationKind.DIRECT:
                return words.say("Only the two of you can see this.")
            case ConversationKind.ROOM:
                names = [partners[one].name for one in conversation.members if one in partners]
                known = words.all_of([name for name in names if name])
                return words.say("Only those in the room can see this.") if known == conversation.title else known

    def _empty(self, conversation: Conversation, words: Words) -> tuple[str, str]:
        match conversation.kind:
            case ConversationKind.CHANNEL:
                return words.say("It is quiet here"), words.say("Write the first message: everybody can read it.")
            case ConversationKind.DIRECT:
                return (
                    words.say("Here you and Brobygger talk"),
                    words.say("Type / to see what I can do, or start with the button."),
                )
            case ConversationKind.ROOM:
                return words.say("A room of your own"), words.say("Say hello: only those in the room can read it.")

    def _help(self, words: Words) -> str:
        found = next((command for command in self._front.commands if command.name == "help"), None)
        return f"/{found.names.get(words.language, found.name) if found else 'help'}"

    def _state(
        self, visit: Visit, shown: Conversation, place: str, title: str, newest: Message | None
    ) -> dict[str, object]:
        today = self._front.clock.now().astimezone(visit.words.zone).date()
        return {
            "member": str(visit.member.id),
            "conversation": str(shown.id),
            "kind": shown.kind.value,
            "title": f"{title} · {self._front.workspace.name}",
            "place": place,
            "newest": {"id": str(newest.id), "order": order_of(newest)} if newest else None,
            "today": today.isoformat(),
            "zone": visit.words.zone.key,
            "limits": {"message": MESSAGE_CHARACTERS, "command": COMMAND_CHARACTERS},
            "words": dict(interface(visit.words)),
        }


async def _newest(
    work: UnitOfWork, visit: Visit, shown: Sequence[Message], sizes: Mapping[MessageId, int]
) -> Message | None:
    """The newest message that this page stands for, answers in its threads included: what is read once it is seen."""
    newest = list(shown[-1:])
    for root in shown:
        if sizes.get(root.id):
            newest += await work.playground.messages(root.conversation, visit.member.id, thread=root.id, limit=1)
    return max(newest, key=order_of, default=None)


def _query(request: Request) -> str:
    """What was asked for in the address, such as a language, goes along to where the request is sent on."""
    return f"?{request.url.query}" if request.url.query else ""


def _asked(request: Request, name: str) -> UUID | None:
    try:
        return UUID(request.query_params.get(name, ""))
    except ValueError:
        return None


async def _authors(work: UnitOfWork, messages: Sequence[Message]) -> Mapping[MemberId, Member]:
    return await work.members.many(list({one.author for one in messages if one.author is not None}))


def _notice(words: Words, status: int) -> tuple[str, str]:
    match status:
        case 404:
            return words.say("There is nothing here"), words.say("The page may have moved, or it is not yours to see.")
        case 410:
            return (
                words.say("This member has left"),
                words.say("Everything about them was erased. Choose somebody else to be."),
            )
        case 503:
            return (
                words.say("I can't reach my memory right now"),
                words.say("Nothing was lost. Try again in a minute; I come back by myself."),
            )
        case _:
            return (
                words.say("Something went wrong on my side"),
                words.say("Nothing was changed. Load the page again, and tell an organiser if it happens once more."),
            )
