"""Polls as rows and back: what is asked goes sealed, the rest as it is."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from bot.announcements.domain import plan_from
from bot.identity import Address, DeliveryId, MemberId, PollId, ScheduleId
from bot.polls.domain import (
    Choices,
    Closing,
    Poll,
    PollKind,
    PollOption,
    PollPlace,
    PollState,
    SectorTurnout,
    Showing,
)
from storage.mapping import Values
from storage.poll_rows import PollRow
from storage.seal import Seal

_BETWEEN = " "


def poll_values(workspace: UUID, poll: Poll, seal: Seal) -> Values:
    """The poll as a row's values."""
    return {
        "workspace_id": workspace,
        "id": poll.id,
        "author_id": poll.author,
        "body_sealed": seal.close(_body(poll)),
        "kind": poll.kind.value,
        "state": poll.state.value,
        "rules": {
            "most": poll.most,
            "may_add": poll.may_add,
            "anonymous": poll.anonymous,
            "showing": poll.showing.value,
            "closes_when_all": poll.closes_when_all,
            "quorum": poll.quorum,
            "asked": [str(member) for member in poll.asked],
            "repeat": None if poll.repeat is None else poll.repeat.stored(),
        },
        "places": [_place_values(place) for place in poll.places],
        "closes_at": poll.closes_at,
        "schedule_id": poll.schedule,
        "revision": poll.revision,
        "created_at": poll.created_at,
        "opened_at": poll.opened_at,
        "closed_at": poll.closed_at,
        "reminded_at": poll.reminded_at,
        "closing": None if poll.closing is None else _closing_values(poll.closing),
        "secret_sealed": seal.close(poll.secret.hex()),
    }


def poll_from(row: PollRow, seal: Seal) -> Poll:
    """The poll of a row."""
    body = cast("dict[str, object]", json.loads(seal.open(row.body_sealed)))
    options = cast("list[dict[str, str]]", body["options"])
    rules = row.rules
    return Poll(
        id=PollId(row.id),
        author=MemberId(row.author_id),
        question=str(body["question"]),
        kind=PollKind(row.kind),
        options=tuple(_option(one) for one in options),
        created_at=row.created_at,
        most=cast(int, rules["most"]),
        may_add=bool(rules["may_add"]),
        anonymous=bool(rules["anonymous"]),
        showing=Showing(cast(str, rules["showing"])),
        closes_at=row.closes_at,
        closes_when_all=bool(rules["closes_when_all"]),
        asked=tuple(MemberId(UUID(one)) for one in cast("list[str]", rules["asked"])),
        quorum=cast(int, rules["quorum"]),
        state=PollState(row.state),
        places=tuple(_place(one) for one in row.places),
        schedule=None if row.schedule_id is None else ScheduleId(row.schedule_id),
        revision=row.revision,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        reminded_at=row.reminded_at,
        closing=None if row.closing is None else _closing(row.closing),
        repeat=None if rules["repeat"] is None else plan_from(cast("dict[str, str]", rules["repeat"])),
        secret=bytes.fromhex(seal.open(row.secret_sealed)),
    )


def choices_text(choices: Choices) -> str:
    """A ballot as one text; keys have no spaces."""
    return _BETWEEN.join(choices)


def choices_from(stored: str) -> Choices:
    """The ballot again."""
    return tuple(stored.split(_BETWEEN)) if stored else ()


def _body(poll: Poll) -> str:
    options = [
        {
            "key": option.key,
            "text": option.text,
            "at": "" if option.at is None else option.at.isoformat(),
            "whole_day": "yes" if option.whole_day else "",
        }
        for option in poll.options
    ]
    return json.dumps({"question": poll.question, "options": options}, ensure_ascii=False)


def _option(stored: Mapping[str, str]) -> PollOption:
    at = datetime.fromisoformat(stored["at"]) if stored["at"] else None
    return PollOption(stored["key"], stored["text"], at, bool(stored["whole_day"]))


def _place_values(place: PollPlace) -> dict[str, str]:
    anchor = "" if place.anchor is None else str(place.anchor)
    return {"platform": place.address.platform, "value": place.address.value, "anchor": anchor, "name": place.name}


def _place(stored: Mapping[str, str]) -> PollPlace:
    anchor = DeliveryId(UUID(stored["anchor"])) if stored["anchor"] else None
    return PollPlace(Address(stored["platform"], stored["value"]), anchor, stored.get("name", ""))


def _closing_values(closing: Closing) -> Values:
    # In the order of what was said, so that nothing of the order in which it was said is left.
    tally = sorted((choices_text(choices), count) for choices, count in closing.tally.items())
    turnout = [[one.sector, one.fewest, one.most, one.members] for one in closing.turnout]
    return {"ballots": closing.ballots, "tally": [list(pair) for pair in tally], "turnout": turnout}


def _closing(stored: Mapping[str, object]) -> Closing:
    tally = cast("list[tuple[str, int]]", stored["tally"])
    turnout = cast("list[tuple[str, int, int, int]]", stored["turnout"])
    return Closing(
        ballots=cast(int, stored["ballots"]),
        tally={choices_from(choices): count for choices, count in tally},
        turnout=tuple(SectorTurnout(*one) for one in turnout),
    )
