"""The few shapes that a picture needs, as SVG: plain elements on a white sheet, with nothing from elsewhere and no script."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

_SVG = "http://www.w3.org/2000/svg"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
INK = "#16202c"
SOFT = "#52606d"
LINE = "#d5dce3"
PLANNED = "#0b6e63"
CHANCE = "#b4632a"
# Letters are about so wide, as a share of their size.
_LETTER = 0.58
_LIGHT = (232, 243, 240)
_DARK = (11, 94, 85)
# From here on letters are white. Shades in the middle, on which neither white nor dark letters stand out enough, are left out.
_WHITE_FROM = 0.6
_LEFT_OUT = (0.64, 0.78)


@dataclass(slots=True)
class Sheet:
    """A picture on its way. Lengths are in its own units; it scales to any width."""

    width: int
    height: int
    title: str
    told: str
    root: Element = field(init=False)

    def __post_init__(self) -> None:
        self.root = Element(
            "svg",
            {
                "xmlns": _SVG,
                "viewBox": f"0 0 {self.width} {self.height}",
                "width": str(self.width),
                "height": str(self.height),
                "role": "img",
                "aria-labelledby": "title told",
                "font-family": FONT,
            },
        )
        SubElement(self.root, "title", {"id": "title"}).text = self.title
        SubElement(self.root, "desc", {"id": "told"}).text = self.told
        self.box(0, 0, self.width, self.height, "#ffffff")

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 15,
        colour: str = INK,
        *,
        bold: bool = False,
        at: str = "start",
    ) -> None:
        """Words with their baseline at ``y``; ``at``: start, middle or end of them is at ``x``."""
        form = {"x": _n(x), "y": _n(y), "font-size": _n(size), "fill": colour}
        if bold:
            form["font-weight"] = "600"
        if at != "start":
            form["text-anchor"] = at
        SubElement(self.root, "text", form).text = words

    def box(self, x: float, y: float, width: float, height: float, colour: str, *, round_by: float = 0) -> None:
        """A filled rectangle."""
        form = {"x": _n(x), "y": _n(y), "width": _n(width), "height": _n(height), "fill": colour}
        if round_by:
            form["rx"] = _n(round_by)
        SubElement(self.root, "rect", form)

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float = 1) -> None:
        """A line through the points."""
        form = {
            "points": " ".join(f"{_n(x)},{_n(y)}" for x, y in points),
            "fill": "none",
            "stroke": colour,
            "stroke-width": _n(width),
            "stroke-linejoin": "round",
            "stroke-linecap": "round",
        }
        SubElement(self.root, "polyline", form)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle."""
        SubElement(self.root, "circle", {"cx": _n(x), "cy": _n(y), "r": _n(radius), "fill": colour})

    def written(self) -> str:
        """The file."""
        register_namespace("", _SVG)
        indent(self.root)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(self.root, "unicode")}\n'


def shade(share: float) -> str:
    """A colour from light (0) to dark (1)."""
    share = min(1.0, max(0.0, share))
    if share <= _WHITE_FROM:
        deep = share / _WHITE_FROM * _LEFT_OUT[0]
    else:
        deep = _LEFT_OUT[1] + (share - _WHITE_FROM) / (1 - _WHITE_FROM) * (1 - _LEFT_OUT[1])
    mixed = [round(light + (dark - light) * deep) for light, dark in zip(_LIGHT, _DARK, strict=True)]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def ink_on(share: float) -> str:
    """A colour for letters on :func:`shade` that can be read by everybody: at least 4.5 to 1 in lightness."""
    return "#ffffff" if share > _WHITE_FROM else INK


def width_of(words: str, size: float) -> float:
    """About how wide words are."""
    return len(words) * size * _LETTER


def fitted(words: str, size: float, width: float) -> str:
    """The words, shortened to about the width."""
    letters = max(3, int(width / (size * _LETTER)))
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def wrapped(words: str, size: float, width: float, lines: int = 2) -> list[str]:
    """The words in a few lines of about the width; the last one is shortened where they are too many."""
    letters = max(3, int(width / (size * _LETTER)))
    found = wrap(words, letters)
    return [*found[: lines - 1], fitted(" ".join(found[lines - 1 :]), size, width)] if found[lines - 1 :] else found


def steps(most: float) -> list[int]:
    """Some four round numbers from 0 to at least ``most``, for an axis."""
    step = 1
    while step * 5 < most:
        step *= 10
    for finer in (5, 2):
        if step % finer == 0 and step // finer * 5 >= most:
            step //= finer
            break
    count = max(1, -(-int(most) // step))
    return [step * place for place in range(count + 1)]


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
