"""Finds every sentence that the house says, and keeps its catalogues: ``python -m tests.words`` (or ``make words``).

The source is read as a syntax tree and not token by token, since a sentence may be one of two
(``say("a" if x else "b")``) or stand in a table of the same file (``say(_REASONS[kind])``). The English catalogues are
written anew from the code; the Danish ones are a person's work and are only read: what is missing there is printed, ready
to be filled in.
"""

import ast
import string
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).parent.parent
ROOMS = ("adapters", "bot", "commands", "storage")
LOCALES = ROOT / "bot" / "locales"

_SPOKEN = frozenset({"say", "text", "count"})
_PHRASES = frozenset({"phrase", "Phrase"})
_NONE = frozenset[str]()
_DECLARED = frozenset({"Command", "Verb", "Option"})
# What is said from these attributes was declared as a literal elsewhere: a command's summary, a phrase's message.
_DECLARED_ELSEWHERE = frozenset({"summary", "message"})


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in the code. ``many`` is its plural; ``file`` is relative to the repository."""

    one: str
    many: str
    file: str
    line: int


@dataclass(slots=True)
class Heard:
    """All that was found: the sentences, and the places that say something which cannot be found by reading."""

    said: list[Said] = field(default_factory=list[Said])
    unclear: list[str] = field(default_factory=list[str])

    def by_key(self) -> dict[str, list[Said]]:
        """The sentences by their English text, in the order of their places."""
        found: dict[str, list[Said]] = {}
        for said in self.said:
            found.setdefault(said.one, []).append(said)
        return found


def listen(root: Path = ROOT, rooms: Sequence[str] = ROOMS) -> Heard:
    """Reads every module and template below the rooms."""
    heard = Heard()
    for room in rooms:
        for file in sorted((root / room).rglob("*.py")):
            read_module(file.read_text("utf-8"), file.relative_to(root).as_posix(), heard)
        for file in sorted((root / room).rglob("templates/**/*.html")):
            read_template(file.read_text("utf-8"), file.relative_to(root).as_posix(), heard)
    heard.said.sort(key=lambda said: (said.file, said.line, said.one))
    return heard


def read_module(source: str, name: str, heard: Heard) -> None:
    """Adds what a Python file says."""
    tree = ast.parse(source)
    tables, aliases = _tables(tree), _aliases(tree, name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            _read_call(node, name, tables, aliases, heard)


def _read_call(
    node: ast.Call, file: str, tables: Mapping[str, list[str]], aliases: frozenset[str], heard: Heard
) -> None:
    called = _called(node.func)
    if called in _DECLARED:
        for keyword in node.keywords:
            if keyword.arg == "summary":
                _add(keyword.value, None, file, tables, heard)
    elif called in _PHRASES or (called in _SPOKEN and _is_speech(node.func, file, aliases)):
        if not node.args:
            return
        many = node.args[1] if called == "count" and len(node.args) > 1 else None
        _add(node.args[0], many, file, tables, heard)


def _add(one: ast.expr, many: ast.expr | None, file: str, tables: Mapping[str, list[str]], heard: Heard) -> None:
    if isinstance(one, ast.Attribute) and one.attr in _DECLARED_ELSEWHERE:
        return
    if isinstance(one, ast.Name) and file == "bot/errors.py" and one.id == "message":
        return
    singles = _literals(one, tables)
    plurals = _literals(many, tables) if many is not None else [""]
    if file == "bot/words.py" and (singles is None or plurals is None):
        return
    if singles is None or plurals is None or (many is not None and len(singles) != len(plurals)):
        heard.unclear.append(f"{file}:{one.lineno}: says what cannot be found by reading: {ast.unparse(one)}")
        return
    if many is None:
        plurals = [""] * len(singles)
    heard.said.extend(Said(single, plural, file, one.lineno) for single, plural in zip(singles, plurals, strict=True))


def _literals(node: ast.expr, tables: Mapping[str, list[str]]) -> list[str] | None:
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            first, second = _literals(body, tables), _literals(orelse, tables)
            return None if first is None or second is None else first + second
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
            return tables.get(name)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get")):
            return tables.get(name)
        case _:
            return None


def _tables(tree: ast.Module) -> dict[str, list[str]]:
    """The sentences of each constant of the module: a text, or a tuple, list or mapping with texts as its values."""
    tables: dict[str, list[str]] = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                tables[name] = list(_texts(value))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                tables[name] = list(_texts(value))
            case _:
                pass
    return {name: texts for name, texts in tables.items() if texts}


def _texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Dict(values=values):
            for value in values:
                yield from _texts(value)
        case ast.Tuple(elts=items) | ast.List(elts=items):
            for item in items:
                yield from _texts(item)
        case _:
            return


def _called(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _aliases(tree: ast.Module, file: str) -> frozenset[str]:
    """The names that were given to speech in this file: ``say = words.say``."""
    pairs: list[tuple[ast.expr, ast.expr]] = []
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                pairs += zip(names, values, strict=False)
            case ast.Assign(targets=[name], value=value):
                pairs.append((name, value))
            case _:
                continue
    return frozenset(
        name.id
        for name, value in pairs
        if isinstance(name, ast.Name)
        and name.id == _called(value)
        and name.id in _SPOKEN
        and _is_speech(value, file, _NONE)
    )


def _is_speech(function: ast.expr, file: str, aliases: frozenset[str]) -> bool:
    """``words.say``, ``call.words.text``, ``self._words.count`` or an alias of one; not ``call.text`` nor ``"".count``."""
    match function:
        case ast.Name(id=name):
            return name in aliases
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner) | ast.Call(func=ast.Name(id=owner))):
            return owner.lstrip("_").endswith("words") or (owner == "self" and file == "bot/words.py")
        case _:
            return False


def read_template(source: str, name: str, heard: Heard) -> None:
    """Adds what a Jinja template says, by ``words.say("...")`` or ``say("...")``."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(source)
    for call in tree.find_all(nodes.Call):
        target = call.node
        called = target.attr if isinstance(target, nodes.Getattr) else getattr(target, "name", "")
        owner = (
            getattr(target.node, "name", getattr(target.node, "attr", "")) if isinstance(target, nodes.Getattr) else ""
        )
        if called not in _SPOKEN or not call.args or not (called == "say" or str(owner).endswith("words")):
            continue
        texts = [argument.value if isinstance(argument, nodes.Const) else None for argument in call.args[:2]]
        one, many = texts[0], texts[1] if called == "count" and len(texts) > 1 else ""
        if isinstance(one, str) and isinstance(many, str):
            heard.said.append(Said(one, many, name, call.lineno))
        else:
            heard.unclear.append(f"{name}:{call.lineno}: says what cannot be found by reading")


