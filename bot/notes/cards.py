"""What people see of case notes: the draft, all that it says, how it will look to others, the published one, and lists."""

from collections.abc import Collection, Sequence

from bot.bank.telling import readable
from bot.members.domain import Member
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Confirm,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Select,
    Weight,
)
from bot.messages.text import Bold, Code, Plain, Text, plain, shortened
from bot.notes.access import may_object, may_withdraw
from bot.notes.actions import (
    AskModel,
    ChooseAudience,
    EditNote,
    HearOfNotes,
    ListNotes,
    NoteFromText,
    ObjectToNote,
    OpenNote,
    ReadNote,
    SeeVersions,
    ShowNote,
    Side,
    ThrowAwayNote,
    WithdrawNote,
)
from bot.notes.brevity import shown_once
from bot.notes.domain import Note, NoteState, Version
from bot.notes.editing import Part, entries_of
from bot.notes.naming import counted, line_of, part_name, sectored, seen_of, state_of
from bot.notes.service import Mine, Opened
from bot.words import Words

HEADING = 150
NOTICE = 120
_LABEL = 75
_PAGE = 10
_SHOWN = 25
_VERSIONS = 10


def note_card(opened: Opened, by: Member, words: Words, told: str = "") -> Card:
    """A note, shortly, with what this member may do with it."""
    if opened.note.author == by.id and opened.note.state is NoteState.DRAFT:
        return draft_card(opened, words, told)
    return published_card(opened, by, words, told)


def draft_card(opened: Opened, words: Words, told: str = "") -> Card:
    """To its maker alone."""
    note = opened.note
    elements = _begun(note, told, words)
    until = words.date((note.expires_at or note.changed_at).astimezone(words.zone).date())
    kept = words.say("Only you see this draft. It will be deleted on {day} unless you publish it.", day=until)
    elements.append(Footnote(plain(" ".join([kept, *_by_model(note, words)]))))
    unread = _not_read(note, words)
    if unread:
        elements.append(Footnote(plain(" ".join(unread))))
    buttons = [
        Button(words.say("Read all"), ReadNote(note.id, 1)),
        Button(words.say("Edit"), EditNote(note.id, Side.ABOUT)),
        Button(words.say("Publish…"), ChooseAudience(note.id), Weight.MAIN),
    ]
    if opened.can_ask:
        buttons.append(Button(words.say("Let the model write it"), AskModel(note.id)))
    buttons.append(Button(words.say("Throw away"), ThrowAwayNote(note.id), Weight.DANGER, _throwing(words)))
    return Card(_notice(note, words), (*elements, Buttons(tuple(buttons))), Accent.ASK)


def published_card(opened: Opened, by: Member, words: Words, told: str = "") -> Card:
    """One that others see, or saw."""
    note = opened.note
    elements = _begun(note, told, words)
    said = [words.say("State: {state}.", state=state_of(note, words))]
    if note.has_changes() and note.author == by.id:
        said.append(words.say("You have changed it since; others see that when you publish it again."))
    elements.append(Footnote(plain(" ".join(said))))
    buttons = [Button(words.say("Read all"), ReadNote(note.id, 1))]
    if note.author == by.id and note.is_shown():
        buttons.append(Button(words.say("Edit"), EditNote(note.id, Side.ABOUT)))
        buttons.append(Button(words.say("Publish again…"), ChooseAudience(note.id)))
    if (note.author == by.id or by.is_organiser()) and note.version > 0:
        buttons.append(Button(words.say("Versions"), SeeVersions(note.id, 0)))
    if may_withdraw(note, by):
        buttons.append(Button(words.say("Take it back"), WithdrawNote(note.id), Weight.DANGER, _withdrawing(words)))
    if may_object(note, by):
        buttons.append(Button(words.say("I'd rather not"), ObjectToNote(note.id, note.audience)))
    return Card(_notice(note, words), (*elements, Buttons(tuple(buttons))))


def pages(opened: Opened, words: Words) -> list[list[tuple[Part, Text]]]:
    """All lines of a note, so many a page."""
    note = opened.note
    lines: list[tuple[Part, Text]] = []
    told = {entry.text for entry in entries_of(note.content, Part.SUMMARY)}
    # Its maker sees in a draft all that can be changed, but for what the gist says right above.
    draft = note.state is NoteState.DRAFT
    content = note.content if draft else shown_once(note.content)
    for part in Part:
        every = entries_of(content, part)
        entries = [entry for entry in every if part is not Part.SITUATION or entry.text not in told]
        lines += [(part, sectored(entry, note.source, opened.sectors, words)) for entry in entries]
    return [lines[start : start + _PAGE] for start in range(0, len(lines), _PAGE)] or [[]]


