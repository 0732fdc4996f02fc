"""The organiser's locked groups in a large roster: checked a few at a time by the rules of the smaller rounds."""

from collections.abc import Iterable

from bot.errors import phrase
from bot.matching.domain import Wishes
from bot.matching.large.register import Register
from bot.matching.rules import LockRefused, Roster, locked_groups

_AT_ONCE = 64


def locked_seats(register: Register, wishes: Wishes) -> list[tuple[int, ...]]:
    """The locked groups, as seats. Raises :class:`LockRefused` for one that cannot be."""
    locks = sorted(wishes.locked, key=sorted)
    taken: set[str] = set()
    for lock in locks:
        if taken & lock:
            raise LockRefused(phrase("Somebody is in two locked groups at once."))
        taken |= lock
    apart = _of_each(wishes.apart)
    forbidden = _of_each(wishes.forbidden)
    seated: list[tuple[int, ...]] = []
    for start in range(0, len(locks), _AT_ONCE):
        some = locks[start : start + _AT_ONCE]
        members = sorted(frozenset[str]().union(*some))
        asked = Wishes(
            frozenset(pair for member in members for pair in apart.get(member, ())),
            frozenset(some),
            frozenset(pair for member in members for pair in forbidden.get(member, ())),
        )
        people = [register.people[register.seats[member]] for member in members if member in register.seats]
        roster = Roster.read(people, (), asked)
        seated += [
            tuple(sorted(register.seats[roster.people[place].id] for place in group))
            for group in locked_groups(roster, asked)
        ]
    return seated


def _of_each(pairs: Iterable[frozenset[str]]) -> dict[str, list[frozenset[str]]]:
    found: dict[str, list[frozenset[str]]] = {}
    for pair in pairs:
        for member in pair:
            found.setdefault(member, []).append(pair)
    return found
