"""``brobygger stations``, as somebody types it: what it prints, and one plain sentence for what cannot be."""

import json
import re
import time
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.__main__ import main_app
from bot.introductions.stationing import StationFiles, StationFormat, StationsAsked, made_of
from bot.introductions.stationprinting import Printing
from bot.matching.stations.domain import Counted, Rank
from bot.members.roster import read_history
from bot.offline.stations import watched
from bot.words import Languages

pytestmark = pytest.mark.usefixtures("bare_surroundings")

SECTORS = ("kommune", "Fagforening", "fond", "")
TODAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def files(bare_surroundings: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_MEANING", "words")
    lines = ["id,name,organisation,sector,themes,needs,offers,paused_until,intros_per_round"]
    lines += [f"m{at},N{at % 11},O{at % 6},{SECTORS[at % 4]},ældre,data,penge,," for at in range(12)]
    lines += ["m12,Eva,O9,fond,ældre,penge,data,,0", "m13,Gry,O9,fond,ældre,penge,data,2999-01-01,"]
    (tmp_path / "members.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "history.csv").write_text("round,members\n4,m1|m2\n5,m3|m4|m13\n", encoding="utf-8")
    (tmp_path / "wishes.csv").write_text("id;ønsker\nm1;Bolig\nm2;2|Bolig\nm13;Bolig\nm3;\n", encoding="utf-8")
    (tmp_path / "away.csv").write_text("name,organisation,sector,paused_until\nA,O,fond,2999-01-01\n", encoding="utf-8")


def says(*words: str, members: str = "members.csv") -> tuple[int, str, str]:
    """The exit status, what was printed, and what was said beside it."""
    told = CliRunner().invoke(main_app, ["stations", "--members", members, *words])
    if told.exception is not None and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told.exit_code, told.stdout, told.stderr


def objects(*words: str) -> list[dict[str, Any]]:
    status, printed, beside = says(*words, "--format", "json")
    # On a slow machine it tells how long it has been looking.
    assert (status, re.sub(r"\d+ s, still looking\n", "", beside)) == (0, "")
    return [json.loads(line) for line in printed.splitlines()]


def test_a_script_reads_an_object_a_station_and_the_summary_last() -> None:
    *made, last = objects("--count", "2", "--history", "history.csv", "--prove")
    assert [one["station"] for one in made] == [1, 2]
    assert sorted(len(one["members"]) for one in made) == [6, 7]
    assert all(sum(one["sectors"].values()) == len(one["members"]) for one in made)
    assert all(set(one) == {"station", "members", "sectors", "score", "repeats", "reasons"} for one in made)
    # Who wants no introductions comes to a camp all the same; who is on a break does not.
    assert "m12" in {member for one in made for member in one["members"]}
    assert "m13" not in {member for one in made for member in one["members"]}
    summary = last["summary"]
    assert (summary["members"], summary["placed"], summary["left_out"]) == (13, 13, [])
    assert summary["repeats"] == sum(one["repeats"] for one in made) == 0
    assert summary["optimal"]
    assert summary["score"] == summary["bound"]
    assert all(reason["kind"] in {"need_offer", "theme"} for one in made for reason in one["reasons"])


def test_locks_cases_and_wishes() -> None:
    *made, last = objects("--count", "2", "--lock", "m1|m5 | m9", "--apart", "m1|m3", "--cases", "Bolig|Skole",
                          "--wishes", "wishes.csv")  # fmt: skip
    home, other = (set(one["members"]) for one in made)
    assert [one["case"] for one in made] == ["Bolig", "Skole"]
    assert {"m1", "m5", "m9"} <= home
    assert {"m2", "m3"} <= other
    assert last["summary"]["wishes"] == {"first": 2, "other": 0, "none": 0}


def test_a_person_reads_names_and_sectors() -> None:
    status, printed, beside = says("--count", "2", "--cases", "Bolig|Skole", "--wishes", "wishes.csv")
    assert (status, beside) == (0, "")
    lines = printed.splitlines()
    assert lines[0].startswith("Station 1, Bolig: ")
    assert "without a sector" in lines[0]
    assert " fagforening" in lines[0].casefold()
    assert "    N2 (O2)" in lines
    # N0 is the name of two; their organisations tell them apart.
    assert {"    N0 (O0)", "    N0 (O5)"} <= set(lines)
    assert lines[-2].startswith("2 groups, 13 of 13 members; ")
    assert lines[-1] == "Wishes: 2 got their first, 0 another of theirs, 0 none of theirs."


def test_in_danish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_LANGUAGE", "da")
    printed = says("--count", "3")[1]
    assert "kommune" in printed
    assert "uden sektor" in printed
    assert "3 grupper, 13 af 13 medlemmer; " in printed


def test_a_camp_becomes_history() -> None:
    printed = says("--count", "3", "--history", "history.csv", "--format", "history")[1]
    groups = read_history(printed.encode())
    assert {group.round for group in groups} == {6}
    assert sum(len(group.members) for group in groups) == 13
    table = says("--count", "3", "--history", "history.csv", "--format", "csv")[1].splitlines()
    assert table[0] == "station,members"
    assert [line.partition(",")[2] for line in table[1:]] == ["|".join(group.members) for group in groups]


def test_a_challenge_leaves_out_whom_it_must() -> None:
    *made, last = objects("--challenge", "--size", "3")
    assert {len(one["members"]) for one in made} == {3}
    summary = last["summary"]
    assert summary["placed"] + len(summary["left_out"]) == 13
    assert set(summary["left_out_why"]) == set(summary["left_out"])
    printed = says("--challenge", "--size", "3")[1]
    assert "Without a group this time:" in printed


@pytest.mark.parametrize(
    ("counted", "value", "bound", "sentence"),
    [
        (Counted.ORGANISATIONS, 4, 2, "not proven: pairs of one organisation could be 2"),
        (Counted.REPEATS, 4, 2, "not proven: fewer may have met before"),
        (Counted.RECENT, 4, 2, "not proven: fewer may have met before"),
        (Counted.WISHES, 2, 4, "not proven: more wishes may be met"),
        (Counted.WORTH, 8, 10, "not proven: at most 25 % more is possible"),
        (Counted.SECTORS, 4, 2, "not proven: more may be possible"),
    ],
)
def test_what_is_not_proven_is_told(counted: Counted, value: float, bound: float, sentence: str) -> None:
    asked = StationsAsked(count=2)
    files = StationFiles.read(Path("members.csv").read_bytes(), b"", b"", asked, TODAY)
    made = replace(made_of(files, asked), optimal=False, ranks=(Rank(Counted.APART, 0, 0), Rank(counted, value, bound)))
    words = Languages.load().words("en", ZoneInfo("UTC"))
    assert sentence in list(Printing(files, made, 1.0, words).lines(StationFormat.TABLE))[-1]


def test_who_sits_together_and_should_not_is_named_to_the_organiser() -> None:
    asked = StationsAsked(count=2)
    files = StationFiles.read(Path("members.csv").read_bytes(), b"", b"", asked, TODAY)
    made = replace(made_of(files, asked), together=(("m1", "m2"),))
    words = Languages.load().words("en", ZoneInfo("UTC"))
    told = list(Printing(files, made, 1.0, words).lines(StationFormat.TABLE))
    assert told[-2].startswith("N1 (O1) and N2 (O2) sit together, although they should not")


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        ((), 2, "Say either how many stations, such as --count 3, or --challenge."),
        (("--count", "2", "--challenge"), 2, "Say either how many stations"),
        (("--count", "2", "--size", "3"), 2, "--size goes with --challenge"),
        (("--challenge", "--cases", "A|B"), 2, "--cases and --wishes go with --count"),
        (("--challenge", "--wishes", "wishes.csv"), 2, "--cases and --wishes go with --count"),
        (("--count", "2", "--lock", "m1"), 2, "--lock takes two or more different ids"),
        (("--count", "2", "--apart", "m1|m1"), 2, "--apart takes two or more different ids"),
        (("--count", "14"), 1, "There are more groups than members: 14 groups, 13 members."),
        (("--count", "0"), 1, "There has to be at least one group."),
        (("--count", "2", "--lock", "m1|m99"), 1, "The roster has no member m99."),
        (("--count", "2", "--lock", "m1|m13"), 1, "m13 takes no part this time"),
        (("--count", "2", "--cases", "A"), 1, "There are 1 cases for 2 groups"),
        (("--count", "2", "--wishes", "wishes.csv"), 1, "Wish 1 of m1 names a case that no group works on."),
        (("--count", "2", "--history", "members.csv"), 1, "Line 1: this has to be a header"),
        (("--count", "2", "--history", "none.csv"), 2, "none.csv cannot be read"),
        (("--count", "two"), 2, "Usage: "),
    ],
)
def test_what_goes_wrong_is_a_plain_sentence(words: tuple[str, ...], status: int, sentence: str) -> None:
    ended, printed, told = says(*words)
    assert (ended, printed) == (status, "")
    assert told.startswith(sentence)


def test_bad_wishes_are_told_by_line(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("id,wishes\nm1,1\nx,2\nm1,2\n", encoding="utf-8")
    status, _, told = says("--count", "2", "--wishes", "bad.csv")
    assert status == 1
    assert told.splitlines() == [
        "Line 3: the roster has no member with this id.",
        "Line 4: this member’s wishes are there twice.",
    ]


def test_everybody_may_be_on_a_break() -> None:
    assert says("--count", "1", members="away.csv")[::2] == (1, "Everybody on this roster is on a break.\n")


def test_the_rest_of_the_history_does_not_matter() -> None:
    read = StationFiles.read(
        Path("members.csv").read_bytes(), b"round,members\n1,m1|gone\n", b"", StationsAsked(count=2), TODAY
    )
    assert read.number == 2
    assert len(read.candidates) == 13


def test_a_long_work_says_that_it_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    looks = count()
    with watched(Languages.load().words("en", ZoneInfo("UTC")), lambda: float(next(looks)), 0.01):
        while "s, still looking" not in capsys.readouterr().err:
            time.sleep(0.01)
    assert next(looks) > 2
