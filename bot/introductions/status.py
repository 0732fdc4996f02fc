"""What a member sees of their own introductions, and what a search answers."""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from bot.introductions.actions import AskForIntro, LiftBlock, LookFor, TellOutcome
from bot.introductions.answers import Mine
from bot.introductions.cards import offer_card, profile
from bot.introductions.domain import Outcome
from bot.introductions.finding import Found, Hit
from bot.introductions.life import Standing, opened_on
from bot.introductions.reasons import reasons_found
from bot.introductions.seeing import Seen
from bot.members.cards import standing as taking_part
from bot.members.cards import two_lines
from bot.members.domain import Consent, Member, WorkspaceOptions
from bot.messages.elements import (
    Bullets,
    Button,
    Buttons,
    Card,
    Divider,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Weight,
)
from bot.messages.text import Bold, Code, Plain, Text, plain
from bot.words import Words

_OPENED_SHOWN = 10
_BUTTONS = 5
_WAITING = frozenset({Standing.ASKED, Standing.WAITING, Standing.NOT_NOW, Standing.NOT_THIS_PERSON})


def waiting(mine: Mine) -> Sequence[Seen]:
    """The introductions that can still be answered: first those that wait for the member's own answer."""
    found = [seen for seen in mine.introductions if seen.standing() in _WAITING]
    return sorted(found, key=lambda seen: seen.standing() is not Standing.ASKED)


def status_card(mine: Mine, member: Member, options: WorkspaceOptions, words: Words, today: date) -> Card:
    """Where the member stands: what waits, what opened and how it went, whom they do not want to meet, how often."""
    title = words.say("Your introductions")
    elements: list[Element] = [Heading(title), Paragraph(plain(_pace(member, words, today)))]
    asked = [seen for seen in mine.introductions if seen.standing() is Standing.ASKED]
    opened = [seen for seen in mine.introductions if seen.standing() is Standing.OPEN][:_OPENED_SHOWN]
    if asked:
        elements.append(
            Paragraph(
                plain(
                    words.count(
                        "{number} introduction waits for your answer; it is below.",
                        "{number} introductions wait for your answer; they are below.",
                        len(asked),
                    )
                )
            )
        )
    elif not waiting(mine):
        elements.append(Paragraph(plain(words.say("Nothing waits for your answer."))))
    if opened:
        elements.append(Paragraph((Bold(words.say("Those you have been introduced to")),)))
        elements.append(Bullets(tuple(opened_line(seen, words) for seen in opened)))
        elements += met_buttons(opened, words)
    if mine.blocked:
        elements += _blocked(mine, options, words)
    elements += two_lines(member, words)
    elements.append(
        Footnote(
            words.text(
                "{find} looks for somebody now, {pause} gives you a break, {profile} changes how often.",
                find=Code(words.say('/match find "premises"')),
                pause=Code(words.say("/profile pause")),
                profile=Code(words.say("/profile")),
            )
        )
    )
    return Card(title, tuple(elements))


def found_card(found: Found, words: Words) -> Card:
    """The answer to a search: who, why, and a button to ask with."""
    if not found.hits:
        title = words.say("Nobody fits that just now")
        hint = words.text(
            "Try another word, or put it among your needs with {command}: then each round looks for it.",
            command=Code(words.say("/profile edit")),
        )
        again = Buttons((Button(words.say("Look for something else"), LookFor()),))
        return Card(title, (Heading(title), Paragraph(hint), again))
    title = words.say("These fit best just now")
    elements: list[Element] = [Heading(title)]
    for hit in found.hits:
        elements += [*_hit(hit, found, words), Divider()]
    if found.requests_left:
        said = words.say("Only the one you choose is asked, and only a yes opens a room.")
    else:
        said = words.say("You have asked for as many introductions as one week holds. Try again in some days.")
    elements.append(Footnote(plain(said)))
    return Card(title, tuple(elements))


