"""Follows CONTRIBUTING.md to the letter: whoever adds a command as it says gets the answer that it promises."""

import ast
import importlib
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

from bot.announcements.service import AnnouncementService
from bot.bank.service import BankService
from bot.camps.service import CampService
from bot.dispatcher import Dispatcher, House
from bot.identity import Account, Address, MemberId, new_id
from bot.interactions import Arrival, Invocation, Place, PlaceKind, Tables
from bot.introductions.service import IntroductionService
from bot.linking.service import LinkService
from bot.members.domain import Consent, Member, WorkspaceOptions
from bot.members.service import MemberService
from bot.messages.elements import Paragraph
from bot.messages.replies import Private, Replies
from bot.messages.text import flat
from bot.platforms import Platforms
from bot.polls.service import PollService
from bot.ports import Workspace
from bot.services import Services
from bot.words import LOCALES, Languages
from tests.challenge_service import some_challenges
from tests.fakes import Memory, StoppedClock
from tests.house_rules import PRODUCT_RULES, Source
from tests.note_service import some_notes
from tests.readme import ROOT, commands_table

_STEP = re.compile(r"`(?P<file>[\w/]+\.(?:py|po))`:\n\n```\w+\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
_LINES = re.compile(
    r"```python\n(?P<imported>from commands import \w+)\n```\n\n```python\n(?P<row>    \w+\.COMMAND,)\n```"
)
_PROMISED = re.compile(r"```text\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
TUESDAY = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Contributed:
    """A copy of the commands and catalogues, changed as the page says."""

    commands: ModuleType
    languages: Languages
    promised: list[str]

    def tables(self) -> Tables:
        return self.commands.COMMANDS, self.commands.ACTIONS, self.commands.FORMS


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "CONTRIBUTING.md").read_text("utf-8")


@pytest.fixture(scope="module")
def contributed(page: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Contributed]:
    folder = tmp_path_factory.mktemp("contributed")
    shutil.copytree(ROOT / "commands", folder / "commands", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(LOCALES, folder / "bot" / "locales")
    for step in _STEP.finditer(page):
        (folder / step["file"]).write_text(step["text"], "utf-8")
    follow_the_table(folder / "commands" / "__init__.py", page)
    renamed = folder / "contributed_commands"
    (folder / "commands").rename(renamed)
    for file in renamed.glob("*.py"):
        file.write_text(
            re.sub(r"\b(from|import) commands\b", r"\1 contributed_commands", file.read_text("utf-8")), "utf-8"
        )
    sys.path.insert(0, str(folder))
    try:
        importlib.invalidate_caches()
        commands = importlib.import_module(renamed.name)
        promised = next(_PROMISED.finditer(page))["text"].splitlines()
        yield Contributed(commands, Languages.load(folder / "bot" / "locales"), promised)
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == renamed.name]:
            del sys.modules[name]


def follow_the_table(table: Path, page: str) -> None:
    """Puts the import after the last import, and the line at the end of COMMANDS."""
    found = _LINES.search(page)
    assert found is not None, "CONTRIBUTING.md no longer shows the two lines of the table"
    source = table.read_text("utf-8")
    lines = source.splitlines()
    tree = ast.parse(source)
    commands = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign)
        and ast.unparse(node.target) == "COMMANDS"
        and isinstance(node.value, ast.Tuple)
    )
    last = commands.elts[-1]
    assert last.end_lineno is not None
    assert last.end_col_offset is not None
    ending = lines[last.end_lineno - 1]
    rest = ending[last.end_col_offset :].removeprefix(",")
    lines[last.end_lineno - 1 : last.end_lineno] = [f"{ending[: last.end_col_offset]},", found["row"], rest]
    imports = [
        node.end_lineno for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom) and node.end_lineno
    ]
    lines.insert(imports[-1], found["imported"])
    table.write_text("\n".join(lines), "utf-8")


async def say(contributed: Contributed, typed: str, language: str) -> Replies:
    """Karen types a command."""
    memory, clock = Memory(), StoppedClock(TUESDAY)
    academy: Workspace = await memory.directory.ensure("local", "Akademiet", WorkspaceOptions())
    karen = Member(
        id=MemberId(new_id()),
        name="Karen",
        organisation="Rødovre Kommune",
        sector="municipality",
        language=language,
        accounts=(Account("web", "karen"),),
        consent=Consent.YES,
    )
    async with memory.units(academy.id) as work:
        await work.members.put(karen)
        await work.commit()
    tables = contributed.tables()
    services = Services(
        MemberService(memory.units, clock),
        IntroductionService(memory.units, clock),
        commands=tables[0],
        linking=LinkService(memory.units, memory.directory, clock),
        announcements=AnnouncementService(memory.units, clock, Platforms()),
        camps=CampService(memory.units, clock),
        polls=PollService(memory.units, clock, Platforms()),
        notes=some_notes(memory.units, clock),
        bank=BankService(memory.units, clock, IntroductionService(memory.units, clock).finding),
        challenges=some_challenges(memory.units, clock),
    )
    house = House("da", ZoneInfo("Europe/Copenhagen"))
    desk = Dispatcher(tables, services, memory.units, contributed.languages, clock, house)
    place = Place(Address("web", "karen"), PlaceKind.DIRECT)
    return await desk.invoke(Invocation(Arrival("1", academy.id, Account("web", "karen"), place), typed))


@pytest.mark.parametrize(("typed", "language", "line"), [("hello", "en", 0), ("hej", "da", 1), ("/hej", "en", 0)])
async def test_the_command_answers_as_the_page_promises(
    contributed: Contributed, typed: str, language: str, line: int
) -> None:
    (reply,) = await say(contributed, typed, language)

    assert isinstance(reply, Private)
    (paragraph,) = reply.card.elements
    assert isinstance(paragraph, Paragraph)
    assert flat(paragraph.text) == contributed.promised[line]
    assert reply.card.notice == contributed.promised[line]


async def test_help_knows_the_command_without_another_line(contributed: Contributed) -> None:
    (reply,) = await say(contributed, "help", "da")

    assert isinstance(reply, Private)
    shown = repr(reply.card)
    assert "/hej" in shown
    assert "Et venligt ord når som helst" in shown


def test_the_readme_table_knows_the_command_without_another_line(contributed: Contributed) -> None:
    table = commands_table(contributed.tables()[0])

    assert "| `/hello` (`/hej`) | members | A kind word at any time |" in table


def test_the_page_is_one_page(page: str) -> None:
    assert len(page.splitlines()) <= 120


def test_the_example_keeps_the_rules_of_the_house(page: str) -> None:
    example = next(step for step in _STEP.finditer(page) if step["file"] == "commands/hello.py")
    source = Source(example["file"], example["text"])

    assert [line for rule in PRODUCT_RULES for line in rule(source)] == []
