"""Numbers and addresses in spellings that no pattern was made for, and numbers that belong to nobody."""

import random

import pytest

from benchmarks.masking_mails import mail, readable, surrounded
from benchmarks.masking_ordinary import ORDINARY
from benchmarks.masking_spellings import cpr, phone
from bot.privacy import Kind, Masker, unmask

MASKER = Masker()


def test_spellings_put_together_by_chance_are_masked_whole_and_come_back() -> None:
    draw = random.Random(20261123)
    left: list[tuple[str, str]] = []
    for place in range(900):
        text, secrets = surrounded(draw, (cpr, phone, mail)[place % 3](draw)[1])
        rest = readable(MASKER, text, secrets)
        if rest:
            left.append((text, rest))
        done = MASKER.mask(text)
        assert unmask(done.text, done.key) == text
    # Two oddities on top of each other may be one too many.
    assert len(left) <= 6, left


def test_numbers_that_belong_to_nobody_stay() -> None:
    masked = {text: [text[one.start : one.end] for one in MASKER.find(text)] for text in ORDINARY}
    assert {text: found for text, found in masked.items() if found} == {"(Hansen 2018, s. 45)": ["Hansen"]}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ring **80 94** 42 51", "ring **[PHONE 1]"),
        ("ring 8871\n1792", "ring [PHONE 1]"),
        ("hun har 191108 og 4420", "hun har [CPR 1]"),
        ("181249, de sidste fire er 8127", "[CPR 1]"),
        ("12.03.49, de sidste fire cifre er 8127", "[CPR 1]"),
        ("ring på toogfyrre treogtyve femogfirs tolv", "ring på [PHONE 1]"),
        ("nul et nul to ni nul en to tre fire", "[CPR 1]"),
        ("call four two two three eight five one two", "call [PHONE 1]"),
        ("<span class='x'>2345</span> 6789", "<span class='x'>[PHONE 1]"),
        ("\u2461\u2462\u2463\u2464 \u2465\u2466\u2467\u2468", "[PHONE 1]"),
        ("3. september 1995 2055 og 4. maj 1940-1945", "[CPR 1] og 4. maj 1940-1945"),
        ("12.30 23456789 og den 3/4 59 31 54 29", "12.30 [PHONE 1] og den [PHONE 2]"),
        ("010190=2D1234, 23=\n456789, 84*69*53*02", "[CPR 1], [PHONE 1], [PHONE 2]"),
        ("anna //at// kk.dk, bo [ snabel-a ] x prik dk", "[EMAIL 1], [EMAIL 2]"),
        ("lis@\n> kk.dk og jens%2540x.dk", "[EMAIL 1] og [EMAIL 2]"),
        ("2023 | 1250 |\n| 2024 | 1400", "2023 | 1250 |\n| 2024 | 1400"),
        ("12. marts 2026 14.30, 12 (xxxx) og 3*4", "12. marts 2026 14.30, 12 (xxxx) og 3*4"),
        ("nul toogfyrre 2345\n6789 tre", "[NUMBER 1]\n[PHONE 1]"),
        (f"**22** 33 44 55 {'x ' * 20}{'12345' * 8}", f"**[PHONE 1] {'x ' * 20}[NUMBER 1]"),
        ("12\n34\n5678\n\nring **22** 33 44 55", "12\n34\n5678\n\nring **[PHONE 1]"),
        ("nr71449088, 69..23..31..62 og 41 2O 99 99", "nr[PHONE 1], [PHONE 2] og [PHONE 3]"),
        ("241161=E2=80=917684 og 2107S3-8302", "[CPR 1] og [CPR 2]"),
        ('{"foedt":"030666","loebenr":"6102"}', '{"foedt":"[CPR 1]"}'),
        ("info-nord©yahoo.dk, jens krøllealfa posteo.de, © 2024", "[EMAIL 1], [EMAIL 2], © 2024"),
        ("N 55.6761 E 12.5683, 55°40'34\"N 12°34'06\"E", "[ADDRESS 1], [ADDRESS 2]"),
        ("IP 2001:db8::8a2e:370:7334, kl. 12:30:45", "IP [NUMBER 1], kl. 12:30:45"),
        ("NI QQ 12 34 56 C, 12 Elm Grove, Leeds", "NI [NUMBER 1], [ADDRESS 1]"),
        ("Kevin drak igen", "[PERSON 1] drak igen"),
    ],
)
def test_one_number_however_its_digits_are_put_apart(text: str, wanted: str) -> None:
    assert MASKER.mask(text).text == wanted


def test_what_stands_beside_a_gathered_number_keeps_its_kind() -> None:
    text = "Karla på 83 (010203-1234), ring **22 33** 44 55, CVR 12345678"
    assert {one.kind for one in MASKER.find(text)} == {Kind.PERSON, Kind.CPR, Kind.PHONE, Kind.CVR}
