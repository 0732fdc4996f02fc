"""The cards of an introduction: the offer in all its states, the room, and the question a week later.

The offer's card is one message that is edited; what it says when nothing came of it is the same whether somebody
declined, stayed silent, paused or left.
"""

from collections.abc import Sequence
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.introductions.actions import (
    AcceptIntro,
    DeclineIntro,
    DeclinePerson,
    HandMeeting,
    ReconsiderIntro,
    TellOutcome,
)
from bot.introductions.domain import Outcome
from bot.introductions.life import Standing
from bot.introductions.meeting import proposed_time
from bot.introductions.reaching import READ_ALONG
from bot.introductions.reasons import reasons_for
from bot.introductions.seeing import Naming, Seen
from bot.introductions.starters import starters_for
from bot.members.domain import Member
from bot.members.profile import on_card
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Divider,
    Element,
    Field,
    Fields,
    Footnote,
    Heading,
    LinkButton,
    Paragraph,
    Weight,
)
from bot.messages.text import Code, plain
from bot.words import Words


def offer_card(seen: Seen, words: Words) -> Card:
    """The reader's card of an introduction, as it stands now."""
    match seen.standing():
        case Standing.ASKED:
            return _asked(seen, words)
        case Standing.WAITING:
            return _waiting(seen, words)
        case Standing.NOT_NOW:
            return _not_now(seen, words)
        case Standing.NOT_THIS_PERSON:
            return _not_this_person(seen, words)
        case Standing.OPEN:
            return _open(seen, words)
        case Standing.OVER:
            return _over(words)
        case _ as never:
            assert_never(never)


def _all_said_yes(people: int, words: Words, *, read_along: bool) -> str:
    if read_along and people == 2:
        return words.say("You have both said yes to meeting each other.")
    if read_along:
        return words.say("You have all said yes to meeting each other.")
    if people == 2:  # both is what one says of two
        return words.say("You have both said yes to meeting each other. This room is yours alone.")
    return words.say("You have all said yes to meeting each other. This room is yours alone.")


def room_card(seen: Seen, words: Words, zone: ZoneInfo, apart: Sequence[Element] = ()) -> Card:
    """The first message in the room: who is here, why, how to begin, and a first meeting to take or leave. ``apart``: what
    is to be said of those whom the room could not hold."""
    names = [member.name for member in seen.others()]
    title = words.say("Good to see you here, {names}", names=words.all_of(names))
    read_along = seen.intro.room is not None and seen.intro.room.platform in READ_ALONG
    elements: list[Element] = [
        Heading(title),
        Paragraph(plain(_all_said_yes(len(names), words, read_along=read_along))),
    ]
    for member in seen.others():
        elements += [profile(member, member.name, seen.naming, words), Divider()]
    elements += [*apart, *why(seen, words)]
    elements += [
        Paragraph(plain(words.say("Three ways to begin:"))),
        Bullets(tuple(plain(line) for line in starters_for(seen, words))),
        calendar_words(seen, words, zone),
        Buttons((Button(words.say("Put it in my calendar"), HandMeeting(seen.intro.id), Weight.MAIN),)),
    ]
    if read_along:
        elements.append(
            Footnote(plain(words.say("Whoever may manage threads on this server can read along in this room.")))
        )
    return Card(title, tuple(elements), Accent.GOOD)


def calendar_words(seen: Seen, words: Words, zone: ZoneInfo) -> Paragraph:
    """A first meeting to take or leave."""
    return Paragraph(
        words.text(
            "How about half an hour? I suggest {when}; move it as you like.",
            when=words.moment(proposed_time(seen.intro, zone, seen.now)),
        )
    )


def did_you_meet_card(seen: Seen, words: Words) -> Card:
    """Asked once, a week after the opening."""
    title = words.say("Did you meet {names}?", names=_names(seen, words))
    intro = seen.intro.id
    return Card(
        title,
        (
            Heading(title),
            Paragraph(plain(words.say("One click is enough, and any answer is a good one."))),
            Buttons(
                (
                    Button(words.say("Yes, we met"), TellOutcome(intro, Outcome.MET), Weight.MAIN),
                    Button(words.say("We have a date"), TellOutcome(intro, Outcome.PLANNED)),
                    Button(words.say("Not yet - no hard feelings"), TellOutcome(intro, Outcome.NOT_MET)),
                )
            ),
            Footnote(plain(words.say("Nobody sees your answer; it is only counted. I won't ask again."))),
        ),
        Accent.ASK,
    )


def outcome_card(seen: Seen, words: Words) -> Card:
    """The friendly close. One who has not met yet can still say so later."""
    part = seen.part()
    names = _names(seen, words)
    outcome = part.outcome if part else Outcome.UNKNOWN
    if outcome is Outcome.MET:
        said = words.say("Lovely that you met {names}! The rest is yours.", names=names)
        return Card(said, (Paragraph(plain(said)),), Accent.GOOD)
    if outcome is Outcome.PLANNED:
        said = words.say("Have a good meeting with {names}!", names=names)
    elif seen.intro.room is None:
        said = words.say("That's quite all right. You know how to reach {names} if it fits later.", names=names)
    else:
        said = words.say("That's quite all right. The room with {names} stays open if it fits later.", names=names)
    button = Button(words.say("Now we have met"), TellOutcome(seen.intro.id, Outcome.MET))
    return Card(said, (Paragraph(plain(said)), Buttons((button,))))


def calendar_card(seen: Seen, words: Words, zone: ZoneInfo) -> Card:
    """Says what the calendar file is."""
    title = words.say("A first meeting for your calendar")
    said = words.text(
        "Half an hour, {when}. Open the file to add it; who adds it twice has it once.",
        when=words.moment(proposed_time(seen.intro, zone, seen.now)),
    )
    return Card(title, (Paragraph(said),))


