"""The academy's sectors and themes: organisers add, rename and remove them."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.members.domain import SECTORS, THEMES
from tests.databases import Storage
from tests.members_talk import Person, Talk, a_member, an_academy, an_organiser, kept


@pytest.fixture(params=["memory", "sqlite"])
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Storage, None]:
    async with kept(str(request.param), tmp_path) as there:
        yield there


@pytest.fixture
async def talk(storage: Storage) -> Talk:
    return await an_academy(storage=storage)


@pytest.fixture
async def odd(talk: Talk) -> Person:
    return await talk.joins(an_organiser())


class TestThemes:
    async def test_one_is_added_and_suggested_in_the_profile(self, odd: Person) -> None:
        answer = await odd.types('/akademi tema addiction "afhængighed" "addiction"')
        assert "The theme is suggested to everybody from now on." in answer.text
        form = (await odd.types("/profile")).form
        themes = next(field for field in form.fields if field.key == "themes")
        assert "addiction" in getattr(themes, "suggestions", ())

    async def test_with_the_form(self, odd: Person) -> None:
        await odd.types("/academy")
        await odd.presses("Add a theme")
        answer = await odd.fills({"key": "ageing", "da": "afhængighed", "en": "addiction"})
        assert answer.problems == {"key": "There is a theme with this key already."}
        answer = await odd.fills(
            {"key": "Ærø!", "da": "ældre", "en": "x"}, form=(await odd.types("/academy theme")).form
        )
        assert set(answer.problems) == {"key", "da"}
        assert answer.problems["da"] == "Another theme is called that."
        form = (await odd.types("/academy theme addiction")).form
        answer = await odd.fills({"key": "addiction", "da": "afhængighed", "en": "addiction"}, form=form)
        assert "addiction" in answer.text
        assert "Another theme is called that." in (await odd.types("/academy theme new unge kids")).text

    async def test_who_has_one_that_is_renamed_has_it_by_the_new_name(self, talk: Talk, odd: Person) -> None:
        mette = await talk.joins(replace(a_member(), themes=("Ældre", "ensomhed")))
        bo = await talk.joins(replace(a_member("U2", name="Bo"), themes=("ageing", "seniors", "ældre")))
        await odd.types("/academy")
        await odd.chooses("Look at a theme", "ageing")
        assert "Members: 2" in odd.last.text
        form = (await odd.presses("Rename")).form
        assert [field.key for field in form.fields] == ["da", "en"]
        answer = await odd.fills({"da": "seniorliv", "en": "seniors"}, form=form)
        assert "2 profiles have it by the new name." in answer.text
        assert (await mette.member()).themes == ("seniorliv", "ensomhed")
        assert (await bo.member()).themes == ("seniors", "seniorliv")

    async def test_a_rename_that_keeps_a_name_changes_no_profile(self, talk: Talk, odd: Person) -> None:
        mette = await talk.joins(replace(a_member(), themes=("ældre",)))
        answer = await odd.types("/academy theme ageing ældre seniors")
        assert "The theme is suggested" in answer.text
        assert (await mette.member()).themes == ("ældre",)

    async def test_one_that_nobody_has_is_removed(self, talk: Talk, odd: Person) -> None:
        await odd.types("/academy")
        card = await odd.chooses("Look at a theme", "loneliness")
        remove = card.buttons["Remove"]
        assert remove.confirm is not None
        answer = await odd.presses(remove)
        assert answer.replaced
        assert "Removed." in answer.text
        assert "That theme is no longer there." in (await odd.presses(remove)).text
        assert "That theme is no longer there." in (await odd.sends("academy_look_theme.1:loneliness")).text
        async with talk.memory.units(talk.workspace, reading=True) as work:
            assert "loneliness" not in {theme.key for theme in await work.vocabulary.themes()}

    async def test_one_that_somebody_has_stays(self, talk: Talk, odd: Person) -> None:
        await odd.types("/academy")
        card = await odd.chooses("Look at a theme", "loneliness")
        await talk.joins(replace(a_member(), themes=("Ensomhed",)))
        answer = await odd.presses(card.buttons["Remove"])
        assert "Members who have it: 1. It can be removed when nobody has it." in answer.text
        again = await odd.sends("academy_look_theme.1:loneliness")
        assert "Remove" not in again.buttons
        assert "1 member does now." in again.text

    async def test_all_may_go(self, odd: Person) -> None:
        for theme in THEMES:
            await odd.sends(f"academy_drop_theme.1:{theme.key}")
        assert "Themes: nothing yet" in odd.last.text
        assert "Look at a theme" not in odd.last.selects


class TestSectors:
    async def test_one_that_nobody_has_is_removed(self, odd: Person) -> None:
        await odd.types("/academy")
        await odd.chooses("Look at a sector", "research")
        assert "Members: 0" in odd.last.text
        answer = await odd.presses("Remove")
        assert "Removed." in answer.text
        assert "research" not in answer.text
        assert "That sector is no longer there." in (await odd.sends("academy_drop_sector.1:research")).text

    async def test_one_that_somebody_has_stays(self, odd: Person) -> None:
        answer = await odd.sends("academy_look_sector.1:municipality")
        assert set(answer.buttons) == {"Rename", "Your academy"}
        assert "Members who have it: 1." in (await odd.sends("academy_drop_sector.1:municipality")).text
        assert (await odd.presses(answer.buttons["Rename"])).form.title == "Rename a sector"

    async def test_two_stay(self, odd: Person) -> None:
        others = [sector.key for sector in SECTORS if sector.key != "municipality"]
        for key in others[:-1]:
            assert "Removed." in (await odd.sends(f"academy_drop_sector.1:{key}")).text
        assert "Two sectors have to stay" in (await odd.sends(f"academy_drop_sector.1:{others[-1]}")).text


async def test_is_for_organisers(talk: Talk) -> None:
    mette = await talk.joins(a_member())
    assert "Only an organiser can do that." in (await mette.types("/academy theme a b c")).text
    for wire in (
        "academy_theme.1:",
        "academy_look_theme.1:ageing",
        "academy_look_sector.1:research",
        "academy_drop_theme.1:ageing",
        "academy_drop_sector.1:research",
    ):
        assert "Only an organiser can do that." in (await mette.sends(wire)).text
