"""Every kind of poll, asked and answered: several answers, an order, days, stars; what is typed wrongly is told kindly."""

from collections.abc import Mapping

import pytest

from bot.camps.actions import PlanCamp
from bot.polls.chart import chart
from bot.polls.counting import Bar
from bot.polls.domain import PollState
from tests.introductions_talk import Academy, Answer, a_small_academy, buttons_of, selects_of
from tests.poll_talk import GENERAL, card_in, fills, polls, posted, presses, reads, told, types


async def looked(academy: Academy, name: str = "Olga") -> Answer:
    """The newest poll, as somebody sees it in private."""
    somebody = academy[name]
    listed = await types(somebody, "/poll list")
    (poll, *_) = await polls(academy, PollState.OPEN, PollState.CLOSED, PollState.PATTERN)
    return await somebody.chooses(selects_of(listed.card)[0], str(poll.id))


async def voted(academy: Academy, name: str, **values: str | tuple[str, ...]) -> Answer:
    form = (await presses(academy[name], "Vote")).form
    return await fills(academy[name], form, **values)


async def closed(academy: Academy, name: str = "Olga") -> Answer:
    seen = await looked(academy, name)
    done = await academy[name].presses(seen.buttons["Close the poll"])
    await academy.delivers()
    return done


async def test_several_answers_up_to_as_many_as_one_may() -> None:
    academy = await a_small_academy()
    await posted(academy["Olga"], '/poll "Which themes?" A B C D multiple:2')
    assert "Up to 2 answers each." in reads(academy)
    await voted(academy, "Anna", chosen=("1", "2"))
    refused = await voted(academy, "Bo", chosen=("1", "2", "3"))
    assert "You may choose 2 at the most, and you chose 3." in refused.text
    await voted(academy, "Bo", chosen=("3", "1"))
    again = (await presses(academy["Bo"], "Vote")).form
    assert again.fields[0].value == ("1", "3")  # type: ignore[union-attr]  # a field of choices
    done = await closed(academy)
    assert "Most for: A." in done.text
    assert "A 2 (100 %)" in done.text


async def test_an_order_is_counted_in_rounds() -> None:
    academy = await a_small_academy()
    await posted(academy["Olga"], '/poll "Which?" A B C kind:ranked')
    orders = {"Anna": ("1", "2"), "Bo": ("1", ""), "Carl": ("2", "3"), "Dorte": ("3", "2"), "Olga": ("2", "")}
    for name, (first, second) in orders.items():
        told = await voted(academy, name, place1=first, place2=second, place3="")
        assert "1. " in told.text
    done = await closed(academy)
    assert "Round 1: A 2, B 2, C 1. C goes out." in done.text
    assert "Round 2: A 2, B 3." in done.text
    assert "B wins after 2 rounds." in done.text


async def test_a_tie_is_settled_by_the_rule_and_said_so() -> None:
    academy = await a_small_academy()
    await posted(academy["Olga"], '/poll "Which?" A B C kind:ranked')
    for name, order in {"Anna": "1", "Bo": "2", "Carl": "3"}.items():
        await voted(academy, name, place1=order, place2="", place3="")
    done = await closed(academy)
    assert "Several were last" in done.text
    assert "1 ballot names none of them." in done.text


async def test_days_become_a_camp_or_a_file() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await posted(olga, '/poll "Next camp" "12 May 2026 at 10" "14 May 2026" kind:dates')
    said = await voted(academy, "Anna", yes=("1",), maybe=("2",))
    assert "yes: Tuesday, 12 May 2026 at 10:00; if need be: Thursday, 14 May 2026" in said.text
    await voted(academy, "Bo", yes=("2",), maybe=())
    none = await voted(academy, "Carl", yes=(), maybe=())
    assert "none of the days" in none.text
    done = await closed(academy)
    assert "Most for: Thursday, 14 May 2026." in done.text
    file = (await olga.presses(done.buttons["Calendar file"])).handed.file
    assert b"DTSTART;VALUE=DATE:20260514" in file.content
    *_, over, day = academy.chats.of(academy.workspace).said_in(GENERAL)
    assert list(buttons_of(over)) == ["Calendar file"]
    assert "Best for most: Thursday, 14 May 2026." in day.notice
    form = (await olga.presses(done.buttons["Make a camp of it"])).form
    assert isinstance(form.action, PlanCamp)
    numbers = (await olga.presses(done.buttons["Numbers (CSV)"])).handed.file
    assert numbers.content.decode("utf-8-sig").splitlines()[1] == "Tuesday, 12 May 2026 at 10:00;1;0"


