"""What people see: stored blocks as plain words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.emulators.slack_state import Json, Message, State

_ANGLE = re.compile(r"<([^>|]*)(?:\|([^>]*))?>")
_BOLD = tuple(
    re.compile(
        rf"(?<![\w{re.escape(mark)}]){re.escape(mark)}(?=\S)(.+?)(?<=\S){re.escape(mark)}(?![\w{re.escape(mark)}])"
    )
    for mark in "*_~`"
)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_LINE = "———"


@dataclass(frozen=True, slots=True)
class Control:
    """Something that can be pressed or filled."""

    block: str
    element: Json
    label: str
    near: str = ""
    is_input: bool = False
    optional: bool = True

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def action(self) -> str:
        return str(self.element.get("action_id") or f"auto-{self.block}")


@dataclass(frozen=True, slots=True)
class Eyes:
    """Reads for somebody of a workspace."""

    team: State

    def message(self, message: Message) -> str:
        lines: list[str] = []
        if message.blocks:
            for block in message.blocks:
                lines += self.block(block)
        elif message.text:
            lines.append(self.mrkdwn(message.text))
        for name in message.files:
            file = self.team.files.get(name)
            lines.append(f"(file: {file.title if file else name})")
        return "\n".join(lines)

    def blocks(self, blocks: list[Json]) -> list[str]:
        return [line for block in blocks for line in self.block(block)]

    def block(self, block: Json) -> list[str]:
        match block["type"]:
            case "section":
                return self._section(block)
            case "image":
                return self._image(block)
            case "rich_text":
                return self.rich(block)
            case "table":
                return [" | ".join(self._cell(cell) for cell in row) for row in block["rows"]]
            case _:
                return self._short(block)

    def _short(self, block: Json) -> list[str]:
        match block["type"]:
            case "header":
                return [block["text"]["text"]]
            case "context" | "actions":
                return [" ".join(self._any(element) for element in block["elements"])]
            case "divider":
                return [_LINE]
            case "input":
                return [f"{self.text(block['label'])}: {self.element(block['element'])}"]
            case "markdown":
                return str(block["text"]).splitlines()
            case other:
                return [f"({other})"]

    def _section(self, block: Json) -> list[str]:
        lines = [self.text(block["text"])] if "text" in block else []
        lines += [self.text(field) for field in block.get("fields", ())]
        if accessory := block.get("accessory"):
            lines.append(self._any(accessory))
        return lines

    def _image(self, block: Json) -> list[str]:
        title = [self.text(block["title"])] if "title" in block else []
        return [*title, f"(image: {block['alt_text']})"]

    def _cell(self, cell: Json) -> str:
        if cell["type"] == "rich_text":
            return " ".join(self.rich(cell))
        return str(cell.get("text", cell.get("value", "")))

    def _any(self, element: Json) -> str:
        return self.text(element) if element["type"] in ("mrkdwn", "plain_text") else self.element(element)

    def element(self, element: Json) -> str:
        match element["type"]:
            case "button":
                return f"[{element['text']['text']}]"
            case "image":
                return f"(image: {element['alt_text']})"
            case "overflow":
                return f"[… {' / '.join(self.text(o['text']) for o in element['options'])}]"
            case "radio_buttons" | "checkboxes":
                return " ".join(f"( ) {self.text(option['text'])}" for option in element["options"])
            case _:
                return f"[{self.label_of(element)} ▾]"

    def label_of(self, element: Json) -> str:
        chosen = element.get("initial_option") or {}
        if "text" in chosen:
            return self.text(chosen["text"])
        return str(element.get("placeholder", {}).get("text", element["type"]))

    def text(self, text: Json) -> str:
        return self.mrkdwn(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])

    def mrkdwn(self, text: str) -> str:
        """Marks of emphasis vanish, mentions and links become what one reads, escapes their character."""
        shown = _ANGLE.sub(lambda found: self._angle(found[1], found[2]), text)
        for mark in _BOLD:
            shown = mark.sub(r"\1", shown)
        for entity, character in _ENTITIES:
            shown = shown.replace(entity, character)
        return shown

    def _angle(self, what: str, label: str | None) -> str:
        if what.startswith("@"):
            return self.user(what[1:])
        if what.startswith("#"):
            return self.channel(what[1:])
        if what.startswith("!date^"):
            return label or ""
        if what.startswith("!"):
            return label or f"@{what[1:]}"
        return label or what

    def user(self, name: str) -> str:
        user = self.team.users.get(name)
        return f"@{user.name if user else name}"

    def channel(self, name: str) -> str:
        channel = self.team.channels.get(name)
        return f"#{channel.name if channel else name}"

    # Rich text

    def rich(self, block: Json) -> list[str]:
        return [line for element in block["elements"] for line in self._rich_part(element)]

    def _rich_part(self, part: Json) -> list[str]:
        match part["type"]:
            case "rich_text_list":
                return self._list(part)
            case "rich_text_quote":
                return [f"> {line}" for line in self._inline(part).splitlines()]
            case _:
                return self._inline(part).rstrip("\n").splitlines() or [""]

    def _list(self, part: Json) -> list[str]:
        indent = "  " * int(part.get("indent", 0))
        first = int(part.get("offset", 0)) + 1
        lines: list[str] = []
        for number, item in enumerate(part["elements"], first):
            mark = f"{number}." if part["style"] == "ordered" else "•"
            lines.append(f"{indent}{mark} {self._inline(item)}")
        return lines

    def _inline(self, part: Json) -> str:
        return "".join(self._word(element) for element in part["elements"])

    def _word(self, element: Json) -> str:
        match element["type"]:
            case "text":
                return str(element["text"])
            case "link":
                return str(element.get("text") or element["url"])
            case "user":
                return self.user(element["user_id"])
            case "channel":
                return self.channel(element["channel_id"])
            case "emoji":
                return f":{element['name']}:"
            case "usergroup":
                return f"@{element['usergroup_id']}"
            case "broadcast":
                return f"@{element['range']}"
            case "date":
                moment = datetime.fromtimestamp(int(element["timestamp"]), UTC)
                return str(element.get("fallback") or moment.strftime("%Y-%m-%d %H:%M"))
            case other:
                return f"({other})"


def controls(eyes: Eyes, blocks: list[Json]) -> Iterator[Control]:
    """Everything one can touch, in order."""
    near = ""
    for block in blocks:
        match block:
            case {"type": "input"}:
                label = eyes.text(block["label"])
                yield Control(
                    block["block_id"],
                    block["element"],
                    label,
                    near,
                    is_input=True,
                    optional=bool(block.get("optional")),
                )
            case {"type": "actions", "elements": list(elements)}:
                for element in elements:
                    yield Control(block["block_id"], element, _label(eyes, element), near)
            case {"type": "section", "accessory": dict(accessory)} if accessory.get("type") != "image":
                near = eyes.text(block["text"]) if "text" in block else near
                yield Control(block["block_id"], accessory, _label(eyes, accessory), near)
            case _:
                near = "\n".join(eyes.block(block)) or near


def _label(eyes: Eyes, element: Json) -> str:
    if element["type"] == "button":
        return str(element["text"]["text"])
    return str(element.get("placeholder", {}).get("text", ""))


def option_named(options: list[Any], label: str, eyes: Eyes) -> Json | None:
    return next((option for option in options if eyes.text(option["text"]) == label), None)


def options_of(element: Json) -> list[Json]:
    groups = element.get("option_groups") or ()
    return [*(element.get("options") or ()), *(option for group in groups for option in group["options"])]
