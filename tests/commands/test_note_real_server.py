"""What servers and models do wrong, as it is met in the chat: a usable draft or a clear sentence, and nothing half kept."""

from collections.abc import Generator

import pytest

from bot.notes.domain import NoteState
from tests.emulators.openai_server import OpenaiServer, Reply, entry, error, openai_server, saying
from tests.introductions_talk import Academy, Answer
from tests.model_talk import model
from tests.note_talk import TALK, THREAD, marks, notes, presses, publishes, said, threads
from tests.note_writer import an_academy

AWAY = "The model's server did not answer. Your draft stays as it is, and nothing is lost."
KEY = "The model's server does not accept our key. Tell whoever runs me: OPENAI_API_KEY has to be set anew."
UNUSABLE = "The model gave no usable answer. Your draft stays as it is, and nothing is lost."
WRONG_IDS = saying(title="x", summary=[entry("Karen mangler en bolig.", "m99"), entry("Hun har to børn.")])
HTML = saying(
    title="<b>En bolig</b> <!channel>",
    summary=[entry("<script>alert(1)</script> Karen kan ikke få en bolig @everyone", "m1")],
    actions=[entry("<img src=x> ringer til boligforeningen på mandag", "m5", owner="<!here>", due="2026-99-99")],
)


@pytest.fixture
def server() -> Generator[OpenaiServer, None, None]:
    with openai_server() as running:
        yield running


async def asked(academy: Academy, talk: tuple[tuple[str, str], ...] = TALK) -> Answer:
    """Anna makes a note and has the model write it."""
    anna = academy["Anna"]
    threads(academy).threads[THREAD] = said(academy, talk)
    shown = await presses(anna, (await marks(anna)).buttons["Let the model write it"])
    return await presses(anna, shown.buttons["Send it"])


async def test_whatever_the_server_does_there_is_a_draft_and_a_sentence(server: OpenaiServer) -> None:
    academy = await an_academy(model(server, patience=1.0, tries=1, whole=1.5))
    academy.services.notes.modelling.patience = academy.services.notes.jobs.patience = 30.0
    faults: tuple[tuple[list[Reply], str], ...] = (
        ([Reply(cut=True, said="x" * 100)] * 4, AWAY),
        ([Reply(never=True)] * 4, AWAY),
        ([Reply("Jeg er en sprogmodel og kan ikke det."), Reply("{]")], UNUSABLE),
        ([Reply(WRONG_IDS), Reply(WRONG_IDS)], UNUSABLE),
        ([Reply(saying()), Reply("<html><body>Bad gateway</body></html>")], UNUSABLE),
        ([Reply(None, refusal="no"), Reply(None, refusal="no")], UNUSABLE),
        ([error(401, "invalid_api_key")], KEY),
    )
    for number, (replies, sentence) in enumerate(faults, start=1):
        server.replies[:] = replies
        shown = await asked(academy)
        assert sentence in shown.text, replies
        assert "Publish…" in shown.buttons
        assert len(await notes(academy, NoteState.DRAFT)) == number
    assert {note.model for note in await notes(academy)} == {""}
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert len(await work.notes.sendings()) == len(faults)


async def test_mark_up_mentions_and_impossible_days_of_a_model_are_words_or_nothing(server: OpenaiServer) -> None:
    academy = await an_academy(model(server))
    academy.services.notes.modelling.patience = academy.services.notes.jobs.patience = 30.0
    server.replies.append(Reply(HTML))
    shown = await asked(academy)
    assert "The model has written its draft." in shown.text
    assert "1,100 tokens" in shown.text
    assert not [one for one in ("<b>", "<script", "<img", "<!", "@everyone", "2026-99") if one in shown.text]
    done = await publishes(academy["Anna"], shown)
    assert "It is published" in done.text


async def test_conversations_of_all_kinds_go_through_the_model(server: OpenaiServer) -> None:
    academy = await an_academy(model(server, context=6_000))
    academy.services.notes.modelling.patience = academy.services.notes.jobs.patience = 30.0
    for talk in (
        (("Anna", "Wir haben keine Wohnung für die Familie."), ("Bo", "لدينا شقة فارغة للعائلة")),
        (("Anna", "Vi mangler en bolig. " * 2_400), ("Bo", "Vi aftaler at ringe til boligforeningen.")),
    ):
        shown = await asked(academy, talk)
        assert "Only you see this draft." in shown.text
        assert "The model has written its draft." in shown.text or UNUSABLE in shown.text
    assert max(sum(len(one["content"]) for one in request["messages"]) for request in server.asked) < 20_000
    assert len(server.asked) > 8
