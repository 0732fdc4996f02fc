"""What whoever writes a poll sees before anybody else does: how it will look, or what has to be asked first."""

from datetime import datetime

from bot.messages.elements import (
    Accent,
    Button,
    Buttons,
    Card,
    Divider,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Weight,
)
from bot.messages.text import plain
from bot.polls.actions import ChangePoll, CloseAt, DropPoll, PostPoll, RefinePoll, SeePoll
from bot.polls.cards import asked, small_print, votes_at_once
from bot.polls.domain import Poll
from bot.polls.standing import Standing
from bot.questions.until import Until, until_card
from bot.words import Words


def preview_card(shown: Standing, words: Words) -> Card:
    """Exactly how it will look, or what has to be asked first; nothing is posted yet."""
    if shown.until is not None:
        return _until_card(shown.poll, shown.until, words)
    poll = shown.poll
    title = words.say("This is how it will look")
    elements: list[Element] = [] if shown.told is None else [Paragraph(plain(words.tell(shown.told)))]
    elements += [Footnote(plain(words.tell(note))) for note in shown.notes]
    elements += [Heading(title), *asked(shown, words)]
    if votes_at_once(poll):
        elements.append(Paragraph(plain(words.say("Each answer gets a button."))))
    elements += [*small_print(shown, words), Divider()]
    if not poll.places:
        where = words.say(
            "Where shall it stand? Name a channel under {more}, or type it in the channel where people are to vote.",
            more=_more(words),
        )
        elements.append(Paragraph(plain(where)))
    else:
        elements.append(Paragraph(plain(_where(poll, words))))
    post = [Button(words.say("Post it"), PostPoll(poll.id, poll.revision), Weight.MAIN)] if poll.places else []
    change = Button(words.say("Change"), ChangePoll(poll.id, poll.revision))
    more = Button(_more(words), RefinePoll(poll.id, poll.revision))
    return Card(title, (*elements, Buttons((*post, change, more, _drop(poll, words)))), Accent.ASK)


def posted_card(shown: Standing, words: Words) -> Card:
    """To whoever made it: it is posted, and where it is found again. True before its card stands there as well as afterwards."""
    title = words.say("It is planned") if shown.poll.repeat is not None else words.say("The poll is open")
    see = Button(words.say("How it stands"), SeePoll(shown.poll.id))
    told = words.say(
        "Under {list} you find it again: to close it, or to remind those who have not voted.",
        list=words.say("/poll list"),
    )
    return Card(title, (Paragraph(plain(title)), Footnote(plain(told)), Buttons((see,))), Accent.GOOD)


def _where(poll: Poll, words: Words) -> str:
    named = [f"#{place.name.removeprefix('#')}" for place in poll.places if place.name]
    return (
        words.say("It will be posted in {channels}.", channels=words.all_of(named))
        if named
        else words.say("It will be posted here.")
    )


def _until_card(poll: Poll, until: Until, words: Words) -> Card:
    """Until when? The rest of it is kept meanwhile."""
    title = words.say("Until when may people vote?")
    times = [Button(words.when(at), CloseAt(poll.id, poll.revision, _seconds(at))) for at in until.times]
    by_hand = Button(words.say("Until I close it"), CloseAt(poll.id, poll.revision, 0))
    another = Button(words.say("Another time"), ChangePoll(poll.id, poll.revision))
    return until_card(title, poll.question, until, times, (another, by_hand, _drop(poll, words)), words)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _more(words: Words) -> str:
    return words.say("More settings")


def _drop(poll: Poll, words: Words) -> Button:
    return Button(words.say("Throw away"), DropPoll(poll.id), Weight.DANGER)
