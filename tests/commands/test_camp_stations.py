"""``/camp stations``: planned, looked at, changed by hand; and what cannot be."""

from bot.camps.domain import Answer, CampState
from tests.introductions_talk import selects_of
from tests.stations_posted import changed, everybody_once, planned
from tests.stations_talk import gathered


class TestPlanning:
    async def test_everybody_who_comes_has_one_station(self) -> None:
        made = await gathered(9)
        shown = await planned(made)
        groups = await made.groups()
        assert everybody_once(made, groups)
        assert [len(group) for group in groups] == [3, 3, 3]
        assert "3 stations · 9 people · nobody knows of them yet" in shown.text
        assert "Nobody sits with a colleague, or with somebody they met lately." in shown.text
        assert "Nobody hears of anything here before you post it." in shown.text
        assert "Anna Dahl · Organisation 0 · municipality" in shown.text
        assert not made.academy["Anna"].posts()

    async def test_typed_again_it_shows_what_there_is_and_another_number_plans_anew(self) -> None:
        made = await gathered(9)
        await planned(made)
        before = await made.plan()
        await planned(made)
        assert await made.plan() == before
        shown = await planned(made, "/camp stations 2")
        assert len(await made.groups()) == 2
        assert "The stations have" not in shown.text
        await planned(made, "/camp stations")
        assert len(await made.groups()) == 2

    async def test_a_station_a_case(self) -> None:
        made = await gathered(8, cases=("A flat of one’s own", "A family"))
        shown = await planned(made, "/camp stations")
        assert "Station 1: A flat of one’s own" in shown.text
        assert [station.case for station in (await made.plan()).stations] == ["A flat of one’s own", "A family"]
        await planned(made, "/camp stations 3")
        cases = [station.case for station in (await made.plan()).stations]
        assert cases == ["A flat of one’s own", "A family", "A flat of one’s own"]
        assert "1 case of the camp has no station." in (await planned(made, "/camp stations 1")).text

    async def test_only_those_who_come(self) -> None:
        made = await gathered(8)
        await made.signs("Anna", Answer.NO)
        await made.signs("Bo", Answer.MAYBE)
        await planned(made)
        assert everybody_once(made, await made.groups(), "Anna", "Bo")

    async def test_on_the_day_only_those_who_came(self) -> None:
        made = await gathered(6)
        for first in ("Anna", "Bo", "Carl"):
            await made.signs(first, attended=True)
        await planned(made, "/camp stations 1")
        assert await made.groups() == [{"Anna", "Bo", "Carl"}]

    async def test_guests_are_counted_beside_whoever_brings_them(self) -> None:
        made = await gathered(6)
        await made.signs("Anna", guests=2)
        shown = await planned(made)
        assert "2 guests come along, and sit with whoever brings them." in shown.text
        assert "Anna Dahl +2" in shown.text

    async def test_many_stations_have_pages(self) -> None:
        made = await gathered(20)
        shown = await planned(made, "/camp stations 10")
        assert "Page 1 of 2" in shown.text
        shown = await made.olga.presses(shown.buttons["Next page"])
        assert shown.replaced
        assert "Station 9" in shown.text
        assert "Station 8" not in shown.text
        shown = await made.olga.presses(shown.buttons["Previous page"])
        assert "Station 8" in shown.text


class TestWhatCannotBe:
    async def test_numbers(self) -> None:
        made = await gathered(5)
        for line, said in (
            ("/camp stations 0", "There has to be one station at least."),
            ("/camp stations -1", "There has to be one station at least."),
            ("/camp stations 60", "60 stations are too many: only 5 come. Choose fewer."),
            ("/camp stations", "How many stations shall there be? For example /camp stations 3."),
            ("/camp stations many", "count"),
        ):
            shown = await made.olga.types(line)
            assert said in shown.text, shown.text

    async def test_nobody_comes(self) -> None:
        made = await gathered(0)
        shown = await made.olga.types("/camp stations 3")
        assert "Nobody has a seat at that camp yet" in shown.text

    async def test_no_camp_or_one_that_was_cancelled(self) -> None:
        made = await gathered(5)
        await planned(made)
        shown = await made.olga.types('/camp stations 2 "Camp 9"')
        assert "I know no camp by that name" in shown.text
        await made.changes_camp(state=CampState.CANCELLED)
        assert "No camp is planned" in (await made.olga.types("/camp stations 3")).text
        assert "does not take place" in (await made.olga.types('/camp stations 3 "Camp 3"')).text

    async def test_only_organisers(self) -> None:
        made = await gathered(5)
        assert "Only an organiser" in (await made.academy["Anna"].types("/camp stations 3")).text


