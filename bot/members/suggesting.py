"""Short tags for what somebody wrote as a whole sentence: suggested, never taken without a press.

A sentence says more than a tag, but needs and offers find each other by tags. Suggestions come from what others in the
academy offer in those words, from what several of them need, and from a table of usual tags. What only one other member
needs is never among them, and nobody learns who offers what.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from bot.identity import WorkspaceId
from bot.matching.meaning import Concepts, WordMeaning
from bot.members.domain import Consent, Member, Side, Synonyms, Theme
from bot.members.personal import personal_data
from bot.members.profile import mark
from bot.members.wording import meaning_of, table

TAGS = Path(__file__).parent / "data" / "tags.toml"
SUGGESTED = 3
# From so many words or characters on it is rather a sentence than a tag.
_WORDS = 6
_CHARACTERS = 46
# What may be suggested as a tag, and how many different ones are looked at.
_SHORT_WORDS = 4
_SHORT = 40
_LOOKED_AT = 2_000
_ASKED = 300
_LATE = 1_000
_WORD = re.compile(r"\w+")
_ENGLISH = re.compile(r"\b(?:the|and|we|our|with|that|to|whether)\b", re.IGNORECASE)
_IT = re.compile(r"\bit\b")
_SOUNDS_LIKE = re.compile(r"\b(?:program(?:m?e|m?es|met|mer|merne|s)?|led(?:e|er|te)\s+efter)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,.;:!?]|\bog\b|\bsamt\b|\band\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag for a sentence. ``added``: the member has it already, or another that means the same."""

    text: str
    added: bool = False

    @property
    def mark(self) -> str:
        """What buttons call it by."""
        return mark(self.text)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A sentence of a profile with what may be said shorter."""

    side: Side
    sentence: str
    tags: tuple[Suggestion, ...]

    @property
    def mark(self) -> str:
        """What buttons call the sentence by."""
        return mark(self.sentence)

    def added(self) -> tuple[str, ...]:
        """What the member has taken, in the order of the suggestions."""
        return tuple(tag.text for tag in self.tags if tag.added)


@dataclass(frozen=True, slots=True)
class Usual:
    """A tag of the table, in both languages, and words that hint at it."""

    da: str
    en: str
    cues: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """The tag in a language; English where we have no other."""
        return self.da if language == "da" else self.en


class Nearness(Protocol):
    """Knows more than words do, where there is a language model. The service does without one as well."""

    async def near(self, workspace: WorkspaceId, said: Sequence[str], tags: Sequence[str]) -> Sequence[float]:
        """For each tag, how close the nearest of what was said is to it: 0 for nothing in common, or where it can't tell."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """What suggestions are drawn from, for one member: tags that others offer or several need, by how many have them."""

    own: tuple[Synonyms, ...]
    themes: tuple[Theme, ...]
    offered: Mapping[str, int]
    needed: Mapping[str, int]

    def texts(self) -> Iterable[str]:
        """Everything that may be suggested, in both languages."""
        yield from (name for tag in usual() for name in (tag.da, tag.en))
        yield from self.offered
        yield from self.needed


@lru_cache(maxsize=1)
def usual() -> tuple[Usual, ...]:
    """The table of usual tags, read once."""
    read = tomllib.loads(TAGS.read_text("utf-8"))
    return tuple(Usual(tag["da"], tag["en"], tuple(tag["cues"])) for tag in read["tags"])


def is_free(text: str) -> bool:
    """Whether this is rather a sentence than a tag."""
    return len(text.split()) >= _WORDS or len(text) >= _CHARACTERS


def free_texts(member: Member) -> list[tuple[Side, str]]:
    """The sentences of a profile: needs first, in their order."""
    return [(side, text) for side in Side for text in member.entries(side) if is_free(text)]


def source_of(member: Member, everybody: Iterable[Member], own: Sequence[Synonyms], themes: Sequence[Theme]) -> Source:
    """What may be suggested to the member: tags of others who take part, needs only where two of them have the same."""
    others = [one for one in everybody if one.id != member.id and one.consent is Consent.YES and one.is_complete()]
    needed = _counted(other.needs for other in others)
    return Source(
        own=tuple(own),
        themes=tuple(themes),
        offered=_counted(other.offers for other in others),
        needed={tag: number for tag, number in needed.items() if number > 1},
    )


