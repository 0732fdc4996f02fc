"""Who somebody is, which workspace this is, and whose token."""

import secrets
from dataclasses import dataclass, field

from tests.emulators.slack_call import Call, Method, Methods
from tests.emulators.slack_methods_conversations import page
from tests.emulators.slack_state import Json, State, User
from tests.emulators.slack_world import Refusal, World


@dataclass(slots=True)
class PeopleMethods:
    world: World
    # One-use tickets to the socket.
    tickets: set[str] = field(default_factory=set)

    def methods(self) -> Methods:
        return {
            "api.test": Method(self.api_test, (), 4, "none"),
            "auth.test": Method(self.auth_test, (), 5),
            "auth.revoke": Method(self.revoke),
            "apps.connections.open": Method(self.connect, ("connections:write",), 1, "app"),
            "bots.info": Method(self.bot, ("users:read",)),
            "team.info": Method(self.team, ("team:read",)),
            "users.info": Method(self.user, ("users:read",), 4),
            "users.list": Method(self.users, ("users:read",), 2),
            "users.lookupByEmail": Method(self.by_email, ("users:read.email",)),
            "reactions.add": Method(self.react, ("reactions:write",)),
        }

    async def api_test(self, call: Call) -> Json:
        if error := call.text("error"):
            raise Refusal(error, args=call.arguments)
        return {"args": call.arguments}

    async def auth_test(self, call: Call) -> Json:
        team, token = call.team, call.caller
        answer: Json = {
            "url": f"https://{team.domain}.slack.com/",
            "team": team.name,
            "user": call.bot.handle,
            "team_id": team.id,
            "user_id": token.user,
            "bot_id": token.bot_id,
            "is_enterprise_install": bool(token.enterprise),
        }
        if team.enterprise:
            answer["enterprise_id"] = team.enterprise
        if token.enterprise:
            # The organisation itself answers, not one of its workspaces.
            answer |= {"team_id": team.enterprise, "team": team.enterprise_name}
        if token.expires is not None:
            answer["expires_in"] = int((token.expires - self.world.clock.now()).total_seconds())
        return answer

    async def revoke(self, call: Call) -> Json:
        if call.flag("test"):
            return {"revoked": False}
        call.caller.revoked = True
        return {"revoked": True}

    async def connect(self, call: Call) -> Json:
        assert call.caller.kind == "app"
        ticket = secrets.token_urlsafe(16)
        self.tickets.add(ticket)
        url = self.world.origin.replace("http://", "ws://", 1)
        return {"url": f"{url}/link/?ticket={ticket}&app_id={self.world.app.id}"}

    async def bot(self, call: Call) -> Json:
        bot = next((u for u in call.team.users.values() if u.bot_id and u.bot_id == call.required("bot")), None)
        if bot is None:
            raise Refusal("bot_not_found")
        return {
            "bot": {
                "id": bot.bot_id,
                "deleted": False,
                "name": bot.name,
                "app_id": self.world.app.id,
                "user_id": bot.id,
            }
        }

    async def team(self, call: Call) -> Json:
        if (wanted := call.text("team")) and wanted != call.team.id:
            raise Refusal("team_not_found")
        team = call.team
        told: Json = {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": ""}
        if team.enterprise:
            told |= {"enterprise_id": team.enterprise, "enterprise_name": team.enterprise_name}
        return {"team": told}

    async def user(self, call: Call) -> Json:
        user = self.world.person_or_refuse(call.team, call.required("user", "user_not_found"))
        return {"user": user_json(call, user)}

    async def users(self, call: Call) -> Json:
        # Slackbot is in the list and is no bot by its own account.
        slackbot = User("USLACKBOT", call.team.id, "Slackbot", "slackbot")
        shown, cursor = page(call, [slackbot, *call.team.users.values()], lambda user: user.id, 1000, 1000)
        return {
            "members": [user_json(call, user) for user in shown],
            "cache_ts": int(self.world.clock.now().timestamp()),
            "response_metadata": {"next_cursor": cursor},
        }

    async def by_email(self, call: Call) -> Json:
        email = call.required("email", "users_not_found").casefold()
        found = next((u for u in call.team.users.values() if u.email.casefold() == email and not u.deleted), None)
        if found is None:
            raise Refusal("users_not_found")
        return {"user": user_json(call, found)}

    async def react(self, call: Call) -> Json:
        channel = call.visible(call.required("channel", "channel_not_found"))
        message = channel.find(call.required("timestamp", "no_item_specified"))
        name = call.required("name", "invalid_name").strip(":")
        if message is None:
            raise Refusal("message_not_found")
        if channel.archived:
            raise Refusal("is_archived")
        who = message.reactions.setdefault(name, [])
        if call.bot.id in who:
            raise Refusal("already_reacted")
        who.append(call.bot.id)
        return {}


def user_json(call: Call, user: User) -> Json:
    """Locale and e-mail only for who asks and may."""
    profile: Json = {"real_name": user.name, "display_name": user.handle, "real_name_normalized": user.name}
    if call.has_scope("users:read.email") and user.email:
        profile["email"] = user.email
    told: Json = {
        "id": user.id,
        "team_id": user.team,
        "name": user.handle,
        "deleted": user.deleted,
        "is_bot": user.bot,
        "is_app_user": False,
        "updated": 1,
        "profile": profile,
    }
    if not user.deleted:
        told |= {
            "real_name": user.name,
            "tz": user.tz,
            "tz_label": user.tz,
            "tz_offset": user.tz_offset,
            "is_admin": False,
            "is_owner": False,
            "is_restricted": False,
        }
        if call.flag("include_locale"):
            told["locale"] = user.locale
    if user.bot:
        profile |= {"bot_id": user.bot_id, "api_app_id": call.world.app.id}
    return told


def person_json(team: State, user: User) -> Json:
    """A person in an interaction."""
    return {"id": user.id, "username": user.handle, "name": user.handle, "team_id": team.id}
