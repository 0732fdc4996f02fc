"""One short id in the log lines of everything that one thing causes: from a press or a tick of the clock, through the
deliveries that it writes, to each try to send them, perhaps hours later and in another process.

It is also the reference that a person is told where something went wrong.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.identity import new_id

_LENGTH = 8  # of an id's last and random digits: enough to find the lines of one among those of some weeks
_CURRENT: ContextVar[str] = ContextVar("trace", default="")


def current_trace() -> str:
    """What is going on now; empty where nobody said."""
    return _CURRENT.get()


@contextmanager
def tracing(trace: str = "") -> Generator[str, None, None]:
    """What happens within, also in tasks that begin within, belongs to this trace; without one, to a new one."""
    told = trace or str(new_id())[-_LENGTH:]
    token = _CURRENT.set(told)
    try:
        yield told
    finally:
        _CURRENT.reset(token)
