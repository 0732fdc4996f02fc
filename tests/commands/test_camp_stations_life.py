"""What happens around stations: channels that show them, people who leave or become one, the day itself."""

import json
from dataclasses import replace
from datetime import timedelta

from bot.camps.actions import OrganiseCamp
from bot.camps.domain import Answer, CampState
from bot.camps.leaving import give_camps
from bot.camps.stations.actions import PlanStations
from bot.identity import Account, Address, MemberId
from bot.interactions import Invocation, Place, PlaceKind, Press
from bot.members.domain import Block
from bot.messages.actions import encode_action
from bot.messages.elements import Button, Card
from bot.messages.forms import TextField
from tests.introductions_talk import Answer as Said
from tests.introductions_talk import Somebody, selects_of, words_of
from tests.stations_talk import Gathered, gathered

CHANNEL = Address("web", "channel:camp")


async def types_in_channel(who: Somebody, line: str) -> Said:
    who.academy.clock.advance(seconds=2)
    command, _, text = line.removeprefix("/").partition(" ")
    arrival = replace(who.arrival(), place=Place(CHANNEL, PlaceKind.CHANNEL))
    return Said(await who.academy.desk.invoke(Invocation(arrival, command, text)))


async def presses_in_channel(who: Somebody, button: Button) -> Said:
    who.academy.clock.advance(seconds=2)
    arrival = replace(who.arrival(), place=Place(CHANNEL, PlaceKind.CHANNEL, CHANNEL))
    return Said(await who.academy.desk.press(Press(arrival, encode_action(button.action))))


def in_channel(made: Gathered) -> list[Card]:
    chat = made.academy.chats.of(made.academy.workspace, "web")
    return [post.card for post in chat.posts if post.to == CHANNEL]


async def posted(made: Gathered, line: str = "/camp stations 2") -> Said:
    shown = await types_in_channel(made.olga, line)
    look = await presses_in_channel(made.olga, shown.buttons["Look at what people get"])
    done = await presses_in_channel(made.olga, look.buttons["Post the stations"])
    await made.academy.delivers()
    return done


async def moved(made: Gathered, first: str, to: str) -> Said:
    shown = await types_in_channel(made.olga, "/camp stations 2")
    form = (await made.olga.presses(shown.buttons["Move, swap, keep together …"])).form
    return await made.olga.fills(form, who=str(made.academy.ids[first]), what="move", station=to, other="")


class TestInAChannel:
    async def test_shown_there_and_brought_up_to_date_there(self) -> None:
        made = await gathered(6)
        done = await posted(made)
        shown = await presses_in_channel(made.olga, done.buttons["Show them in this channel"])
        assert "On their way into this channel." in shown.text
        await made.academy.delivers()
        [card] = in_channel(made)
        assert "Stations at Camp 3" in words_of(card)
        assert all(f"{first} Dahl" in words_of(card) for first in made.names)
        again = await presses_in_channel(made.olga, shown.buttons["Show them in this channel"])
        assert "They are shown in this channel already" in again.text
        first = min((await made.groups())[0])
        changed = await moved(made, first, "2")
        look = await presses_in_channel(made.olga, changed.buttons["Look at what people get"])
        done = await presses_in_channel(made.olga, look.buttons["Post the stations"])
        assert "What stands in 1 channel changes as well." in done.text
        await made.academy.delivers()
        [card] = in_channel(made)
        one, two = words_of(card).split("Station 2")
        assert f"{first} Dahl" not in one
        assert f"{first} Dahl" in two

    async def test_not_before_people_were_told(self) -> None:
        made = await gathered(6)
        done = await posted(made)
        await moved(made, min((await made.groups())[0]), "2")
        shown = await presses_in_channel(made.olga, done.buttons["Show them in this channel"])
        assert "Somebody has changed the stations meanwhile" in shown.text
        await made.academy.delivers()
        assert in_channel(made) == []

    async def test_nothing_is_shown_of_a_camp_that_was_cancelled(self) -> None:
        made = await gathered(4)
        done = await posted(made)
        await presses_in_channel(made.olga, done.buttons["Show them in this channel"])
        await made.changes_camp(state=CampState.CANCELLED)
        await made.academy.delivers()
        assert in_channel(made) == []

    async def test_in_a_direct_conversation_there_is_no_such_button(self) -> None:
        made = await gathered(6)
        await posted(made)
        assert "Show them in this channel" not in (await made.olga.types("/camp stations")).buttons


