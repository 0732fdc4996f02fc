"""What programs put beside the words when a conversation is exported or copied is not taken for something that was said."""

import json

import pytest

from bot.errors import NotUnderstood
from bot.notes.reading import read_conversation
from bot.notes.transcript import Transcript


def read(text: str, name: str = "chat.txt") -> Transcript:
    return read_conversation(name, text.encode())


def told(transcript: Transcript) -> list[tuple[str, str, str]]:
    """Who, when and what."""
    return [(one.author, one.at.strftime("%Y-%m-%d %H:%M:%S") if one.at else "", one.text) for one in transcript.lines]


def test_whatsapp_says_nothing_of_its_own() -> None:
    iphone = (
        "\u200e[04.03.2026, 19.12.04] Nord: \u200eBeskeder og opkald er krypteret.\n"
        "[04.03.2026, 19.13.01] Ismail: Jeg kan på torsdag\nkl. 14\n"
        "[04.03.2026, 19.14.12] ~ Jytte: \u200ebillede udeladt\n"
        "[04.03.2026, 19.15.00] +45 22 33 44 55: Vi aftaler det"
    )
    assert told(read(iphone)) == [
        ("Ismail", "2026-03-04 19:13:01", "Jeg kan på torsdag\nkl. 14"),
        ("+45 22 33 44 55", "2026-03-04 19:15:00", "Vi aftaler det"),
    ]
    android = "04.03.2026 19.12 - Lone: Hej\n04.03.2026 19.13 - Bo: <Medier udeladt>\n04.03.2026 19.14 - Bo: ja"
    assert [text for _, _, text in told(read(android))] == ["Hej", "ja"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3/4/26, 7:12 PM - Ann: hi\n3/5/26, 7:13 PM - Bob: ho", ["2026-03-04 19:12:00", "2026-03-05 19:13:00"]),
        ("3/4/26, 7:12 PM - Ann: hi\n13/4/26, 7:13 PM - Bob: ho", ["2026-04-03 19:12:00", "2026-04-13 19:13:00"]),
        ("3/4/26, 19:12 - Ann: hi\n4/4/26, 19:13 - Bob: ho", ["2026-04-03 19:12:00", "2026-04-04 19:13:00"]),
        ("3/4/2026, 7:12 pm - Ann: hi\n4/4/2026, 7:13 pm - Bob: ho", ["2026-04-03 19:12:00", "2026-04-04 19:13:00"]),
    ],
)
def test_days_and_months_stand_in_the_order_of_whoever_writes_so(text: str, days: list[str]) -> None:
    assert [at for _, at, _ in told(read(text))] == days


def test_a_meeting_s_transcript_counts_from_its_beginning() -> None:
    said = "Karin Toft   0:03\nVelkommen.\n\nBo Vang   1:02:08\nTak."
    began = f"Møde-20260304_140000\n4. marts 2026, 01.00PM\n1t 23m 11s\n\n{said}"
    assert told(read(began)) == [
        ("Karin Toft", "2026-03-04 13:00:03", "Velkommen."),
        ("Bo Vang", "2026-03-04 14:02:08", "Tak."),
    ]
    assert [at for _, at, _ in told(read(f"4. marts 2026\n23m 11s\n{said}"))] == [
        "2026-03-04 00:00:03",
        "2026-03-04 01:02:08",
    ]
    assert [at for _, at, _ in told(read(f"4. marts 2026\n\n{said}"))] == ["2026-03-04 00:03:00", "2026-03-04 01:02:08"]


def test_names_of_pieces_and_likes_are_left_out() -> None:
    subtitles = (
        "WEBVTT\n\n8b1-0\n00:00:03.000 --> 00:00:07.500\n<v Karin>Velkommen.</v>\n\n8b1-1\n"
        "00:00:08.000 --> 00:00:12.000\n<v Bo>Tak.</v>\n"
    )
    assert told(read(subtitles)) == [("Karin", "", "Velkommen."), ("Bo", "", "Tak.")]
    copied = "Karin Toft\t14:32\nSkal vi?\nBo Vang\t14:35\nJa.\nlike 1\nKarin Toft\t14:36\nGodt."
    assert [text for _, _, text in told(read(copied))] == ["Skal vi?", "Ja.", "Godt."]


def test_headings_of_minutes_stand_alone() -> None:
    minutes = read("# Referat 4. marts\n\n## Til stede\nKarin, Bo\n\n## Unge\nVi talte\nom unge.")
    assert minutes.title == "Referat 4. marts"
    assert [one.text for one in minutes.lines] == ["## Til stede", "Karin, Bo", "## Unge", "Vi talte om unge."]
    assert [one.text for one in read("# Referat").lines] == ["# Referat"]


def test_an_exchange_of_emails_the_oldest_first() -> None:
    exchange = (
        "Fra: Karin Toft <karin@example.org>\nSendt: 4. marts 2026 14:00\nTil: Bo Vang\nEmne: SV: Re: Indgang\n\n"
        "Hej Bo\n\nKan I låne os\nlokalet?\n-- \nKarin\n\n"
        "> Den 3. marts 2026 kl. 09.12 skrev Bo Vang <bo@example.org>:\n> Vi har lokalet.\n>\n"
        "> From: lise@example.org\n> Sent: 2 March 2026 08:00\n> Hvem har et lokale?\n"
    )
    found = read(exchange)
    assert found.title == "Indgang"
    assert told(found) == [
        ("lise", "2026-03-02 08:00:00", "Hvem har et lokale?"),
        ("Bo Vang", "2026-03-03 09:12:00", "Vi har lokalet."),
        ("Karin Toft", "2026-03-04 14:00:00", "Hej Bo"),
        ("Karin Toft", "2026-03-04 14:00:00", "Kan I låne os\nlokalet?"),
        ("Karin Toft", "2026-03-04 14:00:00", "Karin"),
    ]
    answered = read(
        "From: Ann\nDate: whenever\n\nYes.\n\nOn Tue, 3 March 2026 Bo Vang <bo@example.org> wrote:\n> Can we?"
    )
    assert told(answered) == [("Bo Vang", "2026-03-03 00:00:00", "Can we?"), ("Ann", "", "Yes.")]


def test_halves_of_signs_names_of_sectors_and_what_is_no_text() -> None:
    rows = [
        {"author": "B\ud800", "text": "Vi aftaler \ud83d det \ud83d\ude00", "sector": "Civil society"},
        {"author": "A", "text": "ja\x00", "sector": "kommune"},
        {"author": "A", "text": "nej", "sector": "spejdere"},
    ]
    found = read("\n".join(json.dumps(row) for row in rows), "x.jsonl")
    assert [(one.author, one.text, one.sector) for one in found.lines] == [
        ("B\ufffd", "Vi aftaler \ufffd det 😀", "civil_society"),
        ("A", "ja", "municipality"),
        ("A", "nej", "spejdere"),
    ]
    for begins in ("%PDF-1.4 x", "{\\rtf1 x"):
        with pytest.raises(NotUnderstood):
            read(begins)
