"""What a round is planned from: who takes part now, who met whom, and who must not meet. Read from one unit of work.

The planner knows text ids only; here members become candidates and past introductions become meetings.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.camps.stations.remembering import sat_together
from bot.identity import CampId, MemberId, RoundId
from bot.introductions.domain import Answer, Intro, IntroState, Round, RoundState
from bot.introductions.life import IN_A_ROOM, declined_pairs, happened
from bot.matching.domain import Candidate, Meeting, Weights, Wishes
from bot.matching.rules import Roster
from bot.members.domain import Consent, Member
from bot.ports import UnitOfWork

# Rounds looked back at beyond twice the window, so that "the oldest" can be told where novelty is exhausted.
_MORE_ROUNDS = 8
_THE_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_SENT = frozenset({RoundState.OPEN, RoundState.CLOSED})
ENGLISH = "en"
# What counts how much where nobody has set it otherwise.
USUAL = Weights()


@dataclass(frozen=True, slots=True)
class Invitations:
    """How the members have answered the invitation: counts only."""

    yes: int = 0
    waiting: int = 0
    not_now: int = 0
    never: int = 0
    paused: int = 0

    def asked(self) -> int:
        """Everybody on the roster."""
        return self.yes + self.waiting + self.not_now + self.never


@dataclass(frozen=True, slots=True)
class Gathering:
    """All that a plan needs, at one moment."""

    members: Mapping[MemberId, Member]
    candidates: tuple[Candidate, ...]
    history: tuple[Meeting, ...]
    apart: frozenset[frozenset[str]]
    weights: Weights
    next_number: int
    invitations: Invitations

    def roster(self) -> Roster:
        """The hard rules between those who take part now."""
        return Roster.read(self.candidates, (), Wishes(apart=self.apart))

    def only(self, members: Iterable[MemberId]) -> "Gathering":
        """The same for some of the members."""
        wanted = {str(member) for member in members}
        return replace(self, candidates=tuple(one for one in self.candidates if one.id in wanted))

    def with_members(self, members: Iterable[Member]) -> "Gathering":
        """The same with just these as candidates, whether or not a round would take them."""
        return replace(self, candidates=tuple(candidate_of(member) for member in members))


def member_id(text: str) -> MemberId:
    """The id behind a candidate's text."""
    return MemberId(UUID(text))


def may_be_group(roster: Roster, members: Sequence[MemberId]) -> bool:
    """Whether these two or three may be introduced to each other; False where one does not take part."""
    places = [roster.places.get(str(member)) for member in members]
    known = [place for place in places if place is not None]
    return len(known) == len(places) and len(set(known)) in {2, 3} and roster.may_be_group(known)


def candidate_of(member: Member, waited: int = 0) -> Candidate:
    """A member as the planner sees them. Everybody here can meet in English; some can in Danish as well."""
    return Candidate(
        id=str(member.id),
        organisation=member.organisation,
        sector=member.sector,
        themes=member.themes,
        needs=member.needs,
        offers=member.offers,
        languages=frozenset({member.language, ENGLISH}),
        waited=waited,
    )


async def gather(work: UnitOfWork, now: datetime, usual: Weights = USUAL, *, but: CampId | None = None) -> Gathering:
    """Reads everything that planning needs. Somebody who waits for as many answers as they want is not asked again.

    ``usual``: what counts how much on this installation; the window is the academy's own choice. ``but``: a camp whose
    stations do not count as meetings, since they are being planned.
    """
    present = await gather_present(work, now, usual)
    rounds = await work.rounds.latest(present.weights.window * 2 + _MORE_ROUNDS)
    sent = [round_ for round_ in rounds if round_.state in _SENT]
    numbers = {round_.id: round_.number for round_ in sent}
    whole = len(rounds) < present.weights.window * 2 + _MORE_ROUNDS
    since = _THE_BEGINNING if whole else min((round_.created_at for round_ in sent), default=now)
    past = [intro for intro in await work.rounds.intros_since(since) if intro.state is not IntroState.PLANNED]
    dated = [(intro, _rounds_ago(intro, sent, numbers)) for intro in past]
    sat = [(one.members, _rounds_since(one.at, sent)) for one in await sat_together(work, since, but)]
    waited = _waited(sent, past)
    return replace(
        present,
        candidates=tuple(replace(one, waited=waited.get(member_id(one.id), 0)) for one in present.candidates),
        history=(
            *(meeting for intro, ago in dated for meeting in _meetings(intro, ago)),
            *(Meeting(tuple(map(str, members)), ago) for members, ago in sat),
        ),
        apart=await apart(work, [intro for intro, ago in dated if ago <= present.weights.window]),
        next_number=max((round_.number for round_ in rounds), default=0) + 1,
    )


