"""The challenge of the demo: asked once, in an academy that was made just now, and answered by three sectors."""

import csv

from bot.challenges.domain import ChallengeState
from bot.challenges.hints import hints
from bot.challenges.pointing import marks_in
from bot.demo.academy import DemoCast
from bot.demo.cast import DATA
from bot.demo.challenge import pose
from bot.demo.talk import GENERAL
from bot.identity import ConversationId, WorkspaceId, new_id
from bot.playground.domain import Conversation, ConversationKind
from bot.privacy import Masker
from tests.fake_chat import FakeChat
from tests.fakes import Memory, StoppedClock
from tests.introductions_talk import Academy, a_member
from tests.poll_talk import reads


async def its_people(academy: Academy) -> None:
    with (DATA / "members.csv").open(encoding="utf-8") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    for id_ in ("m03", "m27", "m33", "m41"):
        row = rows[id_]
        await academy.joins(a_member(row["name"], row["organisation"], row["sector"], roster_id=id_, language="da"))
    async with academy.memory.units(academy.workspace) as work:
        everybody = Conversation(
            ConversationId(new_id()), ConversationKind.CHANNEL, "general", GENERAL, (), academy.clock.now()
        )
        await work.playground.ensure(everybody)
        await work.commit()


async def test_it_stands_in_the_channel_that_all_are_in() -> None:
    academy = await Academy.begin()
    await its_people(academy)
    chat = academy.chats.of(academy.workspace, "web")
    chat.channels.append("general")
    cast = DemoCast(academy.ids["Kirsten"], (), settled_now=True)
    await pose(academy.memory.units, chat, academy.workspace, cast, academy.clock.now())
    await academy.delivers()
    card = reads(academy)
    assert "Heard so far: business, civil society, foundation and municipality. Not heard yet: research." in card
    assert "3 have answered." in card
    async with academy.memory.units(academy.workspace, reading=True) as work:
        (challenge,) = await work.challenges.in_states(tuple(ChallengeState))
        answers = await work.challenges.answers(challenge.id)
    texts = [challenge.question, challenge.view, *(text for one in answers for text in (one.sees, one.suggests))]
    assert marks_in(texts, Masker()) == ()
    assert hints(challenge.question) == ()


async def test_an_academy_that_was_there_is_left_alone() -> None:
    memory, clock = Memory(), StoppedClock()
    for chat, new in ((FakeChat(clock), False), (None, True)):
        await pose(memory.units, chat, WorkspaceId(new_id()), DemoCast(None, (), settled_now=new), clock.now())
    assert memory.all_books() == []
