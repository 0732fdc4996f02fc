"""What the doctor tells of Discord, asked over the wire; the invite link; and that no token is ever told."""

import json
from collections.abc import AsyncGenerator, Mapping

import discord
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from aiohttp.typedefs import Handler
from pydantic import SecretStr

from adapters.discord.checking import look_at_discord
from adapters.discord.invite import invite_link, own_link
from adapters.discord.looking import looking
from adapters.discord.menu import menu
from adapters.discord.scopes import OF_ROOMS, PERMISSIONS, SHOWN, lacking, needed, superfluous
from adapters.discord.sync import in_step
from bot.doctor import Finding
from bot.errors import SettingsError
from bot.settings import Settings
from bot.words import Languages
from commands import COMMANDS
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_faults import Fault
from tests.emulators.discord_guild import Guild
from tests.emulators.discord_permissions import bits

pytestmark = pytest.mark.usefixtures("bare_surroundings")

LEAST = bits(*PERMISSIONS)


@pytest.fixture
async def portal() -> AsyncGenerator[DiscordEmulator, None]:
    async with DiscordEmulator() as portal:
        yield portal


@pytest.fixture
def academy(portal: DiscordEmulator) -> Guild:
    guild = portal.guild("Akademiet", installed=False)
    guild.invites_bot(LEAST)
    return guild


def settings(portal: DiscordEmulator, token: str = "") -> Settings:
    return Settings(discord_api_url=portal.api_url, discord_token=SecretStr(token or portal.token))


async def told(asked: Settings, patience: float = 30) -> dict[str, Finding]:
    findings = await look_at_discord(asked, COMMANDS, patience)
    assert asked.discord_token.get_secret_value() not in repr(findings)
    return {finding.what: finding for finding in findings}


class TestAllIsWell:
    async def test_discord_that_is_not_used_is_well_and_says_how_to_begin(self) -> None:
        (finding,) = await look_at_discord(Settings(), COMMANDS)
        assert finding.well
        assert "README" in finding.told

    @pytest.mark.usefixtures("academy")
    async def test_one_server_with_what_the_link_gives(self, portal: DiscordEmulator) -> None:
        async with looking(settings(portal)) as client:
            await in_step(client, menu(COMMANDS, Languages.load()))
        findings = await told(settings(portal))
        assert {what for what, finding in findings.items() if not finding.well} == set()
        assert [(one.what, one.told) for one in findings.values()] == [
            ("DISCORD_TOKEN", "the bot “brobygger”"),
            ("Discord servers", "1: “Akademiet”; whatever brobygger discord invite prints brings it into another"),
            ("Discord, “Akademiet”", "rooms can be opened in 1 of 1 text channels"),
            ("Discord, reading", "it may read a thread when a member asks it to"),
            ("Discord, commands", f"{len(menu(COMMANDS, Languages.load()))}, as they should be"),
            ("Discord, gateway", "can be reached; 1000 of 1000 starts are left today"),
        ]
        assert portal.problems == []

    @pytest.mark.usefixtures("academy")
    async def test_commands_that_are_not_there_yet_come_with_the_start(self, portal: DiscordEmulator) -> None:
        found = (await told(settings(portal)))["Discord, commands"]
        assert found.well
        assert "brobygger run writes them" in found.told

    async def test_many_servers_are_counted_and_some_named(self, portal: DiscordEmulator) -> None:
        for number in range(12):
            portal.guild(f"Guild {number:02}")
        findings = await told(settings(portal))
        assert findings["Discord servers"].told.startswith("12: “Guild 00”, “Guild 01”, ")
        assert "and 7 more" in findings["Discord servers"].told
        assert len([what for what in findings if what.startswith("Discord, “")]) == 10


