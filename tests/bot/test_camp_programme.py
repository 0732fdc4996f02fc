"""A pasted programme, however it is written; and back, so that a form shows what it reads again."""

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.camps.clocks import NoSuchTime, clocks_in, read_clock, read_hours
from bot.camps.domain import Item
from bot.camps.programme import as_typed, read_programme
from bot.errors import NotUnderstood

CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40)
# What the reading itself looks for, in any order.
PIECES = st.lists(
    st.sampled_from(
        ["A", "b", " ", " / ", "/", " v. ", " v/", "v", ".", "-", "–", ":", "1. ", "2) ", "9", "09.00", "kl. ", "pm"]
    ),
    max_size=8,
).map("".join)
SHAPES = (
    "{:%H.%M}",
    "{:%H:%M}",
    "kl. {:%H.%M}",
    "Kl. {:%H:%M}",
    "klokken {:%H.%M}",
    "- {:%H.%M}",
    "• {:%H:%M}",
    "3) {:%H.%M}",
)


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("09.00 Title / speaker", Item("Title", time(9), speaker="speaker")),
        ("08.30 - Morgencroissant og check in", Item("Morgencroissant og check in", time(8, 30))),
        ("12.00 / Frokost", Item("Frokost", time(12))),
        ("Velkommen / Dagens formål", Item("Velkommen", speaker="Dagens formål")),
        ("Vi åbner en kommune v. Henrik", Item("Vi åbner en kommune", speaker="Henrik")),
        ("10.00 Oplæg / Case 1 v/ Lykke, Novo", Item("Oplæg / Case 1", time(10), speaker="Lykke, Novo")),
        ("9:00 – 9.45  Oplæg", Item("Oplæg", time(9), time(9, 45))),
        ("kl. 9-9.45: Oplæg", Item("Oplæg", time(9), time(9, 45))),
        ("09.00 til 10.00 Oplæg", Item("Oplæg", time(9), time(10))),
        ("kl. 9 Velkommen", Item("Velkommen", time(9))),
        ("9 am Hello / Bo", Item("Hello", time(9), speaker="Bo")),
        ("12 pm Lunch", Item("Lunch", time(12))),
        ("1-3 pm Work", Item("Work", time(13), time(15))),
        ("9-3 pm Work", Item("Work", time(9), time(15))),
        ("• 09.00\tVelkommen", Item("Velkommen", time(9))),
        ("1. Velkommen", Item("Velkommen")),
        ("2) 09.00 Velkommen", Item("Velkommen", time(9))),
        ("50 deltagere mødes", Item("50 deltagere mødes")),
        ("3 stationer og 2026 idéer", Item("3 stationer og 2026 idéer")),
        ("Stationer (9-11)", Item("Stationer (9-11)")),
        ("09.00 A /", Item("A", time(9))),
    ],
)
def test_a_line(line: str, item: Item) -> None:
    assert read_programme(line) == (item,)


@pytest.mark.parametrize("line", ["25.00 A", "9.75 A", "12,30 A", "8h30 A", "kl. 25 A", "13 pm A", "0 am A", "9.000 A"])
def test_what_was_meant_as_a_time_and_is_none_names_its_line(line: str) -> None:
    with pytest.raises(NotUnderstood) as sorry:
        read_programme(f"08.00 Before\n\n{line}")
    assert sorry.value.said.values["lines"] == "3"


def test_an_empty_programme_has_nothing_in_it() -> None:
    assert read_programme(" \n\n - \n") == ()


def test_lines_at_the_same_time_are_in_order() -> None:
    assert len(read_programme("09.00 A\n09.00 B\nC\n09.00 D")) == 4


@given(CLOCKS, st.sampled_from(SHAPES))
def test_a_time_is_read_however_it_is_written(at: time, shape: str) -> None:
    (item,) = read_programme(f"{shape.format(at)} Something")
    assert item == Item("Something", at)


@given(st.lists(st.tuples(st.none() | CLOCKS, PIECES | WORDS, PIECES | WORDS), max_size=5))
@settings(max_examples=150)
def test_whatever_is_pasted_is_read_or_asked_about_and_comes_back_the_same(
    lines: list[tuple[time | None, str, str]],
) -> None:
    typed = "\n".join(f"{'' if at is None else f'{at:%H.%M}'} {title} / {speaker}" for at, title, speaker in lines)
    try:
        found = read_programme(typed)
    except NotUnderstood:
        return
    timed = [one.at for one in found if one.at is not None]
    assert timed == sorted(timed)
    assert all(one.title for one in found)
    assert read_programme(as_typed(found)) == found


@given(CLOCKS, CLOCKS)
def test_hours_are_read_or_the_end_comes_first(begins: time, ends: time) -> None:
    for shape in ("{0:%H.%M}-{1:%H.%M}", "kl. {0:%H:%M} til {1:%H.%M}", "fra {0:%H.%M} – {1:%H.%M}."):
        typed = shape.format(begins, ends)
        night = 24 * 60 + 60 * (ends.hour - begins.hour) + ends.minute - begins.minute
        if ends > begins or night <= 16 * 60:
            assert read_hours(typed) == (begins, ends)
        else:
            with pytest.raises(NotUnderstood):
                read_hours(typed)


@given(WORDS)
def test_nothing_that_is_typed_breaks_the_reading_of_a_time(typed: str) -> None:
    for read in (read_clock, read_hours, clocks_in):
        try:
            read(typed)
        except (NotUnderstood, NoSuchTime):
            continue


@pytest.mark.parametrize(
    ("typed", "at"), [("8", time(8)), ("08.30", time(8, 30)), ("kl. 8:30", time(8, 30)), (" 9 am ", time(9))]
)
def test_one_time(typed: str, at: time) -> None:
    assert read_clock(typed) == at
