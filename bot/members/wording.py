"""The academy's own words: groups that mean the same here, laid over the table that comes with the bot. Pure.

A word of the academy's own wins: it, and its other forms, leave the table's group and mean what the academy says.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.errors import Conflict, NotUnderstood, phrase
from bot.matching.meaning import SYNONYMS, Concepts, WordMeaning
from bot.members.domain import Member, Synonyms
from bot.members.limits import WORD_GROUPS, WORDS
from bot.members.profile import distinct, line, mark

_OWN = "academy "


@dataclass(frozen=True, slots=True)
class Table:
    """The words that come with the bot: groups by concept, and the small words that carry no meaning of their own."""

    groups: Mapping[str, tuple[str, ...]]
    small: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordGroup:
    """A group of the academy's as a card shows it.

    ``tags``: how many entries of members' profiles it makes the same, written in ``ways`` ways. ``known``: what the bot's
    own table says together with one of these words, without the words that stand here.
    """

    words: tuple[str, ...]
    tags: int = 0
    ways: int = 0
    known: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What buttons call the group by, for as long as its first word stays."""
        return group_mark(self.words)

    @property
    def seen(self) -> str:
        """A mark of the words as they stand now: whoever changes them tells which ones they saw."""
        return seen_mark(self.words)


@lru_cache(maxsize=1)
def table() -> Table:
    """The table that comes with the bot, read once."""
    read = tomllib.loads(SYNONYMS.read_text("utf-8"))
    return Table({concept: tuple(words) for concept, words in read["groups"].items()}, tuple(read["small"]))


def merged(own: Sequence[Synonyms], under: Table) -> Mapping[str, tuple[str, ...]]:
    """The table's groups with the academy's laid over them, as :class:`bot.matching.meaning.WordMeaning` takes them."""
    groups = {_concept(group): group.words for group in own}
    if not groups:
        return under.groups
    taken = WordMeaning(groups, under.small)
    ours = frozenset(f"={concept}" for concept in groups)
    left = {
        concept: tuple(word for word in words if not taken.key(word) <= ours) for concept, words in under.groups.items()
    }
    return {concept: words for concept, words in left.items() if words} | groups


@lru_cache(maxsize=8)
def meaning_of(own: tuple[Synonyms, ...]) -> WordMeaning:
    """What words mean in an academy with these groups. Takes some 50 ms for new ones."""
    return WordMeaning(merged(own, table()), table().small)


def written(words: Iterable[str]) -> Synonyms:
    """A group as it was written, tidied: each word once, the first one naming it."""
    kept = distinct(line(word) for word in words)
    return Synonyms(kept[0].casefold() if kept else "", kept)


def check(group: Synonyms, others: Sequence[Synonyms]) -> None:
    """Raises NotUnderstood with one sentence for a group that cannot stand beside the others."""
    plain = _stems_alone()
    keys = {word: plain.key(word) for word in group.words}
    for word, key in keys.items():
        if not key:
            raise NotUnderstood(phrase("“{word}” has no letter that I could read.", word=word))
    if len(set(keys.values())) < 2:
        raise NotUnderstood(phrase("Write at least two words that mean the same here, one a line."))
    for other in others:
        there = {plain.key(word) for word in other.words}
        double = next((word for word, key in keys.items() if key in there), "")
        if double:
            raise NotUnderstood(
                phrase(
                    "“{word}” stands in another group already: {words}. Leave it out here, or change that group.",
                    word=double,
                    words=", ".join(other.words),
                )
            )
    if len(others) >= WORD_GROUPS:
        raise NotUnderstood(
            phrase("There are {limit} groups, and that is as many as I can keep apart.", limit=WORD_GROUPS)
        )


def group_marked(own: Sequence[Synonyms], group: str, seen: str) -> Synonyms | None:
    """The group that a button means; None where it is gone. Raises Conflict where it has changed since it was ``seen``."""
    found = next((known for known in own if group_mark(known.words) == group), None)
    if found is not None and seen_mark(found.words) != seen:
        raise Conflict(
            phrase(
                "Somebody has changed these words meanwhile; they are now: {words}. Nothing was changed, please look again.",
                words=", ".join(found.words),
            )
        )
    return found


def group_mark(words: Sequence[str]) -> str:
    """A short mark of the group's first word, whatever its capitals."""
    return mark(words[0].casefold())


def seen_mark(words: Sequence[str]) -> str:
    """A short mark of all the group's words."""
    return mark("\n".join(words))


def shown(own: Sequence[Synonyms], members: Iterable[Member]) -> tuple[WordGroup, ...]:
    """The groups in their order, with what each does for the profiles of these members."""
    tags = Counter(tag for member in members for tag in (*member.needs, *member.offers, *member.themes))
    meaning = meaning_of(tuple(own))
    spoken = [(meaning.key(tag), tag, number) for tag, number in tags.items()] if own else []
    return tuple(_shown(group, own, spoken) for group in own)


def known_with(words: Sequence[str]) -> tuple[str, ...]:
    """What the bot's own table says together with one of these words; the words themselves are left out."""
    meaning = meaning_of(())
    asked = [meaning.key(word) for word in words]
    here = {word.casefold() for word in words}
    found = [others for concept, others in table().groups.items() if frozenset({f"={concept}"}) in asked]
    return tuple(word for others in found for word in others if word.casefold() not in here)


def known_beside(group: Synonyms, own: Sequence[Synonyms]) -> tuple[str, ...]:
    """The same for a group of the academy's, without what another group of the academy's says, as many as it has room for."""
    meaning = meaning_of(tuple(own))
    others = frozenset(f"={_concept(other)}" for other in own if other.key != group.key)
    free = [word for word in known_with(group.words) if meaning.key(word).isdisjoint(others)]
    return tuple(free[: max(0, WORDS - len(group.words))])


def _shown(group: Synonyms, own: Sequence[Synonyms], spoken: Sequence[tuple[Concepts, str, int]]) -> WordGroup:
    concept = f"={_concept(group)}"
    meant = [(tag.casefold(), number) for key, tag, number in spoken if concept in key]
    return WordGroup(
        group.words,
        tags=sum(number for _, number in meant),
        ways=len({tag for tag, _ in meant}),
        known=known_beside(group, own),
    )


@lru_cache(maxsize=1)
def _stems_alone() -> WordMeaning:
    """Reads words without any table: only their endings are taken off."""
    return WordMeaning({}, table().small)


def _concept(group: Synonyms) -> str:
    return f"{_OWN}{group.key}"
