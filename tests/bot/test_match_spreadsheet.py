"""Rounds from a spreadsheet: what is planned, and how it is printed for a person, a script and the next call."""

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import count, pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.errors import InputError
from bot.introductions.printing import Files, Terminal, print_rounds, table_lines
from bot.introductions.spreadsheet import Asked, Format, PlannedRound, candidates_of, csv_rows, plan_rounds
from bot.matching.domain import Group, LeftOut, Plan, Weights, WhyLeftOut
from bot.matching.plan import plan
from bot.members.roster import read_history, read_roster
from bot.words import Languages

TODAY = date(2026, 3, 3)
BOTH = "You have locked two members together and forbidden them to meet; choose one of the two."
ENGLISH = Languages.load().words("en", ZoneInfo("UTC"))
DANISH = Languages.load().words("da", ZoneInfo("UTC"))
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
    steps: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])

    def terminal(self, language: str = "en") -> Terminal:
        looks = count()
        words = DANISH if language == "da" else ENGLISH
        return Terminal(
            self.results.append,
            lambda done, of: self.steps.append((done, of)),
            lambda: next(looks) / 2,
            TODAY,
            words,
        )

    @property
    def text(self) -> str:
        return "\n".join(self.results)


def printed(roster: str, form: Format, history: str = "", asked: Asked | None = None, language: str = "en") -> Paper:
    paper = Paper()
    asked = asked or Asked(seed=1)
    files = Files.read(roster.encode(), history.encode(), asked, TODAY)
    print_rounds(files, asked, paper.terminal(language), form)
    return paper


def refused(roster: str, history: str = "", asked: Asked | None = None) -> list[str]:
    with pytest.raises(InputError) as told:
        printed(roster, Format.TABLE, history, asked)
    return [ENGLISH.tell(problem) for problem in told.value.problems]


def crowd(many: int) -> str:
    sectors = ("municipality", "business", "foundation")
    lines = (f"m{number},N{number},O{number},{sectors[number % 3]},,,,,\n" for number in range(many))
    return HEADER + "".join(lines)


def pairs(lines: Iterable[str]) -> set[frozenset[str]]:
    loaded: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return {frozenset(one["members"]) for one in loaded if "members" in one}


def test_a_person_reads_who_meets_whom_and_why() -> None:
    text = printed(FOUR, Format.TABLE, asked=Asked(seed=3)).text
    assert text.startswith("Round 1\n  1  ")
    assert "Åse (Fiktivby Kommune)" in text
    assert "    Åse needs “premises”, and Bo offers it.\n" in text
    assert "2 groups, 4 of 4 members, 0 repeats; proven best, 0.5 s" in text


def test_a_person_reads_it_in_danish() -> None:
    text = printed(FOUR, Format.TABLE, asked=Asked(seed=3), language="da").text
    assert text.startswith("Runde 1\n")
    assert "2 grupper, 4 af 4 medlemmer, 0 gentagelser; bevist bedst, 0,5 s" in text
    assert "needs" not in text


def test_two_of_one_name_are_told_apart() -> None:
    twice = HEADER + (
        "m1,Eva,Forbundet,union,,work,,,\nm2,Eva,Kommunen,town,,,work,,\nm3,Eva,Kommunen,town,,,,,\nm4,Ib,Et hus,home,,,,,\n"
    )
    text = printed(twice, Format.TABLE, asked=Asked(locked=(("m1", "m2"),))).text
    assert "Eva (Forbundet) + Eva (Kommunen, m2)  [locked]" in text
    assert "Eva (Forbundet) needs “work”, and Eva (Kommunen, m2) offers it." in text


def test_a_person_reads_who_is_left_out_and_why() -> None:
    roster = HEADER + "m1,A,O1,business,,,,,\nm2,B,O1,business,,,,,\nm3,C,O2,foundation,,,,,\nm4,D,O1,business,,,,,\n"
    text = printed(roster, Format.TABLE).text
    assert text.count("  Without a partner this time:\n") == 1
    assert text.count("(O1): ") == 2
    assert "one group, 2 of 4 members" in text


