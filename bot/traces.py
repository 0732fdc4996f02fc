"""One short id in the log lines of everything that one thing causes: from a press or a tick of the clock, through the
deliveries that it writes, to each try to send them, perhaps hours later and in another process.

It is also the reference that a person is told where something went wrong.
"""

from contextvars import ContextVar, Token
from types import TracebackType

from bot.identity import new_id

_LENGTH = 8  # of an id's last and random digits: enough to find the lines of one among those of some weeks
_CURRENT: ContextVar[str] = ContextVar("trace", default="")


def current_trace() -> str:
    """What is going on now; empty where nobody said."""
    return _CURRENT.get()


class Tracing:
    """What happens within belongs to one trace. A class of its own, since every interaction makes one or two."""

    __slots__ = ("_token", "_told")

    def __init__(self, told: str) -> None:
        self._told = told
        self._token: Token[str]

    def __enter__(self) -> str:
        self._token = _CURRENT.set(self._told)
        return self._told

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _CURRENT.reset(self._token)


def tracing(trace: str = "") -> Tracing:
    """What happens within, also in tasks that begin within, belongs to this trace; without one, to a new one."""
    return Tracing(trace or new_id().hex[-_LENGTH:])
