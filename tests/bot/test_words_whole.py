"""Where a command cannot be sent by its name alone, texts name it with a verb."""

from zoneinfo import ZoneInfo

import pytest

from adapters.discord.menu import NAMELESS, called_there
from bot.errors import phrase
from bot.help import whole_commands
from bot.interactions import Call, Command, Verb
from bot.messages.replies import Replies
from bot.words import NAMES_VERBS, Languages, Words
from commands import COMMANDS

ZONE = ZoneInfo("Europe/Copenhagen")


async def nothing(call: Call) -> Replies:
    del call
    return ()


def spoken(language: str = "da", platform: str = "discord", prefix: str = "") -> Words:
    return Languages.load(prefix=prefix, whole=whole_commands(COMMANDS)).words(language, ZONE, ("web", platform))


@pytest.mark.parametrize(
    ("language", "platform", "prefix", "bare", "said"),
    [
        ("da", "discord", "", "/profile", "/profil ret"),
        ("en", "discord", "", "/profile", "/profile edit"),
        ("da", "discord", "bro", "/academy", "/bro-akademi vis"),
        ("da", "discord", "", "/match", "/match status"),
        ("da", "discord", "", "/help", "/hjælp"),
        ("da", "discord", "", "/profile pause", "/profil pause"),
        ("en", "discord", "", '/match schedule every:"tuesday 09:00"', "/match schedule every: tuesday 09:00"),
        ("da", "discord", "", '/match find "premises"', "/match find lokaler"),
        ("da", "slack", "", '/match find "premises"', '/match find "lokaler"'),
        ("da", "slack", "", "/profile", "/profil"),
        ("da", "web", "", "/academy", "/akademi"),
    ],
)
def test_a_text_names_what_can_be_sent(language: str, platform: str, prefix: str, bare: str, said: str) -> None:
    words = spoken(language, platform, prefix)
    assert words.say(bare) == said
    told = words.tell(phrase("First tell me who you are: type {command}. It takes a minute.", command=phrase(bare)))
    assert said in told


def test_without_a_table_nothing_is_spelled_out() -> None:
    assert Languages.load().words("da", ZONE, NAMES_VERBS).say("/profile") == "/profil"


def test_what_is_named_is_what_the_menu_has() -> None:
    for command in COMMANDS:
        whole = whole_commands(COMMANDS).get(f"/{command.name}")
        verbs = {called_there(command, verb) for verb in command.verbs}
        assert (whole is None) == (verbs == {""})
        assert whole is None or whole["en"].removeprefix(f"/{command.name} ") in verbs


def test_a_verb_without_a_name_goes_by_the_one_of_the_menu() -> None:
    ask, close = Verb(run=nothing, summary="Ask"), Verb(run=nothing, summary="Close", name="close")
    poll = Command("poll", {"en": "poll", "da": "afstemning"}, "A poll", (ask, close))
    assert whole_commands((poll,)) == {
        "/poll": {"en": f"/poll {NAMELESS['en']}", "da": f"/afstemning {NAMELESS['da']}"}
    }


def test_a_command_without_a_usual_verb_stays_as_it_is() -> None:
    closes = tuple(Verb(run=nothing, summary="x", name=name) for name in ("open", "close"))
    assert whole_commands((Command("poll", {}, "A poll", closes, default="gone"),)) == {}
