"""A simulation in words, as an object, and as a picture: what stands there is what was counted."""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.introductions.simulation.drawing import fitted, ink_on, shade, steps, wrapped
from bot.introductions.simulation.kept import Rule
from bot.introductions.simulation.picture import picture
from bot.introductions.simulation.season import Circumstances
from bot.introductions.simulation.simulating import Simulation, simulate
from bot.introductions.simulation.telling import as_json, percent, sector_name, table_lines
from bot.introductions.spreadsheet import Asked
from bot.matching.domain import Candidate
from bot.words import Languages
from tests.bot.matching_cases import academy

WORDS = {language: Languages.load().words(language, ZoneInfo("UTC")) for language in ("da", "en")}
ENGLISH, DANISH = WORDS["en"], WORDS["da"]
SVG = "{http://www.w3.org/2000/svg}"
KEYS = ("municipality", "civil_society", "business", "foundation", "Fagforening & co. <b>", "")


def an_academy(members: int = 30, sectors: tuple[str, ...] = KEYS) -> list[Candidate]:
    return [replace(one, sector=sectors[place % len(sectors)]) for place, one in enumerate(academy(members, 3))]


@pytest.fixture(scope="module")
def told() -> Simulation:
    return simulate(an_academy(), (), Circumstances(9, paused=0.1, joins=0.1, leaves=0.1, declines=0.1), Asked(seed=1))


def texts(drawn: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(drawn).iter(f"{SVG}text")]  # noqa: S314 - our own


def boxes(drawn: str) -> Iterator[tuple[float, float, float, float]]:
    for box in ElementTree.fromstring(drawn).iter(f"{SVG}rect"):  # noqa: S314 - our own
        x, y, wide, high = (float(box.get(name, "0")) for name in ("x", "y", "width", "height"))
        yield x, y, x + wide, y + high


class TestTable:
    def test_a_person_reads_the_figures(self, told: Simulation) -> None:
        lines = list(table_lines(told, ENGLISH))
        assert lines[0] == "9 rounds of introductions among 30 members"
        assert lines[1] == (
            "10 % take a break in a round, 10 % join on the way, 10 % leave on the way,"
            " 10 % of the introductions are declined, seed 1"
        )
        row = {line.strip().partition("  ")[0]: line.split()[-2:] for line in lines[3:18]}
        assert row["Different pairs who met"] == [str(told.planned.distinct[-1]), str(told.chance.distinct[-1])]
        assert row["Introductions declined"] == [str(told.planned.declined), str(told.chance.declined)]
        assert any(line.startswith("  civil society – municipality  ") for line in lines)
        assert any(line.startswith("  Fagforening & co. <b> – ") for line in lines)
        assert any(line.startswith("  after round 9 ") for line in lines)

    def test_a_rule_that_was_broken_is_named(self, told: Simulation) -> None:
        broken = replace(told, planned=replace(told.planned, broken={Rule.TWICE: 2, Rule.SAME_SECTOR: 1}))
        assert "  same_sector: 1, twice: 2" in list(table_lines(broken, ENGLISH))

    def test_nothing_that_happens_is_said_where_nothing_does(self) -> None:
        quiet = simulate(an_academy(4), (), Circumstances(1, paused=0), Asked(seed=1))
        lines = list(table_lines(quiet, DANISH))
        assert lines[:2] == ["En runde introduktioner blandt 4 medlemmer", "0 % holder pause i en runde, startværdi 1"]
        assert not any("fslåe" in line for line in lines)

    def test_an_academy_in_which_nobody_can_meet(self) -> None:
        alone = simulate([Candidate("a", "A", "s"), Candidate("b", "B", "s")], (), Circumstances(2), Asked())
        lines = list(table_lines(alone, ENGLISH))
        assert any("Had to be left out" in line for line in lines)
        assert json.loads(as_json(alone, 0))["simulation"]["score_per_pair_against_chance"] is None
        assert texts(picture(alone, ENGLISH))

    @pytest.mark.parametrize(
        ("share", "shown"), [(0, "0 %"), (0.004, "0.4 %"), (0.5, "50 %"), (0.996, "99.6 %"), (1, "100 %")]
    )
    def test_what_is_nearly_none_is_not_called_none(self, share: float, shown: str) -> None:
        assert percent(share, ENGLISH) == shown

    def test_sectors_go_by_the_readers_names(self, told: Simulation) -> None:
        assert sector_name(told, "civil_society", DANISH) == "civilsamfund"
        assert sector_name(told, "fagforening & co. <b>", DANISH) == "Fagforening & co. <b>"


class TestObject:
    def test_a_script_reads_all_of_it(self, told: Simulation) -> None:
        [line] = as_json(told, 1.23456).splitlines()
        read: dict[str, Any] = json.loads(line)["simulation"]
        assert (read["weeks"], read["members"], read["seed"], read["seconds"]) == (9, 30, 1, 1.235)
        for name, figures in (("planned", told.planned), ("chance", told.chance)):
            one = read[name]
            assert (one["repeats"], one["broken_rules"], one["broken"]) == (figures.repeats, 0, {})
            assert one["left_out"] == sum(one["left_out_by_week"]) >= one["left_out_minimum"]
            assert one["distinct_pairs"] == one["distinct_pairs_by_week"][-1] == figures.distinct[-1]
            assert sum(one["waits"].values()) == 30
            assert sum(bridge["meetings"] for bridge in one["sector_bridges"]) <= one["meetings"]
            assert len(one["sector_bridges"]) == 10
        assert read["distinct_pairs_against_chance"] == round(told.planned.distinct[-1] / told.chance.distinct[-1], 4)
        assert read["weights"]["need_offer"] == 2.0


