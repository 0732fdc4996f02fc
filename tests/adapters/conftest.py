"""The academy that the tests of the pages share the shape of, and a fresh one for each."""

import pytest

from bot.words import Languages
from tests.adapters.web_academy import Academy, open_academy


@pytest.fixture(scope="session")
def languages() -> Languages:
    return Languages.load()


@pytest.fixture
async def academy(languages: Languages) -> Academy:
    return await open_academy(languages)
