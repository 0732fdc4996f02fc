"""What every command of the command line uses: sentences on stderr, files, progress, and errors as the right exit status.

Nothing but Typer is imported before a command runs, so that ``--help`` is there at once.
"""

import sys
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from bot.words import Words

T = TypeVar("T")


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Runs what is asynchronous to its end."""
    import asyncio

    return asyncio.run(work)


@contextmanager
def told() -> "Generator[Callable[[], Words], None, None]":
    """Turns the errors of the house into one plain sentence each, and the right exit status."""
    from bot.errors import BrobyggerError, InputError, SettingsError, Sorry

    def words() -> "Words":
        from zoneinfo import ZoneInfo

        from bot.settings import spoken_language
        from bot.words import Languages

        return Languages.load().words(spoken_language(), ZoneInfo("UTC"))

    try:
        yield words
    except SettingsError as error:
        stop("These settings need a look:\n" + "\n".join(f"  {problem}" for problem in error.problems), status=2)
    except InputError as error:
        shown = error.problems[:50]
        lines = [words().tell(problem) for problem in shown]
        if len(error.problems) > len(shown):
            lines.append(words().say("... and {count} more.", count=len(error.problems) - len(shown)))
        stop("\n".join(lines))
    except Sorry as error:
        stop(words().tell(error.said))
    except BrobyggerError as error:
        stop(f"That could not be done: {error}. Nothing was changed; `brobygger doctor` tells what needs a look.")
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


@contextmanager
def progress_bar(label: str) -> Generator[Callable[[int, int], None], None, None]:
    """A progress bar on stderr; none where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    with typer.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        yield show


def read_file(file: Path) -> bytes:
    """The whole file; where it cannot be read, one sentence and exit status 2."""
    try:
        return file.read_bytes()
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.", status=2)


def write_file(file: Path, data: bytes) -> None:
    """Writes the whole file; where that cannot be done, one sentence and exit status 2."""
    try:
        file.write_bytes(data)
    except OSError as error:
        stop(f"{file} cannot be written: {error.strerror}.", status=2)


def say(text: str) -> None:
    """A remark, beside the result."""
    typer.echo(text, err=True)


def stop(text: str, status: int = 1) -> NoReturn:
    """Ends the command with one sentence."""
    typer.echo(text, err=True)
    raise typer.Exit(status)
