"""Messages and modals drawn from our own components, so that one can look at them without a server.

The page looks like Discord's dark theme, with a style sheet of our own and no asset from elsewhere. ``message`` and ``modal``
make HTML; ``picture`` makes a PNG of it through Chromium.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from playwright.async_api import Browser

from tests.emulators.discord_markdown import Node, read

Component = Mapping[str, Any]

STYLE = (Path(__file__).parent / "discord_preview.css").read_text("utf-8")
_HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Discord preview</title><style>'
_TAGS = {
    "strong": Markup("<strong>{}</strong>"),
    "em": Markup("<em>{}</em>"),
    "underline": Markup("<u>{}</u>"),
    "strike": Markup("<s>{}</s>"),
    "spoiler": Markup("<s>{}</s>"),
}
_BUTTONS = {1: "primary", 2: "", 3: "primary", 4: "danger", 5: "link"}
_NO_ACCENT = "transparent"


@dataclass(frozen=True, slots=True)
class Server:
    """What Discord knows and the components only name: people by user id, files by name, the reader's own zone."""

    people: Mapping[str, str] = field(default_factory=dict[str, str])
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Copenhagen"))
    app: str = "Brobygger"


def page(*parts: Markup, width: int = 640) -> str:
    """A whole HTML page around what was drawn."""
    body = Markup('<body><main style="width:{}px">{}</main></body></html>').format(width, Markup("").join(parts))
    return f"{_HEAD}{STYLE}</style>{body}"


def message(
    components: Iterable[Component],
    server: Server,
    *,
    clock: str = "Today at 9:00 AM",
    private: tuple[str, str] | None = None,
) -> Markup:
    """A message of the app. ``private``: what Discord says below one that only you can see, and the link beside it."""
    note = Markup('<p class="private">👁 {} · <span>{}</span></p>').format(*private) if private else ""
    return Markup(
        '<article class="message"><span class="avatar">{letter}</span><p class="by"><b>{app}</b>'
        '<span class="app">APP</span> <small>{clock}</small></p>{parts}{note}</article>'
    ).format(letter=server.app[:1], app=server.app, clock=clock, parts=_parts(components, server), note=note)


def modal(body: Component, server: Server, submit: str = "Submit", cancel: str = "Cancel") -> Markup:
    """A modal: its title, what is in it and Discord's own buttons."""
    return Markup(
        '<section class="shade"><section class="modal"><header><span class="avatar">{letter}</span><h1>{title}</h1>'
        '<span class="away">×</span></header><div class="body">{parts}</div><footer><span class="button">{cancel}</span>'
        '<span class="button primary">{submit}</span></footer></section></section>'
    ).format(
        letter=server.app[:1],
        title=body["title"],
        parts=_parts(body["components"], server),
        submit=submit,
        cancel=cancel,
    )


async def picture(browser: Browser, html: str, path: Path, width: int = 640) -> None:
    """The page as a PNG, as high as it has to be."""
    window = await browser.new_page(viewport={"width": width + 32, "height": 200}, device_scale_factor=1.5)
    try:
        await window.set_content(html)
        await window.screenshot(path=path, full_page=True)
    finally:
        await window.close()


def _parts(components: Iterable[Component], server: Server) -> Markup:
    return Markup("").join(_part(one, server) for one in components)


def _part(one: Component, server: Server) -> Markup:
    match one["type"]:
        case 17:
            accent = f"#{one['accent_color']:06x}" if one.get("accent_color") else _NO_ACCENT
            return Markup('<div class="container" style="--accent:{}">{}</div>').format(
                accent, _parts(one["components"], server)
            )
        case 10:
            return _words(one["content"], server)
        case 1:
            return Markup('<div class="row">{}</div>').format(_parts(one["components"], server))
        case 2:
            return Markup('<span class="button {}">{}</span>').format(_BUTTONS[one["style"]], one["label"])
        case 9:
            return Markup('<div class="beside">{}{}</div>').format(
                _parts(one["components"], server), _part(one["accessory"], server)
            )
        case 12:
            return Markup("").join(_picture(item, server) for item in one["items"])
        case 14:
            return Markup("<hr>")
        case 18:
            return _field(one)
        case _:
            return _input(one)


