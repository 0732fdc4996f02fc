"""Corners of stations and of what follows a camp, which a dialogue rarely reaches."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.camps.domain import Answer, CampState
from bot.camps.handover.actions import PreviewDayNotes, ShareDayNotes
from bot.camps.handover.cards import answers_card
from bot.camps.handover.domain import Opinion, Rating, Result
from bot.camps.handover.scheduling import hand_over, hand_over_later
from bot.camps.leaving import give_camps
from bot.camps.stations.actions import ChangeStations
from bot.camps.stations.cards import page_with, stations_card
from bot.camps.stations.domain import Station
from bot.camps.stations.forms import change_form, filled_in
from bot.camps.stations.postingcards import preview_card
from bot.camps.stations.seeing import StationsView
from bot.errors import NotUnderstood
from bot.members.domain import Role
from bot.messages.actions import encode_action
from bot.messages.forms import MemberField
from bot.schedules.domain import ScheduleKind
from tests.introductions_talk import LANGUAGES, a_member, selects_of, words_of
from tests.stations_talk import Gathered, gathered

ENGLISH = LANGUAGES.words("en", ZoneInfo("Europe/Copenhagen"))


async def viewed(made: Gathered, line: str = "/camp stations 2") -> StationsView:
    await made.olga.types(line)
    shown = await made.academy.services.camps.stations.look(made.academy.workspace, made.camp.id)
    assert isinstance(shown, StationsView)
    return shown


class TestStationsCards:
    async def test_the_page_of_somebody(self) -> None:
        made = await gathered(20)
        view = await viewed(made, "/camp stations 10")
        last = view.plan.stations[-1].members[0]
        assert page_with(view, last) == 2
        assert page_with(view, made.olga.id) == 1

    async def test_somebody_who_is_not_a_member_any_more_has_no_name(self) -> None:
        made = await gathered(4)
        view = await viewed(made)
        gone = view.plan.stations[0].members[0]
        people = {member: person for member, person in view.people.items() if member != gone}
        assert "somebody who has left" in words_of(stations_card(replace(view, people=people, gone=(gone,)), ENGLISH))

    async def test_colleagues_and_an_empty_station_are_told(self) -> None:
        made = await gathered(4)
        view = await viewed(made)
        plan = replace(view.plan, stations=(Station(view.plan.members()), Station(())))
        told = words_of(stations_card(replace(view, plan=plan, colleagues=1), ENGLISH))
        assert "At one station: 1 pair from one organisation." in told
        assert "0 people" in told

    async def test_more_wishes_than_are_named(self) -> None:
        made = await gathered(6)
        view = await viewed(made)
        pairs = tuple((view.plan.members()[0], other) for other in view.plan.members()[1:])
        told = words_of(stations_card(replace(view, plan=replace(view.plan, apart=pairs)), ENGLISH))
        assert "2 pairs more." in told

    async def test_a_preview_of_nothing_new_and_of_somebody_who_only_left(self) -> None:
        made = await gathered(3)
        view = await viewed(made, "/camp stations 1")
        known = replace(view, plan=view.plan.posted(view.plan.made_at))
        assert "Everybody knows their station already." in words_of(preview_card(known, ENGLISH))
        [station] = view.plan.stations
        out = replace(view.touched, placed=(), beside=(), out=station.members)
        told = words_of(preview_card(replace(view, touched=out), ENGLISH))
        assert "3 people have no station any more; their cards say so." in told
        assert "Your station" not in told

    async def test_among_very_many_people_one_is_picked_from_all_members(self) -> None:
        made = await gathered(4)
        view = await viewed(made)
        crowd = {person.id: person for person in (a_member(f"Nr {n}", "X", "business") for n in range(101))}
        plan = replace(view.plan, stations=(Station(tuple(sorted(crowd))), Station(())))
        form = change_form(
            replace(view, plan=plan, people=crowd, missing=()), ChangeStations(plan.camp, plan.revision), ENGLISH
        )
        assert isinstance(form.fields[0], MemberField)
        one = plan.members()[0]
        asked = filled_in({"who": str(one), "what": ("move",), "station": ("2",), "other": ""})
        assert (asked.who, asked.station, asked.other) == (one, 2, None)


class TestStationsByHand:
    async def test_together_with_somebody_who_has_no_station(self) -> None:
        made = await gathered(5)
        await made.signs("Anna", Answer.NO)
        shown = await made.olga.types("/camp stations 2")
        await made.signs("Anna")
        form = (await made.olga.presses(shown.buttons["Move, swap, keep together …"])).form
        ids = made.academy.ids
        asked = {"who": str(ids["Bo"]), "what": "together", "station": "", "other": str(ids["Anna"])}
        assert (await made.olga.fills(form, **asked)).problems == {
            "other": "The first of the two has no station yet. Give them one first."
        }
        await made.signs("Anna", Answer.NO)
        assert (await made.olga.fills(form, **asked)).problems == {"other": "Please choose from the list."}

    async def test_with_one_station_nobody_is_kept_apart(self) -> None:
        made = await gathered(3)
        shown = await made.olga.types("/camp stations 1")
        form = (await made.olga.presses(shown.buttons["Move, swap, keep together …"])).form
        ids = made.academy.ids
        refused = await made.olga.fills(form, who=str(ids["Bo"]), what="apart", station="", other=str(ids["Anna"]))
        assert refused.problems == {"other": "With one station nobody can be kept apart."}

    async def test_two_at_a_station_that_stays_are_not_parted(self) -> None:
        made = await gathered(6)
        shown = await made.olga.types("/camp stations 2")
        shown = await made.olga.chooses(selects_of(shown.card)[0], "1")
        one, other = sorted((await made.groups())[0])[:2]
        ids = made.academy.ids
        form = (await made.olga.presses(shown.buttons["Move, swap, keep together …"])).form
        refused = await made.olga.fills(form, who=str(ids[one]), what="apart", station="", other=str(ids[other]))
        assert refused.problems == {"other": "They sit at a station that stays as it is. Let go of it first."}

    async def test_whoever_is_moved_away_is_wished_together_no_more(self) -> None:
        made = await gathered(6)
        shown = await made.olga.types("/camp stations 2")
        ids = made.academy.ids
        one, other = sorted((await made.groups())[0])[:2]
        form = (await made.olga.presses(shown.buttons["Move, swap, keep together …"])).form
        shown = await made.olga.fills(form, who=str(ids[one]), what="together", station="", other=str(ids[other]))
        assert "Together: " in shown.text
        form = (await made.olga.presses(shown.buttons["Move, swap, keep together …"])).form
        shown = await made.olga.fills(form, who=str(ids[one]), what="move", station="2", other="")
        assert "Together: " not in shown.text

    async def test_what_people_know_of_is_not_thrown_away(self) -> None:
        made = await gathered(4)
        shown = await made.olga.types("/camp stations 2")
        look = await made.olga.presses(shown.buttons["Look at what people get"])
        await made.olga.presses(look.buttons["Post the stations"])
        assert "People know of these stations already" in (await made.olga.presses(shown.buttons["Throw away"])).text

    async def test_a_card_of_earlier_moves_nobody_who_does_not_come(self) -> None:
        made = await gathered(4)
        view = await viewed(made)
        service, revision = made.academy.services.camps.stations, view.plan.revision
        with pytest.raises(NotUnderstood, match="Only people who come"):
            await service.move(made.academy.workspace, made.camp.id, revision, made.olga.id, 1)
        known = view.plan.members()[0]
        shown = await service.apart(
            made.academy.workspace, made.camp.id, revision - 1, (known, view.plan.members()[1]), made.olga.id
        )
        assert isinstance(shown, StationsView)
        assert shown.note is not None


class TestAfterwards:
    async def test_more_words_than_a_card_shows_or_none(self) -> None:
        made = await gathered(2)
        made.academy.clock.set(made.camp.ends_at() + timedelta(hours=1))
        after = await made.academy.services.camps.handover.look(made.academy.workspace, made.camp.id)
        many = Result(30, 27, {Rating.GOOD: 27}, 0, tuple(f"Words {number}" for number in range(27)))
        told = words_of(answers_card(replace(after, result=many), ENGLISH))
        assert "Words 24" in told
        assert "Words 25" not in told
        assert "And 2 more." in told
        assert "In their own words" not in words_of(
            answers_card(replace(after, result=replace(many, words=())), ENGLISH)
        )

    async def test_there_is_nothing_to_share_and_nothing_to_look_at(self) -> None:
        made = await gathered(2)
        made.academy.clock.set(made.camp.ends_at() + timedelta(hours=1))
        shared = await made.olga.sends_wire(encode_action(ShareDayNotes(made.camp.id, 1)))
        assert "There are no notes to share yet." in shared.text
        assert "not written yet" in (await made.olga.sends_wire(encode_action(PreviewDayNotes(made.camp.id)))).text

    async def test_nobody_is_told_of_a_camp_that_was_not_held_or_after_they_stopped_organising(self) -> None:
        made = await gathered(2)
        academy = made.academy
        async with academy.memory.units(academy.workspace) as work:
            await hand_over_later(work, made.camp, academy.clock.now())
            [schedule] = [one for one in await work.schedules.every() if one.kind is ScheduleKind.CAMP_HAND_OVER]
            await hand_over(work, schedule, academy.clock.now())
            await work.commit()
        await academy.delivers()
        assert not made.olga.posts()
        await made.changes_camp(state=CampState.HELD)
        async with academy.memory.units(academy.workspace) as work:
            await hand_over(work, schedule, academy.clock.now())
            await work.commit()
        await academy.change("Olga", role=Role.MEMBER)
        await academy.delivers()
        assert not made.olga.posts()

    async def test_what_somebody_answered_stays_without_them(self) -> None:
        made = await gathered(3)
        academy = made.academy
        made.academy.clock.set(made.camp.ends_at() + timedelta(hours=1))
        handover = academy.services.camps.handover
        await handover.ask(academy.workspace, made.camp.id)
        ids = academy.ids
        for first in ("Anna", "Bo"):
            await handover.evaluate(academy.workspace, made.camp.id, ids[first], Opinion(Rating.GOOD))
        await handover.write(academy.workspace, made.camp.id, 1, "Notes", ids["Anna"])
        async with academy.memory.units(academy.workspace) as work:
            await give_camps(work, ids["Anna"], ids["Carl"], academy.clock.now())
            kept = await work.handovers.get(made.camp.id)
            assert kept is not None
            assert (kept.answered, kept.notes_by) == ({ids["Bo"], ids["Carl"]}, ids["Carl"])
            await academy.services.camps.leave(work, ids["Carl"], academy.clock.now())
            kept = await work.handovers.get(made.camp.id)
            assert kept is not None
            assert (kept.answered, kept.notes_by, len(kept.opinions)) == ({ids["Bo"]}, None, 2)
