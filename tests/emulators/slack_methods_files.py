"""Files in three steps: a place, the bytes, and the word that it is whole."""

import secrets
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.emulators.slack_call import Call, Method, Methods
from tests.emulators.slack_messages import Store, file_json, mimetype_of
from tests.emulators.slack_state import Channel, File, Json, Message, State
from tests.emulators.slack_web import check_token
from tests.emulators.slack_world import Refusal, World

_MOST_BYTES = 1_000_000_000


@dataclass(slots=True)
class FileMethods:
    world: World
    store: Store

    def methods(self) -> Methods:
        return {
            "files.getUploadURLExternal": Method(self.begin, ("files:write",), 4),
            "files.completeUploadExternal": Method(self.complete, ("files:write",), 4),
            "files.info": Method(self.info, ("files:read",), 4),
        }

    async def begin(self, call: Call) -> Json:
        name, length = call.required("filename"), call.required("length")
        if not length.isdigit() or int(length) < 1:
            raise Refusal("invalid_arguments", messages=["[ERROR] must be greater than 0 [json-pointer:/length]"])
        if int(length) > _MOST_BYTES:
            raise Refusal("file_upload_size_restricted")
        alt = call.text("alt_txt")
        if len(alt) > 1000:
            raise Refusal("alt_txt_too_large")
        file = File(self.world.names.next("F"), call.team.id, name, int(length), user=call.bot.id, alt=alt)
        file.ticket = secrets.token_urlsafe(16)
        file.mimetype = mimetype_of(name)
        call.team.files[file.id] = file
        return {"upload_url": f"{self.world.origin}/upload/v1/{file.ticket}", "file_id": file.id}

    async def upload(self, request: web.Request) -> web.Response:
        """The bytes, raw or as a form's file."""
        ticket = request.match_info["ticket"]
        file = next((f for t in self.world.teams.values() for f in t.files.values() if f.ticket == ticket), None)
        if file is None or file.uploaded:
            return web.Response(status=404, text="Not found")
        if request.content_type == "multipart/form-data":
            parts = [part for part in (await request.post()).values() if isinstance(part, web.FileField)]
            data = parts[0].file.read() if parts else b""
        else:
            data = await request.read()
        if len(data) != file.size:
            return web.Response(status=400, text="The length is not what was announced")
        file.data, file.uploaded = data, True
        return web.Response(text=f"OK - {len(data)}")

    async def complete(self, call: Call) -> Json:
        rows: Any = call.structure("files", "invalid_arguments")
        if not isinstance(rows, list) or not rows:
            raise Refusal("invalid_arguments", messages=["[ERROR] missing required field: files"])
        files = [self._finished(call, row) for row in rows]
        channels = [name for name in (call.text("channel_id"), *call.text("channels").split(",")) if name]
        where = [self._place(call, name) for name in channels]
        for row, file in zip(rows, files, strict=True):
            file.complete = True
            file.title = row.get("title") or file.name
        for channel in where:
            await self._share(call, channel, files)
        return {"files": [file_json(self.world, call.team, file) for file in files]}

    def _finished(self, call: Call, row: object) -> File:
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            raise Refusal("invalid_arguments", messages=["[ERROR] must be a file [json-pointer:/files]"])
        file = call.team.files.get(row["id"])
        if file is None or not file.uploaded:
            raise Refusal("file_not_found")
        if file.complete:
            raise Refusal("file_already_completed")
        return file

    def _place(self, call: Call, name: str) -> Channel:
        if name in call.team.users:
            # Unlike a message, a file goes to conversations only.
            raise Refusal("channel_not_found")
        channel = call.visible(name)
        if not call.member(channel):
            raise Refusal("not_in_channel")
        if channel.archived:
            raise Refusal("is_archived")
        thread = call.text("thread_ts")
        if thread and channel.find(thread) is None:
            raise Refusal("invalid_thread_ts")
        return channel

    async def _share(self, call: Call, channel: Channel, files: list[File]) -> None:
        message = Message(
            ts=self.world.stamps.next(),
            channel=channel.id,
            user=call.bot.id,
            text=call.text("initial_comment"),
            bot_id=call.bot.bot_id,
            app_id=self.world.app.id,
            subtype="file_share",
            thread=call.text("thread_ts"),
            files=[file.id for file in files],
        )
        for file in files:
            file.shared.append(channel.id)
        await self.store.add(call.team, channel, message)

    async def info(self, call: Call) -> Json:
        file = call.team.files.get(call.required("file", "file_not_found"))
        if file is None:
            raise Refusal("file_not_found")
        return {
            "file": file_json(self.world, call.team, file),
            "comments": [],
            "response_metadata": {"next_cursor": ""},
        }

    async def download(self, request: web.Request) -> web.Response:
        """``url_private``: a page to sign in on, not an error, for who has no token, as Slack does it."""
        team_id, _dash, file_id = request.match_info["file"].partition("-")
        value = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            token = check_token(self.world, value, "bot")
        except Refusal:
            return web.Response(text="<html>Sign in to Slack</html>", content_type="text/html")
        team = self.world.teams.get(team_id)
        if team is None or team not in self.world.reach(token) or "files:read" not in token.scopes:
            return web.Response(text="<html>Sign in to Slack</html>", content_type="text/html")
        file = team.files.get(file_id)
        if file is None or not file.complete:
            return web.Response(status=404, text="Not found")
        return web.Response(body=file.data, content_type=file.mimetype)


def given_file(world: World, team: State, user: str, name: str, data: bytes) -> File:
    """A file that a person uploaded."""
    file = File(world.names.next("F"), team.id, name, len(data), name, user, data, uploaded=True, complete=True)
    file.mimetype = mimetype_of(name)
    team.files[file.id] = file
    return file
