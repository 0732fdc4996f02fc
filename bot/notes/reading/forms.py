"""Which form a file has, and what to do with it: a single file, a zip, or the files of a folder."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from enum import StrEnum
from itertools import count
from pathlib import PurePosixPath
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.errors import NotUnderstood, phrase
from bot.notes.reading.discord import is_discord, read_discord
from bot.notes.reading.jsonl import lines_of, read_jsonl
from bot.notes.reading.pieces import an_object, checked, objects, parsed, text_of, whole
from bot.notes.reading.plain import read_plain
from bot.notes.reading.slack import is_slack, names_of, read_slack
from bot.notes.transcript import Line, Transcript

_ZONE = ZoneInfo("Europe/Copenhagen")
_USERS = "users.json"
# Lists that an export of Slack has beside its channels.
_BESIDE = frozenset(
    (_USERS, "channels.json", "groups.json", "dms.json", "mpims.json", "integration_logs.json", "canvases.json")
)
_MOST_BYTES = 150_000_000


class Form(StrEnum):
    """Where a conversation comes from."""

    SLACK = "slack"
    DISCORD = "discord"
    JSONL = "jsonl"
    TEXT = "text"


def read_conversation(name: str, content: bytes, form: Form | None = None, zone: tzinfo = _ZONE) -> Transcript:
    """The whole conversation in a file, however long. ``form``: guessed from what is in it where it is not said. ``zone``: of
    times without one, and of exports that only count seconds. Raises NotUnderstood with one sentence that says what to do."""
    if content.startswith(b"PK\x03\x04") or PurePosixPath(name).suffix.casefold() == ".zip":
        return read_files(_unzipped(content), form, zone)
    return read_files({name: content}, form, zone)


def read_files(files: Mapping[str, bytes], form: Form | None = None, zone: tzinfo = _ZONE) -> Transcript:
    """The same for the files of a folder, by their paths in it: a channel of a Slack export, or all of it."""
    users = next((content for path, content in sorted(files.items()) if PurePosixPath(path).name == _USERS), None)
    main = {path: content for path, content in files.items() if PurePosixPath(path).name not in _BESIDE} or files
    if len(main) == 1 and users is None:
        ((path, content),) = main.items()
        read = _read(path, text_of(content), form, zone)
    elif form in {None, Form.SLACK}:
        read = _read_export(main, {} if users is None else names_of(parsed(text_of(users))), zone)
    else:
        raise NotUnderstood(phrase("Only an export of Slack has several files. Give one file."))
    return Transcript([_whole(line) for line in checked(read.lines)], whole(read.title))


def _whole(line: Line) -> Line:
    return replace(line, author=whole(line.author), text=whole(line.text))


def _unzipped(content: bytes) -> Mapping[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [
                one for one in archive.infolist() if one.filename.endswith(".json") and "__MACOSX" not in one.filename
            ]
            if sum(one.file_size for one in inside) > _MOST_BYTES:
                raise NotUnderstood(phrase("This export is too large. Unpack it, and give the folder of one channel."))
            files = {one.filename: archive.read(one) for one in inside}
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError) as error:
        raise NotUnderstood(phrase("This zip file cannot be opened. Export it again, or unpack it first.")) from error
    if not files:
        raise NotUnderstood(phrase("There are no messages in this zip file. Give an export of Slack, or one file."))
    return files


def _read_export(files: Mapping[str, bytes], names: Mapping[str, str], zone: tzinfo) -> Transcript:
    """The channels of an export, one after the other; the name of the channel where there is only one."""
    channels: dict[str, list[object]] = {}
    for path in sorted(files):
        channels.setdefault(PurePosixPath(path).parent.name, []).append(parsed(text_of(files[path])))
    read = [read_slack(days, names, zone, channel) for channel, days in sorted(channels.items())]
    filled = [one for one in read if one.lines]
    if len(filled) == 1:
        return filled[0]
    # Two channels may have a message of the same microsecond.
    lines = {line.id: line for one in filled for line in one.lines}
    return Transcript(sorted(lines.values(), key=lambda line: float(line.id)))


def _read(name: str, text: str, form: Form | None, zone: tzinfo) -> Transcript:
    chosen = form or _guessed(name, text)
    match chosen:
        case Form.JSONL:
            return read_jsonl(text, zone) if not _is_list(text) else _listed(parsed(text), zone)
        case Form.TEXT:
            return read_plain(text, zone)
        case Form.SLACK | Form.DISCORD:
            return _exported(parsed(text), chosen, zone)
        case _:
            assert_never(chosen)


def _exported(value: object, form: Form, zone: tzinfo) -> Transcript:
    messages = objects(value) or objects(an_object(value).get("messages"))
    if form is Form.SLACK and (is_slack(messages) or not messages):
        return read_slack([messages], {}, zone)
    if form is Form.DISCORD and (is_discord(messages) or not messages):
        return read_discord(value, zone)
    other = _kind_of(messages)
    if other is None:
        raise NotUnderstood(
            phrase("This file is no export of {form} that I know. Say with --from what it is.", form=form.value)
        )
    raise NotUnderstood(
        phrase("This file looks like {found}, not like {form}. Leave out --from.", found=other.value, form=form.value)
    )


def _kind_of(messages: Sequence[Mapping[str, object]]) -> Form | None:
    if is_discord(messages):
        return Form.DISCORD
    if is_slack(messages):
        return Form.SLACK
    return Form.JSONL if any("text" in one for one in messages) else None


def _is_list(text: str) -> bool:
    return text.lstrip().startswith("[")


def _listed(value: object, zone: tzinfo) -> Transcript:
    """The messages of a jsonl in one list."""
    return lines_of(zip(count(1), objects(value)), zone)


def _guessed(name: str, text: str) -> Form:
    """By what is in it; what is called JSON and is none is refused with the line where it stops being such."""
    suffix = PurePosixPath(name).suffix.casefold()
    begins = "".join(text[:400].split())
    if suffix in {".jsonl", ".ndjson"} or (begins.startswith("{") and _is_row(text)):
        return Form.JSONL
    if suffix != ".json" and not begins.startswith(("{", "[{")):
        return Form.TEXT
    value = parsed(text)
    messages = objects(value) or objects(an_object(value).get("messages"))
    kind = _kind_of(messages)
    if kind is None and value:
        raise NotUnderstood(phrase("I don't know this kind of JSON. Give an export of Slack or Discord, or a jsonl."))
    return kind or Form.SLACK


def _is_row(text: str) -> bool:
    """Whether the first row is an object, and not all of an export."""
    try:
        first = an_object(parsed(text.lstrip().split("\n", 1)[0]))
    except NotUnderstood:
        return False
    return bool(first) and "messages" not in first
