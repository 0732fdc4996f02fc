"""What stood in a private channel stays there unless its author chooses otherwise; what was not read is said."""

from datetime import timedelta

from bot.errors import Refused
from bot.identity import Account
from bot.messages.forms import ChoiceField
from bot.notes.domain import Audience
from bot.threads import TOO_LONG
from tests.introductions_talk import Academy, Answer, a_small_academy
from tests.note_talk import GENERAL, THREAD, drafts, fills, notes, presses, publishes, said, threads, types

ASKED = "Did the conversation stand in a private channel or a direct conversation?"
TOLD = "The conversation stood where not everybody can read along. Ask those who are in it"


async def previewed(academy: Academy, draft: Answer, audience: str) -> str:
    form = (await presses(academy["Anna"], draft.buttons["Publish…"])).form
    return (await fills(academy["Anna"], form, audience=(audience,))).text


async def test_a_private_conversation_is_for_those_who_took_part_unless_its_author_says_otherwise() -> None:
    academy = await a_small_academy()
    threads(academy).private[THREAD] = True
    draft = await drafts(academy["Anna"])
    form = (await presses(academy["Anna"], draft.buttons["Publish…"])).form
    (chosen,) = (field for field in form.fields if isinstance(field, ChoiceField))
    assert chosen.value == (Audience.US.value,)
    assert TOLD in str(form.intro)
    assert TOLD not in await previewed(academy, draft, "us")
    assert TOLD in await previewed(academy, draft, "academy")
    assert ASKED not in await previewed(academy, draft, "public")


async def test_what_everybody_can_read_needs_no_question_and_may_be_looked_up() -> None:
    academy = await a_small_academy()
    anna, dorte = academy["Anna"], await academy.member("Dorte")
    threads(academy).private[THREAD] = False
    draft = await drafts(anna)
    shown = await previewed(academy, draft, "academy")
    assert TOLD not in shown
    assert ASKED not in shown
    await publishes(anna, draft)
    (note,) = await notes(academy)
    assert dorte.id not in note.took_part
    opened = await academy.services.notes.open(academy.workspace, note.id, dorte)
    assert opened.note.source.links


async def test_where_nobody_can_tell_the_author_is_asked_and_the_links_are_for_those_who_were_there() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    threads(academy).unsaid.add(THREAD)
    draft = await drafts(anna)
    assert ASKED in await previewed(academy, draft, "academy")
    await publishes(anna, draft)
    (note,) = await notes(academy)
    for somebody, linked in (("Bo", True), ("Dorte", False)):
        opened = await academy.services.notes.open(academy.workspace, note.id, await academy.member(somebody))
        assert bool(opened.note.source.links) is linked


async def test_a_time_of_a_channel_is_read_for_whoever_asks_and_says_what_was_left_out() -> None:
    academy = await a_small_academy()
    anna, found = academy["Anna"], threads(academy)
    found.threads[GENERAL] = said(academy)
    found.threads_since, found.closed = academy.clock.now() - timedelta(days=30), 2
    draft = await types(anna, "/note make since:today")
    assert found.readers == [Account("web", "Anna")]
    assert "I did not look for new answers in threads begun before 31 January 2026." in draft.text
    assert "2 threads I could not read." in draft.text
    found.fault = Refused(TOO_LONG)
    assert (
        "That is more than I can read in one go. Choose a shorter time"
        in (await types(anna, "/note make since:today")).text
    )
    assert "1 January 2030 is still to come" in (await types(anna, '/note make since:"1 January 2030"')).text
    assert "I can't read that as a time" in (await types(anna, '/note make since:"rubbish"')).text
