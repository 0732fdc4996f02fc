"""What is told by itself: how far a reading is, that others will see a note, that somebody objected, that it is open to all."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from bot.bank.telling import readable
from bot.identity import MemberId
from bot.messages.elements import Accent, Button, Buttons, Card, Element, Footnote, Heading, Paragraph, Quote, Weight
from bot.messages.text import Bold, Code, Plain, plain, shortened
from bot.notes.actions import MuteNotes, ObjectToNote, ReadAgain, ReadNote, ShowNote, StopReading
from bot.notes.cards import HEADING, NOTICE
from bot.notes.domain import Audience, Job, Note, NoteState, ReadingState
from bot.notes.naming import seen_by
from bot.notes.objecting import SaidNo
from bot.notes.publishing import narrower
from bot.notes.troubles import WITHOUT_DRAFT, told_by, told_of_model
from bot.words import Words

_WAITING = 3
# A conversation of so many messages is long; a shorter one takes long where there is much else to do.
_LONG = 100
# Of so many besides the author one knows who said no.
_FEW = 2


def reading_card(job: Job, now: datetime, words: Words) -> Card:
    """How far the reading of a long conversation is, or the writing of a model."""
    if job.writes:
        return _writing_card(job, words)
    match job.state:
        case ReadingState.CANCELLED:
            return _short(words.say("I stopped reading, and nothing was kept."), Accent.CALM)
        case ReadingState.STOPPED:
            said = words.say(
                "I was restarted in the middle of reading your conversation, so nothing was kept. Sorry about that."
            )
            return _short(said, Accent.WARN, Button(words.say("Read it again"), ReadAgain(job.id), Weight.MAIN))
        case ReadingState.FAILED:
            again = Button(words.say("Try again"), ReadAgain(job.id))
            return _short(words.tell(told_by(job.trouble)), Accent.WARN, again)
        case ReadingState.DONE:
            return _short(words.say("Your case note is ready."), Accent.GOOD)
        case ReadingState.READING:
            return _going(job, now, words)
        case _:
            assert_never(job.state)


def _going(job: Job, now: datetime, words: Words) -> Card:
    title = words.say("I am reading the conversation")
    done = words.count("{number} message so far.", "{number} messages so far.", job.done)
    elements: list[Element] = [Heading(title), Paragraph(plain(done))]
    if job.rest_until is not None and job.rest_until > now:
        slow = words.say(
            "I am only let to read a few messages at a time here, so it may take some minutes. Next at {clock}.",
            clock=words.clock(job.rest_until),
        )
        elements.append(Paragraph(plain(slow)))
    elements.append(Footnote(plain(words.say("The draft comes in this message. You need not wait here."))))
    stop = Button(words.say("Stop"), StopReading(job.id))
    return Card(title, (*elements, Buttons((stop,))))


def _writing_card(job: Job, words: Words) -> Card:
    back = None
    if job.note is not None and job.trouble != WITHOUT_DRAFT:
        back = Button(words.say("Open the draft"), ShowNote(job.note))
    match job.state:
        case ReadingState.CANCELLED:
            said = words.say("I no longer wait for the model. Your draft stays as it is.")
            return _short(said, Accent.CALM, back)
        case ReadingState.STOPPED:
            said = words.say(
                "I was restarted while the model was writing. Your draft stays as it is. If the model is to try again, make the"
                " note anew from the conversation."
            )
            return _short(said, Accent.WARN, back)
        case ReadingState.FAILED:
            return _short(words.tell(told_of_model(job.trouble)), Accent.WARN, back)
        case ReadingState.DONE:
            return _short(words.say("The model has written its draft."), Accent.GOOD, back)
        case ReadingState.READING:
            title = words.say("The model is writing")
            elements: list[Element] = [Heading(title)]
            if job.done:
                elements.append(Paragraph(plain(words.say("{number} % so far.", number=words.number(job.done)))))
            elements.append(
                Footnote(
                    plain(words.say("Its draft comes in this message; yours stays until then. You need not wait here."))
                )
            )
            return Card(title, (*elements, Buttons((Button(words.say("Stop"), StopReading(job.id)),))))
        case _:
            assert_never(job.state)


def slow_card(job: Job, words: Words) -> Card:
    """At once, where it was asked for: it takes longer, and where the draft will be."""
    said = words.say("It takes a moment. I read all of it and show you in our own conversation how far I am.")
    if job.done >= _LONG:
        said = words.say("It is long. I read all of it and show you in our own conversation how far I am.")
    return _short(said, Accent.CALM, Button(words.say("Stop"), StopReading(job.id)))


def told_card(note: Note, title: str, words: Words) -> Card:
    """To somebody who took part."""
    notice = words.say("A case note rests on a conversation in which you took part")
    elements: list[Element] = [Heading(notice), Paragraph((Bold(shortened(readable(title, words), HEADING)),))]
    if note.state is NoteState.ANNOUNCED and note.public_at is not None:
        when = words.say(
            "Members can see it now, and everybody from {when}. Names are masked.", when=words.when(note.public_at)
        )
        elements.append(Paragraph(plain(when)))
    else:
        elements.append(Paragraph(plain(f"{seen_by(note.audience, words)} {words.say('Names are masked.')}")))
    free = words.say(
        "You need not do anything. If you'd rather not, say so below; whoever made it is not told that it was you."
    )
    if len({*note.took_part} - {note.author}) <= _FEW:
        free = words.say(
            "You need not do anything. If you'd rather not, say so below. I do not tell whoever made it that it was"
            " you, but so few took part that it can be guessed."
        )
    elements.append(Footnote(plain(free)))
    row = (
        Button(words.say("Read it"), ReadNote(note.id, 1)),
        Button(words.say("I'd rather not"), ObjectToNote(note.id, note.audience)),
        Button(words.say("No more of these"), MuteNotes()),
    )
    return Card(notice, (*elements, Buttons(row)), Accent.ASK)


def objected_card(note: Note, reasons: Sequence[str], words: Words) -> Card:
    """To the author: somebody would rather not."""
    title = words.say("Somebody who took part would rather not")
    if note.state is NoteState.WITHDRAWN:
        now = words.say("Your note was taken back: nobody else sees it any more.")
    else:
        now = words.say("Your note goes one step back. {who}", who=seen_by(note.audience, words))
    elements: list[Element] = [
        Heading(title),
        Paragraph((Bold(shortened(readable(note.content.title, words), HEADING)), Plain(f" – {now}"))),
    ]
    elements += [Quote(plain(readable(reason, words))) for reason in reasons]
    kept = words.say("Who it was I tell nobody. You may change what it says and publish it again.")
    elements.append(Footnote(plain(kept)))
    return Card(title, (*elements, Buttons((Button(words.say("See the note"), ShowNote(note.id)),))), Accent.WARN)


def opened_card(note: Note, words: Words) -> Card:
    """To the author: nobody objected."""
    title = words.say("Your case note is public")
    said = words.text(
        "Nobody objected. {title} can be read by everybody now.",
        title=Bold(shortened(readable(note.content.title, words), HEADING)),
    )
    row = Buttons((Button(words.say("See the note"), ShowNote(note.id)),))
    return Card(title, (Heading(title), Paragraph(said), row), Accent.GOOD)


def said_no_card(said: SaidNo, words: Words) -> Card:
    """To whoever objected: what came of it, and that they may go further."""
    note = said.note
    if note.state is NoteState.WITHDRAWN:
        return _short(words.say("The note was taken back. I tell nobody that it was you."), Accent.GOOD)
    told = words.say("Thank you for saying so. {who} I tell nobody that it was you.", who=seen_by(note.audience, words))
    return _short(told, Accent.GOOD, _further(note, words))


def back_already_card(note: Note, words: Words) -> Card:
    """To whoever objects to what went back a step meanwhile: how it is now, and that they may go further."""
    told = words.say("It went a step back already. {who}", who=seen_by(note.audience, words))
    return _short(told, Accent.GOOD, _further(note, words))


def gone_card(words: Words) -> Card:
    """In the place of what was told to somebody who took part."""
    return _short(words.say("The note was taken back: nobody but whoever made it sees it any more."), Accent.CALM)


def muted_card(words: Words, *, hears: bool) -> Card:
    """Whether somebody is told of notes."""
    if hears:
        return _short(words.say("I tell you again when a note rests on what you said."), Accent.GOOD)
    told = words.text(
        "I write to you no more about notes. {command} shows which rest on what you said, and there you can object as well.",
        command=Code(words.say("/note list")),
    )
    return Card(words.say("No more messages about notes."), (Paragraph(told),), Accent.GOOD)


def steps_back(audience: Audience, words: Words) -> str:
    """What objecting to this audience leads to."""
    back = narrower(audience)
    if back is None:
        return words.say("Then the note is taken back, and nobody but whoever made it sees it.")
    return words.say("Then the note goes one step back. {who}", who=seen_by(back, words))


def notes_part(made: Sequence[Note], took_part: Sequence[Note], member: MemberId, words: Words) -> Sequence[Element]:
    """On a person's own page: drafts that wait for them, and notes to which they may still object."""
    drafts = [note for note in made if note.state is NoteState.DRAFT][:_WAITING]
    open_ = [note for note in took_part if note.state is NoteState.ANNOUNCED and note.author != member][:_WAITING]
    if not drafts and not open_:
        return ()
    elements: list[Element] = [Heading(words.say("Case notes"))]
    for note in drafts:
        title = shortened(readable(note.content.title, words), HEADING)
        elements.append(Paragraph((Bold(title), Plain(f" – {words.say('your draft waits for you')}"))))
        elements.append(Buttons((Button(words.say("Open the draft"), ShowNote(note.id)),)))
    for note in open_:
        title = shortened(readable(note.content.title, words), HEADING)
        when = "" if note.public_at is None else words.when(note.public_at)
        elements.append(Paragraph((Bold(title), Plain(f" – {words.say('becomes public on {when}', when=when)}"))))
        object_ = Button(words.say("I'd rather not"), ObjectToNote(note.id, note.audience))
        elements.append(Buttons((Button(words.say("Read it"), ReadNote(note.id, 1)), object_)))
    return elements


def _further(note: Note, words: Words) -> Button | None:
    further = {
        Audience.ACADEMY: words.say("Not in the academy, either"),
        Audience.US: words.say("Nobody shall see it"),
        Audience.PUBLIC: "",
    }[note.audience]
    return Button(further, ObjectToNote(note.id, note.audience)) if further else None


def _short(said: str, accent: Accent, button: Button | None = None) -> Card:
    row = () if button is None else (Buttons((button,)),)
    return Card(shortened(said, NOTICE), (Paragraph(plain(said)), *row), accent)
