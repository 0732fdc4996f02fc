"""Rounds and introductions: planning, sending, answering, opening, following up."""

from collections.abc import Mapping
from datetime import datetime

from bot.identity import MemberId
from bot.introductions.answers import Answers
from bot.introductions.carrying import Carrying
from bot.introductions.drafts import Drafts
from bot.introductions.finding import Finding
from bot.introductions.gathering import USUAL
from bot.introductions.knowing import Knowing
from bot.introductions.opening import leave
from bot.introductions.plans import WeeklyPlan
from bot.introductions.rounds import Rounds
from bot.matching.domain import Weights
from bot.matching.planner import Planner, ThreadPlanner
from bot.ports import Clock, UnitOfWork, Units
from bot.schedules.domain import ScheduleKind
from bot.schedules.service import Expander, Preparer


class IntroductionService:
    """Use cases around rounds and introductions, by whom they are for.

    ``planner`` makes the rounds; without one, a thread of this process does. ``weights``: what counts how much there.
    ``knowing``: what is known of tags; without it, words and the academy's own synonyms.
    """

    def __init__(
        self,
        units: Units,
        clock: Clock,
        planner: Planner | None = None,
        weights: Weights = USUAL,
        knowing: Knowing | None = None,
    ) -> None:
        planner = planner or ThreadPlanner()
        knowing = knowing or Knowing(units)
        self.answers = Answers(units, clock)
        self.carrying = Carrying(units, clock)
        self.finding = Finding(units, clock, planner, weights, knowing)
        self.drafts = Drafts(units, clock, planner, weights, knowing)
        self.rounds = Rounds(units, clock, self.drafts, weights)
        self.weekly = WeeklyPlan(units, clock)

    async def leave(self, work: UnitOfWork, member: MemberId, now: datetime) -> None:
        """Somebody is being forgotten; called in the unit of work that forgets them."""
        await leave(work, member, now)

    def expanders(self) -> Mapping[ScheduleKind, Expander]:
        """What the timekeeper does when one of these comes due."""
        return {
            ScheduleKind.ROUND_CLOSE: self.rounds.expand_close,
            ScheduleKind.FOLLOW_UP: self.rounds.expand_follow_up,
        }

    def preparers(self) -> Mapping[ScheduleKind, Preparer]:
        """What has to be thought over before one of these comes due."""
        return {ScheduleKind.ROUND: self.rounds.prepare_round}
