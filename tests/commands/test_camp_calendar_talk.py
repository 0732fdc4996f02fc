"""Camps in people's own calendars: as a file from a button, or at an address that they give to a calendar program."""

import json
from dataclasses import replace
from urllib.parse import unquote

from bot.camps.calendars import CalendarFeeds, Calendars
from bot.messages.elements import Buttons, LinkButton
from bot.words import Languages
from tests.calendar_rules import Component, checked
from tests.camp_talk import a_camp, an_announced_camp, edits
from tests.fakes import Memory
from tests.introductions_talk import Academy, Answer, a_small_academy, buttons_of, words_of

LANGUAGES = Languages.load()
PUBLIC = "https://bro.example.org"


def reachable(academy: Academy, url: str = PUBLIC) -> Academy:
    """Calendar programs can reach the house."""
    academy.services.camps.calendars = Calendars(academy.memory.units, academy.clock, url)
    return academy


def feeds(academy: Academy) -> CalendarFeeds:
    return CalendarFeeds(academy.memory.units, academy.memory.directory, LANGUAGES, academy.clock)


async def feed_at(academy: Academy, address: str) -> Component | None:
    """What a program finds at an address."""
    key = address.removeprefix(f"{PUBLIC}/calendar/").removesuffix(".ics")
    content = await feeds(academy).read(key)
    return None if content is None else checked(content)


def address_in(said: Answer) -> str:
    return next(line for line in said.text.splitlines() if line.startswith(f"{PUBLIC}/calendar/"))


def events_of(calendar: Component | None) -> dict[str, str]:
    """How each camp stands there."""
    assert calendar is not None
    return {event.text("SUMMARY"): event.one("STATUS") for event in calendar.within("VEVENT")}


def links_of(said: Answer) -> dict[str, str]:
    """Where its links lead."""
    rows = [element for element in said.card.elements if isinstance(element, Buttons)]
    return {one.label: unquote(one.url) for row in rows for one in row.buttons if isinstance(one, LinkButton)}


async def test_the_button_hands_out_the_camp_as_a_file() -> None:
    academy = await an_announced_camp('host:"Rødovre Kommune"')
    anna = academy["Anna"]
    await anna.presses("Yes, I'm coming")
    handed = (await anna.presses("Add to calendar")).handed
    assert words_of(handed.card).startswith("Camp 3 for your calendar")
    assert handed.file.name == "camp-2026-03-22.ics"
    [event] = checked(handed.file.content).within("VEVENT")
    assert (event.one("DTSTART"), event.one("STATUS")) == ("20260322T090000", "CONFIRMED")


async def test_after_a_cancellation_the_same_button_takes_it_out_again() -> None:
    academy = reachable(await an_announced_camp())
    anna, olga = academy["Anna"], academy["Olga"]
    await anna.presses("Yes, I'm coming")
    first = checked((await anna.presses("Add to calendar")).handed.file.content)
    form = (await olga.types("/camp cancel")).form
    shown = await olga.fills(form, reason="Storm")
    await olga.presses(next(iter(shown.buttons.values())))
    await academy.delivers()
    handed = (await anna.presses("Take it out of my calendar")).handed
    calendar = checked(handed.file.content)
    assert words_of(handed.card).startswith("Camp 3 is off: for your calendar")
    [before], [after] = first.within("VEVENT"), calendar.within("VEVENT")
    assert before.one("UID") == after.one("UID")
    assert after.one("STATUS") == "CANCELLED"
    assert int(after.one("SEQUENCE")) > int(before.one("SEQUENCE"))
    assert after.one("DTSTAMP") > before.one("DTSTAMP")


async def test_a_house_that_nobody_can_reach_gives_the_file_alone() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    assert "No camp is planned just now." in (await anna.types("/camp calendar")).text
    await a_camp(academy=academy)
    said = await anna.types("/camp calendar")
    assert "You can take the next camp into your calendar: Camp 3." in said.text
    handed = (await anna.presses(said.buttons["Add to calendar"])).handed
    assert "Keep my calendar up to date" not in words_of(handed.card)


async def test_an_address_is_the_same_every_time_and_follows_the_camps() -> None:
    academy = reachable(await an_announced_camp())
    anna, olga = academy["Anna"], academy["Olga"]
    said = await anna.types("/camp calendar")
    address = address_in(said)
    assert address_in(await anna.types("/camp calendar")) == address
    assert events_of(await feed_at(academy, address)) == {"Camp 3": "TENTATIVE"}
    await anna.presses("Yes, I'm coming")
    assert events_of(await feed_at(academy, address)) == {"Camp 3": "CONFIRMED"}
    await edits(olga, place="Hornslet")
    [event] = (await feed_at(academy, address) or Component("")).within("VEVENT")
    assert event.text("LOCATION") == "Hornslet"
    assert int(event.one("SEQUENCE")) > 0
    await anna.presses("I can't come")
    assert events_of(await feed_at(academy, address)) == {}


