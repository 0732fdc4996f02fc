"""Who is who: the same person keeps the same number, however the name is written, and two people never share one."""

import pytest

from bot.privacy import Masker
from bot.privacy.people import People, fold

ROSTER = Masker(["Mette Holm", "Mette Krarup", "Søren Aagaard", "Anne-Marie Kjær Jensen"])
NOBODY = Masker()


def test_parts_of_a_name_are_the_same_person_as_long_as_only_one_can_be_meant() -> None:
    masking = NOBODY.masking()
    assert masking.mask("Anna Jensen kom. Anna sad, og Jensen gik. A. Jensen og Anna J.").text == (
        "[PERSON 1] kom. [PERSON 1b] sad, og [PERSON 1c] gik. [PERSON 1d] og [PERSON 1e]"
    )
    assert masking.mask("Anna Holm kom også.").text == "[PERSON 2] kom også."
    assert masking.mask("Og Anna?").text == "Og [PERSON 1b]?", "what was said before still means the same"
    assert masking.mask("Karl Jensen og Peter Jensen").text == "[PERSON 3] og [PERSON 4]"


def test_a_first_name_of_two_members_is_a_person_of_its_own() -> None:
    masking = ROSTER.masking()
    assert masking.mask("Mette Holm og Mette Krarup").text == "[PERSON 1] og [PERSON 2]"
    assert masking.mask("Mette sagde det").text == "[PERSON 3] sagde det"
    assert masking.mask("Krarup og METTE HOLM og søren og Soeren Aagard").text == (
        "[PERSON 2b] og [PERSON 1b] og [PERSON 4] og [PERSON 4b]"
    )


def test_a_name_that_comes_first_in_part_is_joined_by_the_whole_one() -> None:
    masking = NOBODY.masking()
    assert masking.mask("Fatima ringede. Fatima Hassan bor der. Hassan også.").text == (
        "[PERSON 1] ringede. [PERSON 1b] bor der. [PERSON 1c] også."
    )


def test_genitives_stay_outside() -> None:
    assert NOBODY.mask("Annas og Lars' mor, Peter's bil, Jens' cykel, Mathias' og Emmas hund").text == (
        "[PERSON 1]s og [PERSON 2]' mor, [PERSON 3]'s bil, [PERSON 4]' cykel, [PERSON 5]' og [PERSON 6]s hund"
    )


def test_the_same_number_is_the_same_however_it_is_written() -> None:
    masked = NOBODY.mask("010190-1234 og 0101901234; 12 34 56 78 eller +45 12345678; A@x.dk, a@X.dk")
    assert masked.text == "[CPR 1] og [CPR 1b]; [PHONE 1] eller [PHONE 1b]; [EMAIL 1], [EMAIL 1b]"


@pytest.mark.parametrize(
    ("one", "other"), [("Søren", "soeren"), ("Åse", "Aase"), ("Lærke", "laerke"), ("Zoë", "ZOE"), ("Łukasz", "lukasz")]
)
def test_spellings_that_are_compared_as_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_people_with_initials_and_with_none_of_the_same_words() -> None:
    people = People()
    assert [people.number_of(name) for name in ("J. Jensen", "Jens Jensen", "Karen Jensen", "Jensen", "J")] == [
        1,
        1,
        2,
        3,
        4,
    ]
    assert people.number_of("Hans Hansen", member=4) == 5
    assert people.number_of("Hansen", member=4) == people.number_of("hans", member=4) == 5
    assert people.number_of("Hans Hansen", member=9) == 6
    assert [people.number_of(f"Ida Nr{letter}") for letter in "abcde"] == [7, 8, 9, 10, 11]
    assert people.number_of("Ida") == 12
