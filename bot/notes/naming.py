"""The words of case notes: parts, audiences, kinds of what is masked."""

from collections.abc import Mapping
from typing import assert_never

from bot.bank.telling import readable
from bot.members.domain import Sector
from bot.messages.text import Bold, Inline, Italic, Link, Plain, Text
from bot.notes.casenote import CaseNote
from bot.notes.domain import Audience, Note, NoteState, Source, Version
from bot.notes.editing import BY_AUTHOR, Entry, Part
from bot.words import Words

# So many sources are linked at a line.
_LINKS = 3


def part_name(part: Part, words: Words) -> str:
    """The heading of a part."""
    return {
        Part.SUMMARY: words.say("In short"),
        Part.SITUATION: words.say("The situation"),
        Part.PERSPECTIVES: words.say("What each sector sees"),
        Part.IDEAS: words.say("Ideas"),
        Part.AGREEMENTS: words.say("Agreements"),
        Part.ACTIONS: words.say("Who does what"),
        Part.QUESTIONS: words.say("Open questions"),
    }[part]


def place_name(place: str, words: Words) -> str:
    """Where in a note something was found."""
    if place in set(Part):
        return part_name(Part(place), words)
    return {"title": words.say("Title"), "tags": words.say("Keywords"), "place": words.say("Place")}.get(place, place)


def audience_name(audience: Audience, words: Words) -> str:
    """Who it is, to be chosen."""
    return {
        Audience.US: words.say("only us: those who took part in the conversation"),
        Audience.ACADEMY: words.say("the academy: all members"),
        Audience.PUBLIC: words.say("the public: everybody, also on the web"),
    }[audience]


def seen_by(audience: Audience, words: Words) -> str:
    """Who sees it, as a sentence."""
    return {
        Audience.US: words.say("Those who took part in the conversation can see it."),
        Audience.ACADEMY: words.say("All members of the academy can see it."),
        Audience.PUBLIC: words.say("Everybody can see it, also on the web."),
    }[audience]


def seen_of(version: Version, note: Note, words: Words) -> str:
    """Who could see a version, as a sentence: what was meant for everybody waits first, and not all of it ever gets there."""
    match version.audience:
        case Audience.US:
            return words.say("Those who took part could see it.")
        case Audience.PUBLIC if version.opened_at is not None:
            return words.say("Everybody could see it, also on the web.")
        case Audience.PUBLIC if version.number == note.version and note.public_at is not None:
            return words.say(
                "Members of the academy can see it, and everybody from {when}.", when=words.when(note.public_at)
            )
        case Audience.PUBLIC:
            return words.say("Members of the academy could see it; it was never open to everybody.")
        case Audience.ACADEMY:
            return words.say("Members of the academy could see it.")
        case _:
            assert_never(version.audience)


def state_of(note: Note, words: Words) -> str:
    """How a note stands, in one short line."""
    match note.state:
        case NoteState.DRAFT:
            return words.say("draft, only you see it")
        case NoteState.ANNOUNCED if note.public_at is not None:
            return words.say(
                "in the academy; public from {when} unless somebody objects", when=words.when(note.public_at)
            )
        case NoteState.WITHDRAWN:
            return words.say("taken back")
        case _:
            return {
                Audience.US: words.say("for those who took part"),
                Audience.ACADEMY: words.say("in the academy"),
                Audience.PUBLIC: words.say("public"),
            }[note.shown_to()]


def kind_name(kind: str, number: int, words: Words) -> str:
    """So many of a kind of what was masked."""
    match kind:
        case "person":
            return words.count("{number} name", "{number} names", number)
        case "cpr":
            return words.count("{number} CPR number", "{number} CPR numbers", number)
        case "phone":
            return words.count("{number} phone number", "{number} phone numbers", number)
        case "email":
            return words.count("{number} e-mail address", "{number} e-mail addresses", number)
        case "address":
            return words.count("{number} address", "{number} addresses", number)
        case _:
            return words.count("{number} other mark", "{number} other marks", number)


def counted(content: CaseNote, words: Words) -> str:
    """How much it holds, in one line."""
    perspectives = len(content.perspectives)
    known = [
        words.count("the view of {number} sector", "the views of {number} sectors", perspectives)
        if perspectives
        else "",
        words.count("{number} idea", "{number} ideas", len(content.ideas)) if content.ideas else "",
        words.count("{number} agreement", "{number} agreements", len(content.agreements)) if content.agreements else "",
        words.count("{number} action", "{number} actions", len(content.actions)) if content.actions else "",
        words.count("{number} open question", "{number} open questions", len(content.questions))
        if content.questions
        else "",
    ]
    there = [one for one in known if one]
    return words.say("In it: {what}.", what=words.all_of(there)) if there else ""


def sectored(entry: Entry, source: Source, sectors: Mapping[str, Sector], words: Words) -> Text:
    """The line, with the sector whose view it is before it."""
    line = line_of(entry, source, words)
    if not entry.sector:
        return line
    known = sectors.get(entry.sector)
    return (Bold(f"{entry.sector if known is None else known.name(words.language)}: "), *line)


def line_of(entry: Entry, source: Source, words: Words) -> Text:
    """A line with what it rests on: links that jump there."""
    pieces: list[Inline] = []
    if entry.owner:
        pieces += [Bold(readable(entry.owner, words)), Plain(": ")]
    pieces.append(Plain(readable(entry.text, words)))
    if entry.due is not None:
        pieces.append(Plain(f" ({words.date(entry.due)})"))
    if BY_AUTHOR in entry.sources:
        pieces.append(Italic(f" {words.say('(added by the author)')}"))
    urls = [source.links[one] for one in entry.sources if one in source.links][:_LINKS]
    for number, url in enumerate(urls, start=1):
        pieces += [Plain(" "), Link(f"[{number}]", url)]
    return tuple(pieces)
