"""A few lines between two people become a few sentences about them, which can be read without the lines."""

from zoneinfo import ZoneInfo

import pytest

from bot.notes.casenote import CaseNote, Statement
from bot.notes.extract import extracted
from bot.offline.note_printing import Sheet
from bot.words import Languages
from tests.bot.conversations import talk


def texts(statements: tuple[Statement, ...]) -> list[str]:
    return [one.text for one in statements]


def exchange(*said: tuple[str, str], language: str = "en") -> CaseNote:
    return extracted(talk(*said), language)


def open_still(question: str, answer: str) -> list[str]:
    return texts(exchange(("Ann", question), ("Ben", answer)).questions)


def test_a_wish_and_what_comes_of_it_are_the_gist() -> None:
    note = exchange(
        ("Ann", "Hi Ben, how are you?"),
        ("Ben", "Fine, thanks. A bit tired."),
        ("Ann", "Excuse me, I'd like to borrow your drill for the weekend, if you like."),
        ("Ben", "I'm afraid the drill is broken, Ann."),
        ("Ann", "What a pity! The shelf has been on the floor since the summer."),
        ("Ben", "Ann, why don't you ask the caretaker for his drill?"),
        ("Ann", "Good point, I'll ask the caretaker tomorrow."),
    )
    assert texts(note.summary) == [
        "Ann would like to borrow Ben's drill for the weekend.",
        "Ben asks: Why doesn't Ann ask the caretaker for his drill?",
        "Ann will ask the caretaker tomorrow.",
    ]
    assert "Ben: The drill is broken." in texts(note.situation)
    assert "Ann would like to borrow Ben's drill for the weekend." in texts(note.situation)
    assert [(one.owner, one.sources) for one in note.actions] == [("Ann", ("m7",))]
    assert all(statement.sources for statement in (*note.summary, *note.situation))


def test_the_same_in_danish() -> None:
    note = exchange(
        ("Mette", "Undskyld, Bo, jeg mangler en nøgle til klubben på torsdag."),
        ("Bo", "Desværre er min hos smeden."),
        ("Mette", "Så kan vi ikke komme ind."),
        ("Bo", "Du kan låne pedellens nøgle, Mette."),
        language="da",
    )
    assert texts(note.summary)[0] == "Mette mangler en nøgle til klubben på torsdag."
    assert texts(note.summary)[-1] == "Bo: Mette kan låne pedellens nøgle."


def test_a_sentence_stands_without_what_tied_it_to_the_last() -> None:
    note = exchange(("Ann", "The roof of the club leaks."), ("Ben", "And I need a new ladder for the roof."))
    assert texts(note.summary)[-1] == "Ben needs a new ladder for the roof."


def test_politeness_alone_stays_what_it_is() -> None:
    assert texts(exchange(("Ann", "Sorry about that, really sorry."), ("Ben", "Of course, Ann.")).summary) != []
    assert texts(
        exchange(("Ann", "The hall and the kitchen are open."), ("", "The roof is yellow again.")).summary
    ) == [
        "Ann: The hall and the kitchen are open.",
        "The roof is yellow again.",
    ]


@pytest.mark.parametrize(
    ("question", "answer", "is_open"),
    [
        ("Have you ever worked as a gardener?", "Yes, for two years at the castle.", False),
        ("Where did you lose the keys?", "Outside the library.", False),
        ("What went wrong with the car?", "I drove it into a tree.", False),
        ("Who pays for the car?", "I was at the castle.", True),
        ("Why did you leave the castle?", "The roof fell down.", True),
    ],
)
def test_one_of_two_answers_the_other(question: str, answer: str, *, is_open: bool) -> None:
    assert bool(open_still(question, answer)) == is_open


def test_what_is_done_at_once_is_no_task_and_a_thing_stays_whole() -> None:
    note = exchange(
        ("Ann", "Ben, please sit down."),
        ("Ben", "Yes, of course."),
        ("Ben", "I have an electric heater that I can bring over tonight."),
        ("Ann", "I hope that I'll call the plumber."),
    )
    assert [(one.owner, one.text) for one in note.actions] == [
        ("Ben", "Ben: I have an electric heater that I can bring over tonight."),
        ("Ann", "Ann will call the plumber."),
    ]


def test_on_paper_the_situation_does_not_repeat_the_gist() -> None:
    said = talk(
        ("Ann", "I need the key of the club for Thursday."),
        ("Ben", "The key is with the caretaker until Friday."),
    )
    note = extracted(said, "en")
    assert note.situation == note.summary
    printed = Sheet(said, Languages.load().words("en", ZoneInfo("Europe/Copenhagen"))).note(note)
    assert printed.count("Ann needs the key of the club for Thursday.") == 1
    assert "situation" not in printed
