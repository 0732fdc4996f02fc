"""The members of the demo are believable, invented, and enough to show what the academy is for."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.demo.cast import NOT_ANSWERED, NOT_NOW, ORGANISERS, PAUSED_FOR, ROSTER, invited, with_breaks
from bot.demo.talk import channels
from bot.members.domain import SECTORS, THEMES, Consent
from bot.members.roster import RosterLine, read_roster
from bot.words import Languages, Words

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

# Family names of people in the documents that the camp's facts come from, and of people whom everybody in Denmark knows.
REAL_PEOPLE = frozenset(
    {
        "abildtrup",
        "berneke",
        "frederiksen",
        "hougaard",
        "højlund",
        "jørgensen",
        "klarup",
        "lauritzen",
        "leffland",
        "løkke",
    }
    | {"rasch", "sareen", "schmidt", "skov", "thorning", "wivel"}
)
REAL_MUNICIPALITIES = """
    Albertslund Allerød Assens Ballerup Billund Bornholm Brøndby Brønderslev Dragør Egedal Esbjerg Fanø Favrskov Faxe
    Fredensborg Fredericia Frederiksberg Frederikshavn Frederikssund Furesø Faaborg-Midtfyn Gentofte Gladsaxe Glostrup
    Greve Gribskov Guldborgsund Haderslev Halsnæs Hedensted Helsingør Herlev Herning Hillerød Hjørring Holbæk Holstebro
    Horsens Hvidovre Høje-Taastrup Hørsholm Ikast-Brande Ishøj Jammerbugt Kalundborg Kerteminde Kolding Københavns Køge
    Langeland Lejre Lemvig Lolland Lyngby-Taarbæk Læsø Mariagerfjord Middelfart Morsø Norddjurs Nordfyns Nyborg Næstved
    Odder Odense Odsherred Randers Rebild Ringkøbing-Skjern Ringsted Roskilde Rudersdal Rødovre Samsø Silkeborg
    Skanderborg Skive Slagelse Solrød Sorø Stevns Struer Svendborg Syddjurs Sønderborg Thisted Tønder Tårnby Vallensbæk
    Varde Vejen Vejle Vesthimmerlands Viborg Vordingborg Ærø Aabenraa Aalborg Aarhus
"""


@pytest.fixture(scope="module")
def roster() -> tuple[RosterLine, ...]:
    return read_roster(ROSTER.read_bytes())


@pytest.fixture(scope="module")
def danish() -> Words:
    return Languages.load().words("da", ZoneInfo("Europe/Copenhagen"))


def test_there_are_fifty_and_no_two_have_one_name(roster: tuple[RosterLine, ...]) -> None:
    assert len(roster) == 50
    assert len({line.name for line in roster}) == 50
    assert len({line.id for line in roster}) == 50
    assert all(len(line.name.split()) >= 2 for line in roster)


def test_every_sector_is_there_and_no_two_are_of_one_size(roster: tuple[RosterLine, ...]) -> None:
    sizes = Counter(line.sector for line in roster)
    assert set(sizes) == {sector.key for sector in SECTORS}
    assert len(set(sizes.values())) == len(sizes)
    assert max(sizes.values()) < len(roster) / 2


def test_everybody_can_be_matched_and_some_say_little(roster: tuple[RosterLine, ...]) -> None:
    known = {language: {theme.name(language) for theme in THEMES} for language in ("da", "en")}
    assert all(line.organisation and line.themes for line in roster)
    assert all(known[line.language].issuperset(line.themes) for line in roster)
    assert all(line.needs or line.offers for line in roster)
    assert known["da"] <= {theme for line in roster for theme in line.themes}
    assert 2 <= sum(not line.needs for line in roster) <= 8
    assert sum(len(line.needs) + len(line.offers) >= 5 for line in roster) >= 20


def test_most_speak_danish_and_some_english_in_more_than_one_sector(roster: tuple[RosterLine, ...]) -> None:
    english = [line for line in roster if line.language == "en"]
    assert 3 <= len(english) <= 8
    assert len({line.sector for line in english}) >= 3
    assert not any(letter in "æøå" for line in english for tag in (*line.needs, *line.offers) for letter in tag)


def test_nobody_and_no_place_is_real(roster: tuple[RosterLine, ...]) -> None:
    names = {word.casefold() for line in roster for word in line.name.replace("-", " ").split()}
    assert not names & REAL_PEOPLE
    places = {word for line in roster for word in line.organisation.split()}
    real = set(REAL_MUNICIPALITIES.split())
    assert len(real) == 98
    assert not places & real
    assert not {f"{place}s" for place in places} & real


def test_every_mail_address_leads_nowhere(roster: tuple[RosterLine, ...]) -> None:
    assert all(not line.email or line.email.endswith("@example.org") for line in roster)


def test_people_have_come_differently_far() -> None:
    members = invited(NOW, "da")
    consents = Counter(member.consent for member in members)
    assert consents[Consent.YES] >= 40
    assert consents[Consent.NOT_NOW] == len(NOT_NOW)
    assert consents[Consent.ASKED] == len(NOT_ANSWERED)
    assert [member.roster_id for member in members if member.is_organiser()] == sorted(ORGANISERS)
    assert len({member.sector for member in members if member.is_organiser()}) == 2


def test_those_who_take_a_break_had_said_yes() -> None:
    members = invited(NOW, "da")
    paused = with_breaks(members, NOW.date())
    assert {member.roster_id for member in paused} == set(PAUSED_FOR)
    assert all(member.consent is Consent.YES and member.is_paused(NOW.date()) for member in paused)


def test_the_same_people_have_the_same_ids_whenever_it_starts() -> None:
    first, later = invited(NOW, "da"), invited(NOW.replace(month=9), "en")
    assert [member.id for member in first] == [member.id for member in later]
    assert all(member.id.version == 7 for member in first)
    assert [member.id for member in first] == sorted(member.id for member in first)


@pytest.mark.parametrize("days", range(7))
def test_nobody_speaks_before_joining_in_the_future_or_at_the_weekend(danish: Words, days: int) -> None:
    now = NOW + timedelta(days=days, hours=3 * days - 12)
    members = {member.id: member for member in invited(now, "da")}
    by_roster = {member.roster_id: member.id for member in members.values()}
    for channel in channels(by_roster, now, danish):
        times = [message.at for message in channel.messages if message.thread is None]
        assert times == sorted(times)
        for message in channel.messages:
            assert channel.conversation.created_at <= message.at < now
            assert message.at.astimezone(danish.zone).weekday() < 5
            if message.author is not None:
                joined = members[message.author].joined_at
                assert joined is not None
                assert joined < message.at


def test_an_answer_comes_after_what_it_answers(danish: Words) -> None:
    by_roster = {member.roster_id: member.id for member in invited(NOW, "da")}
    for channel in channels(by_roster, NOW, danish):
        said = {message.id: message for message in channel.messages}
        answers = [message for message in channel.messages if message.thread is not None]
        assert answers
        assert all(said[answer.thread].at < answer.at for answer in answers if answer.thread)
