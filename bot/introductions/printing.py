"""Prints planned rounds at a terminal: ``brobygger match``. JSON alone goes to stdout; what is said beside it does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bot.errors import InputError
from bot.introductions.spreadsheet import (
    Format,
    PlannedRound,
    candidates_of,
    check_history,
    csv_rows,
    json_lines,
    not_enough,
    plan_rounds,
    summary,
    table_rows,
)
from bot.members.domain import SECTORS
from bot.members.roster import read_history, read_roster

_LARGE = 300


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the results go and where the remarks go; ``seconds`` is a stopwatch, ``today`` decides who is paused."""

    result: Callable[[str], None]
    remark: Callable[[str], None]
    seconds: Callable[[], float]
    today: date


def print_rounds(
    roster: bytes, history: bytes, terminal: Terminal, *, rounds: int, size: int, seed: int, form: Format
) -> None:
    """Plans and prints. Raises InputError, naming every bad line, where a file cannot be used."""
    lines = read_roster(roster, SECTORS)
    past = read_history(history) if history else ()
    check_history(past, lines)
    candidates = candidates_of(lines, terminal.today)
    impossible = not_enough(candidates)
    if impossible is not None:
        raise InputError([impossible])
    names = {line.id: f"{line.name} ({line.organisation})" for line in lines}
    planned_so_far: list[PlannedRound] = []
    started = terminal.seconds()
    for planned in plan_rounds(candidates, past, rounds=rounds, size=size, seed=seed):
        now = terminal.seconds()
        _show(planned, names, now - started, terminal, form)
        planned_so_far.append(planned)
        if len(candidates) > _LARGE:
            terminal.remark(f"{len(planned_so_far)}/{rounds}: {now - started:.1f} s")
        started = terminal.seconds()
    if form is Format.CSV:
        terminal.result(csv_rows(planned_so_far).rstrip("\n"))


def _show(planned: PlannedRound, names: dict[str, str], seconds: float, terminal: Terminal, form: Format) -> None:
    match form:
        case Format.JSON:
            for line in json_lines(planned, seconds):
                terminal.result(line)
        case Format.TABLE:
            rows = list(table_rows(planned, names))
            wide = [max(len(row[column]) for row in rows) for column in range(2)] if rows else [1, 1]
            terminal.result(f"Round {planned.number}")
            for number, who, why in rows:
                terminal.result(f"  {number:>{wide[0]}}  {who:<{wide[1]}}  {why}".rstrip())
            figures = summary(planned, seconds)
            proven = "proven best" if figures["optimal"] else f"best known; at most {figures['bound']} is possible"
            terminal.result(
                f"  {figures['groups']} groups, {figures['matched']} of {figures['members']} members, "
                f"{figures['repeats']} repeats; {proven}, {seconds:.2f} s\n"
            )
        case Format.CSV:
            pass
        case _:
            assert_never(form)
