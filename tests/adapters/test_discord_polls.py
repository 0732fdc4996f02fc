"""Polls on Discord: what cannot be posted is told, files arrive, and nothing of an anonymous ballot is kept half-way."""

import asyncio
from collections.abc import AsyncGenerator
from zoneinfo import ZoneInfo

import pytest

from adapters.discord.forms import steps_of
from bot.deliveries.courier import Courier
from bot.identity import Account
from bot.messages.actions import encode_action
from bot.polls.actions import FillBallot
from bot.polls.anonymity import voter_key
from bot.polls.closing import close
from bot.polls.domain import Ballot, Poll, PollKind
from bot.repositories import FormDraft
from bot.words import Languages
from tests.adapters.discord_academy import DiscordHouse, opened_house
from tests.adapters.poll_house import TABLES, courier, newest
from tests.gallery_polls import forms

LINE = {"question": "Where is camp 4?", "options": "Rødovre, Odense, Online"}


@pytest.fixture
async def house(languages: Languages) -> AsyncGenerator[DiscordHouse, None]:
    async with opened_house(languages, served=TABLES) as found:
        yield found


async def post(house: DiscordHouse, languages: Languages) -> Courier:
    here = (await house.workspace()).id
    house.front.chats(here)
    return courier(house.memory, house.chats[here], languages, house.front.clock)


async def asks(house: DiscordHouse, languages: Languages, **options: object) -> None:
    await house.anna.types("/poll new", house.general, **options)
    await house.anna.until_sees("This is how it will look")
    await house.anna.presses("Post it")
    await house.anna.until_sees("The poll is open")
    await house.settled()
    await (await post(house, languages)).run_once()


async def test_nothing_of_an_anonymous_ballot_is_kept_half_way(house: DiscordHouse, languages: Languages) -> None:
    await asks(house, languages, question="Where?", options="Aa, Bb, Cc, Dd, Ee", kind="ranked", anonymous=True)
    here = (await house.workspace()).id
    poll = await newest(house.memory, here)
    assert (poll.kind, poll.anonymous) == (PollKind.RANKED, True)
    await house.bo.presses("Stem")
    await house.bo.until_modal("Where?")
    await house.bo.fills({"1.-plads": "3. Cc", "Og så, i din rækkefølge": "Paris"})
    await house.bo.submits()
    await house.bo.until_sees("Jeg finder ikke ét svar til Paris.")
    await house.bo.until_sees("Et anonymt svar bliver ikke gemt undervejs, så formularen åbner tom.")
    await house.settled()
    assert await kept(house, poll) == (0, None)
    again = [label for label in house.bo.buttons() if label not in {"Stem", "New poll"}]
    await house.bo.presses(again[-1])
    await house.bo.until_modal("Where?")
    await house.bo.fills({"1.-plads": "3. Cc", "Og så, i din rækkefølge": "5 1"})
    await house.bo.submits()
    await house.bo.until_sees("Din stemme")
    await house.settled()
    assert await kept(house, poll) == (1, None)


async def kept(house: DiscordHouse, poll: Poll) -> tuple[int, FormDraft | None]:
    """How many ballots there are, and what is kept of Bo's form."""
    account = Account("discord", house.bo.id)
    async with house.memory.units((await house.workspace()).id, reading=True) as work:
        return await work.polls.count(poll.id), await work.drafts.get(account, encode_action(FillBallot(poll.id)))


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_ballot_fits_in_one_step(languages: Languages, language: str) -> None:
    words = languages.words(language, ZoneInfo("Europe/Copenhagen"))
    ballots = [(name, form) for name, form in forms(words) if name.startswith("ballot")]
    assert len(ballots) == 3 * len(PollKind)
    assert [name for name, form in ballots if len(steps_of(form)) > 1] == []


async def test_where_the_bot_may_not_write_whoever_asked_is_told(house: DiscordHouse, languages: Languages) -> None:
    house.guild.forbids(house.general, house.guild.bot_role, "send_messages")
    await asks(house, languages, **LINE)
    await asyncio.sleep(1.1)
    await (await post(house, languages)).run_once()
    await house.anna.until_sees("Your poll could not be posted")
    await house.anna.until_sees("I may not write there.")


async def test_files_arrive_and_can_be_read(house: DiscordHouse, languages: Languages) -> None:
    await asks(house, languages, question="Next camp", options="12 May 2028 at 10, 14 May 2028", kind="dates")
    await house.anna.types("/poll list", house.general)
    await house.anna.until_sees("Look at one")
    await house.anna.chooses("Look at one", "Next camp")
    await house.settled()
    await house.anna.presses("Close the poll")
    await house.settled()
    await house.anna.presses("Close it")
    await house.settled()
    for button, said in (
        ("Picture", "Next camp A:"),
        ("Numbers (CSV)", "The numbers, for a spreadsheet."),
        ("Who said what (CSV)", "Please keep it to yourself."),
    ):
        await house.anna.presses(button)
        await house.anna.until_sees(said)
    files = {file.name: file.data for file in house.discord.world.files.values()}
    assert files["poll.png"].startswith(b"\x89PNG")
    assert files["poll.csv"].decode("utf-8-sig").splitlines()[0] == "answer;votes;if need be"
    assert files["votes.csv"].decode("utf-8-sig").splitlines() == ["name;organisation;answer"]


async def test_of_a_changed_vote_only_the_newest_word_is_left(house: DiscordHouse, languages: Languages) -> None:
    await asks(house, languages, **LINE)
    card, bo = house.anna.newest(house.general), house.bo
    for place in ("Rødovre", "Odense", "Online"):
        await bo.presses(place, card)
        await bo.until_sees(f"Din stemme: {place}")
    await house.settled()
    assert [said for said in bo.sees(house.general) if "Din stemme" in said and "Online" not in said] == []
    told = bo.finds("Din stemme: Online")
    await bo.presses("Træk min stemme tilbage", told)
    await bo.until_sees("Din stemme er trukket tilbage")
    assert bo.finds("Din stemme er trukket tilbage").id == told.id
    await bo.dismisses(told)
    await bo.presses("Odense", card)
    await bo.until_sees("Din stemme: Odense")


async def test_the_day_comes_as_a_file_when_the_poll_is_over(house: DiscordHouse, languages: Languages) -> None:
    await asks(house, languages, question="Next camp", options="12 May 2028 at 10, 14 May 2028", kind="dates")
    here = (await house.workspace()).id
    poll = await newest(house.memory, here)
    async with house.memory.units(here) as work:
        bo = (await work.members.everybody())[0]
        await work.polls.cast([Ballot(poll.id, voter_key(poll, bo.id), ("2:yes",))])
        await close(work, poll, house.front.clock.now())
        await work.commit()
    for _ in range(3):
        await (await post(house, languages)).run_once()
        await asyncio.sleep(1.1)
    await house.anna.until_sees("Her er dagen til din kalender.")
    (file,) = house.discord.world.files.values()
    assert (file.name, b"20280514" in file.data) == ("day.ics", True)
