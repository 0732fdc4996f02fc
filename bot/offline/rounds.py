"""``brobygger match``: rounds from a spreadsheet, and what half a year of them would be like."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.offline.meaning import meaning_of
from bot.terminal import ProgressLine, check_writable, read_file, told, write_file, wrong_use

if TYPE_CHECKING:
    from bot.introductions.printing import Files, Terminal
    from bot.introductions.simulation.season import Circumstances
    from bot.introductions.spreadsheet import Asked
    from bot.introductions.spreadsheet import Format as Form
    from bot.words import Words

_FILE = "FILE.csv"
_SIMULATED = "With --simulate:"


class Format(StrEnum):
    """How rounds are printed; the same words as in ``bot.introductions.spreadsheet``, which is loaded only when needed."""

    JSON = "json"
    TABLE = "table"
    CSV = "csv"


def match_rounds(
    context: typer.Context,
    members: Annotated[Path, typer.Option(metavar=_FILE, help="The roster.")],
    history: Annotated[Path | None, typer.Option(metavar=_FILE, help="Who met before: round,members.")] = None,
    rounds: Annotated[int, typer.Option(min=1, max=520, help="How many rounds, one after the other.")] = 1,
    size: Annotated[int, typer.Option(min=2, max=3, help="Pairs, or groups of three.")] = 2,
    seed: Annotated[int, typer.Option(help="The same seed gives the same rounds.")] = 0,
    lock: Annotated[
        list[str] | None,
        typer.Option(metavar="ID|ID", help="Two or three who shall meet in the first round. Can be given again."),
    ] = None,
    forbid: Annotated[
        list[str] | None, typer.Option(metavar="ID|ID", help="Members who must not meet. Can be given again.")
    ] = None,
    window: Annotated[
        int, typer.Option(min=0, max=520, help="Rounds within which nobody meets the same person again.")
    ] = 12,
    weight: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=POINTS",
            help="What counts how much: need_offer, theme, sector_balance, novelty, draw. Can be given again.",
        ),
    ] = None,
    new_first: Annotated[
        bool | None,
        typer.Option(
            "--new-first/--not-new-first", help="Whether everybody meets everybody before anybody twice [yes]."
        ),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="json, table or csv.")] = Format.TABLE,
    simulate: Annotated[
        int | None, typer.Option(min=1, max=520, metavar="WEEKS", help="Simulates so many weekly rounds, and counts.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE.svg", help=f"{_SIMULATED} draws it into a file.")
    ] = None,
    paused: Annotated[
        float | None, typer.Option(min=0, max=1, help=f"{_SIMULATED} share of members on a break each week [0.08].")
    ] = None,
    joins: Annotated[
        float | None, typer.Option(min=0, max=1, help=f"{_SIMULATED} share of the roster who join on the way [0].")
    ] = None,
    leaves: Annotated[
        float | None, typer.Option(min=0, max=1, help=f"{_SIMULATED} share of the roster who leave on the way [0].")
    ] = None,
    declines: Annotated[
        float | None, typer.Option(min=0, max=1, help=f"{_SIMULATED} share of introductions that are declined [0].")
    ] = None,
) -> None:
    """Plans rounds from a spreadsheet, without a chat; with --simulate, tells what months of them would be like."""
    with told() as words:
        from datetime import date

        from bot.introductions.printing import Files, Terminal, print_rounds
        from bot.introductions.spreadsheet import Format as Form

        shares = {"--paused": paused, "--joins": joins, "--leaves": leaves, "--declines": declines}
        with wrong_use(words):
            how = _how(simulate, rounds, picture, shares)
            asked = _asked((rounds, size, seed), (lock or [], forbid or []), (window, new_first), weight or [])
        today = date.today()  # noqa: DTZ011 - the day where this runs
        files = Files.read(read_file(members), read_file(history) if history else b"", asked, today)
        speaking = words()
        tags = (tag for one in files.candidates for tag in (*one.needs, *one.offers, *one.themes))
        asked = replace(asked, meaning=meaning_of(tags, context.obj, speaking))
        line = ProgressLine(time.perf_counter, so_far(speaking), sys.stderr)

        def result(text: str) -> None:
            line.clear()
            typer.echo(text)

        terminal = Terminal(result, line.show, time.perf_counter, today, speaking)
        try:
            if how is None:
                print_rounds(files, asked, terminal, Form(form.value))
            else:
                _simulate(files, how, asked, terminal, Form(form.value), picture)
        finally:
            line.clear()


def so_far(words: "Words") -> Callable[[float, int], str]:
    """Says how many rounds are done, of how many."""

    def told(done: float, of: int) -> str:
        number = words.number(min(of, int(done) + 1))
        return words.say("{percent} %, round {number} of {of}", percent=int(100 * done / of), number=number, of=of)

    return told


def _asked(
    numbers: tuple[int, int, int],
    together: tuple[list[str], list[str]],
    again: tuple[int, bool | None],
    weight: list[str],
) -> "Asked":
    """All that was asked for, with the settings' weights where none is given."""
    from bot.introductions.spreadsheet import Asked
    from bot.offline import asking
    from bot.settings import read_settings

    usual, (window, new_first) = read_settings().weights(), again
    usual = replace(usual, window=window, new_first=usual.new_first if new_first is None else new_first)
    rounds, size, seed = numbers
    return Asked(
        rounds=rounds,
        size=size,
        seed=seed,
        weights=asking.weights(usual, weight),
        locked=asking.groups("--lock", together[0]),
        forbidden=asking.groups("--forbid", together[1]),
    )


def _how(
    simulate: int | None, rounds: int, picture: Path | None, shares: dict[str, float | None]
) -> "Circumstances | None":
    """What to simulate; None where rounds are planned. Raises NotUnderstood for options that do not belong together."""
    from bot.introductions.simulation.season import Circumstances
    from bot.offline.asking import either, lone

    if simulate is None:
        beside = [option for option, share in shares.items() if share is not None]
        if picture is not None or beside:
            raise lone("--picture" if picture is not None else beside[0])
        return None
    if rounds != 1:
        raise either("--rounds", "--simulate")
    usual = Circumstances(simulate)
    paused = shares["--paused"]
    return Circumstances(
        simulate,
        paused=usual.paused if paused is None else paused,
        joins=shares["--joins"] or 0.0,
        leaves=shares["--leaves"] or 0.0,
        declines=shares["--declines"] or 0.0,
    )


def _simulate(
    files: "Files", how: "Circumstances", asked: "Asked", terminal: "Terminal", form: "Form", picture: Path | None
) -> None:
    from bot.introductions.simulation.picture import picture as drawn
    from bot.introductions.simulation.printing import print_simulation

    if picture is not None:
        check_writable(picture)
    simulation = print_simulation(files, how, asked, terminal, form)
    if picture is not None:
        write_file(picture, drawn(simulation, terminal.words).encode())
