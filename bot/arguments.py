"""Reads what a person types after a command: positional words, quotes that keep words together, and ``name:value``.

A platform's mention stays in one piece, whatever stands in it.

Used wherever a platform gives plain text (Slack, the local workspace). Danish and English names are both understood.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from bot.called import command_called, example_of, in_a_row, own_name, with_two_words
from bot.errors import Called, NotUnderstood, Phrase, phrase
from bot.interactions import Command, Option, OptionKind, Verb
from bot.mentions import apart, end_of_mention

MAX_TYPED = 40_000
_QUOTES = {'"': '"', "“": "”", "”": "”", "„": "“", "»": "«", "«": "»"}
# What stands between the entries of a list: the first of these that parts it.
_BETWEEN = ((";",), (",", "|"), (" / ",))
# What says that a list goes on.
_GOES_ON = (",", ";", "|")
_AND = frozenset({"og", "and", "&", "samt"})
_NEAR = 60
# So like a name in percent, letter by letter, that it is probably meant; what is less like it gets the whole list.
_LIKE = 65
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Typed:
    """One word, or several in quotes. ``name`` is set for ``name:value``; ``quoted`` words are never a verb."""

    text: str
    name: str = ""
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A verb and what was given for its options, by the option's key: still text, not yet read by kind. ``bare``: it was typed
    without any quotes."""

    verb: Verb
    given: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict[str, "str | tuple[str, ...]"])
    bare: bool = False


def split(text: str) -> list[Typed]:
    """The words of a line. A quote that is never closed reaches to the end: nothing that was typed is lost."""
    words: list[Typed] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        word, place = _one(text, place)
        words.append(word)
    return words


def _one(text: str, place: int) -> tuple[Typed, int]:
    start = place
    while place < len(text) and not text[place].isspace():
        if text[place] == "<" and (end := end_of_mention(text, place)) > place:
            place = end
            continue
        closing = _QUOTES.get(text[place])
        before = text[start:place] if closing is not None else ""
        if closing is not None and (not before or (before.endswith(":") and before[:-1].isalpha())):
            end = text.find(closing, place + 1)
            end = len(text) if end < 0 else end
            return Typed(text[place + 1 : end], before[:-1].casefold(), quoted=True), end + 1
        place += 1
    whole = text[start:place]
    name, colon, value = whole.partition(":")
    if colon and name.isalpha() and value and not value.startswith("//"):
        return Typed(value, name.casefold()), place
    return Typed(whole), place


def ask(command: Command, text: str) -> Asked:
    """Which verb is meant and what was given for it. Raises NotUnderstood, naming the nearest known verb or option."""
    if len(text) > MAX_TYPED:
        raise NotUnderstood(_too_long())
    words = split(text)
    verb, rest = _verb(command, words)
    return Asked(verb, _given(command, verb, rest), bare=not any(word.quoted for word in rest))


def picked(command: Command, verb: Verb, given: Mapping[str, str | tuple[str, ...]]) -> Asked:
    """The same where a platform shows each option by itself. Raises NotUnderstood for what is missing or not known.

    What is left empty was not given; a list is split as :func:`entries` does.
    """
    options = {option.key: option for option in verb.options}
    kept: dict[str, str | tuple[str, ...]] = {}
    for key, value in given.items():
        option = options.get(key)
        if option is None:
            raise NotUnderstood(_unknown_option(command, verb, key, options))
        if sum(map(len, value)) > MAX_TYPED:
            raise NotUnderstood(_too_long())
        split_up = entries(value) if isinstance(value, str) and option.kind is OptionKind.LIST else value
        if split_up if isinstance(split_up, tuple) else split_up.strip():
            kept[key] = split_up
    _complete(command, verb, kept)
    return Asked(verb, kept)


def entries(text: str) -> tuple[str, ...]:
    """The entries of a list in one line: between semicolons, commas or bars, or slashes that stand alone, where there are
    any; else word by word. Quotes keep together what they hold, also where each entry has its own, and a mention is one
    piece."""
    words = split(text)
    if len(words) > 1 and all(word.quoted and not word.name for word in words):
        return tuple(word.text for word in words if word.text.strip())
    for signs in _BETWEEN:
        parts = [part.strip() for part in _between(text, signs)]
        if len(parts) > 1:
            return tuple(bare for part in parts if (bare := _bare(part)))
    return tuple(f"{word.name}:{word.text}" if word.name else word.text for word in words if word.text)