class TestPeopleWhoLeave:
    async def test_no_station_and_no_card_names_somebody_who_is_erased(self) -> None:
        made = await gathered(6)
        done = await posted(made)
        await presses_in_channel(made.olga, done.buttons["Show them in this channel"])
        await made.academy.delivers()
        group = next(group for group in await made.groups() if "Anna" in group)
        erase = await made.academy["Anna"].types("/profile erase")
        await made.academy["Anna"].presses(next(iter(erase.buttons.values())))
        await made.academy.delivers()
        plan = await made.plan()
        assert not plan.names(made.academy.ids["Anna"])
        for first in group - {"Anna"}:
            [post] = made.academy[first].posts()
            assert "Anna" not in words_of(post.card)
        assert "Anna" not in words_of(in_channel(made)[0])

    async def test_the_organiser_who_planned_them(self) -> None:
        made = await gathered(4)
        await made.olga.types("/camp stations 2")
        async with made.academy.memory.units(made.academy.workspace) as work:
            await made.academy.services.camps.leave(work, made.olga.id, made.academy.clock.now())
            await work.commit()
        assert (await made.plan()).made_by is None
        assert len((await made.plan()).members()) == 4

    async def test_two_rows_that_are_one_person_have_one_station(self) -> None:
        made = await gathered(6)
        await posted(made)
        groups = await made.groups()
        one, other = min(groups[0]), min(groups[1])
        async with made.academy.memory.units(made.academy.workspace) as work:
            now = made.academy.clock.now()
            await give_camps(work, made.academy.ids[one], made.academy.ids[other], now)
            await work.commit()
        assert await made.groups() == [groups[0] - {one}, groups[1]]

    async def test_somebody_else_takes_a_place(self) -> None:
        made = await gathered(4)
        await posted(made)
        before = await made.plan()
        new = MemberId(made.olga.id)
        async with made.academy.memory.units(made.academy.workspace) as work:
            await give_camps(work, made.academy.ids["Anna"], new, made.academy.clock.now())
            await work.commit()
        after = await made.plan()
        assert len(after.members()) == 4
        assert new in after.members()
        assert sorted(map(len, (one.members for one in after.told))) == sorted(
            map(len, (one.members for one in before.told))
        )


class TestTheDay:
    async def test_those_who_are_here_are_fitted_in(self) -> None:
        made = await gathered(8)
        await posted(made)
        made.academy.clock.set(made.camp.starts_at())
        shown = await made.olga.types("/camp stations")
        opened = await made.olga.presses(shown.buttons["Who is here?"])
        ids = made.academy.ids
        here = [first for first in made.names if first not in {"Anna", "Bo"}]
        after = await made.olga.fills(opened.form, came_1=tuple(str(ids[first]) for first in here), other="")
        shown = await made.olga.presses(after.buttons["Stations"])
        assert "Not coming any more: Anna Dahl and Bo Dahl." in shown.text
        shown = await made.olga.presses(shown.buttons["Bring up to date"])
        groups = await made.groups()
        assert sorted(first for group in groups for first in group) == sorted(here)

    async def test_many_names_are_counted(self) -> None:
        made = await gathered(10)
        await made.olga.types("/camp stations 2")
        for first in made.names[:7]:
            await made.signs(first, Answer.NO)
        shown = await made.olga.types("/camp stations 2")
        assert "Not coming any more: " in shown.text
        assert " and 2 more." in shown.text

    async def test_with_everybody_kept_in_place_nobody_is_drawn(self) -> None:
        made = await gathered(4)
        shown = await made.olga.types("/camp stations 2")
        for number in ("1", "2"):
            shown = await made.olga.chooses(selects_of(shown.card)[0], number)
        before = await made.groups()
        shown = await made.olga.presses(shown.buttons["Draw again"])
        assert await made.groups() == before
        await made.academy.change("Olga")
        await made.signs("Olga")
        refused = await made.olga.presses(shown.buttons["Draw again"])
        assert "All stations are to stay as they are. Let go of one first." in refused.text
        shown = await made.olga.types("/camp stations")
        await made.olga.presses(shown.buttons["Bring up to date"])
        assert sorted(first for group in await made.groups() for first in group) == sorted([*made.names, "Olga"])

    async def test_two_who_blocked_each_other_are_not_put_together(self) -> None:
        made = await gathered(6)
        ids = made.academy.ids
        async with made.academy.memory.units(made.academy.workspace) as work:
            await work.members.block(Block(ids["Anna"], ids["Bo"], made.academy.clock.now()))
            await work.members.block(Block(ids["Carl"], ids["Bo"], made.academy.clock.now()))
            await work.commit()
        shown = await made.olga.types("/camp stations 2")
        [together] = [group for group in await made.groups() if "Bo" in group]
        assert not together & {"Anna", "Carl"}
        number = "1" if "Bo" in (await made.groups())[1] else "2"
        form = (await made.olga.presses(shown.buttons["Move, swap, keep together …"])).form
        refused = await made.olga.fills(form, who=str(ids["Bo"]), what="move", station=number, other="")
        assert refused.problems == {"station": "I can't put these people at one station. Choose another one."}
        await made.signs("Bo", Answer.NO)
        await made.olga.presses((await made.olga.types("/camp stations 2")).buttons["Bring up to date"])
        await made.signs("Bo")
        await made.olga.presses((await made.olga.types("/camp stations 2")).buttons["Bring up to date"])
        [together] = [group for group in await made.groups() if "Bo" in group]
        assert not together & {"Anna", "Carl"}


