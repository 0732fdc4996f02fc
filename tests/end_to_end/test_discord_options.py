"""Discord's own options with the real commands: what is suggested while a member types, what a choice becomes, where rooms open.

The service is a real process beside an emulated Discord.
"""

import re
from pathlib import Path

from tests.emulators.discord_state import Channel
from tests.end_to_end.discord_town import Town, emulated, settled, town
from tests.end_to_end.test_discord_story import (
    a_round_goes_out,
    one_says_yes,
    the_academy_is_invited,
    the_other_says_yes,
)

SOON = 30.0  # seconds; a busy machine is slow


async def test_a_member_and_an_organiser_use_what_discord_offers(tmp_path: Path) -> None:
    async with emulated() as discord:
        here = town(discord, "Akademiet")
        place = settled(tmp_path, here)
        async with place.open():
            await discord.connected()
            await here.people[0].until(lambda: here.people[0].commands(here.general), SOON)
            await a_day_is_shown_as_it_is_understood(here)
            await what_exists_is_suggested(here)
            await an_organiser_names_another(here)
            await rooms_get_a_channel(here)
        # A second start writes no menu, since none has changed.
        async with place.open():
            await discord.connected()
            await discord.until(lambda: len(discord.called("GET /applications/{application}/commands")) == 2, SOON)
        assert len(discord.called("PUT /applications/{application}/commands")) == 1
        assert discord.problems == []
        assert re.search("ERROR|Traceback|Lund|Testesen", (tmp_path / "service.log").read_text()) is None


async def test_rooms_open_in_the_channel_that_was_chosen(tmp_path: Path) -> None:
    async with emulated() as discord:
        here = town(discord, "Akademiet")
        chosen = here.guild.channel("introduktioner")
        async with settled(tmp_path, here).open():
            await discord.connected()
            await here.people[0].until(lambda: here.people[0].commands(here.general), SOON)
            await rooms_are_chosen(here, chosen)
            await the_academy_is_invited(here)
            await a_round_goes_out(here)
            await one_says_yes(here)
            await the_other_says_yes(here)
        [room] = here.guild.rooms()
        assert room.parent == chosen.id
        assert discord.problems == []


async def a_day_is_shown_as_it_is_understood(here: Town) -> None:
    bo = here.people[1]
    offered = await bo.offers("/profil pause", "indtil", "om to uger", here.general)
    assert re.fullmatch(r"om to uger → \w+dag den \d+\. \w+ \d{4}", offered[0]["name"])
    await bo.types("/profil pause", here.general, indtil=offered[0]["value"])
    await bo.until_sees("pause", SOON)
    await bo.types("/profil genoptag", here.general)
    await bo.until_sees("Dejligt, at du er tilbage.", SOON)


async def what_exists_is_suggested(here: Town) -> None:
    organiser, bo = here.people[:2]
    assert await bo.completes("/match find", "ord", "ensom", here.general) == ["ensomhed"]
    assert await organiser.completes("/akademi tema", "nøgle", "hjem", here.general) == ["hjemløshed (homelessness)"]
    assert (await organiser.completes("/match plan", "hver", "tirsdag 8.30", here.general))[0] == "tirsdag kl. 08.30"


async def an_organiser_names_another(here: Town) -> None:
    organiser, bo = here.people[:2]
    await organiser.types("/akademi tovholder", here.general, medlem=bo)
    await organiser.until_sees("tovholder", SOON)
    # Without the right to manage the server, the command is his in the conversation with the bot.
    assert "academy" not in [row["name"] for row in bo.commands(here.general)]
    await bo.types("/akademi vis", bo.direct)
    await bo.until_sees("Jeres akademi", SOON)


async def rooms_get_a_channel(here: Town) -> None:
    organiser, guild = here.people[0], here.guild
    closed = guild.channel("ledelse")
    guild.forbids(closed, guild.bot_role, "create_private_threads")
    await organiser.types("/akademi rum", closed)
    wanted = "Opret private tråde (Create Private Threads)"
    await organiser.until_sees(f"Giv mig dette i kanalens indstillinger under Tilladelser: {wanted}.", SOON)
    await rooms_are_chosen(here, guild.channel("introduktioner"))


async def rooms_are_chosen(here: Town, channel: Channel) -> None:
    organiser = here.people[0]
    await organiser.types("/akademi rum", channel)
    await organiser.until_sees("Skal rum åbne i denne kanal?", SOON)
    await organiser.presses("Åbn rum her", channel)
    await organiser.until_sees("Rum åbner i denne kanal", SOON)
