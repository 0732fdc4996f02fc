"""``brobygger stations``: mixed groups for a camp or a challenge, from a spreadsheet."""

import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.offline.meaning import meaning_of
from bot.terminal import ProgressLine, read_file, told, wrong_use

if TYPE_CHECKING:
    from bot.introductions.stationing import StationsAsked
    from bot.words import Words

_FILE = "FILE.csv"
# How often the progress line looks at the clock, and how long a proof takes at most on a usual machine, in seconds.
_LOOK = 0.25
_LONGEST = 20


class Format(StrEnum):
    """How groups are printed; the same words as in ``bot.introductions.stationing``, which is loaded only when needed."""

    JSON = "json"
    TABLE = "table"
    CSV = "csv"
    HISTORY = "history"


def make_stations(
    context: typer.Context,
    members: Annotated[Path, typer.Option(metavar=_FILE, help="The roster.")],
    count: Annotated[int | None, typer.Option(metavar="N", help="How many stations.")] = None,
    challenge: Annotated[
        bool, typer.Option("--challenge", help="Instead: groups of three to five, each from different sectors.")
    ] = False,
    size: Annotated[int | None, typer.Option(metavar="3..5", help="With --challenge: all groups of this size.")] = None,
    history: Annotated[Path | None, typer.Option(metavar=_FILE, help="Who met before: round,members.")] = None,
    window: Annotated[int, typer.Option(min=0, max=520, help="Rounds within which a meeting counts as a repeat.")] = 12,
    seed: Annotated[int, typer.Option(help="The same seed gives the same groups.")] = 0,
    lock: Annotated[
        list[str] | None, typer.Option(metavar="ID|ID", help="Members who sit together. Can be given again.")
    ] = None,
    apart: Annotated[
        list[str] | None, typer.Option(metavar="ID|ID", help="Members who never sit together. Can be given again.")
    ] = None,
    cases: Annotated[str, typer.Option(metavar="CASE|CASE", help="What each station works on, one a station.")] = "",
    wishes: Annotated[
        Path | None,
        typer.Option(
            metavar=_FILE, help="Who wishes for which case, best first: id,wishes. A station's number will do."
        ),
    ] = None,
    prove: Annotated[
        bool, typer.Option("--prove", help="Takes some seconds more to prove that nothing is better.")
    ] = False,
    form: Annotated[
        Format, typer.Option("--format", help="json, table or csv; history: lines for a history file.")
    ] = Format.TABLE,
) -> None:
    """Spreads members over mixed groups, for the stations of a camp or for a challenge. Writes nothing."""
    with told() as words:
        from datetime import date

        from bot.introductions.stationing import StationFiles, StationFormat, made_of
        from bot.introductions.stationprinting import Printing
        from bot.matching.meaning import WordMeaning

        with wrong_use(words):
            asked = _asked((count, challenge, size), (lock or [], apart or []), cases, wishes is not None)
        asked = _with(asked, seed, window, prove=prove)
        files = StationFiles.read(
            read_file(members),
            read_file(history) if history else b"",
            read_file(wishes) if wishes else b"",
            asked,
            date.today(),  # noqa: DTZ011 - the day where this runs
        )
        tags = (tag for one in files.candidates for tag in (*one.needs, *one.offers, *one.themes))
        asked = replace(asked, meaning=meaning_of(tags, context.obj, words()) or WordMeaning.load())
        started = time.perf_counter()
        with watched(words()):
            made = made_of(files, asked)
        for line in Printing(files, made, time.perf_counter() - started, words()).lines(StationFormat(form.value)):
            typer.echo(line)


def _asked(
    shape: tuple[int | None, bool, int | None], together: tuple[list[str], list[str]], cases: str, wishes: bool
) -> "StationsAsked":
    """What was asked for. Raises NotUnderstood for options that do not belong together."""
    from bot.errors import NotUnderstood, phrase
    from bot.introductions import stationing
    from bot.members.cells import items

    count, challenge, size = shape
    if challenge == (count is not None):
        raise NotUnderstood(phrase("Say either how many stations, such as --count 3, or --challenge."))
    if size is not None and not challenge:
        raise NotUnderstood(phrase("--size goes with --challenge; stations are as large as their number makes them."))
    if challenge and (cases or wishes):
        raise NotUnderstood(phrase("--cases and --wishes go with --count: a challenge has no cases to choose from."))
    return stationing.StationsAsked(
        count=count,
        size=size,
        locked=stationing.together("--lock", together[0]),
        apart=stationing.together("--apart", together[1]),
        cases=items(cases),
    )


def _with(asked: "StationsAsked", seed: int, window: int, *, prove: bool) -> "StationsAsked":
    from bot.settings import read_settings

    return replace(asked, seed=seed, prove=prove, weights=replace(read_settings().weights(), window=window))


@contextmanager
def watched(
    words: "Words", seconds: Callable[[], float] = time.perf_counter, look: float = _LOOK
) -> Generator[None, None, None]:
    """Says on stderr that the work goes on, where it takes longer than a moment. A solver tells nothing while it works, so a
    thread looks at the stopwatch."""
    started = seconds()

    def tell(done: float, _of: int) -> str:
        return words.say("{seconds} s, still looking", seconds=round(done))

    line, over = ProgressLine(seconds, tell, sys.stderr), threading.Event()

    def watch() -> None:
        while not over.wait(look):
            line.show(seconds() - started, _LONGEST)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        line.clear()
