"""Whom an announcement is for: read from what was typed, written back, and found among the members."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.audience import (
    EVERYONE,
    Audience,
    Condition,
    Kind,
    audience_from,
    bare_name,
    channels_in,
    read_audience,
)
from bot.errors import NotUnderstood
from bot.identity import Address, Channel, MemberId, new_id
from bot.members.domain import SECTORS, THEMES, Consent, Member, Role

CONDITIONS = st.one_of(
    st.just(Condition(Kind.EVERYONE)),
    st.sampled_from(SECTORS).map(lambda one: Condition(Kind.SECTOR, one.key)),
    st.sampled_from(THEMES).map(lambda one: Condition(Kind.THEME, one.key)),
    st.sampled_from(Role).map(lambda one: Condition(Kind.ROLE, one.value)),
)
SETS = st.lists(CONDITIONS, min_size=1, max_size=3, unique=True).map(tuple)
AUDIENCES = st.lists(SETS, min_size=1, max_size=4, unique=True).map(lambda found: Audience(tuple(found)))
CHANNELS = tuple(Channel(Address("slack", f"in:C{name}"), name) for name in ("general", "news", "børn"))
MEMBERS = st.builds(
    Member,
    id=st.builds(lambda: MemberId(new_id())),
    name=st.just("Anna"),
    organisation=st.just("Vennerne"),
    sector=st.sampled_from([one.key for one in SECTORS]),
    themes=st.sets(st.sampled_from([one.key for one in THEMES]), max_size=3).map(tuple),
    role=st.sampled_from(Role),
)


def read(typed: str) -> Audience:
    return read_audience(typed, SECTORS, THEMES)


@given(AUDIENCES)
def test_an_audience_can_be_written_and_read_back(audience: Audience) -> None:
    assert read(audience.typed()) == audience
    assert audience_from(audience.stored()) == audience


@given(AUDIENCES, st.lists(st.sampled_from(CHANNELS), min_size=1, unique=True))
def test_channels_stand_beside_people_and_are_read_back(people: Audience, channels: list[Channel]) -> None:
    audience = Audience(people.alternatives, tuple(channels))
    known = {f"#{one.name}": one for one in CHANNELS}
    assert read_audience(audience.typed(), SECTORS, THEMES, known) == audience
    assert audience_from(audience.stored()) == audience
    alone = Audience((), tuple(channels))
    assert read_audience(alone.typed(), SECTORS, THEMES, known) == alone


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("#general+everyone", "A channel stands alone"),
        ("everyone+<#C1|general>", "A channel stands alone"),
        ("#nowhere", "I know no channel {name} here"),
        ("channel:nowhere", "I know no channel {name} here"),
    ],
)
def test_a_channel_that_cannot_be_is_told(typed: str, told: str) -> None:
    with pytest.raises(NotUnderstood) as sorry:
        read(typed)
    assert sorry.value.said.message.startswith(told)


def test_a_channel_is_called_by_its_name_in_a_sentence() -> None:
    written = ("#general", "<#C1|general>", "channel:general", "kanal: #general", "<#C1>")
    assert [bare_name(one) for one in written] == ["#general"] * 4 + ["#…"]
    assert channels_in("everyone, <#C1|a,b|c>, sector:business+theme:ageing, kanal:x") == ["<#C1|a,b|c>", "kanal:x"]


@given(AUDIENCES, st.lists(MEMBERS, max_size=6))
def test_alternatives_add_and_conditions_take_away(audience: Audience, members: list[Member]) -> None:
    found = audience.among(members)
    each = [Audience((one,)).among(members) for one in audience.alternatives]
    assert list(found) == [member for member in members if any(member in some for some in each)]
    for alternative in audience.alternatives:
        some = [Audience(((one,),)).among(members) for one in alternative]
        assert Audience((alternative,)).among(members) == [m for m in members if all(m in one for one in some)]


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_told(typed: str) -> None:
    try:
        found = read(typed)
    except NotUnderstood:
        return
    assert found.alternatives


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Alle", "everyone"),
        ("sektor:Erhvervsliv", "sector:business"),
        ("tema:ÆLDRE + rolle:tovholdere", "theme:ageing+role:organiser"),
        ("sector:civil society,, sector:civilsamfund", "sector:civil_society"),
        ("role:members", "role:member"),
    ],
)
def test_names_in_both_languages_are_understood(typed: str, expected: str) -> None:
    assert read(typed).typed() == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "To whom?"),
        (",", "To whom?"),
        ("business", "To whom?"),
        ("sector:", "To whom?"),
        ("everyone+", "To whom?"),
        ("camp:yes", "There is no camp yet"),
        ("theme:agein", "Did you mean {nearest}?"),
        ("role:qqqqqqqq", "Choose from: {known}."),
        (",".join(["everyone"] * 21), "That is more than {number} conditions."),
    ],
)
def test_what_is_none_is_told(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        read(typed)
    assert said in caught.value.said.message


def test_whoever_left_or_refused_everything_is_not_meant() -> None:
    member = Member(MemberId(new_id()), "Anna", "Vennerne", "civil_society")
    blank = replace(member, organisation="", sector="")
    refused = replace(blank, consent=Consent.NEVER)
    assert len(EVERYONE.among([member, replace(member, consent=Consent.NEVER), blank])) == 3
    assert EVERYONE.among([refused]) == []
