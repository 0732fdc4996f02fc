"""Somebody looks for a need or a theme now, and asks for an introduction without waiting for a round.

The one who asks has said yes by asking; only the other gets an offer. A member may ask as often a week as they take
introductions a round, and is asked no more often than that either, nor where four private messages are used up.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import NotAllowed, NotThere, NotUnderstood, TooFast, phrase
from bot.identity import IntroId, MemberId, WorkspaceId, new_id
from bot.introductions.domain import Answer, Intro, IntroState, Part, RoundState
from bot.introductions.gathering import USUAL, Gathering, gather, may_be_group, member_id, takes_part
from bot.introductions.knowing import Knowing
from bot.introductions.life import asker
from bot.introductions.opening import close_later, offer_to_all
from bot.introductions.rounds import MOST_MESSAGES, messages
from bot.introductions.seeing import Naming, Seen, naming, see
from bot.matching.domain import Plan, Reason, ReasonKind, Weights, Wishes
from bot.matching.planner import Planner
from bot.members.domain import Consent, Member, WorkspaceOptions
from bot.ports import Clock, UnitOfWork, Units

SHOWN = 5
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who fits. ``offer`` and ``theme`` count from 1 in their profile; 0: it is not that which fits."""

    member: Member
    reasons: tuple[Reason, ...]
    offer: int = 0
    theme: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a search shows to the one who asked. ``requests_left``: how many introductions may be asked for this week."""

    hits: tuple[Hit, ...]
    asker: Member
    naming: Naming
    names_shown: bool
    requests_left: int


class Finding:
    """Use cases around ``/match find``."""

    def __init__(
        self,
        units: Units,
        clock: Clock,
        planner: Planner,
        weights: Weights = USUAL,
        knowing: Knowing | None = None,
    ) -> None:
        self._units = units
        self._clock = clock
        self._planner = planner
        self._weights = weights
        self._knowing = knowing or Knowing(units)

    async def find(self, workspace: WorkspaceId, member: MemberId, term: str) -> Found:
        """The best people for a need or a theme now. Raises NotAllowed for somebody who takes no part."""
        async with self._units(workspace, reading=True) as work:
            now = self._clock.now()
            options = await work.vocabulary.options()
            person = await _may_ask(work, member, now, options.timezone)
            gathering = await _reachable(work, person, now, self._weights)
            requests_left = await _requests_left(work, person, now)
            named = await naming(work)
        me = next(candidate for candidate in gathering.candidates if candidate.id == str(member))
        wanted = _theme_meant(term, named) or term.strip()
        if not wanted:
            raise NotUnderstood(phrase("Tell me what you are looking for, in a few words."))
        suggestions = await self._planner.suggest(
            wanted,
            me,
            gathering.candidates,
            gathering.history,
            Wishes(apart=gathering.apart),
            SHOWN,
            weights=gathering.weights,
            known=await self._knowing.of(workspace, wanted),
        )
        hits = [_hit(gathering.members[member_id(one.id)], one.reasons, wanted) for one in suggestions]
        return Found(tuple(hits), person, named, options.names_before_yes, requests_left)

    async def ask(self, workspace: WorkspaceId, member: MemberId, other: MemberId, offer: int, theme: int) -> Seen:
        """Makes the introduction and offers it to the other. Asking again while it waits shows the same one.

        Raises NotAllowed for somebody who takes no part, NotThere where the other cannot be asked just now, TooFast beyond
        the week's limit.
        """
        made = await self._pair(workspace, member, other)
        async with self._units(workspace) as work:
            now = self._clock.now()
            options = await work.vocabulary.options()
            person = await _may_ask(work, member, now, options.timezone)
            waiting = await _waiting(work, member, other)
            if waiting is not None:
                return await see(work, waiting, member, now)
            gathering = await _reachable(work, person, now, self._weights)
            if not may_be_group(gathering.roster(), (member, other)):
                raise NotThere(phrase("I can't ask that person just now. Try again after the next round."))
            await _keep_to_the_week(work, person, now)
            known = tuple(reason for group in made.groups for reason in group.reasons) if made else ()
            reasons = _with(_asked_for(gathering.members[other], member, offer, theme), known)
            seen = await _offered(work, member, other, reasons, made.score if made else 0.0, now, options)
            await work.commit()
        return seen

    async def ask_about(self, workspace: WorkspaceId, member: MemberId, other: MemberId, title: str) -> Seen:
        """Asks whoever is behind a note of the knowledge bank, also one of the same sector: only what keeps two people apart
        for themselves counts. Raises as :meth:`ask`."""
        async with self._units(workspace) as work:
            now = self._clock.now()
            options = await work.vocabulary.options()
            person = await _may_ask(work, member, now, options.timezone)
            waiting = await _waiting(work, member, other)
            if waiting is not None:
                return await see(work, waiting, member, now)
            gathering = await _reachable(work, person, now, self._weights)
            there = {candidate.id for candidate in gathering.candidates}
            kept_apart = frozenset((str(member), str(other))) in gathering.apart
            if other == member or str(other) not in there or kept_apart:
                raise NotThere(phrase("I can't ask that person just now. Try again after the next round."))
            await _keep_to_the_week(work, person, now)
            reason = Reason(ReasonKind.NOTE, str(other), str(member), title)
            seen = await _offered(work, member, other, (reason,), 0.0, now, options)
            await work.commit()
        return seen

    async def _pair(self, workspace: WorkspaceId, member: MemberId, other: MemberId) -> Plan | None:
        """What the planner says of these two; None where nothing new will come of it, which is told later and in one way."""
        async with self._units(workspace, reading=True) as work:
            now = self._clock.now()
            options = await work.vocabulary.options()
            person = await _may_ask(work, member, now, options.timezone)
            asked = await _waiting(work, member, other) is not None or await _requests_left(work, person, now) < 1
            gathering = await _reachable(work, person, now, self._weights)
        if asked or not may_be_group(gathering.roster(), (member, other)):
            return None
        pair = gathering.only((member, other))
        known = await self._knowing.of(workspace)
        return await self._planner.plan(
            pair.candidates, pair.history, seed=0, wishes=Wishes(), weights=pair.weights, known=known
        )


async def _may_ask(work: UnitOfWork, member: MemberId, now: datetime, timezone: str) -> Member:
    person = await work.members.get(member)
    if person is None or person.consent is not Consent.YES:
        raise NotAllowed(
            phrase("You have not said yes to being introduced. {command} is where you can.", command=phrase("/profile"))
        )
    if not takes_part(person, now, timezone):
        raise NotAllowed(
            phrase("You are on a break from introductions. {command} ends it.", command=phrase("/profile resume"))
        )
    return person


async def _keep_to_the_week(work: UnitOfWork, person: Member, now: datetime) -> None:
    if await _requests_left(work, person, now) < 1:
        raise TooFast(phrase("You have asked for as many introductions as one week holds. Try again in some days."))


async def _offered(
    work: UnitOfWork,
    member: MemberId,
    other: MemberId,
    reasons: tuple[Reason, ...],
    score: float,
    now: datetime,
    options: WorkspaceOptions,
) -> Seen:
    """Makes the introduction that the member has said yes to by asking, and offers it to the other."""
    until = (now + timedelta(days=options.answer_days)).replace(second=0, microsecond=0)
    intro = Intro(
        id=IntroId(new_id()),
        round=None,
        parts=(Part(member, Answer.YES, now), Part(other)),
        score=score,
        reasons=reasons,
        state=IntroState.PLANNED,
        created_at=now,
    )
    await work.rounds.add_intros([intro])
    await offer_to_all(work, [intro], until, now, but=member)
    await close_later(work, until, now, {"intro": str(intro.id)})
    fresh = await work.rounds.intro(intro.id)
    return await see(work, fresh or intro, member, now)


async def _waiting(work: UnitOfWork, member: MemberId, other: MemberId) -> Intro | None:
    found = await work.rounds.intros_in([IntroState.OFFERED, IntroState.ACCEPTED])
    return next((one for one in found if one.part_of(member) and other in one.others(member)), None)


async def _reachable(work: UnitOfWork, person: Member, now: datetime, weights: Weights) -> Gathering:
    """The gathering with the one who asks and everybody whose week has room for another offer."""
    gathering = await gather(work, now, weights)
    recent = await _this_period(work, now)
    asked = Counter(one.members()[1] for one in recent if asker(one) is not None)
    used: Counter[MemberId] = Counter()
    for intro in recent:
        for member in intro.members():
            used[member] += messages(intro, member)
    options = await work.vocabulary.options()
    free = [
        member
        for member in gathering.members.values()
        if takes_part(member, now, options.timezone)
        and asked[member.id] < member.intros_per_round
        and used[member.id] + 2 <= MOST_MESSAGES - member.is_organiser()
    ]
    return gathering.with_members([person, *(member for member in free if member.id != person.id)])


async def _this_period(work: UnitOfWork, now: datetime) -> Sequence[Intro]:
    """The introductions since the last round was sent; of the last week where that is longer ago."""
    rounds = await work.rounds.latest()
    sent = [
        round_.opened_at or round_.created_at
        for round_ in rounds
        if round_.state in {RoundState.OPEN, RoundState.CLOSED}
    ]
    since = max([now - _WEEK, *sent])
    # A round's introductions were drafted some time before the round was sent.
    drafted = min((round_.created_at for round_ in rounds if round_.opened_at == since), default=since)
    recent = await work.rounds.intros_since(drafted)
    current = {round_.id for round_ in rounds if round_.opened_at == since}
    return [one for one in recent if one.round in current or (one.round is None and one.created_at >= since)]


async def _requests_left(work: UnitOfWork, person: Member, now: datetime) -> int:
    made = [one for one in await work.rounds.intros_since(now - _WEEK) if asker(one) == person.id]
    return max(0, max(1, person.intros_per_round) - len(made))


def _theme_meant(term: str, named: Naming) -> str:
    """The key of the academy's theme that was typed, in whatever language; empty if it is none."""
    wanted = term.strip().casefold()
    for key, theme in named.themes.items():
        if wanted in {key.casefold(), *(name.casefold() for name in theme.names.values())}:
            return key
    return ""


