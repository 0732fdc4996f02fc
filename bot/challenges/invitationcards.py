"""What somebody reads who is asked in private: by whom, about what, and why they."""

from bot.challenges.actions import AskMeNoMore, GiveAnswer, NotThisTime
from bot.challenges.cards import NOTICE, heading
from bot.challenges.domain import Challenge, Invitation
from bot.challenges.naming import person, why_asked
from bot.challenges.standing import Standing
from bot.identity import MemberId
from bot.messages.elements import Accent, Button, Buttons, Card, Element, Footnote, Paragraph, Quote, Weight
from bot.messages.text import Bold, Text, plain, shortened
from bot.words import Words


def invitation_card(shown: Standing, invitation: Invitation, words: Words) -> Card:
    """One message, no reminder; a no is one press, and nobody is told."""
    challenge = shown.challenge
    if shown.author is None:
        begin = words.say("May I ask what you see?")
    else:
        begin = words.say("{who} would like to know what you see.", who=person(shown, shown.author, words))
    elements: list[Element] = [Paragraph(plain(begin)), *heading(challenge)]
    if challenge.view:
        elements += [Paragraph((Bold(words.say("How we see it")),)), Quote(plain(challenge.view))]
    elements.append(Paragraph(plain(why_asked(shown, invitation, words))))
    buttons = (
        Button(words.say("Answer"), GiveAnswer(challenge.id), Weight.MAIN),
        Button(words.say("Not this time"), NotThisTime(challenge.id)),
        Button(words.say("Ask me no more"), AskMeNoMore()),
    )
    until: Text = ()
    if challenge.closes_at is not None:
        until = words.text("Open until {time}. ", time=words.moment(challenge.closes_at))
    promise = plain(
        words.say(
            "Two lines are plenty. You get no reminder, a no is told to nobody, and I ask again in two weeks at the earliest."
        )
    )
    return Card(
        shortened(challenge.question, NOTICE),
        (*elements, Buttons(buttons), Footnote((*until, *promise))),
        Accent.ASK,
    )


def settled_card(shown: Standing, reader: MemberId, words: Words) -> Card:
    """In the place of the invitation, once there is nothing to decide any more."""
    challenge = shown.challenge
    mine = shown.of(reader) is not None
    elements = heading(challenge)
    if not challenge.is_open():
        told = words.say("It is closed now. Thank you for your answer!") if mine else words.say("It is closed now.")
        return Card(shortened(challenge.question, NOTICE), (*elements, Paragraph(plain(told))))
    told = words.say("You have answered. Thank you!")
    change = Button(words.say("Change it"), GiveAnswer(challenge.id))
    return Card(
        shortened(challenge.question, NOTICE), (*elements, Paragraph(plain(told)), Buttons((change,))), Accent.GOOD
    )


def unused_card(challenge: Challenge, words: Words) -> Card:
    """To one who never said what is to be done with what looked like somebody in their answer."""
    told = words.say(
        "The challenge is closed. Something in your answer looked like a person, and you did not say whether it may stand: so it"
        " was not used, and it is deleted."
    )
    return Card(shortened(challenge.question, NOTICE), (*heading(challenge), Paragraph(plain(told))))


def declined_card(words: Words) -> Card:
    """To one who said no."""
    told = words.say("That is fine, and nobody is told. If something comes to you, the challenge stays open to you.")
    return Card(told, (Paragraph(plain(told)), Buttons((Button(words.say("Ask me no more"), AskMeNoMore()),))))