def test_what_is_proven_and_what_is_not() -> None:
    def told(made: Plan) -> str:
        return "\n".join(table_lines(PlannedRound(1, 3, made), 0.123, ({"a": "A", "b": "B"}, {}), ENGLISH))

    nobody = Plan((), (LeftOut("m9", WhyLeftOut.ODD_ONE),), 0.0, 0.0, True, 0)  # noqa: FBT003 - as the class has it
    assert "m9: one too many this time" in told(nobody)
    again = Group(("a", "b"), 4.0, (), repeat=True)
    unproven = Plan((again,), (), 4.0, 4.1, False, 1, novelty_exhausted=True)  # noqa: FBT003 - as the class has it
    assert "  1  a + b  [they met before, within the window]\n" in told(unproven)
    assert "one repeat; best known, at most 2.5 % more is possible, 0.12 s" in told(unproven)
    assert "Everybody new has been met" in told(unproven)


def test_a_script_reads_an_object_a_line_and_the_summary_last() -> None:
    lines = printed(FOUR, Format.JSON, asked=Asked(rounds=2, seed=1)).results
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
    [first] = printed(FOUR, Format.CSV, asked=Asked(rounds=2, seed=1)).results
    assert first.splitlines()[0] == "round,members"
    again = printed(FOUR, Format.CSV, first + "\n").results[0]
    rounds = {row["round"] for row in csv.DictReader(io.StringIO(again))}
    assert rounds == {"3"}
    before = {row["members"] for row in csv.DictReader(io.StringIO(first))}
    assert not before & {row["members"] for row in csv.DictReader(io.StringIO(again))} or len(before) == 6


def test_the_same_seed_prints_the_same() -> None:
    asked = Asked(seed=9)
    assert printed(FOUR, Format.CSV, asked=asked).text == printed(FOUR, Format.CSV, asked=asked).text


def test_nobody_meets_again_while_there_is_somebody_new() -> None:
    roster = crowd(12)
    first = pairs(printed(roster, Format.JSON, asked=Asked(seed=4)).results)
    both = printed(roster, Format.JSON, asked=Asked(rounds=2, seed=4)).results
    second = pairs(both) - first
    assert len(second) == len(first) == 6


def test_who_was_left_out_comes_first_the_next_time() -> None:
    lines = read_roster(crowd(3).replace("m2,N2,O2,foundation", "m2,N2,O0,municipality").encode())
    rounds = list(plan_rounds(candidates_of(lines, TODAY), (), Asked(rounds=4, seed=1)))
    out = [left.id for planned in rounds for left in planned.plan.left_out]
    assert all(one != other for one, other in pairwise(out))
    text = csv_rows((planned.number, group.members) for planned in rounds for group in planned.plan.groups)
    assert [line.round for line in read_history(text.encode())] == [
        planned.number for planned in rounds for _ in planned.plan.groups
    ]


def test_those_on_a_break_and_those_who_want_none_take_no_part() -> None:
    roster = FOUR + ("m5,Eva,A,research,,,,2026-03-04,\nm6,Finn,B,research,,,,2026-03-03,\nm7,Gry,C,research,,,,,0\n")
    known = {candidate.id for candidate in candidates_of(read_roster(roster.encode()), TODAY)}
    assert known == {"m1", "m2", "m3", "m4", "m6"}


def test_groups_of_three() -> None:
    assert {len(group) for group in pairs(printed(crowd(6), Format.JSON, asked=Asked(size=3)).results)} == {3}


def test_it_is_told_how_far_it_is() -> None:
    steps = printed(FOUR, Format.CSV, asked=Asked(rounds=3)).steps
    assert steps[-1] == (3, 3)
    done = [step[0] for step in steps]
    assert done == sorted(done)
    assert {step[1] for step in steps} == {3}


def test_what_is_locked_and_forbidden_is_kept() -> None:
    asked = Asked(rounds=2, seed=2, locked=(("m1", "m4"),), forbidden=(("m2", "m3"),))
    lines = printed(FOUR + "m5,Eva,Et hus,Fagforening,,,,,\n", Format.JSON, asked=asked).results
    loaded: list[dict[str, Any]] = [json.loads(line) for line in lines]
    groups = [one for one in loaded if "members" in one]
    assert [one["members"] for one in groups if one["locked"]] == [["m1", "m4"]]
    assert groups[0]["round"] == 1
    assert not any({"m2", "m3"} <= set(one["members"]) for one in groups)


