"""What Slack knows of a person: asked once a day, and blank where it does not say."""

import pytest

from adapters.slack.people import About, People
from tests.adapters.slack_sending import scene
from tests.emulators.slack_faults import Fault


async def test_a_person_has_a_name_a_zone_and_a_language() -> None:
    async with scene() as here:
        anna = here.team.person("Anna Jensen")
        ada = here.team.person("Ada", tz="Europe/London", locale="en-GB")
        people = People(here.api, here.clock)
        assert await people.about(here.workspace, anna.id) == About("Anna Jensen", "Europe/Copenhagen", "da")
        assert await people.about(here.workspace, ada.id) == About("Ada", "Europe/London", "en")


async def test_it_is_asked_once_a_day() -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        people = People(here.api, here.clock)
        for _ in range(3):
            await people.about(here.workspace, anna.id)
        assert len(here.slack.called("users.info")) == 1
        here.clock.advance(days=1)
        await people.about(here.workspace, anna.id)
        assert len(here.slack.called("users.info")) == 2


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.HANGS, "user_not_found", "missing_scope", "ratelimited"])
async def test_where_slack_does_not_answer_it_is_blank_and_asked_again(fault: str) -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        people = People(here.api, here.clock)
        here.slack.faults.arm("users.info", fault)
        assert await people.about(here.workspace, anna.id) == About()
        here.clock.advance(minutes=10)
        assert (await people.about(here.workspace, anna.id)).name == "Anna"


async def test_who_slack_does_not_tell_of_is_not_asked_about_at_each_press() -> None:
    async with scene() as here:
        people = People(here.api, here.clock)
        for _ in range(5):
            assert await people.about(here.workspace, "U0NOBODY") == About()
        assert len(here.slack.called("users.info")) == 1


@pytest.mark.parametrize(
    ("locale", "language"), [("da-DK", "da"), ("da", "da"), ("en-US", "en"), ("de-DE", "en"), ("", "")]
)
async def test_another_language_is_english(locale: str, language: str) -> None:
    async with scene() as here:
        anna = here.team.person("Anna", locale=locale)
        assert (await People(here.api, here.clock).about(here.workspace, anna.id)).language == language
