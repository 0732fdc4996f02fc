"""Who takes what on, and by when, as it was said in the middle of other things."""

from datetime import date

import pytest

from bot.notes.casenote import CaseNote
from bot.notes.extract import extracted
from bot.notes.extract.people import People
from bot.notes.transcript import Line, Transcript
from tests.bot.conversations import MORNING, noise, talk

Due = tuple[str, str, date | None, tuple[str, ...]]


def tasks(note: CaseNote) -> list[Due]:
    return [(one.text, one.owner, one.due, one.sources) for one in note.actions]


def done(*said: tuple[str, str]) -> list[Due]:
    return tasks(extracted(talk(*said), "da"))


@pytest.mark.parametrize(
    ("said", "owner", "due"),
    [
        ("Jeg ringer til hallen i morgen.", "Mette Holm", date(2026, 3, 18)),
        ("Så sender jeg referatet senest den 1. april.", "Mette Holm", date(2026, 4, 1)),
        ("Jeg ringer fredag kl. 10.", "Mette Holm", date(2026, 3, 20)),
        ("Jeg vil undersøge priserne.", "Mette Holm", None),
        ("Bo Lind skriver til kommunen inden fredag.", "Bo Lind", date(2026, 3, 20)),
        ("Karin bestiller nøgler.", "Karin", None),
        ("Vi åbner den 1. maj, og Karin bestiller nøgler inden 15. april.", "Karin", date(2026, 4, 15)),
        ("Inden fredag: Bo taler med skolen.", "Bo Lind", date(2026, 3, 20)),
        ("@Bo tag kontakt til skolen inden fredag.", "Bo Lind", date(2026, 3, 20)),
        ("@here Bo ringer til hallen.", "Bo Lind", None),
        ("Opgave: book lokalet (Bo)", "Bo Lind", None),
        ("Handling: ansvarlig: Karin, skriv til skolen", "Karin", None),
        ("Action: I will book the room", "Mette Holm", None),
        ("To do: find et lokale", "", None),
        ("Referatet skal sendes ud inden 24. marts.", "", date(2026, 3, 24)),
        ("I'll check the prices next week.", "Mette Holm", date(2026, 3, 29)),
        ("Bo will present the plan on 3 June.", "Bo Lind", date(2026, 6, 3)),
    ],
)
def test_who_takes_what_on_and_by_when(said: str, owner: str, due: date | None) -> None:
    ((text, who, when, sources),) = done(("Mette Holm", said), ("Bo Lind", "Godt at høre."))
    assert (who, when, sources) == (owner, due, ("m1",))
    assert text


@pytest.mark.parametrize(
    "said",
    [
        "Jeg kan ikke ringe til hallen.",
        "Jeg tror, vi skal vente.",
        "Skolen ringer hver dag.",
        "Bussen kom først inden for det sidste kvarter.",
        "Hvem ringer til hallen?",
        "Kan du ringe til hallen?",
        "Kan du?",
        "Jeg går.",
        "@Bo er her.",
        "@Bo Lind kan du? <t:1772611260:R>",
        "Kan du, Bo?",
        "@channel Vi lukker hallen inden for længe.",
    ],
)
def test_what_nobody_takes_on_is_no_action(said: str) -> None:
    assert done(("Mette Holm", said), ("Mette Holm", "Vejret er fint.")) == []


def test_a_request_belongs_to_whoever_says_yes() -> None:
    hall = ("Mette Holm", "Kan en af jer ringe til hallen?")
    assert done(hall, ("Mette Holm", "Helst snart."), ("Bo Lind", "Ja, det gør jeg på fredag.")) == [
        ("Mette Holm spørger: Kan en af jer ringe til hallen?", "Bo Lind", date(2026, 3, 20), ("m1", "m3"))
    ]
    assert done(hall, ("Bo Lind", "Jeg er i Odense.")) == []
    named = ("Mette Holm", "Anna, kan du ringe til hallen?")
    assert [task[1:] for task in done(named, ("Bo Lind", "Ja"), ("Anna Krog", "Måske"))] == [
        ("Anna Krog", None, ("m1",))
    ]


