"""A sentence out of its thread: "I" becomes the one who said it where grammar makes that certain; elsewhere a name and a colon
stand before it. Nothing else of it is changed."""

import re

from bot.notes.extract.wordlists import words_in

_DANISH_I = re.compile(r"\bjeg\b", re.IGNORECASE)
_DANISH_OTHER = re.compile(r"\b(?:mig|min|mit|mine|du|dig|din|dit|dine)\b", re.IGNORECASE)
_DANISH_YOU = re.compile(r"\b(?:jeg|mig|min|mit|mine|du|dig|din|dit|dine)\b", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:i|me|my|mine|myself|you|your|yours|yourself)\b", re.IGNORECASE)
_ENGLISH_OTHER = re.compile(r"\b(?:me|my|mine|myself|you|your|yours|yourself)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'#-]+|[^\w\s]+|\s+")

# After "I": what the third person has instead. Nothing stands here that would not be certain.
_FORMS = {"i'm": "is", "i've": "has", "i'll": "will", "i'd": "would"}
_ADDING_S = (
    "want need think like know see hope feel believe work live suggest propose agree prefer mean wonder understand find get take "
    "make call ask look love plan expect remember send write book bring check talk speak come run own support offer recommend "
    "assume suppose doubt promise say keep use help read hear meet start stop give tell appreciate"
)
_AFTER = {
    "am": "is",
    "have": "has",
    "do": "does",
    "don't": "doesn't",
    "haven't": "hasn't",
    "go": "goes",
    "guess": "guesses",
    "wish": "wishes",
    "were": "was",
    **{word: f"{word}s" for word in _ADDING_S.split()},
}
_SAME = words_in(
    "can could will would should shall may might must can't couldn't won't wouldn't shouldn't wasn't didn't did",
    "had was went got said saw found made took thought knew told gave felt came heard meant kept left met sent",
    "spoke wrote brought bought paid spent lost began became wanted needed liked called asked looked talked tried",
    "used worked lived moved started stopped helped planned",
)
_BETWEEN = words_in("just really also already still only always never usually often probably actually definitely")


def told(text: str, author: str, language: str) -> str:
    """The sentence in the third person where it speaks of its author, else with the author's name before it; as it is where it
    speaks of neither."""
    if not author:
        return text
    if language == "da":
        if not _DANISH_YOU.search(text):
            return text
        if _DANISH_OTHER.search(text):
            return named(text, author)
        return _DANISH_I.sub(lambda _: author, text) if len(_DANISH_I.findall(text)) == 1 else named(text, author)
    if not _ENGLISH.search(text):
        return text
    if _ENGLISH_OTHER.search(text) or len(_ENGLISH.findall(text)) > 1:
        return named(text, author)
    return _third_person(text, author) or named(text, author)


def named(text: str, author: str) -> str:
    """``Anna: I can ask.``"""
    return f"{author}: {text}" if author else text


def _third_person(text: str, author: str) -> str:
    """English; empty where it is not certain how."""
    pieces = _WORD.findall(text)
    words = [place for place, piece in enumerate(pieces) if piece[0].isalnum() or piece[0] == "'"]
    for index, place in enumerate(words):
        word = pieces[place].casefold()
        if word in _FORMS:
            pieces[place] = f"{author} {_FORMS[word]}"
        elif word == "i":
            after = next((at for at in words[index + 1 :] if pieces[at].casefold() not in _BETWEEN), None)
            before = pieces[words[index - 1]].casefold() if index else ""
            if before in {"am", "do", "have", "don't", "haven't"} or after is None:
                return ""
            form = pieces[after].casefold()
            if before not in _SAME and form not in _AFTER and form not in _SAME:
                return ""
            pieces[place] = author
            pieces[after] = pieces[after] if before in _SAME else _AFTER.get(form, pieces[after])
        elif word.startswith("i'"):
            return ""
    return "".join(pieces)
