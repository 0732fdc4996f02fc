"""Messages are made, changed and removed here, whoever does it, and the gateway is told."""

from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from tests.emulators import discord_permissions as permissions
from tests.emulators import discord_rules as rules
from tests.emulators.discord_gateway import DIRECT_MESSAGES, GUILD_MESSAGES, Gateway
from tests.emulators.discord_json import attachment_json, channel_json, member_json, message_json, when
from tests.emulators.discord_state import DM, EPHEMERAL, LOADING, V2, Attachment, Channel, Json, Message, Thread, User
from tests.emulators.discord_world import Problem, World

_EDITABLE = 1 << 2 | V2
_SETTABLE = 1 << 2 | 1 << 6 | 1 << 12 | 1 << 13 | V2


class Store:
    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world = world
        self.gateway = gateway

    # Making

    def draft(
        self, channel: Channel, author: User, body: Json, files: dict[str, Attachment], *, only_users: bool = False
    ) -> Message:
        """A message from a body, not yet in its channel. ``only_users``: who is mentioned by default in answers."""
        flags = body.get("flags") or 0
        if flags & ~_SETTABLE or (flags & EPHEMERAL and not only_users):
            wrong = {"flags": {"_errors": [{"code": "BASE_TYPE_CHOICES", "message": f"Value {flags} cannot be set."}]}}
            raise Problem(400, 50035, "Invalid Form Body", wrong)
        attached = self._attached(body, files, [])
        rules.refuse(rules.message_wrong(body, flags, {file.id: file for file in attached}))
        if (
            not any(body.get(name) for name in ("content", "embeds", "components", "poll", "sticker_ids"))
            and not attached
        ):
            raise Problem(400, 50006, "Cannot send an empty message")
        self._all_shown(body, flags, attached)
        message = Message(
            self.world.snowflake(),
            channel.id,
            author,
            (body.get("content") or "").strip(),
            self.world.clock.now(),
            flags=flags,
        )
        message.attachments = attached
        message.embeds = [{"type": "rich", **embed} for embed in body.get("embeds") or ()]
        message.components = self._components(body.get("components") or [], attached)
        message.poll = self._poll(body.get("poll"), message)
        self._mentions(channel, message, body.get("allowed_mentions"), only_users=only_users)
        return message

    def _components(self, given: list[Json], attached: Sequence[Attachment]) -> list[Json]:
        made = cast("list[Json]", _own(given))
        rules.number(made)
        for one in rules.every(made):
            if one["type"] == 11:
                _resolve(one["media"], attached)
            elif one["type"] == 12:
                for item in one["items"]:
                    _resolve(item["media"], attached)
            elif one["type"] == 13:
                name = one["file"]["url"].removeprefix("attachment://")
                _resolve(one["file"], attached)
                one |= {"name": name, "size": next(len(f.data) for f in attached if f.name == name)}
            elif one["type"] in (3, 5, 6, 7, 8):
                one.setdefault("min_values", 1)
                one.setdefault("max_values", 1)
        return made

    def _attached(self, body: Json, files: dict[str, Attachment], held: Sequence[Attachment]) -> list[Attachment]:
        """Files of the request and, in an edit, those that stay."""
        rows: list[Json] | None = body.get("attachments")
        if rows is None:
            return [*held, *files.values()]
        made: list[Attachment] = []
        for row in rows:
            known = {file.id: file for file in held} | {
                key[6:-1]: f for key, f in files.items() if key.startswith("files[")
            }
            found = known.get(str(row["id"]))
            if found is None:
                words = f"Attachment {row['id']} was not sent along"
                raise Problem(
                    400,
                    50035,
                    "Invalid Form Body",
                    {"attachments": {"_errors": [{"code": "ATTACHMENT_NOT_FOUND", "message": words}]}},
                )
            found.description = row.get("description", found.description)
            made.append(found)
        return made

    def _all_shown(self, body: Json, flags: int, attached: Sequence[Attachment]) -> None:
        if flags & V2 and attached:
            text = repr(body.get("components"))
            self.world.problems += [
                "a file of a message with components is shown by none of them"
                for file in attached
                if f"attachment://{file.name}" not in text
            ]

    def _poll(self, given: Json | None, message: Message) -> Json | None:
        if given is None:
            return None
        answers = [{"answer_id": n, "poll_media": one["poll_media"]} for n, one in enumerate(given["answers"], 1)]
        ends = when(message.made + timedelta(hours=given.get("duration") or 24))
        return {
            "question": given["question"], "answers": answers, "expiry": ends, "layout_type": 1,
            "allow_multiselect": bool(given.get("allow_multiselect")), "results": {"is_finalized": False, "answer_counts": []},
        }  # fmt: skip

    def _mentions(self, channel: Channel, message: Message, allowed: Json | None, *, only_users: bool) -> None:
        texts = [message.content, *(one["content"] for one in rules.every(message.components) if one["type"] == 10)]
        text = "\n".join(texts)
        if allowed is None:
            allowed = {"parse": ["users"] if only_users else ["users", "roles", "everyone"]}
        parse, users, names = allowed.get("parse") or (), allowed.get("users"), allowed.get("roles")
        people = dict.fromkeys(rules.MENTION.findall(text))
        message.mentions = [u for u in people if u in self.world.users and ("users" in parse or u in (users or ()))]
        guild = self.world.guild_of(channel)
        if guild is None:
            return
        wanted = dict.fromkeys(rules.ROLE.findall(text))
        message.mention_roles = [r for r in wanted if r in guild.roles and ("roles" in parse or r in (names or ()))]
        everyone = "everyone" in parse and ("@everyone" in text or "@here" in text)
        message.mention_everyone = everyone and permissions.can(guild, message.author.id, channel, "mention_everyone")

    def add(self, channel: Channel, message: Message) -> Message:
        """Puts it there and tells; an ephemeral one is told to nobody but its reader."""
        channel.messages[message.id] = message
        if channel.thread is not None and not message.ephemeral:
            channel.thread.count += 1
            self._stays_open(channel, channel.thread)
            for user in message.mentions:
                # Who is mentioned in a thread is brought in.
                if channel.type != 12 or channel.thread.invitable or message.author is self.world.bot:
                    self.join(channel, user)
        if not message.ephemeral:
            self.tell("MESSAGE_CREATE", channel, message)
        self.world.changed()
        return message

    def tell(self, event: str, channel: Channel, message: Message) -> None:
        data = self._with_place(channel, message, message_json(self.world, message))
        hidden = None
        bot = self.world.bot
        if message.author is not bot and channel.type != DM and bot.id not in message.mentions:
            hidden = self._with_place(channel, message, message_json(self.world, message, seen=False))
        guild = self.world.guild_of(channel)
        if guild is not None and not (guild.installed and permissions.sees(guild, bot.id, channel)):
            return
        intents = GUILD_MESSAGES if channel.guild else DIRECT_MESSAGES
        self.gateway.dispatch(event, data, channel.guild, intents, hidden=hidden)

    def _with_place(self, channel: Channel, message: Message, data: Json) -> Json:
        guild = self.world.guild_of(channel)
        if guild is not None:
            data["guild_id"] = guild.id
            if message.author.id in guild.members:
                data["member"] = member_json(guild.members[message.author.id], with_user=False)
        return data

    # Changing and removing

    def edit(
        self, channel: Channel, message: Message, body: Json, files: dict[str, Attachment], *, by_token: bool = False
    ) -> Message:
        """Changes what the body names and leaves the rest."""
        flags = message.flags
        if "flags" in body:
            # That a message is of components stays, whatever is said.
            wanted = body["flags"] or 0
            flags = (flags & ~(1 << 2)) | (wanted & _EDITABLE)
        attached = self._attached(body, files, message.attachments)
        held: Json = {
            "content": message.content, "embeds": message.embeds, "poll": message.poll, "components": message.components,
        }  # fmt: skip
        after: Json = {**held, **{name: value for name, value in body.items() if name in held}}
        shown: Json = {
            **after,
            "components": body.get("components") or [],
            "allowed_mentions": body.get("allowed_mentions"),
        }
        rules.refuse(rules.message_wrong(shown, flags, {file.id: file for file in attached}))
        if not any(after.get(name) for name in held) and not attached:
            raise Problem(400, 50006, "Cannot send an empty message")
        message.content = (after["content"] or "").strip()
        message.embeds = [{"type": "rich", **embed} for embed in after["embeds"] or ()]
        if "components" in body:
            message.components = self._components(body["components"] or [], attached)
            self._all_shown(body, flags, attached)
        message.attachments, message.flags = attached, flags & ~LOADING
        if not message.thinking and not by_token:
            message.edited = self.world.clock.now()
        self._mentions(channel, message, body.get("allowed_mentions"), only_users=by_token)
        if not message.ephemeral:
            self.tell("MESSAGE_UPDATE", channel, message)
        self.world.changed()
        return message

    def remove(self, channel: Channel, message: Message) -> None:
        del channel.messages[message.id]
        if not message.ephemeral:
            data: Json = {"id": message.id, "channel_id": channel.id}
            if channel.guild:
                data["guild_id"] = channel.guild
            intents = GUILD_MESSAGES if channel.guild else DIRECT_MESSAGES
            self.gateway.dispatch("MESSAGE_DELETE", data, channel.guild, intents)
        self.world.changed()

    # Channels and threads

    def channel_told(self, event: str, channel: Channel) -> None:
        guild = self.world.guild_of(channel)
        if guild is not None and guild.installed and permissions.sees(guild, self.world.bot.id, channel):
            self.gateway.dispatch(event, channel_json(channel, self.world.bot.id), guild.id, 1)
        self.world.changed()

    def channel_gone(self, channel: Channel) -> None:
        guild = self.world.guild_of(channel)
        assert guild is not None
        for thread in [t for t in guild.threads if t.parent == channel.id]:
            self.channel_gone(thread)
        keys = ("id", "guild_id", "parent_id", "type")
        told = channel_json(channel, self.world.bot.id)
        data = {key: told[key] for key in keys} if channel.is_thread else told
        seen = permissions.sees(guild, self.world.bot.id, channel)
        del guild.channels[channel.id], self.world.channels[channel.id]
        if seen and guild.installed:
            self.gateway.dispatch("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", data, guild.id, 1)
        self.world.changed()

    def new_thread(self, parent: Channel, name: str, kind: int, key: str, owner: User) -> Channel:
        now = self.world.clock.now()
        made = Channel(key, kind, name, parent.guild, parent.id, thread=Thread(owner.id, now, members={owner.id: now}))
        self.world.channels[made.id] = self.world.guilds[parent.guild].channels[made.id] = made
        return made

    def _stays_open(self, channel: Channel, thread: Thread) -> None:
        """A thread in which nothing happens is put away after its minutes."""
        since = thread.active = self.world.clock.now()

        async def puts_away() -> None:
            if thread.active == since and not thread.archived and channel.id in self.world.channels:
                thread.archived, thread.archived_at = True, self.world.clock.now()
                self.thread_changed(channel)

        self.world.timers.after(thread.minutes * 60, puts_away)

    def thread_told(self, channel: Channel) -> None:
        """Its creation."""
        if channel.thread is not None:
            self._stays_open(channel, channel.thread)
        guild = self.world.guild_of(channel)
        if guild is not None and guild.installed and permissions.sees(guild, self.world.bot.id, channel):
            told = {**channel_json(channel, self.world.bot.id), "newly_created": True}
            self.gateway.dispatch("THREAD_CREATE", told, guild.id, 1)
        self.world.changed()

    def thread_changed(self, channel: Channel) -> None:
        self.channel_told("THREAD_UPDATE", channel)

    def join(self, channel: Channel, user: str) -> None:
        """Somebody comes into a thread, and the bot is told."""
        thread = channel.thread
        guild = self.world.guild_of(channel)
        assert thread is not None
        assert guild is not None
        if user in thread.members:
            return
        thread.members[user] = self.world.clock.now()
        if user == self.world.bot.id:
            told = {**channel_json(channel, user), "newly_created": False}
            self.gateway.dispatch("THREAD_CREATE", told, guild.id, 1)
        self._members_changed(channel, [user], [])

    def leave(self, channel: Channel, user: str) -> None:
        assert channel.thread is not None
        if channel.thread.members.pop(user, None) is not None:
            self._members_changed(channel, [], [user])

    def _members_changed(self, channel: Channel, came: list[str], went: list[str]) -> None:
        guild = self.world.guild_of(channel)
        assert guild is not None
        assert channel.thread is not None
        bot = self.world.bot.id
        rows = [
            {
                "id": channel.id, "user_id": user, "join_timestamp": when(channel.thread.members[user]), "flags": 0,
                "member": member_json(guild.members[user]), "presence": None,
            }
            for user in came
        ]  # fmt: skip
        told: Json = {
            "id": channel.id, "guild_id": guild.id, "member_count": len(channel.thread.members), "added_members": rows,
            "removed_member_ids": went,
        }  # fmt: skip
        self.gateway.dispatch("THREAD_MEMBERS_UPDATE", told, guild.id, 1 if bot in (*came, *went) else 2)


def _resolve(media: Json, attached: Sequence[Attachment]) -> None:
    url = str(media["url"])
    if url.startswith("attachment://"):
        file = next(file for file in attached if file.name == url.removeprefix("attachment://"))
        about = attachment_json(file)
        media |= {"url": file.url, "proxy_url": file.url, "content_type": file.kind, "attachment_id": file.id}
        media["loading_state"] = 2
        media.setdefault("height", about.get("height"))
        media.setdefault("width", about.get("width"))
    else:
        media |= {"proxy_url": url, "loading_state": 2, "height": None, "width": None, "content_type": None}


def _own(value: object) -> object:
    """What was sent, to be changed here: what is remembered of a call stays as it came."""
    if isinstance(value, dict):
        return {name: _own(one) for name, one in cast("Json", value).items()}
    if isinstance(value, list):
        return [_own(one) for one in cast("list[object]", value)]
    return value
