"""Log lines for a person or for a machine, and never a word that somebody wrote.

An exception's own text can hold what a person typed, so a failure is logged as its kinds and places only. What a library says
may hold as much, so of its sentence only the beginning is kept that it wrote itself. Lines of one thing share its trace
(:mod:`bot.traces`).
"""

import copy
import logging
import re
import sys
import traceback
from logging.config import dictConfig
from types import TracebackType
from typing import TypeAlias

from pythonjsonlogger.json import JsonFormatter

from bot.settings import LogStyle
from bot.traces import current_trace

_log = logging.getLogger(__name__)
_OURS = frozenset({"adapters", "bot", "commands", "storage"})
# Where a library's sentence goes on with what was filled into it: a placeholder, a quotation, a value.
_FILLED_IN = re.compile(r"[%'\"`{<(\[=:;\n]|\d")
_LONGEST = 100
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

    def format(self, record: logging.LogRecord) -> str:
        """The line, with the trace of what is going on."""
        return super().format(_quiet(record))

    def formatException(self, ei: _Failure) -> str:  # noqa: N802 - the standard library's own name
        """See :func:`failure_places`."""
        return failure_places(ei)


class QuietText(logging.Formatter):
    """One line of text, with what was given as ``extra`` at its end."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, then ``name=value`` for each extra."""
        record = _quiet(record)
        line = super().format(record)
        extras = {name: value for name, value in vars(record).items() if name not in _PLAIN_FIELDS}
        told = " ".join(f"{name}={value}" for name, value in extras.items())
        head, newline, rest = line.partition("\n")
        return f"{head} {told}".rstrip() + newline + rest

    def formatException(self, ei: _Failure) -> str:  # noqa: N802 - the standard library's own name
        """See :func:`failure_places`."""
        return failure_places(ei)


def _quiet(record: logging.LogRecord) -> logging.LogRecord:
    """The record as it may be written. A copy, since other handlers get the same one."""
    ours = record.name.partition(".")[0] in _OURS
    said = copy.copy(record) if ours else _of_library(record)
    trace = current_trace()
    if trace:
        said.trace = trace
    # What another handler may have left there is the failure with its text.
    said.exc_text = None
    return said


def _of_library(record: logging.LogRecord) -> logging.LogRecord:
    kept = {name: value for name, value in vars(record).items() if name in _PLAIN_FIELDS}
    told = _FILLED_IN.split(str(record.msg), maxsplit=1)[0].strip()[:_LONGEST]
    return logging.makeLogRecord({**kept, "msg": told or "said something", "args": ()})


def tell_crash(error: BaseException) -> None:
    """What nobody caught, as kinds and places: a line of the log, or where there is no log yet, on stderr."""
    if logging.getLogger().handlers:
        _log.critical("Something failed that nobody foresaw", exc_info=error)
    else:
        sys.stderr.write(f"Something failed that nobody foresaw.\n{failure_places((type(error), error, None))}\n")


def set_up_logs(style: LogStyle) -> None:
    """Logs to stderr. Libraries speak from warning up only."""
    text = {"()": QuietText, "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
    machine = {
        "()": QuietJson,
        "format": "%(levelname)s %(name)s %(message)s",
        "timestamp": "at",
        "rename_fields": {"levelname": "level", "name": "logger"},
    }
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
