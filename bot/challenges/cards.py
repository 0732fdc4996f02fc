"""What all see of a challenge where it stands, and what those see who answer it."""

from bot.challenges.actions import (
    ChangeAnswer,
    GiveAnswer,
    LeaveOut,
    LetAnswerStand,
    ReadAnswers,
    TakeAnswerBack,
    TurnAnswers,
)
from bot.challenges.answering import Answered, seen_at
from bot.challenges.domain import Answer, Challenge, ChallengeState
from bot.challenges.naming import answerer, marks_named, person, sectors_named, themes_named
from bot.challenges.standing import Standing
from bot.identity import MemberId
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
    Quote,
    Weight,
)
from bot.messages.text import Bold, Plain, Text, plain, shortened
from bot.words import Words

HEADING, NOTICE = 150, 120
# So many answers stand on the card, newest of each sector first, and so much of each; all of them are one press away.
_SHOWN, _EXCERPT = 4, 280
# Characters of answers on one page: more does not fit on every platform.
_PAGE = 2_200


def challenge_card(shown: Standing, words: Words) -> Card:
    """The challenge where it stands, for all who are there."""
    challenge = shown.challenge
    elements = [*asked(shown, words), *how_far(shown, words), *_excerpts(shown, words)]
    if challenge.state is ChallengeState.CLOSED:
        elements.append(how_it_ended(shown, words))
        if shown.counted() and not challenge.forgotten:
            elements.append(Buttons((Button(words.say("Read the answers"), ReadAnswers(challenge.id)),)))
        return Card(_notice(challenge), tuple(elements), Accent.CALM)
    buttons = [Button(words.say("Answer"), GiveAnswer(challenge.id), Weight.MAIN)]
    if shown.counted():
        buttons.append(Button(words.say("Read the answers"), ReadAnswers(challenge.id)))
    return Card(_notice(challenge), (*elements, Buttons(tuple(buttons)), *small_print(shown, words)), Accent.ASK)


def asked(shown: Standing, words: Words) -> list[Element]:
    """The three parts: how whoever asks sees it, what others see, and which solutions they suggest."""
    challenge = shown.challenge
    elements = heading(challenge)
    if challenge.view:
        elements += [Paragraph((Bold(words.say("How we see it")),)), Quote(plain(challenge.view))]
    if challenge.state is not ChallengeState.CLOSED:
        see: Text = (
            Bold(words.say("What do you see?")),
            Plain(" "),
            Plain(words.say("From where you stand, in the lives of those whom it is about.")),
        )
        suggest: Text = (
            Bold(words.say("Which solutions do you suggest?")),
            Plain(" "),
            Plain(words.say("Small and concrete is fine; half an idea as well.")),
        )
        elements += [Paragraph(see), Paragraph(suggest)]
    return elements


def heading(challenge: Challenge) -> list[Element]:
    """The question, as large as its length allows."""
    whole: Text = (Bold(challenge.question),)
    return [Heading(challenge.question) if len(challenge.question) <= HEADING else Paragraph(whole)]


def how_far(shown: Standing, words: Words) -> list[Element]:
    """Which sectors have been heard, and which have not yet."""
    said, missing = shown.heard(), shown.unheard()
    lines = [words.say("Heard so far: {sectors}.", sectors=sectors_named(shown, said, words))] if said else []
    if missing and shown.challenge.is_open():
        lines.append(words.say("Not heard yet: {sectors}.", sectors=sectors_named(shown, missing, words)))
    elif missing:
        lines.append(words.say("Not heard: {sectors}.", sectors=sectors_named(shown, missing, words)))
    elif len(shown.sectors) > 1:
        lines.append(words.say("All sectors have been heard."))
    return [Paragraph(plain(" ".join(lines)))] if lines else []


def small_print(shown: Standing, words: Words) -> list[Element]:
    """Who asks, about what, until when, and what becomes of an answer."""
    challenge, author = shown.challenge, shown.author
    parts: list[Text] = []
    if author is not None:
        parts.append(plain(words.say("{who} asks.", who=person(shown, author, words))))
    if challenge.themes and themes_named(shown, words):
        parts.append(plain(words.say("It is about {themes}.", themes=themes_named(shown, words))))
    if shown.counted():
        parts.append(plain(words.count("{number} has answered.", "{number} have answered.", shown.counted())))
    if challenge.closes_at is not None:
        parts.append(words.text("Open until {time}.", time=words.moment(challenge.closes_at)))
    line: Text = tuple(piece for part in parts for piece in (*part, Plain(" ")))
    promise = words.say(
        "You choose whether all here see your answer, or only whoever asks. Leave out citizens' names and numbers. At the close"
        " the answers become the draft of a case note; you are told before others see it."
    )
    return [*([Paragraph(line)] if line else []), Footnote(plain(promise))]


def answered_card(answered: Answered, words: Words) -> Card:
    """To whoever answered, alone: it is kept, or what in it looks personal."""
    if answered.marks:
        return _pointed(answered, words)
    answer, author = answered.answer, answered.author
    if answer.shown:
        told = words.say("Thank you! Your answer is on the card in a moment, with your name.")
    elif author is not None:
        told = words.say("Thank you! Only {name} sees your answer.", name=author.name)
    else:
        told = words.say("Thank you! Your answer is kept for the case note, and nobody here sees it.")
    change = Button(words.say("Change it"), ChangeAnswer(answer.challenge))
    back = Button(words.say("Take it back"), TakeAnswerBack(answer.challenge))
    return Card(told, (Paragraph(plain(told)), *_said(answer, words), Buttons((change, back))), Accent.GOOD)


def sentence_card(told: str) -> Card:
    """One sentence."""
    return Card(told, (Paragraph(plain(told)),))


