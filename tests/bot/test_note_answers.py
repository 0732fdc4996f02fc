"""Only what was said about a question: the right messages first, and sentences that can be read alone."""

import pytest

from bot.notes.casenote import Answer
from bot.notes.extract import answered
from bot.notes.extract.persons import danish_persons, english_persons, with_s
from bot.notes.extract.reporting import reported
from bot.notes.extract.retelling import told
from bot.notes.transcript import Line, Transcript
from tests.bot.conversations import EMPTY_ROOMS, LONELY_EVENINGS, noise, talk


def texts(answer: Answer) -> list[str]:
    return [one.text for one in answer.statements]


def test_a_short_talk_is_answered_in_a_sentence_or_two() -> None:
    answer = answered(LONELY_EVENINGS, "Hvem betaler transporten?", "da")
    assert texts(answer) == ["Sofie Ravn: Hvad koster transporten, og hvem betaler?"]
    assert answer.sources[0] == "m12"
    keys = talk(("Kim", "Who brings the keys?"), ("Pat", "Me."), ("Kim", "Good."))
    assert texts(answered(keys, "Who has the keys?", "en")) == ["Kim: Who brings the keys?", "Pat: Me."]
    rooms = answered(EMPTY_ROOMS, "What happens to the club rooms?", "en")
    assert rooms.sources[0] == "m1"
    assert texts(rooms)[0].startswith("Ann Lee: ")


def test_what_was_agreed_is_told_whole() -> None:
    assert answered(EMPTY_ROOMS, "What was decided?", "en").sources == ("m5",)
    assert answered(talk(*noise(3)), "Hvad blev I enige om?", "da") == Answer((), ())


def test_what_nobody_spoke_of_has_no_answer() -> None:
    assert answered(LONELY_EVENINGS, "Hvad koster svømmehallen?", "da").statements != ()
    assert answered(LONELY_EVENINGS, "Svømmehallen?", "da") == Answer((), ())
    assert answered(LONELY_EVENINGS, "Hvad?", "da") == Answer((), ())
    assert answered(Transcript([]), "Hallen?", "da") == Answer((), ())


def test_the_person_whom_the_question_names_is_heard() -> None:
    answer = answered(LONELY_EVENINGS, "Hvad mener Sofie?", "da")
    assert answer.sources[0] in {"m6", "m12"}
    assert answered(LONELY_EVENINGS, "Hvad sagde Anna Krog om plads?", "da").sources[0] == "m5"


def test_in_a_long_talk_each_source_is_another_place_of_it() -> None:
    said = list(noise(600))
    for place in (100, 101, 102, 300, 301, 500):
        said[place] = ("Anna", f"Svømmehallen i Rødovre koster {place} kroner om dagen at leje for skolen.")
    said[103] = ("Anna", "Svømmehallen. Den er dyr.")
    answer = answered(talk(*said), "Hvad koster det at leje svømmehallen i Rødovre?", "da")
    first = [int(number.removeprefix("m")) - 1 for number in answer.sources[:3]]
    assert sorted(place // 100 for place in first) == [1, 3, 5]
    assert set(answer.sources) >= {number for one in answer.statements for number in one.sources}
    assert all(one.text.startswith("Anna: Svømmehallen i Rødovre koster") for one in answer.statements)


def test_where_all_sentences_are_short_the_best_message_answers() -> None:
    lines = [*noise(60), ("Bo", "Nøglen. Hos mig."), *noise(60)]
    answer = answered(talk(*lines), "Hvor er nøglen?", "da")
    assert texts(answer) == ["Bo: Nøglen. Hos mig."]
    empty = Transcript([Line("1", "Nøglen", "😀"), Line("2", "Bo", "Ja")])
    assert answered(empty, "Nøglen?", "da").sources == ("2",)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("I am tired and my back hurts.", "Ann is tired and Ann's back hurts."),
        ("I'm here, and you're late.", "Ann is here, and Ben is late."),
        ("I really think you should ask me.", "Ann really thinks Ben should ask Ann."),
        ("I walked home because you left.", "Ann walked home because Ben left."),
        ("Then I do it myself.", "Then Ann does it themself."),
        ("It was mine, not yours.", "It was Ann's, not Ben's."),
        ("Can I go?", "Can Ann go?"),
        ("Are you there? Have you eaten?", "is Ben there? has Ben eaten?"),
        ("I juggle it.", ""),
        ("It is I", ""),
        ("I'mma go.", ""),
        ("The hall is open.", "The hall is open."),
    ],
)
def test_names_stand_for_i_and_you_where_it_is_certain_how(text: str, shown: str) -> None:
    assert english_persons(text, "Ann", "Ben") == shown


def test_names_without_somebody_to_speak_to() -> None:
    assert english_persons("I know you.", "Ann") == ""
    assert danish_persons("Jeg har min bog, og du har din.", "Lars", "Anna") == "Lars har sin bog, og Anna har sin."
    assert danish_persons("Jeg kender dig.", "Lars") == "Lars kender dig."
    assert [with_s(verb) for verb in ("carry", "wash", "go", "play", "have", "ask")] == [
        "carries", "washes", "goes", "plays", "has", "asks",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "asks", "shown"),
    [
        ("Could you tell me the way?", "en", True, "Ann asks Ben to tell Ann the way."),
        ("Would you like some tea?", "en", True, "Ann asks Ben whether Ben would like some tea."),
        ("Excuse me, how can I get there?", "en", True, "Ann asks Ben how Ann can get there."),
        ("Where do you carry it?", "en", True, "Ann asks Ben where Ben carries it."),
        ("Do you smoke?", "en", True, "Ann asks Ben whether Ben smokes."),
        ("Have you heard the news?", "en", True, "Ann asks Ben whether Ben has heard the news."),
        ("Can you see that I juggle it?", "en", True, "Ann asks: Can you see that I juggle it?"),
        ("What is wrong?", "en", True, "Ann asks: What is wrong?"),
        ("Did you miss the bus?", "en", True, "Ann asks: Did Ben miss the bus?"),
        ("I want to go.", "en", False, "Ann wants to go."),
        ("The hall is open.", "en", False, "Ann: The hall is open."),
        ("Kan du ringe til mig?", "da", True, "Ann beder Ben om at ringe til Ann."),
        ("Har du hørt det?", "da", True, "Ann spørger, om Ben har hørt det."),
        ("Hvem ringer til dig?", "da", True, "Ann spørger: Hvem ringer til Ben?"),
        ("Jeg ringer.", "da", False, "Ann ringer."),
        ("Hallen er åben.", "da", False, "Ann: Hallen er åben."),
    ],
)
def test_what_one_of_two_says_is_told_as_by_a_third(text: str, language: str, shown: str, *, asks: bool) -> None:
    assert reported(text, "Ann", "Ben", language, asks=asks) == shown


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("Jeg ringer.", "da", "Ann ringer."),
        ("Jeg tror, jeg ringer.", "da", "Ann: Jeg tror, jeg ringer."),
        ("Ring til mig.", "da", "Ann: Ring til mig."),
        ("Hallen er åben.", "da", "Hallen er åben."),
        ("I'll call.", "en", "Ann will call."),
        ("I juggle it.", "en", "Ann: I juggle it."),
        ("Call me.", "en", "Ann: Call me."),
        ("The hall is open.", "en", "The hall is open."),
    ],
)
def test_a_sentence_out_of_its_thread_tells_whose_it_is(text: str, language: str, shown: str) -> None:
    assert told(text, "Ann", language) == shown
    assert told(text, "", language) == text
