"""Challenges and people who leave, become one, or ask what is kept about them; and two academies that become one."""

import json

import pytest

from bot.challenges.actions import CloseChallenge, MakeChallengeNote, NotThisTime, ReadAnswers, SeeWhomToAsk
from bot.challenges.people import leave_challenges
from bot.errors import Taken
from bot.linking.uniting import unite
from bot.members.domain import WorkspaceOptions
from bot.members.leaving import everything_about
from bot.messages.actions import encode_action
from bot.notes.domain import Audience, Note
from bot.notes.editing import Part, entries_of
from tests.challenge_talk import QUESTION, answers, asked, challenges, invited, notes, said
from tests.fake_circle import an_academy
from tests.introductions_talk import Academy, Somebody, a_member, a_small_academy, selects_of
from tests.poll_talk import presses, reads, types

LINE = f'/challenge "{QUESTION}" view:"Many eat alone." closes:"in 2 hours"'


async def becomes(academy: Academy, gone: str, kept: str) -> None:
    async with academy.memory.units(academy.workspace) as work:
        one, other = await academy.member(kept), await academy.member(gone)
        await unite(work, one, other, one, academy.clock.now())
        await work.commit()
    await academy.delivers()


async def leaves(somebody: Somebody) -> None:
    academy = somebody.academy
    await academy.services.members.erase(academy.workspace, str(somebody.id))
    await academy.delivers()


async def test_whoever_leaves_takes_answers_drafts_and_invitations_along() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    first = await asked(anna, LINE)
    shown = await anna.sends_wire(encode_action(SeeWhomToAsk(first.id)))
    await presses(anna, shown.buttons["Ask this one"])
    await answers(bo, "They are tired.")
    for somebody in (bo, academy["Carl"]):
        await types(somebody, f'/challenge "{QUESTION}"')
    await academy.delivers()
    assert "They are tired." in reads(academy)
    await leaves(bo)
    assert "They are tired." not in reads(academy)
    assert await said(academy, first) == []
    assert await invited(academy, first) == []
    assert {one.author for one in await challenges(academy)} == {anna.id, academy.ids["Carl"]}


async def test_where_whoever_asked_has_left_an_organiser_makes_the_note() -> None:
    academy = await a_small_academy()
    anna, bo, olga = (academy[name] for name in ("Anna", "Bo", "Olga"))
    await academy.joins(a_member("Per Hansen", "Akademiet", "research", role=(await academy.member("Olga")).role))
    challenge = await asked(anna, LINE)
    await answers(bo, "They are tired.")
    await leaves(anna)
    assert "Anna" not in reads(academy)
    given = await presses(academy["Carl"], "Answer")
    assert "nobody here: only for the case note" in str(given.form)
    told = await academy["Carl"].fills(given.form, sees="Many.", suggests="", seen_by=("author",))
    assert "nobody here sees it" in told.text
    await academy.passes(hours=2)
    assert await notes(academy) == []
    assert "A challenge is closed, and whoever asked has left" in olga.reads()
    assert "Make the case note" not in (await bo.sends_wire(encode_action(ReadAnswers(challenge.id)))).buttons
    made = await olga.presses("Make the case note")
    assert "Only you see this draft." in made.text
    (note,) = await notes(academy)
    assert (note.author, note.took_part) == (olga.id, (bo.id, academy.ids["Carl"]))
    other = await academy["Per"].sends_wire(encode_action(MakeChallengeNote(challenge.id)))
    assert "Somebody else has made the case note already." in other.text


async def test_an_organiser_closes_what_nobody_owns_any_more() -> None:
    academy = await a_small_academy()
    anna, olga = academy["Anna"], academy["Olga"]
    challenge = await asked(anna, LINE)
    await leaves(anna)
    over = await olga.sends_wire(encode_action(CloseChallenge(challenge.id)))
    assert "whoever asked has left" in over.text
    assert list(over.buttons) == []


async def test_two_rows_that_are_one_person_have_one_answer_and_were_asked_once() -> None:
    academy = await a_small_academy()
    anna, bo, carl, dorte = (academy[name] for name in ("Anna", "Bo", "Carl", "Dorte"))
    for name in ("Carl", "Dorte"):
        await academy.change(name, themes=("ageing",))
    challenge = await asked(anna, LINE)
    shown = await anna.sends_wire(encode_action(SeeWhomToAsk(challenge.id)))
    await presses(anna, shown.buttons["Ask these 3"])
    await answers(bo, "Bo says.")
    await answers(carl, "Carl says.")
    await dorte.sends_wire(encode_action(NotThisTime(challenge.id)))
    await becomes(academy, "Carl", "Bo")
    (answer,) = await said(academy, challenge)
    assert (answer.member, answer.sees) == (bo.id, "Carl says.")
    await becomes(academy, "Dorte", "Bo")
    (one,) = await invited(academy, challenge)
    assert one.member == bo.id
    assert one.declined_at is not None
    await becomes(academy, "Bo", "Anna")
    (answer,) = await said(academy, challenge)
    assert answer.member == anna.id
    await answers(anna, "Newer.")
    await academy.joins(a_member("Eva Bro", "Vennerne", "civil_society"))
    await becomes(academy, "Anna", "Eva")
    (mine,) = await challenges(academy)
    assert mine.author == academy.ids["Eva"]
    (answer,) = await said(academy, challenge)
    assert answer.sees == "Newer."


async def test_the_later_answer_of_one_person_stays_whichever_row_it_was() -> None:
    academy = await a_small_academy()
    await asked(academy["Dorte"])
    challenge = await asked(academy["Anna"], LINE)
    await answers(academy["Carl"], "First.")
    await answers(academy["Bo"], "Second.")
    await becomes(academy, "Carl", "Bo")
    (answer,) = await said(academy, challenge)
    assert answer.sees == "Second."


