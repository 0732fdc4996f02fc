"""What somebody took on: who, and by which day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.notes.casenote import Task
from bot.notes.extract.agreements import is_decision
from bot.notes.extract.days import day_in
from bot.notes.extract.people import People
from bot.notes.extract.retelling import told
from bot.notes.extract.sentences import Conversation, Sentence
from bot.notes.extract.task_cues import (
    ACCEPTED,
    BY_WHEN,
    I_DO,
    LABEL,
    MUST,
    NAME_DOES,
    NAME_DOES_SURELY,
    NOT_DONE,
    OWNER,
    REQUEST,
)

_FEWEST_WORDS = 3
# Lines after a request in which somebody says yes to it.
_SOON = 4
# "We agree that Bo ..."
_THAT = re.compile(r"^.*?\b(?:at|that)\s+(?=[A-ZÆØÅ])")


@dataclass(frozen=True, slots=True)
class Taken:
    """A task and the sentences that it is made of. ``surely``: it was said so that it is hardly anything else."""

    task: Task
    sentences: tuple[Sentence, ...]
    surely: bool


class Tasks:
    """Finds the tasks of one conversation."""

    def __init__(self, talk: Conversation) -> None:
        self._talk = talk
        self._people = People(talk.authors)

    def found(self) -> Sequence[Taken]:
        """All of them, in the order in which they were said; a yes that belongs to a request is no task of its own."""
        taken: list[Taken] = []
        used: set[int] = set()
        for one in self._talk.sentences:
            if one.place in used:
                continue
            task = self._requested(one) if REQUEST.search(one.text) else self._stated(one)
            if task is not None:
                taken.append(task)
                used.update(part.place for part in task.sentences)
        return taken

    def _requested(self, one: Sentence) -> Taken | None:
        """Something that one person asks of another, where that one is named or says yes."""
        if one.words < _FEWEST_WORDS:
            return None
        asked = self._people.addressed(one.text)
        yes = next(self._yes(one, asked), None)
        owner = self._talk.author(yes) if yes is not None else asked
        if not owner:
            return None
        return self._taken((one,) if yes is None else (one, yes), owner, one.text, surely=yes is not None)

    def _yes(self, request: Sentence, asked: str) -> Iterator[Sentence]:
        """Sentences by which somebody else says yes, soon after or as a reply."""
        author, number = self._talk.author(request), self._talk.id(request)
        for place in range(request.line + 1, min(len(self._talk.lines), request.line + 1 + _SOON)):
            line = self._talk.lines[place]
            if (
                line.author == author
                or (asked and line.author != asked)
                or line.reply_to not in {"", number, self._talk.lines[request.line].reply_to}
            ):
                continue
            yield from (
                one for one in self._talk.of_line[place][:1] if ACCEPTED.match(one.text) or ACCEPTED.match(line.text)
            )

    def _stated(self, one: Sentence) -> Taken | None:
        label = LABEL.match(one.text)
        if label is not None and len(one.text) > label.end():
            rest = one.text[label.end() :]
            return self._taken((one,), self._owner(rest, one), rest, surely=True)
        if one.asks or one.words < _FEWEST_WORDS:
            return None
        if I_DO.search(one.text) and not NOT_DONE.search(one.text) and one.stems:
            return self._taken(
                (one,), self._talk.author(one), told(one.text, self._talk.author(one), self._talk.language)
            )
        return self._of_another(one)

    def _of_another(self, one: Sentence) -> Taken | None:
        """Somebody is named who does it, or only a day is by which it is done."""
        name, rest = self._people.subject(_THAT.sub("", one.text) if is_decision(one.text) else one.text)
        if name and NAME_DOES.match(rest):
            surely = NAME_DOES_SURELY.match(rest) is not None or self._people.known(name) != ""
            taken = self._taken((one,), name, one.text, surely=surely)
            return taken if surely or taken.task.due is not None else None
        addressed = self._people.addressed(one.text)
        owner = addressed or self._marked_owner(one.text)
        if owner or BY_WHEN.search(one.text) or MUST.search(one.text):
            taken = self._taken((one,), owner, told(one.text, self._talk.author(one), self._talk.language))
            if taken.task.due is not None and (owner or BY_WHEN.search(one.text)):
                return taken
        return None

    def _owner(self, text: str, one: Sentence) -> str:
        marked = self._marked_owner(text)
        if marked:
            return marked
        if I_DO.search(text):
            return self._talk.author(one)
        return self._people.addressed(text) or self._people.subject(text)[0]

    def _marked_owner(self, text: str) -> str:
        found = OWNER.search(text)
        if found is None:
            return ""
        name = found[1] or found[2]
        return self._people.known(name) or (name if found[1] else "")

    def _taken(self, said: tuple[Sentence, ...], owner: str, text: str, *, surely: bool = False) -> Taken:
        days = (day_in(one.text, self._talk.lines[one.line].at, self._talk.language) for one in said)
        due = next((day for day in days if day is not None), None)
        task = Task(text=text[:1].upper() + text[1:], sources=self._talk.ids(said), owner=owner, due=due)
        return Taken(task, said, surely or due is not None)
