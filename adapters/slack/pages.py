"""The pages that somebody sees who installs the bot: before, after, and when it came to nothing. In Danish or English, as
their browser asks; without scripts, pictures or anything from elsewhere."""

import html
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.words import LANGUAGES, Languages, Words

_WISH = re.compile(r"\s*([a-z]{2})\b", re.IGNORECASE)
_STYLE = (
    "body{font-family:system-ui,sans-serif;line-height:1.5;margin:0 auto;max-width:32rem;padding:3rem 1.5rem;"
    "color:#1d1c1d;background:#fff}h1{font-size:1.5rem;line-height:1.25}a.go{display:inline-block;margin:.5rem 0;"
    "padding:.6rem 1.1rem;border-radius:.4rem;background:#4a154b;color:#fff;text-decoration:none}"
    "@media (prefers-color-scheme:dark){body{color:#eee;background:#1a1d21}a{color:#8ab4f8}}"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody goes on after an installation: the team's or organisation's ``name`` and the app's id there."""

    name: str
    app: str
    team: str | None
    enterprise_url: str | None


class Pages:
    """Makes the pages. ``language`` is the house's, for browsers that ask for neither Danish nor English."""

    def __init__(self, languages: Languages, language: str, zone: ZoneInfo) -> None:
        self._languages = languages
        self._language = language
        self._zone = zone

    def words_for(self, headers: Mapping[str, Sequence[str]]) -> Words:
        """The first language of ours that the browser names."""
        wishes = ",".join(headers.get("accept-language", ())).split(",")
        asked = (match.group(1).lower() for match in map(_WISH.match, wishes) if match is not None)
        found = next((language for language in asked if language in LANGUAGES), self._language)
        return self._languages.words(found, self._zone)

    def headers(self) -> dict[str, list[str]]:
        """What every page is sent with: it holds a state, so nobody keeps it, and nothing foreign gets in."""
        style = b64encode(sha256(_STYLE.encode()).digest()).decode()
        policy = (
            f"default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
        )
        return {
            "Content-Type": ["text/html; charset=utf-8"],
            "Content-Security-Policy": [policy],
            "Cache-Control": ["no-store"],
            "Referrer-Policy": ["no-referrer"],
            "X-Content-Type-Options": ["nosniff"],
        }

    def before(self, words: Words, authorize_url: str) -> str:
        """Where an installation begins."""
        return _page(
            words,
            words.say("Add Brobygger to Slack"),
            [
                words.say("Brobygger introduces the members of your academy to one another, across sectors."),
                words.say("Slack shows you next what it may do. You can remove it again whenever you like."),
            ],
            (authorize_url, words.say("Add to Slack")),
        )

    def after(self, words: Words, place: Place) -> str:
        """It is installed."""
        title = words.say("Brobygger is in {place} now", place=place.name or "Slack")
        if place.team is None:
            url = place.enterprise_url or "https://app.slack.com/"
            adding = f"{url.rstrip('/')}/manage/organization/apps/profile/{place.app}/workspaces/add"
            chosen = words.say("Choose next which workspaces of your organisation have it.")
            return _page(words, title, [chosen], (adding, words.say("Choose workspaces")))
        app = f"slack://app?team={place.team}&id={place.app}"
        browser = (f"https://app.slack.com/client/{place.team}", words.say("I use Slack in the browser"))
        begins = words.say("Type {command} there, and it shows you where to begin.", command=words.say("/help"))
        return _page(words, title, [begins], (app, words.say("Open Slack")), browser)

    def failed(self, words: Words, reason: str, install_path: str) -> str:
        """Nothing was installed, and what to do about it."""
        return _page(
            words,
            words.say("Brobygger was not added"),
            [_why(words, reason)],
            (install_path, words.say("Try again")),
        )

    def not_here(self) -> str:
        """What is said in Slack where the bot is not installed any more: in both languages, since nobody is known there."""
        return "\n".join(_not_here(self._languages.words(language, self._zone)) for language in LANGUAGES)


def _not_here(words: Words) -> str:
    return words.say("Brobygger is not installed here any more. Someone who runs this workspace can add it again.")


def _why(words: Words, reason: str) -> str:
    match reason:
        case "access_denied":
            return words.say("You said no in Slack, so nothing was changed.")
        case "invalid_browser" | "invalid_state":
            return words.say(
                "The page was open for too long, was used already, or is from another browser. Begin again."
            )
        case "storage_error":
            return words.say("It could not be kept just now. Please try again in some minutes.")
        case _:
            return words.say("Slack did not finish it. Please try again.")


def _page(
    words: Words, title: str, paragraphs: Sequence[str], link: tuple[str, str], second: tuple[str, str] | None = None
) -> str:
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    more = "" if second is None else f'<p><a href="{html.escape(second[0])}">{html.escape(second[1])}</a></p>'
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head><body><main><h1>{html.escape(title)}</h1>{body}"
        f'<p><a class="go" href="{html.escape(link[0])}">{html.escape(link[1])}</a></p>{more}</main></body></html>'
    )
