"""Rounds from a spreadsheet: what is planned, and how it is printed for a person, a script and the next call."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import count, pairwise
from typing import Any

import pytest

from bot.errors import InputError
from bot.introductions.printing import Terminal, print_rounds
from bot.introductions.spreadsheet import Format, PlannedRound, candidates_of, csv_rows, plan_rounds, table_rows
from bot.matching.domain import LeftOut, Plan, WhyLeftOut
from bot.members.domain import SECTORS
from bot.members.roster import read_history, read_roster

TODAY = date(2026, 3, 3)
HEADER = "id,name,organisation,sector,themes,needs,offers,paused_until,intros_per_round\n"
FOUR = HEADER + (
    "m1,Åse,Fiktivby Kommune,municipality,ageing,premises,data,,\n"
    "m2,Bo,Prøvebænken,civil society,ageing,data,premises,,\n"
    "m3,Carla,Eksempelfonden,fond,youth,volunteers,money,,\n"
    "m4,Dan,Opfundet ApS,Business,youth,money,volunteers,,\n"
)


@dataclass
class Paper:
    """A terminal that keeps what it was told. Its stopwatch goes on by half a second at every look."""

    results: list[str] = field(default_factory=list[str])
    remarks: list[str] = field(default_factory=list[str])

    def terminal(self) -> Terminal:
        looks = count()
        return Terminal(self.results.append, self.remarks.append, lambda: next(looks) / 2, TODAY)

    @property
    def text(self) -> str:
        return "\n".join(self.results)


def printed(roster: str, form: Format, history: str = "", *, rounds: int = 1, size: int = 2, seed: int = 1) -> Paper:
    paper = Paper()
    print_rounds(roster.encode(), history.encode(), paper.terminal(), rounds=rounds, size=size, seed=seed, form=form)
    return paper


def refused(roster: str, history: str = "") -> list[str]:
    with pytest.raises(InputError) as told:
        printed(roster, Format.TABLE, history)
    return [problem.message.format(**problem.values) for problem in told.value.problems]


def crowd(many: int) -> str:
    sectors = ("municipality", "business", "foundation")
    lines = (f"m{number},N{number},O{number},{sectors[number % 3]},,,,,\n" for number in range(many))
    return HEADER + "".join(lines)


def pairs(lines: Iterable[str]) -> set[frozenset[str]]:
    loaded: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return {frozenset(one["members"]) for one in loaded if "members" in one}


def test_a_person_reads_who_meets_whom_and_why() -> None:
    text = printed(FOUR, Format.TABLE, seed=3).text
    assert text.startswith("Round 1\n  1  ")
    assert "Åse (Fiktivby Kommune)" in text
    assert "2 groups, 4 of 4 members, 0 repeats; proven best, 0.50 s" in text


def test_a_person_reads_who_is_left_out_and_why() -> None:
    text = printed(FOUR + "m5,Eva,Opfundet ApS,Business,,,,,\n", Format.TABLE, size=2).text
    assert "5 members" in text
    roster = HEADER + "m1,A,O1,business,,,,,\nm2,B,O1,business,,,,,\nm3,C,O2,foundation,,,,,\nm4,D,O1,business,,,,,\n"
    alone = [line for line in printed(roster, Format.TABLE).results if line.lstrip().startswith("–")]
    assert alone
    assert all(line.rstrip().endswith(("large sector", "nobody allowed", "odd one")) for line in alone)


def test_somebody_left_out_goes_by_the_id_where_no_name_is_known() -> None:
    nobody = Plan((), (LeftOut("m9", WhyLeftOut.ODD_ONE),), 0.0, 0.0, True, 0)  # noqa: FBT003 - as the class has it
    assert list(table_rows(PlannedRound(1, 1, nobody), {})) == [("–", "m9", "odd one")]


def test_a_script_reads_an_object_a_line_and_the_summary_last() -> None:
    lines = printed(FOUR, Format.JSON, rounds=2).results
    loaded: list[dict[str, Any]] = [json.loads(line) for line in lines]
    assert [one["round"] for one in loaded] == [1, 1, 1, 2, 2, 2]
    summary = loaded[2]["summary"]
    assert (summary["members"], summary["matched"], summary["groups"], summary["left_out"]) == (4, 4, 2, [])
    assert summary["seconds"] == 0.5
    assert summary["score"] <= summary["bound"]
    reasons = [reason for one in loaded[:2] for reason in one["reasons"]]
    needs = [reason for reason in reasons if reason["kind"] == "need_offer"]
    assert all(set(reason) == {"kind", "from", "to", "term", "offered"} for reason in needs)
    needs_nothing: list[dict[str, Any]] = [json.loads(line) for line in printed(crowd(4), Format.JSON).results[:-1]]
    told = [reason for one in needs_nothing for reason in one["reasons"]]
    assert told
    assert all(set(reason) == {"kind", "from", "to", "term"} for reason in told)


def test_the_next_call_goes_on_where_the_last_one_ended() -> None:
    [first] = printed(FOUR, Format.CSV, rounds=2).results
    assert first.splitlines()[0] == "round,members"
    again = printed(FOUR, Format.CSV, first + "\n").results[0]
    rounds = {row["round"] for row in csv.DictReader(io.StringIO(again))}
    assert rounds == {"3"}
    before = {row["members"] for row in csv.DictReader(io.StringIO(first))}
    assert not before & {row["members"] for row in csv.DictReader(io.StringIO(again))} or len(before) == 6


def test_the_same_seed_prints_the_same() -> None:
    assert printed(FOUR, Format.CSV, seed=9).text == printed(FOUR, Format.CSV, seed=9).text


def test_nobody_meets_again_while_there_is_somebody_new() -> None:
    roster = crowd(12)
    first = pairs(printed(roster, Format.JSON, rounds=1, seed=4).results)
    both = printed(roster, Format.JSON, rounds=2, seed=4).results
    second = pairs(both) - first
    assert len(second) == len(first) == 6


def test_who_was_left_out_comes_first_the_next_time() -> None:
    lines = read_roster(crowd(3).replace("m2,N2,O2,foundation", "m2,N2,O0,municipality").encode(), SECTORS)
    rounds = list(plan_rounds(candidates_of(lines, TODAY), (), rounds=4, size=2, seed=1))
    out = [left.id for planned in rounds for left in planned.plan.left_out]
    assert all(one != other for one, other in pairwise(out))
    text = csv_rows(rounds)
    assert [line.round for line in read_history(text.encode())] == [
        planned.number for planned in rounds for _ in planned.plan.groups
    ]


def test_those_on_a_break_and_those_who_want_none_take_no_part() -> None:
    roster = FOUR + ("m5,Eva,A,research,,,,2026-03-04,\nm6,Finn,B,research,,,,2026-03-03,\nm7,Gry,C,research,,,,,0\n")
    known = {candidate.id for candidate in candidates_of(read_roster(roster.encode(), SECTORS), TODAY)}
    assert known == {"m1", "m2", "m3", "m4", "m6"}


def test_groups_of_three() -> None:
    assert {len(group) for group in pairs(printed(crowd(6), Format.JSON, size=3).results)} == {3}


def test_a_large_roster_says_how_far_it_is() -> None:
    paper = printed(crowd(301), Format.CSV, rounds=1)
    assert paper.remarks == ["1/1: 0.5 s"]
    assert printed(FOUR, Format.CSV).remarks == []


class TestRefused:
    def test_a_roster_with_nobody_to_introduce(self) -> None:
        assert refused(HEADER + "m1,A,O1,business,,,,,\n") == [
            "A round needs at least two members who take part; the roster has 1."
        ]
        assert refused(HEADER + "m1,A,O1,business,,,,,\nm2,B,O2,business,,,,,\n") == [
            "A round needs members from at least two sectors."
        ]

    def test_the_history_of_another_academy(self) -> None:
        assert refused(FOUR, "round,members\n1,x1|x2\n") == [
            "The history names nobody of this roster: are the two files of the same academy?"
        ]

    def test_a_bad_line_in_either_file(self) -> None:
        assert refused(FOUR + "m9,,Nowhere,business,,,,,\n")[0].startswith("Line 6:")
        assert refused(FOUR, "round,members\nsoon,m1|m2\n")[0].startswith("Line 2:")
