"""What the author sees on the way to publishing, and of a model: how it will look, who will be told, what would be sent."""

from collections.abc import Mapping, Sequence

from bot.bank.telling import readable
from bot.members.domain import Member
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Divider,
    Element,
    File,
    Footnote,
    Heading,
    Paragraph,
    Quote,
    Table,
    Weight,
)
from bot.messages.text import Bold, Plain, plain, shortened
from bot.notes.actions import (
    ChooseAudience,
    EditNote,
    KeepFromModel,
    LetStand,
    PublishNote,
    SendToModel,
    ShowNote,
    Side,
)
from bot.notes.brevity import shown_once
from bot.notes.cards import HEADING, NOTICE
from bot.notes.domain import Audience, Note, NoteState, Sending
from bot.notes.editing import Part, entries_of
from bot.notes.forms import private_words
from bot.notes.naming import kind_name, part_name, place_name, sectored, seen_by
from bot.notes.prepared import Prepared
from bot.notes.publishing import Preview
from bot.notes.rules import term
from bot.words import Words

# What a button carries of a sum.
DIGEST = 16
_EXCERPT = 600
_FINDINGS = 10


def preview_card(preview: Preview, words: Words) -> Card:
    """Exactly what others will read; nothing is published yet."""
    note, masked = preview.note, preview.covered
    title = words.say("This is how others will see it")
    elements: list[Element] = [] if preview.told is None else [Paragraph(plain(words.tell(preview.told)))]
    elements += [Heading(title), Paragraph((Bold(shortened(readable(masked.content.title, words), HEADING)),))]
    shown = shown_once(masked.content)
    for part in Part:
        lines = [sectored(entry, note.source, preview.sectors, words) for entry in entries_of(shown, part)]
        if lines:
            elements += [Paragraph((Bold(part_name(part, words)),)), Bullets(tuple(lines))]
    elements.append(Divider())
    elements.append(Paragraph(plain(" ".join(_who(preview, words)))))
    told = _from_where(note, words)
    if told:
        elements.append((Paragraph if note.source.private else Footnote)(plain(told)))
    elements.append(Footnote(plain(_masked(masked.counts, words))))
    if masked.left:
        found = [(Bold(f"{place_name(one.place, words)}: "), Plain(one.text)) for one in masked.left[:_FINDINGS]]
        elements += [
            Paragraph(plain(words.say("This still looks personal. Change it before you publish:"))),
            Bullets(tuple(found)),
        ]
    edit = Button(words.say("Edit"), EditNote(note.id, Side.ABOUT))
    row = [edit, Button(words.say("Somebody else shall see it"), ChooseAudience(note.id))]
    if masked.unsure or note.harmless:
        row.append(Button(words.say("Some words may stay"), LetStand(note.id, note.audience)))
    if not masked.left:
        go = PublishNote(note.id, note.revision, note.audience)
        row.insert(0, Button(words.say("Publish"), go, Weight.MAIN))
    return Card(title, (*elements, Buttons(tuple(row))), Accent.ASK)


def done_card(note: Note, words: Words) -> Card:
    """To the author: it is published."""
    if note.state is NoteState.ANNOUNCED and note.public_at is not None:
        title = words.say("It is published in the academy")
        told = words.say(
            "It becomes public by itself on {when}, unless somebody who took part objects.",
            when=words.when(note.public_at),
        )
    else:
        title, told = words.say("It is published"), seen_by(note.audience, words)
    row = Buttons((Button(words.say("See the note"), ShowNote(note.id)),))
    forgotten = words.say(
        "The names that were masked are gone from the note for good. Where the draft still stands in our conversation, only you"
        " see it."
    )
    return Card(title, (Heading(title), Paragraph(plain(told)), Footnote(plain(forgotten)), row), Accent.GOOD)


