"""What somebody took on: who, and by which day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.notes.casenote import Task
from bot.notes.extract.days import day_in
from bot.notes.extract.people import People
from bot.notes.extract.reporting import reported
from bot.notes.extract.retelling import alone, told
from bot.notes.extract.sentences import Conversation, Sentence
from bot.notes.extract.task_cues import (
    ACCEPTED,
    AT_ONCE,
    BY_WHEN,
    CLAUSE,
    I_DO,
    LABEL,
    NAME_DOES,
    NAME_DOES_SURELY,
    NOT_DONE,
    OWNER,
    REQUEST,
)
from bot.notes.extract.wordlists import NOBODY

_FEWEST_WORDS = 3
# Lines after a request in which somebody says yes to it, and after a task in which it is said again.
_SOON, _AGAIN = 4, 6
# Words of a beginning such as "By Friday: ...", which belongs to what follows it.
_BEGINNING = 4
_THAT = frozenset(("at", "that"))
_OF_A_THING = re.compile(
    r"\b(?:an?|the|my|our|some|this|that|one)\s(?:\w+\s){1,3}that\sI\W$|\b(?:en|et|den|det|min|mit|nogle)\s(?:\w+\s){1,3}som\s+jeg\W$"
)
_CALLED = re.compile(r"\s*,\s*@?([\w'-]{2,20}(?: [\w'-]{2,20}){0,2})\?\s*$")
# "Who tells the office?", which somebody says yes to.
_WHO = re.compile(
    r"^(?:(?:og|men|så|and|but|so)\s+)?(?:who|hvem)\s+(?P<does>(?!is\b|er\b|of\b|af\b|else\b|ellers\b)[^?]+)\?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A task and the sentences that it is made of. ``about``: the stems of what is to be done, as it was
    said; ``surely``: it was said so that it is hardly anything else."""

    task: Task
    sentences: tuple[Sentence, ...]
    about: frozenset[str]
    surely: bool