class TestPicture:
    @pytest.mark.parametrize("language", ["da", "en"])
    def test_it_is_whole_accessible_and_needs_nothing_from_elsewhere(self, told: Simulation, language: str) -> None:
        drawn = picture(told, WORDS[language])
        root = ElementTree.fromstring(drawn)  # noqa: S314 - our own
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        assert [child.get("id") for child in root[:2]] == root.get("aria-labelledby", "").split()
        assert all(root[place].text for place in range(2))
        assert root[2].get("fill") == "#ffffff"
        assert not list(root.iter(f"{SVG}script"))
        assert "href" not in drawn
        assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]
        assert not any("{" in text for text in texts(drawn))

    def test_the_figures_stand_in_it(self, told: Simulation) -> None:
        shown = texts(picture(told, ENGLISH))
        for bridge in told.planned.bridges:
            assert ENGLISH.number(bridge.meetings) in shown
        for name in ("municipality", "civil society", "business", "foundation", "Fagforening & co. <b>"):
            assert name in shown
        assert shown.count(ENGLISH.number(told.planned.distinct[-1])) >= 2
        assert percent(told.planned.share_on_a_need(), ENGLISH) in shown
        description = ElementTree.fromstring(picture(told, ENGLISH))[1].text or ""  # noqa: S314 - our own
        assert (
            f"Different pairs who met: {told.planned.distinct[-1]} (by chance: {told.chance.distinct[-1]})"
            in description
        )
        assert "business – municipality: " in description

    def test_the_same_simulation_is_the_same_picture(self, told: Simulation) -> None:
        assert picture(told, DANISH) == picture(told, DANISH)

    @pytest.mark.parametrize(
        ("members", "sectors", "weeks"),
        [
            (2, ("a", "b"), 1),
            (40, tuple(f"En sektor med et meget langt navn, nummer {place}" for place in range(13)), 3),
            (22, tuple(f"sektor {place}" for place in range(11)), 2),
            (12, ("a", "b", "c"), 37),
            (6, ("", "a"), 5),
        ],
    )
    def test_nothing_stands_outside_of_the_sheet(self, members: int, sectors: tuple[str, ...], weeks: int) -> None:
        drawn = picture(simulate(an_academy(members, sectors), (), Circumstances(weeks), Asked(seed=2)), DANISH)
        assert all(0 <= left <= right <= 1200 and 0 <= top <= low <= 1010 for left, top, right, low in boxes(drawn))
        for text in ElementTree.fromstring(drawn).iter(f"{SVG}text"):  # noqa: S314 - our own
            wide = len(text.text or "") * float(text.get("font-size", "0")) * 0.6
            left = float(text.get("x", "0")) - {"middle": wide / 2, "end": wide}.get(text.get("text-anchor", ""), 0)
            assert left >= 0
            assert left + wide <= 1210
        hidden = [text for text in texts(drawn) if "mødtes sjældnere" in text]
        assert len(hidden) == (len(sectors) > 10)

    def test_long_waits_are_put_together(self, told: Simulation) -> None:
        long = replace(told, planned=replace(told.planned, waits={0: 20, 8: 3, 12: 7}))
        shown = texts(picture(long, ENGLISH))
        assert "8 rounds or more" in shown
        assert "10" in shown

    def test_labels_of_two_lines_that_end_together_do_not_cover_each_other(self, told: Simulation) -> None:
        def heights(ours: int, chance: int) -> tuple[float, float]:
            planned = replace(told.planned, distinct=(*told.planned.distinct[:-1], ours))
            shuffled = replace(told.chance, distinct=(*told.chance.distinct[:-1], chance))
            drawn = ElementTree.fromstring(picture(replace(told, planned=planned, chance=shuffled), ENGLISH))  # noqa: S314 - our own
            found = {
                text.text: float(text.get("y", "0"))
                for text in drawn.iter(f"{SVG}text")
                if text.get("font-size") == "13"
            }
            return found["planned"], found["by chance"]

        assert heights(100, 100)[1] - heights(100, 100)[0] == 40
        assert heights(99, 100)[0] - heights(99, 100)[1] == 40
        far = heights(100, 10)
        assert far[1] - far[0] > 40


@given(st.integers(0, 2_000_000))
def test_an_axis_has_a_few_round_numbers_and_reaches_the_top(most: int) -> None:
    marks = steps(most)
    assert marks[0] == 0
    assert marks[-1] >= most
    assert 2 <= len(marks) <= 6
    assert len({second - first for first, second in itertools.pairwise(marks)}) == 1


@given(st.text(min_size=1, max_size=80), st.floats(30, 400))
def test_words_are_fitted_into_their_place(words: str, width: float) -> None:
    assert len(fitted(words, 14, width)) * 14 * 0.58 <= max(width, 3 * 14 * 0.58) + 0.01
    assert len(wrapped(words, 14, width)) <= 2


@pytest.mark.parametrize("share", [-1, 0, 0.2, 0.4, 0.59, 0.6, 0.61, 0.8, 1, 2])
def test_letters_on_every_shade_can_be_read(share: float) -> None:
    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    one, other = sorted((light(shade(share)), light(ink_on(share))))
    assert (other + 0.05) / (one + 0.05) >= 4.5
