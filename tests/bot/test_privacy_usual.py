"""Words that are nobody's: what begins a solution, what stands in small letters, towns, brands, illnesses."""

import re

import pytest

from bot.privacy import Masker

NOBODY = Masker()
MEMBERS = Masker(["Stine Støt", "Bo Lys", "Arla Holm"])


def masked(text: str, masker: Masker = NOBODY) -> str:
    return re.sub(r"\[PERSON \d+[a-z]?\]", "*", masker.mask(text).text)


def test_the_verb_that_begins_a_solution_is_no_name() -> None:
    verbs = (
        "Lej",
        "Luk",
        "Mal",
        "Saml",
        "Hvil",
        "Støt",
        "Bliv",
        "Aftal",
        "Begræns",
        "Tøm",
        "Glem",
        "Nævn",
        "Ros",
        "Lys",
    )
    text = "\n".join(f"- {verb} dem en gang om ugen." for verb in verbs)
    assert masked(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Lej dem ud for et år. Hvem som helst kan lave suppe.",
        "Mal gangen gul, og hæng billeder op. Får de en dør at lukke?",
        "Sang og dans binder folk sammen. Hvil er også vigtigt.",
        "Kære Alle. Arla, Coop, Lidl og Vestas kommer. Realdania, VIVE og UU med. ADHD og Covid-19. Svar: Gratis.",
        "Age UK, Shelter, Tesco and the Red Cross met in Paris. Universal Credit. Agenda: Welcome. Dementia hurts.",
        "Macmillan Cancer Support and Samaritans will come.",
    ],
)
def test_everyday_words_and_well_known_names_stay(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Støt siger nej, og Mal Hansen kom", "* siger nej, og * kom"),
        ("Hr. Mal kom", "Hr. * kom"),
        ("Mette Cross og Hans IV", "* og *"),
        ("AMALIE STAK AF", "* STAK AF"),
    ],
)
def test_company_makes_a_name_of_them(text: str, wanted: str) -> None:
    assert masked(text) == wanted


def test_a_member_is_found_whatever_the_word_is() -> None:
    assert masked("Støt er syg. Vi så Lys og Arla.", MEMBERS) == "* er syg. Vi så * og *."


@pytest.mark.parametrize(
    "text",
    [
        "Cardiff, Nairobi and Gdańsk sent Catholic, Sikh and Somali volunteers.",
        "Biscuits, Netflix and Universal Credit; Overview of Housing Benefit.",
        "Eventually the Planning Department agreed, and Fundraising went well.",
        "Førtidspension, Epilepsi og Jøder. Ankestyrelsen og Gigtforeningen svarede.",
        "Evaluering og Rengøring er Udvalgets sag.",
    ],
)
def test_what_everybody_knows_is_nobody(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Af Bjarne Reuter, forfatter.", "Af *, forfatter."),
        ("vi spurgte Ole Bang og Mike de Vine om det", "vi spurgte * og * om det"),
        ("I Mortens hus er der koldt", "I *s hus er der koldt"),
        ("Jordan siger nej, og Chelsea ringede", "* siger nej, og * ringede"),
    ],
)
def test_what_stands_beside_a_first_name_belongs_to_it(text: str, wanted: str) -> None:
    assert masked(text) == wanted
