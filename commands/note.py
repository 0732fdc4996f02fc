"""``/note``: a conversation becomes a case note that one person looks through, changes, and publishes."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.errors import NotThere, NotUnderstood, phrase
from bot.identity import NoteId
from bot.interactions import Call, Command, Option, OptionKind, PlaceKind, Verb, answer
from bot.messages.elements import Card
from bot.messages.replies import Private, Replace, Replies
from bot.notes.access import gone
from bot.notes.actions import (
    HearOfNotes,
    ListNotes,
    MuteNotes,
    OpenNote,
    ReadAgain,
    ReadNote,
    ShowNote,
    StopReading,
    ThrowAwayNote,
)
from bot.notes.cards import list_card, note_card, read_card, sentence_card, to_list, where_card
from bot.notes.domain import Job, Note, NoteState
from bot.notes.jobs import Wanted
from bot.notes.service import Opened
from bot.notes.since import read_since, read_until
from bot.notes.tellcards import muted_card, reading_card, slow_card
from commands import note_editing, note_models, note_objecting, note_publishing, note_search

# Nobody means more with one note, and reading it would take hours.
_LONGEST = timedelta(days=366)


async def make(call: Call) -> Replies:
    """A draft of the message's thread, or of a time span of the channel."""
    place, since = call.arrival.place, call.text("since")
    if isinstance(call.values.get("station"), int):
        wanted = await _of_station(call)
    elif since:
        wanted = Wanted(call.member.id, place.address, *_span(call, since, call.text("until")))
    elif place.message is not None:
        wanted = Wanted(call.member.id, place.message)
    elif place.kind is PlaceKind.DIRECT:
        return (Private(where_card(call.words)),)
    else:
        return await _from_thread(call, Wanted(call.member.id, place.address))
    return await _made(call, await call.services.notes.from_conversation(call.arrival.workspace, wanted, call.words))


async def _from_thread(call: Call, wanted: Wanted) -> Replies:
    """Typed in a channel without a time: the thread in which it was typed. Raises NotUnderstood where there is none."""
    try:
        made = await call.services.notes.from_conversation(call.arrival.workspace, wanted, call.words)
    except NotThere as error:
        raise NotUnderstood(
            phrase(
                "Of what? Choose “Make case note” in the menu of a message, or say since when: {command}.",
                command=phrase('/note make since:"monday"'),
            )
        ) from error
    return await _made(call, made)


async def list_(call: Call) -> Replies:
    """One's own notes, and those that rest on what one said."""
    mine = await call.services.notes.mine(call.arrival.workspace, call.member.id)
    return (Private(list_card(mine, call.words, muted=call.member.notes_muted)),)


async def list_again(call: Call, _action: ListNotes, _chosen: tuple[str, ...]) -> Replies:
    """The same from a button."""
    return await list_(call)


async def show(call: Call) -> Replies:
    """The newest of one's own whose title has these words, or the newest."""
    mine = await call.services.notes.mine(call.arrival.workspace, call.member.id)
    wanted = call.text("title").casefold().strip()
    found = next((one for one in (*mine.made, *mine.took_part) if wanted in one.content.title.casefold()), None)
    if found is None:
        raise NotThere(
            phrase("I find no note of yours like that. {command} shows all of them.", command=phrase("/note list"))
        )
    return await _shown(call, found.id)


async def show_again(call: Call, action: ShowNote, _chosen: tuple[str, ...]) -> Replies:
    """The note that a button means."""
    opened = await call.services.notes.open(call.arrival.workspace, action.note, call.member)
    return _here(call, opened, note_card(opened, call.member, call.words))


async def open_chosen(call: Call, _action: OpenNote, chosen: tuple[str, ...]) -> Replies:
    """The one that was chosen from the list."""
    try:
        note = NoteId(UUID(chosen[0]))
    except (IndexError, ValueError):
        raise NotThere(gone()) from None
    return await _shown(call, note)


async def read(call: Call, action: ReadNote, _chosen: tuple[str, ...]) -> Replies:
    """A page of all that it says."""
    opened = await call.services.notes.open(call.arrival.workspace, action.note, call.member)
    return _here(call, opened, read_card(opened, call.member, action.page, call.words))


async def throw_away(call: Call, action: ThrowAwayNote, _chosen: tuple[str, ...]) -> Replies:
    """Throws a draft away."""
    await call.services.notes.throw_away(call.arrival.workspace, action.note, call.member)
    said = call.words.say("Thrown away. Nobody else has seen it.")
    return (Replace(sentence_card(said, buttons=[to_list(call.words)])),)


async def stop(call: Call, action: StopReading, _chosen: tuple[str, ...]) -> Replies:
    """Stops a reading."""
    job = await call.services.notes.stop(call.arrival.workspace, action.job, call.member.id)
    return (Replace(reading_card(job, call.now, call.words)),)