async def test_a_time_of_day_is_an_hour_in_the_calendar() -> None:
    academy = await a_small_academy()
    await posted(academy["Olga"], '/poll "Call" "12 May 2026 at 10" "13 May 2026 at 10" kind:dates')
    await voted(academy, "Anna", yes=("1",), maybe=())
    done = await closed(academy)
    file = (await academy["Olga"].presses(done.buttons["Calendar file"])).handed.file
    assert b"DTSTART:20260512T080000Z" in file.content
    assert b"DTEND:20260512T090000Z" in file.content


async def test_days_that_nobody_can_are_no_result() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await posted(olga, '/poll "Next camp" "12 May 2026" "14 May 2026" kind:dates')
    done = await closed(academy)
    assert "Calendar file" not in done.buttons
    assert "Most for" not in done.text


async def test_stars_have_an_average_and_a_picture() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await posted(olga, '/poll "How was it?" kind:stars')
    await presses(academy["Anna"], "★★★★")
    await presses(academy["Bo"], "★★★")
    await academy.delivers()
    assert "On average 3.5 of 5." in reads(academy)
    seen = await looked(academy)
    assert "On average 3.5 of 5." in seen.text
    done = await closed(academy)
    handed = (await olga.presses(done.buttons["Picture"])).handed
    assert handed.file.content.startswith(b"\x89PNG")
    assert handed.file.alternative == handed.card.notice
    assert "C: ★★★ 1 · D: ★★★★ 1" in handed.card.notice
    votes = (await olga.presses(done.buttons["Who said what (CSV)"])).handed.file.content.decode("utf-8-sig")
    assert votes.splitlines() == [
        "name;organisation;answer",
        "Anna Holm;Rødovre Kommune;★★★★",
        "Bo Lind;Sportshallen;★★★",
    ]
    refused = await academy["Anna"].presses(done.buttons["Who said what (CSV)"])
    assert "Only whoever made the poll, or an organiser, can do that." in refused.text


def test_a_picture_of_days_shows_both_kinds_of_yes() -> None:
    names, said = ("Rødovre – Ældrecentret", "🌉 東 Żółć " * 9), "Hvornår mødes vi? " * 12
    both, one = [Bar("1", 3, 2), Bar("2", 0)], [Bar("1", 5), Bar("2", 0)]
    pictures = [chart(bars, names, said, "lighter: if need be") for bars in (both, one)]
    assert pictures[0] != pictures[1]
    assert chart(both, names, "?", "") != chart(both, names[::-1], "?", "")


WRONG: Mapping[str, str] = {
    '/poll "Which?" "A"': "A poll needs two options or more",
    '/poll "Which?" "A" "a"': "About a: That answer is there already.",
    '/poll "" "A" "B"': "What do you want to ask?",
    '/poll "Which?" ' + " ".join(f'"{number}"' for number in range(200)): "That is 200 options; 25 is the most",
    '/poll "Which?" "A" "B" multiple:99': "How many may one choose?",
    '/poll "Which?" "A" "B" multiple:0': "How many may one choose?",
    '/poll "Which?" "A" "B" quorum:-1': "How many have to vote",
    '/poll "Which?" "A" "B" kind:stars': "This kind of poll brings its own answers.",
    f'/poll "{"x" * 301}"': "That is 301 characters; 300 is the most.",
    f'/poll "Which?" "{"x" * 151}" "B"': "That is 151 characters; 150 is the most.",
    '/poll "When?" "next week" "friday at 9" kind:dates': "not one day or time",
    '/poll "When?" "friday at 9 or 10" "monday at 8" kind:dates': "",
    '/poll "Which?" "A" "B" repeat:"now and then"': "",
    '/poll "Which?" "A" "B" in:#nowhere': "I know no channel #nowhere here.",
}


@pytest.mark.parametrize("line", WRONG)
async def test_what_is_wrong_is_told_kindly_and_nothing_is_kept(line: str) -> None:
    academy = await a_small_academy()
    answer = await types(academy["Anna"], line)
    assert WRONG[line] in told(answer)
    assert "Post it" not in answer.buttons
    assert await polls(academy) == []


async def test_what_was_typed_is_never_a_mention_or_mark_up() -> None:
    academy = await a_small_academy()
    await posted(academy["Anna"], '/poll "*Hej* <!channel> @Bo" "<b>A</b>" "[x](https://x.example)"')
    assert "*Hej* <!channel> @Bo" in reads(academy)