def read_card(opened: Opened, by: Member, page: int, words: Words) -> Card:
    """All that a note says; a page that is not there is the last."""
    note, every = opened.note, pages(opened, words)
    number = min(max(page, 1), len(every))
    elements: list[Element] = [Heading(shortened(readable(note.content.title, words), HEADING))]
    shown: Part | None = None
    held: list[Text] = []
    for part, text in every[number - 1]:
        if part is not shown and held and shown is not None:
            elements += [Paragraph((Bold(part_name(shown, words)),)), Bullets(tuple(held))]
            held = []
        shown = part
        held.append(text)
    if held and shown is not None:
        elements += [Paragraph((Bold(part_name(shown, words)),)), Bullets(tuple(held))]
    if not held:
        elements.append(
            Paragraph(plain(words.say("It has a title and nothing else. Write what you know, or throw it away.")))
        )
    if number == len(every) and note.content.tags:
        elements.append(Footnote(plain(words.say("Keywords: {tags}", tags=", ".join(note.content.tags)))))
    if note.source.links and number == 1 and held:
        elements.append(Footnote(plain(words.say("The numbers lead to the messages that a line rests on."))))
    if len(every) > 1:
        elements.append(Footnote(plain(words.say("Page {page} of {pages}", page=number, pages=len(every)))))
    return Card(_notice(note, words), (*elements, Buttons(tuple(_turning(note, by, number, len(every), words)))))


def versions_card(note: Note, versions: Sequence[Version], objected: Collection[int], words: Words) -> Card:
    """What was published so far, in a line each: who could see it, and whether somebody ``objected``."""
    title = words.say("What was published so far")
    lines = [
        (
            Bold(words.say("Version {number}", number=one.number)),
            Plain(f" – {words.when(one.at)}. {seen_of(one, note, words)}"),
            Plain(f" {words.say('Somebody objected, so it went back.')}" if one.number in objected else ""),
        )
        for one in versions[:_VERSIONS]
    ]
    buttons = [
        Button(words.say("Version {number}", number=one.number), SeeVersions(note.id, one.number))
        for one in versions[:_VERSIONS]
    ]
    back = Button(words.say("Back"), ShowNote(note.id))
    return Card(title, (Heading(title), Bullets(tuple(lines)), Buttons((*buttons, back))))


def list_card(mine: Mine, words: Words, *, muted: bool = False) -> Card:
    """One's own notes, and those that rest on what one said."""
    title = words.say("Your case notes")
    elements: list[Element] = [Heading(title)]
    if mine.made:
        elements.append(Bullets(tuple(_entry(note, words) for note in mine.made[:_SHOWN])))
    if mine.took_part:
        elements.append(Paragraph((Bold(words.say("Notes of conversations in which you took part")),)))
        elements.append(Bullets(tuple(_entry(note, words) for note in mine.took_part[:_SHOWN])))
    every = [*mine.made[:_SHOWN], *mine.took_part[:_SHOWN]]
    if every:
        choices = tuple(
            Choice(str(note.id), shortened(readable(note.content.title, words), _LABEL)) for note in every[:_SHOWN]
        )
        elements.append(Select(words.say("Open a note"), OpenNote(), choices))
    else:
        how = words.text(
            "None yet. Choose “Make case note” in the menu of a message, or type {command} in a channel.",
            command=Code(words.say("/note make")),
        )
        elements.append(Paragraph(how))
    row = [Button(words.say("Paste a conversation"), NoteFromText())]
    if muted:
        elements.append(
            Footnote(plain(words.say("I do not write to you about notes of conversations in which you took part.")))
        )
        row.append(Button(words.say("Tell me again"), HearOfNotes()))
    return Card(title, (*elements, Buttons(tuple(row))))


def sentence_card(said: str, accent: Accent = Accent.CALM, buttons: Sequence[Button] = ()) -> Card:
    """One kind sentence."""
    row = (Buttons(tuple(buttons)),) if buttons else ()
    return Card(shortened(said, NOTICE), (Paragraph(plain(said)), *row), accent)


