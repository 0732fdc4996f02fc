"""How the tests of the doors speak: what a window sends, and what somebody then sees."""

from collections.abc import Mapping
from uuid import uuid4

import httpx

from adapters.web.bodies import read_body
from bot.identity import ConversationId, MessageId
from bot.members.domain import Member
from bot.messages.actions import encode_action
from bot.messages.elements import Card
from bot.playground.domain import Message
from tests.adapters.web_academy import Academy, Introduce


def said(text: str, thread: MessageId | None = None, again: str = "") -> dict[str, object]:
    return {"id": again or str(uuid4()), "text": text, "thread": str(thread or "")}


async def say(academy: Academy, member: Member, place: ConversationId, text: str, **more: object) -> httpx.Response:
    async with academy.client() as client:
        return await client.post(f"/as/{member.id}/c/{place}/say", json={**said(text), **more})


async def press(
    academy: Academy, member: Member, message: MessageId, wire: str, chosen: tuple[str, ...] = (), again: str = ""
) -> httpx.Response:
    body = {"id": again or str(uuid4()), "wire": wire, "chosen": list(chosen)}
    async with academy.client() as client:
        return await client.post(f"/as/{member.id}/messages/{message}/press", json=body)


async def submit(
    academy: Academy, place: ConversationId, values: Mapping[str, object], again: str = ""
) -> httpx.Response:
    body = {
        "id": again or str(uuid4()),
        "wire": encode_action(Introduce()),
        "values": values,
        "thread": "",
        "origin": "",
    }
    async with academy.client() as client:
        return await client.post(f"/as/{academy.anna.id}/c/{place}/submit", json=body)


async def seen(
    academy: Academy, reader: Member, place: ConversationId, thread: MessageId | None = None
) -> list[Message]:
    async with academy.front.units(academy.front.workspace.id, reading=True) as work:
        return list(await work.playground.messages(place, reader.id, thread=thread))


def card_of(academy: Academy, message: Message) -> Card:
    body = read_body(message.body, academy.front.actions)
    assert body is not None
    return body.card


async def notices(academy: Academy, reader: Member, place: ConversationId) -> list[str]:
    found = await seen(academy, reader, place)
    return [message.body if message.author else card_of(academy, message).notice for message in found]
