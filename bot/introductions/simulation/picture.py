"""A simulation as a picture for those who decide: one sheet with the figures, which sectors met, and how many met how soon."""

from collections.abc import Mapping

from bot.introductions.simulation.drawing import (
    CHANCE,
    INK,
    LINE,
    PLANNED,
    SOFT,
    Sheet,
    fitted,
    ink_on,
    shade,
    steps,
    width_of,
    wrapped,
)
from bot.introductions.simulation.figures import Bridge
from bot.introductions.simulation.simulating import Simulation
from bot.introductions.simulation.telling import circumstances, headline, percent, rows, sector_name
from bot.words import Words

_WIDE, _HIGH, _EDGE = 1200, 1010, 48
_MOST_SECTORS = 10


def picture(simulation: Simulation, words: Words) -> str:
    """The SVG file: no script, nothing from elsewhere; all its figures in words as well, for those who do not see it."""
    figures = "; ".join(
        f"{what}: {one} ({words.say('by chance')}: {other})" for what, one, other in rows(simulation, words)
    )
    bridges = "; ".join(
        f"{sector_name(simulation, one.one, words)} – {sector_name(simulation, one.other, words)}: {one.meetings}"
        for one in simulation.planned.bridges
    )
    sheet = Sheet(
        _WIDE, _HIGH, headline(simulation, words), f"{circumstances(simulation, words)}. {figures}. {bridges}."
    )
    title = headline(simulation, words)
    sheet.text(_EDGE, 66, title, 30 * min(1.0, 880 / width_of(title, 30)), bold=True)
    sheet.text(_EDGE, 96, _sentence(circumstances(simulation, words)), 16, SOFT)
    _legend(sheet, words)
    _tiles(sheet, simulation, words)
    _sectors(sheet, simulation, words, 300)
    _growth(sheet, simulation, words, (660, 300, 492, 376))
    _meetings(sheet, simulation, words, 762)
    _waits(sheet, simulation, words, (660, 762, 492, 150))
    _footer(sheet, simulation, words)
    return sheet.written()


def _legend(sheet: Sheet, words: Words) -> None:
    """The two colours of the whole sheet, in its upper right corner."""
    right = float(_WIDE - _EDGE)
    for name, colour in ((words.say("by chance"), CHANCE), (words.say("planned"), PLANNED)):
        right -= width_of(name, 14) + 22
        sheet.box(right, 55, 12, 12, colour, round_by=3)
        sheet.text(right + 18, 66, name, 14, colour, bold=True)
        right -= 20


def _tiles(sheet: Sheet, simulation: Simulation, words: Words) -> None:
    ours, chance = simulation.planned, simulation.chance
    window = simulation.asked.weights.window

    def beside(value: str) -> str:
        return words.say("by chance {number}", number=value)

    tiles = (
        (words.number(ours.distinct[-1]), words.say("different pairs met"), beside(words.number(chance.distinct[-1]))),
        (
            percent(ours.share_on_a_need(), words),
            words.say("of the meetings rest on a need"),
            beside(percent(chance.share_on_a_need(), words)),
        ),
        (
            percent(ours.share_first(), words),
            words.say("are first meetings"),
            beside(percent(chance.share_first(), words)),
        ),
        (
            words.number(ours.repeats),
            words.say("repeats within {window} rounds", window=window),
            beside(words.number(chance.repeats)),
        ),
        (
            words.number(sum(ours.left_out)),
            words.say("left out, of {number} invitations", number=words.number(ours.member_weeks)),
            beside(words.number(sum(chance.left_out))),
        ),
    )
    wide, gap = 208.0, 16.0
    for place, (figure, what, other) in enumerate(tiles):
        x = _EDGE + place * (wide + gap)
        sheet.box(x, 122, wide, 130, "#f4f7f9", round_by=8)
        sheet.text(x + 16, 166, figure, 34, PLANNED, bold=True)
        for line, text in enumerate(wrapped(what, 14, wide - 28)):
            sheet.text(x + 16, 192 + 18 * line, text, 14)
        sheet.text(x + 16, 238, other, 13, SOFT)