def suggest(member: Member, side: Side, sentence: str, source: Source, near: Mapping[str, float]) -> Suggested:
    """At most three tags for a sentence: those whose words are in it first, then the nearest by ``near``."""
    meaning = meaning_of(source.own)
    worded = _in_these_words(sentence, member.language, source, meaning)
    nearest = [tag for tag in sorted(near, key=lambda tag: (-near[tag], tag)) if near[tag] > 0]
    themes = {meaning.key(name) for theme in source.themes for name in theme.names.values()}
    has = {meaning.key(text): text for text in member.entries(side) if text != sentence}
    said: frozenset[str] = frozenset()
    tags: list[Suggestion] = []
    for text in dict.fromkeys((*worded, *nearest)):
        key = meaning.key(text)
        # What is said already needs no second tag, nor one that a model finds near it; a theme has its own place.
        known = key <= said if text in worded else not key.isdisjoint(said)
        if known or any(key <= theme for theme in themes):
            continue
        said |= key
        tags.append(Suggestion(has.get(key, text), added=key in has))
    return Suggested(side, sentence, tuple(tags[:SUGGESTED]))


def askable(language: str, source: Source) -> tuple[str, ...]:
    """The tags to ask a language model about: those that are offered, most common first, and the usual ones."""
    offered = sorted(source.offered, key=lambda tag: (-source.offered[tag], tag))
    return tuple(dict.fromkeys([*(tag.name(language) for tag in usual()), *offered]))[:_ASKED]


def clauses(sentence: str) -> tuple[str, ...]:
    """The parts of a sentence that may each speak of something else, and the sentence itself."""
    parts = [part.strip() for part in _CLAUSE.split(sentence)]
    return tuple(dict.fromkeys([sentence, *(part for part in parts if len(part.split()) > 1)]))


def _in_these_words(sentence: str, language: str, source: Source, meaning: WordMeaning) -> list[str]:
    """The tags that the sentence holds, best first: what others offer, what several need, what is usual."""
    hinted = _hints().key(sentence)
    # In English a small "it" is no computer, in Danish it is; a programme is not programming, and who looks for something
    # ("leder efter") is no leader.
    told = _SOUNDS_LIKE.sub("", _IT.sub("", sentence) if _ENGLISH.search(sentence) else sentence)
    said = meaning.key(told)
    names = {meaning.key(tag.da): tag.name(language) for tag in usual()}
    hints = [meaning.key(tag.da) for tag in usual() if f"={tag.da}" in hinted]
    places = _places(sentence, meaning)
    ranked: dict[Concepts, tuple[int, int, int, int, str]] = {}

    def rank(text: str, source: int, members: int) -> None:
        key = meaning.key(text)
        if key and (key <= said or key in hints):
            place = min(places.get(concept, _LATE) for concept in key)
            best = (source, -len(key), place, -members, names.get(key, text))
            ranked[key] = min(ranked.get(key, best), best)

    for text, members in source.offered.items():
        rank(text, 0, members)
    for text, members in source.needed.items():
        rank(text, 1, members)
    for tag in usual():
        rank(tag.da, 2, 0)
    return [text for *_, text in sorted(ranked.values())]


def _places(sentence: str, meaning: WordMeaning) -> Mapping[str, int]:
    """After how many words the sentence speaks of something for the first time."""
    places: dict[str, int] = {}
    for place, word in enumerate(_WORD.findall(sentence)):
        hinted = [meaning.key(tag.da) for tag in usual() if f"={tag.da}" in _hints().key(word)]
        for concept in meaning.key(word).union(*hinted):
            places.setdefault(concept, place)
    return places


@lru_cache(maxsize=1)
def _hints() -> WordMeaning:
    return WordMeaning({tag.da: tag.cues for tag in usual() if tag.cues}, table().small)


def _counted(many: Iterable[Sequence[str]]) -> dict[str, int]:
    """Short tags by how many members have them, each in its most common writing."""
    writings: dict[str, Counter[str]] = {}
    for tags in many:
        for text in {tag.casefold(): tag for tag in tags}.values():
            if len(text) <= _SHORT and len(text.split()) <= _SHORT_WORDS and personal_data(text) is None:
                writings.setdefault(text.casefold(), Counter())[text] += 1
    common = sorted(writings.values(), key=lambda counter: -counter.total())[:_LOOKED_AT]
    return {min(counter, key=lambda text: (-counter[text], text)): counter.total() for counter in common}
