"""Polls in the local workspace: one card for each person's vote, and bars that nobody has to listen to."""

from bot.messages.actions import encode_action
from bot.polls.actions import PostPoll, Vote
from bot.polls.domain import PollPlace, PollState
from bot.words import Languages
from tests.adapters.poll_house import TABLES, courier, newest
from tests.adapters.web_academy import open_academy
from tests.adapters.web_talk import card_of, notices, press, say, seen


async def test_a_changed_vote_changes_the_card_that_said_it(languages: Languages) -> None:
    academy = await open_academy(languages, TABLES)
    place = await academy.general()
    await say(academy, academy.anna, place, '/poll "Where?" Rødovre Odense')
    drafted = (await seen(academy, academy.anna, place))[-1]
    poll = await newest(academy.memory, academy.front.workspace.id)
    await press(academy, academy.anna, drafted.id, encode_action(PostPoll(poll.id, poll.revision)))
    await courier(academy.memory, academy.chat, languages, academy.front.clock).run_once()
    card = next(one for one in await seen(academy, academy.bo, place) if card_of(academy, one).notice == "Where?")
    for option in ("1", "2", "1"):
        await press(academy, academy.bo, card.id, encode_action(Vote(poll.id, option)))
    assert [said for said in await notices(academy, academy.bo, place) if "vote" in said] == ["Your vote: Rødovre"]
    assert isinstance(poll.places[0], PollPlace)
    assert (await newest(academy.memory, academy.front.workspace.id)).state is PollState.OPEN
    async with academy.client() as client:
        page = (await client.get(f"/as/{academy.bo.id}/c/{place}")).text
    assert '<span aria-hidden="true">▱▱▱▱▱▱▱▱▱▱</span>' in page