def test_a_person_reads_what_each_wish_costs() -> None:
    asked = Asked(seed=1, locked=(("m1", "m4"),), forbidden=(("m2", "m3"), ("m5", "m6")))
    roster = FOUR + "m5,Eva,Et hus,Fagforening,,,,,\nm6,Finn,En skole,skole,,,,,\n"
    text = printed(roster, Format.TABLE, asked=asked).text
    assert re.search(r"Åse \(Fiktivby Kommune\) \+ Dan \(Opfundet ApS\)  \[locked, costs the round [0-9]+ %\]", text)
    assert "  Kept apart: Bo and Carla" in text
    assert re.search(r"  All that you have asked for, together: costs the round [0-9]+ %\.", text)
    alone = printed(FOUR, Format.TABLE, asked=Asked(seed=1, locked=(("m1", "m2"),), forbidden=(("m1", "m4"),))).text
    assert "Åse (Fiktivby Kommune) + Bo (Prøvebænken)  [locked]" in alone
    assert "  Kept apart: Åse and Dan.\n" in alone
    assert "All that you" not in alone
    only = printed(FOUR, Format.TABLE, asked=Asked(seed=1, forbidden=(("m1", "m2"),))).text
    assert re.search(r"Kept apart: Åse and Bo \(costs the round [0-9]+ %\)\.", only)


def test_weights_and_the_window_are_those_that_were_asked_for() -> None:
    asked = Asked(rounds=2, seed=1, weights=Weights(need_offer=9, novelty=0, draw=0, window=0, new_first=False))
    first, second = (
        pairs(line for line in printed(FOUR, Format.JSON, asked=asked).results if json.loads(line)["round"] == number)
        for number in (1, 2)
    )
    assert first == second == {frozenset({"m1", "m2"}), frozenset({"m3", "m4"})}


def test_any_sector_is_one_and_an_empty_one_is_not_known_yet() -> None:
    roster = HEADER + "m1,A,O1,Fagforening,,,,,\nm2,B,O2, fagforening,,,,,\nm3,C,O3,Kommune,,,,,\nm4,D,O4,,,,,,\n"
    for seed in range(4):
        assert frozenset({"m1", "m2"}) not in pairs(printed(roster, Format.JSON, asked=Asked(seed=seed)).results)
    [one, *_] = candidates_of(read_roster(roster.encode(), any_sector=True), TODAY)
    assert one.sector == "Fagforening"


def test_everybody_can_meet_in_english_as_in_the_chat() -> None:
    roster = "id,name,organisation,sector,language\nm1,A,O1,business,da\nm2,B,O2,research,\nm3,C,O3,fond,engelsk\n"
    assert [candidate.languages for candidate in candidates_of(read_roster(roster.encode()), TODAY)] == [
        {"da", "en"},
        {"en"},
        {"en"},
    ]


def test_rounds_are_those_of_the_planner() -> None:
    lines = read_roster(FOUR.encode())
    [planned] = plan_rounds(candidates_of(lines, TODAY), (), Asked(seed=5))
    assert planned.plan == plan(candidates_of(lines, TODAY), (), seed=6)


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

    @pytest.mark.parametrize(
        ("asked", "problems"),
        [
            (Asked(locked=(("m1", "m9"),)), ["The roster has no member m9."]),
            (
                Asked(locked=(("m1", "x"),), forbidden=(("y", "m2"),)),
                ["The roster has no member x.", "The roster has no member y."],
            ),
            (
                Asked(locked=(("m1", "m5"),)),
                ["m5 takes no part this time, so no group with them can be locked."],
            ),
            (Asked(locked=(("m1", "m2"), ("m2", "m3"))), ["m2 is in two locked groups at once."]),
            (
                Asked(locked=(("m4", "m6"), ("m1", "m2"))),
                ["m4|m6 cannot be locked. Two members in a locked group come from the same organisation."],
            ),
            (
                Asked(locked=(("m4", "m7"),)),
                ["m4|m7 cannot be locked. The members in a locked group come from the same sector."],
            ),
            (
                Asked(locked=(("m1", "m2"),), forbidden=(("m1", "m2"),)),
                ["m1|m2 cannot be locked. " + BOTH],
            ),
        ],
    )
    def test_a_wish_that_cannot_be_kept(self, asked: Asked, problems: list[str]) -> None:
        roster = (
            FOUR + "m5,Eva,A,research,,,,2026-03-04,\nm6,Ib,Opfundet ApS,fond,,,,,\nm7,Ida,Andet ApS,business,,,,,\n"
        )
        assert refused(roster, asked=asked) == problems

    def test_one_sector_is_enough_where_somebody_has_none_yet(self) -> None:
        roster = HEADER + "m1,A,O1,business,,,,,\nm2,B,O2,,,,,,\n"
        assert pairs(printed(roster, Format.JSON).results) == {frozenset({"m1", "m2"})}
