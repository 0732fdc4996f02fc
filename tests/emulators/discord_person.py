"""People of a guild, so that a test reads as what they type, press and see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.emulators import discord_permissions as permissions
from tests.emulators.discord_asking import Outcome
from tests.emulators.discord_commands import named, shown, walk_to
from tests.emulators.discord_gateway import MEMBERS
from tests.emulators.discord_hands import Hands
from tests.emulators.discord_json import member_json, message_json, user_json
from tests.emulators.discord_state import DM, PRIVATE_THREAD, Channel, Json, Member, Message, Role
from tests.emulators.discord_world import World

_NOT_THERE = "unknown command"
_NAMED: Mapping[int, tuple[type, ...]] = {6: (Hands,), 7: (Channel,), 8: (Role,), 9: (Hands, Role)}
_KINDS: Mapping[int, tuple[type, ...]] = {3: (str,), 4: (int,), 5: (bool,), 10: (int, float)}


@dataclass(slots=True, eq=False, repr=False)
class Person(Hands):
    # Commands

    async def types(self, command: str, where: Channel | None = None, /, **options: object) -> Outcome:
        """A slash command with its native options: ``anna.types("/profile pause", until="2 uger")``.

        In the guild's first channel where none is named; ``anna.direct`` is her conversation with the bot. Names are as she sees
        them in her language, or the command's own.
        """
        channel = where or self._anywhere()
        found = self._command(command, channel)
        if found is None:
            return self._told(f"{command} is not a command here", Outcome(_NOT_THERE))
        row, path, leaf = found
        chosen: list[object] = []
        data = self._data(row, path, self._options(leaf, options, chosen))
        if resolved := self._resolved(channel, chosen):
            data["resolved"] = resolved
        return self._seen(await self.parts.asking.ask(2, self.user, channel, data, command=row))

    async def completes(
        self, command: str, option: str, typed: str, where: Channel | None = None, /, **options: object
    ) -> list[str]:
        """Types into an option that is completed by the bot; gives the names that it offers."""
        return [choice["name"] for choice in await self.offers(command, option, typed, where, **options)]

    async def offers(
        self, command: str, option: str, typed: str, where: Channel | None = None, /, **options: object
    ) -> list[Json]:
        """The same with the values behind the names."""
        channel = where or self._anywhere()
        found = self._command(command, channel)
        assert found is not None, f"{command} is not a command here"
        row, path, leaf = found
        wanted = named(leaf.get("options") or (), option, self.user.locale)
        assert wanted is not None, f"{command} has no option {option!r}"
        assert wanted.get("autocomplete"), f"{option!r} of {command} is not completed"
        chosen: list[object] = []
        given = self._options(leaf, options, chosen, partly=True)
        given.append({"name": wanted["name"], "type": wanted["type"], "value": typed, "focused": True})
        outcome = await self.parts.asking.ask(4, self.user, channel, self._data(row, path, given), command=row)
        self._seen(outcome)
        return outcome.interaction.choices if outcome.ok and outcome.interaction else []

    async def uses_menu(self, name: str, target: "Message | Person", where: Channel | None = None) -> Outcome:
        """An entry of the menu on a message, or on somebody."""
        world = self.parts.world
        kind = 3 if isinstance(target, Message) else 2
        channel = world.channels[target.channel] if isinstance(target, Message) else where or self._anywhere()
        rows = [row for row in self.commands(channel) if row["type"] == kind]
        row = named(rows, name, self.user.locale)
        if row is None:
            return self._told(f"{name} is not in the menu", Outcome(_NOT_THERE))
        data: Json = {"id": row["id"], "name": row["name"], "type": kind, "target_id": target.id}
        if isinstance(target, Message):
            data["resolved"] = {"messages": {target.id: message_json(world, target)}}
        else:
            data["resolved"] = self._resolved(channel, [target])
        return self._seen(await self.parts.asking.ask(2, self.user, channel, data, command=row))

    def commands(self, where: Channel | None = None) -> list[Json]:
        """The commands that Discord shows her there."""
        channel = where or self._anywhere()
        world = self.parts.world
        context = 1 if channel.type == DM else 0
        rows = list(world.commands.values())
        if context == 0:
            # A guild's own command hides the general one of that name.
            own = list(self.guild.commands.values())
            names = {(row["type"], row["name"]) for row in own}
            rows = [*own, *(row for row in rows if (row["type"], row["name"]) not in names)]
            if not self.guild.installed or not permissions.can(
                self.guild, self.id, channel, "use_application_commands"
            ):
                return []
        return [row for row in rows if self._may(row, channel, context)]

    def _may(self, row: Json, channel: Channel, context: int) -> bool:
        contexts = row.get("contexts")
        if contexts is None:
            contexts = [0, 1, 2] if row.get("dm_permission") is not False else [0]
        if context not in contexts and "guild_id" not in row:
            return False
        wanted = row["default_member_permissions"]
        if wanted is None or context == 1:
            return True
        held = permissions.of(self.guild, self.id, channel)
        # "0": nobody but administrators.
        return held == permissions.ALL or (int(wanted) != 0 and held & int(wanted) == int(wanted))

    def _command(self, typed: str, channel: Channel) -> tuple[Json, list[Json], Json] | None:
        words = typed.removeprefix("/").split()
        row = named([row for row in self.commands(channel) if row["type"] == 1], words[0], self.user.locale)
        found = walk_to(row, words[1:], self.user.locale) if row is not None else None
        if row is None or found is None:
            return None
        path, leaf = found
        return row, path, leaf

    def _data(self, row: Json, path: Sequence[Json], options: list[Json]) -> Json:
        for step in reversed(path):
            options = [{"name": step["name"], "type": step["type"], "options": options}]
        data: Json = {"id": row["id"], "name": row["name"], "type": 1}
        if options:
            data["options"] = options
        if "guild_id" in row:
            data["guild_id"] = row["guild_id"]
        return data

    def _options(
        self, leaf: Json, given: Mapping[str, object], chosen: list[object], *, partly: bool = False
    ) -> list[Json]:
        known: Sequence[Json] = leaf.get("options") or ()
        sent: list[Json] = []
        seen: set[str] = set()
        for name, value in given.items():
            option = named(known, name, self.user.locale)
            assert option is not None, f"no option {name!r}, only {[shown(one, self.user.locale) for one in known]}"
            seen.add(option["name"])
            sent.append({"name": option["name"], "type": option["type"], "value": self._value(option, value, chosen)})
        missing = [one["name"] for one in known if one.get("required") and one["name"] not in seen]
        assert partly or not missing, f"Discord asks for {missing} first"
        return sent

    def _value(self, option: Json, value: object, chosen: list[object]) -> object:
        kind = option["type"]
        if kind == 11:
            assert isinstance(value, tuple), f"{option['name']!r} takes a file as (name, bytes)"
            name, data = value  # pyright: ignore[reportUnknownVariableType]  # as a test gives it
            file = self.gives(str(name), bytes(data))  # pyright: ignore[reportUnknownArgumentType]  # as above
            chosen.append(file)
            return file.id
        if kind in (6, 7, 8, 9):
            assert isinstance(value, Hands | Channel | Role), f"{option['name']!r} does not take {value!r}"
            assert isinstance(value, _NAMED[kind]), f"{option['name']!r} does not take {value!r}"
            chosen.append(value)
            return value.id
        if choices := option.get("choices"):
            for choice in choices:
                if value in (shown(choice, self.user.locale), choice["name"], choice["value"]):
                    return choice["value"]
            raise AssertionError(f"{option['name']!r} has no {value!r}, only {[choice['name'] for choice in choices]}")
        return _checked(option, value)

    def _anywhere(self) -> Channel:
        for channel in self.channels:
            if channel.type == 0:
                return channel
        return self.direct

    # Messages

    async def writes(
        self,
        text: str,
        channel: Channel | None = None,
        *,
        mentions_bot: bool = False,
        replies_to: Message | None = None,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> Message:
        """An ordinary message; to the bot itself where no conversation is named. ``@Name`` is turned into a mention."""
        where = channel or self.direct
        assert where in self.channels, f"{self.name} does not see {where.name}"
        if where.type != DM:
            how = "send_messages_in_threads" if where.is_thread else "send_messages"
            assert permissions.can(self.guild, self.id, where, how), f"{self.name} may not write in {where.name}"
        world = self.parts.world
        said = f"<@{world.bot.id}> {text}" if mentions_bot else text
        people = {user.name: user.id for user in world.users.values()}
        for name in sorted(people, key=len, reverse=True):
            said = said.replace(f"@{name}", f"<@{people[name]}>")
        given = {f"files[{at}]": world.file(name, data) for at, (name, data) in enumerate(files)}
        message = self.parts.store.draft(where, self.user, {"content": said}, given)
        if replies_to is not None:
            message.type = 19
            message.reference = {"type": 0, "channel_id": where.id, "message_id": replies_to.id}
        if where.thread is not None:
            self.parts.store.join(where, self.id)
            where.thread.archived = False
        return self.parts.store.add(where, message)

    async def edits(self, message: Message, text: str) -> None:
        """Her own message."""
        assert message.author is self.user
        self.parts.store.edit(self.parts.world.channels[message.channel], message, {"content": text}, {})

    async def deletes(self, message: Message) -> None:
        assert message.author is self.user
        self.parts.store.remove(self.parts.world.channels[message.channel], message)

    async def dismisses(self, message: Message) -> None:
        """Takes an ephemeral message off her screen."""
        assert message.viewer == self.id
        self.parts.store.remove(self.parts.world.channels[message.channel], message)

    # Threads

    async def opens_thread(
        self, name: str, where: Channel | Message, *people: "Person", private: bool = False
    ) -> Channel:
        """A thread in a channel or on a message, with these people."""
        world, store = self.parts.world, self.parts.store
        parent = world.channels[where.channel] if isinstance(where, Message) else where
        key = where.id if isinstance(where, Message) else world.snowflake()
        thread = store.new_thread(parent, name, PRIVATE_THREAD if private else 11, key, self.user)
        if isinstance(where, Message):
            where.thread = thread.id
        store.thread_told(thread)
        for person in people:
            store.join(thread, person.id)
        return thread

    async def adds(self, channel: Channel, *whom: "Person | World") -> None:
        """Brings people, or the bot (``guild.bot``), into a thread."""
        for one in whom:
            self.parts.store.join(channel, getattr(one, "id", self.parts.world.bot.id))

    async def leaves(self, thread: Channel | None = None) -> None:
        """A thread; or the guild itself."""
        if thread is not None:
            return self.parts.store.leave(thread, self.id)
        for one in self.threads:
            assert one.thread is not None
            del one.thread.members[self.id]
        del self.guild.members[self.id]
        gone: Json = {"guild_id": self.guild.id, "user": user_json(self.user)}
        self.parts.gateway.dispatch("GUILD_MEMBER_REMOVE", gone, self.guild.id, MEMBERS)
        return None

    async def comes_back(self) -> None:
        """Into the guild that she left."""
        member = self.guild.members[self.id] = Member(self.user, self.parts.world.clock.now())
        told = {**member_json(member), "guild_id": self.guild.id}
        self.parts.gateway.dispatch("GUILD_MEMBER_ADD", told, self.guild.id, MEMBERS)

    async def gets(self, *roles: Role) -> None:
        """These roles, and no others."""
        member = self.guild.members[self.id]
        member.roles = [role.id for role in roles]
        self._changed(member)

    async def is_called(self, nick: str | None) -> None:
        """By another name in this guild."""
        member = self.guild.members[self.id]
        member.nick = nick
        self._changed(member)

    def _changed(self, member: Member) -> None:
        told = {**member_json(member), "guild_id": self.guild.id}
        self.parts.gateway.dispatch("GUILD_MEMBER_UPDATE", told, self.guild.id, MEMBERS)

    async def archives(self, thread: Channel, *, locked: bool = False) -> None:
        """Puts a thread away, as time does by itself."""
        assert thread.thread is not None
        thread.thread.archived, thread.thread.archived_at = True, self.parts.world.clock.now()
        thread.thread.locked = locked
        self.parts.store.thread_changed(thread)

    async def removes(self, channel: Channel) -> None:
        """Deletes a channel or thread."""
        self.parts.store.channel_gone(channel)


def _checked(option: Json, value: object) -> object:
    """What Discord lets through into an option of text, number or yes and no."""
    name, kind = option["name"], option["type"]
    assert isinstance(value, _KINDS[kind]), f"{name!r} does not take {value!r}"
    assert kind == 5 or not isinstance(value, bool), f"{name!r} does not take {value!r}"
    if isinstance(value, str):
        assert value, f"{name!r} is empty"
        least, most = option.get("min_length") or 0, option.get("max_length") or 6000
        assert least <= len(value) <= most, f"{name!r} takes {least} to {most} characters"
    elif isinstance(value, int | float) and kind != 5:
        least, most = option.get("min_value"), option.get("max_value")
        assert least is None or value >= least, f"{name!r} is {least} or more"
        assert most is None or value <= most, f"{name!r} is {most} or less"
    return value
