"""``brobygger note`` without a model: files of all kinds go in; JSON, Markdown or one sentence comes out."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import main_app
from bot.notes.casenote import Answer, CaseNote, Statement, Task
from bot.notes.transcript import Line, Transcript
from bot.offline.note_printing import Sheet, answer_as_json
from bot.offline.notes import so_far
from bot.words import Languages
from tests.bot.conversations import LONELY_EVENINGS

CHAT = (
    "Mette Holm: Vi har for få [stole] i *hallen*.\n"
    "Bo Lind: Vi aftaler, at Anna låner stole af skolen.\n"
    "Mette Holm: Hvem betaler?"
)


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("chat.txt").write_text(CHAT, "utf-8")


def note(*words: str, typed: str = "") -> Result:
    told = CliRunner().invoke(main_app, ["note", *words], input=typed)
    if told.exception is not None and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told


def test_json_is_alone_on_stdout_and_as_promised() -> None:
    told = note("chat.txt", "--offline", "--format", "json")
    made = json.loads(told.stdout)
    assert (told.exit_code, told.stderr, made["language"]) == (0, "", "da")
    assert list(made) == [
        "title", "language", "summary", "situation", "perspectives", "ideas", "agreements", "actions", "questions", "tags",
    ]  # fmt: skip
    assert made["agreements"] == [{"text": "Vi aftaler, at Anna låner stole af skolen.", "sources": ["2"]}]
    assert made["actions"] == [{"text": "Anna låner stole af skolen.", "owner": "Anna", "due": None, "sources": ["2"]}]
    assert made["questions"] == [{"text": "Hvem betaler?", "sources": ["3"]}]


def test_a_question_from_stdin() -> None:
    told = note("-", "--question", "Hvem låner stole?", "--format", "json", typed=CHAT)
    made = json.loads(told.stdout)
    assert made["answer"][0] == {"text": "Bo Lind: Vi aftaler, at Anna låner stole af skolen.", "sources": ["2"]}
    assert {"1", "2"} <= set(made["sources"])


def test_markdown_tells_below_what_each_sentence_rests_on() -> None:
    told = note("chat.txt", "--language", "en").stdout
    assert told == (
        "- Mette Holm: Vi har for få \\[stole\\] i hallen. [1]\n\n"
        "## Agreements\n\n- Vi aftaler, at Anna låner stole af skolen. [2]\n\n## Open questions\n\n- Hvem betaler? [3]\n"
    )
    Path("long.txt").write_text("\n".join([CHAT, *(f"Bo Lind: Nummer {place}." for place in range(40))]), "utf-8")
    told = note("long.txt", "--language", "en").stdout
    assert "## Agreements\n\n- Vi aftaler, at Anna låner stole af skolen. [2]" in told
    assert "1. Mette Holm, `1`: “Vi har for få \\[stole\\] i \\*hallen\\*.”" in told
    nothing = note("chat.txt", "--question", "Svømmehallen?", "--language", "en").stdout
    assert nothing == "I found nothing with these words. Try other ones.\n"


def test_every_part_of_a_note_has_its_place_on_the_sheet() -> None:
    english = Languages.load().words("en", ZoneInfo("Europe/Copenhagen"))
    day = LONELY_EVENINGS.lines[0].at
    assert day is not None
    said = (Statement("Vi ses.", ("m1",)),)
    more = Transcript([*LONELY_EVENINGS.lines, *(Line(f"n{place}", "Bo", "Ja.") for place in range(30))])
    whole = CaseNote(
        title="T",
        language="en",
        summary=said,
        perspectives={"research": said, "museums": said},
        actions=(
            Task("a", ("m1",), "Bo", day.date()),
            Task("b", ("m1",), "Bo"),
            Task("c", ("m1",), due=day.date()),
            Task("d", ("m1",)),
        ),
    )
    assert Sheet(more, english).note(whole) == (
        "# T\n\n- Vi ses. [1]\n\n## What research sees\n\n- Vi ses. [1]\n\n## What museums sees\n\n- Vi ses. [1]\n\n"
        "## Who does what\n\n"
        "- **Bo, by 17 March 2026:** a [1]\n- **Bo:** b [1]\n- **By 17 March 2026:** c [1]\n- d [1]\n\n## Messages\n\n"
        "1. Mette Holm, 17 Mar 2026 at 09:01, `m1`: "
        "“Hej alle. Vi har et problem på Broparken: mange af de ældre er ensomme om aftenen.”"
    )
    long = Transcript([Line("1", "", "ord " * 100)])
    assert "…”" in Sheet(long, english).answer(Answer((), ("1",)))
    answered = Sheet(LONELY_EVENINGS, english).answer(Answer(said, ("m5", "m1")))
    assert answered.startswith(
        "- Vi ses. [2]\n\n## Messages\n\n1. Anna Krog, 17 Mar 2026 at 09:05, `m5`: “Der er plads"
    )
    assert Sheet(long, english).note(CaseNote("T", "en")) == "# T"
    assert answer_as_json(Answer((), ())) == '{"answer": [], "sources": []}'


def test_a_folder_or_a_day_of_a_slack_export_has_its_names() -> None:
    days = [{"type": "message", "user": "U1", "ts": "1774000000.1", "text": "Vi aftaler at leje hallen."}]
    Path("export", "alt").mkdir(parents=True)
    Path("export", "users.json").write_text(json.dumps([{"id": "U1", "real_name": "Mette"}]), "utf-8")
    Path("export", "alt", "2026-03-20.json").write_text(json.dumps(days), "utf-8")
    for file in ("export", "export/alt/2026-03-20.json"):
        made = json.loads(note(file, "--format", "json").stdout)
        assert (made["title"], made["summary"][0]["text"]) == ("alt", "Mette: Vi aftaler at leje hallen.")


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("none.txt",), 2, "none.txt cannot be read"),
        (("empty.txt",), 1, "Nobody said anything in words there"),
        (("chat.txt", "--from", "slack"), 1, "Line 1 of the file is not JSON."),
        (("chat.txt", "--language", "fr"), 2, "I speak these languages: da, en."),
        (("chat.txt", "--question", " "), 2, "Write what you want to know after --question."),
        (("void",), 2, "There is no JSON file in void."),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    words: tuple[str, ...], status: int, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROBYGGER_LANGUAGE", "en")
    Path("empty.txt").write_text("😀\n", "utf-8")
    Path("void").mkdir()
    told = note(*words)
    assert (told.exit_code, told.stdout) == (status, "")
    assert told.stderr.startswith(sentence)
    assert told.stderr.count("\n") == 1


def test_how_much_of_a_long_conversation_is_read() -> None:
    assert so_far(Languages.load().words("da", ZoneInfo("Europe/Copenhagen")))(500.0, 2000) == "25 % læst"
