"""Prints planned rounds at a terminal: ``brobygger match``. JSON alone goes to stdout; what is said beside it does not."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bot.errors import InputError
from bot.introductions.costs import cost_told
from bot.introductions.spreadsheet import (
    Asked,
    Format,
    PlannedRound,
    candidates_of,
    check_history,
    check_wishes,
    csv_rows,
    json_lines,
    not_enough,
    plan_rounds,
)
from bot.matching.domain import Candidate, Plan, WishKind
from bot.matching.words import left_out_text, reason_text
from bot.members.domain import SECTORS
from bot.members.roster import HistoryLine, RosterLine, read_history, read_roster
from bot.messages.text import flat
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the results go, in whose words, and who hears how far it is (done, of so many); ``seconds`` is a stopwatch,
    ``today`` decides who is paused."""

    result: Callable[[str], None]
    progress: Callable[[float, int], None]
    seconds: Callable[[], float]
    today: date
    words: Words


@dataclass(frozen=True, slots=True)
class Files:
    """What the two files say, once they have been found usable together."""

    lines: tuple[RosterLine, ...]
    history: tuple[HistoryLine, ...]
    candidates: tuple[Candidate, ...]

    @classmethod
    def read(cls, roster: bytes, history: bytes, asked: Asked, today: date) -> "Files":
        """Raises InputError, naming every bad line, where a file cannot be used or a wish cannot be kept."""
        lines = read_roster(roster, SECTORS, any_sector=True)
        past = read_history(history) if history else ()
        check_history(past, lines)
        candidates = candidates_of(lines, today)
        check_wishes(asked, lines, candidates)
        impossible = not_enough(candidates)
        if impossible is not None:
            raise InputError([impossible])
        return cls(lines, past, candidates)

    def names(self) -> Mapping[str, str]:
        """How everybody is called in a sentence: in full where two have one name."""
        often, full = Counter(line.name for line in self.lines), self.full_names()
        return {line.id: line.name if often[line.name] == 1 else full[line.id] for line in self.lines}

    def full_names(self) -> Mapping[str, str]:
        """The names with where everybody comes from, and with the id where two would still be called the same."""
        full = {line.id: f"{line.name} ({line.organisation})" for line in self.lines}
        often = Counter(full.values())
        return {member: name if often[name] == 1 else f"{name[:-1]}, {member})" for member, name in full.items()}


def print_rounds(files: Files, asked: Asked, terminal: Terminal, form: Format) -> None:
    """Plans and prints."""
    names = (files.names(), files.full_names())
    planned_so_far: list[PlannedRound] = []
    started = terminal.seconds()
    for planned in plan_rounds(files.candidates, files.history, asked, terminal.progress):
        now = terminal.seconds()
        match form:
            case Format.JSON:
                lines = json_lines(planned, now - started)
            case Format.TABLE:
                lines = table_lines(planned, now - started, names, terminal.words)
            case Format.CSV:
                lines = iter(())
            case _:
                assert_never(form)
        for line in lines:
            terminal.result(line)
        planned_so_far.append(planned)
        started = terminal.seconds()
    if form is Format.CSV:
        terminal.result(csv_rows(_groups(planned_so_far)).rstrip("\n"))


def table_lines(
    planned: PlannedRound, seconds: float, names: tuple[Mapping[str, str], Mapping[str, str]], words: Words
) -> Iterator[str]:
    """For a person: each group and why; who is left out and why; the figures. ``names``: in a sentence, and in full."""
    short, whole = names
    made = planned.plan
    yield words.say("Round {number}", number=planned.number)
    wide = len(str(len(made.groups)))
    costs = {(cost.kind, frozenset(cost.members)): cost_told(cost, words) for cost in made.costs}
    for place, group in enumerate(made.groups, start=1):
        lock = costs.get((WishKind.LOCKED, frozenset(group.members)), "")
        marks = [words.say("locked")] if frozenset(group.members) in planned.locked else []
        marks += [lock] if lock else []
        marks += [words.say("they met before, within the window")] if group.repeat else []
        who = " + ".join(whole.get(member, member) for member in group.members)
        marked = f"  [{', '.join(marks)}]" if marks else ""
        yield f"  {place:>{wide}}  {who}{marked}"
        for reason in group.reasons:
            yield f"  {'':>{wide}}    {flat(reason_text(reason, short, words))}"
    if made.left_out:
        yield "  " + words.say("Without a partner this time:")
        for left in made.left_out:
            yield f"    {flat(left_out_text(left, {left.id: whole.get(left.id, left.id)}, words))}"
    for line in _wishes(made, costs, short, words):
        yield f"  {line}"
    yield f"  {_figures(planned, seconds, words)}\n"


def _wishes(
    made: Plan, costs: Mapping[tuple[WishKind, frozenset[str]], str], names: Mapping[str, str], words: Words
) -> Iterator[str]:
    """What is kept apart, and what all that was asked for costs together; what a lock costs stands beside it."""
    for cost in made.costs:
        told = costs[cost.kind, frozenset(cost.members)]
        match cost.kind:
            case WishKind.APART:
                apart = words.all_of([names[member] for member in cost.members])
                yield (
                    words.say("Kept apart: {names} ({cost}).", names=apart, cost=told)
                    if told
                    else words.say("Kept apart: {names}.", names=apart)
                )
            case WishKind.ALL:
                if told:
                    yield words.say("All that you have asked for, together: {cost}.", cost=told)
            case WishKind.LOCKED:
                continue
            case _:
                assert_never(cost.kind)


def _figures(planned: PlannedRound, seconds: float, words: Words) -> str:
    made = planned.plan
    groups = words.count("one group", "{number} groups", len(made.groups))
    repeats = words.count("one repeat", "{number} repeats", made.repeats)
    matched = sum(len(group.members) for group in made.groups)
    told = words.say(
        "{groups}, {matched} of {members} members, {repeats}; {proof}, {seconds} s",
        groups=groups,
        matched=matched,
        members=planned.members,
        repeats=repeats,
        proof=_proof(planned, words),
        seconds=words.number(round(seconds, 2)),
    )
    exhausted = words.say("Everybody new has been met: those who met longest ago meet again.")
    return f"{told}\n  {exhausted}" if made.novelty_exhausted else told


def _proof(planned: PlannedRound, words: Words) -> str:
    made = planned.plan
    if made.optimal:
        return words.say("proven best")
    more = 100 * (made.bound - made.score) / max(made.score, 0.01)
    return words.say("best known, at most {percent} % more is possible", percent=words.number(round(more, 2)))


def _groups(rounds: Sequence[PlannedRound]) -> Iterator[tuple[int, tuple[str, ...]]]:
    return ((planned.number, group.members) for planned in rounds for group in planned.plan.groups)
