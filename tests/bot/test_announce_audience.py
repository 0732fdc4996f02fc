"""Whom an announcement is for: read from what was typed, written back, and found among the members."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.audience import (
    EVERYONE,
    Audience,
    Condition,
    Kind,
    Known,
    audience_from,
    bare_name,
    channels_in,
    read_audience,
)
from bot.announcements.camp_audience import CampAnswer, read_camp, stands
from bot.camps.domain import Answer, Camp, CampState, Seat, Signup
from bot.errors import NotUnderstood
from bot.identity import Address, CampId, Channel, MemberId, new_id
from bot.members.domain import SECTORS, THEMES, Consent, Member, Role

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_camp(name: str, day: str, state: CampState = CampState.PLANNED) -> Camp:
    return Camp(
        id=CampId(new_id()),
        author=MemberId(new_id()),
        created_at=NOW,
        name=name,
        day=date.fromisoformat(day),
        begins=time(9),
        ends=time(16),
        zone="Europe/Copenhagen",
        state=state,
    )


LAST, NEXT, LATER = (
    a_camp("Camp 2", "2026-01-22", CampState.HELD),
    a_camp("Camp 3: Rødovre, og alle de andre", "2026-03-22"),
    a_camp("Camp 4", "2026-05-22"),
)
CAMPS = (LAST, NEXT, LATER)


def of_a_camp(answer: CampAnswer, camp: Camp) -> Condition:
    return Condition(Kind.CAMP, *read_camp(f"{answer.value}:{camp.name.casefold()}", CAMPS, NOW))


CONDITIONS = st.one_of(
    st.builds(
        of_a_camp,
        st.sampled_from(CampAnswer),
        st.sampled_from(CAMPS),
    ),
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
    return read_audience(typed, Known(SECTORS, THEMES, NOW, CAMPS))


@given(AUDIENCES)
def test_an_audience_can_be_written_and_read_back(audience: Audience) -> None:
    assert read(audience.typed()) == audience
    assert audience_from(audience.stored()) == audience


@given(AUDIENCES, st.lists(st.sampled_from(CHANNELS), min_size=1, unique=True))
def test_channels_stand_beside_people_and_are_read_back(people: Audience, channels: list[Channel]) -> None:
    audience = Audience(people.alternatives, tuple(channels))
    known = {f"#{one.name}": one for one in CHANNELS}
    assert read_audience(audience.typed(), Known(SECTORS, THEMES, NOW, CAMPS, channels=known)) == audience
    assert audience_from(audience.stored()) == audience
    alone = Audience((), tuple(channels))
    assert read_audience(alone.typed(), Known(SECTORS, THEMES, NOW, CAMPS, channels=known)) == alone


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


@pytest.mark.parametrize(
    ("typed", "answer", "camp"),
    [
        ("camp", CampAnswer.YES, NEXT),
        ("camp:yes", CampAnswer.YES, NEXT),
        ("CAMP: Måske", CampAnswer.MAYBE, NEXT),
        ("camp:deltagere", CampAnswer.YES, NEXT),
        ("camp:ubesvaret", CampAnswer.UNANSWERED, NEXT),
        ("camp:intet svar", CampAnswer.UNANSWERED, NEXT),
        ("camp:attended", CampAnswer.ATTENDED, LAST),
        ("camp:camp 4", CampAnswer.YES, LATER),
        ("camp:rødovre:nej", CampAnswer.NO, NEXT),
        ("camp:venteliste:camp 4", CampAnswer.WAITING, LATER),
    ],
)
def test_the_people_of_a_camp(typed: str, answer: CampAnswer, camp: Camp) -> None:
    ((condition,),) = read(typed).alternatives
    assert condition.value == f"{answer.value}:{camp.id}"


@pytest.mark.parametrize(
    ("camps", "meant"),
    [((LAST,), LAST), ((LAST, replace(NEXT, state=CampState.CANCELLED)), LAST), ((LAST, NEXT, LATER), NEXT)],
)
def test_without_a_name_it_is_the_next_camp_or_the_last_one(camps: Sequence[Camp], meant: Camp) -> None:
    assert read_camp("yes", camps, NOW) == (
        f"yes:{meant.id}",
        " ".join(meant.name.replace(",", "").replace(":", "").split()),
    )


@pytest.mark.parametrize("camps", [(), (replace(NEXT, state=CampState.CANCELLED),)])
def test_without_a_camp_there_is_nobody_to_ask(camps: Sequence[Camp]) -> None:
    with pytest.raises(NotUnderstood) as sorry:
        read_camp("yes", camps, NOW)
    assert "There is no camp yet" in sorry.value.said.message


def test_who_stands_how_to_a_camp() -> None:
    mine = Signup(NEXT.id, MemberId(new_id()))
    everyone = [
        mine,
        replace(mine, answer=Answer.NO),
        replace(mine, answer=Answer.MAYBE),
        replace(mine, answer=Answer.YES, seat=Seat.WAITING),
        replace(mine, answer=Answer.YES, seat=Seat.TAKEN),
        replace(mine, answer=Answer.YES, seat=Seat.TAKEN, attended=True),
    ]
    found = {
        answer: [stands(f"{answer.value}:{NEXT.id}", one) for one in everyone].index(True) for answer in CampAnswer
    }
    assert list(found.values()) == [4, 2, 1, 0, 3, 5]
    assert not any(stands(f"{answer.value}:{LATER.id}", one) for answer in CampAnswer for one in everyone)


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
        ("camp:yess", "Did you mean {nearest}?"),
        ("camp:camp 5", "Did you mean {nearest}?"),
        ("camp:Aalborg:yes", "I know no camp by that name."),
        ("camp:those who sleep", "I know no camp by that name."),
        ("theme:agein", "Did you mean {nearest}?"),
        ("role:qqqqqqqq", "Choose from: {known}."),
        (",".join(["everyone"] * 21), "That is more than {number} conditions."),
    ],
)
def test_what_is_none_is_told(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        read(typed)
    assert said in caught.value.said.message


def test_everyone_is_each_member_with_a_profile_whatever_they_said_to_introductions() -> None:
    member = Member(MemberId(new_id()), "Anna", "Vennerne", "civil_society")
    blank = replace(member, organisation="", sector="")
    never = replace(member, consent=Consent.NEVER)
    assert EVERYONE.among([member, never, blank]) == [member, never]
    assert EVERYONE.among([replace(member, erased_at=NOW)]) == []


@pytest.mark.parametrize("wrote", ["ageing", "ældre", " Ældre ", "AGEING"])
def test_a_theme_is_found_by_whatever_name_a_member_wrote(wrote: str) -> None:
    member = Member(MemberId(new_id()), "Anna", "Vennerne", "business", themes=("andet", wrote))
    assert read("tema:ældre").among([member], themes=THEMES) == [member]
    assert read("theme:loneliness").among([member], themes=THEMES) == []


def test_one_that_is_no_theme_any_more_is_found_by_its_key() -> None:
    member = Member(MemberId(new_id()), "Anna", "Vennerne", "business", themes=("ageing",))
    assert read("theme:ageing").among([member]) == [member]


def test_a_word_that_is_like_nothing_is_answered_by_the_whole_list() -> None:
    with pytest.raises(NotUnderstood) as sorry:
        read("sektor:findesikke")
    assert sorry.value.said.message == "I don't know {wanted}. Choose from: {known}."
    with pytest.raises(NotUnderstood) as sorry:
        read("sector:busines")
    assert sorry.value.said.values["nearest"] == "sector:business"
