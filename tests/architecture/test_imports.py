"""The directions of imports are contracts in ``.importlinter``; here they are checked, and shown to notice what is forbidden."""

import importlib
import logging
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent.parent
CONTRACTS = ROOT / ".importlinter"
ROOMS = ("bot", "adapters", "commands", "storage")


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """The checker sets up logging for a process of its own and silences all who were there: other tests read logs."""
    loggers = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    before = [(one, one.disabled, one.level, one.handlers[:]) for one in (logging.root, *loggers)]
    yield
    for one, disabled, level, handlers in before:
        one.disabled, one.handlers = disabled, handlers
        one.setLevel(level)


def test_the_house_keeps_its_contracts(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(CONTRACTS), no_cache=True, no_logo=True)

    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("bot.members.service", "import storage.engine", "The core imports no adapter, no command and no storage"),
        (
            "bot.members.service",
            "import sqlalchemy",
            "The core imports no platform, database, web or model-vendor library",
        ),
        (
            "bot.words",
            "def late():\n    import jinja2",
            "The core imports no platform, database, web or model-vendor library",
        ),
        ("bot.members.service", "import bot.bootstrap", "Only the command line imports the bootstrap"),
        ("commands.help", "import storage.engine", "Adapters, commands and storage do not import one another"),
        ("commands.help", "import bot.bootstrap", "Only the command line imports the bootstrap"),
        ("commands.help", "import slack_sdk", "A command knows neither platforms nor databases"),
        ("storage.engine", "from commands import help", "Adapters, commands and storage do not import one another"),
        ("storage.engine", "import starlette.responses", "Storage knows neither platforms nor the web"),
        ("adapters.web.app", "from adapters import clock", "No adapter imports another"),
        ("adapters.web.app", "import sqlalchemy", "Adapters know no database"),
        ("bot.messages.text", "import bot.members.domain", "The message model knows nothing of what is said with it"),
        (
            "bot.matching.plan",
            "import bot.ports",
            "Domains and the planner are pure: no ports, no clock, no words of another capability",
        ),
    ],
)
def test_a_forbidden_import_is_noticed(
    module: str,
    line: str,
    contract: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = SmallHouse(tmp_path, prefix=f"{tmp_path.name}_")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.chdir(tmp_path)

    assert house.lint() == 0, capsys.readouterr().out
    capsys.readouterr()
    house.write(module, line)

    assert house.lint() == 1
    assert f"{contract} BROKEN" in " ".join(capsys.readouterr().out.split())


def test_only_the_bootstrap_may_know_everyone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    house = SmallHouse(tmp_path, prefix=f"{tmp_path.name}_")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.chdir(tmp_path)
    house.write("bot.bootstrap", "import storage.engine, adapters.web.app, adapters.clock, commands, sqlalchemy")
    house.write("bot.__main__", "import bot.bootstrap")

    assert house.lint() == 0, capsys.readouterr().out


class SmallHouse:
    """The rooms in small, under other names, with the real contracts: what the real ones notice, these notice too."""

    def __init__(self, folder: Path, prefix: str) -> None:
        self.folder = folder
        self.prefix = prefix
        real = ConfigParser()
        real.read(CONTRACTS, "utf-8")
        mentioned = {
            word
            for section in real.sections()
            for key in ("source_modules", "forbidden_modules", "modules", "protected_modules", "allowed_importers")
            for word in real.get(section, key, fallback="").split()
            if word.partition(".")[0] in ROOMS and not word.endswith("*")
        }
        extra = {"bot.words", "bot.members.service", "bot.matching.plan", "bot.messages.text"}
        rooms = {"storage.engine", "commands.help", "adapters.web.app", "adapters.clock"}
        for module in sorted(mentioned | extra | rooms):
            self.write(module, "")
        self.config = folder / "contracts.ini"
        for section in real.sections():
            for key, value in real.items(section):
                if key == "name":
                    continue
                real.set(section, key, "\n".join(self._renamed(entry) for entry in value.splitlines()))
        with self.config.open("w", encoding="utf-8") as stream:
            real.write(stream)

    def write(self, module: str, source: str) -> None:
        """Writes a module with its packages, each as a folder; imports in it name the small house's rooms."""
        place = self.folder
        for depth, package in enumerate(module.split(".")):
            place /= package if depth else self.prefix + package
            place.mkdir(exist_ok=True)
            (place / "__init__.py").touch()
        (place / "__init__.py").write_text("\n".join(self._renamed(line) for line in source.splitlines()), "utf-8")
        importlib.invalidate_caches()

    def lint(self) -> int:
        """Checks the contracts; 0 if all are kept."""
        return lint_imports(config_filename=str(self.config), no_cache=True, no_logo=True)

    def _renamed(self, entry: str) -> str:
        return " ".join(
            self.prefix + word if word.strip().partition(".")[0] in ROOMS else word for word in entry.split(" ")
        )
