"""What people are told of their station, and what a channel shows of all of them."""

from collections.abc import Mapping, Sequence

from bot.camps.domain import Camp
from bot.camps.stations.domain import Station, station_of
from bot.identity import MemberId
from bot.introductions.seeing import Naming
from bot.members.domain import Member
from bot.messages.elements import Accent, Bullets, Card, Element, Footnote, Heading, Paragraph
from bot.messages.text import Bold, Plain, Text, plain
from bot.words import Words


def station_name(number: int, station: Station, words: Words) -> str:
    """``Station 2: a family with a child with special needs``."""
    if station.case:
        return words.say("Station {number}: {case}", number=number, case=station.case)
    return words.say("Station {number}", number=number)


def own_station_card(
    camp: Camp,
    stations: Sequence[Station],
    member: MemberId,
    people: Mapping[MemberId, Member],
    naming: Naming,
    words: Words,
) -> Card:
    """Where somebody works at the camp, and with whom."""
    number = station_of(stations, member)
    if number is None:
        return no_station_card(camp, words)
    station = stations[number - 1]
    title = words.say("Your station at {camp}", camp=camp.name)
    elements: list[Element] = [Heading(title), Paragraph((Bold(station_name(number, station, words)),))]
    others = [people[other] for other in station.members if other != member and other in people]
    if others:
        others.sort(key=lambda person: (person.name.casefold(), person.id))
        elements.append(Paragraph(plain(words.say("You work there with:"))))
        elements.append(Bullets(tuple(_person(other, naming, words) for other in others)))
    else:
        elements.append(Paragraph(plain(words.say("Nobody else is there yet."))))
    elements.append(Footnote(plain(words.say("If something changes, you see it here, or hear from me."))))
    return Card(f"{title}: {station_name(number, station, words)}", tuple(elements), Accent.GOOD)


def no_station_card(camp: Camp, words: Words) -> Card:
    """Somebody had a station and has none any more."""
    said = words.say("You have no station at {camp} just now.", camp=camp.name)
    return Card(said, (Paragraph(plain(said)),))


def replaced_card(camp: Camp, words: Words) -> Card:
    """A newer message says where somebody is."""
    said = words.say("Your station at {camp} has changed. My newer message says where you are now.", camp=camp.name)
    return Card(said, (Paragraph(plain(said)),))


def all_stations_card(camp: Camp, stations: Sequence[Station], people: Mapping[MemberId, Member], words: Words) -> Card:
    """All stations, for a channel."""
    title = words.say("Stations at {camp}", camp=camp.name)
    elements: list[Element] = [Heading(title)]
    for number, station in enumerate(stations, start=1):
        names = sorted((people[member].name for member in station.members if member in people), key=str.casefold)
        elements.append(
            Paragraph((Bold(station_name(number, station, words)), Plain(f"\n{words.all_of(names)}" if names else "")))
        )
    return Card(title, tuple(elements))


def _person(person: Member, naming: Naming, words: Words) -> Text:
    known = [person.organisation, naming.sector(person.sector, words) if person.sector else ""]
    told = ", ".join(entry for entry in known if entry)
    return (Bold(person.name), Plain(f" ({told})" if told else ""))
