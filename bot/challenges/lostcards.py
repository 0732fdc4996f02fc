"""What whoever asked reads when the card could not be posted or is gone, with what to do about it."""

from bot.challenges.actions import CopyChallenge, PostChallengeAgain, SeeChallenge
from bot.challenges.domain import Challenge
from bot.challenges.hostcards import close_button
from bot.challenges.standing import Standing
from bot.deliveries.domain import Delivery
from bot.messages.elements import Button, Card, Weight
from bot.messages.text import plain
from bot.questions.lostcards import lost_card, told_why
from bot.words import Words


def not_posted_card(challenge: Challenge, card: Delivery, words: Words) -> Card:
    """It does not stand where it should."""
    kept = words.say("Nothing of it is lost.")
    elsewhere = Button(words.say("Ask elsewhere"), CopyChallenge(challenge.id))
    return lost_card(
        words.say("Your challenge could not be posted"),
        challenge.question,
        ((*told_why(card, words), *plain(f" {kept}")),),
        (_again(challenge, words), elsewhere),
    )


def gone_card(shown: Standing, words: Words) -> Card:
    """It stood there, and nobody can answer there any more."""
    told = words.say(
        "I can't reach it any more: it was deleted, its channel was archived, or I was taken out of it. What was answered is"
        " kept."
    )
    title = words.say("The card of your challenge is gone")
    buttons = (_again(shown.challenge, words), close_button(shown, words))
    return lost_card(title, shown.challenge.question, (plain(told),), buttons)


def left_card(challenge: Challenge, words: Words) -> Card:
    """Whoever asked has left, and somebody may take it up."""
    told = words.say(
        "Whoever asked has left, and the challenge stays open for those who answer. You can look after it now: close it when it"
        " is time, and make the case note. Otherwise it closes by itself after 90 days."
    )
    title = words.say("A challenge that nobody looks after")
    see = Button(words.say("How it stands"), SeeChallenge(challenge.id), Weight.MAIN)
    return lost_card(title, challenge.question, (plain(told),), (see,))


def _again(challenge: Challenge, words: Words) -> Button:
    return Button(words.say("Post it once more"), PostChallengeAgain(challenge.id), Weight.MAIN)
