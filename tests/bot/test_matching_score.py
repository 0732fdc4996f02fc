"""What a meeting is worth: more where two can help each other, and the more the rarer it is."""

from dataclasses import replace

from bot.matching.domain import Candidate, Meeting, Weights, Wishes
from bot.matching.meaning import WordMeaning
from bot.matching.rules import Roster
from bot.matching.score import Encounters, Profiles, grains

Tags = tuple[str, ...]
MEANING = WordMeaning.load()
ONLY_NEEDS = Weights(theme=0, sector_balance=0, novelty=0)


def worth(one: str, other: str, people: list[Candidate], weights: Weights, history: tuple[Meeting, ...] = ()) -> int:
    roster = Roster.read(people, history, Wishes())
    table = grains(
        roster, Profiles.read(roster.people, MEANING), Encounters.read(roster, history, weights.window), weights
    )
    assert (table == table.T).all()
    return int(table[roster.places[one], roster.places[other]])


def person(name: str, sector: str, *, themes: Tags = (), needs: Tags = (), offers: Tags = ()) -> Candidate:
    return Candidate(name, f"organisation of {name}", sector, themes, needs, offers)


def test_a_need_that_is_met_across_languages_is_worth_something_and_both_ways_more() -> None:
    people = [
        person("a", "1", needs=("lokaler",), offers=("frivillige",)),
        person("b", "2", offers=("meeting rooms",), needs=("volunteers",)),
        person("c", "2", offers=("meeting rooms",)),
        person("d", "2"),
        person("e", "3"),
        person("f", "3"),
    ]
    assert worth("a", "b", people, ONLY_NEEDS) > worth("a", "c", people, ONLY_NEEDS) > 0
    assert worth("a", "d", people, ONLY_NEEDS) == 0


def test_a_need_that_few_can_meet_counts_more_than_one_that_everybody_can() -> None:
    people = [person("a", "1", needs=("minibus",)), person("b", "1", needs=("netværk",))]
    people += [person(f"c{place}", "2", offers=("network",)) for place in range(8)]
    people += [person("d", "2", offers=("transport",))]
    assert worth("a", "d", people, ONLY_NEEDS) > worth("b", "c0", people, ONLY_NEEDS) > 0


def test_ticking_every_theme_is_worth_no_more_than_sharing_one() -> None:
    themes = ("ældre", "unge", "ensomhed", "klima", "kultur", "demens")
    only_themes = Weights(need_offer=0, sector_balance=0, novelty=0)
    people = [
        person("a", "1", themes=("demens",)),
        person("b", "2", themes=("dementia",)),
        person("c", "2", themes=themes),
    ]
    assert worth("a", "b", people, only_themes) > worth("a", "c", people, only_themes) > 0


def test_sectors_that_rarely_met_and_people_who_never_did_come_first() -> None:
    people = [person("a", "1"), person("b", "2"), person("c", "3"), person("d", "2")]
    history = (Meeting(("a", "b"), 2), Meeting(("a", "b"), 13), Meeting(("c", "d"), 1, happened=False))
    balance = Weights(need_offer=0, theme=0, novelty=0)
    novelty = Weights(need_offer=0, theme=0, sector_balance=0)
    assert worth("a", "c", people, balance, history) > worth("a", "d", people, balance, history)
    assert worth("a", "d", people, novelty, history) > worth("a", "b", people, novelty, history)


def test_how_often_two_sectors_met_is_told_by_how_often_they_could() -> None:
    sizes = {"large": 6, "other": 6, "small": 2, "least": 2}
    people = [person(f"{name}{place}", name) for name, size in sizes.items() for place in range(size)]
    history = [Meeting((f"large{place}", f"other{other}"), 3) for place in range(3) for other in range(3)]
    history += [Meeting(("small0", "least0"), 3), Meeting(("large5", "small1"), 3)]
    balance = Weights(need_offer=0, theme=0, novelty=0)
    assert worth("large4", "other4", people, balance, history) == worth("small1", "least1", people, balance, history)
    assert worth("large4", "small0", people, balance, history) > worth("small1", "least1", people, balance, history)
    assert worth("large4", "least0", people, balance, history) > worth("large4", "small0", people, balance, history)


def test_within_a_sector_a_meeting_bridges_nothing() -> None:
    people = [person("a", "1", needs=("data",)), person("b", "1 ", offers=("data",)), person("c", "2")]
    assert worth("a", "b", people, Weights()) == 0


def test_empty_profiles_still_give_a_round_without_a_flaw() -> None:
    people = [replace(person(f"m{place}", str(place % 3)), needs=(" ",)) for place in range(6)]
    assert worth("m0", "m1", people, Weights(sector_balance=0)) == 100 * Weights().novelty
