"""The best people for one stated need or theme, now: what ``/match find`` asks.

The asker is compared with every other member, and nobody with anybody else: twenty thousand members take a fifth of a second.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.matching.domain import Candidate, Meeting, Reason, ReasonKind, Suggestion, Weights, Wishes
from bot.matching.large.register import Register
from bot.matching.large.telling import grounds_of
from bot.matching.large.traits import Matrix, Sparse, Tags, Traits
from bot.matching.meaning import Meaning, Nearest, Spelling, WordMeaning
from bot.matching.reasons import Grounds
from bot.matching.score import points

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
    register = Register.read([asking, *others], history, wishes, seed=0)
    # Luck is for rounds: who asks twice gets the same answer.
    luckless = replace(weights or Weights(), draw=0.0)
    known = meaning or WordMeaning.load()
    for reading in (Nearest(known, term), Spelling(known)):
        found = _fitting(Traits.read(register, history, luckless, reading), asker.id, term, limit)
        if found:
            return found
    return ()


def _fitting(traits: Traits, asker: str, term: str, limit: int) -> tuple[Suggestion, ...]:
    register = traits.register
    me, everybody = register.seats[asker], np.arange(len(register.people))
    mine = np.full(len(everybody), me)
    fits = np.maximum(
        _OFFER * _closest(term, traits.need_tags, traits.offer_tags, traits.needs_close),
        _THEME * _closest(term, traits.theme_tags, traits.theme_tags, traits.themes_close),
    )
    may = register.together(mine, everybody) & register.bridging(mine, everybody)
    seats = everybody[may & (fits > 0)]
    ago = register.ago.look_up(mine[seats], seats)
    met: list[bool] = ((ago > 0) & (ago <= traits.weights.window)).tolist()
    worth: list[int] = traits.grains(mine[seats], seats).tolist()
    scores = [fit + points(grains) for fit, grains in zip(fits[seats].tolist(), worth, strict=True)]
    known: list[int] = seats.tolist()
    ranked = sorted(zip(met, scores, known, strict=True), key=lambda one: (one[0], -one[1], register.people[one[2]].id))
    best = ranked[: max(0, limit)]
    if not best:
        return ()
    grounds = _grounds(traits, me, [seat for *_, seat in best])
    places = grounds.roster.places
    return tuple(
        Suggestion(person, score, _reasons(grounds, places[asker], places[person], term))
        for person, score in ((register.people[seat].id, score) for _, score, seat in best)
    )


def _closest(term: str, tags: Tags, others: Tags, close: Sparse) -> Matrix:
    """How close the closest of each member's own words comes to the term."""
    if term not in tags.words:
        return np.zeros(others.held.shape[0])
    near = np.asarray(close[[tags.words.index(term)]].toarray(), np.float64).ravel()
    held = others.held
    closest = np.zeros(held.shape[0])
    np.maximum.at(closest, np.repeat(np.arange(len(closest)), np.diff(held.indptr)), near[held.indices])
    return closest


def _grounds(traits: Traits, me: int, seats: list[int]) -> Grounds:
    return grounds_of(traits, np.array([me, *seats], np.int64), [(me, seat) for seat in seats])


def _reasons(grounds: Grounds, me: int, place: int, term: str) -> tuple[Reason, ...]:
    """The stated need or theme first."""
    reasons = grounds.between(me, place)
    asked = [
        reason for reason in reasons if reason.term == term and reason.kind in {ReasonKind.NEED_OFFER, ReasonKind.THEME}
    ]
    rest = [reason for reason in reasons if reason not in asked]
    return tuple([*asked, *rest][:_MOST_REASONS])
