"""What people see of a poll: its card, the preview, what one said oneself, and what its author can do with it."""

from datetime import datetime

from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Weight,
)
from bot.messages.text import Bold, Plain, Text, plain, shortened
from bot.polls.actions import (
    AddOption,
    ChangeVote,
    FillBallot,
    HandDay,
    ShowNumbers,
    Vote,
    WithdrawVote,
)
from bot.polls.domain import Choices, Poll, PollKind, PollOption, PollState, Showing
from bot.polls.exports import best_days
from bot.polls.naming import how_to_vote, option_name, repeats, said, who_sees
from bot.polls.resultcards import numbers, outcome, turnout
from bot.polls.standing import Standing
from bot.words import Words

HEADING = 150
NOTICE = 120
_LABEL = 70
_AT_ONCE = frozenset({PollKind.SINGLE, PollKind.YES_NO, PollKind.RATING})
MOST_BUTTONS = 5


def poll_card(shown: Standing, words: Words) -> Card:
    """The poll where it stands, for all who are there."""
    poll = shown.poll
    if poll.state is PollState.CLOSED:
        over = closed(shown, words)
        days = day_buttons(shown, words)
        return Card(over.notice, (*over.elements, Buttons(tuple(days))), over.accent) if days else over
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
        again = Button(words.say("Vote"), ChangeVote(poll.id))
        return Card(told, (Paragraph(plain(told)), Buttons((again,))))
    if poll.anonymous:
        told = words.say("Your vote counts. What it is I do not write down here, either.")
    else:
        told = words.say("Your vote: {said}", said=said(poll, choices, words))
    elements: list[Element] = [Paragraph(plain(told))]
    if shown is not None:
        elements += numbers(shown, words)
    change = Button(words.say("Change my vote"), ChangeVote(poll.id))
    take_back = Button(words.say("Take my vote back"), WithdrawVote(poll.id))
    return Card(shortened(told, NOTICE), (*elements, Buttons((change, take_back))), Accent.GOOD)


def sentence_card(told: str) -> Card:
    """One sentence."""
    return Card(told, (Paragraph(plain(told)),))


def reminder_card(shown: Standing, words: Words) -> Card:
    """To one who has not voted, with everything that one needs to vote."""
    poll = shown.poll
    told = words.say("You have not voted yet, and your answer counts as much as any other.")
    elements: list[Element] = [Paragraph(plain(told)), *_question(poll), Paragraph(plain(how_to_vote(poll, words)))]
    # No numbers: the card stays as it is, and they do not.
    elements += [_options(poll, words), Buttons(tuple(_vote_buttons(poll, words)))]
    return Card(poll.question, (*elements, *small_print(shown, words, numbers=False)), Accent.ASK)


def reminder_over_card(poll: Poll, words: Words) -> Card:
    """The same to one who has voted since. It does not say what."""
    told = words.say("You have voted. Thank you!")
    change = Button(words.say("Change my vote"), FillBallot(poll.id))
    return Card(told, (Paragraph(plain(told)), *_question(poll), Buttons((change,))), Accent.GOOD)


def asked(shown: Standing, words: Words, *, voted: bool = False) -> list[Element]:
    """The question and what can be chosen, with the numbers where all see them, or this one who has ``voted``."""
    poll = shown.poll
    elements: list[Element] = [*_question(poll), Paragraph(plain(how_to_vote(poll, words)))]
    if poll.shows_now() or (voted and poll.shows_to_voters()):
        return [*elements, *numbers(shown, words)]
    return [*elements, _options(poll, words)]


def _options(poll: Poll, words: Words) -> Bullets:
    return Bullets(tuple(plain(option_name(poll, one, words)) for one in poll.options))


def _question(poll: Poll) -> list[Element]:
    whole: Text = (Bold(poll.question),)
    return [Heading(poll.question) if len(poll.question) <= HEADING else Paragraph(whole)]


