"""What the emulator refuses of blocks, views and options, each with the place where it is wrong."""

import copy
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from tests.emulators.slack_blocks import problems_of_message, problems_of_options, problems_of_view, weight_of

Json = dict[str, Any]


def plain(text: str = "Words") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Words") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(number: int = 0, text: str = "One") -> Json:
    return {"text": plain(text), "value": f"v{number}"}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain(), "action_id": "a", **more}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": element, **more}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def line(*words: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(words)}


def word(text: str = "word", **more: Any) -> Json:
    return {"type": "text", "text": text, **more}


def table(*rows: list[Json], **more: Any) -> Json:
    return {"type": "table", "rows": list(rows), **more}


def cell(text: str = "x") -> Json:
    return {"type": "raw_text", "text": text}


def confirm(**more: Any) -> Json:
    return {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain(), **more}


def select(kind: str = "static_select", **more: Any) -> Json:
    own = {"options": [option()]} if kind.endswith("static_select") else {}
    return {"type": kind, "action_id": "a", "placeholder": plain(), **own, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks) or [section()], **more}


TEXT = {"type": "plain_text_input", "action_id": "field"}
BOXES = {"type": "checkboxes", "action_id": "a", "options": [option(n) for n in range(10)]}
MENU = {"type": "overflow", "action_id": "a", "options": [option(n) for n in range(5)]}
IMAGE = {"type": "image", "image_url": "https://x.dk/a.png", "alt_text": "A"}
DATE = {"type": "date", "timestamp": 1700000000, "format": "{date_long} {time}", "fallback": "Tuesday"}
LIST = {"type": "rich_text_list", "style": "ordered", "elements": [line(word())], "indent": 8, "offset": 3}
GOOD = [
    section(), section(text=plain("x" * 3000)), section(fields=[mrkdwn("x" * 2000)] * 10, accessory=button()),
    {"type": "section", "fields": [plain()]}, {"type": "header", "text": plain("x" * 150)}, {"type": "divider"},
    IMAGE, {**IMAGE, "title": plain()}, {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A"},
    {"type": "context", "elements": [mrkdwn(), plain(), IMAGE]}, actions(*(button(action_id=str(n)) for n in range(25))),
    actions(button(url="https://x.dk", value="v" * 2000, style="primary", confirm=confirm(style="danger"))),
    actions(BOXES, {**MENU, "action_id": "b"}, select(action_id="c"), select("users_select", action_id="d")),
    section(accessory=select("multi_users_select")), section(accessory=select("external_select", min_query_length=0)),
    field(TEXT, hint=plain(), optional=True), rich(line(word(style={"bold": True}))), rich(LIST), rich(line(DATE)),
    rich({"type": "rich_text_quote", "elements": [word(), {"type": "link", "url": "https://x.dk", "text": "x"}]}),
    rich({"type": "rich_text_preformatted", "elements": [word()], "border": 1}),
    rich(line({"type": "user", "user_id": "U1"}, {"type": "channel", "channel_id": "C1"}, {"type": "emoji", "name": "wave"})),
    table([cell(), {"type": "raw_number", "value": 1}, {"type": "rich_text", "elements": [line(word())]}]),
    table([cell()], column_settings=[{"align": "right", "is_wrapped": True}]), {"type": "markdown", "text": "# x"},
]  # fmt: skip

BAD = [
    (section(text=mrkdwn("x" * 3001)), "must be less than 3001 characters", "/text/text"),
    (section(text=mrkdwn("")), "must be more than 0 characters", "/text/text"),
    (section(text={"type": "markdown", "text": "x"}), "must be of type", "/text"),
    (section(text={**mrkdwn(), "emoji": True}), "invalid additional property: emoji", "/text"),
    (section(colour="red"), "invalid additional property: colour", ""),
    ({"type": "section"}, "must provide text or fields", ""),
    (section(fields=[mrkdwn()] * 11), "no more than 10 items", "/fields"),
    (section(fields=[mrkdwn("x" * 2001)]), "must be less than 2001", "/fields/0/text"),
    (section(accessory={**TEXT}), "unsupported type: plain_text_input", "/accessory"),
    (section(block_id="x" * 256), "must be less than 256", "/block_id"),
    ({"type": "header", "text": mrkdwn()}, "must be of type plain_text", "/text"),
    ({"type": "header", "text": plain("x" * 151)}, "must be less than 151", "/text/text"),
    ({"type": "divider", "text": plain()}, "invalid additional property: text", ""),
    ({"type": "marquee"}, "unsupported type: marquee", ""),
    ({"type": "image", "image_url": "https://x.dk"}, "missing required field: alt_text", ""),
    ({**IMAGE, "slack_file": {"id": "F1"}}, "must provide image_url or slack_file", ""),
    ({**IMAGE, "alt_text": "x" * 2001}, "must be less than 2001", "/alt_text"),
    ({**IMAGE, "image_url": "data:x"}, "invalid format", "/image_url"),
    ({"type": "context", "elements": [mrkdwn()] * 11}, "no more than 10 items", "/elements"),
    ({"type": "context", "elements": [button()]}, "unsupported type: button", "/elements/0"),
    (actions(), "no fewer than 1 items", "/elements"),
    (actions(*(button(action_id=str(n)) for n in range(26))), "no more than 25 items", "/elements"),
    (actions(button(), button()), "action_id already exists", "/elements/1/action_id"),
    (actions(button(text=mrkdwn())), "must be of type plain_text", "/elements/0/text"),
    (actions(button(text=plain("x" * 76))), "must be less than 76", "/elements/0/text/text"),
    (actions(button(value="x" * 2001)), "must be less than 2001", "/elements/0/value"),
    (actions(button(action_id="x" * 256)), "must be less than 256", "/elements/0/action_id"),
    (actions(button(style="loud")), "must be one of primary, danger", "/elements/0/style"),
    (actions(button(url="javascript:x")), "invalid format", "/elements/0/url"),
    (actions(button(confirm=confirm(title=plain("x" * 101)))), "must be less than 101", "/elements/0/confirm/title/text"),
    (actions(button(confirm=confirm(text=plain("x" * 301)))), "must be less than 301", "/elements/0/confirm/text/text"),
    (actions(button(confirm=confirm(deny=plain("x" * 31)))), "must be less than 31", "/elements/0/confirm/deny/text"),
    (actions(button(confirm={"title": plain()})), "missing required field: text", "/elements/0/confirm"),
    (actions(select(options=[option(n) for n in range(101)])), "no more than 100 items", "/elements/0/options"),
    (actions(select(options=[])), "no fewer than 1 items", "/elements/0/options"),
    (actions(select(options=[option(), option()])), "must be unique", "/elements/0/options/1/value"),
    (actions(select(options=[option(text="x" * 76)])), "must be less than 76", "/elements/0/options/0/text/text"),
    (actions(select(options=[{**option(), "value": "x" * 151}])), "must be less than 151", "/elements/0/options/0/value"),
    (actions(select(options=[{**option(), "text": mrkdwn()}])), "must be of type plain_text", "/elements/0/options/0/text"),
    (actions(select(option_groups=[])), "must provide options or option_groups", "/elements/0"),
    (actions(select(placeholder=plain("x" * 151))), "must be less than 151", "/elements/0/placeholder/text"),
    (actions(select(initial_option=option(2))), "must exactly match", "/elements/0/initial_option"),
    (actions(select("multi_users_select")), "unsupported type", "/elements/0"),
    (actions(select("external_select", options=[option()])), "invalid additional property: options", "/elements/0"),
    (actions({**BOXES, "options": [option(n) for n in range(11)]}), "no more than 10 items", "/elements/0/options"),
    (actions({**MENU, "options": [option(n) for n in range(6)]}), "no more than 5 items", "/elements/0/options"),
    (actions({"type": "datepicker", "initial_date": "1.2.2026"}), "invalid format", "/elements/0/initial_date"),
    (field({**TEXT, "max_length": 3001}), "must be a whole number from 1 to 3000", "/element/max_length"),
    (field({**TEXT, "max_length": 2, "initial_value": "abc"}), "must be less than 3", "/element/initial_value"),
    (field(TEXT, label=mrkdwn()), "must be of type plain_text", "/label"),
    (field(TEXT, label=plain("x" * 2001)), "must be less than 2001", "/label/text"),
    (field(TEXT, hint=plain("x" * 2001)), "must be less than 2001", "/hint/text"),
    (field(button()), "unsupported type: button", "/element"),
    (field({"type": "file_input"}), "unsupported type: file_input", "/element"),
    (rich(), "no fewer than 1 items", "/elements"),
    (rich(line(word(""))), "must be more than 0", "/elements/0/elements/0/text"),
    (rich(line(word(style={"loud": True}))), "invalid additional property: loud", "/elements/0/elements/0/style"),
    (rich(line({"type": "mrkdwn", "text": "x"})), "unsupported type: mrkdwn", "/elements/0/elements/0"),
    (rich(line({"type": "link", "url": "x"})), "must be a valid URL", "/elements/0/elements/0/url"),
    (rich(line({**DATE, "format": "soon"})), "must contain a date token", "/elements/0/elements/0/format"),
    (rich(line({**DATE, "format": "{when}"})), "unknown date token", "/elements/0/elements/0/format"),
    (rich({**LIST, "style": "dotted"}), "must be one of bullet, ordered", "/elements/0/style"),
    (rich({**LIST, "elements": [word()]}), "unsupported type in a list", "/elements/0/elements/0"),
    (rich({"type": "rich_text_preformatted", "elements": [DATE]}), "unsupported type: date", "/elements/0/elements/0"),
    (rich(word()), "unsupported type: text", "/elements/0"),
    (table([cell("")]), "must be more than 0", "/rows/0/0/text"),
    (table([mrkdwn()]), "unsupported type: mrkdwn", "/rows/0/0"),
    (table(*([cell()] for _row in range(101))), "no more than 100 items", "/rows"),
    (table([cell()] * 21), "no more than 20 items", "/rows/0"),
    (table([cell()], [cell(), cell()]), "same number of cells", "/rows"),
    (table([cell("x" * 5000), cell("x" * 5001)]), "must be less than 10001", "/rows"),
    (table([cell()], column_settings=[{"align": "middle"}]), "must be one of left", "/column_settings/0/align"),
    ({"type": "markdown", "text": "x" * 12_001}, "must be less than 12001", "/text"),
]  # fmt: skip


@pytest.mark.parametrize("block", GOOD)
def test_what_slack_takes_is_taken(block: Json) -> None:
    assert problems_of_message([block], "Notice") == []
    # The client library's own models find nothing wrong either, as far as they look.
    if block["type"] != "table":
        parsed = Block.parse(copy.deepcopy(block))
        assert parsed is not None


@pytest.mark.parametrize(("block", "sentence", "where"), BAD)
def test_what_slack_refuses_is_refused_where_it_is_wrong(block: Json, sentence: str, where: str) -> None:
    problems = problems_of_message([{"type": "divider"}, block])
    assert any(sentence in problem and f"[json-pointer:/blocks/1{where}]" in problem for problem in problems), problems


def test_a_message_has_fifty_blocks_one_table_and_each_name_once() -> None:
    assert problems_of_message([section()] * 50) == []
    assert "no more than 50 items" in problems_of_message([section()] * 51)[0]
    assert "only_one_table_allowed" in problems_of_message([table([cell()])] * 2)[0]
    assert "block_id already exists" in problems_of_message([section(block_id="x")] * 2)[0]
    assert "markdown must be" in problems_of_message([{"type": "markdown", "text": "x" * 7000}] * 2)[0]
    assert "must be less than 40001" in problems_of_message([], "x" * 40_001)[0]
    assert problems_of_message("blocks")[0].startswith("[ERROR] must be an array")


def test_blocks_weigh_more_than_their_letters() -> None:
    assert weight_of([section(text=mrkdwn("x" * 100))]) == 225
    assert weight_of([rich(line(word("x" * 10), word("y")))]) == 125 + 11 + 30


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        (modal(title=plain("x" * 25)), "must be less than 25"),
        (modal(title=mrkdwn()), "must be of type plain_text"),
        (modal(submit=plain("x" * 25)), "must be less than 25"),
        (modal(close=plain("x" * 25)), "must be less than 25"),
        (modal(callback_id="x" * 256), "must be less than 256"),
        (modal(private_metadata="x" * 3001), "must be less than 3001"),
        (modal(external_id="x" * 256), "must be less than 256"),
        (modal(colour="red"), "invalid additional property"),
        (modal(field(TEXT), submit=None), "submit is required"),
        (modal(*[section()] * 101), "no more than 100 items"),
        (modal(table([cell()])), "unsupported type: table"),
        (modal({"type": "markdown", "text": "x"}), "unsupported type: markdown"),
        (modal(field({**TEXT, "focus_on_load": True}), field({**TEXT, "focus_on_load": True})), "only one element"),
        (modal(field({"type": "file_input", "action_id": "f", "max_files": 11})), "from 1 to 10"),
        (modal(field({"type": "file_input", "action_id": "f", "filetypes": [".csv"]})), "without a dot"),
        ({"type": "home", "blocks": [], "title": plain()}, "invalid additional property: title"),
        ({"type": "home", "blocks": [field({"type": "file_input"})]}, "unsupported type: file_input"),
        ({"type": "home", "blocks": [table([cell()])]}, "unsupported type: table"),
        ({"type": "window", "blocks": []}, "must be modal or home"),
        ({"type": "modal", "blocks": [section()]}, "missing required field: title"),
    ],
)
def test_a_view_that_slack_refuses(view: Json, sentence: str) -> None:
    problems = problems_of_view(view)
    assert any(sentence in problem for problem in problems), problems


def test_views_that_slack_takes() -> None:
    files = {"type": "file_input", "action_id": "field", "filetypes": ["csv"], "max_files": 1}
    assert problems_of_view(modal(field(TEXT), field(files), section(), rich(LIST))) == []
    assert problems_of_view({"type": "home", "blocks": [section()] * 100}) == []
    assert problems_of_view({"type": "home", "blocks": []}) == []


def test_answers_to_a_search() -> None:
    assert problems_of_options({"options": [option(n) for n in range(100)]}) == []
    assert problems_of_options({"options": []}) == []
    assert problems_of_options({"option_groups": [{"label": plain(), "options": [option()]}]}) == []
    assert problems_of_options({"options": [option(n) for n in range(101)]})
    assert problems_of_options({"option_groups": [{"label": mrkdwn(), "options": [option()]}]})
    assert problems_of_options({"options": [], "option_groups": []})
    assert problems_of_options({})
