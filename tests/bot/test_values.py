"""Typed values by the kind of an option."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.arguments import Asked
from bot.errors import NotUnderstood
from bot.identity import Account
from bot.interactions import Call, Option, OptionChoice, OptionKind, Value, Verb
from bot.members.domain import Member, WorkspaceOptions
from bot.messages.replies import Replies
from bot.values import read_values
from tests.members_talk import Person, Talk, a_member, an_academy, words


async def nothing(call: Call) -> Replies:
    del call
    return ()


@pytest.fixture
async def talk() -> Talk:
    talk = await an_academy()
    for user, name in (("U1", "Mette Holm"), ("U2", "Bo Holm"), ("U3", "Åse Ørsted")):
        await talk.joins(replace(a_member(user, name=name), roster_id=user.replace("U", "m")))
    await talk.joins(Member(id=a_member().id, name="Blank", accounts=(Account("slack", "U9"),)))
    return talk


async def reads(talk: Talk, option: Option, typed: str | tuple[str, ...], *, of: Person | None = None) -> Value:
    person = of or talk.somebody("U1")
    call = Call(
        services=talk.desk._services,
        arrival=person.arrival(),
        member=await talk.somebody("U1").member(),
        options=WorkspaceOptions(),
        words=words(),
        now=datetime(2026, 3, 3, 23, 30, tzinfo=UTC),
    )
    asked = Asked(Verb(run=nothing, summary="", options=(option, Option("other", {}, ""))), {option.key: typed})
    values = await read_values(asked, call, talk.memory.units)
    assert set(values) == {option.key}
    return values[option.key]


def an_option(kind: OptionKind, **more: object) -> Option:
    return replace(Option("it", {"en": "it"}, "what", kind=kind), **more)  # type: ignore[arg-type]  # fields by name


YES_NO = (OptionChoice("yes", {"en": "yes", "da": "ja"}), OptionChoice("no", {"en": "no", "da": "nej"}))


@pytest.mark.parametrize(
    ("option", "typed", "value"),
    [
        (an_option(OptionKind.TEXT), "hello 👋 مرحبا", "hello 👋 مرحبا"),
        (an_option(OptionKind.TEXT), "a\x00b\u202e", "ab"),
        (an_option(OptionKind.TEXT), ("a", "b"), "a b"),
        (an_option(OptionKind.LIST), "one", ("one",)),
        (an_option(OptionKind.LIST), ("one", "two"), ("one", "two")),
        (an_option(OptionKind.CHOICE, choices=YES_NO), " JA ", "yes"),
        (an_option(OptionKind.NUMBER), " -12 ", -12),
        (an_option(OptionKind.FLAG), "Ja", True),
        (an_option(OptionKind.FLAG), "off", False),
        # Half past midnight in Copenhagen: tomorrow is counted from the person's own day.
        (an_option(OptionKind.DATE), "i morgen", date(2026, 3, 5)),
    ],
)
async def test_is_read(talk: Talk, option: Option, typed: str | tuple[str, ...], value: Value) -> None:
    assert await reads(talk, option, typed) == value


@pytest.mark.parametrize(
    ("option", "typed", "said"),
    [
        (an_option(OptionKind.TEXT, max_length=3), "four", "it is too long; please keep it under 3 characters."),
        (an_option(OptionKind.LIST, max_length=3), ("a", "four"), "it is too long"),
        (an_option(OptionKind.CHOICE, choices=YES_NO), "yess", "it can't be that. Did you mean: yes?"),
        (an_option(OptionKind.CHOICE, choices=YES_NO), "neej", "it can't be that. Did you mean: no?"),
        (an_option(OptionKind.CHOICE, choices=YES_NO), "12345", "Did you mean: yes, no?"),
        (an_option(OptionKind.NUMBER), "three", "it has to be a whole number, for example 3."),
        (an_option(OptionKind.NUMBER), "1.5", "whole number"),
        (an_option(OptionKind.NUMBER), "--5", "whole number"),
        (an_option(OptionKind.NUMBER), "9" * 5000, "whole number"),
        (an_option(OptionKind.NUMBER), "2000000", "whole number"),
        (an_option(OptionKind.FLAG), "maybe", "it is answered with yes or no."),
        (an_option(OptionKind.DATE), "yesterday", "That day has passed."),
        (an_option(OptionKind.MEMBER), "Holm", "Several members have that name."),
        (an_option(OptionKind.MEMBER), "Mete Holm", "Did you mean Mette Holm?"),
        (an_option(OptionKind.MEMBER), "Blank", "I know nobody by that name."),
        (an_option(OptionKind.MEMBER), "", "I know nobody by that name. Write it"),
        (an_option(OptionKind.MEMBER), "x" * 100_000, "I know nobody by that name."),
    ],
)
async def test_is_refused_kindly(talk: Talk, option: Option, typed: str | tuple[str, ...], said: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        await reads(talk, option, typed)
    assert said in words().tell(caught.value.said)


@pytest.mark.parametrize("typed", ["Mette Holm", "@mette holm", "mette", "M1"])
async def test_a_member_is_found_by_name_or_id(talk: Talk, typed: str) -> None:
    mette = await talk.somebody("U1").member()
    assert await reads(talk, an_option(OptionKind.MEMBER), typed) == mette.id
    assert await reads(talk, an_option(OptionKind.MEMBER), str(mette.id).upper()) == mette.id


async def test_nobody_is_found_in_an_empty_academy() -> None:
    empty = await an_academy()
    await empty.somebody("U1").types("/help")
    with pytest.raises(NotUnderstood):
        await reads(empty, an_option(OptionKind.MEMBER), "Mette")


class TestMentions:
    """What Slack and Discord write where somebody typed ``@anna`` or ``#general``."""

    async def test_of_a_member(self, talk: Talk) -> None:
        whom = an_option(OptionKind.MEMBER)
        bo = next(member for member in await talk.everybody() if member.name == "Bo Holm")
        for typed in ("<@U2>", "<@U2|bo.holm>", " <@!U2> ", ("<@U2|bo holm>",)):
            assert await reads(talk, whom, typed) == bo.id

    @pytest.mark.parametrize("typed", ["<@U77>", "<@U9>", "<#C1|general>", "<!here>"])
    async def test_of_somebody_who_has_told_nothing_yet(self, talk: Talk, typed: str) -> None:
        with pytest.raises(NotUnderstood) as told:
            await reads(talk, an_option(OptionKind.MEMBER), typed)
        assert "They can type /profile to tell me who they are." in words().tell(told.value.said)

    async def test_in_a_text_are_names(self, talk: Talk) -> None:
        text = an_option(OptionKind.TEXT)
        assert await reads(talk, text, "thank <@U1|mh> in <#C1|general>") == "thank @Mette Holm in #general"
        assert await reads(talk, text, "<@U77> <@U78|per> <#C1>") == "@somebody @per #a channel"
        entries = await reads(talk, an_option(OptionKind.LIST), ("<@U3>", "<!here>"))
        assert entries == ("@Åse Ørsted", "@here")

    async def test_more_than_anybody_types_keep_the_name_beside_them(self, talk: Talk) -> None:
        many = " ".join(f"<@A{number}|x>" for number in range(10_000, 10_020))
        said = await reads(talk, an_option(OptionKind.TEXT), f"{many} <@U1|mh>")
        assert str(said).endswith("@x @mh")

    async def test_are_only_characters_where_the_platform_has_none(self, talk: Talk) -> None:
        web = talk.somebody("anna", platform="web")
        typed = await reads(talk, an_option(OptionKind.TEXT), "<@U1>", of=web)
        assert typed == "<@U1>"
        with pytest.raises(NotUnderstood, match="I know nobody by that name"):
            await reads(talk, an_option(OptionKind.MEMBER), "<@U1>", of=web)
