"""What a platform says of a person: whether they organise there, which sector a role names, how others find them."""

import json
from dataclasses import replace

import pytest

from bot.errors import InputError
from bot.identity import Account, LineId, new_id
from bot.introductions.domain import IntroState, Line
from bot.members.domain import Role
from bot.members.recognising import HANDLE, recognised
from bot.messages.forms import ChoiceField
from tests.members_talk import PROFILE, Answer, Person, Talk, a_member, an_academy, an_organiser
from tests.storage_values import an_intro


@pytest.fixture
async def talk() -> Talk:
    talk = await an_academy(homes={"guild:5": "Brobyggerne"}, first_organisers=frozenset({"discord:99"}))
    await talk.joins(an_organiser("U0"))
    return talk


async def somebody(talk: Talk, **said: object) -> Person:
    member = replace(a_member("7"), accounts=(Account("discord", "7"),))
    return replace(await talk.joins(member), **said)  # type: ignore[arg-type]  # the tests name fields of Person


class TestOrganisers:
    async def test_who_has_the_rights_there_organises_for_as_long_as_they_have_them(self, talk: Talk) -> None:
        dorte = await somebody(talk, organises=True)
        assert "Sectors" in (await dorte.types("/academy")).text
        member = await dorte.member()
        assert (member.role, member.role_from) == (Role.ORGANISER, "discord")
        silent = replace(dorte, organises=None)
        assert "Sectors" in (await silent.types("/academy")).text
        no_more = replace(dorte, organises=False)
        assert "Only an organiser can do that." in (await no_more.types("/academy")).text
        assert (await dorte.member()).role_from == ""

    async def test_a_new_one_is_an_organiser_at_once(self, talk: Talk) -> None:
        new = replace(talk.somebody("8", platform="discord"), organises=True)
        await new.types("/help")
        assert (await new.member()).is_organiser()

    async def test_what_organisers_gave_no_platform_takes(self, talk: Talk) -> None:
        dorte = await somebody(talk, organises=True)
        await dorte.types("/academy")
        odd = Person(talk, Account("slack", "U0"))
        await odd.types(f"/academy organiser {(await dorte.member()).name!r}".replace("'", '"'))
        assert (await dorte.member()).role_from == ""
        assert not await talk.deliveries()
        no_more = replace(dorte, organises=False)
        assert "Sectors" in (await no_more.types("/academy")).text

    async def test_another_platform_says_nothing_about_it(self, talk: Talk) -> None:
        dorte = await somebody(talk, organises=True)
        await dorte.types("/academy")
        member = await dorte.member()
        both = replace(member, accounts=(*member.accounts, Account("slack", "U7")))
        there = replace(await talk.joins(both), account=Account("slack", "U7"), organises=False)
        assert "Sectors" in (await there.types("/academy")).text

    async def test_the_last_one_stays(self) -> None:
        talk = await an_academy(homes={"guild:5": "Brobyggerne"})
        dorte = await somebody(talk, organises=True)
        await dorte.types("/academy")
        no_more = replace(dorte, organises=False)
        assert "Sectors" in (await no_more.types("/academy")).text
        assert (await dorte.member()).role_from == "discord"
        await talk.joins(an_organiser("U0"))
        assert "Only an organiser can do that." in (await no_more.types("/academy")).text

    async def test_those_of_the_settings_stay(self, talk: Talk) -> None:
        first = replace(talk.somebody("99", platform="discord"), organises=False)
        await first.types("/help")
        member = await first.member()
        assert (member.role, member.role_from) == (Role.ORGANISER, "")

    async def test_they_hand_their_right_back_where_they_got_it(self, talk: Talk) -> None:
        dorte = await somebody(talk, organises=True)
        await dorte.types("/academy step-down")
        answer = await dorte.presses(next(iter(dorte.last.buttons.values())))
        assert "for as long as your rights in the chat say so" in answer.text
        assert (await dorte.member()).is_organiser()


class TestSectors:
    async def test_a_role_suggests_the_sector_of_who_has_none(self, talk: Talk) -> None:
        new = replace(talk.somebody("8", platform="discord"), sector="foundation")
        assert self.chosen(await new.types("/profile")) == ("foundation",)
        assert (await new.member()).sector == ""
        await new.fills({**PROFILE, "sector": ("business",)})
        assert (await new.member()).sector == "business"
        assert self.chosen(await new.types("/profile edit")) == ("business",)

    async def test_one_that_the_academy_does_not_have_suggests_nothing(self, talk: Talk) -> None:
        new = replace(talk.somebody("8", platform="discord"), sector="pirates")
        assert self.chosen(await new.types("/profile")) == ()

    def chosen(self, answer: Answer) -> tuple[str, ...]:
        return next(
            entry.value for entry in answer.form.fields if isinstance(entry, ChoiceField) and entry.key == "sector"
        )


async def test_the_name_on_the_platform_is_kept_and_renewed(talk: Talk) -> None:
    mette = await somebody(talk)
    for handle in ("mette", "mette.holm", "mette.holm", ""):
        await replace(mette, handle=handle).types("/help")
    async with talk.memory.units(talk.workspace, reading=True) as work:
        assert await work.landmarks.get("discord", HANDLE, "7") == "mette.holm"


