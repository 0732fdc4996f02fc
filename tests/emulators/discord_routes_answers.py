"""How the bot answers interactions: the callback, the answer's own message and what follows it."""

import copy
import time
from collections.abc import Sequence
from datetime import timedelta

from tests.emulators import discord_rules as rules
from tests.emulators.discord_call import Call
from tests.emulators.discord_check import Wrong, check, tree
from tests.emulators.discord_json import callback_json, message_json, user_json
from tests.emulators.discord_rest import Route
from tests.emulators.discord_state import EPHEMERAL, LOADING, V2, Interaction, Json, Message
from tests.emulators.discord_store import Store
from tests.emulators.discord_world import Problem, World

FIRST, LIFE = timedelta(seconds=3), timedelta(minutes=15)
_COMMAND, _PRESS, _TYPING, _FORM = 2, 3, 4, 5
_SHAPES = {4: "SendAnswer", 5: "SendAnswer", 6: "UpdateAnswer", 7: "UpdateAnswer", 8: "OfferAnswer", 9: "ModalAnswer"}


class AnswerRoutes:
    def __init__(self, world: World, store: Store) -> None:
        self.world = world
        self.store = store

    def routes(self) -> Sequence[Route]:
        hook = "/webhooks/{application}/{token}"
        return (
            Route("POST /interactions/{interaction}/{token}/callback", self.answer, "Callback", bot=False, files=True),
            Route(f"POST {hook}", self.follow, "Answer", bot=False, files=True),
            Route(f"GET {hook}/messages/{{message}}", self.read, bot=False),
            Route(f"PATCH {hook}/messages/{{message}}", self.edit, "AnswerEdit", bot=False, files=True),
            Route(f"DELETE {hook}/messages/{{message}}", self.delete, bot=False),
        )

    # The first answer

    def answer(self, call: Call) -> Json | None:
        now = self.world.clock.now()
        found = self.world.interactions.get(call["interaction"])
        if found is None or found.token != call["token"]:
            raise Problem(404, 10062, "Unknown interaction")
        if found.answered is not None:
            raise Problem(400, 40060, "Interaction has already been acknowledged.")
        if found.expired or now - found.made > FIRST:
            found.expired = True
            raise Problem(404, 10062, "Unknown interaction")
        kind: int = call.body["type"]
        self._check(found, kind, call.body)
        data: Json = call.body.get("data") or {}
        match kind:
            case 4:
                self._say(found, self._draft(found, data, call))
            case 5:
                self._wait(found, data)
            case 6:
                found.deferred, found.original = 6, found.message
            case 7:
                assert found.message is not None
                channel = self.world.channels[found.message.channel]
                self.store.edit(channel, found.message, data, call.files, by_token=True)
                found.original = found.message
            case 8:
                found.choices = data.get("choices") or []
            case _:
                found.modal = copy.deepcopy(data)
                rules.number(found.modal["components"])
        found.answered, found.took = kind, time.perf_counter() - found.asked
        found.done.set()
        if call.query.get("with_response") in ("1", "true", "True"):
            return callback_json(self.world, found, kind)
        return None

    def _check(self, found: Interaction, kind: int, body: Json) -> None:
        if wrong := check(_SHAPES[kind], body):
            raise Problem(400, 50035, "Invalid Form Body", tree(wrong))
        allowed = {_COMMAND: {4, 5, 9}, _PRESS: {4, 5, 6, 7, 9}, _TYPING: {8}, _FORM: {4, 5, 6, 7}}[found.type]
        if found.type == _FORM and found.message is None:
            allowed = allowed - {6, 7}
        if kind not in allowed:
            words = f"an interaction of type {found.type} cannot be answered with {kind}"
            raise Problem(
                400,
                50035,
                "Invalid Form Body",
                {"type": {"_errors": [{"code": "BASE_TYPE_CHOICES", "message": words}]}},
            )
        if kind == 8:
            rules.refuse(_offers_wrong(found.data, body["data"].get("choices") or []))
        if kind == 9:
            rules.refuse(rules.modal_wrong(body["data"]))

    def _draft(self, found: Interaction, data: Json, call: Call) -> Message:
        message = self.store.draft(found.channel, self.world.bot, data, call.files, only_users=True)
        return self._of(found, message)

    def _of(self, found: Interaction, message: Message) -> Message:
        """Marks a message as an answer to the interaction."""
        message.application, message.webhook = self.world.app.id, True
        if found.type == _COMMAND:
            message.type = 20 if (found.command or {}).get("type") == 1 else 23
        message.interaction = _metadata(found)
        if message.flags & EPHEMERAL:
            message.viewer = found.user.id
            for file in message.attachments:
                file.ephemeral = True
        return message

    def _say(self, found: Interaction, message: Message) -> None:
        found.original = self.store.add(found.channel, message)

    def _wait(self, found: Interaction, data: Json) -> None:
        flags: int = data.get("flags") or 0
        if flags & ~EPHEMERAL or any(value for name, value in data.items() if name not in ("flags", "tts")):
            self.world.problems.append("a deferred answer may only be told to be ephemeral")
            if flags & V2:
                raise Problem(400, 50035, "Invalid Form Body")
        message = Message(
            self.world.snowflake(),
            found.channel.id,
            self.world.bot,
            "",
            self.world.clock.now(),
            flags=(flags & EPHEMERAL) | LOADING,
        )
        found.deferred = 5
        self._say(found, self._of(found, message))

    # Later

    def _found(self, call: Call) -> Interaction:
        found = self.world.tokens.get(call["token"])
        if found is None or call["application"] != self.world.app.id:
            raise Problem(404, 10015, "Unknown Webhook")
        if self.world.clock.now() - found.made > LIFE:
            raise Problem(401, 50027, "Invalid Webhook Token")
        if found.answered is None:
            raise Problem(404, 10015, "Unknown Webhook")
        return found

    def follow(self, call: Call) -> Json:
        found = self._found(call)
        waiting = found.original if found.deferred == 5 else None
        if waiting is not None and waiting.thinking:
            # The first follow-up of a deferred answer takes its place, and stays as hidden as that was told to be.
            return self._fill(found, waiting, call)
        message = self._draft(found, call.body, call)
        found.followups.append(message.id)
        if found.original is not None and message.interaction is not None:
            message.interaction["original_response_message_id"] = found.original.id
        self.store.add(found.channel, message)
        return message_json(self.world, message)

    def _fill(self, found: Interaction, waiting: Message, call: Call) -> Json:
        wanted = call.body.get("flags") or 0
        if wanted & EPHEMERAL and not waiting.ephemeral:
            self.world.problems.append(
                "the first follow-up of a deferred answer is seen by all where the answer was, whatever it says"
            )
        drafted = self.store.draft(
            found.channel, self.world.bot, {**call.body, "flags": wanted & ~EPHEMERAL}, call.files, only_users=True
        )
        return message_json(self.world, self._replace(found, waiting, drafted))

    def _replace(self, found: Interaction, waiting: Message, drafted: Message) -> Message:
        waiting.content, waiting.embeds, waiting.components = drafted.content, drafted.embeds, drafted.components
        waiting.attachments, waiting.poll, waiting.mentions = drafted.attachments, drafted.poll, drafted.mentions
        waiting.flags = (waiting.flags & EPHEMERAL) | drafted.flags
        for file in waiting.attachments:
            file.ephemeral = waiting.ephemeral
        if not waiting.ephemeral:
            self.store.tell("MESSAGE_UPDATE", found.channel, waiting)
        self.world.changed()
        return waiting

    def _message(self, call: Call) -> tuple[Interaction, Message]:
        found = self._found(call)
        name = call["message"]
        message = found.original
        if name != "@original" and (message is None or name != message.id):
            message = None
            for held in (
                found.channel.messages.get(name),
                found.message if found.message and found.message.id == name else None,
            ):
                if held is not None and (name in found.followups or held is found.message):
                    message = held
        if message is None or message.id not in self.world.channels[message.channel].messages:
            raise Problem(404, 10008, "Unknown Message")
        return found, message

    def read(self, call: Call) -> Json:
        return message_json(self.world, self._message(call)[1])

    def edit(self, call: Call) -> Json:
        found, message = self._message(call)
        if message.thinking:
            body = {name: value for name, value in call.body.items() if value is not None}
            body["flags"] = (body.get("flags") or 0) & ~EPHEMERAL
            drafted = self.store.draft(found.channel, self.world.bot, body, call.files, only_users=True)
            return message_json(self.world, self._replace(found, message, drafted))
        channel = self.world.channels[message.channel]
        return message_json(self.world, self.store.edit(channel, message, call.body, call.files, by_token=True))

    def delete(self, call: Call) -> None:
        _found, message = self._message(call)
        self.store.remove(self.world.channels[message.channel], message)


def _metadata(found: Interaction) -> Json:
    """What a message tells of the interaction that it answers."""
    about: Json = {
        "id": found.id, "type": found.type, "user": user_json(found.user),
        "authorizing_integration_owners": {"0": found.guild or "0"},
    }  # fmt: skip
    if found.type == _COMMAND and found.command is not None:
        about["name"] = found.command["name"]
    if found.type == _PRESS and found.message is not None:
        about["interacted_message_id"] = found.message.id
    if found.opener is not None:
        about["triggering_interaction_metadata"] = _metadata(found.opener)
    return about


def _offers_wrong(data: Json, choices: Sequence[Json]) -> list[Wrong]:
    """What is offered must be of the option's own type."""
    options: list[Json] = data.get("options") or []
    while options and options[0]["type"] in (1, 2):
        options = options[0].get("options") or []
    kind = next(option["type"] for option in options if option.get("focused"))
    wanted = {3: str, 4: int}.get(kind, (int, float))
    at = ("data", "choices")
    words = "The value is of another type than the option"
    return [
        ((*at, n, "value"), "BASE_TYPE_BAD_TYPE", words)
        for n, c in enumerate(choices)
        if not isinstance(c["value"], wanted)
    ]
