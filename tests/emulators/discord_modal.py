"""A modal as somebody sees it, and what she fills into it."""

from dataclasses import dataclass, field
from typing import Any

from tests.emulators.discord_shown import Control, Eyes
from tests.emulators.discord_state import Attachment, Channel, Interaction, Json, Role, User

MISSING = "This field is required."
_MANY = frozenset({3, 5, 6, 7, 8, 19, 22})


@dataclass(slots=True)
class ShownModal:
    """``title``, ``text``, ``fields`` (what is in each, by label) and ``errors`` (by label)."""

    interaction: Interaction
    eyes: Eyes
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    errors: dict[str, str] = field(default_factory=dict[str, str])
    files: dict[str, list[Attachment]] = field(default_factory=dict[str, list[Attachment]])

    def __post_init__(self) -> None:
        for control in self.controls:
            self.values[control.custom_id] = _initial(control.element)

    @property
    def content(self) -> Json:
        assert self.interaction.modal is not None
        return self.interaction.modal

    @property
    def title(self) -> str:
        return str(self.content["title"])

    @property
    def text(self) -> str:
        """All its words: texts, labels, descriptions."""
        lines: list[str] = []
        for one in self.content["components"]:
            if one["type"] == 10:
                lines.append(self.eyes.words(one["content"]))
            elif one["type"] == 18:
                lines += [one["label"], one.get("description") or ""]
            else:
                lines += [inner.get("label") or "" for inner in one["components"]]
        return "\n".join(filter(None, lines))

    def __contains__(self, words: str) -> bool:
        return words in self.text

    @property
    def controls(self) -> list[Control]:
        found: list[Control] = []
        for one in self.content["components"]:
            if one["type"] == 18:
                found.append(_control(one["component"], one["label"], one.get("description") or ""))
            elif one["type"] == 1:
                found += [_control(inner, str(inner.get("label")), "") for inner in one["components"]]
        return found

    @property
    def labels(self) -> list[str]:
        return [control.label for control in self.controls]

    @property
    def hints(self) -> dict[str, str]:
        return {control.label: control.near for control in self.controls if control.near}

    @property
    def fields(self) -> dict[str, object]:
        """What is in each field, as its person sees it."""
        return {control.label: self._shown(control) for control in self.controls}

    def choices(self, label: str) -> list[str]:
        """What a field offers."""
        return [option["label"] for option in self.control(label).element.get("options") or ()]

    def control(self, label: str) -> Control:
        for control in self.controls:
            if label in (control.label, control.custom_id):
                return control
        raise AssertionError(f"{self.title!r} has no field {label!r}, only {self.labels}")

    def _shown(self, control: Control) -> object:
        held = self.values[control.custom_id]
        options = {option["value"]: option["label"] for option in control.element.get("options") or ()}
        if control.kind == 21:
            return options.get(held, "")
        if control.kind in (3, 22):
            return [options[value] for value in held]
        if control.kind in (5, 7):
            users = self.eyes.world.users
            return [users[value].name if value in users else value for value in held]
        if control.kind == 19:
            return [file.name for file in self.files.get(control.custom_id, ())]
        return held

    def put(self, control: Control, value: object) -> None:
        """What she types or chooses. Files are put by `upload`."""
        self.errors.pop(control.label, None)
        self.values[control.custom_id] = _held(control, value)

    def upload(self, control: Control, files: list[Attachment]) -> None:
        assert len(files) <= (control.element.get("max_values") or 1), "too many files"
        self.errors.pop(control.label, None)
        self.files[control.custom_id] = files
        self.values[control.custom_id] = [file.id for file in files]

    def missing(self) -> dict[str, str]:
        """What Discord itself does not let pass, by label."""
        found: dict[str, str] = {}
        for control in self.controls:
            value, element = self.values[control.custom_id], control.element
            if value in ("", None, []):
                if control.required and control.kind != 23:
                    found[control.label] = MISSING
            elif control.kind == 4 and len(value) < (element.get("min_length") or 0):
                found[control.label] = f"Must be at least {element['min_length']} characters."
            elif control.kind in _MANY and len(value) < (element.get("min_values") or 0):
                found[control.label] = f"Choose at least {element['min_values']}."
        return found

    # What is sent

    def submission(self) -> Json:
        return {
            "custom_id": self.content["custom_id"],
            "components": [self._sent(one) for one in self.content["components"]],
        }

    def _sent(self, one: Json) -> Json:
        told: Json = {"type": one["type"], "id": one["id"]}
        if one["type"] == 18:
            told["component"] = self._sent(one["component"])
        elif one["type"] == 1:
            told["components"] = [self._sent(inner) for inner in one["components"]]
        elif one["type"] != 10:
            told["custom_id"] = one["custom_id"]
            told["values" if one["type"] in _MANY else "value"] = self.values[one["custom_id"]]
        return told


def _control(element: Json, label: str, hint: str) -> Control:
    return Control(element, label, hint, element.get("required") is not False)


def _initial(element: Json) -> object:
    chosen = [option["value"] for option in element.get("options") or () if option.get("default")]
    match element["type"]:
        case 4:
            return element.get("value") or ""
        case 21:
            return chosen[0] if chosen else None
        case 23:
            return bool(element.get("default"))
        case 3 | 22:
            return chosen
        case _:
            return [value["id"] for value in element.get("default_values") or ()]


def _held(control: Control, value: object) -> object:
    element, kind = control.element, control.kind
    if kind == 4:
        assert isinstance(value, str), f"{control.label!r} takes text"
        most = element.get("max_length") or 4000
        assert len(value) <= most, f"{control.label!r} takes {most} characters, not {len(value)}"
        assert element["style"] == 2 or "\n" not in value, f"{control.label!r} is a single line"
        return value
    if kind == 23:
        assert isinstance(value, bool), f"{control.label!r} is ticked or not"
        return value
    chosen = [option_value(control, one) for one in listed(value)]
    if kind == 21:
        assert len(chosen) <= 1, f"{control.label!r} takes one choice"
        return chosen[0] if chosen else None
    most = element.get("max_values") or (len(element["options"]) if kind == 22 else 1)
    assert len(chosen) <= most, f"{control.label!r} takes {most} choices"
    return chosen


def option_value(control: Control, one: object) -> str:
    """The value behind an option's label, or the id of who or what is chosen."""
    if isinstance(one, str) and "options" in control.element:
        options = control.element["options"]
        for option in options:
            if one in (option["label"], option["value"]):
                return str(option["value"])
        raise AssertionError(f"{control.label!r} has no {one!r}, only {[option['label'] for option in options]}")
    key = str(getattr(one, "id", one))
    kinds: dict[int, tuple[type, ...]] = {5: (User,), 6: (Role,), 7: (User, Role), 8: (Channel,)}
    named = getattr(one, "user", one)
    assert isinstance(named, kinds[control.kind]), f"{control.label!r} does not take {one!r}"
    return key


def listed(value: object) -> list[Any]:
    if value is None or value == "":
        return []
    if isinstance(value, list | set):
        return list(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]  # of whatever a test gives
    if isinstance(value, tuple) and not (len(value) == 2 and isinstance(value[1], bytes)):  # pyright: ignore[reportUnknownArgumentType]  # as above
        return list(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]  # as above
    return [value]  # pyright: ignore[reportUnknownVariableType]  # as above
