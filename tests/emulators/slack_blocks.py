"""Block Kit's rules (first cut)."""

from typing import Any


def problems_of_message(blocks: list[Any], text: str = "") -> list[str]:
    return []


def problems_of_view(view: dict[str, Any]) -> list[str]:
    return []


def problems_of_options(body: dict[str, Any]) -> list[str]:
    return []
