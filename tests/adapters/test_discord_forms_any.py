"""Whatever a form asks: its modals keep Discord's limits, lose no word, and reading them back gives what stood in them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from adapters.discord import limits
from adapters.discord.forms import (
    PickedUser,
    RawValue,
    Typed,
    Uploaded,
    read_modal,
    render_modal,
    settled,
    steps_of,
)
from adapters.discord.ids import CustomId, Kind, read_id
from adapters.discord.inputs import Kept
from adapters.discord.text import letters, written
from bot.messages.actions import encode_action
from bot.messages.elements import Choice
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormField,
    FormInput,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.reading import read_form
from bot.words import Languages
from tests.adapters.discord_reading import objects, problems_of_modal, words_of
from tests.adapters.slack_made_up import forms
from tests.adapters.test_discord_render_any import bare
from tests.gallery import Shown, words_of_form

DANISH = Languages.load().words("da", ZoneInfo("Europe/Copenhagen"))
MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
Body = Mapping[str, Any]


def bodies_of(form: Form, kept: Mapping[str, Kept] | None = None) -> list[Body]:
    """The modals of a form as they go over the wire, each without a fault."""
    assume(letters(written(form.intro, {})) < limits.MODAL_TEXT // 2)
    modals = [render_modal(form, step, "abcde", DANISH, {}, kept or {}) for step in range(len(steps_of(form)))]
    assert [problem for modal in modals for problem in problems_of_modal(modal)] == []
    return [modal.to_dict() for modal in modals]


@MANY
@given(forms)
def test_every_step_keeps_the_limits_and_no_word_is_lost(form: Form) -> None:
    bodies = bodies_of(form)
    for step, body in enumerate(bodies):
        assert 0 < len(body["components"]) <= limits.MODAL_ITEMS
        assert read_id(body["custom_id"]) == CustomId(Kind.FORM, step, "abcde", encode_action(form.action))
    seen = bare(words_of(bodies))
    hidden = {text for choice in typed_choices(form) for text in (choice.label, choice.hint)} | {form.submit}
    expected = set(words_of_form(form)) - hidden
    assert [text for text in expected if bare(text) not in seen] == []


@MANY
@given(forms)
def test_every_field_is_asked_once_and_in_its_order(form: Form) -> None:
    steps = steps_of(form)
    assert [field for fields in steps for field in fields] == list(form.fields)
    assert all(steps) or not form.fields


@MANY
@given(forms)
def test_what_stood_in_a_form_is_read_back(form: Form) -> None:
    found = {key: value for body in bodies_of(form) for key, value in read_modal(submitted(body)).items()}
    expected = {field.key: value_of(field) for field in form.fields if not is_empty(field)}
    assert plainly(settled(form, found)) == plainly(expected)


@MANY
@given(forms)
def test_the_core_reads_what_it_would_have_read_from_the_form_itself(form: Form) -> None:
    found = {key: value for body in bodies_of(form) for key, value in read_modal(submitted(body)).items()}
    untouched: dict[str, FormInput] = {
        field.key: value for field in form.fields if isinstance(value := value_of(field), str | tuple)
    }
    values, problems = read_form(form, {key: given_to(value) for key, value in settled(form, found).items()})
    expected, expected_problems = read_form(form, untouched)
    assert (values, set(problems)) == (expected, set(expected_problems))


@MANY
@given(forms)
def test_a_form_opened_again_has_what_was_typed_and_not_what_stood_there(form: Form) -> None:
    kept = kept_of(form)
    emptied = replace(form, fields=tuple(map(without_value, form.fields)))
    again = bodies_of(emptied, kept)
    found = {key: value for body in again for key, value in read_modal(submitted(body)).items()}
    assert plainly({key: value for key, value in settled(emptied, found).items() if key in kept}) == plainly(kept)


@MANY
@given(st.integers(1, 100), st.integers(-1, 99), st.integers(0, 99), st.booleans())
def test_another_choice_is_a_change_and_not_a_second_choice(count: int, shown: int, new: int, required: bool) -> None:
    choices = tuple(Choice(f"v{number}", f"Choice {number}") for number in range(count))
    value = (f"v{shown}",) if 0 <= shown < count else ()
    form = Form("One", "Save", Shown(1), (ChoiceField("one", "One", choices, "", value, required),))
    chosen = f"v{new % count}"
    (body,) = bodies_of(form)
    found = settled(form, read_modal(submitted(body, {"one": chosen})))
    assert plainly(found) == {"one": (chosen,)}


def submitted(body: Body, changed: Mapping[str, str] | None = None) -> Body:
    """A modal as Discord sends it: what stood there from the start, and what was chosen besides, by the field's key."""
    return {
        "custom_id": body["custom_id"],
        "components": [
            {"type": 18, "id": place, "component": state_of(label["component"], changed or {})}
            if label["type"] == 18
            else {"type": 10, "id": place}
            for place, label in enumerate(body["components"], start=1)
        ],
    }


