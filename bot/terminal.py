"""What every command of the command line uses: sentences on stderr, files, progress, and errors as the right exit status.

Nothing but Typer is imported before a command runs, so that ``--help`` is there at once.
"""

import sys
import threading
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, TypeVar

import typer

if TYPE_CHECKING:
    from bot.words import Words

T = TypeVar("T")

# Seconds until anything is told of a long work, and between two tellings; letters of the bar.
_QUIET = 2.0
_ON_A_SCREEN = 0.2
_IN_A_FILE = 10.0
_BAR = 24


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
def wrong_use(words: "Callable[[], Words]") -> Generator[None, None, None]:
    """What was typed beside the command's name cannot be read: one sentence, and the exit status of wrong use."""
    from bot.errors import NotUnderstood

    try:
        yield
    except NotUnderstood as error:
        stop(words().tell(error.said), status=2)


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


class ProgressLine:
    """How far a long work is, on stderr: nothing in the first two seconds; then one line that changes, or for a file a line now
    and then. :meth:`clear` before a result is printed, which may go to the same screen."""

    def __init__(self, seconds: Callable[[], float], tell: "Callable[[float, int], str]", out: TextIO) -> None:
        self._seconds = seconds
        self._tell = tell
        self._out = out
        self._screen = out.isatty()
        self._next = seconds() + _QUIET
        self._shown = False

    def show(self, done: float, of: int) -> None:
        """So much of so much is done; told if it is time to."""
        now = self._seconds()
        if now < self._next:
            return
        self._next = now + (_ON_A_SCREEN if self._screen else _IN_A_FILE)
        told = self._tell(done, of)
        if not self._screen:
            self._out.write(f"{told}\n")
        else:
            filled = min(_BAR, int(_BAR * done / of))
            self._out.write(f"\r\x1b[K[{'#' * filled}{'-' * (_BAR - filled)}] {told}")
            self._shown = True
        self._out.flush()

    def clear(self) -> None:
        """Takes the line away from the screen."""
        if self._shown:
            self._out.write("\r\x1b[K")
            self._out.flush()
            self._shown = False


def crashed(error: BaseException) -> NoReturn:
    """Ends the process after what nobody foresaw, and says so without the error's own text."""
    from bot.logs import tell_crash

    tell_crash(error)
    sys.exit(1)


def hear_crashes() -> None:
    """What fails in a thread, or where nobody can be told, is said in the same way."""

    def told_of(error: BaseException | None) -> None:
        from bot.logs import tell_crash

        if error is not None:
            tell_crash(error)

    threading.excepthook = lambda said: told_of(said.exc_value)
    sys.unraisablehook = lambda said: told_of(said.exc_value)


def read_file(file: Path) -> bytes:
    """The whole file; where it cannot be read, one sentence and exit status 2."""
    try:
        return file.read_bytes()
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror}.", status=2)


def check_writable(file: Path) -> None:
    """Before long work: where the file cannot be written in the end, one sentence and exit status 2 at once."""
    there = file.exists()
    try:
        file.open("ab").close()
    except OSError as error:
        stop(f"{file} cannot be written: {error.strerror}.", status=2)
    if not there:
        file.unlink()


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
