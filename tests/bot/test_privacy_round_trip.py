"""Masked and restored: every text comes back to the last letter, and nothing tells what was in it before."""

import json
import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.privacy import Key, Kind, Masker, unmask, unmask_written

MASKER = Masker(["Mette Holm", "Søren Aagaard", "Anne-Marie Kjær", "Bo Lund"])
PIECES = st.sampled_from(
    [
        "[PERSON 1]",
        "[person 1]",
        "[ PERSON 1b ]",
        "[CPR 2]",
        "[TEXT 1]",
        "[PERSON",
        "PERSON 1]",
        "[",
        "]",
        "1",
        "b",
        "[[PERSON 1]]",
        "Mette",
        "Mette Holm",
        "METTES",
        "mete holm",
        "S.A.",
        "Anna",
        "annas",
        "H.C. Andersen",
        "010190-1234",
        "12 34 56 78",
        "+45 12345678",
        "a@b.dk",
        "<@U123>",
        "Nørregade 12, 2. tv., 8000 Aarhus C",
        "https://x.com/anna",
        "c/o Bo Lund",
        "født 3. maj 1948",
        "hilsen",
        "hedder",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\u00a0",
        ".",
        ",",
        "-",
        "'s",
        "İ",
        "ß",
        "\ufeff",
        "😊",
        "\u202e",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=14).map("".join)


@settings(max_examples=150)
@given(TEXTS)
def test_a_text_comes_back_exactly(text: str) -> None:
    masked = MASKER.mask(text)
    assert unmask(masked.text, masked.key) == text
    assert sum(masked.counts.values()) >= len(masked.key)


@settings(max_examples=40)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_thread_comes_back_with_one_key_and_with_the_key_of_an_earlier_day(texts: list[str]) -> None:
    first = MASKER.masking()
    masked = [first.mask(text).text for text in texts]
    later = MASKER.masking(Key.from_json(first.key.to_json()))
    assert [later.mask(text).text for text in texts] == masked, "the same texts are masked in the same way"
    more = later.mask("Kirsten Ørsted, 23 45 67 89").text
    assert [unmask(text, later.key) for text in masked] == texts
    assert unmask(more, later.key) == "Kirsten Ørsted, 23 45 67 89"


def test_somebody_who_typed_a_token_gets_it_back() -> None:
    masked = MASKER.mask("Jeg så [PERSON 1] i noten. Mette kender [person 2].")
    assert masked.text == "Jeg så [TEXT 1] i noten. [PERSON 1] kender [TEXT 2]."
    assert masked.counts == {Kind.TEXT: 2, Kind.PERSON: 1}
    assert unmask(masked.text, masked.key) == "Jeg så [PERSON 1] i noten. Mette kender [person 2]."


def test_a_key_of_another_hand_with_gaps_never_loses_what_it_holds() -> None:
    key = Key(
        {
            "[PERSON 1]": "Mette",
            "[PERSON 1c]": "Mettemusen",
            "[PERSON 7]": "Bo Lund",
            "[CPR 4]": "010190-1234",
            "[PERSON 1s]": "?",
            "x": "y",
        }
    )
    masking = MASKER.masking(key)
    text = masking.mask("METTE og Søren, 020290-1234 og 0101901234").text
    assert text == "[PERSON 1d] og [PERSON 8], [CPR 5] og [CPR 4b]"
    assert dict(key).items() <= dict(masking.key).items()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[PERSON 1] ringer", "Anna ringer"),
        ("[person 1] og [Person 2]", "Anna og Lars"),
        ("PERSON 1 ringer til person_2.", "Anna ringer til Lars."),
        ("(PERSON 1) og **[PERSON 2]**", "Anna og **Lars**"),
        ("[PERSON 1]s mor, [PERSON 1's] far", "Annas mor, Annas far"),
        ("[PERSON 1s] mor og [PERSON 2]s far", "Annas mor og Lars' far"),
        ("[PERSON 1d] sagde", "Anna sagde"),
        ("[PERSON 9] og PERSONALE 1", "[PERSON 9] og PERSONALE 1"),
        ("[PERSON 1, PERSON 2]", "[Anna, Lars]"),
        ("Ring på PHONE 1!", "Ring på 12 34 56 78!"),
    ],
)
def test_what_a_model_wrote_is_restored_as_it_was_meant(written: str, meant: str) -> None:
    key = Key({"[PERSON 1]": "Anna", "[PERSON 2]": "Lars", "[PHONE 1]": "12 34 56 78"})
    assert unmask_written(written, key) == meant


def test_nothing_that_is_shown_or_logged_holds_what_was_masked(caplog: pytest.LogCaptureFixture) -> None:
    text = "Mette Holm, 010190-1234"
    masking = MASKER.masking()
    masked = masking.mask(text)
    findings = MASKER.find(text)
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("test").warning("%r %r %r %r %r", MASKER, masking, masked, masked.key, findings)
    for secret in ("Mette", "Holm", "010190", "1234"):
        assert secret not in caplog.text
        assert secret not in masked.text
    assert dict(masking.counts) == dict(masked.counts) == {Kind.PERSON: 1, Kind.CPR: 1}


def test_what_is_found_in_a_note_leaves_our_tokens_alone() -> None:
    masked = MASKER.mask("Mette Holm ringede til 12 34 56 78 om sagen.")
    assert MASKER.find(masked.text) == ()
    left = MASKER.find("[PERSON 1] og Søren talte sammen")
    assert [(one.kind, one.start, one.end, one.member) for one in left] == [(Kind.PERSON, 14, 19, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        '{"format": "brobygger-key", "version": 2, "tokens": {}}',
        '{"format": "brobygger-key", "version": 1, "tokens": {"[CPR 1]": 1}}',
        '{"format": "brobygger-key", "version": 1}',
        "[" * 100_000,
    ],
)
def test_what_is_no_key_is_refused_without_its_text(text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        Key.from_json(text)
    assert refused.value.said.message == "This is not a key that was made here."


def test_a_key_is_a_mapping_that_can_be_kept() -> None:
    key = MASKER.mask("Mette og Mette Holm").key
    assert json.loads(key.to_json())["tokens"] == dict(key) == {"[PERSON 1]": "Mette", "[PERSON 1b]": "Mette Holm"}
    assert Key.from_json(key.to_json()) == key


def test_the_author_of_a_message_is_the_one_who_is_named_in_another() -> None:
    masking = MASKER.masking()
    assert masking.person("mads_p") == "[PERSON 1]"
    assert masking.person("Mette Holm") == "[PERSON 2]"
    assert masking.mask("tak Mette").text == "tak [PERSON 2b]"
    assert masking.person("!!!") == "[PERSON 3]"
