"""The command line as a script or a person meets it: real processes, real files; each command starts from nothing once."""

import asyncio
import json
import re
import socket
from pathlib import Path
from typing import Any

from tests.end_to_end.houses import brobygger, brobygger_from_nothing, database, demo

ROSTER = """\
id,name,organisation,sector,themes,needs,offers
m1,Åse Prøve,Fiktivby Kommune,municipality,ageing,premises,data
m2,Bo Prøve,Prøvebænken,civil society,ageing,data,Lokaler
m3,Carla Prøve,Eksempelfonden,fond,youth,volunteers,money
m4,Dan Prøve,Opfundet ApS,Business,youth,money,volunteers
m5,Eva Prøve,Fiktivby Kommune,kommune,,,
"""


def _rounds(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


def test_help_is_there_for_every_command(tmp_path: Path) -> None:
    for words in ((), ("members",), ("database",), ("match",), ("demo",), ("run",), ("doctor",)):
        told = brobygger_from_nothing(tmp_path, *words, "--help")
        assert (told.returncode, told.stderr) == (0, "")
        assert "Usage: brobygger" in told.stdout


def test_wrong_use_is_one_sentence_and_status_two(tmp_path: Path) -> None:
    assert brobygger_from_nothing(tmp_path, "matsch").returncode == 2
    missing = brobygger_from_nothing(tmp_path, "match", "--members", "nowhere.csv")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr == "nowhere.csv cannot be read: No such file or directory.\n"


def test_wrong_settings_are_told_all_at_once(tmp_path: Path) -> None:
    told = brobygger_from_nothing(
        tmp_path, "doctor", BROBYGGER_PORT="many", BROBYGGER_TIMEZONE="Mars", DATABASE_URL="oracle://x"
    )
    assert told.returncode == 2
    assert {line.split(":")[0].strip() for line in told.stderr.splitlines()[1:]} == {
        "BROBYGGER_PORT",
        "BROBYGGER_TIMEZONE",
        "DATABASE_URL",
    }


def test_rounds_from_a_spreadsheet_are_json_alone(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text(ROSTER, encoding="utf-8")
    told = brobygger_from_nothing(
        tmp_path, "match", "--members", "members.csv", "--rounds", "2", "--format", "json", BROBYGGER_MEANING="best"
    )
    assert told.returncode == 0
    # On a slow machine it tells how far it is.
    assert re.sub(r"\d+ of \d+ tags read\n", "", told.stderr) == ""
    lines = _rounds(told.stdout)
    summaries = [line["summary"] for line in lines if "summary" in line]
    assert [summary["members"] for summary in summaries] == [5, 5]
    assert all(summary["matched"] == 5 and summary["optimal"] for summary in summaries)
    first = [line for line in lines if line["round"] == 1 and "members" in line]
    assert {frozenset(line["members"]) for line in first}
    reasons = [reason for line in first for reason in line["reasons"]]
    assert {"kind": "need_offer", "from": "m2", "to": "m1", "term": "premises", "offered": "Lokaler"} in reasons


def test_the_same_seed_gives_the_same_rounds_and_csv_goes_on_from_a_history(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text(ROSTER, encoding="utf-8")
    ask = ("match", "--members", "members.csv", "--seed", "7", "--format", "csv")
    first = brobygger(tmp_path, *ask)
    assert first.stdout == brobygger(tmp_path, *ask).stdout
    (tmp_path / "history.csv").write_text(first.stdout, encoding="utf-8")
    second = brobygger(tmp_path, *ask, "--history", "history.csv")
    assert second.stdout.splitlines()[1].startswith("2,")
    assert brobygger(tmp_path, "match", "--members", "members.csv").stdout.startswith("Round 1\n")


def test_one_bad_line_and_nothing_is_imported(tmp_path: Path) -> None:
    bad = ROSTER + "m6,,Nowhere,municipality,,,\nm1,Twice,Somewhere,research,,,\nm8,Finn,Et sted,banking,,,\n"
    (tmp_path / "members.csv").write_text(bad, encoding="utf-8")
    told = brobygger_from_nothing(tmp_path, "members", "import", "members.csv", DATABASE_URL=database(tmp_path))
    assert told.returncode == 1
    assert [line.split(":")[0] for line in told.stderr.splitlines()] == ["Line 7", "Line 8", "Line 9"]
    exported = brobygger(tmp_path, "members", "export", DATABASE_URL=database(tmp_path))
    assert len(exported.stdout.splitlines()) == 1


def test_a_roster_comes_in_goes_out_and_one_member_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text(ROSTER, encoding="utf-8")
    at = {"DATABASE_URL": database(tmp_path)}
    assert "5 added" in brobygger(tmp_path, "members", "import", "members.csv", **at).stderr
    assert "0 added, 0 changed, 5 as before" in brobygger(tmp_path, "members", "import", "members.csv", **at).stderr
    assert brobygger(tmp_path, "members", "export", "out.csv", **at).returncode == 0
    out = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "Åse Prøve" in out
    assert brobygger(tmp_path, "members", "erase", "m2", **at).returncode == 0
    assert "Bo Prøve" not in brobygger(tmp_path, "members", "export", **at).stdout
    gone = brobygger(tmp_path, "members", "erase", "m2", **at)
    assert (gone.returncode, gone.stdout) == (1, "")
    danish = brobygger(tmp_path, "members", "import", "members.csv", BROBYGGER_LANGUAGE="da", **at)
    assert "1 nye, 0 ændrede" in danish.stderr


def test_the_doctor_says_what_is_well(tmp_path: Path) -> None:
    told = brobygger_from_nothing(
        tmp_path, "doctor", DATABASE_URL=database(tmp_path), BROBYGGER_PORT="0", BROBYGGER_MEANING="best"
    )
    assert told.returncode == 0
    assert all(line.startswith("ok") for line in told.stdout.splitlines())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        told = brobygger(tmp_path, "doctor", DATABASE_URL=database(tmp_path), BROBYGGER_PORT=port)
        assert told.returncode == 1
        assert "mend   Web pages" in told.stdout
        busy = brobygger(tmp_path, "demo", "--no-browser", "--port", port, "--database", database(tmp_path))
    assert busy.returncode == 1
    assert len(busy.stderr.splitlines()) == 1


def test_the_demo_opens_to_the_network_only_when_told_twice(tmp_path: Path) -> None:
    told = brobygger_from_nothing(tmp_path, "demo", "--no-browser", "--host", "0.0.0.0")  # noqa: S104 - what must be refused
    assert told.returncode == 2
    assert "--anyone-may-be-anyone" in told.stderr


async def test_being_asked_to_stop_it_finishes_and_gives_the_database_free(tmp_path: Path) -> None:
    async with demo(tmp_path, from_nothing=True) as house:
        house.process.terminate()
        assert await asyncio.to_thread(house.process.wait, 20) == 0
        assert "Traceback" not in house.log.read_text()
    assert brobygger(tmp_path, "members", "export", DATABASE_URL=database(tmp_path)).returncode == 0


async def test_a_database_in_use_says_so_can_be_copied_and_be_put_back(tmp_path: Path) -> None:
    at = {"DATABASE_URL": database(tmp_path)}
    async with demo(tmp_path):
        refused = brobygger(tmp_path, "members", "export", **at)
        assert refused.returncode == 1
        assert "another process is using academy.db" in refused.stderr
        assert "Traceback" not in refused.stderr
        assert brobygger(tmp_path, "database", "backup", "copy.db", **at).returncode == 0
    members = brobygger(tmp_path, "members", "export", **at).stdout
    assert len(members.splitlines()) == 51
    erased = next(line for line in members.splitlines()[1:]).split(",")[0]
    assert brobygger(tmp_path, "members", "erase", erased, **at).returncode in {0, 1}
    assert brobygger(tmp_path, "database", "restore", "copy.db", **at).returncode == 0
    assert brobygger(tmp_path, "members", "export", **at).stdout == members
    assert brobygger(tmp_path, "database", "upgrade", **at).returncode == 0
