"""Messages and places over the emulator's REST: what may be sent, read and changed where, and what is refused how."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_guild import Guild
from tests.emulators.discord_person import Person
from tests.emulators.discord_raw_bot import Answer, RawBot, raw_bot
from tests.emulators.discord_state import Channel, Json
from tests.fakes import StoppedClock

V2 = 1 << 15


def text(words: str, **more: object) -> Json:
    return {"type": 10, "content": words, **more}


def button(label: str, **more: object) -> Json:
    return {"type": 2, "style": 1, "label": label, "custom_id": label, **more}


def row(*inner: Json) -> Json:
    return {"type": 1, "components": list(inner)}


def select(*values: str, **more: object) -> Json:
    options = [{"label": value, "value": value} for value in values]
    return {"type": 3, "custom_id": "s", "options": options, **more}


def people(*defaults: tuple[str, str]) -> Json:
    return {"type": 5, "custom_id": "u", "default_values": [{"type": kind, "id": key} for kind, key in defaults]}


@dataclass
class Scene:
    clock: StoppedClock
    discord: DiscordEmulator
    guild: Guild
    anna: Person
    bo: Person
    general: Channel
    bot: RawBot

    @property
    def here(self) -> str:
        return f"/channels/{self.general.id}/messages"

    async def sends(self, body: Json, at: str = "", **more: object) -> Answer:
        return await self.bot.asks("POST", at or self.here, body, **more)  # type: ignore[arg-type]  # the same names

    async def room(self, *people: Person) -> str:
        asked = {"name": "Room", "type": 12, "invitable": False}
        made = await self.bot.asks("POST", f"/channels/{self.general.id}/threads", asked)
        assert made.status == 200, made.body
        for person in people:
            added = await self.bot.asks("PUT", f"/channels/{made.body['id']}/thread-members/{person.id}")
            assert added.status == 204
        return str(made.body["id"])


@pytest.fixture
async def scene() -> AsyncGenerator[Scene]:
    clock = StoppedClock()
    async with DiscordEmulator(clock) as discord, raw_bot(discord) as bot:
        guild = discord.guild("Academy")
        general = guild.named("general")
        assert general is not None
        yield Scene(clock, discord, guild, guild.person("Anna"), guild.person("Bo"), general, bot)


# Sending


async def test_a_message_is_sent_read_changed_and_removed(scene: Scene) -> None:
    sent = await scene.sends({"content": " Hello "})
    assert (sent.body["content"], sent.headers["Content-Type"]) == ("Hello", "application/json")
    at = f"{scene.here}/{sent.body['id']}"
    assert (await scene.bot.asks("GET", at)).body["content"] == "Hello"
    changed = await scene.bot.asks("PATCH", at, {"content": "Hi"})
    assert (changed.body["content"], changed.body["edited_timestamp"] is not None) == ("Hi", True)
    assert scene.anna.sees(scene.general) == ["Hi"]
    assert (await scene.bot.asks("DELETE", at)).status == 204
    assert (await scene.bot.asks("GET", at)).code == 10008
    hers = await scene.anna.writes("Mine", scene.general)
    assert (await scene.bot.asks("PATCH", f"{scene.here}/{hers.id}", {"content": "x"})).code == 50005
    assert (await scene.bot.asks("DELETE", f"{scene.here}/{hers.id}")).code == 50013


WRONG: list[tuple[str, Json]] = [
    ("empty", {}),
    ("blank text", {"flags": V2, "components": [text("  ")]}),
    ("components without the flag", {"components": [text("x")]}),
    ("six rows", {"components": [row(button(str(n))) for n in range(6)]}),
    ("content with components", {"flags": V2, "content": "x", "components": [text("x")]}),
    ("41 components", {"flags": V2, "components": [{"type": 17, "components": [text("x")] * 40}]}),
    ("4001 characters", {"flags": V2, "components": [text("x" * 2000), text("x" * 2001)]}),
    ("the same custom_id", {"flags": V2, "components": [row(button("a"), button("a"))]}),
    ("the same id", {"flags": V2, "components": [text("a", id=5), text("b", id=5)]}),
    ("a long custom_id", {"flags": V2, "components": [row(button("a", custom_id="x" * 101))]}),
    ("no custom_id", {"flags": V2, "components": [row({"type": 2, "style": 1, "label": "x"})]}),
    ("no label", {"flags": V2, "components": [row({"type": 2, "style": 1, "custom_id": "x"})]}),
    ("a link without one", {"flags": V2, "components": [row({"type": 2, "style": 5, "label": "x"})]}),
    ("a strange link", {"flags": V2, "components": [row({"type": 2, "style": 5, "label": "x", "url": "ftp://x"})]}),
    ("a broken link", {"flags": V2, "components": [row({"type": 2, "style": 5, "label": "x", "url": "http://["})]}),
    ("a link that tells", {"flags": V2, "components": [row(button("x", style=5, url="https://x.org"))]}),
    ("a button that leads away", {"flags": V2, "components": [row(button("x", url="https://x.org"))]}),
    ("six buttons", {"flags": V2, "components": [row(*(button(str(n)) for n in range(6)))]}),
    ("select and button", {"flags": V2, "components": [row(select("a"), button("b"))]}),
    ("26 options", {"flags": V2, "components": [row(select(*(str(n) for n in range(26))))]}),
    ("the same value", {"flags": V2, "components": [row(select("a", "a"))]}),
    ("more than there are", {"flags": V2, "components": [row(select("a", max_values=2))]}),
    ("least over most", {"flags": V2, "components": [row(select("a", "b", "c", min_values=3, max_values=2))]}),
    ("a wrong default", {"flags": V2, "components": [row(people(("role", "1")))]}),
    ("two defaults", {"flags": V2, "components": [row(people(("user", "1"), ("user", "2")))]}),
    ("four texts", {"flags": V2, "components": [{"type": 9, "components": [text("x")] * 4, "accessory": button("x")}]}),
    ("a missing file", {"flags": V2, "components": [{"type": 13, "file": {"url": "attachment://x.png"}}]}),
    ("a file from elsewhere", {"flags": V2, "components": [{"type": 13, "file": {"url": "https://x.org/x.png"}}]}),
    ("a picture from nowhere", {"flags": V2, "components": [{"type": 12, "items": [{"media": {"url": "file:///x"}}]}]}),
    ("an ephemeral flag", {"content": "x", "flags": 64}),
    ("long embeds", {"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}),
    ("ids and everyone of them", {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}),
    ("a file that was not sent", {"content": "x", "attachments": [{"id": 0}]}),
    ("a long nonce", {"content": "x", "nonce": "x" * 26}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "body"), WRONG, ids=[what for what, _ in WRONG])
async def test_wrong_messages_are_refused_and_noted(scene: Scene, what: str, body: Json) -> None:
    answer = await scene.sends(body)
    assert (answer.status, answer.code) == (400, 50006 if what == "empty" else 50035), answer.body
    assert bool(answer.body.get("errors")) is (what != "empty")
    assert scene.discord.problems
    assert scene.anna.sees(scene.general) == []


async def test_components_keep_their_ids_and_get_one_where_they_have_none(scene: Scene) -> None:
    inner = [text("a"), text("b", id=1), row(button("c"))]
    sent = await scene.sends({"flags": V2, "components": [{"type": 17, "id": 77, "components": inner}]})
    container = sent.body["components"][0]
    assert (container["id"], [one["id"] for one in container["components"]]) == (77, [2, 1, 3])
    assert container["components"][2]["components"][0]["id"] == 4


async def test_the_flag_for_components_stays(scene: Scene) -> None:
    sent = await scene.sends({"flags": V2, "components": [text("a")]})
    at = f"{scene.here}/{sent.body['id']}"
    assert (await scene.bot.asks("PATCH", at, {"content": "x"})).code == 50035
    assert (await scene.bot.asks("PATCH", at, {"components": [text("b")]})).status == 200
    plain = await scene.sends({"content": "x"})
    upgraded = {"content": None, "flags": V2, "components": [text("c")]}
    assert (await scene.bot.asks("PATCH", f"{scene.here}/{plain.body['id']}", upgraded)).status == 200
    assert scene.anna.sees(scene.general) == ["b", "c"]


async def test_an_enforced_nonce_gives_the_old_message_for_a_few_minutes(scene: Scene) -> None:
    body = {"content": "Once", "nonce": "n1", "enforce_nonce": True}
    first = await scene.sends(body)
    assert first.body["nonce"] == "n1"
    assert "nonce" not in (await scene.bot.asks("GET", scene.here)).body[0]
    other = f"/channels/{scene.guild.channel('other').id}/messages"
    assert (await scene.sends(body, other)).body["id"] == first.body["id"]
    scene.clock.advance(minutes=2)
    assert (await scene.sends(body)).body["id"] == first.body["id"]
    assert (await scene.sends({**body, "enforce_nonce": False})).body["id"] != first.body["id"]
    scene.clock.advance(minutes=4)
    assert (await scene.sends(body)).body["id"] != first.body["id"]
    assert len(scene.anna.sees(scene.general)) == 3


async def test_who_is_mentioned(scene: Scene) -> None:
    words = f"<@{scene.anna.id}> <@{scene.bo.id}> @everyone <@&{scene.guild.role('Team').id}>"

    async def mentioned(allowed: Json | None) -> list[str]:
        body: Json = {"content": words} if allowed is None else {"content": words, "allowed_mentions": allowed}
        return [user["global_name"] for user in (await scene.sends(body)).body["mentions"]]

    assert await mentioned(None) == ["Anna", "Bo"]
    assert await mentioned({"parse": []}) == []
    assert await mentioned({"parse": [], "users": [scene.bo.id]}) == ["Bo"]
    assert scene.anna.last(scene.general) == "@Anna @Bo @everyone @Team"


async def test_files_are_kept_and_fetched_without_the_token(scene: Scene) -> None:
    shown = [{"type": 13, "file": {"url": "attachment://a.csv"}}]
    body = {"flags": V2, "components": shown, "attachments": [{"id": 0, "description": "A list"}]}
    sent = await scene.sends(body, files=[("files[0]", "a.csv", b"1,2")])
    (file,) = sent.body["attachments"]
    assert (file["size"], file["description"], file["content_type"]) == (3, "A list", "text/csv")
    assert sent.body["components"][0]["file"]["url"] == file["url"]
    async with scene.bot.session.get(file["url"]) as response:
        assert await response.read() == b"1,2"
    async with scene.bot.session.get(file["url"], headers={"Authorization": "Bot x"}) as response:
        assert response.status == 404
    assert scene.discord.problems == ["the bot's token was sent to the CDN"]
    unseen = await scene.sends({"flags": V2, "components": [text("x")]}, files=[("files[0]", "b.csv", b"1")])
    assert unseen.status == 200
    assert len(scene.discord.problems) == 2


async def test_a_file_can_stay_or_go_in_an_edit(scene: Scene) -> None:
    sent = await scene.sends({"content": "x"}, files=[("files[0]", "a.txt", b"1"), ("files[1]", "b.txt", b"2")])
    first, _second = sent.body["attachments"]
    at = f"{scene.here}/{sent.body['id']}"
    changed = await scene.bot.asks("PATCH", at, {"attachments": [{"id": first["id"]}]})
    assert [file["filename"] for file in changed.body["attachments"]] == ["a.txt"]
    assert scene.anna.last(scene.general) == "x\n(file: a.txt)"


# Reading


async def test_history_is_paged(scene: Scene) -> None:
    ids = [str((await scene.sends({"content": str(number)})).body["id"]) for number in range(10)]

    async def page(query: str) -> list[str]:
        return [message["content"] for message in (await scene.bot.asks("GET", f"{scene.here}?{query}")).body]

    assert await page("limit=3") == ["9", "8", "7"]
    assert await page(f"before={ids[5]}&limit=2") == ["4", "3"]
    assert await page(f"after={ids[5]}&limit=2") == ["7", "6"]
    assert await page(f"around={ids[5]}&limit=3") == ["6", "5", "4"]
    assert (await scene.bot.asks("GET", f"{scene.here}?limit=101")).code == 50035


async def test_contents_are_kept_back_where_the_switch_is_off(scene: Scene) -> None:
    scene.discord.app.message_content = False
    await scene.anna.writes("Secret", scene.general)
    await scene.sends({"content": "Mine"})
    await scene.anna.writes("Between us")
    shown = [message["content"] for message in (await scene.bot.asks("GET", scene.here)).body]
    assert shown == ["Mine", ""]
    direct = f"/channels/{scene.anna.direct.id}/messages"
    assert [message["content"] for message in (await scene.bot.asks("GET", direct)).body] == ["Between us"]


async def test_a_reply_tells_what_it_answers(scene: Scene) -> None:
    hers = await scene.anna.writes("Question", scene.general)
    sent = await scene.sends({"content": "Answer", "message_reference": {"message_id": hers.id}})
    assert sent.body["referenced_message"]["content"] == "Question"
    assert (await scene.sends({"content": "x", "message_reference": {"message_id": "5"}})).code == 50035
    assert scene.discord.problems == []
    gone = {"message_id": "5", "fail_if_not_exists": False}
    assert (await scene.sends({"content": "x", "message_reference": gone})).status == 200


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
