"""Custom ids: what is written comes back, everything that the bot can do fits, and a stranger's id is nothing."""

import dataclasses
from enum import Enum
from typing import get_type_hints
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import limits
from adapters.discord.ids import (
    DIGEST,
    TAG,
    CustomId,
    Kind,
    digest_of,
    keep_confirm,
    read_confirm,
    read_id,
    tag_of,
    write_id,
)
from bot.identity import WorkspaceId
from bot.messages.actions import Action
from bot.messages.elements import Confirm
from commands import ACTIONS, FORMS

ACADEMY = WorkspaceId(UUID("0195a000-0000-7000-8000-000000000001"))
ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
tags = st.text(ALPHABET, min_size=TAG, max_size=TAG)
digests = st.text(ALPHABET, min_size=DIGEST, max_size=DIGEST)
wires = st.text(ALPHABET + ":.", min_size=1, max_size=80)
ids = st.one_of(
    st.builds(
        CustomId, st.sampled_from([kind for kind in Kind if kind is not Kind.ASK]), st.integers(0, 1_295), tags, wires
    ),
    st.builds(CustomId, st.just(Kind.ASK), st.integers(0, 1_295), tags, wires, digests),
)
# The longest of each kind of field. A key that an academy made up is the longest word that there is.
_ID, _NUMBER, _WORD = 22, 12, 32


DONE = tuple(dict.fromkeys([row.action for row in ACTIONS] + [row.action for row in FORMS]))


@given(ids)
def test_what_is_written_comes_back(found: CustomId) -> None:
    written = write_id(found)
    assert len(written) <= limits.CUSTOM_ID
    assert read_id(written) == found


@pytest.mark.parametrize("kind", DONE)
def test_everything_that_the_bot_can_do_fits(kind: type[Action]) -> None:
    """With the question that may stand before it, and as the last component of a message."""
    hints = get_type_hints(kind)
    fields = [_longest(getattr(hints[one.name], "__supertype__", hints[one.name])) for one in dataclasses.fields(kind)]
    wire = ":".join([f"{kind.code}.{kind.version}", *fields])
    write_id(CustomId(Kind.ASK, limits.COMPONENTS, "abcde", wire, "abcdef"))


def _longest(hint: object) -> str:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return max((str(one.value) for one in hint), key=len)
    return "x" * (_ID if hint is UUID else _NUMBER if hint is int else _WORD)


@pytest.mark.parametrize(
    "stranger",
    ["", "b", "b:0:abcde", "z:0:abcde:wire", "b:Ø:abcde:wire", "b:0:abcd:wire", "b:00000:abcde:wire", "q:0:abcde:wire",
     "q:0:abcde:abc.wire", "b0:abcde:wire", "poll_yes_1"],
)  # fmt: skip
def test_an_id_that_is_none_of_ours_is_nothing(stranger: str) -> None:
    assert read_id(stranger) is None


def test_more_than_discord_takes_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="custom id"):
        write_id(CustomId(Kind.PRESS, 0, "abcde", "w" * 91))
    with pytest.raises(ValueError, match="custom id"):
        write_id(CustomId(Kind.PRESS, 0, "long tag", "w"))


def test_an_academys_mark_is_short_and_its_own() -> None:
    others = {tag_of(WorkspaceId(UUID(int=number))) for number in range(1_000)}
    assert len(others) == 1_000
    assert tag_of(ACADEMY) == tag_of(WorkspaceId(UUID(str(ACADEMY))))
    assert read_id(write_id(CustomId(Kind.PRESS, 3, tag_of(ACADEMY), "w"))) == CustomId(
        Kind.PRESS, 3, tag_of(ACADEMY), "w"
    )


texts = st.text("ab \n\\ æ", max_size=12) | st.text(max_size=12)


@given(texts, texts, texts, texts)
def test_a_question_is_kept_as_it_is(title: str, text: str, yes: str, no: str) -> None:
    confirm = Confirm(title, text, yes, no)
    assert read_confirm(keep_confirm(confirm)) == confirm


@pytest.mark.parametrize("kept", ["", "one", "a\nb\nc", "a\nb\nc\nd\ne"])
def test_what_is_no_question_is_none(kept: str) -> None:
    assert read_confirm(kept) is None


def test_questions_that_differ_have_marks_that_differ() -> None:
    asked = Confirm("Sure?", "It is gone.", "Yes", "No")
    assert digest_of(asked) == digest_of(dataclasses.replace(asked))
    assert digest_of(asked) != digest_of(dataclasses.replace(asked, text="It is not gone."))
    assert len(digest_of(asked)) == DIGEST
