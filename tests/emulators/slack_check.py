"""Where in a payload something is not as Slack wants it: sentences with JSON pointers, as Slack answers them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from tests.emulators.slack_state import Json


@dataclass(slots=True)
class Notes:
    """Collects what is wrong."""

    problems: list[str] = field(default_factory=list)

    def add(self, where: str, sentence: str) -> None:
        self.problems.append(f"[ERROR] {sentence} [json-pointer:{where}]")

    def shape(self, node: object, where: str, needed: Collection[str], allowed: Collection[str] = ()) -> Json | None:
        """The node as an object with exactly these fields; None where it is none at all."""
        if not isinstance(node, dict):
            self.add(where, "must provide an object")
            return None
        for name in needed:
            if name not in node:
                self.add(where, f"missing required field: {name}")
        for name in node:
            if name not in needed and name not in allowed:
                self.add(where, f"invalid additional property: {name}")
        return node

    def text(self, node: Json, name: str, where: str, most: int, least: int = 1) -> str:
        """A string field of the right length, if it is there."""
        value = node.get(name)
        if name not in node:
            return ""
        if not isinstance(value, str):
            self.add(f"{where}/{name}", "must be a string")
            return ""
        if len(value) > most:
            self.add(f"{where}/{name}", f"must be less than {most + 1} characters")
        if len(value) < least:
            self.add(f"{where}/{name}", f"must be more than {least - 1} characters")
        return value

    def one_of(self, node: Json, name: str, where: str, values: Collection[object]) -> None:
        if name in node and node[name] not in values:
            self.add(f"{where}/{name}", f"must be one of {', '.join(map(str, values))}")

    def flags(self, node: Json, where: str, *names: str) -> None:
        for name in names:
            if name in node and not isinstance(node[name], bool):
                self.add(f"{where}/{name}", "must be a boolean")

    def number(self, node: Json, name: str, where: str, least: int, most: int) -> None:
        value = node.get(name)
        if name not in node:
            return
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.add(f"{where}/{name}", f"must be a whole number from {least} to {most}")

    def items(self, node: Json, name: str, where: str, most: int, least: int = 1) -> Sequence[object]:
        """A list field of the right length."""
        value = node.get(name)
        if name not in node:
            return ()
        if not isinstance(value, list):
            self.add(f"{where}/{name}", "must be an array")
            return ()
        if len(value) > most:
            self.add(f"{where}/{name}", f"no more than {most} items allowed")
        if len(value) < least:
            self.add(f"{where}/{name}", f"no fewer than {least} items allowed")
        return value

    def matches(self, node: Json, name: str, where: str, pattern: str) -> None:
        value = node.get(name)
        if name in node and not (isinstance(value, str) and re.fullmatch(pattern, value)):
            self.add(f"{where}/{name}", "invalid format")


def kind_of(node: object) -> str:
    kind = node.get("type") if isinstance(node, dict) else None
    return kind if isinstance(kind, str) else ""
