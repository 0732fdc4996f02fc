"""Before a model is asked, and after: what is masked, what is shown, what waits, and what comes back."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from adapters.summarisers.offline import OfflineSummariser
from bot.errors import ModelAway, NotUnderstood
from bot.notes.asking import Asker
from bot.notes.casenote import Answer, CaseNote, Statement, Task
from bot.notes.prepared import Prepared
from bot.notes.sending import LONGEST_PIECE, parts, pieced, rows, sheet, tokens
from bot.notes.summarising import Cost, HowFar, Written
from bot.notes.transcript import Line, Transcript
from bot.privacy import Kind

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
THREAD = Transcript(
    (
        Line("1700.1", "Mette Holm Hansen", "Fru Gudrun Pedersen, CPR 010140-1234, er ensom", "municipality", AT),
        Line("1700.2", "xX_kok_Xx", "Mette, ring til hende på 20 12 34 56, aftalt?", "", AT, "1700.1"),
        Line("1700.3", "Mette Holm Hansen", "Vi aftaler at ringe torsdag. Skrevet af [PERSON 1]", "municipality"),
        Line("1700.4", "", "", "", AT, "1600.9"),
    ),
    "Om Gudrun Pedersen",
)
SECRETS = ("Mette", "Holm", "Hansen", "kok", "Gudrun", "Pedersen", "010140", "1234", "20 12 34 56", "1700")


class Echo:
    """A model that says the thread again, and keeps what it was given."""

    model = "echo example.org"
    room = 4_000

    def __init__(self, fails: bool = False) -> None:
        self.fails = fails
        self.given: list[Transcript] = []
        self.asked: list[str] = []

    async def summarise(self, transcript: Transcript, language: str, how_far: HowFar | None = None) -> Written:
        self._given(transcript)
        if how_far is not None:
            await how_far(1.0)
        said = tuple(Statement(f"{one.author}: {one.text}", (one.id, "m99")) for one in transcript.lines if one.text)
        note = CaseNote(
            title=said[0].text,
            language=language,
            summary=said[:1],
            situation=said[:1],
            perspectives={"municipality": said[:1]},
            ideas=said[1:2],
            agreements=said[2:],
            actions=(Task("Ringer", ("m2",), transcript.lines[1].author, date(2026, 3, 5)),),
            questions=said[1:2],
            tags=("ensom",),
        )
        return Written(note, self.model, Cost(1, 10, 5))

    async def answer(self, transcript: Transcript, question: str, language: str) -> Answer:
        self._given(transcript)
        self.asked.append(f"{language}: {question}")
        return Answer((Statement(f"Ja: {question}", ("m1",)),), ("m1", "m2", "m99"))

    def _given(self, transcript: Transcript) -> None:
        self.given.append(transcript)
        if self.fails:
            raise ModelAway("the model's server answers 503")


def asker(model: Echo | None) -> Asker:
    return Asker(model, OfflineSummariser())


async def prepared(model: Echo | None = None, question: str = "") -> Prepared:
    return await asker(model or Echo()).prepare(THREAD, ["Lone Lund"], "da", question)


async def test_what_would_be_sent_names_nobody_and_is_what_is_sent() -> None:
    model = Echo()
    waiting = await asker(model).prepare(THREAD, ["Lone Lund"], "da")
    sent = json.loads(waiting.text)
    assert not [secret for secret in SECRETS if secret in waiting.text]
    assert [row["id"] for row in sent] == ["m1", "m2", "m3"]
    assert sent[0]["from"] == sent[2]["from"] != sent[1]["from"]
    assert sent[0]["from"][:-1] in sent[1]["text"]
    assert (sent[0]["sector"], sent[0]["day"], sent[1]["answers"]) == ("municipality", "2026-03-02", "m1")
    assert not model.given
    await asker(model).ask(waiting)
    assert sheet(rows(model.given[0].lines)) == waiting.text
    assert waiting.counts[Kind.CPR] == waiting.counts[Kind.PHONE] == 1
    assert waiting.counts[Kind.PERSON] >= 4
    assert (waiting.messages, waiting.requests, waiting.in_parts, waiting.model) == (4, 1, False, "echo example.org")
    assert waiting.tokens > 50
    assert not any(secret in repr(waiting) for secret in SECRETS)


async def test_the_note_comes_back_with_names_and_the_messages_own_ids() -> None:
    asked = await asker(Echo()).ask(await prepared())
    note = asked.written.note
    assert note.title.startswith("Mette Holm Hansen: Fru Gudrun Pedersen, CPR 010140-1234")
    assert note.perspectives["municipality"][0].sources == ("1700.1",)
    assert (note.actions[0].owner, note.actions[0].sources) == ("xX_kok_Xx", ("1700.2",))
    assert note.actions[0].due == date(2026, 3, 5)
    assert (asked.trouble, asked.written.model, asked.written.cost.calls) == (None, "echo example.org", 1)
    # What somebody typed that looks like a token stays what it was.
    assert note.agreements[0].text.endswith("Skrevet af [PERSON 1]")


async def test_it_can_wait_and_is_then_the_same() -> None:
    waiting = await prepared(question="Hvem ringer til Gudrun?")
    again = Prepared.from_json(waiting.to_json())
    assert (again, again.digest) == (waiting, waiting.digest)
    # What answers a message that is not in it answers none.
    assert again.restored() == Transcript((*THREAD.lines[:3], replace(THREAD.lines[3], reply_to="")), THREAD.title)
    assert waiting.digest != replace(waiting, question="").digest
    kept = json.loads(waiting.to_json())
    for broken in (
        "",
        "[]",
        "{}",
        json.dumps({**kept, "ids": []}),
        json.dumps({**kept, "digest": "0"}),
        json.dumps({**kept, "key": "{}"}),
        json.dumps({**kept, "counts": {"soul": 1}}),
    ):
        with pytest.raises(NotUnderstood):
            Prepared.from_json(broken)


async def test_where_the_model_fails_the_rules_of_the_house_write() -> None:
    asked = await asker(Echo(fails=True)).ask(await prepared())
    assert isinstance(asked.trouble, ModelAway)
    assert asked.written.model == ""
    assert asked.written.note.agreements[0].sources == ("1700.3",)
    answered = await asker(Echo(fails=True)).ask_about(await prepared(question="Hvem ringer til Gudrun?"))
    assert isinstance(answered.trouble, ModelAway)
    assert answered.answer.sources


async def test_a_question_is_masked_and_its_answer_restored() -> None:
    model = Echo()
    waiting = await asker(model).prepare(THREAD, [], "da", " Hvem ringer til Gudrun Pedersen? ")
    answered = await asker(model).ask_about(waiting)
    assert not [secret for secret in SECRETS if secret in model.asked[0]]
    assert answered.answer.statements[0].text == "Ja: Hvem ringer til Gudrun Pedersen?"
    assert (answered.answer.sources, answered.trouble) == (("1700.1", "1700.2"), None)


async def test_nobody_is_asked_but_who_was_agreed_to() -> None:
    waiting = await prepared()
    none = asker(None)
    assert none.model == ""
    assert "another model" in str((await none.ask(waiting)).trouble)
    other = Echo()
    other.model = "echo elsewhere.org"
    assert "another model" in str((await asker(other).ask(waiting)).trouble)
    assert not other.given
    assert (await none.prepare(THREAD, [], "da")).model == ""


async def test_nobody_is_called_by_what_comes_back() -> None:
    """A handle that was masked comes back as a word; an address of mail stays one."""
    said = Transcript(
        (Line("1", "Mette", "Skriv det til @everyone, <@U012AB3CD> og mette@forening.dk"), *THREAD.lines[1:])
    )
    asked = await asker(Echo()).ask(await asker(Echo()).prepare(said, [], "da"))
    assert asked.written.note.summary[0].text == "Mette: Skriv det til everyone,  og mette@forening.dk"


async def test_an_empty_thread_is_nothing_to_send() -> None:
    waiting = await asker(Echo()).prepare(Transcript(()), [], "da")
    assert (waiting.messages, waiting.requests, waiting.in_parts) == (0, 0, False)
    assert waiting.restored() == Transcript(())


def test_long_messages_go_in_pieces_that_join_again() -> None:
    words = "[PERSON 1] og [ADDRESS 12] " * 400
    solid = "🌻" * 3000
    spaced = "x " * 3000
    for text in (words, solid, spaced, "[PERSON 1]" * 400, "kort"):
        pieces = pieced([Line("m1", "[PERSON 1]", text)])
        assert "".join(piece.text for piece in pieces) == text
        assert all(tokens(piece.text) <= LONGEST_PIECE for piece in pieces)
        assert all(piece.text.count("[") == piece.text.count("]") for piece in pieces)
        assert rows(pieces) == rows([Line("m1", "[PERSON 1]", text)])


def test_parts_hold_all_of_it_in_order() -> None:
    lines = [Line(f"m{number}", "[PERSON 1]", "ord " * number) for number in range(1, 60)]
    made = parts(lines, 300)
    assert [line for part in made for line in part] == lines
    assert all(len(part) == 1 or tokens(sheet(rows(part))) <= 320 for part in made)
    assert parts([], 300) == []


def test_halves_of_characters_do_not_break_what_is_sent() -> None:
    sent = rows([Line("m1", "[PERSON 1]", "et \ud83d halvt tegn")])[0]
    assert json.loads(sent.encode().decode())["text"] == "et \ufffd halvt tegn"
