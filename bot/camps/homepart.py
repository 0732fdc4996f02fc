"""The next camp on a person's own page: when and where, how they stand there, and what they can answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.camps.actions import ShowCamp
from bot.camps.calendar_actions import AddToCalendar
from bot.camps.cards import answers, standing, when
from bot.camps.domain import Answer
from bot.camps.seeing import Seen
from bot.messages.elements import Button, Buttons, Element, Footnote, Heading, Paragraph, Weight
from bot.messages.text import Bold, Code, Plain, plain
from bot.words import Words


def camp_part(coming: Sequence[Seen], words: Words, now: datetime) -> Sequence[Element]:
    """The first of the camps to come; one that the reader has said no to only where there is no other."""
    if not coming:
        return ()
    seen = next((one for one in coming if one.mine.answer is not Answer.NO), coming[0])
    camp = seen.camp
    place = f", {camp.place}" if camp.place else ""
    # What stands out on this page is an introduction that waits.
    row = [replace(button, weight=Weight.PLAIN) for button in answers(seen, words)]
    if seen.mine.answer in {Answer.YES, Answer.MAYBE}:
        row.append(Button(words.say("Add to calendar"), AddToCalendar(camp.id)))
    row.append(Button(words.say("See the camp"), ShowCamp(camp.id)))
    elements: list[Element] = [
        Heading(words.say("The next camp")),
        Paragraph((Bold(camp.name), Plain(f" – {when(camp, words)}{place}"))),
        Paragraph(plain(standing(seen, words, now))),
        Buttons(tuple(row)),
    ]
    if len(coming) > 1:
        every = words.text("{command} shows all {number}.", command=Code(words.say("/camp list")), number=len(coming))
        elements.append(Footnote(every))
    return elements