def part_of(file: str) -> str:
    """Which catalogue a file's sentences belong to: its capability, its command, its adapter, or ``frame``."""
    room, *rest = Path(file).with_suffix("").parts
    if room == "bot":
        return rest[0] if len(rest) > 1 else "frame"
    return rest[0].partition("_")[0] if rest and rest[0] != "__init__" else room


def fields_of(text: str) -> frozenset[str]:
    """The placeholders of a sentence. Raises ValueError where its braces do not match."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def catalogues(language: str, root: Path = LOCALES) -> dict[str, Catalog]:
    """A language's catalogues by part."""
    found: dict[str, Catalog] = {}
    for file in sorted((root / language).glob("*.po")):
        with file.open("rb") as stream:
            found[file.stem] = read_po(stream, locale=language)
    return found


def entries(catalogue: Catalog) -> Iterator[Message]:
    """The sentences of a catalogue, its header left out."""
    return (message for message in catalogue if message.id)


def key_of(message: Message) -> tuple[str, str]:
    """A catalogue entry's English text and its plural (empty if it has none)."""
    if isinstance(message.id, str):
        return message.id, ""
    return message.id[0], message.id[1]


def forms_of(message: Message) -> tuple[str, ...]:
    """The translations of an entry: one, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def english(heard: Heard) -> dict[str, str]:
    """The English catalogues as they should be, by part: each sentence once, in the first part that says it."""
    parts: dict[str, dict[str, list[Said]]] = {}
    for key, places in sorted(heard.by_key().items()):
        parts.setdefault(min(part_of(said.file) for said in places), {})[key] = places
    return {part: _header("en") + "".join(map(_entry, said.values())) for part, said in sorted(parts.items())}


def missing(heard: Heard, language: str, root: Path = LOCALES) -> dict[str, list[list[Said]]]:
    """The sentences without a translation, by part."""
    known = {
        key_of(message)[0]
        for catalogue in catalogues(language, root).values()
        for message in entries(catalogue)
        if all(forms_of(message))
    }
    parts: dict[str, list[list[Said]]] = {}
    for key, places in heard.by_key().items():
        if key not in known:
            parts.setdefault(part_of(places[0].file), []).append(places)
    return parts


def _header(language: str) -> str:
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    )


def _entry(places: Sequence[Said], *, empty: bool = False) -> str:
    one = places[0].one
    many = next((said.many for said in places if said.many), "")
    lines = [f"#: {file}" for file in sorted({said.file for said in places})]
    lines.append(f"msgid {_quoted(one)}")
    if many:
        lines.append(f"msgid_plural {_quoted(many)}")
        lines += [f"msgstr[{place}] {_quoted('' if empty else text)}" for place, text in enumerate((one, many))]
    else:
        lines.append(f"msgstr {_quoted('' if empty else one)}")
    return "\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'


def main() -> int:
    """Writes the English catalogues and prints what is missing in the Danish ones. 1 if anything is missing or unclear."""
    heard = listen()
    folder = LOCALES / "en"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = english(heard)
    for file in folder.glob("*.po"):
        if file.stem not in wanted:
            file.unlink()
    for part, text in wanted.items():
        (folder / f"{part}.po").write_text(text, "utf-8")
    absent = missing(heard, "da")
    _print([f"{len(heard.by_key())} sentences in {len(wanted)} catalogues below {folder.relative_to(ROOT)}."])
    _print(heard.unclear)
    for part, groups in sorted(absent.items()):
        _print([f"\n# Missing in Danish, for example for bot/locales/da/{part}.po: {len(groups)}"])
        _print(_entry(places, empty=True) for places in groups)
    return 1 if absent or heard.unclear else 0


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
