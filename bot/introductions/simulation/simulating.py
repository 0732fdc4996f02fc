"""The whole simulation: one season, lived through twice, with the planner and by chance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.introductions.simulation.chance import by_chance
from bot.introductions.simulation.figures import Figures, figures
from bot.introductions.simulation.living import RoundMaker, Week, live, planner
from bot.introductions.simulation.season import Circumstances, Season
from bot.introductions.simulation.worth import Worth
from bot.introductions.spreadsheet import Asked, unseen
from bot.matching.domain import Candidate
from bot.matching.meaning import WordMeaning
from bot.matching.rules import folded
from bot.members.roster import HistoryLine


@dataclass(frozen=True, slots=True)
class Simulation:
    """What came out. ``sectors``: how each is written, by its folded name; ``weeks`` are the planner's,
    ``chance_weeks`` the peer's."""

    how: Circumstances
    asked: Asked
    members: int
    sectors: dict[str, str]
    weeks: tuple[Week, ...]
    chance_weeks: tuple[Week, ...]
    planned: Figures
    chance: Figures


def simulate(
    candidates: Sequence[Candidate],
    history: Sequence[HistoryLine],
    how: Circumstances,
    asked: Asked,
    progress: Callable[[float, int], None] = unseen,
    make: RoundMaker | None = None,
) -> Simulation:
    """Lives through the season with the planner (or another maker of rounds) and by chance. ``progress``: weeks done, of
    how many."""
    season = Season.draw([candidate.id for candidate in candidates], how, asked.seed)
    window = asked.weights.window
    worth = Worth.read(candidates, asked.meaning or WordMeaning.load(), asked.weights)
    lived: list[tuple[Week, Week]] = []
    planning = planner(asked, lambda share: progress(len(lived) + share, how.weeks))
    ours = live(candidates, history, season, asked, make or planning)
    shuffled = live(candidates, history, season, asked, by_chance(asked.seed, window, asked.size))
    for week in zip(ours, shuffled, strict=True):
        lived.append(week)
        progress(len(lived), how.weeks)
    weeks, others = zip(*lived, strict=True)
    planned, chance = (figures(these, candidates, history, window, worth) for these in (weeks, others))
    sectors = {folded(candidate.sector): candidate.sector for candidate in reversed(candidates) if candidate.sector}
    return Simulation(how, asked, len(candidates), dict(sorted(sectors.items())), weeks, others, planned, chance)
