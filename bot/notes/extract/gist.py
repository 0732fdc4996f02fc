"""The gist in at most three sentences: what it is about, what came of it, and what is done next."""

from collections.abc import Mapping, Sequence

from bot.notes.casenote import LONGEST_SUMMARY, Statement
from bot.notes.extract.retelling import named, told
from bot.notes.extract.salience import salience, same, varied
from bot.notes.extract.sentences import Conversation, Sentence

# Up to so many lines it is a short exchange, told by what was said; a longer one by what came of it.
_SHORT_TALK = 30
_SHORT_WORDS = 40
_ASKED = {"da": "{author} spørger: {text}", "en": "{author} asks: {text}"}


def gist(
    talk: Conversation,
    counts: Mapping[str, float],
    situation: Sequence[Sentence],
    agreed: Sequence[Sequence[Sentence]],
    taken: Sequence[Sentence],
) -> tuple[Statement, ...]:
    """The sentences in the order in which they were said; the longest there is where none says much."""
    if len(talk.lines) <= _SHORT_TALK:
        chosen = _short(talk, counts)
    else:
        chosen = _long(talk, counts, situation, [said[0] for said in agreed], taken)
    if not chosen and talk.sentences:
        chosen = [max(talk.sentences, key=lambda one: (one.words, -one.place))]
    return tuple(Statement(retold(talk, one), (talk.id(one),)) for one in chosen)


def retold(talk: Conversation, one: Sentence) -> str:
    """The sentence with the one who said it, since the gist stands alone."""
    author = talk.author(one)
    if one.asks and author:
        return _ASKED[talk.language].format(author=author, text=one.text)
    shown = told(one.text, author, talk.language)
    return shown if author in shown else named(shown, author)


def _short(talk: Conversation, counts: Mapping[str, float]) -> list[Sentence]:
    """What is asked for at the beginning, and what most of the talk is about."""
    last = max(1, len(talk.sentences) - 1)
    ranked = [
        (salience(one, counts) * (1.5 - one.place / last) * (1.2 if not one.asks else 1.0), one)
        for one in talk.sentences
    ]
    chosen: list[Sentence] = []
    words = 0
    for one in sorted(
        varied(ranked, len(ranked)), key=lambda it: -next(score for score, other in ranked if other is it)
    ):
        if len(chosen) == LONGEST_SUMMARY or (chosen and words + one.words > _SHORT_WORDS):
            break
        chosen.append(one)
        words += one.words
    return sorted(chosen, key=lambda one: one.place)


def _long(
    talk: Conversation,
    counts: Mapping[str, float],
    situation: Sequence[Sentence],
    agreed: Sequence[Sentence],
    taken: Sequence[Sentence],
) -> list[Sentence]:
    """The best of the situation, of what was agreed and of what somebody does; what is missing of these from all "
    "that was said."""
    chosen: list[Sentence] = []
    for kind in (situation, agreed, taken, talk.sentences):
        ranked = [(salience(one, counts), one) for one in kind if not any(same(one, other) for other in chosen)]
        chosen.extend(varied(ranked, LONGEST_SUMMARY - len(chosen) if kind is talk.sentences else 1))
    return sorted(chosen[:LONGEST_SUMMARY], key=lambda one: one.place)
