"""``/camp`` after the day: who came, how it was, the notes, the figures. What goes to others is shown first."""

from collections.abc import Mapping

from bot.camps.handover.actions import (
    AskHowItWas,
    PreviewDayNotes,
    PreviewQuestions,
    SayHowItWas,
    ShareDayNotes,
    ShowAfterCamp,
    ShowAnswers,
    ShowFigures,
    TakeFigures,
    TickWhoCame,
    WriteDayNotes,
)
from bot.camps.handover.cards import (
    after_card,
    answers_card,
    figure_rows,
    figures_card,
    notes_preview,
    questions_preview,
    shared_told,
)
from bot.camps.handover.forms import (
    NOTES,
    came_form,
    expected,
    how_form,
    notes_form,
    opinion_of,
    who_came,
)
from bot.camps.handover.membercards import notes_card, thanks_card
from bot.camps.handover.service import AfterCamp
from bot.errors import Conflict
from bot.identity import CampId
from bot.interactions import Call, Option, Verb, Who, answer, fill
from bot.members.spreadsheet import write_table
from bot.messages.elements import Card, File
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, Hand, OpenForm, Private, Replace, Replies

_LAST = Option(
    "camp", {"en": "camp", "da": "camp"}, summary="which camp; the last one without it", max_length=100, rest=True
)


async def after(call: Call) -> Replies:
    """Everything after the last camp, or after the one that is named."""
    camp = await call.services.camps.handover.find(call.arrival.workspace, call.text("camp"))
    return (Private(after_card(await _look(call, camp.id), call.words)),)


async def notes(call: Call) -> Replies:
    """The notes of the last camp, or of the one that is named."""
    handover = call.services.camps.handover
    camp = await handover.find(call.arrival.workspace, call.text("camp"))
    found, text = await handover.notes(call.arrival.workspace, camp.id, call.member.id)
    return (Private(notes_card(found, text, call.words)),)


async def show(call: Call, action: ShowAfterCamp, _chosen: tuple[str, ...]) -> Replies:
    """How far it is."""
    return (Replace(after_card(await _look(call, action.camp), call.words)),)


async def open_came(call: Call, action: TickWhoCame, _chosen: tuple[str, ...]) -> Replies:
    """Opens the list."""
    return (OpenForm(await form_of_came(call, action)),)


async def form_of_came(call: Call, action: TickWhoCame) -> Form:
    """The form to read back."""
    return came_form(await _look(call, action.camp), call.words)


async def came(call: Call, action: TickWhoCame, values: Mapping[str, FormValue]) -> Replies:
    """Who came is kept."""
    ticked, other = who_came(values)
    shown = {one.member for one in expected(await _look(call, action.camp))}
    everybody = ticked if other is None else {*ticked, other}
    found = await call.services.camps.handover.tick(call.arrival.workspace, action.camp, everybody, shown)
    return (_answer(call, after_card(found, call.words, call.words.say("Kept. Thank you!"))),)


async def preview_questions(call: Call, action: PreviewQuestions, _chosen: tuple[str, ...]) -> Replies:
    """What those who were there would be asked."""
    return (Replace(questions_preview(await _look(call, action.camp), call.words)),)


async def ask(call: Call, action: AskHowItWas, _chosen: tuple[str, ...]) -> Replies:
    """They are asked, each once."""
    found, asked = await call.services.camps.handover.ask(call.arrival.workspace, action.camp)
    told = call.words.count("I am asking {number} person.", "I am asking {number} people.", asked)
    if not asked:
        told = call.words.say("Everybody has been asked already.")
    return (Replace(after_card(found, call.words, told)),)


async def open_how(call: Call, action: SayHowItWas, _chosen: tuple[str, ...]) -> Replies:
    """Opens the three questions."""
    return (OpenForm(await form_of_how(call, action)),)


async def form_of_how(call: Call, action: SayHowItWas) -> Form:
    """The form to read back."""
    camp = await call.services.camps.handover.may_answer(call.arrival.workspace, action.camp, call.member.id)
    return how_form(camp, call.words)


async def how(call: Call, action: SayHowItWas, values: Mapping[str, FormValue]) -> Replies:
    """It is kept, apart from who said it."""
    camp = await call.services.camps.handover.evaluate(
        call.arrival.workspace, action.camp, call.member.id, opinion_of(values)
    )
    return (_answer(call, thanks_card(camp, call.words)),)


