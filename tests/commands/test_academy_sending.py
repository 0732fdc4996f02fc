"""``/academy sending``: what happens at night, on days off and after a stop."""

from zoneinfo import ZoneInfo

import pytest

from adapters.discord.forms import steps_of
from bot.members.domain import WorkspaceOptions
from bot.members.sending import sending_form
from bot.messages.forms import ChoiceField
from tests.introductions_talk import LANGUAGES
from tests.members_talk import an_academy, an_organiser


async def test_organisers_choose_and_see_what_they_have_chosen() -> None:
    talk = await an_academy()
    odd = await talk.joins(an_organiser())
    shown = await odd.types("/academy")
    assert "Announcements after a stop: the latest one is sent, up to six hours late" in shown.text
    assert "Weekly rounds after a stop: one is drawn, however late" in shown.text
    form = (await odd.presses(shown.buttons["How I send things"])).form
    fields = {one.key: one for one in form.fields if isinstance(one, ChoiceField)}
    assert [one.value for one in fields.values()] == [("one",), ("no",), ("within_six_hours",), ("always",), ("shown",)]
    filled = {
        "approved": ("two",),
        "wait": ("workday",),
        "announcements": ("each",),
        "rounds": ("never",),
        "events": ("hidden",),
    }
    saved = await odd.fills(filled, form=form)
    assert "Announcements: a second organiser approves of it first" in saved.text
    assert "Saved, thank you." in saved.text
    assert "Announcements at night and on days off: at night and on days off: wait for a working day" in saved.text
    assert "Announcements after a stop: each of them is sent, ten at most" in saved.text
    assert "Weekly rounds after a stop: they are left out" in saved.text
    assert "Camps on your Discord server: not among its events" in saved.text
    async with talk.memory.units(talk.workspace, reading=True) as work:
        options = await work.vocabulary.options()
    assert options == WorkspaceOptions(
        announcements_approved=True,
        announcements_wait="workday",
        announcements_missed="each",
        rounds_missed="never",
        camps_among_events=False,
        language=options.language,
    )
    again = (await odd.types("/academy sending")).form
    kept = [one.value for one in again.fields if isinstance(one, ChoiceField)]
    assert kept == [("two",), ("workday",), ("each",), ("never",), ("hidden",)]


@pytest.mark.parametrize("language", ["da", "en"])
def test_on_discord_it_is_one_dialog(language: str) -> None:
    words = LANGUAGES.words(language, ZoneInfo("Europe/Copenhagen"))
    assert len(steps_of(sending_form(WorkspaceOptions(), words))) == 1
