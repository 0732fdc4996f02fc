"""Long conversations, and questions: in parts that are put together again."""

from collections.abc import Generator

import pytest

from bot.errors import ModelRefused
from bot.notes.claims import statements_of
from bot.notes.transcript import Transcript
from tests.emulators.openai_server import OpenaiServer, Reply, data_of, entry, openai_server, saying
from tests.model_talk import THREAD, line, long_thread, model


@pytest.fixture
def server() -> Generator[OpenaiServer, None, None]:
    with openai_server() as running:
        yield running


async def test_a_long_thread_is_read_whole_in_parts_and_put_together(server: OpenaiServer) -> None:
    transcript = long_thread(120)
    told: list[float] = []

    async def how_far(done: float) -> None:
        told.append(done)

    written = await model(server, context=8192).summarise(transcript, "da", how_far)
    read = [row["id"] for asked in server.asked[:-1] for row in data_of(asked)]
    assert read == [one.id for one in transcript.lines]
    assert len(server.asked) > 2
    assert written.cost.calls == len(server.asked)
    merging = data_of(server.asked[-1])
    assert {row["id"][0] for row in merging} == {"s"}
    assert "agreements: Så aftaler vi at købe 60 gryder" in [row["text"] for row in merging]
    # The model left it out of the whole, where nothing is lost that was agreed.
    assert [one.sources for one in written.note.agreements] == [("m60",)]
    assert {source[0] for one in statements_of(written.note) for source in one.sources} == {"m"}
    assert told == sorted(told)
    assert told[-1] < 1


async def test_parts_that_nobody_can_put_together_stand_one_after_the_other(server: OpenaiServer) -> None:
    transcript = long_thread(60)
    usual = server.writes
    server.writes = lambda data, asked: usual(data, asked) if data[0]["id"][0] == "m" else "no"
    note = (await model(server, context=8192).summarise(transcript, "da")).note
    assert [one.sources for one in note.agreements] == [("m30",)]
    assert len(note.summary) > 1
    assert len(server.asked) > 3


async def test_a_model_that_reads_less_than_was_thought_gets_smaller_parts(server: OpenaiServer) -> None:
    server.context = 9_000
    transcript = long_thread(60)
    await model(server).summarise(transcript, "da")
    read = {row["id"] for asked in server.asked for row in data_of(asked)}
    assert read >= {one.id for one in transcript.lines}
    server.context = 100
    with pytest.raises(ModelRefused, match="OPENAI_CONTEXT"):
        await model(server).summarise(THREAD, "da")


async def test_one_message_of_fifty_thousand_letters_goes_in_pieces(server: OpenaiServer) -> None:
    words = " ".join(f"køkken{number}" for number in range(5_000))
    await model(server, context=8192).summarise(Transcript((line(1, "1", words),)), "da")
    parted = [row for asked in server.asked for row in data_of(asked) if row["id"] == "m1"]
    assert "".join(row["text"] for row in parted) == words


async def test_a_question_is_answered_from_the_conversation_alone(server: OpenaiServer) -> None:
    server.replies = [
        Reply(
            saying(
                answer=[entry("Minibussen har 8 pladser.", "m3", "question"), entry("Hele verden venter på os", "m3")],
                sources=["m3", "m77", "m2"],
            )
        )
    ]
    answer = await model(server).answer(THREAD, "Hvem kan køre?", "da")
    assert [(one.text, one.sources) for one in answer.statements] == [("Minibussen har 8 pladser.", ("m3",))]
    assert answer.sources == ("m3", "m2")
    assert data_of(server.asked[0])[0] == {"id": "question", "text": "Hvem kan køre?"}
    server.replies = [Reply(saying(answer=[], sources=[]))]
    assert not (await model(server).answer(THREAD, "Hvad koster månen?", "da")).statements
    server.replies = [Reply(saying(answer=[entry("Alt om fodbold og raketter", "m1")]))] * 2
    with pytest.raises(ModelRefused):
        await model(server).answer(THREAD, "Hvad koster månen?", "da")


async def test_answers_from_several_parts_become_one(server: OpenaiServer) -> None:
    answer = await model(server, context=8192).answer(long_thread(60), "Hvad med køkkenet?", "da")
    assert answer.statements
    assert {source[0] for one in answer.statements for source in one.sources} == {"m"}
    usual = server.writes
    server.writes = lambda data, asked: usual(data, asked) if data[1]["id"][0] == "m" else "no"
    assert (await model(server, context=8192).answer(long_thread(60), "Hvad med køkkenet?", "da")).statements
    server.writes = lambda data, asked: usual(data, asked) if data[1]["id"][0] == "m" else saying(answer=[])
    assert (await model(server, context=8192).answer(long_thread(60), "Hvad med køkkenet?", "da")).statements
