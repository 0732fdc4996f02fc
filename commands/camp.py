"""``/camp``: what members do about camps; what organisers do is in ``camp_organising.py`` and the files beside it."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from bot.camps.actions import AnswerCamp, BringGuests, OpenCamp, ShowCamp, ShowProgramme
from bot.camps.cards import camp_card, list_card, none_card, programme_card
from bot.camps.domain import Answer, Signup
from bot.camps.forms import guests_form, guests_in
from bot.camps.seeing import Seen
from bot.errors import NotThere, NotUnderstood, phrase
from bot.identity import CampId
from bot.interactions import Call, Command, Option, OptionChoice, OptionKind, Verb, answer, fill
from bot.messages.elements import Card
from bot.messages.forms import Form, FormValue
from bot.messages.replies import OpenForm, Private, Replace, Replies
from commands import camp_after, camp_calendar, camp_organising, camp_stations, camp_telling
from commands.camp_naming import CAMP, meant

# A number of guests has fewer digits.
_DIGITS = 4


async def next_(call: Call) -> Replies:
    """The next camp and how one stands there."""
    coming = await call.services.camps.coming(call.arrival.workspace, call.member.id)
    if not coming and not call.text("camp"):
        return (Private(none_card(call.words, organises=call.member.is_organiser())),)
    return (Private(_card(call, await _meant(call))),)


async def programme(call: Call) -> Replies:
    """The whole programme."""
    return (Private(programme_card(await _meant(call), call.words)),)


async def list_(call: Call) -> Replies:
    """The camps to come."""
    return (Private(await _every(call)),)


async def signup(call: Call) -> Replies:
    """Says yes, maybe or no; shows the camp where nothing is said."""
    call = await _counted(call)
    seen = await _meant(call)
    said, guests = call.text("answer"), call.values.get("guests")
    answering, workspace, camp = call.services.camps.answering, call.arrival.workspace, seen.camp.id
    bring = guests if isinstance(guests, int) else None
    if said and (said != seen.mine.answer or bring is None):
        seen = await answering.answer(workspace, camp, call.member.id, Answer(said), guests=bring or 0)
    elif bring is not None:
        names = seen.mine.guest_names if bring == seen.mine.guests else ()
        seen = await answering.bring(workspace, camp, call.member.id, bring, names)
    return (Private(_card(call, seen)),)


async def answer_camp(call: Call, action: AnswerCamp, _chosen: tuple[str, ...]) -> Replies:
    """An answer by a button: the card says from then on how one stands."""
    seen = await call.services.camps.answering.answer(
        call.arrival.workspace, action.camp, call.member.id, action.answer, call.arrival.place.message
    )
    return (Replace(_card(call, seen)),)


async def open_guests(call: Call, action: BringGuests, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form for guests."""
    return (OpenForm(await guests_again(call, action)),)


async def guests_again(call: Call, action: BringGuests) -> Form:
    """The form to read back."""
    seen = await call.services.camps.show(call.arrival.workspace, action.camp, call.member.id)
    mine: Signup = seen.mine
    return guests_form(mine, call.words)


async def bring(call: Call, action: BringGuests, values: Mapping[str, FormValue]) -> Replies:
    """How many guests, and their names."""
    number, names = guests_in(values)
    seen = await call.services.camps.answering.bring(call.arrival.workspace, action.camp, call.member.id, number, names)
    card = _card(call, seen)
    return (Replace(card) if call.arrival.place.message else Private(card),)


async def show(call: Call, action: ShowCamp, _chosen: tuple[str, ...]) -> Replies:
    """One camp."""
    seen = await call.services.camps.show(call.arrival.workspace, action.camp, call.member.id)
    return (Replace(_card(call, seen)),)


async def show_programme(call: Call, action: ShowProgramme, _chosen: tuple[str, ...]) -> Replies:
    """The whole programme; what it was asked on stays as it is."""
    seen = await call.services.camps.show(call.arrival.workspace, action.camp, call.member.id)
    return (Private(programme_card(seen, call.words)),)


