"""``brobygger slack manifest``: what it prints, what it takes from the settings, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import main_app

pytestmark = pytest.mark.usefixtures("bare_surroundings")


def prints(*words: str) -> Any:
    told = CliRunner().invoke(main_app, ["slack", "manifest", *words])
    assert (told.exit_code, told.stderr) == (0, "")
    return json.loads(told.stdout)


def refuses(*words: str) -> str:
    told = CliRunner().invoke(main_app, ["slack", "manifest", *words])
    assert (told.exit_code, told.stdout) == (2, "")
    return told.stderr


def test_it_prints_json_and_nothing_else() -> None:
    whole = prints()
    assert whole["display_information"]["name"] == "Brobygger"
    assert whole["settings"]["socket_mode_enabled"] is True
    assert whole["features"]["slash_commands"][0]["description"].startswith("Hvem du er")


def test_addresses_languages_and_prefixes() -> None:
    whole = prints("--url", "https://bro.example.org/", "--many", "--prefix", "bro", "--language", "en")
    assert whole["oauth_config"]["redirect_urls"] == ["https://bro.example.org/slack/oauth_redirect"]
    first = whole["features"]["slash_commands"][0]
    assert (first["command"], first["url"]) == ("/bro-profile", "https://bro.example.org/slack/events")
    assert first["description"].startswith("Who you are")


def test_an_address_without_https_is_for_trying_out() -> None:
    told = CliRunner().invoke(main_app, ["slack", "manifest", "--url", "http://127.0.0.1:8080"])
    assert (told.exit_code, json.loads(told.stdout)["settings"]["socket_mode_enabled"]) == (0, False)
    assert told.stderr == "Slack itself calls https addresses only; this one is for trying out.\n"


def test_the_settings_count_unless_something_else_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_PREFIX", "bro")
    monkeypatch.setenv("BROBYGGER_LANGUAGE", "en")
    monkeypatch.setenv("BROBYGGER_PUBLIC_URL", "https://bro.example.org")
    first = prints()["features"]["slash_commands"][0]
    assert (first["command"], first["description"][:3]) == ("/bro-profile", "Who")
    assert "url" not in first
    assert prints("--prefix", "", "--language", "da")["features"]["slash_commands"][1]["command"] == "/profil"


def test_whoever_has_half_of_the_tokens_can_still_make_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    assert prints()["settings"]["socket_mode_enabled"] is True


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--many",), "--many needs --url"),
        (("--url", "bro.example.org"), "BROBYGGER_PUBLIC_URL: is a whole address"),
        (("--url", "https://"), "BROBYGGER_PUBLIC_URL: is a whole address"),
        (("--prefix", "Bro Bygger"), "BROBYGGER_PREFIX: is at most 12 small letters or digits"),
        (("--language", "fr"), "BROBYGGER_LANGUAGE: is da or en"),
    ],
)
def test_what_cannot_be_is_one_sentence(words: tuple[str, ...], said: str) -> None:
    assert said in refuses(*words)


def test_it_needs_no_folder_and_leaves_nothing_behind(tmp_path: Path) -> None:
    prints()
    assert list(tmp_path.iterdir()) == []
