"""The emulator's application, commands, guilds and scheduled events over REST."""

from collections.abc import AsyncGenerator

import pytest

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_raw_bot import RawBot, raw_bot
from tests.emulators.discord_state import Json
from tests.fakes import StoppedClock

START = "2026-03-05T10:00:00+00:00"
END = "2026-03-07T10:00:00+00:00"
CAMP: Json = {
    "name": "Camp", "scheduled_start_time": START, "scheduled_end_time": END, "privacy_level": 2, "entity_type": 3,
    "entity_metadata": {"location": "Aarhus"},
}  # fmt: skip


@pytest.fixture
async def discord() -> AsyncGenerator[DiscordEmulator]:
    async with DiscordEmulator(StoppedClock()) as opened:
        opened.guild("Academy")
        yield opened


@pytest.fixture
async def bot(discord: DiscordEmulator) -> AsyncGenerator[RawBot]:
    async with raw_bot(discord) as opened:
        yield opened


def command(name: str = "hello", **more: object) -> Json:
    return {"name": name, "description": "Says hello", **more}


def option(name: str, kind: int = 3, **more: object) -> Json:
    return {"type": kind, "name": name, "description": "Something", **more}


def choices() -> list[Json]:
    return [{"name": f"{'n' * 90}{number}", "value": f"{'v' * 90}{number}"} for number in range(25)]


# Commands


WRONG: list[tuple[str, list[Json]]] = [
    ("capitals", [command("Hello")]),
    ("a space", [command("say hello")]),
    ("a long name", [command("x" * 33)]),
    ("a translation with capitals", [command(name_localizations={"da": "Hej"})]),
    ("an unknown language", [command(name_localizations={"dk": "hej"})]),
    ("no description", [{"name": "hello"}]),
    ("twice the same", [command(), command()]),
    ("101 commands", [command(f"c{number}") for number in range(101)]),
    ("16 menus", [{"name": f"m{number}", "type": 3} for number in range(16)]),
    ("a menu with options", [{"name": "Note", "type": 3, "options": [option("x")]}]),
    ("26 options", [command(options=[option(f"o{number}") for number in range(26)])]),
    ("twice the same option", [command(options=[option("a"), option("a")])]),
    ("the same translation", [command(options=[option(name, name_localizations={"da": "x"}) for name in "ab"])]),
    ("what must be after what may", [command(options=[option("a"), option("b", required=True)])]),
    ("options and sub-commands", [command(options=[option("a"), option("b", 1)])]),
    ("a group in a group", [command(options=[option("a", 2, options=[option("b", 2)])])]),
    ("choices and completing", [command(options=[option("a", autocomplete=True, choices=[{"name": "x", "value": "x"}])])]),
    ("a choice of another type", [command(options=[option("a", 4, choices=[{"name": "x", "value": "x"}])])]),
    ("the same choice", [command(options=[option("a", choices=[{"name": "x", "value": "x"}] * 2)])]),
    ("the least over the most", [command(options=[option("a", min_length=5, max_length=2)])]),
    ("8001 characters", [command(options=[option(name, choices=choices()) for name in "ab"])]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "rows"), WRONG, ids=[what for what, _ in WRONG])
async def test_wrong_commands_are_refused(discord: DiscordEmulator, bot: RawBot, what: str, rows: list[Json]) -> None:
    answer = await bot.asks("PUT", f"/applications/{discord.app.id}/commands", rows)
    assert (answer.status, answer.code) == (400, 50035), what
    assert discord.problems
    assert discord.world.commands == {}


