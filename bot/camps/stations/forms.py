"""The dialog in which an organiser moves people between stations."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.camps.domain import Camp
from bot.camps.stations.actions import ChangeStations, PlanStations
from bot.camps.stations.domain import station_of
from bot.camps.stations.membercards import station_name
from bot.camps.stations.seeing import StationsView
from bot.errors import Phrase, phrase
from bot.identity import MemberId
from bot.messages.elements import Choice
from bot.messages.forms import ChoiceField, Form, FormField, FormValue, MemberField, TextField
from bot.messages.text import plain, shortened
from bot.words import Words

COUNT = "count"
WHAT, WHO, STATION, OTHER = "what", "who", "station", "other"
# As many people as every platform shows in a list; for more, one is picked from all members.
_MOST_LISTED = 100
_LABEL = 75
_USUAL = 3


class Change(StrEnum):
    """What is to become of somebody."""

    MOVE = "move"
    SWAP = "swap"
    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was filled in. ``station`` is 0 and ``other`` None where they were left empty."""

    what: Change
    who: MemberId
    station: int
    other: MemberId | None

    def problem(self) -> tuple[str, Phrase] | None:
        """What is missing, by its field."""
        if self.what is Change.MOVE:
            return None if self.station else (STATION, phrase("Choose the station that they are to go to."))
        if self.other is None:
            return OTHER, phrase("Choose the other person.")
        return (OTHER, phrase("Choose two different people.")) if self.other == self.who else None


def plan_form(camp: Camp, words: Words) -> Form:
    """How many stations there shall be; as many as there are cases, or three."""
    return Form(
        title=words.say("Stations"),
        submit=words.say("Plan them"),
        action=PlanStations(camp.id),
        fields=(
            TextField(
                COUNT,
                words.say("How many stations?"),
                hint=words.say(
                    "Everybody who has a seat gets one: sectors mixed, colleagues apart, few who met lately."
                ),
                value=str(len(camp.cases) or _USUAL),
                required=True,
                max_length=6,
            ),
        ),
        intro=plain(words.say("Nobody hears of anything here before you post it.")),
    )


def count_in(values: Mapping[str, FormValue]) -> int | None:
    """The number that was written; None where it is none."""
    typed = str(values[COUNT]).strip()
    return int(typed) if typed.isascii() and typed.removeprefix("-").isdecimal() else None


def change_form(view: StationsView, action: ChangeStations, words: Words) -> Form:
    """Who, what, and where to or with whom."""
    whats = (
        Choice(Change.MOVE.value, words.say("Move to a station")),
        Choice(Change.SWAP.value, words.say("Change places with somebody")),
        Choice(Change.TOGETHER.value, words.say("Sit at the same station as somebody")),
        Choice(Change.APART.value, words.say("Never sit with somebody")),
    )
    stations = tuple(
        Choice(str(number), shortened(station_name(number, station, words), _LABEL))
        for number, station in enumerate(view.plan.stations, start=1)
    )
    return Form(
        title=words.say("Change the stations"),
        submit=words.say("Change"),
        action=action,
        fields=(
            _person(WHO, words.say("Who?"), view, words, required=True),
            ChoiceField(WHAT, words.say("What?"), whats, value=(Change.MOVE.value,), required=True),
            ChoiceField(STATION, words.say("To which station?"), stations, hint=words.say("Only for a move.")),
            _person(OTHER, words.say("With whom?"), view, words, required=False),
        ),
        intro=plain(words.say("What you wish for two people stays when you draw again.")),
    )


def filled_in(values: Mapping[str, FormValue]) -> Asked:
    """What came back."""
    station, other = _one(values[STATION]), _one(values[OTHER])
    return Asked(
        what=Change(_one(values[WHAT])),
        who=MemberId(UUID(_one(values[WHO]))),
        station=int(station) if station else 0,
        other=MemberId(UUID(other)) if other else None,
    )


def _person(key: str, label: str, view: StationsView, words: Words, *, required: bool) -> FormField:
    known = sorted(
        (view.people[member].name.casefold(), member)
        for member in (*view.plan.members(), *view.missing)
        if member in view.people
    )
    hint = "" if required else words.say("For everything but a move.")
    if len(known) > _MOST_LISTED:
        return MemberField(key, label, hint=hint, required=required)
    choices = tuple(Choice(str(member), _labelled(view, member, words)) for _, member in known)
    return ChoiceField(key, label, choices, hint=hint, required=required)


def _labelled(view: StationsView, member: MemberId, words: Words) -> str:
    number = station_of(view.plan.stations, member)
    where = words.say("station {number}", number=number) if number else words.say("no station yet")
    return shortened(f"{view.people[member].name} · {where}", _LABEL)


def _one(value: FormValue) -> str:
    if isinstance(value, tuple):
        return value[0] if value else ""
    return str(value) if value else ""
