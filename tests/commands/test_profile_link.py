"""``/profile link``: one person, two platforms, one member."""

from dataclasses import replace

from bot.deliveries.domain import DeliveryState
from bot.deliveries.letters import Reading, writers
from bot.identity import Account
from bot.linking.letters import LETTERS
from bot.members.domain import Consent, Role, WorkspaceOptions
from tests.members_talk import Person, Talk, a_member, an_academy, words, words_of

HOMES = {"team:T1": "Rødovre", "guild:5": "Brobyggerne"}
CODES = ("WDJBMJHT", "BCDFGHJK", "LMNPRSTV", "WXZBCDFG", "GHJKLMNP", "RSTVWXZB", "CDFGHJKL", "MNPRSTVW", "XZBCDFGH")


async def two_platforms() -> Talk:
    codes = iter(CODES)
    return await an_academy(homes=HOMES, make=lambda: next(codes))


async def mette(talk: Talk) -> tuple[Person, Person]:
    """Mette is known on Slack; on Discord nobody has heard of her."""
    slack = await talk.joins(replace(a_member("U1"), needs=("volunteers",)))
    return slack, talk.somebody("7", "mette", platform="discord")


async def linked(talk: Talk) -> tuple[Person, Person]:
    slack, discord = await mette(talk)
    await slack.types("/profile link")
    await discord.types("/profile link WDJB-MJHT")
    await discord.presses("Yes, both are me")
    return slack, discord


async def test_a_code_from_slack_typed_on_discord_makes_one_member_of_two() -> None:
    talk = await two_platforms()
    slack, discord = await mette(talk)
    code = await slack.types("/profile link")
    assert "Your code: WDJB-MJHT" in code.text
    assert "Now go to Discord (Brobyggerne) and type there: /profile link WDJB-MJHT" in code.text
    assert "It is good until 10:10, and once." in code.text
    preview = await discord.types("/profile link wdjb mjht")
    assert "Make these two one?" in preview.text
    assert "Organisation: Rødovre Kommune" in preview.text
    assert "I look for: volunteers" in preview.text
    assert len(await talk.everybody()) == 2
    done = await discord.presses("Yes, both are me")
    assert "Done: it is one profile now" in done.text
    assert "Slack Rødovre – your messages go here\nDiscord Brobyggerne" in done.text
    assert [member.id for member in await talk.everybody()] == [(await slack.member()).id]
    assert (await discord.member()).organisation == "Rødovre Kommune"
    assert "Rødovre Kommune" in (await discord.types("/profile show")).text


async def test_pressing_twice_changes_nothing_more() -> None:
    talk = await two_platforms()
    slack, discord = await mette(talk)
    await slack.types("/profile link")
    button = (await discord.types("/profile link WDJBMJHT")).buttons["Yes, both are me"]
    await discord.presses(button)
    before = await talk.everybody()
    assert "Done: it is one profile now" in (await discord.presses(button)).text
    assert await talk.everybody() == before


async def test_the_fuller_profile_is_kept_or_the_other_one_if_wanted() -> None:
    talk = await two_platforms()
    slack, _ = await mette(talk)
    other = replace(
        a_member("7", organisation="Sportshallen"), accounts=(Account("discord", "7"),), email="mette@example.org"
    )
    discord = await talk.joins(replace(other, offers=("premises", "time")))
    await discord.types("/profile link")
    preview = await slack.types("/profile link WDJB-MJHT")
    assert "Organisation: Sportshallen" in preview.text
    assert "The other profile says Mette Holm, Rødovre Kommune. You can keep that one instead." in preview.text
    await slack.presses("Both are me: keep Rødovre Kommune")
    member = await slack.member()
    assert (member.organisation, member.offers, member.needs) == (
        "Rødovre Kommune",
        ("premises", "time"),
        ("volunteers",),
    )
    assert member.accounts == (Account("discord", "7"), Account("slack", "U1"))


async def test_a_long_organisation_fits_on_the_button() -> None:
    talk = await two_platforms()
    slack, _ = await mette(talk)
    long = replace(a_member("7", organisation="Foreningen " * 8), accounts=(Account("discord", "7"),))
    discord = await talk.joins(long)
    await slack.types("/profile link")
    buttons = (await discord.types("/profile link WDJB-MJHT")).buttons
    assert any(label.endswith("…") and len(label) < 70 for label in buttons)


async def test_two_who_have_no_profile_yet_become_one_all_the_same() -> None:
    talk = await two_platforms()
    slack, discord = talk.somebody("U1", platform="slack"), talk.somebody("7", platform="discord")
    await slack.types("/profile link")
    assert "Neither has a profile yet." in (await discord.types("/profile link WDJB-MJHT")).text
    await discord.presses("Yes, both are me")
    assert len(await talk.everybody()) == 1


