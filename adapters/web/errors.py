"""What can go wrong when the local workspace is written to, told as the chat errors that the core knows."""

from collections.abc import Generator
from contextlib import contextmanager

from bot.errors import ChatError, Doubtful, StorageError, Taken, TryLater

# A full disk is reported like an unreachable one: nothing was stored, and it comes back by itself when there is room.
LOCKED_AFTER = 2.0


@contextmanager
def as_chat_errors() -> Generator[None]:
    """Turns every storage error inside into a :class:`ChatError`, as a platform's own errors would be."""
    try:
        yield
    except StorageError as error:
        raise chat_error(error) from error


def chat_error(error: StorageError) -> ChatError:
    """The chat error for a storage error: units are whole or nothing, so only a taken key leaves a doubt."""
    kind = type(error).__name__
    if isinstance(error, Taken):
        return Doubtful(kind)
    return TryLater(kind, LOCKED_AFTER)
