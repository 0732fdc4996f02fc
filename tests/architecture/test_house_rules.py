"""The rules of the house that a reader can check by eye, checked by machine: each failure names file and line."""

from collections import Counter

import pytest

from tests.house_rules import (
    MOST_LINES,
    PRODUCT_RULES,
    ROOMS,
    ROOT,
    TEST_RULES,
    Rule,
    Source,
    excuses_have_reasons,
    files,
    named_for_the_domain,
    no_mocks,
    no_print,
    no_registration,
    nothing_unfinished,
    only_constants,
    quiet_logs,
    settings_from_settings,
    short_files,
    sources,
    tells_why,
    time_from_the_clock,
)


def test_every_file_is_python() -> None:
    read = {source.name for source in (*sources(*ROOMS), *sources("tests", "benchmarks"))}
    there = {file.relative_to(ROOT).as_posix() for file in files(*ROOMS, "tests", "benchmarks")}
    assert there == read


@pytest.mark.parametrize("rule", PRODUCT_RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rule(rule: Rule) -> None:
    broken = [line for source in sources(*ROOMS) for line in rule(source)]
    assert not broken, "\n".join([rule.__doc__ or "", *broken])


@pytest.mark.parametrize("rule", TEST_RULES, ids=lambda rule: rule.__name__)
def test_tests_and_benchmarks_keep_the_rule(rule: Rule) -> None:
    broken = [line for source in sources("tests", "benchmarks") for line in rule(source)]
    assert not broken, "\n".join([rule.__doc__ or "", *broken])


def test_test_files_have_names_of_their_own() -> None:
    """Without packages in tests, two files of one name would be one module."""
    names = Counter(file.name for file in files("tests"))
    assert [name for name, number in names.items() if number > 1 and name != "conftest.py"] == []
    assert [str(file) for file in files("tests") if file.name == "__init__.py"] == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (only_constants, "SEEN = []"),
        (only_constants, "SEEN: list[int] = [n for n in (1, 2)]"),
        (only_constants, "engine = create_engine('sqlite://')"),
        (only_constants, "TABLE = {'a': Cache()}"),
        (only_constants, "register('help', run)"),
        (only_constants, "for name in NAMES:\n    pass"),
        (no_registration, "@command('help')\nasync def run() -> None: ..."),
        (no_registration, "@app.route('/')\ndef page() -> None: ..."),
        (time_from_the_clock, "from datetime import UTC, datetime\nnow = lambda: datetime.now(UTC)"),
        (time_from_the_clock, "import time\ndef f() -> float:\n    return time.time()"),
        (time_from_the_clock, "import datetime as d\nf = d.date.today"),
        (settings_from_settings, "import os\nkey = os.environ['X']"),
        (settings_from_settings, "from os import getenv"),
        (no_print, "def f() -> None:\n    print(1)"),
        (short_files, "\n" * (MOST_LINES + 1)),
        (excuses_have_reasons, "x = 1  # type: " + "ignore"),
        (excuses_have_reasons, "x = 1  # type: " + "ignore[assignment]"),
        (excuses_have_reasons, "x = 1  # no" + "qa: F401"),
        (nothing_unfinished, "# TO" + "DO: later"),
        (nothing_unfinished, "def f() -> None:\n    raise NotImplementedError"),
        (named_for_the_domain, "class RoundManager: ..."),
        (named_for_the_domain, "class CardBase: ..."),
        (quiet_logs, "_log.info(f'{member} said yes')"),
        (quiet_logs, "_log.info('%s said yes', member.name)"),
        (quiet_logs, "_log.error('failed', extra={'who': member.email})"),
        (quiet_logs, "try:\n    pass\nexcept OSError as error:\n    _log.error('failed: %s', error)"),
        (quiet_logs, "_log.error('failed: %s', str(problem))"),
        (tells_why, "x = 1"),
        (no_mocks, "from unittest.mock import Mock"),
        (no_mocks, "import unittest.mock"),
        (no_mocks, "def test(monkeypatch):\n    monkeypatch.setattr('bot.words.say', len)"),
    ],
)
def test_a_broken_rule_is_noticed(rule: Rule, text: str) -> None:
    assert list(rule(Source("bot/example.py", text)))


@pytest.mark.parametrize(
    "text",
    [
        "import logging\n_log = logging.getLogger(__name__)",
        "import re\nWORD = re.compile('x')",
        "from typing import NewType, TypeVar\nA = NewType('A', int)\nT = TypeVar('T')",
        "LIMITS = {'card': 50}\nNAMES = ('a', 'b')\nKNOWN = frozenset(NAMES)",
        "@dataclass(frozen=True)\nclass Sector:\n    key: str\nSECTORS = (Sector('a'), Sector('b'))",
        "def f() -> None:\n    _log.error('failed', extra={'reference': reference, 'kind': type(error).__name__})",
        "x = 1  # type: " + "ignore[assignment]  # the library has no types for this",
        "x = 1  # no" + "qa: BLE001 - the last door: a person waits",
    ],
)
def test_what_is_allowed_passes(text: str) -> None:
    source = Source("bot/example.py", f'"""Why."""\n{text}')
    assert [line for rule in PRODUCT_RULES for line in rule(source)] == []
