"""Modals and App Home: opened by a trigger that lives three seconds, changed by their hash."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.emulators.slack_blocks import problems_of_view
from tests.emulators.slack_call import Call, Method, Methods
from tests.emulators.slack_messages import Store, with_block_ids
from tests.emulators.slack_state import Json, State, View
from tests.emulators.slack_world import Refusal, Trigger, World

_DEPTH = 3
_TRIGGER_LIVES = timedelta(seconds=3)
_REMEMBERED = (
    "type", "title", "submit", "close", "blocks", "private_metadata", "callback_id", "clear_on_close", "notify_on_close",
    "external_id",
)  # fmt: skip


@dataclass(slots=True)
class ViewMethods:
    world: World
    store: Store

    def methods(self) -> Methods:
        return {
            "views.open": Method(self.open, (), 4),
            "views.push": Method(self.push, (), 4),
            "views.update": Method(self.update, (), 4),
            "views.publish": Method(self.publish, (), 4),
        }

    async def open(self, call: Call) -> Json:
        content = self._given(call, "modal")
        trigger = self._exchange(call)
        self.close_all(call.team, trigger.user)
        view = self.add(call.team, trigger.user, content)
        return {"view": view_json(self.world, call.team, view)}

    async def push(self, call: Call) -> Json:
        content = self._given(call, "modal")
        trigger = self._look(call)
        stack = call.team.stack(trigger.user)
        if not stack or not trigger.view:
            raise Refusal("invalid_trigger_id")
        if len(stack) >= _DEPTH:
            raise Refusal("push_limit_reached")
        self._exchange(call)
        view = self.add(call.team, trigger.user, content)
        return {"view": view_json(self.world, call.team, view)}

    async def update(self, call: Call) -> Json:
        view = self._known(call)
        if (given := call.text("hash")) and given != view.hash:
            raise Refusal("hash_conflict")
        self.change(view, self._given(call, view.kind, same=view.id))
        return {"view": view_json(self.world, call.team, view)}

    async def publish(self, call: Call) -> Json:
        user = self.world.person_or_refuse(call.team, call.required("user_id"))
        if user.bot or user.deleted or not self.world.feature("features", "app_home", "home_tab_enabled"):
            raise Refusal("not_enabled")
        content = self._given(call, "home")
        view = call.team.homes.get(user.id)
        if view is None:
            view = View(self.world.names.next("V"), call.team.id, user.id, "home", content)
            view.root = view.id
            call.team.homes[user.id] = call.team.views[view.id] = view
        elif (given := call.text("hash")) and given != view.hash:
            raise Refusal("hash_conflict")
        self.change(view, content)
        return {"view": view_json(self.world, call.team, view)}

    # Used for the answers to submissions too

    def check(self, team: State, content: object, kind: str, same: str = "") -> Json:
        if not isinstance(content, dict):
            raise Refusal("invalid_arguments", messages=["[ERROR] must provide an object [json-pointer:/view]"])
        problems = problems_of_view(content)
        if not problems and content["type"] != kind:
            problems = [f"[ERROR] view type must be {kind} [json-pointer:/view/type]"]
        if problems:
            raise Refusal("invalid_arguments", messages=problems)
        external = content.get("external_id")
        if external and any(v.content.get("external_id") == external and v.id != same for v in team.views.values()):
            raise Refusal("duplicate_external_id")
        self.store.check_files(team, content["blocks"])
        self.store.check_people(team, content["blocks"])
        return {**{k: v for k, v in content.items() if k in _REMEMBERED}, "blocks": with_block_ids(content["blocks"])}

    def add(self, team: State, user: str, content: Json) -> View:
        stack = team.stacks.setdefault(user, [])
        view = View(self.world.names.next("V"), team.id, user, "modal", content)
        view.previous = stack[-1] if stack else ""
        view.root = team.views[stack[0]].root if stack else view.id
        view.touch(self.world.stamps.next())
        team.views[view.id] = view
        stack.append(view.id)
        fill_initials(view)
        self.world.changed()
        return view

    def change(self, view: View, content: Json) -> None:
        """What was typed stays where block and action keep their ids."""
        view.content = content
        view.errors = {}
        view.touch(self.world.stamps.next())
        kept = view.values
        view.values = {}
        fill_initials(view)
        for block, actions in view.values.items():
            for action, value in actions.items():
                before = kept.get(block, {}).get(action)
                if before is not None and before.get("type") == value.get("type"):
                    view.values[block][action] = before
        self.world.changed()

    def close_top(self, team: State, user: str) -> None:
        stack = team.stacks.get(user, [])
        if stack:
            team.views.pop(stack.pop(), None)
        self.world.changed()

    def close_all(self, team: State, user: str) -> None:
        while team.stacks.get(user):
            self.close_top(team, user)

    # Arguments

    def _given(self, call: Call, kind: str, same: str = "") -> Json:
        content: Any = call.structure("view", "invalid_arguments")
        return self.check(call.team, content, kind, same)

    def _look(self, call: Call) -> Trigger:
        name = call.text("trigger_id") or call.text("interactivity_pointer")
        trigger = self.world.triggers.get(name)
        if trigger is None or trigger.team != call.team.id:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if self.world.clock.now() - trigger.made > _TRIGGER_LIVES:
            raise Refusal("expired_trigger_id")
        return trigger

    def _exchange(self, call: Call) -> Trigger:
        trigger = self._look(call)
        trigger.used = True
        return trigger

    def _known(self, call: Call) -> View:
        name, external = call.text("view_id"), call.text("external_id")
        for view in call.team.views.values():
            if name and view.id == name:
                return view
            if external and not name and view.content.get("external_id") == external:
                return view
        raise Refusal("not_found")


def inputs_of(content: Json) -> list[tuple[str, Json]]:
    """Every element that holds a value: (block_id, element), of input blocks and of actions alike."""
    found: list[tuple[str, Json]] = []
    for block in content["blocks"]:
        match block:
            case {"type": "input", "element": dict(element)}:
                found.append((block["block_id"], element))
            case {"type": "actions", "elements": list(elements)}:
                found += [(block["block_id"], e) for e in elements if e.get("type") not in ("button", "overflow")]
            case {"type": "section", "accessory": dict(element)}:
                if element.get("type") not in ("button", "overflow", "image"):
                    found.append((block["block_id"], element))
            case _:
                continue
    return found


_EMPTY = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", ""),
}


def value_name(kind: str) -> str:
    """Under which name an element of the kind tells its value."""
    return _EMPTY[kind][0]


def empty_value(element: Json) -> Json:
    """What an element tells before anybody touched it."""
    kind = str(element["type"])
    name, initial = _EMPTY[kind]
    value: Any = element.get(initial) if initial else None
    if value is None and name.endswith("s") and name != "files":
        value = []
    return {"type": kind, name: [] if name == "files" else value}


def fill_initials(view: View) -> None:
    for block, element in inputs_of(view.content):
        view.values.setdefault(block, {})[element.get("action_id") or f"auto-{block}"] = empty_value(element)


def view_json(world: World, team: State, view: View) -> Json:
    content = view.content
    return {
        "id": view.id,
        "team_id": team.id,
        "type": view.kind,
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "title": content.get("title"),
        "submit": content.get("submit"),
        "close": content.get("close"),
        "clear_on_close": bool(content.get("clear_on_close")),
        "notify_on_close": bool(content.get("notify_on_close")),
        "previous_view_id": view.previous or None,
        "root_view_id": view.root,
        "app_id": world.app.id,
        "external_id": content.get("external_id", ""),
        # Slack names the organisation where the application was installed for all of it.
        "app_installed_team_id": team.enterprise if team.org_wide else team.id,
        "bot_id": world.bot_of(team).bot_id,
    }
