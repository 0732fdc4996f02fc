"""``brobygger note`` with a model: what would be sent is shown, and nothing goes without a yes."""

import io
import json
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import main_app
from tests.emulators.openai_server import OpenaiServer, data_of, error, openai_server

SAID = (
    ("1", "Mette Hansen", "Hvordan får vi flere med til fællesspisning?"),
    ("2", "Jens Holm", "Vi aftaler at mødes i køkkenet torsdag, ring på 20 12 34 56."),
)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Generator[OpenaiServer, None, None]:
    thread = "".join(json.dumps({"id": one, "author": who, "text": text}) + "\n" for one, who, text in SAID)
    (tmp_path / "thread.jsonl").write_text(thread, "utf-8")
    (tmp_path / "members.csv").write_text("name,organisation,sector\nFællesspisning Foldager,Huset,fond\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    with openai_server() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.base)
        monkeypatch.setenv("OPENAI_MODEL", "small")
        yield running


def note(*words: str) -> Result:
    return CliRunner().invoke(main_app, ["note", "thread.jsonl", "--format", "json", *words])


def test_a_yes_on_the_command_line_sends_what_is_shown(server: OpenaiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_PRICE_OUT", "50")
    told = note("--approve", "--members", "members.csv")
    made = json.loads(told.stdout)
    assert made["agreements"][0]["text"] == SAID[1][2]
    assert made["agreements"][0]["sources"] == ["2"]
    assert "what small 127.0.0.1 would be sent" in told.stderr
    assert "small 127.0.0.1 read 1,000 tokens and wrote 100. That costs 0.005." in told.stderr
    sent = server.asked[0]["messages"][1]["content"]
    shown = told.stderr[told.stderr.index("[\n") : told.stderr.index("\n]") + 2]
    assert shown in sent
    assert not any(secret in sent for secret in ("Mette", "Holm", "20 12 34 56", "llesspisning"))


def test_without_a_yes_nothing_is_sent(server: OpenaiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    told = note()
    assert json.loads(told.stdout)["agreements"][0]["sources"] == ["2"]
    assert "Nothing is sent to small 127.0.0.1 without a yes" in told.stderr
    monkeypatch.delenv("OPENAI_MODEL")
    assert not note().stderr
    assert not note("--offline").stderr
    assert not note("--offline", "--question", "Hvor mødes vi?").stderr
    assert not server.bodies


@pytest.mark.parametrize("typed", ["y\n", "n\n"])
def test_at_a_terminal_one_is_asked(server: OpenaiServer, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    runner = CliRunner()
    with runner.isolation(input=typed):
        monkeypatch.setattr(sys, "stdin", Terminal(typed))
        main_app(["note", "thread.jsonl"], standalone_mode=False)
    assert len(server.bodies) == (typed == "y\n")


def test_a_question_goes_masked_too(server: OpenaiServer) -> None:
    told = note("--approve", "--question", "Hvad vil Mette Hansen?")
    assert json.loads(told.stdout)["answer"][0]["sources"] == ["1"]
    asked = data_of(server.asked[0])
    assert asked[0]["text"].startswith("Hvad vil [PERSON 1]")
    assert asked[0]["text"] in told.stderr


def test_where_the_model_fails_rules_do_it(server: OpenaiServer) -> None:
    server.replies = [error(401), error(401)]
    told = note("--approve")
    assert "check OPENAI_API_KEY), so it is made by rules" in told.stderr
    assert json.loads(told.stdout)["agreements"]
    told = note("--approve", "--question", "Hvor mødes vi?")
    assert "found by rules" in told.stderr
    assert json.loads(told.stdout)["sources"]


def test_a_long_conversation_says_that_it_goes_in_parts(server: OpenaiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_CONTEXT", "4096")
    lines = (
        json.dumps({"id": str(n), "author": "A B", "text": f"Køkkenet nummer {n} er tomt og pænt"}) for n in range(60)
    )
    Path("thread.jsonl").write_text("\n".join(lines), "utf-8")
    told = note("--approve")
    assert "goes in parts" in told.stderr
    assert len(server.bodies) > 2
    Path("thread.jsonl").write_text(json.dumps({"id": "1", "author": "A B", "text": " "}), "utf-8")
    assert note("--approve").exit_code == 1
