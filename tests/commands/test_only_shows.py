"""A verb that says it only shows writes nothing, whatever there is to show, and shows it to the one who asked."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.dispatcher import Dispatcher, House
from bot.identity import WorkspaceId
from bot.members.domain import Role
from bot.messages.replies import OpenForm, Private
from bot.ports import UnitOfWork
from commands import ACTIONS, COMMANDS, FORMS
from tests.databases import Storage, in_memory
from tests.introductions_talk import LANGUAGES, Academy, a_sent_round, a_small_academy

VERBS = [(command.name, verb.name) for command in COMMANDS for verb in command.verbs if verb.only_shows]


class Still:
    """Nothing was written, so everybody who asked once is known."""

    lasts = timedelta(hours=1)

    def mark(self, workspace: WorkspaceId) -> tuple[int, int]:
        assert workspace.version
        return (0, 0)


class Listed:
    """Units of work that note who opens one to write."""

    def __init__(self, storage: Storage) -> None:
        self._units = storage.units
        self.writing = 0

    @asynccontextmanager
    async def __call__(self, workspace: WorkspaceId, *, reading: bool = False) -> AsyncGenerator[UnitOfWork, None]:
        self.writing += not reading
        async with self._units(workspace, reading=reading) as work:
            yield work


async def test_what_only_shows_writes_nothing_and_answers_one_person() -> None:
    storage = in_memory()
    listed = Listed(storage)
    academy: Academy = await a_small_academy(storage=replace(storage, units=listed))
    await a_sent_round(academy)
    first = next(iter(academy.ids))
    await academy.change(first, role=Role.ORGANISER)
    house = House("en", ZoneInfo("Europe/Copenhagen"))
    academy.desk = Dispatcher(
        (COMMANDS, ACTIONS, FORMS), academy.services, listed, LANGUAGES, academy.clock, house, None, Still()
    )
    await academy[first].types("/help")
    before, said = listed.writing, dict[str, str]()
    for command, verb in VERBS:
        academy.clock.advance(seconds=5)
        answer = await academy[first].types(f"/{command} {verb}".rstrip())
        assert answer.replies, (command, verb)
        assert all(isinstance(reply, Private | OpenForm) for reply in answer.replies), (command, verb)
        assert listed.writing == before, (command, verb)
        said[f"{command} {verb}"] = answer.text
    assert len(VERBS) >= 10
    assert "went wrong" not in " ".join(said.values())
