"""A camp of one academy on Slack and Discord, in one process: invited, answered by button, moved, changed, cancelled."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.emulators.discord_guild import Guild
from tests.emulators.discord_person import Person as DiscordPerson
from tests.emulators.slack_person import Person as SlackPerson
from tests.emulators.slack_state import Channel
from tests.emulators.slack_team import Team
from tests.end_to_end.discord_town import emulated as emulated_discord
from tests.end_to_end.slack_town import emulated as emulated_slack
from tests.end_to_end.two_towns import on_both

SOON = 30.0
YES = "Yes, I'm coming"


@dataclass(frozen=True, slots=True)
class Academy:
    """Anna organises on Slack, where Carla is too; Bo is on Discord."""

    team: Team
    guild: Guild
    anna: SlackPerson
    carla: SlackPerson
    bo: DiscordPerson
    here: Channel

    @property
    def members(self) -> tuple[SlackPerson | DiscordPerson, ...]:
        return (self.carla, self.bo)

    def event(self) -> dict[str, object]:
        """The only event of the guild."""
        events = list(self.guild.events.values())
        assert len(events) == 1
        return events[0]


async def test_a_camp_on_two_platforms_from_its_invitation_to_its_cancellation(tmp_path: Path) -> None:
    async with emulated_slack(tmp_path, "socket") as (slack, port), emulated_discord() as discord:
        team, guild = slack.team("Akademiet", installed=True), discord.guild("Akademiets server")
        anna = team.person("Anna Lund", locale="en-US", tz="Europe/Copenhagen")
        carla = team.person("Carla Prøve", locale="en-US", tz="Europe/Copenhagen")
        bo = guild.person("Bo Testesen", locale="en-US")
        general = guild.named("general")
        assert general is not None
        academy = Academy(team, guild, anna, carla, bo, team.channel("general", anna, carla))
        place = on_both(tmp_path, port, slack, team, discord, f"slack:{anna.id}")
        place.brings_in(
            "id,name,organisation,sector,themes,language,slack_id,discord_id\n"
            f"1,Anna Lund,Rødovre Kommune,municipality,loneliness,en,{anna.id},\n"
            f"2,Bo Testesen,Byens Venner,civil society,loneliness,en,,{bo.id}\n"
            f"3,Carla Prøve,Fonden,foundation,loneliness,en,{carla.id},\n",
            3,
        )
        async with place.open():
            await discord.connected()
            await bo.until(lambda: bo.commands(general), SOON)
            await bo.types("/camp next", general)
            await bo.until_sees("No camp is planned just now.", SOON)
            await it_is_made_and_everybody_is_invited(academy)
            await the_waiting_list_moves_up(academy)
            await a_change_is_told(academy)
            await each_has_it_as_a_file(academy)
            await it_is_cancelled(academy)
        assert slack.problems == []
        assert discord.problems == []
        assert (
            re.search("ERROR|Traceback|Lund|Testesen|Carla|Broparken", (tmp_path / "service.log").read_text()) is None
        )


async def it_is_made_and_everybody_is_invited(academy: Academy) -> None:
    day = (date.today() + timedelta(days=40)).isoformat()  # noqa: DTZ011 (the service's own clock, and forty days are far off)
    anna = academy.anna
    await anna.types("/camp", f'create "Camp 3" {day} 09.00-16.00 seats:1 place:Broparken', academy.here)
    await anna.until_sees("The camp is made.", SOON)
    await anna.presses("Invite")
    await anna.until_sees("Everybody on your Discord server also sees the camp", SOON)
    assert academy.guild.events == {}
    await anna.presses("Send the invitations")
    for person in academy.members:
        await person.until_sees("Are you coming?", SOON)
    await academy.bo.until(academy.event, SOON)
    assert academy.event()["entity_metadata"] == {"location": "Broparken"}


async def the_waiting_list_moves_up(academy: Academy) -> None:
    carla, bo = academy.carla, academy.bo
    await bo.presses(YES, bo.direct)
    await bo.until_sees("You have a seat. See you there!", SOON)
    await carla.presses(YES)
    await carla.until_sees("You are number 1 on the waiting list.", SOON)
    await bo.presses("Maybe")
    await carla.until_sees("There is a seat for you at Camp 3", SOON)
    await carla.until_sees("You have a seat. See you there!", SOON)


async def a_change_is_told(academy: Academy) -> None:
    anna = academy.anna
    await anna.types("/camp", "edit", academy.here)
    await anna.until_modal("Change the camp", SOON)
    await anna.fills({"Where": "Roskilde", "Programme": "09.00 Welcome\n12.00 Lunch"})
    await anna.submits()
    await anna.until_sees("They have not heard yet that this has changed: the place and the programme.", SOON)
    await anna.presses("Tell 2 people")
    for person in academy.members:
        await person.until_sees("Camp 3: something has changed", SOON)
        await person.until_sees("New place: Roskilde (before: Broparken)", SOON)
    await academy.bo.until(lambda: academy.event()["entity_metadata"] == {"location": "Roskilde"}, SOON)


async def each_has_it_as_a_file(academy: Academy) -> None:
    for person in academy.members:
        await person.presses("Add to calendar")
        await person.until_sees("Camp 3 for your calendar", SOON)
    await academy.carla.until(lambda: [file for file in academy.team.files.values() if file.uploaded], SOON)
    (kept,) = academy.team.files.values()
    (given,) = [file for message in academy.bo.reads() for file in message.attachments]
    for data in (kept.data, given.data):
        assert b"LOCATION:Roskilde" in data
        assert b"SUMMARY:Camp 3" in data


async def it_is_cancelled(academy: Academy) -> None:
    anna = academy.anna
    await anna.types("/camp", "cancel", academy.here)
    await anna.until_modal("Cancel the camp", SOON)
    await anna.fills({"What do you want to tell those who would have come?": "The house is under water."})
    await anna.submits()
    await anna.until_sees("2 people said yes or maybe and are told.", SOON)
    await anna.presses("Cancel the camp")
    for person in academy.members:
        await person.until_sees("Camp 3 is cancelled", SOON)
        await person.until_sees("The house is under water.", SOON)
    await academy.bo.until(lambda: academy.event()["status"] == 4, SOON)
