"""What a person wrote never reaches a log, not even inside an exception's text."""

import json
import logging
import sys

import pytest

from bot.logs import QuietJson, QuietText, failure_places, set_up_logs
from bot.settings import LogStyle


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


@pytest.mark.parametrize("style", list(LogStyle))
def test_a_line_goes_to_stderr_in_the_chosen_style(style: LogStyle, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        set_up_logs(style)
        logging.getLogger("bot.test").info("delivered", extra={"state": "sent"})
        line = capsys.readouterr().err.strip()
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    assert "delivered" in line
    if style is LogStyle.JSON:
        assert json.loads(line)["state"] == "sent"
    else:
        assert line.endswith("state=sent")