async def gather_present(work: UnitOfWork, now: datetime, usual: Weights = USUAL) -> Gathering:
    """The same without looking back: enough to tell which groups of a draft are still possible, and fast."""
    options = await work.vocabulary.options()
    everybody = {member.id: member for member in await work.members.everybody()}
    busy = Counter(member for intro in await work.rounds.intros_in([IntroState.OFFERED]) for member in intro.members())
    return Gathering(
        members=everybody,
        candidates=tuple(
            candidate_of(member)
            for member in everybody.values()
            if takes_part(member, now, options.timezone) and busy[member.id] < member.intros_per_round
        ),
        history=(),
        apart=await apart(work, ()),
        weights=replace(usual, window=options.novelty_rounds),
        next_number=0,
        invitations=_invitations(everybody.values(), now, options.timezone),
    )


def takes_part(member: Member, now: datetime, timezone: str) -> bool:
    """Whether the member may be introduced today, by the day of their own zone."""
    return member.takes_part(now.astimezone(ZoneInfo(member.timezone or timezone)).date())


async def apart(work: UnitOfWork, recent: Iterable[Intro]) -> frozenset[frozenset[str]]:
    """The pairs that must not meet: blocked by one of them, or declined within the window."""
    pairs = {frozenset({str(block.member), str(block.other)}) for block in await work.members.blocks()}
    for intro in recent:
        pairs.update(frozenset(str(member) for member in pair) for pair in declined_pairs(intro))
    return frozenset(pairs)


def _rounds_ago(intro: Intro, sent: Sequence[Round], numbers: Mapping[RoundId, int]) -> int:
    """How many rounds ago they were introduced, seen from the next one. One that ``/match find`` made counts by its day."""
    own = None if intro.round is None else numbers.get(intro.round)
    if own is None:
        return _rounds_since(intro.created_at, sent)
    return sum(1 for number in numbers.values() if number > own) + 1


def _rounds_since(at: datetime, sent: Sequence[Round]) -> int:
    """The same for two who met at some time outside of any round."""
    return sum(1 for round_ in sent if (round_.opened_at or round_.created_at) > at) + 1


def _meetings(intro: Intro, ago: int) -> Sequence[Meeting]:
    """What counts as having met. One that lapsed counts between two of whom one stayed silent, so that the same card does
    not come every week; two who both said yes are as new to each other as before."""
    members = tuple(str(member) for member in intro.members())
    if intro.state in IN_A_ROOM:
        return (Meeting(members, ago, happened(intro)),)
    said = {str(part.member): part.answer for part in intro.parts}
    silent = [pair for pair in combinations(members, 2) if Answer.NONE in {said[member] for member in pair}]
    return [Meeting(pair, ago) for pair in silent]


def _waited(sent: Sequence[Round], past: Sequence[Intro]) -> Mapping[MemberId, int]:
    """For how many rounds running somebody has had nobody: left out, or said yes to what then did not open."""
    alone = {round_.id: {member_id(left.id) for left in round_.left_out} for round_ in sent}
    for intro in past:
        if intro.round is not None and intro.state is IntroState.LAPSED and intro.round in alone:
            alone[intro.round].update(part.member for part in intro.parts if part.answer is Answer.YES)
    waited: dict[MemberId, int] = {}
    running: set[MemberId] | None = None
    for round_ in sorted(sent, key=lambda one: -one.number):
        running = alone[round_.id] if running is None else running & alone[round_.id]
        for member in running:
            waited[member] = waited.get(member, 0) + 1
    return waited


def _invitations(everybody: Iterable[Member], now: datetime, timezone: str) -> Invitations:
    complete = [member for member in everybody if member.is_complete()]
    consents = Counter(member.consent for member in complete)
    yes = [member for member in complete if member.consent is Consent.YES]
    return Invitations(
        yes=consents[Consent.YES],
        waiting=consents[Consent.ASKED] + consents[Consent.NOT_ASKED],
        not_now=consents[Consent.NOT_NOW],
        never=consents[Consent.NEVER],
        paused=sum(1 for member in yes if not takes_part(member, now, timezone)),
    )
