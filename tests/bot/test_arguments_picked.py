"""What stands in a platform's own options is read just as what people type after a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arguments import MAX_TYPED, ask, entries, picked
from bot.errors import NotUnderstood
from bot.interactions import Call, Command, Option, OptionKind, Verb
from bot.messages.replies import Replies
from tests.members_talk import words


async def nothing(call: Call) -> Replies:
    del call
    return ()


NEW = Verb(
    run=nothing,
    summary="Ask",
    name="new",
    options=(
        Option("question", {"en": "question", "da": "spørgsmål"}, "what", required=True),
        Option("choices", {"en": "choices", "da": "valg"}, "which", kind=OptionKind.LIST),
        Option("multiple", {"en": "multiple", "da": "flere"}, "how many", kind=OptionKind.NUMBER),
    ),
)
POLL = Command("poll", {"en": "poll", "da": "afstemning"}, "A quick poll", (NEW,), default="new")


def refused(given: dict[str, str]) -> str:
    with pytest.raises(NotUnderstood) as error:
        picked(POLL, NEW, given)
    return words().tell(error.value.said)


class TestOptionsOfTheirOwn:
    def test_they_come_out_as_if_typed(self) -> None:
        typed = ask(POLL, 'new "Where?" multiple:2 choices:"Rødovre|Odense"')
        assert picked(POLL, NEW, {"question": "Where?", "choices": "Rødovre, Odense", "multiple": "2"}) == typed

    def test_a_colon_in_an_option_is_only_a_colon(self) -> None:
        assert picked(POLL, NEW, {"question": "where:there?"}).given == {"question": "where:there?"}

    def test_what_is_left_empty_was_not_given(self) -> None:
        assert picked(POLL, NEW, {"question": "Where?", "choices": " , ", "multiple": " "}).given == {
            "question": "Where?"
        }

    def test_a_list_that_is_split_already_stays_as_it_is(self) -> None:
        assert picked(POLL, NEW, {"question": "a", "choices": ("b, c", "d")}).given["choices"] == ("b, c", "d")

    def test_what_is_needed_and_not_there_is_told(self) -> None:
        assert "also needs: question" in refused({"multiple": "2"})

    def test_an_option_of_an_older_menu_is_told(self) -> None:
        assert refused({"question": "a", "choice": "b"}) == "I don't know choice: here. Did you mean choices:?"
        assert "I don't know city: here. There is: question, " in refused({"question": "a", "city": "b"})

    def test_a_text_without_an_end_is_told(self) -> None:
        assert "too long to read" in refused({"question": "a" * (MAX_TYPED + 1)})


class TestAListInOneLine:
    @pytest.mark.parametrize(
        ("line", "found"),
        [
            ("a, b,c", ("a", "b", "c")),
            ("a|b c", ("a", "b c")),
            ("shared car, flexbus", ("shared car", "flexbus")),
            ('"a, b", c', ("a, b", "c")),
            ("»a, b«, „c“", ("a, b", "c")),
            ('flexbus minibus "shared car"', ("flexbus", "minibus", "shared car")),
            ("flexbus minibus", ("flexbus", "minibus")),
            ('"shared car"', ("shared car",)),
            ("a", ("a",)),
            ("", ()),
            (" , ,", ()),
            ('""', ()),
            ('"', ()),
            ('", a', (", a",)),
            ("at:home, b", ("at:home", "b")),
            ("at:home", ("at:home",)),
            ("<@U1|Bo, the one>, b", ("<@U1|Bo, the one>", "b")),
            ("<b, c", ("<b", "c")),
            ('5" pipe, b', ('5" pipe', "b")),
            ('"a" b, c', ('"a" b', "c")),
            ('"a, b" "c, d"', ("a, b", "c, d")),
            ('"a" "" "b"', ("a", "b")),
            ("Rødovre; Odense", ("Rødovre", "Odense")),
            ("Rødovre, syd; Odense, nord", ("Rødovre, syd", "Odense, nord")),
            ("Rødovre / Odense by", ("Rødovre", "Odense by")),
            ("24/7 sometimes", ("24/7", "sometimes")),
        ],
    )
    def test_it_is_split_where_a_person_would(self, line: str, found: tuple[str, ...]) -> None:
        assert entries(line) == found

    @given(st.lists(st.text(alphabet="abcæøå ", min_size=1).map(str.strip).filter(bool), min_size=2, max_size=6))
    def test_what_is_put_together_with_commas_comes_apart_again(self, listed: list[str]) -> None:
        assert entries(", ".join(listed)) == tuple(listed)

    @given(st.text(max_size=80))
    def test_nothing_that_is_typed_breaks_it(self, line: str) -> None:
        assert all(entry.strip() == entry or line for entry in entries(line))
