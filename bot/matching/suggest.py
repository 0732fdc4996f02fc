"""The best people for one stated need or theme, now: what ``/match find`` asks."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.matching.domain import Candidate, Meeting, Reason, ReasonKind, Suggestion, Weights, Wishes
from bot.matching.meaning import Meaning, Spelling, WordMeaning
from bot.matching.reasons import Grounds
from bot.matching.rules import Roster
from bot.matching.score import Encounters, Profiles, grains, points

# Points for an offer that means what was asked for, and for a theme that does: an offer that means half of it comes first.
_OFFER, _THEME = 1000.0, 400.0
_MOST_REASONS = 3


def suggest(
    term: str,
    asker: Candidate,
    candidates: Sequence[Candidate],
    history: Sequence[Meeting],
    wishes: Wishes,
    limit: int,
    *,
    weights: Weights | None = None,
    meaning: Meaning | None = None,
) -> tuple[Suggestion, ...]:
    """At most ``limit`` people whom the asker may meet, best first: who offers it, then who works on it.

    Those not met within the window come first; then who is closer in meaning, then what else the two profiles have for
    each other. Nobody is suggested who neither offers the term nor works on it, but a slip in its spelling is forgiven.
    The asker need not be among the candidates. Reasons speak of the term as the asker's own need and theme.
    """
    others = [candidate for candidate in candidates if candidate.id != asker.id]
    # The stated need stands alone: what else the asker needs would only blur the answer.
    asking = replace(asker, needs=(term,), themes=(*asker.themes, term))
    roster = Roster.read([asking, *others], history, wishes)
    weights = weights or Weights()
    meaning = meaning or WordMeaning.load()
    encounters = Encounters.read(roster, history, weights.window)
    for reading in (meaning, Spelling(meaning)):
        profiles = Profiles.read(roster.people, reading)
        worth = grains(roster, profiles, encounters, weights)
        found = _fitting(Grounds(roster, profiles, encounters, worth, weights.window), asker.id, term)
        if found:
            return tuple(found[: max(0, limit)])
    return ()


def _fitting(grounds: Grounds, asker: str, term: str) -> list[Suggestion]:
    me = grounds.roster.places[asker]
    found: list[tuple[bool, float, str, Suggestion]] = []
    for place in np.flatnonzero(grounds.roster.allowed[me]).tolist():
        offer, theme = _closest(grounds.profiles, place, term)
        if offer or theme:
            score = max(_OFFER * offer, _THEME * theme) + points(int(grounds.worth[me, place]))
            person = grounds.roster.people[place].id
            met = any(grounds.repeats((me, place)))
            found.append((met, -score, person, Suggestion(person, score, _reasons(grounds, me, place, term))))
    return [suggestion for *_, suggestion in sorted(found, key=lambda item: item[:3])]


def _closest(profiles: Profiles, place: int, term: str) -> tuple[float, float]:
    """How close an offer and a theme of somebody come to the term."""
    offer = theme = 0.0
    if term in profiles.need_words and len(profiles.offers[place]):
        offer = float(profiles.answers[profiles.need_words.index(term), profiles.offers[place]].max())
    if term in profiles.theme_words and len(profiles.themes[place]):
        theme = float(profiles.akin[profiles.theme_words.index(term), profiles.themes[place]].max())
    return offer, theme


def _reasons(grounds: Grounds, me: int, place: int, term: str) -> tuple[Reason, ...]:
    """The stated need or theme first."""
    reasons = grounds.between(me, place)
    asked = [
        reason for reason in reasons if reason.term == term and reason.kind in {ReasonKind.NEED_OFFER, ReasonKind.THEME}
    ]
    rest = [reason for reason in reasons if reason not in asked]
    return tuple([*asked, *rest][:_MOST_REASONS])
