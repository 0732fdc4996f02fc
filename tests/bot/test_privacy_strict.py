"""Where a sentence needs no numbers and no houses, the masker rather finds too much than too little."""

import pytest

from bot.privacy import Kind, Masker

MASKER = Masker()


@pytest.mark.parametrize(
    ("text", "usual", "strict"),
    [
        ("look at x.dk", [], ["email"]),
        ("i Vejle 14 kom", [], ["address"]),
        ("Kærligheden 3.", [], ["address"]),
        ("nummer 2*3*4*5*6*7*8*9", [], ["number"]),
        ("2018-2019", [], ["number"]),
        ("tlf. 23456789", ["phone"], ["phone"]),
        ("14 borgere kom 2 gange om ugen i 2025", [], []),
    ],
)
def test_strictly_more_is_found(text: str, usual: list[str], strict: list[str]) -> None:
    assert [one.kind.value for one in MASKER.find(text)] == usual
    assert [one.kind.value for one in MASKER.find(text, strict=True)] == strict


def test_a_strict_look_finds_no_tokens_of_ours() -> None:
    assert MASKER.find("[PHONE 1] og [TEXT 2]", strict=True) == ()
    assert {one.kind for one in MASKER.find("Jens, 010190-1234", strict=True)} == {Kind.PERSON, Kind.CPR}
