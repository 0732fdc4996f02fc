"""Whoever wants no announcements gets none, and can change their mind."""

from bot.members.actions import HearAnnouncements
from bot.messages.actions import encode_action
from tests.announce_talk import received, written
from tests.introductions_talk import a_small_academy, buttons_of


async def test_no_more_announcements_and_more_of_them_again() -> None:
    academy = await a_small_academy()
    olga, anna = academy["Olga"], academy["Anna"]
    await written(olga, '/announce new "One" to:everyone', "Send now")
    await academy.passes(minutes=1)
    off = await anna.presses(buttons_of(anna.posts()[0].card)["No more announcements"])
    assert "No more announcements, then." in off.text
    assert not off.replaced
    shown = await olga.types('/announce new "Two" to:everyone')
    assert "It goes to 4 people." in shown.text
    assert "1 more has switched announcements off." in shown.text
    await olga.presses(shown.buttons["Send now"])
    await academy.passes(minutes=1)
    assert received(academy, "Anna", "Bo") == [1, 2]
    back = await anna.presses(off.buttons["Get announcements again"])
    assert (back.text, back.replaced) == ("You get announcements again.", True)
    await written(olga, '/announce new "Three" to:everyone', "Send now")
    await academy.passes(minutes=1)
    assert received(academy, "Anna", "Bo") == [2, 3]


async def test_it_is_undone_in_the_profile() -> None:
    academy = await a_small_academy(language="da")
    anna = academy["Anna"]
    assert "Få opslag igen" not in (await anna.types("/profil vis")).buttons
    await anna.sends_wire(encode_action(HearAnnouncements(0)))
    profile = await anna.types("/profil vis")
    assert "Du får ingen opslag: du har slået dem fra." in profile.text
    after = await anna.presses(profile.buttons["Få opslag igen"])
    assert after.replaced
    assert "slået dem fra" not in after.text


async def test_it_is_a_command_as_well() -> None:
    academy = await a_small_academy(language="da")
    anna = academy["Anna"]
    stands = await anna.types("/profil opslag")
    assert stands.text == "Du får opslag."
    off = await anna.presses(stands.buttons["Ingen flere opslag"])
    assert "/profil opslag til" in off.text
    stands = await anna.types("/profil opslag")
    assert "Få opslag igen" in stands.buttons
    assert (await anna.types("/profil opslag til")).text == "Du får opslag igen."
    assert "Så får du ikke flere opslag." in (await anna.types("/profil opslag fra")).text
    assert "til, fra" in (await anna.types("/profil opslag måske")).text


async def test_what_was_on_its_way_is_dropped_and_what_has_come_is_still_corrected() -> None:
    academy = await a_small_academy()
    olga, anna = academy["Olga"], academy["Anna"]
    sent = await written(olga, '/announce new "At nien" to:everyone', "Send now")
    await academy.passes(minutes=1)
    await written(olga, '/announce new "Later" when:"in 2 hours" to:everyone')
    await anna.sends_wire(encode_action(HearAnnouncements(0)))
    ledger = await olga.presses(sent.buttons["How it stands"])
    form = (await olga.presses(ledger.buttons["Correct it"])).form
    fixed = await olga.fills(form, text="At nine")
    await olga.presses(fixed.buttons["Correct it everywhere"])
    await academy.passes(hours=3)
    assert received(academy, "Anna", "Bo") == [1, 2]
    assert anna.reads().startswith("At nine")


async def test_a_copy_that_still_waits_is_dropped_for_whoever_is_muted_by_then() -> None:
    academy = await a_small_academy()
    await written(academy["Olga"], '/announce new "Hello" to:sector:business', "Send now")
    await academy.timekeeper.tick()
    await academy.change("Bo", announcements_muted=True)
    await academy.delivers()
    assert received(academy, "Bo") == [0]
