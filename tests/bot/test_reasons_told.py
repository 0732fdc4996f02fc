"""Reasons are told only of those who are there, and somebody can be suggested without one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.introductions.finding import Finding
from bot.introductions.reasons import reasons_told
from bot.introductions.status import found_card
from bot.matching.domain import Candidate, Meeting, Reason, ReasonKind, Suggestion, Weights, Wishes
from bot.matching.meaning import Knowledge
from bot.matching.planner import ThreadPlanner
from bot.matching.words import reason_text
from bot.messages.text import flat
from tests.gallery_introductions import ANNA, BO, CARL, NAMING, REASONS, ZONE
from tests.introductions_talk import LANGUAGES, a_small_academy, buttons_of, words_of

ENGLISH = LANGUAGES.words("en", ZONE)


def test_a_reason_of_somebody_who_is_gone_is_not_told() -> None:
    both = reasons_told(REASONS, {ANNA.id: ANNA, BO.id: BO}, NAMING, ENGLISH)
    assert both
    assert list(reasons_told(REASONS, {ANNA.id: ANNA, CARL.id: CARL}, NAMING, ENGLISH)) == []
    assert list(reasons_told(REASONS, {}, NAMING, ENGLISH)) == []


def test_a_note_in_between_is_told_from_where_each_stands() -> None:
    asked = Reason(ReasonKind.NOTE, str(BO.id), str(ANNA.id), "Havehjælp")
    names = {str(BO.id): "Bo Lind", str(ANNA.id): "Anna Holm"}
    told = [flat(reason_text(asked, names, ENGLISH, reader)) for reader in (str(BO.id), str(ANNA.id), "")]
    assert told == [
        "Anna Holm has read “Havehjælp” in the knowledge bank and would like to hear more from you.",
        "You have read “Havehjælp”, and Bo Lind knows more about it.",
        "Anna Holm would like to ask Bo Lind about “Havehjælp” in the knowledge bank.",
    ]


class Reticent(ThreadPlanner):
    """A planner that suggests people and keeps to itself why."""

    async def suggest(
        self,
        term: str,
        asker: Candidate,
        candidates: Sequence[Candidate],
        history: Sequence[Meeting],
        wishes: Wishes,
        limit: int,
        *,
        weights: Weights,
        known: Knowledge | None = None,
    ) -> tuple[Suggestion, ...]:
        found = await super().suggest(term, asker, candidates, history, wishes, limit, weights=weights, known=known)
        return tuple(replace(one, reasons=()) for one in found)


async def test_somebody_suggested_without_a_reason_can_be_asked_for_all_the_same() -> None:
    academy = await a_small_academy()
    finding = Finding(academy.memory.units, academy.clock, Reticent())
    found = await finding.find(academy.workspace, academy.ids["Carl"], "premises")
    [hit] = found.hits
    assert (hit.member.name, hit.offer, hit.theme) == ("Bo Lind", 0, 0)
    card = found_card(found, ENGLISH)
    assert "Bo Lind" in words_of(card)
    asked = await academy["Carl"].presses(buttons_of(card)["Ask for an introduction"])
    assert "I have asked Bo Lind" in asked.text
