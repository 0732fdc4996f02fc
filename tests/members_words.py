"""Problems as a person reads them."""

from collections.abc import Callable

from bot.errors import InputError


def told(read: Callable[[bytes], object], data: bytes) -> list[str]:
    """What is said about a file that cannot be used, in English."""
    try:
        read(data)
    except InputError as error:
        return [problem.message.format(**problem.values) for problem in error.problems]
    return []
