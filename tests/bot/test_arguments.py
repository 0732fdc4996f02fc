"""What people type after a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arguments import MAX_TYPED, Asked, Typed, ask, nearest, split, verb_named
from bot.errors import NotUnderstood
from bot.interactions import Call, Command, Option, OptionKind, Verb
from bot.messages.replies import Replies
from tests.members_talk import words


async def nothing(call: Call) -> Replies:
    del call
    return ()


POLL = Command(
    name="poll",
    names={"en": "poll", "da": "afstemning"},
    summary="A quick poll",
    default="new",
    verbs=(
        Verb(
            run=nothing,
            summary="Ask",
            name="new",
            names={"en": "new", "da": "ny"},
            options=(
                Option("question", {"en": "question", "da": "spørgsmål"}, "what", required=True),
                Option("choices", {"en": "choices", "da": "valg"}, "which", kind=OptionKind.LIST),
                Option("multiple", {"en": "multiple", "da": "flere"}, "how many", kind=OptionKind.NUMBER),
            ),
            example='/poll "Where?" "Rødovre" "Odense"',
        ),
        Verb(
            run=nothing,
            summary="Close",
            name="close",
            names={"en": "close", "da": "luk"},
            options=(
                Option("which", {"en": "which", "da": "hvilken"}, "which", kind=OptionKind.NUMBER, required=True),
            ),
        ),
        Verb(
            run=nothing,
            summary="Say",
            name="say",
            names={"en": "say", "da": "sig"},
            options=(
                Option("to", {"en": "to", "da": "til"}, "whom"),
                Option("text", {"en": "text", "da": "tekst"}, "what", rest=True),
            ),
        ),
        Verb(run=nothing, summary="List", name="list", names={"en": "list", "da": "vis"}),
        Verb(
            run=nothing,
            summary="Form",
            name="form",
            options=(Option("must", {"en": "must"}, "must", required=True),),
            opens_form=True,
        ),
    ),
)
BARE = Command("help", {"en": "help", "da": "hjælp"}, "Help", (Verb(run=nothing, summary="Help"),))
NO_DEFAULT = Command("camp", {"en": "camp"}, "Camps", (Verb(run=nothing, summary="Next", name="next"),))


def given_for(text: str, command: Command = POLL) -> tuple[str, dict[str, str | tuple[str, ...]]]:
    asked = ask(command, text)
    return asked.verb.name, dict(asked.given)


@pytest.mark.parametrize(
    ("text", "verb", "given"),
    [
        ('"Where?" Rødovre "Ny by"', "new", {"question": "Where?", "choices": ("Rødovre", "Ny by")}),
        ("ny Hvor? valg:A|B valg:C flere:2", "new", {"question": "Hvor?", "choices": ("A", "B", "C"), "multiple": "2"}),
        ("“Where to?” »Odense«", "new", {"question": "Where to?", "choices": ("Odense",)}),
        ('question:"Where: here?" multiple:2', "new", {"question": "Where: here?", "multiple": "2"}),
        ('"list" a', "new", {"question": "list", "choices": ("a",)}),
        ("question:Where? A B", "new", {"question": "Where?", "choices": ("A", "B")}),
        ("LUK 3", "close", {"which": "3"}),
        ("say all hello to you", "say", {"to": "all", "text": "hello to you"}),
        ("say all see https://a.dk:80/x at 12:30", "say", {"to": "all", "text": "see https://a.dk:80/x at 12:30"}),
        ("say all note:this", "say", {"to": "all", "text": "note:this"}),
        ("list", "list", {}),
        ("form", "form", {}),
        ('"never closed', "new", {"question": "never closed"}),
        ("🎉 مرحبا", "new", {"question": "🎉", "choices": ("مرحبا",)}),
        ("<!channel> @everyone", "new", {"question": "<!channel>", "choices": ("@everyone",)}),
    ],
)
def test_a_line_is_understood(text: str, verb: str, given: dict[str, str | tuple[str, ...]]) -> None:
    assert given_for(text) == (verb, given)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "/poll new also needs: question"),
        ("close", "/poll close also needs: which. For example: /poll close"),
        ("close 3 4", "That is more than /poll close can take"),
        ("close whichh:3", "I don't know whichh: here. Did you mean which:?"),
        ("close zzzz:3", "/poll close does not take zzzz:."),
        ("Where? multipel:2", "I don't know multipel: here. Did you mean multiple:?"),
        ("close 3 " + "x" * 40_000, "too long to read"),
    ],
)
def test_a_line_that_is_not_understood(text: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        ask(POLL, text)
    assert said in words().tell(caught.value.said)


@pytest.mark.parametrize(
    ("command", "text", "said"),
    [
        (BARE, "me", "/help takes nothing after its name."),
        (POLL, "list everything", "/poll list takes nothing after its name."),
        (NO_DEFAULT, "nexst", "I don't know that one. Did you mean /camp next?"),
        (NO_DEFAULT, "", "/camp can be followed by: next."),
        (NO_DEFAULT, "qqqqq", "/camp can be followed by: next."),
    ],
)
def test_an_unknown_verb_gets_the_nearest_known(command: Command, text: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        ask(command, text)
    assert words().tell(caught.value.said) == said


def test_a_command_without_verbs_runs_as_it_is() -> None:
    assert ask(BARE, "  ") == Asked(BARE.verbs[0], {}, bare=True)


def test_ten_megabytes_are_refused_before_they_are_read() -> None:
    with pytest.raises(NotUnderstood):
        ask(POLL, "a " * 5_000_000)


def test_one_endless_word_is_read_in_no_time() -> None:
    assert split("x" * MAX_TYPED) == [Typed("x" * MAX_TYPED)]


def test_verbs_are_known_in_both_languages() -> None:
    assert verb_named(POLL, "Vis") is verb_named(POLL, "list")
    assert verb_named(POLL, "nothing") is None


def test_the_nearest_name_is_near() -> None:
    assert nearest("proflie", ["profile", "match"]) == "profile"
    assert nearest("zzzzz", ["profile", "match"]) == ""
    assert nearest("p" * 1_000_000, ["profile"]) in ("", "profile")


@given(st.text(max_size=200))
def test_no_letter_that_was_typed_is_lost(text: str) -> None:
    kept = "".join(word.name + word.text for word in split(text))
    quotes = set('"“”„»«:')
    left = [sign for sign in text.casefold() if not sign.isspace() and sign not in quotes]
    assert [sign for sign in kept.casefold() if not sign.isspace() and sign not in quotes] == left


@given(st.text(max_size=200))
def test_whatever_is_typed_is_understood_or_refused_kindly(text: str) -> None:
    for command in (POLL, BARE, NO_DEFAULT):
        said = _refusal(command, text)
        assert said or ask(command, text).verb in command.verbs


@given(st.lists(st.text(st.characters(exclude_characters='"'), min_size=1, max_size=20), min_size=1, max_size=5))
def test_quotes_keep_words_together(words: list[str]) -> None:
    assert [typed.text for typed in split(" ".join(f'"{word}"' for word in words))] == words


def _refusal(command: Command, text: str) -> str:
    try:
        ask(command, text)
    except NotUnderstood as sorry:
        return words().tell(sorry.said)
    return ""


def test_mentions_are_entries_of_a_list() -> None:
    asked = ask(POLL, 'new "Who?" choices:<@U1|Anna Berg>|<@U2|Bo>')
    assert asked.given["choices"] == ("<@U1|Anna Berg>", "<@U2|Bo>")
