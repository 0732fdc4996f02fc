"""The embeddings server, over real HTTP: what is sent, what is understood, and what each kind of trouble becomes."""

import json
import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from adapters.embedders.server import ServerEmbedder
from bot.errors import ModelAway, ModelError, ModelRefused


@dataclass(slots=True)
class Reply:
    """What the server answers next: a status, headers and a body; vectors of the texts where there is no body."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: str = ""


class Emulator(ThreadingHTTPServer):
    """Answers in OpenAI's form, or as a test told it to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.replies: list[Reply] = []
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.paths: list[str] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Answering(BaseHTTPRequestHandler):
    server: Emulator

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        self.server.keys.append(self.headers.get("Authorization", ""))
        self.server.paths.append(self.path)
        reply = self.server.replies.pop(0) if self.server.replies else Reply()
        body = (reply.body or json.dumps(_vectors(asked["input"]))).encode()
        self.send_response_only(reply.status)  # its own date would be a second one
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own word
        pass


def _vectors(texts: list[str]) -> dict[str, Any]:
    """Last text first: the index counts, and not the order."""
    data = [{"object": "embedding", "index": n, "embedding": [3.0, 4.0 * len(text)]} for n, text in enumerate(texts)]
    return {"object": "list", "data": data[::-1], "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}}


@pytest.fixture
def emulator() -> Generator[Emulator, None, None]:
    with Emulator() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class Rests:
    """Rests no time, and keeps for how long it would have."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def rests() -> Rests:
    return Rests()


@pytest.fixture
def model(emulator: Emulator, rests: Rests) -> ServerEmbedder:
    return ServerEmbedder(emulator.base, "secret", "text-small", rest=rests, chance=lambda: 0.0)


async def test_texts_become_vectors_in_their_order(emulator: Emulator, model: ServerEmbedder) -> None:
    told: list[int] = []
    vectors = await model.embed(["a", "bb"], told.append)
    assert vectors == [[0.6, 0.8], pytest.approx([3 / 73**0.5, 8 / 73**0.5])]
    assert emulator.asked == [{"model": "text-small", "input": ["a", "bb"], "encoding_format": "float"}]
    assert emulator.keys == ["Bearer secret"]
    assert emulator.paths == ["/v1/embeddings"]
    assert told == [2]
    assert model.model == "text-small 127.0.0.1"


async def test_what_belongs_to_one_person_is_not_sent(emulator: Emulator, model: ServerEmbedder) -> None:
    await model.embed(["ring 20 12 34 56 om lokaler", "CPR 010190-1234", "mette@forening.dk", "budget 12 345 678 kr."])
    assert emulator.asked[0]["input"] == ["ring … om lokaler", "CPR …", "…", "budget 12 345 678 kr."]


async def test_many_texts_go_in_batches(emulator: Emulator, model: ServerEmbedder) -> None:
    told: list[int] = []
    assert len(await model.embed([f"tag {number}" for number in range(150)], told.append)) == 150
    assert [len(asked["input"]) for asked in emulator.asked] == [64, 64, 22]
    assert told == [64, 128, 150]


async def test_without_a_key_none_is_sent(emulator: Emulator) -> None:
    assert await ServerEmbedder(f"{emulator.base}/", "", "m").embed([]) == []
    await ServerEmbedder(f"{emulator.base}/", "", "m").embed(["a"])
    assert emulator.keys == [""]
    assert emulator.paths == ["/v1/embeddings"]


@pytest.mark.parametrize(
    ("headers", "rested"),
    [
        ({"Retry-After": "3"}, [3.0]),
        ({"Date": "Sun, 22 Mar 2026 09:00:00 GMT", "Retry-After": "Sun, 22 Mar 2026 09:00:07 GMT"}, [7.0]),
        ({"Retry-After": "soon"}, [0.5]),
        ({}, [0.5]),
    ],
)
async def test_a_busy_server_is_asked_again_when_it_says(
    emulator: Emulator, model: ServerEmbedder, rests: Rests, headers: dict[str, str], rested: list[float]
) -> None:
    emulator.replies = [Reply(429, headers)]
    assert len(await model.embed(["a"])) == 1
    assert rests.seconds == rested


async def test_a_server_that_stays_away_is_away(emulator: Emulator, model: ServerEmbedder, rests: Rests) -> None:
    emulator.replies = [Reply(503), Reply(500), Reply(502)]
    with pytest.raises(ModelAway, match="answers 502"):
        await model.embed(["a"])
    assert rests.seconds == [0.5, 1.0]


async def test_a_long_rest_is_not_waited_for(emulator: Emulator, model: ServerEmbedder, rests: Rests) -> None:
    emulator.replies = [Reply(429, {"Retry-After": "3600"})]
    with pytest.raises(ModelAway) as away:
        await model.embed(["a"])
    assert away.value.after == 3600.0
    assert rests.seconds == []


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(401), "OPENAI_API_KEY"),
        (Reply(403), "OPENAI_API_KEY"),
        (Reply(404), "OPENAI_EMBEDDING_MODEL"),
        (Reply(400), "answers 400"),
        (Reply(302, {"Location": "/elsewhere"}), "answers 302"),
        (Reply(body="<html>Welcome</html>"), "something else"),
        (Reply(body='{"data": []}'), "other vectors"),
        (Reply(body='{"data": [{"index": 1, "embedding": [1.0]}]}'), "other vectors"),
        (Reply(body='{"data": [{"index": 0, "embedding": []}]}'), "other vectors"),
        (Reply(body='{"data": [{"index": 0, "embedding": [0.0]}]}'), "other vectors"),
        (Reply(body='{"data": [{"index": 0, "embedding": [1e999]}]}'), "other vectors"),
    ],
)
async def test_what_will_never_work_is_said_at_once(
    emulator: Emulator, model: ServerEmbedder, rests: Rests, reply: Reply, said: str
) -> None:
    emulator.replies = [reply]
    with pytest.raises(ModelRefused, match=said) as refused:
        await model.embed(["Bo Lind, 0102031234"])
    assert rests.seconds == []
    assert len(emulator.asked) == 1
    assert not {"Lind", "secret"} & set(str(refused.value).split())


async def test_vectors_of_several_lengths_are_refused(emulator: Emulator, model: ServerEmbedder) -> None:
    one = [{"index": number, "embedding": [1.0]} for number in range(64)]
    emulator.replies = [Reply(body=json.dumps({"data": one}))]
    with pytest.raises(ModelRefused, match="several lengths"):
        await model.embed(["a"] * 65)


@pytest.mark.parametrize("base", ["http://127.0.0.1:1/v1", "http://127.0.0.1:1"])
async def test_a_server_that_is_not_there_is_away(base: str, rests: Rests) -> None:
    with pytest.raises(ModelAway, match="cannot be reached"):
        await ServerEmbedder(base, "", "m", rest=rests).embed(["a"])
    assert len(rests.seconds) == 2


@pytest.mark.parametrize("base", ["ftp://example.org", "nonsense", "http://exa mple:x"])
async def test_no_address_at_all_is_refused(base: str, rests: Rests) -> None:
    with pytest.raises(ModelRefused, match="OPENAI_BASE_URL"):
        await ServerEmbedder(base, "", "m", rest=rests).embed(["a"])


async def test_a_server_that_says_nothing_is_away(rests: Rests) -> None:
    silent = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)  # it listens and never answers
    try:
        base = f"http://127.0.0.1:{silent.server_address[1]}"
        with pytest.raises(ModelError, match="in time"):
            await ServerEmbedder(base, "", "m", patience=0.05, rest=rests).embed(["a"])
    finally:
        silent.server_close()
