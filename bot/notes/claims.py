"""What a model claims that a conversation came to, and how much of it is believed.

A model may be weak, mistaken, or talked into something by a message that it reads. So whatever it answers can only become
fields of a note, and of these only what the messages bear out: each statement names messages that exist, shares words and
every figure with them (or with those right beside them), and names nobody who is not in the conversation.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from bot.notes.casenote import LONGEST_SUMMARY, Answer, CaseNote, Statement, Task, grounded
from bot.notes.days import said_day
from bot.notes.plain import TOKEN, links_of, plain, short, tokens_of
from bot.notes.spoken import content_words, spoken_language
from bot.notes.transcript import Line

LONGEST_TITLE, LONGEST_STATEMENT, LONGEST_OWNER, LONGEST_TAG = 90, 400, 80, 30
# Statements of one section, sources of one statement, tags of a note.
MOST_STATEMENTS, MOST_SOURCES, MOST_TAGS = 20, 8, 8
# One word in so many has to stand in the messages, by its beginning. Of sentences that people wrote in minutes (QMSum) 94 % pass
# this with the right turns, and 7 % with turns of another meeting.
_ONE_IN = 4
_BEGINNING = 5
# Figures that are written as words as often as not.
_SMALL = frozenset(range(13))
_FIGURE = re.compile(r"\d+")
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_LINK_TOKEN = re.compile(r"\[LINK \d+\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """One entry of a form, as the model filled it. ``due``: a day as it wrote it."""

    text: str = field(repr=False)
    sources: tuple[str, ...]
    sector: str = ""
    owner: str = field(default="", repr=False)
    due: str = ""


@dataclass(frozen=True, slots=True)
class Claims:
    """A whole form."""

    title: str = field(default="", repr=False)
    summary: tuple[Claim, ...] = ()
    situation: tuple[Claim, ...] = ()
    perspectives: tuple[Claim, ...] = ()
    ideas: tuple[Claim, ...] = ()
    agreements: tuple[Claim, ...] = ()
    actions: tuple[Claim, ...] = ()
    questions: tuple[Claim, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Around:
    """What a claim may rest on: the messages it names, what these answer, and those right beside."""

    named: tuple[Line, ...]
    text: str
    figures: frozenset[int]


class Evidence:
    """The messages of one request, against which its answer is held."""

    def __init__(self, lines: Sequence[Line], language: str) -> None:
        self._lines = lines
        self._language = language
        # A long message stands in several pieces.
        self._places: dict[str, list[int]] = {}
        for place, line in enumerate(lines):
            self._places.setdefault(line.id, []).append(place)
        self._all = "\n".join(line.text for line in lines).casefold()
        self._tokens = {token for line in lines for token in tokens_of(f"{line.author} {line.text}")}
        # Words can only be compared within one language.
        self._by_words = spoken_language(self._all) == language

    def note(self, claims: Claims) -> CaseNote:
        """What is believed of a form; empty sections where nothing is."""
        note = CaseNote(
            title="",
            language=self._language,
            summary=self.statements(claims.summary)[:LONGEST_SUMMARY],
            situation=self.statements(claims.situation),
            perspectives=self._perspectives(claims.perspectives),
            ideas=self.statements(claims.ideas),
            agreements=self.statements(claims.agreements),
            actions=self._tasks(claims.actions),
            questions=self.statements(claims.questions),
        )
        first = next(iter(statements_of(note)), None)
        if first is None:
            return note
        title = self._title(claims.title) or short(first.text, LONGEST_TITLE)
        return replace(grounded(note, self._places), title=title, tags=self._tags(claims.tags))

    def statements(self, claims: Iterable[Claim]) -> tuple[Statement, ...]:
        """Those that are believed, each once."""
        believed = {one.text.casefold(): one for one in map(self._statement, claims) if one is not None}
        return tuple(believed.values())[:MOST_STATEMENTS]

    def answer(self, claims: Iterable[Claim], more: Iterable[str]) -> Answer:
        """What is believed of an answer to a question. ``more``: further messages that it named."""
        statements = self.statements(claims)
        named = chain(*(one.sources for one in statements), (one for one in more if one in self._places))
        return Answer(statements, tuple(dict.fromkeys(named)))

    def _statement(self, claim: Claim) -> Statement | None:
        around = self._around(claim.sources)
        text = self._text(claim.text, around, LONGEST_STATEMENT)
        if not text or not self._borne_out(text, around):
            return None
        return Statement(text, tuple(dict.fromkeys(line.id for line in around.named)))

    def _tasks(self, claims: Iterable[Claim]) -> tuple[Task, ...]:
        believed = {one.text.casefold(): one for one in map(self._task, claims) if one is not None}
        return tuple(believed.values())[:MOST_STATEMENTS]

    def _task(self, claim: Claim) -> Task | None:
        said = self._statement(claim)
        if said is None:
            return None
        around = self._around(claim.sources)
        owner = self._text(claim.owner, around, LONGEST_OWNER)
        known = TOKEN.fullmatch(owner) or owner.casefold() in around.text
        return Task(said.text, said.sources, owner if known else "", said_day(claim.due, around.named))

    def _perspectives(self, claims: Iterable[Claim]) -> dict[str, tuple[Statement, ...]]:
        """By the sector of who was cited: a model that mixes sectors up is put right, or not believed."""
        seen: dict[str, list[Claim]] = {}
        for claim in claims:
            cited = {line.sector for line in self._named(claim.sources)} - {""}
            sector = claim.sector if claim.sector in cited else cited.pop() if len(cited) == 1 else ""
            if sector:
                seen.setdefault(sector, []).append(claim)
        return {sector: self.statements(several) for sector, several in seen.items()}

    def _title(self, title: str) -> str:
        text = plain(title, LONGEST_TITLE, ())
        words = content_words(TOKEN.sub(" ", text))
        known = tokens_of(text) <= self._tokens and (not self._by_words or any(self._stands(word) for word in words))
        return text if text and known else ""

    def _tags(self, tags: Iterable[str]) -> tuple[str, ...]:
        """Words of the conversation, and nobody's name."""
        texts = dict.fromkeys(plain(tag, LONGEST_TAG).casefold().strip(" .,#") for tag in tags)
        told = (tag for tag in texts if tag and not tokens_of(tag.upper()) and not tag.endswith("…"))
        return tuple(tag for tag in told if not self._by_words or self._stands(tag))[:MOST_TAGS]

    def _stands(self, word: str) -> bool:
        return word[:_BEGINNING].casefold() in self._all

    def _around(self, sources: Iterable[str]) -> _Around:
        named = self._named(sources)
        places = {place for line in named for place in self._places[line.id]}
        near = {place + step for place in places for step in (-1, 0, 1) if 0 <= place + step < len(self._lines)}
        near |= {place for line in named for place in self._places.get(line.reply_to, ())}
        lines = [self._lines[place] for place in sorted(near)]
        text = "\n".join(f"{line.author}: {line.text}" for line in lines).casefold()
        days = {part for line in lines if line.at for part in (line.at.year, line.at.month, line.at.day)}
        return _Around(named, text, frozenset(figures(text) | days | _SMALL))

    def _named(self, sources: Iterable[str]) -> tuple[Line, ...]:
        """The pieces of the messages that are named, of no more than some."""
        ids = list(dict.fromkeys(one for one in sources if one in self._places))[:MOST_SOURCES]
        return tuple(self._lines[place] for one in ids for place in self._places[one])

    def _text(self, text: str, around: _Around, longest: int) -> str:
        """Plain, and without addresses that the messages do not hold; empty where it names somebody who is not there."""
        said = plain(text, longest, links_of(" ".join(line.text for line in around.named)))
        cited = " ".join(line.text for line in around.named).casefold()
        said = _LINK_TOKEN.sub(lambda link: link[0] if link[0].casefold() in cited else "", said).strip()
        return said if tokens_of(said) <= self._tokens else ""

    def _borne_out(self, text: str, around: _Around) -> bool:
        bare = TOKEN.sub(" ", text)
        told = figures(bare)
        if not around.named or not told <= around.figures:
            return False
        if not self._by_words:
            return True
        words = content_words(bare)
        met = sum(word[:_BEGINNING] in around.text for word in words)
        return met * _ONE_IN >= len(words) if words and met else bool(told) and not words


def statements_of(note: CaseNote) -> Iterable[Statement | Task]:
    """All that a note says, section by section."""
    return chain(
        note.summary,
        note.situation,
        *note.perspectives.values(),
        note.ideas,
        note.agreements,
        note.actions,
        note.questions,
    )


def figures(text: str) -> set[int]:
    """The whole numbers in a text, thousands read as one."""
    return {int(one) for one in _FIGURE.findall(_THOUSANDS.sub("", text)) if len(one) < len("1" * 19)}
