"""Discord's exports: the JSON of DiscordChatExporter, and messages as Discord's own interface gives them."""

import re
from collections.abc import Mapping, Sequence
from datetime import tzinfo

from bot.members.domain import SECTORS
from bot.notes.reading.pieces import Json, an_object, moment, objects, once, word
from bot.notes.transcript import Line, Transcript

# Kinds of message that a person wrote, by name and by number: plain, a reply, and the first one of a thread.
_WRITTEN = frozenset(("", "default", "reply", "threadstartermessage", "0", "19", "21"))
_MENTION = re.compile(r"<(@!?|@&|#)(\d+)>")
_PICTURE = re.compile(r"<a?:\w+:\d+>|<t:\d+(?::\w)?>")


def is_discord(messages: Sequence[Json]) -> bool:
    """Whether they look like messages of Discord."""
    return any("content" in one and isinstance(one.get("author"), dict) for one in messages[:50])


def read_discord(value: object, zone: tzinfo) -> Transcript:
    """A whole export, or only its messages."""
    whole = an_object(value)
    messages = objects(whole.get("messages")) if whole else objects(value)
    channel = an_object(whole.get("channel"))
    names = _names(messages)
    lines = [_line(one, names, zone) for one in messages if _is_written(one)]
    if all(line.at is not None for line in lines):
        # Discord's own interface gives the newest first.
        lines.sort(key=lambda line: line.at.timestamp() if line.at is not None else 0.0)
    return Transcript(once(lines), word(channel.get("name")))


def _is_written(one: Json) -> bool:
    author = an_object(one.get("author"))
    return (
        word(one.get("type")).casefold() in _WRITTEN
        and author.get("isBot") is not True
        and author.get("bot") is not True
    )


def _names(messages: Sequence[Json]) -> Mapping[str, str]:
    people = [an_object(one.get("author")) for one in messages]
    people.extend(person for one in messages for person in objects(one.get("mentions")))
    return {word(one.get("id")): _name(one) for one in people}


def _name(person: Json) -> str:
    return next(filter(None, (word(person.get(key)) for key in ("nickname", "global_name", "name", "username"))), "")


def _line(one: Json, names: Mapping[str, str], zone: tzinfo) -> Line:
    author = an_object(one.get("author"))
    reference = an_object(one.get("reference")) or an_object(one.get("message_reference"))
    at = moment(word(one.get("timestamp")), zone)
    return Line(
        id=word(one.get("id")),
        author=_name(author),
        text=_plain(word(one.get("content")), names),
        sector=_sector(author),
        at=None if at is None else at.astimezone(zone),
        reply_to=word(reference.get("messageId")) or word(reference.get("message_id")),
    )


def _plain(text: str, names: Mapping[str, str]) -> str:
    def said(found: re.Match[str]) -> str:
        return f"#{found[2]}" if found[1] == "#" else f"@{names.get(found[2]) or found[2]}"

    return _MENTION.sub(said, _PICTURE.sub("", text))


def _sector(author: Json) -> str:
    """A role that is called like one of the usual sectors."""
    roles = {word(role.get("name")).casefold() for role in objects(author.get("roles"))}
    return next((one.key for one in SECTORS if roles & {one.key, *map(str.casefold, one.names.values())}), "")
