"""``/camp stations`` once they are posted: who is told, what changes then, and what is remembered."""

from dataclasses import replace
from datetime import timedelta

from bot.camps.domain import Answer, CampState
from bot.identity import CampId, new_id
from bot.introductions.gathering import gather
from bot.members.domain import Consent
from tests.introductions_talk import words_of
from tests.stations_posted import changed, everybody_once, planned, posted
from tests.stations_talk import Gathered, gathered


class TestPosting:
    async def test_each_gets_one_message_with_their_station_and_its_people(self) -> None:
        made = await gathered(9)
        shown = await planned(made)
        look = await made.olga.presses(shown.buttons["Look at what people get"])
        assert "9 people get a private message with their station." in look.text
        assert not made.academy["Anna"].posts()
        done = await made.olga.presses(look.buttons["Post the stations"])
        assert "The stations are on their way" in done.text
        await made.academy.delivers()
        for group in await made.groups():
            for first in group:
                [post] = made.academy[first].posts()
                read = words_of(post.card)
                assert "Your station at Camp 3" in read
                assert all(f"{other} Dahl" in read for other in group - {first})
                assert not any(f"{other} Dahl" in read for other in set(made.names) - group)
        shown = await made.olga.presses(done.buttons["Back to the stations"])
        assert "people know of them" in shown.text
        assert "Throw away" not in shown.buttons
        assert "Look at what people get" not in shown.buttons

    async def test_pressed_twice_it_is_told_once(self) -> None:
        made = await gathered(6)
        shown = await planned(made)
        look = await made.olga.presses(shown.buttons["Look at what people get"])
        await made.olga.presses(look.buttons["Post the stations"])
        again = await made.olga.presses(look.buttons["Post the stations"])
        assert "Somebody has changed the stations meanwhile" in again.text
        await made.academy.delivers()
        assert [len(made.academy[first].posts()) for first in made.names] == [1] * 6

    async def test_afterwards_only_those_who_are_touched_hear_of_a_change(self) -> None:
        made = await gathered(9)
        done = await posted(made)
        groups = await made.groups()
        mover = min(groups[0])
        shown = await made.olga.presses(done.buttons["Back to the stations"])
        shown = await changed(made, shown, who=mover, what="move", station="2")
        assert "changed since people were told" in shown.text
        look = await made.olga.presses(shown.buttons["Look at what people get"])
        assert "1 person gets a private message with their station." in look.text
        assert "5 people stay and have others beside them" in look.text
        await made.olga.presses(look.buttons["Post the stations"])
        await made.academy.delivers()
        assert [len(made.academy[first].posts()) for first in made.names] == [
            2 if first == mover else 1 for first in made.names
        ]
        old, new = made.academy[mover].posts()
        assert "Your station at Camp 3 has changed." in words_of(old.card)
        assert "Station 2" in words_of(new.card)
        for first in groups[1]:
            assert f"{mover} Dahl" in made.academy[first].reads()
        for first in groups[0] - {mover}:
            assert f"{mover} Dahl" not in made.academy[first].reads()

    async def test_who_does_not_come_any_more_and_who_is_new(self) -> None:
        made = await gathered(9)
        await made.signs("Bo", Answer.NO)
        done = await posted(made)
        await made.signs("Bo")
        await made.signs("Anna", Answer.NO)
        shown = await made.olga.presses(done.buttons["Back to the stations"])
        assert "No station yet: Bo Dahl." in shown.text
        assert "Not coming any more: Anna Dahl." in shown.text
        shown = await made.olga.presses(shown.buttons["Bring up to date"])
        assert everybody_once(made, await made.groups(), "Anna")
        look = await made.olga.presses(shown.buttons["Look at what people get"])
        assert "1 person has no station any more; their card says so." in look.text
        await made.olga.presses(look.buttons["Post the stations"])
        await made.academy.delivers()
        assert "You have no station at Camp 3 just now." in made.academy["Anna"].reads()
        assert "Your station at Camp 3" in made.academy["Bo"].reads()
        assert len(made.academy["Bo"].posts()) == 1

    async def test_whoever_withdrew_since_is_not_told(self) -> None:
        made = await gathered(6)
        shown = await planned(made)
        look = await made.olga.presses(shown.buttons["Look at what people get"])
        await made.signs("Anna", Answer.NO)
        await made.olga.presses(look.buttons["Post the stations"])
        await made.academy.delivers()
        assert not made.academy["Anna"].posts()
        assert everybody_once(made, await made.groups(), "Anna")

    async def test_nothing_is_told_once_the_camp_is_over_or_cancelled(self) -> None:
        made = await gathered(6)
        shown = await planned(made)
        look = await made.olga.presses(shown.buttons["Look at what people get"])
        made.academy.clock.set(made.camp.ends_at() + timedelta(hours=1))
        assert "That camp is over" in (await made.olga.presses(look.buttons["Post the stations"])).text
        made.academy.clock.set(made.camp.starts_at() - timedelta(hours=1))
        await made.olga.presses(look.buttons["Post the stations"])
        await made.changes_camp(state=CampState.CANCELLED)
        await made.academy.delivers()
        assert not made.academy["Anna"].posts()


