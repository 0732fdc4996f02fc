"""Words in the reader's language: gettext catalogues for sentences, Babel for dates, numbers and lists.

The English text in the code is the key; ``bot/locales/<language>/<part>.po`` holds the translations, one file for each
part of the house, read as text (no compiled files to forget). ``tests/architecture`` proves that nothing is missing.
"""

import re
import string
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal, TypeAlias, assert_never
from zoneinfo import ZoneInfo

from babel import Locale, dates, lists, numbers
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.errors import Called, Phrase
from bot.messages.text import Inline, Moment, Plain, Text

LANGUAGES = ("da", "en")
LOCALES = Path(__file__).parent / "locales"

# English dates the European way: the readers are in Denmark.
_BABEL_LOCALE = {"da": "da_DK", "en": "en_GB"}
_DANISH_ORDER = {letter: chr(ord("z") + place) for place, letter in enumerate("æøå", start=1)}
_FOLDED = str.maketrans(
    {**_DANISH_ORDER, "ä": _DANISH_ORDER["æ"], "ö": _DANISH_ORDER["ø"], "ü": "y", "é": "e", "è": "e"}
)
_FORMATTER = string.Formatter()

# Where a command cannot be sent without one of its verbs, so that a text has to name one, and where each option is a field of
# its own: ``every: tuesday 09:00`` says what to put there.
NAMES_VERBS = frozenset({"discord"})
_NAMED = re.compile(r"([^\W\d]):(?=\S)")

# What somebody would type, by language, for commands that a text names without a verb: ``{"/profile": {"da": "/profil ret"}}``.
WholeCommands: TypeAlias = Mapping[str, Mapping[str, str]]

DateShape = Literal["short", "medium", "long", "full"]


@dataclass(frozen=True, slots=True)
class Words:
    """One language and one time zone: everything that is said to one reader goes through here."""

    language: str
    zone: ZoneInfo
    _catalogue: NullTranslations
    _locale: Locale
    _prefix: str = ""
    _whole: WholeCommands | None = None

    @property
    def manner(self) -> tuple[str, str, bool]:
        """What decides how a sentence without times comes out: two words of one manner say the same."""
        return self.language, self._prefix, self.in_fields

    @property
    def in_fields(self) -> bool:
        """Whether each option of a command is a field of its own, so that nobody types a whole line."""
        return self._whole is not None

    def say(self, message: str, /, **values: str | int) -> str:
        """The sentence in the reader's language, its ``{placeholders}`` filled. One that begins with ``/`` is a command,
        and gets the prefix of this house."""
        return self._translated(message).format(**values)

    def count(self, one: str, many: str, number: int, /, **values: str | int) -> str:
        """The sentence for this number; ``{number}`` is filled, written as the language writes numbers."""
        found = self._catalogue.ngettext(one, many, number)
        return found.format(**{"number": self.number(number), **values})

    def text(self, message: str, /, **values: Inline | str | int) -> Text:
        """Like :meth:`say`, as a text tree: a value may be a bold word, a link or a mention."""
        pieces: list[Inline] = []
        for literal, field, _, _ in _FORMATTER.parse(self._translated(message)):
            if literal:
                pieces.append(Plain(literal))
            if field is not None:
                value = values[field]
                pieces.append(Plain(str(value)) if isinstance(value, str | int) else value)
        return tuple(pieces)

    def command(self, called: str) -> str:
        """A command as it is typed here: ``/profile pause``, or ``/bro-profile pause``. ``called``: without a slash."""
        return prefixed(f"/{called}", self._prefix)

    def _told(self, value: str | int | Phrase | Called) -> str | int:
        match value:
            case Phrase():
                return self.tell(value)
            case Called(name, names):
                return names.get(self.language, name)
            case _:
                return value

    def _translated(self, message: str) -> str:
        if not message.startswith("/"):
            return self._catalogue.gettext(message)
        whole = (self._whole or {}).get(message, {}).get(self.language)
        typed = prefixed(whole or self._catalogue.gettext(message), self._prefix)
        return typed if self._whole is None else _NAMED.sub(r"\1: ", typed.replace('"', ""))

    def tell(self, phrase: Phrase) -> str:
        """A phrase that the core made before it knew who would read it."""
        return self.say(phrase.message, **{name: self._told(one) for name, one in phrase.values.items()})

    def date(self, day: date, shape: DateShape = "long") -> str:
        """A day: ``tirsdag den 3. marts 2026`` or ``Tuesday, 3 March 2026`` in shape ``full``."""
        return dates.format_date(day, shape, locale=self._locale)

    def clock(self, at: time | datetime) -> str:
        """A time of day in the reader's zone: ``14.30`` or ``14:30``."""
        shown = at.astimezone(self.zone) if isinstance(at, datetime) else at
        return dates.format_time(shown, "short", locale=self._locale)

    def when(self, at: datetime, shape: DateShape = "full") -> str:
        """A day and a time of day, in the reader's zone."""
        local = at.astimezone(self.zone)
        return self.say("{day} at {clock}", day=self.date(local.date(), shape), clock=self.clock(local))

    def moment(self, at: datetime, shape: Literal["date", "time", "both"] = "both") -> Moment:
        """A point in time for a text: platforms that can show it in each reader's own zone do so."""
        match shape:
            case "date":
                return Moment(at, shape, self.date(at.astimezone(self.zone).date(), "full"), self.language)
            case "time":
                return Moment(at, shape, self.clock(at), self.language)
            case "both":
                return Moment(at, shape, self.when(at), self.language)
            case _:
                assert_never(shape)

    def weekday(self, day: int) -> str:
        """The name of a weekday, 0 for Monday."""
        return str(dates.get_day_names("wide", locale=self._locale)[day])

    def number(self, value: float) -> str:
        """A number as the language writes it: ``1.234,5`` or ``1,234.5``."""
        return numbers.format_decimal(value, locale=self._locale)

    def all_of(self, items: Sequence[str]) -> str:
        """``a, b og c``."""
        return lists.format_list(items, locale=self._locale)

    def any_of(self, items: Sequence[str]) -> str:
        """``a, b eller c``."""
        return lists.format_list(items, style="or", locale=self._locale)

    def in_order(self, items: Iterable[str]) -> list[str]:
        """Sorted as the language sorts: in Danish æ, ø and å come last."""
        return sorted(items, key=self.sort_key)

    def sort_key(self, item: str) -> str:
        """A key for sorting by the language's own alphabet, capitals or not."""
        folded = item.casefold()
        return folded.replace("aa", "å").translate(_FOLDED) if self.language == "da" else folded


