"""Whom something connects with a question: a theme that they work on, or something that they offer. Each reason is the member's
own words, so that they can see why they are asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.challenges.domain import Challenge, WhyAsked
from bot.matching.meaning import WordMeaning
from bot.members.domain import Member, Synonyms, Theme
from bot.members.wording import meaning_of

# A theme that was chosen for the question, one that its words speak of, an offer that they speak of, an offer that a model
# finds near.
_CHOSEN, _TOLD, _OFFERED, _NEAR = 2.0, 1.5, 1.2, 0.8
# The second connection counts less than the first.
_ALSO = 0.5
# Of what an offer says, so much has to be in the question.
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Fit:
    """How well somebody fits, from 0, and by what most of all."""

    worth: float
    why: WhyAsked
    term: str


class Fitting:
    """Compares members with one question. ``near``: how close a model finds an offer or a theme, from 0 to 1. Takes processor
    time: use it in a thread."""

    def __init__(
        self, challenge: Challenge, themes: Sequence[Theme], own: Sequence[Synonyms], near: Mapping[str, float]
    ) -> None:
        self._meaning: WordMeaning = meaning_of(tuple(own))
        self._chosen = [theme for theme in themes if theme.key in challenge.themes]
        self._said = self._meaning.key(f"{challenge.question}\n{challenge.view}")
        self._near = near

    def of(self, member: Member) -> Fit | None:
        """None where nothing connects them."""
        themes = [Fit(self._theme(typed), WhyAsked.THEME, typed) for typed in member.themes]
        offers = [Fit(self._offer(typed), WhyAsked.OFFER, typed) for typed in member.offers]
        best = [max(some, key=lambda fit: fit.worth) for some in (themes, offers) if some]
        ranked = sorted((fit for fit in best if fit.worth > 0), key=lambda fit: -fit.worth)
        if not ranked:
            return None
        worth = ranked[0].worth + sum(_ALSO * fit.worth for fit in ranked[1:])
        return Fit(worth, ranked[0].why, ranked[0].term)

    def _theme(self, typed: str) -> float:
        if any(theme.goes_by(typed) for theme in self._chosen):
            return _CHOSEN
        return max(_TOLD * self._share(typed, 1.0), _NEAR * self._near.get(typed, 0.0))

    def _offer(self, typed: str) -> float:
        return max(_OFFERED * self._share(typed, _SHARE), _NEAR * self._near.get(typed, 0.0))

    def _share(self, typed: str, least: float) -> float:
        """Of what was typed, the share that the question speaks of; 0 where that is less than the least."""
        key = self._meaning.key(typed)
        share = len(key & self._said) / len(key) if key else 0.0
        return share if share >= least else 0.0


def tags_of(members: Sequence[Member], most: int) -> tuple[str, ...]:
    """What a model may be asked about: their offers, then their themes."""
    offers = [offer for member in members for offer in member.offers]
    themes = [theme for member in members for theme in member.themes]
    return tuple(dict.fromkeys([*offers, *themes]))[:most]
