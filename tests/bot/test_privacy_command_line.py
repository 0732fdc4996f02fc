"""``brobygger mask`` and ``brobygger unmask``: bytes in, the same bytes back, and one sentence where something is wrong."""

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import main_app
from bot.errors import InputError
from bot.offline.keyfiles import write_key
from bot.privacy import Key

pytestmark = pytest.mark.usefixtures("bare_surroundings")
KEY = Path("thread.key")


def run(*words: str, given: bytes | str = "") -> Result:
    return CliRunner().invoke(main_app, list(words), input=given)


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"\n",
        b"Mette ringede",
        "\ufeffHej Mette Holm\r\n\r\ncpr 010190-1234\r\n[PERSON 1]".encode(),
        b"Mette kom forbi, og saa gik de en tur ned til havet.\n" * 20_000,
    ],
    ids=["nothing", "a line", "no line end", "from Windows", "long"],
)
def test_what_was_masked_comes_back_to_the_last_byte(given: bytes) -> None:
    masked = run("mask", "--key", str(KEY), given=given)
    assert (masked.exit_code, masked.stderr) == (0, "")
    assert b"Mette" not in masked.stdout_bytes
    assert stat.S_IMODE(KEY.stat().st_mode) == 0o600
    restored = run("unmask", "--key", str(KEY), given=masked.stdout_bytes)
    assert (restored.exit_code, restored.stdout_bytes, restored.stderr) == (0, given, "")


def test_without_a_key_nothing_is_kept() -> None:
    assert run("mask", given="Mette og Mette").stdout == "[PERSON 1] og [PERSON 1]"
    assert list(Path().iterdir()) == []


def test_the_roster_tells_whose_names_are_masked() -> None:
    Path("members.csv").write_text("name,organisation,sector\nGurli Skrædder,Røde Kors,civil society\n", "utf-8")
    assert run("mask", "--members", "members.csv", given="skrædder Gurl").stdout == "[PERSON 1]"
    assert run("mask", "--members", "missing.csv").exit_code == 2


def test_an_earlier_key_is_gone_on_with() -> None:
    KEY.touch()
    first = run("mask", "--key", str(KEY), given="Mette kom").stdout
    second = run("mask", "--key", str(KEY), given="Søren kom, og Mette").stdout
    assert (first, second) == ("[PERSON 1] kom", "[PERSON 2] kom, og [PERSON 1]")
    assert run("unmask", "--key", str(KEY), given=first + second).stdout == "Mette komSøren kom, og Mette"
    assert json.loads(KEY.read_text("utf-8"))["tokens"] == {"[PERSON 1]": "Mette", "[PERSON 2]": "Søren"}


@pytest.mark.parametrize("there", [b"dear diary", b"\xff\xff"])
def test_something_else_in_the_key_s_place_is_left_alone(there: bytes) -> None:
    KEY.write_bytes(there)
    refused = run("mask", "--key", str(KEY), given="Mette")
    assert (refused.exit_code, refused.stdout, KEY.read_bytes()) == (1, "", there)
    assert refused.stderr == "thread.key is there already and is no key, so it was left alone. Choose another name.\n"
    refused = run("unmask", "--key", str(KEY), "--language", "da", given="[PERSON 1]")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "thread.key er ikke en nøgle, der er lavet her. Giv den fil, som --key skrev.\n"


def test_a_key_that_cannot_be_written_or_read_costs_no_text() -> None:
    refused = run("mask", "--key", "nowhere/thread.key", given="Mette")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "nowhere/thread.key cannot be written there. Choose another place.\n"
    Path("folder").mkdir()
    Path("folder/held").touch()
    refused = run("mask", "--key", "folder", given="Mette")
    assert (refused.exit_code, refused.stdout) == (1, "")
    with pytest.raises(InputError):
        write_key(Path("folder"), Key())
    refused = run("unmask", "--key", "nothing.key")
    assert (refused.exit_code, refused.stderr) == (1, "nothing.key cannot be read. Is its name right?\n")
    assert sorted(path.name for path in Path().rglob("*")) == ["folder", "held"]


def test_what_is_no_utf_8_is_said_in_the_language_of_the_one_who_asks() -> None:
    refused = run("mask", "--language", "da", given=b"Mette\xe6")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "Teksten er ikke UTF-8: byte 6 kan ikke læses. Gem den som UTF-8, og prøv igen.\n"
    refused = run("unmask", "--key", str(KEY), "--language", "tlh")
    assert (refused.exit_code, refused.stderr) == (2, "I speak these languages: da, en.\n")


def test_tokens_that_the_key_does_not_know_stay_and_are_told() -> None:
    run("mask", "--key", str(KEY), given="Mette")
    restored = run("unmask", "--key", str(KEY), "--language", "da", given="[PERSON 1], [PERSON 8] og [CPR 1]")
    assert (restored.exit_code, restored.stdout) == (0, "Mette, [PERSON 8] og [CPR 1]")
    assert restored.stderr == "2 koder står ikke i nøglen og bliver stående, som de er.\n"


def test_a_person_at_a_keyboard_is_told_how_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The runner's input is no terminal; this one says that it is."""
    import io
    import sys

    class Keyboard(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    from bot.offline.masking import mask_text

    monkeypatch.setattr(sys, "stdin", Keyboard(io.BytesIO(b"ok")))
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    aside = io.StringIO()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", aside)
    mask_text()
    screen.seek(0)
    assert screen.read() == "ok"
    assert aside.getvalue() == "Type or paste the text; Ctrl+D on a line of its own ends it.\n"
