"""One conversation with a server of OpenAI's form, through the ``openai`` package: ``POST {base}/chat/completions``.

The package tries again with growing rests, and as long after as a server says (``Retry-After``, two minutes at most). Servers
differ in what they know: the form is asked for as a JSON schema, else as any JSON, else in words alone, and what a server did
not take once it is not asked for again. Nothing that was sent or answered is in an error or in a log.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias

import openai
from pydantic import BaseModel, ValidationError

from bot.errors import ModelAway, ModelBusy, ModelError, ModelKeyRefused, ModelRefused, ModelUnknown
from bot.notes.sending import tokens

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletionMessageParam
    from openai.types.chat.completion_create_params import ResponseFormat

# Seconds until the server has to be reached.
_REACHED = 5.0
# After the first one.
_TRIES = 2
_LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY})
_UNKNOWN = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.NOT_IMPLEMENTED})
# What a server says that was sent more than the model reads.
_TOO_LONG = ("context_length", "context length", "context size", "context window", "exceed_context", "too many tokens")
_LIBRARIES = ("openai", "httpx2", "httpcore2")

Role: TypeAlias = Literal["system", "user", "assistant"]
Message: TypeAlias = tuple[Role, str]


class TooLong(ModelRefused):
    """More was sent than the model can read at once."""


@dataclass(frozen=True, slots=True)
class Server:
    """Which server and model, and how long to wait. ``key`` may be empty; ``patience``: seconds for one request."""

    base: str
    key: str = field(repr=False)
    model: str
    patience: float
    tries: int = _TRIES


@dataclass(frozen=True, slots=True)
class Said:
    """What came back. ``cut``: the model stopped at the bound, in the middle. Tokens are estimated where the server does not
    tell them."""

    text: str = field(repr=False)
    cut: bool
    calls: int
    tokens_in: int
    tokens_out: int


class _Usage(BaseModel):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Spoken(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Spoken
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice]
    usage: _Usage | None = None


class Chat:
    """An open connection; ``async with``. Remembers what the server takes."""

    def __init__(self, server: Server, manner: "Manner") -> None:
        self._server = server
        self._manner = manner
        quiet()
        self._client = openai.AsyncOpenAI(
            # The package insists on a key; servers of one's own ask for none.
            api_key=server.key or "none",
            base_url=server.base,
            max_retries=server.tries,
            timeout=openai.Timeout(server.patience, connect=min(server.patience, _REACHED)),
            # What was agreed to goes to the server that is set, and to no other.
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()

    @property
    def by_schema(self) -> bool:
        """Whether the server takes a JSON schema, as far as is known."""
        return self._manner.structured == "schema"

    async def ask(self, messages: Sequence[Message], schema: dict[str, Any], most: int) -> Said:
        """One answer of at most so many tokens. Raises ModelError; TooLong where the parts have to be smaller."""
        calls = 0
        while True:
            calls += 1
            try:
                return await self._once(messages, schema, most, calls)
            except (openai.BadRequestError, openai.UnprocessableEntityError, openai.InternalServerError) as error:
                if error.status_code not in _UNKNOWN or not self._manner.learns(error):
                    raise _trouble(error) from None
            except openai.OpenAIError as error:
                raise _trouble(error) from None
            except (ValueError, TypeError):
                raise ModelRefused("the model's server cannot be asked with these settings") from None

    async def models(self) -> list[str]:
        """The names of the models that the server offers. Raises ModelError."""
        try:
            return [model.id async for model in self._client.models.list()]
        except openai.OpenAIError as error:
            raise _trouble(error) from None
        except (ValueError, TypeError, AttributeError):
            raise ModelRefused("the model's server answers something else than a list of models") from None

    async def _once(self, messages: Sequence[Message], schema: dict[str, Any], most: int, calls: int) -> Said:
        manner = self._manner
        answered = await self._client.chat.completions.with_raw_response.create(
            model=self._server.model,
            messages=[_message(role, text) for role, text in messages],
            response_format=manner.form(schema),
            max_tokens=openai.omit if manner.newer_bound else most,
            max_completion_tokens=most if manner.newer_bound else openai.omit,
        )
        calls += answered.retries_taken
        try:
            given = _Completion.model_validate_json(answered.content)
        except ValidationError:
            raise ModelRefused("the model's server answers something else than a completion") from None
        if not given.choices:
            raise ModelRefused("the model's server answers without a choice")
        first = given.choices[0]
        if first.message.refusal or first.finish_reason == "content_filter":
            raise ModelRefused("the model refuses to answer")
        text = first.message.content or ""
        usage = given.usage or _Usage(
            prompt_tokens=sum(tokens(sent) for _, sent in messages), completion_tokens=tokens(text)
        )
        return Said(text, first.finish_reason == "length", calls, usage.prompt_tokens, usage.completion_tokens)


@dataclass(slots=True)
class Manner:
    """How this server wants to be asked; learnt from what it did not take, and kept for as long as the process lives."""

    structured: Literal["schema", "json", "words"] = "schema"
    newer_bound: bool = False

    def form(self, schema: dict[str, Any]) -> "ResponseFormat | openai.Omit":
        """What is said to the server about the form."""
        match self.structured:
            case "schema":
                return {"type": "json_schema", "json_schema": {"name": "form", "strict": True, "schema": schema}}
            case "json":
                return {"type": "json_object"}
            case "words":
                return openai.omit

    def learns(self, error: openai.APIStatusError) -> bool:
        """Whether there is another way to ask. Raises TooLong, which none would help."""
        said = f"{error.code or ''} {error.param or ''} {error.type or ''} {error.message}".casefold()
        if any(words in said for words in _TOO_LONG):
            raise TooLong("the model cannot read so much at once: set OPENAI_CONTEXT lower") from None
        if not self.newer_bound and "max_completion_tokens" in said:
            self.newer_bound = True
        elif self.structured == "schema":
            self.structured = "json"
        elif self.structured == "json":
            self.structured = "words"
        else:
            return False
        return True


def quiet() -> None:
    """What these libraries would say names addresses at least; what happened is said by us."""
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _message(role: Role, text: str) -> "ChatCompletionMessageParam":
    match role:
        case "system":
            return {"role": "system", "content": text}
        case "user":
            return {"role": "user", "content": text}
        case "assistant":
            return {"role": "assistant", "content": text}


def _trouble(error: openai.OpenAIError) -> ModelError:
    """The same in this house's words; only a status and the kinds of errors get through."""
    match error:
        case openai.APITimeoutError():
            return ModelAway("the model's server does not answer in time")
        case openai.APIConnectionError():
            return ModelAway(f"the model's server cannot be reached ({type(error.__cause__).__name__})")
        case openai.APIStatusError(status_code=status):
            return _refused(status, error)
        case _:
            return ModelRefused(f"the model's server answers something else ({type(error).__name__})")


def _refused(status: int, error: openai.APIStatusError) -> ModelError:
    if status == HTTPStatus.TOO_MANY_REQUESTS and error.code == "insufficient_quota":
        return ModelUnknown("the account at the model's server is used up (429)")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return ModelBusy(f"the model's server answers {status}", _after(error))
    if status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ModelAway(f"the model's server answers {status}", _after(error))
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return ModelKeyRefused(f"the model's server refuses the key ({status}): check OPENAI_API_KEY")
    if status == HTTPStatus.NOT_FOUND:
        return ModelUnknown("no such model or address (404): check OPENAI_BASE_URL and OPENAI_MODEL")
    return ModelRefused(f"the model's server answers {status}")


def _after(error: openai.APIStatusError) -> float | None:
    said = error.response.headers.get("Retry-After", "").strip()
    return float(said) if said.isdecimal() else None
