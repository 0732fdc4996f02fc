"""Messages over the emulator's REST: what may be sent, read and changed, and what is refused how."""

from collections.abc import AsyncGenerator

import pytest

from tests.adapters.discord_scene import V2, Scene, button, opened_scene, people, row, select, text
from tests.emulators.discord_state import Json


@pytest.fixture
async def scene() -> AsyncGenerator[Scene]:
    async with opened_scene() as found:
        yield found


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
