"""Polls and people who become one, leave, or ask what is known of them; and polls that repeat."""

import json

from bot.linking.uniting import unite
from bot.members.leaving import everything_about
from bot.messages.actions import encode_action
from bot.polls.actions import ClosePoll
from bot.polls.domain import PollState
from bot.polls.people import leave_polls
from tests.introductions_talk import Academy, a_small_academy, buttons_of, selects_of
from tests.poll_talk import card_in, polls, posted, presses, reads, types


async def becomes(academy: Academy, gone: str, kept: str) -> None:
    async with academy.memory.units(academy.workspace) as work:
        one, other = await academy.member(kept), await academy.member(gone)
        await unite(work, one, other, one, academy.clock.now())
        await work.commit()
    await academy.delivers()


async def test_two_rows_that_are_one_person_count_once() -> None:
    academy = await a_small_academy()
    for kind in ("", " anonymous:yes"):
        await posted(academy["Olga"], f'/poll "Which?" "A" "B"{kind}')
        for name in ("Anna", "Bo", "Carl"):
            await presses(academy[name], "A" if name == "Anna" else "B")
    untouched = await posted(academy["Olga"], '/poll "Nobody yet?" "A" "B"')
    await becomes(academy, "Bo", "Anna")
    for poll in [one for one in await polls(academy) if one.id != untouched.id]:
        async with academy.memory.units(academy.workspace, reading=True) as work:
            assert await work.polls.tally(poll.id) == {("1",): 1, ("2",): 1}
    await becomes(academy, "Carl", "Dorte")
    for poll in [one for one in await polls(academy) if one.id != untouched.id]:
        async with academy.memory.units(academy.workspace, reading=True) as work:
            assert await work.polls.tally(poll.id) == {("1",): 1, ("2",): 1}


async def test_in_a_closed_poll_the_one_that_stays_has_the_vote() -> None:
    academy = await a_small_academy()
    poll = await posted(academy["Olga"], '/poll "Which?" "A" "B"')
    await presses(academy["Bo"], "B")
    await academy["Olga"].sends_wire(encode_action(ClosePoll(poll.id)))
    await becomes(academy, "Bo", "Anna")
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert await work.polls.ballots(poll.id) == {str(academy.ids["Anna"]): ("2",)}


async def test_who_was_asked_by_name_is_the_one_that_stays() -> None:
    academy = await a_small_academy()
    await posted(academy["Bo"], '/poll "Which?" "A" "B" closes:all')
    await becomes(academy, "Bo", "Anna")
    (poll,) = await polls(academy)
    assert poll.author == academy.ids["Anna"]
    assert academy.ids["Bo"] not in poll.asked


async def test_whoever_leaves_takes_an_open_vote_along_and_leaves_a_number_behind_in_a_closed_one() -> None:
    academy = await a_small_academy()
    await posted(academy["Olga"], '/poll "Closed?" "A" "B"')
    await presses(academy["Anna"], "A")
    listed = await types(academy["Olga"], "/poll list")
    seen = await academy["Olga"].chooses(selects_of(listed.card)[0], str((await polls(academy))[0].id))
    await academy["Olga"].presses(seen.buttons["Close the poll"])
    await academy.delivers()
    await posted(academy["Olga"], '/poll "Open?" "A" "B" anonymous:yes')
    await presses(academy["Anna"], "A")
    await presses(academy["Bo"], "A")
    async with academy.memory.units(academy.workspace) as work:
        await leave_polls(work, academy.ids["Anna"], academy.clock.now())
        await leave_polls(work, academy.ids["Dorte"], academy.clock.now())
        await work.commit()
    (opened,), (closed,) = await polls(academy, PollState.OPEN), await polls(academy, PollState.CLOSED)
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert await work.polls.count(opened.id) == 1
        ballots = await work.polls.ballots(closed.id)
    assert list(ballots.values()) == [("1",)]
    assert str(academy.ids["Anna"]) not in ballots


async def test_whoever_asks_what_is_known_is_told_named_votes_only() -> None:
    academy = await a_small_academy()
    await posted(academy["Olga"], '/poll "Named?" "Alpha" "Beta"')
    await presses(academy["Anna"], "Alpha")
    await posted(academy["Olga"], '/poll "Days?" "12 May 2026" "13 May 2026" "14 May 2026" "15 May 2026" kind:one')
    await presses(academy["Anna"], "12 May 2026")
    await posted(academy["Olga"], '/poll "Not mine?" "Eta" "Theta"')
    await posted(academy["Olga"], '/poll "Secret?" "Gamma" "Delta" anonymous:yes')
    await presses(academy["Anna"], "Gamma")
    async with academy.memory.units(academy.workspace, reading=True) as work:
        known = json.loads(await everything_about(work, await academy.member("Anna"), academy.clock.now()))
    assert {(vote["poll"], *vote["options"]) for vote in known["votes"]} == {
        ("Named?", "Alpha"),
        ("Days?", "12 May 2026"),
    }


async def test_a_poll_that_repeats_is_a_poll_of_its_own_each_time() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await types(olga, '/poll template:pulse repeat:"every monday 09:00" closes:"in 5 hours"')
    assert "Each one is open for 5 hours." in shown.text
    shown = await types(olga, '/poll template:pulse repeat:"every monday 09:00" closes:"in 48 hours"')
    assert "Each one is open for 2 days." in shown.text
    assert "How is our network doing" in shown.text
    assert "It repeats every Monday at 09:00" in shown.text
    done = await presses(olga, shown.buttons["Post it"])
    assert "It is planned" in done.text
    await academy.passes(days=7, hours=1)
    (first,) = await polls(academy, PollState.OPEN)
    await presses(academy["Anna"], "★★★★")
    await academy.passes(days=7)
    (second,) = await polls(academy, PollState.OPEN)
    assert second.id != first.id
    assert first.id in {poll.id for poll in await polls(academy, PollState.CLOSED)}
    (pattern,) = await polls(academy, PollState.PATTERN)
    listed = await types(olga, "/poll list")
    seen = await olga.chooses(selects_of(listed.card)[0], str(pattern.id))
    ended = await olga.presses(seen.buttons["Stop repeating it"])
    assert "Stop repeating it" not in ended.buttons
    assert await polls(academy, PollState.PATTERN) == []
    await academy.passes(days=7)
    assert await polls(academy, PollState.OPEN) == []
    assert "Closed. 0 voted." in reads(academy)
    assert buttons_of(card_in(academy)) == {}
