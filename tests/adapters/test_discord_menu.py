"""The menu of commands that Discord is told, within Discord's own limits, and read back from what Discord sends."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.called import Called, called
from adapters.discord.menu import (
    BOOLEAN,
    INTEGER,
    LARGEST,
    LONGEST_DESCRIPTION,
    MANAGE_GUILD,
    MESSAGE,
    MOST_CHOICES,
    MOST_COMMANDS,
    MOST_ON_MESSAGES,
    MOST_OPTIONS,
    STRING,
    SUBCOMMAND,
    USER,
    called_there,
    menu,
    size_of,
)
from bot.interactions import Call, Command, Option, OptionChoice, OptionKind, Verb, Who
from bot.messages.elements import Choice
from bot.messages.replies import Replies
from bot.words import Languages
from commands import COMMANDS


async def nothing(call: Call) -> Replies:
    del call
    return ()


async def towns(call: Call, typed: str) -> Sequence[Choice]:
    del call, typed
    return ()


def made(commands: Sequence[Command] = COMMANDS, prefix: str = "") -> list[Any]:
    return [dict(one) for one in menu(commands, Languages.load(prefix=prefix))]


def one(verb: Verb, *more: Verb, name: str = "poll") -> Command:
    return Command(name, {"en": name, "da": "afstemning"}, "A quick poll", (verb, *more))


def verb(name: str = "", options: tuple[Option, ...] = (), who: Who = Who.MEMBER, **more: Any) -> Verb:
    return Verb(
        run=nothing, summary="Ask", name=name, names={"en": name} if name else {}, who=who, options=options, **more
    )


EVERY_KIND = (
    Option("town", {"en": "town", "da": "by"}, "where", max_length=40, suggests=towns),
    Option("many", {"en": "many"}, "how many", kind=OptionKind.NUMBER, required=True),
    Option("open", {"en": "open"}, "is it open", kind=OptionKind.FLAG),
    Option("who", {"en": "who"}, "whom", kind=OptionKind.MEMBER, required=True),
    Option("until", {"en": "until"}, "until when", kind=OptionKind.DATE),
    Option("words", {"en": "words"}, "which", kind=OptionKind.LIST),
    Option("text", {"en": "text"}, "what", max_length=9_000),
    Option(
        "kind",
        {"en": "kind"},
        "which kind",
        kind=OptionKind.CHOICE,
        choices=(OptionChoice("y", {"en": "yes", "da": "ja"}), OptionChoice("n", {"en": "no", "da": "no"})),
    ),
)


def nested(pieces: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for piece in pieces:
        yield "piece", piece
        yield from nested(piece.get("options", ()))
        yield from (("choice", one) for one in piece.get("choices", ()))


@pytest.mark.parametrize("prefix", ["", "bro", "abcdefghijkl"])
class TestWithinDiscordsLimits:
    def test_names_and_texts_are_as_discord_wants_them(self, prefix: str) -> None:
        for what, piece in nested(made(prefix=prefix)):
            names = [piece["name"], *piece.get("name_localizations", {}).values()]
            if what == "piece" and piece["type"] != MESSAGE:
                assert all(re.fullmatch(r"[-_'\w]{1,32}", name) and name == name.lower() for name in names)
                told = [piece["description"], *piece.get("description_localizations", {}).values()]
                assert all(0 < len(text) <= LONGEST_DESCRIPTION for text in told)

    def test_there_is_room_for_more_commands(self, prefix: str) -> None:
        whole = made(prefix=prefix)
        assert len(whole) < MOST_COMMANDS / 2
        assert len([one for one in whole if one["type"] == MESSAGE]) <= MOST_ON_MESSAGES / 3
        for command in whole:
            assert size_of(command) < LARGEST / 4
        assert all(len(piece.get("options", ())) <= MOST_OPTIONS for _, piece in nested(whole))

    def test_it_is_always_the_same(self, prefix: str) -> None:
        assert made(prefix=prefix) == made(prefix=prefix)


class TestTheRealTable:
    def test_english_is_what_everybody_sees_and_danish_stands_beside_it(self) -> None:
        profile = made()[0]
        assert (profile["name"], profile["name_localizations"]) == ("profile", {"da": "profil"})
        assert profile["description"] == "Who you are, what you look for and what you can offer"
        assert profile["description_localizations"] == {"da": "Hvem du er, hvad du søger, og hvad du kan tilbyde"}
        assert [verb["name"] for verb in profile["options"]][:3] == ["show", "edit", "pause"]
        assert profile["options"][1]["name_localizations"] == {"da": "ret"}

    def test_what_has_one_name_in_both_languages_has_it_once(self) -> None:
        match = next(one for one in made() if one["name"] == "match")
        assert "name_localizations" not in match

    def test_what_has_no_danish_is_told_in_english_to_all(self) -> None:
        (command,) = made((one(verb()),))
        assert command["description"] == "A quick poll"
        assert "description_localizations" not in command

    def test_a_prefix_stands_before_commands_in_both_languages(self) -> None:
        profile = made(prefix="bro")[0]
        assert (profile["name"], profile["name_localizations"]) == ("bro-profile", {"da": "bro-profil"})

    def test_they_are_for_servers_and_the_direct_conversation(self) -> None:
        for command in made():
            assert (command["contexts"], command["integration_types"]) == ((0, 1), (0,))

    def test_what_is_for_organisers_only_is_seen_by_those_who_manage_the_server(self) -> None:
        seen = {one["name"]: one["default_member_permissions"] for one in made() if one["type"] != MESSAGE}
        assert seen["academy"] == MANAGE_GUILD
        assert seen["match"] is seen["help"] is seen["profile"] is None

    def test_every_verb_can_be_called(self) -> None:
        for command in COMMANDS:
            for each in command.verbs:
                wanted = called_there(command, each)
                options = [{"type": SUBCOMMAND, "name": wanted}] if wanted else []
                found = called(COMMANDS, {"type": 1, "name": command.name, "options": options})
                assert found == Called(command.name, each.name)


class TestOptions:
    def test_each_kind_has_its_own_way_to_be_asked_and_what_is_needed_comes_first(self) -> None:
        (command,) = made((one(verb(options=EVERY_KIND)),))
        shown = {option["name"]: option for option in command["options"]}
        assert list(shown) == ["many", "who", "town", "open", "until", "words", "text", "kind"]
        assert [one["name"] for one in command["options"] if one.get("required")] == ["many", "who"]
        types = {name: option["type"] for name, option in shown.items()}
        assert types == {
            "many": INTEGER,
            "who": USER,
            "town": STRING,
            "open": BOOLEAN,
            "until": STRING,
            "words": STRING,
            "text": STRING,
            "kind": STRING,
        }
        assert shown["many"]["min_value"] == -1_000_000
        assert (shown["town"]["max_length"], shown["text"]["max_length"]) == (40, 6_000)
        assert [name for name, option in shown.items() if option.get("autocomplete")] == ["town", "until"]
        assert shown["kind"]["choices"] == (
            {"name": "yes", "name_localizations": {"da": "ja"}, "value": "y"},
            {"name": "no", "value": "n"},
        )

    def test_a_verb_that_opens_a_form_needs_nothing_before_it(self) -> None:
        (command,) = made((one(verb(options=EVERY_KIND, opens_form=True)),))
        assert [option["name"] for option in command["options"]] == [option.key for option in EVERY_KIND]
        assert not any(option.get("required") for option in command["options"])

    def test_more_choices_than_a_menu_holds_are_found_by_typing(self) -> None:
        many = tuple(OptionChoice(str(number), {}) for number in range(MOST_CHOICES + 1))
        (command,) = made((one(verb(options=(Option("kind", {}, "kind", OptionKind.CHOICE, choices=many),))),))
        assert command["options"][0]["autocomplete"] is True

    def test_a_verb_without_a_name_gets_one_where_there_are_others(self) -> None:
        poll = one(verb(), verb("close"))
        (command,) = made((poll,))
        assert [option["name"] for option in command["options"]] == ["new", "close"]
        assert command["options"][0]["name_localizations"] == {"da": "ny"}
        data = {"type": 1, "name": "poll", "options": [{"type": SUBCOMMAND, "name": "new"}]}
        assert called((poll,), data) == Called("poll", "")


class TestMenusOfMessages:
    NOTE = one(verb("make", on_message={"en": "Make case note", "da": "Lav casenotat"}), verb("list"), name="note")

    def test_a_verb_may_stand_in_the_menu_of_any_message(self) -> None:
        entry = made((self.NOTE,))[-1]
        assert entry == {
            "type": MESSAGE,
            "name": "Make case note",
            "name_localizations": {"da": "Lav casenotat"},
            "default_member_permissions": None,
            "contexts": (0, 1),
            "integration_types": (0,),
        }
        data = {"type": MESSAGE, "name": "Make case note", "target_id": "1"}
        assert called((self.NOTE,), data) == Called("note", "make")
        assert called((self.NOTE,), {"type": MESSAGE, "name": "Another"}) is None

    def test_one_for_organisers_has_one_name_where_it_is_the_same_in_both_languages(self) -> None:
        kept = one(verb("keep", who=Who.ORGANISER, on_message={"en": "Top", "da": "Top"}), name="note")
        entry = made((kept,))[-1]
        assert "name_localizations" not in entry
        assert entry["default_member_permissions"] == MANAGE_GUILD


class TestReadingBack:
    POLL = one(verb("ask", EVERY_KIND), verb("close"))

    def asked(self, *options: Mapping[str, object], name: str = "ask", command: str = "poll") -> Called | None:
        inner = {"type": SUBCOMMAND, "name": name, "options": options}
        return called((self.POLL,), {"type": 1, "name": command, "options": [inner]}, prefix="bro")

    def test_options_come_as_text_by_their_key(self) -> None:
        found = self.asked(
            {"type": INTEGER, "name": "many", "value": 3},
            {"type": USER, "name": "who", "value": "42"},
            {"type": BOOLEAN, "name": "open", "value": True},
            {"type": STRING, "name": "words", "value": "a, b"},
        )
        assert found == Called("poll", "ask", {"many": "3", "who": "<@42>", "open": "yes", "words": "a, b"})
        closed = self.asked({"type": BOOLEAN, "name": "open", "value": False})
        assert closed is not None
        assert closed.given == {"open": "no"}

    def test_a_prefix_is_understood_and_an_option_without_an_english_name_goes_by_its_key(self) -> None:
        assert self.asked(command="bro-poll") == Called("poll", "ask")
        bare = one(verb(options=(Option("key", {}, "key"),)))
        data = {"type": 1, "name": "poll", "options": [{"type": STRING, "name": "key", "value": "x"}]}
        assert called((bare,), data) == Called("poll", "", {"key": "x"})

    def test_the_option_that_is_being_typed_is_told_with_what_stands_there(self) -> None:
        found = self.asked(
            {"type": USER, "name": "who", "value": "42"},
            {"type": STRING, "name": "town", "value": "Rød", "focused": True},
        )
        assert found == Called("poll", "ask", {"who": "<@42>", "town": "Rød"}, "town", "Rød")
        gone = self.asked({"type": STRING, "name": "city", "value": "Rød", "focused": True})
        assert gone is not None
        assert (gone.focused, gone.given) == ("", {"city": "Rød"})

    def test_an_older_menu_means_nothing_any_more(self) -> None:
        assert self.asked(name="reopen") is None
        assert self.asked(command="vote") is None
        assert called((self.POLL,), {"type": 1}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["poll", "ask", "town", "who"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "name", "options", "value", "focused"]), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["type", "name", "options", "target_id"]), JSON, max_size=4))
def test_whatever_comes_is_read_without_an_error(data: dict[str, object]) -> None:
    found = called((TestReadingBack.POLL, TestMenusOfMessages.NOTE), data)
    assert found is None or all(isinstance(value, str) for value in found.given.values())


class TestWhatDiscordWouldNotTake:
    @pytest.mark.parametrize(
        ("commands", "said"),
        [
            ((one(verb(), name="Poll"),), "name of a command"),
            ((one(verb(), name="p" * 33),), "name of a command"),
            ((one(verb("new one"), verb("x")),), "name of a subcommand"),
            ((one(verb("new"), verb("")),), "the same name"),
            ((one(verb(), name="a"), one(verb(), name="b")), "the same name"),
            ((one(verb(options=(Option("a", {"en": "A"}, "x"),))),), "name of a option"),
            ((one(verb(options=(Option("a", {}, "x" * 101),))),), "description of an option is empty or longer"),
            ((one(verb(options=(Option("a", {}, ""),))),), "description of an option is empty or longer"),
            ((one(verb(on_message={"en": "x" * 33})),), "message entry is empty or longer"),
            (
                (
                    one(
                        verb(
                            options=(Option("a", {}, "x", OptionKind.CHOICE, choices=(OptionChoice("v", {"en": ""}),)),)
                        )
                    ),
                ),
                "a choice is empty",
            ),
            ((one(verb(options=tuple(Option(f"o{number}", {}, "x") for number in range(26)))),), "more options"),
            ((one(*(verb(f"v{number}") for number in range(26))),), "more verbs"),
            (
                tuple(Command(f"c{number}", {}, "x", (verb(),)) for number in range(101)),
                "more commands or message entries",
            ),
            (
                (
                    one(
                        *(
                            verb(f"v{v}", tuple(Option(f"o{number}", {}, "x" * 100) for number in range(25)))
                            for v in range(4)
                        )
                    ),
                ),
                "more text",
            ),
        ],
    )
    def test_it_is_an_error_at_once(self, commands: tuple[Command, ...], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            made(commands)