async def again(call: Call, action: ReadAgain, _chosen: tuple[str, ...]) -> Replies:
    """Begins a reading once more."""
    made = await call.services.notes.jobs.again(call.arrival.workspace, action.job, call.member.id, call.words)
    return await _made(call, made)


async def mute(call: Call, _action: MuteNotes, _chosen: tuple[str, ...]) -> Replies:
    """No more messages about notes."""
    await call.services.notes.hear(call.arrival.workspace, call.member.id, hears=False)
    return (Private(muted_card(call.words, hears=False)),)


async def hear(call: Call, _action: HearOfNotes, _chosen: tuple[str, ...]) -> Replies:
    """Messages about notes again."""
    await call.services.notes.hear(call.arrival.workspace, call.member.id, hears=True)
    return (Private(muted_card(call.words, hears=True)),)


async def _made(call: Call, made: Note | Job) -> Replies:
    if isinstance(made, Job):
        return (Private(slow_card(made, call.words)),)
    return await note_models.made(call, made)


def _here(call: Call, opened: Opened, card: Card) -> Replies:
    """A draft holds names: it stays in one message, which becomes the published note, so that none are left behind."""
    in_place = opened.note.state is NoteState.DRAFT and call.arrival.place.message is not None
    return (Replace(card) if in_place else Private(card),)


async def _shown(call: Call, note: NoteId) -> Replies:
    opened = await call.services.notes.open(call.arrival.workspace, note, call.member)
    return (Private(note_card(opened, call.member, call.words)),)


async def _of_station(call: Call) -> Wanted:
    """What a camp's station wrote here: on the day of the camp, unless another time was said."""
    number = call.values["station"]
    camp, station = await call.services.notes.station(call.arrival.workspace, call.text("camp"), int(str(number)))
    if call.text("since"):
        since, until = _span(call, call.text("since"), call.text("until"))
    else:
        since = datetime.combine(camp.day, time(), ZoneInfo(call.options.timezone))
        until = min(call.now, since + timedelta(days=1))
    what = call.words.say("{camp}, station {number}", camp=camp.name, number=station)
    return Wanted(call.member.id, call.arrival.place.address, since, until, what, camp.id, station)


def _span(call: Call, since: str, until: str) -> tuple[datetime, datetime]:
    """From when to when. Raises NotUnderstood."""
    zone, language = call.words.zone, call.words.language
    begins = read_since(since, call.now, zone, language)
    ends = read_until(until, call.now, zone, language) if until else call.now
    if ends <= begins:
        raise NotUnderstood(phrase("That ends before it begins. Try for example: since:monday until:tuesday."))
    if ends - begins > _LONGEST:
        raise NotUnderstood(phrase("That is more than a year. Choose a shorter time, please."))
    return begins, ends


COMMAND = Command(
    name="note",
    names={"en": "note", "da": "notat"},
    summary="A conversation becomes a case note that others can learn from",
    default="make",
    verbs=(
        Verb(
            run=make,
            summary="make a note of this thread, or of what was said here since a day",
            name="make",
            names={"en": "make", "da": "lav"},
            options=(
                Option("since", {"en": "since", "da": "siden"}, "from when on, such as: monday, or 09:00"),
                Option("until", {"en": "until", "da": "indtil"}, "until when; now without it"),
                Option(
                    "station",
                    {"en": "station", "da": "station"},
                    "which station of the camp it is of",
                    OptionKind.NUMBER,
                ),
                Option("camp", {"en": "camp", "da": "camp"}, "which camp; the last one without it"),
            ),
            example='/note since:"monday"',
            on_message={"en": "Make case note", "da": "Lav casenotat"},
        ),
        note_editing.TEXT_VERB,
        Verb(
            run=list_,
            only_shows=True,
            summary="your notes, and those of conversations in which you took part",
            name="list",
            names={"en": "list", "da": "liste"},
        ),
        Verb(
            run=show,
            only_shows=True,
            summary="open one of your notes",
            name="show",
            names={"en": "show", "da": "vis"},
            options=(Option("title", {"en": "title", "da": "titel"}, "words of its title", rest=True),),
        ),
        note_search.VERB,
        note_publishing.WITHDRAW_VERB,
        note_models.SENDINGS_VERB,
    ),
)

ACTIONS = (
    answer(ListNotes, list_again),
    answer(ShowNote, show_again),
    answer(OpenNote, open_chosen),
    answer(ReadNote, read),
    answer(ThrowAwayNote, throw_away),
    answer(StopReading, stop),
    answer(ReadAgain, again),
    answer(MuteNotes, mute),
    answer(HearOfNotes, hear),
    *note_editing.ACTIONS,
    *note_publishing.ACTIONS,
    *note_objecting.ACTIONS,
    *note_models.ACTIONS,
)

FORMS = (*note_editing.FORMS, *note_publishing.FORMS, *note_objecting.FORMS)
