"""Whatever a form asks: its modal keeps Slack's limits, loses no word, and reading it back gives what stood in it."""

from collections.abc import Mapping, Sequence
from typing import assert_never, cast
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from adapters.slack import limits
from adapters.slack.forms import RawValue, Uploaded, options_for, read_state, render_form, with_problem
from adapters.slack.paging import json_size
from bot.messages.actions import encode_action
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
from bot.words import Languages
from tests.adapters.slack_made_up import forms, labels
from tests.adapters.slack_reading import objects, submitted, words_of
from tests.adapters.test_slack_render_any import bare
from tests.emulators.slack_blocks import problems_of_view
from tests.gallery import words_of_form

DANISH = Languages.load().words("da", ZoneInfo("Europe/Copenhagen"))
MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@MANY
@given(forms, st.sampled_from(("", "Det lykkedes ikke <endnu>.")))
def test_every_modal_keeps_the_limits_and_loses_no_word(form: Form, problem: str) -> None:
    view = render_form(form, DANISH, "{}", {}, problem)
    blocks = cast(Sequence[Mapping[str, object]], view["blocks"])
    assert 0 < len(blocks) <= limits.VIEW_BLOCKS
    assert json_size(view) <= limits.VIEW_BYTES
    assert problems_of_view(view) == []
    for block in blocks:
        read = Block.parse(dict(block))
        assert read is not None
        assert read.to_dict()["type"] == block["type"]
    assert view["callback_id"] == encode_action(form.action)
    shown = bare(words_of([view["title"], view["submit"], blocks]))
    hidden = {choice.label for choice in searched(form)} | {choice.hint for choice in searched(form)}
    expected = {problem, *words_of_form(form)} - hidden
    assert [text for text in expected if bare(text) not in shown] == []


@MANY
@given(forms)
def test_what_stood_in_a_form_is_read_back(form: Form) -> None:
    view = render_form(form, DANISH, "{}", {})
    expected = {field.key: value_of(field) for field in form.fields if not is_empty(field)}
    assert read_state(submitted(view)) == expected


@MANY
@given(forms)
def test_a_form_shown_again_keeps_what_stood_in_it(form: Form) -> None:
    sent = submitted(render_form(form, DANISH, "memory", {}))
    again = with_problem(sent, "Please look at this once more.")
    once_more = with_problem(submitted(again), "And again.")
    for view in (again, once_more):
        assert problems_of_view(view) == []
        assert read_state(submitted(view)) == read_state(sent)
        assert view["private_metadata"] == "memory"
        assert "id" not in view
        assert "state" not in view
    assert "Please look at this once more." in words_of(again["blocks"])
    assert "Please look at this once more." not in words_of(once_more["blocks"])


@MANY
@given(forms)
def test_what_is_chosen_from_the_start_is_one_of_the_options(form: Form) -> None:
    for element in objects(render_form(form, DANISH, "{}", {})["blocks"]):
        options = element.get("options")
        chosen = [*cast(list[object], element.get("initial_options", [])), element.get("initial_option")]
        if options is not None:
            assert all(one in cast(list[object], options) for one in chosen if one is not None)


@given(st.lists(labels, max_size=150), st.text("aåæøe é", max_size=3))
def test_a_search_answers_with_options_that_hold_what_was_typed(names: list[str], typed: str) -> None:
    choices = [Choice(f"v{place}", name) for place, name in enumerate(names)]
    found = options_for(choices, typed)
    assert len(found) <= limits.OPTIONS
    if not typed.strip():
        assert [option["value"] for option in found] == [choice.value for choice in choices[: limits.OPTIONS]]
    plainly = {choice.value for choice in choices if typed.casefold() in choice.label.casefold()}
    assert len(found) == limits.OPTIONS or plainly <= {option["value"] for option in found}


def searched(form: Form) -> list[Choice]:
    """The choices that are not in the modal but come when they are searched."""
    fields = [field for field in form.fields if isinstance(field, ChoiceField)]
    return [
        choice
        for field in fields
        if len(field.choices) + (not field.required and not field.multiple) > limits.OPTIONS
        for choice in field.choices
    ]


def is_empty(field: FormField) -> bool:
    return isinstance(field, ChoiceField) and not field.choices


def value_of(field: FormField) -> RawValue:
    """What reading a field gives that nobody has touched."""
    match field:
        case TextField(value=value):
            return value
        case ListField(value=entries):
            return "\n".join(entries)
        case ChoiceField(value=chosen, multiple=True, choices=choices):
            return tuple(choice.value for choice in choices if choice.value in chosen)
        case ChoiceField(value=chosen):
            return chosen[0] if chosen else ""
        case CheckField(value=checked):
            return ("on",) if checked else ()
        case DateField(value=day):
            return day.isoformat() if day else ""
        case MemberField():
            return ""
        case FileField():
            return Uploaded(())
        case _:
            assert_never(field)
