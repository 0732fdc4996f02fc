"""Application commands: what Discord takes, and how somebody finds one by the name that she sees."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tests.emulators.discord_check import Path, Wrong
from tests.emulators.discord_state import Json, inner

_NAME = re.compile(r"[-_'\w]{1,32}")
_CHARACTERS = 8000
_KINDS = {1: 100, 2: 15, 3: 15, 4: 1}


def commands_wrong(rows: Sequence[Json]) -> list[Wrong]:
    """What is wrong with a whole set, by its place in it."""
    found: list[Wrong] = []
    seen: set[tuple[int, str]] = set()
    counts: dict[int, int] = {}
    for number, row in enumerate(rows):
        kind = row.get("type") or 1
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] > _KINDS[kind]:
            found.append(((number,), "APPLICATION_COMMAND_TOO_MANY", f"{_KINDS[kind]} of a kind are allowed"))
        if (kind, row["name"]) in seen:
            found.append(
                ((number, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
            )
        seen.add((kind, row["name"]))
        found += [((number, *at), code, words) for at, code, words in _command_wrong(row, kind)]
    return found


def _command_wrong(row: Json, kind: int) -> Iterator[Wrong]:
    if kind == 1:
        yield from _names_wrong(row, ())
        if not row.get("description"):
            yield ("description",), "BASE_TYPE_REQUIRED", "This field is required"
        yield from _options_wrong(row.get("options") or [], ("options",))
        if (length := _length(row)) > _CHARACTERS:
            yield (), "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({_CHARACTERS}): {length}"
    else:
        for name in ("options", "description", "description_localizations"):
            if row.get(name):
                yield (name,), "APPLICATION_COMMAND_NOT_ALLOWED", "Context menus have no such thing"


def _length(row: Json) -> int:
    """Names, descriptions and values; of translations the longest counts."""
    size = 0
    for name in ("name", "description"):
        size += max(len(text) for text in (row.get(name) or "", *inner(row, f"{name}_localizations").values()))
    size += len(row["value"]) if isinstance(row.get("value"), str) else 0
    return size + sum(_length(one) for name in ("options", "choices") for one in row.get(name) or ())


def _names_wrong(row: Json, at: Path) -> Iterator[Wrong]:
    for path, text in (
        (("name",), row["name"]),
        *((("name_localizations", k), v) for k, v in inner(row, "name_localizations").items()),
    ):
        if not _NAME.fullmatch(text) or text != text.lower():
            yield (*at, *path), "APPLICATION_COMMAND_INVALID_NAME", f"Command name {text!r} is invalid"


def _options_wrong(options: Sequence[Json], at: Path) -> Iterator[Wrong]:
    seen: dict[str, set[str]] = {}
    optional = False
    nests = {option["type"] in (1, 2) for option in options}
    if len(nests) > 1:
        yield (
            at,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        )
    for number, option in enumerate(options):
        here = (*at, number)
        yield from _names_wrong(option, here)
        for locale, name in (("", option["name"]), *inner(option, "name_localizations").items()):
            if name in seen.setdefault(locale, set()):
                yield (*here, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists"
            seen[locale].add(name)
        if option["type"] not in (1, 2):
            if option.get("required") and optional:
                yield (
                    here,
                    "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                    "Required options must be placed before non-required options",
                )
            optional = optional or not option.get("required")
        yield from _one_wrong(option, here)
        yield from _options_wrong(option.get("options") or [], (*here, "options"))


def _one_wrong(option: Json, at: Path) -> Iterator[Wrong]:
    choices: Sequence[Json] = option.get("choices") or ()
    if choices and option.get("autocomplete"):
        yield at, "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", "Choices and autocomplete exclude each other"
    for name in ("name", "value"):
        values = [choice[name] for choice in choices]
        if len(set(values)) < len(values):
            yield (*at, "choices"), "APPLICATION_COMMAND_OPTIONS_CHOICE_ALREADY_EXISTS", "Option choice already exists"
    wanted: Mapping[int, type | tuple[type, ...]] = {3: str, 4: int, 10: (int, float)}
    for number, choice in enumerate(choices):
        if not isinstance(choice["value"], wanted[option["type"]]):
            yield (*at, "choices", number, "value"), "BASE_TYPE_BAD_TYPE", "The choice's value is of another type"
    low, high = option.get("min_length") or option.get("min_value"), option.get("max_length") or option.get("max_value")
    if low is not None and high is not None and low > high:
        yield at, "APPLICATION_COMMAND_OPTION_RANGE", "The least is greater than the most"


# What people see


def shown(row: Json, locale: str) -> str:
    """A name as somebody with that language sees it."""
    return str(inner(row, "name_localizations").get(locale) or row["name"])


def named(rows: Sequence[Json], name: str, locale: str) -> Json | None:
    """The entry with the name as it is shown to her, or with its own."""
    for one in rows:
        if name in (one["name"], shown(one, locale)):
            return one
    return None


def walk_to(command: Json, words: Sequence[str], locale: str) -> tuple[list[Json], Json] | None:
    """The groups and sub-command that the words name, outermost first, and where the options are."""
    path: list[Json] = []
    at = command
    for word in words:
        inner = [option for option in at.get("options") or () if option["type"] in (1, 2)]
        found = named(inner, word, locale)
        if found is None:
            return None
        path.append(found)
        at = found
    if any(option["type"] in (1, 2) for option in at.get("options") or ()):
        return None
    return path, at
