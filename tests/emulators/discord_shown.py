"""What people see: a message's components as plain words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.emulators.discord_state import Json, Message, inner
from tests.emulators.discord_world import World

ZONE = ZoneInfo("Europe/Copenhagen")
_LINE = "———"
_MARKS = tuple(
    re.compile(rf"(?<!\\){re.escape(m)}(?=\S)(.+?)(?<=[^\s\\]){re.escape(m)}", re.DOTALL)
    for m in ("***", "**", "__", "~~", "||", "`")
)
_SLANTED = re.compile(r"(?<![\\\w*])([*_])(?=[^\s*_])(.+?)(?<=[^\s\\])\1(?![\w*])", re.DOTALL)
_LEADS = re.compile(r"^(?:-# |#{1,3} |>>> |> )", re.MULTILINE)
_LINK = re.compile(r"(?<!\\)\[((?:[^\]\\]|\\.)+)\]\(<?(\S+?)>?(?: \"[^\"]*\")?\)")
_STAMP = re.compile(r"<t:(-?\d+)(?::([tTdDfFRsS]))?>")
_NAMED = re.compile(r"<(@!?|@&|#)(\d+)>")
_SLASH = re.compile(r"<(/[^:>]+):\d+>")
_EMOJI = re.compile(r"<a?:(\w+):\d+>")
_ESCAPED = re.compile(r"\\([^\w\s])")
_FORMS = {
    "t": "%H:%M", "T": "%H:%M:%S", "d": "%d/%m/%Y", "D": "%-d %B %Y", "f": "%-d %B %Y %H:%M", "F": "%A, %-d %B %Y %H:%M",
    "R": "on %-d %B %Y %H:%M", "s": "%d/%m/%Y, %H:%M", "S": "%d/%m/%Y, %H:%M:%S",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Control:
    """Something that can be pressed or chosen. ``near``: the words it stands beside or under."""

    element: Json
    label: str
    near: str = ""
    required: bool = True

    @property
    def kind(self) -> int:
        return int(self.element["type"])

    @property
    def custom_id(self) -> str:
        return str(self.element.get("custom_id", ""))


@dataclass(frozen=True, slots=True)
class Eyes:
    world: World

    def message(self, message: Message) -> str:
        if message.thinking:
            return f"{message.author.name} is thinking…"
        lines = [self.words(message.content)] if message.content else []
        for embed in message.embeds:
            lines += self._embed(embed)
        lines += self.components(message.components)
        if message.poll is not None:
            lines.append(str(message.poll["question"].get("text", "")))
            lines += [f"( ) {answer['poll_media'].get('text', '')}" for answer in message.poll["answers"]]
        shown = repr(message.components)
        lines += [f"(file: {file.name})" for file in message.attachments if file.url not in shown]
        return "\n".join(lines)

    def _embed(self, embed: Json) -> list[str]:
        lines = [self.words(embed[name]) for name in ("title", "description") if embed.get(name)]
        lines += [f"{self.words(field['name'])}: {self.words(field['value'])}" for field in embed.get("fields") or ()]
        return lines + ([self.words(embed["footer"]["text"])] if embed.get("footer") else [])

    def components(self, components: list[Json]) -> list[str]:
        return [line for one in components for line in self._component(one)]

    def _component(self, one: Json) -> list[str]:
        match one["type"]:
            case 1:
                return [" ".join(self._control(inner) for inner in one["components"])]
            case 9:
                return [*self.components(one["components"]), self._control(one["accessory"])]
            case 10:
                return self.words(one["content"]).splitlines()
            case 12:
                return [f"(image: {item.get('description') or item['media']['url']})" for item in one["items"]]
            case 13:
                return [f"(file: {one.get('name', '')})"]
            case 14:
                return [_LINE] if one.get("divider") is not False else []
            case 17:
                return self.components(one["components"])
            case _:
                return [self._control(one)]

    def _control(self, one: Json) -> str:
        if one["type"] == 2:
            return f"[{button_label(one)}]"
        if one["type"] == 11:
            return f"(image: {one.get('description') or ''})"
        return f"[{one.get('placeholder') or 'Make a selection'} ▾]"

    def words(self, text: str) -> str:
        """Markdown as it looks."""
        text = _LEADS.sub("", text)
        text = _LINK.sub(r"\1", text)
        for mark in _MARKS:
            text = mark.sub(r"\1", text)
        text = _SLANTED.sub(r"\2", text)
        text = _STAMP.sub(lambda m: moment(int(m[1]), m[2] or "f"), text)
        text = _NAMED.sub(self._name, text)
        return _ESCAPED.sub(r"\1", _EMOJI.sub(r":\1:", _SLASH.sub(r"\1", text)))

    def _name(self, found: "re.Match[str]") -> str:
        kind, key = found[1], found[2]
        if kind == "#":
            channel = self.world.channels.get(key)
            return f"#{channel.name}" if channel else "#unknown"
        if kind == "@&":
            roles = (guild.roles.get(key) for guild in self.world.guilds.values())
            return "@" + next((role.name for role in roles if role is not None), "unknown-role")
        user = self.world.users.get(key)
        return f"@{user.name}" if user else "@unknown-user"


def moment(seconds: int, form: str) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone(ZONE).strftime(_FORMS[form])


def button_label(one: Json) -> str:
    emoji = inner(one, "emoji").get("name", "")
    return " ".join(part for part in (emoji, one.get("label") or "") if part)


def controls(eyes: Eyes, components: list[Json], near: str = "") -> Iterator[Control]:
    """Buttons and selects of a message, in order, each with the text before it."""
    for one in components:
        kind = one["type"]
        if kind == 10:
            near = eyes.words(one["content"])
        elif kind == 9:
            beside = "\n".join(eyes.components(one["components"]))
            if one["accessory"]["type"] == 2:
                yield Control(one["accessory"], button_label(one["accessory"]), beside)
            near = beside
        elif kind in (1, 17):
            yield from controls(eyes, one["components"], near)
        elif kind == 2:
            yield Control(one, button_label(one), near)
        elif kind in (3, 5, 6, 7, 8):
            yield Control(one, str(one.get("placeholder") or ""), near)
