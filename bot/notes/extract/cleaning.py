"""From what was typed to sentences that can be read out of their thread: no mark-up, quotes, code, pictures or "
"hesitation."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from bot.notes.extract.wordlists import FILLERS, OPENINGS

# A sentence that is longer is cut where a word ends; a word that is longer was not written by a person.
LONGEST = 300
_LONGEST_WORD = 80
_FEWEST_AFTER_OPENING = 2

# What platforms put where a message, a picture or a call was.
_GONE = re.compile(
    r"\s*[<\[(]?\s*(?:this message was deleted|message deleted|deleted message|you deleted this message"
    r"|original message was deleted"
    r"|(?:denne )?besked(?:en)? (?:blev|er) slettet|du slettede denne besked|(?:image|video|audio|sticker|gif"
    r"|document|media) omitted"
    r"|(?:medie|billede|video|lyd)\w* (?:er )?udeladt|<media omitted>|removed|deleted|slettet|null)\s*[>\])]?\s*\.?\s*",
    re.IGNORECASE,
)
_FENCED = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
# Mark-up; any other word in such brackets was written by somebody.
_TAG = re.compile(
    r"</[a-zA-Z][^<>\n]{0,200}>|<[a-zA-Z][^<>\n]{0,200}[=/:#|][^<>\n]{0,200}>|<!--.*?-->"
    r"|<(?:a|b|i|u|s|p|br|hr|em|strong|small|sub|sup|div|span|ul|ol|li|h[1-6]|table|t[rdh]|thead|tbody|img|code|pre|font|body"
    r"|html|head|title|style|script|blockquote|strike|del|ins|mark|thread|disfmarker)(?:\s[^<>\n]{0,200})?>",
    re.DOTALL | re.IGNORECASE,
)
_LINKED = re.compile(r"\[([^\[\]\n]{1,200})\]\((?:[^()\s]{1,1000})\)")
_MARKS = re.compile(r"\*\*|__|~~|\|\||`|(?<!\w)[*_~](?=\w)|(?<=[\w.!?])[*_~](?!\w)|^#{1,6}\s+", re.MULTILINE)
_NOISE = re.compile(r"\{\w{1,20}\}|(?<!\w):[a-z0-9_+\-]{2,40}:(?!\w)|<disfmarker>")
_SPELLED = re.compile(r"(?<!\w)(?:[A-Za-z]_){2,}[A-Za-z]?(?!\w)|(?<!\w)(?:[A-Z]_){2,}s(?!\w)")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_FILLER = re.compile(rf"(?<!\w){FILLERS}(?!\w)(?:\s*,)?", re.IGNORECASE)
_AGAIN = re.compile(r"\b(\w{1,40})(?:(?:\s*,)?\s+\1\b)+", re.IGNORECASE)
_AGAIN_TWO = re.compile(r"\b(\w{1,30} \w{1,30})(?:(?:\s*,)?\s+\1\b)+", re.IGNORECASE)
_LOOSE_ENDING = re.compile(r"(?<=\w) (?='(?:s|m|re|ve|ll|d|t)\b)")
_LOOSE_MARK = re.compile(r"\s+(?=[.,?!;:](?:\s|$))")
_MARKS_IN_A_ROW = re.compile(r"[,;:](?:\s*[,;:])+")
_MARK_BEFORE_END = re.compile(r"[,;:\s]+(?=[.?!])")
_DASHES = re.compile(r"\s-+(?=\s)")
_SPACES = re.compile(r"\s+")
_OPENING = re.compile(rf"^(?:{OPENINGS})\s*", re.IGNORECASE)
_END = re.compile(r"[.!?…]+[\"”»')\]]*(?=\s|$)")
_SHORTENED = re.compile(
    r"\b(?:f\.eks|kr|bl\.a|ca|kl|nr|tlf|dvs|osv|mht|pga|inkl|ekskl|evt|jf|hr|fr|dr|mr|mrs|ms|st|prof|vs|etc|e\.g|i\.e"
    r"|approx|no|mio|mia|mdr|vedr|ang|afd|stk|pkt|hhv|maks|ugtl|pr|sct|skt|kap|m\.m|m\.v|mv|mfl|m\.fl|o\.l"
    r"|z\.b|u\.a|d\.h|bzw|usw|ggf|evtl|tel|str|jr|sr|inc|ltd|vol|fig"
    r"|jan|feb|apr|aug|sept?|okt|oct|nov|dec|[a-zæøå])\.$",
    re.IGNORECASE,
)
# What ends within quotation marks does not end the sentence around it.
_QUOTES = "\"”»'"
_COUNTED = re.compile(r"\d\.$")
_MONTH = re.compile(r"(?:jan|feb|m[aä]r|apr|ma[ijy]|jun|jul|aug|sep|o[kc]t|nov|de[cz])[a-zäé]{0,7}\b\.?", re.IGNORECASE)
# Abbreviations after which a sentence may end: it does where a capital letter follows.
_AND_SO_ON = re.compile(r"\b(?:osv|m\.m|m\.v|mv|mm|o\.l|etc|usw|mfl|m\.fl)\.$", re.IGNORECASE)
_NO = re.compile(r"\bno\.$", re.IGNORECASE)
# A line of a message goes on in the next where that begins small, and where it is itself no heading, list or whole sentence.
_FEWEST_ON_A_LINE = 3  # words
_ENDS_A_LINE = re.compile(r"[.!?…:;][\"”»')\]]*$")
_LIST_OF_CLAUSES = re.compile(r"(?<=[,;:])\s+")


def is_gone(text: str) -> bool:
    """Whether only the platform's word is left that something was here."""
    return _GONE.fullmatch(text[:200]) is not None