def profile(member: Member, name: str, naming: Naming, words: Words) -> Fields:
    """Who somebody is: sector, organisation, what they look for and offer. What is empty is left out."""
    themes = words.in_order({naming.theme(theme, words) for theme in member.themes})
    entries = (
        (words.say("Who"), name),
        (words.say("Sector"), naming.sector(member.sector, words)),
        (words.say("Organisation"), member.organisation),
        (words.say("Looks for"), on_card(member.needs)),
        (words.say("Offers"), on_card(member.offers)),
        (words.say("Themes"), ", ".join(themes)),
    )
    return Fields(tuple(Field(label, plain(value)) for label, value in entries if value))


def _asked(seen: Seen, words: Words) -> Card:
    intro = seen.intro
    title = words.say("May I introduce you to {names}?", names=_names(seen, words))
    elements: list[Element] = [Heading(title)]
    elements += [profile(member, seen.called(member, words), seen.naming, words) for member in seen.others()]
    elements += why(seen, words)
    elements.append(
        Buttons(
            (
                Button(words.say("Yes, introduce us"), AcceptIntro(intro.id), Weight.MAIN),
                Button(words.say("Not now"), DeclineIntro(intro.id)),
                *_not_these(seen, words),
            )
        )
    )
    elements.append(_until(seen, words))
    elements.append(Footnote(plain(_who_sees(seen, words))))
    return Card(title, tuple(elements), Accent.ASK)


def _not_these(seen: Seen, words: Words) -> Sequence[Button]:
    others = seen.others()
    if len(others) == 1:
        return (Button(words.say("Not this person"), DeclinePerson(seen.intro.id, others[0].id)),)
    return [
        Button(
            words.say("Not {name}", name=_short(seen.called(member, words))), DeclinePerson(seen.intro.id, member.id)
        )
        for member in others
    ]


def _who_sees(seen: Seen, words: Words) -> str:
    if seen.names_shown and seen.spans_platforms():
        return words.say(
            "They see the same about you. You are on different platforms: if everybody says yes, you get each other's contact"
            " card. A no is never shown."
        )
    if seen.names_shown:
        return words.say("They see the same about you. Only a yes from everybody opens a room; a no is never shown.")
    return words.say(
        "They see the same about you, without your name. Names are told when everybody has said yes; a no is never shown."
    )


def _waiting(seen: Seen, words: Words) -> Card:
    title = words.say("You said yes to {names}", names=_names(seen, words))
    then = (
        words.say("If it becomes an introduction, I send you each other's contact card. You need not do anything.")
        if seen.spans_platforms()
        else words.say("If it becomes an introduction, a room opens for you. You need not do anything.")
    )
    return Card(
        title,
        (
            Heading(title),
            Paragraph(plain(then)),
            _until(seen, words),
            Buttons((Button(words.say("Not now after all"), DeclineIntro(seen.intro.id)),)),
        ),
    )


def _not_now(seen: Seen, words: Words) -> Card:
    title = words.say("Not now is fine")
    return Card(
        title,
        (
            Paragraph(
                plain(
                    words.say(
                        "Nobody gets to know that you passed on {names}. You can still change your mind.",
                        names=_names(seen, words),
                    )
                )
            ),
            _until(seen, words),
            Buttons((Button(words.say("Yes after all"), AcceptIntro(seen.intro.id)),)),
        ),
    )


def _not_this_person(seen: Seen, words: Words) -> Card:
    title = words.say("I won't suggest that again")
    return Card(
        title,
        (
            Paragraph(
                words.text(
                    "Nobody but you gets to know. You can undo it here or, later, with {command}.",
                    command=Code(words.say("/match status")),
                )
            ),
            Buttons((Button(words.say("Undo"), ReconsiderIntro(seen.intro.id)),)),
        ),
    )


def _open(seen: Seen, words: Words) -> Card:
    title = words.say("You are introduced: {names}", names=_names(seen, words))
    if seen.is_apart():
        said = words.say(
            "Everybody said yes. You are on different platforms, where no room can hold you all, so I send you each other's"
            " contact card."
        )
        return Card(title, (Heading(title), Paragraph(plain(said))), Accent.GOOD)
    if seen.intro.room is None:
        said = words.say("Everybody said yes. I am opening a room for you; you will find it among your conversations.")
        return Card(title, (Heading(title), Paragraph(plain(said))), Accent.GOOD)
    said = words.say("Everybody said yes. Your own room is there among your conversations, with a few ways to begin.")
    way = (Buttons((LinkButton(words.say("Open the room"), seen.room_link),)),) if seen.room_link else ()
    return Card(title, (Heading(title), Paragraph(plain(said)), *way), Accent.GOOD)


def _over(words: Words) -> Card:
    title = words.say("It did not become an introduction this time")
    said = words.say("That happens, and it says nothing about you. There will be others; you need not do anything.")
    return Card(title, (Paragraph(plain(f"{title}. {said}")),))


def why(seen: Seen, words: Words) -> Sequence[Element]:
    """The reasons, where there are any."""
    reasons = reasons_for(seen, words)
    return [Paragraph(plain(words.say("Why I thought of you:"))), Bullets(tuple(reasons))] if reasons else []


def _until(seen: Seen, words: Words) -> Footnote:
    if seen.intro.answer_until is None:
        return Footnote(plain(words.say("Answer when it suits you.")))
    return Footnote(words.text("You can answer until {when}.", when=words.moment(seen.intro.answer_until)))


def _names(seen: Seen, words: Words) -> str:
    """Everybody else's names; how they are called where somebody has left."""
    return words.all_of([seen.called(member, words) for member in seen.others()]) or words.say("somebody who has left")


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39]}…"
