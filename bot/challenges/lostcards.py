"""What whoever asked reads when the card could not be posted, with what to do about it."""

from bot.challenges.actions import CloseChallenge, CopyChallenge, PostChallengeAgain
from bot.challenges.domain import Challenge
from bot.deliveries.domain import Delivery
from bot.deliveries.undelivered_cards import why_of
from bot.messages.elements import Accent, Button, Buttons, Card, Heading, Paragraph, Weight
from bot.messages.text import Bold, plain
from bot.polls.lostcards import told_why
from bot.words import Words


def not_posted_card(challenge: Challenge, card: Delivery, words: Words) -> Card:
    """It does not stand where it should."""
    title = words.say("Your challenge could not be posted")
    again = Button(words.say("Post it once more"), PostChallengeAgain(challenge.id), Weight.MAIN)
    elsewhere = Button(words.say("Ask elsewhere"), CopyChallenge(challenge.id))
    kept = words.say("Nothing of it is lost.")
    return Card(
        title,
        (
            Heading(title),
            Paragraph((Bold(challenge.question),)),
            Paragraph((*told_why(why_of(card.error), words), *plain(f" {kept}"))),
            Buttons((again, elsewhere)),
        ),
        Accent.WARN,
    )


def gone_card(challenge: Challenge, words: Words) -> Card:
    """It stood there, and nobody can answer there any more."""
    title = words.say("The card of your challenge is gone")
    told = words.say(
        "I can't reach it any more: it was deleted, its channel was archived, or I was taken out of it. What was answered is"
        " kept."
    )
    again = Button(words.say("Post it once more"), PostChallengeAgain(challenge.id), Weight.MAIN)
    close = Button(words.say("Close the challenge"), CloseChallenge(challenge.id))
    return Card(
        title,
        (Heading(title), Paragraph((Bold(challenge.question),)), Paragraph(plain(told)), Buttons((again, close))),
        Accent.WARN,
    )
