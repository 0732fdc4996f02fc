"""The rules of the house, over syntax trees; ``tests/architecture/test_house_rules.py`` applies them."""

import ast
import gc
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("adapters", "bot", "commands", "storage")
MOST_LINES = 330
# A dialogue of many cases is one thing for longer than a module is.
MOST_LINES_OF_A_TEST = 400

# Where the command line is declared: Typer wants its groups when the module is imported.
COMMAND_LINE = frozenset({"bot/__main__.py", "bot/terminal.py", "bot/offline/rounds.py", "bot/offline/stations.py"})
# Where the rule is the file's own purpose.
CLOCKS = frozenset({"adapters/clock.py"}) | COMMAND_LINE
ENVIRONMENT = frozenset({"bot/settings.py"})
# Alembic reads its revisions as modules with their identifiers and runs `env.py` from the top.
GENERATED = re.compile(r"storage/migrations/(?:versions/.*|env)\.py")

# Calls that make something which never changes, so that a constant may come from them.
_MAKES_CONSTANTS = frozenset(
    {
        "Final", "NewType", "ParamSpec", "TypeVar", "TypeVarTuple", "TypedDict",
        "compile", "frozenset", "getLogger", "maketrans", "namedtuple", "tuple",
        "Formatter", "Path", "ZoneInfo", "date", "datetime", "time", "timedelta", "MappingProxyType",
        "bytes", "chr", "float", "int", "len", "max", "min", "ord", "range", "sorted", "str", "sum", "zip", "map",
        "casefold", "encode", "items", "joinpath", "keys", "lower", "split", "strip", "upper", "values", "with_name",
        "category", "decomposition", "fromkeys", "normalize", "is_dataclass", "isinstance", "makeLogRecord", "vars",
        "cast", "dict", "enumerate", "import_module", "join", "resolve",
    }
)  # fmt: skip
# Typer's own objects: the command line is declared with them and with nothing else.
_COMMAND_LINE = frozenset({"Typer", "add_typer", "command"})
# SQLAlchemy's table of tables is a constant by its own design; rows hang on it.
_ROWS = re.compile(r"storage/.*(?:rows|columns)\.py")
_MADE_OF_ROWS = frozenset(
    {
        "MetaData",
        "Table",
        "Column",
        "Index",
        "UniqueConstraint",
        "ForeignKey",
        "Text",
        "registry",
        "mapped_column",
        "with_variant",
    }
)
_ALLOWED_IN = {
    # A table of what each error code is called; whoever raises one makes it anew.
    "storage/faults.py": frozenset({"Full", "Taken", "Unavailable"}),
    "storage/postgres.py": frozenset({"Full", "Taken", "Unavailable"}),
    # Alembic keeps the running upgrade in global variables, so its lock is as global.
    "storage/upgrade.py": frozenset({"Lock"}),
    # What runs now, each task its own: the language's way for what log lines share.
    "bot/traces.py": frozenset({"ContextVar"}),
}
_PLAIN_DECORATORS = frozenset(
    {
        "abstractmethod", "asynccontextmanager", "cache", "cached_property", "classmethod", "contextmanager", "dataclass",
        "field_serializer", "field_validator", "model_validator", "final", "overload", "override", "property", "setter",
        "staticmethod", "total_ordering", "wraps", "runtime_checkable", "lru_cache", "deprecated", "validates", "unique",
    }
)  # fmt: skip
_BAD_NAMES = re.compile(r"(?:Manager|Helper|Helpers|Utils?|Base|Impl|Abstract\w*)$")
_READS_CLOCK = frozenset({("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
                          ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime")})  # fmt: skip
_EXCUSE = re.compile(r"#\s*(?:type:\s*ignore|noqa|pyright:\s*ignore)")
_GOOD_EXCUSE = re.compile(
    r"#\s*(?:type:\s*ignore\[[\w-]+(?:,\s*[\w-]+)*\]|noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|pyright:\s*ignore\[\w+(?:,\s*\w+)*\])"
    r"\s*(?:#\s*|[-–—:(]\s*)\S.{3,}"
)
_LOGS = re.compile(r"(?:_?log(?:ger)?|logging)\.(?:debug|info|warning|error|exception|critical|log)")
_PERSONAL = frozenset({"email", "label", "message", "name", "needs", "notice", "offers", "organisation", "said", "text", "title",
                       "typed", "user"})  # fmt: skip
_UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b")


class Source:
    """A file of the house with its syntax tree."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.lines = text.splitlines()
        self.tree = ast.parse(text, name)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the tree, for the many rules that look through it."""
        return tuple(ast.walk(self.tree))

    def at(self, node: ast.stmt | ast.expr, what: str) -> str:
        return f"{self.name}:{node.lineno}: {what}"


Rule = Callable[[Source], Iterator[str]]


def files(*folders: str) -> Iterator[Path]:
    return (file for folder in folders for file in sorted((ROOT / folder).rglob("*.py")))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """The files of some folders, read once; one that is not Python has a test of its own."""
    found: list[Source] = []
    gc.disable()  # millions of nodes, all of which stay
    for file in files(*folders):
        with suppress(SyntaxError):
            found.append(Source(file.relative_to(ROOT).as_posix(), file.read_text("utf-8")))
    gc.freeze()
    gc.enable()
    return tuple(found)


def called(node: ast.expr) -> str:
    match node:
        case ast.Call(func=function):
            return called(function)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case ast.Subscript(value=value):
            return called(value)
        case _:
            return ""


def only_constants(source: Source) -> Iterator[str]:
    """A module holds definitions and constants: nothing mutable is shared, and importing does nothing."""
    if GENERATED.fullmatch(source.name):
        return
    own = defined_names(source.tree)
    for node in source.tree.body:
        match node:
            case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                continue
            case ast.Expr(value=ast.Constant()):
                continue
            case ast.If(test=test) if ast.unparse(test) in ("TYPE_CHECKING", "__name__ == '__main__'"):
                continue
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                continue
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
                yield from not_constant(source, value, own)
            case ast.AnnAssign(value=None) | ast.Delete():
                continue
            case ast.Expr(value=ast.Call() as call) if source.name in COMMAND_LINE and called(call) in _COMMAND_LINE:
                continue
            case _:
                yield source.at(node, f"runs when it is imported: {ast.unparse(node)[:60]}")


def defined_names(tree: ast.Module) -> frozenset[str]:
    """The module's own frozen classes and pure functions may make its constants."""
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) or (isinstance(node, ast.ClassDef) and is_frozen(node))
    )


def is_frozen(node: ast.ClassDef) -> bool:
    bases = {called(base) for base in node.bases}
    return bool(bases & {"StrEnum", "Enum", "IntEnum", "NamedTuple"}) or any(
        "frozen=True" in ast.unparse(decorator) for decorator in node.decorator_list
    )


def not_constant(source: Source, value: ast.expr, own: frozenset[str]) -> Iterator[str]:
    if isinstance(value, ast.List | ast.Set | ast.ListComp | ast.SetComp):
        yield source.at(value, "is a constant that can be changed; make it a tuple or a frozenset")
    for node in ast.walk(value):
        if not isinstance(node, ast.Call):
            continue
        name = called(node)
        allowed = (
            name in _MAKES_CONSTANTS
            or name in own
            or name in frozen_elsewhere()
            or (source.name in COMMAND_LINE and name in _COMMAND_LINE | {"Option", "Argument"})
            or name in _ALLOWED_IN.get(source.name, ())
            or (_ROWS.fullmatch(source.name) is not None and name in _MADE_OF_ROWS)
        )
        if not allowed:
            yield source.at(node, f"is made when the module is imported: {ast.unparse(node)[:60]}")


@cache
def frozen_elsewhere() -> frozenset[str]:
    """The frozen values of the whole house, and the functions that make rows of its tables."""
    classes = {
        node.name
        for source in sources(*ROOMS)
        for node in source.nodes
        if isinstance(node, ast.ClassDef) and is_frozen(node)
    }
    return frozenset(classes | {"answer", "swift", "fill", "written", "plain", "phrase", "of"})


def no_registration(source: Source) -> Iterator[str]:
    """No decorator puts anything into a table at import: the tables are written out."""
    if source.name in COMMAND_LINE:
        return
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for decorator in node.decorator_list:
                if called(decorator) not in _PLAIN_DECORATORS and not GENERATED.fullmatch(source.name):
                    yield source.at(node, f"is decorated with {ast.unparse(decorator)}")


def time_from_the_clock(source: Source) -> Iterator[str]:
    """All time comes from the Clock that is handed in."""
    if source.name in CLOCKS:
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and (called(node.value), node.attr) in _READS_CLOCK:
            yield source.at(node, f"reads the time by itself: {ast.unparse(node)}")


def settings_from_settings(source: Source) -> Iterator[str]:
    """The environment is read in one place."""
    if source.name in ENVIRONMENT:
        return
    for node in source.nodes:
        match node:
            case ast.Attribute(value=ast.Name(id="os"), attr="environ" | "environb" | "getenv" as what):
                yield source.at(node, f"reads the environment by itself: os.{what}")
            case ast.ImportFrom(module="os", names=names) if {"environ", "getenv"} & {name.name for name in names}:
                yield source.at(node, "reads the environment by itself")
            case _:
                continue


def no_print(source: Source) -> Iterator[str]:
    """Only the command line writes to the terminal."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "breakpoint"):
            yield source.at(node, f"calls {node.func.id}")


def short_files(source: Source) -> Iterator[str]:
    """A file that one can read in one go."""
    most = MOST_LINES_OF_A_TEST if source.name.startswith("tests/") else MOST_LINES
    if len(source.lines) > most and not GENERATED.fullmatch(source.name):
        yield f"{source.name}:{most}: has {len(source.lines)} lines; split it where it is two things"


def excuses_have_reasons(source: Source) -> Iterator[str]:
    """Whoever silences a checker says which rule and why."""
    for number, line in enumerate(source.lines, start=1):
        if _EXCUSE.search(line) and not _GOOD_EXCUSE.search(line):
            yield f"{source.name}:{number}: silences a checker without its code and a reason"


def nothing_unfinished(source: Source) -> Iterator[str]:
    """What is committed is finished."""
    for number, line in enumerate(source.lines, start=1):
        if _UNFINISHED.search(line):
            yield f"{source.name}:{number}: is marked as unfinished"
    for node in source.nodes:
        if isinstance(node, ast.Raise) and node.exc is not None and called(node.exc) == "NotImplementedError":
            yield source.at(node, "is not implemented")


def named_for_the_domain(source: Source) -> Iterator[str]:
    """Names say what a thing is in the domain."""
    for node in source.nodes:
        if isinstance(node, ast.ClassDef) and _BAD_NAMES.search(node.name):
            yield source.at(node, f"is named {node.name}")
    if _BAD_NAMES.search(Path(source.name).stem.title()):
        yield f"{source.name}:1: is named {Path(source.name).stem}"


def quiet_logs(source: Source) -> Iterator[str]:
    """A log line is a constant with ids, kinds and counts: no name, nothing that a person wrote, no error's own text."""
    errors = {node.name for node in source.nodes if isinstance(node, ast.ExceptHandler)}
    for node in source.nodes:
        if not isinstance(node, ast.Call) or not _LOGS.fullmatch(ast.unparse(node.func)):
            continue
        if not node.args or not isinstance(node.args[0], ast.Constant):
            yield source.at(node, "logs a sentence that is not a constant")
        given = [*node.args[1:], *(keyword.value for keyword in node.keywords if keyword.arg == "extra")]
        for value in (value for argument in given for value in ast.walk(argument)):
            personal = isinstance(value, ast.Attribute) and value.attr in _PERSONAL
            worded = isinstance(value, ast.JoinedStr) or (
                isinstance(value, ast.Call) and called(value) in ("str", "repr")
            )
            if personal or worded:
                yield source.at(node, f"may log what a person wrote: {ast.unparse(value)}")
        yield from (
            source.at(node, f"logs an error's own text: {argument.id}")
            for argument in given
            if isinstance(argument, ast.Name) and argument.id in errors
        )


def tells_why(source: Source) -> Iterator[str]:
    """Every module says why it exists."""
    if GENERATED.fullmatch(source.name):
        return
    if source.lines and not ast.get_docstring(source.tree):
        yield f"{source.name}:1: has no docstring"


def no_mocks(source: Source) -> Iterator[str]:
    """Tests use real parts: no mocks, and nothing patched by its dotted path."""
    for node in source.nodes:
        match node:
            case ast.Import(names=names) if any(name.name.startswith(("unittest.mock", "mock")) for name in names):
                yield source.at(node, "imports a mock")
            case ast.ImportFrom(module="unittest.mock" | "mock"):
                yield source.at(node, "imports a mock")
            case ast.Call(func=ast.Attribute(attr="setattr" | "delattr"), args=[ast.Constant(value=str()), *_]):
                yield source.at(node, f"patches a dotted path: {ast.unparse(node)[:60]}")
            case _:
                continue


PRODUCT_RULES: tuple[Rule, ...] = (
    only_constants, no_registration, time_from_the_clock, settings_from_settings, no_print, short_files,
    excuses_have_reasons, nothing_unfinished, named_for_the_domain, quiet_logs, tells_why,
)  # fmt: skip
TEST_RULES: tuple[Rule, ...] = (short_files, excuses_have_reasons, nothing_unfinished, no_mocks)
