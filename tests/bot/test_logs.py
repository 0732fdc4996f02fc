"""What a person wrote never reaches a log, not even inside an exception's text."""

import json
import logging
import subprocess
import sys
from collections.abc import Generator
from datetime import UTC, datetime

import pytest

from bot.logs import QuietJson, QuietText, failure_places, set_up_logs, tell_crash
from bot.settings import LogStyle
from bot.traces import tracing


def _failed() -> logging.LogRecord:
    try:
        try:
            raise KeyError("Maja's secret")
        except KeyError as inner:
            raise ValueError("010190-1234 Maja") from inner
    except ValueError:
        record = logging.getLogger("bot.test").makeRecord(
            "bot.test", logging.ERROR, __file__, 1, "a handler failed", (), sys.exc_info(), extra={"reference": "abc"}
        )
    return record


@pytest.mark.parametrize("formatter", [QuietText("%(message)s"), QuietJson("%(message)s")])
def test_a_failure_is_logged_as_kinds_and_places_only(formatter: logging.Formatter) -> None:
    line = formatter.format(_failed())
    assert "a handler failed" in line
    assert "ValueError" in line
    assert "KeyError" in line
    assert "test_logs.py" in line
    assert "abc" in line
    assert "Maja" not in line
    assert "010190" not in line


def test_the_context_of_a_failure_is_told_unless_it_was_set_aside() -> None:
    try:
        try:
            raise KeyError("inner")
        except KeyError:
            raise ValueError("outer") from None
    except ValueError:
        assert "KeyError" not in failure_places(sys.exc_info())
    try:
        try:
            raise KeyError("inner")
        except KeyError:
            raise ValueError("outer")  # noqa: B904 - the context is what is tested
    except ValueError:
        assert "KeyError" in failure_places(sys.exc_info())


@pytest.fixture
def logs() -> Generator[None, None, None]:
    """Logs as they were before, afterwards."""
    root = logging.getLogger()
    names = ("bot", "adapters", "storage", "apscheduler")
    before, levels = root.handlers[:], {name: logging.getLogger(name).level for name in ("", *names)}
    yield
    root.handlers[:] = before
    for name, level in levels.items():
        logging.getLogger(name or None).setLevel(level)


@pytest.mark.usefixtures("logs")
@pytest.mark.parametrize("style", list(LogStyle))
def test_a_line_goes_to_stderr_in_the_chosen_style(style: LogStyle, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs(style)
    with tracing("abcd1234"):
        logging.getLogger("bot.test").info("delivered", extra={"state": "sent"})
    line = capsys.readouterr().err.strip()
    assert "delivered" in line
    if style is LogStyle.JSON:
        told = json.loads(line)
        assert (told["state"], told["trace"], told["level"], told["logger"]) == ("sent", "abcd1234", "INFO", "bot.test")
        # In UTC, whatever the machine's zone: lines of several machines are read together.
        assert datetime.fromisoformat(told["at"]).tzinfo is UTC
    else:
        assert line.endswith("state=sent trace=abcd1234")


@pytest.mark.parametrize("formatter", [QuietText("%(name)s %(message)s"), QuietJson("%(name)s %(message)s")])
@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Task exception was never retrieved\nfuture: <Task exception=ValueError('Maja')>", "was never retrieved"),
        ("Cannot reach %s", "Cannot reach"),
        ("Cannot reach 'Maja'", "Cannot reach"),
        ("{Maja}", "said something"),
        ("Maja" * 1_000, "MajaMaja"),
    ],
)
def test_of_what_a_library_says_only_its_own_words_are_kept(formatter: logging.Formatter, said: str, told: str) -> None:
    record = logging.getLogger("asyncio").makeRecord(
        "asyncio", logging.ERROR, __file__, 1, said, ("Maja",) if "%s" in said else (), None, extra={"who": "Maja"}
    )
    line = formatter.format(record)
    assert told in line
    assert "asyncio" in line
    if len(said) < 1_000:
        assert "Maja" not in line
    assert len(line) < 200
    # Other handlers still get what was said.
    assert record.getMessage() == (said % "Maja" if "%s" in said else said)


def test_a_failure_that_another_handler_wrote_out_is_quiet_all_the_same() -> None:
    record = _failed()
    assert "Maja" in logging.Formatter().format(record)
    assert "Maja" not in QuietText("%(message)s").format(record)


@pytest.mark.usefixtures("logs")
def test_what_nobody_caught_is_told_without_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    root.handlers[:] = []
    tell_crash(ValueError("Maja"))
    bare = capsys.readouterr().err
    set_up_logs(LogStyle.JSON)
    tell_crash(ValueError("Maja"))
    logged = capsys.readouterr().err
    assert "Something failed that nobody foresaw" in bare
    assert "Something failed that nobody foresaw" in json.loads(logged)["message"]
    for told in (bare, logged):
        assert "ValueError" in told
        assert "Maja" not in told


_CRASHES = """
import sys, threading
from bot.terminal import crashed, hear_crashes
hear_crashes()
class Odd:
    def __del__(self): raise KeyError("Maja in the bin")
def fails(): raise ValueError("Maja in a thread")
thread = threading.Thread(target=fails)
thread.start()
thread.join()
Odd()
sys.unraisablehook(type("Said", (), {"exc_value": None}))
crashed(RuntimeError("Maja at the end"))
"""


def test_a_crash_in_any_place_is_told_without_its_text() -> None:
    ended = subprocess.run([sys.executable, "-c", _CRASHES], check=False, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.count("nobody foresaw") == 3
    assert all(kind in ended.stderr for kind in ("ValueError", "KeyError", "RuntimeError"))
    assert "Maja" not in ended.stderr + ended.stdout