async def open_one(call: Call, _action: OpenCamp, chosen: tuple[str, ...]) -> Replies:
    """The one that was chosen from the list."""
    try:
        wanted = CampId(UUID(chosen[0]))
    except (IndexError, ValueError) as error:
        raise NotUnderstood(phrase("Choose a camp from the list.")) from error
    seen = await call.services.camps.show(call.arrival.workspace, wanted, call.member.id)
    return (Replace(_card(call, seen)),)


async def _counted(call: Call) -> Call:
    """A bare number behind an answer is a camp's name where one is called so, and else how many guests come along."""
    typed = call.text("camp").strip()
    if "guests" in call.values or not (typed.isascii() and typed.isdecimal() and len(typed) < _DIGITS):
        return call
    try:
        await meant(call)
    except NotThere:
        rest = {key: value for key, value in call.values.items() if key != "camp"}
        return replace(call, values={**rest, "guests": int(typed)})
    return call


async def _meant(call: Call) -> Seen:
    found = await meant(call)
    return await call.services.camps.show(call.arrival.workspace, found.id, call.member.id)


async def _every(call: Call) -> Card:
    coming = await call.services.camps.coming(call.arrival.workspace, call.member.id)
    return list_card(coming, call.words, organises=call.member.is_organiser())


def _card(call: Call, seen: Seen) -> Card:
    return camp_card(seen, call.words, call.now, organises=call.member.is_organiser())


COMMAND = Command(
    name="camp",
    names={"en": "camp", "da": "camp"},
    summary="Camps: when, where and with whom, and whether you come",
    default="next",
    verbs=(
        Verb(
            run=next_,
            only_shows=True,
            summary="the next camp, and how you stand there",
            name="next",
            names={"en": "next", "da": "næste"},
            options=(CAMP,),
        ),
        Verb(
            run=programme,
            only_shows=True,
            summary="the programme of a camp",
            name="programme",
            names={"en": "programme", "da": "program"},
            options=(CAMP,),
        ),
        Verb(
            run=signup,
            summary="say whether you come, and with how many guests",
            name="signup",
            names={"en": "signup", "da": "tilmeld"},
            options=(
                Option(
                    "answer",
                    {"en": "answer", "da": "svar"},
                    summary="yes, maybe or no",
                    kind=OptionKind.CHOICE,
                    choices=(
                        OptionChoice("yes", {"en": "yes", "da": "ja"}),
                        OptionChoice("maybe", {"en": "maybe", "da": "måske"}),
                        OptionChoice("no", {"en": "no", "da": "nej"}),
                    ),
                ),
                CAMP,
                Option(
                    "guests",
                    {"en": "guests", "da": "gæster"},
                    summary="how many guests you bring",
                    kind=OptionKind.NUMBER,
                ),
            ),
            example="/camp signup yes",
        ),
        Verb(
            run=list_,
            only_shows=True,
            summary="the camps to come",
            name="list",
            names={"en": "list", "da": "liste"},
        ),
        camp_calendar.CALENDAR,
        *camp_organising.VERBS,
        *camp_telling.VERBS,
        *camp_stations.VERBS,
        *camp_after.VERBS,
    ),
)

ACTIONS = (
    answer(AnswerCamp, answer_camp),
    answer(BringGuests, open_guests),
    answer(ShowCamp, show),
    answer(ShowProgramme, show_programme),
    answer(OpenCamp, open_one),
    *camp_organising.ACTIONS,
    *camp_telling.ACTIONS,
    *camp_stations.ACTIONS,
    *camp_after.ACTIONS,
    *camp_calendar.ACTIONS,
)

FORMS = (
    fill(BringGuests, guests_again, bring),
    *camp_organising.FORMS,
    *camp_telling.FORMS,
    *camp_stations.FORMS,
    *camp_after.FORMS,
)
