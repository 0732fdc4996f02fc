"""Polls on a person's own page: those that ask them and wait for their vote, and those that they have made themselves."""

from collections.abc import Sequence

from bot.identity import MemberId
from bot.messages.elements import Button, Buttons, Element, Footnote, Heading, Paragraph
from bot.messages.text import Bold, Code
from bot.polls.actions import FillBallot, SeePoll
from bot.polls.domain import Poll
from bot.words import Words

_SHOWN = 3


def polls_part(waiting: Sequence[Poll], member: MemberId, words: Words) -> Sequence[Element]:
    """The newest of them; nothing where none is open."""
    if not waiting:
        return ()
    elements: list[Element] = [Heading(words.say("Open polls"))]
    for poll in waiting[:_SHOWN]:
        row = [Button(words.say("Vote"), FillBallot(poll.id))]
        if poll.author == member:
            row.append(Button(words.say("How it stands"), SeePoll(poll.id)))
        elements += [Paragraph((Bold(poll.question),)), Buttons(tuple(row))]
    if len(waiting) > _SHOWN:
        every = words.text("{command} shows all {number}.", command=Code(words.say("/poll list")), number=len(waiting))
        elements.append(Footnote(every))
    return elements
