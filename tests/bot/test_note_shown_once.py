"""Readers see each sentence of a note once, in the part where it tells most; what is stored keeps every part."""

from bot.notes.brevity import shown_once
from bot.notes.casenote import CaseNote, Statement, Task


def test_a_sentence_stands_where_it_tells_most() -> None:
    tried = Statement("We tried a letter café in Grenaa.", ("1",))
    agreed = Statement("We agree to open one in Ebeltoft.", ("2",))
    asked = Statement("Who knows a good baker?", ("3",))
    writes = Task("[PERSON 4] writes to the library.", ("4",), owner="[PERSON 4]")
    orders = Task("Order the keys.", ("5",), owner="[PERSON 1]")
    note = CaseNote(
        "Letters",
        "en",
        summary=(tried, agreed, asked),
        situation=(tried, agreed, asked),
        perspectives={"municipality": (tried,), "business": (Statement("Paper is cheap.", ("6",)),)},
        agreements=(agreed,),
        actions=(writes, orders),
        questions=(asked,),
    )
    shown = shown_once(note)
    assert (shown.summary, shown.situation, shown.agreements, shown.questions) == ((tried,), (), (agreed,), (asked,))
    assert set(shown.perspectives) == {"business"}
    assert [task.owner for task in shown.actions] == ["", "[PERSON 1]"]
    assert len(note.summary) == 3
    assert note.actions[0].owner == "[PERSON 4]"
