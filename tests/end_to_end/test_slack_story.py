"""The whole story on Slack: the real service beside an emulated Slack, over a socket and over HTTP.

Members use commands, forms, buttons, the app's menu and its Home tab; what is compared is what they see.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.databases import change
from tests.emulators.slack_person import Person
from tests.emulators.slack_state import MPIM, Channel
from tests.end_to_end.houses import database
from tests.end_to_end.slack_town import Town, emulated, for_many_teams, for_one_team, town
from tests.end_to_end.town import Place

SOON = 30.0  # seconds; a busy machine is slow, and nothing here is about speed
STORED = "%Y-%m-%d %H:%M:%S.000000"
YES = "Ja, introducér os"


async def test_from_a_roster_to_a_room_and_whether_they_met(tmp_path: Path) -> None:
    transport = "http"  # the stories of two platforms and of what is typed in Slack hear it over a socket
    async with emulated(tmp_path, transport) as (slack, port):
        here = town(slack, "Akademiet")
        place = for_one_team(tmp_path, port, here, transport)
        async with place.open():
            await the_academy_is_invited(here)
            await a_member_changes_the_profile_and_takes_a_break(here)
            await an_organiser_posts_in_a_channel(here)
            await a_round_goes_out(here)
            await two_say_yes_one_of_them_at_home(here)
        await a_week_later_they_are_asked(place, here)
        assert slack.problems == []
        assert [(call.method, call.answer) for call in slack.calls if not call.ok] == []
        assert re.search("ERROR|Traceback|Lund|Testesen|xox|xapp", (tmp_path / "service.log").read_text()) is None


async def test_two_workspaces_side_by_side_never_see_each_other(tmp_path: Path) -> None:
    transport = "http"  # as an installation for many workspaces usually runs
    async with emulated(tmp_path, transport) as (slack, port):
        north, south = town(slack, "Nord", installed=False), town(slack, "Syd", installed=False)
        place = for_many_teams(tmp_path, port, north, south, transport)
        async with place.open() as house:
            for one in (north, south):
                assert await one.people[0].installs(f"{house.address}/slack/install")
        for one in (north, south):
            (tmp_path / "members.csv").write_text(one.roster(), encoding="utf-8")
            assert "4 added" in place.line("members", "import", "members.csv", "--workspace", f"team:{one.team.id}")
        async with place.open():
            for one in (north, south):
                await the_academy_is_invited(one)
            await a_round_goes_out(north)
            await two_say_yes_one_of_them_at_home(north)
            assert [words for one in south.people for words in one.sees() if "introducere dig for Anna" in words] == []
            await a_round_goes_out(south)
            await two_say_yes_one_of_them_at_home(south)
            await north.people[0].uninstalls()
            await south.people[0].types("/match", "runde", south.general)
            await south.people[0].until_sees("Runde 2, ikke sendt endnu", SOON)
        for one, other in ((north, south), (south, north)):
            used = {call.arguments.get("channel") for call in slack.calls if call.team == one.team.id}
            assert used.isdisjoint({person.id for person in other.people} | set(other.team.channels))
        assert slack.problems == []


async def the_academy_is_invited(here: Town) -> None:
    organiser = here.people[0]
    await organiser.types("/akademi", "inviter", here.general)
    await organiser.until_sees("Skal 4 medlemmer inviteres?", SOON)
    await organiser.presses("Send invitationerne")
    for person in here.people:
        await person.until_sees("Må jeg introducere dig for en fra en anden sektor?", SOON)
        await person.presses("Ja tak")
        await person.until_sees("Dejligt, du er med.", SOON)
        assert [words for words in person.sees() if "[Ja tak]" in words] == []


async def a_member_changes_the_profile_and_takes_a_break(here: Town) -> None:
    bo = here.people[1]
    await bo.types("/profile", "", here.general)
    modal = await bo.until_modal("Din profil", SOON)
    assert modal.fields["Jeg søger"] == "lokaler\ndata"
    await bo.fills({"Jeg søger": "frivillige\nen bus"})
    await bo.submits()
    await bo.until_sees("Gemt, tak.", SOON)
    assert bo.modal is None
    await bo.types("/profil", "vis", here.general)
    await bo.until_sees("en bus", SOON)
    await bo.types("/profil", 'pause "2 uger"', here.general)
    await bo.until_sees("pause", SOON)
    await bo.types("/profil", "genoptag")
    await bo.until_sees("Dejligt, at du er tilbage.", SOON)
    await bo.types("/profil", "pause i går")
    await bo.until_sees("en dag", SOON)
    await bo.uses_shortcut("match.find")
    await bo.until_modal("Find", SOON)
    await bo.closes()


async def an_organiser_posts_in_a_channel(here: Town) -> None:
    """From the shortcuts menu with the channel's name, and by a command with its mention."""
    organiser, bo = here.people[:2]
    await organiser.uses_shortcut("announce.new")
    await organiser.until_modal("Nyt opslag", SOON)
    await organiser.fills({"Hvad vil du sige?": "Vi ses på *torsdag*", "Til hvem?": "#general"})
    await organiser.submits()
    await organiser.until_sees("bliver lagt i #general", SOON)
    await organiser.presses("Send nu")
    await bo.until(lambda: [said for said in bo.sees(here.general) if said.startswith("Vi ses på *torsdag*")], SOON)
    await organiser.types("/opslag", f'nyt "Husk kaffe" til:<#{here.general.id}|general>')
    await organiser.until_sees("Husk kaffe", SOON)
    await organiser.presses("Send nu")
    await organiser.until_sees("Det er sendt\n“Husk kaffe”", SOON)
    await bo.until(lambda: [said for said in bo.sees(here.general) if said.startswith("Husk kaffe")], SOON)


async def a_round_goes_out(here: Town) -> None:
    organiser = here.people[0]
    await organiser.types("/match", "runde", here.general)
    await organiser.until_sees("ikke sendt endnu", SOON)
    await organiser.presses("Send")
    assert organiser.confirmed[-1].title == "Skal runden sendes?"
    for person in here.people:
        await person.until_sees("Må jeg introducere dig for ", SOON)


async def two_say_yes_one_of_them_at_home(here: Town) -> None:
    first = here.people[0]
    offer = await first.until_sees("Må jeg introducere dig for ", SOON)
    second = next(one for one in here.people if f"introducere dig for {one.name}?" in first.eyes.message(offer))
    await first.presses(YES)
    await first.until_sees("Du har sagt ja til", SOON)
    await second.opens_home()
    await second.until(lambda: second.home is not None and "Venter på dit svar" in second.home.text, SOON)
    await second.presses(YES, second.home)
    await first.until(lambda: [room for room in rooms_of(here, first) if first.sees(room)], SOON)
    [room] = rooms_of(here, second)
    for person in (first, second):
        opening = person.sees(room)[0]
        assert first.name in opening
        assert second.name in opening
    assert {first.id, second.id} < set(room.members)
    assert len(room.members) == 3
    await second.until(lambda: second.home is not None and "Venter på dit svar" not in second.home.text, SOON)


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
        await first.presses("Ja, vi mødtes")
        await first.until(lambda: "[Ja, vi mødtes]" not in first.eyes.message(asked), SOON)


def rooms_of(here: Town, person: Person) -> list[Channel]:
    """The rooms that this person was brought into."""
    return [one for one in here.team.channels.values() if one.kind == MPIM and person.id in one.members]
