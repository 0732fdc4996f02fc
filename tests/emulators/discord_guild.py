"""A guild as a test sets it up."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.emulators import discord_permissions as permissions
from tests.emulators.discord_gateway import MEMBERS
from tests.emulators.discord_json import guild_fields, member_json, role_json
from tests.emulators.discord_person import Person
from tests.emulators.discord_sight import Parts
from tests.emulators.discord_state import PRIVATE_THREAD, TEXT, Channel, GuildState, Json, Member, Message, Role, User


@dataclass(slots=True, eq=False, repr=False)
class Guild(GuildState):
    people: dict[str, Person] = field(default_factory=dict[str, Person])
    _parts: Parts | None = None

    def __repr__(self) -> str:
        return f"<{self.name} {self.id}>"

    @property
    def parts(self) -> Parts:
        assert self._parts is not None
        return self._parts

    @parts.setter
    def parts(self, parts: Parts) -> None:
        self._parts = parts

    @property
    def bot(self) -> User:
        return self.parts.world.bot

    @property
    def bot_role(self) -> Role:
        """The role that came with the bot, with what the invite link gave."""
        return next(role for role in self.roles.values() if role.managed)

    # Who and what is here

    def person(
        self,
        name: str,
        *,
        locale: str = "en-US",
        roles: Sequence[Role | str] = (),
        takes_messages: bool = True,
        bot: bool = False,
        same_as: Person | None = None,
        owner: bool = False,
    ) -> Person:
        """Somebody, made when first named. ``roles`` by name are made as well; ``same_as``: a person of another guild."""
        if name in self.people:
            return self.people[name]
        world = self.parts.world
        user = (
            same_as.user
            if same_as
            else User(world.snowflake(), name, name.lower().replace(" ", "."), locale, bot, takes_messages)
        )
        world.users[user.id] = user
        held = [self.role(role).id if isinstance(role, str) else role.id for role in roles]
        member = self.members[user.id] = Member(user, world.clock.now(), held)
        if owner:
            self.owner = user.id
        self.people[name] = Person(self.parts, self, user)
        told = {**member_json(member), "guild_id": self.id}
        self.parts.gateway.dispatch("GUILD_MEMBER_ADD", told, self.id, MEMBERS)
        return self.people[name]

    def role(self, name: str, *allowed: str) -> Role:
        """A role with these permissions, e.g. ``guild.role("Tovholder", "manage_guild")``; a second call gives the same one."""
        found = next((role for role in self.roles.values() if role.name == name), None)
        if found is None:
            found = Role(self.parts.world.snowflake(), name, permissions.bits(*allowed), len(self.roles))
            self.roles[found.id] = found
            self.parts.gateway.dispatch(
                "GUILD_ROLE_CREATE", {"guild_id": self.id, "role": role_json(found)}, self.id, 1
            )
        return found

    def gives(self, role: Role, *names: str) -> None:
        """More permissions, e.g. ``guild.gives(guild.bot_role, "create_events")``; the bot is told."""
        self._role_may(role, role.permissions | permissions.bits(*names))

    def takes(self, role: Role, *names: str) -> None:
        """These permissions from a role."""
        self._role_may(role, role.permissions & ~permissions.bits(*names))

    def _role_may(self, role: Role, allowed: int) -> None:
        role.permissions = allowed
        self.parts.gateway.dispatch("GUILD_ROLE_UPDATE", {"guild_id": self.id, "role": role_json(role)}, self.id, 1)

    def channel(
        self, name: str, *people: Person, private: bool = False, bot: bool = True, kind: int = TEXT, parent: str = ""
    ) -> Channel:
        """A channel; a second call gives the same one. ``private``: only for these people, and the bot unless told otherwise."""
        found = self.named(name)
        if found is None:
            found = Channel(self.parts.world.snowflake(), kind, name, self.id, parent, len(self.channels))
            if private:
                found.overwrites.append(overwrite(self.id, 0, deny=permissions.bits("view_channel")))
            if private and bot:
                found.overwrites.append(
                    overwrite(self.bot.id, 1, allow=permissions.bits("view_channel", "send_messages"))
                )
            self.channels[found.id] = self.parts.world.channels[found.id] = found
            self.parts.store.channel_told("CHANNEL_CREATE", found)
        found.overwrites += [overwrite(one.id, 1, allow=permissions.bits("view_channel")) for one in people if private]
        return found

    def allows(self, channel: Channel, who: User | Role | Person, *names: str) -> None:
        """Overwrites somebody's permissions in a channel."""
        self._overwrite(channel, who, allow=permissions.bits(*names))

    def forbids(self, channel: Channel, who: User | Role | Person, *names: str) -> None:
        self._overwrite(channel, who, deny=permissions.bits(*names))

    def _overwrite(self, channel: Channel, who: User | Role | Person, *, allow: int = 0, deny: int = 0) -> None:
        found = next((one for one in channel.overwrites if one["id"] == who.id), None)
        if found is None:
            found = overwrite(who.id, 0 if isinstance(who, Role) else 1)
            channel.overwrites.append(found)
        found["allow"] = str(int(found["allow"]) & ~deny | allow)
        found["deny"] = str(int(found["deny"]) & ~allow | deny)
        self.parts.gateway.dispatch("CHANNEL_UPDATE", self._channel_json(channel), self.id, 1)

    def _channel_json(self, channel: Channel) -> Json:
        from tests.emulators.discord_json import channel_json

        return channel_json(channel, self.bot.id)

    def room(self, *people: Person) -> Channel | None:
        """The newest private thread of exactly these people and the bot."""
        wanted = {self.bot.id, *(person.id for person in people)}
        return next((thread for thread in reversed(self.rooms()) if set(thread.members) == wanted), None)

    def rooms(self) -> list[Channel]:
        """The private threads, the oldest first."""
        return [thread for thread in self.threads if thread.type == PRIVATE_THREAD]

    def messages(self) -> list[Message]:
        """Everything that was said anywhere here, the oldest first."""
        return sorted(self.all_messages(), key=lambda message: int(message.id))

    # What happens to it

    def kicks_bot(self) -> None:
        self.installed = False
        self.members.pop(self.bot.id, None)
        self.parts.gateway.dispatch("GUILD_DELETE", {"id": self.id}, self.id, 1)
        self.parts.world.changed()

    def invites_bot(self, allowed: int | None = None) -> None:
        """Lets the bot in, with the permissions of its invite link."""
        world = self.parts.world
        self.installed = True
        for role in [role for role in self.roles.values() if role.managed]:
            del self.roles[role.id]
        made = Role(world.snowflake(), world.app.name, permissions.BOT if allowed is None else allowed, 1, managed=True)
        self.roles[made.id] = made
        self.joined = world.clock.now()
        self.members[self.bot.id] = Member(self.bot, self.joined, [made.id])
        self.parts.gateway.guild_arrives(self, joined=True)
        world.changed()

    def goes_down(self) -> None:
        """An outage of Discord's: the guild is unavailable, but the bot is still in it."""
        self.available = False
        self.parts.gateway.dispatch("GUILD_DELETE", {"id": self.id, "unavailable": True}, self.id, 1)
        self.parts.world.changed()

    def comes_back(self) -> None:
        self.available = True
        self.parts.gateway.guild_arrives(self, joined=False)
        self.parts.world.changed()

    def is_renamed(self, name: str) -> None:
        self.name = name
        self.parts.gateway.dispatch("GUILD_UPDATE", guild_fields(self), self.id, 1)


def overwrite(key: str, kind: int, *, allow: int = 0, deny: int = 0) -> Json:
    return {"id": key, "type": kind, "allow": str(allow), "deny": str(deny)}
