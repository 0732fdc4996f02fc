"""``brobygger when``: what it prints for people and for scripts, and what it refuses."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.__main__ import main_app

pytestmark = pytest.mark.usefixtures("bare_surroundings")

NOW = ("--now", "2026-03-03T10:00")


def run(*words: str) -> tuple[int, str, str]:
    told = CliRunner().invoke(main_app, ["when", *words])
    return told.exit_code, told.stdout, told.stderr


def as_json(*words: str) -> Any:
    status, out, err = run(*words)
    assert (status, err) == (0, "")
    return json.loads(out)


def test_a_moment() -> None:
    assert as_json("i morgen kl. 9", *NOW) == {
        "kind": "moment",
        "at": "2026-03-04T09:00:00+01:00",
        "clock_assumed": False,
        "words": "onsdag den 4. marts 2026 kl. 09.00 (i morgen)",
        "notes": [],
        "zone": "Europe/Copenhagen",
    }


def test_a_day_begins_with_its_first_minute() -> None:
    told = as_json("uge 14", *NOW)
    assert (told["kind"], told["at"], told["day"], told["last"]) == (
        "day", "2026-03-30T00:00:00+02:00", "2026-03-30", "2026-04-05",
    )  # fmt: skip


def test_of_today_what_is_left_is_still_to_come() -> None:
    told = as_json("i dag", *NOW)
    assert (told["at"], told["day"]) == ("2026-03-03T10:00:00+01:00", "2026-03-03")


def test_a_length_ends_somewhere() -> None:
    told = as_json("2 uger", *NOW)
    assert (told["kind"], told["at"], told["span"]) == ("span", "2026-03-17T10:00:00+01:00", "P14D")


def test_a_repetition_has_a_rule_and_its_next_times() -> None:
    told = as_json("hver mandag kl. 9 undtagen 23. marts", *NOW)
    assert (told["kind"], told["rule"], told["start"]) == ("rule", "FREQ=WEEKLY;BYDAY=MO", "2026-03-09T09:00:00")
    assert told["at"] == told["next"][0] == "2026-03-09T09:00:00+01:00"
    assert told["next"][2:4] == ["2026-03-30T09:00:00+02:00", "2026-04-06T09:00:00+02:00"]
    assert told["exceptions"] == ["2026-03-23T09:00:00"]


def test_where_two_are_meant_both_are_shown_and_none_is_chosen() -> None:
    told = as_json("kl. 3", *NOW, "--language", "en")
    assert (told["kind"], "at" in told) == ("unclear", False)
    assert told["question"] == "I can read that in more than one way. Which one do you mean?"
    assert [one["at"] for one in told["readings"]] == ["2026-03-03T15:00:00+01:00", "2026-03-04T03:00:00+01:00"]


def test_the_zone_and_the_language_count() -> None:
    told = as_json("03/04 at noon", *NOW, "--timezone", "America/New_York", "--language", "en")
    assert [one["at"] for one in told["readings"]] == ["2026-04-03T12:00:00-04:00", "2026-03-04T12:00:00-05:00"]
    assert (
        as_json("14:30", "--now", "2026-03-03T10:00Z", "--zone", "Asia/Kathmandu")["at"] == "2026-03-04T14:30:00+05:45"
    )


def test_without_now_it_is_the_present() -> None:
    told = as_json("om 2 minutter")
    assert timedelta(0) < datetime.fromisoformat(told["at"]) - datetime.now(UTC) <= timedelta(minutes=2)


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("i aften", ["Tuesday, 3 March 2026 at 19:00 (in 9 hours)", "You named no time of day, so I took 19:00."]),
        ("kl. 3", ["I can read that in more than one way. Which one do you mean?",
                   "- Tuesday, 3 March 2026 at 15:00 (in 5 hours)", "- Wednesday, 4 March 2026 at 03:00 (tomorrow)"]),
        ("hver dag kl. 9, 2 gange", ["every day at 09:00, first time Wednesday, 4 March 2026, 2 times",
                                     "- Wednesday, 4 March 2026 at 09:00", "- Thursday, 5 March 2026 at 09:00"]),
    ],
)  # fmt: skip
def test_for_people(typed: str, lines: list[str]) -> None:
    status, out, err = run(typed, *NOW, "--format", "text", "--language", "en")
    assert (status, out.splitlines(), err) == (0, lines, "")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("bananen",), 1, "Det kan jeg ikke læse som et tidspunkt."),
        (("bananen", "--language", "en"), 1, "I can't read that as a time."),
        (("i går",), 1, "Det tidspunkt er forbi."),
        (("i morgen", "--timezone", "Mars/Olympus"), 2, "time zone Mars/Olympus"),
        (("i morgen", "--language", "fr"), 2, "da, en"),
        (("i morgen", "--now", "yesterday"), 2, "Write the present like this"),
        (("i morgen", "--format", "xml"), 2, "xml"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(words: tuple[str, ...], status: int, said: str) -> None:
    found, out, err = run(*words)
    assert (found, out) == (status, "")
    assert said in err
