"""Reads the tables of `discord_shapes` and tells what is wrong with a body, as Discord does: an errors tree."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from tests.emulators.discord_shapes import SHAPES
from tests.emulators.discord_state import Json

Path = tuple[str | int, ...]
Wrong = tuple[Path, str, str]
_TYPE = re.compile(r"(?P<null>\??)(?P<kind>\[.*\]|\S+)(?P<rest>.*)")
_RANGE = re.compile(r"(-?\d+)-(-?\d+)")


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a table."""

    kind: str
    null: bool = False
    least: int | None = None
    most: int | None = None
    words: tuple[str, ...] = ()
    each: "Field | None" = None
    unique: bool = False
    required: bool = False


@cache
def shape(name: str) -> Mapping[str, Field]:
    """A table by its name."""
    fields: dict[str, Field] = {}
    for line in filter(None, (part.strip() for part in SHAPES[name].split(";"))):
        key, _, rest = line.partition(" ")
        fields[key.rstrip("!")] = _field(rest, required=key.endswith("!"))
    return fields


@cache
def _field(text: str, required: bool = False) -> Field:
    found = _TYPE.fullmatch(text)
    assert found is not None, text
    kind, rest, null = found["kind"], found["rest"], bool(found["null"])
    limits = _RANGE.search(rest)
    least, most = (int(limits[1]), int(limits[2])) if limits else (None, None)
    if kind.startswith("["):
        return Field("list", null, least, most, (), _field(kind[1:-1]), "uniq" in rest, required)
    if kind in ("enum", "word"):
        return Field(kind, null, words=tuple(rest.strip().split("|")), required=required)
    if kind[0].isupper():
        return Field("shape", null, words=tuple(kind.split("/")), required=required)
    return Field(kind, null, least, most, required=required)


def check(name: str, body: object) -> list[Wrong]:
    """What is wrong, with where it is; an empty list where all is well."""
    return list(_one_of(Field("shape", words=(name,)), body, ()))


def tree(wrong: Iterable[Wrong]) -> Json:
    """The errors as Discord nests them."""
    told: Json = {}
    for path, code, message in wrong:
        at = told
        for step in path:
            at = at.setdefault(str(step), {})
        at.setdefault("_errors", []).append({"code": code, "message": message})
    return told


def flat(errors: Json, at: str = "") -> Iterator[str]:
    """An errors tree as lines: where, the code and the words."""
    for name, inner in errors.items():
        if name == "_errors":
            yield from (f"{at or 'body'}: {one['code']} {one['message']}" for one in inner)
        else:
            yield from flat(inner, f"{at}.{name}" if at else name)


def lines(wrong: Iterable[Wrong]) -> list[str]:
    return [f"{'.'.join(map(str, path)) or 'body'}: {code} {message}" for path, code, message in wrong]


def _value(field: Field, value: object, at: Path) -> Iterable[Wrong]:
    if value is None:
        if not field.null:
            yield at, "BASE_TYPE_REQUIRED", "This field is required"
        return
    yield from _KINDS[field.kind](field, value, at)


