"""Puts the note together: each sentence goes where it says most."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.notes.casenote import CaseNote, Statement
from bot.notes.extract.agreements import agreements
from bot.notes.extract.cues import DAY_ASKED, IDEA, NO_KNOWLEDGE, POINTS_BACK, SITUATION, SMALL_TALK, VIEW
from bot.notes.extract.exchange import is_exchange, stated_most
from bot.notes.extract.gist import gist, retold
from bot.notes.extract.questions import open_questions
from bot.notes.extract.retelling import alone, told
from bot.notes.extract.salience import importance, salience, standing_alone, varied
from bot.notes.extract.sentences import Conversation, Sentence, conversation
from bot.notes.extract.tasks import Taken, Tasks
from bot.notes.extract.topics import tags, title
from bot.notes.transcript import Transcript, is_short

_SITUATIONS, _VIEWS, _IDEAS, _QUESTIONS, _ACTIONS = 3, 3, 8, 15, 20
# How much more a sentence counts that has the words of its kind, and one at the very beginning.
_MARKED, _EARLY, _FIRST = 1.6, 1.5, 1.5
_FEWEST_WORDS = 5
_FEWEST_ASKED = 4  # words of a question that a conversation is about
_LONGEST_WORD, _LATIN = 15, "\u024f"
_LONGEST_TITLE, _SHORTEST_TITLE = 70, 25  # characters
_CHANNEL = re.compile(r"#?[a-z0-9æøå]+(?:[-_][a-z0-9æøå]+)+|#\S+")
_PART = re.compile(r"[,:;–]\s|\s(?:og|and|men|but|som|der)\s")


def extracted(transcript: Transcript, language: str, how_far: Callable[[float], None] | None = None) -> CaseNote:
    """The note on a transcript, its statements in the words and the language in which they were said; ``language`` is the note's.
    One without statements where nobody said anything in words. ``how_far`` is told now and then which share is done."""
    talk = conversation(transcript, language, how_far)
    if not any(map(_says_something, talk.sentences)):
        return CaseNote(" ".join(transcript.title.split()), language)
    counts = importance(talk)
    agreed = agreements(talk)
    taken = _most(Tasks(talk).found(), counts)
    used = {part.place for said in agreed for part in said} | {part.place for one in taken for part in one.sentences}
    ideas = _ideas(talk, counts, used)
    used.update(one.place for one in ideas)
    questions = _questions(talk, counts, used)
    # Where one alone writes, every sentence is theirs, and needs no name.
    exchange = is_exchange(talk) and len(talk.authors) > 1
    elsewhere = used | {one.place for one in questions}
    short = is_short(talk.lines)
    if short:
        # What nobody took on is how things are, though a day be named.
        elsewhere -= {part.place for one in taken if not one.task.owner for part in one.sentences}
    root = _root(talk)
    situation = stated_most(talk, counts, elsewhere) if exchange else _situation(talk, counts, elsewhere)
    # What it is all about stands there also where it was answered.
    asked = _retold(talk, [one for one in root if one.place not in elsewhere])
    named = tags(talk)
    summary = gist(
        talk, counts, root if short else (), situation, agreed, [one.sentences[0] for one in taken if one.surely]
    )
    return CaseNote(
        title=_title(transcript, talk, root, _first_told(talk, situation, agreed, taken), named),
        language=language,
        summary=summary,
        situation=_retold(talk, situation) if exchange else (*asked, *_statements(talk, situation)),
        perspectives=_perspectives(talk, counts, used),
        ideas=_statements(talk, ideas),
        agreements=_once(Statement(_agreed(talk, said[0]), talk.ids(said)) for said in agreed),
        actions=tuple(one.task for one in taken),
        questions=_statements(talk, questions),
        tags=named,
    )


def _says_something(one: Sentence) -> bool:
    """More than a yes, a greeting or a word; of scripts that put no blanks between words, any."""
    if not one.stems or (SMALL_TALK.match(one.text) and one.words < _FEWEST_WORDS):
        return False
    return one.words > 1 or len(one.text) > _LONGEST_WORD or one.text[0] > _LATIN


def _told(talk: Conversation, one: Sentence) -> str:
    return told(alone(one.text), talk.author(one), talk.language)


def _agreed(talk: Conversation, one: Sentence) -> str:
    """A day that was asked about, and to which somebody said yes, is no question any more."""
    return f"{one.text[:-1]}." if DAY_ASKED.match(one.text) else _told(talk, one)


def _statements(talk: Conversation, chosen: Sequence[Sentence]) -> tuple[Statement, ...]:
    return tuple(Statement(_told(talk, one), (talk.id(one),)) for one in chosen)


def _retold(talk: Conversation, chosen: Sequence[Sentence]) -> tuple[Statement, ...]:
    """The same with the names of both, where two speak."""
    return tuple(Statement(retold(talk, one), (talk.id(one),)) for one in chosen)


def _once(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """What was said several times stands once, with all its messages."""
    found: dict[str, Statement] = {}
    for one in statements:
        key = " ".join(one.text.casefold().split()).rstrip(".!")
        before = found.get(key)
        sources = one.sources if before is None else tuple(dict.fromkeys((*before.sources, *one.sources)))
        found[key] = replace(before or one, sources=sources)
    return tuple(found.values())


def _most(taken: Sequence[Taken], counts: Mapping[str, float]) -> list[Taken]:
    """All that somebody surely took on; of the others the weightiest. In the order in which they were said, each "
    "once."""
    once = list({(one.task.owner, one.task.text.casefold()): one for one in reversed(taken)}.values())
    sure = [one for one in once if one.surely]
    others = sorted(
        (one for one in once if not one.surely),
        key=lambda one: (-salience(one.sentences[0], counts), one.sentences[0].place),
    )
    return sorted([*sure, *others[: max(0, _ACTIONS - len(sure))]], key=lambda one: one.sentences[0].place)


