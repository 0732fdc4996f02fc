"""The rules of texts, options, confirmations and interactive elements."""

import re
from collections.abc import Callable, Collection

from tests.emulators.slack_check import Notes, kind_of
from tests.emulators.slack_state import Json

_SELECTS = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
_MULTI = tuple(f"multi_{name}" for name in _SELECTS)
_PICKERS = ("datepicker", "timepicker", "datetimepicker")
_BOXES = ("checkboxes", "radio_buttons")
_TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input")
IN_ACTIONS = frozenset({"button", "overflow", *_SELECTS, *_PICKERS, *_BOXES})
IN_SECTION = frozenset({"button", "overflow", "image", "datepicker", "timepicker", *_SELECTS, *_MULTI, *_BOXES})
IN_INPUT = frozenset({*_TYPED, *_SELECTS, *_MULTI, *_PICKERS, *_BOXES})
IN_CONTEXT = frozenset({"image", "mrkdwn", "plain_text"})
PLAIN = ("plain_text",)
ANY_TEXT = ("plain_text", "mrkdwn")
_MOST_OPTIONS, _MOST_GROUPS, _MOST_BOXES, _MOST_IN_MENU = 100, 100, 10, 5


def check_text(
    notes: Notes, node: object, where: str, most: int, kinds: Collection[str] = ANY_TEXT, least: int = 1
) -> None:
    kind = kind_of(node)
    if kind not in kinds:
        notes.add(where, f"must be of type {' or '.join(kinds)}")
        return
    text = notes.shape(node, where, ("type", "text"), ("emoji",) if kind == "plain_text" else ("verbatim",))
    if text is not None:
        notes.text(text, "text", where, most, least)
        notes.flags(text, where, "emoji", "verbatim")


def check_confirm(notes: Notes, node: object, where: str) -> None:
    confirm = notes.shape(node, where, ("title", "text", "confirm", "deny"), ("style",))
    if confirm is None:
        return
    for name, most, kinds in (
        ("title", 100, PLAIN),
        ("text", 300, ANY_TEXT),
        ("confirm", 30, PLAIN),
        ("deny", 30, PLAIN),
    ):
        if name in confirm:
            check_text(notes, confirm[name], f"{where}/{name}", most, kinds)
    notes.one_of(confirm, "style", where, ("primary", "danger"))


def check_option(notes: Notes, node: object, where: str, *, boxes: bool = False, menu: bool = False) -> None:
    option = notes.shape(node, where, ("text", "value"), ("description", *(("url",) if menu else ())))
    if option is None:
        return
    kinds = ANY_TEXT if boxes else PLAIN
    if "text" in option:
        check_text(notes, option["text"], f"{where}/text", 75, kinds)
    if "description" in option:
        check_text(notes, option["description"], f"{where}/description", 75, kinds)
    notes.text(option, "value", where, 150)
    _url(notes, option, where)


def check_choices(notes: Notes, node: Json, where: str) -> list[object]:
    """Options or groups of them, not both; gives all options."""
    if ("options" in node) == ("option_groups" in node):
        notes.add(where, "must provide options or option_groups")
        return []
    found = _options(notes, node, where, _MOST_OPTIONS)
    for number, group in enumerate(notes.items(node, "option_groups", where, _MOST_GROUPS)):
        spot = f"{where}/option_groups/{number}"
        shaped = notes.shape(group, spot, ("label", "options"))
        if shaped is not None:
            if "label" in shaped:
                check_text(notes, shaped["label"], f"{spot}/label", 75, PLAIN)
            found += _options(notes, shaped, spot, _MOST_OPTIONS)
    return found


def _options(
    notes: Notes, node: Json, where: str, most: int, *, boxes: bool = False, menu: bool = False
) -> list[object]:
    options = list(notes.items(node, "options", where, most))
    values: set[object] = set()
    for number, option in enumerate(options):
        check_option(notes, option, f"{where}/options/{number}", boxes=boxes, menu=menu)
        value = option.get("value") if isinstance(option, dict) else None
        if isinstance(value, str) and value in values:
            notes.add(f"{where}/options/{number}/value", "must be unique among the options")
        values.add(str(value))
    return options


