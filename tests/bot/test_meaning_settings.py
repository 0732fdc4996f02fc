"""The settings of what compares tags: a server is asked only where its model is named, at an address that can be one."""

import pytest

from bot.errors import SettingsError
from bot.settings import MeaningOf, read_settings

pytestmark = pytest.mark.usefixtures("bare_surroundings")


def test_by_default_the_best_that_is_there_and_no_key() -> None:
    settings = read_settings()
    assert settings.brobygger_meaning is MeaningOf.BEST
    assert settings.openai_embedding_model == ""
    assert settings.openai_api_key.get_secret_value() == ""


@pytest.mark.parametrize("base", ["nonsense", "ftp://example.org", "https://", "http://127.0.0.1:99999", "http://x:0"])
def test_an_address_that_is_none_is_told(base: str) -> None:
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL"):
        read_settings(openai_base_url=base)


def test_a_server_needs_a_model() -> None:
    with pytest.raises(SettingsError, match="OPENAI_EMBEDDING_MODEL: names the server's model"):
        read_settings(brobygger_meaning="server")
    chosen = read_settings(
        brobygger_meaning="server", openai_embedding_model="m", openai_base_url="http://localhost:1/"
    )
    assert chosen.openai_base_url == "http://localhost:1"


def test_another_word_is_told_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"BROBYGGER_MEANING: .*'local'"):
        read_settings(brobygger_meaning="magic")


def test_the_key_is_never_shown() -> None:
    assert "sk-1234" not in repr(read_settings(openai_api_key="sk-1234"))
