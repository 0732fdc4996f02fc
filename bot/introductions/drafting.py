"""A round in preparation: how a plan is written down, found again, and told apart from another version of itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import combinations

from bot.errors import NotThere, Phrase, phrase
from bot.homes import lived_in
from bot.identity import IntroId, MemberId, RoundId, new_id
from bot.introductions.domain import Intro, IntroState, Part, Round, RoundState
from bot.introductions.gathering import Gathering, Invitations, may_be_group, member_id
from bot.introductions.seeing import Naming, naming
from bot.matching.domain import Group, Plan, WishCost, Wishes, WishKind
from bot.matching.rules import Roster
from bot.members.domain import Member
from bot.ports import UnitOfWork

Groups = tuple[tuple[MemberId, ...], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A round that nobody knows of yet, with its groups in a stable order."""

    round: Round
    intros: tuple[Intro, ...]

    def mark(self) -> str:
        """Ten characters that change whenever the draft does: what a button was shown for."""
        round_ = self.round
        whole = [str(round_.seed), *sorted(_named(intro.members()) for intro in self.intros)]
        whole += ["locked", *sorted(map(_named, round_.locked)), "forbidden", *sorted(map(_named, round_.forbidden))]
        whole += ["out", *sorted(left.id for left in round_.left_out)]
        return sha256("\n".join(whole).encode()).hexdigest()[:10]

    def intro(self, intro: IntroId) -> Intro | None:
        """One of its groups."""
        return next((one for one in self.intros if one.id == intro), None)

    def group_of(self, member: MemberId) -> Intro | None:
        """The group that somebody is in."""
        return next((one for one in self.intros if one.part_of(member)), None)

    def cost_of(self, kind: WishKind, members: Iterable[MemberId] = ()) -> WishCost | None:
        """What a wish costs the round, where that is known."""
        wanted = {str(member) for member in members}
        return next((cost for cost in self.round.costs if cost.kind is kind and set(cost.members) == wanted), None)

    def is_locked(self, intro: Intro) -> bool:
        """Whether an organiser wants this group as it is."""
        return frozenset(intro.members()) in {frozenset(group) for group in self.round.locked}


@dataclass(frozen=True, slots=True)
class Terms:
    """What an organiser asked of a draft. A pair cannot be locked and forbidden at once: the later word counts."""

    seed: int
    locked: Groups = ()
    forbidden: Groups = ()

    def lock(self, group: Sequence[MemberId]) -> "Terms":
        """With this group together; others that share a member with it are let go."""
        kept = tuple(one for one in self.locked if not set(one) & set(group))
        pairs = set(_pairs(group))
        freed = tuple(one for one in self.forbidden if frozenset(one) not in pairs)
        return replace(self, locked=(*kept, tuple(group)), forbidden=freed)

    def unlock(self, group: Sequence[MemberId]) -> "Terms":
        """Without this group."""
        return replace(self, locked=tuple(one for one in self.locked if set(one) != set(group)))

    def part(self, group: Sequence[MemberId]) -> "Terms":
        """With no two of these in one group."""
        pairs = set(_pairs(group))
        kept = tuple(one for one in self.locked if not pairs & set(_pairs(one)))
        others = tuple(one for one in self.forbidden if frozenset(one) not in pairs)
        return replace(self, locked=kept, forbidden=(*others, *(_sorted(pair) for pair in combinations(group, 2))))

    def wishes(self, gathering: Gathering) -> Wishes:
        """For the planner. A lock that has become impossible (somebody paused, left, blocked ...) falls away."""
        forbidden = frozenset(pair for group in self.forbidden for pair in _texts(group))
        roster = Roster.read(gathering.candidates, (), Wishes(apart=gathering.apart, forbidden=forbidden))
        locked = frozenset(frozenset(map(str, group)) for group in self.locked if may_be_group(roster, group))
        return Wishes(apart=gathering.apart, locked=locked, forbidden=forbidden)


@dataclass(frozen=True, slots=True)
class DraftView:
    """What the preview shows. ``gone``: groups that cannot be introduced any more as things are now."""

    draft: Draft
    people: Mapping[MemberId, Member]
    naming: Naming
    invitations: Invitations
    gone: frozenset[IntroId] = frozenset()
    note: Phrase | None = None
    platforms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NobodyYet:
    """There is nothing to plan: fewer than two may be introduced to each other."""

    invitations: Invitations = field(default_factory=Invitations)


