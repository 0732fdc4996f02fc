"""In a chat, what answers has seldom a word of the question: it stands beside what has."""

import pytest

from bot.notes.casenote import Answer
from bot.notes.extract import answered
from bot.notes.transcript import Line, Transcript

_IDLE = {
    "da": (
        *("Husk madpakke på fredag.", "Internettet driller igen.", "Er der nogen, der har en oplader?", "Super, tak!"),
        *(
            "Jeg lægger billederne op senere.",
            "Kan vi rykke mødet en halv time?",
            "God weekend!",
            "Skraldespanden er fuld.",
        ),
    ),
    "en": (
        *("Remember your packed lunch on Friday.", "The internet is down again.", "Does anybody have a charger?"),
        *("Great, thank you!", "Can we move the meeting half an hour?", "Have a good weekend!", "The bin is full."),
    ),
}


def chat(language: str, *said: tuple[str, str], before: int = 30, after: int = 40, replies: str = "") -> Transcript:
    """Small talk, which comes again and again, around what somebody asks about; the messages of that are t0, t1 …"""
    idle = _IDLE[language]
    small = [Line(f"s{place}", "Per", idle[place % len(idle)]) for place in range(before + after)]
    told = [Line(f"t{place}", author, text) for place, (author, text) in enumerate(said)]
    later = [Line("reply", "Ulla", replies, reply_to="t0")] if replies else []
    return Transcript([*small[:before], *told, *small[before:], *later])


def texts(answer: Answer) -> str:
    return " ".join(one.text for one in answer.statements)


@pytest.mark.parametrize(
    ("language", "question", "said", "answer"),
    [
        (
            "da",
            "Hvad koster det at leje minibussen?",
            [
                ("Signe", "Vi skal have fundet en minibus til turen."),
                ("Bent", "Frivilligcentret har en med ni pladser."),
                ("Signe", "Hvad skal de have for den?"),
                ("Bent", "650 kroner om dagen, og vi skal selv fylde diesel på."),
            ],
            "650 kroner",
        ),
        (
            "da",
            "Hvem har nøglen til kælderen?",
            [
                ("Asta", "Jeg skulle hente stolene i kælderen, men der var låst."),
                ("Knud", "Var viceværten der ikke?"),
                ("Asta", "Nej, han har ferie."),
                ("Knud", "Prøv Preben ovre i genbrugsbutikken, han fik den med hjem."),
            ],
            "Preben",
        ),
        (
            "en",
            "When does the walking group meet?",
            [
                ("Olive", "I'd like to try the walking group."),
                ("Stan", "You'd be welcome, we go along the canal."),
                ("Olive", "Lovely. I can be there by half past ten on Thursdays, is that right?"),
            ],
            "half past ten",
        ),
        (
            "en",
            "Why was the toy library moved?",
            [
                ("Sue", "Did you see that the toy library isn't at the chapel any more?"),
                ("Raj", "I wondered about that."),
                ("Sue", "It was no quarrel or anything."),
                ("Sue", "The cupboards were damp and the puzzles went mouldy."),
            ],
            "damp",
        ),
    ],
)
def test_what_was_said_beside_the_words_answers(
    language: str, question: str, said: list[tuple[str, str]], answer: str
) -> None:
    found = answered(chat(language, *said), question, language)
    assert f"t{len(said) - 1}" in found.sources[:5]
    assert answer in texts(found)
    assert "charger" not in texts(found)
    assert "oplader" not in texts(found)


def test_doctors_are_nothing_that_is_laid_and_a_part_of_a_compound_is_a_hit() -> None:
    told = chat(
        "da",
        ("Rikke", "Var du til mødet med lægehuset?"),
        ("Hans", "Ja, og det blev ret alvorligt."),
        ("Hans", "De fandt fejl i doseringsæskerne hos syv af beboerne."),
    )
    found = answered(told, "Hvad sagde lægerne om medicinen?", "da")
    assert set(found.sources[:3]) == {"t0", "t1", "t2"}
    assert "doseringsæskerne" in texts(found)
    assert "billederne" not in texts(found)


def test_the_same_sentence_is_one_source() -> None:
    told = chat(
        "en", ("Ann", "The mentors get two evenings."), ("Bo", "Fine."), ("Ann", "The mentors get two evenings.")
    )
    found = answered(told, "What do the mentors get?", "en")
    assert len({"t0", "t2"}.intersection(found.sources)) == 1


def test_a_reply_is_beside_what_it_replies_to() -> None:
    told = chat("en", ("Ann", "Who looks after the rabbits?"), replies="My sister Karen took them home.")
    found = answered(told, "Who has the rabbits?", "en")
    assert "reply" in found.sources[:5]
    assert "Karen" in texts(found)


def test_in_a_long_talk_nothing_is_told_from_where_nobody_spoke_of_it() -> None:
    told = chat("en", ("Ann", "The rabbits live behind the old boiler house now."), before=300, after=300)
    found = answered(told, "Where do the rabbits live?", "en")
    assert found.sources[0] == "t0"
    assert texts(found) == "Ann: The rabbits live behind the old boiler house now."


def test_of_much_that_was_said_so_much_is_told_as_one_reads_and_nobodys_number() -> None:
    eaten = [
        ("Ann", f"The rabbits got {what}.")
        for what in (
            "carrots from farmer Brown beside the northern chapel yesterday morning",
            "clover that pupils picked along muddy tracks after lessons finished",
            "dandelions out of grandmother's garden behind an abandoned brewery",
            "parsley which Turkish grocers would otherwise throw away every Saturday",
            "cabbage leaves, boiled turnips and whatever kitchens returned cold",
            "barley straw because winter nights became bitter around Christmas",
            "celery stalks until somebody noticed swollen bellies among them",
            "spinach mixed with crushed oats following veterinary advice last spring",
            "apple peel donated by prisoners baking pies inside Horsens jail",
            "hay bales stored underneath canvas since August flooding ruined barns",
        )
    ]
    told = chat("en", ("Bo", "Call me about them on 20 12 34 56 or bo@farm.dk."), *eaten, before=200, after=200)
    found = texts(answered(told, "What did the rabbits get?", "en"))
    assert 70 <= len(found.split()) <= 120
    assert "bo@farm.dk" not in found
