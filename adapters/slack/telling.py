"""What may be said of an error in the log: its kind, and Slack's own code where it is one of Slack's."""

from bot.errors import ChatError


def named(error: Exception) -> str:
    """``Gone message_not_found``, or ``KeyError``: never an error's own text, which may hold what a person wrote."""
    kind = type(error).__name__
    # A chat error's text is a code of Slack's and nothing else.
    return f"{kind} {error}" if isinstance(error, ChatError) else kind
