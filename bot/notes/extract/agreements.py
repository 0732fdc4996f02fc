"""What was agreed: said so outright, or proposed by one and said yes to by another."""

import re
from collections.abc import Iterator, Sequence

from bot.notes.extract.cues import ASSENT, DECISION, DOUBT, PROPOSAL, UNDECIDED
from bot.notes.extract.sentences import Conversation, Sentence

# Words beside those that say that it is a decision, without which it only points at what was said before.
_FEWEST_STEMS = 2
# What follows those words where they say themselves what is agreed.
_SAYS_WHAT = re.compile(r"^\W*(?:om\s+)?(?:at|to|that)\s", re.IGNORECASE)
# Lines in which somebody says yes to a proposal, and back to what a bare "agreed" is about.
_SOON, _BACK = 2, 4
_FEWEST_PROPOSED, _FEWEST_OFFERED = 4, 3  # words; the latter of "What about Thursday?"


def agreements(talk: Conversation) -> list[tuple[Sentence, ...]]:
    """Each as the sentences that it rests on, the first of which says it. All that was said outright is there, "
    "however much."""
    found: list[tuple[Sentence, ...]] = []
    used: set[int] = set()
    for one in talk.sentences:
        said = _agreed(talk, one)
        if said and said[0].place not in used:
            found.append(said)
            used.update(part.place for part in said)
    return sorted(found, key=lambda said: said[0].place)


def is_decision(text: str) -> bool:
    """Whether it says outright that something is decided."""
    return DECISION.search(text) is not None and UNDECIDED.search(text) is None


def _agreed(talk: Conversation, one: Sentence) -> tuple[Sentence, ...]:
    if not one.asks and is_decision(one.text):
        if _says_what(talk, one.text):
            return (one,)
        own = talk.stems.content(DECISION.sub(" ", one.text, count=1))
        before = _before(talk, one)
        # "We agreed on Thursday." says it, whatever stands before it; "Agreed, Thursday then." points at what was proposed.
        if own and (before is None or not PROPOSAL.search(before.text) or set(own).isdisjoint(before.stems)):
            return (one,)
        return (before, one) if before is not None else (one,) if one.words >= _FEWEST_PROPOSED else ()
    if one.words >= _FEWEST_OFFERED and one.stems and PROPOSAL.search(one.text):
        yes = next(_yes(talk, one), None)
        return () if yes is None else (one, yes)
    return ()


def _says_what(talk: Conversation, text: str) -> bool:
    stems = len(talk.stems.content(DECISION.sub(" ", text, count=1)))
    cue = DECISION.search(text)
    return stems >= _FEWEST_STEMS or (stems > 0 and cue is not None and _SAYS_WHAT.match(text[cue.end() :]) is not None)


def _before(talk: Conversation, one: Sentence) -> Sentence | None:
    """What a sentence points at that says only that it is agreed: a proposal shortly before, or else what was just "
    "said."""
    near = [
        said
        for place in range(one.line, max(-1, one.line - _BACK - 1), -1)
        for said in reversed(talk.of_line[place])
        if said.place < one.place and said.words >= _FEWEST_PROPOSED and said.stems
    ]
    told = [said for said in near if not said.asks]
    return next((said for said in near if PROPOSAL.search(said.text)), told[0] if told else None)


def _yes(talk: Conversation, proposal: Sentence) -> Iterator[Sentence]:
    """Where another person says yes to it and nothing against it."""
    last: Sequence[Sentence] = talk.of_line[proposal.line]
    if last[-1].place > proposal.place + 1:
        return
    author, number = talk.author(proposal), talk.id(proposal)
    for place in range(proposal.line + 1, min(len(talk.lines), proposal.line + 1 + _SOON)):
        line = talk.lines[place]
        if line.author == author or line.reply_to not in {"", number, talk.lines[proposal.line].reply_to}:
            continue
        yield from (one for one in talk.of_line[place][:1] if ASSENT.match(one.text) and not DOUBT.search(line.text))
        if talk.of_line[place]:
            return
