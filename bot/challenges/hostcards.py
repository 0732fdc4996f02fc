"""What whoever asked sees in private: how it stands, whom one could ask, what came of it; and the list that all have."""

from collections.abc import Sequence

from bot.challenges.actions import (
    AskMeAgain,
    CloseChallenge,
    CopyChallenge,
    GiveAnswer,
    ListChallenges,
    MakeChallengeNote,
    OpenChallenge,
    ReadAnswers,
    SeeWhomToAsk,
    WriteChallenge,
)
from bot.challenges.cards import NOTICE, asked, heading, how_far, how_it_ended, small_print
from bot.challenges.domain import Challenge, ChallengeState
from bot.challenges.standing import Standing, hosts, inherits
from bot.members.domain import Member
from bot.messages.elements import (
    Accent,
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
from bot.messages.text import Code, plain, shortened
from bot.notes.actions import ShowNote
from bot.words import Words

_MENU, _TAG = 70, 80


def see_card(shown: Standing, by: Member, words: Words, told: str = "") -> Card:
    """How it stands, in private, with what one can do about it."""
    challenge = shown.challenge
    elements: list[Element] = [Paragraph(plain(told))] if told else []
    elements += [*asked(shown, words), *how_far(shown, words)]
    elements += small_print(shown, words) if challenge.is_open() else [how_it_ended(shown, words)]
    if hosts(shown, by):
        elements += _asked_in_private(shown, words)
    buttons: list[Button] = []
    if challenge.is_open():
        buttons.append(Button(words.say("Answer"), GiveAnswer(challenge.id)))
    if shown.counted() and not challenge.forgotten:
        buttons.append(Button(words.say("Read the answers"), ReadAnswers(challenge.id)))
    buttons += [*_own_buttons(shown, by, words), Button(words.say("All challenges"), ListChallenges())]
    return Card(shortened(challenge.question, NOTICE), (*elements, Buttons(tuple(buttons))))


def list_card(challenges: Sequence[Challenge], words: Words, *, muted: bool = False) -> Card:
    """Those that are open, and those that were closed lately."""
    title = words.say("Challenges")
    new = Button(words.say("New challenge"), WriteChallenge())
    again = [Button(words.say("Ask me again"), AskMeAgain())] if muted else []
    elements: list[Element] = [Heading(title)]
    if challenges:
        choices = tuple(Choice(str(one.id), shortened(one.question, _MENU), _state(one, words)) for one in challenges)
        elements.append(Select(words.say("Look at one"), OpenChallenge(), choices))
    else:
        told = words.text(
            "There is no challenge here yet. Ask an open question: {command}", command=Code(words.say("/challenge"))
        )
        elements.append(Paragraph(told))
    if muted:
        elements.append(Paragraph(plain(words.say("You are asked about no challenges, as you wished."))))
    return Card(title, (*elements, Buttons((new, *again))))


def over_card(shown: Standing, reader: Member, words: Words) -> Card:
    """What came of it, to whoever asked; where they have left, to those who inherit it."""
    challenge = shown.challenge
    title = words.say("Your challenge is closed")
    if shown.author is None:
        title = words.say("A challenge is closed, and whoever asked has left")
    counted = words.count("{number} answered.", "{number} answered.", shown.counted())
    elements: list[Element] = [Heading(title), *heading(challenge), *how_far(shown, words)]
    if not shown.counted():
        told = words.say(
            "Nobody answered this time. That happens; asked in person, or in other words, it is often another matter."
        )
        copy = [Button(words.say("Ask it once more"), CopyChallenge(challenge.id))] if shown.author is not None else []
        return Card(title, (*elements, Paragraph(plain(told)), *([Buttons(tuple(copy))] if copy else [])))
    buttons = [Button(words.say("Read the answers"), ReadAnswers(challenge.id)), *_note_button(shown, reader, words)]
    if challenge.note is not None and shown.author is not None:
        told = words.say("The draft of a case note is ready; only you see it.")
    else:
        told = words.say("The first of you who makes a case note of it has the draft.")
    small = words.say("The answers themselves I keep for two weeks.")
    return Card(
        title,
        (*elements, Paragraph(plain(f"{counted} {told}")), Buttons(tuple(buttons)), Footnote(plain(small))),
        Accent.GOOD,
    )


def close_button(shown: Standing, words: Words) -> Button:
    """Asks once, with what would be missing: closed ones stay so."""
    answers = words.count("{number} answer", "{number} answers", shown.counted())
    missing = len(shown.unheard())
    heard = words.count("{number} sector not heard yet", "{number} sectors not heard yet", missing)
    so_far = words.say(
        "{answers}, {heard}.", answers=answers, heard=heard if missing else words.say("all sectors heard")
    )
    then = words.say("Nobody can answer then.")
    if shown.counted():
        then = words.say("Nobody can answer then, and the answers become the draft of a case note.")
    sure = Confirm(words.say("Close now?"), f"{so_far} {then}", words.say("Close it"), words.say("Leave it open"))
    return Button(words.say("Close the challenge"), CloseChallenge(shown.challenge.id), Weight.DANGER, sure)


def _own_buttons(shown: Standing, by: Member, words: Words) -> list[Button]:
    challenge = shown.challenge
    if challenge.is_open() and hosts(shown, by):
        return [Button(words.say("Whom could I ask?"), SeeWhomToAsk(challenge.id)), close_button(shown, words)]
    copy = [Button(words.say("Ask it once more"), CopyChallenge(challenge.id))] if challenge.author == by.id else []
    return [*_note_button(shown, by, words), *copy]


def _note_button(shown: Standing, reader: Member, words: Words) -> list[Button]:
    challenge = shown.challenge
    mine = challenge.author == reader.id
    if not mine and not inherits(shown, reader):
        return []
    if challenge.note is not None and mine:
        return [Button(words.say("See the case note"), ShowNote(challenge.note))]
    if challenge.forgotten or not shown.counted():
        return []
    return [Button(words.say("Make the case note"), MakeChallengeNote(challenge.id))]


def _asked_in_private(shown: Standing, words: Words) -> list[Element]:
    if not shown.invitations or not shown.challenge.is_open():
        return []
    answered = {one.member for one in shown.answers}
    said = len([one for one in shown.invitations if one.member in answered])
    told = words.count(
        "{number} was asked in private, {answered} of them answered.",
        "{number} were asked in private, {answered} of them answered.",
        len(shown.invitations),
        answered=said,
    )
    return [Paragraph(plain(told))]


def _state(one: Challenge, words: Words) -> str:
    return words.say("closed") if one.state is ChallengeState.CLOSED else words.say("open")