class TestWhatIsNotWell:
    async def test_a_bot_without_a_server_gets_the_link(self, portal: DiscordEmulator) -> None:
        found = (await told(settings(portal)))["Discord servers"]
        assert not found.well
        assert invite_link(int(portal.app.id)) in found.told

    async def test_permissions_that_are_missing_are_named_as_discord_shows_them(self, portal: DiscordEmulator) -> None:
        guild = portal.guild("Akademiet", installed=False)
        guild.roles[guild.id].permissions = bits("view_channel", "send_messages")
        guild.invites_bot(bits("view_channel", "send_messages", "send_messages_in_threads", "read_message_history"))
        found = (await told(settings(portal)))["Discord, “Akademiet”"]
        assert not found.well
        assert found.told.startswith(
            "the bot lacks Create Private Threads, Attach Files, Create Events: Server Settings, Roles"
        )

    async def test_a_server_without_a_channel_for_rooms(self, portal: DiscordEmulator, academy: Guild) -> None:
        (channel,) = (one for one in academy.channels.values() if not one.is_thread)
        academy.forbids(channel, academy.bot_role, "create_private_threads")
        found = (await told(settings(portal)))["Discord, “Akademiet”"]
        assert not found.well
        assert "View Channels, Create Private Threads, Send Messages in Threads, Read Message History" in found.told

    async def test_what_goes_beyond_is_named(self, portal: DiscordEmulator) -> None:
        guild = portal.guild("Akademiet", installed=False)
        guild.invites_bot(LEAST | bits("manage_roles", "mention_everyone"))
        found = (await told(settings(portal)))["Discord, “Akademiet”"]
        assert found.well
        assert found.told.endswith("it needs less than Manage Roles, Mention Everyone")

    @pytest.mark.usefixtures("academy")
    async def test_the_switch_that_is_off(self, portal: DiscordEmulator) -> None:
        portal.app.message_content = False
        found = (await told(settings(portal)))["Discord, reading"]
        assert found.well
        assert "switch on: Developer Portal, your application, Bot, Message Content Intent" in found.told

    @pytest.mark.usefixtures("academy")
    async def test_few_starts_that_are_left(self, portal: DiscordEmulator) -> None:
        portal.app.identifies_left = 3
        found = (await told(settings(portal)))["Discord, gateway"]
        assert not found.well
        assert found.told.startswith("3 of 1000 starts are left today: find out what restarts the bot")

    async def test_a_token_that_discord_does_not_know(self, portal: DiscordEmulator) -> None:
        findings = await told(settings(portal, "MTEwMDAwMDAwMDAwMDAwMDAwMQ.Gtest1.a-token-of-another-time-and-place"))
        assert list(findings) == ["DISCORD_TOKEN"]
        assert not findings["DISCORD_TOKEN"].well
        assert "Reset Token" in findings["DISCORD_TOKEN"].told

    @pytest.mark.parametrize("fault", [Fault.DROPPED, Fault.HANGS, Fault.NONSENSE])
    async def test_silence_is_no_reason_to_wait_for_long(self, portal: DiscordEmulator, fault: Fault) -> None:
        portal.faults.arm("GET /users/@me", fault, times=20)
        findings = await told(settings(portal), 0.5)
        assert not findings["DISCORD_TOKEN"].well
        assert findings["DISCORD_TOKEN"].told.startswith("Discord did not answer")

    @pytest.mark.usefixtures("academy")
    async def test_one_question_without_an_answer_does_not_spoil_the_others(self, portal: DiscordEmulator) -> None:
        portal.faults.arm("GET /gateway/bot", Fault.HANGS)
        portal.faults.arm("GET /applications/{application}/commands", 403)
        findings = await told(settings(portal), 2)
        assert {what for what, finding in findings.items() if not finding.well} == {
            "Discord, gateway",
            "Discord, commands",
        }

    async def test_an_address_that_is_not_encrypted_is_told(self, portal: DiscordEmulator) -> None:
        asked = Settings(discord_api_url="http://discord.invalid/api", discord_token=SecretStr(portal.token))
        found = (await told(asked, 0.5))["DISCORD_API_URL"]
        assert found.well
        assert "within your own network only" in found.told


async def test_something_else_in_the_place_of_the_gateway_is_told(portal: DiscordEmulator) -> None:
    """A server that answers like Discord, until it comes to the gateway."""
    somebody: dict[str, object] = {"id": "1", "username": "bro", "discriminator": "0", "avatar": None, "bot": True}
    application: dict[str, object] = {
        "id": "1",
        "name": "bro",
        "description": "",
        "icon": None,
        "team": None,
        "owner": somebody,
    }
    application |= {"bot_public": True, "bot_require_code_grant": False, "verify_key": "0"}
    starts = {"total": 1000, "remaining": 900, "reset_after": 0, "max_concurrency": 1}

    async def socket(request: web.Request) -> web.WebSocketResponse:
        answer = web.WebSocketResponse()
        await answer.prepare(request)
        await answer.send_json({"op": 1})
        await answer.close()
        return answer

    def says(told: Mapping[str, object]) -> Handler:
        async def handler(request: web.Request) -> web.Response:
            whole = {**told, "url": f"ws://{request.host}/ws/"}
            # Exactly this, without a charset: the library compares for equality.
            return web.Response(body=json.dumps(whole).encode(), headers={"Content-Type": "application/json"})

        return handler

    other = web.Application()
    other.add_routes(
        [
            web.get("/users/@me", says(somebody)),
            web.get("/oauth2/applications/@me", says(application)),
            web.get("/gateway/bot", says({"shards": 1, "session_start_limit": starts})),
            web.get("/ws/", socket),
        ]
    )
    async with TestServer(other) as server:
        asked = Settings(discord_api_url=str(server.make_url("/")), discord_token=SecretStr(portal.token))
        found = (await told(asked, 5))["Discord, gateway"]
    assert (found.well, found.told) == (False, "something answers there that is not Discord's gateway")


class TestTheInviteLink:
    def test_it_asks_for_what_is_needed_and_no_more(self) -> None:
        link = invite_link(42)
        assert link == (
            "https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands"
            f"&permissions={needed().value}"
        )
        assert needed().value == bits(*PERMISSIONS)
        assert not needed().administrator

    async def test_it_is_that_of_the_tokens_own_application(self, portal: DiscordEmulator) -> None:
        assert await own_link(settings(portal)) == invite_link(int(portal.app.id))

    async def test_where_it_cannot_be_asked_another_way_is_told(self, portal: DiscordEmulator) -> None:
        for asked, said in (
            (Settings(), "DISCORD_TOKEN is not set. --application ID"),
            (settings(portal, f"{'x' * 24}.abcdef.{'y' * 30}"), "DISCORD_TOKEN is not known to Discord"),
            (
                Settings(discord_api_url="http://127.0.0.1:9", discord_token=SecretStr(portal.token)),
                "Discord did not answer",
            ),
        ):
            with pytest.raises(SettingsError, match=said):
                await own_link(asked, 2)


class TestPermissions:
    def test_each_has_its_reason_and_its_name_on_discords_pages(self) -> None:
        assert all(len(reason) > 20 for reason in PERMISSIONS.values())
        assert list(SHOWN) == list(PERMISSIONS)
        assert set(OF_ROOMS) <= PERMISSIONS.keys()

    def test_whoever_administers_lacks_nothing(self) -> None:
        everything = discord.Permissions(administrator=True)
        assert lacking(everything) == []
        assert superfluous(everything) == ["Administrator"]
        assert lacking(discord.Permissions.none()) == list(SHOWN.values())
        assert superfluous(needed()) == []
