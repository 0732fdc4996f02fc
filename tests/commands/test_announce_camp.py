"""An announcement for the people of a camp: whoever stands so when it goes out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from bot.camps.domain import Answer, Camp, Seat, Signup
from bot.identity import CampId, MemberId, new_id
from tests.announce_talk import received
from tests.introductions_talk import Academy, a_small_academy


async def with_a_camp(language: str = "en") -> tuple[Academy, Camp]:
    """Anna comes to it, Bo waits for a seat, Carl has not answered, Dorte said no."""
    academy = await a_small_academy(language=language)
    camp = Camp(
        id=CampId(new_id()),
        author=MemberId(new_id()),
        created_at=academy.clock.now(),
        name="Camp 3",
        day=date(2026, 3, 22),
        begins=time(9),
        ends=time(16),
        zone="Europe/Copenhagen",
    )
    answers = {
        "Anna": Signup(camp.id, academy.ids["Anna"], Answer.YES, Seat.TAKEN),
        "Bo": Signup(camp.id, academy.ids["Bo"], Answer.YES, Seat.WAITING),
        "Carl": Signup(camp.id, academy.ids["Carl"]),
        "Dorte": Signup(camp.id, academy.ids["Dorte"], Answer.NO),
    }
    await answered(academy, camp, list(answers.values()))
    return academy, camp


async def answered(academy: Academy, camp: Camp, signups: Sequence[Signup]) -> None:
    async with academy.memory.units(academy.workspace) as work:
        await work.camps.put(camp)
        await work.camps.put_signups(signups)
        await work.commit()


async def test_it_goes_to_those_who_stand_so_when_it_goes() -> None:
    academy, camp = await with_a_camp()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Bring boots" to:camp:yes when:"tomorrow 9:00"')
    assert "To: those who come to Camp 3" in shown.text
    assert "It goes to 1 person." in shown.text
    await olga.presses(shown.buttons["Schedule"])
    bo = Signup(camp.id, academy.ids["Bo"], Answer.YES, Seat.TAKEN)
    await answered(academy, camp, [bo, replace(bo, member=academy.ids["Anna"], answer=Answer.NO, seat=Seat.NONE)])
    await academy.passes(days=1)
    assert received(academy) == [0, 0, 1, 0, 0]


async def test_each_way_to_stand_to_it_and_several_at_once() -> None:
    academy, _ = await with_a_camp("da")
    olga = academy["Olga"]
    told = {
        "camp:ubesvaret": "dem, der er inviteret til Camp 3 og ikke har svaret",
        "camp:nej": "dem, der har sagt nej til Camp 3",
        "camp:venteliste": "dem på ventelisten til Camp 3",
        "camp:deltagere": "dem, der kommer til Camp 3",
    }
    for typed, said in told.items():
        shown = await olga.types(f'/opslag ny "Hej" til:{typed}')
        assert f"Til: {said}" in shown.text
        assert "Det går til 1 person." in shown.text
    nobody = await olga.types('/opslag ny "Hej" til:camp:måske')
    assert "dem, der har sagt måske til Camp 3" in nobody.text
    assert "Det passer ingen på lige nu." in nobody.text
    assert "Der er endnu ingen camp" in (await olga.types('/opslag ny "Hej" til:camp:deltog')).text
    past = await olga.types('/opslag ny "Hej" til:"camp:deltog:camp 3"')
    assert "dem, der var på Camp 3" in past.text
    shown = await olga.types('/opslag ny "Hej" til:"camp:ja:camp 3+sektor:kommune, camp:nej"')
    assert "Til: (dem, der kommer til Camp 3 og sektoren kommune) eller dem, der har sagt nej til Camp 3" in shown.text
    form = (await olga.presses(shown.buttons["Ret"])).form
    again = await olga.fills(form, text="Hej igen", to="camp:yes:Camp 3+sector:municipality, camp:no:Camp 3")
    assert "Det går til 2 personer." in again.text
    sorry = await olga.types('/opslag ny "Hej" til:camp:Aalborg')
    assert "Jeg kender ingen camp med det navn." in sorry.text
    await olga.presses(again.buttons["Send nu"])
    await academy.passes(minutes=1)
    assert received(academy) == [0, 1, 0, 0, 1]


async def test_what_exists_is_offered_while_somebody_types() -> None:
    academy, _ = await with_a_camp()
    olga = academy["Olga"]
    found = await academy.desk.suggest_option(olga.arrival(), "announce", "new", "to", "camp")
    offered = {one.value: one.label for one in found}
    assert offered["camp:unanswered"] == "those who were invited to Camp 3 and have not answered"
    assert "camp:yes" in offered


async def test_without_a_camp_there_is_nobody_to_ask() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    assert "There is no camp yet" in (await olga.types('/announce new "Hello" to:camp:yes')).text
    found = await academy.desk.suggest_option(olga.arrival(), "announce", "new", "to", "")
    assert not [one for one in found if one.value.startswith("camp")]
