"""The person's own page and what did not arrive, for the renderers: full and empty, of a stranger and of an organiser."""

from dataclasses import replace

from bot.deliveries.undelivered import Undelivered
from bot.deliveries.undelivered_cards import KINDS, undelivered_card
from bot.home import (
    home_card,
    introductions_part,
    profile_part,
    round_part,
    stranger_card,
    undelivered_part,
    waiting_part,
)
from bot.identity import Address, IntroId, RoundId
from bot.introductions.answers import Mine
from bot.introductions.domain import Answer, IntroState, Round, RoundState
from bot.introductions.drafting import Draft
from bot.introductions.seeing import Seen
from bot.matching.domain import LeftOut, WhyLeftOut
from bot.members.domain import SECTORS, Consent, Member
from bot.members.profile import Lists
from bot.messages.elements import Card, Divider
from bot.messages.forms import Form
from bot.words import Words
from tests.gallery import NASTY
from tests.gallery_introductions import ANNA, BO, CARL, NAMING, NOW, PEOPLE, an_intro

_LISTS = Lists(SECTORS, ())
_CODES = ("Refused not_installed", "Gone", "TimeoutError", "no_account", "Refused", "unexpected ValueError", "too_late")


def _mine(offers: int) -> Mine:
    states = [(IntroState.OFFERED, Answer.NONE)] * offers + [(IntroState.OFFERED, Answer.YES)]
    intros = [
        an_intro(300 + place, state, ANNA, BO, CARL, answer=answer) for place, (state, answer) in enumerate(states)
    ]
    opened = replace(an_intro(350, IntroState.OPENED, ANNA, BO), room=Address("web", "room:1"), opened_at=NOW)
    endless = replace(an_intro(351, IntroState.OFFERED, ANNA, BO), answer_until=None, reasons=())
    every = [endless, *intros, opened, replace(opened, id=IntroId(CARL.id))]
    alone = Seen(opened, {ANNA.id: ANNA}, NAMING, NOW, ANNA.id)
    return Mine((*(Seen(intro, PEOPLE, NAMING, NOW, ANNA.id) for intro in every), alone), ())


def _pages(words: Words) -> list[tuple[str, Card]]:
    nothing, today = Mine((), ()), NOW.date()
    round_ = Round(
        RoundId(BO.id), 7, RoundState.DRAFT, 1, NOW, left_out=(LeftOut(str(CARL.id), WhyLeftOut.PARTNERS_TAKEN),)
    )
    draft = Draft(round_, tuple(an_intro(400 + number, IntroState.PLANNED, ANNA, BO) for number in range(3)))
    lost = _lost()
    full = [
        [*waiting_part(_mine(5), words), Divider(), *introductions_part(_mine(5), words)],
        profile_part(ANNA, _LISTS, words, today, NOW),
        round_part(draft, words),
        undelivered_part(lost, words),
    ]
    empty = [
        [*waiting_part(nothing, words), Divider(), *introductions_part(nothing, words)],
        profile_part(replace(ANNA, needs=(), consent=Consent.NOT_NOW), _LISTS, words, today, None),
        round_part(None, words),
        undelivered_part((), words),
    ]
    return [
        ("home of a stranger", stranger_card(words)),
        ("home, full", home_card(ANNA, full, words)),
        ("home, empty", home_card(replace(BO, name=" "), empty, words)),
        ("home, on a break", home_card(BO, [profile_part(_away(), _LISTS, words, today, NOW)], words)),
        ("what did not arrive", undelivered_card(lost, words)),
        ("everything arrived", undelivered_card((), words)),
    ]


def _away() -> Member:
    return replace(BO, paused_until=NOW.date().replace(month=12))


def _lost() -> list[Undelivered]:
    names = ("", *NASTY)
    kinds = (*KINDS, "another")
    return [
        Undelivered(kind, names[place % len(names)], place % 5 == 0, _CODES[place % len(_CODES)], NOW)
        for place, kind in enumerate(kinds * 3)
    ]


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    return _pages(words)


def forms(words: Words) -> list[tuple[str, Form]]:
    """None."""
    del words
    return []
