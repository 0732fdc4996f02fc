"""A whole poll in one line, in the words that people type for it, English and Danish."""

import pytest

from bot.polls.domain import PollKind, Showing
from commands.poll_line import OPTIONS
from tests.introductions_talk import a_small_academy
from tests.poll_talk import polls, types

UNDERSTOOD = {
    '"Which?" A B type:ranked': (PollKind.RANKED, 0),
    '"Which?" A B type:ranking': (PollKind.RANKED, 0),
    '"Hvilken?" A B slags:rangeret': (PollKind.RANKED, 0),
    '"Hvilken?" A B type:prioriteret': (PollKind.RANKED, 0),
    '"When?" "12 May 2026" "13 May 2026" type:date': (PollKind.DATES, 0),
    '"Hvornår?" "12. maj 2026" "13. maj 2026" type:dato': (PollKind.DATES, 0),
    '"Good?" kind:stars': (PollKind.RATING, 0),
    '"Godt?" type:stjerner': (PollKind.RATING, 0),
    '"Go on?" type:yes/no': (PollKind.YES_NO, 0),
    '"Go on?" type:ja-nej': (PollKind.YES_NO, 0),
    '"Which?" A B C D multiple:2': (PollKind.MULTIPLE, 2),
    '"Hvilke?" A B C D flere:2': (PollKind.MULTIPLE, 2),
    '"Which?" A B C D max:3': (PollKind.MULTIPLE, 3),
    '"Which?" A B C D multiple:yes': (PollKind.MULTIPLE, 0),
    '"Hvilke?" A B C D flere:ja': (PollKind.MULTIPLE, 0),
    '"Hvilke?" A B C D type:flere': (PollKind.MULTIPLE, 0),
    '"Hvilke?" A B C D flere:nej': (PollKind.SINGLE, 0),
    '"Which?" A B type:one': (PollKind.SINGLE, 0),
}


async def test_the_kind_is_named_as_people_name_it() -> None:
    academy = await a_small_academy()
    for line, (kind, most) in UNDERSTOOD.items():
        shown = await types(academy["Anna"], f"/poll {line}")
        assert "Post it" in shown.buttons, line
        (poll, *_) = await polls(academy)
        assert (poll.kind, poll.most) == (kind, most), line


async def test_the_rest_is_named_so_as_well() -> None:
    academy = await a_small_academy()
    academy.chats.of(academy.workspace).channels = ["news"]
    line = '/poll "Hvilken?" A B frist:"om 2 timer" resultater:skjult kanal:#news kvorum:3 anonym:nej tilføj:ja'
    await types(academy["Anna"], line)
    (poll,) = await polls(academy)
    assert poll.closes_at is not None
    assert (poll.showing, poll.quorum, poll.may_add) == (Showing.AT_CLOSE, 3, True)
    assert [place.address.value for place in poll.places] == ["channel:news"]


async def test_beside_a_template_what_was_typed_counts() -> None:
    academy = await a_small_academy()
    shown = await types(academy["Anna"], '/poll "How was camp 4?" template:camp quorum:5 closes:"in 2 hours"')
    assert "How was camp 4?" in shown.text
    assert "It counts if 5 people vote." in shown.text
    assert (await polls(academy))[0].anonymous


@pytest.mark.parametrize("typed", ["condorcet", "rankked"])
async def test_a_wrong_kind_lists_the_kinds(typed: str) -> None:
    academy = await a_small_academy()
    told = (await types(academy["Anna"], f'/poll "Which?" A B type:{typed}')).text
    assert "can't be that. Did you mean" in told
    for kind in ("one", "several", "ranked", "yes-no", "dates", "stars"):
        assert kind in told
    assert await polls(academy) == []


def test_no_word_means_two_things() -> None:
    names = [name for option in OPTIONS for name in {option.key, *option.names.values(), *option.also}]
    assert len(names) == len(set(names))
    for option in OPTIONS:
        said = [name for one in option.choices for name in {one.value, *one.names.values(), *one.also}]
        assert len(said) == len(set(said)), option.key
