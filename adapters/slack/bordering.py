"""The border to the library: only payloads of a known kind and shape go on, since it stumbles over all others.

The library reads parts of a payload before any listener is asked, and writes whole bodies to the log where one of them is
not what it expects.
"""

from collections.abc import Mapping

from adapters.slack.parse import Malformed
from adapters.slack.shapes import record, sequence

# Each kind with what it has to have, which is an object or a text.
_KINDS: Mapping[str, Mapping[str, type]] = {
    "block_actions": {"user": dict, "actions": list},
    "block_suggestion": {"user": dict, "action_id": str, "view": dict},
    "event_callback": {"event": dict},
    "message_action": {"user": dict, "callback_id": str},
    "shortcut": {"user": dict, "callback_id": str},
    "view_closed": {"user": dict, "view": dict},
    "view_submission": {"user": dict, "view": dict},
    "url_verification": {"challenge": str},
}
# What the library reads of any payload.
_NAMED = ("team", "enterprise", "user", "channel", "item", "assistant_thread")
_OBJECTS = ("event", "view", "message", "previous_message", "function_data")
_LISTS = ("authorizations", "response_urls")


def bordered(body: object) -> Mapping[str, object]:
    """The payload. Raises Malformed with the part that is not as it has to be."""
    found = record(body)
    if not found:
        raise Malformed("body")
    _sound(found)
    _sound(record(found.get("event")))
    if "command" in found:
        _have(found, {"command": str, "user_id": str})
    elif "ssl_check" not in found:
        kind = found.get("type")
        if not isinstance(kind, str) or kind not in _KINDS:
            raise Malformed("type")
        _have(found, _KINDS[kind])
        _known(kind, found)
    return found


def _known(kind: str, found: Mapping[str, object]) -> None:
    """What the library's listeners match on."""
    if kind == "event_callback":
        _have(record(found.get("event")), {"type": str})
    elif kind in ("view_submission", "view_closed"):
        view = record(found.get("view"))
        if kind == "view_submission" or "callback_id" in view:
            _have(view, {"callback_id": str, "type": str})
    elif kind == "block_actions":
        actions = sequence(found.get("actions"))
        if not actions:
            raise Malformed("actions")
        for action in actions:
            _have(record(action), {"action_id": str})


def _have(found: Mapping[str, object], parts: Mapping[str, type]) -> None:
    for name, kind in parts.items():
        if not isinstance(found.get(name), kind):
            raise Malformed(name)


def _sound(found: Mapping[str, object]) -> None:
    for name in _NAMED:
        if not isinstance(found.get(name), dict | str | None):
            raise Malformed(name)
    for name in _OBJECTS:
        if not isinstance(found.get(name), dict | None):
            raise Malformed(name)
    for name in _LISTS:
        values = sequence(found.get(name))
        if not isinstance(found.get(name), list | None) or any(not isinstance(one, dict) for one in values):
            raise Malformed(name)