def where_card(words: Words) -> Card:
    """To who asks for a note where there is nothing to make one of: how it is done."""
    title = words.say("Of which conversation?")
    how = words.text(
        "Choose “Make case note” in the menu of a message, or type {command} in a channel. Or paste one here.",
        command=Code(words.say("/note since:monday")),
    )
    paste = Button(words.say("Paste a conversation"), NoteFromText(), Weight.MAIN)
    return Card(title, (Heading(title), Paragraph(how), Buttons((paste, to_list(words)))), Accent.ASK)


def withdraw_card(note: Note, words: Words) -> Card:
    """Asks once whether that one is meant, and to be taken back."""
    asked = _withdrawing(words)
    elements = (
        Heading(asked.title),
        Paragraph((Bold(shortened(readable(note.content.title, words), HEADING)),)),
        Paragraph(plain(asked.text)),
    )
    row = (Button(asked.yes, WithdrawNote(note.id), Weight.DANGER), to_list(words))
    return Card(asked.title, (*elements, Buttons(row)), Accent.ASK)


def to_list(words: Words) -> Button:
    """Leads to one's own notes."""
    return Button(words.say("My notes"), ListNotes())


def _begun(note: Note, told: str, words: Words) -> list[Element]:
    elements: list[Element] = [Paragraph(plain(told))] if told else []
    elements.append(Heading(shortened(readable(note.content.title, words), HEADING)))
    if note.content.summary:
        lines = [line_of(entry, note.source, words) for entry in entries_of(note.content, Part.SUMMARY)]
        elements.append(Bullets(tuple(lines)))
    inside = counted(note.content, words)
    if inside:
        elements.append(Paragraph(plain(inside)))
    return elements


def _by_model(note: Note, words: Words) -> list[str]:
    """Who wrote it, where that was a model, and what it took."""
    if not note.model:
        return []
    said = [words.say("Written by the model {model}; check it.", model=note.model)]
    if note.tokens:
        said.append(words.count("It took {number} token.", "It took {number} tokens.", note.tokens))
    if note.money is not None:
        said.append(words.say("Price: {money}.", money=words.number(note.money)))
    return said


def _not_read(note: Note, words: Words) -> list[str]:
    """What of a time of a channel was not looked at."""
    said: list[str] = []
    since = note.source.threads_since
    if since is not None:
        day = words.date(since.astimezone(words.zone).date())
        said.append(words.say("I did not look for new answers in threads begun before {day}.", day=day))
    if note.source.closed:
        said.append(
            words.count("{number} thread I could not read.", "{number} threads I could not read.", note.source.closed)
        )
    if note.forgotten:
        said.append(
            words.count(
                "{number} of those who took part asked to be forgotten; what rested on their words is gone from here.",
                "{number} of those who took part asked to be forgotten; what rested on their words is gone from here.",
                note.forgotten,
            )
        )
    return said


def _turning(note: Note, by: Member, number: int, last: int, words: Words) -> list[Button]:
    buttons: list[Button] = []
    if number > 1:
        buttons.append(Button(words.say("Earlier"), ReadNote(note.id, number - 1)))
    if number < last:
        buttons.append(Button(words.say("Further"), ReadNote(note.id, number + 1)))
    if note.author == by.id and note.state is not NoteState.WITHDRAWN:
        buttons.append(Button(words.say("Edit what it is about"), EditNote(note.id, Side.ABOUT)))
        buttons.append(Button(words.say("Edit what came of it"), EditNote(note.id, Side.OUTCOME)))
    buttons.append(Button(words.say("Back"), ShowNote(note.id)))
    return buttons


def _entry(note: Note, words: Words) -> Text:
    return (Bold(shortened(readable(note.content.title, words), HEADING)), Plain(f" – {state_of(note, words)}"))


def _notice(note: Note, words: Words) -> str:
    return shortened(readable(note.content.title, words), NOTICE)


def _throwing(words: Words) -> Confirm:
    return Confirm(
        words.say("Throw the draft away?"),
        words.say("It cannot be brought back. The conversation itself stays as it is."),
        words.say("Throw away"),
        words.say("Keep it"),
    )


def _withdrawing(words: Words) -> Confirm:
    return Confirm(
        words.say("Take the note back?"),
        words.say("Nobody else sees it from now on: not in the knowledge bank, and not on the web."),
        words.say("Take it back"),
        words.say("Leave it"),
    )