def _ideas(talk: Conversation, counts: Mapping[str, float], used: set[int]) -> list[Sentence]:
    ranked = [
        (salience(one, counts), one)
        for one in talk.sentences
        if one.place not in used and one.words >= _FEWEST_WORDS and IDEA.search(one.text)
    ]
    return varied(ranked, _IDEAS)


def _questions(talk: Conversation, counts: Mapping[str, float], used: set[int]) -> list[Sentence]:
    return varied([(0.1 + salience(one, counts), one) for one in open_questions(talk, used)], _QUESTIONS)


def _situation(talk: Conversation, counts: Mapping[str, float], used: set[int]) -> list[Sentence]:
    """How things are, which is mostly told at the beginning."""
    last = max(1, len(talk.sentences) - 1)
    ranked = [
        (standing_alone(one, counts) * _describes(one) * (_EARLY - one.place / last), one)
        for one in talk.sentences
        if _states(one) and one.place not in used
    ]
    return varied(ranked, _SITUATIONS)


def _describes(one: Sentence) -> float:
    """More where it has the words of a situation, and where it begins the conversation, which is what most begin with."""
    return (_MARKED if SITUATION.search(one.text) else 1.0) * (_FIRST if one.line == 0 else 1.0)


def _states(one: Sentence) -> bool:
    return not one.asks and one.words >= _FEWEST_WORDS and SMALL_TALK.match(one.text) is None


def _perspectives(
    talk: Conversation, counts: Mapping[str, float], used: set[int]
) -> Mapping[str, tuple[Statement, ...]]:
    """The weightiest of what each sector said, in the order in which they spoke."""
    by_sector: dict[str, list[Sentence]] = {}
    for line, said in zip(talk.lines, talk.of_line, strict=True):
        if line.sector:
            by_sector.setdefault(line.sector, []).extend(one for one in said if _states(one))
    chosen: dict[str, list[Sentence]] = {}
    for sector, stated in by_sector.items():
        # What was agreed or taken on stands elsewhere; it is a view only where there is no other.
        views = [one for one in stated if one.place not in used] or stated
        ranked = [(salience(one, counts) * (_MARKED if VIEW.search(one.text) else 1.0), one) for one in views]
        chosen[sector] = varied(ranked, _VIEWS)
    return {sector: _statements(talk, said) for sector, said in chosen.items() if said}


def _root(talk: Conversation) -> list[Sentence]:
    """The question with which a conversation begins, where it does; of a short one also after a word on why."""
    first = next((one for one in talk.sentences if not SMALL_TALK.match(one.text)), None)
    if first is None:
        return []
    begun = [one for one in talk.of_line[first.line] if one.place >= first.place] if is_short(talk.lines) else [first]
    asked = next((one for one in begun if one.asks), first)
    return [asked] if asked.asks and asked.stems and asked.words >= _FEWEST_ASKED and _fits(asked) else []


def _first_told(
    talk: Conversation, situation: Sequence[Sentence], agreed: Sequence[Sequence[Sentence]], taken: Sequence[Taken]
) -> list[Sentence]:
    """What may be a title, the best first: of a short conversation what says at the earliest and without what was before it what
    it is about."""
    told_first = [*situation, *(said[0] for said in agreed)]
    if not is_short(talk.lines):
        return told_first
    every = [*told_first, *(one.sentences[0] for one in taken if not one.task.owner)]
    return sorted(every, key=lambda one: (POINTS_BACK.match(one.text) is not None, one.place))


def _fits(one: Sentence) -> bool:
    return NO_KNOWLEDGE.search(one.text) is None


def _title(
    transcript: Transcript,
    talk: Conversation,
    root: Sequence[Sentence],
    told_first: Sequence[Sentence],
    named: Sequence[str],
) -> str:
    """What it is called already, unless that is a channel's name; else what it is about in the words of somebody who asked
    or said it, or in a few of all."""
    called = " ".join(transcript.title.split())
    if called and not (root and _CHANNEL.fullmatch(called)):
        return called
    if root:
        text = root[0].text
        return text if len(text) <= _LONGEST_TITLE else _shortened(text)
    fitting = [one for one in told_first if _fits(one)]
    if fitting:
        return _shortened(fitting[0].text)
    longest = max(talk.sentences, key=lambda one: (_fits(one), one.words, -one.place))
    return title(named, talk.language, _shortened(longest.text))


def _shortened(text: str) -> str:
    """A sentence up to where a part of it ends, or else a word."""
    bare = text.rstrip(" .!?…")
    if len(bare) <= _LONGEST_TITLE:
        return bare
    part = bare[:_LONGEST_TITLE]
    ends = [found.start() for found in _PART.finditer(part) if found.start() >= _SHORTEST_TITLE]
    return part[: ends[-1]] if ends else f"{part[: part.rfind(' ')] if ' ' in part else part}…"
