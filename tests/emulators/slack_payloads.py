"""The payloads of commands and interactions, with the fields Slack sends."""

from dataclasses import dataclass
from typing import Any

from tests.emulators.slack_messages import message_json
from tests.emulators.slack_methods_people import person_json
from tests.emulators.slack_methods_views import view_json
from tests.emulators.slack_state import IM, MPIM, PRIVATE, Channel, Json, Message, State, User, View
from tests.emulators.slack_world import World

_NAMES = {IM: "directmessage", PRIVATE: "privategroup"}


@dataclass(slots=True)
class Payloads:
    world: World

    def command(self, team: State, user: User, channel: Channel, command: str, text: str) -> Json:
        payload: Json = {
            "token": "verification-token",
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": channel_name(channel),
            "user_id": user.id,
            "user_name": user.handle,
            "command": command,
            "text": text,
            "api_app_id": self.world.app.id,
            "is_enterprise_install": "true" if team.org_wide else "false",
            "response_url": self.world.response_url(team, channel.id, user.id),
            "trigger_id": self.world.trigger(team, user.id),
        }
        if team.enterprise:
            payload |= {"enterprise_id": team.enterprise, "enterprise_name": team.enterprise_name}
        return payload

    def press(self, team: State, user: User, action: Json, where: Message | View) -> Json:
        """``block_actions`` of a message, a modal or App Home."""
        payload = self._common("block_actions", team, user)
        action = {**action, "action_ts": self.world.stamps.next()}
        if isinstance(where, View):
            payload |= {
                "container": {"type": "view", "view_id": where.id},
                "trigger_id": self.world.trigger(team, user.id, where.id if where.kind == "modal" else ""),
                "view": view_json(self.world, team, where),
            }
        else:
            channel = team.channels[where.channel]
            payload |= {
                "container": self._container(where),
                "trigger_id": self.world.trigger(team, user.id),
                "channel": {"id": channel.id, "name": channel_name(channel)},
                "response_url": self.world.response_url(team, channel.id, user.id, where),
                "state": {"values": {}},
            }
            if not where.ephemeral:
                payload["message"] = message_json(team, where)
        return {**payload, "actions": [action]}

    def submission(self, team: State, user: User, view: View) -> Json:
        payload = self._common("view_submission", team, user)
        payload |= {
            "trigger_id": self.world.trigger(team, user.id, view.id),
            "view": view_json(self.world, team, view),
            "response_urls": [],
        }
        return payload

    def closed(self, team: State, user: User, view: View, *, all_of_them: bool) -> Json:
        payload = self._common("view_closed", team, user)
        return {**payload, "view": view_json(self.world, team, view), "is_cleared": all_of_them}

    def suggestion(self, team: State, user: User, where: Message | View, block: str, action: str, typed: str) -> Json:
        payload = self._common("block_suggestion", team, user)
        payload |= {"action_id": action, "block_id": block, "value": typed}
        if isinstance(where, View):
            payload |= {
                "container": {"type": "view", "view_id": where.id},
                "view": view_json(self.world, team, where),
            }
        else:
            channel = team.channels[where.channel]
            payload |= {
                "container": self._container(where),
                "channel": {"id": channel.id, "name": channel_name(channel)},
            }
            if not where.ephemeral:
                payload["message"] = message_json(team, where)
        return payload

    def shortcut(self, team: State, user: User, callback_id: str) -> Json:
        payload = self._common("shortcut", team, user)
        return {
            **payload,
            "callback_id": callback_id,
            "trigger_id": self.world.trigger(team, user.id),
            "action_ts": self.world.stamps.next(),
        }

    def message_shortcut(self, team: State, user: User, callback_id: str, message: Message) -> Json:
        channel = team.channels[message.channel]
        payload = self._common("message_action", team, user)
        return {
            **payload,
            "callback_id": callback_id,
            "trigger_id": self.world.trigger(team, user.id),
            "action_ts": self.world.stamps.next(),
            "message_ts": message.ts,
            "message": message_json(team, message),
            "channel": {"id": channel.id, "name": channel_name(channel)},
            "response_url": self.world.response_url(team, channel.id, user.id, message),
        }

    def _common(self, kind: str, team: State, user: User) -> Json:
        workspace: Any = {"id": team.id, "domain": team.domain}
        enterprise: Any = None
        if team.enterprise:
            workspace |= {"enterprise_id": team.enterprise, "enterprise_name": team.enterprise_name}
            enterprise = {"id": team.enterprise, "name": team.enterprise_name}
        return {
            "type": kind,
            "token": "verification-token",
            "api_app_id": self.world.app.id,
            # An installation for a whole organisation names no workspace here, only the person's.
            "team": None if team.org_wide else workspace,
            "enterprise": enterprise,
            "is_enterprise_install": team.org_wide,
            "user": person_json(team, user),
        }

    def _container(self, message: Message) -> Json:
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.ephemeral,
        }
        if message.reply:
            container["thread_ts"] = message.thread
        return container


def channel_name(channel: Channel) -> str:
    return channel.name if channel.kind == MPIM else _NAMES.get(channel.kind, channel.name)