def answers_card(shown: Standing, reader: MemberId, page: int, words: Words) -> Card:
    """What was answered, as far as this member may read it: a page of it."""
    challenge = shown.challenge
    pages = _pages(shown.answers)
    number = min(max(page, 1), max(1, len(pages)))
    elements = heading(challenge)
    if challenge.forgotten:
        gone = words.say("What was answered is not kept any more. What came of it is in the case note.")
        return Card(_notice(challenge), (*elements, Paragraph(plain(gone))))
    if not pages:
        told = words.say("There is nothing yet that you could read.")
        return Card(_notice(challenge), (*elements, Paragraph(plain(told)), *_answer_button(shown, words)))
    for answer in pages[number - 1]:
        elements += [
            Divider(),
            Paragraph((Bold(answerer(shown, answer, words)), *_aside(shown, answer, reader, words))),
        ]
        elements += _said(answer, words)
    if len(pages) > 1:
        elements.append(Footnote(plain(words.say("Page {page} of {pages}", page=number, pages=len(pages)))))
    turn = [Button(words.say("Back"), TurnAnswers(challenge.id, number - 1))] if number > 1 else []
    turn += [Button(words.say("Further"), TurnAnswers(challenge.id, number + 1))] if number < len(pages) else []
    row = [*turn, *([Button(words.say("Answer"), GiveAnswer(challenge.id))] if challenge.is_open() else [])]
    return Card(_notice(challenge), (*elements, *([Buttons(tuple(row))] if row else [])))


def _answer_button(shown: Standing, words: Words) -> list[Element]:
    if not shown.challenge.is_open():
        return []
    return [Buttons((Button(words.say("Answer"), GiveAnswer(shown.challenge.id), Weight.MAIN),))]


def _pointed(answered: Answered, words: Words) -> Card:
    """Kept, and seen by nobody else until its writer has said what is to be done."""
    answer, marks = answered.answer, answered.marks
    title = words.say("One look before others read it")
    kept = words.say("Your answer is kept, and nobody else sees it yet. Shall I leave that out?")
    silent = words.say("If you choose nothing, your answer is not used, and it is deleted when the challenge closes.")
    buttons = [
        Button(words.say("Take it out"), LeaveOut(answer.challenge), Weight.MAIN),
        Button(words.say("Change it"), ChangeAnswer(answer.challenge)),
    ]
    if all(mark.may_stand() for mark in marks):
        fine = words.say("It is nobody private: let it stand")
        buttons.append(Button(fine, LetAnswerStand(answer.challenge, seen_at(answer))))
    buttons.append(Button(words.say("Take it back"), TakeAnswerBack(answer.challenge)))
    elements: list[Element] = [
        Heading(title),
        Paragraph(plain(f"{marks_named(marks, words)} {kept}")),
        *_said(answer, words),
        Buttons(tuple(buttons)),
        Footnote(plain(silent)),
    ]
    return Card(title, tuple(elements), Accent.WARN)


def _said(answer: Answer, words: Words) -> list[Element]:
    elements: list[Element] = []
    if answer.sees:
        elements += [Paragraph(plain(words.say("Sees:"))), Quote(plain(answer.sees))]
    if answer.suggests:
        elements += [Paragraph(plain(words.say("Suggests:"))), Quote(plain(answer.suggests))]
    return elements


def _aside(shown: Standing, answer: Answer, reader: MemberId, words: Words) -> Text:
    told: list[str] = []
    if answer.member == reader:
        told.append(words.say("you"))
    if not answer.shown:
        whom = shown.author is not None
        told.append(words.say("only for whoever asks") if whom else words.say("only for the case note"))
    if answer.held:
        told.append(words.say("waits for you"))
    return plain(f" ({', '.join(told)})") if told else ()


def _pages(answers: tuple[Answer, ...]) -> list[list[Answer]]:
    pages: list[list[Answer]] = []
    room = 0
    for answer in answers:
        size = len(answer.sees) + len(answer.suggests)
        if not pages or size > room:
            pages.append([])
            room = _PAGE
        pages[-1].append(answer)
        room -= size
    return pages


def _excerpts(shown: Standing, words: Words) -> list[Element]:
    """The newest of each sector that may be seen by all, and then others, shortly."""
    newest = [one for one in reversed(shown.answers) if one.shown and not one.held]
    first = list({one.sector: one for one in reversed(newest)}.values())
    chosen = [*first, *(one for one in newest if one not in first)][:_SHOWN]
    elements: list[Element] = []
    for answer in chosen:
        elements += [Paragraph((Bold(answerer(shown, answer, words)),)), Quote(plain(_excerpt(answer, words)))]
    return elements


def _excerpt(answer: Answer, words: Words) -> str:
    """What they see and what they suggest, told apart; where there are both, each has half of the room."""
    halves = ((words.say("Sees:"), answer.sees), (words.say("Suggests:"), answer.suggests))
    said = [(label, " ".join(text.split())) for label, text in halves if text]
    return "\n".join(f"{label} {shortened(text, _EXCERPT // len(said))}" for label, text in said)


def how_it_ended(shown: Standing, words: Words) -> Paragraph:
    """How many answered, and what becomes of it."""
    challenge = shown.challenge
    counted = words.count("Closed. {number} answered.", "Closed. {number} answered.", shown.counted())
    if not shown.counted():
        told = words.say("Closed. Nobody answered this time, and that is an answer, too.")
    elif challenge.note is not None and shown.author is not None:
        becomes = words.say("{name} makes a case note of it.", name=shown.author.name)
        told = f"{counted} {becomes}"
    else:
        told = counted
    return Paragraph(plain(told))


def _notice(challenge: Challenge) -> str:
    return shortened(challenge.question, NOTICE)
