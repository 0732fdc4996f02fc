"""What may stand between the digits of a number, and how digits are written: by hand, by phones, by exports."""

from collections.abc import Callable

_DANISH = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
_TEENS = ("ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten")
_TENS = ("", "", "tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems")
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

# Where two groups of a number are divided, the line's end may be it.
LINES = (
    "\n", "\r\n", "\n> ", " \n", "\n  ", "-\n", "=\n", "\n\t", "\u2028", "<br>", "<br/>\n", "\\n", "\n&gt; ", "\x0b",
    "\n| ", "\n*",
)  # fmt: skip

CPR_GAPS = (
    "-", "-", "-", "-", "bare", "bare", " ", " ", " - ", "- ", " -", "–", "—", "\u2010", "\u2011", "\u2012", "\u2212",
    "--", "---",
    "\u00ad-", ".", "/", "\\", "_", "__", "+", "*", "=", "~", "#", ":", ";", ",", ", ", "|", " | ", " / ", "...",
    "\u2026", "·", "•", "→",
    " -> ", "->", "  ", "   ", "\t", "\u00a0", "\u2009", "\u202f", "\u3000", "\u2003", "&nbsp;", "&#160;", "&#xA0;",
    "&ndash;", "&mdash;",
    "&#8209;", "&#8211;", "&#45;", "&minus;", "&shy;-", "&thinsp;", "%2D", "%20", "%2d", "=2D", "\\-", "\\u002d",
    "\\u2013", "\\t",
    "</td><td>", "</b>-", "<wbr>-", "<span>-</span>", "*-*", "**-**", "`-`", "' '", "\"-\"", "）-（", "﹣", "－", "ー",
)  # fmt: skip

CPR_WORDS = (
    " og ", " så ", " og så ", " og derefter ", " efterfulgt af ", " bindestreg ", " streg ", " dash ", " minus ",
    " hyphen ",
    " mellemrum ", " punktum ", " skråstreg ", " løbenr. ", ", løbenummer ", ", løbenr.: ", ", kontrolcifre ",
    " kontrolnummer ",
    ", de sidste fire er ", ", de sidste fire cifre er ", ", sidste fire: ", ", sidste 4 ", " (sidste fire: ",
    ", de sidste er ",
    " og de sidste fire er ", ", slutter på ", ", ender på ", " og slutter på ", " som slutter med ", " plus ",
    " and ", " then ",
    ", last four ", ", last four digits are ", ", last 4: ", " ending in ", " ending with ",
    ", and the last four are ", " og de fire sidste er ",
    ", de fire sidste ", " med endelsen ", " - de sidste fire: ", ", resten er ", ", resten: ", " tankestreg ",
    " pind ", " space ",
)  # fmt: skip

BETWEEN_GROUPS = {
    0: (
        " ", " ", "-", ".", "\u00a0", "\u2009", "\u202f", "/", "–", "·", "•", "_", " - ", " . ", ",", "\u2011",
        "&nbsp;", "&#160;", "%20", "=20",
        "  ", "\t", "|", "*", " / ", "~", "\\-", "\\ ", "\u3000", "\u2003", "&thinsp;", "-\u200b", "\u2212", "﹣", "→",
    ),
    1: ("",),
    2: (
        " ", " ", "-", ".", "\u00a0", "/", "–", "·", "_", " - ", "\u2009", "&nbsp;", "%20", "  ", "—", "\\-",
        "\u202f", " . ", "*",
        "--", "\u3000", "&#8209;", "•",
    ),
    8: (" ", "-", ".", ",", " - ", "\u00a0", "\u2009", "/", "·"),
}  # fmt: skip

HEADS = (
    "+45 ", "+45", "0045 ", "0045", "(+45) ", "(+45)", "(0045) ", "+45-", "+45.", "+ 45 ", "00 45 ", "45 ", "(45) ",
    "+45 (0)", "+45/", "+45:", "+45\u00a0",
    "&#43;45 ", "%2B45", "\uff0b45 ", "+(45) ", "[+45] ", "+45 - ", "tel:+45", "00-45-", "+4 5 ", "*+45* ",
)  # fmt: skip

MARKS = (
    ("**", "**"), ("*", "*"), ("_", "_"), ("__", "__"), ("~", "~"), ("~~", "~~"), ("`", "`"), ("```", "```"),
    ("||", "||"), ("<b>", "</b>"),
    ("<i>", "</i>"), ("<strong>", "</strong>"), ("<span class=\"x\">", "</span>"), ("<a href=\"#\">", "</a>"),
    ("<u>", "</u>"),
    ("<font color=\"red\">", "</font>"), ("[", "]"), ("(", ")"), ("\"", "\""), ("“", "”"), ("'", "'"), ("{", "}"),
    ("==", "=="), ("[b]", "[/b]"),
    ("<mark>", "</mark>"), ("[", "](#)"), ("<span style='mso-bidi-font-size:11pt'>", "</span>"), ("*_", "_*"),
    ("<!-- x -->", ""), ("«", "»"),
)  # fmt: skip


def _moved(start: int) -> Callable[[str], str]:
    return lambda sign: chr(start + int(sign)) if sign in "0123456789" else sign


def _keycap(sign: str) -> str:
    return f"{sign}\ufe0f\u20e3" if sign in "0123456789" else sign


def _bare_keycap(sign: str) -> str:
    return f"{sign}\u20e3" if sign in "0123456789" else sign


def _circled(sign: str) -> str:
    return "⓪①②③④⑤⑥⑦⑧⑨"[int(sign)] if sign in "0123456789" else sign


def _raised(sign: str) -> str:
    return "⁰¹²³⁴⁵⁶⁷⁸⁹"[int(sign)] if sign in "0123456789" else sign


SCRIPTS = (
    _moved(0xFF10), _moved(0x660), _moved(0x6F0), _moved(0x966), _moved(0x1D7CE), _moved(0x1D7D8), _moved(0x1D7EC),
    _moved(0x1D7F6), _keycap,
    _bare_keycap, _circled, _raised,
)  # fmt: skip


def spoken(number: str, *, english: bool) -> list[str]:
    """Each digit as a word."""
    return [(_ENGLISH if english else _DANISH)[int(digit)] for digit in number]


def spoken_pairs(number: str) -> list[str]:
    """Each pair as Danes say it: "toogfyrre", "nul fem"."""
    found: list[str] = []
    for at in range(0, len(number), 2):
        tens, ones = int(number[at]), int(number[at + 1])
        if tens == 0:
            found.append(f"nul {_DANISH[ones]}")
        elif tens == 1:
            found.append(_TEENS[ones])
        else:
            found.append(f"{_DANISH[ones]}og{_TENS[tens]}" if ones else _TENS[tens])
    return found
