"""What Discord wants of messages, modals and commands beyond the tables: flags, sums, and what may stand beside what."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from tests.emulators.discord_check import Path, Wrong, tree
from tests.emulators.discord_state import V2, Attachment, Json, inner
from tests.emulators.discord_world import Problem

_SELECTS = frozenset({3, 5, 6, 7, 8})
_MOST, _TEXT, _EMBEDS = 40, 4000, 6000
_DEFAULTS = {"user": {5, 7}, "role": {6, 7}, "channel": {8}}
MENTION = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")


def scheme(url: object) -> str:
    """How an address is reached; "" where it is none."""
    try:
        return urlsplit(str(url)).scheme
    except ValueError:
        return ""


def refuse(wrong: Sequence[Wrong]) -> None:
    if wrong:
        raise Problem(400, 50035, "Invalid Form Body", tree(wrong))


def walk(components: Iterable[Json], at: Path = ()) -> list[tuple[Path, Json]]:
    """Every component with its place, the outer before the inner."""
    found: list[tuple[Path, Json]] = []
    for number, one in enumerate(components):
        path = (*at, number)
        found.append((path, one))
        inside = one.get("components")
        if inside:
            found += walk(inside, (*path, "components"))
        for name in ("accessory", "component"):
            if isinstance(one.get(name), dict):
                found.append(((*path, name), one[name]))
    return found


def every(components: Iterable[Json]) -> list[Json]:
    """Every component, wherever it is."""
    found = list(components)
    for one in found:
        found += one.get("components") or ()
        found += [one[name] for name in ("accessory", "component") if isinstance(one.get(name), dict)]
    return found


def message_wrong(body: Json, flags: int, files: Mapping[str, Attachment]) -> list[Wrong]:
    """``files``: what ``attachment://`` may name."""
    components: list[Json] = body.get("components") or []
    found = list(components_wrong(components, flags, files))
    if flags & V2:
        for name in ("content", "embeds", "poll", "sticker_ids"):
            if body.get(name):
                words = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
                found.append(((name,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", words))
    total = sum(_embed_size(embed) for embed in body.get("embeds") or ())
    if total > _EMBEDS:
        found.append((("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {_EMBEDS}"))
    allowed: Json = body.get("allowed_mentions") or {}
    for kind in ("users", "roles"):
        if kind in (allowed.get("parse") or ()) and allowed.get(kind):
            words = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            found.append((("allowed_mentions",), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", words))
    return found


def _embed_size(embed: Json) -> int:
    texts: list[str | None] = [embed.get("title"), embed.get("description"), inner(embed, "footer").get("text")]
    texts += [inner(embed, "author").get("name")]
    texts += [text for field in embed.get("fields") or () for text in (field["name"], field["value"])]
    return sum(len(text) for text in texts if text)


def components_wrong(components: list[Json], flags: int, files: Mapping[str, Attachment]) -> Iterator[Wrong]:
    if not flags & V2:
        if len(components) > 5:
            yield ("components",), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."
        for number, one in enumerate(components):
            if one["type"] != 1:
                yield ("components", number, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1,).'
    everything = walk(components, ("components",))
    if len(everything) > _MOST:
        yield (
            ("components",),
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"The maximum number of components is {_MOST}.",
        )
    length = sum(len(one["content"]) for _, one in everything if one["type"] == 10)
    if length > _TEXT:
        words = f"The total displayable text size exceeds {_TEXT}."
        yield ("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", words
    yield from _twice(everything)
    for at, one in everything:
        yield from _component_wrong(at, one, files)


def _twice(everything: list[tuple[Path, Json]]) -> Iterator[Wrong]:
    seen: dict[str, set[object]] = {"custom_id": set(), "id": set()}
    for at, one in everything:
        for name, known in seen.items():
            value = one.get(name)
            if not value:
                continue
            if value in known:
                yield (*at, name), "COMPONENT_CUSTOM_ID_DUPLICATED", f"Component {name} cannot be duplicated"
            known.add(value)


def _component_wrong(at: Path, one: Json, files: Mapping[str, Attachment]) -> Iterable[Wrong]:
    kind = one["type"]
    if kind == 1:
        yield from _row_wrong(at, one["components"])
    elif kind == 2:
        yield from _button_wrong(at, one)
    elif kind in _SELECTS:
        yield from _select_wrong(at, one)
    elif kind == 10 and not one["content"].strip():
        yield (*at, "content"), "BASE_TYPE_REQUIRED", "This field is required"
    elif kind in (11, 12, 13):
        media = (
            [one["media"]] if kind == 11 else [one["file"]] if kind == 13 else [item["media"] for item in one["items"]]
        )
        for item in media:
            yield from _media_wrong(at, str(item["url"]), files, only_files=kind == 13)


def _row_wrong(at: Path, inner: list[Json]) -> Iterable[Wrong]:
    selects = sum(1 for one in inner if one["type"] in _SELECTS)
    if selects and len(inner) > 1:
        yield (
            (*at, "components"),
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        )


def _button_wrong(at: Path, one: Json) -> Iterable[Wrong]:
    style = one["style"]
    if style == 5:
        if not one.get("url"):
            yield (*at, "url"), "BASE_TYPE_REQUIRED", "This field is required"
        elif scheme(one["url"]) not in ("http", "https", "discord"):
            words = f'Scheme "{scheme(one["url"])}" is not supported: http, https or discord.'
            yield (*at, "url"), "URL_TYPE_INVALID_SCHEME", words
        if one.get("custom_id"):
            yield (
                (*at, "custom_id"),
                "COMPONENT_CUSTOM_ID_URL_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            )
    elif style != 6:
        if not one.get("custom_id"):
            yield (*at, "custom_id"), "BASE_TYPE_REQUIRED", "A custom id is required"
        if one.get("url"):
            yield (*at, "url"), "COMPONENT_CUSTOM_ID_URL_EXCLUSIVE", "A custom id and url cannot both be specified"
    if style != 6 and not one.get("label") and not one.get("emoji"):
        yield (*at, "label"), "BASE_TYPE_REQUIRED", "A button needs a label or an emoji"


def _select_wrong(at: Path, one: Json) -> Iterable[Wrong]:
    least, most = one.get("min_values"), one.get("max_values")
    least, most = 1 if least is None else least, 1 if most is None else most
    if least > most:
        yield (*at, "min_values"), "BASE_TYPE_MAX", "min_values must not be greater than max_values"
    chosen: Sequence[Json] = one.get("default_values") or ()
    if one["type"] == 3:
        values = [option["value"] for option in one["options"]]
        for number, value in enumerate(values):
            if value in values[:number]:
                yield (
                    (*at, "options", number, "value"),
                    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    "The specified option value is already used",
                )
        if most > len(values):
            yield (*at, "max_values"), "BASE_TYPE_MAX", "max_values is greater than the number of options"
        chosen = [option for option in one["options"] if option.get("default")]
    else:
        for number, value in enumerate(chosen):
            if one["type"] not in _DEFAULTS[value["type"]]:
                yield (*at, "default_values", number), "BASE_TYPE_CHOICES", "The select does not hold this type"
    if len(chosen) > most or (chosen and len(chosen) < least):
        yield at, "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "The defaults are not between min_values and max_values"


def _media_wrong(at: Path, url: str, files: Mapping[str, Attachment], *, only_files: bool) -> Iterable[Wrong]:
    how = scheme(url)
    if how == "attachment":
        if not any(file.name == url.removeprefix("attachment://") for file in files.values()):
            yield (*at, "media"), "MEDIA_GALLERY_ITEM_MISSING_ATTACHMENT", f"{url} is not among the attachments"
    elif only_files or how not in ("http", "https"):
        yield (*at, "media"), "URL_TYPE_INVALID_SCHEME", f"{url!r} cannot be shown"


def modal_wrong(modal: Json) -> list[Wrong]:
    rows: list[Json] = modal["components"]
    found: list[Wrong] = []
    if len(rows) > 5:
        found.append((("components",), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length."))
    everything = list(walk(rows, ("components",)))
    found += _twice(everything)
    for at, one in everything:
        if one["type"] == 4:
            found += _input_wrong(at, one)
        elif one["type"] in _SELECTS:
            found += _select_wrong(at, one)
            if one.get("disabled"):
                found.append(((*at, "disabled"), "COMPONENT_DISABLED", "Nothing can be disabled in a modal"))
        elif one["type"] in (21, 22):
            found += _group_wrong(at, one)
    return found


def _input_wrong(at: Path, one: Json) -> Iterable[Wrong]:
    least, most = one.get("min_length") or 0, one.get("max_length") or _TEXT
    if least > most:
        yield (*at, "min_length"), "BASE_TYPE_MAX", "min_length must not be greater than max_length"
    if one.get("value") and not least <= len(one["value"]) <= most:
        yield (*at, "value"), "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."
    in_label = at[-1] == "component"
    if in_label and one.get("label"):
        yield (*at, "label"), "COMPONENT_LABEL", "The label stands in the Label component"
    if not in_label and not one.get("label"):
        yield (*at, "label"), "BASE_TYPE_REQUIRED", "This field is required"


def _group_wrong(at: Path, one: Json) -> Iterable[Wrong]:
    values = [option["value"] for option in one["options"]]
    if len(set(values)) < len(values):
        yield (*at, "options"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
    chosen = sum(1 for option in one["options"] if option.get("default"))
    most = 1 if one["type"] == 21 else one.get("max_values") or len(values)
    if chosen > most or most > len(values):
        yield at, "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "More are chosen, or may be, than there are"
    least = one.get("min_values")
    if one["type"] == 22 and least == 0 and one.get("required") is not False:
        yield (*at, "min_values"), "BASE_TYPE_MIN", "required must be false where min_values is 0"


def number(components: list[Json]) -> None:
    """Gives an id to each component that has none, as Discord does; those that have one keep it."""
    found = walk(components)
    taken = {one["id"] for _, one in found if one.get("id")}
    following = 1
    for _, one in found:
        if not one.get("id"):
            while following in taken:
                following += 1
            taken.add(following)
            one["id"] = following