def _sectors(sheet: Sheet, simulation: Simulation, words: Words, top: float) -> None:
    """A stair: each sector's name stands at the end of its row and above its column."""
    sheet.text(_EDGE, top, words.say("Which sectors met"), 19, bold=True)
    sheet.text(_EDGE, top + 24, words.say("Meetings, and the share of all possible pairs of members who met"), 14, SOFT)
    sizes = {bridge.one: 0 for bridge in simulation.planned.bridges} | {
        bridge.other: 0 for bridge in simulation.planned.bridges
    }
    for bridge in simulation.planned.bridges:
        sizes[bridge.one] += bridge.meetings
        sizes[bridge.other] += bridge.meetings
    names = sorted(sizes, key=lambda sector: (-sizes[sector], sector))[:_MOST_SECTORS]
    known = {frozenset((bridge.one, bridge.other)): bridge for bridge in simulation.planned.bridges}
    most = max((bridge.pairs / bridge.possible for bridge in simulation.planned.bridges), default=1.0) or 1.0
    cell = min(92.0, 440 / max(2, len(names)))
    high = min(66.0, 336 / max(2, len(names)))
    for row, sector in enumerate(names):
        y = top + 42 + row * high
        for column, other in enumerate(names[:row]):
            _cell(sheet, known[frozenset((sector, other))], most, (_EDGE + column * cell, y, cell, high), words)
        label = fitted(sector_name(simulation, sector, words), 14, 580 - row * cell)
        sheet.text(_EDGE + row * cell + 10, y + high / 2 + 5, label, 14, bold=True)
    if len(sizes) > len(names):
        hidden = len(sizes) - len(names)
        told = words.count("One more sector met less often.", "{number} more sectors met less often.", hidden)
        sheet.text(_EDGE, top + 62 + len(names) * high, told, 13, SOFT)


def _cell(sheet: Sheet, bridge: Bridge, most: float, place: tuple[float, float, float, float], words: Words) -> None:
    x, y, wide, high = place
    share = bridge.pairs / bridge.possible / most
    sheet.box(x + 2, y + 2, wide - 4, high - 4, shade(share), round_by=5)
    small = min(1.0, wide / 66, high / 56)
    sheet.text(
        x + wide / 2, y + high / 2 + 1, words.number(bridge.meetings), 18 * small, ink_on(share), bold=True, at="middle"
    )
    told = percent(bridge.pairs / bridge.possible, words)
    sheet.text(x + wide / 2, y + high / 2 + 18 * small, told, 12 * small, ink_on(share), at="middle")


