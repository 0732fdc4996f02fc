"""Reads gettext's text files, and nothing that the house does not write: sentences with one form, or with two for counting.

Babel reads every dialect of the format and makes the binary one, which takes longer than all else that a start of the command
line does with words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_QUOTED = r'"(?:[^"\\\n]|\\.)*"'
# A mark that a translation is doubtful, or a keyword with its text, which may go on for lines.
_PIECE = re.compile(
    rf"^(?:\#,.*\bfuzzy\b|(?P<keyword>msgid|msgid_plural|msgstr(?:\[\d\])?)[ ](?P<text>{_QUOTED}(?:\s*{_QUOTED})*))",
    re.MULTILINE,
)
_LINE = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one language by their English text. What is not there is said in English."""

    forms: Mapping[str, tuple[str, ...]]

    def gettext(self, message: str) -> str:
        """A sentence."""
        return self.forms.get(message, (message,))[0]

    def ngettext(self, one: str, many: str, number: int) -> str:
        """A sentence for so many. All our languages have one form for one and another for every other number."""
        forms = self.forms.get(one, ())
        return (forms if len(forms) > 1 else (one, many))[number != 1]


def read_catalogue(files: Iterable[Path]) -> Catalogue:
    """All that these files translate; of two files the later one decides. Raises OSError and UnicodeDecodeError."""
    return Catalogue({one: forms for file in files for one, forms in entries(file.read_text("utf-8")) if one})


def entries(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each English text with its translations, the header among them under an empty text. What is not translated yet or
    doubtful is left out."""
    one, forms, doubtful, next_is_doubtful = "", list[str](), False, False
    for piece in _PIECE.finditer(text):
        match piece["keyword"]:
            case None:
                next_is_doubtful = True
            case "msgid":
                if forms and all(forms) and not doubtful:
                    yield one, tuple(forms)
                one, forms, doubtful, next_is_doubtful = _said(piece["text"]), [], next_is_doubtful, False
            case "msgid_plural":
                continue
            case _:
                forms.append(_said(piece["text"]))
    if forms and all(forms) and not doubtful:
        yield one, tuple(forms)


def _said(quoted: str) -> str:
    whole = "".join(_LINE.findall(quoted))
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), whole) if "\\" in whole else whole
