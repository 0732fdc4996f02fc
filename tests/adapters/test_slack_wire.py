"""Which addresses may be trusted with a token, an answer or a file."""

import pytest

from adapters.slack.wire import Wire

REAL, PLAYED = "https://slack.com/api/", "http://127.0.0.1:4000/api/"


@pytest.mark.parametrize(
    ("base", "url"),
    [
        (REAL, "https://hooks.slack.com/commands/T1/1/x"),
        (REAL, "https://files.slack.com/files-pri/T1-F1/a.csv"),
        (PLAYED, "http://127.0.0.1:4000/hooks/1"),
        (PLAYED, "http://127.0.0.1:4001/hooks/1"),
        (PLAYED, "http://localhost:4001/hooks/1"),
        ("http://slack.test:9/api/", "http://slack.test:8/hooks/1"),
        ("https://slack.test/api/", "https://files.slack.test/1"),
    ],
)
def test_slacks_own_are_trusted(base: str, url: str) -> None:
    assert Wire(base).is_slacks(url)


@pytest.mark.parametrize(
    ("base", "url"),
    [
        (REAL, "http://hooks.slack.com/commands/T1/1/x"),
        (REAL, "https://slack.com.example.org/1"),
        (REAL, "https://notslack.com/1"),
        (REAL, "http://127.0.0.1:4001/hooks/1"),
        (REAL, "https://[half"),
        (PLAYED, "http://10.0.0.1:4000/hooks/1"),
        ("http://slack.test:9/api/", "http://127.0.0.1:9/hooks/1"),
    ],
)
def test_others_are_not(base: str, url: str) -> None:
    assert not Wire(base).is_slacks(url)
