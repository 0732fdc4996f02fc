"""What whoever made a poll reads when its card could not be posted or is gone, with what to do about it."""

from bot.deliveries.domain import Delivery
from bot.messages.elements import Button, Card, Weight
from bot.messages.text import Code, plain
from bot.polls.actions import PostAgain, SeePoll
from bot.polls.domain import Poll, PollState
from bot.polls.hostcards import close_button
from bot.questions.lostcards import lost_card, told_why
from bot.words import Words


def not_posted_card(poll: Poll, card: Delivery, words: Words) -> Card:
    """It stands in none, or not in all, of the places where it should."""
    several = [plain(words.say("It was meant for several channels; this is about one of them."))]
    elsewhere = words.text(
        "Or choose another channel: type {list} there, look at the poll and press {button}.",
        list=Code(words.say("/poll list")),
        button=words.say("Ask here, too"),
    )
    return lost_card(
        words.say("Your poll could not be posted"),
        poll.question,
        (*(several if len(poll.places) > 1 else []), told_why(card, words)),
        (_again(poll, words), _see(poll, words)),
        elsewhere,
    )


def gone_card(poll: Poll, words: Words) -> Card:
    """It stood there, and nobody can vote there any more."""
    told = words.say(
        "I can't reach it any more: it was deleted, its channel was archived, or I was taken out of it. Nobody can vote there"
        " now; the votes that you have are kept."
    )
    title = words.say("The card of your poll is gone")
    return lost_card(
        title, poll.question, (plain(told),), (_again(poll, words), _see(poll, words), close_button(poll, words))
    )


def left_card(poll: Poll, words: Words) -> Card:
    """Whoever made it has left, and somebody may take it up."""
    if poll.state is PollState.PATTERN:
        told = words.say("Whoever made it has left, and it goes on by itself. You can look after it now, or stop it.")
    else:
        told = words.say(
            "Whoever made it has left, and it stays open for those who vote. You can look after it now, and close it when it is"
            " time."
        )
    return lost_card(words.say("A poll that nobody looks after"), poll.question, (plain(told),), (_see(poll, words),))


def _again(poll: Poll, words: Words) -> Button:
    return Button(words.say("Post it once more"), PostAgain(poll.id), Weight.MAIN)


def _see(poll: Poll, words: Words) -> Button:
    return Button(words.say("How it stands"), SeePoll(poll.id))
