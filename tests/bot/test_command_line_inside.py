"""The command line, called inside this process: what each command prints, says beside it, and ends with."""

import asyncio
import io
import json
import logging
import os
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import httpx
import pytest
from typer.testing import CliRunner

from bot.__main__ import main, main_app
from bot.bootstrap import opened_app
from bot.identity import IntroId, MemberId, new_id
from bot.introductions.kinds import IntroOffer
from bot.members.domain import Consent, Member, Role, WorkspaceOptions
from bot.settings import Settings
from tests.databases import sqlite_url
from tests.storage_values import a_delivery

pytestmark = pytest.mark.usefixtures("bare_surroundings")

ROSTER = """\
id,name,organisation,sector,themes,needs,offers
m1,Åse Prøve,Fiktivby Kommune,municipality,ageing,premises,data
m2,Bo Prøve,Prøvebænken,civil society,ageing,data,Lokaler
m3,Carla Prøve,Eksempelfonden,fond,youth,volunteers,money
m4,Dan Prøve,Opfundet ApS,Business,youth,money,volunteers
"""


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Generator[None, None, None]:
    """Each command sets the logs up for a process of its own."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in ("bot", "adapters", "storage", "apscheduler")}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


@pytest.fixture
def academy(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database with today's schema, which the commands find through the environment."""
    file = tmp_path / "academy.db"
    file.write_bytes(sqlite_template.read_bytes())
    monkeypatch.setenv("DATABASE_URL", sqlite_url(file))
    (tmp_path / "members.csv").write_text(ROSTER, encoding="utf-8")
    return sqlite_url(file)


def says(*words: str) -> tuple[int, str, str]:
    """The exit status, what was printed, and what was said beside it."""
    told = CliRunner().invoke(main_app, list(words))
    if told.exception is not None and not isinstance(told.exception, SystemExit):
        raise told.exception
    return told.exit_code, told.stdout, told.stderr


def test_a_roster_comes_in_once_goes_out_and_a_member_is_forgotten(academy: str, tmp_path: Path) -> None:
    assert says("members", "import", "members.csv") == (0, "", "4 added, 0 changed, 0 as before.\n")
    assert says("members", "import", "members.csv") == (0, "", "0 added, 0 changed, 4 as before.\n")
    status, printed, _ = says("members", "export")
    assert status == 0
    assert "Åse Prøve" in printed
    assert says("members", "export", "out.csv") == (0, "", "")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == printed
    assert says("members", "erase", "m2") == (0, "", "Done. Everything about this member is gone.\n")
    assert "Bo Prøve" not in says("members", "export")[1]


def test_what_goes_wrong_is_one_kind_sentence(academy: str, tmp_path: Path) -> None:
    status, printed, told = says("members", "erase", "nobody")
    assert (status, printed, len(told.splitlines())) == (1, "", 1)
    status, printed, told = says("members", "export", "nowhere/out.csv")
    assert (status, printed, told) == (2, "", "nowhere/out.csv cannot be written: No such file or directory.\n")
    status, printed, told = says("members", "export", "--workspace", "T042")
    assert (status, printed) == (1, "")
    assert told.startswith("There is no such academy here.")
    status, _, told = says("members", "import", "missing.csv")
    assert (status, told) == (2, "missing.csv cannot be read: No such file or directory.\n")


