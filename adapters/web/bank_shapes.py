"""The public notes for programs: an Atom feed, JSON, and the map for search engines."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.bank.publishing import Shelf, Shown
from bot.bank.telling import readable, sections, trial_line
from bot.words import Words

ATOM, SITEMAP, JSON = "application/atom+xml", "application/xml", "application/json"
# Promised in docs/bank.md; what is added later does not change it, what changes does.
JSON_VERSION = 1
_ATOM, _MAP = "http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9"
# What no XML may hold.
_UNHEARD = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(shelf: Shelf, shown: Sequence[Shown], base: str, words: Words) -> bytes:
    """The newest notes as a feed. ``base``: the academy's address, whole."""
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": words.language})
    _text(feed, "id", f"urn:uuid:{shelf.workspace.id}")
    _text(feed, "title", words.say("{academy}: knowledge bank", academy=shelf.workspace.name))
    _text(feed, "updated", _at(shelf.changed_at or datetime(1970, 1, 1, tzinfo=UTC)))
    SubElement(feed, "link", {"rel": "self", "type": ATOM, "href": f"{base}/feed.atom"})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": base})
    _text(SubElement(feed, "author"), "name", shelf.workspace.name)
    for one in shown:
        entry = SubElement(feed, "entry")
        _text(entry, "id", f"urn:uuid:{one.entry.note}")
        _text(entry, "title", readable(one.entry.content.title, words) or "–")
        _text(entry, "published", _at(one.entry.published_at))
        _text(entry, "updated", _at(max([one.entry.published_at, *(trial.at for trial in one.trials)])))
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{base}/{one.entry.note}"})
        for tag in one.entry.content.tags:
            SubElement(entry, "category", {"term": _heard(tag)})
        tried = [_ended(trial_line(trial, words)) for trial in one.trials[:1]]
        said = [readable(line.text, words) for line in one.entry.content.summary]
        _text(entry, "summary", " ".join([*tried, *said]))
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def as_json(shelf: Shelf, shown: Sequence[Shown], every: int, base: str, following: str, words: Words) -> bytes:
    """A page of notes. ``following``: the address of the next page, empty on the last one."""
    whole = {
        "version": JSON_VERSION,
        "academy": {"id": str(shelf.workspace.id), "name": shelf.workspace.name, "url": base},
        "language": words.language,
        "total": every,
        "next": following or None,
        "notes": [_note(one, shelf, base, words) for one in shown],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def note_json(shelf: Shelf, shown: Shown, base: str, words: Words) -> bytes:
    """One note."""
    whole = {"version": JSON_VERSION, "language": words.language, "note": _note(shown, shelf, base, words)}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def sitemap(addresses: Sequence[tuple[str, datetime]]) -> bytes:
    """Addresses with when each last changed."""
    return _map("urlset", "url", addresses)


def sitemap_index(addresses: Sequence[tuple[str, datetime]]) -> bytes:
    """The addresses of other maps."""
    return _map("sitemapindex", "sitemap", addresses)


def _map(whole: str, one: str, addresses: Sequence[tuple[str, datetime]]) -> bytes:
    root = Element(whole, {"xmlns": _MAP})
    for address, at in addresses:
        entry = SubElement(root, one)
        _text(entry, "loc", address)
        _text(entry, "lastmod", _at(at))
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _note(shown: Shown, shelf: Shelf, base: str, words: Words) -> dict[str, object]:
    entry = shown.entry
    return {
        "id": str(entry.note),
        "url": f"{base}/{entry.note}",
        "version": entry.version,
        "language": entry.content.language,
        "published": _at(entry.published_at),
        "title": readable(entry.content.title, words),
        "tags": list(entry.content.tags),
        "themes": list(entry.themes),
        "sectors": list(entry.sectors),
        "place": readable(entry.place, words),
        "sections": [
            {"heading": one.heading, "lines": list(one.lines)} for one in sections(entry, shelf.sectors, words)
        ],
        "trials": [
            {
                "outcome": one.outcome.value,
                "place": one.place,
                "text": readable(one.text, words),
                "at": _at(one.at),
            }
            for one in shown.trials
        ],
    }


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _heard(text)


def _ended(said: str) -> str:
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _heard(text: str) -> str:
    return _UNHEARD.sub("", text)


def _at(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