def sending_card(note: Note, prepared: Prepared, words: Words) -> Card:
    """What would be sent, before it is: the beginning here, all of it in the file."""
    title = words.say("May the model have this?")
    told = words.say(
        "This is exactly what of the conversation would be sent to {model}, and nothing else of it. Names and numbers are"
        " masked. The whole text is in the file.",
        model=prepared.model,
    )
    elements: list[Element] = [
        Heading(title),
        Paragraph(plain(told)),
        Quote(plain(shortened(prepared.text, _EXCERPT))),
        Footnote(plain(_masked({kind.value: number for kind, number in prepared.counts.items() if number}, words))),
    ]
    if prepared.in_parts:
        parts = words.say(
            "It is long, so it goes in parts; then the model puts together what it wrote itself about these."
        )
        elements.append(Footnote(plain(parts)))
    kept = words.say(
        "Without your yes it is gone within the hour. That something was sent, and how much was masked, is noted down."
    )
    elements.append(Footnote(plain(kept)))
    yes = Button(words.say("Send it"), SendToModel(note.id, prepared.digest[:DIGEST]), Weight.MAIN)
    no = Button(words.say("No, keep it here"), KeepFromModel(note.id))
    return Card(title, (*elements, Buttons((yes, no))), Accent.ASK)


def sending_file(prepared: Prepared, words: Words) -> File:
    """All that would be sent, byte for byte."""
    return File(f"{words.say('masked-conversation')}.json", "application/json", prepared.text.encode())


def ledger_card(sendings: Sequence[Sending], people: Mapping[str, Member], words: Words) -> Card:
    """What was sent to models, for organisers: when, by whom, to which, and what was masked in it."""
    title = words.say("What was sent to models")
    if not sendings:
        nothing = words.say("Nothing so far.")
        return Card(title, (Heading(title), Paragraph(plain(nothing))))
    header = (words.say("When"), words.say("Who"), words.say("Model"), words.say("Masked"), "SHA-256")
    rows = [
        (
            words.when(one.at, "medium"),
            people[str(one.member)].name if str(one.member) in people else words.say("somebody who has left"),
            one.model,
            words.all_of([kind_name(kind, number, words) for kind, number in one.masked.items()]),
            one.digest[:DIGEST],
        )
        for one in sendings
    ]
    told = words.say("The text itself is never kept. The sum is of exactly what was sent.")
    return Card(title, (Heading(title), Table(header, tuple(rows)), Footnote(plain(told))))


def _who(preview: Preview, words: Words) -> list[str]:
    note = preview.note
    said = [seen_by(note.audience, words)]
    if note.audience is Audience.PUBLIC:
        after = words.say(
            "All members of the academy can see it at once, and everybody after {hours}.",
            hours=term(preview.hours, words),
        )
        said = [
            after,
            words.say("Until then those who took part can object."),
        ]
    people = len(preview.people)
    if people:
        said.append(
            words.count(
                "The one who also took part is told once.", "The {number} who also took part are told once.", people
            )
        )
    if preview.away:
        said.append(
            words.count(
                "{number} more took part and wants no messages about notes.",
                "{number} more took part and want no messages about notes.",
                preview.away,
            )
        )
    if note.others:
        said.append(
            words.count(
                "{number} more took part and is no member: I cannot ask them, so do that yourself.",
                "{number} more took part and are no members: I cannot ask them, so do that yourself.",
                note.others,
            )
        )
    return said


def _from_where(note: Note, words: Words) -> str:
    """Where it comes from, and what to think of. Where the platform did not say whether it is private, its author is asked."""
    if note.audience is Audience.US:
        return ""
    told = [words.say("It comes from: {source}.", source=note.source.what)] if note.source.what else []
    if note.source.private:
        told.append(private_words(words))
    elif note.source.private is None:
        told.append(
            words.say(
                "Did the conversation stand in a private channel or a direct conversation? Then ask those who are in it before"
                " you let more people read it."
            )
        )
    return " ".join(told)


def _masked(counts: Mapping[str, int], words: Words) -> str:
    if not counts:
        return words.say("Nothing in it had to be masked.")
    what = words.all_of([kind_name(kind, number, words) for kind, number in counts.items()])
    return words.say("Masked in it: {what}.", what=shortened(what, NOTICE))
