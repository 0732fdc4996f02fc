"""The use cases of the knowledge bank: looking for notes, saying that one was tried, asking whoever is behind it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.bank.closeness import SURE, Closeness
from bot.bank.ranking import Ranked
from bot.bank.reading import reader, words_of
from bot.bank.repository import Bank, Entry, Outcome, Trial
from bot.bank.searching import Question, Search, search
from bot.bank.showing import sentence_of
from bot.bank.telling import best_first
from bot.bank.weighing import Sight
from bot.errors import NotThere, NotUnderstood, phrase
from bot.identity import Account, MemberId, NoteId, WorkspaceId
from bot.introductions.finding import Finding
from bot.introductions.seeing import Seen
from bot.members.domain import Sector
from bot.messages.text import clean
from bot.notes.domain import Audience
from bot.ports import Clock, UnitOfWork, Units
from bot.privacy import Masker
from bot.repositories import FormDraft

PAGE = 5
LONGEST_PLACE, LONGEST_TRIAL = 80, 300
# Where the last search of somebody is kept for a while, sealed, so that they can turn its pages.
_SEARCH = "bank_search"


@dataclass(frozen=True, slots=True)
class Hit:
    """A note with the sentence that fits best and what was said of trying it, where it worked first. ``meant``: it was found by
    its meaning, not by its words."""

    entry: Entry
    sentence: str = field(repr=False)
    trials: tuple[Trial, ...]
    meant: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what a search found. ``number``: of this search among the member's, 0 where nobody's; ``corrected``: words that
    no note has, with what was looked for instead."""

    question: Question
    hits: tuple[Hit, ...]
    every: int
    page: int = 0
    size: int = PAGE
    number: int = 0
    corrected: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.every // self.size))


@dataclass(frozen=True, slots=True)
class Opened:
    """A note of the bank for one reader. ``withdrawn``: it is not there, but was once, for everybody."""

    entry: Entry
    trials: tuple[Trial, ...]
    sectors: Mapping[str, Sector]


