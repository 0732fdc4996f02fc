"""What people see of a poll: its card, the preview, what one said oneself, and what its author can do with it."""

from collections.abc import Sequence

from bot.identity import Address
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Confirm,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Select,
    Weight,
)
from bot.messages.text import Bold, Plain, Text, plain, shortened
from bot.polls.actions import (
    AddOption,
    AskHere,
    AskToRemind,
    CampOfDay,
    ClosePoll,
    CopyPoll,
    FillBallot,
    HandDay,
    HandNumbers,
    HandPicture,
    HandVotes,
    ListPolls,
    OpenPoll,
    Remind,
    ReopenPoll,
    SeePoll,
    TakeReady,
    Vote,
    WithdrawVote,
    WritePoll,
)
from bot.polls.domain import Choices, Poll, PollKind, PollState
from bot.polls.exports import best_days
from bot.polls.moreforms import ready_choices
from bot.polls.naming import how_to_vote, option_name, repeats, said, who_sees
from bot.polls.resultcards import numbers, outcome, turnout
from bot.polls.standing import Standing
from bot.words import Words

_HEADING = 150
_NOTICE = 120
_LABEL = 70
_MENU = 70
_AT_ONCE = frozenset({PollKind.SINGLE, PollKind.YES_NO, PollKind.RATING})
_MOST_BUTTONS = 5


def poll_card(shown: Standing, words: Words) -> Card:
    """The poll where it stands, for all who are there."""
    poll = shown.poll
    if poll.state is PollState.CLOSED:
        closed = _closed(shown, words)
        if not best_days(shown):
            return closed
        day = Buttons((Button(words.say("Calendar file"), HandDay(poll.id)),))
        return Card(closed.notice, (*closed.elements, day), closed.accent)
    return Card(
        poll.question,
        (*asked(shown, words), Buttons(tuple(_vote_buttons(poll, words))), *small_print(shown, words)),
        Accent.ASK,
    )


def voted_card(poll: Poll, choices: Choices | None, words: Words, shown: Standing | None = None) -> Card:
    """To whoever voted, alone. Of an anonymous poll it says nothing that must not be kept anywhere. ``shown``: for those who see
    the numbers once they have voted."""
    if choices is None:
        told = words.say("Your vote is taken back. As long as the poll is open you can vote again.")
        return Card(told, (Paragraph(plain(told)),))
    if poll.anonymous:
        told = words.say("Your vote counts. What it is I do not write down here, either.")
    else:
        told = words.say("Your vote: {said}", said=said(poll, choices, words))
    elements: list[Element] = [Paragraph(plain(told))]
    if shown is not None:
        elements += numbers(shown, words)
    change = Button(words.say("Change my vote"), FillBallot(poll.id))
    take_back = Button(words.say("Take it back"), WithdrawVote(poll.id))
    return Card(shortened(told, _NOTICE), (*elements, Buttons((change, take_back))), Accent.GOOD)


def see_card(shown: Standing, words: Words, *, mine: bool, told: str = "", here: Address | None = None) -> Card:
    """How it stands, in private. ``mine``: for its author and organisers, with what they can do. ``here``: where it could stand
    as well."""
    poll = shown.poll
    elements: list[Element] = [Paragraph(plain(told))] if told else []
    if poll.state is PollState.CLOSED:
        elements += _closed(shown, words).elements
    else:
        elements += [*asked(shown, words), *small_print(shown, words)]
    buttons = _own_buttons(shown, words) if mine else []
    stands_here = here is None or any(place.address == here for place in poll.places)
    if mine and poll.state is PollState.OPEN and not stands_here:
        buttons.append(Button(words.say("Ask here, too"), AskHere(poll.id)))
    buttons.append(Button(words.say("All polls"), ListPolls()))
    return Card(shortened(poll.question, _NOTICE), (*elements, Buttons(tuple(buttons))))


def list_card(polls: Sequence[Poll], words: Words) -> Card:
    """Those that are open, and those that were closed lately."""
    title = words.say("Polls")
    if not polls:
        told = words.say("There is no poll yet. Make one: {command}", command=words.say("/poll"))
        return Card(title, (Heading(title), Paragraph(plain(told)), *_begin(words)))
    choices = tuple(Choice(str(poll.id), shortened(poll.question, _MENU), _state(poll, words)) for poll in polls)
    return Card(title, (Heading(title), Select(words.say("Look at one"), OpenPoll(), choices), *_begin(words)))


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


def sentence_card(told: str) -> Card:
    """One sentence."""
    return Card(told, (Paragraph(plain(told)),))


def reminder_card(shown: Standing, words: Words) -> Card:
    """To one who has not voted, with everything that one needs to vote."""
    told = words.say("You have not voted yet, and your answer counts as much as any other.")
    card = poll_card(shown, words)
    return Card(card.notice, (Paragraph(plain(told)), *card.elements), Accent.ASK)


