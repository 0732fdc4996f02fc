"""How Slack's places are written as addresses: a person, a conversation or thread, or one message of ours.

A person's direct conversation needs no call to be known: Slack takes the person's id where it takes a channel.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

from bot.errors import Gone
from bot.identity import Address

PLATFORM = "slack"

_USER = r"[UW][A-Z0-9]{0,30}"
_CHANNEL = r"[CDG][A-Z0-9]{0,30}"
_STAMP = r"\d{1,16}\.\d{1,9}"
_PERSON = re.compile(rf"user:({_USER})")
_SPOT = re.compile(rf"in:({_CHANNEL})(?::({_STAMP}))?")
_MESSAGE = re.compile(rf"message:({_CHANNEL}):({_STAMP})(?::({_STAMP}))?((?:\+{_STAMP})*)")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's direct conversation with the bot, by the person's id."""

    user: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A conversation, or the thread in it under the message ``thread``."""

    channel: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of ours. ``thread``: the one it stands in. ``more``: the messages that a long card goes on in, which stand
    in the thread under the first, or beside it where that is in a thread itself."""

    channel: str
    stamp: str
    thread: str = ""
    more: tuple[str, ...] = ()

    def under(self) -> Spot:
        """The thread where an answer to this message belongs."""
        return Spot(self.channel, self.thread or self.stamp)


Place: TypeAlias = Person | Spot | Posted


def user_address(user: str) -> Address:
    """The direct conversation with a person. Raises Gone for what is no id of a person."""
    address = Address(PLATFORM, f"user:{user}")
    read_address(address)
    return address


def spot_address(channel: str, thread: str = "") -> Address:
    """A conversation, or a thread in it."""
    return Address(PLATFORM, f"in:{channel}:{thread}" if thread else f"in:{channel}")


def message_address(channel: str, stamp: str, thread: str = "", more: tuple[str, ...] = ()) -> Address:
    """One message, with those that it goes on in."""
    within = f":{thread}" if thread and thread != stamp else ""
    return Address(PLATFORM, f"message:{channel}:{stamp}{within}{''.join(f'+{one}' for one in more)}")


def read_address(address: Address) -> Place:
    """What an address means. Raises Gone for one that was never made here."""
    if address.platform == PLATFORM:
        if found := _PERSON.fullmatch(address.value):
            return Person(found[1])
        if found := _SPOT.fullmatch(address.value):
            return Spot(found[1], found[2] or "")
        if found := _MESSAGE.fullmatch(address.value):
            return Posted(found[1], found[2], found[3] or "", tuple(found[4].split("+")[1:]))
    raise Gone("no_such_address")
