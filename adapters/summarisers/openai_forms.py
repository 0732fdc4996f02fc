"""The forms that a model fills: what is asked of it as a JSON schema, and how what it wrote is read.

The schema is strict, as OpenAI's is (everything required, nothing else allowed); reading is lenient, since many servers and
small models keep to no schema: what is missing is empty, what is too much is left out, and of an answer that was cut what is
whole counts.
Sources stand before the text, so that a model has to choose its messages before it writes.
"""

import re
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter, ValidationError, field_validator

from bot.notes.claims import Claim, Claims

T = TypeVar("T", bound=BaseModel)

_SECTIONS = ("summary", "agreements", "actions", "situation", "perspectives", "ideas", "questions")
_THOUGHTS = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_MOST_TOLD = 5


def _several(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    """A list of texts; one alone counts as a list of one, and a number as its figures."""
    several = [value] if isinstance(value, str | int) else _several(value)
    return [str(one) for one in several if isinstance(one, str | int)]


def _text(value: object) -> object:
    return "" if value is None else str(value) if isinstance(value, int | float) else value


def _entries(value: object) -> list[object]:
    """Entries that are objects; a model that wrote a bare sentence gave no source for it."""
    return [one for one in _several(value) if isinstance(one, dict)]


class Entry(BaseModel):
    """One statement of a form."""

    model_config = ConfigDict(extra="ignore")

    sources: list[str] = []
    text: str = ""
    sector: str = ""
    owner: str = ""
    due: str = ""

    _texts = field_validator("sources", mode="before")(_texts)
    _text = field_validator("text", "sector", "owner", "due", mode="before")(_text)

    def claim(self) -> Claim:
        """The same as the house knows it. Sources are written in many ways: ``m1``, ``[m1]``, ``M1``, ``m1, m2``."""
        sources = [one for said in self.sources for one in re.findall(r"[a-z]+\d+", said.casefold())]
        return Claim(self.text, tuple(sources), self.sector.strip().casefold(), self.owner, self.due)


class NoteForm(BaseModel):
    """A case note."""

    model_config = ConfigDict(extra="ignore")

    title: str = ""
    summary: list[Entry] = []
    agreements: list[Entry] = []
    actions: list[Entry] = []
    situation: list[Entry] = []
    perspectives: list[Entry] = []
    ideas: list[Entry] = []
    questions: list[Entry] = []
    tags: list[str] = []

    _text = field_validator("title", mode="before")(_text)
    _texts = field_validator("tags", mode="before")(_texts)
    _entries = field_validator(*_SECTIONS, mode="before")(_entries)

    def entries(self) -> bool:
        """Whether there is any entry at all."""
        return any(getattr(self, name) for name in _SECTIONS)

    def claims(self) -> Claims:
        """What it claims."""
        return Claims(
            title=self.title,
            summary=_claims(self.summary),
            situation=_claims(self.situation),
            perspectives=_claims(self.perspectives),
            ideas=_claims(self.ideas),
            agreements=_claims(self.agreements),
            actions=_claims(self.actions),
            questions=_claims(self.questions),
            tags=tuple(self.tags),
        )


class AnswerForm(BaseModel):
    """What a conversation says about a question."""

    model_config = ConfigDict(extra="ignore")

    answer: list[Entry] = []
    sources: list[str] = []

    _texts = field_validator("sources", mode="before")(_texts)
    _entries = field_validator("answer", mode="before")(_entries)

    def claims(self) -> tuple[Claim, ...]:
        """What it claims."""
        return _claims(self.answer)

    def more(self) -> tuple[str, ...]:
        """The messages that it named beside, the best first."""
        return Entry(sources=self.sources).claim().sources


class NotTheForm(Exception):
    """What came back is no such form. ``told`` says why in words that a model can use and that hold nothing it wrote."""

    def __init__(self, told: str) -> None:
        super().__init__("not the form")
        self.told = told


def read(form: type[T], text: str, *, cut: bool) -> T:
    """The form out of what a model wrote, whatever stands around it. Raises NotTheForm."""
    bare = _THOUGHTS.sub("", text)
    start = bare.find("{")
    if start < 0:
        raise NotTheForm("there is no JSON object in it")
    end = bare.rfind("}")
    body = bare[start:] if cut or end < start else bare[start : end + 1]
    any_object: TypeAdapter[dict[str, JsonValue]] = TypeAdapter(dict[str, JsonValue])
    try:
        fields = any_object.validate_json(body, experimental_allow_partial=cut)
    except ValidationError:
        raise NotTheForm("it is not valid JSON") from None
    if not set(form.model_fields) & set(fields):
        raise NotTheForm(f"it has none of the fields {', '.join(form.model_fields)}")
    try:
        return form.model_validate(fields)
    except ValidationError as error:
        places = (f"{'.'.join(str(part) for part in one['loc'])}: {one['type']}" for one in error.errors()[:_MOST_TOLD])
        raise NotTheForm(f"wrong at {'; '.join(places)}") from None


def note_schema(sectors: list[str]) -> dict[str, Any]:
    """What a note's form looks like where these sectors take part."""
    perspective = _object(sources=_list(_STRING), sector={"type": "string", "enum": sectors or [""]}, text=_STRING)
    task = _object(sources=_list(_STRING), text=_STRING, owner=_STRING, due=_STRING)
    kinds = {"perspectives": perspective, "actions": task}
    sections = {name: _list(kinds.get(name, _ENTRY)) for name in _SECTIONS}
    return _object(title=_STRING, **sections, tags=_list(_STRING))


def answer_schema() -> dict[str, Any]:
    """What an answer's form looks like."""
    return _object(answer=_list(_ENTRY), sources=_list(_STRING))


def _claims(entries: list[Entry]) -> tuple[Claim, ...]:
    return tuple(entry.claim() for entry in entries)


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_STRING: dict[str, Any] = {"type": "string"}
_ENTRY: dict[str, Any] = _object(sources=_list(_STRING), text=_STRING)
