"""What whoever asked reads when the card of their question could not be posted, or is gone, with what to do about it."""

from collections.abc import Sequence

from bot.deliveries.domain import Delivery
from bot.deliveries.undelivered_cards import why_of
from bot.messages.elements import Accent, Button, Buttons, Card, Footnote, Heading, Paragraph
from bot.messages.text import Bold, Code, Text, plain
from bot.words import Words


def lost_card(title: str, question: str, told: Sequence[Text], buttons: Sequence[Button], small: Text = ()) -> Card:
    """It does not stand where it should: which, why, and what one may do."""
    return Card(
        title,
        (
            Heading(title),
            Paragraph((Bold(question),)),
            *(Paragraph(one) for one in told),
            Buttons(tuple(buttons)),
            *([Footnote(small)] if small else []),
        ),
        Accent.WARN,
    )


def told_why(card: Delivery, words: Words) -> Text:
    """Why it could not be posted in its place, and what helps."""
    match why_of(card.error):
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
