"""Ways to begin a conversation: a bank of questions that fit the reasons, the themes, and what partners have learnt.

The five learnings behind the general ones: look at the task and what it takes; begin small with the long run in mind; know
who is in play and stay flexible; bring in the right people and those who decide; and ask whether a partnership is the best
answer at all. The choice depends on the introduction's id alone, so that an edited card asks the same as before.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import assert_never

from bot.errors import Phrase, phrase
from bot.introductions.domain import Intro
from bot.introductions.gathering import member_id
from bot.introductions.reasons import chosen
from bot.introductions.seeing import Naming, Seen
from bot.matching.domain import Reason, ReasonKind
from bot.members.limits import TAG
from bot.messages.text import shortened
from bot.words import Words

HOW_MANY = 3

NEED_OFFER = (
    phrase("{receiver}, what would change first if you had “{need}” tomorrow?"),
    phrase("{giver}, when did “{offer}” last make a difference to somebody?"),
    phrase("{receiver}, what have you already tried to get “{need}”, and what did you learn?"),
    phrase("{giver}, what would you have to know before you could share “{offer}”?"),
    phrase("What is the smallest trial of “{offer}” that you could both start within a month?"),
)
THEMES: Mapping[str, Sequence[Phrase]] = {
    "ageing": (
        phrase("What makes a good day for an older person you know, and who in your town helps it along?"),
        phrase("Where do older people give something today that nobody has asked them for?"),
    ),
    "children": (
        phrase("What would a family with a child with special needs ask you two to stop doing?"),
        phrase("Who does such a family meet in a week, and which of them never meet each other?"),
    ),
    "health": (
        phrase("Where does health begin, in your work, long before anybody is ill?"),
        phrase("Which healthy thing would people do together if there were only a place for it?"),
    ),
    "homelessness": (
        phrase("What comes after the key to a home, and which of you could be there then?"),
        phrase("Who has you both surprised on the way from the street to a home of their own?"),
    ),
    "loneliness": (
        phrase("Where do people who are lonely already come by, so that nobody has to go looking for them?"),
        phrase("Which everyday thing could two strangers do together with your help?"),
    ),
    "sickness_benefit": (
        phrase("What does somebody on sickness benefit hear from you both, and does it fit together?"),
        phrase("Which small step back to work could one of you make room for?"),
    ),
    "youth": (
        phrase("What would young people do with your premises or your time if they decided?"),
        phrase("Which young person ought to sit at this table with you?"),
    ),
}
ANY_THEME = (
    phrase("What does {theme} look like on a Tuesday morning where you are?"),
    phrase("Who should have been asked about {theme} long ago?"),
)
NOTE = (
    phrase("{receiver}, what made you stop at “{need}”?"),
    phrase("{giver}, what would you do in another way if “{need}” began again tomorrow?"),
    phrase("What would have to be in place before “{need}” could be tried somewhere else?"),
)
SECTORS = (
    phrase("What does your sector believe about the other one that you know is wrong?"),
    phrase("Which rule or habit in your own sector would you like the other one to understand?"),
    phrase("What can one of you decide within a week that takes the other a year?"),
)
FIRST_MEETING = (
    phrase("Which person, met by chance, has meant most to your work?"),
    phrase("What are you proud of this year that hardly anybody has seen?"),
)
LEARNINGS = (
    phrase("If you look only at the task and not at your organisations: what does it take to solve it?"),
    phrase("Which competence does your task lack that the other might have down the hall?"),
    phrase("What could you try small and concrete next month that might still matter in three years?"),
    phrase("Which first step is so small that neither of you has to ask for permission?"),
    phrase("Who else is in play around this, and what do they win or lose?"),
    phrase("Where could each of you be flexible, and where not at all?"),
    phrase("Who has to be in the room next time for anything to be decided?"),
    phrase("Who said yes once and has to be won again?"),
    phrase("Is working together really the best answer here, or would a good piece of advice do?"),
    phrase("How would you both notice, kindly, that it is time to stop?"),
)


def starters_for(seen: Seen, words: Words) -> Sequence[str]:
    """Three questions, all different: one for the best reason, one for a theme, one from the learnings; others fill up."""
    return list(dict.fromkeys(_all(seen, words)))[:HOW_MANY]


def _all(seen: Seen, words: Words) -> Iterator[str]:
    intro = seen.intro
    reasons = chosen(intro.reasons)
    for kind in (ReasonKind.NOTE, ReasonKind.NEED_OFFER, ReasonKind.THEME):
        yield from _first([reason for reason in reasons if reason.kind is kind], seen, words)
    yield words.say(_in_order(LEARNINGS, intro)[0].message)
    for kind in (ReasonKind.SECTORS, ReasonKind.FIRST_MEETING):
        yield from _first([reason for reason in reasons if reason.kind is kind], seen, words)
    for general in _in_order(LEARNINGS, intro)[1:]:
        yield words.say(general.message)


def _first(reasons: Sequence[Reason], seen: Seen, words: Words) -> Iterator[str]:
    for reason in reasons[:1]:
        giver, receiver = seen.people.get(member_id(reason.giver)), seen.people.get(member_id(reason.receiver))
        if giver is None or receiver is None:
            continue
        yield words.say(
            _in_order(_bank(reason, seen.naming), seen.intro)[0].message,
            giver=giver.name,
            receiver=receiver.name,
            need=shortened(reason.term, TAG),
            offer=shortened(reason.offered or reason.term, TAG),
            theme=seen.naming.theme(reason.term, words),
        )


def _bank(reason: Reason, naming: Naming) -> Sequence[Phrase]:
    match reason.kind:
        case ReasonKind.NEED_OFFER:
            return NEED_OFFER
        case ReasonKind.THEME:
            theme = naming.theme_meant(reason.term)
            return THEMES.get(theme.key if theme else reason.term, ANY_THEME)
        case ReasonKind.NOTE:
            return NOTE
        case ReasonKind.SECTORS:
            return SECTORS
        case ReasonKind.FIRST_MEETING:
            return FIRST_MEETING
        case _:
            assert_never(reason.kind)


def _in_order(bank: Sequence[Phrase], intro: Intro) -> Sequence[Phrase]:
    """The bank, shuffled by the introduction's id: the same on every machine and every day."""
    return sorted(bank, key=lambda one: sha256(intro.id.bytes + one.message.encode()).digest())
