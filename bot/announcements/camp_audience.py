"""A camp's people as the audience of an announcement: those who come, who have not answered yet, who came."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias, assert_never
from uuid import UUID

from rapidfuzz import fuzz

from bot.arguments import nearest
from bot.camps.domain import Answer, Camp, CampState, Signup
from bot.errors import NotUnderstood, phrase
from bot.identity import CampId, MemberId
from bot.words import Words

_LONGEST = 60
_SHOWN = 40
_ALIKE = 60  # per cent
# What would be read as the end of a name, or of a condition.
_SIGNS = str.maketrans(dict.fromkeys(",+|:", " "))


class CampAnswer(StrEnum):
    """How somebody stands to a camp. ``YES``: comes, with a seat; ``ATTENDED``: was there."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"
    UNANSWERED = "unanswered"
    WAITING = "waiting"
    ATTENDED = "attended"


ANSWERS: Mapping[str, CampAnswer] = {
    "yes": CampAnswer.YES,
    "ja": CampAnswer.YES,
    "participants": CampAnswer.YES,
    "deltagere": CampAnswer.YES,
    "maybe": CampAnswer.MAYBE,
    "måske": CampAnswer.MAYBE,
    "no": CampAnswer.NO,
    "nej": CampAnswer.NO,
    "unanswered": CampAnswer.UNANSWERED,
    "no answer": CampAnswer.UNANSWERED,
    "not answered": CampAnswer.UNANSWERED,
    "ubesvaret": CampAnswer.UNANSWERED,
    "intet svar": CampAnswer.UNANSWERED,
    "ikke svaret": CampAnswer.UNANSWERED,
    "waiting": CampAnswer.WAITING,
    "waiting list": CampAnswer.WAITING,
    "venteliste": CampAnswer.WAITING,
    "venter": CampAnswer.WAITING,
    "attended": CampAnswer.ATTENDED,
    "deltog": CampAnswer.ATTENDED,
}

# Who stands how to which camp, by what a condition says of it.
Answered: TypeAlias = Mapping[str, Collection[MemberId]]


def read_camp(typed: str, camps: Sequence[Camp], now: datetime) -> tuple[str, str]:
    """What a condition says: how somebody stands to which camp, as text by which :func:`stands` tells them, and what the camp
    is called. ``typed`` is an answer, a camp's name, or both with a colon; without a name it is the next camp, or the last one
    where none is planned. Raises NotUnderstood."""
    pieces = [piece.strip() for piece in typed.split(":")]
    said = [piece for piece in pieces if piece in ANSWERS]
    answer = ANSWERS[said[0]] if said else CampAnswer.YES
    if said:
        pieces.remove(said[0])
    name = _plain(" ".join(pieces))
    if not camps:
        raise _none()
    camp = _named(name, camps) if name else _meant(answer, camps, now)
    return f"{answer.value}:{camp.id}", " ".join(camp.name.translate(_SIGNS).split())


def stands(condition: str, signup: Signup) -> bool:
    """Whether that is what a condition says."""
    answer, camp = asked(condition)
    return signup.camp == camp and _stands(answer, signup)


def asked(condition: str) -> tuple[CampAnswer, CampId]:
    """What a condition asks for, and of which camp."""
    answer, _, camp = condition.partition(":")
    return CampAnswer(answer), CampId(UUID(camp))


def camp_in_words(condition: str, name: str, words: Words) -> str:
    """Whom a condition means."""
    answer, _ = asked(condition)
    match answer:
        case CampAnswer.YES:
            return words.say("those who come to {camp}", camp=name)
        case CampAnswer.MAYBE:
            return words.say("those who said maybe to {camp}", camp=name)
        case CampAnswer.NO:
            return words.say("those who said no to {camp}", camp=name)
        case CampAnswer.UNANSWERED:
            return words.say("those who were invited to {camp} and have not answered", camp=name)
        case CampAnswer.WAITING:
            return words.say("those on the waiting list of {camp}", camp=name)
        case CampAnswer.ATTENDED:
            return words.say("those who were at {camp}", camp=name)
        case _:
            assert_never(answer)


def camp_as_typed(condition: str, name: str) -> str:
    """As somebody would type it."""
    return f"{asked(condition)[0].value}:{name}"


def _named(name: str, camps: Sequence[Camp]) -> Camp:
    newest = list(reversed(camps))
    exact = [one for one in newest if _plain(one.name) == name]
    found = next(iter([*exact, *(one for one in newest if name in _plain(one.name))]), None)
    if found is not None:
        return found
    # Two letters are near to anything.
    answers = {one for one in ANSWERS if len(one) > 2}
    near = alike(name, answers) or nearest(name[:_LONGEST], {_plain(one.name) for one in newest})
    if near:
        meant = phrase("I don't know {wanted}. Did you mean {nearest}?", wanted=name[:_SHOWN], nearest=f"camp:{near}")
        raise NotUnderstood(meant)
    raise NotUnderstood(
        phrase(
            "I know no camp by that name. Write camp:yes, maybe, no, unanswered, waiting or attended, or a camp's name; {list}"
            " shows them all.",
            list=phrase("/camp list"),
        )
    )


def alike(wanted: str, known: Iterable[str]) -> str:
    """The known name that somebody may have meant; empty where naming one would only puzzle, or mean something else."""
    near = nearest(wanted[:_LONGEST], known)
    return near if fuzz.ratio(wanted[:_LONGEST].casefold(), near) >= _ALIKE else ""


def _meant(answer: CampAnswer, camps: Sequence[Camp], now: datetime) -> Camp:
    coming = [one for one in camps if one.is_open(now)]
    over = [one for one in camps if one.state is not CampState.CANCELLED and not one.is_open(now)]
    if answer is CampAnswer.ATTENDED:
        coming = []
    if not coming and not over:
        raise _none()
    return coming[0] if coming else over[-1]


def _none() -> NotUnderstood:
    return NotUnderstood(phrase("There is no camp yet that I could ask for its participants."))


def _stands(answer: CampAnswer, signup: Signup) -> bool:
    match answer:
        case CampAnswer.YES:
            return signup.comes()
        case CampAnswer.MAYBE:
            return signup.answer is Answer.MAYBE
        case CampAnswer.NO:
            return signup.answer is Answer.NO
        case CampAnswer.UNANSWERED:
            return signup.answer is Answer.NONE
        case CampAnswer.WAITING:
            return signup.waits()
        case CampAnswer.ATTENDED:
            return signup.attended is True
        case _:
            assert_never(answer)


def _plain(name: str) -> str:
    return " ".join(name.casefold().translate(_SIGNS).split())
