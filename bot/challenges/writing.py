"""A challenge from what somebody typed, in a line or in the form; what is wrong with it is told by the field."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.challenges.domain import (
    PART_CHARACTERS,
    QUESTION_CHARACTERS,
    VIEW_CHARACTERS,
    Challenge,
)
from bot.challenges.until import read_until
from bot.errors import NotUnderstood, Phrase, phrase
from bot.identity import ChallengeId, MemberId, new_id
from bot.members.domain import Theme
from bot.messages.text import clean
from bot.questions.until import Until
from bot.words import Words

_BETWEEN = re.compile(r"[,;|]|(?:^|\s)(?:og|and|&)(?=\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """What was typed. ``themes``: keys or names; ``closes``: a time, or nothing."""

    question: str = field(default="", repr=False)
    view: str = field(default="", repr=False)
    themes: tuple[str, ...] = ()
    closes: str = ""


def problems_in(typed: Written, themes: Sequence[Theme], now: datetime, words: Words) -> Mapping[str, Phrase]:
    """What cannot be read, by the field in which it stands."""
    readers: Sequence[tuple[str, Callable[[], object]]] = (
        ("question", lambda: read_question(typed.question)),
        ("view", lambda: read_text(typed.view, VIEW_CHARACTERS)),
        ("themes", lambda: read_themes(typed.themes, themes, words)),
        ("closes", lambda: _readable(read_until(typed.closes, now, words))),
    )
    problems: dict[str, Phrase] = {}
    for name, read in readers:
        try:
            read()
        except NotUnderstood as sorry:
            problems[name] = sorry.said
    return problems


def new_challenge(author: MemberId, typed: Written, themes: Sequence[Theme], now: datetime, words: Words) -> Challenge:
    """A draft. Raises NotUnderstood for the first thing that cannot be read, except for the time of its close: that is asked
    about (:mod:`bot.challenges.until`)."""
    return rewritten(Challenge(ChallengeId(new_id()), author, "", now), typed, themes, now, words)


def rewritten(challenge: Challenge, typed: Written, themes: Sequence[Theme], now: datetime, words: Words) -> Challenge:
    """The challenge with what was typed now, closing at the likeliest time that it may mean. Raises as above."""
    return replace(
        challenge,
        question=read_question(typed.question),
        view=read_text(typed.view, VIEW_CHARACTERS),
        themes=read_themes(typed.themes, themes, words),
        closes_at=read_until(typed.closes, now, words).at,
    )


def read_question(typed: str) -> str:
    """The question in one line. Raises NotUnderstood for one that is empty or too long."""
    question = " ".join(clean(typed).split())
    if not any(letter.isalnum() for letter in question):
        raise NotUnderstood(phrase("What do you want to ask? One open question is enough."))
    return _no_longer(question, QUESTION_CHARACTERS)


def read_text(typed: str, most: int) -> str:
    """Running text with its lines. Raises NotUnderstood for one that is too long; nothing visible is nothing."""
    lines = [" ".join(line.split()) for line in clean(typed).splitlines()]
    text = "\n".join(lines).strip()
    return _no_longer(text, most) if any(letter.isalnum() for letter in text) else ""


def read_parts(sees: str, suggests: str) -> tuple[str, str]:
    """The two halves of an answer. Raises NotUnderstood where nothing is said, or far too much."""
    said = read_text(sees, PART_CHARACTERS), read_text(suggests, PART_CHARACTERS)
    if not any(said):
        raise NotUnderstood(phrase("Write what you see, or what you suggest: one of the two is enough."))
    return said


def read_themes(typed: Sequence[str], themes: Sequence[Theme], words: Words) -> tuple[str, ...]:
    """Keys of the academy's themes. Raises NotUnderstood for one that it has not, naming those that it has."""
    found: list[str] = []
    # Typed in one line they stand with commas, or "and", between them, as in any other line.
    several = [one for text in typed for one in ([text] if _named(text, themes) else _BETWEEN.split(text))]
    for one in filter(None, (text.strip() for text in several)):
        theme = _named(one, themes)
        if theme is None:
            known = words.in_order(theme.name(words.language) for theme in themes)
            raise NotUnderstood(
                phrase("I don't know that theme here. Choose from: {themes}.", themes=", ".join(known))
                if known
                else phrase("The academy has no themes yet. Leave it out.")
            )
        found.append(theme.key)
    return tuple(dict.fromkeys(found))


def _named(typed: str, themes: Sequence[Theme]) -> Theme | None:
    return next((theme for theme in themes if theme.goes_by(typed)), None)


def overflowing(typed: Written) -> Written:
    """As the form can show it: what is too long for a question goes on in how its author sees it. Raises NotUnderstood for what
    is too long for both; whoever typed it has it still."""
    question = " ".join(clean(typed.question).split())
    if len(question) <= QUESTION_CHARACTERS:
        read_text(typed.view, VIEW_CHARACTERS)
        return typed
    view = "\n".join(filter(None, (question, typed.view.strip())))
    if len(view) > VIEW_CHARACTERS:
        raise NotUnderstood(_too_long(len(question), QUESTION_CHARACTERS))
    return replace(typed, question="", view=view)


def _no_longer(text: str, most: int) -> str:
    if len(text) > most:
        raise NotUnderstood(_too_long(len(text), most))
    return text


def _too_long(length: int, most: int) -> Phrase:
    return phrase("That is {length} characters; {most} is the most. Say it shorter, please.", length=length, most=most)


def _readable(until: Until) -> None:
    if until.question is not None and not until.times:
        raise NotUnderstood(until.question)