async def show_answers(call: Call, action: ShowAnswers, _chosen: tuple[str, ...]) -> Replies:
    """What was answered."""
    return (Replace(answers_card(await _look(call, action.camp), call.words)),)


async def open_notes(call: Call, action: WriteDayNotes, _chosen: tuple[str, ...]) -> Replies:
    """Opens the notes as they stand."""
    return (OpenForm(await form_of_notes(call, action)),)


async def form_of_notes(call: Call, action: WriteDayNotes) -> Form:
    """The form to read back."""
    return notes_form(await _look(call, action.camp), call.words)


async def write_notes(call: Call, action: WriteDayNotes, values: Mapping[str, FormValue]) -> Replies:
    """The notes as they would look. Where somebody else wrote meanwhile, what was typed stays in the form."""
    try:
        found = await call.services.camps.handover.write(
            call.arrival.workspace, action.camp, action.revision, str(values[NOTES]), call.member.id
        )
    except Conflict as sorry:
        return (Correct({NOTES: call.words.tell(sorry.said)}),)
    return (_answer(call, notes_preview(found, call.words)),)


async def preview_notes(call: Call, action: PreviewDayNotes, _chosen: tuple[str, ...]) -> Replies:
    """How they look."""
    found = await _look(call, action.camp)
    if not found.handover.notes:
        return (Replace(after_card(found, call.words)),)
    return (Replace(notes_preview(found, call.words)),)


async def share(call: Call, action: ShareDayNotes, _chosen: tuple[str, ...]) -> Replies:
    """The notes go out."""
    done = await call.services.camps.handover.share(call.arrival.workspace, action.camp, action.revision)
    return (Replace(after_card(done.after, call.words, shared_told(done, call.words))),)


async def show_figures(call: Call, action: ShowFigures, _chosen: tuple[str, ...]) -> Replies:
    """The camp in figures."""
    found = await call.services.camps.handover.figures(call.arrival.workspace, action.camp)
    return (Replace(figures_card(*found, call.words)),)


async def take_figures(call: Call, action: TakeFigures, _chosen: tuple[str, ...]) -> Replies:
    """The same as a file that spreadsheets read."""
    camp, figures, sectors = await call.services.camps.handover.figures(call.arrival.workspace, action.camp)
    header = (call.words.say("What"), call.words.say("How many"))
    table = write_table(header, figure_rows(figures, sectors, call.words), for_excel=True)
    file = File(f"camp-{camp.day.isoformat()}.csv", "text/csv", table)
    title = call.words.say("{camp} in figures", camp=camp.name)
    return (Hand(Card(title, figures_card(camp, figures, sectors, call.words).elements[:1]), file),)


async def _look(call: Call, camp: CampId) -> AfterCamp:
    return await call.services.camps.handover.look(call.arrival.workspace, camp)


def _answer(call: Call, card: Card) -> Replace | Private:
    return Replace(card) if call.arrival.place.message else Private(card)


# What ``/camp`` does once a camp is over.
VERBS = (
    Verb(
        run=after,
        summary="after a camp: who came, how it was, the notes and the figures",
        name="after",
        names={"en": "after", "da": "bagefter"},
        who=Who.ORGANISER,
        options=(_LAST,),
    ),
    Verb(
        run=notes,
        only_shows=True,
        summary="the notes of a camp that you were at",
        name="notes",
        names={"en": "notes", "da": "noter"},
        options=(_LAST,),
    ),
)

ACTIONS = (
    answer(ShowAfterCamp, show, Who.ORGANISER),
    answer(TickWhoCame, open_came, Who.ORGANISER),
    answer(PreviewQuestions, preview_questions, Who.ORGANISER),
    answer(AskHowItWas, ask, Who.ORGANISER),
    answer(SayHowItWas, open_how),
    answer(ShowAnswers, show_answers, Who.ORGANISER),
    answer(WriteDayNotes, open_notes, Who.ORGANISER),
    answer(PreviewDayNotes, preview_notes, Who.ORGANISER),
    answer(ShareDayNotes, share, Who.ORGANISER),
    answer(ShowFigures, show_figures, Who.ORGANISER),
    answer(TakeFigures, take_figures, Who.ORGANISER),
)

FORMS = (
    fill(TickWhoCame, form_of_came, came, Who.ORGANISER),
    fill(SayHowItWas, form_of_how, how),
    fill(WriteDayNotes, form_of_notes, write_notes, Who.ORGANISER, watches=True),
)
