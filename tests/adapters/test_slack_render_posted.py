"""The whole gallery over the wire: Slack takes every card, and whoever reads it finds every word."""

import re
from zoneinfo import ZoneInfo

import pytest

from adapters.slack.render import pictures
from adapters.slack.views import home_view
from bot.identity import new_id
from bot.messages.elements import Card, Select
from bot.words import LANGUAGES, Languages, Words
from tests.adapters.slack_reading import words_of
from tests.adapters.slack_sending import Scene, address, scene
from tests.emulators.slack_shown import Eyes
from tests.emulators.slack_state import Message
from tests.gallery import every_card, words_of_card

# Seconds of the emulator's clock between two calls, so that its rates do not matter here.
_APART = 10
LOADED = Languages.load()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_card_is_taken_and_read_whole(language: str) -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        chat = here.chat()
        for name, card in every_card(speech(language)):
            before = len(all_of(here, anna.id))
            here.clock.advance(seconds=_APART)
            await chat.post(address(f"user:{anna.id}"), card, str(new_id()))
            posted = all_of(here, anna.id)[before:]
            shown = bare("\n".join(Eyes(here.team).message(message) for message in posted))
            missing = [text for text in words_of_card(card) if bare(text) not in shown and not is_in_a_menu(card, text)]
            assert missing == [], name
            assert bare(words_of([message.blocks for message in posted])), name


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_card_can_stand_on_the_home_tab(language: str) -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        for name, card in every_card(speech(language)):
            files = [f"F{place}" for place, _ in enumerate(pictures(card))]
            if files:
                continue
            view = home_view(card, speech(language), {}, files)
            here.clock.advance(seconds=_APART)
            answer = await here.api.call(here.workspace, "views.publish", user_id=anna.id, view=view)
            assert answer["ok"] is True, name


def speech(language: str) -> Words:
    return LOADED.words(language, ZoneInfo("Europe/Copenhagen"))


def all_of(here: Scene, user: str) -> list[Message]:
    """What was said to a person: a long card goes on in the thread below it."""
    return sorted(here.direct(user), key=lambda message: message.ts)


def is_in_a_menu(card: Card, text: str) -> bool:
    """Whether it is only seen when a menu is opened."""
    menus = [element for element in card.elements if isinstance(element, Select)]
    return any(text in (choice.label, choice.hint) for menu in menus for choice in menu.choices)


def bare(text: str) -> str:
    return re.sub(r"[\s>•]", "", text)
