"""A database that cannot be used at the start: one plain sentence with what to do, and nothing of a stack."""

from pathlib import Path

import pytest

from tests.end_to_end.houses import brobygger


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql+psycopg://nobody@127.0.0.1:1/nothing", "the database cannot be reached"),
        ("sqlite+aiosqlite:///letter.txt", "the file is not a Brobygger database"),
        ("sqlite+aiosqlite:////proc/nowhere/academy.db", "the folder of the database cannot be written to"),
    ],
)
def test_it_says_what_is_wrong_and_what_to_do(tmp_path: Path, url: str, told: str) -> None:
    (tmp_path / "letter.txt").write_text("Dear all, " * 500)
    key = "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="
    ended = brobygger(tmp_path, "members", "export", DATABASE_URL=url, BROBYGGER_SECRET_KEY=key)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert told in ended.stderr
    assert "brobygger doctor" in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