def _between(text: str, signs: tuple[str, ...]) -> list[str]:
    parts, start, place = list[str](), 0, 0
    while place < len(text):
        closing = _QUOTES.get(text[place]) if not text[start:place].strip() else None
        if closing is not None:
            end = text.find(closing, place + 1)
            place = len(text) if end < 0 else end
        elif text[place] == "<" and (end := end_of_mention(text, place)) > place:
            place = end - 1
        elif sign := next((one for one in signs if text.startswith(one, place)), ""):
            parts.append(text[start:place])
            start = place + len(sign)
        place += 1
    return [*parts, text[start:]]


def _bare(part: str) -> str:
    closing = _QUOTES.get(part[:1])
    if closing is None or closing in part[1:-1]:
        return part
    return part[1:].removesuffix(closing).strip()


def verb_named(command: Command, name: str) -> Verb | None:
    """The verb with this name in any language."""
    wanted = name.casefold()
    return next((verb for verb in command.verbs if wanted in verb_names(verb)), None)


def nearest(wanted: str, known: Iterable[str]) -> str:
    """The known name that is most like the wanted one, the first by the alphabet of those equally like it; empty if none is
    near."""
    found = process.extractOne(wanted[:_LONGEST].casefold(), sorted(known), score_cutoff=_NEAR)
    return found[0] if found else ""


def _too_long() -> Phrase:
    return phrase("That is too long to read. Please keep it under {limit} characters.", limit=MAX_TYPED)


def _verb(command: Command, words: Sequence[Typed]) -> tuple[Verb, Sequence[Typed]]:
    if words and not words[0].quoted and not words[0].name:
        named = verb_named(command, words[0].text)
        if named is not None and named.name:
            return named, words[1:]
    default = verb_named(command, command.default)
    if default is None:
        raise NotUnderstood(_unknown_verb(command, words[0].text if words else ""))
    if words and not default.options:
        raise NotUnderstood(_unknown_verb(command, words[0].text))
    return default, words


def _unknown_verb(command: Command, wanted: str) -> Phrase:
    known = [Called(verb.name, verb.names) for verb in command.verbs if verb.name]
    every = {name: verb for verb in command.verbs for name in verb_names(verb) if name}
    near = nearest(wanted, every) if wanted else ""
    if near:
        return phrase("I don't know that one. Did you mean {nearest}?", nearest=command_called(command, every[near]))
    called = phrase("/{called}", called=own_name(command))
    if not known:
        return phrase("{command} takes nothing after its name.", command=called)
    return phrase("{command} can be followed by: {verbs}.", command=called, verbs=in_a_row(known))


def _given(command: Command, verb: Verb, words: Sequence[Typed]) -> Mapping[str, str | tuple[str, ...]]:
    named = {name: option for option in verb.options for name in _names(option.key, option.names)}
    called = {**{name: option for option in verb.options for name in option.also}, **named}
    given: dict[str, str | tuple[str, ...]] = {}
    loose: list[Typed] = []
    for word in _whole_lists(words, called):
        option = called.get(word.name) if word.name else None
        if option is not None:
            given[option.key] = _named_value(option, word.text, given.get(option.key))
        elif (word.name and not word.quoted and not _takes_text(verb, given)) or (
            word.name and nearest(word.name, named)
        ):
            raise NotUnderstood(_unknown_option(command, verb, word.name, named))
        else:
            loose.append(word)
    sentence = next((option for option in verb.options if option.sentence and option.key not in given), None)
    if sentence is not None and loose and not loose[0].quoted:
        given[sentence.key] = " ".join(map(_as_typed, loose))
        loose.clear()
    elif sentence is not None and not all(word.quoted for word in loose):
        raise NotUnderstood(_too_much(command, verb))
    _place(command, verb, list(map(_as_typed, loose)), given)
    _complete(command, verb, given)
    return given


