"""What those who were at a camp get afterwards: three questions, and the notes of the day."""

from bot.announcements.text import elements_of
from bot.camps.domain import Camp
from bot.camps.handover.actions import SayHowItWas
from bot.messages.elements import Accent, Button, Buttons, Card, Footnote, Heading, Paragraph, Weight
from bot.messages.text import plain
from bot.words import Words


def question_card(camp: Camp, words: Words) -> Card:
    """Asks how the day was."""
    title = words.say("How was {camp}?", camp=camp.name)
    said = words.say("Three short questions; one minute. It helps to make the next camp better.")
    kept = words.say(
        "I keep that you answered, and apart from it what was answered. Nobody can see which answer is yours."
    )
    go = Button(words.say("Answer"), SayHowItWas(camp.id), Weight.MAIN)
    return Card(title, (Heading(title), Paragraph(plain(said)), Buttons((go,)), Footnote(plain(kept))), Accent.ASK)


def thanks_card(camp: Camp, words: Words) -> Card:
    """It is kept."""
    said = words.say("Thank you! Your answer about {camp} counts, without your name.", camp=camp.name)
    return Card(said, (Paragraph(plain(said)),), Accent.GOOD)


def notes_card(camp: Camp, notes: str, words: Words) -> Card:
    """The notes of the day."""
    title = words.say("Notes from {camp}", camp=camp.name)
    note = words.say("You find them again with {command}.", command=words.say("/camp notes"))
    return Card(title, (Heading(title), *elements_of(notes), Footnote(plain(note))))
