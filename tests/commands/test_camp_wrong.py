"""What cannot be read is answered with one kind sentence, in both languages; the form names the field and keeps the rest."""

from collections.abc import Mapping

import pytest

from bot.messages.replies import Correct
from tests.camp_talk import CREATE, a_camp, camp_of, edits
from tests.introductions_talk import a_small_academy

# What is typed, and what is said to it in English and in Danish.
BY_COMMAND: Mapping[str, tuple[str, str]] = {
    '"X" "22 march" "16.00-09.00"': (
        "It would end before it begins. Which hours did you mean?",
        "Så ville den slutte, før den begynder. Hvilke tidspunkter mente du?",
    ),
    '"X" "29 march" "02.30-16"': (
        "The clocks go forward on that day, so 02.30 does not exist. Choose 03.30 or another time.",
        "Den dag stilles urene frem, så kl. 02.30 findes ikke. Vælg 03.30 eller et andet tidspunkt.",
    ),
    '"X" "22 march" "09.00-09.00"': (
        "It would end before it begins. Which hours did you mean?",
        "Så ville den slutte, før den begynder. Hvilke tidspunkter mente du?",
    ),
    '"X" "22 march" "whenever"': (
        "From when to when? Write it like this: 09.00-16.00.",
        "Fra hvornår til hvornår? Skriv det sådan: 09.00-16.00.",
    ),
    '"X" "22 march" "25-26"': (
        "From when to when? Write it like this: 09.00-16.00.",
        "Fra hvornår til hvornår? Skriv det sådan: 09.00-16.00.",
    ),
    '"X" "2020-03-22" "9-16"': (
        "That day has passed. Try for example: 2 weeks, or a date to come.",
        "Den dag er gået. Prøv for eksempel: 2 uger eller en dato, der kommer.",
    ),
    '"X" "30 february" "9-16"': (
        "There is no such day in the calendar. Try for example: 2 weeks, or 2026-03-01.",
        "Den dag findes ikke i kalenderen. Prøv for eksempel: 2 uger eller 2026-03-01.",
    ),
    '"X" "2 march 2026" "8-16"': (
        "It would have begun already. Which time to come did you mean?",
        "Så var den allerede begyndt. Hvilket kommende tidspunkt mente du?",
    ),
    '"X" "22 march" "9-16" seats:0': (
        "With no seats nobody could come. Leave it empty for as many as want to.",
        "Uden pladser kan ingen komme. Lad det stå tomt, så er der plads til alle.",
    ),
    '"X" "22 march" "9-16" seats:-3': (
        "How many seats? A whole number up to 10000, please.",
        "Hvor mange pladser? Et helt tal op til 10000, tak.",
    ),
    '"X" "22 march" "9-16" programme:"10.00 A\n09.00 B"': (
        "Line 2 (09.00) is earlier than line 1 (10.00). Put them in the order of the day.",
        "Linje 2 (09.00) er tidligere end linje 1 (10.00). Sæt dem i dagens rækkefølge.",
    ),
    '"X" "22 march" "9-16" programme:"09.00 A\n25.00 B\n9.75 C"': (
        "I can't read the time in line 2, 3. Write it like this: 09.00.",
        "Jeg kan ikke læse klokkeslættet i linje 2, 3. Skriv det sådan: 09.00.",
    ),
    '"X" "22 march" "9-16" programme:"09.00"': (
        "Line 1 has nothing but a time. What happens then?",
        "Der står kun et klokkeslæt i linje 1. Hvad sker der da?",
    ),
    '"X" "22 march" "9-16" programme:"10-9.30 A"': (
        "Line 1 would end before it begins. Which hours did you mean?",
        "Linje 1 ville slutte, før den begynder. Hvilke tidspunkter mente du?",
    ),
    '"X" "22 march" "9-16" programme:"17.00 A"': (
        "The programme goes on at 17.00, but the camp ends at 16.00. Change one of them, please.",
        "Programmet går videre kl. 17.00, men campen slutter kl. 16.00. Ret en af delene.",
    ),
    f'"X" "22 march" "9-16" programme:"{"a" * 201}"': (
        "Line 1 is too long; at most 200 characters, please.",
        "Linje 1 er for lang; højst 200 tegn, tak.",
    ),
    '"X" "22 march" "9-16" programme:"' + "09.00 A\n" * 61 + '"': (
        "That is more than 60 lines. Leave out what can wait.",
        "Det er mere end 60 linjer. Udelad det, der kan vente.",
    ),
}

