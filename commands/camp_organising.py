"""``/camp`` for organisers: a camp is made and changed, and who comes. What people are told is in ``camp_telling.py``."""

from collections.abc import Mapping
from datetime import date

from bot.arguments import MAX_TYPED
from bot.camps.actions import (
    ChangeCamp,
    OrganiseCamp,
    PlanCamp,
    ShowGuestbook,
)
from bot.camps.deskcards import desk_card, guestbook_card
from bot.camps.domain import Camp, CampState
from bot.camps.forms import change_form, filled_in, plan_form
from bot.camps.handover.actions import ShowAfterCamp
from bot.camps.planning import Saved
from bot.camps.reading import CampProblems, Written
from bot.camps.stations.actions import PlanStations
from bot.identity import CampId
from bot.interactions import Call, Option, OptionKind, Verb, Who, answer, fill
from bot.messages.elements import Button, Card
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies
from commands.camp_naming import CAMP, meant


async def create(call: Call) -> Replies:
    """A camp of what was typed; the form where a name, a day or the hours are missing."""
    day = call.values.get("date")
    typed = Written(
        name=call.text("name"),
        day=day if isinstance(day, date) else None,
        hours=call.text("time"),
        place=call.text("place"),
        host=call.text("host"),
        capacity=str(call.values.get("seats", "")),
        programme=call.text("programme"),
    )
    if not typed.has_enough():
        return (OpenForm(plan_form(call.words, typed)),)
    saved = await call.services.camps.planning.create(call.arrival.workspace, call.member.id, typed)
    return (Private(desk(call, saved, call.words.say("The camp is made."))),)


async def edit(call: Call) -> Replies:
    """Opens the form with the camp as it stands."""
    return (OpenForm(await _change_form(call, await meant(call))),)


async def who(call: Call) -> Replies:
    """Who said what."""
    return (Private(await _guestbook(call, (await meant(call)).id)),)


async def open_plan(call: Call, _action: PlanCamp, _chosen: tuple[str, ...]) -> Replies:
    """Opens the empty form."""
    return (OpenForm(plan_form(call.words)),)


async def plan_again(call: Call, _action: PlanCamp) -> Form:
    """The form to read back."""
    return plan_form(call.words)


async def plan(call: Call, _action: PlanCamp, values: Mapping[str, FormValue]) -> Replies:
    """The form came back: the camp is made, and nobody hears of it yet."""
    try:
        saved = await call.services.camps.planning.create(call.arrival.workspace, call.member.id, filled_in(values))
    except CampProblems as problems:
        return (_correct(call, problems),)
    return (Private(desk(call, saved, call.words.say("The camp is made."))),)


async def open_change(call: Call, action: ChangeCamp, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form with the camp as it stands."""
    return (OpenForm(await change_again(call, action)),)


async def change_again(call: Call, action: ChangeCamp) -> Form:
    """The form to read back."""
    return await _change_form(call, await call.services.camps.find(call.arrival.workspace, camp=action.camp))


async def change(call: Call, action: ChangeCamp, values: Mapping[str, FormValue]) -> Replies:
    """The camp as it is now; whether people are told is chosen on the card."""
    try:
        saved = await call.services.camps.planning.change(
            call.arrival.workspace, action.camp, action.revision, call.member.id, filled_in(values)
        )
    except CampProblems as problems:
        return (_correct(call, problems),)
    card = desk(call, saved, call.words.say("Saved."))
    return (Replace(card) if call.arrival.place.message else Private(card),)


async def organise(call: Call, action: OrganiseCamp, _chosen: tuple[str, ...]) -> Replies:
    """A camp as an organiser sees it."""
    saved = await call.services.camps.desk(call.arrival.workspace, action.camp, call.member.id)
    return (Replace(desk(call, saved)),)


async def show_guestbook(call: Call, action: ShowGuestbook, _chosen: tuple[str, ...]) -> Replies:
    """Who said what."""
    return (Replace(await _guestbook(call, action.camp)),)


async def _change_form(call: Call, camp: Camp) -> Form:
    return change_form(camp, await call.services.camps.lists(call.arrival.workspace), call.words)


async def _guestbook(call: Call, camp: CampId) -> Card:
    return guestbook_card(await call.services.camps.guests(call.arrival.workspace, camp, call.member.id), call.words)


def desk(call: Call, saved: Saved, told: str = "") -> Card:
    """How a camp stands, with what can be done."""
    camp = saved.seen.camp
    more = [Button(call.words.say("Stations"), PlanStations(camp.id))] if camp.is_open(call.now) else []
    if call.now >= camp.first_at() and camp.state is not CampState.CANCELLED:
        more.append(Button(call.words.say("Round off the camp"), ShowAfterCamp(camp.id)))
    return desk_card(saved, call.words, call.now, told, more)


def _correct(call: Call, problems: CampProblems) -> Correct:
    return Correct({field: call.words.tell(problem) for field, problem in problems.by_field.items()})


VERBS = (
    Verb(
        run=create,
        summary="plan a camp",
        name="create",
        names={"en": "create", "da": "opret"},
        who=Who.ORGANISER,
        options=(
            Option("name", {"en": "name", "da": "navn"}, summary="what it is called", max_length=100),
            Option("date", {"en": "date", "da": "dato"}, summary="the day", kind=OptionKind.DATE),
            Option("time", {"en": "time", "da": "tid"}, summary="from when to when: 09.00-16.00", max_length=40),
            Option("place", {"en": "place", "da": "sted"}, summary="where it is", max_length=200),
            Option("host", {"en": "host", "da": "vært"}, summary="who hosts it", max_length=200),
            Option("seats", {"en": "seats", "da": "pladser"}, summary="how many seats", kind=OptionKind.NUMBER),
            Option(
                "programme",
                {"en": "programme", "da": "program"},
                summary="a line each: 09.00 Title / speaker",
                max_length=MAX_TYPED,
            ),
        ),
        opens_form=True,
        example='/camp create "Camp 4" "22 march" "09.00-16.00"',
    ),
    Verb(
        run=edit,
        summary="change a camp, its time, place or programme",
        name="edit",
        names={"en": "edit", "da": "ret"},
        who=Who.ORGANISER,
        options=(CAMP,),
        opens_form=True,
        forms_anyway=True,
    ),
    Verb(
        run=who,
        only_shows=True,
        summary="who comes, who may, who waits for a seat",
        name="who",
        names={"en": "who", "da": "hvem"},
        who=Who.ORGANISER,
        options=(CAMP,),
    ),
)


ACTIONS = (
    answer(PlanCamp, open_plan, Who.ORGANISER),
    answer(ChangeCamp, open_change, Who.ORGANISER),
    answer(OrganiseCamp, organise, Who.ORGANISER),
    answer(ShowGuestbook, show_guestbook, Who.ORGANISER),
)

FORMS = (
    fill(PlanCamp, plan_again, plan, Who.ORGANISER, watches=True),
    fill(ChangeCamp, change_again, change, Who.ORGANISER, watches=True),
)
