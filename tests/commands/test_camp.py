"""``/camp`` for members: invited, answered, a seat or a place in line, guests; always told where they stand."""

from bot.camps.actions import AnswerCamp
from bot.camps.domain import Answer
from bot.identity import CampId, new_id
from bot.messages.actions import encode_action
from bot.messages.elements import Accent
from tests.camp_talk import (
    CREATE,
    EVERYBODY,
    a_camp,
    an_announced_camp,
    camp_of,
    card_of,
    invitation_of,
    labels_of,
    notices,
)
from tests.introductions_talk import a_small_academy, selects_of


async def test_nobody_hears_of_a_camp_before_the_button_and_then_everybody_is_asked_once() -> None:
    academy = await a_camp('seats:50 host:"Rødovre Kommune"')
    olga = academy["Olga"]
    shown = await olga.types("/camp invite")
    assert "This is how it will look\nCamp 3" in shown.text
    assert "It goes to 5 people. Nothing goes before you press the button." in shown.text
    await academy.passes(minutes=1)
    assert [len(academy[name].posts()) for name in EVERYBODY] == [0] * 5
    sent = await olga.presses(shown.buttons["Send the invitations"])
    assert "5 invitations are on their way." in sent.text
    again = await olga.presses(shown.buttons["Send the invitations"])
    assert "0 invitations are on their way." in again.text
    await academy.passes(minutes=1)
    assert [len(academy[name].posts()) for name in EVERYBODY] == [1] * 5
    card = invitation_of(academy["Anna"]).card
    assert card.accent is Accent.ASK
    assert card.notice == "Camp 3 · Sunday, 22 March 2026, 09:00–16:00"
    assert "Host: Rødovre Kommune" in card_of(academy["Anna"])
    assert labels_of(academy["Anna"]) == ["Yes, I'm coming", "Maybe", "No"]
    everybody = await olga.types("/camp invite")
    assert "Everybody has been invited already." in everybody.text


async def test_whoever_joins_later_is_invited_later_and_the_others_are_not_asked_twice() -> None:
    academy = await an_announced_camp()
    olga = academy["Olga"]
    await academy.joins(await academy.member("Anna"))  # the same person once more changes nothing
    assert "Everybody has been invited already." in (await olga.types("/camp invite")).text
    shown = await olga.types("/camp who")
    assert "Not answered (5)" in shown.text


async def test_whoever_wants_no_announcements_is_not_asked_and_can_still_come() -> None:
    academy = await a_camp()
    await academy.change("Anna", announcements_muted=True)
    shown = await academy["Olga"].types("/camp invite")
    assert "It goes to 4 people." in shown.text
    assert "1 wants no announcements and gets none of this." in shown.text
    await academy["Olga"].presses(shown.buttons["Send the invitations"])
    await academy.delivers()
    assert academy["Anna"].posts() == []
    assert "You have a seat." in (await academy["Anna"].types("/camp signup yes")).text


async def test_pressing_an_answer_says_at_once_how_one_stands_on_the_same_card() -> None:
    academy = await an_announced_camp()
    anna = academy["Anna"]
    said = await anna.presses("Yes, I'm coming")
    assert said.replaced
    assert "You have a seat. See you there!" in card_of(anna)
    assert labels_of(anna) == ["Bring guests", "Maybe", "I can't come", "Add to calendar"]
    await anna.presses("Maybe")
    assert "You said maybe. Tell me when you know." in card_of(anna)
    await anna.presses("I can't come")
    assert "You are not coming. You can still change your mind." in card_of(anna)
    assert labels_of(anna) == ["I'm coming", "Maybe"]
    await academy.delivers()
    assert notices(anna) == []


async def test_an_answer_by_command_is_seen_on_the_card_as_well() -> None:
    academy = await an_announced_camp()
    anna = academy["Anna"]
    assert "Are you coming?" in (await anna.types("/camp signup")).text
    said = await anna.types("/camp signup yes")
    assert "You have a seat. See you there!" in said.text
    await academy.delivers()
    assert "You have a seat." in card_of(anna)
    assert notices(anna) == []


