"""Interactions on their way to the bot, and the three seconds it has."""

from dataclasses import dataclass

from tests.emulators import discord_permissions as permissions
from tests.emulators.discord_gateway import Gateway
from tests.emulators.discord_json import attachment_json, channel_json, member_json, message_json, user_json
from tests.emulators.discord_state import DM, Attachment, Channel, Interaction, Json, Message, User
from tests.emulators.discord_world import World

SECONDS = 3.0
NO_ANSWER = {2: "The application did not respond", 3: "This interaction failed", 4: "Loading options failed",
             5: "Something went wrong. Try again."}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the bot took an interaction. ``error`` is empty when it was answered in time; ``kind`` is the answer's type."""

    error: str = ""
    interaction: Interaction | None = None

    @property
    def ok(self) -> bool:
        return not self.error

    @property
    def kind(self) -> int:
        return self.interaction.answered or 0 if self.interaction else 0


@dataclass(slots=True)
class Asking:
    world: World
    gateway: Gateway
    # The modal that each user has open.
    modals: dict[str, Interaction]
    # Interactions that were asked, and that nobody answered in time.
    asked: int = 0
    unanswered: int = 0

    async def ask(
        self,
        kind: int,
        user: User,
        channel: Channel,
        data: Json,
        *,
        message: Message | None = None,
        command: Json | None = None,
        opener: Interaction | None = None,
    ) -> Outcome:
        """Sends it and waits for the first answer, three seconds of the clock."""
        world = self.world
        self.asked += 1
        if self.asked % 500 == 0:
            world.forget_old()
        key = world.snowflake()
        made = Interaction(
            key,
            world.token(),
            kind,
            user,
            channel,
            channel.guild,
            world.clock.now(),
            data,
            message,
            command=command,
            opener=opener,
        )
        world.interactions[key] = world.tokens[made.token] = made
        if not self.gateway.dispatch("INTERACTION_CREATE", self._payload(made), channel.guild):
            made.expired = True
        else:

            async def late() -> None:
                made.expired = made.answered is None
                made.done.set()

            timer = world.timers.after(SECONDS, late)
            await made.done.wait()
            timer.cancel()
        if made.answered is None:
            self.unanswered += 1
            return Outcome("no answer", made)
        if made.answered == 9:
            self.modals[user.id] = made
        return Outcome("", made)

    def _payload(self, made: Interaction) -> Json:
        world = self.world
        bot = world.bot.id
        told: Json = {
            "id": made.id, "application_id": world.app.id, "type": made.type, "token": made.token, "version": 1,
            "data": made.data, "channel_id": made.channel.id, "channel": channel_json(made.channel, bot),
            "locale": made.user.locale,
            "entitlements": [], "authorizing_integration_owners": {"0": made.guild or "0"}, "attachment_size_limit": 10_485_760,
        }  # fmt: skip
        guild = world.guild_of(made.channel)
        if guild is None:
            told |= {"context": 1, "user": user_json(made.user), "app_permissions": str(permissions.ALL)}
        else:
            mine = permissions.of(guild, made.user.id, made.channel)
            told["channel"]["permissions"] = str(mine)
            told |= {
                "context": 0, "guild_id": guild.id, "guild_locale": guild.locale,
                "guild": {"id": guild.id, "locale": guild.locale, "features": []},
                "member": {**member_json(guild.members[made.user.id]), "permissions": str(mine)},
                "app_permissions": str(permissions.of(guild, bot, made.channel)),
            }  # fmt: skip
        if made.message is not None:
            told["message"] = message_json(world, made.message)
        return told

    def resolved(
        self, channel: Channel, people: list[User], channels: list[Channel], roles: list[Json], files: list[Attachment]
    ) -> Json:
        """What an interaction says of those it names."""
        told: Json = {}
        guild = self.world.guild_of(channel)
        for user in people:
            told.setdefault("users", {})[user.id] = user_json(user)
            if guild is not None and user.id in guild.members:
                member = {
                    **member_json(guild.members[user.id], with_user=False),
                    "permissions": str(permissions.of(guild, user.id)),
                }
                told.setdefault("members", {})[user.id] = member
        for one in channels:
            assert one.type != DM
            told.setdefault("channels", {})[one.id] = {
                **channel_json(one, self.world.bot.id),
                "permissions": str(permissions.ALL),
            }
        for role in roles:
            told.setdefault("roles", {})[role["id"]] = role
        for file in files:
            told.setdefault("attachments", {})[file.id] = attachment_json(file)
        return told
