"""One academy on Slack and Discord, in one process: one member there, the other here, and a third one on both."""

import re
from pathlib import Path

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_person import Person as DiscordPerson
from tests.emulators.slack_person import Person as SlackPerson
from tests.end_to_end.discord_town import emulated as emulated_discord
from tests.end_to_end.slack_town import emulated as emulated_slack
from tests.end_to_end.two_towns import on_both

SOON = 30.0
YES = "Yes, introduce us"


async def test_two_on_different_platforms_are_introduced_by_contact_cards(tmp_path: Path) -> None:
    async with emulated_slack(tmp_path, "socket") as (slack, port), emulated_discord() as discord:
        team, guild = slack.team("Akademiet", installed=True), discord.guild("Akademiets server")
        anna = team.person("Anna Lund", locale="en-US", tz="Europe/Copenhagen")
        carla = team.person("Carla Prøve", locale="en-US", tz="Europe/Copenhagen")
        bo, carla_there = guild.person("Bo Testesen", locale="en-US"), guild.person("carla", locale="en-US")
        here, there = team.channel("general", anna, carla), guild.named("general")
        assert there is not None
        place = on_both(tmp_path, port, slack, team, discord, f"slack:{anna.id}")
        place.brings_in(
            "id,name,organisation,sector,themes,needs,offers,language,slack_id,discord_id\n"
            f"1,Anna Lund,Rødovre Kommune,municipality,loneliness,premises,funding,en,{anna.id},\n"
            f"2,Bo Testesen,Byens Venner,civil society,loneliness,funding,premises,en,,{bo.id}\n"
            f"3,Carla Prøve,Fonden,foundation,loneliness,data,volunteers,en,{carla.id},\n",
            3,
        )
        place.settings["BROBYGGER_MEANING"] = "best"
        async with place.open(from_nothing=True):
            await discord.connected()
            await bo.until(lambda: bo.commands(there), SOON)
            await bo.types("/profile show", there)
            await bo.until_sees("Byens Venner", SOON)
            await anna.types("/academy", "invite", here)
            await anna.until_sees("Invite 3 members?", SOON)
            await anna.presses("Send the invitations")
            for person in (anna, bo):
                await person.until_sees("May I introduce you to somebody from another sector?", SOON)
                await person.presses("Yes, please")
            await carla_is_one_member_on_both(carla, here, carla_there, there)
            await anna.types("/match", "round", here)
            await anna.until_sees("not sent yet", SOON)
            await anna.presses("Send")
            await both_say_yes(anna, bo, discord)
        assert slack.problems == []
        assert discord.problems == []
        assert re.search("ERROR|Traceback|Lund|Testesen|xox|xapp", (tmp_path / "service.log").read_text()) is None


async def carla_is_one_member_on_both(
    carla: SlackPerson, here: object, carla_there: DiscordPerson, there: object
) -> None:
    await carla.types("/profile", "link", here)  # type: ignore[arg-type]  # its team's own channel
    given = await carla.until_sees("Your code: ", SOON)
    found = re.search(r"Your code: (\S+)", carla.eyes.message(given))
    assert found is not None
    await carla_there.types("/profile link", there, code=found[1].lower())  # type: ignore[arg-type]  # its guild's own channel
    await carla_there.until_sees("Make these two one?", SOON)
    await carla_there.presses("Yes, both are me")
    await carla_there.until_sees("it is one profile now", SOON)
    await carla_there.types("/profile show", there)  # type: ignore[arg-type]  # its guild's own channel
    await carla_there.until_sees("Fonden", SOON)


async def both_say_yes(anna: SlackPerson, bo: DiscordPerson, discord: DiscordEmulator) -> None:
    await anna.until_sees("May I introduce you to Bo Testesen", SOON)
    await anna.presses(YES)
    await anna.until_sees("You said yes to", SOON)
    await bo.until_sees("May I introduce you to Anna Lund", SOON)
    await bo.presses(YES, bo.direct)
    for person, other, platform in ((anna, "Bo Testesen", "Discord"), (bo, "Anna Lund", "Slack")):
        await person.until_sees(f"You are introduced: {other}", SOON)
        card = await person.until_sees("You are on two different platforms", SOON)
        assert f"On {platform} as" in person.eyes.message(card)  # type: ignore[arg-type]  # each sees its own platform's
    # A line is carried over, once, and can be answered.
    await bo.presses("Write to Anna Lund", bo.direct)
    await bo.until_modal("Write a message", SOON)
    await bo.fills({"Your message": "Thursday at ten? @everyone"})
    await bo.submits()
    await anna.until_sees("Bo Testesen writes to you", SOON)
    assert discord.guild("Akademiets server").rooms() == []
