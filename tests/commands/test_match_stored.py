"""The story of a round on a real database: what is written is what is read, with locks, rules and a goodbye."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.deliveries.domain import LetterTable
from bot.introductions.domain import IntroState, RoundState
from bot.letters import LETTERS
from storage import upgrade
from tests.databases import Storage, opened, sqlite_url
from tests.introductions_talk import a_sent_round, a_small_academy, selects_of, words_of


@pytest.fixture
async def stored(tmp_path: Path) -> AsyncGenerator[Storage, None]:
    url = sqlite_url(tmp_path / "academy.db")
    await upgrade.make_ready(url)
    async with opened(url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        yield storage


async def test_a_round_lives_on_sqlite_from_the_draft_to_the_close(stored: Storage) -> None:
    academy = await a_small_academy(storage=stored)
    olga, anna, bo, carl = (academy[name] for name in ("Olga", "Anna", "Bo", "Carl"))
    rule = await olga.types('/match schedule every:"tuesday 09:00"')
    await olga.presses(rule.buttons["Do it like that"])
    await academy.passes(days=1)
    assert "Round 1 is ready to look at" in olga.reads()

    shown = await olga.presses("Look at the round")
    lock = selects_of(shown.card)[0]
    locked = await olga.chooses(lock, lock.choices[0].value)
    again = await olga.presses(locked.buttons["Draw again"])
    assert "[locked]" in again.text
    late = await olga.presses(shown.buttons["Send"])
    assert "Somebody has changed the draft meanwhile" in late.text
    await olga.presses(again.buttons["Send"])
    await academy.delivers()

    await anna.presses("Yes, introduce us")
    await carl.presses("Not this person")
    await bo.presses("Yes, introduce us")
    await academy.delivers()
    (room,) = academy.rooms()
    assert "Anna Holm" in words_of(room)
    found = await carl.types("/match find premises")
    await carl.presses(found.buttons["Ask for an introduction"])
    await academy.delivers()

    await academy.passes(days=10)
    assert "Did you meet Bo Lind?" in anna.reads()
    await anna.presses("Yes, we met")
    assert "1 | 3 Mar 2026 | 2 | 1 | 1 | 0" in (await olga.types("/match history")).text
    states = sorted(intro.state.value for intro in await academy.intros())
    assert states.count("opened") == 1
    assert "lapsed" in states

    asked = await bo.types("/profile erase")
    await bo.presses(next(button for label, button in asked.buttons.items() if "orget" in label))
    await academy.delivers()
    assert "Bo Lind" not in words_of(academy.rooms()[0])


async def test_who_paused_is_taken_out_and_a_dropped_round_stays_dropped_on_sqlite(stored: Storage) -> None:
    academy = await a_small_academy(storage=stored)
    drawn = await academy["Olga"].types("/match round")
    await academy["Olga"].presses(drawn.buttons["Drop"])
    assert [one.state for one in await academy.rounds()] == [RoundState.DROPPED]
    await academy["Bo"].types('/profile pause "3 weeks"')
    await a_sent_round(academy)
    offered = await academy.intros(IntroState.OFFERED)
    assert academy.ids["Bo"] not in {member for intro in offered for member in intro.members()}
    assert academy["Bo"].posts() == []
