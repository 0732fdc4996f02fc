"""Forms as modals: which input each field becomes, what stands where, and how what came back is understood."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from adapters.discord.forms import (
    PickedUser,
    RawValue,
    Typed,
    Uploaded,
    form_mentions,
    read_modal,
    render_modal,
    settled,
    steps_of,
)
from adapters.discord.inputs import Kept
from bot.identity import MemberId
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
from bot.messages.text import MentionOf, plain
from bot.words import Languages
from tests.adapters.discord_reading import problems_of_modal
from tests.adapters.test_discord_forms_any import submitted
from tests.gallery import Shown

ENGLISH = Languages.load().words("en", ZoneInfo("Europe/Copenhagen"))
ANNA = MemberId(UUID(int=1))
MONDAY = date(2026, 3, 2)
TOWNS = ("Aarhus", "Billund", "Esbjerg", "Faaborg", "Odense", "Randers", "Ribe", "Skive", "Varde", "Vejle")


def form_of(*fields: FormField, title: str = "A form", intro: str = "") -> Form:
    return Form(title, "Save", Shown(1), fields, plain(intro) if intro else ())


def modal_of(form: Form, step: int = 0, **more: Any) -> Mapping[str, Any]:
    modal = render_modal(
        form, step, "abcde", ENGLISH, more.get("people", {}), more.get("kept", {}), more.get("problems")
    )
    assert problems_of_modal(modal) == []
    return cast(Mapping[str, Any], modal.to_dict())


def labels_of(*fields: FormField, **more: Any) -> list[Mapping[str, Any]]:
    return [one for one in modal_of(form_of(*fields), **more)["components"] if one["type"] == 18]


def input_of(field: FormField, **more: Any) -> Mapping[str, Any]:
    (label,) = labels_of(field, **more)
    return cast(Mapping[str, Any], label["component"])


def choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(f"v{number}", f"{TOWNS[number % len(TOWNS)]} {number}") for number in range(count))


def in_order(count: int) -> tuple[Choice, ...]:
    return tuple(sorted(choices(count), key=lambda choice: choice.label))


TEXT, SELECT, USERS, FILES, RADIO, BOXES, BOX = 4, 3, 5, 19, 21, 22, 23


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (TextField("k", "A line"), TEXT),
        (ListField("k", "Entries"), TEXT),
        (DateField("k", "A day"), TEXT),
        (MemberField("k", "Who"), USERS),
        (FileField("k", "A file"), FILES),
        (CheckField("k", "Sure"), BOX),
        (ChoiceField("k", "One", choices(1), required=True), SELECT),
        (ChoiceField("k", "One", choices(2), required=True), RADIO),
        (ChoiceField("k", "One", choices(9)), RADIO),
        (ChoiceField("k", "One", choices(10), required=True), RADIO),
        (ChoiceField("k", "One", choices(10)), SELECT),
        (ChoiceField("k", "One", choices(25), required=True), SELECT),
        (ChoiceField("k", "One", (Choice("a", "a" * 61), Choice("b", "b")), required=True), SELECT),
        (ChoiceField("k", "Some", choices(1), multiple=True), BOXES),
        (ChoiceField("k", "Some", choices(10), multiple=True), BOXES),
        (ChoiceField("k", "Some", choices(11), multiple=True), SELECT),
        (ChoiceField("k", "One", choices(101)), TEXT),
    ],
)
def test_each_field_is_the_input_that_suits_it(field: FormField, kind: int) -> None:
    assert input_of(field)["type"] == kind


def test_a_question_that_may_stay_open_can_be_left_open_again() -> None:
    radio = input_of(ChoiceField("k", "One", choices(2), value=("v1",)))
    assert [option["label"] for option in radio["options"]] == ["Aarhus 0", "Billund 1", "No answer"]
    (sent,) = [submitted(modal_of(form_of(ChoiceField("k", "One", choices(2), value=("v1",)))), {"k": "(none)"})]
    assert read_modal(sent) == {"k": ""}


def test_more_choices_than_a_menu_holds_are_several_menus_that_say_what_is_in_them() -> None:
    labels = labels_of(ChoiceField("k", "Town", in_order(60), hint="Where it is", value=("v0",)))
    assert [label["label"] for label in labels] == ["Town A–F", "Town F–R", "Town R–V"]
    assert [label.get("description") for label in labels] == ["Where it is", None, None]
    assert sum(len(label["component"]["options"]) for label in labels) == 60


def test_menus_in_no_order_are_numbered() -> None:
    labels = labels_of(ChoiceField("k", "Town", choices(60)))
    assert [label["label"] for label in labels] == ["Town 1–20", "Town 21–40", "Town 41–60"]


def test_choosing_in_several_menus_is_all_of_it_where_several_are_asked() -> None:
    body = submitted(modal_of(form_of(ChoiceField("k", "Town", choices(60), value=("v0", "v59"), multiple=True))))
    assert read_modal(body) == {"k": ("v0", "v59")}


def test_of_two_new_choices_the_core_is_told_both() -> None:
    parts = [{"type": 3, "custom_id": key, "values": [value]} for key, value in (("k", "v1"), ("k+2", "v30"))]
    assert read_modal({"components": [{"type": 18, "component": part} for part in parts]}) == {"k": ("v1", "v30")}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("odense 4", ("v4",)),
        ("  AARHUS   0 ", ("v0",)),
        ("v12", ("v12",)),
        ("aarhus 100\nVarde 8", ("v100", "v8")),
        ("aarhus 100, varde 8", ("v100", "v8")),
        ("ribe 106", ("v106",)),
        ("ribe", ("ribe",)),
        ("København", ("København",)),
        ("København, ribe 106", ("København", "v106")),
        ("", ()),
        ("\n  \n", ()),
    ],
)
def test_of_very_many_choices_the_names_are_typed(typed: str, meant: tuple[str, ...]) -> None:
    form = form_of(ChoiceField("k", "Town", choices(110), multiple=True))
    assert settled(form, {"k": Typed(typed)}) == {"k": meant}


def test_a_single_name_is_one_name_whatever_signs_are_in_it() -> None:
    form = form_of(ChoiceField("k", "Town", (*choices(110), Choice("x", "Here, there"))))
    assert settled(form, {"k": Typed("here, there")}) == {"k": ("x",)}
    assert settled(form, {"k": Typed("odense 4, ribe 6")}) == {"k": ("odense 4, ribe 6",)}
    assert settled(form_of(), {"gone": Typed("x")}) == {"gone": "x"}


def test_typed_names_that_mean_nothing_stand_there_again() -> None:
    field = ChoiceField("k", "Town", choices(110), multiple=True, value=("v1",))
    assert input_of(field)["value"] == "Billund 1"
    assert input_of(field, kept={"k": ("v4", "København")})["value"] == "Odense 4\nKøbenhavn"
    assert input_of(field)["placeholder"] == "Aarhus 0, Billund 1, Esbjerg 2"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-03-22", "2026-03-22"),
        (" 22.3.2026 ", "2026-03-22"),
        ("22/3-2026", "2026-03-22"),
        ("22/03 2026", "2026-03-22"),
        ("2026/3/22", "2026-03-22"),
        ("1. marts 2027", "2027-03-01"),
        ("friday", "2026-03-06"),
        ("31.2.2026", "31.2.2026"),
        ("some day", "some day"),
        ("", ""),
    ],
)
def test_a_day_may_be_typed_in_many_ways(typed: str, read: str) -> None:
    assert settled(form_of(DateField("d", "Day")), {"d": typed}, MONDAY) == {"d": read}


def test_without_today_a_day_in_words_stays_as_it_is() -> None:
    assert settled(form_of(DateField("d", "Day")), {"d": "friday"}) == {"d": "friday"}


def test_a_day_has_an_example() -> None:
    day = input_of(DateField("d", "Day", value=MONDAY))
    assert (day["value"], day["placeholder"]) == ("2026-03-02", "For example 2026-03-03, or: 1 March")


def test_a_form_goes_on_in_the_next_step() -> None:
    form = form_of(*(TextField(f"f{number}", f"Field {number}") for number in range(9)), intro="Short is best.")
    assert [len(fields) for fields in steps_of(form)] == [4, 5]
    first, second = modal_of(form), modal_of(form, 1)
    assert (first["title"], second["title"]) == ("A form (1/2)", "A form (2/2)")
    assert [one["type"] for one in first["components"]] == [10, 18, 18, 18, 18]
    assert [one["type"] for one in second["components"]] == [18] * 5


def test_what_does_not_fit_beside_an_input_stands_above() -> None:
    long = "How often may I write to you about new members who look for what you have?"
    body = modal_of(form_of(TextField("a", long, hint="Once a week is usual."), title="T" * 60))
    assert body["components"][0]["content"] == f"**{'T' * 60}**\n\n**{long}**\nOnce a week is usual."
    assert body["title"] == f"{'T' * 44}…"
    assert body["components"][1]["label"] == "How often may I write to you about new…"


def test_choices_whose_words_are_cut_stand_above_in_full() -> None:
    some = ChoiceField("k", "Which", (Choice("a", "a" * 120), Choice("b", "B", "h" * 120)), multiple=True)
    above, label = modal_of(form_of(some))["components"]
    assert above["content"] == f"**Which**\n**{'a' * 120}**\n**B**: {'h' * 120}"
    assert len(label["component"]["options"][0]["label"]) <= 100


def test_nothing_to_choose_is_said() -> None:
    (said,) = modal_of(form_of(ChoiceField("k", "Town", (), hint="Where?")))["components"]
    assert said["content"] == "**Town**\nWhere?\nThere is nothing to choose from yet."


def test_a_form_of_nothing_still_opens() -> None:
    (said,) = modal_of(form_of(title="Hello"))["components"]
    assert said["content"] == "**Hello**"


def test_what_was_typed_before_stands_there_and_not_the_forms_own() -> None:
    kept: Mapping[str, Kept] = {
        "line": "typed",
        "items": "one\ntwo",
        "sure": "on",
        "day": "friday",
        "who": "",
        "one": "v1",
    }
    fields = (
        TextField("line", "Line", value="own"),
        ListField("items", "Items", value=("own",)),
        CheckField("sure", "Sure"),
        DateField("day", "Day", value=MONDAY),
        ChoiceField("one", "One", choices(2), value=("v0",), required=True),
    )
    line, items, sure, day, one = (label["component"] for label in labels_of(*fields, kept=kept))
    assert (line["value"], items["value"], sure["default"], day["value"]) == ("typed", "one\ntwo", True, "friday")
    assert [option["default"] for option in one["options"]] == [False, True]


@pytest.mark.parametrize(
    ("kept", "shown"),
    [(str(ANNA), ["100000000000000007"]), ("200000000000000001", ["200000000000000001"]), ("", []), ("gone", [])],
)
def test_a_member_who_was_chosen_is_shown_again(kept: str, shown: list[str]) -> None:
    users = input_of(MemberField("who", "Who"), kept={"who": kept}, people={ANNA: "100000000000000007"})
    assert [str(one["id"]) for one in users.get("default_values", [])] == shown


def test_in_a_direct_conversation_a_person_is_asked_for_by_name() -> None:
    form = form_of(MemberField("who", "Who", required=True))
    modal = render_modal(form, 0, "abcde", ENGLISH, {}, {"who": "Anna Holm"}, direct=True)
    assert problems_of_modal(modal) == []
    assert read_modal(submitted(modal.to_dict())) == {"who": "Anna Holm"}
    picked = render_modal(form, 0, "abcde", ENGLISH, {}, {"who": "100000000000000007"}, direct=True)
    assert read_modal(submitted(picked.to_dict())) == {"who": ""}


def test_a_file_that_was_sent_with_an_earlier_step_need_not_be_sent_again() -> None:
    field = FileField("file", "Roster", required=True, accepts=(".csv", ".txt"))
    (label,) = labels_of(field)
    assert (label["description"], label["component"]["required"]) == (".csv, .txt", True)
    (again,) = labels_of(field, kept={"file": ("@file", "roster.csv", "https://cdn.example/1")})
    assert (again["description"], again["component"]["required"]) == ("roster.csv", False)


def test_a_problem_stands_below_its_label() -> None:
    (label,) = labels_of(TextField("a", "Name", hint="Your own"), problems={"a": "Please fill this in."})
    assert label["description"] == "⚠️ Please fill this in."


def test_entries_that_one_input_does_not_take_go_on_in_the_next() -> None:
    entries = tuple(f"{'x' * 490}{number}" for number in range(12))
    form = form_of(ListField("k", "Entries", value=entries, required=True, suggestions=("a", "b")))
    inputs = [label["component"] for label in modal_of(form)["components"]]
    assert [(one["custom_id"], one["required"]) for one in inputs] == [("k", True), ("k+2", False)]
    assert [one.get("placeholder") for one in inputs] == ["For example: a, b", None]
    assert read_modal(submitted(modal_of(form))) == {"k": "\n".join(entries)}


def test_what_no_modal_can_hold_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="more than a modal"):
        modal_of(form_of(intro="word " * 1_000))
    with pytest.raises(ValueError, match="more than a text input"):
        modal_of(form_of(TextField("k", "Text", value="x" * 4_001)))


def test_every_kind_of_input_is_read() -> None:
    parts: list[Mapping[str, object]] = [
        {"type": 4, "custom_id": "line", "value": "words"},
        {"type": 4, "custom_id": "blank", "value": None},
        {"type": 4, "custom_id": "town?", "value": "Odense"},
        {"type": 3, "custom_id": "one", "values": ["a"]},
        {"type": 22, "custom_id": "some", "values": ["a", "b"]},
        {"type": 21, "custom_id": "radio", "value": "a"},
        {"type": 21, "custom_id": "none", "value": None},
        {"type": 23, "custom_id": "sure", "value": True},
        {"type": 23, "custom_id": "unsure", "value": False},
        {"type": 5, "custom_id": "who", "values": ["42"]},
        {"type": 5, "custom_id": "nobody", "values": []},
        {"type": 19, "custom_id": "file", "values": ["77"]},
        {"type": 99, "custom_id": "new", "value": "from another year"},
        {"type": 3, "custom_id": "odd", "values": "odd"},
    ]
    data = {"components": [{"type": 10, "id": 1}, "odd", *({"type": 18, "component": part} for part in parts)]}
    expected: dict[str, RawValue] = {
        "line": "words",
        "blank": "",
        "town": Typed("Odense"),
        "one": ("a",),
        "some": ("a", "b"),
        "radio": "a",
        "none": "",
        "sure": "on",
        "unsure": "",
        "who": PickedUser("42"),
        "nobody": "",
        "file": Uploaded(("77",)),
        "odd": (),
    }
    assert read_modal(data) == expected
    assert read_modal({}) == {}
    assert read_modal({"components": "odd"}) == {}


def test_inputs_in_rows_are_read_as_well() -> None:
    row = {"type": 1, "components": [{"type": 4, "custom_id": "line", "value": "words"}]}
    assert read_modal({"components": [row]}) == {"line": "words"}


def test_who_is_mentioned_in_an_intro_can_be_looked_up_before() -> None:
    form = Form("A form", "Save", Shown(1), (), (MentionOf(ANNA, "Anna"),))
    assert form_mentions(form) == {ANNA}
    assert modal_of(form, people={ANNA: "42"})["components"][0]["content"] == "<@42>"
