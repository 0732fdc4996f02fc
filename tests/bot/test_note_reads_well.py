"""Sentences out of their thread, as somebody would write them who was not there."""

import pytest

from bot.notes.extract import extracted
from bot.notes.extract.persons import danish_persons, english_persons
from tests.bot.conversations import talk


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Jeg er glad for den, men jeg kan ikke nå min søn.", "Amina er glad for den, men Amina kan ikke nå sin søn."),
        ("Jeg har tid i dag, men jeg kan ikke nå at hente min søn.", "Amina har tid i dag, men kan ikke nå at hente sin søn."),
        ("Jeg glæder mig til min ferie.", "Amina glæder sig til sin ferie."),
        ("Jeg tror, min mor kommer.", "Amina tror, Aminas mor kommer."),
        ("Jeg tror min mor er syg.", "Amina tror Aminas mor er syg."),
        ("Jeg siger, at min søn kommer, og jeg henter ham.", "Amina siger, at Aminas søn kommer, og Amina henter ham."),
        ("Kan du låne mig din bil?", "Kan Bo låne Amina sin bil?"),
        ("Min nabo ringer til mig.", "Aminas nabo ringer til Amina."),
    ],
)  # fmt: skip
def test_who_does_it_owns_it_in_danish(said: str, told: str) -> None:
    assert danish_persons(said, "Amina", "Bo") == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I got a job in Leeds and I'm moving.", "Ann got a job in Leeds and is moving."),
        ("I think my wife is ill and I want to go.", "Ann thinks Ann's wife is ill and Ann wants to go."),
        ("I've asked them but haven't heard back.", "Ann has asked them but hasn't heard back."),
        ("I've seen that they came but haven't paid.", "Ann has seen that they came but haven't paid."),
        ("You have to pay before I can lend you anything.", "Ben has to pay before Ann can lend Ben anything."),
        ("I will tell you.", "Ann will tell Ben."),
        ("I see you are busy.", "Ann sees Ben is busy."),
    ],
)
def test_one_name_is_enough_in_english(said: str, told: str) -> None:
    assert english_persons(said, "Ann", "Ben") == told


def test_a_question_within_quotation_marks_does_not_end_the_sentence() -> None:
    note = extracted(
        talk(
            ("Ida", 'Fra stationen: "Hvem kommer på besøg?" var et bedre spørgsmål end "Hvilke aktiviteter har I?".'),
            ("Bo", "Det hænger på vores tavle i køkkenet."),
        ),
        "da",
    )
    assert note.summary[0].text == (
        'Ida: Fra stationen: "Hvem kommer på besøg?" var et bedre spørgsmål end "Hvilke aktiviteter har I?".'
    )
    assert note.questions == ()


def test_no_is_a_word_and_a_number() -> None:
    note = extracted(talk(("Ann", "Is the hall free on Monday?"), ("Ben", "No. I asked for room no. 5 instead.")), "en")
    assert "Ben asked for room no. 5 instead." in [one.text for one in note.summary]
    assert note.questions == ()


def test_what_points_back_is_not_what_a_thread_is_about() -> None:
    note = extracted(
        talk(
            (
                "Priya",
                "Vi mangler ikke nabomøder, vi mangler nøgler. Hvem har prøvet at blande små boliger ind i en opgang?",
            ),
            ("Lars", "Vores frivillige vil gerne være den første nabo."),
            ("Emma", "We tried a common room with a kettle and a key for everyone. Cheap. Happy to show it."),
        ),
        "da",
    )
    assert note.title == "Hvem har prøvet at blande små boliger ind i en opgang?"
    assert "Priya spørger: Hvem har prøvet at blande små boliger ind i en opgang?" in [one.text for one in note.summary]
    assert not any(
        "Happy" in text for text in (*(one.text for one in note.summary), *(one.text for one in note.actions))
    )


def test_the_earliest_that_tells_what_it_is_about_is_the_title() -> None:
    said = (
        ("Sara", "Hi all! The council says we have to move the shed by April."),
        ("Tom", "It stands on the cycle path that is built there."),
        ("Nadia", "The scouts were looking for a shed."),
    )
    assert extracted(talk(*said), "en").title == "The council says we have to move the shed by April"


def test_whoever_says_yes_does_it() -> None:
    note = extracted(
        talk(("Rita", "And who tells the office?"), ("Omar", "I will."), ("Rita", "Can you bring the keys, please, Omar?"),
             ("Omar", "Sure."), ("Rita", "Deal, first one on 7 December at 10.")),
        "en",
    )  # fmt: skip
    assert [(one.owner, one.text) for one in note.actions] == [
        ("Omar", "Omar tells the office."),
        ("Omar", "Rita asks Omar to bring the keys."),
    ]
    assert [one.text for one in note.agreements] == ["First one on 7 December at 10."]


def test_a_day_that_was_asked_about_and_suits_is_agreed() -> None:
    note = extracted(
        talk(
            ("Mette", "Hvad siger du til et åbent hus i januar?"),
            ("Karin", "Det lyder godt. Hvilken dag?"),
            ("Mette", "Onsdag den 14. januar om eftermiddagen?"),
            ("Karin", "Det passer mig fint. Jeg kan bage nogle boller."),
        ),
        "da",
    )
    assert [(one.text, one.sources) for one in note.agreements] == [
        ("Onsdag den 14. januar om eftermiddagen.", ("m3", "m4"))
    ]
    assert note.questions == ()


def test_an_answer_in_a_word_makes_way_for_what_follows() -> None:
    note = extracted(
        talk(
            ("Joan", "Do I speak to the caretaker here?"),
            ("Derek", "Yes, it is."),
            ("Joan", "We want to rent the hall for a language café on Thursdays."),
            ("Derek", "The choir has the hall on Thursdays. People will be standing in the rain."),
            ("Joan", "Would you ask the choir to change the day?"),
            ("Derek", "How soon?"),
            ("Joan", "By March."),
            ("Derek", "All right."),
        ),
        "en",
    )
    assert not any("caretaker" in one.text for one in note.summary)
    assert note.questions == ()
    assert [(one.owner, one.text) for one in note.actions] == [
        ("Derek", "Joan asks Derek to ask the choir to change the day.")
    ]
