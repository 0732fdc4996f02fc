"""Masking: personal data out of a text, tokens in, and a key to bring it all back.

A :class:`Masker` is made once for a roster. Each thread has its own :class:`Masking`, in which the same person keeps
the same number through all its messages.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from types import MappingProxyType

from bot.privacy.addresses import addresses, any_streets
from bot.privacy.domain import Finding, Key, Kind, Masked
from bot.privacy.electronic import any_emails, emails, handles, links
from bot.privacy.gathered import gathered
from bot.privacy.knowledge import Knowledge
from bot.privacy.lexicon import lexicon
from bot.privacy.names import names
from bot.privacy.numbers import numbers
from bot.privacy.people import People
from bot.privacy.plain import plain, visible
from bot.privacy.roster import Roster
from bot.privacy.runs import any_runs
from bot.privacy.scanning import Words, scan
from bot.privacy.tagger import weights
from bot.privacy.tokens import parts, token, typed_tokens
from bot.privacy.told import told_names

_SIGNS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\D+")
_BY_DIGITS = frozenset({Kind.CPR, Kind.PHONE, Kind.CVR, Kind.ACCOUNT})
_DANISH_DIGITS = 8
_WITHIN_NAMES = (" ", "_", "")


class Masker:
    """Finds personal data. ``roster``: the members' names; all their spellings are masked. Building takes some 50
    ms the first time, and some 20 microseconds for each name. Holds no text."""

    def __init__(self, roster: Iterable[str] = ()) -> None:
        known, learned = lexicon(), weights()
        self._knows = Knowledge(
            known,
            learned,
            Roster(roster, lambda word: known.is_ordinary(word) or learned.is_common(word), known.is_frequent),
        )

    def __repr__(self) -> str:
        return f"Masker({self._knows.roster!r})"

    def find(self, text: str, *, strict: bool = False) -> tuple[Finding, ...]:
        """What a text holds of personal data, in its order, without overlap. Our own tokens are none. ``strict``: for a sentence
        that needs no numbers and no places of houses: also what only looks like one."""
        return tuple(one for one in self._found(text, strict=strict) if one.kind is not Kind.TEXT)

    def mask(self, text: str) -> Masked:
        """One text by itself."""
        return self.masking().mask(text)

    def masking(self, key: Key | None = None) -> "Masking":
        """For the texts of one thread. With the key of an earlier time its numbers go on where they ended."""
        return Masking(self, key or Key())

    def found(self, text: str) -> tuple[Finding, ...]:
        """As :meth:`find`, and what looks like a token of ours."""
        return self._found(text, strict=False)

    def _found(self, text: str, *, strict: bool) -> tuple[Finding, ...]:
        seen = plain(text)
        return tuple(map(seen.written, self._found_in(seen.text, strict=strict)))

    def _found_in(self, text: str, *, strict: bool) -> Iterator[Finding]:
        laid: list[Finding] = []
        cover = bytearray(len(text))
        more = ((one, True) for one in chain(any_emails(text), any_streets(text), any_runs(text))) if strict else ()
        for one, counts in chain(self._all(text), more):
            for piece in _free(one, cover, text):
                cover[piece.start : piece.end] = b"\1" * (piece.end - piece.start)
                if counts:
                    laid.append(piece)
        return _together(sorted(laid, key=lambda one: one.start), text)

    def _all(self, text: str) -> Iterator[tuple[Finding, bool]]:
        """Every finding, the more certain kinds first: where two overlap, the first keeps its place. And whether
        it is to be masked; a link that leads to nobody only keeps its place."""
        words = scan(text)
        low = "".join(map(_small, text)) if len(text.lower()) != len(text) else text.lower()
        yield from ((one, True) for one in chain(typed_tokens(text), emails(text, low, self._is_ordinary)))
        yield from links(text, self._is_name)
        people = list(names(text, words, self._knows))
        yield from (
            (one, True)
            for one in chain(
                (one for one in people if _is_mention(one, text)),
                handles(text, low),
                _gathered_numbers(text, words),
                numbers(text),
                addresses(text, words, self._knows.lexicon, self._knows.is_common),
                people,
                told_names(text, low, self._knows.is_common),
            )
        )

    def _is_ordinary(self, word: str) -> bool:
        """Whether a word in small letters is an ordinary one and names nobody."""
        return self._knows.is_common(word) and word not in self._knows.lexicon.first

    def _is_name(self, word: str) -> bool:
        """Whether a word of a link, in small letters, names somebody."""
        known, match = self._knows.lexicon, self._knows.roster.match(word)
        named = (word in known.first and word not in known.ordinary) or known.is_name(word)
        return named or (match is not None and match.exact)


def _is_mention(one: Finding, text: str) -> bool:
    """Whether somebody is mentioned by their whole name: who goes on behind the first word is no user name."""
    return text[one.start - 1 : one.start] == "@" and " " in text[one.start : one.end]


def _together(laid: Iterable[Finding], text: str) -> Iterator[Finding]:
    """Parts of one name that were found in different ways are one finding."""
    before: Finding | None = None
    for one in laid:
        if before and before.kind is one.kind is Kind.PERSON and text[before.end : one.start] in _WITHIN_NAMES:
            before = Finding(before.start, one.end, Kind.PERSON, before.sure or one.sure)
            continue
        if before:
            yield before
        before = one
    if before:
        yield before


def _gathered_numbers(text: str, words: Words) -> Iterator[Finding]:
    """Numbers whose digits stand further apart than the patterns know."""
    together = gathered(text, words)
    if together:
        found = filter(together.holds, numbers(together.seen.text, together.windows()))
        yield from map(together.seen.written, found)


def _small(letter: str) -> str:
    """The small letter, where it is one: İ becomes two, which would move all places behind it."""
    low = letter.lower()
    return low if len(low) == 1 else letter


def _free(one: Finding, cover: bytearray, text: str) -> Iterator[Finding]:
    """The parts of a finding that nothing else has taken, without signs at their ends."""
    if 1 not in cover[one.start : one.end]:
        yield one
        return
    start = one.start
    while start < one.end:
        taken = cover.find(1, start, one.end)
        end = one.end if taken < 0 else taken
        yield from _trimmed(one, start, end, text)
        start = end
        while start < one.end and cover[start]:
            start += 1


def _trimmed(one: Finding, start: int, end: int, text: str) -> Iterator[Finding]:
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    if end - start > 1 or text[start:end].isdecimal():
        yield Finding(start, end, one.kind, one.sure)


class Masking:
    """Masks the texts of one thread: a person, a number, an address gets one token for all of them. Its ``repr``
    tells counts only."""

    def __init__(self, masker: Masker, key: Key) -> None:
        self._masker = masker
        self._tokens: dict[str, str] = {}
        self._given: dict[tuple[Kind, int | None, str], str] = {}
        self._people = People()
        self._numbers: dict[Kind, dict[str, int]] = defaultdict(dict)
        self._spellings: dict[tuple[Kind, int], dict[str, str]] = defaultdict(dict)
        self._last: Counter[Kind] = Counter()
        self._counts: Counter[Kind] = Counter()
        for given, original in key.items():
            self._remember(given, original)

    def __repr__(self) -> str:
        return f"Masking({len(self._tokens)} tokens)"

    @property
    def key(self) -> Key:
        """What every token given so far stands for."""
        return Key(self._tokens)

    @property
    def counts(self) -> MappingProxyType[Kind, int]:
        """How often each kind was masked so far."""
        return MappingProxyType(dict(self._counts))

    def mask(self, text: str) -> Masked:
        """The text with tokens; ``unmask`` with its key gives exactly this text again."""
        pieces: list[str] = []
        used: dict[str, str] = {}
        counts: Counter[Kind] = Counter()
        done = 0
        for one in self._masker.found(text):
            original = text[one.start : one.end]
            given = self._token(one, original)
            used[given] = original
            counts[one.kind] += 1
            pieces += [text[done : one.start], given]
            done = one.end
        pieces.append(text[done:])
        self._counts += counts
        return Masked("".join(pieces), Key(used), MappingProxyType(dict(counts)))

    def person(self, name: str) -> str:
        """The token of somebody who is known to be a person, such as the author of a message, however odd the name."""
        return self._token(Finding(0, len(name), Kind.PERSON), name)

    def _token(self, one: Finding, original: str) -> str:
        same = one.kind, one.member, original
        if same not in self._given:
            self._given[same] = self._new_token(one, original)
        return self._given[same]

    def _new_token(self, one: Finding, original: str) -> str:
        number = self._number(one, original)
        spellings = self._spellings[one.kind, number]
        if original not in spellings:
            spelling = len(spellings)
            while (given := token(one.kind, number, spelling)) in self._tokens:
                spelling += 1
            spellings[original] = given
            self._tokens[given] = original
        return spellings[original]

    def _number(self, one: Finding, original: str) -> int:
        if one.kind is Kind.PERSON:
            return self._people.number_of(visible(original), one.member)
        numbers_given = self._numbers[one.kind]
        same = _identity(one.kind, original)
        if same not in numbers_given:
            self._last[one.kind] += 1
            numbers_given[same] = self._last[one.kind]
        return numbers_given[same]

    def _remember(self, given: str, original: str) -> None:
        """Takes up a token of an earlier key; what is no token of ours is kept, and never given out."""
        self._tokens[given] = original
        read = parts(given)
        if read is None:
            return
        kind, number, _ = read
        self._spellings[kind, number].setdefault(original, given)
        if kind is Kind.PERSON:
            self._people.number_of(visible(original), number=number)
        else:
            self._numbers[kind].setdefault(_identity(kind, original), number)
            self._last[kind] = max(self._last[kind], number)


def _identity(kind: Kind, original: str) -> str:
    """What two spellings of one thing have in common."""
    if kind in _BY_DIGITS:
        digits = _DIGITS.sub("", original)
        here = kind is Kind.PHONE and digits.removeprefix("00").startswith("45")
        return digits[-_DANISH_DIGITS:] if here else digits
    if kind is Kind.TEXT:
        return original
    return _SIGNS.sub(" ", visible(original)).strip().casefold() or original
