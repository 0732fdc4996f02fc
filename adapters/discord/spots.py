"""How Discord's places are written as addresses: a person, a channel or thread, or one message of ours.

A person's direct conversation is written by the person: where direct messages are refused it is a private thread, and may be
a direct one again later.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

from bot.errors import Gone
from bot.identity import Address

PLATFORM = "discord"

# Discord's ids are whole numbers of 64 bits, the first of them of 2015.
_ID = r"[1-9]\d{0,19}"
_PERSON = re.compile(rf"user:({_ID})", re.ASCII)
_SPOT = re.compile(rf"in:({_ID})", re.ASCII)
_MESSAGE = re.compile(rf"message:({_ID}):({_ID})((?:\+{_ID})*)", re.ASCII)
_LARGEST = 2**64 - 1


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's direct conversation with the bot, by the person's id."""

    user: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A channel, or a thread: on Discord a thread is a channel of its own."""

    channel: str


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of ours. ``more``: the messages after it that a long card goes on in."""

    channel: str
    message: str
    more: tuple[str, ...] = ()


Place: TypeAlias = Person | Spot | Posted


def user_address(user: str) -> Address:
    """The direct conversation with a person. Raises Gone for what is no id of a person."""
    return _checked(f"user:{user}")


def spot_address(channel: str) -> Address:
    """A channel or a thread. Raises Gone for what is no id of one."""
    return _checked(f"in:{channel}")


def message_address(channel: str, message: str, more: tuple[str, ...] = ()) -> Address:
    """One message, with those that it goes on in. Raises Gone for what are no ids."""
    return _checked(f"message:{channel}:{message}{''.join(f'+{one}' for one in more)}")


def read_address(address: Address) -> Place:
    """What an address means. Raises Gone for one that was never made here."""
    if address.platform == PLATFORM:
        if found := _PERSON.fullmatch(address.value):
            return Person(_id(found[1]))
        if found := _SPOT.fullmatch(address.value):
            return Spot(_id(found[1]))
        if found := _MESSAGE.fullmatch(address.value):
            return Posted(_id(found[1]), _id(found[2]), tuple(map(_id, found[3].split("+")[1:])))
    raise Gone("no_such_address")


def _checked(value: str) -> Address:
    address = Address(PLATFORM, value)
    read_address(address)
    return address


def _id(digits: str) -> str:
    if int(digits) > _LARGEST:
        raise Gone("no_such_address")
    return digits
