"""What organisers read about what did not arrive: every code of every platform has words, and every letter has a kind."""

from collections.abc import Collection
from dataclasses import replace

import pytest

from adapters.discord import errors as discord
from adapters.slack.errors import GONE, LATER, REFUSED
from bot.deliveries.domain import ToMember
from bot.deliveries.undelivered import Undelivered, undelivered
from bot.deliveries.undelivered_cards import CODES, KINDS, what_became
from bot.errors import TryLater
from bot.letters import LETTERS
from tests.bot.delivering import House
from tests.fakes import StoppedClock
from tests.members_talk import words

OUR_OWN = frozenset({"no_account", "no_chat", "no_platform_in_common", "too_late"})
DISCORDS = discord.OWN.union(discord.LATER.values(), discord.GONE.values(), discord.REFUSED.values())


def told(error: str, *, doubtful: bool = False, language: str = "en") -> str:
    return what_became(Undelivered("invitation", "Anna", doubtful, error, StoppedClock().now()), words(language))


@pytest.mark.parametrize("kind", ["Refused", "Gone", "TryLater"])
@pytest.mark.parametrize("codes", [GONE | LATER | REFUSED, DISCORDS], ids=["slack", "discord"])
def test_every_code_has_a_sentence_in_both_languages(kind: str, codes: Collection[str]) -> None:
    sentences = {code: (told(f"{kind} {code}"), told(f"{kind} {code}", language="da")) for code in codes}
    assert {code: said for code, said in sentences.items() if not all(one.endswith(".") for one in said)} == {}
    assert [code for code, (english, danish) in sentences.items() if english == danish] == []
    assert [code for code, (english, _) in sentences.items() if "went wrong on my side" in english] == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("Refused not_installed", "Install me again"),
        ("Refused token_revoked", "Install me again"),
        ("Refused user_disabled", "Their account is deactivated or gone."),
        ("Refused messages_tab_disabled", "take no messages from me there"),
        ("Refused not_in_channel", "Invite me to it again."),
        ("Gone channel_not_found", "Invite me to it again."),
        ("Refused is_archived", "That conversation is archived."),
        ("Refused cannot_dm", "take no direct messages from me"),
        ("Refused not_in_guild", "not on your server any more"),
        ("Refused no_room_channel", "Choose one for rooms"),
        ("TryLater too_many_threads", "too many open threads"),
        ("Refused blocked_by_automod", "own filter stopped it"),
        ("Refused file_too_large", "larger than your server takes"),
        ("TryLater token_lost", "Install me again"),
        ("Gone unknown_channel", "Invite me to it again."),
        ("Refused thread_locked", "That conversation is archived."),
        ("Refused missing_permission", "what is missing"),
        ("Refused missing_scope", "what is missing"),
        ("Refused msg_too_long", "says so for good"),
        ("TryLater ratelimited", "however often I tried"),
        ("TimeoutError", "however often I tried"),
        ("no_account", "I know no account of theirs"),
        ("no_platform_in_common", "I know no account of theirs"),
        ("too_late", "before its time was over"),
        ("unexpected ValueError", "went wrong on my side"),
        ("letter_unknown", "went wrong on my side"),
        ("", "went wrong on my side"),
    ],
)
def test_it_says_what_became_of_it_and_what_to_do(error: str, said: str) -> None:
    assert said in told(error)
    assert "It may have arrived" in told(error, doubtful=True)


def test_what_waits_is_told_while_it_waits() -> None:
    at = StoppedClock().now()
    stuck = Undelivered("intro_room", "", doubtful=False, error="TryLater no_room_channel", at=at, waits=True)
    said = what_became(stuck, words("en"))
    assert "Choose one for rooms" in said
    assert said.endswith("It waits, and goes out by itself then.")
    passing = replace(stuck, error="TryLater ratelimited")
    assert what_became(passing, words("en")) == "It could not go out so far; I go on trying."


async def test_organisers_hear_of_what_waits_for_an_hour() -> None:
    house = await House().open()
    house.chat.fail(TryLater("no_room_channel", 300.0), times=99)
    member = await house.member("Anna")
    await house.write(ToMember(member.id))
    for minutes, heard in ((0, []), (59, []), (1, ["Anna"])):
        house.clock.advance(minutes=minutes)
        await house.courier().run_once()
        async with house.memory.units(house.workspace, reading=True) as work:
            lost = await undelivered(work, house.clock.now())
        assert [one.whom for one in lost] == heard
    assert lost[0].waits


def test_no_code_is_listed_that_nobody_gives() -> None:
    listed = {code for codes in CODES.values() for code in codes.split()}
    assert listed <= GONE | LATER | REFUSED | OUR_OWN | DISCORDS


def test_every_kind_of_letter_has_words() -> None:
    assert {row.letter.code for row in LETTERS} == set(KINDS)
