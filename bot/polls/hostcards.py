"""What people see of a poll in private: how it stands, what came of it, the list; with what its author can do."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.identity import Address
from bot.messages.elements import (
    Accent,
    Button,
    Buttons,
    Card,
    Choice,
    Confirm,
    Element,
    Heading,
    Paragraph,
    Select,
    Weight,
)
from bot.messages.text import Bold, plain, shortened
from bot.polls.actions import (
    AskHere,
    AskToRemind,
    CampOfDay,
    ClosePoll,
    CopyPoll,
    HandNumbers,
    HandPicture,
    HandVotes,
    ListPolls,
    OpenPoll,
    Remind,
    ReopenPoll,
    SeePoll,
    TakeReady,
    WritePoll,
)
from bot.polls.cards import HEADING, MOST_BUTTONS, NOTICE, asked, closed, day_buttons, small_print
from bot.polls.domain import Poll, PollState
from bot.polls.exports import best_days
from bot.polls.moreforms import ready_choices
from bot.polls.naming import option_name
from bot.polls.standing import Standing
from bot.words import Words

_MENU = 70


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at a poll in private. ``mine``: its author, or an organiser; ``voted``: one who has."""

    mine: bool = False
    organiser: bool = False
    voted: bool = False


def see_card(shown: Standing, words: Words, who: Looking, *, told: str = "", here: Address | None = None) -> Card:
    """How it stands, in private, with what one can do about it. ``here``: where it could stand as well."""
    poll, mine = shown.poll, who.mine
    elements: list[Element] = [Paragraph(plain(told))] if told else []
    if poll.state is PollState.CLOSED:
        elements += closed(shown, words).elements
    else:
        elements += [*asked(shown, words, voted=who.voted), *small_print(shown, words)]
    buttons = _own_buttons(shown, words, organiser=who.organiser) if mine else []
    stands_here = here is None or any(place.address == here for place in poll.places)
    if mine and poll.state is PollState.OPEN and not stands_here:
        buttons.append(Button(words.say("Ask here, too"), AskHere(poll.id)))
    buttons.append(Button(words.say("All polls"), ListPolls()))
    return Card(shortened(poll.question, NOTICE), (*elements, Buttons(tuple(buttons))))


def list_card(polls: Sequence[Poll], words: Words) -> Card:
    """Those that are open, and those that were closed lately."""
    title = words.say("Polls")
    if not polls:
        told = words.say("There is no poll yet. Make one: {command}", command=words.say("/poll"))
        return Card(title, (Heading(title), Paragraph(plain(told)), *_begin(words)))
    choices = tuple(Choice(str(poll.id), shortened(poll.question, _MENU), _state(poll, words)) for poll in polls)
    return Card(title, (Heading(title), Select(words.say("Look at one"), OpenPoll(), choices), *_begin(words)))


def _begin(words: Words) -> list[Element]:
    return [
        Select(words.say("Begin with one that is ready"), TakeReady(), ready_choices(words)),
        Buttons((Button(words.say("New poll"), WritePoll()),)),
    ]


def remind_card(poll: Poll, count: int, words: Words) -> Card:
    """How many it would go to; nothing goes yet."""
    if not count:
        told = words.say("Everybody has voted. There is nobody to remind.")
        return Card(told, (Paragraph(plain(told)),))
    told = words.count(
        "{number} person has not voted yet, and would be reminded in private. That can be done once.",
        "{number} people have not voted yet, and would be reminded in private. That can be done once.",
        count,
    )
    back = Button(words.say("Better not"), SeePoll(poll.id))
    return Card(
        told,
        (Paragraph(plain(told)), Buttons((Button(words.say("Remind them"), Remind(poll.id), Weight.MAIN), back))),
        Accent.ASK,
    )


def over_card(shown: Standing, words: Words) -> Card:
    """To whoever made it: what came of it."""
    card = closed(shown, words)
    title = words.say("The poll is closed: {question}", question=card.notice)
    head = Heading(title) if len(title) <= HEADING else Paragraph((Bold(title),))
    organiser = shown.author is not None and shown.author.is_organiser()
    buttons = Buttons(tuple(_own_buttons(shown, words, organiser=organiser)))
    return Card(title, (head, *card.elements[1:], buttons), Accent.GOOD)


def _camp_buttons(shown: Standing, words: Words) -> list[Button]:
    days = best_days(shown)[:MOST_BUTTONS]
    if len(days) == 1:
        return [Button(words.say("Make a camp of it"), CampOfDay(shown.poll.id, days[0].key))]
    return [
        Button(
            words.say("Make a camp of {day}", day=option_name(shown.poll, day, words)),
            CampOfDay(shown.poll.id, day.key),
        )
        for day in days
    ]


def close_button(poll: Poll, words: Words) -> Button:
    """Asks once."""
    sure = Confirm(
        words.say("Close the poll?"),
        words.say("Nobody can vote then, and all see the result."),
        words.say("Close it"),
        words.say("Leave it open"),
    )
    return Button(words.say("Close the poll"), ClosePoll(poll.id), Weight.DANGER, sure)


def _own_buttons(shown: Standing, words: Words, *, organiser: bool) -> list[Button]:
    poll = shown.poll
    days = [*(_camp_buttons(shown, words) if organiser else []), *day_buttons(shown, words)]
    if poll.state is PollState.PATTERN:
        return [Button(words.say("Stop repeating it"), ClosePoll(poll.id), Weight.DANGER)]
    if poll.state is PollState.OPEN:
        remind = (
            [] if poll.reminded_at else [Button(words.say("Remind those who have not voted"), AskToRemind(poll.id))]
        )
        return [close_button(poll, words), *remind]
    again = [] if poll.anonymous else [Button(words.say("Open it again"), ReopenPoll(poll.id))]
    return [
        *days,
        Button(words.say("Picture"), HandPicture(poll.id)),
        Button(words.say("Numbers (CSV)"), HandNumbers(poll.id)),
        *([] if poll.anonymous else [Button(words.say("Who said what (CSV)"), HandVotes(poll.id))]),
        *again,
        Button(words.say("New poll with the same options"), CopyPoll(poll.id)),
    ]


def _state(poll: Poll, words: Words) -> str:
    if poll.state is PollState.PATTERN:
        return words.say("repeats")
    return words.say("open") if poll.state is PollState.OPEN else words.say("closed")
