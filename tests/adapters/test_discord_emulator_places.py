"""Places over the emulator's REST: where the bot may do what, direct messages, and threads."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from tests.adapters.discord_scene import Scene, opened_scene


@pytest.fixture
async def scene() -> AsyncGenerator[Scene]:
    async with opened_scene() as found:
        yield found


# Where the bot may


async def test_permissions_of_the_bot(scene: Scene) -> None:
    secret = scene.guild.channel("secret", scene.anna, private=True, bot=False)
    assert (await scene.sends({"content": "x"}, f"/channels/{secret.id}/messages")).code == 50001
    assert secret in scene.anna.channels
    assert secret not in scene.bo.channels
    scene.guild.forbids(scene.general, scene.guild.bot, "send_messages")
    assert (await scene.sends({"content": "x"})).code == 50013
    scene.guild.allows(scene.general, scene.guild.bot, "send_messages")
    scene.guild.forbids(scene.general, scene.guild.bot, "attach_files", "read_message_history")
    assert (await scene.sends({"content": "x"}, files=[("files[0]", "a.txt", b"")])).code == 50013
    assert (await scene.bot.asks("GET", scene.here)).body == []
    assert (await scene.sends({"content": "x"}, "/channels/5/messages")).code == 10003
    scene.guild.goes_down()
    assert (await scene.sends({"content": "x"})).status == 503
    scene.guild.comes_back()
    scene.guild.kicks_bot()
    assert (await scene.sends({"content": "x"})).code == 50001
    assert (await scene.bot.asks("GET", f"/guilds/{scene.guild.id}")).code == 10004


async def test_direct_messages(scene: Scene) -> None:
    direct = await scene.bot.asks("POST", "/users/@me/channels", {"recipient_id": scene.anna.id})
    at = f"/channels/{direct.body['id']}/messages"
    assert (await scene.sends({"content": "Hello"}, at)).status == 200
    assert scene.anna.sees() == ["Hello"]
    scene.anna.user.takes_messages = False
    closed = await scene.sends({"content": "Hello"}, at)
    assert (closed.status, closed.code) == (403, 50007)
    scene.anna.user.takes_messages = True
    await scene.anna.leaves()
    assert (await scene.sends({"content": "Hello"}, at)).code == 50007
    await scene.anna.comes_back()
    assert (await scene.sends({"content": "Hello"}, at)).status == 200
    assert (await scene.bot.asks("POST", "/users/@me/channels", {"recipient_id": "5"})).code == 50033


async def test_a_token_is_needed(scene: Scene) -> None:
    assert (await scene.bot.asks("GET", scene.here, token="")).status == 401
    assert (await scene.bot.asks("GET", scene.here, token="wrong")).status == 401
    assert (await scene.bot.asks("GET", "/nowhere/at/all")).status == 404
    assert scene.discord.problems


# Threads


async def test_a_private_thread_is_seen_by_its_people(scene: Scene) -> None:
    key = await scene.room(scene.anna)
    room = scene.discord.world.channels[key]
    assert (room in scene.anna.channels, room in scene.bo.channels) == (True, False)
    await scene.sends({"content": "Welcome"}, f"/channels/{key}/messages")
    assert scene.anna.sees(room) == ["Welcome"]
    assert scene.guild.room(scene.anna) is room
    assert (await scene.bot.asks("GET", f"/channels/{key}/thread-members/{scene.anna.id}")).status == 200
    assert (await scene.bot.asks("GET", f"/channels/{key}/thread-members/{scene.bo.id}")).code == 10007
    assert (await scene.bot.asks("GET", f"/channels/{key}/thread-members")).code == 50001
    scene.discord.app.members = True
    rows = await scene.bot.asks("GET", f"/channels/{key}/thread-members?with_member=true")
    assert {one["user_id"] for one in rows.body} == {scene.anna.id, scene.guild.bot.id}
    assert all("member" in one for one in rows.body)
    assert (await scene.bot.asks("DELETE", f"/channels/{key}/thread-members/{scene.anna.id}")).status == 204
    assert room not in scene.anna.channels


async def test_who_is_mentioned_in_a_thread_is_brought_in(scene: Scene) -> None:
    key = await scene.room()
    body = {"content": f"Hello <@{scene.bo.id}>", "allowed_mentions": {"users": [scene.bo.id]}}
    await scene.sends(body, f"/channels/{key}/messages")
    assert [thread.id for thread in scene.bo.threads] == [key]


async def test_an_archived_thread_opens_again_when_it_is_written_to(scene: Scene) -> None:
    key = await scene.room(scene.anna)
    room = scene.discord.world.channels[key]
    sent = await scene.sends({"content": "x"}, f"/channels/{key}/messages")
    await scene.anna.archives(room)
    edited = await scene.bot.asks("PATCH", f"/channels/{key}/messages/{sent.body['id']}", {"content": "y"})
    assert (edited.status, edited.code) == (400, 50083)
    assert (await scene.bot.asks("PUT", f"/channels/{key}/thread-members/{scene.bo.id}")).code == 50083
    assert (await scene.bot.asks("PATCH", f"/channels/{key}", {"name": "x"})).code == 50083
    listed = await scene.bot.asks("GET", f"/channels/{scene.general.id}/users/@me/threads/archived/private")
    assert [one["id"] for one in listed.body["threads"]] == [key]
    private = f"/channels/{scene.general.id}/threads/archived/private?limit=2"
    assert (await scene.bot.asks("GET", private)).code == 50013
    scene.guild.gives(scene.guild.bot_role, "manage_threads")
    listed = await scene.bot.asks("GET", private)
    assert ([one["id"] for one in listed.body["threads"]], listed.body["has_more"]) == ([key], False)
    assert (await scene.sends({"content": "y"}, f"/channels/{key}/messages")).status == 200
    active = await scene.bot.asks("GET", f"/guilds/{scene.guild.id}/threads/active")
    assert [one["id"] for one in active.body["threads"]] == [key]
    await scene.anna.archives(room)
    assert (await scene.bot.asks("PATCH", f"/channels/{key}", {"archived": False})).body["thread_metadata"][
        "archived"
    ] is False


async def test_a_thread_in_which_nothing_happens_is_put_away(scene: Scene) -> None:
    key = await scene.room(scene.anna)
    room = scene.discord.world.channels[key]
    scene.clock.advance(days=2)
    await scene.anna.writes("Still here", room)
    scene.clock.advance(days=2)
    await asyncio.sleep(0.05)
    assert not room.archived
    scene.clock.advance(days=1, minutes=1)
    await scene.discord.until(lambda: room.archived)
    await scene.anna.writes("Again", room)
    assert not room.archived


async def test_a_file_may_be_too_large(scene: Scene) -> None:
    sent = await scene.sends({"content": "x"}, files=[("files[0]", "a.bin", b"x" * (10 * 1024 * 1024 + 1))])
    assert (sent.status, sent.code) == (413, 40005)


async def test_threads_need_their_permissions(scene: Scene) -> None:
    scene.guild.forbids(scene.general, scene.guild.bot, "create_private_threads")
    asked = {"name": "Room", "type": 12}
    assert (await scene.bot.asks("POST", f"/channels/{scene.general.id}/threads", asked)).code == 50013
    hers = await scene.anna.writes("Question", scene.general)
    on = f"{scene.here}/{hers.id}/threads"
    made = await scene.bot.asks("POST", on, {"name": "Answers"})
    assert (made.status, made.body["id"]) == (200, hers.id)
    assert (await scene.bot.asks("POST", on, {"name": "Answers"})).code == 160004
    inside = await scene.bot.asks("POST", f"/channels/{made.body['id']}/threads", asked)
    assert inside.code == 50024
    scene.guild.forbids(scene.general, scene.guild.bot, "send_messages_in_threads")
    assert (await scene.sends({"content": "x"}, f"/channels/{hers.id}/messages")).code == 50013
    hidden = await scene.anna.opens_thread("Ours", scene.general, scene.bo, private=True)
    assert (await scene.sends({"content": "x"}, f"/channels/{hidden.id}/messages")).code == 50001


async def test_a_thread_is_changed_and_removed(scene: Scene) -> None:
    key = await scene.room()
    assert (await scene.bot.asks("PATCH", f"/channels/{key}", {"name": "Own"})).body["name"] == "Own"
    assert (await scene.bot.asks("PATCH", f"/channels/{key}", {"locked": True})).code == 50013
    scene.guild.gives(scene.guild.bot_role, "manage_threads")
    changed = await scene.bot.asks("PATCH", f"/channels/{key}", {"name": "New", "locked": True, "archived": True})
    assert (changed.body["name"], changed.body["thread_metadata"]["locked"]) == ("New", True)
    assert (await scene.bot.asks("PATCH", f"/channels/{key}", {"topic": "x"})).code == 50035
    assert (await scene.bot.asks("DELETE", f"/channels/{key}")).status == 200
    assert (await scene.bot.asks("GET", f"/channels/{key}")).code == 10003