async def test_a_feed_stays_as_it_is_while_nothing_changes() -> None:
    academy = reachable(await an_announced_camp())
    key = address_in(await academy["Anna"].types("/camp calendar")).rpartition("/")[2].removesuffix(".ics")
    first = await feeds(academy).read(key)
    await academy["Bo"].presses("Yes, I'm coming")
    academy.clock.advance(hours=5)
    assert await feeds(academy).read(key) == first


async def test_who_reads_the_same_gets_what_was_made_for_the_first() -> None:
    academy = reachable(await an_announced_camp())
    keys = [
        address_in(await academy[name].types("/camp calendar")).rpartition("/")[2].removesuffix(".ics")
        for name in ("Anna", "Bo")
    ]
    kept = feeds(academy)
    first, second = [await kept.read(key) for key in keys]
    assert first is not None
    assert first is second


async def test_another_address_empties_the_one_before() -> None:
    academy = reachable(await a_camp())
    anna = academy["Anna"]
    said = await anna.types("/camp calendar")
    renewed = await anna.presses(said.buttons["Another address"])
    assert renewed.replaced
    assert "The old address is empty from now on." in renewed.text
    assert said.buttons["Another address"].confirm is not None
    assert await feed_at(academy, address_in(said)) is None
    assert events_of(await feed_at(academy, address_in(renewed))) == {"Camp 3": "TENTATIVE"}


async def test_a_card_of_a_house_that_lost_its_address_renews_nothing() -> None:
    academy = reachable(await a_camp())
    said = await academy["Anna"].types("/camp calendar")
    reachable(academy, "")
    assert "Camps in your calendar" in (await academy["Anna"].presses(said.buttons["Another address"])).text


async def test_the_key_is_in_what_is_stored_about_its_owner() -> None:
    academy = reachable(await a_camp())
    address = address_in(await academy["Anna"].types("/camp calendar"))
    keys = [
        json.loads((await academy[name].types("/profile export")).handed.file.content)["calendar_key"]
        for name in ("Anna", "Bo")
    ]
    assert keys == [address.rpartition("/")[2].removesuffix(".ics"), None]


async def test_each_has_their_own_and_it_goes_with_them() -> None:
    academy = reachable(await a_camp())
    anna = address_in(await academy["Anna"].types("/camp calendar"))
    bo = address_in(await academy["Bo"].types("/camp calendar"))
    assert anna != bo
    asked = await academy["Anna"].types("/profile erase")
    await academy["Anna"].presses(asked.buttons["Forget me"])
    assert await feed_at(academy, anna) is None
    assert events_of(await feed_at(academy, bo)) == {"Camp 3": "TENTATIVE"}


async def test_the_big_calendars_open_by_a_link_where_they_can_reach_the_house() -> None:
    academy = reachable(await a_camp())
    said = await academy["Anna"].types("/camp calendar")
    address = address_in(said)
    assert links_of(said) == {
        "Outlook": f"https://outlook.office.com/calendar/0/addfromweb?url={address}&name=Camps",
        "Google": f"https://calendar.google.com/calendar/r?cid={address.replace('https', 'webcal')}",
    }
    reachable(academy, "http://127.0.0.1:8080")
    assert links_of(await academy["Anna"].types("/camp calendar")) == {}


async def test_from_the_file_it_is_a_step_to_the_address() -> None:
    academy = reachable(await an_announced_camp())
    anna = academy["Anna"]
    await anna.presses("Maybe")
    handed = (await anna.presses("Add to calendar")).handed
    assert address_in(await anna.presses(buttons_of(handed.card)["Keep my calendar up to date"]))


async def test_without_a_camp_the_address_is_there_all_the_same() -> None:
    academy = reachable(await a_small_academy())
    said = await academy["Anna"].types("/camp calendar")
    assert list(said.buttons) == ["Another address"]
    assert events_of(await feed_at(academy, address_in(said))) == {}


async def test_a_nameless_academy_is_called_after_the_bot() -> None:
    academy = await an_announced_camp()
    assert isinstance(academy.memory, Memory)
    homes = academy.memory.books(academy.workspace).installations
    homes[""] = tuple(replace(home, name="") for home in homes[""])
    reachable(academy)
    calendar = await feed_at(academy, address_in(await academy["Anna"].types("/camp calendar")))
    assert calendar is not None
    assert calendar.text("NAME") == "Camps – Brobygger"


async def test_a_key_outlives_nobody() -> None:
    """A member who is gone in a way that left the key: it opens nothing."""
    academy = reachable(await a_camp())
    address = address_in(await academy["Anna"].types("/camp calendar"))
    await academy.change("Anna", erased_at=academy.clock.now())
    assert await feed_at(academy, address) is None