# By the field of the form.
BY_FORM: Mapping[str, tuple[str, str]] = {
    "day": ("2026-03-01", "That day has passed. On which day to come is it?"),
    "day ": ("2036-03-01", "That is more than 5 years away. Choose a nearer day."),
    "hours": ("9", "From when to when? Write it like this: 09.00-16.00."),
    "check_in": ("10.00", "Check-in comes before the camp begins. When did you mean?"),
    "check_in ": ("early", "I can't read that time. Write it like this: 08.30."),
    "check_in  ": ("25", "I can't read that time. Write it like this: 08.30."),
    "check_in   ": ("8.75", "I can't read that time. Write it like this: 08.30."),
    "capacity": ("many", "How many seats? A whole number up to 10000, please."),
    "capacity ": ("999999999", "How many seats? A whole number up to 10000, please."),
    "sectors": ("business", "Write a sector and how many seats it has, a line each: business: 10."),
    "sectors ": ("10", "Write a sector and how many seats it has, a line each: business: 10."),
    "sectors  ": ("business: 99999999", "Write a sector and how many seats it has, a line each: business: 10."),
    "sectors   ": ("busines: 10", "I don't know busines. Did you mean business?"),
    "programme": (
        "10.00 A\n9.00 B",
        "Line 2 (09.00) is earlier than line 1 (10.00). Put them in the order of the day.",
    ),
    "cases": (
        "\n".join(f"case {place}" for place in range(13)),
        "At most 12 here, please: choose those that matter most.",
    ),
    "cases ": ("a" * 201, "This is 201 characters long; please keep it under 200."),
}


@pytest.mark.parametrize("typed", BY_COMMAND)
@pytest.mark.parametrize("language", ["en", "da"])
async def test_one_kind_sentence_and_nothing_is_made(typed: str, language: str) -> None:
    academy = await a_small_academy(language=language)
    said = await academy["Olga"].types(f"/camp create {typed}")
    assert said.text == BY_COMMAND[typed][language == "da"]
    assert "No camp" in (await academy["Anna"].types("/camp")).text or language == "da"


@pytest.mark.parametrize("field", BY_FORM)
async def test_the_form_stays_open_and_says_what_to_change_in_which_field(field: str) -> None:
    academy = await a_camp()
    typed, said = BY_FORM[field]
    answer = await edits(academy["Olga"], **{field.strip(): typed})
    assert isinstance(answer.replies[0], Correct)
    assert answer.problems == {field.strip(): said}
    assert (await camp_of(academy)).revision == 1


async def test_several_things_that_are_wrong_are_said_at_once() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    form = (await olga.types("/camp create")).form
    answer = await olga.fills(form, name="X", day="2026-03-01", hours="16-9", capacity="0", sectors="Zzz: 3")
    assert list(answer.problems) == ["day", "hours", "capacity", "sectors"]
    assert answer.problems["sectors"].startswith("I don't know zzz. Choose from: business, ")
    empty = await olga.fills(form, name="", day="", hours="")
    assert set(empty.problems) == {"name", "day", "hours"}


async def test_a_name_that_nobody_can_see_is_none() -> None:
    academy = await a_small_academy()
    said = await academy["Olga"].types('/camp create "\u202e" "22 march" "9-16"')
    assert said.form.title == "Plan a camp"


async def test_forty_thousand_characters_are_too_many() -> None:
    academy = await a_small_academy()
    said = await academy["Olga"].types(f'/camp create "X" "22 march" "9-16" programme:"{"word " * 8000}"')
    assert len(said.text) < 200
    assert "No camp is planned" in (await academy["Anna"].types("/camp")).text


async def test_a_camp_may_keep_its_day_while_it_goes_on() -> None:
    academy = await a_camp(line='/camp create "Camp 3" "2 march" "11.00-16.00"')
    await academy.passes(hours=2)
    saved = await edits(academy["Olga"], place="Room 2")
    assert "Saved." in saved.text
    moved = await edits(academy["Olga"], hours="11.30-16.00")
    assert moved.problems == {"hours": "It would have begun already. Which time to come did you mean?"}


async def test_members_do_not_plan_camps() -> None:
    academy = await a_camp()
    for line in (CREATE, "/camp edit", "/camp invite", "/camp remind", "/camp cancel", "/camp who"):
        said = await academy["Anna"].types(line)
        assert "organiser" in said.text.lower(), line


async def test_an_unclear_answer_is_asked_back() -> None:
    academy = await a_camp()
    said = await academy["Anna"].types("/camp signup perhaps")
    assert "Did you mean" in said.text
    assert "whole number" in (await academy["Anna"].types("/camp signup yes guests:some")).text


async def test_the_same_camp_twice_is_asked_about() -> None:
    academy = await a_camp()
    there = await camp_of(academy)
    said = await academy["Olga"].types(f'/camp create "{there.name.upper()}" "{there.day}" "9-16"')
    assert said.text.startswith("There is a camp of that name on that day already.")


async def test_sectors_are_named_once_each() -> None:
    academy = await a_small_academy()
    form = (await academy["Olga"].types("/camp create")).form
    answer = await academy["Olga"].fills(form, name="X", day="2026-06-01", hours="9-16", sectors="Zzz: 3")
    assert answer.problems["sectors"].count("civil") == 1


async def test_a_reminder_whose_time_is_over_says_so() -> None:
    academy = await a_camp(line='/camp create "Camp 3" "6 march" "11.00-16.00"')
    shown = (await academy["Olga"].types("/camp remind")).text
    assert "14 days before: those who have not settled are asked once more (its time has passed)" in shown
    assert "2 days before: those who come (its" not in shown
