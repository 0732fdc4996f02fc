"""E-mail addresses, user names and links that lead to a person, in the ways in which people write them."""

import re
from collections.abc import Callable, Iterator

from bot.privacy.domain import Finding, Kind
from bot.privacy.windows import Window, around, tried

# What people say for the sign, and what they write around it where no machine shall see it.
_TAIL = (
    r"(?:snabel[- ]?a|a-snabel|alfakrøl(?:le)?|krølle[- ]?alfa|krølle[- ]?a|krøllet[- ]a|"
    r"at-?tegn(?:et)?|at[- ]sign|kanelsnegl)"
)
_SOFT = rf"(?:at|(?<=[\[({{<])a(?=[\])}}>])|ät|æt|snabel|{_TAIL})"
_BEFORE = r"[\[({<|/\\'\"*_~`:;=+!#-]"
_BEHIND = r"[\])}>|/\\'\"*_~`:;=+!#-]"
_TOP = (
    r"(?:dk|com|org|net|eu|no|se|de|uk|io|me|gl|fo|is|fi|nl|pl|info|edu|gov|name|museum|app|dev|email|mail"
    r"|online|shop|biz|nu|social|agency|cloud|tech|care|team|group|"
    r"world|digital|site|store|blog|xyz|help|community|foundation|ngo|health|school|academy|coop|int|mil|gl"
    r"|ie|es|it|fr|be|at|ch|cz|ee|lv|lt|us|ca|au)"
)
_DOT_LOUD = (
    rf"(?:\s?{_BEFORE}{{1,2}}\s?(?:dot|punktum|punkt|prik|\.)\s?{_BEHIND}{{1,2}}\s?|"
    r"\s(?:dot|punktum|punkt|prik)\s{1,2})"
)
_AT = (
    rf"(?:\s?(?:{_BEFORE}{{1,2}}\s?{_SOFT}\s?{_BEHIND}{{1,2}}|{_BEFORE}{{1,3}}@{{1,3}}{_BEHIND}{{1,3}}"
    rf"|@{{2,3}}(?=[\w-]))\s?|{_BEFORE}{{1,3}}@(?=[\w-])|\s{_TAIL}\s|[._-]?snabel-?a[._-]?|"
    rf"\s@\s|@\s|\s@(?=[\w-]+{_DOT_LOUD}|[\w-]+(?:\s?\.\s?[\w-]+){{0,3}}?\s?\.\s?{_TOP}(?!\w))"
    rf"|\s?@\s?\n(?:\s?(?:>|&gt;))*\s?|(?<=\w)[©®](?=\w))"
)
# "sub . kommune . dk", where a usual end follows.
_DOT = rf"(?:[.,]|\s?\.\s?(?=(?:[\w-]{{1,40}}\s?\.\s?){{0,4}}{_TOP}(?!\w))|{_DOT_LOUD})"
_EMAILS = (
    # The usual ones, with or without a top-level domain, also several dots, an address of numbers, or a quoted name.
    re.compile(
        r"(?:\"[^\"\n]{1,64}\"|[\w.!#$%&'*+/=?^`{|}~’-]*[\w+!]\*?)@(?:\[[\d.:a-fA-F]+\]|[\w-]+"
        rf"(?:{_DOT}[\w-]+)*)",
        re.IGNORECASE,
    ),
    # anna [at] x.dk, anna(at)x dot dk, anna snabel-a x punktum dk, anna @ x.dk
    re.compile(
        rf"(?<![\w.+!%’'-])[\w.+!%’'-]*?[\w+!]\*?{_AT}(?:[\w-]+(?:{_DOT}[\w-]+)+|\[\d[^\[\]\n]{{2,60}}\])",
        re.IGNORECASE,
    ),
    # anna at x dot dk: only where the last dot is a word too
    re.compile(
        rf"[\w.+%’'-]*[\w!+]\*?\s(?:at|a|æt|snabel)\s(?:\[\d)?[\w-]+(?:{_DOT}[\w-]+)*{_DOT_LOUD}[\w-]+", re.IGNORECASE
    ),
)
# anna.holm at gmail.com; "at" is a word too, and so is what may stand before it: "look at x.dk".
_BY_AT = re.compile(
    r"(?<![\w.+%-])(?P<who>[\w.+%’'-]*[\w!+]\*?)\s(?:at|æt|snabel)\s[\w-]+"
    rf"(?:(?:\.[\w-]+)*\.(?:[a-z]{{2,12}}|{_TOP})|(?:\s?\.\s?[\w-]+){{0,3}}?\s?\.\s?{_TOP})(?![\w-]|\.\w)",
    re.IGNORECASE,
)
# The same whatever the words are.
_ANY_AT = re.compile(rf"[\w.]*\w\s?(?:@|\bat\b)\s?[\w-]+(?:\s?\.\s?|{_DOT_LOUD})[a-z]{{2,}}", re.IGNORECASE)
_MENTION = re.compile(r"<@[!&]?[\w|.-]{1,80}>")
_HANDLES = (
    (_MENTION, ("<@",)),
    (re.compile(r"(?<![\w@./])@[\w](?:[\w.-]{0,60}\w)?"), ("@",)),
    (re.compile(r"(?<![\w/])(?:u|user)/[\w-]{3,30}\b"), ("u/", "user/")),
    (re.compile(r"(?<![\w#])\w[\w.]{1,31}#\d{4}(?!\d)"), ("#",)),
)
# Letters of an address before and after its sign, at most.
_LONGEST = 100
_SPELT_SIGNS = ("@", "©", "®", "snabel", "alfakrøl", "krølle", "at-", "at tegn", "kanelsn")
_WRAPPED_AT = re.compile(rf"{_BEFORE}\s?{_SOFT}\s?{_BEHIND}")
_QUIET_SIGNS = (" at ", " æt ", " snabel ")
_DOT_WORDS = ("dot", "punkt", "prik", "[.]", "(.)", "{.}", " . ")
_NETWORKS = (
    *("brugernavn", "bruger", "user", "snap", "insta", "skype", "tiktok", "twitter", "messenger", "facebook", "fb"),
    *("discord", "steam", "gamertag", "linkedin"),
)
_NAMED_HANDLE = re.compile(
    r"\b(?:brugernavn|bruger-?id|username|user name|user id|snap(?:chat)?|insta(?:gram)?|skype|tiktok|twitter|"
    r"messenger|facebook|fb|discord|"
    r"steam|gamertag|linkedin)(?:\s?(?:navn|name|id|profil|profile|er|is"
    r"|hedder))?(?:\s?[:=]\s?[*~`]{0,3}(?P<it>@?[\w][\w.-]{1,60}\w)|"
    # Without a sign only what looks like one: "insta jette_90".
    r"\s(?P<like>(?=[\w.-]*[\d_])(?=[\w.-]*[^\W\d_])@?\w[\w.-]{1,60}\w))",
    re.IGNORECASE,
)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>|\"”]+|\b(?:[\w-]+\.)+(?:dk|com|org|net|eu|no|se|io|me|app|info)/[^\s<>|\"”]+",
    re.IGNORECASE,
)
_SOCIAL = re.compile(
    r"(?:facebook|fb|linkedin|instagram|twitter|tiktok|snapchat|youtube|pinterest|threads|bsky|mastodon|flickr|"
    r"vimeo|xing|t|wa|x|discord|skype|"
    r"researchgate|orcid|github|krak|degulesider|118|findsmiley)\.\w{2,6}/\S",
    re.IGNORECASE,
)
_PERSONAL_PART = re.compile(
    r"[@~]|%40|\d{6,}|[/?&=](?:user|users|bruger|profil|profile|profiles|member|medlem|medlemmer|medarbejder|"
    r"medarbejdere|ansat|people|person|"
    r"personer|staff|employee|kontakt|contact|cv|name|navn|email|mail|phone|tlf|cpr|token|key|id|uid|author"
    r"|forfatter)[/=?&.]",
    re.IGNORECASE,
)
_ENDS = ".,;:!?)]}'’\"*_"
_WORD_OF_URL = re.compile(r"[^\W\d_]{3,}")


