"""Why two people are introduced: two or three reasons, each of which can be checked against their two profiles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, zip_longest

import numpy as np
from numpy.typing import NDArray

from bot.matching.domain import Candidate, Group, Reason, ReasonKind, WhyLeftOut, Wishes
from bot.matching.rules import Roster, folded
from bot.matching.score import Encounters, Profiles, points

Places = NDArray[np.intp]

# Reasons that are shown with a group.
_MOST = 3
# Meetings of each two sectors, on average, from which on it can be said that two of them meet rarely.
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that a reason can rest on."""

    roster: Roster
    profiles: Profiles
    encounters: Encounters
    worth: NDArray[np.int64]
    window: int

    def group(self, group: Sequence[int]) -> Group:
        """The group with its score, reasons, and whether some two in it meet again within the window."""
        members = sorted(group)
        return Group(
            tuple(self.roster.people[place].id for place in members),
            points(sum(int(self.worth[pair]) for pair in combinations(members, 2))),
            self.reasons(members),
            repeat=any(self.repeats(members)),
        )

    def repeats(self, group: Sequence[int]) -> list[bool]:
        """For each two of the group, whether they met within the window."""
        return [0 < int(self.roster.ago[pair]) <= self.window for pair in combinations(group, 2)]

    def reasons(self, group: Sequence[int]) -> tuple[Reason, ...]:
        """The best for each two in turn, so that in a trio nobody is without one where there is any."""
        bridging = [
            pair for pair in combinations(group, 2) if self.roster.sector[pair[0]] != self.roster.sector[pair[1]]
        ]
        bridging.sort(key=lambda pair: -int(self.worth[pair]))
        turns = zip_longest(*(self.between(*pair) for pair in bridging))
        in_turn = [reason for turn in turns for reason in turn if reason is not None]
        # What somebody needs comes before what two have in common, and that before circumstances.
        ranked = sorted(enumerate(in_turn), key=lambda item: (_circumstance(item[1]), item[0]))
        return tuple(reason for _, reason in ranked[:_MOST])

    def between(self, one: int, other: int) -> list[Reason]:
        """All reasons for two, best first; a second need or theme only after the circumstances."""
        there, back = self.met_needs(one, other), self.met_needs(other, one)
        shared = self.shared_themes(one, other)
        first = [*there[:1], *back[:1], *shared[:1]]
        return [*first, *there[1:2], *back[1:2], *shared[1:2], *self._circumstances(one, other)]

    def met_needs(self, receiver: int, giver: int) -> list[Reason]:
        """What the one needs and the other offers: the rarest and closest first, each need once."""
        profiles = self.profiles
        offers = profiles.offers[giver]
        if not len(offers):
            return []
        found: list[tuple[float, str, Reason]] = []
        needs: list[int] = profiles.needs[receiver].tolist()
        for need in needs:
            closest = int(offers[int(np.argmax(profiles.answers[need, offers]))])
            close = float(profiles.answers[need, closest]) * float(profiles.need_rarity[need])
            if close > 0:
                term, offered = profiles.need_words[need], profiles.offer_words[closest]
                found.append((-close, term, self._reason(ReasonKind.NEED_OFFER, giver, receiver, term, offered)))
        return [reason for _, _, reason in sorted(found, key=lambda item: item[:2])]

    def shared_themes(self, one: int, other: int) -> list[Reason]:
        """Themes that both named, the rarest first; ``term`` as the one wrote it and ``offered`` as the other did."""
        profiles = self.profiles
        theirs = profiles.themes[other]
        if not len(theirs):
            return []
        found: list[tuple[float, str, Reason]] = []
        mine: list[int] = profiles.themes[one].tolist()
        for theme in mine:
            closest = int(theirs[int(np.argmax(profiles.akin[theme, theirs]))])
            close = float(profiles.akin[theme, closest]) * float(profiles.theme_rarity[theme])
            if close > 0:
                term, named = profiles.theme_words[theme], profiles.theme_words[closest]
                found.append((-close, term, self._reason(ReasonKind.THEME, other, one, term, named)))
        return [reason for _, _, reason in sorted(found, key=lambda item: item[:2])]

    def _circumstances(self, one: int, other: int) -> Iterator[Reason]:
        if self._rarely_meet(one, other):
            yield self._reason(ReasonKind.SECTORS, other, one)
        if self.roster.ago[one, other] == 0:
            yield self._reason(ReasonKind.FIRST_MEETING, other, one)

    def _rarely_meet(self, one: int, other: int) -> bool:
        """Whether their sectors met half as often as two sectors on average, or less. With few meetings to look back at,
        or where a sector is not known, nothing can be said."""
        sectors, met = self.roster.sectors, self.encounters
        mine, theirs = int(self.roster.sector[one]), int(self.roster.sector[other])
        if not sectors[mine] or not sectors[theirs]:
            return False
        known = sum(map(bool, sectors))
        return float(met.times.sum()) >= _ENOUGH * known * (known - 1) and bool(met.rare[mine, theirs])

    def _reason(self, kind: ReasonKind, giver: int, receiver: int, term: str = "", offered: str = "") -> Reason:
        people = self.roster.people
        return Reason(kind, people[giver].id, people[receiver].id, term, offered)


def why_left_out(roster: Roster, free: Places, alone: Sequence[int], place: int, wishes: Wishes) -> WhyLeftOut:
    """Why somebody has no partner: what the organiser could change comes out of it.

    ``free`` are those in no locked group, ``alone`` all who have no partner. Having met everybody is no reason: then people meet
    again. That somebody was blocked or declined is nobody's business, so it hides behind all rules together.
    """
    partners = np.flatnonzero(roster.allowed[place])
    if not len(partners):
        return _rule_between(roster, place, wishes)
    if not np.isin(partners, free).any():
        return WhyLeftOut.LOCKED_ELSEWHERE
    own = int((roster.sector[free] == roster.sector[place]).sum())
    if 2 * own > len(free) + 1:
        return WhyLeftOut.LARGE_SECTOR
    return WhyLeftOut.ODD_ONE if len(alone) == 1 and len(free) % 2 else WhyLeftOut.PARTNERS_TAKEN


def _rule_between(roster: Roster, place: int, wishes: Wishes) -> WhyLeftOut:
    """The one rule without which somebody could meet somebody; all of them, where it is not one."""
    me = roster.people[place]
    rules: set[WhyLeftOut] = set()
    for other, person in enumerate(roster.people):
        pair = frozenset((me.id, person.id))
        broken = [
            why
            for why, breaks in (
                (WhyLeftOut.SAME_SECTOR, roster.sector[place] == roster.sector[other]),
                (WhyLeftOut.SAME_ORGANISATION, _organisation(me) == _organisation(person) != ""),
                (WhyLeftOut.NO_LANGUAGE, not (roster.tongues[place] & roster.tongues[other]).any()),
                (WhyLeftOut.KEPT_APART, pair in wishes.forbidden),
                (WhyLeftOut.NOBODY_ALLOWED, pair in wishes.apart),
            )
            if breaks
        ]
        if other != place and len(broken) == 1:
            rules.add(broken[0])
    return rules.pop() if len(rules) == 1 else WhyLeftOut.NOBODY_ALLOWED


def _circumstance(reason: Reason) -> bool:
    return reason.kind in {ReasonKind.SECTORS, ReasonKind.FIRST_MEETING}


def _organisation(person: Candidate) -> str:
    return folded(person.organisation)
