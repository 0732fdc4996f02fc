"""What is believed of a model's claims, and how what it wrote becomes plain text."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.notes.casenote import Answer, CaseNote, Statement, Task
from bot.notes.claims import LONGEST_STATEMENT, LONGEST_TITLE, Claim, Claims, Evidence, figures, statements_of
from bot.notes.days import said_day
from bot.notes.plain import links_of, plain, short, tokens_of
from bot.notes.spoken import content_words, spoken_language
from bot.notes.transcript import Line
from bot.notes.uniting import joined, joined_answers, pieces_of, united

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LINES = (
    Line("m1", "[PERSON 1]", "Vi har et tomt køkken, og det er til de ældre om torsdagen", "civil_society", MONDAY),
    Line("m2", "[PERSON 2]", "Hvad koster det? Vi har 1.500 kr. til det", "municipality", MONDAY, "m1"),
    Line("m3", "[PERSON 1]", "Det er gratis, hvis I selv gør rent", "civil_society", MONDAY, "m1"),
    Line("m4", "", "Ja", "", MONDAY, "gone"),
    Line("m5", "[PERSON 3]", "Så skal vi have en bus, og [LINK 1] er en side om busser", "business"),
)
HELD = Evidence(LINES, "da")


def believed(text: str, *sources: str) -> bool:
    return bool(HELD.statements([Claim(text, sources)]))


@pytest.mark.parametrize(
    ("text", "sources", "so"),
    [
        ("Køkkenet står tomt om torsdagen", ("m1",), True),
        ("Køkkenet står tomt om torsdagen", ("m1", "m9"), True),
        ("Køkkenet står tomt om torsdagen", ("m9",), False),
        ("Køkkenet står tomt om torsdagen", (), False),
        ("Raketten lander på månen til sommer", ("m1",), False),
        # What stands right beside counts, and what is answered.
        ("Køkkenet er gratis", ("m3",), True),
        ("Bussen kommer", ("m1",), False),
        # Figures have to be there, thousands in either way; small ones may have been words.
        ("Der er 1500 kr. til køkkenet", ("m2",), True),
        ("Der er 1.500 kr. til køkkenet", ("m2",), True),
        ("Der er 1.700 kr. til køkkenet", ("m2",), False),
        ("Der er 2 tomme køkkener", ("m1",), True),
        ("Køkkenet blev vist i 2026", ("m1",), True),
        # Tokens stand for people of the conversation.
        ("[PERSON 2] spørger, hvad køkkenet koster", ("m2",), True),
        ("[PERSON 9] spørger, hvad køkkenet koster", ("m2",), False),
        ("PERSON 9 spørger, hvad køkkenet koster", ("m2",), False),
        # Nothing but a name, or but a figure that was said.
        ("[PERSON 2]", ("m2",), False),
        ("1.500", ("m2",), True),
        ("**", ("m2",), False),
    ],
)
def test_what_is_believed(text: str, sources: tuple[str, ...], so: bool) -> None:
    assert believed(text, *sources) is so


def test_links_stay_where_they_were_said() -> None:
    told = HELD.statements([Claim("En side om busser: [LINK 1]", ("m5",)), Claim("Et tomt køkken [LINK 1]", ("m1",))])
    assert [one.text for one in told] == ["En side om busser: [LINK 1]", "Et tomt køkken"]


def test_a_form_that_says_nothing_true_is_an_empty_note() -> None:
    claims = Claims(title="Raketter", summary=(Claim("Raketten lander", ("m1",)),), tags=("månen",))
    assert HELD.note(claims) == CaseNote("", "da")
    note = HELD.note(Claims(title="Raketter", ideas=(Claim("Et tomt køkken", ("m1",)),), tags=("køkken", "køkken")))
    assert (note.title, note.tags) == ("Et tomt køkken", ("køkken",))
    assert (
        HELD.note(Claims(title="Køkken på [PERSON 8]", ideas=(Claim("Et tomt køkken", ("m1",)),))).title == note.title
    )


def test_who_sees_what_is_decided_by_who_was_cited() -> None:
    seen = HELD.note(
        Claims(
            perspectives=(
                Claim("Køkkenet koster noget", ("m1", "m2"), "municipality"),
                Claim("Køkkenet er gratis", ("m1",), "business"),
                Claim("Køkkenet er tomt", ("m1", "m2"), "business"),
                Claim("Ja til køkkenet", ("m4",), "business"),
            )
        )
    ).perspectives
    assert {sector: [one.text for one in told] for sector, told in seen.items()} == {
        "municipality": ["Køkkenet koster noget"],
        "civil_society": ["Køkkenet er gratis"],
    }


def test_a_task_has_an_owner_whom_the_conversation_knows() -> None:
    tasks = HELD.note(
        Claims(
            actions=(
                Claim("Gør køkkenet rent", ("m3",), owner="[PERSON 1]"),
                Claim("Gør køkkenet rent selv", ("m3",), owner="I selv"),
                Claim("Gør rent i køkkenet", ("m3",), owner="Dronningen"),
                Claim("Flyver til månen", ("m3",), owner="[PERSON 1]"),
            )
        )
    ).actions
    assert [one.owner for one in tasks] == ["[PERSON 1]", "I selv", ""]


@pytest.mark.parametrize(
    ("day", "text", "so"),
    [
        ("2026-03-19", "Vi begynder den 19.", True),
        ("2026-03-20", "Vi begynder den 19.", False),
        ("2036-03-19", "Vi begynder den 19.", False),
        ("2026-03-06", "Senest fredag", True),
        ("2026-03-06", "By Friday", True),
        ("2026-05-08", "Senest fredag", False),
        ("2026-03-03", "I morgen", True),
        ("2026-03-04", "I morgen", False),
        ("2026-03-20", "I næste uge eller deromkring", True),
        ("2026-12-20", "I næste uge", False),
        ("snart", "I næste uge", False),
    ],
)
def test_a_day_has_to_be_spoken_of(day: str, text: str, so: bool) -> None:
    assert (said_day(day, [Line("m1", "", text, at=MONDAY)]) is not None) is so


def test_without_a_date_of_its_own_a_message_still_names_days() -> None:
    said = [Line("m1", "", "Senest fredag den 6.")]
    assert said_day("2026-03-06T12:00:00Z", said) == date(2026, 3, 6)
    assert said_day("2026-03-07", said) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<script>alert('x')</script>", "alert('x')"),
        ("&lt;b&gt;Fed&lt;/b&gt; &amp;amp; god", "Fed & god"),
        ("<<b>i>nner<</b>/i>", "i>nner/i>"),
        ("<img src=x onerror=alert(1)", "img src=x onerror=alert(1)"),
        ("2 < 3 og 5 > 4", "2 < 3 og 5 > 4"),
        ("**Fed** og _skrå_ og `kode` snake_case", "Fed og skrå og kode snake_case"),
        ("# Overskrift", "Overskrift"),
        ("- > punkt", "punkt"),
        ("[tekst](javascript:alert(1)) og ![b](x)", "tekst og b"),
        ("[PERSON 1](https://x.dk) kommer", "[PERSON 1] kommer"),
        ("Se https://x.dk/a?b=c, www.y.dk og mailto:a@b.dk", "Se og"),
        ("skriv til mette@forening.dk @here @@channel", "skriv til here channel"),
        ("to\nlinjer\u202e\u200b\x00 her", "to linjer her"),
        ("", ""),
    ],
)
def test_plain_text(text: str, told: str) -> None:
    assert plain(text, 100) == told


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("ab <>/&;@*_`[]()#-\n.:htps\u202e"), max_size=80), st.integers(2, 40))
def test_plain_text_has_no_marks_left(text: str, longest: int) -> None:
    said = plain(text, longest)
    assert len(said) <= longest
    assert not set("\n\u202e*`") & set(said)
    assert "<a" not in said
    assert re.search(r"(?<!\w)@a", said) is None


def test_what_is_long_is_cut_between_words() -> None:
    assert short("et to tre", 9) == "et to tre"
    assert short("et to, tre", 8) == "et to…"
    words = "køkkenet er tomt " * 40
    told = HELD.note(Claims(title=words, summary=(Claim(words, ("m1",)),)))
    assert len(told.title) <= LONGEST_TITLE
    assert len(told.summary[0].text) <= LONGEST_STATEMENT


def test_tokens_links_and_figures_are_found_as_models_write_them() -> None:
    said = "[PERSON 1], [person 2]s, [PERSON 2s] og PERSON 3b, i COVID 19, case 4 og [x]"
    assert tokens_of(said) == {("PERSON", 1), ("PERSON", 2), ("PERSON", 3)}
    assert links_of("Se https://x.dk/a.") == {"https://x.dk/a"}
    assert figures("1.500 kr. og 12,000, kl. 9.30, 99999999999999999999") == {1500, 12000, 9, 30}


def test_languages_and_the_words_that_say_something() -> None:
    assert spoken_language("Det er ikke til at se, og vi kan den på en dag") == "da"
    assert spoken_language("It is not that we should have been there") == "en"
    assert spoken_language("Ja ja, ok") == ""
    assert content_words("Det er ikke Køkkenet, but the KITCHEN") == ["køkkenet", "kitchen"]


def test_notes_on_parts_are_put_together_and_nothing_agreed_is_lost() -> None:
    first = CaseNote(
        "Køkken",
        "da",
        summary=(Statement("a", ("m1",)), Statement("b", ("m2",))),
        perspectives={"business": (Statement("c", ("m3",)),)},
        agreements=(Statement("d", ("m4",)),),
        actions=(Task("e", ("m5",), "[PERSON 1]", date(2026, 3, 6)), Task("f", ("m6",))),
        tags=("x", "y"),
    )
    second = CaseNote(
        "Bus", "da", summary=(Statement("g", ("m7",)),), questions=(Statement("h", ("m8",)),), tags=("z",)
    )
    pieces = pieces_of([first, second])
    said = [line.text for line in pieces.lines]
    assert "actions: e ([PERSON 1], 2026-03-06)" in said
    assert "actions: f" in said
    assert pieces.lines[said.index("perspectives: c")].sector == "business"
    whole = CaseNote("Alt", "da", summary=(Statement("ag", ("s2", "s7", "s99")),), actions=(Task("e", ("s5",)),))
    note = united(whole, pieces, [first, second])
    assert note.summary[0].sources == ("m1", "m7")
    assert [one.text for one in note.agreements] == ["d"]
    assert [one.text for one in note.actions] == ["e", "f"]
    every = joined([first, second])
    assert (every.title, every.tags) == ("Køkken", ("x", "z", "y"))
    assert [one.text for one in every.summary] == ["a", "g", "b"]
    assert len(list(statements_of(every))) == 8
    assert joined_answers([]) == Answer((), ())