def _growth(sheet: Sheet, simulation: Simulation, words: Words, place: tuple[float, float, float, float]) -> None:
    left, top, wide, high = place
    ours, chance = simulation.planned.distinct, simulation.chance.distinct
    sheet.text(left, top, words.say("Different pairs who met, round by round"), 19, bold=True)
    marks = steps(max(*ours, *chance, 1))
    base, ceiling = top + high, top + 48
    margin = width_of(words.number(marks[-1]), 13) + 12
    begin, end = left + margin, left + wide - 108

    def y(value: float) -> float:
        return base - (base - ceiling) * value / marks[-1]

    def x(week: int) -> float:
        return begin + (end - begin) * week / max(1, len(ours))

    for mark in marks:
        sheet.line([(begin, y(mark)), (end, y(mark))], LINE)
        sheet.text(begin - 8, y(mark) + 4, words.number(mark), 13, SOFT, at="end")
    for week in sorted({1, *range(0, len(ours) + 1, max(1, -(-len(ours) // 6))), len(ours)} - {0}):
        if week == len(ours) or x(len(ours)) - x(week) > 26:
            sheet.text(x(week), base + 20, words.number(week), 13, SOFT, at="middle")
    sheet.text((begin + end) / 2, base + 42, words.say("round"), 13, SOFT, at="middle")
    for values, colour in ((chance, CHANCE), (ours, PLANNED)):
        sheet.line([(x(week), y(value)) for week, value in enumerate((0, *values))], colour, 3)
        sheet.dot(x(len(values)), y(values[-1]), 4.5, colour)
    heights = _apart(y(ours[-1]), y(chance[-1]))
    for height, name, value, colour in (
        (heights[0], words.say("planned"), ours[-1], PLANNED),
        (heights[1], words.say("by chance"), chance[-1], CHANCE),
    ):
        sheet.text(end + 14, height, words.number(value), 16, colour, bold=True)
        sheet.text(end + 14, height + 17, name, 13, colour)


def _apart(one: float, other: float) -> tuple[float, float]:
    """Where two labels stand so that neither covers the other."""
    if abs(one - other) >= 40:
        return one, other
    middle = (one + other) / 2
    return (middle - 18, middle + 22) if one <= other else (middle + 22, middle - 18)


def _meetings(sheet: Sheet, simulation: Simulation, words: Words, top: float) -> None:
    """What a meeting is worth, against chance."""
    ours, chance = simulation.planned, simulation.chance
    sheet.text(_EDGE, top, words.say("What a meeting rests on"), 19, bold=True)
    most = max(ours.worth, chance.worth, 0.01)
    entries = (
        (
            words.say("Rest on a need"),
            (ours.share_on_a_need(), chance.share_on_a_need()),
            (percent(ours.share_on_a_need(), words), percent(chance.share_on_a_need(), words)),
        ),
        (
            words.say("First meetings"),
            (ours.share_first(), chance.share_first()),
            (percent(ours.share_first(), words), percent(chance.share_first(), words)),
        ),
        (
            words.say("Points for needs and themes"),
            (ours.worth / most, chance.worth / most),
            (words.number(round(ours.worth, 2)), words.number(round(chance.worth, 2))),
        ),
    )
    for place, (what, shares, told) in enumerate(entries):
        y = top + 34 + place * 54
        lines = wrapped(what, 14, 200)
        for line, text in enumerate(lines):
            sheet.text(_EDGE, y + 20 - 9 * (len(lines) - 1) + 18 * line, text, 14)
        for line, (share, figure, colour) in enumerate(zip(shares, told, (PLANNED, CHANCE), strict=True)):
            sheet.box(_EDGE + 212, y - 2 + line * 20, max(2.0, 270 * share), 16, colour, round_by=3)
            sheet.text(_EDGE + 220 + max(2.0, 270 * share), y + 11 + line * 20, figure, 13, colour, bold=True)


def _waits(sheet: Sheet, simulation: Simulation, words: Words, place: tuple[float, float, float, float]) -> None:
    left, top, wide, high = place
    sheet.text(left, top, words.say("Members by the longest wait"), 19, bold=True)
    both = (simulation.planned.waits, simulation.chance.waits)
    last = min(max(simulation.planned.longest_wait(), simulation.chance.longest_wait(), 2), 8)
    counts = [[_waiting(waits, wait, last) for wait in range(last + 1)] for waits in both]
    most = max(*counts[0], *counts[1], 1)
    base, slot = top + high, wide / (last + 1)
    sheet.line([(left, base), (left + wide, base)], LINE)
    bar = min(38.0, slot / 2 - 6)
    for wait in range(last + 1):
        middle = left + slot * (wait + 0.5)
        for values, colour, shift in ((counts[0], PLANNED, -bar - 1), (counts[1], CHANCE, 1)):
            tall = (high - 46) * values[wait] / most
            if values[wait]:
                sheet.box(middle + shift, base - max(2.0, tall), bar, max(2.0, tall), colour)
                sheet.text(
                    middle + shift + bar / 2,
                    base - max(2.0, tall) - 6,
                    words.number(values[wait]),
                    13,
                    colour,
                    at="middle",
                )
        sheet.text(middle, base + 20, _rounds(wait, last, words), 13, SOFT, at="middle")


def _waiting(waits: Mapping[int, int], wait: int, last: int) -> int:
    return waits.get(wait, 0) if wait < last else sum(members for longest, members in waits.items() if longest >= last)


def _rounds(wait: int, last: int, words: Words) -> str:
    if wait == 0:
        return words.say("never")
    told = words.count("one round", "{number} rounds", wait)
    return words.say("{rounds} or more", rounds=told) if wait == last == 8 else told


def _footer(sheet: Sheet, simulation: Simulation, words: Words) -> None:
    ours = simulation.planned
    sheet.line([(_EDGE, 962), (_WIDE - _EDGE, 962)], LINE)
    told = words.say(
        "Broken rules, counted apart from the planner: {broken}. Had to be left out, by the sectors' sizes: {least}."
        " Longest wait: {wait}.",
        broken=words.number(sum(ours.broken.values())),
        least=words.number(sum(ours.fewest)),
        wait=words.count("one round", "{number} rounds", ours.longest_wait()),
    )
    sheet.text(_EDGE, 986, told, 14, INK)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