async def test_the_one_whose_code_it_was_hears_of_it() -> None:
    talk = await two_platforms()
    slack, _ = await linked(talk)
    (notice,) = await talk.deliveries(DeliveryState.WAITING)
    member = await slack.member()
    async with talk.memory.units(talk.workspace, reading=True) as work:
        reading = Reading(work, words("en"), await work.vocabulary.options(), talk.clock.now(), member)
        card = await writers(LETTERS)[type(notice.letter)](reading, notice.letter)
        assert card is not None
        assert "Was that not you?" in words_of(card)
        alone = replace(reading, reader=replace(member, accounts=member.accounts[:1]))
        assert await writers(LETTERS)[type(notice.letter)](alone, notice.letter) is None


async def test_a_code_works_once_and_for_ten_minutes() -> None:
    talk = await two_platforms()
    slack, discord = await mette(talk)
    await slack.types("/profile link")
    await discord.types("/profile link WDJB-MJHT")
    assert "I don't know that code." in (await discord.types("/profile link WDJB-MJHT")).text
    await slack.types("/profile link")
    talk.clock.advance(minutes=10)
    assert "I don't know that code." in (await discord.types("/profile link BCDF-GHJK")).text
    await slack.types("/profile link")
    button = (await discord.types("/profile link LMNP-RSTV")).buttons["Yes, both are me"]
    talk.clock.advance(minutes=10)
    assert "That took longer than ten minutes" in (await discord.presses(button)).text
    assert len(await talk.everybody()) == 2


async def test_only_who_typed_the_code_may_press() -> None:
    talk = await two_platforms()
    slack, discord = await mette(talk)
    await slack.types("/profile link")
    button = (await discord.types("/profile link WDJB-MJHT")).buttons["Yes, both are me"]
    thief = talk.somebody("9", platform="discord")
    assert "nothing was changed" in (await thief.presses(button)).text


async def test_a_newer_code_takes_the_place_of_the_earlier_one() -> None:
    talk = await two_platforms()
    slack, discord = await mette(talk)
    await slack.types("/profile link")
    await slack.types("/profile link")
    assert "I don't know that code." in (await discord.types("/profile link WDJB-MJHT")).text
    assert "Make these two one?" in (await discord.types("/profile link BCDF-GHJK")).text


async def test_a_code_that_somebody_has_just_now_is_not_given_twice() -> None:
    codes = iter(("WDJBMJHT", "WDJBBBBB", "BCDFGHJK"))
    talk = await an_academy(homes=HOMES, make=lambda: next(codes))
    slack, discord = await mette(talk)
    await slack.types("/profile link")
    assert "BCDF-GHJK" in (await discord.types("/profile link")).text


async def test_what_cannot_be_a_code_is_said_so() -> None:
    talk = await two_platforms()
    _, discord = await mette(talk)
    for typed in ("ABC", "AEIO-UAEI", "WDJB-MJH1"):
        assert "A code has eight letters" in (await discord.types(f"/profile link {typed}")).text


async def test_five_wrong_ones_and_the_code_goes() -> None:
    talk = await two_platforms()
    slack, discord = await mette(talk)
    await slack.types("/profile link")
    for wrong in range(5):
        guesser = talk.somebody(f"9{wrong}", platform="discord")
        assert "I don't know that code." in (await guesser.types("/profile link WDJB-BBBB")).text
    assert "I don't know that code." in (await discord.types("/profile link WDJB-MJHT")).text


async def test_who_guesses_is_slowed_down() -> None:
    talk = await two_platforms()
    slack, discord = await mette(talk)
    for _ in range(5):
        await discord.types("/profile link BBBB-BBBB")
        talk.clock.advance(seconds=10)
    await slack.types("/profile link")
    assert "too many wrong codes" in (await discord.types("/profile link WDJB-MJHT")).text
    talk.clock.advance(minutes=10)
    await slack.types("/profile link")
    assert "Make these two one?" in (await discord.types("/profile link BCDF-GHJK")).text


async def test_many_who_guess_together_are_slowed_down_as_well() -> None:
    talk = await two_platforms()
    slack, discord = await mette(talk)
    for number in range(50):
        await talk.somebody(f"1{number}", platform="discord").types("/profile link BBBB-BBBB")
    await slack.types("/profile link")
    assert "too many wrong codes" in (await discord.types("/profile link WDJB-MJHT")).text


