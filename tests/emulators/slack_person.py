"""People of a workspace, so that a test reads as what they type, press and see."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.emulators.slack_answers import TROUBLE
from tests.emulators.slack_delivery import Outcome
from tests.emulators.slack_messages import file_json
from tests.emulators.slack_methods_files import given_file
from tests.emulators.slack_modal import ShownView, put
from tests.emulators.slack_parts import Parts
from tests.emulators.slack_shown import Control, Eyes, controls
from tests.emulators.slack_state import IM, PUBLIC, Channel, Json, Message, State, User, View

Where = Message | View | ShownView | str | None
_PATIENCE = 5.0
_UNLIMITED = 10_000


@dataclass(frozen=True, slots=True)
class Confirm:
    """What Slack asked before it pressed."""

    title: str
    text: str
    confirm: str
    deny: str


@dataclass(slots=True, eq=False)
class Person:
    parts: Parts
    team: State
    user: User
    # The questions that she answered, the oldest first.
    confirmed: list[Confirm] = field(default_factory=list)
    # What Slack told her went wrong.
    errors: list[str] = field(default_factory=list)
    _offered: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    _picked: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def direct(self) -> Channel:
        """Her conversation with the bot."""
        return self.parts.world.im(self.team, self.id)

    @property
    def eyes(self) -> Eyes:
        return Eyes(self.team)

    # What she sees

    def reads(self, channel: Channel | None = None, thread: Message | None = None) -> list[Message]:
        """The messages of a conversation, or a thread in it, that she can see, in order."""
        where = channel or self.direct
        shown = [m for m in where.messages if not m.viewer or m.viewer == self.id]
        if thread is not None:
            return sorted((m for m in shown if m.ts == thread.ts or m.thread == thread.ts), key=_order)
        return sorted((m for m in shown if not m.reply or m.broadcast), key=_order)

    def sees(self, channel: Channel | None = None, thread: Message | None = None) -> list[str]:
        """The same as plain words, one text a message."""
        return [self.eyes.message(message) for message in self.reads(channel, thread)]

    def notices(self, channel: Channel | None = None) -> list[str]:
        """What notifications and screen readers say."""
        return [self.eyes.mrkdwn(message.text) for message in self.reads(channel)]

    def last(self, channel: Channel | None = None) -> str:
        return self.sees(channel)[-1]

    def newest(self, channel: Channel | None = None) -> Message:
        return self.reads(channel)[-1]

    def finds(self, words: str) -> Message:
        """The newest message of all her conversations with the words in it."""
        for message in self._all():
            if words in self.eyes.message(message):
                return message
        raise AssertionError(f"{self.name} sees no {words!r} among {[self.eyes.message(m) for m in self._all()]}")

    async def until(self, true: Callable[[], object], patience: float = _PATIENCE) -> None:
        """Waits until something is so, e.g. ``lambda: "Hello" in anna.last()``."""
        try:
            await self.parts.world.until(lambda: _safely(true), patience)
        except TimeoutError:
            shown = [self.eyes.message(m) for m in self._all()]
            modal = self.modal.text if self.modal else None
            problems = self.parts.answers.problems
            raise AssertionError(
                f"{self.name} waited in vain; sees {shown}, modal {modal}, {self.errors}, {problems}"
            ) from None

    async def until_sees(self, words: str, patience: float = _PATIENCE) -> Message:
        """Waits for a message with the words, wherever she would see it."""
        await self.until(lambda: self.finds(words), patience)
        return self.finds(words)

    async def until_modal(self, words: str = "", patience: float = _PATIENCE) -> ShownView:
        """Waits for a modal that has the words in its title or text."""
        await self.until(lambda: (m := self.modal) is not None and (words in m.title or words in m.text), patience)
        assert self.modal is not None
        return self.modal

    @property
    def modal(self) -> ShownView | None:
        """The modal on top."""
        stack = self.team.stack(self.id)
        return ShownView(self.team, stack[-1]) if stack else None

    @property
    def home(self) -> ShownView | None:
        view = self.team.homes.get(self.id)
        return ShownView(self.team, view) if view else None

    def _all(self) -> list[Message]:
        mine = (c for c in self.team.channels.values() if self.id in c.members)
        return sorted((m for c in mine for m in c.messages if m.viewer in ("", self.id)), key=_order, reverse=True)

    # What she does

    async def types(self, command: str, text: str = "", channel: Channel | None = None) -> Outcome:
        """A slash command. What she types is escaped and names are turned into ids as the manifest says."""
        where = channel or self.direct
        assert self.id in where.members, f"{self.name} is not in {where.name}"
        known = self.parts.world.commands()
        if not self.team.installed or (known is not None and command not in known):
            return self._told(f"{command} is not a valid command", Outcome("unknown_command"))
        escapes = known is None or bool(known[command].get("should_escape"))
        payload = self.parts.payloads.command(self.team, self.user, where, command, self.written(text, escapes))
        outcome = await self.parts.delivery.attempt(self.team, "slash_commands", payload)
        if not outcome.ok:
            error = "operation_timeout" if outcome.error == "timeout" else "dispatch_failed"
            return self._told(f'{command} failed with the error "{error}"', outcome)
        await self.parts.answers.of_command(self.team, where, self.id, outcome.body)
        return outcome

    def written(self, text: str, escapes: bool = True) -> str:
        """Text as Slack hands it on."""
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if not escapes:
            return text
        people = {name: u for u in self.team.users.values() for name in (u.handle, u.name)}
        for name in sorted(people, key=len, reverse=True):
            text = re.sub(rf"(?<![\w<])@{re.escape(name)}(?!\w)", f"<@{people[name].id}|{people[name].handle}>", text)
        for channel in sorted(self.team.channels.values(), key=lambda c: -len(c.name)):
            shown = channel.name if channel.kind == PUBLIC else ""
            text = re.sub(rf"(?<![\w<&])#{re.escape(channel.name)}(?!\w)", f"<#{channel.id}|{shown}>", text)
        return text

    async def presses(self, label: str, where: Where = None, *, confirms: bool = True) -> Outcome:
        """A button, or an option of an overflow menu. Looks in the modal that is open, else in the newest message that has it."""
        place, control, option = self._button(label, where)
        if not self._confirms(control.element, option, confirms):
            return Outcome("denied")
        action = self._action(control)
        if option is not None:
            action["selected_option"] = option
        elif "value" in control.element:
            action["value"] = control.element["value"]
        return await self._act(place, action)

    async def chooses(self, label: str, value: object, where: Where = None, *, confirms: bool = True) -> Outcome:
        """In a select, picker or set of boxes outside of a form: takes effect at once."""
        place, control = self._select(label, where)
        held = put(control, self.eyes, value, await self._options(place, control, value))
        if not self._confirms(control.element, None, confirms):
            return Outcome("denied")
        if isinstance(place, View):
            place.values[control.block][control.action] = held
        else:
            self._picked.setdefault(place.ts, {}).setdefault(control.block, {})[control.action] = held
        return await self._act(place, {**self._action(control), **held})

    async def fills(self, values: Mapping[str, object]) -> None:
        """Into the fields of the modal on top, by label. People, labels of options, dates, texts, files as (name, bytes)."""
        for label, value in values.items():
            modal = self._modal()
            control = modal.control(label)
            if control.kind == "file_input":
                value = self._files(control, value)  # noqa: PLW2901 (the files stand for what was given)
            held = put(control, self.eyes, value, await self._options(modal.view, control, value))
            modal.view.values[control.block][control.action] = held
            modal.view.errors.pop(control.block, None)
            if not control.is_input or self._dispatches(modal.view, control.block):
                await self._act(modal.view, {**self._action(control), **held})

    async def submits(self) -> Outcome:
        """Presses the modal's own button; Slack itself refuses what is missing."""
        modal = self._modal()
        assert modal.submit, f"{modal.title!r} has nothing to submit"
        if missing := modal.missing():
            modal.view.errors = missing
            return Outcome("incomplete")
        payload = self.parts.payloads.submission(self.team, self.user, modal.view)
        outcome = await self.parts.delivery.attempt(self.team, "interactive", payload)
        if not outcome.ok:
            return self._told(TROUBLE, outcome)
        if modal.view.id not in self.team.views:
            return outcome
        if trouble := self.parts.answers.of_submission(self.team, modal.view, outcome.body):
            return self._told(trouble, Outcome("wrong answer", outcome.body))
        return outcome

    async def closes(self, *, all_of_them: bool = False) -> None:
        """The modal's close button, or the cross."""
        view = self._modal().view
        cleared = all_of_them or bool(view.content.get("clear_on_close"))
        payload = self.parts.payloads.closed(self.team, self.user, view, all_of_them=cleared)
        (self.parts.views.close_all if cleared else self.parts.views.close_top)(self.team, self.id)
        if view.content.get("notify_on_close"):
            await self.parts.delivery.attempt(self.team, "interactive", payload)

    async def searches(self, label: str, typed: str, where: Where = None) -> list[str]:
        """Types into a select whose options come from the bot; gives what it offers."""
        place, control = self._select(label, where)
        return [self.eyes.text(option["text"]) for option in await self._search(place, control, typed)]

    async def uses_shortcut(self, name: str, message: Message | None = None) -> Outcome:
        """A global shortcut, or one on a message; by its callback_id or its name in the manifest."""
        known = self.parts.world.shortcuts()
        kind = "message" if message is not None else "global"
        found = next((s for s in known or () if name in (s["callback_id"], s["name"]) and s["type"] == kind), None)
        assert known is None or found is not None, f"no {kind} shortcut {name!r} among {known}"
        callback = str(found["callback_id"]) if found else name
        payload = (
            self.parts.payloads.shortcut(self.team, self.user, callback)
            if message is None
            else self.parts.payloads.message_shortcut(self.team, self.user, callback, message)
        )
        return self._seen(await self.parts.delivery.attempt(self.team, "interactive", payload))

    async def opens_home(self) -> None:
        await self._app_home("home")

    async def opens_messages(self) -> None:
        await self._app_home("messages")

    async def _app_home(self, tab: str) -> None:
        event: Json = {"type": "app_home_opened", "user": self.id, "channel": self.direct.id, "tab": tab}
        if tab == "home" and self.home is not None:
            event["view"] = self.parts.view_json(self.team, self.home.view)
        await self._happens("app_home_opened", event)

    async def writes(
        self, text: str, channel: Channel | None = None, *, mentions_bot: bool = False, thread: Message | None = None
    ) -> Message:
        """An ordinary message; to the bot itself where no conversation is named."""
        where = channel or self.direct
        assert self.id in where.members, f"{self.name} is not in {where.name}"
        bot = self.parts.world.bot_of(self.team)
        said = re.sub(r"(<@\w+)\|[^>]*>", r"\1>", self.written(text))
        if mentions_bot:
            said = f"<@{bot.id}> {said}"
        message = Message(self.parts.world.stamps.next(), where.id, self.id, said)
        if thread is not None:
            thread.thread = message.thread = thread.ts
        await self.parts.store.add(self.team, where, message)
        await self.parts.delivery.told()
        return message

    async def _happens(self, kind: str, event: Json) -> None:
        if self.parts.world.subscribed(kind):
            await self.parts.delivery.event(self.team, event)
            await self.parts.delivery.told()

    # Channels

    async def joins(self, channel: Channel, whom: User | None = None) -> None:
        """She joins, or brings somebody (the bot) in."""
        who = whom or self.user
        if who.id in channel.members:
            return
        channel.members.append(who.id)
        event: Json = {"type": "member_joined_channel", "user": who.id, "channel": channel.id, "channel_type": "C"}
        inviter: Json = {"inviter": self.id} if whom else {}
        if self._bot_in(channel):
            await self._happens("member_joined_channel", {**event, **inviter, "team": self.team.id})

    async def invites_bot(self, channel: Channel) -> None:
        await self.joins(channel, self.parts.world.bot_of(self.team))

    async def leaves(self, channel: Channel, whom: User | None = None) -> None:
        """She leaves, or puts somebody (the bot) out."""
        who = whom or self.user
        was_in = self._bot_in(channel)
        channel.members.remove(who.id)
        event: Json = {"type": "member_left_channel", "user": who.id, "channel": channel.id, "channel_type": "C"}
        if was_in:
            await self._happens("member_left_channel", {**event, "team": self.team.id})

    async def removes_bot(self, channel: Channel) -> None:
        await self.leaves(channel, self.parts.world.bot_of(self.team))

    async def archives(self, channel: Channel) -> None:
        assert channel.kind != IM
        channel.archived = True
        event = {"type": "channel_archive", "channel": channel.id, "user": self.id}
        if self._bot_in(channel):
            await self._happens("channel_archive", event)

    def _bot_in(self, channel: Channel) -> bool:
        return self.parts.world.bot_of(self.team).id in channel.members

    # The application

    async def uninstalls(self) -> None:
        """Takes the application out: every token of the workspace is void, and the bot is told twice over."""
        bot = self.parts.world.bot_of(self.team)
        told: Sequence[Json] = (
            {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot.id]}},
            {"type": "app_uninstalled"},
        )
        envelopes = [(event["type"], self.parts.delivery.envelope(self.team, event)) for event in told]
        for token in self.parts.world.tokens.values():
            if token.team == self.team.id or (token.enterprise and token.enterprise == self.team.enterprise):
                token.revoked = True
        self.parts.views.close_all(self.team, self.id)
        for kind, envelope in envelopes:
            if self.parts.world.subscribed(kind):
                self.parts.delivery.begin(self.team, envelope)
        await self.parts.delivery.told()

    async def installs(self, url: str, *, allows: bool = True, org_wide: bool = False) -> str:
        """Walks from the bot's installation page over Slack's own and back; gives the page she ends on."""
        return await self.parts.walk(url, self.team, self.id, allows=allows, org_wide=org_wide)

    # Controls

    def _modal(self) -> ShownView:
        assert self.modal is not None, f"{self.name} has no modal open"
        return self.modal

    def _places(self, where: Where) -> list[Message | View]:
        match where:
            case ShownView():
                return [where.view]
            case Message() | View():
                return [where]
            case str():
                return [self.finds(where)]
            case None:
                return [self.modal.view] if self.modal is not None else list(self._all())

    def _controls(self, place: Message | View) -> list[Control]:
        blocks = place.content["blocks"] if isinstance(place, View) else place.blocks
        return list(controls(self.eyes, blocks))

    def _button(self, label: str, where: Where) -> tuple[Message | View, Control, Json | None]:
        seen: list[str] = []
        for place in self._places(where):
            for control in self._controls(place):
                if control.kind == "button" and control.label == label:
                    return place, control, None
                if control.kind == "overflow":
                    for option in control.element["options"]:
                        if self.eyes.text(option["text"]) == label:
                            return place, control, option
                seen.append(control.label)
        raise AssertionError(f"{self.name} sees no button {label!r}, only {seen}")

    def _select(self, label: str, where: Where) -> tuple[Message | View, Control]:
        for place in self._places(where):
            for control in self._controls(place):
                if control.kind not in ("button", "overflow") and (
                    label == control.label or label in control.near.split("\n")
                ):
                    return place, control
        raise AssertionError(f"{self.name} sees no field {label!r}")

    async def _options(self, place: Message | View, control: Control, value: object) -> list[Json]:
        """What an external select shows; she types the wanted option's name where nothing is shown yet."""
        if "external" not in control.kind:
            return []
        wanted = list(value) if isinstance(value, list | tuple) else [value]
        offered = list(self._offered.get((place.id if isinstance(place, View) else place.ts, control.action), ()))
        for label in wanted:
            if isinstance(label, str) and label and all(self.eyes.text(o["text"]) != label for o in offered):
                offered += await self._search(place, control, label)
        return offered

    async def _search(self, place: Message | View, control: Control, typed: str) -> list[Json]:
        if len(typed) < int(control.element.get("min_query_length", 3)):
            return []
        payload = self.parts.payloads.suggestion(self.team, self.user, place, control.block, control.action, typed)
        outcome = await self.parts.delivery.attempt(self.team, "interactive", payload)
        found = self.parts.answers.options(outcome.body) if outcome.ok else []
        self._offered[(place.id if isinstance(place, View) else place.ts, control.action)] = found
        return found

    def _confirms(self, element: Json, option: Json | None, confirms: bool) -> bool:
        asked = element.get("confirm")
        if asked is None:
            return True
        words = {
            name: self.eyes.text(asked[name]) if name in asked else "" for name in ("title", "text", "confirm", "deny")
        }
        self.confirmed.append(Confirm(**words))
        return confirms

    def _action(self, control: Control) -> Json:
        told: Json = {"type": control.kind, "action_id": control.action, "block_id": control.block}
        if control.kind == "button":
            told["text"] = control.element["text"]
        if "placeholder" in control.element:
            told["placeholder"] = control.element["placeholder"]
        return told

    async def _act(self, place: Message | View, action: Json) -> Outcome:
        payload = self.parts.payloads.press(self.team, self.user, action, place)
        if isinstance(place, Message):
            payload["state"] = {"values": self._picked.get(place.ts, {})}
        return self._seen(await self.parts.delivery.attempt(self.team, "interactive", payload))

    def _dispatches(self, view: View, block: str) -> bool:
        return any(b["block_id"] == block and b.get("dispatch_action") for b in view.content["blocks"])

    def _files(self, control: Control, given: object) -> list[Json]:
        rows = given if isinstance(given, list) else [given]
        assert len(rows) <= int(control.element.get("max_files", 10)), "too many files"
        kinds = control.element.get("filetypes")
        made: list[Json] = []
        for name, data in rows:
            assert not kinds or name.rpartition(".")[2].lower() in kinds, f"{name} is none of {kinds}"
            file = given_file(self.parts.world, self.team, self.id, name, data)
            made.append(file_json(self.parts.world, self.team, file))
        return made

    def _seen(self, outcome: Outcome) -> Outcome:
        return outcome if outcome.ok else self._told(TROUBLE, outcome)

    def _told(self, sentence: str, outcome: Outcome) -> Outcome:
        self.errors.append(sentence)
        self.parts.world.told.append((self.id, sentence))
        return outcome


def _order(message: Message) -> float:
    return float(message.ts)


def _safely(true: Callable[[], object]) -> object:
    try:
        return true()
    except (AssertionError, IndexError, KeyError):
        return False