def check_image(notes: Notes, node: object, where: str, own: tuple[str, ...] = ()) -> None:
    image = notes.shape(node, where, ("type", "alt_text"), ("image_url", "slack_file", *own))
    if image is None:
        return
    notes.text(image, "alt_text", where, 2000)
    if ("image_url" in image) == ("slack_file" in image):
        notes.add(where, "must provide image_url or slack_file")
    notes.text(image, "image_url", where, 3000)
    notes.matches(image, "image_url", where, r"https?://\S+")
    if "slack_file" in image:
        file = notes.shape(image["slack_file"], f"{where}/slack_file", (), ("id", "url"))
        if file is not None and len(file) != 1:
            notes.add(f"{where}/slack_file", "must provide id or url")


def check_element(notes: Notes, node: object, where: str, allowed: Collection[str]) -> None:
    """An element that stands in its block."""
    kind = kind_of(node)
    if kind not in allowed:
        notes.add(where, f"unsupported type: {kind}")
        return
    if kind in ANY_TEXT:
        check_text(notes, node, where, 2000)
        return
    if kind == "image":
        check_image(notes, node, where)
        return
    assert isinstance(node, dict)
    if "action_id" in node:
        notes.text(node, "action_id", where, 255)
    if "placeholder" in node:
        check_text(notes, node["placeholder"], f"{where}/placeholder", 150, PLAIN)
    if "confirm" in node:
        check_confirm(notes, node["confirm"], f"{where}/confirm")
    notes.flags(node, where, "focus_on_load")
    rule = _RULES.get(kind)
    if rule is not None:
        rule(notes, node, where)


def _button(notes: Notes, node: Json, where: str) -> None:
    notes.shape(node, where, ("type", "text"), ("action_id", "url", "value", "style", "confirm", "accessibility_label"))
    if "text" in node:
        check_text(notes, node["text"], f"{where}/text", 75, PLAIN)
    notes.text(node, "value", where, 2000)
    notes.one_of(node, "style", where, ("primary", "danger"))
    notes.text(node, "accessibility_label", where, 75)
    _url(notes, node, where)


def _url(notes: Notes, node: Json, where: str) -> None:
    notes.text(node, "url", where, 3000)
    notes.matches(node, "url", where, r"(?:https?|mailto|slack):\S+")


def _overflow(notes: Notes, node: Json, where: str) -> None:
    notes.shape(node, where, ("type", "options"), ("action_id", "confirm"))
    _options(notes, node, where, _MOST_IN_MENU, menu=True)


def _boxes(notes: Notes, node: Json, where: str) -> None:
    initial = "initial_options" if node["type"] == "checkboxes" else "initial_option"
    notes.shape(node, where, ("type", "options"), ("action_id", initial, "confirm", "focus_on_load"))
    options = _options(notes, node, where, _MOST_BOXES, boxes=True)
    _initial(notes, node, where, initial, options)


def _initial(notes: Notes, node: Json, where: str, name: str, options: list[object]) -> None:
    if name not in node:
        return
    chosen = notes.items(node, name, where, 100) if name.endswith("s") else (node[name],)
    for option in chosen:
        if option not in options:
            notes.add(f"{where}/{name}", "must exactly match one of the options")


