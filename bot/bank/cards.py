"""What members see of the knowledge bank: hits with the sentence that fits, a whole note, and the members who offer it."""

from collections.abc import Sequence
from typing import assert_never

from bot.bank.actions import (
    AskBehind,
    HandEntry,
    HandFound,
    KeepTrial,
    LookInBank,
    MoreFound,
    ReadEntry,
    RemoveTrial,
    TakeTrialBack,
    TellTrial,
)
from bot.bank.opening import Opened
from bot.bank.repository import Entry, Trial
from bot.bank.service import Found, Hit
from bot.bank.telling import readable, sections, trial_line
from bot.bank.trying import Looked, may_remove
from bot.identity import MemberId
from bot.introductions.actions import AskForIntro
from bot.introductions.finding import Found as Offers
from bot.introductions.finding import Hit as Offer
from bot.introductions.reasons import reasons_found
from bot.members.domain import Member
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Confirm,
    Divider,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Quote,
    Weight,
)
from bot.messages.text import Bold, Code, Italic, Plain, Text, plain, shortened
from bot.notes.domain import Audience
from bot.notes.rules import term
from bot.words import Words

_HEADING, _SENTENCE, _LABEL = 150, 280, 40
_OFFERS, _TRIALS = 3, 5
_EVERY_TRIAL = 20


def found_card(found: Found, offers: Offers | None, words: Words) -> Card:
    """A page of hits, and on the first one the members who offer what was looked for."""
    if not found.hits and (offers is None or not offers.hits):
        return _nothing(found, words)
    title = _title(found, words)
    elements: list[Element] = [Heading(shortened(title, _HEADING))]
    elements += [Footnote(plain(_corrected(found, words)))] if found.corrected else []
    for hit in found.hits:
        elements += [*_hit(hit, words), Divider()]
    elements += _pages(found, words)
    if offers is not None and offers.hits:
        elements.append(Heading(words.say("Members who offer it")))
        for offer in offers.hits[:_OFFERS]:
            elements += _offer(offer, offers, words)
    return Card(title, tuple(elements))


def entry_card(opened: Opened, by: Member, words: Words, told: str = "") -> Card:
    """One note: what came of it first, then all that it says."""
    entry = opened.entry
    title = readable(entry.content.title, words)
    elements: list[Element] = [Heading(shortened(title, _HEADING))]
    if told:
        elements.append(Paragraph(plain(told)))
    elements.append(Footnote(plain(_about(entry, words))))
    if opened.trials:
        lines = tuple(_tried(one, words) for one in opened.trials[:_EVERY_TRIAL])
        elements += [Paragraph((Bold(words.say("Who has tried it")),)), Bullets(lines)]
        elements += _removing(opened, by, words)
    for section in sections(entry, opened.sectors, words):
        elements += [Paragraph((Bold(section.heading),)), Bullets(tuple(plain(line) for line in section.lines))]
    elements += _buttons(opened, by.id, words)
    elements.append(
        Footnote(plain(words.say("Names and numbers were left out of this note for good before it was published.")))
    )
    return Card(title, tuple(elements))


def trial_card(looked: Looked, words: Words) -> Card:
    """Exactly what will stand with the note, and who will see it; nothing is kept yet."""
    title = words.say("This is how others will see it")
    entry, trial = looked.entry, looked.trial
    note = shortened(readable(entry.content.title, words), _HEADING)
    elements: list[Element] = [Heading(title), Paragraph((Bold(note),)), Bullets((_tried(trial, words),)), Divider()]
    elements.append(Paragraph(plain(" ".join(_seeing(looked, words)))))
    if looked.masked:
        elements.append(Footnote(plain(words.say("Names were left out of your sentence, as you see above."))))
    row = (
        Button(words.say("Let it stand like this"), KeepTrial(entry.note, looked.number), Weight.MAIN),
        Button(words.say("Change it"), TellTrial(entry.note)),
    )
    return Card(title, (*elements, Buttons(row)), Accent.ASK)


def _seeing(looked: Looked, words: Words) -> Sequence[str]:
    """Who sees it, and when, honestly."""
    named = words.say("Your name does not stand there; only a member who asks to be introduced to you learns it.")
    match looked.entry.audience:
        case Audience.US:
            return [words.say("Those who took part in the conversation see it at once."), named]
        case Audience.ACADEMY:
            wider = words.say("Should the note become public later, so does this.")
            return [words.say("All members of the academy see it at once."), wider, named]
        case Audience.PUBLIC:
            pass
        case _:
            assert_never(looked.entry.audience)
    if not looked.trial.text:
        return [words.say("Everybody on the public pages sees it at once."), named]
    return [
        words.say("All members of the academy see it at once."),
        words.say(
            "Everybody on the public pages sees the place and how it went at once, and your sentence after {time}.",
            time=term(looked.hours, words),
        ),
        words.say("You, the note's author and the organisers can take it away at any time."),
        named,
    ]


def _removing(opened: Opened, by: Member, words: Words) -> Sequence[Element]:
    """For whoever may take away what others said: a button for each, the first ones."""
    others = [one for one in opened.trials if one.member != by.id]
    if not others or not may_remove(opened.entry, by):
        return ()
    sure = Confirm(
        words.say("Take it away?"),
        words.say("What was said there of trying it is gone for everybody."),
        words.say("Take it away"),
        words.say("Keep it"),
    )
    row = [
        Button(
            words.say("Take away: {place}", place=shortened(one.place, _LABEL)),
            RemoveTrial(opened.entry.note, one.member),
            Weight.DANGER,
            sure,
        )
        for one in others[:_TRIALS]
    ]
    return [Buttons(tuple(row))]