class Languages:
    """All the catalogues, read once; hands out :class:`Words`. ``prefix`` stands before every command, such as ``bro``;
    ``whole``: what is typed for the commands that texts name without a verb."""

    def __init__(
        self, catalogues: Mapping[str, NullTranslations], prefix: str = "", whole: WholeCommands | None = None
    ) -> None:
        self._catalogues = catalogues
        self.prefix = prefix
        self._whole = whole
        # Every answer needs one, and making one takes longer than finding its words.
        self._locales = {language: Locale.parse(_BABEL_LOCALE[language]) for language in catalogues}

    @classmethod
    def load(cls, folder: Path = LOCALES, *, prefix: str = "", whole: WholeCommands | None = None) -> "Languages":
        """Reads every catalogue below ``folder``. Takes some 150 ms once a process, so the command line does it only when it
        speaks."""
        return cls(_catalogues(folder), prefix, whole)

    def words(self, language: str, zone: ZoneInfo, platforms: Collection[str] = ()) -> Words:
        """The words for a language; one that we do not have becomes English. ``platforms``: where they may be read; on some
        of them a command is named with its verb."""
        known = language if language in self._catalogues else "en"
        whole = None if NAMES_VERBS.isdisjoint(platforms) else self._whole
        return Words(known, zone, self._catalogues[known], self._locales[known], self.prefix, whole)


def prefixed(command: str, prefix: str) -> str:
    """``/profile`` as ``/bro-profile``; as it is where there is no prefix."""
    return f"/{prefix}-{command.removeprefix('/')}" if prefix else command


def unprefixed(command: str, prefix: str) -> str:
    """The other way round, without a slash; a command that was typed without its prefix is understood as well."""
    name = command.removeprefix("/")
    return name.removeprefix(f"{prefix}-") if prefix else name


@cache
def _catalogues(folder: Path) -> Mapping[str, NullTranslations]:
    return {language: _read(sorted((folder / language).glob("*.po")), language) for language in LANGUAGES}


def _read(files: Sequence[Path], language: str) -> NullTranslations:
    whole = Catalog(locale=language)
    for file in files:
        with file.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if message.id and message.string:
                    whole.add(message.id, message.string)
    buffer = BytesIO()
    write_mo(buffer, whole)
    buffer.seek(0)
    return GNUTranslations(buffer)
