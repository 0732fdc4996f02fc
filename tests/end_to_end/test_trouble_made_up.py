"""Every button and form of the house, made up by hand: other people's ids, odd numbers, choices that were never offered.

What comes from a platform is signed by it, but what a button holds was once in somebody's window.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import get_type_hints
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.deliveries.domain import LetterTable
from bot.dispatcher import Dispatcher, House
from bot.interactions import Press, Submission
from bot.introductions.domain import Intro
from bot.letters import LETTERS
from bot.members.domain import Member
from bot.messages.actions import Action, encode_action
from bot.messages.elements import File
from bot.messages.forms import FormInput
from commands import ACTIONS, COMMANDS, FORMS
from tests.databases import Storage, opened
from tests.introductions_talk import LANGUAGES, Academy, Answer, Somebody, a_sent_round, a_small_academy

NUMBERS = (0, 1, 2, -1, 25, 2**31, 2**63, 10**30)
WORDS = ("", "x", "met", "ageing", "da", "-", "...", "business", "a" * 20)
CHOICES: tuple[tuple[str, ...], ...] = ((), ("nothing",), ("0",), ("-1",), ("9" * 30,), ("😀",), ("1", "1"), ("",))
VALUES: tuple[FormInput, ...] = (
    "",
    "x" * 5000,
    "a\x00b\x07\u202e",
    "<!channel> @everyone <script>alert(1)</script>",
    "٣",
    "2026-02-30",
    "-1",
    "9" * 30,
    ("a", "b", "a"),
    (),
    "\n".join(f"line {number}" for number in range(300)),
    File("roster.csv", "text/csv", b"\x00\xff\xfePK\x03\x04" * 50),
    File("roster.csv", "text/csv", "name;organisation;sector\n\x00;;".encode("utf-16")),
    File("", "", b""),
)


WHOLE: dict[str, FormInput] = {
    "name": "Somebody",
    "organisation": "Somewhere",
    "sector": ("business",),
    "themes": "ageing",
    "needs": "premises",
    "offers": "data",
    "language": ("da",),
    "intros_per_round": ("2",),
    "until": "2026-05-01",
    "term": "premises",
    "what": ("together",),
    "key": "unions",
    "da": "fagforening",
    "en": "union",
    "names": ("yes",),
    "novelty_rounds": "5",
    "answer_days": "5",
    "timezone": "Europe/Copenhagen",
    "file": File("roster.csv", "text/csv", b"name,organisation,sector\nA,B,business\n"),
}


async def an_academy(storage: Storage) -> Academy:
    academy = await a_small_academy(storage=storage)
    services = replace(academy.services, commands=COMMANDS)
    house = House("en", ZoneInfo("Europe/Copenhagen"))
    tables = (COMMANDS, ACTIONS, FORMS)
    academy.desk = Dispatcher(tables, services, storage.units, LANGUAGES, academy.clock, house)
    return academy


def made_up(kind: type[Action], ids: Sequence[UUID], dice: Random) -> Action:
    """An intent of this kind, with whatever fits its fields."""
    hints = get_type_hints(kind)
    values: list[object] = []
    for field in dataclasses.fields(kind):
        base: object = getattr(hints[field.name], "__supertype__", hints[field.name])
        pool: Sequence[object] = ids if base is UUID else NUMBERS if base is int else WORDS
        values.append(dice.choice(pool))
    return kind(*values)


def fitting(kind: type[Action], ids: Sequence[UUID], dice: Random) -> str:
    """The same as it goes over the wire."""
    while True:
        try:
            return encode_action(made_up(kind, ids, dice))
        except ValueError:
            continue


async def others(academy: Academy, who: Somebody) -> list[Member]:
    return [await academy.member(first) for first in sorted(academy.ids) if first != who.first]


async def intros_of_others(academy: Academy, who: Somebody) -> list[Intro]:
    return [intro for intro in await academy.intros() if intro.part_of(who.id) is None]


@pytest.mark.parametrize(("first", "seed"), [("Anna", 1), ("Olga", 2)])
async def test_whatever_is_made_up_gets_a_kind_word(
    sqlite_url: str, first: str, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    dice = Random(seed)
    async with opened(sqlite_url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        academy = await an_academy(storage)
        await a_sent_round(academy)
        who = academy[first]
        rounds, intros = await academy.rounds(), await academy.intros()
        people = await others(academy, who)
        untouched = await intros_of_others(academy, who)
        ids = [*(one.id for one in (*rounds, *intros, *people)), uuid4(), UUID(int=0), UUID(int=2**128 - 1)]

        said: list[tuple[str, str]] = []
        for row in ACTIONS:
            for _ in range(4):
                wire = fitting(row.action, ids, dice)
                said.append((wire, await _presses(who, wire, dice)))
        for row in FORMS:
            for _ in range(6):
                wire = fitting(row.action, ids, dice)
                said.append((wire, await _submits(who, wire, ids, dice)))
        assert len({text for _, text in said}) > 10
        # What went wrong by itself, and was not foreseen, is in the log.
        assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []

        # A member changes nobody but themself, and nothing between others.
        if first == "Anna":
            assert await others(academy, who) == people
            assert await intros_of_others(academy, who) == untouched
        else:
            assert [one.id for one in await others(academy, who) if one.erased_at is None] == [one.id for one in people]


async def _presses(who: Somebody, wire: str, dice: Random) -> str:
    who.academy.clock.advance(seconds=2)
    return Answer(await who.academy.desk.press(Press(who.arrival(), wire, dice.choice(CHOICES)))).text


async def _submits(who: Somebody, wire: str, ids: Sequence[UUID], dice: Random) -> str:
    """A form that is whole but for one to three of its fields."""
    values: dict[str, FormInput] = {
        **WHOLE,
        **{key: str(dice.choice(ids)) for key in ("member", "one", "other")},
    }
    for key in dice.sample(sorted(values), dice.randrange(1, 12)):
        values[key] = dice.choice(VALUES)
    who.academy.clock.advance(seconds=2)
    return Answer(await who.academy.desk.submit(Submission(who.arrival(), wire, values))).text
