"""The whole story on Discord: the real service beside an emulated Discord, over HTTP and a WebSocket.

Members use native options, forms in steps and buttons; what is compared is what they see.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.databases import change
from tests.end_to_end.discord_town import Town, emulated, settled, town
from tests.end_to_end.houses import database
from tests.end_to_end.town import Place

SOON = 30.0  # seconds; a busy machine is slow, and nothing here is about speed
STORED = "%Y-%m-%d %H:%M:%S.000000"
YES = "Ja, introducér os"


async def test_from_a_roster_to_a_thread_and_whether_they_met(tmp_path: Path) -> None:
    async with emulated() as discord:
        here = town(discord, "Akademiet")
        place = settled(tmp_path, here)
        async with place.open():
            await the_academy_is_invited(here)
            await a_member_changes_the_profile_and_takes_a_break(here)
            await an_organiser_posts_in_a_channel(here)
            await a_round_goes_out(here)
            await one_says_yes(here)
        # Cards that were sent before a restart are answered after it.
        async with place.open():
            await the_other_says_yes(here)
        await a_week_later_they_are_asked(place, here)
        assert discord.problems == []
        assert len(discord.called("PUT /applications/{application}/commands")) == 1
        assert re.search("ERROR|Traceback|Lund|Testesen|Bot ", (tmp_path / "service.log").read_text()) is None


async def the_academy_is_invited(here: Town) -> None:
    organiser = here.people[0]
    await here.discord.connected()
    await organiser.until(lambda: organiser.commands(here.general), SOON)
    await organiser.types("/academy invite", here.general)
    await organiser.until_sees("Skal 4 medlemmer inviteres?", SOON)
    await organiser.presses("Send invitationerne")
    for person in here.people:
        await person.until_sees("Må jeg introducere dig for en fra en anden sektor?", SOON)
        await person.presses("Ja tak")
        await person.until_sees("Dejligt, du er med.", SOON)


async def a_member_changes_the_profile_and_takes_a_break(here: Town) -> None:
    bo = here.people[1]
    await bo.types("/profile edit", here.general)
    modal = await bo.until_modal("Din profil", SOON)
    assert modal.fields["Navn"] == "Bo **Testesen**"
    await bo.submits()
    await bo.until_sees("[Fortsæt]", SOON)
    while "[Fortsæt]" in bo.last(here.general):
        await bo.presses("Fortsæt", here.general)
        modal = await bo.until_modal("Din profil", SOON)
        if "Jeg søger" in modal.fields:
            await bo.fills({"Jeg søger": "frivillige\nen bus"})
        await bo.submits()
        await here.discord.quiet(0.2)
    await bo.until_sees("Gemt, tak.", SOON)
    await bo.types("/profile show", here.general)
    await bo.until_sees("en bus", SOON)
    await bo.types("/profile pause", here.general, until="2 uger")
    await bo.until_sees("pause", SOON)
    await bo.types("/profile resume", here.general)
    await bo.until_sees("Dejligt, at du er tilbage.", SOON)
    await bo.types("/profile pause", here.general, until="i går")
    await bo.until_sees("en dag", SOON)


async def an_organiser_posts_in_a_channel(here: Town) -> None:
    organiser, bo = here.people[:2]
    await organiser.types("/announce new", here.general, text="Vi ses på torsdag", to=f"<#{here.general.id}>")
    await organiser.until_sees("bliver lagt i #general", SOON)
    await organiser.presses("Send nu", here.general)
    await bo.until_sees("Vi ses på torsdag", SOON)


async def a_round_goes_out(here: Town) -> None:
    organiser = here.people[0]
    await organiser.types("/match round", here.general)
    await organiser.until_sees("ikke sendt endnu", SOON)
    await organiser.presses("Send", here.general)
    await organiser.until_sees("Skal runden sendes?", SOON)
    await organiser.presses("Send", here.general)
    for person in here.people:
        await person.until_sees("Må jeg introducere dig for ", SOON)


async def one_says_yes(here: Town) -> None:
    first = here.people[0]
    await first.presses(YES, first.direct)
    await first.until_sees("Du har sagt ja til", SOON)


async def the_other_says_yes(here: Town) -> None:
    first = here.people[0]
    offer = first.finds("Du har sagt ja til")
    second = next(one for one in here.people[1:] if one.name in first.shows(offer))
    await here.discord.connected()
    await second.presses(YES, second.direct)
    await first.until(here.guild.rooms, SOON)
    [room] = here.guild.rooms()
    await first.until(lambda: first.sees(room) and second.sees(room), SOON)
    for person in (first, second):
        opening = person.sees(room)[0]
        assert first.name in opening
        assert second.name in opening
    for other in here.people:
        assert (other in (first, second)) == (room in other.threads)


async def a_week_later_they_are_asked(place: Place, here: Town) -> None:
    """While the service is stopped, what happened moves a week into the past, and the daily look at it to this minute."""
    url, now = database(place.folder), datetime.now(UTC).replace(second=0, microsecond=0)
    local = now.astimezone(ZoneInfo("Europe/Copenhagen"))
    opened = f"{now - timedelta(days=8):{STORED}}"
    daily = f"rule = 'FREQ=DAILY', start = '{local:%Y-%m-%dT%H:%M:%S}', next_at = '{now:{STORED}}'"
    change(url, f"UPDATE intros SET opened_at = '{opened}' WHERE opened_at IS NOT NULL")  # noqa: S608 - our own values
    change(url, f"UPDATE schedules SET {daily} WHERE kind = 'follow_up'")  # noqa: S608 - our own values
    first = here.people[0]
    async with place.open():
        asked = await first.until_sees("[Ja, vi mødtes]", SOON)
        await here.discord.connected()
        await first.presses("Ja, vi mødtes", first.direct)
        await first.until(lambda: "[Ja, vi mødtes]" not in first.shows(asked), SOON)