class TestRemembered:
    async def test_no_round_introduces_them_to_each_other_soon(self) -> None:
        made = await gathered(8)
        for first in made.names:
            await made.academy.change(first, consent=Consent.YES)
        await posted(made)
        groups = await made.groups()
        shown = await made.olga.types("/match round")
        assert "Round 1" in shown.text
        named = {member: first for first, member in made.academy.ids.items()}
        for intro in await made.academy.intros():
            pair = {named[member] for member in intro.members()}
            assert not any(pair <= group for group in groups)

    async def test_one_station_for_all_brings_nobody_together_in_particular(self) -> None:
        made = await gathered(4)
        look = await made.olga.presses((await planned(made, "/camp stations 1")).buttons["Look at what people get"])
        await made.olga.presses(look.buttons["Post the stations"])
        async with made.academy.memory.units(made.academy.workspace, reading=True) as work:
            assert (await gather(work, made.academy.clock.now())).history == ()

    async def test_who_did_not_come_has_met_nobody(self) -> None:
        made = await gathered(6)
        await posted(made)
        groups = [group for group in await made.groups() if "Anna" in group]
        await made.signs("Anna", attended=False)
        async with made.academy.memory.units(made.academy.workspace, reading=True) as work:
            met = [set(one.members) for one in (await gather(work, made.academy.clock.now())).history]
        others = {str(made.academy.ids[first]) for first in groups[0] - {"Anna"}}
        assert len(others) < 2 or others in met
        assert not any(str(made.academy.ids["Anna"]) in members for members in met)

    async def test_the_next_camp_mixes_them_anew(self) -> None:
        made = await gathered(9)
        await posted(made)
        first = await made.groups()
        await made.changes_camp(state=CampState.HELD)
        again = await gathered_again(made)
        shown = await again.olga.types("/camp stations 3")
        assert "Nobody sits with a colleague, or with somebody they met lately." in shown.text
        for group in await again.groups():
            assert all(len(group & before) == 1 for before in first)
        shown = await again.olga.types("/camp stations 1")
        assert "At one station: 9 pairs met lately." in shown.text


async def gathered_again(made: Gathered) -> Gathered:
    """Another camp of the same academy, to which the same people come."""
    camp = replace(made.camp, id=CampId(new_id()), name="Camp 4", day=made.camp.day + timedelta(days=20))
    async with made.academy.memory.units(made.academy.workspace) as work:
        await work.camps.put(camp)
        await work.commit()
    again = Gathered(made.academy, camp, made.names)
    for name in made.names:
        await again.signs(name)
    return again
