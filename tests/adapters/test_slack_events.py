"""What happens by itself on Slack: people who talk to the bot, events sent twice, workspaces that nobody knows."""

from collections.abc import AsyncGenerator

import pytest

from bot.words import Languages
from tests.adapters.slack_academy import SlackHouse, opened_house
from tests.emulators.slack_faults import Ack
from tests.fakes import StoppedClock

HINT = "I only understand commands"


@pytest.fixture(params=["socket", "http"])
async def house(request: pytest.FixtureRequest, languages: Languages) -> AsyncGenerator[SlackHouse]:
    async with opened_house(request.param, languages) as opened:
        yield opened
    assert opened.slack.problems == []


def hints(texts: list[str]) -> int:
    return sum(HINT in text for text in texts)


async def test_who_talks_to_the_bot_is_told_how_and_not_again_at_once(house: SlackHouse) -> None:
    await house.anna.writes("Hello, are you there?")
    await house.anna.until_sees(HINT)
    await house.anna.writes("Are you?")
    await house.settled()
    assert hints(house.anna.sees()) == 1


async def test_in_the_language_of_who_talks(house: SlackHouse) -> None:
    await house.bo.writes("Hej")
    await house.bo.until_sees("Jeg forstår kun kommandoer. Skriv /hjælp")


async def test_a_mention_is_answered_once_and_only_to_who_wrote_it(house: SlackHouse) -> None:
    await house.anna.writes("what can you do?", house.general, mentions_bot=True)
    await house.anna.until_sees(HINT)
    await house.settled()
    assert hints(house.anna.sees(house.general)) == 1
    assert hints(house.bo.sees(house.general)) == 0


async def test_a_mention_in_a_thread_is_answered_there(house: SlackHouse) -> None:
    thread = await house.bo.writes("A thread", house.general)
    await house.anna.writes("what can you do?", house.general, mentions_bot=True, thread=thread)
    await house.anna.until(lambda: hints(house.anna.sees(house.general, thread)) == 1)


async def test_where_nobody_can_be_told_alone_it_is_said_in_the_thread(house: SlackHouse) -> None:
    house.slack.faults.arm("chat.postEphemeral", "user_not_in_channel")
    message = await house.anna.writes("what can you do?", house.general, mentions_bot=True)
    await house.anna.until(lambda: hints(house.anna.sees(house.general, message)) == 1)


async def test_an_event_that_comes_twice_is_answered_once(house: SlackHouse) -> None:
    house.slack.faults.arm_delivery("events_api", Ack.DUPLICATE)
    await house.anna.writes("Hello")
    await house.anna.until_sees(HINT)
    await house.settled()
    assert hints(house.anna.sees()) == 1


async def test_what_people_say_among_themselves_is_nobodys_business(house: SlackHouse) -> None:
    await house.anna.writes("Hello Bo", house.general)
    await house.settled()
    assert house.anna.sees(house.general) == ["Hello Bo"]
    assert house.memory.books(house.workspace.id).arrivals == {}


async def test_bots_edits_and_people_from_elsewhere_are_left_alone(house: SlackHouse) -> None:
    base = {
        "type": "message",
        "channel": house.anna.direct.id,
        "channel_type": "im",
        "user": house.anna.id,
        "text": "x",
    }
    for number, more in enumerate(
        (
            {"bot_id": "B1"},
            {"subtype": "message_changed"},
            {"user_team": "T0ELSEWHERE"},
            {"hidden": True},
            {"user": None},
        )
    ):
        await house.slack.delivery.event(house.team, {**base, "ts": f"1700000000.00000{number}", **more})
    await house.slack.delivery.event(house.team, {"type": "team_join", "user": {"id": house.anna.id}})
    await house.settled()
    assert hints(house.anna.sees()) == 0


async def test_a_workspace_that_nobody_knows_is_turned_away(
    house: SlackHouse, caplog: pytest.LogCaptureFixture
) -> None:
    house.installed.teams.clear()
    await house.anna.types("/try", "bell", house.general)
    await house.anna.until_sees("Jeg er ikke sat op i dette arbejdsområde")
    await house.anna.opens_home()
    await house.anna.writes("Hello")
    await house.settled()
    assert house.bo.sees(house.general) == []
    assert house.gate.passed == 0
    assert "an unknown Slack workspace" in caplog.text


async def test_a_form_of_a_workspace_that_is_gone_says_so_and_keeps_what_was_typed(house: SlackHouse) -> None:
    await house.anna.types("/try", "form", house.general)
    await house.anna.until_modal("Who are you?")
    await house.anna.fills({"Name": "Rosa"})
    house.installed.teams.clear()
    assert await house.anna.searches("Town", "Town 1") == []
    await house.anna.submits()
    modal = await house.anna.until_modal("Jeg er ikke sat op")
    assert modal.fields["Name"] == "Rosa"


async def test_while_the_memory_is_away_people_are_told(house: SlackHouse) -> None:
    house.installed.broken = True
    await house.anna.types("/try", "bell", house.general)
    await house.anna.until_sees("Jeg kan ikke nå min hukommelse")
    await house.anna.writes("Hello")
    await house.settled()
    assert hints(house.anna.sees()) == 0


async def test_when_the_bot_is_removed_the_installation_is_told(house: SlackHouse) -> None:
    await house.anna.uninstalls()
    await house.slack.until(lambda: len(house.installed.left) == 2)
    assert {left[0] for left in house.installed.left} == {house.team.id}


async def test_a_hint_comes_again_after_an_hour(languages: Languages) -> None:
    clock = StoppedClock()
    async with opened_house("socket", languages, clock=clock) as house:
        await house.anna.writes("Hello")
        await house.anna.until_sees(HINT)
        clock.advance(hours=2)
        await house.anna.writes("Hello again")
        await house.anna.until(lambda: hints(house.anna.sees()) == 2)


async def test_a_stranger_is_known_by_what_slack_says_of_them(house: SlackHouse) -> None:
    await house.carla.types("/try", "bell", house.general)
    await house.carla.until_sees("Fortæl mig først, hvem du er")
    member = await house.front.member_of(house.workspace.id, house.carla.id)
    assert member is not None
    assert (member.name, member.language, member.timezone) == ("Carla Ø", "da", "Europe/Copenhagen")


async def test_a_member_does_not_wait_for_what_slack_says(house: SlackHouse) -> None:
    house.slack.faults.arm("users.info", "hangs")
    await house.anna.types("/try", "whisper at once", house.general)
    await house.anna.until_sees("A whisper: at once")
