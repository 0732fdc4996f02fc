"""What holds for every round, whatever academy, history and wishes there are."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.domain import Candidate, Loss, Meeting, Plan, Weights, Wishes
from bot.matching.meaning import WordMeaning
from bot.matching.plan import plan
from bot.matching.rules import LockRefused, folded

MEANING = WordMeaning.load()
TAGS = st.lists(
    st.sampled_from(["lokaler", "premises", "data", "ældre", "Ensomhed", "", "🌉", "frivillige "]), max_size=3
)


@st.composite
def academies(draw: st.DrawFn, most: int = 30) -> tuple[list[Candidate], list[Meeting], Wishes]:
    count = draw(st.integers(0, most))
    people = [
        Candidate(
            f"m{place}",
            draw(st.sampled_from(["", "A", "a ", "B", "C", "D", "E", "F", "G"])),
            draw(st.sampled_from(["kommune", "Kommune", "fond", "forening", ""])),
            tuple(draw(TAGS)),
            tuple(draw(TAGS)),
            tuple(draw(TAGS)),
            frozenset(draw(st.sets(st.sampled_from(["da", "en", "kl"]), max_size=2))),
            draw(st.integers(0, 3)),
        )
        for place in range(count)
    ]
    pairs = list(combinations([one.id for one in people], 2)) or [("x", "y")]
    met = draw(st.lists(st.tuples(st.sampled_from(pairs), st.integers(1, 15), st.booleans()), max_size=40))
    apart = draw(st.sets(st.sampled_from(pairs), max_size=10))
    locked = draw(st.lists(st.sampled_from(pairs), max_size=2))
    forbidden = draw(st.sets(st.sampled_from(pairs), max_size=3))
    return (
        people,
        [Meeting(pair, ago, happened) for pair, ago, happened in met],
        Wishes(*(frozenset(map(frozenset, groups)) for groups in (apart, locked, forbidden))),
    )


def assert_rules(people: list[Candidate], wishes: Wishes, made: Plan) -> None:
    known = {one.id: one for one in people}
    grouped = [member for group in made.groups for member in group.members]
    assert sorted([*grouped, *(left.id for left in made.left_out)]) == sorted(known)
    for group in made.groups:
        members = [known[member] for member in group.members]
        assert len(members) in {2, 3}
        assert len({folded(one.sector) or one.id for one in members}) > 1
        for one, other in combinations(members, 2):
            assert folded(one.organisation) != folded(other.organisation) or not folded(one.organisation)
            assert frozenset((one.id, other.id)) not in wishes.apart | wishes.forbidden
        spoken = [one.languages for one in members if one.languages]
        assert not spoken or frozenset.intersection(*spoken)
        for reason in group.reasons:
            assert {reason.giver, reason.receiver} <= set(group.members)
    assert made.score <= made.bound + 1e-9
    for cost in made.costs:
        assert (cost.loss is Loss.WORTH) == (0 < cost.share <= 1)
        assert (cost.amount > 0) == (cost.loss not in {Loss.NOTHING, Loss.WORTH})
        assert not cost.members or frozenset(cost.members) in wishes.locked | wishes.forbidden
    assert made.optimal <= (abs(made.score - made.bound) < 1e-9)


@settings(max_examples=15, deadline=None)
@given(academies(), st.integers(0, 2**70), st.sampled_from([2, 3]))
def test_rules_hold_and_the_order_of_the_input_changes_nothing(
    academy: tuple[list[Candidate], list[Meeting], Wishes], seed: int, size: int
) -> None:
    people, history, wishes = academy
    try:
        made = plan(people, history, seed=seed, wishes=wishes, size=size, meaning=MEANING)
    except LockRefused:
        wishes = replace(wishes, locked=frozenset())
        made = plan(people, history, seed=seed, wishes=wishes, size=size, meaning=MEANING)
    assert_rules(people, wishes, made)
    again = plan(people[::-1], history[::-1], seed=seed, wishes=wishes, size=size, meaning=MEANING)
    assert again == made


@settings(max_examples=10, deadline=None)
@given(academies(), st.floats(0, 1000), st.floats(0, 1000), st.integers(0, 200))
def test_rules_hold_with_any_weights(
    academy: tuple[list[Candidate], list[Meeting], Wishes], first: float, second: float, window: int
) -> None:
    people, history, wishes = academy
    wishes = Wishes(wishes.apart)
    weights = Weights(need_offer=first, novelty=second, window=window)
    assert_rules(people, wishes, plan(people, history, seed=1, wishes=wishes, weights=weights, meaning=MEANING))
