"""Where an interaction comes from: the conversation, the message or view with the button, and the way to answer there.

A form carries its origin along in the view's ``private_metadata``, so that what follows from it lands where it began.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import cast

from adapters.slack.spots import message_address, spot_address, user_address
from bot.interactions import Place, PlaceKind

# Slack takes a response_url five times within thirty minutes; a minute is left for the way.
USES = 5
_LASTS = timedelta(minutes=29)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody asked. ``channel`` is empty for the Home tab and for a shortcut that stands nowhere.

    ``view``: the modal that the button stands in; ``home``: it stands on the Home tab. ``first``: the message under which
    the pressed one goes on. ``sizes``: how many bytes each file field of the form takes; ``seen``: the marks of what
    the form showed at first.
    """

    kind: PlaceKind = PlaceKind.DIRECT
    channel: str = ""
    thread: str = ""
    message: str = ""
    first: str = ""
    ephemeral: bool = False
    view: str = ""
    home: bool = False
    response_url: str = ""
    until: int = 0
    sizes: Mapping[str, int] = field(default_factory=dict[str, int])
    seen: Mapping[str, str] = field(default_factory=dict[str, str])

    def place(self, user: str) -> Place:
        """The place for the core. A direct conversation is the person's own with the bot."""
        direct = self.kind is PlaceKind.DIRECT or not self.channel
        address = user_address(user) if direct else spot_address(self.channel, self.thread)
        kind = PlaceKind.DIRECT if direct else self.kind
        if not self.message or self.ephemeral or not self.channel:
            return Place(address, kind)
        if self.first:
            return Place(address, kind, message_address(self.channel, self.first, more=(self.message,)))
        return Place(address, kind, message_address(self.channel, self.message, self.thread))

    def in_view(self) -> bool:
        """Whether the answer belongs into a modal: the button stands in one, or on the Home tab."""
        return self.home or bool(self.view)

    def may_respond(self, now: datetime) -> bool:
        """Whether Slack still takes an answer at the ``response_url``."""
        return bool(self.response_url) and now.timestamp() < self.until

    def memory(self) -> str:
        """The origin as a view's ``private_metadata``."""
        kept: dict[str, object] = {
            "k": self.kind.value,
            "c": self.channel,
            "t": self.thread,
            "m": self.message,
            "f": self.first,
            "e": self.ephemeral,
            "v": self.view,
            "h": self.home,
            "u": self.response_url,
            "x": self.until,
            "s": dict(self.sizes),
            "w": dict(self.seen),
        }
        return json.dumps({name: value for name, value in kept.items() if value}, separators=(",", ":"))


def with_response_url(origin: Origin, url: str, now: datetime) -> Origin:
    """The same origin with a fresh way to answer."""
    return replace(origin, response_url=url, until=int((now + _LASTS).timestamp())) if url else origin


def remembered(memory: str) -> Origin:
    """The origin that a view carried; that of a private conversation where it carried none that can be read."""
    try:
        kept = cast(object, json.loads(memory or "{}"))
    except ValueError:
        return Origin()
    if not isinstance(kept, dict):
        return Origin()
    found = cast(dict[str, object], kept)
    kind = _text(found, "k")
    sizes, seen = found.get("s"), found.get("w")
    return Origin(
        kind=PlaceKind(kind) if kind in set(PlaceKind) else PlaceKind.DIRECT,
        channel=_text(found, "c"),
        thread=_text(found, "t"),
        message=_text(found, "m"),
        first=_text(found, "f"),
        ephemeral=found.get("e") is True,
        view=_text(found, "v"),
        home=found.get("h") is True,
        response_url=_text(found, "u"),
        until=_number(found.get("x")),
        sizes={key: _number(size) for key, size in cast(dict[str, object], sizes).items()}
        if isinstance(sizes, dict)
        else {},
        seen={key: str(mark) for key, mark in cast(dict[str, object], seen).items()} if isinstance(seen, dict) else {},
    )


def _text(found: Mapping[str, object], name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
