"""The use cases of the knowledge bank: looking for notes, saying that one was tried, asking whoever is behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.bank.closeness import SURE, Closeness
from bot.bank.opening import Opened, opened, tried
from bot.bank.ranking import Ranked
from bot.bank.reading import reader
from bot.bank.repository import Entry, Trial
from bot.bank.searching import Question, Search, search
from bot.bank.showing import sentence_of
from bot.bank.trying import Trials
from bot.bank.weighing import Sight
from bot.errors import NotThere, phrase
from bot.identity import Account, MemberId, NoteId, WorkspaceId
from bot.introductions.finding import Finding
from bot.introductions.seeing import Seen
from bot.ports import Clock, Units
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


class BankService:
    """Who asks, sees what they may see: that is a part of every question to the bank, never sorted out afterwards.
    ``trials`` takes what members say of trying a note."""

    def __init__(self, units: Units, clock: Clock, finding: Finding, closeness: Closeness | None = None) -> None:
        self._units = units
        self._clock = clock
        self._finding = finding
        self.closeness = closeness or Closeness(units, clock)
        self.trials = Trials(units, clock)

    async def look(
        self, workspace: WorkspaceId, question: Question, sight: Sight, page: int = 0, size: int = PAGE
    ) -> Found:
        """A page of what fits, for a member or for whoever is outside."""
        ranked, found, by_meaning = await self._ranked(workspace, question, sight)
        start = page * size
        async with self._units(workspace, reading=True) as work:
            shown = [one.note for one in ranked[start : start + size]]
            entries = await work.bank.many(shown)
            said = await tried(work, shown, sight, self._clock.now())
        hits = [
            Hit(
                entries[note],
                sentence_of(entries[note], found.read.asked, reader()),
                said.get(note, ()),
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
            return await opened(work, note, sight, self._clock.now())

    async def tried(
        self, workspace: WorkspaceId, notes: Sequence[NoteId], sight: Sight
    ) -> Mapping[NoteId, tuple[Trial, ...]]:
        """What this one may read of how it went where these were tried."""
        async with self._units(workspace, reading=True) as work:
            return await tried(work, notes, sight, self._clock.now())

    async def ask(self, workspace: WorkspaceId, member: MemberId, note: NoteId, who: MemberId) -> Seen:
        """Asks whoever is behind the note, or behind a trial of it, whether they want to be introduced. Raises NotThere where
        there is nobody (any more) to be asked."""
        shown = await self.open(workspace, note, Sight(member))
        if who not in {shown.entry.author, *(one.member for one in shown.trials)}:
            raise NotThere(phrase("There is nobody to ask about that note any more."))
        return await self._finding.ask_about(workspace, member, who, shown.entry.content.title)

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
