"""A roster meets the members that are there already."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError, NotAllowed, NotThere
from bot.identity import Account, Address, MemberId, WorkspaceId, new_id
from bot.interactions import Arrival, Place, PlaceKind
from bot.members.domain import Consent, ImportReport, Member, Role, WorkspaceOptions
from bot.members.importing import Arriving, bring_in
from bot.members.roster import RosterLine, read_roster, write_roster
from bot.members.service import MemberService
from tests.fakes import Memory, StoppedClock

ARRIVING = Arriving(StoppedClock().now(), "da")
HEADER = "id,name,organisation,sector,needs,language,email,slack_id,discord_id,paused_until,intros_per_round\n"
TWO = HEADER + "m1,Bo,DTU,research,data|lab,en,bo@x.dk,U1,,2026-04-01,2\nm2,Ida,Fonden,fond,,,,,42,,\n"


class House:
    def __init__(self, workspace: WorkspaceId, memory: Memory, first: frozenset[str] = frozenset()) -> None:
        self.workspace = workspace
        self.memory = memory
        self.clock = StoppedClock()
        self.service = MemberService(memory.units, self.clock, first)

    async def brings_in(self, text: str) -> ImportReport:
        return await self.service.import_roster(self.workspace, text.encode())

    async def everybody(self) -> dict[str, Member]:
        async with self.memory.units(self.workspace, reading=True) as work:
            return {member.name: member for member in await work.members.everybody()}

    async def put(self, member: Member) -> None:
        async with self.memory.units(self.workspace) as work:
            await work.members.put(member)
            await work.commit()

    async def told(self, text: str) -> list[str]:
        with pytest.raises(InputError) as caught:
            await self.brings_in(text)
        return [problem.message.format(**problem.values) for problem in caught.value.problems]


@pytest.fixture
async def house() -> House:
    memory = Memory()
    workspace = (await memory.directory.ensure("local", "Academy", WorkspaceOptions())).id
    return House(workspace, memory)


async def test_a_roster_makes_members_who_have_not_been_asked_yet(house: House) -> None:
    assert await house.brings_in(TWO) == ImportReport(added=2)
    everybody = await house.everybody()
    bo, ida = everybody["Bo"], everybody["Ida"]
    assert (bo.roster_id, bo.sector, bo.needs, bo.language, bo.email) == (
        "m1", "research", ("data", "lab"), "en", "bo@x.dk",
    )  # fmt: skip
    assert (bo.paused_until, bo.intros_per_round, bo.consent) == (date(2026, 4, 1), 2, Consent.NOT_ASKED)
    assert set(bo.accounts) == {Account("slack", "U1"), Account("web", str(bo.id))}
    assert set(ida.accounts) == {Account("discord", "42"), Account("web", str(ida.id))}
    assert (ida.language, ida.intros_per_round, ida.sector) == ("da", 1, "foundation")


async def test_again_nothing_doubles_and_nothing_changes(house: House) -> None:
    await house.brings_in(TWO)
    before = await house.everybody()
    assert await house.brings_in(TWO) == ImportReport(unchanged=2)
    assert await house.everybody() == before


async def test_nothing_is_brought_in_where_one_line_is_bad(house: House) -> None:
    assert await house.told(TWO + "m3,,DTU,research,,,,,,,\n") == ["Line 4: name is missing."]
    assert await house.everybody() == {}


async def test_what_a_member_changed_stays_until_the_roster_says_something_new(house: House) -> None:
    await house.brings_in(TWO)
    bo = (await house.everybody())["Bo"]
    await house.put(replace(bo, needs=("my own words",), intros_per_round=3, paused_until=None))

    assert await house.brings_in(TWO) == ImportReport(unchanged=2)
    assert (await house.everybody())["Bo"].needs == ("my own words",)

    assert await house.brings_in(TWO.replace("DTU", "Teknisk Universitet")) == ImportReport(changed=1, unchanged=1)
    bo = (await house.everybody())["Bo"]
    assert (bo.organisation, bo.needs, bo.paused_until) == ("Teknisk Universitet", ("my own words",), None)

    await house.brings_in(TWO.replace("data|lab", "rooms"))
    assert (await house.everybody())["Bo"].needs == ("rooms",)


async def test_those_who_are_missing_from_the_file_are_left_alone(house: House) -> None:
    await house.brings_in(TWO)
    assert await house.brings_in(HEADER + "m1,Bo,DTU,research,,,,,,,\n") == ImportReport(unchanged=1)
    everybody = await house.everybody()
    assert set(everybody) == {"Bo", "Ida"}
    assert everybody["Bo"].needs == ("data", "lab")


@pytest.mark.parametrize(
    "line",
    [
        "m1,Bo Brun,DTU,research,,,,,,,",
        "new,Bo Brun,DTU,research,,,,U1,,,",
        ",Bo Brun,ITU,research,,,BO@x.dk,,,,",
        ",bo,d.t.u,research,,,,,,,",
    ],
    ids=["id", "account", "email", "name and organisation"],
)
async def test_a_member_is_found_by(house: House, line: str) -> None:
    await house.brings_in(TWO.replace("DTU", "D T U"))
    before = (await house.everybody())["Bo"]
    report = await house.brings_in(f"{HEADER}{line}\n")
    assert report.added == 0
    after = await house.everybody()
    assert len(after) == 2
    assert before.id in {member.id for member in after.values()}


async def test_a_namesake_with_another_id_is_somebody_else(house: House) -> None:
    await house.brings_in(TWO)
    assert (await house.brings_in(HEADER + "m9,Bo,DTU,research,,,,,,,\n")).added == 1


async def test_two_of_one_name_stay_two_however_often_they_are_brought_in(house: House) -> None:
    two = HEADER + ",Bo,DTU,research,data,,,,,,\nm9,Bo,DTU,research,lab,,,,,,\n"
    assert (await house.brings_in(two)).added == 2
    assert await house.brings_in(two) == ImportReport(unchanged=2)
    assert (await house.brings_in(HEADER + ",Bo,DTU,research,,,new@x.dk,,,,\n")).added == 1


async def test_somebody_who_came_by_themself_is_recognised_and_keeps_their_answer(house: House) -> None:
    me = await _recognised(house, Account("slack", "U1"))
    await house.put(replace(me, name="Bo", organisation="DTU", sector="research", consent=Consent.YES))
    await house.brings_in(TWO)
    bo = (await house.everybody())["Bo"]
    assert (bo.id, bo.consent, bo.roster_id) == (me.id, Consent.YES, "m1")


async def test_lines_that_mean_the_same_member(house: House) -> None:
    await house.brings_in(TWO)
    said = await house.told(HEADER + "m1,Bo,DTU,research,,,,,,,\nx,Bo,DTU,research,,,bo@x.dk,,,,\n")
    assert said == ["Line 3: this is the same member as in line 2."]


async def test_a_line_that_fits_two_members(house: House) -> None:
    await house.brings_in(TWO)
    said = await house.told(HEADER + "m1,Bo,DTU,research,,,,,42,,\n")
    assert said == ["Line 2: it fits two different members here; check its ids."]


async def test_the_first_organisers_of_the_settings_are_organisers_from_the_import_on() -> None:
    memory = Memory()
    workspace = (await memory.directory.ensure("local", "Academy", WorkspaceOptions())).id
    house = House(workspace, memory, frozenset({"slack:U1"}))
    await house.brings_in(TWO)
    everybody = await house.everybody()
    assert (everybody["Bo"].role, everybody["Ida"].role) == (Role.ORGANISER, Role.MEMBER)


async def test_what_is_exported_can_be_brought_in_again(house: House) -> None:
    await house.brings_in(TWO + "\nm3,=cmd,+45,civilsamfund,-1|@x,,,,,,\n")
    data = await house.service.export_roster(house.workspace)
    assert b"'=cmd,'+45,civil_society,,'-1|@x" in data
    assert (await house.service.import_roster(house.workspace, data)).unchanged == 3
    elsewhere = (await house.memory.directory.ensure("other", "Other", WorkspaceOptions())).id
    other = House(elsewhere, house.memory)
    assert (await other.service.import_roster(elsewhere, data)).added == 3
    assert await other.service.export_roster(elsewhere) == data


async def test_those_without_a_roster_id_are_exported_with_their_own(house: House) -> None:
    await house.brings_in("name,organisation,sector\nBo,DTU,research\n")
    bo = (await house.everybody())["Bo"]
    data = await house.service.export_roster(house.workspace)
    assert data.splitlines()[1].startswith(str(bo.id).encode())
    assert await house.service.import_roster(house.workspace, data.replace(b"DTU", b"ITU")) == ImportReport(changed=1)
    assert (await house.everybody())["Bo"].roster_id == ""


async def test_progress_is_told_while_many_are_written(house: House) -> None:
    seen: list[tuple[int, int]] = []
    many = "name,organisation,sector\n" + "".join(f"P{n},O{n},business\n" for n in range(1001))
    await house.service.import_roster(house.workspace, many.encode(), lambda done, of: seen.append((done, of)))
    assert seen == [(500, 1001), (1000, 1001), (1001, 1001)]


_PEOPLE = st.lists(
    st.builds(
        RosterLine,
        line=st.just(0),
        id=st.text("abc", min_size=1, max_size=3),
        has_id=st.booleans(),
        name=st.sampled_from(["Bo", "Ida", "Åse", "bo"]),
        organisation=st.sampled_from(["DTU", "ITU"]),
        sector=st.sampled_from(["research", "business"]),
        needs=st.lists(st.sampled_from(["data", "lab"]), unique=True).map(tuple),
        email=st.sampled_from(["", "a@x.dk", "b@x.dk", "c@x.dk"]),
        slack_id=st.sampled_from(["", "U1", "U2", "U3"]),
    ),
    min_size=1,
    max_size=6,
)


@given(_PEOPLE, _PEOPLE)
def test_whatever_is_brought_in_the_same_again_changes_nothing(
    first: list[RosterLine], second: list[RosterLine]
) -> None:
    members: dict[MemberId, Member] = {}
    for people in (first, second):
        lines = [replace(person, line=number) for number, person in enumerate(people, start=2)]
        try:
            lines = list(read_roster(write_roster(lines)))
            imported = bring_in(lines, list(members.values()), ARRIVING)
        except InputError:
            continue
        members |= {member.id: member for member in imported.members}
        again = bring_in(lines, list(members.values()), ARRIVING)
        assert again.members == ()
        assert again.report == ImportReport(unchanged=len(lines))
        accounts = [account for member in members.values() for account in member.accounts]
        assert len(accounts) == len(set(accounts))
        ids = [member.roster_id for member in members.values() if member.roster_id]
        assert len(ids) == len(set(ids))


class TestErase:
    async def test_by_either_id_and_again(self, house: House) -> None:
        await house.brings_in(TWO)
        ida = (await house.everybody())["Ida"]
        await house.service.erase(house.workspace, "m1")
        await house.service.erase(house.workspace, f" {ida.id} ")
        await house.service.erase(house.workspace, str(ida.id))
        assert await house.everybody() == {}

    async def test_an_id_that_nobody_has(self, house: House) -> None:
        for wanted in ("", "m9", "00000000-0000-7000-8000-000000000000"):
            with pytest.raises(NotThere):
                await house.service.erase(house.workspace, wanted)

    async def test_the_only_organiser_stays(self, house: House) -> None:
        await house.brings_in(TWO)
        await house.put(replace((await house.everybody())["Bo"], role=Role.ORGANISER))
        with pytest.raises(NotAllowed):
            await house.service.erase(house.workspace, "m1")
        assert "Bo" in await house.everybody()

    async def test_who_was_erased_comes_back_only_as_somebody_who_was_never_asked(self, house: House) -> None:
        await house.brings_in(TWO)
        bo = (await house.everybody())["Bo"]
        await house.put(replace(bo, consent=Consent.YES, needs=("secret",)))
        await house.service.erase(house.workspace, "m1")
        assert (await house.brings_in(TWO)).added == 1
        again = (await house.everybody())["Bo"]
        assert (again.id == bo.id, again.consent, again.needs) == (False, Consent.NOT_ASKED, ("data", "lab"))


async def _recognised(house: House, account: Account) -> Member:
    place = Place(Address("slack", "x"), PlaceKind.DIRECT)
    async with house.memory.units(house.workspace) as work:
        found = await house.service.recognise(work, Arrival("1", house.workspace, account, place, "Somebody"))
        await work.commit()
    return found


async def test_one_who_has_not_said_their_name_yet_is_nobody_s_namesake(house: House) -> None:
    stranger = Member(MemberId(new_id()), "", accounts=(Account("slack", "U9"),))
    await house.put(stranger)
    assert await house.brings_in(TWO) == ImportReport(added=2)
    assert (await house.everybody())[""] == stranger
