"""A server of OpenAI's form over real HTTP, which answers as a test tells it to and keeps every byte that arrives.

Faults are those of real servers: silent, busy, broken, cut off, unknowing of what is asked, and models that answer nonsense.
"""

import contextlib
import json
import re
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Asked = dict[str, Any]
# What a model writes, given the rows of the data that it is sent and all of the request.
Writer = Callable[[list[dict[str, str]], Asked], str]


@dataclass(frozen=True, slots=True)
class Reply:
    """``said``: what the model writes; ``body``: all of the answer, where it is none of OpenAI's form; ``cut``: the
    connection ends in the middle; ``never``: it does not answer until the client has gone."""

    said: str | None = None
    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    finish: str = "stop"
    refusal: str | None = None
    usage: bool = True
    choices: bool = True
    cut: bool = False
    never: bool = False


def error(status: int, code: str = "", message: str = "no", param: str | None = None, **headers: str) -> Reply:
    """An error as OpenAI words it. ``retry_after_ms=1`` keeps a test short."""
    body = json.dumps({"error": {"message": message, "type": code or "server_error", "param": param, "code": code}})
    return Reply(
        status=status, body=body.encode(), headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


class OpenaiServer(ThreadingHTTPServer):
    """``replies`` come first, then what ``writes`` makes of the data. ``knows``: forms that it takes; ``old``: whether it knows
    ``max_tokens`` (or only the newer name)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.replies: list[Reply] = []
        self.writes: Writer = by_heart
        self.knows: set[str] = {"json_schema", "json_object"}
        self.old = True
        self.context = 1_000_000
        self.models = ["small", "large"]
        self.asked: list[Asked] = []
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.heard = threading.Event()
        self.gone = threading.Event()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, *_: object) -> None:
        """A client that lets go is nothing to tell about."""
        self.gone.set()


class _Answering(BaseHTTPRequestHandler):
    server: OpenaiServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.headers.append(dict(self.headers))
        if not self.server.models:
            self._send(404, b"{}")
            return
        self._send(200, json.dumps({"object": "list", "data": [_model(name) for name in self.server.models]}).encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append(body)
        self.server.headers.append(dict(self.headers))
        asked: Asked = json.loads(body)
        if self.path.endswith("/embeddings"):
            vectors = [
                {"index": place, "embedding": [1.0, float(len(text))]} for place, text in enumerate(asked["input"])
            ]
            self._send(200, json.dumps({"data": vectors}).encode())
            return
        self.server.asked.append(asked)
        self.server.heard.set()
        reply = self.server.replies.pop(0) if self.server.replies else self._usual(asked)
        if reply.never:
            self._wait_until_they_go()
            return
        content = reply.body if reply.body is not None else _completion(reply, asked)
        if reply.cut:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2])
            self.wfile.flush()
            self.close_connection = True
            return
        self._send(reply.status, content, **reply.headers)

    def _usual(self, asked: Asked) -> Reply:
        form = asked.get("response_format", {}).get("type")
        if form is not None and form not in self.server.knows:
            return error(400, "invalid_request_error", f"Unknown response_format: {form}", "response_format")
        if not self.server.old and "max_tokens" in asked:
            told = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
            return error(400, "unsupported_parameter", told, "max_tokens")
        if sum(len(message["content"]) for message in asked["messages"]) > self.server.context:
            return error(400, "context_length_exceeded", "This model's maximum context length is smaller.", "messages")
        return Reply(self.server.writes(data_of(asked), asked))

    def _wait_until_they_go(self) -> None:
        with contextlib.suppress(OSError):
            while self.rfile.read(1):
                pass
        self.server.gone.set()
        self.close_connection = True

    def _send(self, status: int, content: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own word
        pass


@contextmanager
def openai_server() -> Generator[OpenaiServer, None, None]:
    """Runs while the block does."""
    with OpenaiServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def data_of(asked: Asked) -> list[dict[str, str]]:
    """The rows that a model is given."""
    text = asked["messages"][1]["content"] if len(asked["messages"]) > 1 else ""
    found = re.search(r"BEGIN DATA\n(.*)\nEND DATA", text, re.DOTALL)
    return json.loads(found[1]) if found else []


def by_heart(rows: list[dict[str, str]], asked: Asked) -> str:
    """A model that says again what it read, each message in the section that its place gives it."""
    if not rows:
        return '{"well": true}'
    entries = [{"sources": [row["id"]], "text": row["text"], "sector": row.get("sector", "")} for row in rows]
    fields = set(asked.get("response_format", {}).get("json_schema", {}).get("schema", {}).get("properties", ()))
    if "answer" in fields:
        told = [entry for entry in entries if entry["sources"] != ["question"]]
        return json.dumps({"answer": told[:3], "sources": [entry["sources"][0] for entry in told]})
    actions = [
        {**entry, "owner": row.get("from", ""), "due": row.get("day", "")}
        for entry, row in zip(entries, rows, strict=True)
    ]
    return json.dumps(
        {
            "title": rows[0]["text"][:60],
            "summary": entries[:1],
            "agreements": [entry for entry in entries if "aftale" in entry["text"] or "agree" in entry["text"]],
            "actions": [action for action in actions if "jeg " in str(action["text"]).casefold()],
            "situation": entries[:2],
            "perspectives": entries[:4],
            "ideas": entries[2:4],
            "questions": [entry for entry in entries if str(entry["text"]).endswith("?")],
            "tags": [str(row["text"]).split()[-1].strip("?.!") for row in rows[:2] if row["text"].split()],
        }
    )


def saying(**form: Any) -> str:
    """What a model wrote, as JSON."""
    return json.dumps(form)


def entry(text: str, *sources: str, **more: str) -> dict[str, Any]:
    """One entry of a form."""
    return {"sources": list(sources), "text": text, **more}


def texts(server: OpenaiServer) -> Iterator[str]:
    """Everything that arrived, as text: bodies and headers."""
    for body in server.bodies:
        yield body.decode()
        # What a body says in escapes.
        yield json.dumps(json.loads(body), ensure_ascii=False)
    for headers in server.headers:
        yield "\n".join(f"{name}: {value}" for name, value in headers.items())


def _completion(reply: Reply, asked: Asked) -> bytes:
    message = {"role": "assistant", "content": reply.said, "refusal": reply.refusal}
    choice = {"index": 0, "message": message, "finish_reason": reply.finish, "logprobs": None}
    answer: dict[str, Any] = {
        "id": "c-1",
        "object": "chat.completion",
        "created": 1,
        "model": asked["model"],
        "choices": [choice] if reply.choices else [],
    }
    if reply.usage:
        answer["usage"] = {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}
    return json.dumps(answer).encode()


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 1, "owned_by": "us"}
