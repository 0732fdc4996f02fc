"""What Discord knows of people: asked once a day, and blank where it does not say."""

from adapters.discord.people import About, People, language_of
from tests.adapters.discord_sending import Scene, scene
from tests.emulators.discord_faults import Fault

MEMBER = "GET /guilds/{guild}/members/{user}"


def people(here: Scene) -> People:
    return People(here.api, here.world, here.clock)


async def test_a_person_is_known_as_the_guild_calls_them_and_asked_for_once_a_day() -> None:
    async with scene() as here:
        anna, known = here.guild.person("Anna"), people(here)
        await anna.is_called("Anna fra Rødovre")
        for _ in range(3):
            assert await known.about(here.workspace, anna.id) == About("Anna fra Rødovre")
        assert len(here.discord.called(MEMBER)) == 1
        here.clock.advance(days=1)
        await anna.is_called(None)
        assert await known.about(here.workspace, anna.id) == About("Anna")


async def test_a_danish_guild_speaks_danish_and_what_a_person_uses_wins() -> None:
    async with scene() as here:
        here.guild.locale = "da"
        anna, bo, known = here.guild.person("Anna"), here.guild.person("Bo"), people(here)
        assert (await known.about(here.workspace, anna.id)).language == "da"
        assert known.met(here.workspace, bo.id, name=" Bo ", locale="en-GB") == About("Bo", "en")
        assert await known.about(here.workspace, bo.id) == About("Bo", "en")
        assert known.met(here.workspace, bo.id, locale="da") == About("Bo", "da")
        assert known.met(here.workspace, anna.id, locale="en-US") == About("Anna", "en")


async def test_whoever_only_pressed_something_is_asked_for_all_the_same() -> None:
    async with scene() as here:
        anna, known = here.guild.person("Anna"), people(here)
        assert known.met(here.workspace, anna.id, locale="da") == About("", "da")
        assert await known.about(here.workspace, anna.id) == About("Anna", "da")


async def test_somebody_who_left_is_blank_for_a_while() -> None:
    async with scene() as here:
        anna, known = here.guild.person("Anna"), people(here)
        await anna.leaves()
        for _ in range(3):
            assert await known.about(here.workspace, anna.id) == About()
        assert len(here.discord.called(MEMBER)) == 1
        here.clock.advance(minutes=10)
        await anna.comes_back()
        assert await known.about(here.workspace, anna.id) == About("Anna")


async def test_where_discord_does_not_answer_it_is_asked_the_next_time() -> None:
    async with scene() as here:
        anna, known = here.guild.person("Anna"), people(here)
        here.discord.faults.arm(MEMBER, Fault.UNAVAILABLE)
        assert await known.about(here.workspace, anna.id) == About()
        assert await known.about(here.workspace, anna.id) == About("Anna")


async def test_without_a_guild_or_with_no_id_of_discords_nothing_is_asked() -> None:
    async with scene() as here:
        known, calls = people(here), len(here.discord.calls)
        assert await known.about(here.workspace, "anna") == About()
        here.world.guilds.clear()
        assert await known.about(here.workspace, "7") == About()
        assert len(here.discord.calls) == calls


def test_every_language_but_danish_is_answered_in_english() -> None:
    assert [language_of(locale) for locale in ("da", "da-DK", "en-GB", "sv-SE", "")] == ["da", "da", "en", "en", ""]