def without_cost(costs: Iterable[WishCost], group: Iterable[MemberId]) -> tuple[WishCost, ...]:
    """What is still known when a group was let go, and nothing drawn yet: not what all wishes together cost."""
    members = {str(member) for member in group}
    return tuple(cost for cost in costs if cost.kind is not WishKind.ALL and set(cost.members) != members)


def terms_of(round_: Round) -> Terms:
    """What has been asked of a draft so far."""
    return Terms(round_.seed, round_.locked, round_.forbidden)


async def current_draft(work: UnitOfWork) -> Draft | None:
    """The newest draft, if one is in preparation."""
    for round_ in await work.rounds.latest():
        if round_.state is RoundState.DRAFT:
            return await _read(work, round_)
    return None


async def read_draft(work: UnitOfWork, round_: RoundId) -> Draft:
    """The draft. Raises NotThere where it was sent, dropped, or never was."""
    found = await work.rounds.get(round_)
    if found is None or found.state is RoundState.DROPPED:
        raise NotThere(phrase("That round was dropped. {command} draws a new one.", command=phrase("/match round")))
    if found.state is not RoundState.DRAFT:
        raise NotThere(
            phrase("That round has been sent already. {command} tells how it goes.", command=phrase("/match history"))
        )
    return await _read(work, found)


async def view(work: UnitOfWork, draft: Draft, gathering: Gathering, note: Phrase | None = None) -> DraftView:
    """Everything that the preview of a draft needs."""
    roster = gathering.roster()
    gone = frozenset(intro.id for intro in draft.intros if not may_be_group(roster, intro.members()))
    platforms = lived_in(await work.vocabulary.homes())
    return DraftView(draft, gathering.members, await naming(work), gathering.invitations, gone, note, platforms)


async def write(
    work: UnitOfWork, before: Draft | None, plan: Plan, terms: Terms, number: int, by: MemberId | None, now: datetime
) -> Draft:
    """Writes a plan as the draft; ``before``, the same draft's earlier version, keeps its id and number."""
    first = Round(RoundId(new_id()), number, RoundState.DRAFT, terms.seed, now, by)
    round_ = replace(
        before.round if before else first,
        seed=terms.seed,
        locked=terms.locked,
        forbidden=terms.forbidden,
        left_out=plan.left_out,
        score=plan.score,
        bound=plan.bound,
        optimal=plan.optimal,
        novelty_exhausted=plan.novelty_exhausted,
        costs=plan.costs,
    )
    if before is None:
        await work.rounds.add(round_)
    else:
        await work.rounds.put(round_)
        await work.rounds.remove_planned(round_.id)
    locked = {frozenset(group) for group in terms.locked}
    intros = intros_of(plan.groups, round_.id, locked, now)
    await work.rounds.add_intros(intros)
    return _draft(round_, intros)


def intros_of(
    groups: Iterable[Group], round_: RoundId | None, locked: Iterable[frozenset[MemberId]], now: datetime
) -> Sequence[Intro]:
    """The planner's groups as introductions that nobody knows of yet."""
    kept = set(locked)
    made: list[Intro] = []
    for group in groups:
        members = tuple(member_id(member) for member in group.members)
        made.append(
            Intro(
                id=IntroId(new_id()),
                round=round_,
                parts=tuple(Part(member) for member in members),
                score=group.score,
                reasons=group.reasons,
                state=IntroState.PLANNED,
                created_at=now,
                repeat=group.repeat,
                locked=frozenset(members) in kept,
            )
        )
    return made


async def _read(work: UnitOfWork, round_: Round) -> Draft:
    return _draft(round_, await work.rounds.intros_of(round_.id))


def _draft(round_: Round, intros: Iterable[Intro]) -> Draft:
    planned = [intro for intro in intros if intro.state is IntroState.PLANNED]
    return Draft(round_, tuple(sorted(planned, key=lambda intro: (len(intro.parts), _named(intro.members())))))


def _pairs(group: Iterable[MemberId]) -> Sequence[frozenset[MemberId]]:
    return [frozenset(pair) for pair in combinations(group, 2)]


def _texts(group: Iterable[MemberId]) -> Sequence[frozenset[str]]:
    return [frozenset(map(str, pair)) for pair in _pairs(group)]


def _sorted(group: Iterable[MemberId]) -> tuple[MemberId, ...]:
    return tuple(sorted(group))


def _named(group: Iterable[MemberId]) -> str:
    return ",".join(sorted(map(str, group)))
