"""What an organiser sees after a camp: who came, how it was, the notes of the day, and all of it in figures."""

from collections.abc import Sequence
from typing import assert_never

from bot.camps.domain import Camp
from bot.camps.handover.actions import (
    AskHowItWas,
    PreviewDayNotes,
    PreviewQuestions,
    ShareDayNotes,
    ShowAfterCamp,
    ShowAnswers,
    ShowFigures,
    TakeFigures,
    TickWhoCame,
    WriteDayNotes,
)
from bot.camps.handover.domain import LEAST_ANSWERS, Figures, Rating, Result
from bot.camps.handover.membercards import notes_card, question_card
from bot.camps.handover.service import AfterCamp, Shared
from bot.camps.stations.actions import ShowStations
from bot.members.domain import Sector
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
    Paragraph,
    Table,
    Weight,
)
from bot.messages.text import Bold, plain
from bot.words import Words

_WORDS_SHOWN = 25


def due_card(camp: Camp, words: Words) -> Card:
    """The morning after."""
    title = words.say("Thank you for {camp}", camp=camp.name)
    said = words.say(
        "While you still remember it: tick who came, ask them how it was, and write down what the day came to."
    )
    go = Button(words.say("Round off the camp"), ShowAfterCamp(camp.id), Weight.MAIN)
    return Card(title, (Heading(title), Paragraph(plain(said)), Buttons((go,))), Accent.ASK)


def after_card(after: AfterCamp, words: Words, told: str = "") -> Card:
    """How far it is, and what comes next."""
    camp = after.camp
    title = words.say("After {camp}", camp=camp.name) if after.over else words.say("Today: {camp}", camp=camp.name)
    elements: list[Element] = [Heading(title)]
    if told:
        elements.append(Paragraph((Bold(told),)))
    fields = [Field(words.say("Who came"), plain(_came(after, words)))]
    if after.over:
        fields.append(Field(words.say("How it was"), plain(_asked(after, words))))
        fields.append(Field(words.say("Notes of the day"), plain(_notes(after, words))))
    elements += [Fields(tuple(fields)), Buttons(_steps(after, words))]
    return Card(title, tuple(elements), Accent.CALM)


def questions_preview(after: AfterCamp, words: Words) -> Card:
    """What those who were there would be asked; nothing has gone yet."""
    title = words.say("This is what people get")
    camp = after.camp
    counted = words.count(
        "It goes to {number} person who was there, once.",
        "It goes to {number} people who were there, once.",
        len(after.there),
    )
    if not after.ticked:
        counted += " " + words.say("Nobody has said yet who came, so these are all who had a seat.")
    looks = [element for element in question_card(camp, words).elements if not isinstance(element, Buttons)]
    ask = Button(words.say("Ask them"), AskHowItWas(camp.id), Weight.MAIN)
    back = Button(words.say("Back"), ShowAfterCamp(camp.id))
    buttons = (ask, back) if after.there else (back,)
    return Card(title, (Heading(title), *looks, Divider(), Paragraph(plain(counted)), Buttons(buttons)), Accent.ASK)


def answers_card(after: AfterCamp, words: Words) -> Card:
    """What was answered, once there are enough answers that nobody can tell whose they are."""
    camp, result = after.camp, after.result
    title = words.say("How people found {camp}", camp=camp.name)
    elements: list[Element] = [Heading(title), Paragraph(plain(_answered(result, words)))]
    if result.may_be_shown():
        rows = tuple((rating_name(one, words), words.number(result.ratings.get(one, 0))) for one in Rating)
        elements.append(Table((words.say("The day was"), words.say("Answers")), rows))
        elements.append(Paragraph(plain(_goes_on(result, words))))
        if result.words:
            elements.append(Paragraph((Bold(words.say("In their own words:")),)))
            elements.append(Bullets(tuple(plain(one) for one in result.words[:_WORDS_SHOWN])))
            more = len(result.words) - _WORDS_SHOWN
            if more > 0:
                elements.append(Footnote(plain(words.count("And {number} more.", "And {number} more.", more))))
    else:
        elements.append(Paragraph(plain(_too_few(words))))
    elements.append(Buttons((Button(words.say("Back"), ShowAfterCamp(camp.id)),)))
    return Card(title, tuple(elements))


def notes_preview(after: AfterCamp, words: Words) -> Card:
    """How the notes look to those who get them; nothing has gone yet."""
    camp, kept = after.camp, after.handover
    title = words.say("This is what people get")
    write = Button(words.say("Change the notes"), WriteDayNotes(camp.id, kept.revision))
    back = Button(words.say("Back"), ShowAfterCamp(camp.id))
    looks = notes_card(camp, kept.notes, words).elements
    counted = words.count(
        "It goes to {number} person who was there.", "It goes to {number} people who were there.", len(after.there)
    )
    if kept.shared_at is not None:
        counted = words.say("Who has the notes already sees them corrected where they stand.")
    share = Button(words.say("Share the notes"), ShareDayNotes(camp.id, kept.revision), Weight.MAIN)
    buttons = (share, write, back) if after.there else (write, back)
    return Card(title, (Heading(title), *looks, Divider(), Paragraph(plain(counted)), Buttons(buttons)), Accent.ASK)