def _hit(member: Member, reasons: tuple[Reason, ...], term: str) -> Hit:
    """Somebody suggested, with the place of what was looked for in their profile, where the first reasons tell it."""
    asked = next((reason for reason in reasons if reason.term == term), None)
    if asked is None:
        return Hit(member, reasons)
    if asked.kind is ReasonKind.NEED_OFFER:
        return Hit(member, reasons, offer=_place(asked.offered, member.offers))
    return Hit(member, reasons, theme=_place(asked.offered or asked.term, member.themes))


def _place(text: str, items: Sequence[str]) -> int:
    return items.index(text) + 1 if text in items else 0


def _asked_for(other: Member, member: MemberId, offer: int, theme: int) -> tuple[Reason, ...]:
    """What was searched for, told by what the other wrote: what was typed is kept nowhere."""
    if 0 < offer <= len(other.offers):
        text = other.offers[offer - 1]
        return (Reason(ReasonKind.NEED_OFFER, str(other.id), str(member), text, text),)
    if 0 < theme <= len(other.themes):
        text = other.themes[theme - 1]
        return (Reason(ReasonKind.THEME, str(other.id), str(member), text, text),)
    return ()


def _with(asked: tuple[Reason, ...], known: Iterable[Reason]) -> tuple[Reason, ...]:
    """The asked-for reason first; nothing twice."""
    said = {(reason.kind, reason.giver, reason.receiver, reason.offered) for reason in asked}
    rest = [one for one in known if (one.kind, one.giver, one.receiver, one.offered) not in said]
    return (*asked, *rest)