def emails(text: str, low: str, is_ordinary: Callable[[str], bool]) -> Iterator[Finding]:
    """Every e-mail address, around what stands for the sign. ``low``: the text in small letters, as long as the text.
    ``is_ordinary``: whether a word in small letters names nobody."""
    usual, spelt, by_words = _EMAILS
    yield from _all(usual, text, Kind.EMAIL, around(text, ("@",), _LONGEST, _LONGEST))
    signs = [(one.start(), one.end()) for one in _WRAPPED_AT.finditer(low)]
    yield from _all(spelt, text, Kind.EMAIL, around(low, _SPELT_SIGNS, _LONGEST, _LONGEST, signs))
    at = around(low, (*_QUIET_SIGNS, " a "), _LONGEST, _LONGEST) if any(word in low for word in _DOT_WORDS) else []
    yield from _all(by_words, text, Kind.EMAIL, at)
    for found in tried(_BY_AT, text, around(low, _QUIET_SIGNS, _LONGEST, _LONGEST)):
        if len(found["who"]) == 1 or not is_ordinary(found["who"].lower()):
            yield Finding(found.start(), found.end(), Kind.EMAIL)


def any_emails(text: str) -> Iterator[Finding]:
    """Whatever may be an address, also "look at x.dk"."""
    return _all(_ANY_AT, text, Kind.EMAIL, around(text.lower(), ("@", "at "), _LONGEST, _LONGEST))


def handles(text: str, low: str) -> Iterator[Finding]:
    """Mentions as the platforms write them, ``@name``, and what follows "Snapchat:" and the like."""
    for pattern, signs in _HANDLES:
        yield from _all(pattern, text, Kind.HANDLE, around(text, signs, 40, 90))
    for found in tried(_NAMED_HANDLE, text, around(low, _NETWORKS, 2, 90)):
        name = "it" if found["it"] is not None else "like"
        yield Finding(found.start(name), found.end(name), Kind.HANDLE)


def links(text: str, is_name: Callable[[str], bool]) -> Iterator[tuple[Finding, bool]]:
    """Every link, and whether it leads to a person: on a social network, with an identifier, or with somebody's
    name in it. ``is_name``: whether a word in small letters is one. The other links are sources and stay whole."""
    for found in tried(_URL, text, around(text, ("://", "www.", "/"), 40, 2000)):
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


def _all(pattern: re.Pattern[str], text: str, kind: Kind, windows: list[Window]) -> Iterator[Finding]:
    return (Finding(found.start(), found.end(), kind) for found in tried(pattern, text, windows))
