"""The manifest: what Slack is told of the commands, within Slack's own limits, for every way to reach the bot."""

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import adapters.slack
from adapters.slack.manifest import LONGEST, MOST_COMMANDS, MOST_SHORTCUTS, NAME, Wanted, manifest, manifest_of
from adapters.slack.scopes import EVENTS, SCOPES
from bot.interactions import Call, Command, Verb, Who
from bot.messages.replies import Replies
from bot.words import Languages
from commands import COMMANDS

URL = "https://bro.example.org"
WAYS = [
    Wanted(url, many, prefix)
    for url, many in (("", False), (URL, False), (URL, True))
    for prefix in ("", "bro", "abcdefghijkl")
]


async def nothing(call: Call) -> Replies:
    del call
    return ()


def made(wanted: Wanted = Wanted(), language: str = "en", commands: Sequence[Command] = COMMANDS) -> Any:  # noqa: B008 - a frozen value
    words = Languages.load(prefix=wanted.prefix).words(language, ZoneInfo("UTC"))
    return json.loads(manifest(commands, words, wanted))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("wanted", WAYS)
class TestWithinSlacksLimits:
    def test_texts_are_neither_empty_nor_too_long(self, wanted: Wanted, language: str) -> None:
        whole = made(wanted, language)
        shown = whole["display_information"]
        assert 0 < len(shown["name"]) <= 35
        assert 0 < len(shown["description"]) <= 140
        assert 175 <= len(shown["long_description"]) <= 4000
        assert re.fullmatch(r"#[0-9a-f]{6}", shown["background_color"])
        assert len(whole["features"]["bot_user"]["display_name"]) <= 80
        for slash in whole["features"]["slash_commands"]:
            assert re.fullmatch(r"/[\w-]{1,31}", slash["command"])
            assert slash["command"] == slash["command"].lower()
            assert 0 < len(slash["description"]) <= 2000
            assert 0 < len(slash.get("usage_hint", "-")) <= 1000
            assert slash["should_escape"] is True
        for shortcut in whole["features"]["shortcuts"]:
            assert 0 < len(shortcut["name"]) <= 24
            assert 0 < len(shortcut["description"]) <= 150
            assert 0 < len(shortcut["callback_id"]) <= 255

    def test_nothing_is_there_twice_or_too_often(self, wanted: Wanted, language: str) -> None:
        features = made(wanted, language)["features"]
        names = [slash["command"] for slash in features["slash_commands"]]
        assert len(set(names)) == len(names) <= MOST_COMMANDS
        ids = [(shortcut["type"], shortcut["callback_id"]) for shortcut in features["shortcuts"]]
        assert len(set(ids)) == len(ids) <= MOST_SHORTCUTS

    def test_it_is_always_the_same(self, wanted: Wanted, language: str) -> None:
        words = Languages.load(prefix=wanted.prefix).words(language, ZoneInfo("UTC"))
        assert manifest(COMMANDS, words, wanted) == manifest(COMMANDS, words, wanted)