async def test_not_too_many_names_are_kept_in_mind(talk: Talk) -> None:
    handles = {(talk.workspace, Account("discord", f"{number}")): "x" for number in range(10_000)}
    mette = replace(await somebody(talk), handle="mette")
    async with talk.memory.units(talk.workspace) as work:
        await recognised(work, mette.arrival(), frozenset(), handles, talk.clock.now())
        assert handles == {(talk.workspace, mette.account): "mette"}
        # Another process has not seen it yet, and writes nothing anew.
        await recognised(work, mette.arrival(), frozenset(), {}, talk.clock.advance(days=1))
        await work.commit()
    async with talk.memory.units(talk.workspace) as work:
        assert await work.landmarks.forget_before(HANDLE, talk.clock.now()) == 1


async def test_ones_address_is_shown_if_one_wants_it(talk: Talk) -> None:
    mette = await somebody(talk)
    assert not {label for label in (await mette.types("/profile show")).buttons if "e-mail" in label}
    await talk.joins(replace(await mette.member(), email="mette@example.org"))
    await mette.types("/profile show")
    await mette.presses("Show my e-mail to those I meet")
    assert (await mette.member()).shares_email
    await mette.presses("Keep my e-mail to myself")
    assert not (await mette.member()).shares_email


async def test_the_export_has_what_was_carried_and_the_name_there(talk: Talk) -> None:
    mette = await somebody(talk, handle="mette")
    await mette.types("/help")
    member, other = await mette.member(), await talk.joins(a_member("U5"))
    intro = replace(an_intro(member.id, (await other.member()).id, state=IntroState.OPENED), round=None)
    async with talk.memory.units(talk.workspace) as work:
        await work.rounds.add_intros([intro])
        mine, theirs = intro.members()
        for author, to, text in ((mine, theirs, "Hej"), (theirs, mine, "Hej igen")):
            await work.lines.add(Line(LineId(new_id()), intro.id, author, to, text, talk.clock.now()))
        await work.commit()
    whole = json.loads((await mette.types("/profile export")).file.content)
    assert whole["accounts"] == [{"platform": "discord", "user": "7", "name": "mette"}]
    assert [line["text"] for line in whole["carried_messages"]] == ["Hej"]
    assert whole["profile"]["email_shown"] is False


class TestRosters:
    LINE = "id,name,organisation,sector,slack_id,discord_id\nr1,Mette Holm,Rødovre Kommune,municipality,U1,7\n"

    async def brings(self, talk: Talk, text: str) -> None:
        await talk.members.import_roster(talk.workspace, text.encode())

    async def test_one_line_with_two_ids_is_one_member_on_both(self) -> None:
        talk = await an_academy(homes={"team:T1": "Rødovre", "guild:5": "Brobyggerne"})
        await self.brings(talk, self.LINE)
        slack, discord = talk.somebody("U1"), talk.somebody("7", platform="discord")
        assert "Rødovre Kommune" in (await slack.types("/profile show")).text
        assert (await discord.types("/profile show")).text == slack.last.text

    async def test_who_wrote_from_there_before_the_roster_knew_is_that_member(self) -> None:
        talk = await an_academy(homes={"team:T1": "Rødovre", "guild:5": "Brobyggerne"})
        await talk.joins(a_member("U1"))
        discord = talk.somebody("7", "mette", platform="discord")
        await discord.types("/help")
        await self.brings(talk, self.LINE)
        (member,) = await talk.everybody()
        assert {account.platform for account in member.accounts} == {"slack", "discord", "web"}
        assert "Rødovre Kommune" in (await discord.types("/profile show")).text
        await self.brings(talk, self.LINE)
        assert await talk.everybody() == [member]

    async def test_two_who_have_filled_in_nothing_are_one_with_the_line(self) -> None:
        talk = await an_academy(homes={"team:T1": "Rødovre", "guild:5": "Brobyggerne"})
        for person in (talk.somebody("U1"), talk.somebody("7", platform="discord")):
            await person.types("/help")
        await self.brings(talk, self.LINE)
        (member,) = await talk.everybody()
        assert (member.organisation, member.roster_id) == ("Rødovre Kommune", "r1")

    async def test_two_with_a_profile_each_are_for_a_person_to_decide(self) -> None:
        talk = await an_academy(homes={"team:T1": "Rødovre", "guild:5": "Brobyggerne"})
        await talk.joins(a_member("U1"))
        await talk.joins(replace(a_member("7", name="Else"), accounts=(Account("discord", "7"),)))
        with pytest.raises(InputError):
            await self.brings(talk, self.LINE)

    async def test_an_account_on_two_lines_is_for_a_person_to_decide(self) -> None:
        talk = await an_academy(homes={"team:T1": "Rødovre", "guild:5": "Brobyggerne"})
        for user in ("U1", "U2"):
            await talk.joins(a_member(user, name=user))
        await talk.somebody("7", platform="discord").types("/help")
        with pytest.raises(InputError):
            await self.brings(talk, self.LINE + "r2,Bo,Sportshallen,business,U2,7\n")
