"""Names: the roster's in every spelling, other people's in papers, letters and chat; and the words that stay."""

import re

import pytest

from benchmarks.masking_roster import ROSTER, roster_cases
from bot.privacy import Kind, Masker

MEMBERS = Masker(ROSTER)
NOBODY = Masker()


def masked(text: str, masker: Masker = NOBODY) -> str:
    return re.sub(r"\[PERSON \d+[a-z]?\]", "*", masker.mask(text).text)


def test_members_are_found_in_every_spelling() -> None:
    missed: list[str] = []
    for called, case in roster_cases(seed=4):
        covered = {place for one in MEMBERS.find(case.text) for place in range(one.start, one.end)}
        # A genitive may stay outside; one letter less can make another word of a name ("Degn", "Den").
        name = re.sub(r"['’]?s?$|'$", "", case.identifier) if called.startswith("genitive") else case.identifier
        letters = {place for place in range(case.start, case.start + len(name)) if case.text[place].isalnum()}
        if not letters <= covered and not (
            called.endswith("alone") and NOBODY.mask(case.identifier).text == case.identifier
        ):
            missed.append(f"{called}: {case.text}")
    assert missed == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Bo Lund vil gerne bo her, og bo lund kommer", "* vil gerne bo her, og * kommer"),
        ("M.H. og P.-E. B. tager noter, C.C. ikke", "* og * tager noter, C.C. ikke"),
        ("mød A.M. eller AMK ved J.A.Ø.", "mød * eller * ved J.A.Ø."),
        ("Mente Hlm, Mtete Holm og Meete", "*, * og *"),
        ("Hr. Warsame og Thi Hoa", "Hr. * og *"),
        ("gitte og søren går en tur med aase", "* og * går en tur med *"),
    ],
)
def test_members_among_other_words(text: str, wanted: str) -> None:
    roster = Masker([*ROSTER, "Bo Lund", "Anna Marie Krag", "Anna Maria Mikkelsen"])
    assert masked(text, roster) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Socialrådgiver {Kirsten Bonde Vestergaard} tog kontakt til familien.",
        "- Vi har brug for hinanden, siger {Yasmin Al-Rashid}, der er frivillig i Aalborg.",
        "Borgmester {H.C. Overbjerg} og {Lars von Tønningen} åbnede huset.",
        "Til stede: {Peter Quistorff}, {Ole} og {Birgitte Ammitsbøll-Krarup}.",
        "Hendes mand, {Jørgen}, døde i 2011, og sønnen {Tobias} flyttede til Odense.",
        "{Christian IV} byggede; {Ninn-Hansen} gik.",
        "Det var {Frederiksberg-Hansens}, ikke kommunens.".replace("{Frederiksberg-Hansens}", "{Hansen}s hus"),
        "Mrs {Thornbury} and her caseworker, {Anne Whitfield}, agreed to try it.",
        "jeg snakkede med {mette} i går, hun kender {ahmed} fra klubben",
        "hej {lise} er du der? hilsen {bjarne}",
        "min mor {inger} bor der stadig, og hun hedder {kylle} til efternavn",
        "21:36 skrev {xx_maja92} P14 tak",
        "ok {søren}, spørg {fatima} om hun kan",
        "Mvh\n{Skovfoged Tvilling}",
        "Fra: {Thøger Abildtoft}\nEmne: lokaler",
    ],
)
def test_other_people(text: str) -> None:
    plain = re.sub(r"[{}]", "", text)
    assert masked(plain) == re.sub(r"\{[^}]*\}", "*", text)


def test_what_is_no_name_stays() -> None:
    text = """
    Arbejdspladsen betaler halvdelen, siger kommunen. Aalborg Kommune og Region Nordjylland deltager fra marts til juni.
    Røde Kors, Ældre Sagen og Syddansk Universitet er partnere. Danmark er et lille land. Hvem tager referat på tirsdag?
    Beboerne ønsker flere bænke. København, Aarhus og Odense er store byer. Udfordringen er ensomhed. Loven skal følges.
    Hun var glad. Vi aftaler et nyt møde. Jobcentret har skrevet et brev. Økonomien er stram. Familien har brug for ro.
    The Council has agreed to pay for the premises. The Red Cross and the University are partners. Loneliness is common.
    On Monday we meet in London. What do you think? Maybe we should ask the Members first. English and Danish are fine.
    Project Manager: let us begin. Marketing and Industrial Design will work on it. The budget is twelve Euro. Okay.
    """
    words = re.findall(r"\b[A-ZÆØÅ]\w+", text)
    covered = {place for one in NOBODY.find(text) for place in range(one.start, one.end)}
    wrong = [found[0] for found in re.finditer(r"\b[A-ZÆØÅ]\w+", text) if found.start() in covered]
    assert len(wrong) <= 0.05 * len(words), wrong


def test_ordinary_chat_stays() -> None:
    for text in (
        "jeg vil gerne have et møde i næste uge",
        "kan nogen tage noter",
        "han har det ikke godt",
        "bor du stadig i odense?",
        "tak for i dag, vi ses på fredag",
        "skal vi mødes foran banegården eller ved søen",
        "det er okay med mig",
        "hvad synes i om forslaget",
        "mvh og tak",
    ):
        assert masked(text) == text


def test_a_name_that_was_sure_once_is_masked_wherever_it_stands() -> None:
    text = "Fru Zorbelius ringede. Så kom Zorbelius. Zorbelius gik."
    assert masked(text) == "Fru * ringede. Så kom *. * gik."


def test_odd_names_on_a_roster_and_odd_words_in_a_text() -> None:
    roster = Masker(["B", "O'Neill X", "Jo"])
    assert masked("oneill og o'neill og Jo", roster) == "* og * og *"
    for word in ("a" * 5000, "x-" * 3000, "A." * 900, "Ab" * 900):
        assert len(roster.mask(word).text) <= len(word)


def test_every_finding_says_whether_it_is_sure() -> None:
    found = MEMBERS.find("Mette Holm, og hun hedder skovmus")
    assert [(one.kind, one.sure, one.member) for one in found] == [(Kind.PERSON, True, 0), (Kind.PERSON, False, None)]
    assert repr(MEMBERS) == "Masker(Roster(60 words))"