def test_what_is_said_again_is_one_task() -> None:
    again = done(
        ("Mette Holm", "Bo skriver til forældrene."),
        ("Bo Lind", "Jeg skriver til forældrene inden fredag."),
        ("Mette Holm", "Bo skriver til skolen i morgen."),
    )
    assert again == [
        ("Bo skriver til forældrene.", "Bo Lind", date(2026, 3, 20), ("m1", "m2")),
        ("Bo skriver til skolen i morgen.", "Bo Lind", date(2026, 3, 18), ("m3",)),
    ]
    apart = talk(
        ("Bo", "I can ask the library."),
        ("Kim", "Could you also check the price?"),
        ("Bo", "Sure, I'll do it by Thursday."),
    )
    assert [one.sources for one in extracted(apart, "en").actions] == [("m1",), ("m2", "m3")]
    (said_yes,) = done(("Mette Holm", "Bo ringer til politiet."), ("Bo Lind", "Ja, det gør jeg i morgen."))
    assert said_yes == ("Bo ringer til politiet.", "Bo Lind", date(2026, 3, 18), ("m1", "m2"))


def test_two_who_share_a_task_or_a_name() -> None:
    both = done(("Mette", "Bo og Karin bestiller stole til skolen inden fredag."), ("Bo", "Godt."))
    assert [(owner, due) for _, owner, due, _ in both] == [("", date(2026, 3, 20))]
    namesakes = done(("Mette", "Bo bestiller stole."), ("Bo Lind", "Godt."), ("Bo Holm", "Fint."))
    assert [owner for _, owner, _, _ in namesakes] == ["Bo"]


def test_what_is_said_long_afterwards_or_to_another_is_something_else() -> None:
    later = done(("Bo", "Jeg ringer til skolen."), *noise(8), ("Bo", "Jeg ringer til skolen igen."))
    assert [sources for *_, sources in later] == [("m1",), ("m10",)]
    lines = list(talk(("Mette", "Bo, kan du ringe til skolen?"), ("Anna", "Hvor er alle?"), ("Bo", "Ja")).lines)
    lines[2] = Line("m3", "Bo", "Ja", at=MORNING, reply_to="m2")
    assert [one.sources for one in extracted(Transcript(lines), "da").actions] == [("m1",)]


def test_days_need_a_present_unless_they_have_their_year() -> None:
    lines = [
        Line("1", "Bo", "Jeg ringer til hallen på fredag."),
        Line("2", "Bo", "Jeg sender planen den 3. juni 2026."),
    ]
    assert [one.due for one in extracted(Transcript(lines), "da").actions] == [None, date(2026, 6, 3)]
    for text in (
        "Jeg ringer den 31. februar.",
        "Jeg ringer hver fredag.",
        "Jeg ringer lige nu i dag eller i går.",
        "Jeg ringer to uger i træk.",
    ):
        assert len(extracted(talk(("Bo", text)), "da").actions) == 1
    for text in ("Jeg ringer den 31. februar.", "Jeg ringer som den 2. marts 2026."):
        assert [one.due for one in extracted(talk(("A", text)), "da").actions] == [None]


def test_the_present_is_that_of_each_message() -> None:
    week = [
        Line("1", "Bo", "Jeg ringer på fredag.", at=MORNING),
        Line("2", "Bo", "Jeg skriver på fredag.", at=MORNING.replace(month=5)),
    ]
    assert [one.due for one in extracted(Transcript(week), "da").actions] == [date(2026, 3, 20), date(2026, 5, 22)]


@pytest.mark.parametrize(
    ("said", "to", "text"),
    [
        ("@Bo Lind vi har prøvet.", "Bo Lind", "Vi har prøvet."),
        ("@Bo: Hallen er kold.", "Bo Lind", "Hallen er kold."),
        ("@bo kan du ringe?", "Bo Lind", "Kan du ringe?"),
        ("@Karin Vi har prøvet.", "Karin", "Vi har prøvet."),
        ("@Bo @Karin kan I ringe?", "Bo Lind", "Kan I ringe?"),
        ("@channel hallen er kold.", "", "Hallen er kold."),
        ("@Alle Hallen er kold.", "", "Hallen er kold."),
        ("@Bo ringer til hallen.", "", "@Bo ringer til hallen."),
        ("@Bo", "", "@Bo"),
        ("@here", "", "@here"),
    ],
)
def test_a_mention_before_a_sentence_is_no_part_of_it(said: str, to: str, text: str) -> None:
    people = People(("Bo Lind", "Mette Holm"))
    assert people.called(said) == (to, text)
    assert people.addressed("Tak @channel") == ""
