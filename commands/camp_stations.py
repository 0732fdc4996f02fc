"""``/camp stations``: mixed groups for a camp, planned, looked at, changed and posted; nothing is told before the button."""

from collections.abc import Mapping

from bot.camps.stations.actions import (
    ChangeStations,
    DropStations,
    FitStations,
    FreeStations,
    LockStation,
    PlanStations,
    PostStations,
    PostStationsHere,
    PreviewStations,
    RedrawStations,
    ShowStations,
    TakeStations,
)
from bot.camps.stations.cards import page_with, station_rows, stations_card
from bot.camps.stations.forms import COUNT, OTHER, STATION, Asked, Change, change_form, count_in, filled_in, plan_form
from bot.camps.stations.postingcards import dropped_card, planning_card, posted_card, preview_card
from bot.camps.stations.seeing import StationsView
from bot.camps.stations.service import Posted
from bot.camps.stations.workshop import StillPlanning
from bot.errors import NotThere, NotUnderstood, phrase
from bot.interactions import Call, Option, OptionKind, PlaceKind, Verb, Who, answer, fill
from bot.members.spreadsheet import write_table
from bot.messages.elements import Card, File, Heading
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, Hand, OpenForm, Private, Replace, Replies
from commands.camp_naming import CAMP, meant


async def stations(call: Call) -> Replies:
    """The stations of the next camp, or of the one that is named: those there are, or as many new ones as are asked for."""
    camp = await meant(call)
    count = call.values.get("count")
    shown = await call.services.camps.stations.plan(
        call.arrival.workspace, camp.id, count if isinstance(count, int) else None, call.member.id
    )
    return (Private(_card(call, shown)),)


async def open_plan(call: Call, action: PlanStations, _chosen: tuple[str, ...]) -> Replies:
    """The stations there are; else asks how many there shall be."""
    try:
        shown = await call.services.camps.stations.look(call.arrival.workspace, action.camp)
    except NotThere:
        return (OpenForm(await form_of_plan(call, action)),)
    return (Private(_card(call, shown)),)


async def form_of_plan(call: Call, action: PlanStations) -> Form:
    """The form to read back."""
    found = await call.services.camps.find(call.arrival.workspace, camp=action.camp)
    return plan_form(found, call.words)


async def plan(call: Call, action: PlanStations, values: Mapping[str, FormValue]) -> Replies:
    """As many as were asked for. A number that cannot be is told by the field."""
    count = count_in(values)
    try:
        if count is None:
            raise NotUnderstood(phrase("Write a number, such as 3."))
        shown = await call.services.camps.stations.plan(call.arrival.workspace, action.camp, count, call.member.id)
    except NotUnderstood as sorry:
        return (Correct({COUNT: call.words.tell(sorry.said)}),)
    return (Private(_card(call, shown)),)


async def show(call: Call, action: ShowStations, _chosen: tuple[str, ...]) -> Replies:
    """A page of them, or how far they are."""
    shown = await call.services.camps.stations.look(call.arrival.workspace, action.camp)
    return (Replace(_card(call, shown, action.page)),)


async def lock(call: Call, action: LockStation, chosen: tuple[str, ...]) -> Replies:
    """The chosen station is to stay as it is, or no longer; the page stays."""
    number = int(chosen[0]) if chosen and chosen[0].isdecimal() and len(chosen[0]) < 6 else 0
    shown = await call.services.camps.stations.lock(call.arrival.workspace, action.camp, action.revision, number)
    return (Replace(_card(call, shown, action.page)),)


async def redraw(call: Call, action: RedrawStations, _chosen: tuple[str, ...]) -> Replies:
    """Another draw."""
    shown = await call.services.camps.stations.redraw(
        call.arrival.workspace, action.camp, action.revision, call.member.id
    )
    return (Replace(_card(call, shown)),)


async def free(call: Call, action: FreeStations, _chosen: tuple[str, ...]) -> Replies:
    """Lets go of all locks and wishes."""
    shown = await call.services.camps.stations.free(call.arrival.workspace, action.camp, action.revision)
    return (Replace(_card(call, shown)),)


async def fit(call: Call, action: FitStations, _chosen: tuple[str, ...]) -> Replies:
    """In line with those who come."""
    shown = await call.services.camps.stations.fit(call.arrival.workspace, action.camp, action.revision)
    return (Replace(_card(call, shown)),)


