"""After a camp: the morning's word to its organiser, who came, how it was, the notes, the figures."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.camps.domain import Answer, CampState, Seat, Signup
from bot.camps.handover.forms import came_form
from bot.camps.reminding import replan
from bot.members.domain import Role
from bot.messages.forms import ChoiceField
from tests.introductions_talk import LANGUAGES, a_member, words_of
from tests.introductions_talk import Answer as Said
from tests.stations_talk import Gathered, gathered


async def the_day_after(coming: int = 6) -> Gathered:
    """A camp that was held yesterday."""
    made = await gathered(coming)
    made.academy.clock.set(made.camp.ends_at() + timedelta(hours=18))
    await made.changes_camp(state=CampState.HELD)
    return made


async def looked(made: Gathered) -> Said:
    return await made.olga.types("/camp after")


async def asked(made: Gathered) -> Said:
    preview = await made.olga.presses((await looked(made)).buttons["Ask how it was"])
    done = await made.olga.presses(preview.buttons["Ask them"])
    await made.academy.delivers()
    return done


async def says(made: Gathered, first: str, rating: str, words: str = "", goes_on: str = "") -> Said:
    opened = await made.academy[first].presses("Answer")
    return await made.academy[first].fills(opened.form, rating=rating, goes_on=goes_on, words=words)


async def test_the_organiser_hears_in_the_morning() -> None:
    made = await gathered(4)
    async with made.academy.memory.units(made.academy.workspace) as work:
        await work.camps.put(await replan(work, made.camp, made.academy.clock.now()))
        await work.commit()
    made.academy.clock.set(made.camp.ends_at() - timedelta(hours=1))
    await made.academy.passes(hours=10)
    assert not any("Thank you for" in words_of(post.card) for post in made.olga.posts())
    await made.academy.passes(hours=8)
    assert "Thank you for Camp 3" in made.olga.reads()
    shown = await made.olga.presses("Round off the camp")
    assert "not ticked yet; 4 had a seat" in shown.text
    assert "not asked yet" in shown.text
    assert "not written yet" in shown.text


async def test_where_whoever_made_it_organises_no_more_all_organisers_hear() -> None:
    made = await gathered(4)
    async with made.academy.memory.units(made.academy.workspace) as work:
        await work.camps.put(await replan(work, made.camp, made.academy.clock.now()))
        await work.commit()
    await made.academy.change("Anna", role=Role.ORGANISER)
    await made.academy.change("Olga", role=Role.MEMBER)
    made.academy.clock.set(made.camp.ends_at() - timedelta(hours=1))
    await made.academy.passes(hours=20)
    assert "Thank you for Camp 3" in made.academy["Anna"].reads()
    assert not any("Thank you for" in words_of(post.card) for post in made.olga.posts())


class TestWhoCame:
    async def test_those_who_had_a_seat_are_ticked_from_the_start(self) -> None:
        made = await the_day_after(5)
        await made.signs("Anna", Answer.MAYBE)
        await made.signs("Bo", Answer.NO)
        opened = await made.olga.presses((await looked(made)).buttons["Tick who came"])
        [field, _] = opened.form.fields
        ids = made.academy.ids
        assert field.value == tuple(str(ids[first]) for first in ("Carl", "Dorte", "Erik"))  # type: ignore[union-attr]  # a choice
        shown = await made.olga.fills(opened.form, came_1=(str(ids["Anna"]), str(ids["Carl"])), other=str(ids["Bo"]))
        assert "Kept. Thank you!" in shown.text
        assert "3 came" in shown.text
        async with made.academy.memory.units(made.academy.workspace, reading=True) as work:
            noted = {one.member: one.attended for one in await work.camps.signups(made.camp.id)}
        assert {first: noted[ids[first]] for first in made.names} == {
            "Anna": True,
            "Bo": True,
            "Carl": True,
            "Dorte": False,
            "Erik": False,
        }
        opened = await made.olga.presses((await looked(made)).buttons["Tick who came"])
        assert opened.form.fields[0].value == tuple(str(ids[first]) for first in ("Anna", "Bo", "Carl"))  # type: ignore[union-attr]  # as above

    async def test_nobody_came(self) -> None:
        made = await the_day_after(2)
        opened = await made.olga.presses((await looked(made)).buttons["Tick who came"])
        shown = await made.olga.fills(opened.form, came_1=(), other="")
        assert "0 came" in shown.text
        preview = await made.olga.presses(shown.buttons["Ask how it was"])
        assert "Ask them" not in preview.buttons

    async def test_on_the_day_but_not_before(self) -> None:
        made = await gathered(3)
        assert "No camp has been held yet." in (await looked(made)).text
        made.academy.clock.set(made.camp.starts_at())
        shown = await looked(made)
        assert "Today: Camp 3" in shown.text
        assert list(shown.buttons) == ["Tick who came"]
        made.academy.clock.set(made.camp.starts_at() - timedelta(hours=1))
        assert "That camp has not begun yet." in (await made.olga.presses(shown.buttons["Tick who came"])).text

    async def test_a_camp_by_its_name(self) -> None:
        made = await the_day_after(2)
        assert "After Camp 3" in (await made.olga.types("/camp after camp:3")).text
        assert "I know no camp by that name" in (await made.olga.types("/camp after camp:77")).text
        await made.changes_camp(state=CampState.CANCELLED)
        assert "That camp did not take place." in (await made.olga.types("/camp after camp:3")).text

    async def test_more_people_than_one_list_shows(self) -> None:
        made = await the_day_after(2)
        after = await made.academy.services.camps.handover.look(made.academy.workspace, made.camp.id)
        crowd = [a_member(f"Nr {number:03}", "Organisation", "business") for number in range(150)]
        many = replace(
            after,
            people={person.id: person for person in crowd},
            signups=[Signup(made.camp.id, person.id, Answer.YES, Seat.TAKEN) for person in crowd],
        )
        form = came_form(many, LANGUAGES.words("en", ZoneInfo("Europe/Copenhagen")))
        assert [(field.key, field.label) for field in form.fields] == [
            ("came_1", "They came"),
            ("came_2", "They came (2)"),
            ("other", "Somebody else who came"),
        ]
        assert [len(field.choices) for field in form.fields if isinstance(field, ChoiceField)] == [100, 50]


class TestHowItWas:
    async def test_each_is_asked_once_and_answers_once(self) -> None:
        made = await the_day_after(4)
        preview = await made.olga.presses((await looked(made)).buttons["Ask how it was"])
        assert "It goes to 4 people who were there, once." in preview.text
        assert "Nobody has said yet who came" in preview.text
        assert not made.academy["Anna"].posts()
        done = await made.olga.presses(preview.buttons["Ask them"])
        assert "I am asking 4 people." in done.text
        again = await made.olga.presses(preview.buttons["Ask them"])
        assert "Everybody has been asked already." in again.text
        await made.academy.delivers()
        assert [len(made.academy[first].posts()) for first in made.names] == [1] * 4
        thanks = await says(made, "Anna", "very_good", "Better coffee", "yes")
        assert "Thank you! Your answer about Camp 3 counts, without your name." in thanks.text
        assert "You have answered already." in (await made.academy["Anna"].presses("Answer")).text

    async def test_nothing_is_shown_before_nobody_can_tell_whose_it_is(self) -> None:
        made = await the_day_after(4)
        await asked(made)
        await says(made, "Anna", "very_good", "Better coffee", "yes")
        await says(made, "Bo", "so_so", "", "no")
        shown = await made.olga.presses((await looked(made)).buttons["See the answers"])
        assert "2 of 4 have answered" in shown.text
        assert "You see the answers when there are 3" in shown.text
        assert "coffee" not in shown.text
        await says(made, "Carl", "very_good", "A longer lunch")
        shown = await made.olga.presses((await looked(made)).buttons["See the answers"])
        assert "very good | 2" in shown.text
        assert "so-so | 1" in shown.text
        assert "1 of them met somebody to go on with." in shown.text
        assert shown.text.index("A longer lunch") < shown.text.index("Better coffee")
        assert not any(f"{first} Dahl" in shown.text for first in made.names)

    async def test_only_for_those_who_were_there_while_it_is_open(self) -> None:
        made = await the_day_after(4)
        await asked(made)
        await made.signs("Anna", attended=False)
        assert (
            "These questions are for those who were at the camp." in (await made.academy["Anna"].presses("Answer")).text
        )
        made.academy.clock.advance(days=22)
        assert "The time to answer is over." in (await made.academy["Bo"].presses("Answer")).text
        await made.signs("Erik" if "Erik" in made.names else "Dorte")
        preview = await made.olga.presses((await looked(made)).buttons["Ask how it was"])
        assert "That was too long ago to ask about now." in (await made.olga.presses(preview.buttons["Ask them"])).text

    async def test_not_before_the_camp_is_over(self) -> None:
        made = await the_day_after(3)
        preview = await made.olga.presses((await looked(made)).buttons["Ask how it was"])
        await made.changes_camp(state=CampState.PLANNED)
        made.academy.clock.set(made.camp.starts_at())
        assert "The camp is not over yet." in (await made.olga.presses(preview.buttons["Ask them"])).text

    async def test_whoever_answered_before_the_card_came_gets_none(self) -> None:
        made = await the_day_after(3)
        preview = await made.olga.presses((await looked(made)).buttons["Ask how it was"])
        await made.olga.presses(preview.buttons["Ask them"])
        await made.changes_camp(state=CampState.CANCELLED)
        await made.academy.delivers()
        assert not made.academy["Anna"].posts()


class TestNotes:
    async def written(self, made: Gathered, text: str, button: str = "Write the notes") -> Said:
        opened = await made.olga.presses((await looked(made)).buttons[button])
        return await made.olga.fills(opened.form, notes=text)

    async def test_shown_shared_found_again_and_corrected(self) -> None:
        made = await the_day_after(4)
        preview = await self.written(made, "**Agreed**\n- Anna lends the bus")
        assert "Anna lends the bus" in preview.text
        assert "It goes to 4 people who were there." in preview.text
        assert "written, not shared yet" in (await looked(made)).text
        assert not made.academy["Bo"].posts()
        assert "There are no notes of that camp for you." in (await made.academy["Bo"].types("/camp notes")).text
        done = await made.olga.presses(preview.buttons["Share the notes"])
        assert "The notes are on their way to 4 people." in done.text
        await made.academy.delivers()
        assert "Anna lends the bus" in made.academy["Bo"].reads()
        assert "Anna lends the bus" in (await made.academy["Bo"].types("/camp notes")).text
        again = await made.olga.presses(preview.buttons["Share the notes"])
        assert "Everybody has these notes already." in again.text
        preview = await self.written(made, "- Anna lends two buses", "Change the notes")
        assert "Who has the notes already sees them corrected where they stand." in preview.text
        assert "changed since they were shared" in (await looked(made)).text
        seen = await made.olga.presses((await looked(made)).buttons["Look at the notes"])
        assert "two buses" in seen.text
        done = await made.olga.presses(seen.buttons["Share the notes"])
        assert "4 copies are corrected." in done.text
        await made.academy.delivers()
        assert [len(made.academy[first].posts()) for first in made.names] == [1] * 4
        assert "two buses" in made.academy["Bo"].reads()

    async def test_two_who_write_at_once(self) -> None:
        made = await the_day_after(3)
        first = await made.olga.presses((await looked(made)).buttons["Write the notes"])
        preview = await self.written(made, "One")
        late = await made.olga.fills(first.form, notes="Other")
        assert late.problems == {"notes": "Somebody has written the notes meanwhile. Look at them once more."}
        await self.written(made, "Three", "Change the notes")
        assert (
            "Somebody has written the notes meanwhile."
            in (await made.olga.presses(preview.buttons["Share the notes"])).text
        )

    async def test_notes_are_for_those_who_were_there_and_organisers(self) -> None:
        made = await the_day_after(3)
        await made.signs("Anna", attended=False)
        await made.signs("Bo", attended=True)
        preview = await self.written(made, "One")
        await made.olga.presses(preview.buttons["Share the notes"])
        await made.academy.delivers()
        assert not made.academy["Anna"].posts()
        assert "no notes of that camp for you" in (await made.academy["Anna"].types("/camp notes")).text
        assert "One" in (await made.academy["Bo"].types("/camp notes")).text
        assert "One" in (await made.olga.types("/camp notes")).text

    @pytest.mark.parametrize("text", [" \n ", "x" * 3001])
    async def test_nothing_and_too_much(self, text: str) -> None:
        made = await the_day_after(3)
        refused = await self.written(made, text)
        assert refused.problems["notes"]


class TestFigures:
    async def test_without_names(self) -> None:
        made = await gathered(6)
        shown = await made.olga.types("/camp stations 2")
        look = await made.olga.presses(shown.buttons["Look at what people get"])
        await made.olga.presses(look.buttons["Post the stations"])
        await made.signs("Anna", attended=False)
        await made.signs("Bo", attended=True, guests=1)
        for first in ("Carl", "Dorte", "Erik", "Freja"):
            await made.signs(first, attended=True)
        await made.changes_camp(state=CampState.HELD)
        made.academy.clock.set(made.camp.ends_at() + timedelta(hours=18))
        await asked(made)
        for first in ("Bo", "Carl", "Dorte"):
            await says(made, first, "good")
        card = await made.olga.presses((await looked(made)).buttons["Figures"])
        assert "Came | 5" in card.text
        assert "of them from business | 2" in card.text
        assert "Guests | 1" in card.text
        assert "Stations | 2" in card.text
        assert "Pairs who worked together | 4" in card.text
        assert "good | 3" in card.text
        assert "Answered | 3" in card.text
        handed = await made.olga.presses(card.buttons["As a file"])
        content = handed.handed.file.content.decode("utf-8-sig")
        assert "Came;5" in content
        assert handed.handed.file.name == "camp-2026-03-22.csv"
        assert not any("Dahl" in text for text in (card.text, content))

    async def test_with_nothing_known_yet(self) -> None:
        made = await the_day_after(2)
        card = await made.olga.presses((await looked(made)).buttons["Figures"])
        assert "Said yes | 2" in card.text
        assert "Came" not in card.text
        assert "Stations" not in card.text
