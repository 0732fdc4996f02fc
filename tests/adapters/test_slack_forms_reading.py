"""Forms as modals: what each field becomes, what comes back, and how a menu is searched."""

from collections.abc import Mapping
from datetime import date
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from adapters.slack.forms import (
    PickedUser,
    Uploaded,
    form_mentions,
    options_for,
    read_state,
    render_form,
    with_problem,
)
from bot.messages.elements import Choice
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormField,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.reading import read_form
from bot.messages.text import MentionOf, Plain
from bot.words import Languages
from tests.adapters.slack_reading import Block, mentions_of, submitted, types_of, words_of
from tests.emulators.slack_blocks import problems_of_view
from tests.gallery import SOMEBODY, Shown, every_field

DANISH = Languages.load().words("da", ZoneInfo("Europe/Copenhagen"))


def modal(*fields: FormField, title: str = "A form", problem: str = "") -> Block:
    return render_form(Form(title, "Save", Shown(7), fields), DANISH, "memory", {}, problem)


def blocks_of(view: Block) -> list[Block]:
    return cast(list[Block], view["blocks"])


def element_of(field: FormField) -> Mapping[str, object]:
    (block,) = blocks_of(modal(field))
    return cast(Mapping[str, object], block["element"])


def choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"v{number}", f"Choice {number}") for number in range(count))


def test_a_modal_knows_what_is_submitted() -> None:
    view = modal(TextField("name", "Name", required=True))
    assert (view["callback_id"], view["private_metadata"]) == ("gallery.1:7", "memory")
    assert words_of([view["title"], view["submit"], view["close"]]) == "A formSaveFortryd"
    assert blocks_of(view)[0]["block_id"] == "name"
    assert blocks_of(view)[0]["optional"] is False


def test_a_title_that_is_too_long_is_whole_in_the_form() -> None:
    view = modal(TextField("name", "Name"), title="A title that is longer than Slack takes")
    assert words_of(view["title"]) == "A title that is longer…"
    assert words_of(blocks_of(view)[0]) == "A title that is longer than Slack takes"


def test_the_introduction_mentions() -> None:
    form = Form("Title", "Save", Shown(1), (), (Plain("To "), MentionOf(SOMEBODY, "Anna")))
    assert form_mentions(form) == {SOMEBODY}
    assert mentions_of(render_form(form, DANISH, "", {SOMEBODY: "U7"})) == ["U7"]


@pytest.mark.parametrize(
    ("count", "multiple", "kind"),
    [
        (2, False, "radio_buttons"),
        (10, False, "radio_buttons"),
        (11, False, "static_select"),
        (100, False, "static_select"),
        (101, False, "external_select"),
        (10, True, "checkboxes"),
        (11, True, "multi_static_select"),
        (101, True, "multi_external_select"),
    ],
)
def test_choices_are_shown_as_their_number_asks_for(count: int, multiple: bool, kind: str) -> None:
    field = ChoiceField("what", "What", choices(count), value=("v1",), required=True, multiple=multiple)
    view = modal(field)
    element = cast(Mapping[str, object], blocks_of(view)[0]["element"])
    assert element["type"] == kind
    assert problems_of_view(view) == []
    assert read_state(submitted(view)) == {"what": ("v1",) if multiple else "v1"}


def test_a_choice_that_may_stay_open_can_be_taken_back() -> None:
    view = modal(ChoiceField("what", "What", choices(2), value=("v1",)))
    assert "Intet svar" in words_of(view["blocks"])
    back = {"what": {"selected_option": {"value": "(none)"}}}
    assert read_state(submitted(view, back)) == {"what": ""}


def test_a_choice_without_choices_is_said() -> None:
    blocks = blocks_of(modal(ChoiceField("what", "What", (), hint="Later")))
    assert types_of(blocks) == ["rich_text"]
    assert words_of(blocks) == "What\nDer er ikke noget at vælge imellem endnu.\nLater"


def test_a_hint_longer_than_slack_takes_stands_above_its_field() -> None:
    view = modal(TextField("name", "Name", hint="Some words of advice. " * 100))
    assert types_of(blocks_of(view)) == ["rich_text", "input"]
    assert words_of(view["blocks"]).count("advice") == 100


def test_a_hint_that_does_not_fit_beside_its_choice_stands_below() -> None:
    long = "A hint that explains so much that it does not fit beside the sign of its choice at all"
    view = modal(ChoiceField("what", "What", (Choice("a", "First", long), Choice("b", "Second")), required=True))
    assert types_of(blocks_of(view)) == ["input", "rich_text"]
    assert words_of(blocks_of(view)[1]) == f"First\n{long}"


def test_people_days_checks_and_files() -> None:
    assert element_of(MemberField("who", "Who"))["type"] == "users_select"
    assert element_of(DateField("day", "Day", value=date(2026, 3, 3)))["initial_date"] == "2026-03-03"
    assert element_of(FileField("file", "File", accepts=(".csv", ".txt")))["filetypes"] == ["csv", "txt"]
    checked = element_of(CheckField("sure", "Sure", value=True))
    assert checked["initial_options"] == checked["options"]


def test_a_list_is_a_line_an_entry_with_examples() -> None:
    field = ListField("needs", "Needs", value=("a room, on Mondays", "data"), suggestions=("premises", "money"))
    element = element_of(field)
    assert element["initial_value"] == "a room, on Mondays\ndata"
    assert words_of(element["placeholder"]) == "For eksempel: premises, money"
    assert "placeholder" not in element_of(ListField("x", "X", hint="premises ...", suggestions=("premises",)))


