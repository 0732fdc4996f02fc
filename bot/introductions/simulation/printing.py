"""Prints a simulation at a terminal: ``brobygger match --simulate``."""

from typing import assert_never

from bot.introductions.printing import Files, Terminal
from bot.introductions.simulation.season import Circumstances
from bot.introductions.simulation.simulating import Simulation, simulate
from bot.introductions.simulation.telling import as_json, table_lines
from bot.introductions.spreadsheet import Asked, Format, csv_rows


def print_simulation(files: Files, how: Circumstances, asked: Asked, terminal: Terminal, form: Format) -> Simulation:
    """Simulates and prints. As CSV, the groups that met, in the form of a history."""
    started = terminal.seconds()
    simulation = simulate(files.candidates, files.history, how, asked, terminal.progress)
    match form:
        case Format.JSON:
            terminal.result(as_json(simulation, terminal.seconds() - started))
        case Format.TABLE:
            for line in table_lines(simulation, terminal.words):
                terminal.result(line)
        case Format.CSV:
            met = ((week.number, group) for week in simulation.weeks for group in week.met())
            terminal.result(csv_rows(met).rstrip("\n"))
        case _:
            assert_never(form)
    return simulation