def state_of(component: Body, changed: Mapping[str, str]) -> Body:
    kind, key = component["type"], component["custom_id"]
    state = {"type": kind, "id": 99, "custom_id": key}
    options = component.get("options", [])
    new = changed.get(key.partition("+")[0].partition("=")[0], "")
    held = [option["value"] for option in options if option["value"] == new]
    chosen = held or [option["value"] for option in options if option.get("default")]
    match kind:
        case 4:
            return {**state, "value": component.get("value") or ""}
        case 3 | 22:
            return {**state, "values": chosen}
        case 21:
            return {**state, "value": chosen[0] if chosen else None}
        case 23:
            return {**state, "value": component.get("default", False)}
        case _:
            return {**state, "values": [one["id"] for one in component.get("default_values", [])]}


def typed_fields(form: Form) -> list[ChoiceField]:
    """The questions of so many choices that their names are typed."""
    most = limits.MENUS_A_QUESTION * limits.OPTIONS
    return [field for field in form.fields if isinstance(field, ChoiceField) and len(field.choices) > most]


def typed_choices(form: Form) -> Sequence[Any]:
    return [choice for field in typed_fields(form) for choice in field.choices]


def is_empty(field: FormField) -> bool:
    return isinstance(field, ChoiceField) and not field.choices


def value_of(field: FormField) -> RawValue:
    """What reading a field gives that nobody has touched."""
    match field:
        case TextField(value=value):
            return value
        case ListField(value=entries):
            return "\n".join(entries)
        case ChoiceField(value=chosen, choices=choices, multiple=multiple):
            known = tuple(choice.value for choice in choices if choice.value in chosen)
            return known if multiple else known[:1]
        case CheckField(value=checked):
            return "on" if checked else ""
        case DateField(value=day):
            return day.isoformat() if day else ""
        case MemberField():
            return ""
        case FileField():
            return Uploaded(())
        case _:
            assert_never(field)


def kept_of(form: Form) -> dict[str, Kept]:
    """What is kept of a form, where everything stood as it was shown."""
    return {
        field.key: value
        for field in form.fields
        if not is_empty(field) and isinstance(value := value_of(field), str | tuple)
    }


def without_value(field: FormField) -> FormField:
    match field:
        case TextField():
            return replace(field, value="")
        case ListField():
            return field
        case ChoiceField():
            return replace(field, value=())
        case DateField():
            return replace(field, value=None)
        case CheckField():
            return replace(field, value=False)
        case MemberField() | FileField():
            return field
        case _:
            assert_never(field)


def given_to(value: RawValue) -> FormInput:
    assert not isinstance(value, Typed | PickedUser)
    return "" if isinstance(value, Uploaded) else value


def plainly(values: Mapping[str, RawValue]) -> dict[str, object]:
    """A single choice is the same whether Discord gives it as one or as a list of one."""
    return {key: (value,) if isinstance(value, str) and value else value or () for key, value in values.items()}


@given(forms)
@settings(MANY, max_examples=30)
def test_no_modal_has_two_inputs_of_one_name(form: Form) -> None:
    for body in bodies_of(form):
        ids = [str(one["custom_id"]) for one in objects(body["components"]) if "custom_id" in one]
        assert len(ids) == len(set(ids))
