"""What an organiser sees who chooses the channel for rooms."""

from bot.members.actions import OpenRoomsAnywhere, OpenRoomsHere
from bot.members.room_channel import RoomsNow
from bot.messages.elements import Accent, Button, Buttons, Card, Footnote, Heading, Paragraph, Weight
from bot.messages.text import plain
from bot.words import Words


def rooms_card(now: RoomsNow, words: Words) -> Card:
    """What it means when rooms open in this channel, with a button; nothing changes before it is pressed."""
    if now is RoomsNow.HERE:
        return rooms_here_card(words)
    title = words.say("Open rooms in this channel?")
    before = (
        words.say("At the moment they open in another channel that an organiser chose.")
        if now is RoomsNow.ELSEWHERE
        else words.say("At the moment I choose a channel by myself: one called brobygger, or the first that will do.")
    )
    return Card(
        title,
        (
            Heading(title),
            Paragraph(
                plain(
                    words.say(
                        "When two have said yes, their room opens as a private thread in this channel. Only the two and I are"
                        " in it; whoever manages threads in the server can open it, too."
                    )
                )
            ),
            Paragraph(
                plain(
                    words.say(
                        "Everybody who may be introduced has to see this channel and be allowed to write in its threads."
                    )
                )
            ),
            Footnote(plain(before)),
            Buttons((Button(words.say("Open rooms here"), OpenRoomsHere(), Weight.MAIN),)),
        ),
        Accent.ASK,
    )


def rooms_here_card(words: Words) -> Card:
    """They do."""
    title = words.say("Rooms open in this channel")
    return Card(
        title,
        (
            Heading(title),
            Paragraph(
                plain(
                    words.say(
                        "Each is a private thread for the people who were introduced. Rooms that are open already stay"
                        " where they are."
                    )
                )
            ),
            Buttons((Button(words.say("No longer here"), OpenRoomsAnywhere()),)),
        ),
    )


def rooms_anywhere_card(words: Words) -> Card:
    """Nobody's choice counts any more."""
    said = words.say(
        "I choose a channel for new rooms by myself now: one called brobygger, or the first that will do. Rooms that are open"
        " already stay where they are."
    )
    return Card(said, (Paragraph(plain(said)),))
