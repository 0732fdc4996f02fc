"""What a page fetches while it is open: people, commands, the guide, and the pictures and files of cards."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from adapters.web.bodies import Body, read_body
from adapters.web.front import Front
from adapters.web.guide import GuidePanel
from adapters.web.hub import may_see
from adapters.web.menu import menu
from adapters.web.people import search
from adapters.web.render import pictures
from adapters.web.visits import message_id, read_visit, visit_in


class Fetches:
    """Small answers for a window, each for the member in its address."""

    def __init__(self, front: Front, guide: GuidePanel) -> None:
        self._front = front
        self._guide = guide

    async def people(self, request: Request) -> Response:
        """Members by name, organisation or sector, for the switcher, the people picker and the completion."""
        async with self._front.units(self._front.workspace.id, reading=True) as work:
            visit = await visit_in(work, request, self._front)
            everybody = await work.members.everybody()
        found = search(
            [visit.person(one) for one in everybody], request.query_params.get("find", "")[:100], visit.words
        )
        return JSONResponse(
            [
                {
                    "id": one.id,
                    "name": one.name,
                    "about": one.about,
                    "initials": one.initials,
                    "tone": one.tone,
                    "organiser": one.organiser,
                }
                for one in found
            ]
        )

    async def commands(self, request: Request) -> Response:
        """What this member may type, for the completion."""
        visit = await read_visit(self._front, request)
        return JSONResponse(menu(self._front.commands, visit.member, visit.words))

    async def picture(self, request: Request) -> Response:
        """One picture of a card that this member may see."""
        body = await self._body(request)
        number: object = request.path_params["number"]
        shown = pictures(body.card)
        if not isinstance(number, int) or number >= len(shown):
            raise HTTPException(404)
        return Response(shown[number].png, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})

    async def file(self, request: Request) -> Response:
        """The file under a card, for those who may see the message; always as a download, never shown in place."""
        body = await self._body(request)
        if body.file is None:
            raise HTTPException(404)
        plain_name = "".join(
            one if one.isascii() and (one.isalnum() or one in "._-") else "_" for one in body.file.name
        )
        return Response(
            body.file.content,
            media_type="application/octet-stream",
            headers={"Content-Disposition": f'attachment; filename="{plain_name}"'},
        )

    async def guide(self, request: Request) -> Response:
        """The guide as it stands now; empty where there is none."""
        visit = await read_visit(self._front, request)
        return HTMLResponse(str(await self._guide.panel(visit) or ""))

    async def _body(self, request: Request) -> Body:
        async with self._front.units(self._front.workspace.id, reading=True) as work:
            visit = await visit_in(work, request, self._front)
            message = await work.playground.message(message_id(request))
            conversation = await work.playground.conversation(message.conversation) if message else None
        if message is None or conversation is None or not may_see(visit.member.id, conversation, message):
            raise HTTPException(404)
        body = read_body(message.body, self._front.actions) if message.author is None else None
        if body is None:
            raise HTTPException(404)
        return body
