"""The live line to a window: server-sent events, rendered in the window's language, resumed where it broke off."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import assert_never

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from adapters.web.front import Front
from adapters.web.hub import Event, Left, Opened, Said, Seen
from adapters.web.transcript import Transcript
from adapters.web.visits import Visit, read_visit
from adapters.web.wording import reply_count

PING_SECONDS = 15
RETRY_MILLISECONDS = 1500


@dataclass(frozen=True, slots=True)
class Stream:
    """Hands each window its own events."""

    front: Front
    transcript: Transcript

    async def follow(self, request: Request) -> Response:
        """Continues after ``Last-Event-ID``, or after the place that the page was loaded at."""
        visit = await read_visit(self.front, request)
        after = request.headers.get("last-event-id") or request.query_params.get("after", "")
        return EventSourceResponse(
            self._events(visit, after),
            ping=PING_SECONDS,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _events(self, visit: Visit, after: str) -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent(event="hello", data="{}", retry=RETRY_MILLISECONDS)
        async for heard in self.front.hub.follow(visit.member.id, after):
            kind, data = self._told(heard.event, visit) if heard.event else ("missed", {})
            yield ServerSentEvent(event=kind, id=heard.place, data=json.dumps(data, ensure_ascii=False))

    def _told(self, event: Event, visit: Visit) -> tuple[str, dict[str, object]]:
        match event:
            case Said(conversation, message, author, replies, edited):
                own = replies if message.thread is None else 0
                shown = self.transcript.show(message, author, visit.words, own)
                return "said", {
                    "conversation": str(conversation.id),
                    "thread": str(message.thread or ""),
                    "id": str(message.id),
                    "author": str(message.author or "bot"),
                    "edited": edited,
                    "html": str(shown.html),
                    "notice": shown.notice,
                    "replies": replies,
                    "replyCount": reply_count(visit.words, replies),
                }
            case Opened(conversation):
                return "opened", {"conversation": str(conversation.id), "title": conversation.title}
            case Seen(_, conversation, unread):
                return "seen", {"conversation": str(conversation), "unread": unread}
            case Left(member):
                self.transcript.forget()
                return ("left" if member == visit.member.id else "missed"), {}
            case _:
                assert_never(event)
