"""Which notes are looked at for a question: whatever the notes, no better one is left out than it is told."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bank.choosing import Choice, Chooser, steps
from bot.bank.ranking import Asked, Form, Ranked, Weighty, ranked, stored_terms, weighty
from bot.bank.repository import Candidate
from bot.bank.weighing import HEAVIEST, tokens_of
from bot.identity import NoteId, new_id
from tests.bank_notes import NOW

TERMS = ("ud", "ude", "by", "byg", "ro", "~peace")
ASKED = (
    Asked("ud", (Form("ud", 1.0), Form("ude", 0.7))),
    Asked("byg", (Form("by", 0.5), Form("byg", 1.0))),
    Asked("ro", (Form("ro", 1.0), Form("~peace", 0.6))),
    Asked("intet", ()),
)
notes = st.lists(st.dictionaries(st.sampled_from(TERMS), st.integers(1, HEAVIEST)), min_size=1, max_size=60)


def chosen(choice: Choice, terms: Mapping[str, int]) -> bool:
    tokens = set(tokens_of(terms))
    return any(all(tokens & set(group) for group in way) for way in choice.ways)


def worth(terms: Mapping[str, int], words: list[Weighty]) -> Ranked:
    return ranked([Candidate(NoteId(new_id()), stored_terms(terms), 0, NOW)], words)[0]


@given(notes, st.lists(st.sampled_from(ASKED), min_size=1, max_size=6), st.floats(0, 80), st.floats(0, 5))
@settings(max_examples=30)
def test_what_is_left_out_is_worth_no_more_than_is_told(
    every: list[dict[str, int]], asked: list[Asked], most: float, least: float
) -> None:
    known = {term: count for term in TERMS if (count := sum(term in terms for terms in every))}
    words = weighty(asked, {"": len(every), **known})
    if not any(one.forms for one in words):
        return
    choice = Chooser(words, {"": len(every), **known}).choose(most, least)
    for terms in every:
        if not chosen(choice, terms):
            assert worth(terms, words).score <= choice.left + 1e-6
    everything = Chooser(words, {"": len(every), **known}).choose(1_000_000)
    assert everything.left == 0.0
    assert all(chosen(everything, terms) == (worth(terms, words).score > 0) for terms in every)


def test_a_rare_form_is_not_looked_for_together_with_a_common_one() -> None:
    word = Weighty((("patienttransport", 6.8), ("transport", 0.6), ("patient", 0.5), ("~transport", 0.4)))
    found = steps(word, {"patienttransport": 20, "transport": 9_000, "patient": 9_000, "~transport": 9_000}, 5)
    assert len(found) == 5
    assert {token.rpartition(".")[2] for token in found[0].tokens} == {"patienttransport"}
    assert set(found[-1].tokens) == {"patienttransport", "transport", "patient", "~transport"}
