"""The application itself, and guilds with their people, roles, channels and scheduled events."""

from collections.abc import Sequence
from datetime import datetime

from tests.emulators import discord_permissions as permissions
from tests.emulators.discord_call import Call
from tests.emulators.discord_gateway import EVENTS, Gateway
from tests.emulators.discord_json import channel_json, guild_fields, member_json, role_json, user_json
from tests.emulators.discord_rest import Route
from tests.emulators.discord_rules import refuse
from tests.emulators.discord_state import Channel, GuildState, Json, inner
from tests.emulators.discord_store import Store
from tests.emulators.discord_world import Problem, World


class GuildRoutes:
    def __init__(self, world: World, gateway: Gateway, store: Store) -> None:
        self.world = world
        self.gateway = gateway
        self.store = store

    def routes(self) -> Sequence[Route]:
        guild, event = "/guilds/{guild}", "/guilds/{guild}/scheduled-events"
        return (
            Route("GET /users/@me", self.me),
            Route("GET /users/{user}", self.user),
            Route("GET /users/@me/guilds", self.mine),
            Route("DELETE /users/@me/guilds/{guild}", self.leave),
            Route("GET /gateway/bot", self.gateway_bot),
            Route("GET /gateway", self.gateway_url, bot=False),
            Route("GET /oauth2/applications/@me", self.application),
            Route("GET /applications/@me", self.application),
            Route("PATCH /applications/@me", self.edit_application, "ApplicationEdit"),
            Route(f"GET {guild}", self.guild),
            Route(f"GET {guild}/channels", self.channels),
            Route(f"POST {guild}/channels", self.new_channel, "ChannelNew"),
            Route(f"GET {guild}/roles", self.roles),
            Route(f"GET {guild}/members", self.members),
            Route(f"GET {guild}/members/search", self.search),
            Route(f"GET {guild}/members/{{user}}", self.member),
            Route(f"GET {event}", self.events),
            Route(f"POST {event}", self.new_event, "EventNew"),
            Route(f"GET {event}/{{event}}", self.event),
            Route(f"PATCH {event}/{{event}}", self.edit_event, "EventEdit"),
            Route(f"DELETE {event}/{{event}}", self.delete_event),
        )

    # The application

    def me(self, _call: Call) -> Json:
        return {
            **user_json(self.world.bot),
            "verified": True,
            "mfa_enabled": True,
            "locale": "en-US",
            "flags": 0,
            "email": None,
        }

    def user(self, call: Call) -> Json:
        found = self.world.users.get(call["user"])
        if found is None:
            raise Problem(404, 10013, "Unknown User")
        return user_json(found)

    def mine(self, call: Call) -> list[Json]:
        limit, after = call.number("limit", 200, 1, 200), int(call.query.get("after", "0"))
        rows = sorted(
            (g for g in self.world.guilds.values() if g.installed and int(g.id) > after), key=lambda g: int(g.id)
        )
        return [
            {
                "id": g.id, "name": g.name, "icon": None, "banner": None, "owner": False, "features": [],
                "permissions": str(permissions.of(g, self.world.bot.id)),
            }
            for g in rows[:limit]
        ]  # fmt: skip

    def leave(self, call: Call) -> None:
        guild = self.world.reachable(call["guild"])
        guild.installed = False
        guild.members.pop(self.world.bot.id, None)
        self.gateway.dispatch("GUILD_DELETE", {"id": guild.id}, guild.id, 1)

    def gateway_url(self, _call: Call) -> Json:
        return {"url": f"{self.world.origin.replace('http', 'ws', 1)}/gateway"}

    def gateway_bot(self, call: Call) -> Json:
        app = self.world.app
        limit = {
            "total": 1000,
            "remaining": app.identifies_left,
            "reset_after": 86_400_000,
            "max_concurrency": app.concurrency,
        }
        return {**self.gateway_url(call), "shards": app.shards, "session_start_limit": limit}

    def application(self, _call: Call) -> Json:
        app = self.world.app
        return {
            "id": app.id, "name": app.name, "icon": None, "description": "", "bot_public": app.public, "summary": "",
            "bot_require_code_grant": False, "verify_key": app.public_key, "flags": app.flags, "bot": user_json(self.world.bot),
            "owner": user_json(self.world.bot), "hook": True, "team": None, "integration_types_config": {"0": {}},
            "redirect_uris": [], "rpc_origins": [], "interactions_endpoint_url": None, "tags": [], "type": None,
            "approximate_guild_count": len(self.world.guilds),
        }  # fmt: skip

    def edit_application(self, call: Call) -> Json:
        return self.application(call)

    # Guilds

    def guild(self, call: Call) -> Json:
        guild = self.world.reachable(call["guild"])
        counts = {"approximate_member_count": len(guild.members), "approximate_presence_count": 1}
        return {**guild_fields(guild), **(counts if call.query.get("with_counts") in ("1", "true") else {})}

    def channels(self, call: Call) -> list[Json]:
        guild, bot = self.world.reachable(call["guild"]), self.world.bot.id
        return [channel_json(c, bot) for c in guild.channels.values() if not c.is_thread]

    def new_channel(self, call: Call) -> Json:
        guild = self.world.reachable(call["guild"])
        permissions.need(guild, self.world.bot, None, "manage_channels")
        body = call.body
        made = Channel(
            self.world.snowflake(), body.get("type") or 0, body["name"], guild.id, body.get("parent_id") or ""
        )
        made.topic, made.overwrites = body.get("topic"), body.get("permission_overwrites") or []
        self.world.channels[made.id] = guild.channels[made.id] = made
        self.store.channel_told("CHANNEL_CREATE", made)
        return channel_json(made, self.world.bot.id)

    def roles(self, call: Call) -> list[Json]:
        return [role_json(role) for role in self.world.reachable(call["guild"]).roles.values()]

    def members(self, call: Call) -> list[Json]:
        guild = self.world.reachable(call["guild"])
        if not self.world.app.members:
            raise Problem(403, 50001, "Missing Access")
        limit, after = call.number("limit", 1, 1, 1000), int(call.query.get("after", "0"))
        rows = sorted((m for m in guild.members.values() if int(m.user.id) > after), key=lambda m: int(m.user.id))
        return [member_json(member) for member in rows[:limit]]

    def search(self, call: Call) -> list[Json]:
        guild = self.world.reachable(call["guild"])
        start, limit = call.query.get("query", "").lower(), call.number("limit", 1, 1, 1000)
        names = ((m.nick or "", m.user.name, m.user.handle, m) for m in guild.members.values())
        return [member_json(m) for *texts, m in names if any(text.lower().startswith(start) for text in texts)][:limit]

    def member(self, call: Call) -> Json:
        guild = self.world.reachable(call["guild"])
        found = guild.members.get(call["user"])
        if found is None:
            raise Problem(404, 10007, "Unknown Member")
        return member_json(found)

    # Scheduled events

    def _event(self, call: Call) -> tuple[GuildState, Json]:
        guild = self.world.reachable(call["guild"])
        found = guild.events.get(call["event"])
        if found is None:
            raise Problem(404, 10070, "Unknown Guild Scheduled Event")
        return guild, found

    def events(self, call: Call) -> list[Json]:
        return list(self.world.reachable(call["guild"]).events.values())

    def event(self, call: Call) -> Json:
        return self._event(call)[1]

    def new_event(self, call: Call) -> Json:
        guild = self.world.reachable(call["guild"])
        permissions.need(guild, self.world.bot, None, "create_events")
        told: Json = {
            "id": self.world.snowflake(), "guild_id": guild.id, "channel_id": None, "creator_id": self.world.bot.id,
            "description": None, "scheduled_end_time": None, "status": 1, "entity_id": None, "entity_metadata": None,
            "image": None,
            "recurrence_rule": None, "user_count": 0, "creator": user_json(self.world.bot), **call.body,
        }  # fmt: skip
        self._check_event(guild, told, past=False)
        if sum(1 for event in guild.events.values() if event["status"] in (1, 2)) >= 100:
            raise Problem(400, 30038, "Maximum number of guild scheduled events reached (100)")
        guild.events[told["id"]] = told
        self.gateway.dispatch("GUILD_SCHEDULED_EVENT_CREATE", told, guild.id, EVENTS)
        return told

    def _check_event(self, guild: GuildState, event: Json, *, past: bool) -> None:
        wrong: list[tuple[tuple[str | int, ...], str, str]] = []
        starts, ends = (
            event[name] and datetime.fromisoformat(event[name])
            for name in ("scheduled_start_time", "scheduled_end_time")
        )
        if not past and starts <= self.world.clock.now():
            wrong.append(
                (("scheduled_start_time",), "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past.")
            )
        if ends and ends <= starts:
            wrong.append(
                (("scheduled_end_time",), "GUILD_SCHEDULED_EVENT_END_BEFORE_START", "The end is not after the start.")
            )
        if event["entity_type"] == 3:
            if not ends:
                wrong.append((("scheduled_end_time",), "BASE_TYPE_REQUIRED", "This field is required"))
            if not inner(event, "entity_metadata").get("location"):
                wrong.append((("entity_metadata", "location"), "BASE_TYPE_REQUIRED", "This field is required"))
            if event["channel_id"]:
                wrong.append((("channel_id",), "BASE_TYPE_BAD_TYPE", "An event elsewhere has no channel"))
        elif event["channel_id"] not in guild.channels:
            wrong.append((("channel_id",), "BASE_TYPE_REQUIRED", "This field is required"))
        refuse(wrong)

    def edit_event(self, call: Call) -> Json:
        guild, event = self._event(call)
        if event["creator_id"] != self.world.bot.id:
            permissions.need(guild, self.world.bot, None, "manage_events")
        after = {**event, **call.body}
        moved = "scheduled_start_time" in call.body
        if (event["status"], after["status"]) not in ((1, 1), (1, 2), (1, 4), (2, 2), (2, 3), (3, 3), (4, 4)):
            raise Problem(400, 180000, "Cannot update a finished event")
        self._check_event(guild, after, past=not moved)
        event |= after
        self.gateway.dispatch("GUILD_SCHEDULED_EVENT_UPDATE", event, guild.id, EVENTS)
        return event

    def delete_event(self, call: Call) -> None:
        guild, event = self._event(call)
        if event["creator_id"] != self.world.bot.id:
            permissions.need(guild, self.world.bot, None, "manage_events")
        del guild.events[event["id"]]
        self.gateway.dispatch("GUILD_SCHEDULED_EVENT_DELETE", event, guild.id, EVENTS)
