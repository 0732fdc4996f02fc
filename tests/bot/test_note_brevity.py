"""The note on a short conversation is short: whatever stands in it stands there once, and nothing is quoted that one
sees anyhow."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.notes.brevity import said_once
from bot.notes.casenote import CaseNote, Statement, Task
from bot.notes.extract import extracted
from bot.notes.transcript import Line, Transcript, is_short
from bot.offline.note_printing import Sheet
from bot.words import Languages
from tests.bot.conversations import talk

ZONE = ZoneInfo("Europe/Copenhagen")


def printed(*said: tuple[str, str], language: str = "en", title: str = "") -> str:
    there = Transcript(talk(*said).lines, title)
    return Sheet(there, Languages.load().words(language, ZONE)).note(extracted(there, language))


def test_a_thread_of_several_people() -> None:
    assert printed(
        ("Karin Toft", "Godmorgen alle. Hvordan får vi fat i de unge, der ikke kommer i klubben længere?"),
        ("Ismail", "Hos os blev det bedre, da vi flyttede åbningstiden til efter kl. 19."),
        ("Bo Vang", "Ja, og så skal der være mad."),
        ("Karin Toft", "Men køkkenet må kun bruges til kl. 20."),
        ("Bo Vang", "Så aftaler vi, at vi prøver torsdage kl. 19-22 i hele januar."),
        ("Ismail", "Super. Jeg laver en plakat inden den 15. december."),
        ("Karin Toft", "Hvem ringer til centerlederen?"),
        ("Bo Vang", "Det gør jeg."),
        ("Ismail", "Og hvem betaler maden?"),
        language="da",
    ) == (
        "- Karin Toft spørger: Hvordan får vi fat i de unge, der ikke kommer i klubben længere? [m1]\n"
        "- Ismail: Hos os blev det bedre, da vi flyttede åbningstiden til efter kl. 19. [m2]\n"
        "- Bo Vang: Så skal der være mad. [m3]\n"
        "- Karin Toft: Køkkenet må kun bruges til kl. 20. [m4]\n\n"
        "## Aftaler\n\n- Så aftaler vi, at vi prøver torsdage kl. 19-22 i hele januar. [m5]\n\n"
        "## Hvem gør hvad\n\n"
        "- **Senest 15. december 2026:** **Ismail** laver en plakat inden den 15. december. [m6]\n"
        "- **Bo Vang** ringer til centerlederen. [m7][m8]\n\n"
        "## Åbne spørgsmål\n\n- Hvem betaler maden? [m9]"
    )


def test_two_people() -> None:
    assert printed(
        ("Nora", "Do you have a minute, Peter? You're late, did you miss the bus?"),
        ("Peter", "Somebody stole my bike yesterday outside the library, and I had to walk."),
        ("Nora", "Really? You should report it to the police, but you can take my old bike for a while."),
        ("Peter", "That would be great."),
    ) == (
        "- Somebody stole Peter's bike yesterday outside the library, and Peter had to walk. [m2]\n"
        "- Peter should report it to the police, but Peter can take Nora's old bike for a while. [m3]"
    )


def test_a_title_of_its_own_stays_and_messages_are_named_where_their_ids_are_long() -> None:
    lines = [
        Line("1774000000.100", "Ann", "The shed has to be moved by April.", at=datetime(2026, 3, 2, 9, tzinfo=UTC)),
        Line("1774000000.200", "", "The scouts want the shed."),
    ]
    there = Transcript(lines, "Allotment")
    english = Languages.load().words("en", ZONE)
    assert (
        Sheet(there, english)
        .note(extracted(there, "en"))
        .endswith("## Messages\n\n1. Ann, 2 Mar 2026 at 10:00, `1774000000.100`\n2. `1774000000.200`")
    )
    assert Sheet(there, english).note(extracted(there, "en")).startswith("# Allotment\n\n- ")
    bare = Sheet(Transcript(lines), english).note(
        CaseNote("Sheds", "en", questions=(Statement("Who?", (lines[0].id,)),))
    )
    assert bare.startswith("# Sheds\n\n## Open questions")


def test_what_is_said_in_several_parts_stays_in_one() -> None:
    lines = talk(("Ann", "a"), ("Ben", "b"), ("Cy", "c"), ("Ann", "d")).lines
    bakes, asks = Statement("Ben bakes bread for all.", ("m2",)), Statement("Who pays for the flour?", ("m3",))
    note = CaseNote(
        "T",
        "en",
        summary=(bakes, asks),
        situation=(asks, Statement("Bread is dear.", ("m1",))),
        perspectives={"business": (bakes,), "research": (Statement("Flour is cheap.", ("m4",)),)},
        agreements=(Statement("Ben: Ben bakes bread for all.", ("m2",)),),
        actions=(Task("Ben bakes bread for all.", ("m2",), "Ben", date(2026, 5, 1)), Task("Cy asks.", ("m3",), "Cy")),
        questions=(asks,),
    )
    once = said_once(note, lines)
    assert [one.text for one in once.summary] == ["Ann: Bread is dear."]
    assert (once.agreements, once.questions, once.situation) == (note.agreements, (asks,), ())
    assert [one.text for one in once.actions] == ["Cy asks."]
    assert list(once.perspectives) == ["research"]
    led = said_once(CaseNote("T", "en", summary=(asks, bakes), questions=(asks,)), lines)
    assert (led.summary, led.questions) == ((asks, bakes), ())
    dated = CaseNote("T", "en", summary=(bakes,), actions=note.actions[:1])
    assert said_once(dated, lines).actions == note.actions[:1]
    assert said_once(dated, lines[:2]).summary == ()


def test_long_is_many_messages_or_many_words() -> None:
    assert is_short([Line("1", "Ann", "word " * 400)])
    assert not is_short([Line("1", "Ann", "word " * 401)])
    assert not is_short([Line(str(place), "Ann", "word") for place in range(31)])
