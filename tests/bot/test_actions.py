"""What a button carries: ids and short words, in at most 100 bytes, and nothing else."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identity import IntroId, MemberId, new_id
from bot.messages.actions import MAX_ACTION_BYTES, Action, UnknownAction, action_table, decode_action, encode_action


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Everything(Action):
    code: ClassVar[str] = "everything"
    version: ClassVar[int] = 2
    intro: IntroId
    member: MemberId
    number: int
    word: str
    colour: Colour = Colour.RED


@dataclass(frozen=True, slots=True)
class Flag(Action):
    code: ClassVar[str] = "flag"
    on: bool


@dataclass(frozen=True, slots=True)
class NoCode(Action):
    pass


@dataclass(frozen=True, slots=True)
class Word(Action):
    code: ClassVar[str] = "word"
    word: str


@dataclass(frozen=True, slots=True)
class OtherWord(Action):
    code: ClassVar[str] = "word"


TABLE = action_table([Everything, Word])


@given(st.uuids(), st.uuids(), st.integers(-(10**9), 10**9), st.from_regex(r"[A-Za-z0-9_.-]{0,10}", fullmatch=True))
def test_what_is_written_is_read_back(intro: UUID, member: UUID, number: int, word: str) -> None:
    action = Everything(IntroId(intro), MemberId(member), number, word)
    wire = encode_action(action)
    assert len(wire.encode()) <= MAX_ACTION_BYTES
    assert wire.isascii()
    read = decode_action(wire, TABLE)
    assert read == action
    assert isinstance(read, Everything)
    assert read.colour is Colour.RED


@pytest.mark.parametrize("word", ["two words", "æ", "a:b", "<!channel>", "x" * 101])
def test_what_a_person_typed_cannot_be_carried(word: str) -> None:
    with pytest.raises(ValueError, match=r"holds ids|more than"):
        encode_action(Word(word))


def test_our_own_mistakes_are_told_at_once() -> None:
    with pytest.raises(ValueError, match="no usable code"):
        encode_action(NoCode())
    with pytest.raises(ValueError, match="holds ids"):
        encode_action(Flag(on=True))
    with pytest.raises(ValueError, match=r"two actions are called word\.1"):
        action_table([Word, OtherWord])
    assert action_table([Word, Word]) == {"word.1": Word}


@pytest.mark.parametrize(
    "wire",
    [
        "", "gone.1", "word.0:a", "word.1", "word.1:a:b", "word.1:a b", "word.1:<script>", "everything.2:x:y:1:w:red",
        f"everything.2:{'A' * 22}:{'A' * 22}:one:w:red", f"everything.2:{'A' * 22}:{'A' * 22}:1:w:blue",
        f"everything.2:{'A' * 22}:{'Æ' * 22}:1:w:red", f"everything.2:{'A' * 22}:{'A' * 22}:{'9' * 5000}:w:red",
        "x" * 10_000_000,
    ],
)  # fmt: skip
def test_a_button_of_another_day_is_known_as_such(wire: str) -> None:
    with pytest.raises(UnknownAction):
        decode_action(wire, TABLE)


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda text: f"everything.2:{text}"))
def test_whatever_comes_in_is_an_action_or_unknown(wire: str) -> None:
    try:
        action = decode_action(wire, TABLE)
    except UnknownAction:
        return
    assert decode_action(encode_action(action), TABLE) == action


def test_ids_of_ours_fit() -> None:
    wire = encode_action(Everything(IntroId(new_id()), MemberId(new_id()), 999, "a_short_word"))
    assert len(wire) < MAX_ACTION_BYTES
