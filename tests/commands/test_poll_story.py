"""A poll from the first line to its result, as those who are there see it."""

from bot.polls.domain import PollState
from tests.introductions_talk import a_small_academy
from tests.poll_talk import polls, posted, presses, reads, types


async def test_asked_voted_changed_withdrawn_and_closed() -> None:
    academy = await a_small_academy()
    anna, bo, carl = (academy[name] for name in ("Anna", "Bo", "Carl"))
    shown = await types(anna, '/poll "Where is camp 4?" "Rødovre" "Odense" closes:"in 2 hours"')
    assert "This is how it will look" in shown.text
    assert "Where is camp 4?" in shown.text
    assert "It will be posted here." in shown.text
    assert list(shown.buttons) == ["Post it", "Change", "More settings", "Throw away"]
    done = await presses(anna, shown.buttons["Post it"])
    assert "The poll is open" in done.text
    await academy.delivers()
    assert "0 have voted." in reads(academy)
    voted = await presses(bo, "Odense")
    assert "Your vote: Odense" in voted.text
    await presses(carl, "Odense")
    await presses(anna, "Rødovre")
    await academy.delivers()
    assert "Odense 2 (67 %) ▰▰▰▰▰▰▰▰▰▰" in reads(academy)
    assert "3 have voted." in reads(academy)
    await presses(bo, "Rødovre")
    await presses(carl, voted.buttons["Take my vote back"])
    await academy.delivers()
    assert "Rødovre 2 (100 %) ▰▰▰▰▰▰▰▰▰▰" in reads(academy)
    await academy.passes(hours=2)
    assert "Most for: Rødovre." in reads(academy)
    assert "Closed. 2 voted." in reads(academy)
    assert "Most for: Rødovre." in anna.reads()
    late = await presses(bo, voted.buttons["Take my vote back"])
    assert "This poll is closed" in late.text


async def test_an_anonymous_one_tells_nothing_but_how_many_until_it_closes() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await posted(olga, '/poll "Go on?" anonymous:yes')
    for name, said in (("Anna", "Yes"), ("Bo", "No"), ("Carl", "Yes"), ("Dorte", "I abstain")):
        voted = await presses(academy[name], said)
        assert said not in voted.text
    await academy.delivers()
    assert "4 have voted." in reads(academy)
    assert "(50 %)" not in reads(academy)
    seen = await types(olga, "/poll list")
    (poll,) = await polls(academy)
    looked = await olga.chooses(seen.card.elements[1], str(poll.id))  # type: ignore[arg-type]  # the list's select
    closed = await olga.presses(looked.buttons["Close the poll"])
    assert "Yes 2 (50 %)" in closed.text
    await academy.delivers()
    assert "Yes 2 (50 %)" in reads(academy)
    (poll,) = await polls(academy)
    assert (poll.state, poll.secret) == (PollState.CLOSED, b"")


async def test_the_same_press_twice_is_one_vote_also_after_another_one() -> None:
    academy = await a_small_academy()
    poll = await posted(academy["Olga"], '/poll "Which?" "A" "B"')
    await presses(academy["Anna"], "A", "press-1")
    await presses(academy["Anna"], "B", "press-2")
    again = await presses(academy["Anna"], "A", "press-1")
    assert again.replies == ()
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert await work.polls.tally(poll.id) == {("2",): 1}