def _named_value(option: Option, text: str, before: str | tuple[str, ...] | None) -> str | tuple[str, ...]:
    if option.kind is OptionKind.LIST:
        return (*(before or ()), *(part.strip() for part in apart(text, "|") if part.strip()))
    return text


def _takes_text(verb: Verb, given: Mapping[str, object]) -> bool:
    free = (OptionKind.TEXT, OptionKind.LIST)
    return any(option.kind in free and (option.key not in given or option.rest) for option in verb.options)


def _whole_lists(words: Sequence[Typed], called: Mapping[str, Option]) -> Sequence[Typed]:
    """A list that was named goes on behind a comma, and behind "and" where one word more is all that there is of it:
    ``themes:ageing, loneliness and youth``."""
    whole: list[Typed] = []
    for place, word in enumerate(words):
        before = whole[-1] if whole else Typed("")
        option = called.get(before.name) if before.name else None
        behind = [one.name for one in words[place + 1 : place + 3]]
        ends = word.text.casefold() in _AND and len(behind) > 0 and not behind[0] and all(behind[1:])
        if option is None or option.kind is not OptionKind.LIST or word.name:
            whole.append(word)
        elif before.text.endswith(_GOES_ON) or word.text.startswith(_GOES_ON) or (ends and not word.quoted):
            added = "" if ends else word.text.lstrip("".join(_GOES_ON))
            whole[-1] = replace(before, text=f"{before.text.rstrip(''.join(_GOES_ON))}|{added}")
        else:
            whole.append(word)
    return whole


def _as_typed(word: Typed) -> str:
    return f"{word.name}:{word.text}" if word.name else word.text


def _place(command: Command, verb: Verb, loose: list[str], given: dict[str, str | tuple[str, ...]]) -> None:
    for option in verb.options:
        if not loose:
            return
        if option.key in given:
            continue
        if option.kind is OptionKind.LIST:
            given[option.key] = tuple(loose)
            loose.clear()
        elif option.rest:
            given[option.key] = " ".join(loose)
            loose.clear()
        else:
            given[option.key] = loose.pop(0)
    if loose and not verb.options:
        raise NotUnderstood(phrase("{command} takes nothing after its name.", command=command_called(command, verb)))
    if loose:
        raise NotUnderstood(_too_much(command, verb))


def _too_much(command: Command, verb: Verb) -> Phrase:
    return phrase(
        "That is more than {command} can take. Put words that belong together in quotes, for example: {example}",
        command=command_called(command, verb),
        example=example_of(verb) or with_two_words(command, verb),
    )


def _complete(command: Command, verb: Verb, given: Mapping[str, object]) -> None:
    missing = [
        Called(option.key, option.names) for option in verb.options if option.required and option.key not in given
    ]
    if missing and not verb.opens_form:
        raise NotUnderstood(
            phrase(
                "{command} also needs: {missing}. For example: {example}",
                command=command_called(command, verb),
                missing=in_a_row(missing),
                example=example_of(verb) or command_called(command, verb),
            )
        )


def _unknown_option(command: Command, verb: Verb, wanted: str, named: Mapping[str, Option]) -> Phrase:
    found = process.extractOne(wanted[:_LONGEST], sorted(named), scorer=fuzz.ratio, score_cutoff=_LIKE)
    near = None if found is None else named[found[0]]
    if near is not None:
        names = {spoken: f"{name}:" for spoken, name in near.names.items()}
        return phrase(
            "I don't know {wanted} here. Did you mean {nearest}?",
            wanted=f"{wanted[:32]}:",
            nearest=Called(f"{near.key}:", names),
        )
    known = [Called(option.key, option.names) for option in verb.options if option in named.values()]
    if len(known) < 2:
        return phrase(
            "{command} does not take {wanted}.", command=command_called(command, verb), wanted=f"{wanted[:32]}:"
        )
    return phrase("I don't know {wanted} here. There is: {known}.", wanted=f"{wanted[:32]}:", known=in_a_row(known))


def verb_names(verb: Verb) -> tuple[str, ...]:
    """Everything that a verb goes by, in small letters."""
    return (*_names(verb.name, verb.names), *(one.casefold() for one in verb.also))


def _names(name: str, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple({name.casefold(), *(other.casefold() for other in names.values())})
