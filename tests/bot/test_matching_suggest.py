"""Asked for one need, now: who can help, in which order, and why."""

from dataclasses import replace

import pytest

from bot.matching.domain import Candidate, Meeting, ReasonKind, Weights, Wishes
from bot.matching.meaning import WordMeaning
from bot.matching.sheet import Sheet
from bot.matching.suggest import suggest
from tests.bot.matching_cases import academy

MEANING = WordMeaning.load()
ASKER = Candidate("anna", "Rødovre Kommune", "municipality", themes=("ældre",), needs=("frivillige",))
PEOPLE = [
    ASKER,
    Candidate("bo", "Byens Hus", "business", themes=("seniors",), offers=("meeting rooms",)),
    Candidate("carla", "Fonden", "foundation", offers=("lokaler i weekenden", "penge"), needs=("data",)),
    Candidate("dan", "Vi Ses", "civil society", themes=("premises",)),
    Candidate("eva", "RØDOVRE kommune", "business", offers=("lokaler",)),
    Candidate("finn", "Anden Kommune", "municipality", offers=("lokaler",)),
    Candidate("gry", "Universitetet", "research", offers=("forskere",)),
    Candidate("hans", "Netto", "business", offers=("lokaler",)),
]


def asked(term: str, *, wishes: Wishes | None = None, history: tuple[Meeting, ...] = (), limit: int = 10) -> list[str]:
    found = suggest(term, ASKER, PEOPLE, history, wishes or Wishes(), limit, meaning=MEANING)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True) or history
    return [one.id for one in found]


def test_who_offers_it_comes_first_then_who_offers_part_of_it_then_who_works_on_it() -> None:
    assert asked("lokaler") == ["bo", "hans", "carla", "dan"]


def test_nobody_of_the_same_organisation_or_sector_or_who_wants_to_be_apart() -> None:
    apart = Wishes(apart=frozenset({frozenset(("anna", "hans"))}))
    assert asked("premises", wishes=apart) == ["bo", "carla", "dan"]


def test_those_met_lately_come_last() -> None:
    assert asked("lokaler", history=(Meeting(("anna", "bo"), 2),)) == ["hans", "carla", "dan", "bo"]
    assert asked("lokaler", history=(Meeting(("anna", "bo"), 40),)) == ["hans", "bo", "carla", "dan"]


def test_as_many_as_asked_for_and_none_where_nobody_fits() -> None:
    assert asked("lokaler", limit=1) == ["bo"]
    assert asked("lokaler", limit=0) == []
    assert asked("rumraketter") == []
    assert asked("  ") == []


def test_a_slip_in_spelling_is_forgiven_where_nothing_else_is_found() -> None:
    assert asked("meting roms") == ["bo"]
    assert asked("forkere") == ["gry"]


def test_the_stated_need_is_the_first_reason() -> None:
    first = suggest("LOKALE", ASKER, PEOPLE[1:], [], Wishes(), 1)[0]
    reason = first.reasons[0]
    assert (reason.kind, reason.giver, reason.receiver) == (ReasonKind.NEED_OFFER, "bo", "anna")
    assert (reason.term, reason.offered) == ("LOKALE", "meeting rooms")
    assert first.reasons[1].kind is ReasonKind.THEME


def test_beside_the_term_a_suggestion_counts_what_a_meeting_of_the_two_is_worth_in_a_round() -> None:
    people = academy(40, 3)
    history = [Meeting((people[0].id, people[-1].id), 20)]
    asking = replace(people[0], needs=("data",), themes=(*people[0].themes, "data"))
    sheet = Sheet.read(
        [asking, *people[1:]], history, frozenset(), seed=0, weights=Weights(draw=0.0), size=2, meaning=MEANING
    )
    me, place = sheet.roster.places[asking.id], sheet.roster.places
    found = suggest("data", people[0], people, history, Wishes(), 40, meaning=MEANING)
    assert len(found) >= 2
    for one in found:
        beside = one.score % 200
        assert beside == pytest.approx(sheet.worth[me, place[one.id]] / 100)


def test_two_without_a_sector_may_be_suggested_to_each_other() -> None:
    two = [Candidate("anna", "", ""), Candidate("bo", "", "", offers=("data",))]
    assert [one.id for one in suggest("data", two[0], two, [], Wishes(), 5, meaning=MEANING)] == ["bo"]
