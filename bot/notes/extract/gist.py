"""The gist in at most three sentences: what it is about, what came of it, and what is done next."""

from collections.abc import Mapping, Sequence

from bot.notes.casenote import LONGEST_SUMMARY, Statement
from bot.notes.extract.exchange import is_exchange, said_most
from bot.notes.extract.reporting import reported
from bot.notes.extract.retelling import alone, named, told
from bot.notes.extract.salience import same, standing_alone, varied
from bot.notes.extract.sentences import Conversation, Sentence

_TWO = 2
_ASKED = {"da": "{author} spørger: {text}", "en": "{author} asks: {text}"}


def gist(
    talk: Conversation,
    counts: Mapping[str, float],
    root: Sequence[Sentence],
    situation: Sequence[Sentence],
    agreed: Sequence[Sequence[Sentence]],
    taken: Sequence[Sentence],
) -> tuple[Statement, ...]:
    """The sentences in the order in which they were said, ``root`` among them: the question that it is all about. The
    longest there is where none says much."""
    decided = [said[0] for said in agreed]
    chosen = said_most(talk, counts) if is_exchange(talk) else _long(talk, counts, root, situation, decided, taken)
    if not chosen and talk.sentences:
        chosen = [max(talk.sentences, key=lambda one: (one.words, -one.place))]
    return tuple(Statement(retold(talk, one), (talk.id(one),)) for one in chosen)


def retold(talk: Conversation, one: Sentence) -> str:
    """The sentence with the one who said it, since the gist stands alone."""
    author, text = talk.author(one), alone(one.text)
    if author and len(talk.authors) == _TWO:
        other = next(name for name in talk.authors if name != author)
        return reported(text, author, other, talk.language, asks=one.asks)
    if one.asks and author:
        return _ASKED[talk.language].format(author=author, text=text)
    shown = told(text, author, talk.language)
    return shown if author in shown else named(shown, author)


def _long(
    talk: Conversation,
    counts: Mapping[str, float],
    root: Sequence[Sentence],
    situation: Sequence[Sentence],
    agreed: Sequence[Sentence],
    taken: Sequence[Sentence],
) -> list[Sentence]:
    """The best of the situation, of what was agreed and of what somebody does; what is missing of these from all "
    "that was said."""
    chosen: list[Sentence] = list(root)
    stated = [one for one in talk.sentences if not one.asks]
    for kind in (situation[:1], agreed, taken, stated):
        ranked = [(standing_alone(one, counts), one) for one in kind if not any(same(one, other) for other in chosen)]
        chosen.extend(varied(ranked, LONGEST_SUMMARY - len(chosen) if kind is stated else 1))
    return sorted(chosen[:LONGEST_SUMMARY], key=lambda one: one.place)
