"""Personal columns are encrypted; keys can be exchanged; a lost key is said clearly."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.errors import SettingsError
from storage.seal import Seal, seal_for
from tests import databases
from tests.databases import Storage
from tests.storage_values import NOW, a_conversation, a_member, a_message

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_what_is_sealed_can_be_opened_and_an_empty_text_stays_empty() -> None:
    seal = Seal([NEW])
    assert seal.open(seal.close("åse@example.org")) == "åse@example.org"
    assert seal.close("åse@example.org") != seal.close("åse@example.org")
    assert (seal.close(""), seal.open("")) == ("", "")


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    before = seal_for(OLD, None)
    both = seal_for(f"{NEW}, {OLD}", None)
    assert both.open(before.close("hej")) == "hej"
    assert seal_for(NEW, None).open(both.close("hej")) == "hej"
    with pytest.raises(SettingsError, match="BROBYGGER_SECRET_KEY"):
        seal_for(NEW, None).open(before.close("hej"))


def test_something_that_is_no_key_is_refused_without_being_repeated() -> None:
    with pytest.raises(SettingsError) as raised:
        seal_for("hunter2", None)
    assert "hunter2" not in str(raised.value)


def test_without_a_key_sqlite_keeps_one_beside_the_file_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "brobygger.db"
    sealed = seal_for("", file).close("hej")
    assert seal_for("", file).open(sealed) == "hej"
    assert (tmp_path / "brobygger.db.key").stat().st_mode & 0o777 == 0o600


def test_without_a_key_postgresql_is_refused() -> None:
    with pytest.raises(SettingsError, match="BROBYGGER_SECRET_KEY"):
        seal_for("", None)


async def test_the_database_holds_no_address_and_no_message_to_read(real: Storage, database_url: str) -> None:
    here = await real.workspace()
    room = a_conversation()
    async with real.units(here) as work:
        await work.members.put(a_member(email="hemmelig@example.org"))
        await work.playground.ensure(room)
        await work.playground.add(a_message(room.id, body="Om en hemmelig borger", at=NOW))
        await work.commit()
    stored = [
        *databases.rows_of(database_url, "SELECT email_sealed FROM members"),
        *databases.rows_of(database_url, "SELECT body_sealed FROM messages"),
    ]
    assert len(stored) == 2
    assert "emmelig" not in repr(stored)
