"""Plain text: chats as people copy or export them, with names and mostly times; subtitles of a meeting; minutes without names."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, tzinfo

from bot.notes.extract.days import day_in
from bot.notes.extract.wordlists import HEADINGS
from bot.notes.reading.mail import is_mail, read_mail
from bot.notes.reading.stamps import Stamps
from bot.notes.transcript import Line, Transcript

_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# What may stand before a colon and be a name: begins with a capital or a mark, few words, no end of a sentence.
_NAME = r"(?:[~@#+]\s?)?[^\W\d_#+][^:\n\[\]<>!?;]{0,58}|#\w+#|\+\d[\d ]{5,18}"
_SPEAKER = re.compile(rf"^(?P<name>{_NAME})\s?:(?:\s+(?P<text>.*)|$)")
_ALONE = re.compile(r"^(?P<name>[^\W\d_][^:\n\[\]<>!?;.,]{1,48}?)$")
_SUBTITLE_TIME = re.compile(r"^(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3}\s+-->\s+")
_VOICE = re.compile(r"^<v(?:\.\w+)*\s+(?P<name>[^>]{1,60})>(?P<text>.*?)(?:</v>)?$")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+|^\s*#{1,6}\s|^\s*[^\W\d_][^:.!?\n]{0,40}:(?:\s|$)")
# What a program of chats says itself, or says instead of a picture, begins with a sign that nobody sees.
_PROGRAM = re.compile("^\u200e?\\[[^\\]\n]{4,40}\\]\\s[^:\n]{1,60}:\\s\u200e")
_OMITTED = re.compile(r"^<[^<>\n]{3,40}(?:udeladt|omitted)>$", re.IGNORECASE)
# How many liked what stands above, as it comes along when a chat is copied.
_LIKES = re.compile(r"^(?:like|heart|laugh|surprised|sad|angry|synes godt om|hjerte)\s\d{1,3}$", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:…][\"”»')\]]*$")
_NOT_SAID = "\u200e"
_LONGEST_NAME = 4  # words
_FEWEST_SPEAKERS = 0.3  # share of the lines
_MINUTES_HEAD = 12  # lines in which minutes tell their day


@dataclass
class _Said:
    """A message that is still being read."""

    number: int
    name: str
    text: list[str]
    at: datetime | None = None


def read_plain(text: str, zone: tzinfo) -> Transcript:
    """Messages with their names, e-mails, or paragraphs. The id of each is the number of its first line."""
    rows = [
        _NOT_SAID if _PROGRAM.match(row) else _MARKS.sub("", row).replace("\u202f", " ").replace("\xa0", " ").rstrip()
        for row in text.split("\n")
    ]
    if is_mail(rows):
        return read_mail(rows, zone)
    said = _messages(rows, zone)
    title = ""
    if said is None:
        said = list(_paragraphs(rows, _day_told(rows, zone)))
        if len(said) > 1 and said[0].text[0].startswith("# "):
            title = said.pop(0).text[0].removeprefix("# ").strip()
    lines = [Line(id=str(one.number), author=one.name, text="\n".join(one.text).strip(), at=one.at) for one in said]
    return Transcript([one for one in lines if not _OMITTED.match(one.text)], title)


def _messages(rows: Sequence[str], zone: tzinfo) -> list[_Said] | None:
    """None where too few lines begin with a name to be a chat."""
    subtitles = any(_SUBTITLE_TIME.match(row) for row in rows)
    stamps = Stamps(rows, zone, _day_told(rows, zone))
    speakers = _speakers(rows, stamps)
    found: list[_Said] = []
    stamped = False
    for number, row in enumerate(rows, start=1):
        follows = rows[number] if number < len(rows) else ""
        if row == _NOT_SAID or (subtitles and _belongs_to_subtitles(row, follows)):
            continue
        at, rest = stamps.cut(row)
        stamped = stamped or rest is not row
        # A name alone stands above what was said, and not above another time.
        following = follows if stamps.cut(follows)[1] is follows else ""
        begun = _begun(number, rest, stamped=rest is not row, speakers=speakers, following=following)
        if begun is not None:
            begun.at = at
            found.append(begun)
        elif rest is row and found and not (stamped and _LIKES.match(row)):
            found[-1].text.append(row.removesuffix("</v>"))
    return found if speakers or (stamped and found) else None


def _belongs_to_subtitles(row: str, follows: str) -> bool:
    """The name of a piece stands above its time."""
    return (
        any(map(_SUBTITLE_TIME.match, (row, follows))) or row.strip().isdecimal() or row.startswith(("WEBVTT", "NOTE "))
    )


def _begun(number: int, row: str, *, stamped: bool, speakers: frozenset[str], following: str) -> _Said | None:
    """The message that begins in this row. What a program tells in a chat has a time and no name: none begins."""
    voice = _VOICE.match(row)
    if voice:
        return _Said(number, voice["name"].strip(), [voice["text"]])
    spoken = _SPEAKER.match(row.strip())
    if spoken and (stamped or spoken["name"].strip() in speakers):
        return _Said(number, spoken["name"].strip(" ~@"), [spoken["text"] or ""])
    alone = _ALONE.match(row.strip()) if stamped and following.strip() else None
    if alone and len(alone["name"].split()) <= _LONGEST_NAME:
        return _Said(number, alone["name"].strip(), [])
    return None


def _speakers(rows: Sequence[str], stamps: Stamps) -> frozenset[str]:
    """The names before colons, where so many lines have one that it is a chat."""
    filled = [stamps.cut(row)[1] for row in rows if row.strip()]
    names = Counter(
        found["name"].strip()
        for found in map(_SPEAKER.match, map(str.strip, filled))
        if found and not _is_heading(found["name"])
    )
    voices = sum(_VOICE.match(row) is not None for row in filled)
    if voices:
        return frozenset(("",))
    enough = sum(names.values()) >= max(1, _FEWEST_SPEAKERS * len(filled))
    # One name for each line is a list of headings, unless it is a very short talk.
    repeated = len(names) < sum(names.values()) or sum(names.values()) <= 3
    return frozenset(names) if enough and repeated else frozenset()


def _is_heading(name: str) -> bool:
    words = name.casefold().split()
    return len(words) > 5 or all(word in HEADINGS for word in words) or words[0] in {"http", "https"}


def _paragraphs(rows: Sequence[str], at: datetime | None) -> Iterator[_Said]:
    """Lines that were only broken to fit a page are one again; a heading stands alone."""
    open_one: _Said | None = None
    for number, row in enumerate(rows, start=1):
        text = row.strip()
        goes_on = (
            open_one is not None
            and bool(text)
            and not _BULLET.match(row)
            and not open_one.text[-1].startswith("#")
            and not _ENDED.search(open_one.text[-1])
        )
        if open_one is not None and goes_on:
            open_one.text = [f"{open_one.text[-1]} {text}"]
            continue
        if open_one is not None:
            yield open_one
        open_one = _Said(number, "", [text], at) if text else None
    if open_one is not None:
        yield open_one


def _day_told(rows: Sequence[str], zone: tzinfo) -> datetime | None:
    """The day that stands above it all, with its year."""
    for row in [row for row in rows if row.strip()][:_MINUTES_HEAD]:
        day = day_in(row, None, "da") if any(letter.isdigit() for letter in row) else None
        if day is not None:
            return datetime.combine(day, time(), zone)
    return None
