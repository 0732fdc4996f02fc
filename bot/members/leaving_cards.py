"""What a member sees of their data: the file that holds it, the question before it goes, and the goodbye."""

from bot.members.actions import EraseProfile, ExportProfile
from bot.members.domain import Member
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Confirm,
    Footnote,
    Heading,
    Paragraph,
    Weight,
)
from bot.messages.text import Code, plain
from bot.words import Words


def _written(member: Member, words: Words) -> str:
    """On a platform, what was said belongs to the platform; only the local workspace is ours to empty."""
    if all(account.platform == "web" for account in member.accounts):
        return words.say("What you wrote here in the local workspace, and messages still on their way to you.")
    return words.say("Messages still on their way to you. What stands in your conversations is kept where it was said.")


def erase_card(member: Member, words: Words) -> Card:
    """What will be gone, what stays, and the one button."""
    title = words.say("Shall I forget you?")
    gone = (
        words.say("Your profile, your accounts, your answers to invitations and whom you don't want to meet."),
        words.say(
            "What you answered to challenges, your votes in polls that are open, and what you said of trying notes."
        ),
        words.say("Your drafts of case notes, challenges and polls, and published notes that only you could see."),
        _written(member, words),
        words.say("Introductions that wait for an answer end, without a word about why."),
    )
    stays = (
        words.say("That somebody from a sector was in a round, and the numbers of polls that are closed."),
        words.say("Case notes that others can see, with names masked, also those that rest on what you said."),
        words.say("Challenges and polls that you have asked and that others answer; organisers look after them."),
    )
    return Card(
        title,
        (
            Heading(title),
            Paragraph(plain(words.say("This is gone for good:"))),
            Bullets(tuple(plain(line) for line in gone)),
            Paragraph(plain(words.say("This stays, under nobody's name:"))),
            Bullets(tuple(plain(line) for line in stays)),
            Buttons(
                (
                    Button(
                        words.say("Forget me"),
                        EraseProfile(member.id),
                        Weight.DANGER,
                        Confirm(
                            words.say("Forget you for good?"),
                            words.say("This cannot be undone."),
                            words.say("Forget me"),
                            words.say("Keep me"),
                        ),
                    ),
                    Button(words.say("Hand me my data first"), ExportProfile()),
                )
            ),
            Footnote(
                words.text("Only want a break? {pause} is enough for that.", pause=Code(words.say("/profile pause")))
            ),
        ),
        Accent.WARN,
    )


def forgotten_card(words: Words) -> Card:
    """The goodbye; the same words when the button is pressed again."""
    said = words.say("It's done: I have forgotten you. Thank you for the time you gave.")
    again = words.text("Should you ever want to come back: {command}.", command=Code(words.say("/profile")))
    return Card(said, (Paragraph(plain(said)), Footnote(again)))


def export_card(words: Words) -> Card:
    """Above the file."""
    said = words.say("Here is everything that I have stored about you.")
    note = words.say("The file is JSON: any text editor opens it. Of other members it holds only what you have seen.")
    return Card(said, (Paragraph(plain(said)), Footnote(plain(note))))