def sentences(text: str) -> list[str]:
    """The sentences of a message, as they can be shown; none where it says nothing in words."""
    if is_gone(text):
        return []
    found: list[str] = []
    for line in _spoken_lines(text):
        for piece in _cut(_tidied(line)):
            shown = _shown(piece)
            if shown:
                found.append(shown)
    return found


def _spoken_lines(text: str) -> Iterator[str]:
    """The lines of a message without code, and without what is quoted of others unless there is nothing else."""
    spelled = _SPELLED.sub(lambda found: found[0].replace("_", ""), _FENCED.sub("\n", text))
    bare = _MARKS.sub("", _LINKED.sub(r"\1", _TAG.sub(" ", spelled)))
    lines = [line.strip() for line in bare.splitlines()]
    own = [line for line in lines if not line.startswith(">")]
    for line in _joined(own if any(own) else [line.lstrip("> ") for line in lines]):
        yield _BULLET.sub("", line)


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Sentences whole where they were written over the end of a line; an empty line always ends one."""
    before = ""
    for line in lines:
        if _goes_on(before, line) and len(before) + len(line) < LONGEST:
            before = f"{before} {line}"
            continue
        if before:
            yield before
        before = line
    if before:
        yield before


def _goes_on(before: str, line: str) -> bool:
    # Who writes every line small writes a sentence on each.
    begun = before[:1].isupper() and before.count(" ") >= _FEWEST_ON_A_LINE - 1
    return begun and line[:1].islower() and _ENDS_A_LINE.search(before) is None


def _tidied(line: str) -> str:
    text = "".join(" " if _is_picture(letter) else letter for letter in _NOISE.sub(" ", line))
    text = _FILLER.sub(" ", text.replace("’", "'"))
    text = _LOOSE_ENDING.sub("", _SPACES.sub(" ", _DASHES.sub(" ", text)))
    text = _AGAIN_TWO.sub(r"\1", _AGAIN.sub(r"\1", text))
    text = _MARKS_IN_A_ROW.sub(",", _LOOSE_MARK.sub("", text))
    return _MARK_BEFORE_END.sub("", text).strip()


def _is_picture(letter: str) -> bool:
    """Emoji, arrows, and what joins or colours them."""
    if letter < "\u0080":
        return letter < " "
    return unicodedata.category(letter) in {"So", "Sk", "Cs", "Co", "Cn", "Cf", "Cc"} or letter in "\ufe0f\u20e3"


def _cut(text: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(text):
        piece = text[start : end.end()]
        follows = text[end.end() : end.end() + 2].strip()
        if follows and (
            (_SHORTENED.search(piece[-8:]) and not _ends_anyway(piece[-8:], follows[0]))
            or (piece[-1] in _QUOTES and follows[0].islower())
            or (_COUNTED.search(piece[-3:]) and not _begins_anew(text[end.end() :].lstrip()))
        ):
            continue
        yield from _not_too_long(piece.strip())
        start = end.end()
    yield from _not_too_long(text[start:].strip())


def _ends_anyway(end: str, follows: str) -> bool:
    """After what is an abbreviation elsewhere: "etc. We", "No. I ..."."""
    if _NO.search(end):
        return not follows.isdecimal()
    return follows.isupper() and _AND_SO_ON.search(end) is not None


def _begins_anew(text: str) -> bool:
    """After a number and a full stop: "on the 1. May" goes on."""
    return (text[0].isupper() or text[0] == "@") and _MONTH.match(text) is None


def _not_too_long(piece: str) -> Iterator[str]:
    """One that goes on and on in parts, at commas where there are any: nothing of it is lost."""
    if len(piece) <= LONGEST:
        yield piece
        return
    part = ""
    for clause in _LIST_OF_CLAUSES.split(piece):
        for word in [clause] if len(clause) <= LONGEST else clause.split(" "):
            shown = word if len(word) <= LONGEST else f"{word[:_LONGEST_WORD]}…"
            if part and len(part) + len(shown) >= LONGEST:
                yield part
                part = ""
            part = f"{part} {shown}" if part else shown
    yield part


def _shown(piece: str) -> str:
    """Without its opening; empty where no word is left."""
    text = piece.strip(" ,;:–-…")
    while True:
        shorter = _OPENING.sub("", text, count=1).lstrip(" ,;:.!?–-")
        if shorter == text or shorter.count(" ") < _FEWEST_AFTER_OPENING:
            break
        text = shorter
    if not any(letter.isalnum() for letter in text):
        return ""
    return text[:1].upper() + text[1:]
