"""E-mail addresses, user names and links that lead to a person, in the ways in which people write them."""

import re
from collections.abc import Callable, Iterator

from bot.privacy.domain import Finding, Kind

_AT = r"(?:@|＠|[\[({<]\s?(?:at|a|snabel-?a|@)\s?[\])}>]|\b(?:snabel-?a|alfakrøl|krølle-?a)\b)"
_DOT = r"(?:[.,]|\s?[\[({<]\s?(?:dot|punktum|prik|\.)\s?[\])}>]\s?|\s(?:dot|punktum|prik)\s)"
_EMAILS = (
    # The usual ones, with or without a top-level domain, also several dots, an address of numbers, or a quoted name.
    re.compile(r"(?:\"[^\"\n]{1,64}\"|[\w.!#$%&'*+/=?^`{|}~’-]*[\w+])[@＠](?:\[[\d.:a-fA-F]+\]|[\w-]+(?:[.,][\w-]+)*)"),
    # anna [at] x.dk, anna(at)x dot dk, anna snabel-a x punktum dk, anna @ x.dk
    re.compile(rf"[\w.+%’'-]*\w\s?{_AT}\s?[\w-]+(?:{_DOT}[\w-]+)+", re.IGNORECASE),
    # anna at x dot dk: only where the dot is a word too
    re.compile(r"[\w.+%-]*\w\s(?:at|a)\s[\w-]+(?:\s(?:dot|punktum|prik)\s[\w-]+)+", re.IGNORECASE),
    # anna.holm at gmail.com
    re.compile(
        r"[\w+%-]+(?:\.[\w+%-]+)*\sat\s(?:gmail|hotmail|outlook|live|yahoo|icloud|protonmail|proton|jubii|mail)\.\w{2,4}\b",
        re.IGNORECASE,
    ),
)
_MENTION = re.compile(r"<@[!&]?[\w|.-]{1,80}>")
_HANDLES = (
    _MENTION,
    re.compile(r"(?<![\w@./])[@＠][\w](?:[\w.-]{0,60}\w)?"),
    re.compile(r"(?<![\w/])(?:u|user)/[\w-]{3,30}\b"),
    re.compile(r"(?<![\w#])\w[\w.]{1,31}#\d{4}(?!\d)"),
)
_NAMED_HANDLE = re.compile(
    r"\b(?:brugernavn|bruger-?id|username|user name|user id|snap(?:chat)?|insta(?:gram)?|skype|tiktok|twitter|messenger|facebook|fb|discord|"
    r"steam|gamertag|linkedin)(?:\s?(?:navn|name|id|profil|profile|er|is|hedder))?\s?[:=]\s?(?P<it>@?[\w][\w.-]{1,60}\w)",
    re.IGNORECASE,
)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>|\"”]+|\b(?:[\w-]+\.)+(?:dk|com|org|net|eu|no|se|io|me|app|info)/[^\s<>|\"”]+",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"(?:facebook|fb|linkedin|instagram|twitter|tiktok|snapchat|youtube|pinterest|threads|bsky|mastodon|flickr|vimeo|xing|t|wa|x|discord|skype|"
    r"researchgate|orcid|github|krak|degulesider|118|findsmiley)\.\w{2,6}/\S",
    re.IGNORECASE,
)
_PERSONAL_PART = re.compile(
    r"[@~]|%40|\d{6,}|[/?&=](?:user|users|bruger|profil|profile|profiles|member|medlem|medlemmer|medarbejder|medarbejdere|ansat|people|person|"
    r"personer|staff|employee|kontakt|contact|cv|name|navn|email|mail|phone|tlf|cpr|token|key|id|uid|author|forfatter)[/=?&.]",
    re.IGNORECASE,
)
_ENDS = ".,;:!?)]}'’\"*_"
_WORD_OF_URL = re.compile(r"[^\W\d_]{3,}")


def emails(text: str) -> Iterator[Finding]:
    """Every e-mail address; the text is looked at only where something stands for the sign."""
    if "@" in text or "＠" in text:
        yield from _all(_EMAILS[0], text, Kind.EMAIL)
    low = text.lower()
    if any(sign in low for sign in ("at]", "at)", "at}", "at>", " @", "@ ", "a)", "a]", "snabel", "krøl")):
        yield from _all(_EMAILS[1], text, Kind.EMAIL)
    if any(sign in low for sign in (" dot ", " punktum ", " prik ")):
        yield from _all(_EMAILS[2], text, Kind.EMAIL)
    if " at " in low and "." in low:
        yield from _all(_EMAILS[3], text, Kind.EMAIL)


def handles(text: str) -> Iterator[Finding]:
    """Mentions as the platforms write them, ``@name``, and what follows "Snapchat:" and the like."""
    for pattern in _HANDLES:
        yield from _all(pattern, text, Kind.HANDLE)
    for found in _NAMED_HANDLE.finditer(text):
        yield Finding(found.start("it"), found.end("it"), Kind.HANDLE)


def links(text: str, is_name: Callable[[str], bool]) -> Iterator[tuple[Finding, bool]]:
    """Every link, and whether it leads to a person: on a social network, with an identifier, or with somebody's name in it. ``is_name``:
    whether a word in small letters is one. The other links are sources and stay whole."""
    if "/" not in text and "www." not in text:
        return
    for found in _URL.finditer(text):
        end = found.end() - (len(found[0]) - len(found[0].rstrip(_ENDS)))
        url = text[found.start() : end]
        place = url.partition("://")[2] or url
        path = place.partition("/")[2]
        personal = (
            _SOCIAL.search(place) is not None
            or _PERSONAL_PART.search(place) is not None
            or any(is_name(word.lower()) for word in _WORD_OF_URL.findall(path))
        )
        yield Finding(found.start(), end, Kind.LINK), personal


def _all(pattern: re.Pattern[str], text: str, kind: Kind) -> Iterator[Finding]:
    return (Finding(found.start(), found.end(), kind) for found in pattern.finditer(text))
