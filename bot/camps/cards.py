"""What members see of a camp: the invitation, which is also where they always find how they stand, and the programme."""

from collections.abc import Sequence
from datetime import datetime, time

from bot.camps.actions import AnswerCamp, BringGuests, OpenCamp, OrganiseCamp, PlanCamp, ShowCamp, ShowProgramme
from bot.camps.calendar_actions import AddToCalendar
from bot.camps.domain import Answer, Camp, CampState, Item
from bot.camps.reading import theme_name
from bot.camps.seeing import Seen
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Element,
    Field,
    Fields,
    Footnote,
    Heading,
    Paragraph,
    Quote,
    Select,
    Weight,
)
from bot.messages.text import Bold, Code, Inline, Italic, Plain, Text, plain
from bot.words import Words

_LINES = 20
_LISTED = 25


def camp_card(seen: Seen, words: Words, now: datetime, *, title: str = "", organises: bool = False) -> Card:
    """A camp, how it stands for the one who reads, and what they can answer."""
    camp = seen.camp
    head = title or camp.name
    elements: list[Element] = [Heading(head), *facts(seen, words)]
    if camp.challenge and is_to_come(camp):
        elements.append(Quote(plain(camp.challenge)))
    if is_to_come(camp):
        elements += agenda(camp, words, _LINES)
        elements += _cases(camp, words)
    elements.append(Paragraph((Bold(standing(seen, words, now)),)))
    elements += _more(seen, words, now)
    elements += buttons(seen, words, now, organises=organises)
    return Card(f"{head} · {when(camp, words)}", tuple(elements), _accent(seen, now))


def facts(seen: Seen, words: Words, *, seats: bool = True) -> Sequence[Element]:
    """When, where, with whom and on what, and how many seats are taken."""
    camp, tally = seen.camp, seen.tally
    fields = [Field(words.say("When"), plain(when(camp, words)))]
    if camp.check_in is not None:
        fields.append(Field(words.say("Check-in"), plain(words.clock(camp.check_in))))
    theme = theme_name(camp.theme, seen.themes, words.language)
    known = ((words.say("Where"), camp.place), (words.say("Host"), camp.host), (words.say("Theme"), theme))
    fields += [Field(label, plain(value)) for label, value in known if value]
    if seats and is_to_come(camp) and tally.seats is not None:
        fields.append(
            Field(
                words.say("Seats"),
                plain(
                    words.say(
                        "{taken} of {seats} are taken",
                        taken=words.number(tally.coming),
                        seats=words.number(tally.seats),
                    )
                ),
            )
        )
    return (Fields(tuple(fields)),)


def agenda(camp: Camp, words: Words, most: int | None = None) -> Sequence[Element]:
    """The programme, a line an item; the first ones where there are too many for a card."""
    if not camp.programme:
        return ()
    shown = camp.programme if most is None else camp.programme[:most]
    elements: list[Element] = [Heading(words.say("Programme")), Bullets(tuple(_item(one, words) for one in shown))]
    if len(shown) < len(camp.programme):
        left = len(camp.programme) - len(shown)
        elements.append(Footnote(plain(words.count("And {number} more.", "And {number} more.", left))))
    return elements


def programme_card(seen: Seen, words: Words) -> Card:
    """The whole programme."""
    camp = seen.camp
    title = words.say("Programme of {camp}", camp=camp.name)
    lines = agenda(camp, words)[1:] or (Paragraph(plain(words.say("The programme is not there yet."))),)
    back = Button(words.say("Back to the camp"), ShowCamp(camp.id))
    return Card(title, (Heading(title), Paragraph(plain(when(camp, words))), *lines, Buttons((back,))))


def list_card(coming: Sequence[Seen], words: Words, *, organises: bool = False) -> Card:
    """The camps to come, each with how the reader stands."""
    title = words.say("Camps to come")
    plan = (Buttons((Button(words.say("Plan a camp"), PlanCamp(), Weight.MAIN),)),) if organises else ()
    if not coming:
        said = words.say("No camp is planned just now. You hear of the next one as soon as there is one.")
        return Card(title, (Heading(title), Paragraph(plain(said)), *plan))
    shown = coming[:_LISTED]
    lines = tuple((Bold(one.camp.name), Plain(f" – {when(one.camp, words)}. {_short(one, words)}")) for one in shown)
    choices = tuple(Choice(str(one.camp.id), one.camp.name) for one in shown)
    look = Select(words.say("Look at a camp"), OpenCamp(), choices)
    return Card(title, (Heading(title), Bullets(lines), look, *plan))


def none_card(words: Words, *, organises: bool = False) -> Card:
    """No camp is planned."""
    return list_card((), words, organises=organises)


def when(camp: Camp, words: Words) -> str:
    """``torsdag den 22. marts 2018 kl. 09.00–16.00``, as the clocks at its place show it."""
    return words.say("{day}, {hours}", day=words.date(camp.day, "full"), hours=hours(camp.begins, camp.ends, words))


