"""A thread on Slack becomes a note that somebody on Discord finds, in a real process; and a thread on Discord becomes one too."""

import re
from pathlib import Path

from tests.emulators.discord_person import Person as DiscordPerson
from tests.emulators.discord_state import Channel as DiscordChannel
from tests.emulators.slack_person import Person as SlackPerson
from tests.emulators.slack_state import Channel as SlackChannel
from tests.end_to_end.discord_town import emulated as emulated_discord
from tests.end_to_end.slack_town import emulated as emulated_slack
from tests.end_to_end.two_towns import on_both

SOON = 30.0  # seconds; a busy machine is slow, and nothing here is about speed


async def test_from_a_message_to_a_note_that_is_found(tmp_path: Path) -> None:
    async with emulated_slack(tmp_path, "socket") as (slack, port), emulated_discord() as discord:
        team, guild = slack.team("Akademiet", installed=True), discord.guild("Akademiets server")
        anna = team.person("Anna Lund", locale="da-DK", tz="Europe/Copenhagen")
        carl = team.person("Carl Juhl", locale="da-DK", tz="Europe/Copenhagen")
        bo = guild.person("Bo Testesen", locale="en-US")
        general, elsewhere = team.channel("general", anna, carl), team.channel("andre", anna, bot=False)
        there = guild.named("general")
        assert there is not None
        place = on_both(tmp_path, port, slack, team, discord, f"slack:{anna.id},discord:{bo.id}")
        place.brings_in(
            "id,name,organisation,sector,themes,needs,offers,language,slack_id,discord_id\n"
            f"1,Anna Lund,Rødovre Kommune,municipality,loneliness,premises,funding,da,{anna.id},\n"
            f"2,Bo Testesen,Byens Venner,civil society,loneliness,funding,premises,en,,{bo.id}\n"
            f"3,Carl Juhl,Nordfonden,foundation,loneliness,ideas,funding,da,{carl.id},\n",
            3,
        )
        async with place.open():
            await discord.connected()
            await bo.until(lambda: bo.commands(there), SOON)
            await anna_makes_a_note_on_slack(anna, carl, general, elsewhere)
            await carl.until_sees("Et casenotat bygger på en samtale, du var med i", SOON)
            await bo_finds_it_on_discord(bo, there)
            await bo_makes_one_too(bo, there)
            await what_is_private_stays_so(anna, team.channel("bestyrelse", anna, carl, private=True))
            board = guild.channel("board", bo, private=True)
            guild.allows(board, guild.bot, "read_message_history")
            await what_is_private_stays_so_there(bo, there, board)
        assert slack.problems == []
        assert discord.problems == []
        log = (tmp_path / "service.log").read_text()
        assert re.search("ERROR|Traceback|Lund|Testesen|Karen|herberg|xox|xapp", log) is None


async def anna_makes_a_note_on_slack(
    anna: SlackPerson, carl: SlackPerson, general: SlackChannel, elsewhere: SlackChannel
) -> None:
    alone = await anna.writes("Ingen bot her", elsewhere)
    await anna.uses_shortcut("Lav casenotat", alone)
    await anna.until_sees("Jeg er ikke med i den kanal", SOON)
    root = await anna.writes("Karen Madsen kan ikke få en bolig. Hun bor på et herberg med to børn.", general)
    await carl.writes("Vi aftaler, at fonden betaler indskuddet til en lejlighed.", general, thread=root)
    await anna.uses_shortcut("Lav casenotat", root)
    await anna.until_sees("Kun du kan se udkastet.", SOON)
    await anna.presses("Udgiv …")
    await anna.until_modal("Hvem må se notatet?", SOON)
    await anna.fills({"Hvem må se det?": "akademiet: alle medlemmer", "Temaer": "hjemløshed"})
    await anna.submits()
    await anna.until_sees("Sådan ser andre det", SOON)
    await anna.presses("Udgiv")
    await anna.until_sees("Det er udgivet", SOON)


async def bo_finds_it_on_discord(bo: DiscordPerson, there: DiscordChannel) -> None:
    await bo.types("/find", there, words="indskud til lejlighed")
    await bo.until_sees("fonden betaler indskuddet", SOON)


async def bo_makes_one_too(bo: DiscordPerson, there: DiscordChannel) -> None:
    first = await bo.writes("Vi mangler lokaler til unge i Odense.", there)
    await bo.opens_thread("Lokaler", first)
    await bo.uses_menu("Make case note", first, there)
    await bo.until_sees("Only you see this draft.", SOON)
    # The time of a channel has what is said in its threads.
    thread = next(one for one in bo.channels if one.name == "Lokaler")
    await bo.writes("We agree that the club opens its basement.", thread)
    await bo.types("/note make", there, since="today")
    await bo.until_sees("Testesen: We agree that the club opens its basement", SOON)


async def what_is_private_stays_so(anna: SlackPerson, board: SlackChannel) -> None:
    said = await anna.writes("Vi aftaler at lukke værestedet til sommer.", board)
    await anna.uses_shortcut("Lav casenotat", said)
    await anna.until_sees("Lund: Vi aftaler at lukke værestedet", SOON)
    await anna.presses("Udgiv …")
    asked = await anna.until_modal("Samtalen stod i en privat kanal", SOON)
    assert asked.control("Hvem må se det?").element["initial_option"]["value"] == "us"
    await anna.submits()
    await anna.until_sees("De, der var med i samtalen, kan se det.", SOON)


async def what_is_private_stays_so_there(bo: DiscordPerson, there: DiscordChannel, board: DiscordChannel) -> None:
    for place, told in ((there, False), (board, True)):
        said = await bo.writes(f"We agree to close the {place.name} in summer.", place)
        await bo.uses_menu("Make case note", said, place)
        await bo.until_sees(f"Testesen: We agree to close the {place.name}", SOON)
        await bo.presses("Publish…")
        asked = await bo.until_modal("Who may see the note?", SOON)
        assert ("stood where not everybody can read along" in asked.text) is told
        await bo.closes()
