"""Log lines for a person or for a machine, and never a word that somebody wrote.

An exception's own text can hold what a person typed, so a failure is logged as its kinds and places only.
"""

import logging
import sys
import traceback
from logging.config import dictConfig
from types import TracebackType
from typing import TypeAlias

from pythonjsonlogger.json import JsonFormatter

from bot.settings import LogStyle

_Failure: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_PLAIN_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def failure_places(failure: _Failure) -> str:
    """The kinds of a chain of exceptions and the places they came through; none of their texts."""
    lines: list[str] = []
    error = failure[1]
    while error is not None:
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        lines.extend(
            f"  at {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        )
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)


class QuietJson(JsonFormatter):
    """One JSON object a line."""

    def formatException(self, ei: _Failure) -> str:  # noqa: N802 - the standard library's own name
        """See :func:`failure_places`."""
        return failure_places(ei)


class QuietText(logging.Formatter):
    """One line of text, with what was given as ``extra`` at its end."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, then ``name=value`` for each extra."""
        line = super().format(record)
        extras = {name: value for name, value in vars(record).items() if name not in _PLAIN_FIELDS}
        told = " ".join(f"{name}={value}" for name, value in extras.items())
        head, newline, rest = line.partition("\n")
        return f"{head} {told}".rstrip() + newline + rest

    def formatException(self, ei: _Failure) -> str:  # noqa: N802 - the standard library's own name
        """See :func:`failure_places`."""
        return failure_places(ei)


def set_up_logs(style: LogStyle) -> None:
    """Logs to stderr. Libraries speak from warning up only."""
    text = {"()": QuietText, "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    machine = {"()": QuietJson, "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": machine if style is LogStyle.JSON else text},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "lines"}},
            "root": {"level": "WARNING", "handlers": ["stderr"]},
            "loggers": {
                **{name: {"level": "INFO"} for name in ("bot", "adapters", "storage")},
                # A turn that is left out because the one before still runs is how the ticker is meant to work.
                "apscheduler": {"level": "ERROR"},
            },
        }
    )