async def test_the_waiting_list_moves_up_by_itself_and_tells_those_who_get_a_seat() -> None:
    academy = await an_announced_camp("seats:2")
    for name in ("Anna", "Bo", "Carl", "Dorte"):
        await academy[name].presses("Yes, I'm coming")
    assert "You are number 1 on the waiting list." in card_of(academy["Carl"])
    assert "I write to you as soon as there is a seat for you." in card_of(academy["Carl"])
    assert "You are number 2 on the waiting list." in card_of(academy["Dorte"])
    await academy["Bo"].presses("I can't come")
    await academy.delivers()
    assert notices(academy["Carl"]) == ["There is a seat for you at Camp 3"]
    assert "You have a seat. See you there!" in card_of(academy["Carl"])
    assert notices(academy["Dorte"]) == []
    assert "You are number 1 on the waiting list." in (await academy["Dorte"].types("/camp")).text
    late = await academy["Bo"].presses("I'm coming")
    assert "You are number 2 on the waiting list." in late.text


async def test_a_seat_that_was_given_up_again_before_the_word_went_out_is_not_announced() -> None:
    academy = await an_announced_camp("seats:1")
    for name in ("Anna", "Bo", "Carl"):
        await academy[name].presses("Yes, I'm coming")
    await academy["Anna"].presses("I can't come")  # the seat is Bo's
    await academy["Bo"].types("/camp signup no")  # and now it is Carl's
    await academy.delivers()
    assert notices(academy["Bo"]) == []
    assert notices(academy["Carl"]) == ["There is a seat for you at Camp 3"]


async def test_more_seats_let_people_move_up_and_the_organiser_hears_how_many() -> None:
    academy = await an_announced_camp("seats:1")
    for name in ("Anna", "Bo", "Carl"):
        await academy[name].presses("Yes, I'm coming")
    olga = academy["Olga"]
    form = (await olga.types("/camp edit")).form
    saved = await olga.fills(form, name="Camp 3", day="2026-03-22", hours="09.00-16.00", capacity="3")
    assert "2 people from the waiting list have a seat now, and are told." in saved.text
    await academy.delivers()
    assert notices(academy["Bo"])[0] == "There is a seat for you at Camp 3"
    fewer = (await olga.types("/camp edit")).form
    saved = await olga.fills(fewer, name="Camp 3", day="2026-03-22", hours="09.00-16.00", capacity="1")
    assert "2 more have a seat than there are. Nobody loses theirs." in saved.text
    assert "You have a seat" in (await academy["Carl"].types("/camp next")).text


async def test_a_sector_may_have_seats_of_its_own_and_holds_up_nobody_else() -> None:
    academy = await an_announced_camp()
    olga = academy["Olga"]
    form = (await olga.types("/camp edit")).form
    await olga.fills(form, name="Camp 3", day="2026-03-22", hours="9-16", capacity="4", sectors="erhvervsliv: 0")
    said = await academy["Bo"].presses("Yes, I'm coming")
    assert "You are number 1 on the waiting list." in said.text
    assert "You have a seat." in (await academy["Anna"].presses("Yes, I'm coming")).text
    assert "municipality 1" in (await olga.types("/camp who")).text


async def test_a_bare_number_behind_yes_is_how_many_guests_come() -> None:
    academy = await an_announced_camp()
    anna = academy["Anna"]
    assert "You have a seat, and so have your 2 guests." in (await anna.types("/camp signup yes 2")).text
    assert "and so has your guest" in (await anna.types("/camp signup yes 1")).text
    named = await anna.types("/camp signup yes 3")
    assert "Camp 3" in named.text
    assert "I know no camp by that name." in (await anna.types("/camp signup yes -1")).text


async def test_guests_need_seats_and_go_with_whoever_brought_them() -> None:
    academy = await an_announced_camp("seats:3")
    anna, bo = academy["Anna"], academy["Bo"]
    refused = await anna.types("/camp signup guests:1")
    assert "Say yes yourself first; then you can bring guests." in refused.text
    await anna.presses("Yes, I'm coming")
    form = (await anna.presses("Bring guests")).form
    brought = await anna.fills(form, guests=("1",), names="Kim Gæst")
    assert "You have a seat, and so has your guest." in brought.text
    assert "All seats" not in (await bo.presses("Yes, I'm coming")).text
    full = await bo.types("/camp signup guests:1")
    assert "All seats are taken, so there is no room for more guests just now." in full.text
    waits = await academy["Carl"].types("/camp signup yes guests:1")
    assert "You are number 1 on the waiting list." in waits.text
    assert "Anna Holm – Rødovre Kommune (+ Kim Gæst)" in (await academy["Olga"].types("/camp who")).text
    assert "Carl Juhl – Nordfonden (+ 1 guest)" in (await academy["Olga"].types("/camp who")).text
    await anna.types("/camp signup guests:0")
    await academy.delivers()
    assert notices(academy["Carl"]) == []  # one seat is not enough for two
    await bo.types("/camp signup no")
    await academy.delivers()
    assert notices(academy["Carl"]) == ["There is a seat for you at Camp 3"]


