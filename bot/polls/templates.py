"""Polls that an academy asks again and again, ready to be looked at and changed."""

from enum import StrEnum
from typing import assert_never

from bot.polls.domain import PollKind, Showing
from bot.polls.writing import Written
from bot.words import Words


class Template(StrEnum):
    """Which one."""

    PULSE = "pulse"
    CAMP = "camp"
    NEXT = "next"


def template_name(which: Template, words: Words) -> str:
    """What it is called in a menu."""
    return {
        Template.PULSE: words.say("How our network is doing (1 to 5 stars)"),
        Template.CAMP: words.say("How the camp was (1 to 5 stars)"),
        Template.NEXT: words.say("What the next camp needs (several answers)"),
    }[which]


def template(which: Template, words: Words) -> Written:
    """The poll, in the words of whoever asks for it."""
    closes = words.say("in 72 hours")
    match which:
        case Template.PULSE:
            question = words.say("How is our network doing, seen from where you are?")
            return Written(question, kind=PollKind.RATING, anonymous=True, closes=closes)
        case Template.CAMP:
            question = words.say("How much did the camp give you that you can use at home?")
            return Written(question, kind=PollKind.RATING, anonymous=True, closes=closes)
        case Template.NEXT:
            return Written(
                words.say("What do you want more of at the next camp?"),
                (
                    words.say("Time for talks across sectors"),
                    words.say("Work on real cases"),
                    words.say("Examples that have worked"),
                    words.say("Citizens' own stories"),
                    words.say("Agreements on what we do next"),
                ),
                kind=PollKind.MULTIPLE,
                most=2,
                may_add=True,
                showing=Showing.AFTER_VOTE,
                closes=closes,
            )
        case _:
            assert_never(which)
