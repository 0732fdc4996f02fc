"""``/profile`` as people use it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.errors import NotThere
from bot.members.domain import Consent, Theme
from bot.members.profile import Profile
from bot.messages.forms import ChoiceField
from tests.members_talk import PROFILE, a_member, an_academy, an_organiser


async def test_a_newcomer_tells_who_they_are_and_is_asked_for_consent() -> None:
    talk = await an_academy()
    mette = talk.somebody("U1", "Mette")

    asked = await mette.types("/profile")
    assert [field.key for field in asked.form.fields][:3] == ["name", "organisation", "sector"]

    answer = await mette.fills(PROFILE)
    assert "Saved, thank you." in answer.text
    assert "may I introduce you" in answer.text
    assert set(answer.buttons) >= {"Yes, please", "Not now", "Never"}
    stored = await mette.member()
    assert (stored.name, stored.sector, stored.intros_per_round) == ("Mette Holm", "municipality", 2)
    assert stored.consent is Consent.NOT_ASKED

    answer = await mette.presses("Yes, please")
    assert answer.replaced
    assert "you're in" in answer.text
    assert (await mette.member()).consent is Consent.YES


async def test_the_same_in_danish() -> None:
    talk = await an_academy(language="da")
    mette = talk.somebody("U1", "Mette")

    asked = await mette.types("/profil ret")
    assert asked.form.title == "Din profil"
    answer = await mette.fills(dict(PROFILE) | {"language": ("da",)})
    answer = await mette.presses("Ja tak") if "Ja tak" in answer.buttons else answer
    answer = await mette.types("/profil vis")
    assert "Sektor: kommune" in answer.text
    assert "Jeg søger: frivillige om mandagen" in answer.text

    answer = await mette.types('/profil pause "2 uger"')
    assert "God pause" in answer.text
    assert "mandag den 16. marts 2026" in answer.text
    answer = await mette.types("/profil genoptag")
    assert "tilbage" in answer.text
    answer = await mette.types("/profil slet")
    assert "Skal jeg glemme dig?" in answer.text
    assert "Glem mig" in answer.buttons


async def test_a_form_with_gaps_says_by_field_what_is_missing_and_saves_nothing() -> None:
    talk = await an_academy()
    mette = talk.somebody("U1", "Mette")
    await mette.types("/profile")

    answer = await mette.fills({"name": "  ", "organisation": "x" * 121, "sector": ("nonsense",), "language": ("en",)})

    assert set(answer.problems) == {"name", "organisation", "sector", "intros_per_round"}
    assert not (await mette.member()).is_complete()


async def test_a_form_that_is_sent_twice_is_saved_once_and_answered_once() -> None:
    talk = await an_academy()
    mette = talk.somebody("U1", "Mette")
    form = (await mette.types("/profile")).form

    first = await mette.fills(PROFILE, form=form, arrival="same")
    repeated = await mette.fills(PROFILE, form=form, arrival="same")
    from_another_window = await mette.fills(PROFILE, form=form)

    assert "Saved" in first.text
    assert repeated.replies == ()
    assert "Saved" in from_another_window.text
    assert len(await talk.everybody()) == 1


async def test_a_theme_that_is_almost_known_is_offered_and_can_be_taken() -> None:
    talk = await an_academy()
    mette = talk.somebody("U1", "Mette")
    await mette.types("/profile")

    answer = await mette.fills(dict(PROFILE) | {"themes": "Ensomhed, lonelyness"})
    assert "By lonelyness, do you mean loneliness?" in answer.text
    button = answer.buttons["Yes, that one"]

    answer = await mette.presses(button)
    assert "Themes: ensomhed, loneliness" in answer.text
    assert (await mette.member()).themes == ("ensomhed", "loneliness")

    again = await mette.presses(button)
    assert "Themes: ensomhed, loneliness" in again.text


async def test_a_theme_that_the_academy_no_longer_has_gets_a_kind_word() -> None:
    talk = await an_academy()
    mette = await talk.joins(a_member())
    answer = await mette.sends("profile_theme.1:abcdef:gone")
    assert "no longer there" in answer.text


async def test_what_was_typed_is_shown_as_it_is_and_never_becomes_mark_up() -> None:
    talk = await an_academy()
    mette = talk.somebody("U1", "Mette")
    await mette.types("/profile")
    nasty = "<!channel> @everyone <script>alert(1)</script> 👩‍👧 مرحبا"

    await mette.fills(dict(PROFILE) | {"name": nasty, "needs": f"{nasty}\u202e\x00\nplain"})

    stored = await mette.member()
    assert stored.name == nasty
    assert stored.needs == (nasty, "plain")
    answer = await mette.types("/profile show")
    assert f"Name: {nasty}" in answer.text


async def test_ten_megabytes_in_a_form_are_refused_by_field() -> None:
    talk = await an_academy()
    mette = talk.somebody("U1", "Mette")
    await mette.types("/profile")
    answer = await mette.fills(dict(PROFILE) | {"name": "æ" * 10_000_000, "needs": "x" * 10_000_000})
    assert set(answer.problems) == {"name", "needs"}


async def test_a_tag_with_a_comma_from_the_roster_survives_an_edit() -> None:
    talk = await an_academy()
    mette = await talk.joins(replace(a_member(), needs=("a room, for 20", "data")))
    form = (await mette.types("/profile")).form
    await mette.fills(dict(PROFILE) | {"needs": "a room, for 20\ndata; money"}, form=form)
    assert (await mette.member()).needs == ("a room, for 20", "data", "money")


class TestPause:
    async def test_until_a_day_and_back(self) -> None:
        talk = await an_academy()
        mette = await talk.joins(a_member())

        answer = await mette.types("/profile pause 2 weeks")
        assert "I introduce you to nobody before Monday, 16 March 2026" in answer.text.replace(
            "Monday 16", "Monday, 16"
        )
        assert (await mette.member()).paused_until == date(2026, 3, 16)

        answer = await mette.types("/profile show")
        assert "You are on a break until" in answer.text
        answer = await mette.presses("I'm back already")
        assert "Good to have you back." in answer.text
        assert "When I have found somebody for you" in answer.text
        assert (await mette.member()).paused_until is None

    async def test_without_a_day_a_form_asks(self) -> None:
        talk = await an_academy()
        mette = await talk.joins(a_member())
        await mette.types("/profile pause")
        answer = await mette.fills({"until": "2026-03-02"})
        assert set(answer.problems) == {"until"}
        answer = await mette.fills({"until": "2036-03-02"}, form=(await mette.types("/profile pause")).form)
        assert "years away" in answer.problems["until"]
        answer = await mette.fills({"until": ""}, form=(await mette.types("/profile pause")).form)
        assert set(answer.problems) == {"until"}
        answer = await mette.fills({"until": "2026-04-01"}, form=(await mette.types("/profile pause")).form)
        assert "Enjoy the break" in answer.text
        assert (await mette.member()).paused_until == date(2026, 4, 1)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("today", "Please choose a day to come."),
            ("1999-01-01", "That day has passed."),
            ("someday 😀", "I can't read that as a day."),
            ("31 february", "There is no such day"),
            ("99999999999999999999 weeks", "There is no such day"),
            ("10 years", "years away"),
        ],
    )
    async def test_a_day_that_is_none_gets_a_kind_word(self, typed: str, said: str) -> None:
        talk = await an_academy()
        mette = await talk.joins(a_member())
        answer = await mette.types(f"/profile pause {typed}")
        assert said in answer.text
        assert (await mette.member()).paused_until is None

    async def test_somebody_without_a_profile_is_asked_for_one_first(self) -> None:
        talk = await an_academy()
        answer = await talk.somebody("U9").types("/profile pause 2 weeks")
        assert "First tell me who you are" in answer.text

    async def test_from_the_profile_card(self) -> None:
        talk = await an_academy()
        mette = await talk.joins(a_member())
        await mette.types("/profile show")
        answer = await mette.presses("Take a break")
        assert answer.form.fields[0].key == "until"


class TestShow:
    async def test_shows_who_sees_what(self) -> None:
        talk = await an_academy()
        mette = await talk.joins(a_member())
        answer = await mette.types("/profile show")
        assert "Nobody ever sees a no." in answer.text
        assert "sees your name, organisation" in answer.text
        assert set(answer.buttons) == {"Edit", "No more introductions", "Take a break", "Export my data", "Forget me"}
        assert len((await mette.presses("Edit")).form.fields) == 8

    async def test_says_when_names_are_held_back(self) -> None:
        talk = await an_academy()
        await talk.members.set_options(talk.workspace, lambda options: replace(options, names_before_yes=False))
        mette = await talk.joins(a_member())
        assert "your name only when you have both said yes" in (await mette.types("/profile show")).text

    async def test_is_the_form_for_somebody_without_a_profile(self) -> None:
        talk = await an_academy()
        assert (await talk.somebody("U9").types("/profile show")).form.title == "Your profile"
        assert (await talk.somebody("U9").sends("profile_show.1")).form.title == "Your profile"

    async def test_none_for_now(self) -> None:
        talk = await an_academy()
        mette = await talk.joins(replace(a_member(), intros_per_round=0))
        assert "no introductions for now" in (await mette.types("/profile show")).text


class TestErase:
    async def test_asks_first_then_everything_is_gone(self) -> None:
        talk = await an_academy()
        await talk.joins(an_organiser())
        mette = await talk.joins(a_member())
        answer = await mette.types("/profile erase")
        button = answer.buttons["Forget me"]
        assert button.confirm is not None
        member = await mette.member()

        answer = await mette.presses("Forget me")

        assert "I have forgotten you" in answer.text
        assert answer.replaced
        async with talk.memory.units(talk.workspace, reading=True) as work:
            left = await work.members.get(member.id)
        assert left is not None
        assert (left.name, left.organisation, left.accounts) == ("", "", ())
        assert left.erased_at is not None

        again = await mette.presses(button)
        assert "I have forgotten you" in again.text
        assert [who.name for who in await talk.everybody()] == ["Odd Organiser"]

    async def test_nobody_can_press_somebody_elses_button(self) -> None:
        talk = await an_academy()
        mette = await talk.joins(a_member())
        sven = await talk.joins(a_member("U2", name="Sven"))
        button = (await mette.types("/profile erase")).buttons["Forget me"]
        answer = await sven.presses(button)
        assert "somebody else's" in answer.text
        assert len(await talk.everybody()) == 2

    async def test_an_old_button_of_somebody_who_is_gone_erases_no_other(self) -> None:
        talk = await an_academy()
        mette = await talk.joins(a_member())
        sven = await talk.joins(a_member("U2", name="Sven"))
        button = (await mette.types("/profile erase")).buttons["Forget me"]
        await mette.presses(button)
        assert "somebody else's" in (await sven.presses(button)).text
        assert [member.name for member in await talk.everybody()] == ["Sven"]

    async def test_a_stranger_who_presses_an_old_button_erases_nobody(self) -> None:
        talk = await an_academy()
        mette = await talk.joins(a_member())
        button = (await mette.types("/profile erase")).buttons["Forget me"]
        assert "somebody else's" in (await talk.somebody("U7").presses(button)).text
        assert (await mette.member()).name == "Mette Holm"

    async def test_the_only_organiser_names_another_first(self) -> None:
        talk = await an_academy()
        odd = await talk.joins(an_organiser())
        await odd.types("/profile show")
        await odd.presses("Forget me")
        answer = await odd.presses("Forget me")
        assert "You are the only organiser here" in answer.text
        assert (await odd.member()).name == "Odd Organiser"

        await talk.joins(a_member())
        await odd.types('/academy organiser "Mette Holm"')
        await odd.types("/profile erase")
        assert "I have forgotten you" in (await odd.presses("Forget me")).text


async def test_the_export_is_a_file_that_only_the_one_who_asks_gets() -> None:
    talk = await an_academy()
    mette = await talk.joins(replace(a_member(), email="mette@example.org", needs=("lokaler",)))
    answer = await mette.types("/profile export")
    assert answer.file.media_type == "application/json"
    whole = json.loads(answer.file.content)
    assert whole["profile"]["needs"] == ["lokaler"]
    assert whole["profile"]["email"] == "mette@example.org"
    assert whole["accounts"] == [{"platform": "slack", "user": "U1"}]
    await mette.types("/profile show")
    assert (await mette.presses("Export my data")).file.name == "brobygger-my-data.json"


async def test_a_sector_that_is_gone_since_the_form_was_opened() -> None:
    talk = await an_academy()
    mette = await talk.joins(replace(a_member(), sector="gone"))
    form = (await mette.types("/profile")).form
    assert next(field.value for field in form.fields if isinstance(field, ChoiceField)) == ()


async def test_the_name_of_an_account_is_nobodys_name() -> None:
    talk = await an_academy()
    named, nameless = talk.somebody("U1", "Mette"), talk.somebody("U2")
    assert getattr((await named.types("/profile")).form.fields[0], "value", None) == "Mette"
    assert getattr((await nameless.types("/profile")).form.fields[0], "value", None) == ""


async def test_themes_in_the_form_come_from_the_academy() -> None:
    talk = await an_academy()
    async with talk.memory.units(talk.workspace) as work:
        await work.vocabulary.put_theme(Theme("zebra", {"en": "zebra care", "da": "zebrapleje"}))
        await work.commit()
    form = (await talk.somebody("U1").types("/profile")).form
    themes = next(field for field in form.fields if field.key == "themes")
    assert "zebra care" in getattr(themes, "suggestions", ())


async def test_nobody_gets_a_sector_that_is_not_there() -> None:
    talk = await an_academy()
    mette = await talk.joins(a_member())
    member = await mette.member()
    with pytest.raises(NotThere):
        await talk.members.save_profile(talk.workspace, member.id, Profile("Mette", "Kommunen", "gone"))
    assert (await mette.member()) == member