async def test_commands_are_put_as_a_whole_and_keep_their_ids(discord: DiscordEmulator, bot: RawBot) -> None:
    at = f"/applications/{discord.app.id}/commands"
    first = await bot.asks("PUT", at, [command(name_localizations={"da": "hej"}), {"name": "Note", "type": 3}])
    again = await bot.asks("PUT", at, [command(), command("bye")])
    assert again.body[0]["id"] == first.body[0]["id"]
    assert [row["name"] for row in (await bot.asks("GET", at)).body] == ["hello", "bye"]
    await bot.asks("PUT", at, [command(name_localizations={"da": "hej"})])
    assert "name_localizations" not in (await bot.asks("GET", at)).body[0]
    assert (await bot.asks("GET", f"{at}?with_localizations=true")).body[0]["name_localizations"] == {"da": "hej"}
    assert (await bot.asks("PUT", "/applications/5/commands", [])).status == 403


async def test_commands_one_by_one(discord: DiscordEmulator, bot: RawBot) -> None:
    at = f"/applications/{discord.app.id}/commands"
    made = await bot.asks("POST", at, command())
    again = await bot.asks("POST", at, command(nsfw=False))
    assert (made.status, again.body["id"]) == (200, made.body["id"])
    one = f"{at}/{made.body['id']}"
    assert (await bot.asks("PATCH", one, {"name": "bye"})).body["name"] == "bye"
    assert (await bot.asks("GET", one)).body["description"] == "Says hello"
    assert (await bot.asks("PATCH", one, {"name": "Bye"})).body["errors"]["name"]
    assert (await bot.asks("POST", at, command("Hello"))).body["errors"]["name"]
    assert (await bot.asks("POST", at, {"name": "Note", "type": 3})).status == 200
    assert (await bot.asks("DELETE", one)).status == 204
    assert (await bot.asks("GET", one)).code == 10063
    assert [row["name"] for row in (await bot.asks("GET", at)).body] == ["Note"]


async def test_commands_as_people_see_them(discord: DiscordEmulator, bot: RawBot) -> None:
    guild = discord.guild("Academy")
    anna, bo = guild.person("Anna", locale="da"), guild.person("Bo", roles=[guild.role("Tovholder", "manage_guild")])
    rows = [
        command(name_localizations={"da": "hej"}, contexts=[0]),
        command("keys", default_member_permissions=str(1 << 5)),
        command("nobody", default_member_permissions="0"),
    ]
    assert (await bot.asks("PUT", f"/applications/{discord.app.id}/commands", rows)).status == 200
    here = f"/applications/{discord.app.id}/guilds/{guild.id}/commands"
    assert (await bot.asks("PUT", here, [command("local")])).status == 200
    assert [row["name"] for row in anna.commands()] == ["local", "hello"]
    assert [row["name"] for row in bo.commands()] == ["local", "hello", "keys"]
    assert [row["name"] for row in anna.commands(anna.direct)] == ["keys", "nobody"]
    assert (await anna.types("/hej")).error == "no answer"
    assert (await bo.types("/hej")).error == "unknown command"
    assert (await bot.asks("GET", f"/applications/{discord.app.id}/guilds/5/commands")).code == 50001


# The application and its guilds


async def test_the_application_and_where_it_is(discord: DiscordEmulator, bot: RawBot) -> None:
    guild = discord.guild("Academy")
    assert (await bot.asks("GET", "/users/@me")).body["bot"] is True
    assert (await bot.asks("GET", "/applications/@me")).body["flags"] == 1 << 19
    assert (await bot.asks("PATCH", "/applications/@me", {"description": "x"})).status == 200
    told = await bot.asks("GET", "/gateway/bot")
    assert (told.body["url"], told.body["session_start_limit"]["max_concurrency"]) == (discord.gateway_url, 1)
    assert [one["id"] for one in (await bot.asks("GET", "/users/@me/guilds")).body] == [guild.id]
    assert (await bot.asks("GET", f"/guilds/{guild.id}?with_counts=true")).body["approximate_member_count"] == 1
    assert [one["name"] for one in (await bot.asks("GET", f"/guilds/{guild.id}/channels")).body] == ["general"]
    assert [one["name"] for one in (await bot.asks("GET", f"/guilds/{guild.id}/roles")).body] == [
        "@everyone",
        "Brobygger",
    ]
    assert (await bot.asks("DELETE", f"/users/@me/guilds/{guild.id}")).status == 204
    assert (await bot.asks("GET", f"/guilds/{guild.id}")).code == 10004