async def open_change(call: Call, action: ChangeStations, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form."""
    return (OpenForm(await form_of_change(call, action)),)


async def form_of_change(call: Call, action: ChangeStations) -> Form:
    """The form to read back."""
    shown = await call.services.camps.stations.look(call.arrival.workspace, action.camp)
    if isinstance(shown, StillPlanning):
        raise NotThere(shown.sorry())
    return change_form(shown, action, call.words)


async def change(call: Call, action: ChangeStations, values: Mapping[str, FormValue]) -> Replies:
    """Somebody moves. What cannot be is told by the field, and the form stays open."""
    asked = filled_in(values)
    problem = asked.problem()
    if problem is not None:
        return (Correct({problem[0]: call.words.tell(problem[1])}),)
    try:
        shown = await _changed(call, action, asked)
    except NotUnderstood as sorry:
        field = STATION if asked.what is Change.MOVE else OTHER
        return (Correct({field: call.words.tell(sorry.said)}),)
    page = 1 if isinstance(shown, StillPlanning) else page_with(shown, asked.who)
    card = _card(call, shown, page)
    return (Replace(card) if call.arrival.place.message else Private(card),)


async def preview(call: Call, action: PreviewStations, _chosen: tuple[str, ...]) -> Replies:
    """What people would get."""
    shown = await call.services.camps.stations.look(call.arrival.workspace, action.camp)
    if isinstance(shown, StillPlanning):
        return (Replace(_card(call, shown)),)
    return (Replace(preview_card(shown, call.words)),)


async def post(call: Call, action: PostStations, _chosen: tuple[str, ...]) -> Replies:
    """People are told; where the stations changed since they were looked at, shows them instead."""
    done = await call.services.camps.stations.post(call.arrival.workspace, action.camp, action.revision)
    if isinstance(done, Posted):
        return (Replace(posted_card(done, call.words, in_channel=_in_channel(call))),)
    return (Replace(_card(call, done)),)


async def post_here(call: Call, action: PostStationsHere, _chosen: tuple[str, ...]) -> Replies:
    """All stations in the channel where the button is."""
    shown = await call.services.camps.stations.post_here(
        call.arrival.workspace, action.camp, action.revision, call.arrival.place.address
    )
    return (Replace(_card(call, shown)),)


async def take(call: Call, action: TakeStations, _chosen: tuple[str, ...]) -> Replies:
    """All stations as a file that spreadsheets read."""
    shown = await call.services.camps.stations.look(call.arrival.workspace, action.camp)
    if isinstance(shown, StillPlanning):
        return (Replace(_card(call, shown)),)
    title = call.words.say("Stations for {camp}", camp=shown.camp.name)
    header, *rows = station_rows(shown, call.words)
    name = f"stations-{shown.camp.day.isoformat()}.csv"
    file = File(name, "text/csv", write_table(header, rows, for_excel=True))
    return (Hand(Card(title, (Heading(title),)), file),)


async def drop(call: Call, action: DropStations, _chosen: tuple[str, ...]) -> Replies:
    """Throws away stations that nobody was told of."""
    await call.services.camps.stations.drop(call.arrival.workspace, action.camp)
    return (Replace(dropped_card(call.words)),)


async def _changed(call: Call, action: ChangeStations, asked: Asked) -> StationsView | StillPlanning:
    workspace, camp, revision = call.arrival.workspace, action.camp, action.revision
    service = call.services.camps.stations
    if asked.what is Change.MOVE or asked.other is None:
        return await service.move(workspace, camp, revision, asked.who, asked.station)
    pair = (asked.who, asked.other)
    if asked.what is Change.SWAP:
        return await service.swap(workspace, camp, revision, pair)
    if asked.what is Change.TOGETHER:
        return await service.together(workspace, camp, revision, (asked.other, asked.who))
    return await service.apart(workspace, camp, revision, pair, call.member.id)


def _card(call: Call, shown: StationsView | StillPlanning, page: int = 1) -> Card:
    if isinstance(shown, StillPlanning):
        return planning_card(shown, call.words)
    return stations_card(shown, call.words, page, in_channel=_in_channel(call))


def _in_channel(call: Call) -> bool:
    return call.arrival.place.kind is PlaceKind.CHANNEL


VERBS = (
    Verb(
        run=stations,
        summary="plan mixed groups for a camp, change them and post them",
        name="stations",
        names={"en": "stations", "da": "stationer"},
        who=Who.ORGANISER,
        options=(
            Option(
                "count",
                {"en": "count", "da": "antal"},
                summary="how many; without it one a case",
                kind=OptionKind.NUMBER,
            ),
            CAMP,
        ),
        example="/camp stations 3",
    ),
)


ACTIONS = (
    answer(PlanStations, open_plan, Who.ORGANISER),
    answer(ShowStations, show, Who.ORGANISER),
    answer(LockStation, lock, Who.ORGANISER),
    answer(ChangeStations, open_change, Who.ORGANISER),
    answer(RedrawStations, redraw, Who.ORGANISER),
    answer(FreeStations, free, Who.ORGANISER),
    answer(FitStations, fit, Who.ORGANISER),
    answer(PreviewStations, preview, Who.ORGANISER),
    answer(PostStations, post, Who.ORGANISER),
    answer(PostStationsHere, post_here, Who.ORGANISER),
    answer(TakeStations, take, Who.ORGANISER),
    answer(DropStations, drop, Who.ORGANISER),
)

FORMS = (
    fill(PlanStations, form_of_plan, plan, Who.ORGANISER),
    fill(ChangeStations, form_of_change, change, Who.ORGANISER, watches=True),
)
