"""What the doctor tells, and that it tells what to do where something is not well."""

import shutil
import socket
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.doctor import Finding, look_at_disk, look_at_settings
from bot.settings import Settings

pytestmark = pytest.mark.usefixtures("bare_surroundings")

POSTGRES = "postgresql+psycopg://bro@127.0.0.1/bro"


def told(settings: Settings) -> dict[str, Finding]:
    return {finding.what: finding for finding in look_at_settings(settings)}


def test_nothing_set_is_well_on_sqlite() -> None:
    findings = told(Settings(brobygger_port=0))
    assert all(finding.well for finding in findings.values())
    assert findings["Language and zone"].told == "da, Europe/Copenhagen"
    assert "kept in a file beside the database" in findings["Secret key"].told
    assert "BROBYGGER_ORGANISERS names the accounts" in findings["First organisers"].told


def test_postgres_needs_a_key_of_its_own() -> None:
    missing = told(Settings(database_url=POSTGRES, brobygger_port=0))["Secret key"]
    assert (missing.well, missing.told) == (False, "set BROBYGGER_SECRET_KEY: PostgreSQL needs one")


@pytest.mark.parametrize("url", [POSTGRES, "sqlite+aiosqlite:///data/brobygger.db"])
def test_a_key_that_is_set_is_never_shown(url: str) -> None:
    found = look_at_settings(Settings(database_url=url, brobygger_port=0, brobygger_secret_key=SecretStr("hush-hush")))
    assert next(finding for finding in found if finding.what == "Secret key").told == "set"
    assert "hush" not in repr(found)


def test_the_first_organisers_are_told_in_order() -> None:
    settings = Settings(brobygger_port=0, brobygger_organisers="slack:U2, discord:1")
    assert told(settings)["First organisers"].told == "discord:1, slack:U2"


def test_an_address_for_everybody_is_told_as_such() -> None:
    settings = Settings(brobygger_host="0.0.0.0", brobygger_port=0)  # noqa: S104 - what has to be told
    assert told(settings)["Web pages"].told == "0.0.0.0:0 is free and open to the network"
    assert told(Settings(brobygger_port=0))["Web pages"].told == "127.0.0.1:0 is free"


def test_an_address_of_another_machine_is_not_well() -> None:
    # 2001:db8::/32 and 192.0.2.0/24 are for documentation: no machine has them.
    for host in ("192.0.2.1", "2001:db8::1"):
        found = told(Settings(brobygger_host=host, brobygger_port=0))["Web pages"]
        assert not found.well
        assert "choose BROBYGGER_PORT anew" in found.told


def test_a_port_that_is_taken_is_not_well() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not told(Settings(brobygger_port=port))["Web pages"].well


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "members get camps as files; BROBYGGER_PUBLIC_URL"),
        ("https://bro.example.org/", "members' calendars follow https://bro.example.org/calendar/..."),
        ("http://bro.example.org", "is not encrypted: put a proxy with https before it"),
    ],
)
def test_it_tells_whether_calendars_can_follow(url: str, said: str) -> None:
    found = told(Settings(brobygger_port=0, brobygger_public_url=url))["Calendars"]
    assert found.well
    assert said in found.told


def test_the_disk_is_looked_at_where_the_folder_will_be(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free // 1024**2
    found = look_at_disk(tmp_path / "not" / "there" / "yet")
    assert found.what == "Disk"
    assert abs(int(found.told.split(" ")[0]) - free) < 10_000


def test_a_full_disk_is_told() -> None:
    # A file system of the kernel's own that has no room for anybody.
    found = look_at_disk(Path("/proc"))
    assert (found.well, found.told) == (False, "0 MB free: make room soon")


def test_on_discord_nobody_has_to_be_named() -> None:
    token = SecretStr("MTEwMDAwMDAwMDAwMDAwMDAwMQ.Gtest1.a-token-that-is-only-good-here")
    found = told(Settings(brobygger_port=0, discord_token=token))["First organisers"]
    assert found.told.endswith("on Discord whoever may manage the server is one")
