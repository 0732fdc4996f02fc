"""A poll on Slack and on Discord at once, in a real process: from the line to the result, each member counted once."""

import re
from pathlib import Path

from tests.emulators.discord_person import Person as DiscordPerson
from tests.emulators.discord_state import Channel as DiscordChannel
from tests.emulators.slack_person import Person as SlackPerson
from tests.end_to_end.discord_town import emulated as emulated_discord
from tests.end_to_end.slack_town import emulated as emulated_slack
from tests.end_to_end.two_towns import on_both

SOON = 30.0  # seconds; a busy machine is slow, and nothing here is about speed


async def test_one_poll_on_slack_and_on_discord(tmp_path: Path) -> None:
    async with emulated_slack(tmp_path, "socket") as (slack, port), emulated_discord() as discord:
        team, guild = slack.team("Akademiet", installed=True), discord.guild("Akademiets server")
        anna = team.person("Anna Lund", locale="da-DK", tz="Europe/Copenhagen")
        bo = guild.person("Bo Testesen", locale="en-US")
        team.channel("general", anna)
        there = guild.named("general")
        assert there is not None
        place = on_both(tmp_path, port, slack, team, discord, f"slack:{anna.id},discord:{bo.id}")
        (tmp_path / "members.csv").write_text(
            "id,name,organisation,sector,themes,needs,offers,language,slack_id,discord_id\n"
            f"1,Anna Lund,Rødovre Kommune,municipality,loneliness,premises,funding,da,{anna.id},\n"
            f"2,Bo Testesen,Byens Venner,civil society,loneliness,funding,premises,en,,{bo.id}\n",
            encoding="utf-8",
        )
        assert "2 added" in place.line("members", "import", "members.csv")
        async with place.open():
            await discord.connected()
            await bo.until(lambda: bo.commands(there), SOON)
            await anna_asks_on_slack(anna)
            await bo_asks_on_discord_too(bo, there)
            await both_vote(anna, bo)
        assert slack.problems == []
        assert discord.problems == []
        assert re.search("ERROR|Traceback|Lund|Testesen|xox|xapp", (tmp_path / "service.log").read_text()) is None


async def anna_asks_on_slack(anna: SlackPerson) -> None:
    await anna.uses_shortcut("Ny afstemning")
    await anna.until_modal("Ny afstemning", SOON)
    await anna.fills(
        {
            "Hvad vil du spørge om?": "Hvor holder vi Camp 4?",
            "Hvad kan man vælge?": "Rødovre\nOdense\nOnline",
            "Hvordan stemmer man?": "op til 2 af svarene",
            "I hvilke kanaler?": "#general",
        }
    )
    await anna.submits()
    await anna.until_sees("Sådan kommer det til at se ud", SOON)
    await anna.presses("Læg den op")
    await anna.until_sees("0 har stemt.", SOON)


async def bo_asks_on_discord_too(bo: DiscordPerson, there: DiscordChannel) -> None:
    await bo.types("/poll list", there)
    await bo.until_sees("Look at one", SOON)
    await bo.chooses("Look at one", "Hvor holder vi Camp 4?")
    await bo.until_sees("Ask here, too", SOON)
    await bo.presses("Ask here, too")
    await bo.until_sees("It stands here now, too.", SOON)


async def both_vote(anna: SlackPerson, bo: DiscordPerson) -> None:
    await anna.presses("Stem")
    await anna.until_modal("Hvor holder vi Camp 4?", SOON)
    await anna.fills({"Dine svar": ["Odense", "Online"]})
    await anna.submits()
    await anna.until_sees("Din stemme: Odense og Online", SOON)
    # What all see is in the academy's language, what is somebody's own in theirs.
    await bo.presses("Stem")
    await bo.until_modal("Hvor holder vi Camp 4?", SOON)
    await bo.fills({"Your answers": ["Odense"]})
    await bo.submits()
    await bo.until_sees("Your vote: Odense", SOON)
    await anna.until_sees("2 har stemt.", SOON)
    await bo.until_sees("2 har stemt.", SOON)