def _one_of(field: Field, value: object, at: Path) -> Iterable[Wrong]:
    """A body of one of several shapes; the shape's name first where there is but one."""
    if not isinstance(value, dict):
        yield at, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"
        return
    body = cast("Json", value)
    names = field.words
    if len(names) > 1:
        names = _by_type(names).get(str(body.get("type")), ())
        if not names:
            known = "(" + ", ".join(_by_type(field.words)) + ")"
            yield (*at, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of {known}.'
            return
    name = next(iter(names))
    fields = shape(name)
    for key, one in fields.items():
        if key in body:
            yield from _value(one, body[key], (*at, key))
        elif one.required:
            yield (*at, key), "BASE_TYPE_REQUIRED", "This field is required"
    if not fields.keys() >= body.keys():
        for key in body.keys() - fields.keys():
            yield (*at, key), "UNKNOWN_FIELD", f"{name} has no such field"


@cache
def _by_type(names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Which of these shapes have which ``type``."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        for word in shape(name)["type"].words:
            found[word] = (*found.get(word, ()), name)
    return found


def _length(field: Field, size: int, at: Path, what: str) -> Iterable[Wrong]:
    if field.least is not None and size < field.least:
        yield at, "BASE_TYPE_MIN_LENGTH", f"Must be {field.least} or more in {what}."
    elif field.most is not None and size > field.most:
        yield at, "BASE_TYPE_MAX_LENGTH", f"Must be {field.most} or fewer in {what}."


def _text(field: Field, value: object, at: Path) -> Iterable[Wrong]:
    if not isinstance(value, str):
        yield at, "STRING_TYPE_CONVERT", "Could not interpret value as string."
    else:
        yield from _length(field, len(value), at, "length")


def _number(field: Field, value: object, at: Path) -> Iterable[Wrong]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield at, "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.'
    elif field.kind == "int" and not isinstance(value, int):
        yield at, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.'
    elif field.least is not None and value < field.least:
        yield at, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {field.least}."
    elif field.most is not None and value > field.most:
        yield at, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {field.most}."


def _bits(_field: Field, value: object, at: Path) -> Iterable[Wrong]:
    if isinstance(value, bool) or not (isinstance(value, int) or (isinstance(value, str) and value.isdecimal())):
        yield at, "NUMBER_TYPE_COERCE", f'Value "{value}" is not a set of permissions.'


def _bool(_field: Field, value: object, at: Path) -> Iterable[Wrong]:
    if not isinstance(value, bool):
        yield at, "BOOLEAN_TYPE_CONVERT", "Must be either true or false."


def _snowflake(_field: Field, value: object, at: Path) -> Iterable[Wrong]:
    if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).isdecimal():
        yield at, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.'


def _time(_field: Field, value: object, at: Path) -> Iterable[Wrong]:
    try:
        known = isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        known = False
    if not known:
        yield at, "DATE_TIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601."


def _choice(field: Field, value: object, at: Path) -> Iterable[Wrong]:
    right = not isinstance(value, bool) and isinstance(value, int if field.kind == "enum" else str)
    if not right or str(value) not in field.words:
        yield at, "BASE_TYPE_CHOICES", f"Value must be one of ({', '.join(field.words)})."


def _nonce(_field: Field, value: object, at: Path) -> Iterable[Wrong]:
    if isinstance(value, bool) or not isinstance(value, int | str):
        yield at, "NONCE_TYPE_TOO_LONG", "Must be a text or a number."
    elif isinstance(value, str) and len(value) > 25:
        yield at, "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer in length."


def _map(field: Field, value: object, at: Path) -> Iterable[Wrong]:
    if not isinstance(value, dict):
        yield at, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType"
        return
    body = cast("Json", value)
    for key, one in body.items():
        if key not in LOCALES:
            yield (*at, key), "BASE_TYPE_CHOICES", "No such locale."
        yield from _text(field, one, (*at, key))


def _list(field: Field, value: object, at: Path) -> Iterable[Wrong]:
    if not isinstance(value, list):
        yield at, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"
        return
    rows: list[Any] = value  # pyright: ignore[reportUnknownVariableType]  # of whatever was sent
    yield from _length(field, len(rows), at, "length")
    assert field.each is not None
    for number, one in enumerate(rows):
        yield from _value(field.each, one, (*at, number))
    if field.unique and len({str(one) for one in rows}) < len(rows):
        yield at, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains a value."


def _scalar(_field: Field, value: object, at: Path) -> Iterable[Wrong]:
    if (
        isinstance(value, bool)
        or not isinstance(value, str | int | float)
        or (isinstance(value, str) and len(value) > 100)
    ):
        yield at, "BASE_TYPE_BAD_TYPE", "Must be a number, or a text of at most 100."


def _any(_field: Field, _value: object, _at: Path) -> Iterable[Wrong]:
    return ()


_KINDS: dict[str, Callable[[Field, object, Path], Iterable[Wrong]]] = {
    "str": _text, "int": _number, "num": _number, "bits": _bits, "bool": _bool, "id": _snowflake, "time": _time,
    "enum": _choice, "word": _choice, "nonce": _nonce, "map": _map, "list": _list, "shape": _one_of, "scalar": _scalar,
    "any": _any,
}  # fmt: skip
LOCALES = frozenset(
    {
        "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro",
        "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko", "ar", "he",
    }
)  # fmt: skip
