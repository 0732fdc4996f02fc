"""Makes the README's pictures of Discord from our own components: ``python -m tests.emulators.discord_pictures [FOLDER]``.

Needs Chromium.
"""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from adapters.discord.forms import render_modal
from adapters.discord.page import Page
from adapters.discord.render import render_card
from bot.introductions.cards import offer_card, room_card
from bot.introductions.domain import Answer, IntroState
from bot.introductions.seeing import Seen
from bot.members.cards import profile_card
from bot.members.domain import SECTORS, THEMES, WorkspaceOptions
from bot.members.forms import profile_form
from bot.members.profile import Lists
from bot.polls.cards import poll_card
from bot.words import Languages, Words
from tests.adapters.browsing import CHROMIUM, chromium
from tests.emulators.discord_preview import Component, Server, message, modal, page, picture
from tests.emulators.slack_pictures import ANNA_HOLM, BO_LIND, PEOPLE, POLL
from tests.gallery_introductions import NAMING, NOW, ZONE, an_intro

IMAGES = Path(__file__).parents[2] / "docs" / "images"
LANGUAGE = "da"
SERVER = Server(people={"1001": ANNA_HOLM.name, "1002": BO_LIND.name}, zone=ZONE)
TAG = "bridg"
PRIVATE = ("Kun du kan se dette", "Afvis besked")
WIDTH = 660


def drawn(words: Words) -> dict[str, Markup]:
    """The pictures by name: an offer and the room that opens, a profile, the form that changes it, and a poll."""
    asked = Seen(an_intro(1, IntroState.OFFERED, ANNA_HOLM, BO_LIND), PEOPLE, NAMING, NOW, ANNA_HOLM.id)
    opened = Seen(
        an_intro(2, IntroState.OPENED, ANNA_HOLM, BO_LIND, answer=Answer.YES), PEOPLE, NAMING, NOW, ANNA_HOLM.id
    )
    lists = Lists(SECTORS, THEMES)
    (offer,) = render_card(offer_card(asked, words), TAG, {})
    (room,) = render_card(room_card(replace(opened, reader=None), words, ZONE), TAG, {}, calling=tuple(SERVER.people))
    (profile,) = render_card(profile_card(ANNA_HOLM, lists, WorkspaceOptions(), words, NOW.date()), TAG, {})
    (poll,) = render_card(poll_card(POLL, words), TAG, {})
    form = render_modal(profile_form(ANNA_HOLM, lists, words), 0, TAG, words, {}, {})
    return {
        "discord-offer": message(_sent(offer), SERVER, clock="I dag kl. 09.00"),
        "discord-room": message(_sent(room), SERVER, clock="I dag kl. 09.12"),
        "discord-profile": message(_sent(profile), SERVER, clock="I dag kl. 09.20", private=PRIVATE),
        "discord-poll": message(_sent(poll), SERVER, clock="I dag kl. 09.30"),
        "discord-form": modal(form.to_dict(), SERVER, submit="Indsend", cancel="Annuller"),
    }


def _sent(shown: Page) -> list[Component]:
    return [item.to_component_dict() for item in shown.view().children]


async def main(folder: Path) -> None:
    """Writes the PNGs."""
    folder.mkdir(parents=True, exist_ok=True)
    async with chromium() as browser:
        for name, shown in drawn(Languages.load().words(LANGUAGE, ZONE)).items():
            await picture(browser, page(shown, width=WIDTH), folder / f"{name}.png", WIDTH)


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("Chromium is needed for the pictures; on Debian: apt-get install chromium")
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES))
