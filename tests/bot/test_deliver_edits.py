"""Revisions: a message that was posted says something else now."""

from datetime import timedelta

import pytest

from bot.errors import Doubtful
from bot.identity import DeliveryId, new_id
from tests.bot.delivering import CANCELLED, FAILED, SENT, WAITING, House, Nothing
from tests.fake_chat import FakeChats


@pytest.fixture
async def house() -> House:
    return await House().open()


async def test_a_revision_edits_the_message_and_can_be_revised_itself(house: House) -> None:
    first = await house.write(lane="a")
    second = await house.write(lane="a", revises=first.id)
    third = await house.write(lane="a", revises=second.id)
    for said in ("one", "two", "three"):
        house.says = said
        await house.courier().run_once()
    [post] = house.chat.posts
    assert post.edits == 2
    assert post.card.notice.startswith("three")
    assert [(await house.ended(one))[0] for one in (first, second, third)] == [SENT] * 3


async def test_a_revision_waits_for_a_message_that_is_on_its_way_in_another_lane(house: House) -> None:
    first = await house.write(lane="a", not_before=house.clock.now() + timedelta(minutes=1))
    second = await house.write(lane="b", revises=first.id)
    await house.courier().run_once()
    assert await house.ended(second) == (WAITING, "waits_for_earlier")
    house.clock.advance(minutes=2)
    await house.courier().run_once()
    house.clock.advance(minutes=10)
    await house.courier().run_once()
    assert (await house.ended(second))[0] is SENT
    assert house.chat.posts[0].edits == 1


async def test_a_revision_of_what_stands_behind_it_in_the_lane_is_not_needed(house: House) -> None:
    later, earlier = sorted([DeliveryId(new_id()), DeliveryId(new_id())], reverse=True)
    posting = await house.write(lane="a", id=later)
    revision = await house.write(lane="a", id=earlier, revises=posting.id)
    await house.courier().run_once()
    assert await house.ended(revision) == (CANCELLED, "not_posted_yet")


async def test_a_revision_of_a_message_that_never_went_is_cancelled(house: House) -> None:
    nothing = await house.write(lane="a", letter=Nothing())
    revision = await house.write(lane="a", revises=nothing.id)
    of_nobody = await house.write(revises=DeliveryId(new_id()))
    silent = await house.write(revises=nothing.id, letter=Nothing())
    await house.courier().run_once()
    await house.courier().run_once()
    assert await house.ended(revision) == (CANCELLED, "never_posted")
    assert await house.ended(of_nobody) == (CANCELLED, "never_posted")
    assert await house.ended(silent) == (CANCELLED, "nothing_to_say")


async def test_a_message_that_is_gone_is_not_edited(house: House) -> None:
    first = await house.write(lane="a")
    await house.courier().run_once()
    house.chat.posts.clear()
    revision = await house.write(lane="a", revises=first.id)
    await house.courier().run_once()
    assert await house.ended(revision) == (CANCELLED, "Gone")


async def test_an_edit_in_doubt_is_simply_made_again(house: House) -> None:
    first = await house.write(lane="a")
    await house.courier().run_once()
    revision = await house.write(lane="a", revises=first.id)
    house.chat.fail(Doubtful("lost"), after_storing=True, verb="edit")
    await house.courier().run_once()
    assert await house.ended(revision) == (WAITING, "Doubtful lost")
    house.clock.advance(seconds=5)
    await house.courier().run_once()
    assert (await house.ended(revision))[0] is SENT
    assert [verb for verb, _ in house.chat.tries] == ["post", "edit", "edit"]


async def test_an_edit_on_a_platform_that_the_workspace_left(house: House) -> None:
    first = await house.write(lane="a")
    await house.courier().run_once()
    revision = await house.write(lane="a", revises=first.id)
    house.chats = FakeChats(house.clock, platforms=())
    await house.courier().run_once()
    assert await house.ended(revision) == (FAILED, "no_chat")