async def test_people_of_a_guild(discord: DiscordEmulator, bot: RawBot) -> None:
    guild = discord.guild("Academy")
    anna = guild.person("Anna", roles=["Team"])
    at = f"/guilds/{guild.id}/members"
    assert (await bot.asks("GET", f"{at}/{anna.id}")).body["roles"] == [guild.role("Team").id]
    assert (await bot.asks("GET", f"{at}/5")).code == 10007
    assert (await bot.asks("GET", f"/users/{anna.id}")).body["global_name"] == "Anna"
    assert (await bot.asks("GET", "/users/5")).code == 10013
    assert [one["user"]["id"] for one in (await bot.asks("GET", f"{at}/search?query=ann&limit=5")).body] == [anna.id]
    assert (await bot.asks("GET", at)).code == 50001
    discord.app.members = True
    assert len((await bot.asks("GET", f"{at}?limit=1000")).body) == 2


async def test_a_channel_is_made_where_the_bot_may(discord: DiscordEmulator, bot: RawBot) -> None:
    guild = discord.guild("Academy")
    at = f"/guilds/{guild.id}/channels"
    assert (await bot.asks("POST", at, {"name": "rooms"})).code == 50013
    guild.gives(guild.bot_role, "manage_channels")
    made = await bot.asks("POST", at, {"name": "rooms"})
    changed = await bot.asks("PATCH", f"/channels/{made.body['id']}", {"topic": "Rooms"})
    assert changed.body["topic"] == "Rooms"
    assert (await bot.asks("DELETE", f"/channels/{made.body['id']}")).status == 200
    assert guild.named("rooms") is None


# Scheduled events


async def test_a_scheduled_event_lives_and_ends(discord: DiscordEmulator, bot: RawBot) -> None:
    guild = discord.guild("Academy")
    at = f"/guilds/{guild.id}/scheduled-events"
    guild.takes(guild.bot_role, "create_events")
    assert (await bot.asks("POST", at, CAMP)).code == 50013
    guild.gives(guild.bot_role, "create_events")
    made = await bot.asks("POST", at, CAMP)
    assert (made.body["status"], made.body["creator_id"]) == (1, discord.app.id)
    one = f"{at}/{made.body['id']}"
    assert [event["id"] for event in (await bot.asks("GET", at)).body] == [made.body["id"]]
    assert (await bot.asks("PATCH", one, {"name": "Big camp"})).body["name"] == "Big camp"
    assert (await bot.asks("PATCH", one, {"status": 4})).status == 200
    assert (await bot.asks("PATCH", one, {"status": 1})).code == 180000
    assert (await bot.asks("GET", one)).body["status"] == 4
    assert (await bot.asks("DELETE", one)).status == 204
    assert (await bot.asks("GET", one)).code == 10070


@pytest.mark.parametrize(
    "wrong",
    [
        {"scheduled_start_time": "2026-03-01T10:00:00+00:00"},
        {"scheduled_end_time": START},
        {"scheduled_end_time": None},
        {"entity_metadata": {}},
        {"channel_id": "5"},
        {"entity_type": 2},
        {"name": "x" * 101},
        {"entity_metadata": {"location": "x" * 101}},
    ],
)
async def test_wrong_events_are_refused(discord: DiscordEmulator, bot: RawBot, wrong: Json) -> None:
    guild = discord.guild("Academy")
    guild.gives(guild.bot_role, "create_events")
    answer = await bot.asks("POST", f"/guilds/{guild.id}/scheduled-events", {**CAMP, **wrong})
    assert answer.code == 50035
    assert discord.problems
