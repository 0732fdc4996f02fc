"""What tags of a spreadsheet mean: asked of the model that the settings mean, within reason, and never insisted on."""

import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.__main__ import main_app
from bot.errors import ModelRefused
from bot.offline.meaning import MOST, meaning_of, so_far
from bot.words import Languages, Words

pytestmark = pytest.mark.usefixtures("bare_surroundings")


class Model:
    """Each text has a vector of its own; or it refuses."""

    model = "a model"

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.asked: list[str] = []

    async def embed(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Sequence[Sequence[float]]:
        if self.refuses:
            raise ModelRefused("no such model (404)")
        self.asked += texts
        assert progress is not None
        progress(len(texts))
        return [[1.0, len(text) / 10, sum(map(ord, text)) % 97 / 10] for text in texts]


@pytest.fixture
def words() -> Words:
    return Languages.load().words("en", ZoneInfo("UTC"))


def test_without_a_model_words_decide_and_nothing_is_said(words: Words, capsys: pytest.CaptureFixture[str]) -> None:
    assert meaning_of(["lokaler"], lambda _: None, words) is None
    assert capsys.readouterr() == ("", "")


def test_the_model_is_asked_about_each_tag_once(words: Words, capsys: pytest.CaptureFixture[str]) -> None:
    model = Model()
    meaning = meaning_of(["Lokaler", "lokaler", "sejlads i Thy"], lambda _: model, words)
    assert meaning is not None
    assert meaning.closeness(["lokaler"], ["premises"])[0, 0] == 1.0
    assert model.asked[-4:] == ["lokaler", "sejlads i thy", "sejlads", "thy"]
    assert capsys.readouterr() == ("", "")


def test_a_great_many_tags_are_compared_by_words_unless_a_model_is_named(
    words: Words, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Model()
    many = [f"tag {number}" for number in range(MOST)]
    assert meaning_of(many, lambda _: model, words) is None
    assert "BROBYGGER_MEANING" in capsys.readouterr().err
    monkeypatch.setenv("BROBYGGER_MEANING", "local")
    assert meaning_of(many, lambda _: model, words) is not None
    assert len(model.asked) > MOST


def test_a_model_that_refuses_stops_nothing(words: Words, capsys: pytest.CaptureFixture[str]) -> None:
    assert meaning_of(["lokaler"], lambda _: Model(refuses=True), words) is None
    assert "no such model (404)" in capsys.readouterr().err


def test_the_progress_line_counts_tags(words: Words) -> None:
    assert so_far(words)(64.0, 1200) == "64 of 1,200 tags read"


class Knowing(BaseHTTPRequestHandler):
    """A server that knows no such model."""

    def do_POST(self) -> None:
        self.send_response(404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own word
        pass


def test_the_command_line_hands_in_the_model_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "members.csv"
    file.write_text("id,name,organisation,sector,needs,offers\na,A,By,business,sal,\nb,B,Hus,fond,,sal\n", "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), Knowing) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setenv("OPENAI_EMBEDDING_MODEL", "m")
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{server.server_address[1]}")
        told = CliRunner().invoke(main_app, ["match", "--members", str(file), "--format", "json"])
        server.shutdown()
    assert told.exit_code == 0
    assert "no such model or address (404)" in told.stderr
    assert told.stdout.startswith("{")
