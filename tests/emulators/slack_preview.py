"""Messages, modals and the Home tab drawn from our own blocks, so that one can look at them without a workspace.

The page looks like Slack, with a style sheet of our own and no asset from elsewhere. ``message``, ``modal`` and ``home``
make HTML; ``picture`` makes a PNG of it through Chromium.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape
from playwright.async_api import Browser

Block = Mapping[str, Any]

STYLE = (Path(__file__).parent / "slack_preview.css").read_text("utf-8")
_MARKED = re.compile(r"(?<![\w*_`~])([*_`~])(\S(?:[^\n]*?\S)?)\1(?![\w*_`~])")
_ENTITY = re.compile(r"<([^>|]+)(?:\|([^>]*))?>")
_TAGS = {"*": Markup("<b>{}</b>"), "_": Markup("<i>{}</i>"), "~": Markup("<s>{}</s>"), "`": Markup("<code>{}</code>")}
_STYLES = {"bold": _TAGS["*"], "italic": _TAGS["_"], "strike": _TAGS["~"], "code": _TAGS["`"]}
_LISTS = {"bullet": Markup("<ul>{}</ul>"), "ordered": Markup("<ol>{}</ol>")}
_HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Slack preview</title><style>'


@dataclass(frozen=True, slots=True)
class Workspace:
    """What Slack knows and the blocks only name: people by user id, pictures by file id, the reader's own zone."""

    people: Mapping[str, str] = field(default_factory=dict[str, str])
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Copenhagen"))
    app: str = "Brobygger"


def page(*parts: Markup, width: int = 720) -> str:
    """A whole HTML page around what was drawn."""
    body = Markup('<body><main style="width:{}px">{}</main></body></html>').format(width, Markup("").join(parts))
    return f"{_HEAD}{STYLE}</style>{body}"


def message(
    blocks: Iterable[Block], workspace: Workspace, *, clock: str = "9:00 AM", private: bool = False, thread: str = ""
) -> Markup:
    """A message of the app. ``private``: only you can see it. ``thread``: what stands below, such as ``1 reply``."""
    note = Markup('<p class="private">👁 Only visible to you</p>') if private else Markup("")
    below = Markup('<p class="thread">{}</p>').format(thread) if thread else Markup("")
    return Markup(
        '<article class="message">{note}<span class="avatar">{letter}</span><div>'
        '<p class="by"><b>{app}</b> <small class="app">APP</small> <small>{clock}</small></p>{blocks}{below}</div></article>'
    ).format(
        note=note,
        letter=workspace.app[:1],
        app=workspace.app,
        clock=clock,
        blocks=_blocks(blocks, workspace),
        below=below,
    )


def modal(view: Block, workspace: Workspace) -> Markup:
    """A modal view: its title, what is in it and its buttons."""
    submit = view.get("submit")
    return Markup(
        '<section class="shade"><section class="modal"><header><span class="avatar small">{letter}</span><h1>{title}</h1>'
        '<span class="away">×</span></header><div class="body">{blocks}</div><footer>{close}{submit}</footer>'
        "</section></section>"
    ).format(
        letter=workspace.app[:1],
        title=view["title"]["text"],
        blocks=_blocks(view["blocks"], workspace),
        close=Markup('<span class="button">{}</span>').format(view["close"]["text"]) if view.get("close") else "",
        submit=Markup('<span class="button primary">{}</span>').format(submit["text"]) if submit else "",
    )


def home(view: Block, workspace: Workspace) -> Markup:
    """The app's Home tab."""
    return Markup(
        '<section class="home"><header><span class="avatar small">{letter}</span><b>{app}</b></header>'
        '<nav><b>Home</b> <span>Messages</span> <span>About</span></nav><div class="body">{blocks}</div></section>'
    ).format(letter=workspace.app[:1], app=workspace.app, blocks=_blocks(view["blocks"], workspace))


async def picture(browser: Browser, html: str, path: Path, width: int = 720) -> None:
    """The page as a PNG, as high as it has to be."""
    window = await browser.new_page(viewport={"width": width + 48, "height": 200}, device_scale_factor=2)
    try:
        await window.set_content(html)
        await window.screenshot(path=path, full_page=True)
    finally:
        await window.close()


