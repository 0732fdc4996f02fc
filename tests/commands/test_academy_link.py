"""``/academy link``: an academy on Slack and one on Discord become one."""

from dataclasses import dataclass, replace

import pytest

from bot.announcements.domain import AnnouncementState
from bot.errors import Conflict, Taken
from bot.identity import Account, WorkspaceId
from bot.introductions.domain import IntroState
from bot.linking.service import LinkService
from bot.members.domain import Role, WorkspaceOptions
from bot.ports import Workspace
from tests.fake_directory import MemoryDirectory
from tests.fakes import Memory
from tests.members_talk import Person, Talk, a_member, an_academy, an_organiser
from tests.storage_values import an_announcement, an_intro

CODES = ("WDJBMJHT", "BCDFGHJK", "LMNPRSTV", "WXZBCDFG")


@dataclass(frozen=True, slots=True)
class Two:
    """An academy on Slack with Odd, and one on Discord with Dorte; both organise."""

    slack: Talk
    discord: Talk
    odd: Person
    dorte: Person


async def two(first: str = "team:T1", second: str = "guild:5") -> Two:
    codes = iter(CODES)
    slack = await an_academy(homes={first: "Rødovre"}, make=lambda: next(codes))
    there = await slack.memory.directory.ensure(second, "Brobyggerne", WorkspaceOptions(language="en"))
    discord = replace(slack, workspace=there.id)
    odd = await slack.joins(an_organiser("U0"))
    dorte = await discord.joins(replace(an_organiser("1", name="Dorte"), accounts=(Account("discord", "1"),)))
    return Two(slack, discord, odd, dorte)


async def introductions(talk: Talk) -> None:
    """So that the academy has a history."""
    one, other = (await talk.joins(a_member("X1")), await talk.joins(a_member("X2")))
    intro = an_intro((await one.member()).id, (await other.member()).id, state=IntroState.OFFERED)
    async with talk.memory.units(talk.workspace) as work:
        await work.rounds.add_intros([replace(intro, round=None)])
        await work.commit()


async def test_an_organiser_gives_a_code_and_the_other_ones_joins_them() -> None:
    both = await two()
    await both.discord.joins(replace(a_member("7", name="Bo Lind"), accounts=(Account("discord", "7"),)))
    await both.slack.joins(
        replace(a_member("U7", name="Bo L."), accounts=(Account("slack", "U7"), Account("discord", "7")))
    )
    code = (await both.odd.types("/academy link")).text
    assert "The academy's code: WDJB-MJHT" in code
    assert "An organiser of the other place types there: /academy link WDJB-MJHT" in code
    assert "Slack: Rødovre" in code
    preview = (await both.dorte.types("/academy link WDJB-MJHT")).text
    assert "Brobyggerne (Discord) moves in with Rødovre (Slack)." in preview
    assert "2 members come along, with profile and answers." in preview
    assert "1 of them is on the other roster already and becomes one with that entry." in preview
    joined = (await both.dorte.presses("Make them one")).text
    assert "It is one academy now: Rødovre\nSlack: Rødovre\nDiscord: Brobyggerne" in joined
    assert {member.name for member in await both.slack.everybody()} == {"Odd Organiser", "Dorte", "Bo L."}
    assert await both.slack.memory.directory.get(both.discord.workspace) is None
    dorte = replace(both.dorte, talk=both.slack)
    assert "Dorte" in (await dorte.types("/profile show")).text


async def test_the_academy_with_introductions_stays_whoever_gave_the_code() -> None:
    both = await two()
    await introductions(both.discord)
    await both.odd.types("/academy link")
    preview = await both.dorte.types("/academy link WDJB-MJHT")
    assert "Rødovre (Slack) moves in with Brobyggerne (Discord)." in preview.text
    assert "1 member comes along, with profile and answers." in preview.text
    await both.dorte.presses("Make them one")
    (academy,) = await both.slack.memory.directory.every()
    assert academy.id == both.discord.workspace
    assert [home.external for home in academy.installations] == ["guild:5", "team:T1"]


