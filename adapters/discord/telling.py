"""What may be said in the log: an error's kind and Discord's own code, and of what the library says only what it was about.

The library writes whole addresses (with the tokens of interactions in them), payloads and traces of its own.
"""

import logging
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.errors import ChatError

_log = logging.getLogger(__name__)

_LIBRARY = "discord"
# The same trouble is told again after so long, where nothing said in between that it is over.
_AGAIN = timedelta(minutes=30)
_NO_LETTER = re.compile(r"[^a-z]+")
# Words of the library's own sentences, and what they are about.
_ABOUT = (
    ("rate limit", "rate limited"),
    ("ratelimit", "rate limited"),
    ("heartbeat blocked", "this machine is too busy"),
    ("can't keep up", "this machine is too busy"),
    ("stopped responding", "the gateway is silent"),
    ("interaction endpoint", "the application has an interactions address, so nothing reaches this process"),
)


def named(error: BaseException) -> str:
    """``Gone unknown_message``, or ``KeyError``: never an error's own text, which may hold what a person wrote."""
    kind = type(error).__name__
    # A chat error's text is a code and nothing else.
    return f"{kind} {error}" if isinstance(error, ChatError) else kind


class Terse(logging.Handler):
    """What the library logs as a warning or worse becomes one line that names the kind of trouble, once for each kind until
    it is over."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(logging.WARNING)
        self._now = now
        self._told: dict[str, datetime] = {}

    def stands(self) -> None:
        """The connection stands: from now on trouble is news again."""
        self._told.clear()

    def listen(self) -> None:
        """From now on everything of the library's goes here, and nowhere else."""
        logger = logging.getLogger(_LIBRARY)
        logger.setLevel(logging.WARNING)
        logger.propagate = False
        logger.handlers = [self]

    def tell(self, kind: str) -> None:
        """Says it, unless it was said a moment ago."""
        at, now = self._told.get(kind), self._now()
        if at is None or now - at >= _AGAIN:
            self._told[kind] = now
            _log.warning("the connection to Discord is disturbed; going on trying (%s)", kind)

    def emit(self, record: logging.LogRecord) -> None:
        """Says it in words of ours."""
        self.tell(_kind(record))


def _kind(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    if error is not None:
        return named(error)
    said = str(record.msg).casefold()
    for words, about in _ABOUT:
        if words in said:
            return about
    # The library's own sentence without what was filled into it.
    return _NO_LETTER.sub(" ", said.split("%", 1)[0]).strip()[:40] or "unknown"