def hours(begins: time, ends: time, words: Words) -> str:
    """``09.00–16.00``, and whether that goes on over midnight."""
    told = f"{words.clock(begins)}–{words.clock(ends)}"
    return words.say("{hours} (the next day)", hours=told) if ends < begins else told


def is_to_come(camp: Camp) -> bool:
    """Whether it is to take place."""
    return camp.state is CampState.PLANNED


def standing(seen: Seen, words: Words, now: datetime) -> str:
    """How it stands for the one who reads, in a sentence."""
    camp, mine = seen.camp, seen.mine
    if camp.state is CampState.CANCELLED:
        return words.say("This camp was cancelled.")
    if not camp.is_open(now):
        return words.say("This camp is over.")
    match mine.answer:
        case Answer.YES if mine.waits():
            return words.say("You are number {place} on the waiting list.", place=seen.place)
        case Answer.YES if mine.guests:
            return words.count(
                "You have a seat, and so has your guest.",
                "You have a seat, and so have your {number} guests.",
                mine.guests,
            )
        case Answer.YES:
            return words.say("You have a seat. See you there!")
        case Answer.MAYBE:
            return words.say("You said maybe. Tell me when you know.")
        case Answer.NO:
            return words.say("You are not coming. You can still change your mind.")
        case _:
            return words.say("Are you coming?")


def buttons(seen: Seen, words: Words, now: datetime, *, organises: bool = False) -> Sequence[Element]:
    """What the reader can do; their own answer needs no button."""
    camp, mine = seen.camp, seen.mine
    row: list[Button] = []
    if camp.is_open(now):
        if mine.answer is Answer.YES:
            row.append(
                Button(words.say("My guests") if mine.guests else words.say("Bring guests"), BringGuests(camp.id))
            )
        row += answers(seen, words)
        if mine.answer in {Answer.YES, Answer.MAYBE}:
            row.append(Button(words.say("Add to calendar"), AddToCalendar(camp.id)))
    if len(camp.programme) > _LINES:
        row.append(Button(words.say("The whole programme"), ShowProgramme(camp.id)))
    if organises:
        row.append(Button(words.say("Organise"), OrganiseCamp(camp.id)))
    return (Buttons(tuple(row)),) if row else ()


def answers(seen: Seen, words: Words) -> Sequence[Button]:
    """The answers that the reader has not given."""
    mine = seen.mine.answer
    asked = mine is Answer.NONE
    labels = (
        (Answer.YES, words.say("Yes, I'm coming") if asked else words.say("I'm coming")),
        (Answer.MAYBE, words.say("Maybe")),
        (Answer.NO, words.say("No") if asked else words.say("I can't come")),
    )
    return [
        Button(label, AnswerCamp(seen.camp.id, answer), Weight.MAIN if answer is Answer.YES else Weight.PLAIN)
        for answer, label in labels
        if answer is not mine
    ]


def _more(seen: Seen, words: Words, now: datetime) -> Sequence[Element]:
    """What the one sentence leaves open."""
    camp, mine = seen.camp, seen.mine
    if camp.state is CampState.CANCELLED:
        return (Quote(plain(camp.reason)),) if camp.reason else ()
    if not camp.is_open(now):
        return ()
    if mine.waits():
        return (Paragraph(plain(words.say("I write to you as soon as there is a seat for you."))),)
    if mine.answer is not Answer.YES and seen.tally.is_full():
        return (Paragraph(plain(words.say("All seats are taken. With a yes you go on the waiting list."))),)
    if mine.answer is Answer.NONE:
        change = words.text("You can change your mind any time: {command}.", command=Code(words.say("/camp signup")))
        return (Footnote(change),)
    return ()


def _accent(seen: Seen, now: datetime) -> Accent:
    if not seen.is_open(now):
        return Accent.CALM
    if seen.mine.answer in {Answer.NONE, Answer.MAYBE}:
        return Accent.ASK
    return Accent.GOOD if seen.mine.comes() else Accent.CALM


def _short(seen: Seen, words: Words) -> str:
    mine = seen.mine
    if mine.waits():
        return words.say("You are on the waiting list.")
    match mine.answer:
        case Answer.YES:
            return words.say("You have a seat.")
        case Answer.MAYBE:
            return words.say("You said maybe.")
        case Answer.NO:
            return words.say("You are not coming.")
        case _:
            return words.say("You have not answered yet.")


def _cases(camp: Camp, words: Words) -> Sequence[Element]:
    if not camp.cases:
        return ()
    return (Heading(words.say("Cases")), Bullets(tuple(plain(case) for case in camp.cases)))


def _item(item: Item, words: Words) -> Text:
    pieces: list[Inline] = []
    if item.at is not None:
        clock = words.clock(item.at) if item.until is None else hours(item.at, item.until, words)
        pieces += [Bold(clock), Plain(" ")]
    pieces.append(Plain(item.title))
    if item.speaker:
        pieces += [Plain(" · "), Italic(item.speaker)]
    return tuple(pieces)