def over_card(shown: Standing, words: Words) -> Card:
    """To whoever made it: what came of it."""
    card = _closed(shown, words)
    title = words.say("The poll is closed: {question}", question=card.notice)
    head = Heading(title) if len(title) <= _HEADING else Paragraph((Bold(title),))
    return Card(title, (head, *card.elements[1:], Buttons(tuple(_own_buttons(shown, words)))), Accent.GOOD)


def asked(shown: Standing, words: Words) -> list[Element]:
    """The question and what can be chosen, with the numbers where all see them."""
    poll = shown.poll
    elements: list[Element] = [*_question(poll), Paragraph(plain(how_to_vote(poll, words)))]
    if poll.shows_now():
        return [*elements, *numbers(shown, words)]
    return [*elements, Bullets(tuple(plain(option_name(poll, one, words)) for one in poll.options))]


def _begin(words: Words) -> list[Element]:
    return [
        Select(words.say("Begin with one that is ready"), TakeReady(), ready_choices(words)),
        Buttons((Button(words.say("New poll"), WritePoll()),)),
    ]


def _question(poll: Poll) -> list[Element]:
    whole: Text = (Bold(poll.question),)
    return [Heading(poll.question) if len(poll.question) <= _HEADING else Paragraph(whole)]


def small_print(shown: Standing, words: Words) -> list[Element]:
    """How many have voted, until when, and who sees what."""
    poll = shown.poll
    counted = words.count("{number} has voted.", "{number} have voted.", shown.ballots)
    parts: list[Text] = [plain(counted)] if poll.state is not PollState.DRAFT else []
    if poll.closes_at is not None:
        parts.append(words.text("Open until {time}.", time=words.moment(poll.closes_at)))
    if poll.closes_when_all:
        parts.append(plain(words.say("It closes when all have voted.")))
    if poll.repeat is not None:
        when = repeats(poll, words)
        parts.append(plain(words.say("It repeats {when}, each time as a poll of its own.", when=when)))
    if poll.quorum:
        parts.append(
            plain(words.count("It counts if {number} person votes.", "It counts if {number} people vote.", poll.quorum))
        )
    line: Text = tuple(piece for part in parts for piece in (*part, Plain(" ")))
    footnote = Footnote(plain(f"{who_sees(poll, words)} {words.say('You can change your vote until it closes.')}"))
    return [Paragraph(line), footnote] if line else [footnote]


def _vote_buttons(poll: Poll, words: Words) -> list[Button]:
    if votes_at_once(poll):
        buttons = [
            Button(shortened(option_name(poll, one, words), _LABEL), Vote(poll.id, one.key)) for one in poll.options
        ]
    else:
        buttons = [Button(words.say("Vote"), FillBallot(poll.id), Weight.MAIN)]
    return [*buttons, Button(words.say("Add an option"), AddOption(poll.id))] if poll.may_add else buttons


def votes_at_once(poll: Poll) -> bool:
    """Whether each answer has a button of its own."""
    return poll.kind in _AT_ONCE and len(poll.options) <= _MOST_BUTTONS


def _closed(shown: Standing, words: Words) -> Card:
    poll = shown.poll
    elements: list[Element] = [*_question(poll)]
    told = outcome(shown, words)
    if told:
        elements.append(Paragraph((Bold(told),)))
    elements += numbers(shown, words)
    counted = words.count("Closed. {number} voted.", "Closed. {number} voted.", shown.ballots)
    elements.append(Paragraph(plain(f"{counted} {_quorum(shown, words)}".rstrip())))
    elements += turnout(poll, shown.sectors, words)
    if poll.anonymous:
        forgotten = words.say("What would tell who voted what was destroyed when it closed.")
        elements.append(Footnote(plain(forgotten)))
    return Card(poll.question, tuple(elements), Accent.CALM)


def _quorum(shown: Standing, words: Words) -> str:
    if not shown.poll.quorum:
        return ""
    if shown.ballots >= shown.poll.quorum:
        return words.say("Enough people voted for it to count.")
    missing = shown.poll.quorum - shown.ballots
    return words.count(
        "{number} more would have been needed for it to count.",
        "{number} more would have been needed for it to count.",
        missing,
    )


def _own_buttons(shown: Standing, words: Words) -> list[Button]:
    poll = shown.poll
    days = (
        [
            Button(words.say("Make a camp of it"), CampOfDay(poll.id)),
            Button(words.say("Calendar file"), HandDay(poll.id)),
        ]
        if best_days(shown)
        else []
    )
    if poll.state is PollState.PATTERN:
        return [Button(words.say("Ask no more"), ClosePoll(poll.id), Weight.DANGER)]
    if poll.state is PollState.OPEN:
        sure = Confirm(
            words.say("Close the poll?"),
            words.say("Nobody can vote then, and all see the result."),
            words.say("Close it"),
            words.say("Leave it open"),
        )
        remind = (
            [] if poll.reminded_at else [Button(words.say("Remind those who have not voted"), AskToRemind(poll.id))]
        )
        return [Button(words.say("Close the poll"), ClosePoll(poll.id), Weight.DANGER, sure), *remind]
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