async def test_whoever_asks_what_is_known_gets_all_of_it() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    challenge = await asked(anna, LINE)
    shown = await anna.sends_wire(encode_action(SeeWhomToAsk(challenge.id)))
    await presses(anna, shown.buttons["Ask this one"])
    await answers(bo, "They are tired.", "A table.", "author")
    await bo.sends_wire(encode_action(NotThisTime(challenge.id)))
    await bo.sends_wire(encode_action(NotThisTime(challenge.id)))
    async with academy.memory.units(academy.workspace, reading=True) as work:
        hers = json.loads(await everything_about(work, await academy.member("Anna"), academy.clock.now()))
        his = json.loads(await everything_about(work, await academy.member("Bo"), academy.clock.now()))
    assert hers["challenges"]["asked"][0]["view"] == "Many eat alone."
    assert hers["challenges"]["invited_to"] == []
    (answered,) = his["challenges"]["answered"]
    assert (answered["question"], answered["sees"], answered["shown_to_all"]) == (QUESTION, "They are tired.", False)
    (was_asked,) = his["challenges"]["invited_to"]
    assert was_asked["because_of"] == "ageing"
    assert was_asked["declined_at"]
    assert his["profile"]["asked_about_challenges"] is True


async def test_an_academy_that_has_asked_its_people_something_stays_where_it_is() -> None:
    academy = await a_small_academy()
    directory = academy.memory.directory
    await types(academy["Anna"], f'/challenge "{QUESTION}"')
    assert not await directory.has_history(academy.workspace)
    await asked(academy["Anna"])
    assert await directory.has_history(academy.workspace)
    other = await directory.ensure("guild:5", "Broerne", WorkspaceOptions())
    with pytest.raises(Taken):
        await directory.join(other.id, "local", "Academy")


async def test_leaving_twice_harms_nothing() -> None:
    academy = await a_small_academy()
    await asked(academy["Anna"], LINE)
    for _ in range(2):
        async with academy.memory.units(academy.workspace) as work:
            await leave_challenges(work, academy.ids["Bo"], academy.clock.now())
            await work.commit()
    assert len(await challenges(academy)) == 1


async def test_what_stands_in_private_stays_with_those_who_are_there() -> None:
    academy, _ = await an_academy(general={"Anna", "Bo", "Carl"})
    anna, bo, carl, olga = (academy[name] for name in ("Anna", "Bo", "Carl", "Olga"))
    challenge = await asked(anna, LINE)
    await answers(bo, "They are tired.")
    assert selects_of((await olga.types("/challenge list")).card) == []
    assert len(selects_of((await bo.types("/challenge list")).card)[0].choices) == 1
    assert "Only whoever asked" in (await olga.sends_wire(encode_action(CloseChallenge(challenge.id)))).text
    await leaves(anna)
    assert "Only whoever asked" in (await carl.sends_wire(encode_action(CloseChallenge(challenge.id)))).text
    await academy.passes(hours=2)
    assert olga.posts() == []
    assert "The first of you who makes a case note of it has the draft." in bo.reads()
    assert "Only whoever asked" in (await olga.sends_wire(encode_action(MakeChallengeNote(challenge.id)))).text
    made = await bo.presses("Make the case note")
    assert "Only you see this draft." in made.text
    (note,) = await notes(academy)
    assert (note.author, note.audience) == (bo.id, Audience.US)


async def test_a_place_that_everybody_may_enter_is_not_private_though_some_have_not() -> None:
    academy, _ = await an_academy(general={"Anna", "Bo", "Carl"})
    anna, bo = academy["Anna"], academy["Bo"]
    for number, open_to_all in enumerate((True, False, None), start=1):
        challenge = await asked(anna, LINE)
        assert challenge.place is not None
        threads = academy.readers.threads(academy.workspace, challenge.place.address.platform)
        assert threads is not None
        threads.private.clear()
        if open_to_all is None:
            threads.unsaid.add(challenge.place.address)
        else:
            threads.private[challenge.place.address] = not open_to_all
        await answers(bo, "They are tired.")
        await anna.sends_wire(encode_action(CloseChallenge(challenge.id)))
        made = await notes(academy)
        assert len(made) == number
        latest = max(made, key=lambda one: one.made_at)
        assert latest.source.private is (open_to_all is not True)
        assert latest.audience is (Audience.ACADEMY if open_to_all else Audience.US)


def told_in(note: Note) -> str:
    """All lines of a note."""
    return "\n".join(entry.text for part in Part for entry in entries_of(note.content, part))


async def test_an_answer_leaves_the_draft_of_whoever_asked_when_its_writer_leaves() -> None:
    academy = await a_small_academy()
    anna, bo, carl = (academy[name] for name in ("Anna", "Bo", "Carl"))
    challenge = await asked(anna, LINE)
    await answers(bo, "The day centre closes at three.", "Open it at night.", seen_by="author")
    await answers(carl, "Our applications say the same.")
    await anna.sends_wire(encode_action(CloseChallenge(challenge.id)))
    (before,) = await notes(academy)
    assert "day centre" in told_in(before)
    await leaves(bo)
    (after,) = await notes(academy)
    for gone in ("day centre", "Open it at night", "Bo Lind"):
        assert gone not in told_in(after)
    assert "Our applications say the same." in told_in(after)
    await leaves(carl)
    (left,) = await notes(academy)
    assert "Many eat alone." in told_in(left)
    assert "applications" not in told_in(left)
    assert left.forgotten == 2
