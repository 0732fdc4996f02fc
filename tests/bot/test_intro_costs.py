"""What an organiser reads of what their wishes cost: few words beside a lock, one line for all together."""

from zoneinfo import ZoneInfo

import pytest

from bot.introductions.costs import cost_told
from bot.matching.domain import Loss, WishCost, WishKind
from bot.members.domain import Consent, Role
from bot.words import Languages
from tests.introductions_talk import Academy, Answer, a_member, selects_of

LANGUAGES = Languages.load()
ENGLISH = LANGUAGES.words("en", ZoneInfo("Europe/Copenhagen"))
DANISH = LANGUAGES.words("da", ZoneInfo("Europe/Copenhagen"))


def cost(loss: Loss, amount: int = 0, share: float = 0.0, *, exact: bool = True) -> WishCost:
    return WishCost(WishKind.LOCKED, ("a", "b"), loss, amount, share, exact)


@pytest.mark.parametrize(
    ("told", "english", "danish"),
    [
        (cost(Loss.NOTHING), "", ""),
        (cost(Loss.WORTH, share=0.034), "costs the round 3 %", "koster runden 3 %"),
        (cost(Loss.WORTH, share=0.034, exact=False), "costs the round about 3 %", "koster runden cirka 3 %"),
        (cost(Loss.WORTH, share=0.004), "costs the round less than 1 %", "koster runden under 1 %"),
        (cost(Loss.LEFT_OUT, 1), "leaves 1 more without a partner", "efterlader 1 mere uden makker"),
        (cost(Loss.LEFT_OUT, 2), "leaves 2 more without a partner", "efterlader 2 flere uden makker"),
        (cost(Loss.WAITING, 1), "lets somebody wait again", "lader nogen vente igen"),
        (cost(Loss.TRIOS, 2), "makes 2 more groups of three", "giver 2 flere grupper på tre"),
        (
            cost(Loss.TWINS, 1),
            "puts two from one sector together in a group of three",
            "sætter to fra samme sektor i en gruppe på tre",
        ),
        (cost(Loss.REPEATS, 1), "1 more pair meets again", "1 par mere mødes igen"),
        (cost(Loss.SOONER, 4), "lets a pair meet again sooner", "lader et par mødes igen tidligere"),
        (cost(Loss.AGAIN, 2), "2 more pairs have met before", "2 flere par har mødt hinanden før"),
    ],
)  # fmt: skip
def test_a_cost_in_words(told: WishCost, english: str, danish: str) -> None:
    assert cost_told(told, ENGLISH) == english
    assert cost_told(told, DANISH) == danish


async def an_academy() -> Academy:
    """Anna needs what Bo offers, and Carl what Dorte offers; Eva and Finn have nothing to say."""
    academy = await Academy.begin()
    rows = [
        ("Olga Hansen", "Akademiet", "research", {"role": Role.ORGANISER, "consent": Consent.NEVER}),
        ("Anna Holm", "Kommunen", "municipality", {"needs": "premises"}),
        ("Bo Lind", "Hallen", "business", {"offers": "premises"}),
        ("Carl Juhl", "Foreningen", "civil_society", {"needs": "volunteers"}),
        ("Dorte Friis", "Fonden", "foundation", {"offers": "volunteers"}),
    ]
    for name, house, sector, more in rows:
        await academy.joins(a_member(name, house, sector, **more))
    return academy


async def _changes(academy: Academy, shown: Answer, what: str, one: str, other: str) -> Answer:
    opened = await academy["Olga"].presses(shown.buttons["Put together, keep apart, swap …"])
    chosen = {"one": str(academy.ids[one]), "other": str(academy.ids[other])}
    return await academy["Olga"].fills(opened.form, what=(what,), **chosen)


async def test_what_a_lock_costs_stands_beside_it_until_it_is_let_go() -> None:
    academy = await an_academy()
    olga = academy["Olga"]
    drawn = await olga.types("/match round")
    assert "costs" not in drawn.text
    together = await _changes(academy, drawn, "together", "Anna", "Carl")
    assert together.text.count("costs the round") == 1
    assert "[locked] costs the round " in together.text
    assert "together:" not in together.text
    locked = next(one for one in selects_of(together.card)[0].choices if "Anna" in one.label)
    free = await olga.chooses(selects_of(together.card)[0], locked.value)
    assert "costs" not in free.text
    again = await olga.presses(free.buttons["Draw again"])
    assert "costs" not in again.text


async def test_who_is_kept_apart_is_named_with_what_it_costs() -> None:
    academy = await an_academy()
    drawn = await academy["Olga"].types("/match round")
    apart = await _changes(academy, drawn, "apart", "Anna", "Bo")
    assert (
        "Kept apart: Anna Holm and Bo Lind (costs the round " in apart.text or "Bo Lind and Anna Holm (" in apart.text
    )
    both = await _changes(academy, apart, "apart", "Bo", "Carl")
    assert both.text.count("Kept apart: ") == 2
    assert "All that you have asked for, together: costs the round " in both.text
    for one, other in (("Anna", "Dorte"), ("Bo", "Dorte")):
        both = await _changes(academy, both, "apart", one, other)
    assert both.text.count("Kept apart: ") == 3
    assert "And 1 pair more." in both.text


async def test_a_swap_costs_one_line() -> None:
    academy = await an_academy()
    drawn = await academy["Olga"].types("/match round")
    swapped = await _changes(academy, drawn, "swap", "Anna", "Carl")
    assert swapped.text.count("[locked]") == 2
    assert swapped.text.count("costs the round") == 1
    assert "All that you have asked for, together: costs the round " in swapped.text
