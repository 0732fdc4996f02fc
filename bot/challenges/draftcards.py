"""What whoever writes a challenge sees before anybody else does: how it will look, what could make it better, or what has to be
asked first."""

from bot.challenges.actions import (
    AnswerUntil,
    ChangeChallenge,
    DropChallenge,
    PostChallenge,
    SeeChallenge,
    SeeWhomToAsk,
)
from bot.challenges.cards import asked, small_print
from bot.challenges.domain import Challenge
from bot.challenges.examples import example
from bot.challenges.hints import hints
from bot.challenges.naming import hint_text, marks_named
from bot.challenges.standing import Standing
from bot.messages.elements import (
    Accent,
    Bullets,
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
from bot.messages.text import Bold, Code, plain
from bot.questions.until import Until, until_card
from bot.words import Words


def preview_card(shown: Standing, words: Words) -> Card:
    """Exactly how it will look, or what has to be asked first; nothing is posted yet."""
    if shown.until is not None:
        return _until_card(shown.challenge, shown.until, words)
    draft = shown.challenge
    title = words.say("This is how it will look")
    elements: list[Element] = [] if shown.told is None else [Paragraph(plain(words.tell(shown.told)))]
    elements += [Heading(title), *asked(shown, words), *small_print(shown, words), Divider()]
    elements += [*_pointer(shown, words), *_hints(shown, words), Paragraph(plain(_where(draft, words)))]
    may_go = draft.place is not None and all(mark.may_stand() for mark in shown.marks)
    post = [Button(words.say("Post it"), PostChallenge(draft.id, draft.revision), Weight.MAIN)] if may_go else []
    change = Button(words.say("Change"), ChangeChallenge(draft.id, draft.revision))
    return Card(title, (*elements, Buttons((*post, change, _drop(draft, words)))), Accent.ASK)


def posted_card(shown: Standing, words: Words) -> Card:
    """To whoever made it: it is posted, and who could be asked."""
    title = words.say("Your challenge is open")
    told = words.say("Some members may know something about it. I can ask a few of them in private, from all sectors.")
    found = words.text(
        "Under {list} you find it again: to see who has been heard, or to close it.",
        list=Code(words.say("/challenge list")),
    )
    whom = Button(words.say("Whom could I ask?"), SeeWhomToAsk(shown.challenge.id), Weight.MAIN)
    see = Button(words.say("How it stands"), SeeChallenge(shown.challenge.id))
    return Card(title, (Heading(title), Paragraph(plain(told)), Buttons((whom, see)), Footnote(found)), Accent.GOOD)


def _pointer(shown: Standing, words: Words) -> list[Element]:
    if not shown.marks:
        return []
    told = marks_named(shown.marks, words)
    if all(mark.may_stand() for mark in shown.marks):
        ask = words.say("Leave it out if it is a citizen's.")
    else:
        ask = words.say("Leave it out, please; then it can be posted.")
    return [Paragraph((Bold(f"{told} {ask}"),))]


def _hints(shown: Standing, words: Words) -> list[Element]:
    found = hints(shown.challenge.question)
    if not found:
        return []
    title = words.say("A tip, if you like: this could get you better answers")
    points = [plain(hint_text(hint, words)) for hint in found]
    like = words.say("For example: {question}", question=example(shown.challenge.themes, words))
    return [Paragraph((Bold(title),)), Bullets((*points, plain(like)))]


def _where(draft: Challenge, words: Words) -> str:
    if draft.place is None:
        return words.say("Where shall it stand? Name a channel under Change, or type it in the channel itself.")
    if draft.place.name:
        return words.say("It will be posted in {channel}.", channel=f"#{draft.place.name.removeprefix('#')}")
    return words.say("It will be posted here.")


def _until_card(draft: Challenge, until: Until, words: Words) -> Card:
    """Until when? The rest of it is kept meanwhile."""
    title = words.say("Until when may people answer?")
    times = [Button(words.when(at), AnswerUntil(draft.id, draft.revision, int(at.timestamp()))) for at in until.times]
    by_hand = Button(words.say("Until I close it"), AnswerUntil(draft.id, draft.revision, 0))
    another = Button(words.say("Another time"), ChangeChallenge(draft.id, draft.revision))
    return until_card(title, draft.question, until, times, (another, by_hand, _drop(draft, words)), words)


def _drop(draft: Challenge, words: Words) -> Button:
    return Button(words.say("Throw away"), DropChallenge(draft.id), Weight.DANGER)
