"""Parts of a message that cannot be: they are refused where they are made, not where they are shown."""

import pytest

from bot.messages.elements import Table
from bot.messages.text import Link, shortened


@pytest.mark.parametrize("url", ["https://example.org", "http://example.org", "mailto:bo@example.org"])
def test_a_link_leads_somewhere_safe(url: str) -> None:
    assert Link("here", url).url == url


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "", " https://example.org"]
)
def test_a_link_that_leads_elsewhere_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="http, https or mailto"):
        Link("here", url)


def test_a_table_has_rows_as_long_as_its_header() -> None:
    assert Table(("Who", "Where"), (("Bo", "DTU"),)).rows == (("Bo", "DTU"),)
    assert Table(("Who", "Where"), ()).rows == ()


@pytest.mark.parametrize("row", [("Bo",), ("Bo", "DTU", "more"), ()])
def test_a_table_with_a_ragged_row_is_refused(row: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="as long as the header"):
        Table(("Who", "Where"), (("Ida", "Fonden"), row))


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("", 5, ""),
        ("rooms", 5, "rooms"),
        ("a room for twenty, on Mondays", 20, "a room for twenty…"),
        ("a room for twenty people", 18, "a room for twenty…"),
        ("a room for twenty people", 17, "a room for…"),
        ("x" * 30, 10, f"{'x' * 9}…"),
        (f"a {'x' * 30}", 10, f"a {'x' * 7}…"),
    ],
)
def test_what_is_too_long_to_show_is_cut_between_words(text: str, limit: int, shown: str) -> None:
    assert shortened(text, limit) == shown
    assert len(shown) <= limit
