"""What a model's server can do, found out by asking: for the doctor. Nothing of anybody's is sent."""

import json
from dataclasses import dataclass
from typing import Any

from adapters.summarisers.openai_chat import Chat, Message
from bot.errors import ModelError

_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"well": {"type": "boolean"}},
    "required": ["well"],
    "additionalProperties": False,
}
_ASKED: tuple[Message, ...] = (("user", 'Answer with the JSON object {"well": true} and nothing else.'),)
# Tokens; models that think first need more than the answer has.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Able:
    """``listed``: the model stands in the server's list (or the server has none); ``form``: it was asked with a JSON schema, and
    what came back keeps to it."""

    listed: bool
    form: bool


async def able(chat: Chat, model: str) -> Able:
    """Raises ModelError where the server does not answer the question."""
    said = await chat.ask(_ASKED, _SCHEMA, _MOST)
    try:
        kept = isinstance(json.loads(said.text)["well"], bool) and chat.by_schema
    except (ValueError, KeyError, TypeError):
        kept = False
    try:
        listed = model in await chat.models()
    except ModelError:
        # Some servers have no list; that it answers is what counts.
        listed = True
    return Able(listed, kept)
