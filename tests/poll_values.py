"""Polls for the tests of storage; each differs from its defaults in every field."""

from dataclasses import replace
from datetime import timedelta

from bot.announcements.domain import Plan
from bot.identity import Address, DeliveryId, MemberId, PollId, ScheduleId, new_id
from bot.polls.domain import (
    Closing,
    Poll,
    PollKind,
    PollOption,
    PollPlace,
    PollState,
    SectorTurnout,
    Showing,
)
from tests.storage_values import NOW, WALL

SECRET = bytes(range(32))


def a_poll(author: MemberId, **changes: object) -> Poll:
    full = Poll(
        id=PollId(new_id()),
        author=author,
        question="Hvor holder vi Camp 4? 🌉",
        kind=PollKind.DATES,
        options=(PollOption("1", "Rødovre"), PollOption("3", "Torsdag", NOW + timedelta(days=9), whole_day=True)),
        created_at=NOW,
        most=2,
        may_add=True,
        anonymous=True,
        showing=Showing.AT_CLOSE,
        closes_at=NOW + timedelta(days=2),
        closes_when_all=True,
        asked=(MemberId(new_id()), MemberId(new_id())),
        quorum=10,
        state=PollState.OPEN,
        places=(PollPlace(Address("slack", "C1"), DeliveryId(new_id()), "news"), PollPlace(Address("web", "x"))),
        schedule=ScheduleId(new_id()),
        revision=4,
        opened_at=NOW + timedelta(hours=1),
        closed_at=NOW + timedelta(days=2),
        reminded_at=NOW + timedelta(days=1),
        closing=Closing(7, {("1:yes", "3:maybe"): 4, (): 3}, (SectorTurnout("business", 0, 4, 9),)),
        repeat=Plan(WALL, "Europe/Copenhagen", "FREQ=WEEKLY;BYDAY=MO", ("a",)),
        secret=SECRET,
    )
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of Poll