def _blocks(blocks: Iterable[Block], workspace: Workspace) -> Markup:
    return Markup("").join(_block(block, workspace) for block in blocks)


def _block(block: Block, workspace: Workspace) -> Markup:
    match block["type"]:
        case "rich_text":
            return Markup('<div class="rich">{}</div>').format(_rich(block, workspace))
        case "header":
            return Markup("<h2>{}</h2>").format(_text(block["text"], workspace))
        case "divider":
            return Markup("<hr>")
        case "section":
            return _section(block, workspace)
        case "context":
            shown = Markup(" ").join(_text(element, workspace) for element in block["elements"])
            return Markup('<p class="context">{}</p>').format(shown)
        case "actions":
            return Markup('<p class="actions">{}</p>').format(_elements(block["elements"], workspace))
        case "image":
            return _image(block, workspace)
        case "table":
            return _table(block, workspace)
        case "input":
            return _input(block, workspace)
        case kind:
            raise ValueError(f"the preview draws no {kind} block")


def _rich(block: Block, workspace: Workspace) -> Markup:
    return Markup("").join(_rich_element(element, workspace) for element in block["elements"])


def _rich_element(element: Block, workspace: Workspace) -> Markup:
    match element["type"]:
        case "rich_text_section":
            return Markup("<p>{}</p>").format(_inlines(element["elements"], workspace))
        case "rich_text_quote":
            return Markup("<blockquote>{}</blockquote>").format(_inlines(element["elements"], workspace))
        case "rich_text_list":
            items = [
                Markup("<li>{}</li>").format(_inlines(item["elements"], workspace)) for item in element["elements"]
            ]
            return _LISTS[element["style"]].format(Markup("").join(items))
        case kind:
            raise ValueError(f"the preview draws no {kind} in rich text")


def _inlines(elements: Iterable[Block], workspace: Workspace) -> Markup:
    return Markup("").join(_inline(element, workspace) for element in elements)


def _inline(element: Block, workspace: Workspace) -> Markup:
    match element["type"]:
        case "text":
            shown = _lines(element["text"])
            for style, tag in _STYLES.items():
                if element.get("style", {}).get(style):
                    shown = tag.format(shown)
            return shown
        case "link":
            return Markup('<a href="{}">{}</a>').format(element["url"], element.get("text", element["url"]))
        case "user":
            return _mention(element["user_id"], workspace)
        case "date":
            return escape(_moment(element["format"], element["timestamp"], workspace))
        case kind:
            raise ValueError(f"the preview draws no {kind} in rich text")


def _lines(text: str) -> Markup:
    return Markup("<br>").join(text.split("\n"))


def _mention(user: str, workspace: Workspace) -> Markup:
    return Markup('<span class="mention">@{}</span>').format(workspace.people.get(user, user))