async def test_planned_announcements_come_along_and_that_is_said_first() -> None:
    both = await two()
    planned = an_announcement((await both.dorte.member()).id, state=AnnouncementState.SCHEDULED)
    async with both.discord.memory.units(both.discord.workspace) as work:
        await work.announcements.put(planned)
        await work.commit()
    await both.odd.types("/academy link")
    preview = (await both.dorte.types("/academy link WDJB-MJHT")).text
    assert "1 planned announcement comes along. If it is for everyone, it goes to all of you" in preview


async def test_two_histories_are_not_told_as_one() -> None:
    both = await two()
    await introductions(both.slack)
    await introductions(both.discord)
    await both.odd.types("/academy link")
    said = (await both.dorte.types("/academy link WDJB-MJHT")).text
    assert "Both academies have introductions or camps of their own already" in said


async def test_one_home_on_each_platform() -> None:
    both = await two(second="team:T2")
    await both.odd.types("/academy link")
    other = await both.discord.joins(an_organiser("U2"))
    assert "Both are on Slack" in (await other.types("/academy link WDJB-MJHT")).text


async def test_a_code_of_ones_own_academy_joins_nothing() -> None:
    both = await two()
    await both.odd.types("/academy link")
    assert "That code is from this academy." in (await both.odd.types("/academy link WDJB-MJHT")).text


async def test_whoever_gave_the_code_must_still_be_an_organiser() -> None:
    both = await two()
    await both.odd.types("/academy link")
    await both.slack.joins(replace(await both.odd.member(), role=Role.MEMBER))
    assert "is no organiser there any more" in (await both.dorte.types("/academy link WDJB-MJHT")).text


async def test_only_organisers_link_academies() -> None:
    both = await two()
    await both.odd.types("/academy link")
    bo = await both.discord.joins(replace(a_member("7"), accounts=(Account("discord", "7"),)))
    assert "Only an organiser can do that." in (await bo.types("/academy link WDJB-MJHT")).text


async def test_each_code_has_its_command() -> None:
    both = await two()
    await both.odd.types("/academy link")
    assert (
        "That code is for another command: /academy link." in (await both.dorte.types("/profile link WDJB-MJHT")).text
    )
    assert "Make the two academies one?" in (await both.dorte.types("/academy link WDJB-MJHT")).text
    await both.dorte.types("/profile link")


async def test_the_button_counts_for_ten_minutes_and_for_whoever_typed_the_code() -> None:
    both = await two()
    await both.odd.types("/academy link")
    button = (await both.dorte.types("/academy link WDJB-MJHT")).buttons["Make them one"]
    other = await both.discord.joins(replace(an_organiser("2", name="Else"), accounts=(Account("discord", "2"),)))
    assert "nothing was changed" in (await other.presses(button)).text
    both.slack.clock.advance(minutes=10)
    assert "That took longer than ten minutes" in (await both.dorte.presses(button)).text
    assert len(await both.slack.memory.directory.every()) == 2


async def test_an_academy_that_froze_meanwhile_is_not_joined() -> None:
    both = await two()
    await both.odd.types("/academy link")
    button = (await both.dorte.types("/academy link WDJB-MJHT")).buttons["Make them one"]
    await both.slack.memory.directory.freeze(both.slack.workspace, both.slack.clock.now())
    assert "The other academy is not there any more." in (await both.dorte.presses(button)).text


class TooLate(MemoryDirectory):
    """Between the look and the step somebody else joined them elsewhere."""

    async def join(self, workspace: WorkspaceId, external: str, name: str) -> Workspace:
        del workspace, external, name
        raise Taken("a row with this key is already there")


async def test_what_changes_at_the_last_moment_is_a_kind_answer() -> None:
    both = await two()
    memory = both.slack.memory
    assert isinstance(memory, Memory)
    links = LinkService(memory.units, TooLate(memory), both.slack.clock).academies
    await both.odd.types("/academy link")
    arrival = both.dorte.arrival()
    other, _ = await links.preview(arrival, "WDJB-MJHT")
    with pytest.raises(Conflict):
        await links.join(arrival, other)
