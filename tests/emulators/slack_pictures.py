"""Makes the README's pictures of Slack from our own blocks: ``python -m tests.emulators.slack_pictures``. Needs Chromium."""

import asyncio
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from markupsafe import Markup

from adapters.slack.forms import render_form
from adapters.slack.render import render_card
from adapters.slack.views import home_view
from bot.home import home_card, introductions_part, profile_part, waiting_part
from bot.introductions.answers import Mine
from bot.introductions.cards import offer_card, room_card
from bot.introductions.domain import Answer, IntroState
from bot.introductions.seeing import Seen
from bot.members.domain import SECTORS, THEMES
from bot.members.forms import profile_form
from bot.members.profile import Lists
from bot.polls.cards import poll_card
from bot.polls.domain import PollKind
from bot.polls.standing import Standing
from bot.words import Languages, Words
from tests.adapters.browsing import CHROMIUM, chromium
from tests.emulators.slack_preview import Workspace, home, message, modal, page, picture
from tests.gallery_introductions import ANNA, BO, CARL, NAMING, NOW, ZONE, an_intro
from tests.gallery_polls import a_poll

IMAGES = Path(__file__).parents[2] / "docs" / "images"
LANGUAGE = "da"
ANNA_HOLM = replace(
    ANNA,
    name="Anna Holm",
    themes=("ældre",),
    needs=("lokaler om aftenen", "frivillige"),
    offers=("adgang til plejehjem", "data om ældre"),
    language="da",
)
BO_LIND = replace(BO, name="Bo Lind", organisation="Sportshallen", themes=("ældre",), offers=("mødelokaler", "kaffe"))
CARL_JUHL = replace(CARL, name="Carl Juhl")
PEOPLE = {member.id: member for member in (ANNA_HOLM, BO_LIND, CARL_JUHL)}
USERS = {ANNA_HOLM.id: "U1", BO_LIND.id: "U2"}
WORKSPACE = Workspace(people={"U1": ANNA_HOLM.name, "U2": BO_LIND.name}, zone=ZONE)
WIDTH = 620
POLL = Standing(a_poll(PollKind.SINGLE, quorum=0), ANNA_HOLM, 14, {("1",): 8, ("2",): 4, ("3",): 2})


def drawn(words: Words) -> dict[str, Markup]:
    """The pictures by name: an offer and the room that opens, a form, the Home tab, a poll."""
    asked = Seen(an_intro(1, IntroState.OFFERED, ANNA_HOLM, BO_LIND), PEOPLE, NAMING, NOW, ANNA_HOLM.id)
    opened = Seen(
        an_intro(2, IntroState.OPENED, ANNA_HOLM, BO_LIND, answer=Answer.YES), PEOPLE, NAMING, NOW, ANNA_HOLM.id
    )
    earlier = Seen(
        an_intro(3, IntroState.OPENED, ANNA_HOLM, CARL_JUHL, answer=Answer.YES), PEOPLE, NAMING, NOW, ANNA_HOLM.id
    )
    lists = Lists(SECTORS, THEMES)
    mine = Mine((asked, earlier), ())
    parts = [
        waiting_part(mine, words),
        introductions_part(mine, words),
        profile_part(ANNA_HOLM, lists, words, NOW.date(), NOW + timedelta(days=7)),
    ]
    (offer,) = render_card(offer_card(asked, words), USERS, ())
    (room,) = render_card(room_card(replace(opened, reader=None), words, ZONE), USERS, ())
    (poll,) = render_card(poll_card(POLL, words), USERS, ())
    return {
        "slack-poll": message(poll.blocks, WORKSPACE, clock="09.30"),
        "slack-offer": message(offer.blocks, WORKSPACE, clock="09.00"),
        "slack-room": message(room.blocks, WORKSPACE, clock="09.12"),
        "slack-profile": modal(render_form(profile_form(ANNA_HOLM, lists, words), words, "", USERS), WORKSPACE),
        "slack-home": home(home_view(home_card(ANNA_HOLM, parts, words), words, USERS, ()), WORKSPACE),
    }


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
