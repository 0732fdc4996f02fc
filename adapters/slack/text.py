"""The text tree as Slack's rich text, where nothing that was typed can be mark-up; and as mrkdwn where only that is taken.

mrkdwn reads stars, lines and ticks in any text, and there is no sign that takes their meaning away. So :func:`mrkdwn`
answers None for a text that would be read so, and the caller chooses another form.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, assert_never

from adapters.slack import limits
from adapters.slack.shapes import Json
from bot.identity import MemberId
from bot.messages import cutting
from bot.messages.cutting import atoms, cut_in, divisible, sliced
from bot.messages.text import Bold, Code, Inline, Italic, Link, MentionOf, Moment, Plain, Text, flat, shortened

People: TypeAlias = Mapping[MemberId, str]

NOTHING = "–"

_SHAPES = {"date": "{date_long}", "time": "{time}", "both": "{date_long}, {time}"}
_STYLES: Mapping[type, str] = {Bold: "bold", Italic: "italic", Code: "code"}
_MARKS = re.compile(r"[*_~`]|:[^\s:]+:")
_LINE_START = re.compile(r"^\s*(?:>|•|◦|-\s|\d+\.\s)", re.MULTILINE)
_BESIDE = frozenset(" \n\t.,;:!?()\"'–—…/")
_URL_SIGNS = ":/?#[]@!$&'()*+,;=%~-._"


def escaped(text: str) -> str:
    """The three signs that Slack reads in every text, so that no ``<!channel>`` can be typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_text(text: str, most: int) -> Json:
    """A text that Slack shows as it stands. A blank one, which Slack refuses, becomes a dash; a label too long is cut."""
    return {"type": "plain_text", "text": shortened(text, most) if text.strip() else NOTHING, "emoji": True}


def safe_url(url: str) -> str:
    """An address without the signs that would end a link."""
    return cutting.safe_url(url, _URL_SIGNS)


def rich(text: Text, people: People) -> list[Json]:
    """The elements of a ``rich_text_section``, list item or quote; empty pieces, which Slack refuses, are left out."""
    return [element for piece in text for element in _rich_piece(piece, people)]


def _rich_piece(piece: Inline, people: People) -> Iterator[Json]:
    match piece:
        case Plain(text) | Bold(text) | Italic(text) | Code(text):
            yield from _run(text, _STYLES.get(type(piece), ""))
        case Link(text, url) if len(safe_url(url)) <= limits.URL:
            yield {"type": "link", "url": safe_url(url), "text": text or url}
        case Link(text, url):
            yield from _run(f"{text} ({url})")
        case MentionOf(member, name):
            if member in people:
                yield {"type": "user", "user_id": people[member]}
            else:
                yield from _run(name)
        case Moment(at, shape) if _is_shown_by_slack(piece):
            seconds = int(at.timestamp())
            yield {"type": "date", "timestamp": seconds, "format": _SHAPES[shape], "fallback": flat((piece,))}
        case Moment():
            yield from _run(flat((piece,)))
        case _:
            assert_never(piece)


def _is_shown_by_slack(moment: Moment) -> bool:
    """Whether Slack can say it as its reader's clock does, and in a language that fits the sentence around it."""
    return 0 < moment.at.timestamp() <= limits.MOMENT and moment.language in limits.DATE_LANGUAGES


def _run(text: str, style: str = "") -> Iterator[Json]:
    if text:
        yield {"type": "text", "text": text, "style": {style: True}} if style else {"type": "text", "text": text}


def mrkdwn(text: Text, people: People) -> str | None:
    """The text as mrkdwn, or None where Slack would read mark-up in what was typed."""
    words = flat(text)
    if _LINE_START.search(words):
        return None
    parts: list[str] = []
    place = 0
    for piece in text:
        length = len(flat((piece,)))
        before, after = words[place - 1 : place], words[place + length : place + length + 1]
        part = _mrkdwn_piece(piece, people, stands_alone=_is_edge(before) and _is_edge(after))
        if part is None:
            return None
        parts.append(part)
        place += length
    return "".join(parts)


def _mrkdwn_piece(piece: Inline, people: People, *, stands_alone: bool) -> str | None:
    if isinstance(piece, MentionOf) and piece.member in people:
        return f"<@{people[piece.member]}>"
    text = flat((piece,))
    if _MARKS.search(text):
        return None
    match piece:
        case Plain() | MentionOf():
            return escaped(text)
        case Bold() | Italic() | Code():
            mark = {Bold: "*", Italic: "_", Code: "`"}[type(piece)]
            fits = stands_alone and text.strip() == text and "\n" not in text
            return (f"{mark}{escaped(text)}{mark}" if text else "") if fits else None
        case Link(_, url):
            fits = "\n" not in text and bool(text) and len(safe_url(url)) <= limits.URL
            return f"<{escaped(safe_url(url))}|{escaped(text)}>" if fits else None
        case Moment(at, shape):
            shown = _is_shown_by_slack(piece) and not {"|", "^", "\n"} & set(text)
            return f"<!date^{int(at.timestamp())}^{_SHAPES[shape]}|{escaped(text)}>" if shown else escaped(text)
        case _:
            assert_never(piece)


def _is_edge(sign: str) -> bool:
    return not sign or sign in _BESIDE


def parted(text: Text, most: int) -> list[Text]:
    """The text in parts of at most so many characters, cut after a paragraph, a sentence or a word; nothing is lost."""
    pieces = divisible(text)
    words = flat(pieces)
    if len(words) <= most:
        return _in_runs([pieces]) if words else []
    whole = list(atoms(pieces))
    cuts, start = [0], 0
    while len(words) - start > most:
        cut = cut_in(words, start, most)
        start = next((first for first, last in whole if first < cut < last), cut)
        cuts.append(start)
    return _in_runs(sliced(pieces, first, last) for first, last in zip(cuts, [*cuts[1:], len(words)], strict=True))


def _in_runs(texts: Iterable[Text]) -> list[Text]:
    """No part has more runs of words than a block should have."""
    most = limits.RICH_TEXT_RUNS
    return [text[start : start + most] for text in texts for start in range(0, len(text), most)]


def parts_of(texts: Sequence[Text], most: int) -> list[list[Text]]:
    """Items in groups that weigh at most so much together; an item that is longer by itself becomes several."""
    groups: list[list[Text]] = []
    room = 0
    for item in (part for text in texts for part in parted(text, most)):
        length = len(flat(item)) + limits.WORDS_WEIGH * len(item)
        if not groups or length > room:
            groups.append([])
            room = most
        groups[-1].append(item)
        room -= length
    return groups
