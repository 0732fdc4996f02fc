"""A modal or App Home as somebody sees it, and what she fills into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.emulators.slack_methods_views import value_name
from tests.emulators.slack_shown import Control, Eyes, controls, option_named, options_of
from tests.emulators.slack_state import Json, State, View

MISSING = "Please complete this required field."


@dataclass(frozen=True, slots=True)
class ShownView:
    """``title``, ``text``, ``buttons``, ``fields`` (what is in each, by label) and ``errors`` (by label)."""

    team: State
    view: View

    @property
    def eyes(self) -> Eyes:
        return Eyes(self.team)

    @property
    def title(self) -> str:
        return str((self.view.content.get("title") or {}).get("text", ""))

    @property
    def submit(self) -> str:
        return str((self.view.content.get("submit") or {}).get("text", ""))

    @property
    def text(self) -> str:
        return "\n".join(self.eyes.blocks(self.view.content["blocks"]))

    def __contains__(self, words: str) -> bool:
        return words in self.text

    @property
    def controls(self) -> list[Control]:
        return list(controls(self.eyes, self.view.content["blocks"]))

    @property
    def buttons(self) -> list[str]:
        return [control.label for control in self.controls if control.kind == "button"]

    @property
    def fields(self) -> dict[str, object]:
        return {c.label: self._value(c) for c in self.controls if c.is_input}

    @property
    def hints(self) -> dict[str, str]:
        blocks = self.view.content["blocks"]
        return {b["label"]["text"]: b["hint"]["text"] for b in blocks if b["type"] == "input" and b.get("hint")}

    @property
    def errors(self) -> dict[str, str]:
        labels = {c.block: c.label for c in self.controls if c.is_input}
        return {labels[block]: sentence for block, sentence in self.view.errors.items()}

    def choices(self, label: str) -> list[str]:
        """What a field offers, by its label."""
        return [self.eyes.text(option["text"]) for option in options_of(self.control(label).element)]

    def control(self, label: str) -> Control:
        """The field or select with the label; its section's words will do where it has none."""
        others = [c for c in self.controls if c.kind not in ("button", "overflow")]
        for control in others:
            if control.label == label:
                return control
        for control in others:
            if not control.is_input and label in control.near:
                return control
        raise AssertionError(f"{self.title!r} has no field {label!r}, only {[c.label for c in others]}")

    def value(self, control: Control) -> Json:
        return self.view.values[control.block][control.action]

    def _value(self, control: Control) -> object:
        held: Any = self.value(control)[value_name(control.kind)]
        if control.kind.endswith("users_select"):
            names = [self.team.users[name].name for name in _several(held)]
            return names if control.kind.startswith("multi") else "".join(names)
        if isinstance(held, dict) and "text" in held:
            return self.eyes.text(held["text"])
        if isinstance(held, list):
            return [self.eyes.text(one["text"]) if isinstance(one, dict) and "text" in one else one for one in held]
        return held if held is not None else ""

    def missing(self) -> dict[str, str]:
        """What Slack itself does not let pass, by block."""
        found: dict[str, str] = {}
        for control in self.controls:
            if not control.is_input:
                continue
            value = self.value(control)[value_name(control.kind)]
            if value in (None, "", []):
                if not control.optional:
                    found[control.block] = MISSING
            elif isinstance(value, str) and len(value) < int(control.element.get("min_length", 0)):
                found[control.block] = f"Please use at least {control.element['min_length']} characters."
        return found


def _several(held: Any) -> Sequence[str]:
    return held if isinstance(held, list) else [held] if held else []


def put(control: Control, eyes: Eyes, value: object, offered: list[Json]) -> Json:
    """The element's value after a person chose or typed it. ``offered``: what an external select showed."""
    kind, element = control.kind, control.element
    name = value_name(kind)
    if kind in ("plain_text_input", "email_text_input", "url_text_input", "number_input"):
        assert isinstance(value, str), f"{control.label!r} takes text"
        most = int(element.get("max_length", 3000))
        assert len(value) <= most, f"{control.label!r} takes {most} characters, not {len(value)}"
        return {"type": kind, name: value or None}
    if kind in ("datepicker", "timepicker", "datetimepicker", "channels_select", "conversations_select"):
        return {"type": kind, name: value or None}
    if kind.endswith("users_select"):
        people = [one if isinstance(one, str) else one.id for one in _listed(value)]
        return {"type": kind, name: people if kind.startswith("multi") else (people or [None])[0]}
    if kind == "file_input":
        return {"type": kind, name: _listed(value)}
    options = offered if "external" in kind else options_of(element)
    chosen: list[Json] = []
    for label in _listed(value):
        option = option_named(options, str(label), eyes)
        assert option is not None, f"{control.label!r} has no {label!r}, only {[eyes.text(o['text']) for o in options]}"
        chosen.append(option)
    most = int(element.get("max_selected_items", 100))
    assert len(chosen) <= most, f"{control.label!r} takes {most} choices"
    if name == "selected_options":
        return {"type": kind, name: chosen}
    assert len(chosen) <= 1, f"{control.label!r} takes one choice"
    return {"type": kind, name: chosen[0] if chosen else None}


def _listed(value: object) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple | set) else [value]
