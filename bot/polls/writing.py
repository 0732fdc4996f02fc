"""A poll from what somebody typed, in a line or in the form; what is wrong with it is told by the field."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.announcements.domain import Plan
from bot.announcements.planning import read_plan
from bot.errors import NotUnderstood, Phrase, phrase
from bot.identity import MemberId, PollId, new_id
from bot.messages.text import clean, shortened
from bot.polls.domain import (
    FEWEST_OPTIONS,
    FIXED_OPTIONS,
    MOST_OPTIONS,
    OPTION_CHARACTERS,
    QUESTION_CHARACTERS,
    Poll,
    PollKind,
    PollOption,
    Showing,
    fixed_options,
    next_key,
)
from bot.polls.until import read_until
from bot.questions.until import Until
from bot.times import Day, Moment, Unclear, read_time
from bot.words import Words

# So much of an option tells which one is meant.
_NAMED = 40
# What takes no room of its own on a screen.
_UNSEEN = frozenset({"Cf", "Cc", "Zl", "Zp"})
_ADDED_TO = frozenset({PollKind.SINGLE, PollKind.MULTIPLE, PollKind.RANKED, PollKind.DATES})


@dataclass(frozen=True, slots=True)
class Written:
    """What was typed. ``kind``: None where it follows from the rest. ``closes``: a time, ``all``, or nothing. ``live``: the
    numbers are wanted as they come in, which was said and not only left so."""

    question: str
    options: tuple[str, ...] = ()
    kind: PollKind | None = None
    most: int = 0
    may_add: bool = False
    anonymous: bool = False
    showing: Showing = Showing.LIVE
    closes: str = ""
    quorum: int = 0
    repeat: str = ""
    live: bool = False


def problems_in(typed: Written, now: datetime, words: Words) -> Mapping[str, Phrase]:
    """What cannot be read, by the field in which it stands."""
    readers: Sequence[tuple[str, Callable[[], object]]] = (
        ("question", lambda: read_question(typed.question)),
        ("options", lambda: read_options(kind_of(typed), typed.options, now, words)),
        ("most", lambda: _most(typed)),
        ("closes", lambda: _readable(read_until(typed.closes, now, words))),
        ("repeat", lambda: read_repeat(typed.repeat, now, words)),
        ("quorum", lambda: read_quorum(typed.quorum)),
    )
    problems: dict[str, Phrase] = {}
    for field, read in readers:
        try:
            read()
        except NotUnderstood as sorry:
            problems[field] = sorry.said
    return problems


def new_poll(author: MemberId, typed: Written, now: datetime, words: Words) -> Poll:
    """A draft. Raises NotUnderstood for the first thing that cannot be read, except for the time of its close: that is asked
    about (:mod:`bot.polls.until`)."""
    blank = Poll(PollId(new_id()), author, "", PollKind.SINGLE, (), now)
    return rewritten(blank, typed, now, words)


def rewritten(poll: Poll, typed: Written, now: datetime, words: Words) -> Poll:
    """The poll with what was typed now, closing at the likeliest time that it may mean. Raises as :func:`new_poll` does."""
    kind = kind_of(typed)
    options = read_options(kind, typed.options, now, words)
    until = read_until(typed.closes, now, words)
    most = _most(typed)
    most = most if kind is PollKind.MULTIPLE else 0
    return replace(
        poll,
        question=read_question(typed.question),
        kind=kind,
        options=options,
        most=0 if most >= (MOST_OPTIONS if typed.may_add else len(options)) else most,
        may_add=typed.may_add and kind in _ADDED_TO,
        anonymous=typed.anonymous,
        # What an anonymous one showed before the close would tell what the vote between two looks was.
        showing=Showing.AT_CLOSE if typed.anonymous else typed.showing,
        closes_at=until.at,
        closes_when_all=until.when_all,
        quorum=read_quorum(typed.quorum),
        repeat=read_repeat(typed.repeat, now, words),
    )


def kind_of(typed: Written) -> PollKind:
    """The kind that was named, or that fits what was typed: a question alone is answered with yes or no."""
    if typed.kind is PollKind.MULTIPLE or (typed.kind is None and typed.most > 1):
        return PollKind.SINGLE if typed.most == 1 else PollKind.MULTIPLE
    if typed.kind is not None:
        return typed.kind
    return PollKind.SINGLE if any(one.strip() for one in typed.options) else PollKind.YES_NO


def read_question(typed: str) -> str:
    """The question in one line. Raises NotUnderstood for one that is empty or too long."""
    question = _line(typed)
    if not question:
        raise NotUnderstood(phrase("What do you want to ask? Write the question first."))
    if len(question) > QUESTION_CHARACTERS:
        raise NotUnderstood(_too_long(question, QUESTION_CHARACTERS))
    return question


def read_options(kind: PollKind, typed: Sequence[str], now: datetime, words: Words) -> tuple[PollOption, ...]:
    """The options, numbered. Raises NotUnderstood for too few, too many, two that are the same, and ones that are too long."""
    texts = [text for text in map(_line, typed) if text]
    if kind in FIXED_OPTIONS:
        if texts:
            raise NotUnderstood(phrase("This kind of poll brings its own answers. Leave the options out, please."))
        return fixed_options(kind)
    if len(texts) < FEWEST_OPTIONS:
        raise NotUnderstood(phrase("A poll needs two options or more to choose from. Add another one."))
    if len(texts) > MOST_OPTIONS:
        raise NotUnderstood(
            phrase(
                "That is {number} options; {most} is the most that anybody reads.", number=len(texts), most=MOST_OPTIONS
            )
        )
    options: tuple[PollOption, ...] = ()
    for text in texts:
        try:
            options = (*options, one_more(kind, options, text, now, words))
        except NotUnderstood as sorry:
            named = shortened(text, _NAMED)
            raise NotUnderstood(phrase("About {option}: {problem}", option=named, problem=sorry.said)) from None
    return options


def one_more(kind: PollKind, options: Sequence[PollOption], typed: str, now: datetime, words: Words) -> PollOption:
    """One option that is added to others. Raises NotUnderstood as :func:`read_options` does."""
    text = _line(typed)
    if not text:
        raise NotUnderstood(phrase("There is nothing in that option yet."))
    if len(options) >= MOST_OPTIONS:
        raise NotUnderstood(phrase("There are {most} options already, and that is the most.", most=MOST_OPTIONS))
    if len(text) > OPTION_CHARACTERS:
        raise NotUnderstood(_too_long(text, OPTION_CHARACTERS))
    key = next_key(options)
    option = _date(key, text, now, words) if kind is PollKind.DATES else PollOption(key, text)
    if any(_same(option, other) for other in options):
        raise NotUnderstood(phrase("That answer is there already."))
    return option


def _date(key: str, typed: str, now: datetime, words: Words) -> PollOption:
    understood = read_time(typed, now, words.zone, words.language)
    match understood:
        case Moment(at):
            return PollOption(key, "", at)
        case Day(first, last) if first == last:
            return PollOption(key, "", datetime.combine(first, time(), words.zone), whole_day=True)
        case Unclear():
            raise NotUnderstood(_choose(understood, words))
        case _:
            raise NotUnderstood(phrase("That is not one day or time. Try: Friday 15 May at 10."))


def _readable(until: Until) -> None:
    if until.question is not None and not until.times:
        raise NotUnderstood(until.question)


def _choose(unclear: Unclear, words: Words) -> Phrase:
    said = [_said(one, words) for one in unclear.readings if isinstance(one, Moment | Day)]
    if not said:
        return unclear.question
    return phrase("Do you mean {choices}? Write the one that you mean, please.", choices=words.any_of(said))


def _said(reading: Moment | Day, words: Words) -> str:
    return words.when(reading.at) if isinstance(reading, Moment) else words.date(reading.first, "full")


def read_repeat(typed: str, now: datetime, words: Words) -> Plan | None:
    """How it repeats; None for once. Raises NotUnderstood."""
    if not typed.strip():
        return None
    try:
        found = read_plan("", typed, now, words)
    except NotUnderstood as sorry:
        raise NotUnderstood(phrase("About {option}: {problem}", option=typed, problem=sorry.said)) from None
    if found.question:
        raise NotUnderstood(phrase("{typed}: say it more exactly, for example: every Friday at 9.", typed=typed))
    return found.plans[0]


def _most(typed: Written) -> int:
    if not 0 <= typed.most <= MOST_OPTIONS:
        raise NotUnderstood(phrase("How many may one choose? A number from 1 to {most}, please.", most=MOST_OPTIONS))
    return typed.most


def read_quorum(number: int) -> int:
    """How many have to vote. Raises NotUnderstood."""
    if number < 0:
        raise NotUnderstood(phrase("How many have to vote for it to count? A number, please."))
    return number


def _same(one: PollOption, other: PollOption) -> bool:
    if one.at is not None and other.at is not None:
        return (one.at, one.whole_day) == (other.at, other.whole_day)
    return _seen(one.text) == _seen(other.text)


def _line(typed: str) -> str:
    """In one line; nothing where nothing of it can be seen."""
    line = " ".join(clean(typed).split())
    return line if _seen(line) else ""


def _seen(line: str) -> str:
    return "".join(one for one in line if unicodedata.category(one) not in _UNSEEN).casefold().strip()


def _too_long(text: str, most: int) -> Phrase:
    return phrase(
        "That is {length} characters; {most} is the most. Say it shorter, please.", length=len(text), most=most
    )