def small_print(shown: Standing, words: Words, *, numbers: bool = True) -> list[Element]:
    """Who asks, how many have voted, until when, and who sees what."""
    poll = shown.poll
    by = shown.author.name if shown.author is not None else ""
    parts: list[Text] = [plain(words.say("{name} asks.", name=by))] if by else []
    if numbers and poll.state not in {PollState.DRAFT, PollState.PATTERN}:
        parts.append(plain(words.count("{number} has voted.", "{number} have voted.", shown.ballots)))
    if poll.closes_at is not None and poll.repeat is not None:
        parts.append(plain(_open_for(poll, poll.closes_at, words)))
    elif poll.closes_at is not None:
        parts.append(words.text("Open until {time}.", time=words.moment(poll.closes_at)))
    if poll.closes_when_all:
        parts.append(plain(words.say("It closes when all have voted.")))
    if poll.repeat is not None:
        when = repeats(poll, words)
        parts.append(plain(words.say("It repeats {when}, each time as a poll of its own.", when=when)))
    if poll.may_add:
        parts.append(plain(words.say("Whoever votes may add answers.")))
    if poll.quorum:
        parts.append(
            plain(words.count("It counts if {number} person votes.", "It counts if {number} people vote.", poll.quorum))
        )
    line: Text = tuple(piece for part in parts for piece in (*part, Plain(" ")))
    footnote = Footnote(plain(f"{who_sees(poll, words)} {words.say('You can change your vote until it closes.')}"))
    return [Paragraph(line), footnote] if line else [footnote]


def _open_for(poll: Poll, closes_at: datetime, words: Words) -> str:
    hours = max(1, round((closes_at - (poll.opened_at or poll.created_at)).total_seconds() / 3_600))
    if hours % 24:
        return words.count("Each one is open for {number} hour.", "Each one is open for {number} hours.", hours)
    return words.count("Each one is open for {number} day.", "Each one is open for {number} days.", hours // 24)


def _vote_buttons(poll: Poll, words: Words) -> list[Button]:
    if votes_at_once(poll):
        buttons = [Button(option_name(poll, one, words), Vote(poll.id, one.key)) for one in poll.options]
    else:
        buttons = [Button(words.say("Vote"), FillBallot(poll.id), Weight.MAIN)]
    if poll.showing is Showing.AFTER_VOTE and not poll.anonymous:
        buttons.append(Button(words.say("See the numbers"), ShowNumbers(poll.id)))
    return [*buttons, Button(words.say("Add an option"), AddOption(poll.id))] if poll.may_add else buttons


def votes_at_once(poll: Poll) -> bool:
    """Whether each answer has a button of its own."""
    whole = all(len(one.text) <= _LABEL for one in poll.options)
    return poll.kind in _AT_ONCE and len(poll.options) <= MOST_BUTTONS and whole


def closed(shown: Standing, words: Words) -> Card:
    """What came of it, for everybody."""
    poll = shown.poll
    elements: list[Element] = [*_question(poll)]
    told, counts = outcome(shown, words), shown.ballots >= poll.quorum
    if not counts:
        missed = words.say(
            "It does not count: {voted} of the {quorum} voted that it takes.", voted=shown.ballots, quorum=poll.quorum
        )
        elements.append(Paragraph((Bold(missed),)))
    if told:
        elements.append(Paragraph((Bold(told),) if counts else plain(told)))
    elements += numbers(shown, words)
    counted = words.count("Closed. {number} voted.", "Closed. {number} voted.", shown.ballots)
    enough = f" {words.say('Enough people voted for it to count.')}" if poll.quorum and counts else ""
    elements.append(Paragraph(plain(f"{counted}{enough}")))
    elements += turnout(poll, shown.sectors, words)
    if poll.anonymous:
        forgotten = words.say("What would tell who voted what was destroyed when it closed.")
        elements.append(Footnote(plain(forgotten)))
    return Card(poll.question, tuple(elements), Accent.CALM)


def day_card(poll: Poll, day: PollOption, words: Words) -> Card:
    """The day that was found, above its file."""
    told = words.say("Best for most: {day}. Here it is for your calendar.", day=option_name(poll, day, words))
    return Card(shortened(told, NOTICE), (Paragraph((Bold(poll.question),)), Paragraph(plain(told))), Accent.GOOD)


def day_buttons(shown: Standing, words: Words) -> list[Button]:
    """One for the day that fits best; one for each where several fit as well."""
    days = best_days(shown)[:MOST_BUTTONS]
    if len(days) == 1:
        return [Button(words.say("Calendar file"), HandDay(shown.poll.id, days[0].key))]
    return [
        Button(
            words.say("Calendar file: {day}", day=option_name(shown.poll, day, words)), HandDay(shown.poll.id, day.key)
        )
        for day in days
    ]
