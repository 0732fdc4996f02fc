"""A simulation in words and figures: a table with a rough picture for a person at a terminal, and an object for a script."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from bot.introductions.simulation.figures import Bridge, Figures
from bot.introductions.simulation.simulating import Simulation
from bot.members.domain import SECTORS
from bot.words import Words

_BAR = 30
_WEEKS_SHOWN = 6
_BRIDGES_SHOWN = 28


def sector_name(simulation: Simulation, folded: str, words: Words) -> str:
    """A sector as the reader calls it: one that every academy has by its name, any other as the roster writes it."""
    written = simulation.sectors.get(folded, folded)
    known = {sector.key: sector.names for sector in SECTORS}
    return known[written].get(words.language, written) if written in known else written


def percent(share: float, words: Words) -> str:
    """A share as per cent: whole ones, but for what is nearly none or nearly all."""
    shown = 100 * share
    digits = 0 if 1 <= shown <= 99 or shown in {0.0, 100.0} else 1
    return words.say("{number} %", number=words.number(round(shown, digits)))


def headline(simulation: Simulation, words: Words) -> str:
    """How long, and how many."""
    return words.say(
        "{rounds} of introductions among {members}",
        rounds=words.count("One round", "{number} rounds", simulation.how.weeks),
        members=words.count("one member", "{number} members", simulation.members),
    )


def circumstances(simulation: Simulation, words: Words) -> str:
    """What was supposed."""
    how = simulation.how
    told = [words.say("{share} take a break in a round", share=percent(how.paused, words))]
    if how.joins:
        told.append(words.say("{share} join on the way", share=percent(how.joins, words)))
    if how.leaves:
        told.append(words.say("{share} leave on the way", share=percent(how.leaves, words)))
    if how.declines:
        told.append(words.say("{share} of the introductions are declined", share=percent(how.declines, words)))
    return ", ".join([*told, words.say("seed {seed}", seed=str(simulation.asked.seed))])


def rows(simulation: Simulation, words: Words) -> Iterator[tuple[str, str, str]]:
    """What is counted, planned and by chance."""
    ours, chance = simulation.planned, simulation.chance
    number = words.number

    def both(what: str, of: "Sequence[float]") -> tuple[str, str, str]:
        return what, number(round(of[0], 2)), number(round(of[1], 2))

    figures = (ours, chance)
    window = simulation.asked.weights.window
    yield both(words.say("Repeats within {window} rounds", window=window), [one.repeats for one in figures])
    yield both(words.say("Meetings of two who had met before"), [one.repeats_ever for one in figures])
    yield both(words.say("Broken rules, counted apart from the planner"), [sum(one.broken.values()) for one in figures])
    yield both(words.say("Left out, in all"), [sum(one.left_out) for one in figures])
    yield both(words.say("Left out, in the worst round"), [max(one.left_out, default=0) for one in figures])
    yield both(words.say("Had to be left out, by the sectors' sizes"), [sum(one.fewest) for one in figures])
    yield both(words.say("Left out again right after having had nobody"), [one.left_out_again for one in figures])
    yield both(words.say("Longest wait, in rounds"), [one.longest_wait() for one in figures])
    if simulation.how.declines:
        yield both(words.say("Introductions declined"), [one.declined for one in figures])
    yield both(words.say("Different pairs who met"), [one.distinct[-1] for one in figures])
    yield (
        words.say("First meetings, of all"),
        percent(ours.share_first(), words),
        percent(chance.share_first(), words),
    )
    yield both(words.say("Points a meeting, for needs and themes"), [one.worth for one in figures])
    yield (
        words.say("Meetings that rest on a need"),
        percent(ours.share_on_a_need(), words),
        percent(chance.share_on_a_need(), words),
    )
    yield words.say("Rounds proven best"), number(ours.proven), ""


def table_lines(simulation: Simulation, words: Words) -> Iterator[str]:
    """For a person at a terminal: the figures, and bars."""
    yield headline(simulation, words)
    yield circumstances(simulation, words)
    yield ""
    shown = [("", words.say("planned"), words.say("by chance")), *rows(simulation, words)]
    wide = [max(len(row[column]) for row in shown) for column in range(3)]
    yield from (f"  {what:<{wide[0]}}  {one:>{wide[1]}}  {other:>{wide[2]}}".rstrip() for what, one, other in shown)
    if simulation.planned.broken:
        yield "  " + ", ".join(f"{rule.value}: {times}" for rule, times in sorted(simulation.planned.broken.items()))
    yield ""
    yield words.say("Which sectors met: meetings, and the share of all possible pairs of members who met")
    yield from _bars(
        [
            (
                f"{sector_name(simulation, bridge.one, words)} – {sector_name(simulation, bridge.other, words)}",
                bridge.meetings,
                percent(bridge.pairs / bridge.possible, words),
            )
            for bridge in most_met(simulation.planned)[:_BRIDGES_SHOWN]
        ],
        words,
    )
    yield ""
    yield words.say("Different pairs who met, round by round")
    yield from _bars(list(_growth(simulation, words)), words)
    yield ""
    yield words.say("Members by the longest wait")
    yield from _bars(
        [
            (words.count("one round", "{number} rounds", wait) if wait else words.say("never"), members, "")
            for wait, members in sorted(simulation.planned.waits.items())
        ],
        words,
    )


def most_met(figures: Figures) -> list[Bridge]:
    """The sector pairs, those that met most first."""
    return sorted(figures.bridges, key=lambda bridge: (-bridge.meetings, bridge.one, bridge.other))


def _growth(simulation: Simulation, words: Words) -> Iterator[tuple[str, int, str]]:
    count = simulation.how.weeks
    shown = sorted({max(1, count * place // _WEEKS_SHOWN) for place in range(1, _WEEKS_SHOWN + 1)})
    for week in shown:
        yield (
            words.say("after round {number}", number=week),
            simulation.planned.distinct[week - 1],
            words.say("by chance {number}", number=words.number(simulation.chance.distinct[week - 1])),
        )


def _bars(entries: Sequence[tuple[str, int, str]], words: Words) -> Iterator[str]:
    most = max((value for _, value, _ in entries), default=0)
    wide = max((len(label) for label, _, _ in entries), default=0)
    figures = max((len(words.number(value)) for _, value, _ in entries), default=0)
    for label, value, beside in entries:
        bar = "█" * round(_BAR * value / max(1, most)) or ("▏" if value else "")
        yield f"  {label:<{wide}}  {bar:<{_BAR}}  {words.number(value):>{figures}}  {beside}".rstrip()


def as_json(simulation: Simulation, seconds: float) -> str:
    """The whole simulation as one object, a line. Shares are from 0 to 1, points are points."""
    how, asked = simulation.how, simulation.asked
    ours, chance = simulation.planned, simulation.chance
    told = {
        "weeks": how.weeks,
        "members": simulation.members,
        "seed": asked.seed,
        "size": asked.size,
        "paused": how.paused,
        "joins": how.joins,
        "leaves": how.leaves,
        "declines": how.declines,
        "weights": asdict(asked.weights),
        "planned": _figures(ours, simulation),
        "chance": _figures(chance, simulation),
        "distinct_pairs_against_chance": round(ours.distinct[-1] / max(1, chance.distinct[-1]), 4),
        "score_per_pair_against_chance": round(ours.worth / chance.worth, 4) if chance.worth else None,
        "seconds": round(seconds, 3),
    }
    return json.dumps({"simulation": told}, ensure_ascii=False)


def _figures(figures: Figures, simulation: Simulation) -> dict[str, object]:
    return {
        "member_weeks": figures.member_weeks,
        "groups": figures.groups,
        "groups_of_three": figures.trios,
        "declined": figures.declined,
        "meetings": figures.meetings,
        "repeats": figures.repeats,
        "repeats_ever": figures.repeats_ever,
        "broken_rules": sum(figures.broken.values()),
        "broken": {rule.value: times for rule, times in sorted(figures.broken.items())},
        "left_out": sum(figures.left_out),
        "left_out_minimum": sum(figures.fewest),
        "left_out_by_week": list(figures.left_out),
        "left_out_again": figures.left_out_again,
        "longest_wait": figures.longest_wait(),
        "waits": {str(wait): members for wait, members in sorted(figures.waits.items())},
        "distinct_pairs": figures.distinct[-1],
        "distinct_pairs_by_week": list(figures.distinct),
        "first_meetings": round(figures.share_first(), 4),
        "score_per_pair": round(figures.worth, 4),
        "on_a_need": round(figures.share_on_a_need(), 4),
        "evenness": round(figures.evenness(), 4),
        "rounds_proven": figures.proven,
        "sector_bridges": [
            {
                "sectors": [simulation.sectors[bridge.one], simulation.sectors[bridge.other]],
                "meetings": bridge.meetings,
                "pairs": bridge.pairs,
                "possible_pairs": bridge.possible,
            }
            for bridge in most_met(figures)
        ],
    }