class TestByHand:
    async def test_somebody_moves_and_two_change_places(self) -> None:
        made = await gathered(9)
        shown = await planned(made)
        groups = await made.groups()
        mover, stays = min(groups[0]), min(groups[1])
        shown = await changed(made, shown, who=mover, what="move", station="2")
        after = await made.groups()
        assert mover in after[1]
        assert everybody_once(made, after)
        assert "The stations have between 2 and 4 people." in shown.text
        shown = await changed(made, shown, who=stays, what="swap", other=min(after[2]))
        assert stays in (await made.groups())[2]
        assert everybody_once(made, await made.groups())

    async def test_two_sit_together_in_every_further_draw(self) -> None:
        made = await gathered(9)
        shown = await planned(made)
        groups = await made.groups()
        one, other = min(groups[0]), min(groups[1])
        shown = await changed(made, shown, who=one, what="together", other=other)
        assert {one, other} <= (await made.groups())[1]
        assert "Together: " in shown.text
        for _ in range(3):
            shown = await made.olga.presses(shown.buttons["Draw again"])
            assert any({one, other} <= group for group in await made.groups())
        shown = await made.olga.presses(shown.buttons["Let go of all locks"])
        assert "Together: " not in shown.text

    async def test_two_who_sit_together_are_kept_apart(self) -> None:
        made = await gathered(9)
        shown = await planned(made)
        one, other = sorted((await made.groups())[0])[:2]
        shown = await changed(made, shown, who=one, what="apart", other=other)
        assert not any({one, other} <= group for group in await made.groups())
        assert "Kept apart: " in shown.text
        number = next(n for n, group in enumerate(await made.groups(), start=1) if other in group)
        refused = await changed(made, shown, who=one, what="move", station=str(number))
        assert refused.problems == {"station": "I can't put these people at one station. Choose another one."}

    async def test_a_station_that_stays_as_it_is(self) -> None:
        made = await gathered(9)
        shown = await planned(made)
        [select] = selects_of(shown.card)
        shown = await made.olga.chooses(select, "2")
        assert "[stays as it is]" in shown.text
        kept = (await made.groups())[1]
        for _ in range(3):
            shown = await made.olga.presses(shown.buttons["Draw again"])
            assert (await made.groups())[1] == kept
            assert everybody_once(made, await made.groups())
        [select] = selects_of(shown.card)
        shown = await made.olga.chooses(select, "2")
        assert "[stays as it is]" not in shown.text
        for bad in ("0", "9", "x", "123456"):
            assert "Choose a station from the list." in (await made.olga.chooses(selects_of(shown.card)[0], bad)).text

    async def test_what_is_missing_in_the_form_is_told_by_its_field(self) -> None:
        made = await gathered(6)
        shown = await planned(made)
        first = min((await made.groups())[0])
        said = [
            (await changed(made, shown, who=first, what=what, **more)).problems
            for what, more in (
                ("move", {}),
                ("move", {"station": "1"}),
                ("swap", {}),
                ("swap", {"other": first}),
                ("swap", {"other": sorted((await made.groups())[0])[1]}),
            )
        ]
        assert said == [
            {"station": "Choose the station that they are to go to."},
            {"station": "That is where they are already. Choose another station."},
            {"other": "Choose the other person."},
            {"other": "Choose two different people."},
            {"other": "These two can't change places. Choose two people who are at different stations."},
        ]

    async def test_two_organisers_at_once_overwrite_nothing(self) -> None:
        made = await gathered(9)
        shown = await planned(made)
        await made.olga.presses(shown.buttons["Draw again"])
        before = await made.plan()
        for old in ("Draw again", "Look at what people get"):
            await made.olga.presses(shown.buttons[old])
        again = await made.olga.presses(shown.buttons["Draw again"])
        assert "Somebody has changed the stations meanwhile" in again.text
        assert await made.plan() == before

    async def test_thrown_away(self) -> None:
        made = await gathered(6)
        shown = await planned(made)
        gone = await made.olga.presses(shown.buttons["Throw away"])
        assert "Thrown away. Nobody has heard of these stations." in gone.text
        assert "There are no stations for that camp yet" in (await made.olga.presses(shown.buttons["Draw again"])).text