def test_a_list_longer_than_an_input_goes_on_in_the_next() -> None:
    entries = tuple(f"{number:02} {'word ' * 30}".strip() for number in range(40))
    field = ListField("needs", "Needs", value=entries, required=True, max_items=60, max_length=160)
    form = Form("Title", "Save", Shown(1), (field,))
    view = render_form(form, DANISH, "", {})
    assert [block["block_id"] for block in blocks_of(view)] == ["needs", "needs+2", "needs+3"]
    assert [block["optional"] for block in blocks_of(view)] == [False, True, True]
    raw = cast(dict[str, str], read_state(submitted(view)))
    assert read_form(form, raw) == ({"needs": entries}, {})
    assert problems_of_view(view) == []


def test_what_was_filled_in_is_read() -> None:
    view = modal(
        TextField("name", "Name"),
        MemberField("who", "Who"),
        DateField("day", "Day"),
        CheckField("sure", "Sure"),
        FileField("file", "File"),
        ChoiceField("some", "Some", choices(3), multiple=True),
    )
    typed: dict[str, dict[str, object]] = {
        "name": {"value": "Anna *Holm*"},
        "who": {"selected_user": "U7"},
        "day": {"selected_date": "2026-03-03"},
        "sure": {"selected_options": [{"text": {"type": "plain_text", "text": "Ja"}, "value": "on"}]},
        "file": {"files": [{"id": "F1"}]},
        "some": {"selected_options": [{"value": "v0"}, {"value": "v2"}]},
    }
    assert read_state(submitted(view, typed)) == {
        "name": "Anna *Holm*",
        "who": PickedUser("U7"),
        "day": "2026-03-03",
        "sure": ("on",),
        "file": Uploaded(("F1",)),
        "some": ("v0", "v2"),
    }


def test_a_state_that_is_not_one_has_nothing_in_it() -> None:
    assert read_state({}) == {}
    assert read_state({"state": {"values": {"name": {"other": {"value": "x"}}, "who": None}}}) == {}


def test_what_was_typed_is_kept_under_the_problem() -> None:
    view = submitted(render_form(every_field("Some words"), DANISH, "memory", {}), {
        "line": {"value": "typed"},
        "lines": {"value": None},
        "one": {"selected_option": {"value": "a", "text": {"type": "plain_text", "text": "Some words", "emoji": True}}},
        "some": {"selected_options": [{"value": "b", "text": {"type": "plain_text", "text": "somehow else"}}]},
        "who": {"selected_user": "U7"},
    })  # fmt: skip
    again = with_problem(view, "That name is taken.")
    assert problems_of_view(again) == []
    assert words_of(blocks_of(again)[0]) == "⚠️ That name is taken."
    state = read_state(submitted(again))
    assert (state["line"], state["lines"], state["one"]) == ("typed", "", "a")
    assert (state["some"], state["who"], state["day"]) == (("b",), PickedUser("U7"), "2026-03-22")
    assert again["callback_id"] == view["callback_id"]


def test_a_second_problem_takes_the_place_of_the_first() -> None:
    once = with_problem(submitted(modal(TextField("name", "Name"))), "First.")
    twice = with_problem(submitted(once, {"name": {"value": "kept"}}), "Second.")
    assert types_of(blocks_of(twice)) == ["rich_text", "input"]
    assert words_of(blocks_of(twice)[0]) == "⚠️ Second."
    assert read_state(submitted(twice)) == {"name": "kept"}


def test_a_form_can_open_with_a_problem() -> None:
    assert words_of(blocks_of(modal(TextField("name", "Name"), problem="Look here."))[0]) == "⚠️ Look here."


def test_what_no_modal_can_hold_fails_loudly() -> None:
    with pytest.raises(ValueError, match="can hold"):
        modal(*(CheckField(f"key{number}", "Check") for number in range(100)))
    with pytest.raises(ValueError, match="at most 3,000"):
        modal(TextField("text", "Text", value="x" * 3_001))
    with pytest.raises(ValueError, match="at most 3,000"):
        modal(ListField("list", "List", value=("x" * 3_001,)))
    with pytest.raises(ValueError, match="can hold"):
        render_form(Form("T", "S", Shown(1), ()), DANISH, "m" * 3_001, {})


NAMES = ("Ærø Kommune", "Aarhus Kommune", "Nørre Aaby", "Søren Åkjær", "André Café", "Bo Lind", "Rødovre", "Bornholm")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", list(NAMES)),
        ("bo", ["Bo Lind", "Bornholm"]),
        ("LIND", ["Bo Lind"]),
        ("aer", ["Ærø Kommune", "Søren Åkjær"]),
        ("ærø", ["Ærø Kommune"]),
        ("århus", ["Aarhus Kommune"]),
        ("aab", ["Nørre Aaby"]),
        ("nor", ["Nørre Aaby"]),
        ("noerre", ["Nørre Aaby"]),
        ("soren akjaer", ["Søren Åkjær"]),
        ("aakj", ["Søren Åkjær"]),
        ("andre cafe", ["André Café"]),
        ("komm", ["Ærø Kommune", "Aarhus Kommune"]),
        ("ovre", ["Rødovre"]),
        ("lind bo", ["Bo Lind"]),
        ("zzz", []),
    ],
)
def test_a_menu_is_searched_without_minding_capitals_and_accents(typed: str, found: list[str]) -> None:
    options = options_for([Choice(name, name) for name in NAMES], typed)
    assert [option["value"] for option in options] == found


def test_a_search_looks_into_hints_last_and_answers_with_a_hundred() -> None:
    people = [Choice("1", "Anna", "Bornholm"), Choice("2", "Bo"), *choices(150)]
    assert [option["value"] for option in options_for(people, "bo")] == ["2", "1"]
    assert len(options_for(people, "choice")) == 100
