"""``/academy`` as organisers use it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.deliveries.domain import Delivery, DeliveryState
from bot.identity import DeliveryId, ScheduleId, new_id
from bot.members.domain import Consent
from bot.members.letters import NamedOrganiser
from bot.messages.elements import File
from bot.messages.forms import ChoiceField, FormInput, TextField
from bot.schedules.domain import Schedule, ScheduleKind
from tests.members_talk import Person, Talk, a_member, an_academy, an_organiser, words_of

OPTIONS: dict[str, FormInput] = {
    "names": ("held_back",),
    "novelty_rounds": "8",
    "answer_days": "5",
    "language": ("en",),
    "timezone": "Europe/London",
}


@pytest.fixture
async def talk() -> Talk:
    return await an_academy()


@pytest.fixture
async def odd(talk: Talk) -> Person:
    return await talk.joins(an_organiser())


async def test_the_overview_counts_answers_and_names_nobody_but_organisers(talk: Talk, odd: Person) -> None:
    await talk.joins(a_member(consent=Consent.NEVER))
    answer = await odd.types("/academy")
    assert "2 members." in answer.text
    assert "Said yes: 1" in answer.text
    assert "Never: 1" in answer.text
    assert "Organisers: Odd Organiser" in answer.text
    assert "Mette" not in answer.text
    assert "business, civil society, foundation, municipality and research" in answer.text


async def test_in_danish(talk: Talk) -> None:
    odd = await talk.joins(an_organiser(language="da"))
    answer = await odd.types("/akademi vis")
    assert "Har sagt ja: 1" in answer.text
    assert "civilsamfund, erhvervsliv, fond, forskning og kommune" in answer.text


async def test_a_member_is_kindly_told_that_it_is_for_organisers(talk: Talk) -> None:
    mette = await talk.joins(a_member())
    for line in ("/academy", "/academy invite", "/academy sector a b c", "/academy options", "/academy roster"):
        assert "Only an organiser can do that." in (await mette.types(line)).text
    for wire in (
        "academy_invite.1",
        "academy_options.1",
        "academy_sector.1:",
        "academy_organiser.1",
        "academy_roster.1",
    ):
        assert "Only an organiser can do that." in (await mette.sends(wire)).text
    assert await talk.deliveries() == []


async def ended(talk: Talk, like: Delivery, key: str, state: DeliveryState) -> None:
    """Another delivery like this one, as the courier left it."""
    async with talk.memory.units(talk.workspace) as work:
        await work.deliveries.add([replace(like, id=DeliveryId(new_id()), key=key, state=state, error="Refused gone")])
        await work.commit()


class TestInvitations:
    async def test_nothing_goes_before_the_button_is_pressed_and_nobody_is_asked_twice(
        self, talk: Talk, odd: Person
    ) -> None:
        mette = await talk.joins(a_member(consent=Consent.NOT_ASKED))
        await talk.joins(a_member("U2", name="Bo", consent=Consent.NEVER))
        await talk.joins(replace(a_member("U3", name="Ida", consent=Consent.NOT_ASKED), paused_until=date(2026, 9, 1)))

        answer = await odd.types("/academy invite")
        assert "Invite 1 member?" in answer.text
        assert await talk.deliveries() == []
        send = answer.buttons["Send the invitations"]

        assert "1 invitation is on its way." in (await odd.presses(send)).text
        (delivery,) = await talk.deliveries()
        assert delivery.key == f"invitation:{(await mette.member()).id}"
        assert (await mette.member()).consent is Consent.ASKED

        assert "has been asked already" in (await odd.presses(send)).text
        assert len(await talk.deliveries()) == 1
        assert "nobody to invite" in (await odd.types("/academy invite")).text

    async def test_the_letter_is_answered_with_one_press(self, talk: Talk, odd: Person) -> None:
        mette = await talk.joins(a_member(consent=Consent.NOT_ASKED))
        await talk.members.invite_all(talk.workspace)
        (delivery,) = await talk.deliveries()
        card = await talk.letter(delivery, await mette.member())
        assert card is not None
        said = words_of(card)
        assert "at most 1 introduction a round" in said
        assert "I know you as Mette Holm from Rødovre Kommune (municipality)." in said
        assert "[Yes, please] [Not now] [Never]" in said
        member = (await mette.member()).id
        wire = f"invite_yes.1:{_short(member)}"

        assert "somebody else's" in (await odd.sends(wire)).text
        assert "you're in" in (await mette.sends(wire)).text
        assert "you're in" in (await mette.sends(wire)).text
        assert (await mette.member()).consent is Consent.YES
        assert await talk.letter(delivery, await mette.member()) is None

    async def test_whoever_was_never_reached_is_asked_again(self, talk: Talk, odd: Person) -> None:
        mette = await talk.joins(a_member(consent=Consent.NOT_ASKED))
        assert await talk.members.invite_all(talk.workspace) == 1
        (first,) = await talk.deliveries()
        await ended(talk, first, "first", DeliveryState.SENT)
        assert await talk.members.invite_all(talk.workspace) == 0
        await ended(
            talk, replace(first, letter=NamedOrganiser((await mette.member()).id)), "other", DeliveryState.FAILED
        )
        assert await talk.members.invite_all(talk.workspace) == 0

        await ended(talk, first, "lost", DeliveryState.FAILED)
        assert "Invite 1 member?" in (await odd.types("/academy invite")).text
        talk.clock.advance(minutes=5)
        assert await talk.members.invite_all(talk.workspace) == 1
        assert await talk.members.invite_all(talk.workspace) == 0
        again = [one for one in await talk.deliveries(DeliveryState.WAITING) if one.id != first.id]
        assert [one.letter for one in again] == [first.letter]

        await ended(talk, again[0], "lost again", DeliveryState.FAILED)
        await mette.sends(f"invite_later.1:{_short((await mette.member()).id)}")
        assert await talk.members.invite_all(talk.workspace) == 0

    async def test_not_now_is_asked_again_after_eight_weeks_and_never_is_not(self, talk: Talk) -> None:
        mette = await talk.joins(a_member(consent=Consent.NOT_ASKED))
        bo = await talk.joins(a_member("U2", name="Bo", consent=Consent.NOT_ASKED))
        silent = await talk.joins(a_member("U3", name="Silent", consent=Consent.NOT_ASKED))
        assert await talk.members.invite_all(talk.workspace) == 3

        answer = await mette.sends(f"invite_later.1:{_short((await mette.member()).id)}")
        assert "I won't ask again for at least eight weeks" in answer.text
        answer = await bo.sends(f"invite_never.1:{_short((await bo.member()).id)}")
        assert "I won't ask again, and I introduce you to nobody" in answer.text
        assert "/profile show has a button for that" in answer.text

        talk.clock.advance(weeks=8, seconds=-1)
        assert await talk.members.invite_all(talk.workspace) == 0
        talk.clock.advance(seconds=1)
        assert await talk.members.invite_all(talk.workspace) == 2
        talk.clock.advance(weeks=60)
        assert await talk.members.invite_all(talk.workspace) == 2
        assert (await silent.member()).consent is Consent.ASKED
        assert (await bo.member()).consent is Consent.NEVER

        await bo.types("/profile show")
        assert "you're in" in (await bo.presses("Introduce me")).text

    async def test_the_answer_names_the_next_round(self, talk: Talk) -> None:
        mette = await talk.joins(a_member(consent=Consent.ASKED))
        at = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
        async with talk.memory.units(talk.workspace) as work:
            await work.schedules.put(
                Schedule(
                    ScheduleId(new_id()), ScheduleKind.ROUND, "Europe/Copenhagen", at.replace(tzinfo=None), next_at=at
                )
            )
            await work.commit()
        await mette.types("/profile show")
        answer = await mette.presses("Introduce me")
        assert "The next round is on Tuesday" in answer.text
        assert "10 March 2026 at 09:00" in answer.text

    async def test_counts_for_the_overview(self, talk: Talk) -> None:
        await talk.joins(a_member(consent=Consent.NOT_ASKED))
        await talk.members.invite_all(talk.workspace)
        counts = await talk.members.consent_counts(talk.workspace)
        assert {consent: number for consent, number in counts.items() if number} == {Consent.ASKED: 1}


class TestOrganisers:
    async def test_one_names_another_who_is_told_and_may_step_down(self, talk: Talk, odd: Person) -> None:
        mette = await talk.joins(a_member())
        answer = await odd.types("/academy organiser mette holm")
        assert "Mette Holm is an organiser now." in answer.text
        (delivery,) = await talk.deliveries(DeliveryState.WAITING)
        card = await talk.letter(delivery, await mette.member())
        assert card is not None
        assert "/academy step-down hands it back" in words_of(card)
        await odd.types("/academy organiser mette")
        assert len(await talk.deliveries()) == 1

        button = (await mette.types("/academy step-down")).buttons["Step down"]
        assert button.confirm is not None
        assert "somebody else's" in (await odd.presses(button)).text
        assert "Thank you for looking after the academy" in (await mette.presses(button)).text
        assert "Thank you for looking after the academy" in (await mette.presses(button)).text
        assert not (await mette.member()).is_organiser()
        assert await talk.letter(delivery, await mette.member()) is None

    async def test_the_last_one_stays(self, odd: Person) -> None:
        await odd.types("/academy step-down")
        assert "You are the only organiser here" in (await odd.presses("Step down")).text
        assert (await odd.member()).is_organiser()

    async def test_with_the_form(self, talk: Talk, odd: Person) -> None:
        mette = await talk.joins(a_member())
        await odd.types("/academy organiser")
        assert set((await odd.fills({"member": "@everyone"})).problems) == {"member"}
        await odd.types("/academy")
        form = (await odd.presses("Name an organiser")).form
        answer = await odd.fills({"member": str((await mette.member()).id)}, form=form)
        assert "Mette Holm is an organiser now." in answer.text
        assert "nobody behind that" in (await odd.fills({"member": str(new_id())}, form=form)).text

    async def test_somebody_without_a_profile_is_asked_for_one_first(self, talk: Talk, odd: Person) -> None:
        blank = talk.somebody("U9", "Blank")
        await blank.types("/help")
        form = (await odd.types("/academy organiser")).form
        answer = await odd.fills({"member": str((await blank.member()).id)}, form=form)
        assert "They have no profile yet." in answer.text

    async def test_the_first_ones_come_from_the_settings(self) -> None:
        talk = await an_academy(first_organisers=frozenset({"slack:U1", "slack:U2"}))
        mette = await talk.joins(a_member("U1"))
        assert "Your academy" in (await mette.types("/academy")).text
        await mette.types("/academy step-down")
        answer = await mette.presses("Step down")
        assert "named as an organiser in the settings (BROBYGGER_ORGANISERS)" in answer.text
        fresh = talk.somebody("U2", "Fresh")
        assert "First tell me who you are" in (await fresh.types("/academy")).text
        assert (await fresh.member()).is_organiser()


class TestSectors:
    async def test_one_is_added_and_can_be_chosen(self, odd: Person) -> None:
        answer = await odd.types('/akademi sektor unions "fagforening" "trade union"')
        assert "trade union" in answer.text
        form = (await odd.types("/profile")).form
        choices = next(field for field in form.fields if field.key == "sector")
        assert "unions" in [choice.value for choice in getattr(choices, "choices", ())]

    async def test_one_is_renamed_from_the_overview(self, odd: Person) -> None:
        await odd.types("/academy")
        form = (await odd.sends("academy_sector.1:", chosen=("foundation",))).form
        assert [field.key for field in form.fields] == ["da", "en"]
        answer = await odd.fills({"da": "fonde", "en": "grant maker"}, form=form)
        assert "grant maker" in answer.text

    async def test_what_cannot_be(self, odd: Person) -> None:
        form = (await odd.types("/academy sector")).form
        answer = await odd.fills({"key": "Ærø!", "da": "kommune", "en": "x" * 61}, form=form)
        assert set(answer.problems) == {"en"}
        answer = await odd.fills({"key": "Ærø!", "da": "kommune", "en": "x"}, form=form)
        assert set(answer.problems) == {"key", "da"}
        answer = await odd.fills({"key": "research", "da": "a", "en": "b"}, form=form)
        assert answer.problems == {"key": "There is a sector with this key already."}
        assert "Another sector is called that." in (await odd.types("/academy sector new fond grants")).text
        assert "The key is made of small letters" in (await odd.types("/academy sector 1x a b")).text
        assert (await odd.types("/academy sector only")).form.fields[0].key == "key"


class TestOptions:
    async def test_are_changed_with_the_form(self, talk: Talk, odd: Person) -> None:
        form = (await odd.types("/academy options")).form
        answer = await odd.fills(OPTIONS, form=form)
        assert "It counts from the next round on." in answer.text
        assert "Names in a suggestion: held back until both have said yes" in answer.text
        assert "Time zone: Europe/London" in answer.text
        async with talk.memory.units(talk.workspace, reading=True) as work:
            options = await work.vocabulary.options()
        assert (options.names_before_yes, options.novelty_rounds, options.answer_days) == (False, 8, 5)

    async def test_what_somebody_else_changed_meanwhile_is_not_undone_unseen(self, talk: Talk, odd: Person) -> None:
        ida = await talk.joins(an_organiser("U2", name="Ida"))
        form, older = (await odd.types("/academy options")).form, (await ida.types("/academy options")).form
        before = {field.key: field.value for field in older.fields if isinstance(field, TextField | ChoiceField)}
        await odd.fills(OPTIONS, form=form)
        # Where Ida changed nothing, it stays as Odd has it; her own change is kept beside his.
        await ida.fills(before | {"language": ("da",)}, form=older)
        async with talk.memory.units(talk.workspace, reading=True) as work:
            options = await work.vocabulary.options()
        assert (options.names_before_yes, options.answer_days, options.language) == (False, 5, "da")
        # Where both changed it, she is told what stands there now, and nothing is done.
        answer = await ida.fills(before | {"answer_days": "9"}, form=older)
        assert answer.problems == {
            "answer_days": "This was changed while you had it open; it now says: 5. Send again to put yours in its place."
        }
        async with talk.memory.units(talk.workspace, reading=True) as work:
            assert await work.vocabulary.options() == options
        again = (await ida.types("/academy options")).form
        await ida.fills(OPTIONS | {"answer_days": "9"}, form=again)
        async with talk.memory.units(talk.workspace, reading=True) as work:
            assert (await work.vocabulary.options()).answer_days == 9

    async def test_what_cannot_be_is_told_by_field(self, odd: Person) -> None:
        await odd.types("/academy")
        form = (await odd.presses("Options")).form
        bad = OPTIONS | {"novelty_rounds": "0", "answer_days": "x", "timezone": "../../etc/passwd"}
        assert set((await odd.fills(bad, form=form)).problems) == {"novelty_rounds", "answer_days", "timezone"}


class TestRoster:
    async def test_a_file_is_brought_in_and_nobody_is_written_to(self, talk: Talk, odd: Person) -> None:
        await odd.types("/academy roster")
        answer = await odd.fills(
            {"file": File("medlemmer.csv", "text/csv", b"navn;organisation;sektor\nBo;DTU;forskning\n")}
        )
        assert "1 added, 0 changed, 0 as before." in answer.text
        assert "Nobody has been written to." in answer.text
        assert await talk.deliveries() == []
        assert "Invite 1 member?" in (await odd.presses("Invite")).text

    async def test_bad_lines_are_told_and_nothing_is_brought_in(self, talk: Talk, odd: Person) -> None:
        await odd.types("/academy")
        form = (await odd.presses("Bring in a roster")).form
        lines = "".join("Bo,DTU,nowhere\n" for _ in range(40))
        answer = await odd.fills(
            {"file": File("m.csv", "text/csv", f"name,organisation,sector\n{lines}".encode())}, form=form
        )
        assert "Nothing was brought in: 79 things have to be mended first." in answer.text
        assert "Line 2: unknown sector." in answer.text
        assert "And 49 more." in answer.text
        assert (await odd.presses("Try again")).form.title == "Bring in a roster"
        assert len(await talk.everybody()) == 1

    async def test_one_bad_line_is_told_alone(self, odd: Person) -> None:
        form = (await odd.types("/academy roster")).form
        answer = await odd.fills(
            {"file": File("m.csv", "text/csv", b"name,organisation,sector\nBo,DTU,nowhere\n")}, form=form
        )
        assert "Nothing was brought in: 1 thing has to be mended first." in answer.text
        assert "more." not in answer.text


async def test_not_today_leads_back_to_the_overview(talk: Talk, odd: Person) -> None:
    await talk.joins(a_member(consent=Consent.NOT_ASKED))
    await odd.types("/academy")
    await odd.presses("Invite")
    answer = await odd.presses("Not today")
    assert answer.replaced
    assert "Your academy" in answer.text


def _short(member: object) -> str:
    from base64 import urlsafe_b64encode
    from uuid import UUID

    assert isinstance(member, UUID)
    return urlsafe_b64encode(member.bytes).decode().rstrip("=")
