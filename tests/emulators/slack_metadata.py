"""Message metadata: a kind and a flat payload, small."""

import json
from typing import Any

from tests.emulators.slack_state import Json
from tests.emulators.slack_world import Refusal

_MOST_METADATA = 8_000
_MOST_KIND = 255


def check_metadata(given: Any) -> Json | None:
    """Refuses what is not a kind with a flat payload."""
    if given is None:
        return None
    if not isinstance(given, dict):
        raise Refusal("invalid_metadata_format")
    if set(given) - {"event_type", "event_payload", "entities"}:
        raise Refusal("invalid_metadata_format")
    kind, payload = given.get("event_type"), given.get("event_payload")
    if not isinstance(kind, str) or not kind or len(kind) > _MOST_KIND or not isinstance(payload, dict):
        raise Refusal("invalid_metadata_format")
    for value in payload.values():
        if not _flat(value):
            raise Refusal("invalid_metadata_schema")
    if len(json.dumps(given)) > _MOST_METADATA:
        raise Refusal("metadata_too_large")
    return given


def _flat(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str | int | float | bool) for one in value)
    return isinstance(value, str | int | float | bool)
