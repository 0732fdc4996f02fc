"""Challenges on a person's own page: those to which they were asked, and their own."""

from collections.abc import Sequence

from bot.challenges.actions import GiveAnswer, NotThisTime, SeeChallenge
from bot.challenges.listing import Waits
from bot.messages.elements import Button, Buttons, Element, Heading, Paragraph
from bot.messages.text import Bold, Plain
from bot.words import Words

_SHOWN = 2


def challenges_part(waits: Waits, words: Words) -> Sequence[Element]:
    """The newest of them; nothing where none is open."""
    if not waits.asked and not waits.own:
        return ()
    elements: list[Element] = [Heading(words.say("Challenges"))]
    for one in waits.asked[:_SHOWN]:
        row = (
            Button(words.say("Answer"), GiveAnswer(one.id)),
            Button(words.say("Not this time"), NotThisTime(one.id)),
        )
        elements += [
            Paragraph((Bold(one.question), Plain(f" {words.say('You were asked what you see.')}"))),
            Buttons(row),
        ]
    for one, number in waits.own[:_SHOWN]:
        told = words.count("{number} has answered.", "{number} have answered.", number)
        see = Button(words.say("How it stands"), SeeChallenge(one.id))
        elements += [Paragraph((Bold(one.question), Plain(f" {told}"))), Buttons((see,))]
    return elements