def _moment(shape: str, seconds: int, workspace: Workspace) -> str:
    at = datetime.fromtimestamp(seconds, workspace.zone)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(at.day % 10 if at.day // 10 != 1 else 0, "th")
    return shape.replace("{date_long}", f"{at:%A, %B} {at.day}{ending}, {at.year}").replace(
        "{time}", f"{at:%I:%M %p}".lstrip("0")
    )


def _text(text: Block, workspace: Workspace) -> Markup:
    """A text object; mrkdwn is read as Slack reads it."""
    if text["type"] == "plain_text":
        return _lines(text["text"])
    shown = Markup("")
    place = 0
    for found in _ENTITY.finditer(text["text"]):
        shown += _marked(text["text"][place : found.start()]) + _entity(found[1], found[2] or "", workspace)
        place = found.end()
    return shown + _marked(text["text"][place:])


def _entity(name: str, label: str, workspace: Workspace) -> Markup:
    if name.startswith("@"):
        return _mention(name[1:], workspace)
    if name.startswith("!date^"):
        _, seconds, shape = name.split("^")
        return escape(_moment(unescape(shape), int(seconds), workspace))
    if name.startswith("!"):
        return Markup('<span class="mention">@{}</span>').format(name[1:])
    return Markup('<a href="{}">{}</a>').format(unescape(name), unescape(label or name))


def _marked(text: str) -> Markup:
    shown = Markup("")
    place = 0
    for found in _MARKED.finditer(text):
        shown += _lines(unescape(text[place : found.start()])) + _TAGS[found[1]].format(_lines(unescape(found[2])))
        place = found.end()
    return shown + _lines(unescape(text[place:]))


def _section(block: Block, workspace: Workspace) -> Markup:
    text = Markup("<p>{}</p>").format(_text(block["text"], workspace)) if "text" in block else Markup("")
    fields = Markup("").join(Markup("<p>{}</p>").format(_text(one, workspace)) for one in block.get("fields", ()))
    if fields:
        text += Markup('<div class="fields">{}</div>').format(fields)
    beside = _elements([block["accessory"]], workspace) if "accessory" in block else Markup("")
    return Markup('<div class="section"><div>{}</div>{}</div>').format(text, beside)


def _elements(elements: Iterable[Block], workspace: Workspace) -> Markup:
    return Markup("").join(_element(element, workspace) for element in elements)


def _element(element: Block, workspace: Workspace) -> Markup:
    match element["type"]:
        case "button":
            kind = f"button {element.get('style', '')}"
            link = " ↗" if "url" in element else ""
            return Markup('<span class="{}">{}{}</span>').format(kind, _text(element["text"], workspace), link)
        case "checkboxes" | "radio_buttons":
            return _open_options(element, workspace)
        case "plain_text_input":
            return _text_input(element)
        case "file_input":
            return Markup('<span class="drop">⇪ Upload a file</span>')
        case "datepicker":
            return Markup('<span class="menu">📅 {}</span>').format(
                element.get("initial_date") or element["placeholder"]["text"]
            )
        case _:
            return _menu(element)


def _menu(element: Block) -> Markup:
    one = element.get("initial_option")
    chosen = [one] if one else element.get("initial_options", [])
    asked = element.get("placeholder", {"text": "Select an item"})["text"]
    shown = ", ".join(option["text"]["text"] for option in chosen) or element.get("initial_user", asked)
    return Markup('<span class="menu {}">{}</span>').format("" if chosen else "empty", shown)


def _open_options(element: Block, workspace: Workspace) -> Markup:
    one = element.get("initial_option")
    chosen = [one] if one else element.get("initial_options", [])
    shape = "box" if element["type"] == "checkboxes" else "dot"
    return Markup("").join(
        Markup('<span class="option"><i class="{} {}"></i><span>{}{}</span></span>').format(
            shape,
            "on" if option in chosen else "",
            _text(option["text"], workspace),
            Markup("<small>{}</small>").format(option["description"]["text"]) if "description" in option else "",
        )
        for option in element["options"]
    )


def _text_input(element: Block) -> Markup:
    value = element.get("initial_value")
    shown = value or element.get("placeholder", {"text": ""})["text"]
    kind = f"{'lines' if element.get('multiline') else ''} {'' if value else 'empty'}"
    return Markup('<span class="text {}">{}</span>').format(kind, _lines(shown))


def _image(block: Block, workspace: Workspace) -> Markup:
    png = workspace.files.get(block.get("slack_file", {}).get("id", ""))
    source = f"data:image/png;base64,{b64encode(png).decode()}" if png else ""
    return Markup('<img src="{}" alt="{}">').format(source, block["alt_text"])


def _table(block: Block, workspace: Workspace) -> Markup:
    settings = [*(one or {} for one in block.get("column_settings", [])), *({} for _ in block["rows"][0])]
    rows = [
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup('<td style="text-align:{}">{}</td>').format(
                    settings[column].get("align", "left"),
                    _rich(cell, workspace) if cell["type"] == "rich_text" else _lines(cell["text"]),
                )
                for column, cell in enumerate(row)
            )
        )
        for row in block["rows"]
    ]
    return Markup("<table>{}</table>").format(Markup("").join(rows))


def _input(block: Block, workspace: Workspace) -> Markup:
    optional = Markup(" <small>(optional)</small>") if block.get("optional") else Markup("")
    hint = Markup('<small class="hint">{}</small>').format(block["hint"]["text"]) if "hint" in block else Markup("")
    return Markup('<div class="input"><label>{}{}</label>{}{}</div>').format(
        block["label"]["text"], optional, _element(block["element"], workspace), hint
    )
