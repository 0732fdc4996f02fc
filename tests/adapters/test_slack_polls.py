"""Polls on Slack: what was acknowledged is kept, however many vote at once; what cannot be posted is told; files arrive."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from bot.deliveries.courier import Courier
from bot.polls.anonymity import voter_key
from bot.polls.closing import close
from bot.words import Languages
from tests.adapters.poll_house import TABLES, courier, newest
from tests.adapters.slack_academy import HASTY, SlackHouse, member_of, opened_house
from tests.emulators.slack_person import Person
from tests.emulators.slack_shown import controls
from tests.emulators.slack_state import Json, Message

LINE = '"Where is camp 4?" "Rødovre" "Odense"'


@pytest.fixture
async def house(languages: Languages) -> AsyncGenerator[SlackHouse, None]:
    async with opened_house("socket", languages, served=TABLES) as found:
        yield found


@pytest.fixture
def post(house: SlackHouse, languages: Languages) -> Courier:
    return courier(house.memory, house.chat(), languages, house.front.clock)


async def asks(house: SlackHouse, post: Courier, line: str) -> None:
    await house.anna.types("/poll", line, house.general)
    await house.anna.until_sees("This is how it will look")
    await house.anna.presses("Post it")
    await house.anna.until_sees("The poll is open")
    await house.settled()
    await post.run_once()


def press_of(house: SlackHouse, card: Message, person: Person, label: str) -> Json:
    control = next(one for one in controls(person.eyes, card.blocks) if one.label == label)
    action: Json = {"type": "button", "action_id": control.action, "block_id": control.block}
    return house.slack.parts.payloads.press(house.team, person.user, {**action, "text": control.element["text"]}, card)


async def test_what_slack_was_told_has_arrived_is_kept_also_in_a_crowd(house: SlackHouse, post: Courier) -> None:
    people = [house.team.person(f"Person {number}") for number in range(40)]
    house.team.channel("general", *people)
    members = {one.id: member_of(one, f"Org {one.id}") for one in people}
    async with house.memory.units(house.workspace.id) as work:
        await work.members.put_all(list(members.values()))
        await work.commit()
    await asks(house, post, f"{LINE} anonymous:yes")
    poll, card = await newest(house.memory, house.workspace.id), house.general.messages[-1]

    async def votes(person: Person) -> bool:
        outcome = await house.slack.delivery.attempt(house.team, "interactive", press_of(house, card, person, "Odense"))
        assert outcome.ok, outcome.error
        async with house.memory.units(house.workspace.id, reading=True) as work:
            kept = await work.polls.ballot(poll.id, voter_key(poll, members[person.id].id))
        return kept == ("2",)

    assert await asyncio.gather(*(votes(person) for person in people)) == [True] * len(people)


async def test_a_vote_that_takes_long_to_keep_is_acknowledged_and_told_later(languages: Languages) -> None:
    async with opened_house("socket", languages, served=TABLES, patience=replace(HASTY, keeping=0.05)) as house:
        await asks(house, courier(house.memory, house.chat(), languages, house.front.clock), LINE)
        poll, card = await newest(house.memory, house.workspace.id), house.general.messages[-1]
        async with house.memory.units(house.workspace.id):
            # Nobody else can write as long as this unit is open.
            outcome = await house.slack.delivery.attempt(
                house.team, "interactive", press_of(house, card, house.anna, "Odense")
            )
            assert outcome.ok
            carla = await house.slack.delivery.attempt(
                house.team, "interactive", press_of(house, card, house.carla, "Odense")
            )
            assert carla.ok
        await house.anna.until_sees("Your vote: Odense")
        await house.settled()
        async with house.memory.units(house.workspace.id, reading=True) as work:
            assert await work.polls.tally(poll.id) == {("2",): 2}


async def test_where_the_bot_is_not_whoever_asked_is_told_and_tries_again(house: SlackHouse, post: Courier) -> None:
    quiet = house.team.channel("quiet", house.anna, bot=False)
    await house.anna.types("/poll", LINE, quiet)
    await house.anna.until_sees("This is how it will look")
    await house.anna.presses("Post it")
    await house.anna.until_sees("The poll is open")
    await house.settled()
    await post.run_once()
    await asyncio.sleep(1.1)
    await post.run_once()
    await house.anna.until_sees("Your poll could not be posted")
    await house.anna.until_sees("/invite @Brobygger")
    await house.anna.invites_bot(quiet)
    await house.anna.presses("Post it once more")
    await house.anna.until_sees("I am trying once more.")
    await house.settled()
    await post.run_once()
    assert "Where is camp 4?" in str(quiet.messages[-1].blocks)


async def test_files_arrive_and_can_be_read(house: SlackHouse, post: Courier) -> None:
    await asks(house, post, '"Next camp" "12 May 2028 at 10" "14 May 2028" type:dates')
    await house.anna.types("/poll", "list", house.general)
    await house.anna.until_sees("Look at one")
    await house.anna.chooses("Look at one", "Next camp")
    await house.settled()
    await house.anna.presses("Close the poll")
    await house.settled()
    for button, name in (("Picture", "poll.png"), ("Numbers (CSV)", "poll.csv"), ("Who said what (CSV)", "votes.csv")):
        await house.anna.presses(button)
        await house.settled()
        assert name in [file.name for file in house.team.files.values() if file.complete]
    files = {file.name: file.data for file in house.team.files.values()}
    assert files["poll.png"].startswith(b"\x89PNG")
    assert files["poll.csv"].decode("utf-8-sig").splitlines()[0] == "answer;votes;if need be"
    assert files["votes.csv"].decode("utf-8-sig").splitlines() == ["name;organisation;answer"]
    assert house.slack.problems == []


async def test_a_changed_vote_is_told_in_the_card_that_said_it(house: SlackHouse, post: Courier) -> None:
    await asks(house, post, LINE)
    card, anna = house.general.messages[-1], house.anna
    await anna.presses("Odense", card)
    told = await anna.until_sees("Your vote: Odense")
    before = len(anna.reads(house.general))
    await anna.presses("Change my vote", told)
    await anna.until_modal("Where is camp 4?")
    await anna.fills({"Your answer": "Rødovre"})
    assert (await anna.submits()).ok
    told = await anna.until_sees("Your vote: Rødovre")
    await anna.presses("Take my vote back", told)
    told = await anna.until_sees("Your vote is taken back.")
    assert len(anna.reads(house.general)) == before
    # Slack takes back nothing that only one person sees, but what was pressed itself.
    await anna.presses("Odense", card)
    await anna.until_sees("Your vote: Odense")
    assert len(anna.reads(house.general)) == before + 1


async def test_the_day_comes_as_a_file_when_the_time_is_over(house: SlackHouse, post: Courier) -> None:
    await asks(house, post, '"Next camp" "12 May 2028 at 10" "14 May 2028" type:dates')
    await house.anna.presses("Stem", house.general.messages[-1])
    await house.anna.until_modal("Next camp")
    await house.anna.fills({"These days fit me": ["Sunday, 14 May 2028"]})
    await house.anna.submits()
    await house.settled()
    async with house.memory.units(house.workspace.id) as work:
        await close(work, await newest(house.memory, house.workspace.id), house.front.clock.now())
        await work.commit()
    for _ in range(3):
        await post.run_once()
        await asyncio.sleep(1.1)
    assert "Bedst for de fleste: søndag den 14. maj 2028." in str(house.general.messages)
    (file,) = [file for file in house.team.files.values() if file.complete]
    assert (file.name, b"20280514" in file.data) == ("day.ics", True)
