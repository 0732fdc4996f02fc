"""A conversation for a language model, and a summariser that asks the emulated server."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from adapters.summarisers.openai_chat import Server
from adapters.summarisers.openai_errand import Bounds
from adapters.summarisers.openai_summariser import OpenaiSummariser
from bot.notes.transcript import Line, Transcript
from tests.emulators.openai_server import OpenaiServer

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def line(number: int, author: str, text: str, sector: str = "") -> Line:
    return Line(f"m{number}", f"[PERSON {author}]", text, sector, AT)


THREAD = Transcript(
    (
        line(1, "1", "Hvordan får vi flere ensomme ældre med til fællesspisning?", "municipality"),
        line(2, "2", "Vi har et køkken, der står tomt om torsdagen, og det kan I låne.", "civil_society"),
        line(3, "3", "Vi kan køre de gangbesværede i vores minibus. Den har 8 pladser.", "business"),
        line(4, "1", "Super, så aftaler vi at begynde torsdag den 19. marts.", "municipality"),
        line(5, "2", "Jeg skriver til de frivillige inden fredag, se https://frivillige.dk/vagt", "civil_society"),
        line(6, "3", "Hvem betaler for maden?", "business"),
    )
)


def model(
    server: OpenaiServer, *, patience: float = 20.0, tries: int = 2, whole: float = 20.0, **bounds: Any
) -> OpenaiSummariser:
    return OpenaiSummariser(
        Server(server.base, "geheim", "small", patience, tries), replace(Bounds(patience=whole), **bounds)
    )


def long_thread(number: int) -> Transcript:
    said = [
        line(one, "1", f"Vi taler om køkkenet, og nummer {one} er et langt indlæg om maden og bussen")
        for one in range(number)
    ]
    said[number // 2] = line(number // 2, "2", f"Så aftaler vi at købe {number // 2} gryder")
    return Transcript(tuple(said))
