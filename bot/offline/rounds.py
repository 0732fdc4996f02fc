"""``brobygger match``: rounds from a spreadsheet."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.terminal import read_file, say, told


class Format(StrEnum):
    """How rounds are printed; the same words as in ``bot.introductions.spreadsheet``, which is loaded only when needed."""

    JSON = "json"
    TABLE = "table"
    CSV = "csv"


def match_rounds(
    members: Annotated[Path, typer.Option(metavar="FILE.csv", help="The roster.")],
    history: Annotated[Path | None, typer.Option(metavar="FILE.csv", help="Who met before: round,members.")] = None,
    rounds: Annotated[int, typer.Option(min=1, max=520, help="How many rounds, one after the other.")] = 1,
    size: Annotated[int, typer.Option(min=2, max=3, help="Pairs, or groups of three.")] = 2,
    seed: Annotated[int, typer.Option(help="The same seed gives the same rounds.")] = 0,
    form: Annotated[Format, typer.Option("--format", help="json, table or csv.")] = Format.TABLE,
) -> None:
    """Plans rounds from a spreadsheet, without a chat. Writes nothing."""
    with told():
        import time
        from datetime import date

        from bot.introductions.printing import Terminal, print_rounds
        from bot.introductions.spreadsheet import Format as Form

        roster, past = read_file(members), read_file(history) if history else b""
        terminal = Terminal(typer.echo, say, time.perf_counter, date.today())  # noqa: DTZ011 - the day where this runs
        print_rounds(roster, past, terminal, rounds=rounds, size=size, seed=seed, form=Form(form.value))
