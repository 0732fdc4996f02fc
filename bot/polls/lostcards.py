"""What whoever made a poll reads when its card could not be posted or is gone, with what to do about it."""

from bot.deliveries.domain import Delivery
from bot.deliveries.undelivered_cards import why_of
from bot.messages.elements import Accent, Button, Buttons, Card, Footnote, Heading, Paragraph, Weight
from bot.messages.text import Bold, Code, Text, plain
from bot.polls.actions import ClosePoll, PostAgain, SeePoll
from bot.polls.domain import Poll
from bot.words import Words


def not_posted_card(poll: Poll, card: Delivery, words: Words) -> Card:
    """It stands in none, or not in all, of the places where it should."""
    title = words.say("Your poll could not be posted")
    again = Button(words.say("Post it once more"), PostAgain(poll.id), Weight.MAIN)
    see = Button(words.say("How it stands"), SeePoll(poll.id))
    elsewhere = words.text(
        "Or choose another channel: type {list} there, look at the poll and press {button}.",
        list=Code(words.say("/poll list")),
        button=words.say("Ask here, too"),
    )
    several = [Paragraph(plain(words.say("It was meant for several channels; this is about one of them.")))]
    return Card(
        title,
        (
            Heading(title),
            Paragraph((Bold(poll.question),)),
            *(several if len(poll.places) > 1 else []),
            Paragraph(told_why(why_of(card.error), words)),
            Buttons((again, see)),
            Footnote(elsewhere),
        ),
        Accent.WARN,
    )


def gone_card(poll: Poll, words: Words) -> Card:
    """It stood there, and nobody can vote there any more."""
    title = words.say("The card of your poll is gone")
    told = words.say(
        "I can't reach it any more: it was deleted, its channel was archived, or I was taken out of it. Nobody can vote there"
        " now; the votes that you have are kept."
    )
    again = Button(words.say("Post it once more"), PostAgain(poll.id), Weight.MAIN)
    close = Button(words.say("Close the poll"), ClosePoll(poll.id))
    see = Button(words.say("How it stands"), SeePoll(poll.id))
    return Card(
        title,
        (Heading(title), Paragraph((Bold(poll.question),)), Paragraph(plain(told)), Buttons((again, see, close))),
        Accent.WARN,
    )


def told_why(why: str, words: Words) -> Text:
    """Why nothing could be posted in a place, and what helps."""
    match why:
        case "left":
            return words.text(
                "I am not in that channel, or it is gone. Invite me to it (in Slack: {invite}), then press the button.",
                invite=Code("/invite @Brobygger"),
            )
        case "archived":
            return plain(words.say("That channel is archived. Open it again and press the button."))
        case "not_permitted":
            return plain(
                words.say(
                    "I may not write there. Ask whoever manages the channel to let me see it and send messages in it, then press"
                    " the button."
                )
            )
        case "filtered":
            return plain(
                words.say("A filter there stopped it. Ask whoever manages the channel to let my messages through.")
            )
        case _:
            return plain(words.say("It did not work, and it is not about you. Try once more in a while."))
