"""The public pages as HTML, from their templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request

from adapters.web.bank_asking import links, query_of
from adapters.web.bank_words import bank_words
from adapters.web.render import environment
from bot.bank.publishing import Shelf, Shown
from bot.bank.repository import Entry
from bot.bank.searching import Question
from bot.bank.service import Found
from bot.bank.telling import readable, sections, trial_line
from bot.members.domain import Sector, Theme
from bot.messages.text import shortened
from bot.words import LANGUAGES, Words

_NAMES = {"da": "Dansk", "en": "English"}
_SENTENCE, _LONGEST = 320, 200


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: what was asked, its number from 0, and the academy's whole address."""

    question: Question
    number: int
    base: str
    request: Request


class BankPages:
    """Makes them. Everything that people wrote is escaped by the templates."""

    def __init__(self) -> None:
        self._templates = environment()

    def list_(self, shelf: Shelf, found: Found, page: Page, words: Words) -> bytes:
        """Notes with the sentence that fits."""
        t, asked, home = bank_words(words), page.question, _path(page.base)
        searched = bool(asked.words.strip()) or asked.is_narrow()
        files = {
            t["feed"]: f"{home}/feed.atom?language={words.language}",
            t["spreadsheet"]: f"{home}/notes.csv{query_of(asked, words.language)}",
            t["document"]: f"{home}/notes.md{query_of(asked, words.language)}",
            t["data"]: f"{home}/notes.json{query_of(asked, words.language)}",
        }
        title = words.say("Notes on {asked}", asked=asked.words.strip()) if asked.words.strip() else t["bank"]
        return self._made(
            "bank/list.html",
            page.request,
            words,
            title=title,
            academy=shelf.workspace.name,
            home=home,
            canonical="" if searched else page.base,
            indexed=not searched,
            feed=f"{home}/feed.atom",
            asked=asked,
            narrow=asked.is_narrow(),
            searched=searched,
            themes=_named(shelf.themes, words),
            sectors=_named(tuple(shelf.sectors.values()), words),
            counted=words.count("{number} note", "{number} notes", found.every),
            corrected=_corrected(found, words),
            nothing=t["nothing"] if searched else t["empty"],
            hits=[
                {
                    "title": readable(hit.entry.content.title, words),
                    "language": hit.entry.content.language,
                    "url": f"{home}/{hit.entry.note}?language={words.language}",
                    "about": _about(hit.entry, shelf, words),
                    "trials": [
                        {"outcome": one.outcome.value, "text": trial_line(one, words)} for one in hit.trials[:3]
                    ],
                    "sentence": shortened(readable(hit.sentence, words), _SENTENCE),
                    "meant": hit.meant,
                }
                for hit in found.hits
            ],
            previous=f"{home}{query_of(asked, words.language, page.number - 1)}" if page.number else "",
            following=(
                f"{home}{query_of(asked, words.language, page.number + 1)}" if page.number + 1 < found.pages() else ""
            ),
            page_of=words.say(
                "Page {page} of {pages}", page=words.number(page.number + 1), pages=words.number(found.pages())
            ),
            files=links(files),
        )

    def note(self, shelf: Shelf, shown: Shown, base: str, words: Words, request: Request) -> bytes:
        """One note, what came of it first."""
        t, entry, home = bank_words(words), shown.entry, _path(base)
        files = {
            t["document"]: f"{home}/{entry.note}.md?language={words.language}",
            t["data"]: f"{home}/{entry.note}.json?language={words.language}",
        }
        return self._made(
            "bank/note.html",
            request,
            words,
            title=readable(entry.content.title, words),
            academy=shelf.workspace.name,
            home=home,
            canonical=f"{base}/{entry.note}",
            note_language=entry.content.language,
            about=_about(entry, shelf, words),
            trials=[{"outcome": one.outcome.value, "text": trial_line(one, words)} for one in shown.trials],
            sections=sections(entry, shelf.sectors, words),
            tags=links({tag: f"{home}{query_of(Question(tag), words.language)}" for tag in entry.content.tags}),
            files=links(files),
        )

    def academies(self, shelves: Sequence[Shelf], words: Words, request: Request) -> bytes:
        """Which academies have published something; that none has, where none has."""
        t = bank_words(words)
        listed = [
            {
                "name": shelf.workspace.name,
                "url": f"/bank/{shelf.workspace.id}?language={words.language}",
                "count": words.count("{number} note", "{number} notes", shelf.count),
            }
            for shelf in shelves
        ]
        why = t["intro"] if shelves else t["empty"]
        return self._notice(t["bank"], why, words, request, listed, "")

    def notice(self, why: str, words: Words, request: Request, base: str = "") -> bytes:
        """Why there is no other page: ``gone``, ``missing``, ``slow`` or ``away``."""
        t = bank_words(words)
        home = f"{_path(base)}?language={words.language}" if base else ""
        return self._notice(t[why], t[f"{why}_why"], words, request, [], home)

    def _notice(
        self, title: str, why: str, words: Words, request: Request, listed: Sequence[dict[str, str]], home: str
    ) -> bytes:
        return self._made(
            "bank/notice.html",
            request,
            words,
            title=title,
            academy=bank_words(words)["bank"],
            why=why,
            listed=listed,
            home=home,
            canonical="",
        )

    def _made(self, template: str, request: Request, words: Words, **values: object) -> bytes:
        params = [(name, value[:_LONGEST]) for name, value in request.query_params.multi_items() if name != "language"]
        languages = [
            {
                "code": one,
                "name": _NAMES[one],
                "url": f"{request.url.path}?{urlencode([*params, ('language', one)])}",
            }
            for one in LANGUAGES
        ]
        made = self._templates.get_template(template).render(
            t=bank_words(words), language=words.language, languages=languages, **values
        )
        return made.encode()


def _path(base: str) -> str:
    return urlsplit(base).path


def _corrected(found: Found, words: Words) -> str:
    if not found.corrected:
        return ""
    wrong = words.all_of([f"“{word}”" for word in found.corrected])
    return words.say("No note has {words}, so these are the ones with words like it.", words=wrong)


def _about(entry: Entry, shelf: Shelf, words: Words) -> str:
    day = words.date(entry.published_at.astimezone(words.zone).date())
    themes = [next((one.name(words.language) for one in shelf.themes if one.key == key), key) for key in entry.themes]
    return " · ".join(part for part in (readable(entry.place, words), ", ".join(themes), day) if part)


def _named(listed: Sequence[Sector | Theme], words: Words) -> list[dict[str, str]]:
    named = [(one.name(words.language), one.key) for one in listed]
    return [{"name": name, "key": key} for name, key in sorted(named, key=lambda one: words.sort_key(one[0]))]
