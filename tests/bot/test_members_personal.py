"""What looks like personal data in a tag, and what only looks a little like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.members.personal import PersonalData, personal_data, without_personal_data


@pytest.mark.parametrize(
    "text",
    [
        "hjælp til 010170-1234",
        "0101701234",
        "010170 1234",
        "01.01.70-1234",
        "borger 311299–4321 mangler bolig",
        "barn (250613-9876)",
        "erstatningsnummer 611299-4321",
    ],
)
def test_a_cpr_number(text: str) -> None:
    assert personal_data(text) is PersonalData.CPR


@pytest.mark.parametrize(
    "text",
    ["skriv til mette@example.org", "METTE.HOLM+ny@roedovre.dk", "mette(at)example.org", "åse@ældre.dk", "<bo@dtu.dk>"],
)
def test_an_e_mail_address(text: str) -> None:
    assert personal_data(text) is PersonalData.EMAIL


@pytest.mark.parametrize(
    "text",
    [
        "ring 20 26 03 22",
        "tlf. 36377000",
        "3637 7000",
        "36-37-70-00",
        "36.37.70.00",
        "+45 36 37 70 00",
        "0045 36377000",
        "+46 (0)8 123 456 78",
        "mobil:20304050.",
        "+4536377000",
        "363 77 000",
        "36 377 000",
    ],
)
def test_a_phone_number(text: str) -> None:
    assert personal_data(text) is PersonalData.PHONE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lokaler til 20 personer om mandagen",
        "unge på 13-18 år",
        "åbent 24/7, kl. 10-16",
        "2 000 000 kr",
        "50.000.000 kroner",
        "20000000 kr. over tre år",
        "kr. 25 00 00 00",
        "25 millioner",
        "projekt 2025-2026",
        "perioden 2025 2026",
        "22.03.2026 kl. 09.00",
        "2026-03-22",
        "22-03-2026",
        "CVR 12345678",
        "cvr-nr. 36 37 70 00",
        "EAN 5798009811578",
        "@everyone",
        "et projekt @ havnen",
        "§ 104 og § 107",
        "1.234.567,50",
        "adresser i 2600, 2610 og 2620",
        "99999999999999999999",
        "400101-99999",
        "461399-1234 er en vare",
    ],
)
def test_what_is_none(text: str) -> None:
    assert personal_data(text) is None


@given(st.text(alphabet="0123456789 -.+@kr(at)", max_size=60))
def test_nothing_makes_it_stumble(text: str) -> None:
    assert personal_data(text) in {None, *PersonalData}


@given(st.dates(), st.integers(0, 9999), st.sampled_from(["", "-", " ", " - "]), st.sampled_from(["", "barn ", "("]))
def test_each_day_can_be_somebodys(day: object, last: int, between: str, before: str) -> None:
    assert personal_data(f"{before}{day:%d%m%y}{between}{last:04}") is PersonalData.CPR


@given(st.integers(20_000_000, 99_999_999), st.sampled_from(["+45", "+45 ", "0045 ", ""]))
def test_each_danish_number_is_found(number: int, before: str) -> None:
    digits = str(number)
    spaced = " ".join(digits[place : place + 2] for place in range(0, 8, 2))
    assert personal_data(f"ring {before}{spaced}") is not None


@given(
    st.lists(
        st.sampled_from(
            [
                "010170-1234",
                "mette@example.org",
                "tlf. 36377000",
                "+45 36 37 70 00",
                "lokaler",
                "2019-2020",
                "12 345 678 kr.",
                ",",
            ]
        ),
        max_size=6,
    )
)
def test_what_is_taken_out_leaves_nothing_of_the_kind(parts: list[str]) -> None:
    rest = without_personal_data(" ".join(parts))
    assert personal_data(rest) is None
    assert rest.count("lokaler") == parts.count("lokaler")
    assert "36377000" not in rest
