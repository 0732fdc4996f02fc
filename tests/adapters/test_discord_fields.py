"""What organisers see on Discord: permissions by the client's names, and one message for each page of a round."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import discord
import pytest

from adapters.discord.render import render_card
from adapters.discord.scopes import OF_ROOMS, lacking_for_rooms
from bot.introductions.domain import IntroState
from bot.introductions.preview import PAGE, preview_card
from bot.words import Languages
from tests.gallery_introductions import ANNA, BO, CARL, a_draft_of, an_intro


def test_permissions_are_called_as_the_client_calls_them() -> None:
    found = lacking_for_rooms(discord.Permissions.none())
    assert len(found) == len(OF_ROOMS)
    assert found[0].names["da"] == "Vis kanaler (View Channels)"
    assert lacking_for_rooms(discord.Permissions(administrator=True)) == ()
    first, *_ = lacking_for_rooms(discord.Permissions(view_channel=True))
    assert first.name == "Create Private Threads"


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_page_of_a_round_is_one_message_however_long_the_names_are(language: str) -> None:
    words = Languages.load().words(language, ZoneInfo("Europe/Copenhagen"))
    view = a_draft_of(3 * PAGE)
    trios = tuple(
        replace(an_intro(number, IntroState.PLANNED, ANNA, BO, CARL), repeat=True) for number in range(3 * PAGE)
    )
    people = {
        id_: replace(one, name=f"{one.name} {'Navn' * 20}"[:60], organisation="Organisation " * 6)
        for id_, one in view.people.items()
    }
    long = replace(view, draft=replace(view.draft, intros=trios), people=people)
    for page in (1, 2, 8):
        assert len(render_card(preview_card(long, words, page), "abcde", {})) == 1
    assert len(render_card(preview_card(view, words), "abcde", {})) == 1
