"""Prints stations at a terminal: ``brobygger stations``. JSON alone goes to stdout; what is said beside it does not."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from bot.introductions.spreadsheet import csv_rows
from bot.introductions.stationing import StationFiles, StationFormat
from bot.matching.domain import Reason
from bot.matching.stations.domain import Counted, Rank, Station, Stations
from bot.matching.words import left_out_text, reason_text
from bot.members.domain import SECTORS
from bot.messages.text import flat
from bot.words import Words

# Reasons that a person reads with a group.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Printing:
    """What is printed, and in whose words; ``seconds`` is how long it took."""

    files: StationFiles
    made: Stations
    seconds: float
    words: Words

    def lines(self, form: StationFormat) -> Iterator[str]:
        """The lines of the result."""
        match form:
            case StationFormat.JSON:
                return self._json()
            case StationFormat.TABLE:
                return self._table()
            case StationFormat.CSV:
                return iter(self._csv().splitlines())
            case StationFormat.HISTORY:
                groups = ((self.files.number, station.members) for station in self.made.stations)
                return iter(csv_rows(groups).splitlines())
            case _:
                assert_never(form)

    def _json(self) -> Iterator[str]:
        """One object a group, a line each, and last the summary."""
        for station in self.made.stations:
            told: dict[str, object] = {"station": station.number}
            if station.case:
                told["case"] = station.case
            told |= {
                "members": list(station.members),
                "sectors": dict(station.sectors),
                "score": station.score,
                "repeats": station.repeats,
                "reasons": [_reason(reason) for reason in station.reasons],
            }
            yield json.dumps(told, ensure_ascii=False)
        yield json.dumps({"summary": self._summary()}, ensure_ascii=False)

    def _summary(self) -> dict[str, object]:
        made, wishes = self.made, self.made.wishes
        return {
            "members": len(self.files.candidates),
            "placed": sum(len(station.members) for station in made.stations),
            "left_out": [left.id for left in made.left_out],
            "left_out_why": {left.id: left.why.value for left in made.left_out},
            "stations": len(made.stations),
            "uneven": made.uneven,
            "apart_together": [list(pair) for pair in made.together],
            "same_organisation": len(made.colleagues),
            "repeats": made.repeats,
            "wishes": {"first": wishes.first, "other": wishes.other, "none": wishes.none},
            "ranks": [
                {"counted": rank.counted.value, "value": rank.value, "bound": rank.bound, "proven": rank.proven}
                for rank in made.ranks
            ],
            "score": made.score,
            "bound": made.bound,
            "optimal": made.optimal,
            "seconds": round(self.seconds, 3),
        }

    def _csv(self) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["station", "members"])
        writer.writerows([station.number, "|".join(station.members)] for station in self.made.stations)
        return out.getvalue()

    def _table(self) -> Iterator[str]:
        short, whole = self._names()
        words = self.words
        for station in self.made.stations:
            yield self._head(station)
            yield from (f"    {whole[member]}" for member in station.members)
            for reason in station.reasons[:_MOST]:
                yield f"      {flat(reason_text(reason, short, words))}"
        if self.made.left_out:
            yield words.say("Without a group this time:")
            for left in self.made.left_out:
                yield f"    {flat(left_out_text(left, {left.id: whole[left.id]}, words))}"
        for one, other in self.made.together:
            yield words.say(
                "{one} and {other} sit together, although they should not: with these groups it cannot be avoided.",
                one=whole[one],
                other=whole[other],
            )
        yield self._figures()

    def _head(self, station: Station) -> str:
        words = self.words
        names = {sector.key: sector.name(words.language) for sector in SECTORS}
        counts = ", ".join(
            f"{many} {names.get(sector, sector) or words.say('without a sector')}"
            for sector, many in station.sectors.items()
        )
        if station.case:
            return words.say(
                "Station {number}, {case}: {sectors}", number=station.number, case=station.case, sectors=counts
            )
        return words.say("Station {number}: {sectors}", number=station.number, sectors=counts)

    def _figures(self) -> str:
        made, words = self.made, self.words
        told = words.say(
            "{groups}, {placed} of {members} members; {colleagues}, {repeats}; {proof}, {seconds} s",
            groups=words.count("one group", "{number} groups", len(made.stations)),
            placed=sum(len(station.members) for station in made.stations),
            members=len(self.files.candidates),
            colleagues=words.count(
                "one pair of one organisation", "{number} pairs of one organisation", len(made.colleagues)
            ),
            repeats=words.count("one repeat", "{number} repeats", made.repeats),
            proof=self._proof(),
            seconds=words.number(round(self.seconds, 2)),
        )
        wishes = made.wishes
        if not wishes.first + wishes.other + wishes.none:
            return told
        met = words.say(
            "Wishes: {first} got their first, {other} another of theirs, {none} none of theirs.",
            first=wishes.first,
            other=wishes.other,
            none=wishes.none,
        )
        return f"{told}\n{met}"

    def _proof(self) -> str:
        words = self.words
        if self.made.optimal:
            return words.say("proven best")
        first = next(rank for rank in self.made.ranks if not rank.proven)
        return words.say("not proven: {what}", what=_open(first, words))

    def _names(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """How everybody is called in a sentence and in full; with the id where two would still be called the same."""
        lines = self.files.lines
        full = {line.id: f"{line.name} ({line.organisation})" for line in lines}
        often, alike = Counter(line.name for line in lines), Counter(full.values())
        whole = {key: name if alike[name] == 1 else f"{name[:-1]}, {key})" for key, name in full.items()}
        return {line.id: line.name if often[line.name] == 1 else whole[line.id] for line in lines}, whole


def _open(rank: Rank, words: Words) -> str:
    """What could still be better, at most."""
    match rank.counted:
        case Counted.ORGANISATIONS:
            return words.say("pairs of one organisation could be {bound}", bound=round(rank.bound))
        case Counted.REPEATS | Counted.RECENT:
            return words.say("fewer may have met before")
        case Counted.WISHES:
            return words.say("more wishes may be met")
        case Counted.WORTH:
            more = 100 * (rank.bound - rank.value) / max(rank.value, 0.01)
            return words.say("at most {percent} % more is possible", percent=words.number(round(more, 2)))
        case _:
            return words.say("more may be possible")


def _reason(reason: Reason) -> dict[str, str]:
    told = {"kind": reason.kind.value, "from": reason.giver, "to": reason.receiver, "term": reason.term}
    return {**told, "offered": reason.offered} if reason.offered else told