async def test_in_several_channels_one_vote_each() -> None:
    academy = await a_small_academy()
    chat = academy.chats.of(academy.workspace)
    chat.channels = ["general", "news"]
    poll = await posted(academy["Anna"], '/poll "Which?" "A" "B" in:#general|#news')
    assert len(poll.places) == 2
    news = poll.places[1].address
    await presses(academy["Bo"], "A")
    await presses(academy["Bo"], buttons_of(card_in(academy, news))["B"])
    await academy.delivers()
    assert reads(academy, GENERAL) == reads(academy, news)
    assert "1 has voted." in reads(academy)


async def test_others_add_options() -> None:
    academy = await a_small_academy()
    await posted(academy["Anna"], '/poll "Which?" "A" "B" add:yes')
    form = (await presses(academy["Bo"], "Add an option")).form
    assert "That answer is there already." in (await fills(academy["Bo"], form, option="b")).problems["option"]
    assert "Added." in (await fills(academy["Bo"], form, option="C")).text
    await academy.delivers()
    await presses(academy["Carl"], "C")
    await academy.delivers()
    assert "C 1 (100 %)" in reads(academy)


async def test_a_poll_that_is_full_takes_no_more() -> None:
    academy = await a_small_academy()
    many = " ".join(f'"{number}"' for number in range(25))
    await posted(academy["Anna"], f'/poll "Which?" {many} add:yes')
    form = (await presses(academy["Bo"], "Add an option")).form
    assert "There are 25 options already" in (await fills(academy["Bo"], form, option="C")).problems["option"]


async def test_those_who_have_not_voted_are_reminded_once() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await posted(olga, '/poll "Which?" "A" "B" quorum:3')
    await presses(academy["Anna"], "A")
    seen = await looked(academy)
    assert "It counts if 3 people vote." in seen.text
    asked = await olga.presses(seen.buttons["Remind those who have not voted"])
    assert "4 people have not voted yet" in asked.text
    told = await olga.presses(asked.buttons["Remind them"])
    assert "I am reminding 4 people." in told.text
    await academy.delivers()
    assert "You have not voted yet" in academy["Bo"].reads()
    assert academy["Anna"].posts() == []
    again = await olga.presses(asked.buttons["Remind them"])
    assert "Once is enough." in again.text
    await academy["Bo"].presses("B")
    done = await closed(academy)
    assert "It does not count: 2 of the 3 voted that it takes." in done.text


async def test_closed_and_opened_again_with_the_votes_that_it_has() -> None:
    academy = await a_small_academy()
    await posted(academy["Anna"], '/poll "Which?" "A" "B" results:voted quorum:1')
    told = await presses(academy["Bo"], "A")
    assert "A 1 (100 %)" in told.text
    assert "(100 %)" not in reads(academy)
    refused = await academy["Bo"].presses((await looked(academy, "Anna")).buttons["Close the poll"])
    assert "Only whoever made the poll" in refused.text
    done = await closed(academy, "Anna")
    assert "Enough people voted for it to count." in done.text
    twice = await academy["Anna"].presses((await looked(academy, "Anna")).buttons["Open it again"])
    assert "1 has voted." in twice.text
    refused = await academy["Anna"].presses(done.buttons["Open it again"])
    assert "This poll is open already." in refused.text
    await academy.delivers()
    await presses(academy["Carl"], "B")
    done = await closed(academy, "Anna")
    assert "As many for each of these: A and B." in done.text


async def test_whoever_has_voted_sees_the_numbers_later_as_well() -> None:
    academy = await a_small_academy()
    await posted(academy["Anna"], '/poll "Which?" "A" "B" results:voted')
    early = await presses(academy["Bo"], "See the numbers")
    assert "You see the numbers once you have voted." in early.text
    await presses(academy["Bo"], "A")
    assert "A 1 (100 %)" in (await presses(academy["Bo"], "See the numbers")).text
    assert "(100 %)" not in (await looked(academy, "Anna")).text
    assert "(100 %)" not in reads(academy)


async def test_an_anonymous_one_is_not_opened_again_but_copied() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await posted(olga, '/poll "Which?" "A" "B" anonymous:yes')
    await presses(academy["Anna"], "A")
    done = await closed(academy)
    assert "Fewer than three people voted." in done.text
    copy = await olga.presses(done.buttons["New poll with the same options"])
    assert list(copy.buttons) == ["Post it", "Change", "More settings", "Throw away"]
    gone = await olga.presses(copy.buttons["Throw away"])
    assert "Nobody saw it." in gone.text