async def test_a_few_more_guests_may_be_too_many() -> None:
    academy = await an_announced_camp("seats:3")
    anna = academy["Anna"]
    await anna.types("/camp signup yes")
    assert "There is room for 2 more just now." in (await anna.types("/camp signup guests:3")).text
    assert "You can bring up to 5 guests." in (await anna.types("/camp signup guests:6")).text
    assert "You can bring up to 5 guests." in (await anna.types("/camp signup guests:-1")).text
    assert "2 guests" in (await anna.types("/camp signup guests:2")).text
    again = await anna.types("/camp signup guests:2")
    assert "You have a seat, and so have your 2 guests." in again.text


async def test_where_there_are_no_limits_everybody_and_their_guests_come() -> None:
    academy = await an_announced_camp()
    anna = academy["Anna"]
    await anna.types("/camp signup yes guests:5")
    assert "You have a seat, and so have your 5 guests." in (await anna.types("/camp")).text
    form = (await anna.types("/camp")).buttons["My guests"]
    opened = (await anna.presses(form)).form
    named = await anna.fills(opened, guests=("2",), names="Kim\nBo\nKim\n\n Åse ")
    assert "your 3 guests" in named.text  # three names are three guests
    assert "(+ Kim, Bo, Åse)" in (await academy["Olga"].types("/camp who")).text


async def test_whoever_asks_at_the_door_gets_a_free_seat_and_nobody_is_called_in() -> None:
    academy = await a_camp("seats:1", line='/camp create "Camp 3" "2 march" "11.00-16.00"')
    await academy["Anna"].types("/camp signup yes")
    await academy["Bo"].types("/camp signup yes")
    await academy.passes(hours=2)
    await academy["Anna"].types("/camp signup no")
    await academy.delivers()
    assert academy["Bo"].posts() == []
    assert "You have a seat." in (await academy["Carl"].types("/camp signup yes")).text
    assert "on the waiting list" in (await academy["Dorte"].types("/camp signup yes")).text


async def test_the_programme_and_the_list_are_there_for_everybody() -> None:
    academy = await a_camp('programme:"08.30 Croissant\n09.00-09.45 Welcome / Lia Leffland\nLunch"')
    anna = academy["Anna"]
    shown = await anna.types("/camp programme")
    assert "08:30 Croissant\n09:00–09:45 Welcome · Lia Leffland\nLunch" in shown.text
    await academy["Olga"].types('/camp create "Camp 4" "22 april" "9-16"')
    await anna.types("/camp signup maybe")
    await anna.types('/camp signup no camp:"camp 4"')
    listed = await anna.types("/camp list")
    assert "Camp 3 – Sunday, 22 March 2026, 09:00–16:00. You said maybe." in listed.text
    assert "Camp 4 – Wednesday, 22 April 2026, 09:00–16:00. You are not coming." in listed.text
    (select,) = selects_of(listed.card)
    opened = await anna.chooses(select, select.choices[1].value)
    assert opened.text.startswith("Camp 4")
    wrong = await anna.chooses(select, "nonsense")
    assert "Choose a camp from the list." in wrong.text
    assert "Choose a camp from the list." in (await anna.chooses(select)).text
    other = await anna.types('/camp programme camp:"camp 4"')
    assert "The programme is not there yet." in other.text
    back = await anna.presses(other.buttons["Back to the camp"])
    assert back.text.startswith("Camp 4")


async def test_the_camps_are_suggested_while_one_types() -> None:
    academy = await a_camp()
    await academy["Olga"].types('/camp create "Summer camp" "22 june" "9-16"')
    arrival = academy["Anna"].arrival()
    found = await academy.desk.suggest_option(arrival, "camp", "next", "camp", "summ")
    assert [one.value for one in found] == ["Summer camp"]


