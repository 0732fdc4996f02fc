"""Every card and form of stations, and of what follows a camp, for the renderers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from bot.camps.domain import Answer, Camp, Seat, Signup
from bot.camps.handover import cards as after
from bot.camps.handover import forms as dialogs
from bot.camps.handover.domain import Figures, HandOver, Rating, Result
from bot.camps.handover.membercards import notes_card, question_card, thanks_card
from bot.camps.handover.service import AfterCamp, Shared
from bot.camps.stations import membercards as told
from bot.camps.stations import postingcards as posting
from bot.camps.stations.actions import ChangeStations
from bot.camps.stations.cards import stations_card
from bot.camps.stations.domain import Station, StationPlan, touched
from bot.camps.stations.forms import change_form
from bot.camps.stations.seeing import StationsView
from bot.camps.stations.service import Posted
from bot.camps.stations.workshop import StillPlanning
from bot.errors import phrase
from bot.identity import CampId, MemberId
from bot.members.domain import SECTORS, Member
from bot.messages.elements import Card
from bot.messages.forms import Form
from bot.words import Words
from tests.gallery import NASTY
from tests.gallery_introductions import ANNA, NAMING

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_LINES = tuple(" ".join(text.split())[:200] for text in NASTY)
_CAMP = Camp(
    id=CampId(UUID(int=81)),
    author=ANNA.id,
    created_at=NOW,
    name="Camp 3 <b>& venner</b>",
    day=date(2026, 3, 22),
    begins=time(9),
    ends=time(16),
    zone="Europe/Copenhagen",
    cases=("Jeg bor på et botilbud, mit liv er...", _LINES[0], _LINES[-2]),
)


def _crowd(many: int) -> Sequence[Member]:
    return [
        Member(
            id=MemberId(UUID(int=9_000 + number)),
            name=_LINES[number] if number < len(_LINES) else f"Nr. {number} Efternavn-Mellemnavn",
            organisation=_LINES[-number] if 0 < number < 4 else f"Organisation {number % 31} i Rødovre",
            sector=SECTORS[number % 5].key,
            language="da",
        )
        for number in range(many)
    ]


def _view(people: int, count: int, **changes: object) -> StationsView:
    crowd = _crowd(people)
    ids = [person.id for person in crowd]
    stations = tuple(
        Station(tuple(ids[place::count]), _CAMP.cases[place % 3], locked=place == 1) for place in range(count)
    )
    plan = StationPlan(
        _CAMP.id, 7, stations, NOW, ANNA.id, ((ids[0], ids[1]),), tuple((ids[2], one) for one in ids[3:9])
    )
    known = StationsView(
        camp=_CAMP,
        plan=plan,
        people={person.id: person for person in crowd},
        naming=NAMING,
        guests={ids[0]: 2},
        missing=tuple(ids[:7]),
        gone=(ids[1], MemberId(UUID(int=5))),
        unreached=tuple(ids[2:9]),
        met=3,
        colleagues=1,
        touched=touched((), stations),
        note=phrase("On their way into this channel."),
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # the gallery names fields of StationsView


def _told(view: StationsView) -> StationsView:
    plan = view.plan.posted(NOW)
    return replace(view, plan=plan, touched=touched(plan.told, plan.stations), begun=True, missing=(), gone=())


def _after(many: int, **changes: object) -> AfterCamp:
    crowd = _crowd(many)
    kept = HandOver(_CAMP.id, "\n".join(NASTY), ANNA.id, "Before", NOW, 1, NOW, many)
    known = AfterCamp(
        camp=_CAMP,
        handover=kept,
        signups=[Signup(_CAMP.id, person.id, Answer.YES, Seat.TAKEN) for person in crowd],
        people={person.id: person for person in crowd},
        there=tuple(person.id for person in crowd),
        ticked=True,
        result=_RESULT,
        over=True,
        stations=True,
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # the gallery names fields of AfterCamp


_RESULT = Result(50, 30, {Rating.GOOD: 20, Rating.NOT_GOOD: 10}, 12, _LINES * 3)
_FIGURES = Figures(50, 5, 4, 91, 3, 44, {"business": 10, "municipality": 34}, 3, 400, 300, 250, _RESULT)


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards."""
    large, small = _view(50, 3), _view(150, 50, missing=(), gone=(), note=None)
    posted = Posted(_told(large), 1, 2, 3, 1)
    people, plan = large.people, large.plan
    empty = replace(large, plan=replace(plan, stations=(Station(()),), together=(), apart=()))
    fresh = _after(3, ticked=False, result=Result(), handover=HandOver(_CAMP.id), stations=False)
    today = _after(3, over=False)
    return [
        ("stations", stations_card(large, words)),
        ("stations, second page", stations_card(large, words, 2)),
        ("stations of three", stations_card(small, words, 99)),
        ("stations that are told", stations_card(_told(large), words, in_channel=True)),
        ("stations with nobody", stations_card(empty, words)),
        ("stations being planned", posting.planning_card(StillPlanning(_CAMP.id, 4.2, 1000), words)),
        ("stations are ready", posting.ready_card(_CAMP, plan, words)),
        ("stations to look at", posting.preview_card(large, words)),
        ("stations that everybody knows", posting.preview_card(_told(large), words)),
        ("stations posted", posting.posted_card(posted, words, in_channel=True)),
        ("stations dropped", posting.dropped_card(words)),
        ("own station", told.own_station_card(_CAMP, plan.stations, plan.members()[0], people, NAMING, words)),
        ("own station alone", told.own_station_card(_CAMP, (Station((ANNA.id,)),), ANNA.id, {}, NAMING, words)),
        ("no station", told.own_station_card(_CAMP, plan.stations, ANNA.id, people, NAMING, words)),
        ("station replaced", told.replaced_card(_CAMP, words)),
        ("all stations", told.all_stations_card(_CAMP, (*plan.stations, Station(())), people, words)),
        ("all fifty stations", told.all_stations_card(_CAMP, small.plan.stations, small.people, words)),
        ("hand-over is due", after.due_card(_CAMP, words)),
        ("after a camp", after.after_card(_after(3), words, "Kept. Thank you!")),
        ("after a camp, at first", after.after_card(fresh, words)),
        ("on the day", after.after_card(today, words)),
        ("questions to look at", after.questions_preview(fresh, words)),
        ("questions to nobody", after.questions_preview(_after(0), words)),
        ("answers", after.answers_card(_after(3), words)),
        ("too few answers", after.answers_card(fresh, words)),
        ("notes to look at", after.notes_preview(_after(3), words)),
        ("notes for nobody", after.notes_preview(_after(0), words)),
        ("notes shared", after.after_card(_after(3), words, after.shared_told(Shared(_after(3), 2, 1), words))),
        ("figures", after.figures_card(_CAMP, _FIGURES, SECTORS, words)),
        ("how was it", question_card(_CAMP, words)),
        ("thank you", thanks_card(_CAMP, words)),
        ("day notes", notes_card(_CAMP, "\n".join(NASTY), words)),
    ]


def forms(words: Words) -> list[tuple[str, Form]]:
    """All forms."""
    large, crowded = _view(50, 3, missing=()), _view(150, 50, missing=())
    return [
        ("change stations", change_form(large, ChangeStations(_CAMP.id, 3), words)),
        ("change many stations", change_form(crowded, ChangeStations(_CAMP.id, 3), words)),
        ("who came", dialogs.came_form(_after(50), words)),
        ("who came of many", dialogs.came_form(_after(150, ticked=False), words)),
        ("how was it", dialogs.how_form(_CAMP, words)),
        ("notes of the day", dialogs.notes_form(_after(3), words)),
    ]
