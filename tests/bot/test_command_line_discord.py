"""``brobygger discord invite``: the link it prints, and what it says where it cannot."""

import pytest
from typer.testing import CliRunner

from bot.__main__ import main_app

pytestmark = pytest.mark.usefixtures("bare_surroundings")

TOKEN = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.Gtest1.a-token-that-is-only-good-here"


def test_the_link_of_an_application_needs_no_token_and_no_network() -> None:
    told = CliRunner().invoke(main_app, ["discord", "invite", "--application", "1100000000000000001"])
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.startswith("https://discord.com/oauth2/authorize?client_id=1100000000000000001&")


def test_an_application_goes_by_its_number() -> None:
    told = CliRunner().invoke(main_app, ["discord", "invite", "--application", "Brobygger"])
    assert (told.exit_code, told.stdout) == (2, "")
    assert "--application is a number" in told.stderr


def test_without_a_token_it_says_what_else_can_be_done() -> None:
    told = CliRunner().invoke(main_app, ["discord", "invite"])
    assert (told.exit_code, told.stdout) == (2, "")
    assert "DISCORD_TOKEN is not set. --application ID makes the link without asking" in told.stderr


def test_where_discord_does_not_answer_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("DISCORD_API_URL", "http://127.0.0.1:9/api/v10")
    told = CliRunner().invoke(main_app, ["discord", "invite"])
    assert (told.exit_code, told.stdout) == (2, "")
    assert "Discord did not answer" in told.stderr
    assert TOKEN not in told.stderr