def _select(notes: Notes, node: Json, where: str) -> None:
    kind = str(node["type"])
    multi = kind.startswith("multi_")
    common = ("action_id", "placeholder", "confirm", "focus_on_load", *(("max_selected_items",) if multi else ()))
    many = "s" if multi else ""
    match kind.removeprefix("multi_"):
        case "static_select":
            notes.shape(node, where, ("type",), (*common, "options", "option_groups", f"initial_option{many}"))
            _initial(notes, node, where, f"initial_option{many}", check_choices(notes, node, where))
        case "external_select":
            notes.shape(node, where, ("type",), (*common, "min_query_length", f"initial_option{many}"))
            notes.number(node, "min_query_length", where, 0, 100)
            chosen = node.get(f"initial_option{many}", [])
            for option in chosen if isinstance(chosen, list) else [chosen]:
                check_option(notes, option, f"{where}/initial_option{many}")
        case "users_select":
            notes.shape(node, where, ("type",), (*common, f"initial_user{many}"))
        case "conversations_select":
            more = ("default_to_current_conversation", "response_url_enabled", "filter", f"initial_conversation{many}")
            notes.shape(node, where, ("type",), (*common, *more))
        case _:
            notes.shape(node, where, ("type",), (*common, "response_url_enabled", f"initial_channel{many}"))
    notes.number(node, "max_selected_items", where, 1, 100)


def _picker(notes: Notes, node: Json, where: str) -> None:
    common = ("action_id", "confirm", "focus_on_load")
    match node["type"]:
        case "datepicker":
            notes.shape(node, where, ("type",), (*common, "placeholder", "initial_date"))
            notes.matches(node, "initial_date", where, r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
        case "timepicker":
            notes.shape(node, where, ("type",), (*common, "placeholder", "initial_time", "timezone"))
            notes.matches(node, "initial_time", where, r"(?:[01]\d|2[0-3]):[0-5]\d")
        case _:
            notes.shape(node, where, ("type",), (*common, "initial_date_time"))
            notes.number(node, "initial_date_time", where, 10**9, 10**10 - 1)


def _typed(notes: Notes, node: Json, where: str) -> None:
    common = ("action_id", "placeholder", "initial_value", "focus_on_load", "dispatch_action_config")
    match node["type"]:
        case "plain_text_input":
            notes.shape(node, where, ("type",), (*common, "multiline", "min_length", "max_length"))
            notes.flags(node, where, "multiline")
            notes.number(node, "min_length", where, 0, 3000)
            notes.number(node, "max_length", where, 1, 3000)
            most = node.get("max_length", 3000)
            notes.text(node, "initial_value", where, most if isinstance(most, int) else 3000, 0)
        case "number_input":
            notes.shape(node, where, ("type", "is_decimal_allowed"), (*common, "min_value", "max_value"))
            notes.flags(node, where, "is_decimal_allowed")
            for name in ("initial_value", "min_value", "max_value"):
                notes.matches(node, name, where, r"-?\d+(?:\.\d+)?")
        case "file_input":
            notes.shape(node, where, ("type",), ("action_id", "filetypes", "max_files"))
            notes.number(node, "max_files", where, 1, 10)
            for number, ending in enumerate(notes.items(node, "filetypes", where, 100)):
                if not isinstance(ending, str) or not re.fullmatch(r"[a-z0-9]+", ending):
                    notes.add(f"{where}/filetypes/{number}", "must be a file type without a dot")
        case _:
            notes.shape(node, where, ("type",), common)
    if "dispatch_action_config" in node:
        _dispatch(notes, node["dispatch_action_config"], f"{where}/dispatch_action_config")


def _dispatch(notes: Notes, node: object, where: str) -> None:
    found = notes.shape(node, where, (), ("trigger_actions_on",))
    for number, name in enumerate(notes.items(found or {}, "trigger_actions_on", where, 2)):
        if name not in ("on_enter_pressed", "on_character_entered"):
            notes.add(f"{where}/trigger_actions_on/{number}", "unknown trigger")


_RULES: dict[str, Callable[[Notes, Json, str], None]] = {
    "button": _button,
    "overflow": _overflow,
    **dict.fromkeys(_BOXES, _boxes),
    **dict.fromkeys((*_SELECTS, *_MULTI), _select),
    **dict.fromkeys(_PICKERS, _picker),
    **dict.fromkeys(_TYPED, _typed),
}
