"""How a request to the public pages is read: in which language, for what, how fast, and whether the asker has it already."""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from bot.bank.searching import Question
from bot.words import LANGUAGES

_WISH = re.compile(r"\s*([a-z]{2})(?:-[\w-]+)?\s*(?:;\s*q\s*=\s*([\d.]+))?", re.IGNORECASE)
_LONGEST, _MOST_PAGES = 200, 10_000
# For each address from which pages are asked for: so many at once, and so many a second for long.
BURST, PER_SECOND = 60, 2.0
_REMEMBERED = 10_000
# Pages may be kept, but never shown without asking whether they still are so: what is withdrawn is gone at once.
_KEPT = "public, no-cache"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Vary": "Accept-Language",
}


def language_of(request: Request, otherwise: str) -> str:
    """The language of the address, or else the one that the browser likes best of ours."""
    chosen = request.query_params.get("language", "")
    if chosen in LANGUAGES:
        return chosen
    wishes: list[tuple[float, str]] = []
    for wish in request.headers.get("accept-language", "").split(","):
        match = _WISH.fullmatch(wish)
        if match is not None:
            wishes.append((_quality(match[2]), match[1].lower()))
    liked = [language for quality, language in sorted(wishes, key=lambda one: -one[0]) if quality > 0]
    return next((language for language in liked if language in LANGUAGES), otherwise)


def question_of(request: Request) -> Question:
    """What is looked for; what cannot be read is not asked for."""
    asked = request.query_params
    return Question(
        words=asked.get("q", "")[:_LONGEST],
        theme=asked.get("theme", "")[:_LONGEST],
        sector=asked.get("sector", "")[:_LONGEST],
        place=asked.get("place", "")[:_LONGEST],
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        worked=asked.get("worked", "") in {"1", "yes", "true"},
    )


def page_of(request: Request) -> int:
    """The page, from 0."""
    asked = request.query_params.get("page", "1")
    return max(0, min(int(asked), _MOST_PAGES) - 1) if asked.isdecimal() and len(asked) < 7 else 0


def query_of(question: Question, language: str, page: int = 0) -> str:
    """The question as the end of an address, with its question mark."""
    said = {
        "q": question.words,
        "theme": question.theme,
        "sector": question.sector,
        "place": question.place,
        "since": question.since.isoformat() if question.since else "",
        "until": question.until.isoformat() if question.until else "",
        "worked": "1" if question.worked else "",
        "page": str(page + 1) if page else "",
        "language": language,
    }
    return "?" + urlencode({name: value for name, value in said.items() if value})


def answer(request: Request, content: bytes, media_type: str, changed: datetime | None, **more: str) -> Response:
    """The page, or that the asker has it already. Only its mark decides: after a withdrawal the newest change may be older."""
    mark = f'W/"{blake2b(content, digest_size=12).hexdigest()}"'
    headers = {**_HEADERS, "ETag": mark, "Cache-Control": _KEPT, **more}
    if changed is not None:
        headers["Last-Modified"] = changed.strftime("%a, %d %b %Y %H:%M:%S GMT")
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if mark.removeprefix("W/") in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


def notice(content: bytes, status: int, **more: str) -> Response:
    """A page that says why there is no other."""
    headers = {**_HEADERS, "Cache-Control": "no-store", **more}
    return Response(content, status, headers, "text/html; charset=utf-8")


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime


class Visitors:
    """Slows down one address that asks for very much. In memory; a process that starts anew has forgotten."""

    def __init__(self, burst: float = BURST, per_second: float = PER_SECOND) -> None:
        self._burst = burst
        self._per_second = per_second
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def may(self, request: Request, now: datetime) -> bool:
        """Counts one request; False where that is one too many."""
        key = _address(request)
        bucket = self._buckets.pop(key, None) or _Bucket(self._burst, now)
        bucket.left = min(self._burst, bucket.left + max(0.0, (now - bucket.at).total_seconds()) * self._per_second)
        bucket.at = now
        self._buckets[key] = bucket
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True


def _address(request: Request) -> str:
    """Who asks: behind a proxy, whom the nearest one names."""
    passed_on = request.headers.get("x-forwarded-for", "")
    if passed_on:
        return passed_on.rpartition(",")[2].strip()[:64]
    return request.client.host if request.client is not None else ""


def _quality(written: str | None) -> float:
    try:
        return 1.0 if written is None else float(written)
    except ValueError:
        return 0.0


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def links(addresses: Mapping[str, str]) -> list[dict[str, str]]:
    """Addresses by their names, for a template."""
    return [{"name": name, "url": url} for name, url in addresses.items()]
