"""Slack's export: a folder for each channel with a file for each day, and ``users.json`` with the names."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from operator import itemgetter

from bot.notes.reading.pieces import Json, an_object, objects, once, word
from bot.notes.transcript import Line, Transcript

# Kinds of message that a person wrote; all others tell of joining, topics, pins, calls, or are of programs.
_WRITTEN = frozenset(("", "me_message", "thread_broadcast", "file_share", "file_comment"))
_EVERYBODY = frozenset(("channel", "here", "everyone", "group"))
_DEEPEST = 6
_MENTION = re.compile(r"<(@|#|!|)([^<>|\n]{1,2000})(?:\|([^<>\n]*))?>")


def is_slack(messages: Sequence[Json]) -> bool:
    """Whether they look like messages of an export."""
    return any("ts" in one for one in messages[:50])


def names_of(users: object) -> Mapping[str, str]:
    """The names in ``users.json``, by user id."""
    found: dict[str, str] = {}
    for one in objects(users):
        profile = an_object(one.get("profile"))
        name = word(profile.get("real_name")) or word(one.get("real_name")) or word(profile.get("display_name"))
        found[word(one.get("id"))] = name or word(one.get("name"))
    return found


def read_slack(days: Sequence[object], names: Mapping[str, str], zone: tzinfo, title: str = "") -> Transcript:
    """One channel's days, in any order."""
    written = [one for day in days for one in objects(day) if _is_written(one)]
    known = {**_named_inside(written), **names}
    found = sorted(_lines(written, known, zone), key=itemgetter(0))
    return Transcript(once([line for _, line in found]), title)


def _is_written(one: Json) -> bool:
    if word(one.get("subtype")) not in _WRITTEN or one.get("bot_id") or one.get("hidden"):
        return False
    return word(one.get("type")) in {"", "message"} and _seconds(one) is not None


def _seconds(one: Json) -> float | None:
    try:
        return float(word(one.get("ts")))
    except ValueError:
        return None


def _named_inside(messages: Sequence[Json]) -> Mapping[str, str]:
    """Messages carry a little of their author's profile as well."""
    found: dict[str, str] = {}
    for one in messages:
        profile = an_object(one.get("user_profile"))
        name = word(profile.get("real_name")) or word(profile.get("display_name")) or word(profile.get("name"))
        if name:
            found[word(one.get("user"))] = name
    return found


def _lines(messages: Sequence[Json], names: Mapping[str, str], zone: tzinfo) -> Iterator[tuple[float, Line]]:
    for one in messages:
        stamp, user, thread = word(one.get("ts")), word(one.get("user")), word(one.get("thread_ts"))
        seconds = float(stamp)
        try:
            at = datetime.fromtimestamp(seconds, zone)
        except (ValueError, OverflowError, OSError):
            at = None
        yield (
            seconds,
            Line(
                id=stamp,
                author=names.get(user) or word(one.get("username")) or user,
                text=_plain(word(one.get("text")) or " ".join(_in_blocks(one.get("blocks"), 0)), names),
                at=at,
                reply_to="" if thread == stamp else thread,
            ),
        )


def _plain(text: str, names: Mapping[str, str]) -> str:
    """Slack's mark-up as words: names for mentions, labels for links."""

    def said(found: re.Match[str]) -> str:
        kind, what, label = found[1], found[2], found[3] or ""
        match kind:
            case "@":
                return f"@{names.get(what) or label.lstrip('@') or what}"
            case "#":
                return f"#{label or what}"
            case "!":
                # Whom it calls, everybody or those who are there, is nothing that was said.
                return "" if what in _EVERYBODY else label or f"@{what.split('^')[0]}"
            case _:
                return label or what.removeprefix("mailto:")

    return html.unescape(_MENTION.sub(said, text)).strip()


def _in_blocks(value: object, depth: int) -> Iterator[str]:
    """The words in blocks, for the few messages that have no text of their own."""
    for one in (an_object(value), *objects(value)):
        text = one.get("text")
        if isinstance(text, str):
            yield text
        elif depth < _DEEPEST:
            for key in ("text", "elements", "fields"):
                yield from _in_blocks(one.get(key), depth + 1)