class Tasks:
    """Finds the tasks of one conversation."""

    def __init__(self, talk: Conversation) -> None:
        self._talk = talk
        self._people = People(talk.authors)
        self._names = {stem for author in talk.authors for stem in talk.stems.content(author)}

    def found(self) -> Sequence[Taken]:
        """All of them, in the order in which they were said; a yes that belongs to a request is no task of its own."""
        taken: list[Taken] = []
        used: set[int] = set()
        for one in self._talk.sentences:
            if one.place in used:
                continue
            for task in self._requested(one) if REQUEST.search(one.text) else self._stated(one):
                used.update(part.place for part in task.sentences)
                self._add(taken, task)
        return taken

    def _add(self, taken: list[Taken], new: Taken) -> None:
        """Adds it, unless the same person just said the same: then that one gets its message too, and its day."""
        for place in range(len(taken) - 1, -1, -1):
            old = taken[place]
            if new.sentences[0].line - old.sentences[-1].line > _AGAIN:
                break
            if self._is_same(old, new):
                sources = tuple(dict.fromkeys((*old.task.sources, *new.task.sources)))
                task = replace(old.task, sources=sources, due=old.task.due or new.task.due)
                taken[place] = Taken(task, (*old.sentences, *new.sentences), old.about, old.surely or new.surely)
                return
        taken.append(new)

    def _is_same(self, old: Taken, new: Taken) -> bool:
        one, other = old.task, new.task
        if not one.owner or self._whole(one.owner) != self._whole(other.owner):
            return False
        if None not in {one.due, other.due} and one.due != other.due:
            return False
        return bool((old.about & new.about) - set(self._talk.stems.content(f"{one.owner} {other.owner}")))

    def _whole(self, owner: str) -> str:
        return self._people.known(owner) or owner

    def _requested(self, one: Sentence) -> Iterator[Taken]:
        """Something that one person asks of another, where that one is named or says yes."""
        if one.words < _FEWEST_WORDS or AT_ONCE.search(one.text) or self._names.issuperset(one.stems):
            # "Can you, Bo?" does not say what.
            return
        asked = one.to or self._people.addressed(one.text)
        yes = next(self._yes(one, asked), None)
        owner = self._talk.author(yes) if yes is not None else asked
        if owner:
            text = self._as_asked(one, owner, called=bool(asked))
            yield self._taken((one,) if yes is None else (one, yes), owner, text, one.text, surely=yes is not None)

    def _as_asked(self, one: Sentence, owner: str, *, called: bool) -> str:
        who = _WHO.match(one.text)
        if who is not None:
            return f"{owner} {who['does'].strip()}."
        name = _CALLED.search(one.text) if called else None
        bare = one.text if name is None or not self._people.known(name[1]) else f"{one.text[: name.start()]}?"
        return reported(bare, self._talk.author(one), owner, self._talk.language, asks=one.asks)

    def _yes(self, request: Sentence, asked: str) -> Iterator[Sentence]:
        """Sentences by which somebody else says yes, soon after or as a reply."""
        number, answered = self._talk.id(request), self._talk.lines[request.line].reply_to
        for place in range(request.line + 1, min(len(self._talk.lines), request.line + 1 + _SOON)):
            line = self._talk.lines[place]
            if line.author == self._talk.author(request) or (asked and line.author != asked):
                continue
            if line.reply_to in {"", number, answered}:
                yield from (one for one in self._talk.of_line[place][:1] if self._accepts(one, line.text))

    def _accepts(self, one: Sentence, whole: str) -> bool:
        return ACCEPTED.match(one.text) is not None or ACCEPTED.match(whole) is not None

    def _stated(self, one: Sentence) -> Iterator[Taken]:
        label = LABEL.match(one.text)
        if label is not None and len(one.text) > label.end():
            rest = one.text[label.end() :]
            yield self._taken((one,), self._owner(rest, one), rest, rest, surely=True)
            return
        if one.asks or one.words < _FEWEST_WORDS:
            return
        found = [task for lead, clause in _clauses(one.text) for task in self._in_clause(one, lead, clause)]
        yield from found or self._by_a_day(one)

    def _in_clause(self, one: Sentence, lead: str, clause: str) -> Iterator[Taken]:
        author = self._talk.author(one)
        shown = clause if clause == one.text else f"{clause.rstrip(' .,;')}."
        name, rest = self._people.subject(clause)
        if I_DO.search(clause) and not NOT_DONE.search(clause) and self._talk.stems.content(clause):
            yield self._taken((one,), author, told(alone(shown), author, self._talk.language), f"{lead} {clause}")
        elif name and name.casefold() not in NOBODY and NAME_DOES.match(rest):
            known = self._people.known(name)
            yes = next(self._yes(one, known), None) if known else None
            surely = bool(known) or NAME_DOES_SURELY.match(rest) is not None or self._people.is_name(name)
            said = (one,) if yes is None else (one, yes)
            taken = self._taken(said, known or name, shown, f"{lead} {clause}", surely=surely)
            if taken.surely:
                yield taken

    def _by_a_day(self, one: Sentence) -> Iterator[Taken]:
        """Nobody says who does it, or only beside it; but a day is named by which it is done."""
        owner = one.to or self._people.addressed(one.text) or self._marked_owner(one.text)
        if not owner and not BY_WHEN.search(one.text):
            return
        taken = self._taken((one,), owner, told(one.text, self._talk.author(one), self._talk.language), one.text)
        if taken.task.due is not None:
            yield taken

    def _owner(self, text: str, one: Sentence) -> str:
        marked = self._marked_owner(text)
        if marked:
            return marked
        if I_DO.search(text):
            return self._talk.author(one)
        name = one.to or self._people.addressed(text) or self._people.subject(text)[0]
        return self._whole(name)

    def _marked_owner(self, text: str) -> str:
        found = OWNER.search(text)
        if found is None:
            return ""
        name = found[1] or found[2]
        return self._people.known(name) or (name if found[1] else "")

    def _taken(self, said: tuple[Sentence, ...], owner: str, text: str, dated: str, *, surely: bool = False) -> Taken:
        texts: Iterable[tuple[str, Sentence]] = ((dated, said[0]), *((one.text, one) for one in said[1:]))
        days = (day_in(one, self._talk.lines[by.line].at, self._talk.language) for one, by in texts)
        due = next((day for day in days if day is not None), None)
        task = Task(text=text[:1].upper() + text[1:], sources=self._talk.ids(said), owner=owner, due=due)
        return Taken(task, said, frozenset(self._talk.stems.content(dated)), surely or due is not None)


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a sentence, each of which has somebody who does something: "we open on Monday, and Bo brings the keys". Before
    each what belongs to it and stands before a colon: "by Friday"."""
    start = 0
    lead = ""
    for cut in CLAUSE.finditer(text):
        part = text[start : cut.start()]
        if _OF_A_THING.search(text[start : cut.end() + 2]):
            # "A heater that I can bring" is one.
            continue
        if part.count(" ") >= _BEGINNING:
            yield lead, part
            lead = ""
        elif cut[0].startswith(":"):
            lead = part
        elif cut[0].split()[-1] in _THAT:
            lead = ""
        else:
            # "Bo and Karin bring ..." is one.
            continue
        start = cut.end()
    yield lead, text[start:]
