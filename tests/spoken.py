"""Finds every sentence that the house says, in Python and in templates.

The source is read as a syntax tree and not token by token, since a sentence may be one of two
(``say("a" if x else "b")``) or stand in a table of the same file (``say(_REASONS[kind])``).
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).parent.parent
ROOMS = ("adapters", "bot", "commands", "storage")

_SPOKEN = frozenset({"say", "text", "count"})
_PHRASES = frozenset({"phrase", "Phrase"})
_NONE = frozenset[str]()
# What declares a summary, and where it stands among the arguments.
_DECLARED = {"Command": 2, "Verb": 1, "Option": 2}
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
        summaries = [keyword.value for keyword in node.keywords if keyword.arg == "summary"]
        for summary in (*summaries, *node.args[_DECLARED[called] : _DECLARED[called] + 1]):
            _add(summary, None, file, tables, heard)
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