def asked_card(seen: Seen, words: Words) -> Card:
    """The introduction was asked for; what happens next."""
    if seen.standing() is not Standing.WAITING:
        return offer_card(seen, words)
    title = words.say("I have asked")
    names = words.all_of([seen.called(member, words) for member in seen.others()])
    if seen.spans_platforms():
        said = words.say(
            "I have asked {names}. If it is a yes, you get each other's contact card, as you are on different platforms. If"
            " you hear nothing, it did not fit just now.",
            names=names,
        )
    else:
        said = words.say(
            "I have asked {names}. If it is a yes, a room opens for you both. If you hear nothing, it did not fit just now.",
            names=names,
        )
    return Card(title, (Heading(title), Paragraph(plain(said))))


def unblocked_card(words: Words) -> Card:
    """A block was lifted."""
    said = words.say("That person may be suggested to you again. Nobody else knows that they were not.")
    return Card(said, (Paragraph(plain(said)),))


def _pace(member: Member, words: Words, today: date) -> str:
    said = taking_part(member, words, today)
    if member.consent is not Consent.YES or member.intros_per_round < 1:
        return said
    often = words.count(
        "You get at most {number} introduction a round.",
        "You get at most {number} introductions a round.",
        member.intros_per_round,
    )
    return f"{said} {often}"


def opened_line(seen: Seen, words: Words) -> Text:
    """With whom, since when, and how it went so far."""
    names = words.all_of([member.name for member in seen.others()]) or words.say("somebody who has left")
    day = words.date(opened_on(seen.intro, words.zone), "medium")
    part = seen.part()
    return (Bold(names), Plain(f" – {day} – {_how(part.outcome if part else Outcome.UNKNOWN, words)}"))


def _how(outcome: Outcome, words: Words) -> str:
    match outcome:
        case Outcome.MET:
            return words.say("you met")
        case Outcome.PLANNED:
            return words.say("you have a date")
        case Outcome.NOT_MET:
            return words.say("not met yet")
        case Outcome.UNKNOWN:
            return words.say("introduced")
        case _:
            assert_never(outcome)


def met_buttons(opened: Sequence[Seen], words: Words) -> Sequence[Element]:
    """A row to say that you met, for those where you have not said so."""
    buttons: list[Button] = []
    for seen in opened:
        part = seen.part()
        if part is not None and part.outcome is not Outcome.MET and seen.others():
            name = _short(words.all_of([member.name for member in seen.others()]))
            buttons.append(Button(words.say("Met {name}", name=name), TellOutcome(seen.intro.id, Outcome.MET)))
    return [Buttons(tuple(buttons[:_BUTTONS]))] if buttons else []


def _blocked(mine: Mine, options: WorkspaceOptions, words: Words) -> Sequence[Element]:
    known = {member.id for seen in mine.introductions if seen.standing() is Standing.OPEN for member in seen.others()}
    buttons: list[Button] = []
    for member in mine.blocked[:_BUTTONS]:
        name = member.name
        if not options.names_before_yes and member.id not in known:
            name = words.say("the person from {organisation}", organisation=member.organisation)
        buttons.append(Button(words.say("Suggest {name} again", name=_short(name)), LiftBlock(member.id)))
    said = words.say("Whom I don't suggest to you, because you said so (only you see this):")
    return [Paragraph(plain(said)), Buttons(tuple(buttons))]


def _hit(hit: Hit, found: Found, words: Words) -> Sequence[Element]:
    name = hit.member.name
    if not found.names_shown:
        name = words.say("the person from {organisation}", organisation=hit.member.organisation)
    elements: list[Element] = [profile(hit.member, name, found.naming, words)]
    reasons = reasons_found(hit, found, name, words)
    if reasons:
        elements.append(Bullets(tuple(reasons)))
    if found.requests_left:
        action = AskForIntro(hit.member.id, hit.offer, hit.theme)
        elements.append(Buttons((Button(words.say("Ask for an introduction"), action, Weight.PLAIN),)))
    return elements


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39]}…"
