"""What the bot says in an acknowledgement or through a response_url, applied as strictly as a call."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from aiohttp import web

from tests.emulators.slack_blocks import problems_of_message, problems_of_options
from tests.emulators.slack_messages import Store, with_block_ids
from tests.emulators.slack_methods_views import ViewMethods
from tests.emulators.slack_state import Channel, Json, Message, State, View
from tests.emulators.slack_world import Refusal, ResponseUrl, World

_USES = 5
_LIVES = timedelta(minutes=30)
_KNOWN = frozenset(
    {"text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts", "mrkdwn", "attachments",
     "unfurl_links", "unfurl_media", "metadata", "headers"}
)  # fmt: skip
_MOST_DEPTH = 3
TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(slots=True)
class Answers:
    world: World
    store: Store
    views: ViewMethods
    # What the bot answered wrongly, with the reason.
    problems: list[str] = field(default_factory=list)

    # response_url

    async def handle(self, request: web.Request) -> web.StreamResponse:
        found = self.world.response_urls.get(request.match_info["name"])
        team = self.world.teams.get(request.match_info["team"])
        if found is None or team is None or found.team != team.id:
            return _no("no_team" if team is None else "expired_url", 404)
        if armed := self.world.faults.next("response_url", team.id, found.channel):
            return _no(armed.fault, 500)
        if self.world.clock.now() - found.made > _LIVES:
            return _no("expired_url", 404)
        if found.used >= _USES:
            return _no("used_url", 404)
        try:
            given = json.loads(await request.read())
        except ValueError:
            return _no("invalid_payload", 400)
        found.used += 1
        try:
            await self._respond(team, found, given)
        except Refusal as refusal:
            self.problems.append(f"response_url: {refusal.error} {list(refusal.messages)}")
            return _no(refusal.error, 200 if refusal.error == "invalid_blocks" else 400)
        self.world.changed()
        return web.json_response({"ok": True})

    async def _respond(self, team: State, url: ResponseUrl, given: Any) -> None:
        if not isinstance(given, dict):
            raise Refusal("invalid_payload")
        if unknown := set(given) - _KNOWN:
            raise Refusal("invalid_payload", messages=[f"[ERROR] unknown: {sorted(unknown)}"])
        channel = team.channels.get(url.channel)
        if channel is None or not team.installed:
            raise Refusal("channel_not_found")
        if channel.archived:
            raise Refusal("is_archived")
        original = url.message if url.message in channel.messages else None
        if given.get("delete_original") or given.get("replace_original"):
            if original is None:
                raise Refusal("message_not_found")
            await self._to_original(team, channel, original, given)
            return
        text, blocks = self._content(team, given)
        message = self._message(team, channel, url.user, given, text, blocks)
        await self.store.add(team, channel, message)
        if url.message is None:
            url.message = message

    async def _to_original(self, team: State, channel: Channel, original: Message, given: Json) -> None:
        if given.get("delete_original"):
            await self.store.remove(team, channel, original)
            return
        text, blocks = self._content(team, given)
        if original.ephemeral and given.get("response_type") == "in_channel":
            raise Refusal("invalid_payload", messages=["an ephemeral message cannot be shown to all"])
        await self.store.change(team, channel, original, text, blocks)

    # Acknowledgements

    async def of_command(self, team: State, channel: Channel, user: str, body: Json | None) -> None:
        """Text in the acknowledgement of a command: shown to the person, or to all of the conversation."""
        if not body:
            return
        try:
            if unknown := set(body) - _KNOWN:
                raise Refusal("invalid_payload", messages=[f"unknown: {sorted(unknown)}"])
            text, blocks = self._content(team, body)
        except Refusal as refusal:
            self.problems.append(f"acknowledgement: {refusal.error} {list(refusal.messages)}")
            self.world.told.append((user, 'failed with the error "dispatch_failed"'))
            return
        await self.store.add(team, channel, self._message(team, channel, user, body, text, blocks))

    def of_submission(self, team: State, view: View, body: Json | None) -> str:
        """Applies a response_action. Gives what Slack itself tells the person, or nothing."""
        try:
            self._submitted(team, view, body or {})
        except Refusal as refusal:
            self.problems.append(f"view_submission: {refusal.error} {list(refusal.messages)}")
            return TROUBLE
        self.world.changed()
        return ""

    def _submitted(self, team: State, view: View, body: Json) -> None:
        action = body.get("response_action")
        allowed = {"errors": {"errors"}, "update": {"view"}, "push": {"view"}, "clear": set[str](), None: set[str]()}
        if action not in allowed or set(body) - {"response_action"} != allowed[action]:
            raise Refusal("invalid_response_action", messages=[str(sorted(body))])
        match action:
            case "errors":
                view.errors = self._errors(view, body["errors"])
            case "update":
                self.views.change(view, self.views.check(team, body["view"], "modal", view.id))
            case "push":
                if len(team.stacks[view.user]) >= _MOST_DEPTH:
                    raise Refusal("push_limit_reached")
                self.views.add(team, view.user, self.views.check(team, body["view"], "modal"))
            case "clear":
                self.views.close_all(team, view.user)
            case _:
                self.views.close_top(team, view.user)

    def _errors(self, view: View, errors: Any) -> dict[str, str]:
        inputs = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors:
            raise Refusal("invalid_errors")
        for block, sentence in errors.items():
            if block not in inputs:
                raise Refusal("invalid_errors", messages=[f"no input block {block}"])
            if not isinstance(sentence, str) or not sentence or len(sentence) > 2000:
                raise Refusal("invalid_errors", messages=[f"not a sentence for {block}"])
        return dict(errors)

    def options(self, body: Json | None) -> list[Json]:
        """What an external select offers; nothing where the answer is not right."""
        body = body or {}
        problems = problems_of_options(body)
        if problems:
            self.problems.append(f"block_suggestion: {problems}")
            return []
        if "options" in body:
            return list(body["options"])
        return [option for group in body.get("option_groups", ()) for option in group["options"]]

    # Parts

    def _content(self, team: State, given: Json) -> tuple[str, list[Json]]:
        text, blocks = given.get("text") or "", given.get("blocks") or []
        if not isinstance(text, str) or not isinstance(blocks, list):
            raise Refusal("invalid_payload")
        if not text.strip():
            raise Refusal("no_text")
        if problems := problems_of_message(blocks, text):
            raise Refusal("invalid_blocks", messages=problems)
        self.store.check_files(team, blocks)
        self.store.check_people(team, blocks)
        return text, with_block_ids(blocks)

    def _message(self, team: State, channel: Channel, user: str, given: Json, text: str, blocks: list[Json]) -> Message:
        kind = given.get("response_type", "ephemeral")
        if kind not in ("ephemeral", "in_channel"):
            raise Refusal("invalid_payload", messages=["response_type"])
        bot = self.world.bot_of(team)
        thread = given.get("thread_ts", "")
        if thread and channel.find(thread) is None:
            raise Refusal("invalid_payload", messages=["thread_ts"])
        return Message(
            ts=self.world.stamps.next(),
            channel=channel.id,
            user=bot.id,
            text=text,
            blocks=blocks,
            bot_id=bot.bot_id,
            app_id=self.world.app.id,
            thread=thread,
            viewer=user if kind == "ephemeral" else "",
        )


def _no(error: str, status: int) -> web.Response:
    return web.json_response({"ok": False, "error": error}, status=status)
