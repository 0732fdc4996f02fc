"""``brobygger match``, as somebody types it: what it prints, and one plain sentence for what cannot be."""

import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.__main__ import main_app
from bot.errors import NotUnderstood
from bot.matching.domain import Weights
from bot.offline import asking
from bot.offline.rounds import so_far
from bot.terminal import ProgressLine
from bot.words import Languages

pytestmark = pytest.mark.usefixtures("bare_surroundings")

ROSTER = """\
id,name,organisation,sector,themes,needs,offers,paused_until
m1,Åse Prøve,Fiktivby Kommune,municipality,ageing,premises,data,
m2,Bo Prøve,Prøvebænken,civil society,ageing,data,Lokaler,
m3,Carla Prøve,Eksempelfonden,fond,youth,volunteers,money,
m4,Dan Prøve,Opfundet ApS,Business,youth,money,volunteers,
m5,Eva Prøve,Opfundet ApS,Fagforening,youth,money,volunteers,
m6,Finn Prøve,Forbundet,,youth,money,volunteers,
m7,Gry Prøve,Et hus,Fagforening,,,,2999-01-01
"""


@pytest.fixture(autouse=True)
def files(bare_surroundings: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A roster, and words alone to compare it by: what a language model knows has tests of its own."""
    monkeypatch.setenv("BROBYGGER_MEANING", "words")
    (tmp_path / "members.csv").write_text(ROSTER, encoding="utf-8")


def says(*words: str) -> tuple[int, str, str]:
    """The exit status, what was printed, and what was said beside it."""
    told = CliRunner().invoke(main_app, ["match", "--members", "members.csv", *words])
    if told.exception is not None and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told.exit_code, told.stdout, told.stderr


def objects(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


def groups(printed: str) -> list[set[str]]:
    return [set(one["members"]) for one in objects(printed) if "members" in one]


def test_two_are_locked_others_kept_apart() -> None:
    status, printed, beside = says("--lock", "m4 | m1", "--forbid", "m2|m3", "--forbid", "m2|m5|m6", "--format", "json")
    assert (status, beside) == (0, "")
    assert {"m1", "m4"} in groups(printed)
    assert not any(len(group & {"m2", "m3"}) == 2 or len(group & {"m2", "m5", "m6"}) > 1 for group in groups(printed))


def test_three_are_locked() -> None:
    status, printed, _ = says("--lock", "m1|m2|m3", "--format", "json")
    assert status == 0
    assert {"m1", "m2", "m3"} in groups(printed)


def test_weights_come_from_the_settings_and_from_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    every = ("--format", "json", "--seed", "3")
    plain = says(*every)[1]
    monkeypatch.setenv("BROBYGGER_WEIGHT_NEED_OFFER", "40")
    dear = says(*every)[1]
    assert objects(dear)[-1]["summary"]["score"] > objects(plain)[-1]["summary"]["score"] + 30
    told = says(*every, "--weight", "need_offer=2", "--weight", "sector-balance=0,5")[1]
    again = [{**one, "summary": None} if "summary" in one else one for one in objects(told)]
    assert again == [{**one, "summary": None} if "summary" in one else one for one in objects(plain)]


def test_whether_somebody_new_comes_first_is_a_setting_and_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    def again(*words: str) -> int:
        [told] = objects(
            says(
                "--simulate", "6", "--paused", "0", "--window", "1", "--weight", "novelty=0", "--format", "json", *words
            )[1]
        )
        return int(told["simulation"]["planned"]["distinct_pairs"])

    assert again() == again("--new-first") > again("--not-new-first")
    monkeypatch.setenv("BROBYGGER_NEW_FIRST", "false")
    assert again() == again("--not-new-first")


def test_in_danish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_LANGUAGE", "da")
    status, printed, _ = says()
    assert status == 0
    assert printed.startswith("Runde 1\n")
    assert says("--weight", "x=1")[2].startswith("--weight skal have NAVN=POINT")


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("--lock", "m1|m99"), 1, "The roster has no member m99."),
        (("--forbid", "m1|m99"), 1, "The roster has no member m99."),
        (("--lock", "m1|m2", "--lock", "m2|m3"), 1, "m2 is in two locked groups at once."),
        (
            ("--lock", "m4|m5"),
            1,
            "m4|m5 cannot be locked. Two members in a locked group come from the same organisation.",
        ),
        (("--lock", "m7|m1"), 1, "m7 takes no part this time, so no group with them can be locked."),
        (("--lock", "m1"), 2, "--lock takes two or three different ids with | between them, such as “m1|m2”."),
        (("--lock", "m1|m1"), 2, "--lock takes two or three different ids with | between them, such as “m1|m2”."),
        (("--forbid", "|"), 2, "--forbid takes two or three different ids with | between them, such as “m1|m2”."),
        (
            ("--weight", "theme=much"),
            2,
            "--weight takes points from 0 to 1000, such as need_offer=3 or theme=0.5.",
        ),
        (("--weight", "theme"), 2, "--weight takes points from 0 to 1000, such as need_offer=3 or theme=0.5."),
        (("--weight", "theme=1001"), 2, "--weight takes points from 0 to 1000, such as need_offer=3 or theme=0.5."),
        (
            ("--weight", "window=3"),
            2,
            "--weight takes NAME=POINTS, and NAME is one of: need_offer, theme, sector_balance, novelty, draw.",
        ),
        (("--picture", "x.svg"), 2, "--picture goes with --simulate, such as --simulate 26."),
        (("--declines", "0.1"), 2, "--declines goes with --simulate, such as --simulate 26."),
        (("--simulate", "4", "--rounds", "2"), 2, "Choose one of --rounds and --simulate."),
        (("--history", "nowhere.csv"), 2, "nowhere.csv cannot be read: No such file or directory."),
        (
            ("--simulate", "2", "--picture", "nowhere/x.svg", "--format", "json"),
            2,
            "nowhere/x.svg cannot be written: No such file or directory.",
        ),
    ],
)
def test_what_cannot_be_is_one_plain_sentence(words: tuple[str, ...], status: int, sentence: str) -> None:
    ended, printed, told = says(*words)
    assert (ended, printed, told) == (status, "", f"{sentence}\n")


@pytest.mark.parametrize(
    "words",
    [
        ("--window", "-1"),
        ("--window", "soon"),
        ("--size", "4"),
        ("--simulate", "0"),
        ("--simulate", "3", "--paused", "2"),
    ],
)
def test_numbers_out_of_reach_are_wrong_use(words: tuple[str, ...]) -> None:
    status, printed, told = says(*words)
    assert (status, printed) == (2, "")
    assert words[-2] in told


@pytest.mark.parametrize(
    ("roster", "sentence"),
    [
        ("", "The file is empty."),
        ("id,name,organisation,sector\n", "The file has a header but no lines below it."),
        (
            "id,name,organisation,sector\nm1,A,O,business\n",
            "A round needs at least two members who take part; the roster has 1.",
        ),
        (
            "id,name,organisation,sector\nm1,A,O,Union\nm2,B,P, union \n",
            "A round needs members from at least two sectors.",
        ),
    ],
)
@pytest.mark.parametrize("beside", [(), ("--simulate", "4")])
def test_a_roster_without_a_round_in_it(roster: str, sentence: str, beside: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text(roster, encoding="utf-8")
    assert says(*beside) == (1, "", f"{sentence}\n")


def test_wrong_weights_in_the_settings_are_all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_WEIGHT_THEME", "-1")
    monkeypatch.setenv("BROBYGGER_WEIGHT_DRAW", "luck")
    status, printed, told = says()
    assert (status, printed, len(told.splitlines())) == (2, "", 3)


def test_months_are_simulated_told_and_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_LANGUAGE", "da")
    status, printed, beside = says("--simulate", "6", "--picture", "half.svg", "--joins", "0.2", "--declines", "0.1")
    assert status == 0
    assert "Traceback" not in beside  # a slow machine is told how far it is
    assert printed.startswith(
        "6 runder introduktioner blandt 6 medlemmer\n8 % holder pause i en runde, 20 % kommer til"
    )
    assert ElementTree.parse(tmp_path / "half.svg").getroot().tag.endswith("svg")  # noqa: S314 - our own file
    before = (tmp_path / "half.svg").read_bytes()
    assert says("--simulate", "6", "--picture", "half.svg", "--seed", "2")[0] == 0
    assert (tmp_path / "half.svg").read_bytes() != before
    status, printed, _ = says("--simulate", "6", "--paused", "0", "--leaves", "0.1", "--format", "json")
    [told] = objects(printed)
    assert (told["simulation"]["weeks"], told["simulation"]["paused"], told["simulation"]["leaves"]) == (6, 0, 0.1)


def test_a_simulation_as_csv_is_a_history_for_the_next_call(tmp_path: Path) -> None:
    printed = says("--simulate", "3", "--format", "csv")[1]
    (tmp_path / "history.csv").write_text(printed, encoding="utf-8")
    status, printed, _ = says("--history", "history.csv", "--format", "json")
    assert status == 0
    assert objects(printed)[0]["round"] == 4


class Screen(io.StringIO):
    """Somebody looks at it."""

    def isatty(self) -> bool:
        return True


class Watch:
    """A stopwatch that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("looked_at", [True, False])
def test_who_waits_long_is_told_how_far_it_is(looked_at: bool) -> None:
    out, watch = Screen() if looked_at else io.StringIO(), Watch()
    line = ProgressLine(watch, lambda done, of: f"{done} of {of}", out)
    for watch.now, done in ((1.9, 1.0), (2.1, 2.0), (2.2, 2.5), (2.4, 3.0), (14.0, 4.0)):
        line.show(done, 4)
    line.clear()
    line.clear()
    bars = [
        f"\r\x1b[K[{'#' * many}{'-' * (24 - many)}] {told} of 4" for many, told in ((12, 2.0), (18, 3.0), (24, 4.0))
    ]
    assert out.getvalue() == ("".join(bars) + "\r\x1b[K" if looked_at else "2.0 of 4\n4.0 of 4\n")


@given(st.text("m12|, ", max_size=12))
def test_whatever_is_typed_for_a_group_is_read_or_refused(typed: str) -> None:
    try:
        [group] = asking.groups("--lock", [typed])
    except NotUnderstood:
        named = [" ".join(part.split()) for part in typed.split("|") if part.strip()]
        assert len(named) not in {2, 3} or len(set(named)) < len(named)
    else:
        assert 2 <= len(set(group)) == len(group) <= 3
        assert asking.groups("--lock", ["|".join(reversed(group)), typed]) == (group,)


@given(st.sampled_from(asking.WEIGHTS), st.one_of(st.text("0123456789.,-e ", max_size=8), st.text(max_size=4)))
def test_whatever_is_typed_for_a_weight_is_read_or_refused(name: str, typed: str) -> None:
    number = typed.strip().replace(",", ".")
    plain = number.isascii() and number.replace(".", "", 1).isdigit() and not {number[0], number[-1]} & {"."}
    try:
        found = asking.weights(Weights(window=5), [f"{name}={typed}"])
    except NotUnderstood:
        assert not plain or float(number) > asking.MOST_POINTS
    else:
        assert plain
        assert getattr(found, name) == float(number)
        assert found.window == 5


@pytest.mark.parametrize(
    ("done", "of", "told"),
    [(0.371, 1, "37 %, round 1 of 1"), (2.5, 26, "9 %, round 3 of 26"), (26, 26, "100 %, round 26 of 26")],
)
def test_how_far_it_is_in_words(done: float, of: int, told: str) -> None:
    assert so_far(Languages.load().words("en", ZoneInfo("UTC")))(done, of) == told
