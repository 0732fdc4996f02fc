"""What is published is masked for good: names and identifiers become tokens, and the key to them is thrown away at once.

What was masked only to be careful, its author may let stand; what a second look still finds stops the publication.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bot.notes.casenote import CaseNote
from bot.notes.editing import Entry, Part, entries_of, with_texts
from bot.privacy import Finding, Key, Kind, Masker, Masking
from bot.privacy.tokens import parts, typed_tokens

# What may be something harmless after all. Numbers and addresses of any kind are never one of these.
_MAY_STAND = frozenset({Kind.PERSON, Kind.ADDRESS})
_EXCERPT = 60


class Found(NamedTuple):
    """Something that still looks personal, with where it stands: ``place`` is a part's name, ``title``, ``tags`` or ``place``."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Covered:
    """What will be published. ``counts``: how many of which kind were masked; ``unsure``: words that were masked to be careful
    and may be let stand; ``left``: what a second look found in it."""

    content: CaseNote = field(repr=False)
    counts: Mapping[str, int]
    unsure: tuple[str, ...] = field(repr=False)
    left: tuple[Found, ...] = field(repr=False)


def covered(content: CaseNote, masker: Masker, harmless: Collection[str] = (), place: str = "") -> Covered:
    """The content as others may see it. ``harmless``: what its author said may stand. Takes processor time: call it in a
    thread."""
    cover = _Cover(masker, frozenset(map(str.casefold, harmless)), _masked_before(content))
    title = cover.text(content.title)
    texts = {part: [cover.entry(entry) for entry in entries_of(content, part)] for part in Part}
    tags = [tag for tag in content.tags if cover.text(tag) == tag]
    masked = with_texts(content, texts, title, tags)
    shown = [
        ("title", masked.title),
        *(
            (part.value, text)
            for part in Part
            for entry in entries_of(masked, part)
            for text in (entry.text, entry.owner)
        ),
        *(("tags", tag) for tag in masked.tags),
        ("place", place),
    ]
    left = [Found(where, text[:_EXCERPT]) for where, text in shown for text in cover.left(text)]
    return Covered(masked, cover.counts(), tuple(dict.fromkeys(cover.unsure)), tuple(dict.fromkeys(left)))


def _masked_before(content: CaseNote) -> Key:
    """What was masked when the note was published earlier. Nobody knows what it stood for; others are numbered after it."""
    texts = [
        content.title,
        *(text for part in Part for one in entries_of(content, part) for text in (one.text, one.owner)),
    ]
    tokens = [text[one.start : one.end] for text in texts for one in typed_tokens(text)]
    return Key({token: token for token in tokens if parts(token) is not None})


class _Cover:
    def __init__(self, masker: Masker, harmless: frozenset[str], before: Key) -> None:
        self._masker = masker
        self._masking: Masking = masker.masking(before)
        self._before = before
        self._harmless = harmless
        self.unsure: list[str] = []

    def text(self, text: str) -> str:
        """The text with tokens in the place of what is personal."""
        pieces: list[str] = []
        end = 0
        for start, stop in self._standing(text):
            pieces += [self._masking.mask(text[end:start]).text, text[start:stop]]
            end = stop
        return "".join([*pieces, self._masking.mask(text[end:]).text])

    def entry(self, entry: Entry) -> Entry:
        """The line, and whoever it names as the one to do it."""
        return replace(entry, text=self.text(entry.text), owner=self.text(entry.owner))

    def left(self, text: str) -> list[str]:
        """What still looks personal."""
        found = [text[one.start : one.end] for one in self._masker.find(text)]
        return [one for one in found if one.casefold() not in self._harmless]

    def counts(self) -> Mapping[str, int]:
        """How many of which kind were masked; somebody who is named twice is one."""
        known = (parts(token) for token in self._masking.key if token not in self._before)
        distinct = {(kind, number) for kind, number, _ in filter(None, known)}
        return dict(Counter(kind.value for kind, _ in sorted(distinct)))

    def _standing(self, text: str) -> Sequence[tuple[int, int]]:
        """What stays as it is: words that were said to be harmless, and what is masked already."""
        found = [(one.start, one.end) for one in typed_tokens(text) if text[one.start : one.end] in self._before]
        for one in filter(_may_stand, self._masker.find(text)):
            word = text[one.start : one.end]
            self.unsure.append(word)
            if word.casefold() in self._harmless:
                found.append((one.start, one.end))
        return sorted(found)


def _may_stand(finding: Finding) -> bool:
    return not finding.sure and finding.kind in _MAY_STAND