class TestByButton:
    async def test_from_the_camp_to_its_stations(self) -> None:
        made = await gathered(6, cases=("A flat", "A family"))
        desk = await made.olga.sends_wire(encode_action(OrganiseCamp(made.camp.id)))
        asked = await made.olga.presses(desk.buttons["Stations"])
        [field] = asked.form.fields
        assert isinstance(field, TextField)
        assert field.value == "2"
        for typed, said in (
            ("many", "Write a number, such as 3."),
            ("²", "Write a number, such as 3."),
            ("0", "There has to be one station at least."),
            ("-3", "There has to be one station at least."),
            ("60", "60 stations are too many: only 6 come. Choose fewer."),
        ):
            assert (await made.olga.fills(asked.form, count=typed)).problems == {"count": said}
        shown = await made.olga.fills(asked.form, count=" 3 ")
        assert "3 stations · 6 people" in shown.text
        again = await made.olga.presses(desk.buttons["Stations"])
        assert "3 stations · 6 people" in again.text

    async def test_three_where_there_are_no_cases(self) -> None:
        made = await gathered(6)
        asked = await made.olga.sends_wire(encode_action(PlanStations(made.camp.id)))
        assert isinstance(asked.form.fields[0], TextField)
        assert asked.form.fields[0].value == "3"

    async def test_once_it_has_begun_the_way_is_to_what_follows(self) -> None:
        made = await gathered(3)
        organise = encode_action(OrganiseCamp(made.camp.id))
        assert "Round off the camp" not in (await made.olga.sends_wire(organise)).buttons
        made.academy.clock.set(made.camp.ends_at() + timedelta(hours=1))
        await made.changes_camp(state=CampState.HELD)
        desk = await made.olga.sends_wire(organise)
        assert "Stations" not in desk.buttons
        assert "After Camp 3" in (await made.olga.presses(desk.buttons["Round off the camp"])).text
        await made.changes_camp(state=CampState.CANCELLED)
        assert "Round off the camp" not in (await made.olga.sends_wire(organise)).buttons


async def test_a_list_for_the_door() -> None:
    made = await gathered(4, cases=("=A flat", "A family"))
    shown = await made.olga.types("/camp stations")
    handed = await made.olga.presses(shown.buttons["As a file"])
    lines = handed.handed.file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Station;Case;Name;Organisation;Sector"
    assert len(lines) == 5
    assert all(line.startswith(("1;'=A flat;", "2;A family;")) for line in lines[1:])
    assert handed.handed.file.name == "stations-2026-03-22.csv"


async def test_whom_the_word_did_not_reach_is_told_to_the_organiser() -> None:
    made = await gathered(4)
    async with made.academy.memory.units(made.academy.workspace) as work:
        anna = await work.members.get(made.academy.ids["Anna"])
        assert anna is not None
        await work.members.put(replace(anna, accounts=()))
        await work.commit()
    done = await posted(made)
    shown = await made.olga.presses(done.buttons["Back to the stations"])
    assert "My message did not reach Anna Dahl. Tell them yourself." in shown.text
    await made.academy.change("Anna", accounts=(Account("web", "Anna"),))
    number = "2" if "Anna" in (await made.groups())[0] else "1"
    changed = await moved(made, "Anna", number)
    look = await presses_in_channel(made.olga, changed.buttons["Look at what people get"])
    done = await presses_in_channel(made.olga, look.buttons["Post the stations"])
    await made.academy.delivers()
    assert len(made.academy["Anna"].posts()) == 1
    assert "did not reach" not in (await made.olga.presses(done.buttons["Back to the stations"])).text


async def test_what_is_kept_of_somebody_is_handed_to_them() -> None:
    made = await gathered(4)
    await posted(made)
    number = next(n for n, group in enumerate(await made.groups(), start=1) if "Anna" in group)
    handed = await made.academy["Anna"].types("/profile export")
    [camp] = json.loads(handed.handed.file.content)["camps"]
    assert (camp["station"], camp["said_how_it_was"]) == (number, False)
