"""The table of letters: what is stored of a letter, and how it is read again by another version."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from bot.deliveries.domain import Letter, LetterTable
from bot.identity import IntroId, MemberId, new_id


@dataclass(frozen=True, slots=True)
class Offer(Letter):
    code: ClassVar[str] = "offer"
    intro: IntroId
    member: MemberId


@dataclass(frozen=True, slots=True)
class Impostor(Letter):
    code: ClassVar[str] = "offer"


@dataclass(frozen=True, slots=True)
class Nameless(Letter):
    pass


def test_a_letter_is_stored_as_ids_and_read_back() -> None:
    table = LetterTable.of([Offer, Offer])
    offer = Offer(IntroId(new_id()), MemberId(new_id()))
    stored = table.write(offer)
    assert stored == f'{{"letter":"offer","intro":"{offer.intro}","member":"{offer.member}"}}'
    assert table.read(stored) == offer


def test_a_kind_that_is_gone_says_so() -> None:
    with pytest.raises(ValueError, match="gone"):
        LetterTable.of([]).read('{"letter":"offer"}')


@pytest.mark.parametrize("kinds", [[Offer, Impostor], [Nameless]])
def test_every_kind_has_a_code_of_its_own(kinds: list[type[Letter]]) -> None:
    with pytest.raises(ValueError, match="code of its own"):
        LetterTable.of(kinds)
