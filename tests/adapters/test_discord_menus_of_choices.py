"""The options of a menu in a card: what does not fit on the label goes on below it, and nothing else does."""

from adapters.discord.controls import options_of
from bot.messages.elements import Choice


def test_a_label_that_is_too_long_goes_on_below() -> None:
    (option,) = options_of([Choice("1", f"{'Anna ' * 19}Lund · Bo Testesen")])
    assert option.label.endswith("…")
    assert (option.label.removesuffix("…") + option.hint.removeprefix("…")).replace(" ", "").endswith("Lund·BoTestesen")


def test_a_label_that_was_short_from_the_start_has_nothing_below_it() -> None:
    (option,) = options_of([Choice("1", "Anna Holm · Medlem Meget-Langt-Efternavn…")])
    assert (option.label, option.hint) == ("Anna Holm · Medlem Meget-Langt-Efternavn…", "")
    (option,) = options_of([Choice("1", "Anna Holm", "Rødovre Kommune")])
    assert option.hint == "Rødovre Kommune"