async def test_one_member_has_one_account_on_each_platform() -> None:
    talk = await two_platforms()
    slack, _ = await mette(talk)
    other = await talk.joins(a_member("U2", name="Mette Privat"))
    await slack.types("/profile link")
    assert "Both have an account on Slack" in (await other.types("/profile link WDJB-MJHT")).text


async def test_ones_own_code_links_nothing() -> None:
    talk = await two_platforms()
    slack, _ = await mette(talk)
    await slack.types("/profile link")
    assert "These two are one already." in (await slack.types("/profile link WDJB-MJHT")).text


async def test_a_code_of_another_academy_needs_the_organisers_first() -> None:
    talk = await two_platforms()
    _, discord = await mette(talk)
    elsewhere = replace(talk, workspace=(await talk.memory.directory.ensure("team:T9", "Nord", await options(talk))).id)
    await talk.memory.directory.join(elsewhere.workspace, "guild:9", "Nord")
    await elsewhere.somebody("U9").types("/profile link")
    said = (await discord.types("/profile link WDJB-MJHT")).text
    assert "That code is from another academy." in said
    assert "/academy link" in said


async def options(talk: Talk) -> WorkspaceOptions:
    async with talk.memory.units(talk.workspace, reading=True) as work:
        return await work.vocabulary.options()


async def test_an_academy_on_one_platform_has_nothing_to_link() -> None:
    talk = await an_academy(homes={"team:T1": "Rødovre"})
    person = await talk.joins(a_member("U1"))
    said = (await person.types("/profile link")).text
    assert "Slack Rødovre" in said
    assert "This academy is on one platform only" in said


async def test_messages_go_where_one_wants_them() -> None:
    talk = await two_platforms()
    slack, discord = await linked(talk)
    shown = await discord.types("/profile link")
    assert "Slack Rødovre – your messages go here" in shown.text
    await discord.presses("My messages on Discord")
    assert (await slack.member()).accounts == (Account("discord", "7"), Account("slack", "U1"))
    assert "Discord Brobyggerne – your messages go here" in discord.last.text
    stranger = talk.somebody("U8")
    button = shown.buttons["My messages on Discord"]
    assert "You have no account on Discord here." in (await stranger.presses(button)).text


async def test_what_was_linked_can_be_unlinked() -> None:
    talk = await two_platforms()
    slack, discord = await linked(talk)
    shown = await slack.types("/profile link")
    answer = await slack.presses("Unlink Discord")
    assert "Unlinked" in answer.text
    assert (await slack.member()).accounts == (Account("slack", "U1"),)
    assert "You have no account on Discord here." in (await slack.presses(shown.buttons["Unlink Discord"])).text
    assert "That is your only account here." in (await slack.presses(shown.buttons["Unlink Slack"])).text
    assert "Your code" in (await slack.types("/profile link")).text
    await discord.types("/profile show")
    assert (await discord.member()).id != (await slack.member()).id


async def test_with_three_platforms_there_is_a_code_for_the_third() -> None:
    codes = iter(CODES)
    talk = await an_academy(homes={**HOMES, "local": "Browser"}, make=lambda: next(codes))
    slack, _ = await linked(talk)
    await slack.types("/profile link")
    assert "Web (Browser)" in (await slack.presses("Give me a code")).text


async def test_answers_and_rights_of_both_count() -> None:
    talk = await two_platforms()
    slack = await talk.joins(
        replace(a_member("U1"), consent=Consent.NOT_NOW, role=Role.ORGANISER, email="a@example.org")
    )
    here = replace(
        a_member("7"), accounts=(Account("discord", "7"),), intros_per_round=3, shares_email=True, email="b@x.org"
    )
    discord = await talk.joins(here)
    await slack.types("/profile link")
    await discord.types("/profile link WDJB-MJHT")
    await discord.presses(next(iter(discord.last.buttons.values())))
    one = await discord.member()
    assert (one.consent, one.role, one.intros_per_round, one.shares_email) == (
        Consent.NOT_NOW,
        Role.ORGANISER,
        1,
        False,
    )


async def test_an_account_where_the_academy_has_no_home_counts_for_nothing() -> None:
    talk = await two_platforms()
    rostered = [
        replace(a_member(user), accounts=(Account(platform, user), Account("web", user)))
        for platform, user in (("slack", "U1"), ("discord", "7"))
    ]
    slack, discord = [await talk.joins(member) for member in rostered]
    assert "Your code: WDJB-MJHT" in (await slack.types("/profile link")).text
    await discord.types("/profile link WDJB-MJHT")
    await discord.presses(next(label for label in discord.last.buttons if "keep" in label))
    assert "Web" not in discord.last.text
    assert len(await talk.everybody()) == 1
    await discord.presses("Unlink Slack")
    assert (await discord.types("/profile link")).text.startswith("Your code")
