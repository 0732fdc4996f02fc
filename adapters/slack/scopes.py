"""What the bot may do in Slack: the least that it needs, each with its reason. The manifest asks for these and no others,
the README shows them, and ``brobygger doctor`` compares them with what a token may do.
"""

from collections.abc import Mapping
from types import MappingProxyType

SCOPES: Mapping[str, str] = MappingProxyType(
    {
        "app_mentions:read": "hears its own name in a channel, to answer with a hint",
        "channels:history": "finds its own message before sending once more; reads a thread that a member asks it to read",
        "channels:read": "finds the channel that an organiser names, and sees whether it may write there",
        "chat:write": "writes messages where it is a member, and edits its own",
        "commands": "has its commands, and its entries in Slack's menus",
        "files:read": "fetches a file that a member hands in with a form, such as a roster",
        "files:write": "hands out pictures, calendar files and exports",
        "groups:history": "as with channels:history, in private channels that it was invited to",
        "groups:read": "as with channels:read, for private channels that it was invited to",
        "im:history": "as with channels:history, in direct conversations; and hears when a member writes to it",
        "im:read": "sees whose a direct conversation is, so that the right home page is renewed",
        "im:write": "opens the direct conversation with a member",
        "mpim:history": "as with channels:history, in the rooms that it opened",
        "mpim:write": "opens the room of an introduction",
        "users:read": "knows a member's name, language and time zone",
    }
)

# What Slack tells the bot without being asked. ``message.im``: somebody writes to it; ``tokens_revoked``: it was removed.
EVENTS = ("app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked")


def missing(granted: frozenset[str]) -> list[str]:
    """Scopes that the bot needs and a token does not have."""
    return sorted(SCOPES.keys() - granted)


def superfluous(granted: frozenset[str]) -> list[str]:
    """Scopes that a token has and the bot does not need."""
    return sorted(granted - SCOPES.keys())