def file_card(words: Words) -> Card:
    """Stands above a file that was asked for."""
    said = words.say("Here is the file. What it holds is masked as the notes are.")
    return Card(said, (Paragraph(plain(said)),))


def _nothing(found: Found, words: Words) -> Card:
    title = words.say("The knowledge bank has nothing on that yet")
    hint = words.text(
        "Try fewer or other words; Danish and English both do. {command} looks for somebody who may know.",
        command=Code(words.say('/match find "premises"')),
    )
    del found
    again = Buttons((Button(words.say("Look for something else"), LookInBank()),))
    return Card(title, (Heading(title), Paragraph(hint), again))


def _title(found: Found, words: Words) -> str:
    if not found.hits:
        return words.say("No note on that yet, but somebody who offers it")
    if found.question.words.strip():
        asked = shortened(" ".join(found.question.words.split()), _LABEL)
        return words.say("In the knowledge bank: {asked}", asked=asked)
    return words.say("In the knowledge bank")


def _corrected(found: Found, words: Words) -> str:
    wrong = words.all_of([f"“{word}”" for word in found.corrected])
    return words.say("No note has {words}, so these are the ones with words like it.", words=wrong)


def _hit(hit: Hit, words: Words) -> Sequence[Element]:
    title = readable(hit.entry.content.title, words)
    elements: list[Element] = [Paragraph((Bold(shortened(title, _HEADING)), Plain(f" – {_about(hit.entry, words)}")))]
    if hit.trials:
        elements.append(Bullets(tuple(_tried(one, words) for one in hit.trials[:_TRIALS])))
    sentence = shortened(readable(hit.sentence, words), _SENTENCE)
    if sentence:
        elements.append(Quote(plain(sentence)))
    if hit.meant:
        elements.append(Footnote(plain(words.say("Other words, but it may mean the same."))))
    elements.append(Buttons((Button(words.say("Read"), ReadEntry(hit.entry.note)),)))
    return elements


def _tried(trial: Trial, words: Words) -> Text:
    return plain(trial_line(trial, words))


def _about(entry: Entry, words: Words) -> str:
    seen = {
        Audience.US: words.say("for those who took part"),
        Audience.ACADEMY: words.say("in the academy"),
        Audience.PUBLIC: words.say("public"),
    }[entry.audience]
    day = words.date(entry.published_at.astimezone(words.zone).date(), "medium")
    return " · ".join(part for part in (readable(entry.place, words), day, seen) if part)


def _pages(found: Found, words: Words) -> Sequence[Element]:
    buttons: list[Button] = []
    if found.page > 0:
        buttons.append(Button(words.say("Back"), MoreFound(found.number, found.page - 1)))
    if found.page + 1 < found.pages():
        buttons.append(Button(words.say("More"), MoreFound(found.number, found.page + 1)))
    if found.hits:
        buttons.append(Button(words.say("As a document"), HandFound(found.number, "markdown")))
        buttons.append(Button(words.say("As a spreadsheet"), HandFound(found.number, "csv")))
    told = words.say("Page {page} of {pages}", page=words.number(found.page + 1), pages=words.number(found.pages()))
    count = words.count("{number} note", "{number} notes", found.every)
    return [Buttons(tuple(buttons)), Footnote(plain(f"{count} · {told}"))] if buttons else []


def _buttons(opened: Opened, by: MemberId, words: Words) -> Sequence[Element]:
    entry = opened.entry
    mine = next((one for one in opened.trials if one.member == by), None)
    rows: list[Button] = [
        Button(words.say("Change what we said") if mine else words.say("We tried it"), TellTrial(entry.note))
    ]
    if mine:
        sure = Confirm(
            words.say("Take it back?"),
            words.say("What you said of trying it is removed."),
            words.say("Take it back"),
            words.say("Keep it"),
        )
        rows.append(Button(words.say("Take back what we said"), TakeTrialBack(entry.note), Weight.PLAIN, sure))
    if entry.author != by:
        rows.append(Button(words.say("Ask whoever wrote it"), AskBehind(entry.note, entry.author)))
    others = [one for one in opened.trials if one.member not in {by, entry.author}]
    for one in others[:2]:
        label = words.say("Ask those in {place}", place=shortened(one.place, _LABEL))
        rows.append(Button(label, AskBehind(entry.note, one.member)))
    rows.append(Button(words.say("As a document"), HandEntry(entry.note)))
    return [Buttons(tuple(rows))]


def _offer(offer: Offer, offers: Offers, words: Words) -> Sequence[Element]:
    name = offer.member.name
    if not offers.names_shown:
        name = words.say("the person from {organisation}", organisation=offer.member.organisation)
    elements: list[Element] = [
        Paragraph((Bold(name), Plain(" – "), Italic(offer.member.organisation))),
        Bullets(tuple(reasons_found(offer, offers, name, words))),
    ]
    if offers.requests_left:
        action = AskForIntro(offer.member.id, offer.offer, offer.theme)
        elements.append(Buttons((Button(words.say("Ask for an introduction"), action),)))
    return elements