class BankService:
    """Who asks, sees what they may see: that is a part of every question to the bank, never sorted out afterwards."""

    def __init__(self, units: Units, clock: Clock, finding: Finding, closeness: Closeness | None = None) -> None:
        self._units = units
        self._clock = clock
        self._finding = finding
        self.closeness = closeness or Closeness(units, clock)

    async def look(
        self, workspace: WorkspaceId, question: Question, sight: Sight, page: int = 0, size: int = PAGE
    ) -> Found:
        """A page of what fits, for a member or for whoever is outside."""
        ranked, found, by_meaning = await self._ranked(workspace, question, sight)
        start = page * size
        async with self._units(workspace, reading=True) as work:
            shown = [one.note for one in ranked[start : start + size]]
            entries = await work.bank.many(shown)
            said = _by_note(await work.bank.trials(shown))
        hits = [
            Hit(
                entries[note],
                sentence_of(entries[note], found.read.asked, reader()),
                tuple(said.get(note, ())),
                note in by_meaning,
            )
            for note in shown
            if note in entries
        ]
        page_of = Found(question, tuple(hits), len(ranked), page, size)
        return replace(page_of, corrected=found.read.corrected) if found.ranked else page_of

    async def find(self, workspace: WorkspaceId, member: MemberId, account: Account, question: Question) -> Found:
        """The first page for a member, who can turn to the others afterwards."""
        found = await self.look(workspace, question, Sight(member))
        async with self._units(workspace) as work:
            last = await work.drafts.get(account, _SEARCH)
            number = 1 if last is None else last.step + 1
            await work.drafts.put(FormDraft(account, _SEARCH, _stored(question), {}, number, self._clock.now()))
            await work.commit()
        return replace(found, number=number)

    async def more(
        self, workspace: WorkspaceId, member: MemberId, account: Account, number: int, page: int, size: int = PAGE
    ) -> Found:
        """Another page of the member's last search. Raises NotThere for an older one."""
        async with self._units(workspace, reading=True) as work:
            last = await work.drafts.get(account, _SEARCH)
        if last is None or last.step != number:
            raise NotThere(phrase("That search is over. Look again with {command}.", command=phrase("/find")))
        found = await self.look(workspace, _question(last.values), Sight(member), page, size)
        return replace(found, number=number)

    async def open(self, workspace: WorkspaceId, note: NoteId, sight: Sight) -> Opened:
        """One note. Raises NotThere where there is none that this one may see."""
        async with self._units(workspace, reading=True) as work:
            entry = await _seen(work, note, sight)
            said = _by_note(await work.bank.trials([note]))
            sectors = {sector.key: sector for sector in await work.vocabulary.sectors()}
        return Opened(entry, tuple(said.get(note, ())), sectors)

    async def tell_trial(
        self, workspace: WorkspaceId, member: MemberId, note: NoteId, outcome: Outcome, place: str, text: str
    ) -> Opened:
        """Keeps what a member says of trying it, masked; what they said before goes. Raises NotUnderstood where no place is
        said, or one that names a person or an address."""
        where, said = _tidy(place), _tidy(text)
        if not words_of(where):
            raise NotUnderstood(phrase("Say where you tried it, please: a town or a municipality."))
        async with self._units(workspace, reading=True) as work:
            names = [one.name for one in await work.members.everybody() if one.name]
        masker = await asyncio.to_thread(Masker, names)
        if any(one.sure for one in masker.find(where)):
            raise NotUnderstood(phrase("Name a town or a municipality only, please, and nobody's name or address."))
        masked = await asyncio.to_thread(masker.mask, said)
        async with self._units(workspace) as work:
            await _seen(work, note, Sight(member))
            await work.bank.put_trial(Trial(note, member, outcome, where, masked.text, self._clock.now()))
            await work.commit()
        return await self.open(workspace, note, Sight(member))

    async def take_back(self, workspace: WorkspaceId, member: MemberId, note: NoteId) -> Opened:
        """What the member said of trying it goes."""
        async with self._units(workspace) as work:
            await _seen(work, note, Sight(member))
            await work.bank.remove_trial(note, member)
            await work.commit()
        return await self.open(workspace, note, Sight(member))

    async def ask(self, workspace: WorkspaceId, member: MemberId, note: NoteId, who: MemberId) -> Seen:
        """Asks whoever is behind the note, or behind a trial of it, whether they want to be introduced. Raises NotThere where
        there is nobody (any more) to be asked."""
        opened = await self.open(workspace, note, Sight(member))
        if who not in {opened.entry.author, *(one.member for one in opened.trials)}:
            raise NotThere(phrase("There is nobody to ask about that note any more."))
        return await self._finding.ask_about(workspace, member, who, opened.entry.content.title)

    async def _ranked(
        self, workspace: WorkspaceId, question: Question, sight: Sight
    ) -> tuple[Sequence[Ranked], Search, frozenset[NoteId]]:
        async with self._units(workspace, reading=True) as work:
            found = await search(work.bank, question, sight, self._clock.now(), reader())
        near = await self.closeness.nearest(workspace, question, sight, found)
        meant = frozenset(one.note for one in near)
        sure = [one for one in found.ranked if one.share >= SURE]
        rest = [one for one in found.ranked if one.share < SURE and one.note not in meant]
        return [*sure, *near, *rest], found, meant


async def visible(bank: Bank, note: NoteId, sight: Sight) -> Entry | None:
    """The note, if this one may see it."""
    entry = await bank.get(note)
    if entry is None or entry.audience is Audience.PUBLIC:
        return entry
    if sight.member is None:
        return None
    may = entry.audience is Audience.ACADEMY or sight.member in {entry.author, *entry.took_part}
    return entry if may else None


async def _seen(work: UnitOfWork, note: NoteId, sight: Sight) -> Entry:
    entry = await visible(work.bank, note, sight)
    if entry is None:
        raise NotThere(phrase("That note is not in the knowledge bank any more."))
    return entry


def _by_note(trials: Sequence[Trial]) -> Mapping[NoteId, Sequence[Trial]]:
    found: dict[NoteId, list[Trial]] = {}
    for one in best_first(trials):
        found.setdefault(one.note, []).append(one)
    return found


def _tidy(typed: str) -> str:
    return " ".join(clean(typed).split())


def _stored(question: Question) -> dict[str, str | tuple[str, ...]]:
    return {
        "words": question.words,
        "theme": question.theme,
        "sector": question.sector,
        "place": question.place,
        "since": question.since.isoformat() if question.since else "",
        "until": question.until.isoformat() if question.until else "",
        "worked": "yes" if question.worked else "",
    }


def _question(values: Mapping[str, str | tuple[str, ...]]) -> Question:
    stored = {name: str(value) for name, value in values.items()}
    return Question(
        words=stored["words"],
        theme=stored["theme"],
        sector=stored["sector"],
        place=stored["place"],
        since=date.fromisoformat(stored["since"]) if stored["since"] else None,
        until=date.fromisoformat(stored["until"]) if stored["until"] else None,
        worked=bool(stored["worked"]),
    )
