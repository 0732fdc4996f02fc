"""Answering: what looks like somebody is looked at once more, minds may change, and after the close nothing goes."""

import pytest

from bot.challenges.actions import (
    AnswerUntil,
    CloseChallenge,
    GiveAnswer,
    LeaveOut,
    LetAnswerStand,
    ReadAnswers,
    TakeAnswerBack,
)
from bot.challenges.domain import PART_CHARACTERS
from bot.identity import Address
from bot.interactions import Submission
from bot.messages.actions import encode_action
from bot.messages.meanwhile import marks_of
from tests.challenge_talk import QUESTION, answers, asked, notes, said
from tests.introductions_talk import Answer, a_member, a_small_academy
from tests.poll_talk import fills, presses, reads


async def test_a_name_is_pointed_at_and_left_out_or_said_to_be_fine() -> None:
    academy = await a_small_academy()
    bo, carl = academy["Bo"], academy["Carl"]
    challenge = await asked(academy["Anna"])
    told = await answers(bo, "Karla eats alone. Anna Holm knows.")
    assert "“Karla” looks like somebody's name. Your answer is kept, and nobody else sees it yet." in told.text
    assert "Anna Holm” looks" not in told.text
    await academy.delivers()
    assert "Karla" not in reads(academy)
    assert "Not heard yet: business" in reads(academy)
    assert "Karla" not in (await presses(carl, "Answer")).text
    assert "There is nothing yet" in (await academy["Dorte"].sends_wire(encode_action(ReadAnswers(challenge.id)))).text
    mine = await bo.sends_wire(encode_action(ReadAnswers(challenge.id)))
    assert "(you, waits for you)" in mine.text
    done = await presses(bo, told.buttons["Take it out"])
    assert "… eats alone. Anna Holm knows." in done.text
    await academy.delivers()
    assert "… eats alone. Anna Holm knows." in reads(academy)
    other = await answers(carl, suggests="Ask Karla Mikkelsen how she did it.")
    assert "let it stand" in " ".join(other.buttons)
    await presses(carl, other.buttons["It is nobody private: let it stand"])
    await academy.delivers()
    assert "Karla Mikkelsen" in reads(academy)


async def test_changed_from_ones_own_card_the_new_answer_stands_in_its_place() -> None:
    academy = await a_small_academy()
    bo = academy["Bo"]
    challenge = await asked(academy["Anna"])
    told = await answers(bo, "They are tired.")
    assert not told.replaced
    form = (await presses(bo, told.buttons["Change it"])).form
    values = {"sees": "They are hungry.", "suggests": "", "seen_by": ("all",)}
    here = bo.arrival(Address("web", "message:9"))
    again = Answer(await academy.desk.submit(Submission(here, encode_action(form.action), values, marks_of(form))))
    assert again.replaced
    assert "They are hungry." in again.text
    assert [one.sees for one in await said(academy, challenge)] == ["They are hungry."]
    nowhere = await fills(bo, form, sees="They are cold.", suggests="", seen_by=("all",))
    assert not nowhere.replaced


async def test_a_number_of_one_person_never_stands() -> None:
    academy = await a_small_academy()
    bo = academy["Bo"]
    challenge = await asked(academy["Anna"])
    told = await answers(bo, "It is 010203-1234, call 22 33 44 55.")
    assert "There seems to be a CPR number and a phone number in it." in told.text
    assert "let it stand" not in " ".join(told.buttons)
    (answer,) = await said(academy, challenge)
    at = round(answer.at.timestamp() * 1_000_000)
    refused = await bo.sends_wire(encode_action(LetAnswerStand(challenge.id, at)))
    assert "A number in it belongs to one person." in refused.text
    await presses(bo, told.buttons["Take it out"])
    await academy["Anna"].sends_wire(encode_action(CloseChallenge(challenge.id)))
    (note,) = await notes(academy)
    (seen,) = note.content.perspectives["business"]
    assert seen.text == "It is …, call …."


async def test_silence_is_no_yes() -> None:
    academy = await a_small_academy()
    bo = academy["Bo"]
    challenge = await asked(academy["Anna"])
    told = await answers(bo, "Karla eats alone.")
    assert "If you choose nothing, your answer is not used" in told.text
    await answers(academy["Carl"], "They are tired.")
    await academy["Anna"].sends_wire(encode_action(CloseChallenge(challenge.id)))
    await academy.delivers()
    assert "Closed. 1 answered." in reads(academy)
    (note,) = await notes(academy)
    assert "eats alone" not in str(note.content)
    assert [one.sees for one in await said(academy, challenge)] == ["They are tired."]
    assert len(bo.posts()) == 1
    assert "so it was not used, and it is deleted." in bo.reads()
    assert academy["Carl"].posts() == []


async def test_of_nothing_but_what_was_held_no_note_is_made() -> None:
    academy = await a_small_academy()
    challenge = await asked(academy["Anna"])
    await answers(academy["Bo"], "Karla eats alone.")
    await academy["Anna"].sends_wire(encode_action(CloseChallenge(challenge.id)))
    await academy.delivers()
    assert "Nobody answered this time" in reads(academy)
    assert await notes(academy) == []


