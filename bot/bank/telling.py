"""How a note of the bank reads: part by part, with the places of masked words in plain words. For cards, pages and files."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.bank.repository import Entry, Outcome, Trial
from bot.members.domain import Sector
from bot.notes.brevity import shown_once
from bot.notes.casenote import Statement, Task
from bot.privacy import Kind
from bot.words import Words

_TOKEN = re.compile(r"\[([A-Z]{2,12}) (\d{1,6})([a-z]?)\]")
_SENTENCE = re.compile(r"(?:^|[.!?]\s+)$")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a note: its heading, and its lines."""

    heading: str
    lines: tuple[str, ...]


def readable(text: str, words: Words) -> str:
    """The text with ``person 1`` where ``[PERSON 1]`` stands; with a capital where a sentence begins."""

    def named(token: re.Match[str]) -> str:
        kind = token[1].casefold()
        if kind not in _KINDS:
            return token[0]
        said = _named(Kind(kind), token[2], words)
        return said[:1].upper() + said[1:] if _SENTENCE.search(text[: token.start()]) else said

    return _TOKEN.sub(named, text)


def sections(entry: Entry, sectors: Mapping[str, Sector], words: Words) -> Sequence[Section]:
    """All that a note says, in the order in which it is read; parts that say nothing are left out, and each sentence is
    said once."""
    note = shown_once(entry.content)
    parts: list[tuple[str, Sequence[Statement | Task]]] = [
        (words.say("In short"), note.summary),
        (words.say("The situation"), note.situation),
        *(
            (words.say("Seen from: {sector}", sector=_name(sector, sectors, words)), statements)
            for sector, statements in note.perspectives.items()
        ),
        (words.say("Ideas"), note.ideas),
        (words.say("Agreements"), note.agreements),
        (words.say("Who does what"), note.actions),
        (words.say("Open questions"), note.questions),
    ]
    return [Section(heading, tuple(_line(one, words) for one in said)) for heading, said in parts if said]


def trial_line(trial: Trial, words: Words) -> str:
    """``It worked here: Vejle. The cars held all winter.``"""
    match trial.outcome:
        case Outcome.WORKED:
            said = words.say("It worked here: {place}", place=trial.place)
        case Outcome.PARTLY:
            said = words.say("It worked in part: {place}", place=trial.place)
        case Outcome.NOT:
            said = words.say("It did not work here: {place}", place=trial.place)
        case _:
            assert_never(trial.outcome)
    text = readable(trial.text, words)
    return f"{said}. {text}" if text else said


def best_first(trials: Sequence[Trial]) -> Sequence[Trial]:
    """Where it worked first, then the newest."""
    order = list(Outcome)
    return sorted(trials, key=lambda one: (order.index(one.outcome), -one.at.timestamp(), one.member))


def _line(said: Statement | Task, words: Words) -> str:
    text = readable(said.text, words)
    if isinstance(said, Statement):
        return text
    # Within a sentence: a person who begins it would have a capital.
    who = readable(f"({said.owner}", words)[1:]
    if who and said.due:
        return words.say("{task} ({who}, by {day})", task=text, who=who, day=words.date(said.due))
    if said.due:
        return words.say("{task} (by {day})", task=text, day=words.date(said.due))
    return words.say("{task} ({who})", task=text, who=who) if who else text


def _name(sector: str, sectors: Mapping[str, Sector], words: Words) -> str:
    known = sectors.get(sector)
    return sector if known is None else known.name(words.language)


_KINDS = frozenset(kind.value for kind in Kind if kind is not Kind.TEXT)


def _named(kind: Kind, number: str, words: Words) -> str:
    if kind is Kind.PERSON:
        return words.say("person {number}", number=number)
    # What is left out stands in brackets, as within any quotation; the first of its kind needs no number.
    name = {
        Kind.CPR: words.say("CPR number"),
        Kind.PHONE: words.say("phone number"),
        Kind.EMAIL: words.say("e-mail address"),
        Kind.ADDRESS: words.say("address"),
        Kind.ACCOUNT: words.say("account"),
        Kind.CVR: words.say("company number"),
        Kind.PLATE: words.say("number plate"),
        Kind.NUMBER: words.say("number"),
        Kind.BIRTH: words.say("date of birth"),
        Kind.LINK: words.say("link"),
        Kind.HANDLE: words.say("user name"),
    }[kind]
    return f"({name})" if number == "1" else f"({name} {number})"