async def test_a_long_programme_is_a_press_away() -> None:
    lines = "\n".join(f"{9 + place // 6:02}.{place % 6}0 Part {place}" for place in range(30))
    academy = await a_camp(f'programme:"{lines}"')
    anna = academy["Anna"]
    card = await anna.types("/camp")
    assert "And 10 more." in card.text
    whole = await anna.presses(card.buttons["The whole programme"])
    assert "13:50 Part 29" in whole.text


async def test_how_one_stands_in_the_list() -> None:
    academy = await a_camp("seats:1")
    for name in ("Anna", "Bo"):
        await academy[name].types("/camp signup yes")
    assert "You have a seat." in (await academy["Anna"].types("/camp list")).text
    assert "You are on the waiting list." in (await academy["Bo"].types("/camp list")).text
    assert "You have not answered yet." in (await academy["Carl"].types("/camp list")).text
    assert "All seats are taken. With a yes you go on the waiting list." in (await academy["Carl"].types("/camp")).text


async def test_where_no_camp_is_planned_it_says_so_and_organisers_can_begin() -> None:
    academy = await a_small_academy()
    anna, olga = academy["Anna"], academy["Olga"]
    assert "No camp is planned just now." in (await anna.types("/camp")).text
    assert "No camp is planned just now." in (await anna.types("/camp signup yes")).text
    assert list((await anna.types("/camp list")).buttons) == []
    assert list((await olga.types("/camp list")).buttons) == ["Plan a camp"]
    assert "Only organisers" in (await anna.types(CREATE)).text or "organiser" in (await anna.types(CREATE)).text
    unknown = await anna.types('/camp next camp:"Camp 9"')
    assert "I know no camp by that name. /camp list shows them all." in unknown.text


async def test_a_camp_is_named_without_quotes_and_one_that_there_is_not_is_said_to_be_none() -> None:
    academy = await a_camp()
    await academy["Olga"].types('/camp create "Summer camp" "22 june" "9-16"')
    anna = academy["Anna"]
    said = await anna.types("/camp signup maybe summer camp")
    assert said.text.startswith("Summer camp")
    assert (await anna.types("/camp signup yes summer guests:2")).text.startswith("Summer camp")
    assert "I know no camp by that name." in (await anna.types('/camp signup maybe "Camp 99"')).text
    assert "I know no camp by that name." in (await anna.types("/camp out of everything")).text


async def test_a_camp_is_found_by_a_part_of_its_name_also_when_it_is_over() -> None:
    academy = await a_camp()
    anna = academy["Anna"]
    assert (await anna.types("/camp next camp:3")).text.startswith("Camp 3")
    await anna.types("/camp signup yes")
    await academy.passes(days=22)
    over = await anna.types('/camp next camp:"camp"')
    assert "This camp is over." in over.text
    assert list(over.buttons) == []
    assert (
        "This camp is over. I hope to see you at the next one."
        in (await anna.sends_wire(encode_action(AnswerCamp((await camp_of(academy)).id, Answer.NO)))).text
    )
    assert (
        "That camp is not there any more."
        in (await anna.sends_wire(encode_action(AnswerCamp(CampId(new_id()), Answer.NO)))).text
    )


async def test_erasing_oneself_gives_the_seat_to_whoever_waits() -> None:
    academy = await an_announced_camp("seats:1")
    for name in ("Anna", "Bo"):
        await academy[name].presses("Yes, I'm coming")
    erase = await academy["Anna"].types("/profile erase")
    await academy["Anna"].presses(next(iter(erase.buttons.values())))
    await academy.delivers()
    assert notices(academy["Bo"]) == ["There is a seat for you at Camp 3"]
    assert "Coming (1)\nBo Lind" in (await academy["Olga"].types("/camp who")).text


async def test_in_danish() -> None:
    academy = await a_small_academy(language="da")
    olga, anna = academy["Olga"], academy["Anna"]
    made = await olga.types('/camp opret "Camp 3" dato:"22. marts" tid:"kl. 9-16" sted:Broparken pladser:1')
    assert "Campen er oprettet." in made.text
    assert "Hvornår: søndag den 22. marts 2026 kl. 09.00–16.00" in made.text
    assert "Du har en plads. Vi ses!" in (await anna.types("/camp tilmeld ja")).text
    venter = await academy["Bo"].types("/camp tilmeld ja gæster:1")
    assert "Du er nummer 1 på ventelisten." in venter.text
    assert "Ja, jeg kommer" in (await academy["Carl"].types("/camp næste")).buttons
