"""A house whose commands begin with a word of its own: ``/bro-profile``, where another app owns ``/profile``."""

from zoneinfo import ZoneInfo

import pytest

from bot.dispatcher import Dispatcher, House
from bot.errors import phrase
from bot.words import Languages, Words, prefixed, unprefixed
from tests.members_talk import COPENHAGEN, TABLES, Talk, a_member, an_academy

LANGUAGES = Languages.load(prefix="bro")


def words(language: str = "en") -> Words:
    return LANGUAGES.words(language, ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
async def talk() -> Talk:
    talk = await an_academy()
    house = House("en", COPENHAGEN)
    talk.desk = Dispatcher(TABLES, talk.desk._services, talk.memory.units, LANGUAGES, talk.clock, house)
    return talk


def test_a_command_is_said_as_it_is_typed_here() -> None:
    assert words().say("/profile pause") == "/bro-profile pause"
    assert words("da").say("/profile pause") == "/bro-profil pause"
    assert words().command("help") == "/bro-help"
    assert (
        words().tell(phrase("That button was somebody else's. Yours is here: {command}.", command=phrase("/match")))[
            -12:
        ]
        == " /bro-match."
    )
    assert prefixed("/help", "") == "/help"
    assert [unprefixed(name, "bro") for name in ("/bro-help", "bro-help", "/help", "brother")] == [
        "help",
        "help",
        "help",
        "brother",
    ]


async def test_both_forms_are_understood(talk: Talk) -> None:
    mette = await talk.joins(a_member())
    with_it, without = await mette.types("/bro-profile show"), await mette.types("/PROFIL vis")
    assert with_it.text == without.text
    assert "Your profile" in with_it.text


async def test_hints_help_and_errors_have_it(talk: Talk) -> None:
    mette, dane = await talk.joins(a_member()), await talk.joins(a_member("U2", language="da"))
    listed = (await mette.types("/help")).text
    assert "/bro-profile pause – " in listed
    assert " /profile" not in listed
    assert "/bro-profil pause – " in (await dane.types("/bro-hjælp")).text
    assert "/bro-profil pause – " in (await dane.types("/bro-hjælp bro-profil")).text
    for line, told in (
        ("/bro-profle", "Did you mean /bro-profile?"),
        ("/profle", "Did you mean /bro-profile?"),
        ("/zzzz", "/bro-help shows what I can do."),
        ("/profile pausse", "Did you mean /bro-profile pause?"),
        ("/profile resume now", "/bro-profile resume takes nothing after its name."),
        ("/profile announcements off now", "That is more than /bro-profile announcements can take."),
        ("/academy show", "Only an organiser can do that. Ask one of them; /bro-help shows"),
    ):
        assert told in (await mette.types(line)).text
    assert "Mente du /bro-profile?" in (await dane.types("/bro-profle")).text
