"""Who is meant by a name that somebody typed."""

from uuid import UUID

import pytest

from adapters.discord.naming import called
from bot.identity import MemberId
from bot.members.domain import Member

NAMES = (
    ("Anna Holm", "Rødovre Kommune"),
    ("Anna Holm", "Sportshallen"),
    ("Bo Lind", "Sportshallen"),
    ("Bo", "Ældre Sagen"),
    ("Carl Åge Juhl", "Havnen"),
)
MEMBERS = [
    Member(id=MemberId(UUID(int=number)), name=name, organisation=organisation)
    for number, (name, organisation) in enumerate(NAMES)
]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("bo lind", 2),
        ("  BO ", 3),
        ("@Bo Lind", 2),
        ("anna holm rødovre", 0),
        ("Anna Sportshallen", 1),
        ("carl aage", 4),
        ("juhl", 4),
    ],
)
def test_one_is_meant(typed: str, place: int) -> None:
    assert called(typed, MEMBERS) == MEMBERS[place]


@pytest.mark.parametrize("typed", ["", "  ", "@", "Anna Holm", "Dorte", "sportshallen"])
def test_nobody_or_several_are_meant(typed: str) -> None:
    assert called(typed, MEMBERS) is None