class TestHowSlackReachesTheBot:
    def test_over_a_socket_no_address_is_named(self) -> None:
        whole = made()
        assert "http" not in json.dumps(whole)
        assert whole["settings"]["socket_mode_enabled"] is True
        assert whole["settings"]["token_rotation_enabled"] is False
        assert whole["settings"]["org_deploy_enabled"] is False

    def test_over_http_everything_goes_to_one_address(self) -> None:
        whole = made(Wanted(URL))
        settings = whole["settings"]
        assert settings["socket_mode_enabled"] is False
        addresses = {
            settings["event_subscriptions"]["request_url"],
            settings["interactivity"]["request_url"],
            settings["interactivity"]["message_menu_options_url"],
            *(slash["url"] for slash in whole["features"]["slash_commands"]),
        }
        assert addresses == {f"{URL}/slack/events"}
        assert "redirect_urls" not in whole["oauth_config"]

    def test_many_workspaces_install_it_and_their_tokens_are_renewed(self) -> None:
        whole = made(Wanted(URL, many=True))
        assert whole["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]
        assert whole["settings"]["token_rotation_enabled"] is True
        assert whole["settings"]["org_deploy_enabled"] is True

    def test_buttons_menus_home_and_messages_work(self) -> None:
        whole = made()
        assert whole["settings"]["interactivity"]["is_enabled"] is True
        assert whole["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)
        assert whole["features"]["app_home"] == {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        }
        assert whole["features"]["bot_user"] == {"display_name": NAME, "always_online": True}


class TestCommands:
    def test_english_and_danish_names_are_there_and_the_same_one_once(self) -> None:
        names = [slash["command"] for slash in made()["features"]["slash_commands"]]
        assert sorted(names) == sorted({f"/{name}" for one in COMMANDS for name in (one.name, *one.names.values())})
        assert names[:3] == ["/profile", "/profil", "/match"]
        prefixed = [slash["command"] for slash in made(Wanted(prefix="bro"))["features"]["slash_commands"]]
        assert prefixed == [f"/bro-{name[1:]}" for name in names]

    def test_a_hint_has_the_verbs_of_members_and_of_organisers_where_there_are_no_others(self) -> None:
        hints = {
            slash["command"]: slash.get("usage_hint") for slash in made(language="da")["features"]["slash_commands"]
        }
        assert hints["/match"] == "[status | find]"
        assert hints["/profil"] == "[vis | ret | pause | genoptag | opslag | forbind | eksport | slet]"
        assert str(hints["/academy"]).startswith("[vis | inviter | medlemsliste")
        assert hints["/help"] is None

    def test_descriptions_are_in_the_language_asked_for(self) -> None:
        english, danish = (made(language=one)["features"]["slash_commands"][0] for one in ("en", "da"))
        assert english["description"] == "Who you are, what you look for and what you can offer"
        assert danish["description"] == "Hvem du er, hvad du søger, og hvad du kan tilbyde"

    def test_shortcuts_come_from_the_verbs(self) -> None:
        shortcuts = made(language="da")["features"]["shortcuts"]
        assert {(one["name"], one["type"], one["callback_id"]) for one in shortcuts} >= {
            ("Min profil", "global", "profile.edit"),
            ("Find nogen", "global", "match.find"),
            ("Opslag", "global", "announce.new"),
        }

    def test_the_readme_names_each(self) -> None:
        told = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
        named = [one["name"] for one in made()["features"]["shortcuts"] if one["type"] == "global"]
        assert [name for name in named if f"*{name}*" not in told] == []

    def test_a_message_shortcut_of_a_command_without_verbs(self) -> None:
        verb = Verb(run=nothing, summary="Makes a note", on_message={"en": "Make case note"}, who=Who.ALL)
        note = Command("note", {"en": "note"}, "Notes", (verb,))
        features = made(commands=(note,), language="da")["features"]
        assert features["shortcuts"] == [
            {"name": "Make case note", "type": "message", "callback_id": "note", "description": "Makes a note"}
        ]

    def test_without_shortcuts_there_is_no_empty_list(self) -> None:
        plain = Command("note", {"en": "note"}, "Notes", (Verb(run=nothing, summary="x"),))
        assert "shortcuts" not in made(commands=(plain,))["features"]

    def test_what_slack_would_not_take_is_an_error_at_once(self) -> None:
        words = Languages.load().words("en", ZoneInfo("UTC"))
        verb = Verb(run=nothing, summary="x")
        long = Command("n" * LONGEST["command"], {}, "Notes", (verb,))
        with pytest.raises(ValueError, match="a command is empty or longer"):
            manifest_of((long,), words, Wanted())
        many = tuple(Command(f"c{number}", {}, "x", (verb,)) for number in range(MOST_COMMANDS + 1))
        with pytest.raises(ValueError, match="more commands"):
            manifest_of(many, words, Wanted())
        theirs = Command("standing", {"en": "status"}, "Notes", (verb,))
        with pytest.raises(ValueError, match="one of Slack's own"):
            manifest_of((theirs,), words, Wanted())
        assert manifest_of((theirs,), words, Wanted(prefix="bro"))


# What each method that we call needs, by Slack's reference; one of several is enough.
NEEDS: Mapping[str, Sequence[Sequence[str]]] = {
    "apps.connections.open": (),
    "auth.test": (),
    "chat.delete": (["chat:write"],),
    "chat.getPermalink": (),
    "chat.postEphemeral": (["chat:write"],),
    "chat.postMessage": (["chat:write"],),
    "chat.update": (["chat:write"],),
    "conversations.history": (["channels:history"], ["groups:history"], ["im:history"], ["mpim:history"]),
    "conversations.info": (["channels:read"], ["groups:read"], ["im:read"]),
    "conversations.list": (["channels:read"], ["groups:read"]),
    "conversations.members": (["channels:read"], ["groups:read"]),
    "conversations.open": (["im:write"], ["mpim:write"]),
    "conversations.replies": (["channels:history"], ["groups:history"], ["im:history"], ["mpim:history"]),
    "files.completeUploadExternal": (["files:write"],),
    "files.getUploadURLExternal": (["files:write"],),
    "files.info": (["files:read"],),
    "users.info": (["users:read"],),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
OF_EVENTS = {"app_mention": "app_mentions:read", "message.im": "im:history"}
_METHOD = re.compile(
    r"(?:apps|auth|bots|chat|conversations|files|pins|reactions|team|users|views)\.[a-z]+(?:\.[a-z]+|[A-Z]\w+)*"
)
# Tables that name methods without calling them.
_TABLES = frozenset({"errors.py", "pace.py", "limits.py"})


def called_methods() -> Iterator[str]:
    """Every Web API method that stands as a text in the adapter."""
    for file in sorted(Path(adapters.slack.__file__).parent.glob("*.py")):
        if file.name in _TABLES:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _METHOD.fullmatch(node.value):
                yield node.value


class TestScopes:
    def test_what_is_called_is_allowed(self) -> None:
        called = set(called_methods())
        assert called <= NEEDS.keys()
        lacking = [(method, one) for method in sorted(called) for one in NEEDS[method] if not SCOPES.keys() & set(one)]
        assert lacking == []

    def test_nothing_is_asked_for_that_nothing_needs(self) -> None:
        needed = {scope for method in called_methods() for one in NEEDS[method] for scope in one}
        events = {OF_EVENTS[event] for event in EVENTS if event in OF_EVENTS}
        assert SCOPES.keys() - needed - events == {"commands"}

    def test_each_has_its_reason(self) -> None:
        assert all(len(reason) > 20 for reason in SCOPES.values())
        assert made()["oauth_config"]["scopes"] == {"bot": sorted(SCOPES)}