def shared_told(done: Shared, words: Words) -> str:
    """``The notes are on their way to 44 people.``"""
    told = [
        words.count(
            "The notes are on their way to {number} person.", "The notes are on their way to {number} people.", done.new
        )
        if done.new
        else "",
        words.count("{number} copy is corrected.", "{number} copies are corrected.", done.corrected)
        if done.corrected
        else "",
    ]
    return " ".join(one for one in told if one) or words.say("Everybody has these notes already.")


def figures_card(camp: Camp, figures: Figures, sectors: Sequence[Sector], words: Words) -> Card:
    """The camp in figures, without names."""
    title = words.say("{camp} in figures", camp=camp.name)
    rows = tuple(figure_rows(figures, sectors, words))
    take = Button(words.say("As a file"), TakeFigures(camp.id))
    back = Button(words.say("Back"), ShowAfterCamp(camp.id))
    note = words.say("No names are in it, and no answer before there are {number}.", number=LEAST_ANSWERS)
    table = Table((words.say("What"), words.say("How many")), rows)
    return Card(title, (Heading(title), table, Footnote(plain(note)), Buttons((take, back))))


def figure_rows(figures: Figures, sectors: Sequence[Sector], words: Words) -> Sequence[tuple[str, str]]:
    """A line each: what is counted, and how many."""
    rows = [
        (words.say("Said yes"), figures.yes),
        (words.say("Said maybe"), figures.maybe),
        (words.say("Said no"), figures.no),
        (words.say("Did not answer"), figures.unanswered),
    ]
    if figures.came is not None:
        rows.append((words.say("Came"), figures.came))
        names = {sector.key: sector.name(words.language) for sector in sectors}
        rows += [(words.say("of them from {sector}", sector=names[key]), many) for key, many in figures.sectors.items()]
    if figures.guests:
        rows.append((words.say("Guests"), figures.guests))
    if figures.stations:
        rows += [
            (words.say("Stations"), figures.stations),
            (words.say("Pairs who worked together"), figures.pairs),
            (words.say("of them from two sectors"), figures.bridges),
            (words.say("of these for the first time"), figures.fresh),
        ]
    result = figures.result
    if result.asked:
        rows += [(words.say("Asked how it was"), result.asked), (words.say("Answered"), result.answered)]
    if result.may_be_shown():
        rows += [(rating_name(one, words), result.ratings.get(one, 0)) for one in Rating]
        rows.append((words.say("Met somebody to go on with"), result.goes_on))
    return [(label, words.number(many)) for label, many in rows]


def rating_name(rating: Rating, words: Words) -> str:
    """An answer in words."""
    match rating:
        case Rating.VERY_GOOD:
            return words.say("very good")
        case Rating.GOOD:
            return words.say("good")
        case Rating.SO_SO:
            return words.say("so-so")
        case Rating.NOT_GOOD:
            return words.say("not good")
        case _:
            assert_never(rating)


def _steps(after: AfterCamp, words: Words) -> tuple[Button, ...]:
    camp, kept = after.camp.id, after.handover
    tick = Button(words.say("Tick who came"), TickWhoCame(camp), Weight.PLAIN if after.ticked else Weight.MAIN)
    stations = (Button(words.say("Stations"), ShowStations(camp, 1)),) if after.stations else ()
    if not after.over:
        return (tick, *stations)
    buttons = [tick, Button(words.say("Ask how it was"), PreviewQuestions(camp))]
    if after.result.answered:
        buttons.append(Button(words.say("See the answers"), ShowAnswers(camp)))
    if kept.notes and kept.notes != kept.shared:
        buttons.append(Button(words.say("Look at the notes"), PreviewDayNotes(camp)))
    label = words.say("Change the notes") if kept.notes else words.say("Write the notes")
    buttons += [Button(label, WriteDayNotes(camp, kept.revision)), Button(words.say("Figures"), ShowFigures(camp))]
    return (*buttons, *stations)


def _came(after: AfterCamp, words: Words) -> str:
    there = len(after.there)
    if after.ticked:
        return words.count("{number} came", "{number} came", there)
    return words.count("not ticked yet; {number} had a seat", "not ticked yet; {number} had a seat", there)


def _asked(after: AfterCamp, words: Words) -> str:
    return _answered(after.result, words) if after.handover.asked_at is not None else words.say("not asked yet")


def _answered(result: Result, words: Words) -> str:
    return words.say("{answered} of {asked} have answered", answered=result.answered, asked=result.asked)


def _too_few(words: Words) -> str:
    return words.say(
        "You see the answers when there are {number}: before that one could tell whose they are.", number=LEAST_ANSWERS
    )


def _goes_on(result: Result, words: Words) -> str:
    return words.count(
        "{number} of them met somebody to go on with.", "{number} of them met somebody to go on with.", result.goes_on
    )


def _notes(after: AfterCamp, words: Words) -> str:
    kept = after.handover
    if not kept.notes:
        return words.say("not written yet")
    if kept.shared_at is None:
        return words.say("written, not shared yet")
    return words.say("shared") if kept.notes == kept.shared else words.say("changed since they were shared")
