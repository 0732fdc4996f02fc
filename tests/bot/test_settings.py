"""Settings: every one has a default or is reported, all of them at once."""

from dataclasses import asdict, fields
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.matching.domain import Weights
from bot.settings import LogStyle, Settings, discord_problem, read_settings, slack_problem, spoken_language


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_nothing_set_gives_a_danish_bot_on_sqlite() -> None:
    settings = read_settings()
    assert settings.database_url == "sqlite+aiosqlite:///data/brobygger.db"
    assert settings.brobygger_language == "da"
    assert settings.brobygger_timezone == "Europe/Copenhagen"
    assert (settings.brobygger_host, settings.brobygger_port) == ("127.0.0.1", 8080)
    assert settings.brobygger_log is LogStyle.TEXT
    assert settings.first_organisers() == frozenset()


def test_a_setting_that_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_LANGUAGE", "")
    assert read_settings().brobygger_language == "da"


def test_everything_wrong_is_told_at_once_without_the_values(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "DATABASE_URL": "mysql://secret@host/db",
        "BROBYGGER_LANGUAGE": "fr",
        "BROBYGGER_TIMEZONE": "Mars/Base",
        "BROBYGGER_PORT": "many",
        "BROBYGGER_PUBLIC_URL": "bro.example.org",
        "BROBYGGER_ORGANISERS": "U123",
        "BROBYGGER_LOG": "loud",
        "BROBYGGER_WEIGHT_NEED_OFFER": "much",
        "BROBYGGER_WEIGHT_THEME": "-1",
        "BROBYGGER_WEIGHT_SECTOR_BALANCE": "1001",
        "BROBYGGER_WEIGHT_NOVELTY": "nan",
        "BROBYGGER_WEIGHT_DRAW": "inf",
        "BROBYGGER_NEW_FIRST": "perhaps",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        read_settings()
    assert {problem.split(":")[0] for problem in told.value.problems} == set(wrong)
    assert "secret" not in str(told.value)


def test_a_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BROBYGGER_PORT=8123\nBROBYGGER_LANGUAGE=en\n", encoding="utf-8")
    monkeypatch.setenv("BROBYGGER_LANGUAGE", "da")
    settings = read_settings()
    assert (settings.brobygger_port, settings.brobygger_language) == (8123, "da")


def test_what_the_command_line_says_wins_over_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_PORT", "8123")
    assert read_settings(brobygger_port=8090).brobygger_port == 8090


def test_first_organisers_are_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_ORGANISERS", "slack:U123, discord:456,")
    assert read_settings().first_organisers() == {"slack:U123", "discord:456"}


def test_weights_are_the_planners_own_unless_they_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().weights() == Weights()
    # The window is no setting of the installation: each academy chooses its own.
    names = [field.name for field in fields(Weights) if f"brobygger_weight_{field.name}" in Settings.model_fields]
    assert names == ["need_offer", "theme", "sector_balance", "novelty", "draw"]
    chosen = {name: place * 1.5 for place, name in enumerate(names)}
    for name, points in chosen.items():
        monkeypatch.setenv(f"BROBYGGER_WEIGHT_{name.upper()}", str(points))
    monkeypatch.setenv("BROBYGGER_NEW_FIRST", "false")
    assert asdict(read_settings().weights()) == {**asdict(Weights()), **chosen, "new_first": False}


def test_a_public_address_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_PUBLIC_URL", "https://bro.example.org/")
    assert read_settings().brobygger_public_url == "https://bro.example.org"


@pytest.mark.parametrize(
    ("said", "spoken"),
    [({}, "en"), ({"BROBYGGER_LANGUAGE": "da"}, "da"), ({"BROBYGGER_LANGUAGE": "en"}, "en")],
)
def test_the_command_line_speaks_english_unless_it_is_told(
    said: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert spoken_language() == spoken


def test_wrong_settings_are_told_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_LANGUAGE", "da")
    monkeypatch.setenv("BROBYGGER_PORT", "many")
    assert spoken_language() == "en"


class TestSlack:
    """Settings that belong together are told together, and no token is ever in what is told."""

    TOKEN, APP, SECRET = "xoxb-1-hush", "xapp-1-hush", "hush"

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": APP},
            {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET},
            {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": SECRET, "SLACK_SIGNING_SECRET": SECRET},
            {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": SECRET, "SLACK_APP_TOKEN": APP},
        ],
    )
    def test_what_is_whole_is_taken(self, given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        assert slack_problem(read_settings()) == ""

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET: set both or neither"),
            ({"SLACK_CLIENT_SECRET": SECRET}, "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET: set both or neither"),
            ({"SLACK_BOT_TOKEN": "hush"}, "SLACK_BOT_TOKEN: begins with xoxb-"),
            ({"SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": "hush"}, "SLACK_APP_TOKEN: begins with xapp-"),
            ({"SLACK_BOT_TOKEN": TOKEN}, "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: set one"),
            ({"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": SECRET}, "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET"),
            ({"SLACK_APP_TOKEN": APP}, "SLACK_BOT_TOKEN: set it for one workspace"),
            ({"SLACK_SIGNING_SECRET": SECRET}, "SLACK_BOT_TOKEN: set it for one workspace"),
        ],
    )
    def test_what_is_half_says_what_is_missing(
        self, given: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SettingsError) as told:
            read_settings()
        (problem,) = told.value.problems
        assert problem.startswith(said)
        assert "hush" not in problem

    def test_the_address_of_the_web_api_ends_as_slacks_own_libraries_want_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert read_settings().slack_api_url == "https://slack.com/api/"
        monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:99/api")
        assert read_settings().slack_api_url == "http://127.0.0.1:99/api/"
        monkeypatch.setenv("SLACK_API_URL", "slack.com")
        with pytest.raises(SettingsError, match="SLACK_API_URL: is a whole address"):
            read_settings()


class TestDiscord:
    TOKEN = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.Gtest1.hush-hush-hush-hush-hush"

    def test_a_token_is_all_that_is_needed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert not read_settings().speaks_discord()
        monkeypatch.setenv("DISCORD_TOKEN", self.TOKEN)
        settings = read_settings()
        assert settings.speaks_discord()
        assert discord_problem(settings) == ""
        assert settings.discord_api_url == "https://discord.com/api/v10"

    @pytest.mark.parametrize(
        ("token", "said"),
        [
            (f"Bot {TOKEN}", "DISCORD_TOKEN: leave out the word before the token"),
            (f"Bearer {TOKEN}", "DISCORD_TOKEN: leave out the word before the token"),
            ("1100000000000000001", "DISCORD_TOKEN: that is the application's ID"),
            ("hush", "DISCORD_TOKEN: has three parts with dots between them"),
            (f"{TOKEN} {TOKEN}", "DISCORD_TOKEN: has three parts with dots between them"),
        ],
    )
    def test_what_is_no_token_is_told(self, token: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISCORD_TOKEN", token)
        with pytest.raises(SettingsError) as told:
            read_settings()
        (problem,) = told.value.problems
        assert problem.startswith(said)
        assert "hush" not in problem

    def test_both_platforms_are_told_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISCORD_TOKEN", "hush")
        monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
        with pytest.raises(SettingsError) as told:
            read_settings()
        assert [problem.partition(":")[0] for problem in told.value.problems] == [
            "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET",
            "DISCORD_TOKEN",
        ]

    def test_the_address_has_no_slash_at_its_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DISCORD_API_URL", "http://127.0.0.1:99/api/v10/")
        assert read_settings().discord_api_url == "http://127.0.0.1:99/api/v10"
        monkeypatch.setenv("DISCORD_API_URL", "discord.com")
        with pytest.raises(SettingsError, match="DISCORD_API_URL: is a whole address"):
            read_settings()

    def test_people_there_have_numbers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BROBYGGER_ORGANISERS", "discord:456,discord:anna")
        with pytest.raises(SettingsError, match="BROBYGGER_ORGANISERS: names people on Discord by their number"):
            read_settings()


@pytest.mark.parametrize(("said", "kept"), [("bro", "bro"), ("/bro-", "bro"), ("b2", "b2"), ("", "")])
def test_a_prefix_is_a_short_word(said: str, kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_PREFIX", said)
    assert read_settings().brobygger_prefix == kept


@pytest.mark.parametrize("said", ["Bro", "bro bygger", "brøb", "abcdefghijklm", "a-b"])
def test_another_prefix_is_told(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_PREFIX", said)
    with pytest.raises(SettingsError, match="BROBYGGER_PREFIX: is at most 12 small letters"):
        read_settings()
