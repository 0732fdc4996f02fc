"""Members on a real database: the roster, the invitation, the answer, the export, and being forgotten."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from bot.bootstrap import App, opened_app
from bot.deliveries.domain import DeliveryState
from bot.identity import Account, Address, WorkspaceId
from bot.interactions import Arrival, Invocation, Place, PlaceKind, Press, Submission
from bot.members.domain import Consent, ImportReport, Member, WorkspaceOptions
from bot.messages.actions import encode_action
from bot.settings import Settings
from tests.members_talk import PROFILE, Answer

ROSTER = """id;navn;organisation;sektor;behov;tilbud;slack_id
m1;Åse Sørensen;Ældresagen;civilsamfund;lokaler;frivillige;U1
m2;Bo Brun;Rødovre Kommune;kommune;frivillige;lokaler;U2
m3;Ida Holm;DTU;forskning;data;viden;U3
"""
_PLACE = Place(Address("slack", "D1"), PlaceKind.DIRECT)
_ARRIVALS = count()


class Somebody:
    """A person in front of the whole house."""

    def __init__(self, app: App, workspace: WorkspaceId, user: str) -> None:
        self._app = app
        self._workspace = workspace
        self._account = Account("slack", user)

    def _arrival(self) -> Arrival:
        return Arrival(f"a{next(_ARRIVALS)}", self._workspace, self._account, _PLACE, "Somebody", "en")

    async def types(self, line: str) -> Answer:
        command, _, text = line.removeprefix("/").partition(" ")
        return Answer(await self._app.dispatcher.invoke(Invocation(self._arrival(), command, text)))

    async def presses(self, answer: Answer, label: str) -> Answer:
        wire = encode_action(answer.buttons[label].action)
        return Answer(await self._app.dispatcher.press(Press(self._arrival(), wire)))

    async def fills(self, answer: Answer) -> Answer:
        wire = encode_action(answer.form.action)
        return Answer(await self._app.dispatcher.submit(Submission(self._arrival(), wire, PROFILE)))

    async def member(self) -> Member | None:
        async with self._app.units(self._workspace, reading=True) as work:
            return await work.members.by_account(self._account)


@asynccontextmanager
async def an_academy(folder: Path) -> AsyncGenerator[tuple[App, WorkspaceId], None]:
    settings = Settings(database_url=f"sqlite+aiosqlite:///{folder / 'academy.db'}", brobygger_organisers="slack:U0")
    async with opened_app(settings) as app:
        workspace = await app.directory.ensure("team:T1", "Academy", WorkspaceOptions(language="en"))
        yield app, workspace.id


async def test_from_the_roster_to_being_forgotten(tmp_path: Path) -> None:
    async with an_academy(tmp_path) as (app, workspace):
        odd, aase = Somebody(app, workspace, "U0"), Somebody(app, workspace, "U1")
        await odd.fills(await odd.types("/profile"))
        service = app.services.members
        assert await service.import_roster(workspace, ROSTER.encode("cp1252")) == ImportReport(added=3)
        assert await service.import_roster(workspace, ROSTER.encode()) == ImportReport(unchanged=3)

        preview = await odd.types("/academy invite")
        sent = await asyncio.gather(*(odd.presses(preview, "Send the invitations") for _ in range(4)))
        assert sum("invitations are on their way" in answer.text for answer in sent) == 1
        async with app.units(workspace, reading=True) as work:
            assert (await work.deliveries.count_by_state())[DeliveryState.WAITING] == 4

        assert "you're in" in (await aase.presses(await aase.types("/profile show"), "Introduce me")).text
        member = await aase.member()
        assert member is not None
        assert (member.consent, member.consent_at is not None) == (Consent.YES, True)

        whole = json.loads((await aase.types("/profile export")).file.content)
        assert whole["profile"]["name"] == "Åse Sørensen"
        assert whole["consent"]["answer"] == "yes"
        assert [delivery["kind"] for delivery in whole["deliveries"]] == ["invitation"]

        asked = await aase.types("/profile erase")
        goodbyes = await asyncio.gather(*(aase.presses(asked, "Forget me") for _ in range(3)))
        assert all("I have forgotten you" in answer.text for answer in goodbyes)
        assert await aase.member() is None
        async with app.units(workspace, reading=True) as work:
            left = await work.members.get(member.id)
            assert {known.name for known in await work.members.everybody()} == {"Mette Holm", "Bo Brun", "Ida Holm"}
            assert (await work.deliveries.count_by_state())[DeliveryState.CANCELLED] == 1
        assert left == Member(
            member.id, "", sector="civil_society", consent=Consent.NEVER, joined_at=member.joined_at,
            erased_at=left.erased_at if left else None,
        )  # fmt: skip


async def test_two_windows_at_once_lose_nothing(tmp_path: Path) -> None:
    async with an_academy(tmp_path) as (app, workspace):
        await app.services.members.import_roster(workspace, ROSTER.encode())
        aase = Somebody(app, workspace, "U1")
        form = await aase.types("/profile")
        answers = await asyncio.gather(
            aase.fills(form), aase.types("/profile pause 2 weeks"), aase.fills(form), aase.types("/profile show")
        )
        assert all(answer.text for answer in answers)
        member = await aase.member()
        assert member is not None
        assert (member.name, member.paused_until is not None) == ("Mette Holm", True)


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    async with an_academy(tmp_path) as (app, workspace):
        await app.services.members.import_roster(workspace, ROSTER.encode())
        card = await Somebody(app, workspace, "U1").types("/profile show")
    async with an_academy(tmp_path) as (app, workspace):
        aase = Somebody(app, workspace, "U1")
        assert "you're in" in (await aase.presses(card, "Introduce me")).text
        exported = await app.services.members.export_roster(workspace)
        assert (await app.services.members.import_roster(workspace, exported)).unchanged == 3