async def test_what_was_looked_at_is_what_stands() -> None:
    academy = await a_small_academy()
    bo = academy["Bo"]
    challenge = await asked(academy["Anna"])
    first = await answers(bo, "Karla eats alone.")
    await answers(bo, "Karla and Mikkel eat alone.")
    stale = await presses(bo, first.buttons["It is nobody private: let it stand"])
    assert "You changed your answer meanwhile." in stale.text
    await bo.sends_wire(encode_action(LeaveOut(challenge.id)))
    (answer,) = await said(academy, challenge)
    assert "Karla" not in answer.sees
    assert "Mikkel" not in answer.sees
    await bo.sends_wire(encode_action(TakeAnswerBack(challenge.id)))
    gone = await bo.sends_wire(encode_action(LeaveOut(challenge.id)))
    assert "You have no answer here any more." in gone.text


async def test_changed_made_private_and_taken_back() -> None:
    academy = await a_small_academy()
    bo = academy["Bo"]
    challenge = await asked(academy["Anna"])
    await answers(bo, "They are tired.", "A table.")
    first = await said(academy, challenge)
    again = await presses(bo, "Answer")
    assert {field.key: getattr(field, "value", None) for field in again.form.fields} == {
        "sees": "They are tired.",
        "suggests": "A table.",
        "seen_by": ("all",),
    }
    await fills(bo, again.form, sees="They are tired.", suggests="A table.", seen_by=("all",))
    assert await said(academy, challenge) == first
    told = await answers(bo, "They are not hungry.", "", "author")
    await academy.delivers()
    assert "not hungry" not in reads(academy)
    assert "Heard so far: business" in reads(academy)
    again = await presses(bo, "Answer")
    assert getattr(again.form.fields[2], "value", None) == ("author",)
    assert "only for whoever asks" in (await bo.sends_wire(encode_action(ReadAnswers(challenge.id)))).text
    back = await presses(bo, told.buttons["Take it back"])
    assert "Your answer is taken back." in back.text
    await presses(bo, told.buttons["Take it back"])
    await academy.delivers()
    assert "Not heard yet: business" in reads(academy)


async def test_on_two_devices_at_once_nothing_is_undone_unseen() -> None:
    academy = await a_small_academy()
    bo = academy["Bo"]
    challenge = await asked(academy["Anna"])
    await answers(bo, "They are tired.")
    phone, desk = (await presses(bo, "Answer")).form, (await presses(bo, "Answer")).form
    assert marks_of(phone) == marks_of(desk)
    await bo.fills(phone, sees="They are tired at five.", suggests="", seen_by=("all",))
    late = await bo.fills(desk, sees="They are tired at six.", suggests="A bus.", seen_by=("all",))
    assert "sees" in late.problems
    (answer,) = await said(academy, challenge)
    assert answer.sees == "They are tired at five."


@pytest.mark.parametrize("sees", ["", "  \n ", "\u200b…!"])
async def test_an_empty_answer_says_kindly_what_is_enough(sees: str) -> None:
    academy = await a_small_academy()
    await asked(academy["Anna"])
    told = await answers(academy["Bo"], sees)
    assert "one of the two is enough" in told.problems["sees"]


async def test_far_too_much_and_mark_up() -> None:
    academy = await a_small_academy()
    bo = academy["Bo"]
    challenge = await asked(academy["Anna"])
    far = await answers(bo, "x" * 40_000)
    assert "sees" in far.problems
    with pytest.raises(Exception, match="characters"):
        await academy.services.challenges.answering.answer(
            academy.workspace, challenge.id, await academy.member("Bo"), ("", "x" * (PART_CHARACTERS + 1)), shown=True
        )
    assert await said(academy, challenge) == []
    await answers(bo, "<!channel> *bold* <script>alert(1)</script> [a](javascript:x)", "{curly} @everyone")
    (answer,) = await said(academy, challenge)
    assert answer.sees.startswith("<!channel> *bold*")


async def test_after_the_close_everything_says_so() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    challenge = await asked(anna)
    told = await answers(bo, "They are tired.")
    form = (await presses(bo, "Answer")).form
    await anna.sends_wire(encode_action(CloseChallenge(challenge.id)))
    for late in (
        await bo.sends_wire(encode_action(GiveAnswer(challenge.id))),
        await fills(bo, form, sees="Too late.", suggests="", seen_by=("all",)),
        await presses(bo, told.buttons["Take it back"]),
        await bo.sends_wire(encode_action(LeaveOut(challenge.id))),
    ):
        assert "is closed, so nothing can be changed in it any more. Thank you all the same." in late.text
    (answer,) = await said(academy, challenge)
    assert answer.sees == "They are tired."
    draft = await anna.sends_wire(encode_action(AnswerUntil(challenge.id, 1, 0)))
    assert "It is posted already." in draft.text


async def test_many_answers_are_read_page_by_page() -> None:
    academy = await a_small_academy()
    await asked(academy["Anna"])
    for place in range(5):
        somebody = await academy.joins(a_member(f"M{place} Lind", f"O{place}", "business"))
        await answers(somebody, "De er trætte. " * 60, f"Idé {place}")
    await academy.delivers()
    first = await presses(academy["Dorte"], "Read the answers")
    assert "Page 1 of 3" in first.text
    second = await presses(academy["Dorte"], first.buttons["Further"])
    assert "Idé 2" in second.text
    assert "Page 1 of 3" in (await presses(academy["Dorte"], second.buttons["Back"])).text
    shown = reads(academy)
    assert "M4 Lind" in shown
    assert "M0 Lind" not in shown
    assert QUESTION in shown


async def test_a_stranger_is_asked_for_a_profile_first() -> None:
    academy = await a_small_academy()
    challenge = await asked(academy["Anna"])
    academy.ids["Eva"] = academy.ids["Anna"]
    told = await academy["Eva"].sends_wire(encode_action(GiveAnswer(challenge.id)))
    assert "First tell me who you are" in told.text
