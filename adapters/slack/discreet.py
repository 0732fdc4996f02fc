"""What slack_bolt and slack_sdk may write into our log: what happened, and nothing of what anybody wrote or of any secret.

They put whole bodies, codes and states behind a bracket or a colon; so their sentences are cut there.
"""

import logging
import re

from bot.deliveries.traces import trace_of

_REST = re.compile(r"[({\[:\n].*", re.DOTALL)
# At every start, where SLACK_BOT_TOKEN is set: bolt found it in the environment and says that it is not used.
_UNUSED = re.compile(r"token.*(?:unused|skipped|ignored|won't be used)|(?:unused|skipped|ignored).*token", re.DOTALL)
# What the library's own sentence does not say when it is cut.
_NOT_HERE, _REFUSED = "Although the app should be installed", "a workspace without the bot was refused"


class Discreet(logging.Filter):
    """Cuts sentences before the first bracket or colon, and names an exception by its kind and place."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; False for what is beside the point."""
        whole = record.getMessage()
        if _UNUSED.search(whole):
            return False
        said = _REFUSED if whole.startswith(_NOT_HERE) else _REST.sub("", whole).strip()
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        record.msg = f"{said}: {trace_of(error)}" if error is not None else said
        record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
        return True


def bolts_logger() -> logging.Logger:
    """The logger for bolt, from which it takes level and filter for its own ones."""
    logger = logging.Logger("slack_bolt", logging.WARNING)
    logger.addFilter(Discreet())
    logger.parent = logging.getLogger(__name__)
    return logger


def silence() -> logging.Logger:
    """A logger that nobody can turn up, for what would write tokens and states."""
    return logging.Logger("slack", logging.CRITICAL + 1)
