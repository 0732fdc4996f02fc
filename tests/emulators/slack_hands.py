"""What somebody presses, chooses, fills and submits."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.emulators.slack_answers import TROUBLE
from tests.emulators.slack_delivery import Outcome
from tests.emulators.slack_messages import file_json
from tests.emulators.slack_methods_files import given_file
from tests.emulators.slack_modal import ShownView, put
from tests.emulators.slack_shown import Control, controls
from tests.emulators.slack_sight import Sight
from tests.emulators.slack_state import Json, Message, View

Where = Message | View | ShownView | str | None


@dataclass(frozen=True, slots=True)
class Confirm:
    """What Slack asked before it pressed."""

    title: str
    text: str
    confirm: str
    deny: str


@dataclass(slots=True, eq=False, repr=False)
class Hands(Sight):
    # The questions that she answered, the oldest first.
    confirmed: list[Confirm] = field(default_factory=list)
    _offered: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    _picked: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)

    async def presses(self, label: str, where: Where = None, *, confirms: bool = True) -> Outcome:
        """A button, or an option of an overflow menu. Looks in the modal that is open, else in the newest message that has it."""
        place, control, option = self._button(label, where)
        if not self._confirms(control.element, confirms):
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
        if not self._confirms(control.element, confirms):
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

    def _confirms(self, element: Json, confirms: bool) -> bool:
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
            told["text"] = {"emoji": True, **control.element["text"]}
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
        rows: list[tuple[str, bytes]] = given if isinstance(given, list) else [given]  # type: ignore[list-item]  # a name and bytes
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
