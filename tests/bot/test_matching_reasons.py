"""Reasons: each can be checked, and is said in the reader's language with both people's own words."""

from zoneinfo import ZoneInfo

import pytest

from bot.identity import MemberId, new_id
from bot.matching.domain import Candidate, LeftOut, Meeting, Reason, ReasonKind, WhyLeftOut
from bot.matching.meaning import WordMeaning
from bot.matching.plan import plan
from bot.matching.words import left_out_text, reason_text
from bot.messages.text import Bold, MentionOf, flat
from bot.words import Languages
from tests.bot.matching_cases import academy

MEANING = WordMeaning.load()
LANGUAGES = Languages.load()
DANISH = LANGUAGES.words("da", ZoneInfo("Europe/Copenhagen"))
ENGLISH = LANGUAGES.words("en", ZoneInfo("Europe/Copenhagen"))
NAMES = {"anna": "Anna", "bo": "Bo"}
NEED = Reason(ReasonKind.NEED_OFFER, "bo", "anna", "Lokaler til møder", "a meeting room")
SAME_NEED = Reason(ReasonKind.NEED_OFFER, "bo", "anna", "Data", "data ")
THEME = Reason(ReasonKind.THEME, "bo", "anna", "ældre", "seniors")
SAME_THEME = Reason(ReasonKind.THEME, "bo", "anna", "ældre", "Ældre")
SECTORS = Reason(ReasonKind.SECTORS, "bo", "anna")
FIRST = Reason(ReasonKind.FIRST_MEETING, "bo", "anna")


def test_need_and_offer_both_ways_then_theme() -> None:
    anna = Candidate("anna", "x", "1", themes=("ældre",), needs=("Lokaler til møder",), offers=("frivillige",))
    bo = Candidate("bo", "y", "2", themes=("seniors",), needs=("volunteers",), offers=("a meeting room",))
    group = plan([anna, bo], [], seed=1, meaning=MEANING).groups[0]
    assert group.reasons == (NEED, Reason(ReasonKind.NEED_OFFER, "anna", "bo", "volunteers", "frivillige"), THEME)


def test_every_reason_can_be_checked_against_the_profiles_and_the_history() -> None:
    people = academy(60, 3)
    known = {one.id: one for one in people}
    met = [("m0000", "m0031"), ("m0001", "m0045")]
    made = plan(people, [Meeting(pair, 13) for pair in met], seed=1, size=3, meaning=MEANING)
    for group in made.groups:
        assert 2 <= len(group.reasons) <= 3
        for reason in group.reasons:
            giver, receiver = known[reason.giver], known[reason.receiver]
            assert giver.sector != receiver.sector
            match reason.kind:
                case ReasonKind.NEED_OFFER:
                    assert reason.term in receiver.needs
                    assert reason.offered in giver.offers
                    assert MEANING.same(reason.term, reason.offered)
                case ReasonKind.THEME:
                    assert reason.term in receiver.themes
                    assert reason.offered in giver.themes
                case ReasonKind.FIRST_MEETING:
                    assert tuple(sorted((giver.id, receiver.id))) not in met
                case ReasonKind.SECTORS:
                    pass


def test_sectors_meet_rarely_only_where_enough_meetings_tell() -> None:
    people = [Candidate(f"m{place}", f"o{place}", str(place // 2 % 3)) for place in range(12)]
    people.append(Candidate("m99", "o99", ""))
    kinds = {
        met: {
            reason.kind for group in plan(people, history, seed=1, meaning=MEANING).groups for reason in group.reasons
        }
        for met, history in {
            "never": [],
            "once": [Meeting(("m0", "m2"), 1)],
            "one way only": [Meeting(("m0", "m2"), 1)] * 12,
        }.items()
    }
    assert ReasonKind.SECTORS not in kinds["never"] | kinds["once"]
    assert ReasonKind.SECTORS in kinds["one way only"]
    made = plan(people, [Meeting(("m0", "m2"), 1)] * 12, seed=1, meaning=MEANING)
    sectors = {one.id: one.sector for one in people}
    said = [
        {sectors[reason.giver], sectors[reason.receiver]}
        for group in made.groups
        for reason in group.reasons
        if reason.kind is ReasonKind.SECTORS
    ]
    assert said
    assert all("2" in pair and "" not in pair for pair in said)


@pytest.mark.parametrize(
    ("reason", "reader", "said"),
    [
        (NEED, "", "Anna needs “Lokaler til møder”, and Bo offers “a meeting room”."),
        (NEED, "anna", "You need “Lokaler til møder”, and Bo offers “a meeting room”."),
        (NEED, "bo", "You offer “a meeting room”, and Anna needs “Lokaler til møder”."),
        (SAME_NEED, "", "Anna needs “Data”, and Bo offers it."),
        (SAME_NEED, "anna", "You need “Data”, and Bo offers it."),
        (SAME_NEED, "bo", "You offer “Data”, and Anna needs it."),
        (THEME, "", "Anna works on “ældre”, and Bo on “seniors”."),
        (THEME, "anna", "You work on “ældre”, and Bo on “seniors”."),
        (THEME, "bo", "You work on “seniors”, and Anna on “ældre”."),
        (SAME_THEME, "", "Anna and Bo both work on “ældre”."),
        (SAME_THEME, "bo", "You and Anna both work on “ældre”."),
        (SECTORS, "", "Their sectors rarely meet."),
        (SECTORS, "anna", "Your sectors rarely meet."),
        (FIRST, "", "They have not been introduced to each other before."),
        (FIRST, "anna", "You have not been introduced to Bo before."),
        (FIRST, "bo", "You have not been introduced to Anna before."),
        (FIRST, "carl", "They have not been introduced to each other before."),
    ],
)
def test_a_reason_in_words(reason: Reason, reader: str, said: str) -> None:
    assert flat(reason_text(reason, NAMES, ENGLISH, reader)) == said
    danish = flat(reason_text(reason, NAMES, DANISH, reader))
    assert danish != said
    assert all(term in danish for term in (reason.term.strip(),))


def test_danish_words() -> None:
    assert (
        flat(reason_text(NEED, NAMES, DANISH, "anna"))
        == "Du har brug for “Lokaler til møder”, og Bo tilbyder “a meeting room”."
    )


def test_names_may_be_mentions_and_tags_never_become_one() -> None:
    mention = MentionOf(MemberId(new_id()), "Bo")
    tricky = Reason(ReasonKind.NEED_OFFER, "bo", "anna", "<!channel> {giver}", "data")
    text = reason_text(tricky, {"anna": Bold("Anna"), "bo": mention}, ENGLISH)
    assert mention in text
    assert "<!channel> {giver}" in flat(text)


@pytest.mark.parametrize("why", list(WhyLeftOut))
def test_why_somebody_is_left_out_is_said_in_both_languages(why: WhyLeftOut) -> None:
    english = flat(left_out_text(LeftOut("anna", why), NAMES, ENGLISH))
    danish = flat(left_out_text(LeftOut("anna", why), NAMES, DANISH))
    assert english.startswith("Anna: ")
    assert danish.startswith("Anna: ")
    assert english != danish
