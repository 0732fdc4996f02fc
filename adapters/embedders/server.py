"""Any server that gives embeddings in OpenAI's form: ``POST {base}/embeddings``, a batch of texts at a time.

Tags, sentences of published notes and what somebody looks for go there, and the sample; no ids, and nothing that looks like
personal data, names above all: that is taken out first, whoever wrote it. Nothing that was sent or answered is in an error or a
log.
"""

import asyncio
import math
import random
from collections.abc import Awaitable, Callable, Sequence
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx
from pydantic import BaseModel, ValidationError

from bot.errors import ModelAway, ModelRefused
from bot.members.personal import without_personal_data
from bot.privacy import Masker

_BATCH = 64
# Characters a text: no tag is as long, and a server shall not be asked for more than it takes.
_LONGEST = 2_000
# Seconds until the server has to be reached, and to answer.
_REACHED, _PATIENCE = 5.0, 20.0
_TRIES = 3
# Seconds; a server that asks for a longer rest is away for now.
_LONGEST_REST = 10.0
_FIRST_REST = 0.5
# What stands where personal data was.
_GONE = "…"
_LATER = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)


class _Vector(BaseModel):
    index: int
    embedding: list[float]


class _Answer(BaseModel):
    data: list[_Vector]


class ServerEmbedder:
    """Implements :class:`bot.ports.Embedder`. ``base`` ends before ``/embeddings``; ``key`` may be empty."""

    def __init__(
        self,
        base: str,
        key: str,
        model: str,
        *,
        patience: float = _PATIENCE,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._url = f"{base.rstrip('/')}/embeddings"
        self._key = key
        self._name = model
        self._patience = patience
        self._rest = rest
        self._chance = chance

    @property
    def model(self) -> str:
        """The server belongs to the name, since two may call different models the same."""
        return f"{self._name} {httpx.URL(self._url).host}"[:100]

    async def embed(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Sequence[Sequence[float]]:
        """One vector a text. Raises ModelAway after some tries, ModelRefused at once."""
        vectors: list[list[float]] = []
        bare = await asyncio.to_thread(_all_sent, texts)
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        patience = httpx.Timeout(self._patience, connect=min(self._patience, _REACHED))
        async with httpx.AsyncClient(timeout=patience, headers=headers) as client:
            for start in range(0, len(bare), _BATCH):
                vectors += await self._batch(client, bare[start : start + _BATCH])
                if progress is not None:
                    progress(len(vectors))
        if len({len(vector) for vector in vectors}) > 1:
            raise ModelRefused("the embeddings server answers with vectors of several lengths")
        return vectors

    async def _batch(self, client: httpx.AsyncClient, texts: list[str]) -> list[list[float]]:
        tried = 0
        while True:
            try:
                return await self._ask(client, texts)
            except ModelAway as away:
                tried += 1
                backoff = _FIRST_REST * 2 ** (tried - 1) * (1 + self._chance())
                rest = backoff if away.after is None else away.after
                if tried == _TRIES or rest > _LONGEST_REST:
                    raise
                await self._rest(rest)

    async def _ask(self, client: httpx.AsyncClient, texts: list[str]) -> list[list[float]]:
        asked = {"model": self._name, "input": texts, "encoding_format": "float"}
        try:
            answer = await client.post(self._url, json=asked)
        except httpx.TimeoutException:
            raise ModelAway("the embeddings server does not answer in time") from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise ModelRefused("OPENAI_BASE_URL is no address of a server") from None
        except httpx.HTTPError as error:
            raise ModelAway(f"the embeddings server cannot be reached ({type(error).__name__})") from None
        _check(answer)
        return _vectors(answer, len(texts))


def _all_sent(texts: Sequence[str]) -> list[str]:
    """Some 20 microseconds a tag, and 50 ms the first time."""
    masker = Masker()
    return [_sent(text, masker) for text in texts]


def _sent(text: str, masker: Masker) -> str:
    """Without personal data, and no longer than it may be."""
    bare = without_personal_data(text)
    # From the end, so that places before it stay what they are.
    for found in reversed(masker.find(bare)):
        bare = f"{bare[: found.start]}{_GONE}{bare[found.end :]}"
    return bare[:_LONGEST]


def _check(answer: httpx.Response) -> None:
    status = answer.status_code
    if status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ModelAway(f"the embeddings server answers {status}", _after(answer))
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise ModelRefused(f"the embeddings server refuses the key ({status}): check OPENAI_API_KEY")
    if status == HTTPStatus.NOT_FOUND:
        raise ModelRefused("no such model or address (404): check OPENAI_BASE_URL and OPENAI_EMBEDDING_MODEL")
    if status != HTTPStatus.OK:
        raise ModelRefused(f"the embeddings server answers {status}")


def _after(answer: httpx.Response) -> float | None:
    """What the server asks for in ``Retry-After``: seconds, or a date by its own clock."""
    asked = answer.headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        rest = parsedate_to_datetime(asked) - parsedate_to_datetime(answer.headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return max(0.0, rest.total_seconds())


def _vectors(answer: httpx.Response, wanted: int) -> list[list[float]]:
    try:
        given = sorted(_Answer.model_validate_json(answer.content).data, key=lambda one: one.index)
    except ValidationError:
        raise ModelRefused("the embeddings server answers something else than embeddings") from None
    if [one.index for one in given] != list(range(wanted)) or not all(_is_vector(one.embedding) for one in given):
        raise ModelRefused("the embeddings server answers with other vectors than were asked for")
    return [_unit(one.embedding) for one in given]


def _is_vector(numbers: Sequence[float]) -> bool:
    return bool(numbers) and all(math.isfinite(number) for number in numbers) and any(numbers)


def _unit(numbers: Sequence[float]) -> list[float]:
    """To length 1: half-precision floats hold no large numbers."""
    length = math.hypot(*numbers)
    return [number / length for number in numbers]