def test_the_language_of_the_settings_is_spoken(academy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_LANGUAGE", "da")
    assert says("members", "import", "members.csv") == (0, "", "4 nye, 0 ændrede, 0 som før.\n")


def test_of_many_bad_lines_fifty_are_told(academy: str, tmp_path: Path) -> None:
    bad = "name,organisation,sector\n" + "".join(f"Prøve {number},Et sted,banking\n" for number in range(53))
    (tmp_path / "bad.csv").write_text(bad, encoding="utf-8")
    status, _, told = says("members", "import", "bad.csv")
    lines = told.splitlines()
    assert (status, len(lines), lines[-1]) == (1, 51, "... and 3 more.")
    assert lines[0].startswith("Line 2: unknown sector.")


def test_the_only_bad_line_is_told_alone(academy: str, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(ROSTER + "m5,,Et sted,business,,,\n", encoding="utf-8")
    status, _, told = says("members", "import", "bad.csv")
    assert (status, [line.split(":")[0] for line in told.splitlines()]) == (1, ["Line 6"])


def test_wrong_settings_are_all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_TIMEZONE", "Mars")
    monkeypatch.setenv("BROBYGGER_PORT", "many")
    status, _, told = says("doctor")
    assert status == 2
    assert told.splitlines()[0] == "These settings need a look:"
    assert len(told.splitlines()) == 3


def test_trouble_with_the_storage_is_told_with_its_kind(academy: str, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("no database at all", encoding="utf-8")
    status, _, told = says("database", "restore", "copy.db")
    assert (status, len(told.splitlines())) == (1, 1)
    assert ": " in told


def test_the_doctor_tells_what_is_well_and_what_is_not(academy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_PORT", "0")
    status, printed, _ = says("doctor")
    assert status == 0
    assert all(line.startswith("ok ") for line in printed.splitlines())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("BROBYGGER_PORT", str(taken.getsockname()[1]))
        status, printed, _ = says("doctor")
    assert status == 1
    assert [line for line in printed.splitlines() if line.startswith("mend")] == [
        line for line in printed.splitlines() if "Web pages" in line
    ]


def test_a_database_is_made_copied_and_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path / "new.db"))
    (tmp_path / "members.csv").write_text(ROSTER, encoding="utf-8")
    assert says("database", "upgrade") == (0, "", "The database is up to date.\n")
    assert says("members", "import", "members.csv")[0] == 0
    before = says("members", "export")[1]
    assert says("database", "backup", "copy.db") == (0, "", "Copied to copy.db.\n")
    assert says("members", "erase", "m1")[0] == 0
    status, printed, told = says("database", "restore", "copy.db")
    restored, kept = told.splitlines()
    assert (status, printed, restored) == (0, "", "Restored: 4 members.")
    assert kept.startswith(f"What was here before is kept in {tmp_path / 'new.db'}.before-restore-")
    assert says("members", "export")[1] == before
    monkeypatch.setenv("BROBYGGER_LANGUAGE", "da")
    assert says("database", "restore", "copy.db", "--replace") == (0, "", "Gendannet: 4 medlemmer.\n")


def test_a_copy_goes_into_a_folder_that_is_there(academy: str, tmp_path: Path) -> None:
    status, _, told = says("database", "backup", "mistyped/copy.db")
    assert (status, len(told.splitlines()), "no folder mistyped" in told) == (1, 1, True)
    assert not (tmp_path / "mistyped").exists()


def test_a_restore_tells_how_many_messages_were_on_their_way(academy: str, tmp_path: Path) -> None:
    async def write() -> None:
        async with opened_app(Settings(database_url=academy)) as app:
            workspace = await app.local_workspace("Ours")
            async with app.units(workspace.id) as work:
                await work.deliveries.add(
                    [a_delivery(IntroOffer(IntroId(new_id()), MemberId(new_id()))) for _ in range(2)]
                )
                await work.commit()

    asyncio.run(write())
    assert says("database", "backup", "copy.db")[0] == 0
    status, _, told = says("database", "restore", "copy.db")
    assert status == 0
    assert "2 messages were on their way" in told


def test_rounds_are_planned_from_a_spreadsheet(academy: str, tmp_path: Path) -> None:
    status, printed, beside = says("match", "--members", "members.csv", "--format", "csv", "--rounds", "2")
    # On a slow machine it tells how far it is.
    assert (status, re.sub(r"\d+ of \d+ tags read\n", "", beside)) == (0, "")
    (tmp_path / "history.csv").write_text(printed, encoding="utf-8")
    status, printed, _ = says("match", "--members", "members.csv", "--history", "history.csv", "--format", "json")
    assert status == 0
    assert {json.loads(line)["round"] for line in printed.splitlines()} == {3}
    assert says("match", "--members", "members.csv")[1].startswith("Round 1\n")


def test_help_is_there_and_wrong_use_has_its_own_status() -> None:
    status, printed, _ = says("--help")
    assert status == 0
    assert {"demo", "run", "doctor", "members", "match", "database"} <= set(printed.split())
    assert says("matsch")[0] == 2
    assert says("demo", "--host", "0.0.0.0")[0] == 2  # noqa: S104 - what must be refused


def test_the_entry_point_is_called_brobygger(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["anything", "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "Usage: brobygger" in capsys.readouterr().out


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is called where nobody catches an error, as it was before, afterwards."""
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)


@pytest.mark.usefixtures("hooks", "bare_surroundings")
def test_what_nobody_foresaw_is_told_without_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shut = io.StringIO()
    shut.close()
    monkeypatch.setattr(sys, "argv", ["anything", "when", "i morgen kl. 9"])
    monkeypatch.setattr(sys, "stdout", shut)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    threading.excepthook(threading.ExceptHookArgs((ValueError, ValueError("Maja"), None, None)))
    threading.excepthook(threading.ExceptHookArgs((ValueError, None, None, None)))
    sys.unraisablehook(cast("sys.UnraisableHookArgs", SimpleNamespace(exc_value=KeyError("Maja"))))
    told = capsys.readouterr().err
    assert told.count("Something failed that nobody foresaw") == 3
    assert "ValueError" in told
    assert "Maja" not in told


class Screen(io.StringIO):
    """Somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_who_looks_sees_how_far_it_is(academy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    main_app(["members", "import", "members.csv"], standalone_mode=False)
    assert "Importing" in screen.getvalue()
    assert "100%" in screen.getvalue()
    assert screen.getvalue().endswith("4 added, 0 changed, 0 as before.\n")


def test_ctrl_c_ends_a_command_with_its_own_status_and_no_words(academy: str, tmp_path: Path) -> None:
    endless = tmp_path / "endless.csv"
    os.mkfifo(endless)

    def writes_and_never_ends() -> None:
        with endless.open("w", encoding="utf-8") as writing:  # goes on once the command reads
            writing.write(ROSTER)
            writing.flush()
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            over.wait(1)  # reading ends with the pipe; what was pressed counts from before

    over = threading.Event()
    writer = threading.Thread(target=writes_and_never_ends)
    # As in a process that has just begun, whatever a server of an earlier test made of the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        writer.start()
        told = says("members", "import", "endless.csv")
    finally:
        over.set()
        signal.signal(signal.SIGINT, before or signal.default_int_handler)
    writer.join()
    assert told == (130, "", "")


async def _an_organiser(url: str) -> None:
    async with opened_app(Settings(database_url=url)) as app:
        there = await app.directory.ensure("local", "Ours", WorkspaceOptions(language="en"))
        async with app.units(there.id) as work:
            olga = Member(MemberId(new_id()), "Olga", "Akademiet", "research", consent=Consent.YES, role=Role.ORGANISER)
            await work.members.put(olga)
            await work.commit()


@pytest.fixture
async def with_an_organiser(academy: str) -> str:
    await _an_organiser(academy)
    return academy


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _visits_then_stops(port: int, heard: Callable[[int], None], by: signal.Signals) -> threading.Thread:
    """Somebody in another thread who opens a page as soon as there is one, and then stops the process."""

    def visit() -> None:
        try:
            for _ in range(600):
                try:
                    heard(httpx.get(f"http://127.0.0.1:{port}/healthz").status_code)
                except httpx.TransportError:
                    time.sleep(0.05)
                else:
                    return
        finally:
            os.kill(os.getpid(), by)

    return threading.Thread(target=visit)


@pytest.mark.usefixtures("deaf_to_sigterm")
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("words", [("run",), ("demo", "--no-browser")])
def test_a_server_runs_until_it_is_stopped(
    words: tuple[str, ...], by: signal.Signals, with_an_organiser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = _free_port()
    if words[0] == "demo":
        words = (*words, "--port", str(port), "--database", with_an_organiser)
    else:
        monkeypatch.setenv("BROBYGGER_PORT", str(port))
    statuses: list[int] = []
    visitor = _visits_then_stops(port, statuses.append, by)
    visitor.start()
    status, printed, said = says(*words)
    visitor.join()
    assert (status, printed, statuses) == (0, "", [200])
    assert f"http://127.0.0.1:{port}/" in said
