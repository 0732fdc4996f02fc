"""Numbers, addresses and accounts in the spellings that people use, and what looks like them and is none."""

import pytest

from benchmarks.masking_cases import identifiers
from bot.privacy import Finding, Kind, Masker

MASKER = Masker()


def kinds(text: str) -> list[tuple[str, str]]:
    return [(one.kind.value, text[one.start : one.end]) for one in MASKER.find(text)]


def test_generated_identifiers_are_masked_whole_and_as_what_they_are() -> None:
    wrong: list[str] = []
    for case in identifiers(700, seed=20261122):
        there = [one for one in MASKER.find(case.text) if one.start < case.end and case.start < one.end]
        covered = {place for one in there for place in range(one.start, one.end)}
        letters = {place for place in range(case.start, case.end) if case.text[place].isalnum()}
        if not letters <= covered or {one.kind for one in there} != {case.kind}:
            wrong.append(f"{case.kind}: {case.text}")
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cpr.nr.: 01 01 90 1234", [("cpr", "01 01 90 1234")]),
        ("01/01-90 1234 og 310299-xxxx", [("cpr", "01/01-90 1234"), ("cpr", "310299-xxxx")]),
        ("cpr 010190", [("cpr", "010190")]),
        ("barnets cpr er 610190-1234", [("cpr", "610190-1234")]),
        ("(+45) 12 34 56 78 / +46 70 123 45 67", [("phone", "(+45) 12 34 56 78"), ("phone", "+46 70 123 45 67")]),
        ("ring til lokal 4512", [("phone", "4512")]),
        ("London: 020 7946 0958", [("phone", "020 7946 0958")]),
        (
            "anna [at] x.dk, bo(at)y dot dk, lis at mail dot z dot dk",
            [("email", "anna [at] x.dk"), ("email", "bo(at)y dot dk"), ("email", "lis at mail dot z dot dk")],
        ),
        ('søren@ærø.dk og "den gamle"@x.dk', [("email", "søren@ærø.dk"), ("email", '"den gamle"@x.dk')]),
        ("lise at gmail.com", [("email", "lise at gmail.com")]),
        ("bor på Vestergade 3", [("address", "Vestergade 3")]),
        ("hun bor i Solbakken 12, st. th., 2610 Rødovre", [("address", "Solbakken 12, st. th., 2610 Rødovre")]),
        ("På Store Kongensgade er der støj", [("address", "Store Kongensgade")]),
        ("Hans Broges Gade, 8000 Aarhus C", [("address", "Hans Broges Gade, 8000 Aarhus C")]),
        ("mød mig på nørregade kl. 9", [("address", "nørregade")]),
        ("sendt c/o Jensen", [("address", "c/o Jensen")]),
        ("adresse: Enghøj 4", [("address", "Enghøj 4")]),
        ("lives at 12 Baker Street, London", [("address", "12 Baker Street, London")]),
        ("flyttet til Den Gamle Mølle 7, 8600 Silkeborg", [("address", "Den Gamle Mølle 7, 8600 Silkeborg")]),
        ("postnummer 8600 Silkeborg", [("address", "8600 Silkeborg")]),
        ("Reg. 1234 konto 1234567890", [("account", "1234"), ("account", "1234567890")]),
        ("5301 12345678", [("account", "5301 12345678")]),
        ("kort 4571 1234 5678 9012", [("account", "4571 1234 5678 9012")]),
        ("CVR 12345678, DK12345678", [("cvr", "12345678"), ("cvr", "DK12345678")]),
        ("AB 12 345", [("plate", "AB 12 345")]),
        ("bilen er ab12345", [("plate", "ab12345")]),
        ("sagsnr. 19/12345, vores 2019-12345", [("number", "19/12345"), ("number", "2019-12345")]),
        ("passet er 123456789, nummer 4711004711", [("number", "123456789"), ("number", "4711004711")]),
        (
            "født 3. maj 1948 eller f. 03.05.48; 3. maj har Lis fødselsdag",
            [("birth", "3. maj 1948"), ("birth", "03.05.48"), ("birth", "3. maj"), ("person", "Lis")],
        ),
        (
            "<@U123ABC> og @mette.h, insta: lise_92",
            [("handle", "<@U123ABC>"), ("handle", "@mette.h"), ("handle", "lise_92")],
        ),
        ("https://www.facebook.com/a.b?x=1.", [("link", "https://www.facebook.com/a.b?x=1")]),
        ("se x.dk/cv/mette-holm-2", [("link", "x.dk/cv/mette-holm-2")]),
        ("https://skole.dk/elever/mette", [("link", "https://skole.dk/elever/mette")]),
    ],
)
def test_what_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Mødet er den 01.02.2018 kl. 9.30-11.00 i lokale 12.",
        "I 2018-2019 gav vi 12.345.678 kr. til 1.250 borgere.",
        "kr. 12 345 678 er 12 345 678 kroner",
        "Servicelovens § 85, stk. 2, og paragraf 107",
        "2018-03-22 kom 50 af 150 medlemmer, 33,3 %.",
        "Se https://dr.dk/nyheder/vejret og www.rodovre.dk",
        "Den genvej er en omvej, og motorvej 3 er lukket.",
        "Danmark 2018 og afsnit 3",
        "Vi ses @ 9 og siger #channel, u/ og and/or",
        "",
    ],
)
def test_dates_amounts_and_sources_stay(text: str) -> None:
    assert kinds(text) == []


def test_check_digits_raise_confidence_and_never_reject() -> None:
    assert MASKER.find("0101901234") == (Finding(0, 10, Kind.CPR, sure=False),)
    assert MASKER.find("0706489991") == (Finding(0, 10, Kind.CPR, sure=True),)
    assert MASKER.find("010190-1234") == (Finding(0, 11, Kind.CPR, sure=True),)


def test_where_two_overlap_nothing_stays_open_between_them() -> None:
    text = "skriv til anna@x.dk/Holm eller (Lise)Nørregade 12"
    assert MASKER.mask(text).text == "skriv til [EMAIL 1]/[LINK 1] eller ([PERSON 1])[ADDRESS 1]"


def test_a_small_letter_that_is_two_moves_nothing() -> None:
    assert kinds("İİİİ snap: lise_92 İ") == [("handle", "lise_92")]