def _picture(item: Component, server: Server) -> Markup:
    png = server.files.get(item["media"]["url"].removeprefix("attachment://"), b"")
    source = f"data:image/png;base64,{b64encode(png).decode()}"
    return Markup('<img class="shown" src="{}" alt="{}">').format(source, item.get("description") or "")


def _words(content: str, server: Server) -> Markup:
    shown: list[Markup] = []
    for kind, nodes in groupby(read(content), key=lambda node: node.kind):
        drawn = Markup("").join(_node(node, server) for node in nodes)
        shown.append(Markup("<ul>{}</ul>").format(drawn) if kind == "point" else drawn)
    return Markup('<div class="words">{}</div>').format(Markup("").join(shown))


def _node(node: Node, server: Server) -> Markup:  # noqa: C901 - one arm for each kind of mark
    inner = Markup("").join(_node(child, server) for child in node.children)
    match node.kind:
        case "heading":
            return Markup('<div class="h h{}">{}</div>').format(len(node.target), inner)
        case "subtext":
            return Markup("<small>{}</small>").format(inner)
        case "quote":
            return Markup("<blockquote>{}</blockquote>").format(inner)
        case "point":
            return Markup("<li>{}</li>").format(inner)
        case "block":
            return Markup("<pre>{}</pre>").format(node.text)
        case "code":
            return Markup("<code>{}</code>").format(node.text)
        case "user":
            return Markup('<span class="mention">@{}</span>').format(server.people.get(node.target, node.target))
        case "link":
            return Markup('<a href="{}">{}</a>').format(node.target, inner)
        case "autolink" | "url":
            return Markup('<a href="{}">{}</a>').format(node.target, node.text)
        case "moment":
            at = datetime.fromtimestamp(int(node.target), server.zone)
            return Markup('<span class="mention">{}</span>').format(f"{at:%d/%m/%Y %H:%M}")
        case kind if kind in _TAGS:
            return _TAGS[kind].format(inner)
        case _:
            return Markup("{}").format(node.text)


def _field(label: Component) -> Markup:
    inner = label["component"]
    needed = Markup(" <i>*</i>") if inner["type"] != 23 and inner.get("required", True) else ""
    hint = Markup('<p class="hint">{}</p>').format(label["description"]) if label.get("description") else ""
    return Markup('<div class="field"><p class="label">{}{}</p>{}{}</div>').format(
        label["label"], needed, hint, _input(inner)
    )


def _input(one: Component) -> Markup:
    match one["type"]:
        case 4:
            lines, value = "lines" if one["style"] == 2 else "", one.get("value")
            empty = "" if value else "empty"
            return Markup('<p class="input {} {}">{}</p>').format(lines, empty, value or one.get("placeholder") or "")
        case 3:
            chosen = ", ".join(option["label"] for option in one["options"] if option.get("default"))
            shown = chosen or one.get("placeholder") or "Make a selection"
            return Markup('<p class="menu {}">{}</p>').format("chosen" if chosen else "", shown)
        case 21 | 22:
            sign = "box" if one["type"] == 22 else ""
            return Markup('<div class="options">{}</div>').format(
                Markup("").join(_option(option, sign) for option in one["options"])
            )
        case 23:
            on = "on" if one.get("default") else ""
            return Markup('<p class="option {}"><span class="sign box"></span></p>').format(on)
        case 19:
            return Markup('<p class="input empty">Drop a file here, or browse</p>')
        case _:
            return Markup('<p class="menu">{}</p>').format(one.get("placeholder") or "Make a selection")


def _option(option: Component, sign: str) -> Markup:
    hint = Markup("<small>{}</small>").format(option["description"]) if option.get("description") else ""
    return Markup('<div class="option {}"><span class="sign {}"></span><span>{}{}</span></div>').format(
        "on" if option.get("default") else "", sign, option["label"], hint
    )
